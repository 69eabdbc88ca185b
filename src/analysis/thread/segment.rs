//! Which words of a sentence belong together: a thread named in one clause is not what the next clause is about.

use std::ops::Range;

use crate::analysis::token::Parse;
use crate::tag::Tag;

/// How far a clause is looked into for its verb, in tokens.
const REACH: usize = 12;

/// For each token of a sentence the number of its segment. A relative clause between commas is a segment of its own, and
/// what follows it belongs to what came before.
pub(super) fn segments(parse: &Parse, tokens: &Range<usize>) -> Vec<u16> {
    let mut found = Vec::with_capacity(tokens.len());
    let (mut main, mut current, mut last) = (0_u16, 0_u16, 0_u16);
    // *Orla, Brack and the race were approved*: before its verb a clause does not end.
    let mut verb = false;
    for at in tokens.clone() {
        verb |= parse.tag(at).is_verb();
        let list = parse.tag(at) == Tag::Coordinator && !verb;
        if parse.lower(at) == ";" || !list && opens_clause(parse, at, tokens.end) {
            last += 1;
            (main, current) = (last, last);
            verb = false;
        } else if opens_relative(parse, at, tokens.start) {
            last += 1;
            current = last;
        } else if current != main && parse.lower(at) == "," {
            current = main;
        }
        found.push(current);
    }
    found
}

/// *…, and the board said*, *… but she left*, *… while the set burned*: a clause with a subject and a verb of its own.
fn opens_clause(parse: &Parse, at: usize, end: usize) -> bool {
    let joins = match parse.tag(at) {
        Tag::Coordinator => true,
        Tag::Subordinator | Tag::Preposition => {
            matches!(parse.lower(at), "while" | "because" | "although" | "though" | "whereas" | "since" | "unless")
        }
        _ => false,
    };
    joins && has_subject_and_verb(parse, at + 1, end)
}

fn has_subject_and_verb(parse: &Parse, start: usize, end: usize) -> bool {
    let mut subject = false;
    for at in start..end.min(start + REACH) {
        let tag = parse.tag(at);
        match tag {
            _ if tag.is_finite_verb() => return subject,
            Tag::Coordinator | Tag::WhPronoun | Tag::WhDeterminer => return false,
            _ if tag.is_punctuation() && tag != Tag::QuoteOpen && tag != Tag::QuoteClose => return false,
            _ => subject |= tag.is_noun() || tag.is_pronoun() || tag == Tag::Existential,
        }
    }
    false
}

/// *…, who plays her, …*
fn opens_relative(parse: &Parse, at: usize, floor: usize) -> bool {
    at > floor
        && parse.lower(at - 1) == ","
        && matches!(parse.tag(at), Tag::WhPronoun | Tag::WhDeterminer | Tag::WhPossessive)
}
