//! What the build of a sentence says of a pronoun: whom it stands for although the name comes later, and whom it cannot
//! stand for. Reinhart, *Anaphora and Semantic Interpretation* (1983): a pronoun may precede its name only from a clause
//! that hangs on the name's.

use super::scene::{Fit, Scene, Stands};
use crate::analysis::PersonId;
use crate::analysis::person::Cast;
use crate::analysis::quote::{Draft, Found};
use crate::analysis::token::Parse;
use crate::tag::Tag;

/// How many quotes before a quote may hold it.
const MOST_AROUND: usize = 4;

/// Reads sentences for what they say of their pronouns.
pub(super) struct Bound<'a, 'p> {
    /// The tokens.
    pub parse: &'a Parse,
    /// The quotes.
    pub found: &'a Found,
    /// Everybody.
    pub cast: &'a Cast<'p>,
    /// The mentions.
    pub scene: &'a Scene,
}

impl Bound<'_, '_> {
    /// *Asked if [he] believed it, [Marek] paused*: a pronoun in the clause that opens a sentence stands for whom the
    /// sentence is about.
    pub fn ahead(&self, draft: &Draft, source: Option<Stands>) -> Option<Stands> {
        let Some(Stands::Pronoun(_)) = source else { return None };
        let pronoun = draft.source.as_ref()?.start;
        let sentence = &self.parse.sentences[self.parse.sentence_of(pronoun)];
        let opens = matches!(
            self.parse.tag(sentence.tokens.start),
            Tag::Subordinator | Tag::WhAdverb | Tag::VerbParticiple | Tag::VerbPast | Tag::VerbGerund
        );
        let quoted = |t: usize| self.found.marks.around(t).is_some();
        let commas = |t: &usize| self.parse.lower(*t) == "," && !quoted(*t);
        if !opens || quoted(pronoun) || (sentence.tokens.start..pronoun).any(|t| commas(&t)) {
            return None;
        }
        let comma = (pronoun..sentence.tokens.end).find(commas)?;
        let main = self.scene.within(&(comma + 1..comma + 2)).first().filter(|m| m.subject)?;
        let Stands::For(person) = main.stands else { return None };
        (source?.fit(self.cast, person) != Fit::Differs).then_some(main.stands)
    }

    /// *[She] plans to leave, [the person] said*: within what is said before the one who says it is named, a pronoun stands
    /// for somebody else.
    pub fn apart(&self, number: usize, draft: &Draft) -> Option<PersonId> {
        let pronoun = draft.source.as_ref()?.start;
        let around = &self.found.drafts[number.saturating_sub(MOST_AROUND)..number];
        let holds = |d: &&Draft| {
            d.pieces.iter().any(|p| p.contains(&pronoun)) && d.source.as_ref().is_some_and(|s| s.start > pronoun)
        };
        let outer = around.iter().rev().find(holds)?;
        self.scene.at(outer.source.as_ref()?.start)?.stands.entry()
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::speaker::check::check;
    use expect_test::expect;

    #[test]
    fn a_pronoun_may_come_before_its_name_only_in_a_clause_that_hangs_on_it() {
        check(
            "Governor Tom Alder lost. \"Nobody wants to tell her,\" Bo Marek said.\n\n\
             Asked if he believed that the senator knew about the memos, Alder paused. \"Ask her,\" he said.\n\n\
             Senator Dana Whit is expected in Dayton. She plans to propose a holiday, an aide said.",
            expect![[r#"
                Nobody wants to tell her,  Bo Marek  Sure: “Bo Marek” is the subject of “said”
                if he believed that the sena  -
                the senator knew about the m  Tom Alder  Likely: “he” is the subject of “believed”; “he” is Tom Alder, who is said to speak
                Ask her,  Tom Alder  Likely: “he” is the subject of “said”; “he” is Tom Alder, who acts in the same paragraph
                She plans to propose a holid  an aide  Likely: “an aide” is the subject of “said”
                to propose a holiday  Dana Whit  Likely: “She” is the subject of “plans”; “She” is Dana Whit, who is the nearest who fits
            "#]],
        );
    }
}
