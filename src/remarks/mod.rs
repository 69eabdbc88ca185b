//! What the reader says of findings: kept beside the analysis, found again by words, undone and done again; and the findings
//! as the reader corrected them, for every screen, list and export alike.

mod corrected;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadId};
use crate::document::{Day, Document};
use crate::index::Index;
use crate::store::{Anchor, Change, Field, Remark, Subject, Turn};
use crate::story::{Entry, Sort};
use crate::text::Span;

/// The remarks of each finding, by their places.
type Settled = FxHashMap<FindingId, Vec<usize>>;

/// All remarks of one document.
#[derive(Default)]
pub struct Remarks {
    all: Vec<Remark>,
    of: Settled,
    /// Remarks whose words are not in the text any more.
    pub lost: usize,
    /// Where passages are that have a note.
    noted: Vec<Span>,
    done: Vec<Change>,
    undone: Vec<Change>,
}

/// A note and where it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Noted {
    /// Where its words are now; none when they are lost.
    pub span: Option<Span>,
    /// The finding it is on; none for a passage.
    pub finding: Option<FindingId>,
    /// What it is on.
    pub anchor: Anchor,
    /// What it says.
    pub note: String,
}

/// The anchor of a finding.
pub fn anchor(document: &Document, analysis: &Analysis, finding: FindingId) -> Option<Anchor> {
    let subject = match finding {
        FindingId::Quote(_) => Subject::Quote,
        FindingId::Claim(_) => Subject::Claim,
        FindingId::Thread(id) => return analysis.threads.get(id.index()).map(|t| Anchor::thread(&t.name)),
        FindingId::Person(_) => return None,
    };
    Some(Anchor::of(subject, document.text(), analysis.span(finding)?))
}

impl Remarks {
    /// Takes in what the library knows, besides what was said since.
    pub fn recall(&mut self, known: Vec<Remark>, done: Vec<Change>, undone: Vec<Change>) {
        self.done.splice(0..0, done);
        if self.undone.is_empty() {
            self.undone = undone;
        }
        for remark in known {
            if self.place(&remark.anchor, remark.field).is_none() {
                self.all.push(remark);
            }
        }
    }

    /// Finds the finding of every remark.
    pub fn settle(&mut self, document: &Document, analysis: &Analysis) {
        (self.of, self.lost) = self.settled(document, analysis);
        let passages = self.all_of(Field::Note).filter(|r| r.anchor.subject == Subject::Passage);
        self.noted = passages.filter_map(|r| r.anchor.locate(document.text())).collect();
    }

    /// Whether a note is on a passage that starts in a stretch.
    pub fn is_noted(&self, stretch: Span) -> bool {
        self.noted.iter().any(|passage| stretch.contains(passage.start()))
    }

    /// All notes, in the order of the text; those whose words are lost come last.
    pub fn notes(&self, document: &Document, analysis: &Analysis) -> Vec<Noted> {
        let notes = self.all.iter().enumerate().filter(|(_, r)| r.field == Field::Note && !r.value.is_empty());
        let mut notes: Vec<Noted> = notes
            .map(|(number, remark)| {
                let finding = self.of.iter().find(|(_, numbers)| numbers.contains(&number)).map(|(&f, _)| f);
                let span = finding.and_then(|f| analysis.span(f));
                let span = span.or_else(|| remark.anchor.locate(document.text()));
                Noted { span, finding, anchor: remark.anchor.clone(), note: remark.value.clone() }
            })
            .collect();
        notes.sort_by_key(|noted| noted.span.map_or((true, Span::default()), |span| (false, span)));
        notes
    }

    /// The remarks of every finding of an analysis, and how many have lost their words.
    fn settled(&self, document: &Document, analysis: &Analysis) -> (Settled, usize) {
        let (mut of, mut lost) = (Settled::default(), 0);
        for (number, remark) in self.all.iter().enumerate() {
            match self.finding(document, analysis, &remark.anchor) {
                Some(finding) => of.entry(finding).or_default().push(number),
                None if remark.value.is_empty() || is_passage(document, &remark.anchor) => {}
                None => lost += 1,
            }
            let ends = remark.field == Field::Ends && !remark.value.is_empty();
            lost += usize::from(ends && located(document, &remark.value).is_none());
        }
        (of, lost)
    }

    /// The finding an anchor means; that of a quote whose ends were moved far may be where they are now.
    pub(crate) fn finding(&self, document: &Document, analysis: &Analysis, anchor: &Anchor) -> Option<FindingId> {
        finding(document, analysis, anchor).or_else(|| {
            let ends = self.all.iter().find(|r| r.field == Field::Ends && r.anchor == *anchor)?;
            let moved = Anchor { subject: anchor.subject, ..Anchor::read(&ends.value)? };
            finding(document, analysis, &moved)
        })
    }

