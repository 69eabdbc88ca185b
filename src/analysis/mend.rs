//! Mends what grammar rules out in the tagger's answer: *to* before a noun, an -ing form without a stem, and clauses that
//! were left without a verb because their verb may also be a noun (*ice melts*, *the deal collapses*). The tagger looks at
//! a few words at a time; what is seen here is the clause.

use std::ops::Range;

use super::form::Shape;
use super::token::Parse;
use crate::lexicon::Inflector;
use crate::tag::Tag;

/// A clause of fewer tokens may well have no verb.
const SHORTEST: usize = 3;

/// Mends the tags of all sentences.
pub(super) fn mend(parse: &mut Parse, inflector: &Inflector) {
    let pasts = parse.forms.map(|lower| inflector.is_only_past(lower));
    for sentence in 0..parse.sentences.len() {
        let tokens = parse.sentences[sentence].tokens.clone();
        infinitives(parse, &tokens);
        numbers(parse, &tokens);
        determiners(parse, &tokens);
        tags_of_quotes(parse, &tokens);
        tenses(parse, &tokens, &pasts);
        subjects(parse, &tokens);
        if parse.tag(tokens.end.saturating_sub(1)) == Tag::Stop {
            clauses(parse, &tokens);
        }
    }
}

/// *to sing*, *the right to appeal*
fn infinitives(parse: &mut Parse, tokens: &Range<usize>) {
    for at in tokens.clone() {
        let bare = parse.tag(at) == Tag::VerbGerund && !has_ing(parse.lower(at));
        if bare {
            parse.tokens[at].tag = Tag::Noun;
        }
        let after_to = at > tokens.start && parse.tag(at - 1) == Tag::To;
        if after_to && (bare || parse.tag(at) == Tag::Noun) && ends_infinitive(parse.tag(at + 1)) {
            parse.tokens[at].tag = Tag::VerbBase;
        }
    }
}

/// *the senator shook his head* is no present tense, *it could cost him the race* no past one.
fn tenses(parse: &mut Parse, tokens: &Range<usize>, pasts: &[bool]) {
    for at in tokens.clone() {
        let tag = parse.tag(at);
        // Mr Golding wept.
        if tag == Tag::Noun && pasts[parse.tokens[at].form.index()] && ends_a_clause_of_a_name(parse, at, tokens) {
            parse.tokens[at].tag = Tag::VerbPast;
            continue;
        }
        let present = matches!(tag, Tag::VerbPresent | Tag::VerbThird | Tag::VerbBase);
        let past_form = matches!(tag, Tag::VerbPast | Tag::VerbParticiple);
        if !present && !past_form {
            continue;
        }
        let past = present && pasts[parse.tokens[at].form.index()] && parse.tag(at.saturating_sub(1)) != Tag::To;
        let before = (tokens.start..at).rev().find(|&t| !parse.tag(t).is_adverb());
        // I do not govern by poll
        let asks_for_base = before.is_some_and(|b| {
            parse.tag(b) == Tag::Modal || b + 1 < at && matches!(parse.lower(b), "do" | "does" | "did")
        });
        if past {
            parse.tokens[at].tag = Tag::VerbPast;
        } else if asks_for_base && past_form && !pasts[parse.tokens[at].form.index()] {
            parse.tokens[at].tag = Tag::VerbBase;
        }
    }
}

/// Whether a word in lower case stands between a name and the end of a clause.
fn ends_a_clause_of_a_name(parse: &Parse, at: usize, tokens: &Range<usize>) -> bool {
    let named = at > tokens.start && parse.tag(at - 1).is_proper() && parse.shape(at) == Shape::Lower;
    named && matches!(parse.tag(at + 1), Tag::Stop | Tag::Comma | Tag::Pause)
}

/// A straight mark may have been taken for the wrong one of the two.
fn is_mark(tag: Tag) -> bool {
    matches!(tag, Tag::QuoteOpen | Tag::QuoteClose)
}

/// *“…,” Marr jokes.*: what stands between the name behind a quotation and a mark, in the form of a verb, is one.
fn tags_of_quotes(parse: &mut Parse, tokens: &Range<usize>) {
    for at in tokens.clone().skip(2) {
        if parse.tag(at) != Tag::NounPlural || !is_third(parse.lower(at)) || !parse.tag(at - 1).is_proper() {
            continue;
        }
        let first = (tokens.start..at).rev().find(|&t| !parse.tag(t).is_proper());
        let ends = at + 1 >= tokens.end || matches!(parse.tag(at + 1), Tag::Stop | Tag::Comma | Tag::Pause);
        if ends && first.is_some_and(|t| parse.tag(t) == Tag::QuoteClose) {
            parse.tokens[at].tag = Tag::VerbThird;
        }
    }
}

