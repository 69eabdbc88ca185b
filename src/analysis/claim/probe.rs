//! Right and wrong answers, counted on the marked sentences in `tests/gold/claims-probe.toml` and on the examples that the
//! tables give for each class and modifier. The floors only rise.

use serde::Deserialize;

use crate::analysis::{Analysis, Certainty, Claim, ClaimKind, Event, Holder, Polarity, Time, analyse};
use crate::document::{Document, from_text};
use crate::lexicon::Lexicon;
use crate::text::Span;

#[derive(Deserialize)]
struct Probe {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    phenomenon: String,
    sentences: Vec<String>,
}

/// A sentence without its mark, the place of the mark, and the expected words behind `=>`.
fn unmarked(line: &str) -> (String, Span, Vec<&str>) {
    let (sentence, expected) = line.rsplit_once(" => ").expect("an expectation");
    let start = sentence.find('[').expect("a mark");
    let end = sentence.find(']').expect("a mark") - 1;
    (sentence.replace(['[', ']'], ""), Span::of(start, end), expected.splitn(5, ' ').collect())
}

struct Found {
    document: Document,
    analysis: Analysis,
    target: Span,
}

impl Found {
    fn of(text: String, target: Span, lexicon: &Lexicon) -> Self {
        let document = from_text(text, "probe.txt");
        let analysis = analyse(&document, lexicon, &[]);
        Self { document, analysis, target }
    }

    fn event(&self) -> Option<&Event> {
        self.analysis.events.iter().find(|e| e.head.overlaps(self.target))
    }

    /// The claim of the event, else the smallest around the mark.
    fn claim(&self) -> Option<&Claim> {
        let owned = self.event().and_then(|e| e.claim).and_then(|id| self.analysis.claims.get(id.index()));
        let around = || {
            let claims = self.analysis.claims.iter().filter(|c| c.content.covers(self.target));
            claims.min_by_key(|c| c.content.len())
        };
        owned.or_else(around)
    }

    /// Certainty, polarity, time, kind and holder as the probe writes them.
    fn answers(&self) -> [String; 5] {
        let values = self.event().map(|e| (e.certainty, e.polarity, e.time));
        let values = values.or_else(|| self.claim().map(|c| (c.certainty, c.polarity, c.time)));
        let (certainty, polarity, time) =
            values.map_or(("?", "?", "?"), |(c, p, t)| (certainty_name(c), polarity_name(p), time_name(t)));
        let kind = self.claim().map_or("-", |c| kind_name(c.kind));
        let holder = self.claim().map_or("narrator", |c| match &c.holder {
            Holder::Narrator => "narrator",
            Holder::Unnamed => "-",
            Holder::Named { name, .. } => name,
        });
        [certainty, polarity, time, kind, holder].map(str::to_owned)
    }
}

fn certainty_name(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::Probable => "probable",
        Certainty::Possible => "possible",
        Certainty::Unknown => "unknown",
    }
}

fn polarity_name(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Affirmed => "affirmed",
        Polarity::Denied => "denied",
        Polarity::Unknown => "unknown",
    }
}

fn time_name(time: Time) -> &'static str {
    match time {
        Time::Past => "past",
        Time::Present => "present",
        Time::Future => "future",
        Time::Timeless => "timeless",
    }
}

fn kind_name(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Fact => "fact",
        ClaimKind::Opinion => "opinion",
        ClaimKind::Prediction => "prediction",
        ClaimKind::Wish => "wish",
        ClaimKind::Hypothetical => "hypothetical",
        ClaimKind::Rule => "rule",
    }
}

