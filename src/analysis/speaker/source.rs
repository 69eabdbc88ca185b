//! Mends the phrase that stands for a source where the noun next to the verb is not its subject: *a memo cited in the ruling
//! said*, *farmers who have blocked the road said*, *ministers last night said*.

use std::ops::Range;

use crate::analysis::phrase;
use crate::analysis::quote::cue::Source;
use crate::analysis::quote::{Found, Hint};
use crate::analysis::token::Parse;
use crate::lexicon::{PeopleTable, PersonWord};
use crate::tag::Tag;

/// Looks at the source of every quote again.
pub(in crate::analysis) fn mend(parse: &Parse, people: &PeopleTable, found: &mut Found) {
    let words = parse.forms.map(|lower| people.get(lower));
    let mender = Mender { parse, words: &words };
    for draft in found.drafts.iter_mut().filter(|d| matches!(d.hint, Hint::Cue(Source::Subject(_)))) {
        if let Some(better) = draft.source.as_ref().and_then(|source| mender.better(source)) {
            draft.source = Some(better);
        }
    }
}

struct Mender<'a> {
    parse: &'a Parse,
    words: &'a [PersonWord],
}

impl Mender<'_> {
    fn better(&self, source: &Range<usize>) -> Option<Range<usize>> {
        if let Some(trimmed) = self.without_time(source) {
            return Some(self.governor(&trimmed).unwrap_or(trimmed));
        }
        self.governor(source)
    }

    fn is_time(&self, at: usize) -> bool {
        self.parse.tokens.get(at).is_some_and(|t| self.words[t.form.index()].is_time())
    }

    /// *Ministers [last night]*: the time is no part of the phrase.
    fn without_time(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let mut end = source.end;
        while end > source.start + 1 && self.is_time(end - 1) {
            end -= 1;
        }
        (end < source.end && !self.is_time(source.start)).then_some(source.start..end)
    }

    /// The phrase that a participle or a relative clause hangs on whose object was taken for the subject.
    fn governor(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let floor = self.parse.sentences.get(self.parse.sentence_of(source.start))?.tokens.start;
        let before = source.start.checked_sub(1).filter(|&b| b > floor)?;
        let pronoun = source.len() == 1 && self.parse.tag(source.start) == Tag::Pronoun;
        let linked = self.parse.tag(before) == Tag::Preposition;
        let named = self.parse.tag(source.end - 1).is_proper() && !self.is_time(source.start);
        if pronoun || named && !linked {
            return None;
        }
        let verb = if linked { before.checked_sub(1)? } else { before };
        match self.parse.tag(verb) {
            Tag::VerbParticiple | Tag::VerbGerund if !self.has_auxiliary(verb, floor) => self.noun_before(verb, floor),
            tag if tag.is_verb() => {
                let start = phrase::verb_group_start(self.parse, verb, floor);
                let who = start.checked_sub(1).filter(|&w| w > floor && self.parse.tag(w) == Tag::WhPronoun)?;
                self.noun_before(who, floor)
            }
            _ => None,
        }
    }

    fn has_auxiliary(&self, verb: usize, floor: usize) -> bool {
        phrase::verb_group_start(self.parse, verb, floor) < verb
    }

    /// The noun phrase right before a token.
    fn noun_before(&self, at: usize, floor: usize) -> Option<Range<usize>> {
        let phrase = phrase::full_before(self.parse, at, floor)?;
        self.parse.tag(phrase.end - 1).is_noun().then_some(phrase)
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    fn source_of(text: &str) -> String {
        let document = from_text(text.into(), "a.txt");
        let found = analyse(&document, &Lexicon::english(), &[]);
        let mention = found.quotes.first().and_then(|q| q.speaker.as_ref()).and_then(|s| s.mention);
        mention.map_or("-".into(), |m| document.slice(m).to_owned())
    }

    #[test]
    fn objects_and_times_are_no_subjects() {
        for (text, expected) in [
            ("An internal memo cited in the ruling said that the plan had failed.", "An internal memo"),
            ("A draft text seen by Interpress states that the river is shared.", "A draft text"),
            ("The farmers who have blocked the road said that they would stay.", "The farmers"),
            ("The ministers last night insisted that no route would close.", "The ministers"),
            ("Asked by email whether he agreed, Lund laughed.", "-"),
            ("A rep for director Ann Lund said that the film was late.", "A rep for director Ann Lund"),
            ("The man said that the lamp was out.", "The man"),
            ("Ann Lund told the court that the lamp was out.", "Ann Lund"),
        ] {
            assert_eq!(source_of(text), expected, "{text}");
        }
    }
}