/// *called that claim “absurd”*: where no verb follows there is no clause that *that* could open.
fn determiners(parse: &mut Parse, tokens: &Range<usize>) {
    for at in tokens.clone() {
        let opens = matches!(parse.tag(at), Tag::Subordinator | Tag::Preposition) && parse.lower(at) == "that";
        let noun = opens && at + 1 < tokens.end && matches!(parse.tag(at + 1), Tag::Noun | Tag::Adjective);
        // The one word before the marks is no clause, whatever it was taken for.
        let object = opens && at > tokens.start && parse.tag(at - 1).is_verb() && is_mark(parse.tag(at + 2));
        if object && at + 2 < tokens.end {
            parse.tokens[at].tag = Tag::Determiner;
            parse.tokens[at + 1].tag = Tag::Noun;
            continue;
        }
        let clause = || {
            let open = |&t: &usize| !is_mark(parse.tag(t)) && !matches!(parse.tag(t), Tag::Stop | Tag::Comma);
            (at + 1..tokens.end).take_while(open).any(|t| parse.tag(t).is_verb())
        };
        if noun && !clause() {
            parse.tokens[at].tag = Tag::Determiner;
        }
    }
}

/// *one ally said*: right before a noun *one* is a number, not somebody.
fn numbers(parse: &mut Parse, tokens: &Range<usize>) {
    for at in tokens.clone() {
        let noun = matches!(parse.tag(at + 1), Tag::Noun | Tag::NounPlural) && at + 1 < tokens.end;
        if noun && parse.tag(at) == Tag::Pronoun && parse.lower(at) == "one" {
            parse.tokens[at].tag = Tag::Number;
        }
    }
}

/// *but aides now say*: a form in *-s* without a subject right before a verb is the subject.
fn subjects(parse: &mut Parse, tokens: &Range<usize>) {
    for at in tokens.clone() {
        if parse.tag(at) != Tag::VerbThird || !is_third(parse.lower(at)) {
            continue;
        }
        let verb = (at + 1..tokens.end).find(|&t| !parse.tag(t).is_adverb()).unwrap_or(at);
        let base = verb > at && parse.tag(verb) == Tag::VerbBase;
        let finite = base || matches!(parse.tag(verb), Tag::VerbPresent | Tag::VerbPast | Tag::Modal);
        let bare = at == tokens.start
            || matches!(
                parse.tag(at - 1),
                Tag::Coordinator | Tag::Subordinator | Tag::Comma | Tag::Adjective | Tag::QuoteOpen
            );
        if finite && bare {
            parse.tokens[at].tag = Tag::NounPlural;
            if base {
                parse.tokens[verb].tag = Tag::VerbPresent;
            }
        }
    }
}

/// Whether something is left before *-ing* that can be a verb: *seeing*, not *king*.
fn has_ing(word: &str) -> bool {
    word.strip_suffix("ing")
        .or_else(|| word.strip_suffix("in'"))
        .or_else(|| word.strip_suffix("in’"))
        .is_none_or(|stem| stem.contains(['a', 'e', 'i', 'o', 'u', 'y']) || stem.is_empty())
}

fn ends_infinitive(next: Tag) -> bool {
    !next.is_noun() && next != Tag::PossessiveEnding
}

/// Gives the verb they can have to clauses behind a joining word without one, and to the main clause of a sentence without
/// any. A piece between commas is mostly no clause.
fn clauses(parse: &mut Parse, tokens: &Range<usize>) {
    let mut start = tokens.start;
    let bare = !tokens.clone().any(|t| is_finite(parse.tag(t)));
    while start < tokens.end {
        let end = (start + 1..tokens.end).find(|&t| ends_clause(parse.tag(t))).unwrap_or(tokens.end);
        let joined = matches!(parse.tag(start), Tag::Subordinator | Tag::WhAdverb);
        let inner = start + usize::from(joined)..end;
        let fits = joined || bare && start == tokens.start || bare && parse.tag(start) == Tag::Comma;
        if fits && inner.len() >= SHORTEST - usize::from(joined) && !inner.clone().any(|t| is_finite(parse.tag(t))) {
            give_verb(parse, &inner);
        }
        start = end;
    }
}

fn ends_clause(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Subordinator | Tag::WhAdverb | Tag::Pause | Tag::QuoteOpen | Tag::QuoteClose | Tag::Comma | Tag::Stop
    )
}

fn is_finite(tag: Tag) -> bool {
    // Participles and base forms may be verbs of the clause, too: “the report shows lead levels doubled”, “Close it.”
    tag.is_verb() || tag == Tag::Modal
}

fn give_verb(parse: &mut Parse, clause: &Range<usize>) {
    let found = clause.clone().skip(1).find_map(|at| Some((at, verb_at(parse, clause, at)?)));
    if let Some((at, tag)) = found {
        parse.tokens[at].tag = tag;
    }
}

