//! One reading of the story so far: who is on the scene, who acted and who spoke last. Several readings are kept side by
//! side while later words may still decide between them.

use arrayvec::ArrayVec;

use super::scene::{Fit, Mention, Stands};
use crate::analysis::person::Cast;
use crate::analysis::{Gender, PersonId};

/// How many people are kept in mind.
const MOST_PRESENT: usize = 12;
/// How many turns are kept in mind.
const MOST_TURNS: usize = 6;

/// So much telling between two quotes ends a conversation, in sentences.
const BREAK: usize = 4;

/// For how long a pronoun finds somebody.
const NEAR: usize = 12;

/// Somebody on the scene.
#[derive(Clone, Copy, Debug)]
pub(super) struct Present {
    /// Who.
    pub person: PersonId,
    /// When last mentioned or speaking.
    pub last: usize,
    /// When last acting or speaking.
    pub acted: Option<usize>,
}

/// Who spoke where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// Who, if anybody is known.
    pub person: Option<PersonId>,
    /// The block where the words end.
    pub block: usize,
    /// The time when the last words begin.
    ends: usize,
}

/// One reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    /// How well everything fits so far.
    pub score: f32,
    /// Who is on the scene, in order of arrival.
    pub present: ArrayVec<Present, MOST_PRESENT>,
    /// The last turns, the latest at the end.
    pub turns: ArrayVec<Turn, MOST_TURNS>,
    /// Who acted or spoke last.
    pub actor: Option<PersonId>,
    /// When the conversation began that goes on.
    began: usize,
    /// What pronouns told of people whose names do not tell whether they are women or men, the latest at the end.
    assumed: ArrayVec<(PersonId, Gender), MOST_PRESENT>,
    /// The last step in the record of choices.
    pub step: Option<usize>,
}

impl Path {
    /// Takes in a mention of the telling.
    pub fn take_in(&mut self, cast: &Cast, mention: &Mention) {
        let person = match mention.stands {
            Stands::For(person) | Stands::Perhaps(person, _) => Some(person),
            Stands::Pronoun(_) => self.antecedent(cast, mention),
            _ => None,
        };
        if let Some(person) = person {
            self.touch(person, mention.clock, mention.subject);
        }
    }

    /// Whom a pronoun of the telling stands for: the last to act who agrees.
    fn antecedent(&self, cast: &Cast, mention: &Mention) -> Option<PersonId> {
        let near = |p: &&Present| p.last + NEAR > mention.clock;
        let fits = |p: &&Present| mention.stands.fit(cast, p.person) == Fit::Agrees;
        let maybe = |p: &&Present| mention.stands.fit(cast, p.person) == Fit::Perhaps;
        let rank = |p: &&Present| (p.acted.map_or(0, |a| a + 1), p.last);
        let sure = self.present.iter().filter(near).filter(fits).max_by_key(rank);
        sure.or_else(|| self.present.iter().filter(near).filter(maybe).max_by_key(rank)).map(|p| p.person)
    }

    /// Notes that *she* was used of somebody.
    pub fn assume(&mut self, person: PersonId, gender: Gender) {
        if self.assumed(person).is_some() || gender == Gender::Unknown {
            return;
        }
        if self.assumed.len() == MOST_PRESENT {
            self.assumed.remove(0);
        }
        self.assumed.push((person, gender));
    }

    /// What a pronoun told of somebody.
    pub fn assumed(&self, person: PersonId) -> Option<Gender> {
        self.assumed.iter().find(|(known, _)| *known == person).map(|(_, gender)| *gender)
    }

    /// Notes that somebody is there.
    pub fn touch(&mut self, person: PersonId, clock: usize, acts: bool) {
        if acts {
            self.actor = Some(person);
        }
        if let Some(known) = self.present.iter_mut().find(|p| p.person == person) {
            known.last = clock;
            known.acted = if acts { Some(clock) } else { known.acted };
            return;
        }
        if self.present.len() == MOST_PRESENT
            && let Some(oldest) = (0..self.present.len()).min_by_key(|&i| self.present[i].last)
        {
            self.present.remove(oldest);
        }
        self.present.push(Present { person, last: clock, acted: acts.then_some(clock) });
    }

