//! Reading without a screen, line by line: for screen readers, for terminals that cannot move the cursor, and for scripts.
//! A pure machine: a line goes in, sentences come out ([`State::answer`]); what has to be done outside is left in
//! [`State::errands`]. Whatever the screen says with a colour or a mark is said here in words.

mod lists;
mod reading;
mod say;
mod saying;

use std::sync::Arc;

use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, Thread, ThreadDefinition, ThreadId, analyse};
use crate::document::Document;
use crate::export::{Exported, Exporter};
use crate::index::{Index, Query, Scope};
use crate::lexicon::{Lexicon, threads};
use crate::remarks::Remarks;
use crate::store::{Change, Field, Remark, Turn};
use crate::text::Span;

/// The list that is read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Quotes,
    Claims,
    Threads,
    Matches,
}

/// What the library knows of an article.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What was said of it.
    pub remarks: Vec<Remark>,
    /// Where the reader was, in bytes.
    pub place: usize,
    /// Changes that can be taken back, the last one last.
    pub done: Vec<Change>,
    /// Changes that were, the next one to be done again last.
    pub undone: Vec<Change>,
}

/// Something to be done outside, in order.
#[derive(Clone, Debug)]
pub enum Errand {
    /// An article was opened: say what the library knows of it ([`State::recall`]).
    Opened,
    /// Save a remark on the article, and what it means for undoing.
    Remember(Remark, Turn),
    /// Save where the reader is, in bytes.
    Place(usize),
    /// Write an export to a new file of this name, and say what came of it.
    Export(String, &'static Exporter, Exported),
}

/// An entry of a list: a finding, or a sentence of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Entry {
    pub finding: Option<FindingId>,
    pub span: Span,
}

/// An article with its findings.
pub(crate) struct Article {
    pub document: Arc<Document>,
    /// Without the reader's corrections.
    pub original: Option<Arc<Analysis>>,
    /// With them.
    pub found: Option<(Arc<Analysis>, Index)>,
    pub remarks: Remarks,
}

/// The open articles and where the reader is.
pub struct State {
    lexicon: Lexicon,
    threads: Vec<ThreadDefinition>,
    articles: Vec<Article>,
    current: usize,
    kind: Kind,
    filter: String,
    entries: Vec<Entry>,
    /// The entry that was said last.
    at: Option<usize>,
    /// The first entry that a list has not said yet.
    unsaid: usize,
    /// The block of the text that is read next.
    block: usize,
    over: bool,
    errands: Vec<Errand>,
    /// What the reader has said so far, counted.
    changes: i64,
}

/// A command: its names, what the help says, what it does with the rest of the line.
type Command = (&'static [&'static str], &'static str, fn(&mut State, &str) -> String);

#[rustfmt::skip]
const COMMANDS: &[Command] = &[
    (&["quotes", "2"], "quotes [WORDS]: list the quotes; speaker:, is:, thread: narrow down", |s, a| s.list(Kind::Quotes, a)),
    (&["claims", "3"], "claims [WORDS]: list the claims, the certainty first", |s, a| s.list(Kind::Claims, a)),
    (&["threads", "4"], "threads: list the plot threads and how they stand", |s, a| s.list(Kind::Threads, a)),
    (&["more", "m"], "more: go on with the list", |s, _| s.more()),
    (&["next", "n", "j"], "next: the next of the list; a number goes to that one", |s, _| s.step(true)),
    (&["previous", "p", "k"], "previous: the one before", |s, _| s.step(false)),
    (&["now", "."], "now: say it again", |s, _| s.now()),
    (&["why", "w"], "why: the reasons for what was said last", |s, _| s.why()),
    (&["who"], "who [NAME]: who speaks here and how often, or all that one of them says", State::who),
    (&["find", "/", "f", "search"], "find WORDS: quotes, claims and sentences with these words, in any order", State::find),
    (&["read", "r"], "read [NUMBER]: read a paragraph; an empty line reads on", State::read),
    (&["go", "g"], "go: read the paragraph of what was said last; go NUMBER: that paragraph", State::go),
    (&["note", "i"], "note WORDS: keep a note on what was said last; note alone says it", State::note),
    (&["articles"], "articles: what is open; article NUMBER goes there", |s, _| s.list_articles()),
    (&["article"], "", State::open_article),
    (&["verdict"], "verdict WORD [SOURCE]: confirmed, disputed, false or open, on a claim; alone says it", State::verdict),
    (&["set-speaker", "s"], "set-speaker NAME: who says the quote; set-speaker = NAME: two names are one person", State::set_speaker),
    (&["accept"], "accept: what was said last is right", |s, _| s.judge("accepted")),
    (&["reject", "x"], "reject: what was said last is wrong; it leaves the lists", |s, _| s.judge("rejected")),
    (&["notes"], "notes: all your notes on this text", |s, _| s.notes()),
    (&["undo", "u"], "undo: take the last change back", |s, _| s.turn_back(false)),
    (&["redo"], "redo: do it again", |s, _| s.turn_back(true)),
    (&["export", "e"], "export FILE: write what the list holds; .md .csv .jsonl … tell the form", State::export),
    (&["story"], "story: the threads over time, what changed, who is quoted, in all open articles", |s, _| s.story()),
    (&["help", "?", "h"], "help: this", |_, _| help()),
    (&["quit", "q", "exit"], "quit: end", |s, _| s.quit()),
];

