//! Quotes: what is said, in which words, behind which cue. Who says it is for `speaker`.
//!
//! The text is read twice. First every sentence gives its cues and what they report ([`cue`], [`content`]); then the
//! quotation marks that no cue has claimed are looked at: a quote that goes on, a turn of dialogue, or no speech at all
//! ([`utterance`]). Nothing here decides who a phrase stands for.

pub(in crate::analysis) mod content;
pub(in crate::analysis) mod cue;
pub(in crate::analysis) mod marks;
mod repeat;
mod speech;
mod utterance;

pub(in crate::analysis) use repeat::link as link_repeats;

use std::ops::Range;

use crate::analysis::token::Parse;
use crate::analysis::{Notice, QuoteKind};
use crate::document::{BlockKind, Document};
use crate::lexicon::Lexicon;
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
    /// Whether it tells of a thought.
    pub thought: bool,
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
    /// The quote before it in the same paragraph.
    Continues,
    /// Somebody who acts in the same paragraph: *Nell put down the cup. “Fine.”*
    Beat,
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
    /// Whether the text is a narrative with dialogue.
    pub narrative: bool,
    /// Odd marks.
    pub notices: Vec<Notice>,
}

/// Finds all quotes of a document.
pub(in crate::analysis) fn find(document: &Document, parse: &Parse, lexicon: &Lexicon) -> Found {
    let mut marks = marks::pair(document, parse);
    let notices = std::mem::take(&mut marks.notices);
    let forms = cue::CueForms::of(parse, lexicon);
    let narrative = speech::is_narrative(parse, &marks);
    let mut drafts = Vec::new();
    for sentence in &parse.sentences {
        if document.blocks()[sentence.block].kind == BlockKind::Byline {
            continue;
        }
        let cues = cue::find(parse, &forms, &marks, sentence);
        let search = content::Search { parse, marks: &marks, forms: &forms, sentence, cues: &cues };
        for number in 0..cues.len() {
            if let Some(content) = search.content(number) {
                drafts.extend(draft(&search, number, content, narrative));
            }
        }
    }
    let drafts = utterance::group(document, parse, &marks, drafts, narrative);
    Found { drafts, marks, narrative, notices }
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
    let block = search.sentence.block;
    Some(Draft {
        kind,
        pieces,
        cue: Some(cue.words.clone()),
        source: cue.source.clone(),
        hint: Hint::Cue(cue.how),
        block,
        thought: content.thought,
    })
}

/// Direct when all words stand in marks, mixed when some do, else indirect; scare marks do not count.
fn kind(search: &content::Search, content: &content::Content) -> QuoteKind {
    let (mut inside, mut outside) = (0usize, 0usize);
    for piece in &content.pieces {
        for at in piece.clone().filter(|&t| is_word(search.parse, t)) {
            match search.marks.around(at) {
                Some(marked) if content.quoted || !speech::is_scare(search.parse, marked) => inside += 1,
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
