//! What must hold for any text at all: no panic, spans inside the text and on character boundaries, lists in order, a
//! speaker that stands in the text, the same answer twice.

use proptest::prelude::*;
use sayso::analysis::{Analysis, analyse};
use sayso::document::{self, Document};
use sayso::lexicon::{Lexicon, Reading, threads};
use sayso::text::Span;

fn check(document: &Document, found: &Analysis) {
    let inside = |span: Span| assert!(document.text().get(span.range()).is_some(), "{span:?} lies outside the text");
    found.sentences.iter().for_each(|&s| inside(s));
    assert!(found.sentences.windows(2).all(|w| w[0].end() <= w[1].start()), "sentences overlap");
    for person in &found.people {
        person.mentions.iter().for_each(|&m| inside(m));
    }
    for quote in &found.quotes {
        assert!(!quote.content.is_empty());
        quote.content.iter().chain(&quote.cue).for_each(|&s| inside(s));
        assert!(quote.content.windows(2).all(|w| w[0].start() <= w[1].start()), "pieces out of order");
        if let Some(speaker) = &quote.speaker {
            speaker.mention.into_iter().for_each(inside);
            assert!((0.0..=1.0).contains(&speaker.confidence));
            let words = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words(document.text()).contains(&words(&speaker.name)), "{} is not in the text", speaker.name);
            assert!(speaker.person.is_none_or(|p| p.index() < found.people.len()));
        }
        assert!(quote.repeats.is_none_or(|q| q.index() < found.quotes.len()));
    }
    for claim in &found.claims {
        [claim.sentence, claim.content, claim.head].into_iter().for_each(inside);
        claim.cues.iter().for_each(|c| inside(c.span));
        assert!((-3.0..=3.0).contains(&claim.factuality));
    }
    for event in &found.events {
        inside(event.head);
        assert!((-3.0..=3.0).contains(&event.factuality));
        assert!(event.claim.is_none_or(|c| c.index() < found.claims.len()));
    }
    for thread in &found.threads {
        thread.mentions.iter().chain(&thread.evidence).for_each(|&s| inside(s));
    }
}

/// Pieces that trip text tools: marks of all kinds, cues, names, abbreviations, odd characters.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "«",
    "»",
    "—",
    "--",
    "…",
    "...",
    ".",
    "?",
    "!",
    ",",
    ":",
    ";",
    "(",
    ")",
    "\n",
    "\n\n",
    " ",
    "  ",
    "said",
    "Nova",
    "Mr.",
    "Lund",
    "she",
    "told",
    "reporters",
    "that",
    "the",
    "director",
    "who",
    "according to",
    "might",
    "not",
    "is",
    "open",
    "It",
    "rained",
    "U.S.",
    "’tis",
    "don’t",
    "boys’",
    "12\"",
    "6'2\"",
    "木城",
    "🦀",
    "e\u{301}",
    "\u{202e}",
    "\u{0}",
    "\u{1b}[31m",
    "CHAPTER I",
    "By Ann Lee",
    "denied",
    "taking",
    "to",
    "pay",
    "Ann Lee",
    ", a claim that",
    "claim that",
    "adding",
    "Asked whether",
    "and",
    "but",
    "#AlitaArmy",
    "1,000.5",
    "%",
    "$",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_mixture_is_analysed(picks in prop::collection::vec(0..PIECES.len(), 0..120), spaced in any::<bool>()) {
        let text = picks.iter().map(|&i| PIECES[i]).collect::<Vec<_>>().join(if spaced { " " } else { "" });
        let document = document::from_text(text, "any.txt");
        let lexicon = LEXICON.with(std::clone::Clone::clone);
        let found = analyse(&document, &lexicon, &threads::story());
        check(&document, &found);
        prop_assert_eq!(analyse(&document, &lexicon, &threads::story()), found);
    }

    #[test]
    fn any_mixture_is_analysed_in_every_language(picks in prop::collection::vec(0..FOREIGN.len() + PIECES.len(), 0..120), spaced in any::<bool>()) {
        let piece = |i: usize| *FOREIGN.get(i).unwrap_or_else(|| &PIECES[i - FOREIGN.len()]);
        let text = picks.iter().map(|&i| piece(i)).collect::<Vec<_>>().join(if spaced { " " } else { "" });
        let document = document::from_text(text, "any.txt");
        for lexicon in SECOND.with(std::clone::Clone::clone).iter() {
            let found = analyse(&document, lexicon, &threads::story());
            check(&document, &found);
            prop_assert_eq!(analyse(&document, lexicon, &threads::story()), found);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(document) = document::read(&bytes, "any.bin") {
            let lexicon = LEXICON.with(std::clone::Clone::clone);
            check(&document, &analyse(&document, &lexicon, &[]));
        }
    }
}