    /// What was said with a field, of whatever, in the order of the library.
    fn all_of(&self, field: Field) -> impl Iterator<Item = &Remark> {
        self.all.iter().filter(move |r| r.field == field && !r.value.is_empty())
    }

    /// What is said of a finding in a field.
    pub fn value(&self, finding: FindingId, field: Field) -> Option<&str> {
        self.value_in(&self.of, finding, field)
    }

    /// What is said of a finding of the analysis that was settled.
    fn value_in(&self, of: &Settled, finding: FindingId, field: Field) -> Option<&str> {
        let mut said = of.get(&finding)?.iter().filter_map(|&n| self.all.get(n));
        said.find(|r| r.field == field && !r.value.is_empty()).map(|r| r.value.as_str())
    }

    /// Whether the reader has rejected a finding.
    pub fn is_rejected(&self, finding: FindingId) -> bool {
        self.value(finding, Field::Judged) == Some("rejected")
    }

    /// The findings that the reader has rejected.
    fn rejected<'a>(&'a self, analysis: &'a Analysis) -> impl Iterator<Item = FindingId> + 'a {
        let quotes = (0..analysis.quotes.len()).map(|i| FindingId::Quote(QuoteId::at(i)));
        let claims = (0..analysis.claims.len()).map(|i| FindingId::Claim(ClaimId::at(i)));
        let threads = (0..analysis.threads.len()).map(|i| FindingId::Thread(ThreadId::at(i)));
        quotes.chain(claims).chain(threads).filter(|&finding| self.is_rejected(finding))
    }

    /// What to keep of an analysed document as the reader corrected it: what was rejected is left out. `changed` is the day its
    /// file was changed, for a text that gives none.
    pub fn entry(&mut self, document: &Document, found: &Arc<Analysis>, changed: Option<Day>) -> Entry {
        let analysis = self.corrected(document, found);
        self.settle(document, &analysis);
        let index = Index::new(document, &analysis);
        let mut entry = Entry::of(document, &analysis, &index, changed);
        for finding in self.rejected(&analysis) {
            let (sort, span) = match finding {
                FindingId::Quote(_) => (Sort::Quote, analysis.span(finding)),
                FindingId::Claim(_) => (Sort::Claim, analysis.span(finding)),
                FindingId::Thread(id) => {
                    let name = analysis.threads.get(id.index()).map(|t| t.name.as_str());
                    entry.surfaces.retain(|s| Some(s.thread.as_str()) != name);
                    continue;
                }
                FindingId::Person(_) => continue,
            };
            entry.kept.retain(|k| k.sort != sort || Some(k.span) != span);
        }
        entry
    }

    /// The marks of the document: their letters and where they are now.
    pub fn marks(&self, document: &Document) -> Vec<(char, Span)> {
        let marks = self.all.iter().filter(|r| r.field == Field::Mark);
        marks.filter_map(|r| Some((r.value.chars().next()?, r.anchor.locate(document.text())?))).collect()
    }

    /// Sets a mark; answers what has to be saved. A letter stands once in a document.
    pub fn mark(&mut self, letter: char, anchor: Anchor) -> Vec<Remark> {
        let value = letter.to_string();
        let old = self.all.iter().filter(|r| r.field == Field::Mark && r.value == value);
        let mut saved: Vec<Remark> = old.map(|r| Remark { value: String::new(), ..r.clone() }).collect();
        saved.push(Remark { anchor, field: Field::Mark, value });
        saved.iter().cloned().for_each(|r| self.put(r));
        saved
    }

    /// Says something new of a finding; answers what has to be saved. `order` is larger than that of any change before.
    pub fn say(&mut self, finding: FindingId, anchor: Anchor, field: Field, value: &str, order: i64) -> (Remark, Turn) {
        // A finding that was remarked upon before keeps its anchor, so that there is one row for it in the library.
        let known = self.of.get(&finding).and_then(|n| n.first()).and_then(|&n| self.all.get(n));
        let anchor = known.map_or(anchor, |r| r.anchor.clone());
        let from = self.value(finding, field).unwrap_or_default().to_owned();
        self.undone.clear();
        self.done.push(Change { anchor: anchor.clone(), field, from: from.clone(), to: value.to_owned(), order });
        let remark = Remark { anchor, field, value: value.to_owned() };
        self.put(remark.clone());
        let number = self.place(&remark.anchor, field).unwrap_or(0);
        let numbers = self.of.entry(finding).or_default();
        if !numbers.contains(&number) {
            numbers.push(number);
        }
        (remark, Turn::New(from))
    }

