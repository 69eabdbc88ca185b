//! Cards: all that is known of one quote, claim or thread.

use super::model::Model;
use super::overlay::Overlay;
use super::panes::{claims, quotes, threads};
use super::reading::{Found, Reading};
use super::words;
use crate::analysis::{Claim, FindingId, Quote, QuoteKind, Thread};
use crate::store::Field;
use crate::text::Span;
use crate::widgets::{Line, Role, shorten, wrapped};

/// Pronouns that a thread's card lists, at most.
const MOST_PRONOUNS: usize = 6;
/// Cells of the column with the names of the facts.
const LABEL: usize = 12;

/// A card: its title and its rows.
pub(super) struct Card {
    pub title: String,
    pub lines: Vec<Line>,
}

impl Model {
    /// The passages that a card offers to choose from: those of a thread.
    pub(super) fn passages(&self) -> usize {
        match self.selected() {
            Some(FindingId::Thread(id)) => {
                self.found().and_then(|f| f.analysis.threads.get(id.index())).map_or(0, |t| t.mentions.len())
            }
            _ => 0,
        }
    }

    /// The card of the selected finding, for an area of `cells` cells.
    pub(super) fn card(&self, cells: usize) -> Option<Card> {
        let finding = self.selected()?;
        let (reading, found) = (&self.article().reading, self.found()?);
        let list = self.list(self.arrangement.list);
        let name = match finding {
            FindingId::Claim(_) => "Claim",
            FindingId::Thread(_) => "Thread",
            _ => "Quote",
        };
        let title = format!("{name} {} of {}", list.selected + 1, list.shown.len());
        let writer = Writer {
            reading,
            found,
            cells: cells.saturating_sub(4),
            ascii: self.theme.ascii,
            finding: None,
            lines: Vec::new(),
        };
        let mut writer = writer;
        writer.finding = Some(finding);
        let lines = match finding {
            FindingId::Quote(id) => writer.quote(found.analysis.quotes.get(id.index())?),
            FindingId::Claim(id) => writer.claim(found.analysis.claims.get(id.index())?),
            FindingId::Thread(id) => {
                let chosen = if let Some(Overlay::Card { row }) = self.overlays.last() { *row } else { 0 };
                writer.thread(found.analysis.threads.get(id.index())?, chosen)
            }
            FindingId::Person(_) => return None,
        };
        Some(Card { title, lines })
    }
}

struct Writer<'m> {
    reading: &'m Reading,
    found: &'m Found,
    cells: usize,
    ascii: bool,
    finding: Option<FindingId>,
    lines: Vec<Line>,
}

