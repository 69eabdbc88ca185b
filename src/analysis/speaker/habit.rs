//! How people address each other: only Ann says *papa*, and whoever says *Miss Lund* is not her aunt. What was learned from
//! quotes whose speakers are clear helps with the others.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::evidence::Evidence;
use super::search::Choice;
use crate::analysis::PersonId;
use crate::analysis::token::Parse;

/// From this share on a speaker is clear enough to learn from.
const CLEAR: f32 = 0.6;
/// So many uses by others say half as much as there is to say against somebody.
const DOUBT: f32 = 3.0;

/// A form of address, by the hash of its words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Form(u64);

impl Form {
    /// The words of some tokens, without regard to case.
    pub fn of(parse: &Parse, tokens: std::ops::Range<usize>) -> Self {
        let mut hasher = FxHasher::default();
        tokens.for_each(|t| parse.lower(t).hash(&mut hasher));
        Self(hasher.finish())
    }
}

/// Who uses which form of address how often.
#[derive(Debug, Default)]
pub(super) struct Habits {
    uses: FxHashMap<Form, Uses>,
}

/// The uses of one form of address.
#[derive(Debug, Default)]
struct Uses {
    all: u32,
    by: FxHashMap<PersonId, u32>,
}

impl Habits {
    /// Learns from the quotes whose speakers are clear.
    pub fn learn(evidence: &[Evidence], choices: &[Choice]) -> Self {
        let mut habits = Self::default();
        for (evidence, choice) in evidence.iter().zip(choices) {
            if let Some(person) = clear(choice) {
                for &form in &evidence.forms {
                    let uses = habits.uses.entry(form).or_default();
                    uses.all += 1;
                    *uses.by.entry(person).or_default() += 1;
                }
            }
        }
        habits
    }

    /// How well a form of address fits a speaker, -1 to 1, the use in the quote itself left out.
    pub fn fit(&self, form: Form, person: PersonId, own: &Choice) -> f32 {
        let Some(uses) = self.uses.get(&form) else { return 0.0 };
        let counted = clear(own);
        let all = uses.all.saturating_sub(u32::from(counted.is_some()));
        let uses = uses.by.get(&person).copied().unwrap_or(0).saturating_sub(u32::from(counted == Some(person)));
        #[expect(clippy::cast_precision_loss, reason = "a few thousand quotes")]
        let (all, uses) = (all as f32, uses as f32);
        // Somebody who never says so may only have had no occasion.
        if uses > 0.0 { uses / (all + 1.0) } else { -0.5 * all / (all + DOUBT) }
    }
}

fn clear(choice: &Choice) -> Option<PersonId> {
    choice.person.filter(|_| choice.share >= CLEAR)
}

#[cfg(test)]
mod tests {
    use crate::analysis::speaker::check::{check, story};
    use expect_test::expect;

    #[test]
    fn only_one_of_three_says_papa() {
        check(
            &story(
                "“Good night, papa,” said Vera.\n\n“It is cold, papa,” Vera said.\n\n“Sit down, papa,” said Vera.\n\n\
                 “Rest, papa,” said Vera.\n\n“You shall go,” said Mr. Hale.\n\nVera rose. Bo Marek rose, and they \
                 left.\n\n“And it is far, papa.”",
            ),
            expect![[r#"
                Good night, papa,  Vera  Sure: “said Vera” follows the words
                It is cold, papa,  Vera  Sure: “Vera” is the subject of “said”
                Sit down, papa,  Vera  Sure: “said Vera” follows the words
                Rest, papa,  Vera  Sure: “said Vera” follows the words
                You shall go,  Mr. Hale  Sure: “said Mr. Hale” follows the words
                And it is far, papa.  Vera  Likely: takes turns with the speaker before
            "#]],
        );
    }
}
