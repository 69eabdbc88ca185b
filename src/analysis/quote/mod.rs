//! Quotes: what is said, in which words, behind which cue. Who says it is for `speaker`.
//!
//! The text is read twice. First every sentence gives its cues and what they report ([`cue`], [`content`]); then the
//! quotation marks that no cue has claimed are looked at: a quote that goes on, a turn of dialogue, or no speech at all
//! ([`utterance`]). Nothing here decides who a phrase stands for.

pub(in crate::analysis) mod content;
pub(in crate::analysis) mod cue;
pub(in crate::analysis) mod label;
pub(in crate::analysis) mod marks;
mod repeat;
pub(in crate::analysis::quote) mod speech;
mod title;
mod utterance;

pub(in crate::analysis) use repeat::link as link_repeats;
pub(in crate::analysis) use utterance::group;

use std::ops::Range;

use crate::analysis::token::Parse;
use crate::analysis::{Notice, QuoteKind};
use crate::document::{BlockKind, Document};
use crate::lexicon::Lexicon;
use crate::tag::Tag;
use cue::Source;

/// A quote on its way: tokens instead of spans, a phrase instead of a speaker.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Draft {
    /// How it is quoted.
    pub kind: QuoteKind,
    /// Its pieces as tokens, quotation marks left out for direct ones.
    pub pieces: Vec<Range<usize>>,
    /// The words that attribute it.
    pub cue: Option<Range<usize>>,
    /// The phrase that stands for the speaker.
    pub source: Option<Range<usize>>,
    /// How that phrase was found, or where else to look.
    pub hint: Hint,
    /// The block it starts in.
    pub block: usize,
}

/// Where a quote's speaker is to be looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::analysis) enum Hint {
    /// The phrase with the cue.
    Cue(Source),
    /// A label before it: *Q:*, *HAMLET.*
    Label,
    /// *Salazar's “still might happen”*
    Owner,
    /// Nothing near it says.
    Floating,
}

/// What was found, before anybody is given a name.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Found {
    /// The quotes, in order of their first piece.
    pub drafts: Vec<Draft>,
    /// The quotation marks.
    pub marks: marks::Marks,
    /// Cues of speech that a story reports without marks, in order: *he [asked] her whether it rained*.
    pub told: Vec<Range<usize>>,
    /// Whether the text is a narrative with dialogue.
    pub narrative: bool,
    /// Odd marks.
    pub notices: Vec<Notice>,
}

/// Finds all quotes of a document.
pub(in crate::analysis) fn find(document: &Document, parse: &Parse, lexicon: &Lexicon) -> Found {
    let forms = cue::CueForms::of(parse, lexicon);
    let mut marks = marks::pair(document, parse, &forms);
    let notices = std::mem::take(&mut marks.notices);
    let narrative = speech::is_narrative(parse, &forms, &marks);
    let mut drafts = Vec::new();
    let mut told = Vec::new();
    for sentence in &parse.sentences {
        if document.blocks()[sentence.block].kind == BlockKind::Byline {
            continue;
        }
        if document.blocks()[sentence.block].kind == BlockKind::Title && !narrative {
            drafts.extend(title::find(parse, &marks, lexicon, sentence));
        }
        let cues = cue::find(parse, &forms, &marks, sentence);
        let search = content::Search { parse, marks: &marks, forms: &forms, sentence, cues: &cues, narrative };
        let contents: Vec<_> = (0..cues.len()).map(|number| search.content(number)).collect();
        for (number, content) in contents.iter().enumerate() {
            let known = is_inside_another(&contents, number);
            let nested = cues[number].kind == cue::CueKind::Adverb && (known || is_reported(&cues, &contents, number));
            if let Some(content) = content.as_ref().filter(|c| !(nested || c.bare_noun && known)) {
                let draft = draft(&search, number, content.clone(), narrative);
                if draft.is_none() && cues[number].kind == cue::CueKind::Verb && !cues[number].frames.is_of_thought() {
                    told.push(cues[number].words.clone());
                }
                drafts.extend(draft);
            }
        }
    }
    let drafts = group(document, parse, &marks, drafts, narrative);
    Found { drafts, marks, told, narrative, notices }
}

/// Whether a content lies within a reported clause of the sentence: *she says she is pushing for [a return]*.
fn is_inside_another(contents: &[Option<content::Content>], number: usize) -> bool {
    let Some(inner) = contents[number].as_ref().map(|c| c.pieces[0].clone()) else { return false };
    let holds = |c: &content::Content| c.pieces.iter().any(|p| p.start < inner.start && inner.end <= p.end);
    contents.iter().flatten().any(|c| !c.quoted && holds(c))
}