fn help() -> String {
    let told = COMMANDS.iter().map(|(_, help, _)| *help).filter(|help| !help.is_empty());
    told.collect::<Vec<_>>().join("\n") + "\nThe first letters of a command are enough."
}

impl State {
    /// Opens documents, the first of them to be read.
    pub fn new(documents: Vec<Document>, lexicon: Lexicon, threads: Vec<ThreadDefinition>) -> Self {
        let article = |document| Article {
            document: Arc::new(document),
            original: None,
            found: None,
            remarks: Remarks::default(),
        };
        let mut state = Self {
            lexicon,
            threads,
            articles: documents.into_iter().map(article).collect(),
            current: 0,
            kind: Kind::Quotes,
            filter: String::new(),
            entries: Vec::new(),
            at: None,
            unsaid: 0,
            block: 0,
            over: false,
            errands: Vec::new(),
            changes: 0,
        };
        state.open(0);
        state
    }

    /// What is said first.
    pub fn greeting(&self) -> String {
        let Some(article) = self.article() else { return "Nothing is open.".to_owned() };
        let meta = &article.document.meta();
        let title = if meta.title.is_empty() { article.document.id() } else { &meta.title };
        let counts = article.found.as_ref().map_or((0, 0, 0), |(a, _)| {
            let threads = (0..a.threads.len()).filter(|&i| !self.is_aside(a, i));
            (a.quotes.len(), a.claims.len(), threads.count())
        });
        format!(
            "{title}. {}, {}, {}. Say help for the commands, quit to end.",
            counted(counts.0, "quote"),
            counted(counts.1, "claim"),
            counted(counts.2, "thread")
        )
    }

    /// Answers a line.
    pub fn answer(&mut self, line: &str) -> String {
        let line = line.trim();
        if line.is_empty() {
            return self.read("");
        }
        if let Ok(number) = line.parse::<usize>() {
            return self.choose(number);
        }
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (name, rest) = match line.strip_prefix('/') {
            Some(rest) if !rest.is_empty() => ("find", rest),
            _ => (name, rest),
        };
        match command(&name.to_lowercase()) {
            Some(command) => command(self, rest.trim()),
            None => format!("There is no command {name}; help lists them."),
        }
    }

    /// Whether the reader has quit.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// What has to be done outside.
    pub fn errands(&mut self) -> Vec<Errand> {
        std::mem::take(&mut self.errands)
    }

    /// Takes in what the library knows of the article that was opened.
    pub fn recall(&mut self, known: Known) {
        let Some(article) = self.articles.get_mut(self.current) else { return };
        self.block = article.document.block_at(crate::text::Pos::at(known.place));
        article.recall(known);
        let filter = std::mem::take(&mut self.filter);
        self.fill(self.kind, &filter);
    }

    /// The article that is read.
    pub fn document(&self) -> Option<&Document> {
        self.article().map(|a| &*a.document)
    }

    fn article(&self) -> Option<&Article> {
        self.articles.get(self.current)
    }