    /// When the conversation began that words at a time belong to.
    fn begins(&self, clock: usize) -> usize {
        match self.turns.last() {
            Some(last) if last.ends + BREAK < clock => last.ends + 1,
            _ => self.began,
        }
    }

    /// Whether somebody was there before the conversation began that words at a time belong to, and not since.
    pub fn has_left(&self, person: PersonId, clock: usize) -> bool {
        self.presence(person).is_some_and(|p| p.last < self.begins(clock))
    }

    /// Notes who speaks.
    pub fn speak(&mut self, person: Option<PersonId>, block: usize, (clock, ends): (usize, usize)) {
        self.began = self.begins(clock);
        if let Some(person) = person {
            self.touch(person, clock, true);
        }
        if self.turns.len() == MOST_TURNS {
            self.turns.remove(0);
        }
        self.turns.push(Turn { person, block, ends });
    }

    /// Somebody's presence.
    pub fn presence(&self, person: PersonId) -> Option<&Present> {
        self.present.iter().find(|p| p.person == person)
    }

    /// What later choices depend on once somebody has spoken; of paths that agree in it only the best is worth keeping.
    pub fn memory(&self, speaker: Option<PersonId>) -> [Option<PersonId>; 3] {
        let turn = |back: usize| self.turns.len().checked_sub(back).and_then(|i| self.turns[i].person);
        [speaker, turn(1), turn(2)]
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::speaker::check::{check, story};
    use expect_test::expect;

    #[test]
    fn who_was_left_behind_does_not_answer() {
        check(
            &story(
                "Nat Orrin stood before his aunt in the kitchen.\n\n“Have you swept the yard?” asked Aunt Hale.\n\n\
                 “I have,” said Nat.\n\n“Then be off with you!” said Aunt Hale.\n\nNat ran down the lane, past the mill \
                 and over the bridge. A stranger stood at the well, a boy taller than he was. Neither spoke. They looked \
                 at each other for a long time. The wind blew dust over the stones. At last Nat said:\n\n“I can beat \
                 you.”\n\n“I should like to see it.”\n\n“Well, I can.”\n\n“No, you cannot.”\n\n“Try me.”\n\n“I will.”",
            ),
            expect![[r#"
                Have you swept the yard?  Aunt Hale  Sure: “asked Aunt Hale” follows the words
                I have,  Nat  Sure: “said Nat” follows the words
                Then be off with you!  Aunt Hale  Sure: “said Aunt Hale” follows the words
                I can beat you.  Nat  Sure: “Nat” is the subject of “said”
                I should like to see it.  a stranger  Guessed: is the nearest who fits
                Well, I can.  Nat  Likely: takes turns with the speaker before
                No, you cannot.  a stranger  Likely: takes turns with the speaker before
                Try me.  Nat  Likely: takes turns with the speaker before
                I will.  a stranger  Likely: takes turns with the speaker before
            "#]],
        );
    }

    #[test]
    fn nobody_speaks_to_himself_by_name() {
        check(
            &story(
                "I stopped at the captain's door with a glass of water.\n\n“Tom,” he said, “you are the only friend I \
                 have.”\n\n“Drink this,” said I.\n\n“What is it, Tom?”\n\n“It is water, captain,” I said.",
            ),
            expect![[r#"
                Tom, + you are the only frie  the captain  Likely: “he” is the subject of “said”; “he” is the captain, who is the nearest who fits
                Drink this,  I  Likely: “said I” follows the words
                What is it, Tom?  the captain  Likely: takes turns with the speaker before
                It is water, captain,  I  Likely: “I” is the subject of “said”
            "#]],
        );
    }

    #[test]
    fn whom_the_text_calls_the_widow_is_a_woman() {
        check(
            &story(
                "The Widow Morris lived by the church. Bo Lind stood at the widow's gate and listened.\n\n“Who is \
                 there?” he said.\n\nThe widow opened the door.\n\n“It is late,” she said.",
            ),
            expect![[r#"
                Who is there?  Bo Lind  Likely: “he” is the subject of “said”; “he” is Bo Lind, who acts right before the words
                It is late,  Widow Morris  Likely: “she” is the subject of “said”; “she” is Widow Morris, who acts right before the words
            "#]],
        );
    }
}