/// Right answers for each of the first fields, and the wrong ones in words for a maintainer.
fn count<'a>(lines: impl Iterator<Item = (&'a str, &'a str)>) -> ([usize; 5], Vec<String>) {
    let lexicon = Lexicon::english();
    let (mut right, mut wrong) = ([0; 5], Vec::new());
    for (name, line) in lines {
        let (text, target, expected) = unmarked(line);
        let found = Found::of(text, target, &lexicon);
        let answers = found.answers();
        for (field, (answer, wanted)) in answers.iter().zip(&expected).enumerate() {
            right[field] += usize::from(answer == wanted);
        }
        if answers.iter().zip(&expected).any(|(a, w)| a != w) {
            wrong.push(format!("{name}: {line}\n    {}  in “{}”", answers.join(" "), found.document.text()));
        }
    }
    (right, wrong)
}

#[test]
fn marked_sentences_are_judged_as_expected() {
    let probe: Probe = toml::from_str(include_str!("../../../tests/gold/claims-probe.toml")).expect("readable");
    let lines = probe.group.iter().flat_map(|g| g.sentences.iter().map(|s| (g.phenomenon.as_str(), s.as_str())));
    let (right, wrong) = count(lines);
    for (field, (right, floor)) in
        ["certainty", "polarity", "time", "kind", "holder"].iter().zip(right.into_iter().zip(PROBE_FLOORS))
    {
        assert!(right >= floor, "{field}: {right} right, the floor is {floor}; not right:\n{}", wrong.join("\n"));
    }
}

#[test]
fn examples_of_the_tables_hold() {
    let lexicon = Lexicon::english();
    let claims = lexicon.claims();
    let classes = claims.classes().iter().flat_map(|c| c.examples.iter().map(|e| (c.name.as_str(), e.as_str())));
    let modifiers = claims.modifiers().iter().flat_map(|m| m.examples.iter().map(|e| (m.name.as_str(), e.as_str())));
    let (right, wrong) = count(classes.chain(modifiers));
    for (field, (right, floor)) in ["certainty", "polarity"].iter().zip(right.into_iter().zip(EXAMPLE_FLOORS)) {
        assert!(right >= floor, "{field}: {right} right, the floor is {floor}; not right:\n{}", wrong.join("\n"));
    }
}

/// How many of the marked sentences are right in certainty, polarity, time, kind and holder.
const PROBE_FLOORS: [usize; 5] = [197, 200, 198, 199, 198];

/// How many examples of the tables are right in certainty and polarity.
const EXAMPLE_FLOORS: [usize; 2] = [108, 107];

/// Claims of a text, one a line: level, sign, holder, words.
fn list(text: &str) -> Vec<String> {
    let document = from_text(text.into(), "a.txt");
    let analysis = analyse(&document, &Lexicon::english(), &[]);
    let line = |c: &Claim| {
        let holder = match &c.holder {
            Holder::Narrator => "narrator",
            Holder::Unnamed => "-",
            Holder::Named { name, .. } => name,
        };
        format!("{} {} {holder}: {}", certainty_name(c.certainty), polarity_name(c.polarity), document.slice(c.content))
    };
    analysis.claims.iter().map(line).collect()
}

#[test]
fn frames_questions_and_commands_are_no_claims() {
    assert_eq!(
        list("Did it rain? Close the door. Ada Lund said that the mill had closed."),
        ["certain affirmed Ada Lund: the mill had closed"]
    );
}

#[test]
fn values_and_numbers_agree() {
    let text =
        "He may not come. Nobody saw it. The firm plans to sell. If it rains, we might stay. They doubt that she won.";
    let document = from_text(text.into(), "a.txt");
    for event in analyse(&document, &Lexicon::english(), &[]).events {
        let strength = event.factuality.abs();
        let level = match strength {
            s if s >= 2.5 => Certainty::Certain,
            s if s >= 1.5 => Certainty::Probable,
            s if s >= 0.5 => Certainty::Possible,
            _ => Certainty::Unknown,
        };
        assert_eq!(event.certainty, level);
        assert!(event.factuality >= 0.0 || event.polarity == Polarity::Denied);
    }
}

#[test]
fn endless_sentences_are_read_in_time() {
    let text = "she came and he left and ".repeat(2_000);
    assert!(!list(&text).is_empty());
}