    /// The order of the change that [`Remarks::turn_back`] would take up.
    pub fn next_turn(&self, again: bool) -> Option<i64> {
        if again { &self.undone } else { &self.done }.last().map(|c| c.order)
    }

    /// Takes the last change back, or does it again; answers what has to be saved. A verdict and the source that was typed with
    /// it are one change.
    pub fn turn_back(&mut self, again: bool) -> Vec<Remark> {
        let (first, second) = if again { (Field::Verdict, Field::Source) } else { (Field::Source, Field::Verdict) };
        let one = match if again { &self.undone } else { &self.done }.as_slice() {
            [.., with, last] => {
                let at_once = last.anchor == with.anchor && last.order.abs_diff(with.order) == 1;
                (last.field, with.field) == (first, second) && at_once
            }
            _ => false,
        };
        let count = if one { 2 } else { 1 };
        (0..count).filter_map(|_| self.turn_one(again)).collect()
    }

    fn turn_one(&mut self, again: bool) -> Option<Remark> {
        let (from, to) = if again { (&mut self.undone, &mut self.done) } else { (&mut self.done, &mut self.undone) };
        let change = from.pop()?;
        to.push(change.clone());
        let value = if again { change.to } else { change.from };
        let remark = Remark { anchor: change.anchor, field: change.field, value };
        self.put(remark.clone());
        Some(remark)
    }

    fn place(&self, anchor: &Anchor, field: Field) -> Option<usize> {
        self.all.iter().position(|r| r.field == field && r.anchor == *anchor)
    }

    fn put(&mut self, remark: Remark) {
        match self.place(&remark.anchor, remark.field) {
            Some(place) => self.all[place] = remark,
            None => self.all.push(remark),
        }
    }

    /// Says something of what an anchor means, which need be no finding; answers what has to be saved.
    pub fn say_at(&mut self, anchor: Anchor, field: Field, value: &str, order: i64) -> (Remark, Turn) {
        let from = self.place(&anchor, field).map(|p| self.all[p].value.clone()).unwrap_or_default();
        self.undone.clear();
        self.done.push(Change { anchor: anchor.clone(), field, from: from.clone(), to: value.to_owned(), order });
        let remark = Remark { anchor, field, value: value.to_owned() };
        self.put(remark.clone());
        (remark, Turn::New(from))
    }
}

/// Whether an anchor is of a stretch of the text that is still there.
fn is_passage(document: &Document, anchor: &Anchor) -> bool {
    anchor.subject == Subject::Passage && anchor.locate(document.text()).is_some()
}

/// Where an anchor that was written as a value is now.
fn located(document: &Document, value: &str) -> Option<Span> {
    Anchor::read(value)?.locate(document.text())
}

/// The finding an anchor means: of its kind, at its words, or the one that shares most with them.
fn finding(document: &Document, analysis: &Analysis, anchor: &Anchor) -> Option<FindingId> {
    if anchor.subject == Subject::Thread {
        return analysis
            .threads
            .iter()
            .position(|t| t.name == anchor.exact)
            // A thread that was given another name keeps the old one.
            .or_else(|| analysis.threads.iter().position(|t| t.aliases.contains(&anchor.exact)))
            .map(|i| FindingId::Thread(ThreadId::at(i)));
    }
    if anchor.subject == Subject::Person {
        return analysis.person_named(&anchor.exact).map(FindingId::Person);
    }
    let span = anchor.locate(document.text())?;
    let nearest = |spans: &mut dyn Iterator<Item = Span>| {
        let shared = |s: Span| s.intersection(span).map_or(0, Span::len);
        spans
            .enumerate()
            .filter(|(_, s)| s.overlaps(span))
            .max_by_key(|(i, s)| (shared(*s) * 1000 / (s.len() + span.len()).max(1), shared(*s), std::cmp::Reverse(*i)))
            .map(|(i, _)| i)
    };
    match anchor.subject {
        Subject::Quote => nearest(&mut analysis.quotes.iter().map(crate::analysis::Quote::span))
            .map(|i| FindingId::Quote(QuoteId::at(i))),
        Subject::Claim => {
            nearest(&mut analysis.claims.iter().map(|c| c.content)).map(|i| FindingId::Claim(ClaimId::at(i)))
        }
        // What the reader marked as a claim or a quote.
        Subject::Passage => {
            let claim =
                analysis.claims.iter().position(|c| c.content == span).map(|i| FindingId::Claim(ClaimId::at(i)));
            claim.or_else(|| {
                let quote = analysis.quotes.iter().position(|q| q.content == [span]);
                quote.map(|i| FindingId::Quote(QuoteId::at(i)))
            })
        }
        Subject::Thread | Subject::Person => None,
    }
}