impl Writer<'_> {
    fn gap(&mut self) {
        self.lines.push(Line::new());
    }

    fn text(&mut self, text: &str, role: Role, most: usize) {
        for row in wrapped(text, self.cells, most) {
            self.lines.push(Line::of("  ", Role::Text).say(row, role));
        }
    }

    /// A named fact, wrapped behind its name.
    fn fact(&mut self, name: &str, text: &str, role: Role) {
        for (number, row) in wrapped(text, self.cells.saturating_sub(LABEL), 6).into_iter().enumerate() {
            let line = Line::of("  ", Role::Text).say(if number == 0 { name } else { "" }, Role::Dim);
            self.lines.push(line.to(2 + LABEL).say(row, role));
        }
    }

    /// What the reader said of the finding.
    fn said(&mut self) {
        let Some(finding) = self.finding else { return };
        let value = |field| self.reading.remarks.value(finding, field).map(str::to_owned);
        let said = [
            ("You say", value(Field::Verdict), Role::Firm),
            ("You cite", value(Field::Source), Role::Text),
            ("Your note", value(Field::Note), Role::Text),
            ("By you", value(Field::Judged), Role::Firm),
            ("Set by you", value(Field::Status), Role::Firm),
        ];
        for (name, text, role) in said {
            if let Some(text) = text {
                self.fact(name, &text, role);
            }
        }
    }

    fn one_line(&self, span: Span) -> String {
        self.reading.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn place(&self, span: Span) -> String {
        format!("paragraph {}", self.reading.paragraph(span.start()))
    }

    /// The threads named in a stretch, and those named in the same paragraph.
    fn threads(&self, span: Span) -> String {
        let document = &self.reading.document;
        let block = document.blocks().get(document.block_at(span.start())).map_or(span, |b| b.span);
        let named = |within: Span, not: Option<Span>| -> Vec<String> {
            let touches = |t: &&Thread| {
                t.mentions.iter().any(|m| within.covers(*m))
                    && !not.is_some_and(|n| t.mentions.iter().any(|m| n.covers(*m)))
            };
            self.found.analysis.threads.iter().filter(touches).map(|t| format!("{} {}", t.letter, t.name)).collect()
        };
        let (inside, near) = (named(span, None), named(block, Some(span)));
        match (inside.is_empty(), near.is_empty()) {
            (true, true) => "none".to_owned(),
            (false, true) => inside.join(", "),
            (true, false) => format!("near {}", near.join(", ")),
            (false, false) => format!("{} · near {}", inside.join(", "), near.join(", ")),
        }
    }

    fn quote(mut self, quote: &Quote) -> Vec<Line> {
        self.gap();
        self.text(&quotes::said(self.reading, quote), Role::Quote, 8);
        self.gap();
        self.fact("Said by", words::speaker(quote), Role::Heading);
        if let Some(speaker) = &quote.speaker {
            self.fact("", &format!("{}: {}", words::sureness(speaker.sureness()), speaker.rule), Role::Unsure);
        }
        let whole = match quote.kind {
            QuoteKind::Direct if self.is_complete(quote) => "direct, complete",
            QuoteKind::Direct => "direct, partial",
            QuoteKind::Indirect => "indirect, without quotation marks",
            QuoteKind::Mixed => "mixed, partly in quotation marks",
        };
        self.fact("Kind", whole, Role::Text);
        self.fact("Threads", &self.threads(quote.span()), Role::Thread);
        self.fact("Where", &self.place(quote.span()), Role::Text);
        self.repeats(quote);
        self.said();
        self.gap();
        self.around(quote.span());
        self.lines
    }

    /// Whether the words stand as a sentence: a capital letter first, a mark that ends one last.
    fn is_complete(&self, quote: &Quote) -> bool {
        let first = quote.content.first().map_or("", |&p| self.reading.slice(p));
        let last = quote.content.last().map_or("", |&p| self.reading.slice(p));
        first.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| !c.is_lowercase())
            && last.trim_end().ends_with(['.', '!', '?', '…', ',', '—'])
    }

    fn repeats(&mut self, quote: &Quote) {
        let quotes = &self.found.analysis.quotes;
        if let Some(first) = quote.repeats {
            let words = quotes.get(first.index()).map(|q| quotes::said(self.reading, q)).unwrap_or_default();
            self.fact("Same words", &format!("in quote {}: {words}", first.index() + 1), Role::Text);
        }
        let own = quotes.iter().position(|q| q == quote);
        let later: Vec<String> = quotes
            .iter()
            .enumerate()
            .filter(|(_, q)| q.repeats.is_some_and(|r| Some(r.index()) == own))
            .map(|(number, _)| (number + 1).to_string())
            .collect();
        if !later.is_empty() {
            self.fact("Said again", &format!("in quote {}", later.join(", ")), Role::Text);
        }
    }

    /// The sentences before and after a passage.
    fn around(&mut self, span: Span) {
        let sentences = &self.found.analysis.sentences;
        let first = sentences.partition_point(|s| s.end() <= span.start());
        let after = sentences.partition_point(|s| s.start() < span.end());
        if let Some(&before) = first.checked_sub(1).and_then(|i| sentences.get(i)) {
            self.fact("Before", &shorten(&self.one_line(before), self.cells * 2), Role::Dim);
        }
        if let Some(&next) = sentences.get(after) {
            self.fact("After", &shorten(&self.one_line(next), self.cells * 2), Role::Dim);
        }
    }

    fn claim(mut self, claim: &Claim) -> Vec<Line> {
        self.gap();
        let clause = self.one_line(claim.content);
        self.text(&clause, Role::Heading, 6);
        self.gap();
        self.said();
        self.fact("How sure", &words::certainty(claim), claims::role(claim));
        self.fact("Claimed by", words::holder(claim, &self.found.analysis.people), Role::Text);
        self.fact("When", words::time(claim.time), Role::Text);
        self.fact("Kind", words::claim_kind(claim.kind), Role::Text);
        self.fact("Evidence", words::evidence(claim.evidence), Role::Text);
        for cue in &claim.cues {
            let text = format!("“{}” {}", self.one_line(cue.span), words::cue(cue.kind));
            self.fact("Cue", &text, Role::Unsure);
        }
        for against in &claim.against {
            let Some(other) = self.found.analysis.claims.get(against.index()) else { continue };
            let (sure, place) = (words::certainty(other), self.place(other.content));
            let text = format!(
                "{sure} · {} · {place}: {}",
                words::holder(other, &self.found.analysis.people),
                self.one_line(other.content)
            );
            self.fact("Against it", &text, Role::Unsure);
        }
        let why: Vec<&str> = claim.why.iter().map(AsRef::as_ref).collect();
        if !why.is_empty() {
            self.fact("Why", &why.join("; "), Role::Text);
        }
        self.fact("Threads", &self.threads(claim.sentence), Role::Thread);
        self.fact("Where", &self.place(claim.content), Role::Text);
        self.gap();
        let sentence = self.one_line(claim.sentence);
        self.fact("Sentence", &sentence, Role::Dim);
        self.lines
    }

    fn thread(mut self, thread: &Thread, chosen: usize) -> Vec<Line> {
        self.gap();
        self.lines.push(
            Line::of("  ", Role::Text)
                .say(thread.letter.to_string(), Role::Thread)
                .say(format!(" {}", thread.name), Role::Heading)
                .say("  ", Role::Text)
                .say(threads::status(thread), threads::role(thread)),
        );
        if !thread.aliases.is_empty() {
            self.fact("Also", &thread.aliases.join(", "), Role::Dim);
        }
        self.gap();
        if thread.mentions.is_empty() {
            self.text("This text does not name it.", Role::Text, 2);
            return self.lines;
        }
        if let Some(evidence) = thread.evidence {
            let evidence = self.one_line(evidence);
            self.fact("Because", &evidence, Role::Text);
        }
        let bars = threads::bars(self.reading, thread, self.cells.saturating_sub(LABEL).min(48), self.ascii);
        self.fact("In the text", &bars, Role::Thread);
        self.touching(thread);
        self.gap();
        let meant = match thread.weak.len() {
            0 => String::new(),
            count => format!(", and {count} more by a pronoun"),
        };
        self.lines.push(Line::of(format!("  {} passages{meant}", thread.mentions.len()), Role::Dim));
        let first = chosen.saturating_sub(3);
        for (number, &mention) in thread.mentions.iter().enumerate().skip(first).take(8) {
            let bar = if number == chosen { "▌ " } else { "  " };
            let sentence = self.sentence_of(mention);
            let text = shorten(&format!("{}  {}", self.place(mention), self.one_line(sentence)), self.cells);
            self.lines.push(Line::of(bar, Role::Bar).say(text, Role::Text));
        }
        self.meant_by_pronouns(thread);
        self.lines
    }

    /// Where a pronoun stands for the thread, apart from where it is named.
    fn meant_by_pronouns(&mut self, thread: &Thread) {
        if thread.weak.is_empty() {
            return;
        }
        self.gap();
        self.lines.push(Line::of("  By a pronoun", Role::Dim));
        for &pronoun in thread.weak.iter().take(MOST_PRONOUNS) {
            let (word, sentence) = (self.one_line(pronoun), self.one_line(self.sentence_of(pronoun)));
            let text = format!("{}  [{word}]  {sentence}", self.place(pronoun));
            self.lines.push(Line::of("  ", Role::Text).say(shorten(&text, self.cells), Role::Dim));
        }
    }

    fn sentence_of(&self, span: Span) -> Span {
        let sentences = &self.found.analysis.sentences;
        let at = sentences.partition_point(|s| s.end() <= span.start());
        sentences.get(at).copied().unwrap_or(span)
    }

    /// The quotes and claims in whose sentences a thread is named, and who speaks of it.
    fn touching(&mut self, thread: &Thread) {
        let analysis = &self.found.analysis;
        let near: Vec<Span> = thread.mentions.iter().map(|&m| self.sentence_of(m)).collect();
        // The sentences are in order and never overlap.
        let touches = |span: Span| {
            let first = near.partition_point(|s| s.end() <= span.start());
            near.get(first).is_some_and(|s| s.overlaps(span))
        };
        let quotes: Vec<&Quote> = analysis.quotes.iter().filter(|q| q.content.iter().any(|&p| touches(p))).collect();
        let claims = analysis.claims.iter().filter(|c| touches(c.content)).count();
        let mut speakers: Vec<&str> = quotes.iter().map(|q| words::speaker(q)).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let count = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        self.fact("Touched by", &format!("{}, {}", count(quotes.len(), "quote"), count(claims, "claim")), Role::Text);
        if !speakers.is_empty() {
            self.fact("Spoken of by", &speakers.join(", "), Role::Text);
        }
    }
}
