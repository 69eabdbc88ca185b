//! An invented article with findings made by hand, so that search and screens can be tested apart from the analysis.

use std::borrow::Cow;

use crate::analysis::{
    Analysis, Certainty, Claim, ClaimKind, Cue, CueKind, Evidence, Holder, Person, PersonId, Polarity, Quote, QuoteId,
    QuoteKind, Speaker, Status, Thread, Time,
};
use crate::document::{self, Document};
use crate::text::Span;

/// The text of the article.
pub const TEXT: &str = "\
The sequel nears: Nova, Zalem and Motorball
By Dana Whitfield
Producer Mara Quill has confirmed that a second film is being written. “We have sworn an oath to make at least one more,” Quill told Screen Weekly on Tuesday. “We are talking about it in very concrete terms.”
Director Tomas Reyes was more cautious. He said the team might return to Austin next year, and that the script “is not finished”.
According to two people familiar with the project, the studio has not yet approved a budget. A studio spokesperson declined to comment.
NOVA
The actor seen for a moment as Nova at the end of the first film has not been named. “Nova is the whole reason there is a second story,” Reyes said. Fans believe the heroine will reach Zalem; the film-makers reportedly want the city to be seen from inside.
“I would do it tomorrow,” Ines Okafor wrote. “Ten times.” She added: “木城 is our next stop.” The post was liked 120,000 times.
MOTORBALL
The Motorball championship, left open when the heroine raised her blade, “will come back, bigger”, said Quill. Insiders claim three races were storyboarded; a stunt co-ordinator disputed that figure.
“It is impossible!” joked Cyr Wald. “But so was the first one.” He would not say more. The film “is not finished”, he said.
";

/// The article with its findings.
pub fn article() -> (Document, Analysis) {
    let document = document::from_text(TEXT.to_owned(), "sequel.txt");
    let people = ["Mara Quill", "Tomas Reyes", "Ines Okafor", "Cyr Wald"].map(person).to_vec();
    let analysis = Analysis {
        sentences: sentences(),
        people,
        quotes: quotes(),
        claims: claims(),
        threads: threads(),
        ..Analysis::default()
    };
    (document, analysis)
}

fn find(words: &str) -> Span {
    nth(words, 0)
}

fn nth(words: &str, which: usize) -> Span {
    let (at, _) = TEXT.match_indices(words).nth(which).unwrap_or_default();
    Span::of(at, at + words.len())
}

fn sentences() -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = 0;
    for part in TEXT.split_inclusive(['.', '\n']) {
        let trimmed = part.trim();
        let start = at + part.len() - part.trim_start().len();
        if trimmed.chars().any(char::is_alphanumeric) {
            out.push(Span::of(start, start + trimmed.len()));
        }
        at += part.len();
    }
    out
}

fn person(name: &str) -> Person {
    let last = name.rsplit(' ').next().unwrap_or(name);
    Person { name: name.to_owned(), aliases: vec![last.to_owned()], ..Person::default() }
}

fn quotes() -> Vec<Quote> {
    const MARA: u32 = 0;
    const TOMAS: u32 = 1;
    const INES: u32 = 2;
    const CYR: u32 = 3;
    let name = "name beside the verb";
    vec![
        said(MARA, 1.0, name, &["We have sworn an oath to make at least one more,"]),
        said(MARA, 0.95, "same speaker goes on", &["We are talking about it in very concrete terms."]),
        Quote {
            kind: QuoteKind::Indirect,
            cue: Some(find("said the team")),
            ..said(TOMAS, 0.7, "“He” is the last person named", &["might return to Austin next year"])
        },
        Quote { kind: QuoteKind::Mixed, ..said(TOMAS, 0.9, "“He” is the last person named", &["is not finished"]) },
        said(TOMAS, 1.0, name, &["Nova is the whole reason there is a second story,"]),
        said(INES, 1.0, name, &["I would do it tomorrow,", "Ten times."]),
        said(INES, 0.9, "“She” is the last person named", &["木城 is our next stop."]),
        said(MARA, 1.0, name, &["will come back, bigger"]),
        said(CYR, 1.0, name, &["It is impossible!", "But so was the first one."]),
        Quote {
            content: vec![nth("is not finished", 1)],
            repeats: Some(QuoteId(3)),
            ..said(CYR, 0.9, "“he” is the last person named", &[])
        },
    ]
}