/// Whether the words of a cue are reported by another: *they claimed he [allegedly] left*.
fn is_reported(cues: &[cue::Cue], contents: &[Option<content::Content>], number: usize) -> bool {
    let at = cues[number].words.start;
    let holds = |c: &content::Content| c.pieces.iter().any(|p| p.contains(&at));
    contents.iter().enumerate().any(|(other, c)| other != number && c.as_ref().is_some_and(holds))
}

/// One quote from a cue and its content; none when it is not to be listed.
fn draft(search: &content::Search, number: usize, content: content::Content, narrative: bool) -> Option<Draft> {
    let cue = &search.cues[number];
    let kind = kind(search, &content);
    // In a story reported thoughts and sayings are the telling itself; only what stands in marks is a quote there.
    if kind == QuoteKind::Indirect && narrative {
        return None;
    }
    if kind == QuoteKind::Mixed && narrative {
        return None;
    }
    let pieces = match kind {
        QuoteKind::Direct => content.pieces.iter().map(|p| inside(search.parse, search.marks, p)).collect(),
        _ => content.pieces,
    };
    // “she went on:” may have its words in the next block.
    let first = pieces.first().map_or(0, |p| p.start);
    let block = search.marks.around(first).map_or(search.sentence.block, |m| m.block);
    Some(Draft {
        kind,
        pieces,
        cue: Some(cue.words.clone()),
        source: source(search, cue, narrative),
        hint: Hint::Cue(cue.how),
        block,
    })
}

/// The phrase with a cue; in a story *from the sofa* in *inquired their mother from the sofa* tells of the asking.
fn source(search: &content::Search, cue: &cue::Cue, narrative: bool) -> Option<Range<usize>> {
    let source = cue.source.clone().filter(|_| !matches!(cue.kind, cue::CueKind::Raising | cue::CueKind::Adverb))?;
    let place =
        |&t: &usize| search.parse.tag(t) == Tag::Preposition && !matches!(search.parse.lower(t), "of" | "in" | "with");
    let cut = source.clone().skip(1).find(place).filter(|_| narrative && cue.how == Source::Inverted);
    Some(source.start..cut.unwrap_or(source.end))
}

/// Direct when all words stand in marks, mixed when some do, else indirect; scare marks do not count.
fn kind(search: &content::Search, content: &content::Content) -> QuoteKind {
    let (mut inside, mut outside) = (0usize, 0usize);
    for piece in &content.pieces {
        for at in piece.clone().filter(|&t| is_word(search.parse, t)) {
            match search.marks.around(at) {
                Some(marked) if content.quoted || !speech::is_scare(search.parse, search.forms, marked) => inside += 1,
                _ => outside += 1,
            }
        }
    }
    match (inside, outside) {
        (1.., 0) => QuoteKind::Direct,
        (1.., _) => QuoteKind::Mixed,
        _ => QuoteKind::Indirect,
    }
}

fn is_word(parse: &Parse, at: usize) -> bool {
    parse.shape(at) != crate::analysis::form::Shape::Mark
}

/// A piece without the quotation marks at its ends.
fn inside(parse: &Parse, marks: &marks::Marks, piece: &Range<usize>) -> Range<usize> {
    match marks.around(piece.start) {
        Some(marked) if marked.outer.start == piece.start => {
            marked.inner.start..piece.end.min(marked.inner.end).max(marked.inner.start)
        }
        _ => piece.start..piece.end.min(parse.tokens.len()),
    }
}