    fn open(&mut self, number: usize) {
        self.current = number;
        self.find_in(number);
        self.block = 0;
        self.errands.push(Errand::Opened);
        self.fill(Kind::Quotes, "");
    }

    /// Finds what is in an article, once.
    fn find_in(&mut self, number: usize) {
        let Some(article) = self.articles.get_mut(number).filter(|a| a.original.is_none()) else { return };
        article.original = Some(Arc::new(analyse(&article.document, &self.lexicon, &self.threads)));
        article.correct();
    }

    /// Makes a list the one that is read from.
    fn fill(&mut self, kind: Kind, filter: &str) {
        (self.kind, self.at, self.unsaid) = (kind, None, 0);
        filter.clone_into(&mut self.filter);
        self.entries = self.entries_of(kind, &Query::parse(filter));
    }

    fn entries_of(&self, kind: Kind, query: &Query) -> Vec<Entry> {
        let Some(Article { document, found: Some((analysis, index)), remarks, .. }) = self.article() else {
            return Vec::new();
        };
        let scope = match kind {
            Kind::Quotes => Scope::Quotes,
            Kind::Claims => Scope::Claims,
            Kind::Threads => Scope::Threads,
            Kind::Matches => {
                let hits = index.search(document, analysis, query, Scope::All);
                return hits.into_iter().map(|h| Entry { finding: h.finding, span: h.span }).collect();
            }
        };
        let entry = |i: usize| {
            let (finding, span) = match kind {
                Kind::Claims => (FindingId::Claim(ClaimId::at(i)), analysis.claims.get(i)?.content),
                Kind::Threads => {
                    let thread = analysis.threads.get(i)?;
                    let first = thread.mentions.first().copied().unwrap_or_default();
                    (FindingId::Thread(ThreadId::at(i)), thread.evidence.unwrap_or(first))
                }
                _ => (FindingId::Quote(QuoteId::at(i)), analysis.quotes.get(i)?.span()),
            };
            Some(Entry { finding: Some(finding), span })
        };
        let mut shown = index.filter(query, scope);
        if kind == Kind::Threads {
            shown.retain(|&i| !self.is_aside(analysis, i));
        }
        let shown = shown.into_iter().filter_map(entry);
        shown.filter(|e| e.finding.is_none_or(|f| !remarks.is_rejected(f))).collect()
    }

    /// Whether a thread is of the built-in story and neither this text nor another one that is open names any of them.
    fn is_aside(&self, analysis: &Analysis, thread: usize) -> bool {
        let own = threads::of_story(&self.threads);
        let is_own = |t: &Thread| own.contains(&t.name);
        let found = self.articles.iter().filter_map(|a| a.found.as_ref());
        let named = found.flat_map(|(a, _)| &a.threads).any(|t| is_own(t) && !t.mentions.is_empty());
        !named && analysis.threads.get(thread).is_some_and(is_own)
    }

    fn quit(&mut self) -> String {
        self.over = true;
        "Goodbye.".to_owned()
    }

    pub(crate) fn note_on(&self, entry: Entry) -> Option<&str> {
        self.article()?.remarks.value(entry.finding?, Field::Note)
    }

    fn said(&self) -> Option<Entry> {
        self.entries.get(self.at?).copied()
    }

    fn list_articles(&self) -> String {
        let title = |a: &Article| {
            if a.document.meta().title.is_empty() {
                a.document.id().to_owned()
            } else {
                a.document.meta().title.clone()
            }
        };
        let line = |(i, a): (usize, &Article)| {
            format!("{}{}. {}", if i == self.current { "now: " } else { "" }, i + 1, title(a))
        };
        self.articles.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }

    fn open_article(&mut self, number: &str) -> String {
        match number.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|&n| n < self.articles.len()) {
            Some(number) => {
                self.open(number);
                self.greeting()
            }
            None => format!("There are {}: article NUMBER goes to one.", counted(self.articles.len(), "article")),
        }
    }
}

/// The command of a name, or of its first letters when only one begins so.
fn command(name: &str) -> Option<fn(&mut State, &str) -> String> {
    let exact = COMMANDS.iter().find(|(names, ..)| names.contains(&name));
    let mut begun = COMMANDS.iter().filter(|(names, ..)| names[0].starts_with(name));
    exact.or_else(|| begun.next()).map(|(_, _, run)| *run)
}