/// Pieces of texts in other languages.
const FOREIGN: &[&str] = &[
    "„",
    "“",
    "‚",
    "‘",
    "»",
    "«",
    "›",
    "–",
    "sagte",
    "teilte",
    "mit",
    "hat",
    "gesagt",
    "dass",
    "ob",
    "er",
    "sie",
    "es",
    "Marta",
    "Holm",
    "die",
    "der",
    "des",
    "Sprecherin",
    "Frau",
    "Dr.",
    "von",
    "laut",
    "Laut",
    "nach Angaben",
    "zufolge",
    "so",
    "wie",
    "Wie",
    "sei",
    "habe",
    "Hafen",
    "nannte",
    "heißt",
    "und",
    ", ",
    ": ",
    ".\n\n",
    "Nova",
    "dit-elle",
    "l’eau",
    "a déclaré",
    "selon",
    "que",
];

fn second() -> Vec<Lexicon> {
    let codes: Vec<_> = Lexicon::english().languages().all().into_iter().skip(1).map(|(code, _)| code).collect();
    codes.into_iter().map(|code| Lexicon::english().reading(Reading::In(code))).collect()
}

#[test]
fn lopsided_texts_take_linear_time_in_every_language() {
    let shapes = [
        "„".repeat(20_000),
        "„ a ".repeat(20_000),
        "»a ‚b ".repeat(10_000),
        "‚a ›b ".repeat(10_000),
        "„Der Hafen, sagte er\n\n".repeat(3_000),
        "„a“, sagte Holm, „b“. ".repeat(4_000),
        "Nein, sagte er – ".repeat(6_000),
        "teilte der Hafen ".repeat(8_000),
        "laut der Hafen des Hafens ".repeat(5_000),
        "Marta Holm von der ".repeat(8_000),
        "sagte, ".repeat(20_000),
        "x".repeat(200_000),
    ];
    for lexicon in second() {
        for shape in &shapes {
            let document = document::from_text(shape.clone(), "shape.txt");
            check(&document, &analyse(&document, &lexicon, &threads::story()));
        }
    }
}

thread_local! {
    static SECOND: std::rc::Rc<Vec<Lexicon>> = std::rc::Rc::new(second());
    static LEXICON: std::rc::Rc<Lexicon> = std::rc::Rc::new(Lexicon::english());
}

#[test]
fn large_and_lopsided_texts_take_linear_time() {
    let lexicon = Lexicon::english();
    let shapes = [
        "“".repeat(20_000),
        "'a ".repeat(20_000),
        "\"a\" ".repeat(20_000),
        "“a,” said Lund, “b.” ".repeat(4_000),
        "Lund said that ".repeat(6_000),
        "Lund, who said, ".repeat(6_000),
        "according to ".repeat(8_000),
        "A ".repeat(30_000),
        "Ann Lee ".repeat(20_000),
        "and ".repeat(30_000),
        "a\n\n".repeat(30_000),
        "“a\n\n".repeat(10_000),
        "x".repeat(200_000),
    ];
    for shape in shapes {
        let document = document::from_text(shape, "shape.txt");
        check(&document, &analyse(&document, &lexicon, &threads::story()));
    }
}