/// The tag of a verb that a noun between its subject and what may follow a verb can be.
fn verb_at(parse: &Parse, clause: &Range<usize>, at: usize) -> Option<Tag> {
    let subject = (clause.start..at).rev().find(|&t| !parse.tag(t).is_adverb())?;
    let plural = matches!(parse.tag(subject), Tag::NounPlural | Tag::ProperPlural);
    if !parse.tag(subject).is_noun() && !parse.tag(subject).is_pronoun() {
        return None;
    }
    let next = if at + 1 < clause.end { parse.tag(at + 1) } else { Tag::Stop };
    if !may_follow(parse, at + 1, next) {
        return None;
    }
    // “Oil prices.” needs no verb; “the bank withdraws.” does.
    let opened = (clause.start..subject)
        .any(|t| matches!(parse.tag(t), Tag::Determiner | Tag::Possessive) && parse.lower(t) != "no");
    if !opened && (next == Tag::Stop || subject != clause.start) && !parse.tag(subject).is_pronoun() {
        return None;
    }
    let word = parse.lower(at);
    match parse.tag(at) {
        Tag::NounPlural if !plural && is_third(word) => Some(Tag::VerbThird),
        Tag::Adjective | Tag::Noun if word.len() > 4 && word.ends_with("ed") => Some(Tag::VerbPast),
        Tag::Noun if plural && parse.tag(subject) == Tag::NounPlural && next != Tag::Stop => Some(Tag::VerbPresent),
        _ => None,
    }
}

fn is_third(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("ics")
}

/// Whether what stands behind a verb is something that can.
fn may_follow(parse: &Parse, at: usize, tag: Tag) -> bool {
    match tag {
        Tag::Preposition => parse.lower(at) != "of",
        Tag::Determiner
        | Tag::Possessive
        | Tag::Pronoun
        | Tag::Stop
        | Tag::Comma
        | Tag::Subordinator
        | Tag::WhAdverb
        | Tag::Particle => true,
        tag => tag.is_adverb(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::parse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    fn tag(text: &str, word: &str) -> Tag {
        let parse = parse(&from_text(text.into(), "a.txt"), &Lexicon::english());
        let at = (0..parse.tokens.len()).find(|&t| parse.lower(t) == word).expect("the word");
        parse.tag(at)
    }

    #[test]
    fn clauses_get_their_verb() {
        assert_eq!(tag("Ice melts at the pole.", "melts"), Tag::VerbThird);
        assert_eq!(tag("The deal collapses if the bank withdraws.", "collapses"), Tag::VerbThird);
        assert_eq!(tag("The deal collapses if the bank withdraws.", "withdraws"), Tag::VerbThird);
        assert_eq!(tag("The wagon nearly overturned.", "overturned"), Tag::VerbPast);
    }

    #[test]
    fn names_and_lists_stay_as_they_are() {
        assert_eq!(tag("The prices of houses, shops and mills.", "prices"), Tag::NounPlural);
        assert_eq!(tag("He saw the king of the hills.", "king"), Tag::Noun);
    }

    #[test]
    fn forms_tell_the_tense() {
        assert_eq!(tag("Asked about it, the senator shook his head.", "shook"), Tag::VerbPast);
        assert_eq!(tag("Asked how he felt when he heard it, Mr Golding wept.", "wept"), Tag::VerbPast);
        assert_eq!(tag("I don't govern by poll.", "govern"), Tag::VerbBase);
        assert_eq!(tag("They fear that it could cost him the race.", "cost"), Tag::VerbBase);
    }

    #[test]
    fn a_form_without_a_subject_is_one() {
        let text = "The panel met, but aides now say it will wait.";
        assert_eq!((tag(text, "aides"), tag(text, "say")), (Tag::NounPlural, Tag::VerbPresent));
    }

    #[test]
    fn that_before_a_noun_opens_no_clause_without_a_verb() {
        assert_eq!(tag("Feld called that claim “absurd on its face.”", "that"), Tag::Determiner);
        assert_ne!(tag("Feld said that claims were made.", "that"), Tag::Determiner);
    }

    #[test]
    fn a_name_behind_a_quotation_does_something() {
        assert_eq!(tag("“Ask me when I am dry,” Odile Marr jokes.", "jokes"), Tag::VerbThird);
        assert_eq!(tag("He sold “Dune,” Marr jokes and hats.", "jokes"), Tag::NounPlural);
    }

    #[test]
    fn one_ally_is_not_one_of_them() {
        assert_eq!(tag("“It is late,” one ally said.", "one"), Tag::Number);
    }

    #[test]
    fn to_wants_a_verb() {
        assert_eq!(tag("The choir is going to sing in Ghent.", "sing"), Tag::VerbBase);
        assert_eq!(tag("The widow has the right to appeal.", "appeal"), Tag::VerbBase);
    }
}
