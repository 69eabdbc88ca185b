//! How much each hint about a speaker weighs where no name stands with the words.

use serde::Deserialize;

/// The weights for one situation. A hint that holds adds its weight to a candidate; the sum decides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DialogueWeights {
    /// For every sentence or quote since the candidate was last mentioned.
    pub age: f32,
    /// For every sentence or quote since the candidate last acted.
    pub rest: f32,
    /// Was the last to act or speak.
    pub acted_last: f32,
    /// Acts in the same paragraph before the words.
    pub before: f32,
    /// A pronoun that fits acts before the words.
    pub before_agrees: f32,
    /// Acts in the same paragraph after the words.
    pub after: f32,
    /// A pronoun that fits acts after the words.
    pub after_agrees: f32,
    /// Somebody else acts in the same paragraph.
    pub other_acts: f32,
    /// Acts in the sentence before, which leads in with a colon.
    pub lead: f32,
    /// Acts in the paragraph before.
    pub lead_plain: f32,
    /// A pronoun that fits acts in the paragraph before.
    pub lead_agrees: f32,
    /// Acts in the last clause of that paragraph, which is about somebody else.
    pub lead_last: f32,
    /// A pronoun that fits acts there.
    pub lead_last_agrees: f32,
    /// Has just said or answered something in that paragraph that is told without marks.
    pub lead_turn: f32,
    /// Is who that was said to.
    pub lead_asked: f32,
    /// Spoke last, and nothing but a new paragraph lies between.
    pub repeats: f32,
    /// Spoke last, and something is told between.
    pub resumes: f32,
    /// Spoke last in the same paragraph.
    pub goes_on: f32,
    /// Spoke the turn before the last, without a pause.
    pub answers: f32,
    /// Spoke the turn before the last, with a pause.
    pub answers_late: f32,
    /// Spoke among the last turns.
    pub talks: f32,
    /// Spoke before a long stretch of telling in which others are mentioned, and was not mentioned since.
    pub left: f32,
    /// Was spoken to by name just before.
    pub addressed: f32,
    /// Is of the gender that the words before speak to: *sir*.
    pub hailed: f32,
    /// Is the only one who can be meant by the *sir* in these words.
    pub hails: f32,
    /// Is spoken to by name in the words after these.
    pub called_back: f32,
    /// Gives his or her name in these words.
    pub introduced: f32,
    /// Is spoken to in these words.
    pub spoken_to: f32,
    /// Is spoken about in these words.
    pub spoken_about: f32,
    /// Is spoken about in the words before or after.
    pub discussed: f32,
    /// Spoke last, and asked something.
    pub asked: f32,
    /// Usually addresses people as the words do, in stories; times -1 to 1 for each form of address.
    pub habit: f32,
    /// Tells the story.
    pub narrator: f32,
    /// For the logarithm of the number of mentions.
    pub fame: f32,
    /// Has no name and did not speak lately.
    pub unnamed: f32,
    /// A pronoun asks for a gender that is not known to fit.
    pub unsure: f32,
    /// Is what the phrase says, and never was before.
    pub newcomer: f32,
    /// Was called what the phrase says before.
    pub called: f32,
}

/// The weights by situation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DialogueTable {
    /// In a story, no phrase stands for the speaker.
    pub story_open: DialogueWeights,
    /// In a story, a pronoun or a description does.
    pub story_pronoun: DialogueWeights,
    /// In a report, no phrase stands for the speaker.
    pub report_open: DialogueWeights,
    /// In a report, a pronoun or a description does.
    pub report_pronoun: DialogueWeights,
}

impl DialogueTable {
    /// The weights that come with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn embedded() -> Self {
        toml::from_str(Self::SOURCE).expect("embedded and tested")
    }

    /// The file that [`Self::embedded`] reads.
    pub const SOURCE: &str = include_str!("../../assets/dialogue.toml");

    /// The weights for a situation.
    pub fn weights(&self, story: bool, open: bool) -> &DialogueWeights {
        match (story, open) {
            (true, true) => &self.story_open,
            (true, false) => &self.story_pronoun,
            (false, true) => &self.report_open,
            (false, false) => &self.report_pronoun,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_taken_in_stories() {
        let table = DialogueTable::embedded();
        assert!(table.weights(true, true).answers > table.weights(true, true).repeats);
        assert!(table.weights(false, true).repeats > table.weights(true, true).repeats);
    }
}