fn said(person: u32, confidence: f32, rule: &'static str, pieces: &[&str]) -> Quote {
    let names = ["Mara Quill", "Tomas Reyes", "Ines Okafor", "Cyr Wald"];
    Quote {
        kind: QuoteKind::Direct,
        content: pieces.iter().map(|p| find(p)).collect(),
        cue: None,
        speaker: Some(Speaker {
            person: Some(PersonId(person)),
            name: names[person as usize].to_owned(),
            mention: None,
            confidence,
            rule: Cow::Borrowed(rule),
        }),
        repeats: None,
    }
}

fn claims() -> Vec<Claim> {
    let named = |person: u32, name: &str| Holder::Named { person: Some(PersonId(person)), name: name.to_owned() };
    vec![
        Claim {
            holder: named(0, "Mara Quill"),
            evidence: Evidence::ReportedNamed,
            ..claim("a second film is being written", "written", Certainty::Certain)
        },
        Claim {
            holder: named(1, "Tomas Reyes"),
            evidence: Evidence::ReportedNamed,
            time: Time::Future,
            kind: ClaimKind::Prediction,
            cues: vec![Cue {
                span: find("might return").intersection(find("might")).unwrap_or_default(),
                kind: CueKind::Epistemic,
            }],
            why: vec![Cow::Borrowed("“might” makes it possible")],
            quote: Some(QuoteId(2)),
            ..claim("the team might return to Austin next year", "return", Certainty::Possible)
        },
        Claim {
            holder: Holder::Unnamed,
            evidence: Evidence::ReportedUnnamed,
            polarity: Polarity::Denied,
            cues: vec![Cue { span: find("not yet"), kind: CueKind::Negation }],
            ..claim("the studio has not yet approved a budget", "approved", Certainty::Certain)
        },
        Claim {
            holder: Holder::Named { person: None, name: "fans".to_owned() },
            time: Time::Future,
            cues: vec![Cue { span: find("believe"), kind: CueKind::Doxastic }],
            ..claim("the heroine will reach Zalem", "reach", Certainty::Probable)
        },
        Claim {
            holder: Holder::Unnamed,
            cues: vec![Cue { span: find("claim"), kind: CueKind::Weasel }],
            ..claim("three races were storyboarded", "storyboarded", Certainty::Unknown)
        },
    ]
}

fn claim(content: &str, head: &str, certainty: Certainty) -> Claim {
    let content = find(content);
    let sentence = sentences().into_iter().find(|s| s.covers(content)).unwrap_or(content);
    Claim {
        sentence,
        content,
        head: find(head),
        holder: Holder::Narrator,
        certainty,
        polarity: Polarity::Affirmed,
        factuality: 3.0,
        time: Time::Present,
        kind: ClaimKind::Fact,
        evidence: Evidence::Asserted,
        cues: Vec::new(),
        why: Vec::new(),
        quote: None,
        checkworthy: 0.5,
        against: Vec::new(),
    }
}

fn threads() -> Vec<Thread> {
    let thread = |name: &str, letter, mentions: Vec<Span>, status, evidence| Thread {
        name: name.to_owned(),
        aliases: Vec::new(),
        letter,
        mentions,
        weak: Vec::new(),
        status,
        evidence,
        suggested: false,
    };
    vec![
        thread("Nova", 'N', vec![nth("Nova", 0), nth("Nova", 1), nth("Nova", 2)], Status::Open, None),
        thread("Zalem", 'Z', vec![nth("Zalem", 0), nth("Zalem", 1)], Status::Mentioned, None),
        thread(
            "Motorball",
            'M',
            vec![nth("Motorball", 0), nth("Motorball", 1)],
            Status::Open,
            Some(find("The Motorball championship, left open when the heroine raised her blade")),
        ),
        thread("Budget", 'B', Vec::new(), Status::Mentioned, None),
    ]
}
