//! What is kept of an analysed article, so that a story of many can be told without analysing them again.

use crate::analysis::{
    Analysis, Claim, ClaimId, ClaimKind, CueKind, FindingId, Holder, Polarity, Quote, QuoteId, Status, Thread,
    ThreadPlaces,
};
use crate::document::{Day, Document};
use crate::index::Index;
use crate::text::{Pos, Span, fold_plain};

/// Sentences are kept up to this many bytes.
const LONGEST: usize = 600;

/// What kind of thing a kept finding is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Sort {
    /// A quote.
    Quote,
    /// A claim.
    Claim,
    /// A question of the text itself that names a thread.
    Question,
}

/// A finding with its words, apart from its document.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// What it is.
    pub sort: Sort,
    /// Where it stands in its document, in bytes.
    pub span: Span,
    /// Its words; the pieces of an interrupted quote joined by an ellipsis.
    pub content: String,
    /// The speaker or holder; empty for nobody and for the article itself.
    pub who: String,
    /// The predicate of a claim, folded.
    pub head: String,
    /// What search calls it: `direct sure`, `possible affirmed future`.
    pub traits: String,
    /// The names of the threads it touches.
    pub threads: Vec<String>,
    /// The words that make it less than certain.
    pub hedges: Vec<String>,
    /// -3 (certainly not) to +3 (certainly); 0 for what is no claim.
    pub factuality: f32,
}

impl Kept {
    /// Whether search would call it that.
    pub fn is(&self, name: &str) -> bool {
        self.traits.split(' ').any(|t| t == name)
    }
}

/// A thread in one article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Surface {
    /// Its name.
    pub thread: String,
    /// How often it is named.
    pub mentions: usize,
    /// How it stands there.
    pub status: Status,
    /// The sentence that says so; else the one that names it first.
    pub sentence: String,
    /// Where that sentence starts, in bytes.
    pub start: usize,
}

/// Where the day of an article comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Dated {
    /// The text or its name tells it.
    #[default]
    Text,
    /// It is only the day on which the file was changed.
    File,
}

impl Dated {
    /// A day as it is shown: in brackets when it is only that of the file.
    pub fn mark(self, day: String) -> String {
        if self == Self::File { format!("({day})") } else { day }
    }
}

/// One article of a story.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Entry {
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The paper or site.
    pub outlet: String,
    /// When it was published, or when its file was changed.
    pub day: Option<Day>,
    /// Which of the two.
    pub dated: Dated,
    /// Its findings, in order.
    pub kept: Vec<Kept>,
    /// The threads that surface in it, by name.
    pub surfaces: Vec<Surface>,
}

impl Entry {
    /// What to keep of an analysed document. `changed` is the day its file was changed, for a text that gives none.
    pub fn of(document: &Document, analysis: &Analysis, index: &Index, changed: Option<Day>) -> Self {
        let keeper = Keeper::new(document, analysis, index);
        let meta = document.meta();
        let own = meta.published.as_deref().and_then(Day::from_iso);
        let threads = analysis.threads.iter().filter(|t| !t.mentions.is_empty() && !t.suggested);
        let mut surfaces: Vec<Surface> = threads.map(|t| keeper.surface(t)).collect();
        surfaces.sort_by(|a, b| a.thread.cmp(&b.thread));
        Self {
            path: document.id().to_owned(),
            title: meta.title.clone(),
            outlet: meta.outlet.clone().unwrap_or_default(),
            day: own.or(changed),
            dated: if own.is_none() && changed.is_some() { Dated::File } else { Dated::Text },
            kept: keeper.all(),
            surfaces,
        }
    }
}

struct Keeper<'a> {
    document: &'a Document,
    analysis: &'a Analysis,
    index: &'a Index,
    places: ThreadPlaces,
    /// The hedges of the claims in each quote.
    hedges: Vec<Vec<String>>,
    /// The quotes by their start, with the furthest end of each and all before it.
    quoted: Vec<(Pos, Pos)>,
}