/// `1 quote`, `no quotes`, `7 quotes`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_text;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    const TEXT: &str = "The harbour\n\nThe boat left on Monday. “We saw nothing,” said Anna Berg.\n\nTom Hale said that the harbour might close. Berg denied it.\n";

    fn state() -> State {
        State::new(vec![from_text(TEXT.into(), "harbour.txt")], Lexicon::english(), Vec::new())
    }

    fn check(lines: &[&str], expected: &Expect) {
        let mut state = state();
        let said: Vec<String> = lines.iter().map(|line| format!("> {line}\n{}", state.answer(line))).collect();
        expected.assert_eq(&said.join("\n"));
    }

    #[test]
    fn quotes_are_listed_said_and_explained() {
        check(
            &["quotes", "next", "why", "next", "next", "1"],
            &expect![[r#"
            > quotes
            2 quotes.
            1. Anna Berg: “We saw nothing”
            2. Tom Hale, indirect quote: the harbour might close
            > next
            now: Quotes, 1 of 2. Anna Berg: “We saw nothing”
            > why
            Anna Berg, sure, because: “said Anna Berg” follows the words
            > next
            now: Quotes, 2 of 2. Tom Hale, indirect quote: the harbour might close
            > next
            This is the last quote.
            > 1
            now: Quotes, 1 of 2. Anna Berg: “We saw nothing”"#]],
        );
    }

    #[test]
    fn the_text_is_read_and_searched() {
        check(
            &["", "", "find harbour", "next", "go", "who", "who berg", "read 9"],
            &expect![[r#"
                > 
                title: The harbour
                > 
                paragraph 1 of 2: The boat left on Monday. “We saw nothing,” said Anna Berg.
                  quote 1, Anna Berg
                  claim 1, certain, the article
                  claim 2, denied, Anna Berg
                > find harbour
                4 matches.
                1. quote, Tom Hale, indirect quote: the harbour might close
                2. claim, possible, Tom Hale: the harbour might close
                3. match: The harbour
                4. match: Tom Hale said that the harbour might close.
                > next
                now: Matches, 1 of 4. Tom Hale, indirect quote: the harbour might close
                > go
                paragraph 2 of 2: Tom Hale said that the harbour might close. Berg denied it.
                  quote 2, Tom Hale
                  claim 3, possible, Tom Hale
                  claim 4, certain, the article
                > who
                Anna Berg: 1 quote
                Tom Hale: 1 quote
                > who berg
                1 quote, only speaker:"berg".
                1. Anna Berg: “We saw nothing”
                > read 9
                There are 2 paragraphs."#]],
        );
    }

    #[test]
    fn an_empty_list_says_why() {
        let mut state = state();
        assert!(state.answer("quotes is:foo").starts_with("nothing is foo"));
        assert!(state.answer("next").starts_with("nothing is foo"), "there are quotes");
        assert_eq!(state.answer("quotes is:rejected"), state.answer("next"));
        assert!(state.answer("search Berg").contains("match"));
        let text = "Der Hafen\n\n„Wir fahren morgen“, sagte Ministerin Anna Berg am Dienstag in Kiel. Sie habe das Schiff gesehen.";
        let mut german = State::new(vec![from_text(text.into(), "de.txt")], Lexicon::english(), Vec::new());
        assert_eq!(german.answer("claims"), "Claims are found in English texts only.");
    }

    #[test]
    fn a_note_is_kept_and_said() {
        let mut state = state();
        state.errands();
        assert!(state.answer("note ask").contains("say next first"));
        state.answer("next");
        assert_eq!(state.answer("note ask Anna"), "The note is kept; undo takes it back.");
        assert!(matches!(&state.errands()[..], [Errand::Remember(r, _)] if r.value == "ask Anna"));
        assert!(state.answer("now").ends_with("note: ask Anna"));
    }

    fn known(remarks: Vec<Remark>) -> Known {
        Known { remarks, ..Known::default() }
    }

    #[test]
    fn what_is_said_of_a_finding_is_kept_and_taken_back() {
        let mut state = state();
        assert!(state.answer("verdict disputed").contains("is for a claim"));
        state.answer("claims");
        state.answer("next");
        assert_eq!(state.answer("verdict maybe"), "maybe is no verdict: confirmed, disputed, false, open.");
        assert_eq!(state.answer("verdict dis Reel Notes"), "The verdict is disputed; undo takes it back.");
        assert_eq!(state.answer("verdict"), "verdict: disputed, Reel Notes");
        assert_eq!(state.answer("undo"), "Taken back: source, verdict.");
        assert_eq!(state.answer("verdict"), "You gave no verdict on it.");
        assert_eq!(state.answer("redo"), "Done again: verdict, source.");
        assert_eq!(state.answer("verdict dis Stage and Slate"), "The verdict is disputed; undo takes it back.");
        assert_eq!(state.answer("undo"), "Taken back: source.");
        assert_eq!(state.answer("verdict"), "verdict: disputed, Reel Notes");
        state.answer("quotes");
        state.answer("next");
        assert_eq!(state.answer("set-speaker Ann Leigh"), "Said by Ann Leigh; undo takes it back.");
        assert!(state.answer("now").contains("1 of 2. Ann Leigh: “We saw nothing”"), "{}", state.answer("now"));
        state.answer("u");
        assert!(state.answer("now").contains("Anna Berg"));
        state.answer("set-speaker = Tom Hale");
        assert!(state.answer("who").contains("Tom Hale: 2 quotes"), "{}", state.answer("who"));
        state.answer("undo");
        state.answer("quotes");
        state.answer("next");
        assert_eq!(state.answer("reject"), "It is rejected; undo takes it back.");
        assert!(state.answer("quotes").starts_with("1 quote."));
        state.answer("undo");
        assert!(state.answer("quotes").starts_with("2 quotes."));
        let turns = state.errands().into_iter().filter(|e| matches!(e, Errand::Remember(_, Turn::Undo))).count();
        assert_eq!(turns, 6);
        assert_eq!(state.answer("redo now").split('.').next(), Some("Done again: accepting or rejecting"));
    }

    #[test]
    fn the_list_is_exported_and_the_story_told() {
        let mut state = state();
        assert!(state.answer("export").contains("Say to which file"));
        state.answer("quotes speaker:berg");
        state.errands();
        assert_eq!(state.answer("export quotes.csv"), "");
        let errands = state.errands();
        assert!(
            matches!(&errands[..], [Errand::Export(name, form, exported)]
                if name == "quotes.csv" && form.name == "csv" && exported.documents[0].items.len() == 1),
            "{errands:?}"
        );
        assert!(state.answer("story").contains("several files"));
        let two = ["one.txt", "two.txt"].map(|name| from_text(TEXT.into(), name)).to_vec();
        let mut state = State::new(two, Lexicon::english(), Vec::new());
        let told = state.answer("story");
        assert!(
            told.starts_with("# A story in 2 articles") && told.contains("* Anna Berg: quotes: 2; articles: 2"),
            "{told}"
        );
        state.answer("next");
        state.answer("reject");
        assert!(state.answer("story").contains("* Anna Berg: quotes: 1; articles: 1"));
    }

    #[test]
    fn what_the_reader_corrected_is_said() {
        let mut state = state();
        let quote = state.entries[0];
        let span = quote.span;
        let about = |field, value: &str| Remark {
            anchor: crate::store::Anchor::of(crate::store::Subject::Quote, TEXT, span),
            field,
            value: value.to_owned(),
        };
        state.recall(known(vec![about(Field::Speaker, "Ann Leigh"), about(Field::Note, "ask her")]));
        assert!(state.answer("next").contains("Ann Leigh: “We saw nothing”\nnote: ask her"));
        state.recall(known(vec![about(Field::Judged, "rejected")]));
        assert!(state.answer("quotes").starts_with("1 quote."));
    }

    #[test]
    fn what_is_unknown_is_said() {
        assert_eq!(state().answer("dance"), "There is no command dance; help lists them.");
        assert!(state().answer("help").contains("find WORDS"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn no_line_panics(lines in prop::collection::vec("[a-z/0-9]{0,7} ?(harbour|99999999999999999999|-1|\\PC{0,5})?", 0..12)) {
            let mut state = state();
            for line in lines {
                state.answer(&line);
            }
        }
    }
}