#[cfg(test)]
pub(in crate::analysis) use tests::unmarked;

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;
    use expect_test::{Expect, expect};

    /// Takes the marks out of an example: the plain text, and the words in `{}`, `<>` and `[]`.
    pub(in crate::analysis) fn unmarked(example: &str) -> (String, Option<String>, String, Vec<String>) {
        let mut plain = String::new();
        let (mut source, mut cue, mut content) = (None, String::new(), Vec::new());
        let mut open: Vec<(char, usize)> = Vec::new();
        for c in example.chars() {
            match c {
                '{' | '<' | '[' => open.push((c, plain.len())),
                '}' | '>' | ']' => {
                    let (kind, start) = open.pop().expect("opened");
                    let words = plain.get(start..).expect("boundary").to_owned();
                    match kind {
                        '{' => source = Some(words),
                        '<' => cue = words,
                        _ => content.push(words),
                    }
                }
                _ => plain.push(c),
            }
        }
        (plain, source, cue, content)
    }

    #[test]
    fn every_example_of_the_cue_table_holds() {
        let lexicon = Lexicon::english();
        let mut wrong = Vec::new();
        for example in lexicon.cues().examples() {
            let (text, source, cue, content) = unmarked(example);
            let document = from_text(text.clone(), "example.txt");
            let found = analyse(&document, &lexicon, &[]);
            let fits = found.quotes.iter().any(|q| {
                let pieces: Vec<_> = q.content.iter().map(|&p| document.slice(p).to_owned()).collect();
                let mention = q.speaker.as_ref().and_then(|s| s.mention).map(|m| document.slice(m).to_owned());
                let same_cue = q.cue.is_some_and(|c| document.slice(c).ends_with(&cue));
                let bare = |list: &[String]| -> Vec<String> {
                    list.iter().map(|p| p.trim_matches([',', '.', '!', '?', ' ']).to_owned()).collect()
                };
                bare(&pieces) == bare(&content) && mention == source && same_cue
            });
            if !fits {
                let got: Vec<_> = found.quotes.iter().map(|q| draw(&document, q)).collect();
                wrong.push(format!("{example}\n    got {got:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn draw(document: &crate::document::Document, quote: &crate::analysis::Quote) -> String {
        let pieces: Vec<_> = quote.content.iter().map(|&p| document.slice(p)).collect();
        let speaker = quote.speaker.as_ref().map_or("-", |s| &s.name);
        let cue = quote.cue.map_or("-", |c| document.slice(c));
        let repeats = quote.repeats.map(|r| format!("  repeats {}", r.0)).unwrap_or_default();
        format!("{:?}  {speaker}  {}  cue: {cue}{repeats}", quote.kind, pieces.join(" + "))
    }

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = from_text(text.into(), "a.txt");
        let found = analyse(&document, &Lexicon::english(), &[]);
        let drawn: String = found.quotes.iter().map(|q| draw(&document, q) + "\n").collect();
        expected.assert_eq(&drawn);
    }

    #[test]
    fn a_turn_that_is_interrupted_and_goes_on_is_one_quote() {
        check(
            "“Not today,” Vera Lund said. “Ask me on Monday.”",
            expect![[r#"
            Direct  Vera Lund  Not today, + Ask me on Monday.  cue: said
        "#]],
        );
    }

    #[test]
    fn titles_and_scare_quotes_are_no_quotes() {
        check("The so-called “peace dividend” was spent. She saw the film “Night Mail” twice.", expect![[""]]);
    }

    #[test]
    fn mixed_quotes_hold_the_whole_clause() {
        check(
            "Ortiz called the bill “a gift to landlords” and said it would die in committee.",
            expect![[r#"
                Mixed  Ortiz  the bill “a gift to landlords”  cue: called
                Indirect  Ortiz  it would die in committee  cue: said
            "#]],
        );
    }

    #[test]
    fn parenthetical_cues_and_according_to() {
        check(
            "The bridge, engineers said, was safe. Sales fell, according to the ministry.",
            expect![[r#"
            Indirect  engineers  The bridge + was safe  cue: said
            Indirect  the ministry  Sales fell  cue: according to
        "#]],
        );
    }

    #[test]
    fn over_paragraphs_and_floating() {
        check(
            "“It began in May,” said Ann Lee.\n\n“It went on in June.\n\n“It ended in July.”\n\nBo Ray left.",
            expect![[r#"
                Direct  Ann Lee  It began in May,  cue: said
                Direct  Ann Lee  It went on in June. + It ended in July.  cue: -
            "#]],
        );
    }

    #[test]
    fn a_name_behind_a_dash_signs_the_words() {
        check(
            "“It is a long game.” – Ann Lund\n\nThe council met on Monday in Skeld.",
            expect![[r#"
            Direct  Ann Lund  It is a long game.  cue: -
        "#]],
        );
    }

    #[test]
    fn adverbs_and_accusations_report_without_a_source() {
        check(
            "The band purportedly owed the bank two million. Bo Lund is accused of taking bribes. They claimed Hale allegedly left.",
            expect![[r#"
                Indirect  -  The band + owed the bank two million  cue: purportedly
                Indirect  -  Bo Lund + of taking bribes  cue: is accused
                Indirect  they  Hale allegedly left  cue: claimed
            "#]],
        );
    }

    #[test]
    fn words_said_again_are_linked() {
        check(
            "“We will never sell the harbour,” Mara Quill said. Critics laughed. Later Quill repeated: “We will never sell the harbour.”",
            expect![[r#"
                Direct  Mara Quill  We will never sell the harbour,  cue: said
                Direct  Mara Quill  We will never sell the harbour.  cue: repeated  repeats 0
            "#]],
        );
    }

    #[test]
    fn sourceless_reports_have_no_speaker() {
        check(
            "It was alleged that documents were shredded.",
            expect![[r#"
            Indirect  -  documents were shredded  cue: was alleged
        "#]],
        );
    }
}