impl<'a> Keeper<'a> {
    fn new(document: &'a Document, analysis: &'a Analysis, index: &'a Index) -> Self {
        let mut hedges = vec![Vec::new(); analysis.quotes.len()];
        for claim in &analysis.claims {
            if let Some(own) = claim.quote.and_then(|q| hedges.get_mut(q.index())) {
                own.extend(hedges_of(document, claim));
            }
        }
        let mut quoted: Vec<(Pos, Pos)> = analysis.quotes.iter().map(|q| (q.span().start(), q.span().end())).collect();
        quoted.sort_unstable();
        let mut furthest = Pos::default();
        for (_, end) in &mut quoted {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { document, analysis, index, places: ThreadPlaces::of(analysis), hedges, quoted }
    }

    fn all(&self) -> Vec<Kept> {
        let mut kept: Vec<Kept> = (0..self.analysis.quotes.len()).map(|i| self.quote(QuoteId::at(i))).collect();
        kept.extend((0..self.analysis.claims.len()).map(|i| self.claim(ClaimId::at(i))));
        kept.extend(self.analysis.sentences.iter().filter_map(|&s| self.question(s)));
        kept.sort_by_key(|k| (k.span, k.sort));
        kept
    }

    fn kept(&self, sort: Sort, finding: Option<FindingId>, pieces: &[Span]) -> Kept {
        let span = pieces.iter().copied().reduce(Span::join).unwrap_or_default();
        let content = pieces.iter().map(|&p| one_line(self.document.slice(p))).collect::<Vec<_>>().join(" … ");
        let traits = finding.map(|f| self.index.traits(f).join(" ")).unwrap_or_default();
        Kept {
            sort,
            span,
            content,
            who: String::new(),
            head: String::new(),
            traits,
            threads: self.threads(pieces),
            hedges: Vec::new(),
            factuality: 0.0,
        }
    }

    fn quote(&self, id: QuoteId) -> Kept {
        let quote = &self.analysis.quotes[id.index()];
        Kept {
            who: self.speaker(quote),
            hedges: self.hedges[id.index()].clone(),
            ..self.kept(Sort::Quote, Some(FindingId::Quote(id)), &quote.content)
        }
    }

    fn speaker(&self, quote: &Quote) -> String {
        let Some(speaker) = &quote.speaker else { return String::new() };
        let person = speaker.person.and_then(|p| self.analysis.people.get(p.index()));
        one_line(person.map_or(speaker.name.as_str(), |p| p.name.as_str()))
    }

    fn claim(&self, id: ClaimId) -> Kept {
        let claim = &self.analysis.claims[id.index()];
        let who = match &claim.holder {
            Holder::Unnamed => "unnamed",
            other => other.shown(&self.analysis.people).unwrap_or_default(),
        };
        let weak = matches!(claim.kind, ClaimKind::Hypothetical | ClaimKind::Wish);
        let denied = claim.polarity == Polarity::Denied;
        Kept {
            who: one_line(who),
            head: fold_plain(self.document.slice(claim.head)),
            hedges: hedges_of(self.document, claim),
            factuality: if weak && !denied { claim.factuality.min(1.0) } else { claim.factuality },
            ..self.kept(Sort::Claim, Some(FindingId::Claim(id)), &[claim.content])
        }
    }

    /// A sentence that asks, outside quotes, and names a thread.
    fn question(&self, sentence: Span) -> Option<Kept> {
        let text = self.document.slice(sentence).trim_end();
        let asks = text.ends_with('?') && text.len() > 8 && text.len() < LONGEST;
        if !asks || self.is_quoted(sentence) {
            return None;
        }
        let kept = self.kept(Sort::Question, None, &[sentence]);
        (!kept.threads.is_empty()).then_some(kept)
    }

    fn is_quoted(&self, sentence: Span) -> bool {
        let before = self.quoted.partition_point(|(start, _)| *start < sentence.end());
        before.checked_sub(1).is_some_and(|last| self.quoted[last].1 > sentence.start())
    }

    /// The sentence a stretch starts in.
    fn sentence(&self, span: Span) -> &str {
        let sentences = &self.analysis.sentences;
        let at = sentences.partition_point(|s| s.end() <= span.start());
        sentences.get(at).filter(|s| s.contains(span.start())).map_or("", |&s| self.document.slice(s))
    }

    fn threads(&self, pieces: &[Span]) -> Vec<String> {
        let touched = self.places.touching(pieces).into_iter().filter_map(|i| self.analysis.threads.get(i));
        touched.filter(|t| !t.suggested).map(|t| t.name.clone()).collect()
    }

    fn surface(&self, thread: &Thread) -> Surface {
        let first = thread.mentions.first().copied().unwrap_or_default();
        let told = thread.evidence.unwrap_or(first);
        let sentence = if thread.evidence.is_some() { self.document.slice(told) } else { self.sentence(first) };
        Surface {
            thread: thread.name.clone(),
            mentions: thread.mentions.len(),
            status: thread.status,
            sentence: one_line(sentence),
            start: told.start().byte(),
        }
    }
}

/// The words that make a claim less than certain.
fn hedges_of(document: &Document, claim: &Claim) -> Vec<String> {
    use CueKind::{Approximator, Conditional, Doxastic, Epistemic, Hearsay, Weasel};
    let softens = |k| matches!(k, Approximator | Conditional | Doxastic | Epistemic | Hearsay | Weasel);
    let cues = claim.cues.iter().filter(|c| softens(c.kind));
    cues.map(|c| one_line(document.slice(c.span)).to_lowercase()).collect()
}

/// One line of a text, of bounded length.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(LONGEST));
    for word in text.split_whitespace() {
        if line.len() + word.len() > LONGEST {
            line.push_str(" …");
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::sample;

    fn entry() -> Entry {
        let (document, analysis) = sample::article();
        let index = Index::new(&document, &analysis);
        Entry::of(&document, &analysis, &index, Day::from_iso("2026-03-14"))
    }

    #[test]
    fn findings_are_kept_with_who_and_threads() {
        let entry = entry();
        let quote = entry.kept.iter().find(|k| k.content.starts_with("Nova is")).expect("kept");
        assert_eq!((quote.who.as_str(), quote.threads.as_slice()), ("Tomas Reyes", ["Nova".to_owned()].as_slice()));
        assert!(quote.is("direct") && quote.is("sure"));
        let claim = entry.kept.iter().find(|k| k.sort == Sort::Claim && k.is("possible")).expect("kept");
        assert_eq!(claim.hedges, ["might"]);
        assert_eq!(entry.surfaces.len(), 3);
        assert!(entry.day.is_some());
        assert_eq!(entry.dated, Dated::File, "the sample tells no day");
    }
}
