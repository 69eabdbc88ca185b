//! Who says each quote, and why. A phrase with the cue decides where it names somebody; else the talk around it does.
//! A speaker always stands in the text; where nothing points at anybody the place stays empty.
//!
//! [`scene`] notes who is mentioned where, [`refer`] whom a phrase stands for, [`evidence`] what surrounds each quote; then
//! [`search`] settles all speakers together. Which words are a quote is not decided here.

mod address;
mod bound;
#[cfg(test)]
mod check;
mod evidence;
mod habit;
mod narrator;
mod path;
mod reason;
mod refer;
mod scene;
mod search;
mod source;
#[cfg(feature = "train")]
pub mod trial;
mod unite;
mod weigh;

use self::evidence::Evidence;
use self::habit::Habits;
use self::reason::Reasons;
use self::scene::{Scene, Stands};
use self::search::{Choice, Search};
pub(super) use self::source::mend as mend_sources;
use super::person::Cast;
use super::quote::{Draft, Found};
use super::token::Parse;
use super::{PersonId, Speaker};
use crate::document::Document;
use crate::lexicon::DialogueTable;

/// Below this share of the votes the place stays empty.
const TOO_VAGUE: f32 = 0.15;

/// Gives every draft its speaker, in order; entries may be added to the cast.
pub(super) fn attribute<'p>(
    document: &Document,
    parse: &'p Parse,
    found: &Found,
    cast: &mut Cast<'p>,
    table: &DialogueTable,
) -> Vec<Option<Speaker>> {
    let ground = Ground::read(document, parse, found, cast);
    let choices = ground.settle(found, cast, table);
    note_speakers(document, parse, found, &ground.evidence, &choices, cast);
    let writer = Writer { document, parse, found, cast };
    let drafts = found.drafts.iter().zip(&ground.evidence).zip(&choices);
    drafts.map(|((draft, evidence), choice)| writer.speaker(draft, evidence, choice)).collect()
}

/// What is known before any speaker is settled.
struct Ground {
    scene: Scene,
    evidence: Vec<Evidence>,
    narrator: Option<PersonId>,
}

impl Ground {
    fn read(document: &Document, parse: &Parse, found: &Found, cast: &mut Cast) -> Self {
        let told = narrator::tells(parse, found, cast);
        let named = if told { narrator::find(parse, found, cast) } else { None };
        let scene = scene::read(document, parse, found, cast, told, named);
        let evidence = evidence::gather(parse, found, cast, &scene);
        let narrator = if told { named.or_else(|| first_person(cast)) } else { None };
        Self { scene, evidence, narrator }
    }

    fn settle(&self, found: &Found, cast: &Cast, table: &DialogueTable) -> Vec<Choice> {
        let search = |habits| Search {
            cast,
            found,
            scene: &self.scene,
            evidence: &self.evidence,
            table,
            narrator: self.narrator,
            habits,
        };
        let first = search(None).settle();
        if !found.narrative || self.evidence.iter().all(|e| e.forms.is_empty()) {
            return first;
        }
        let habits = Habits::learn(&self.evidence, &first);
        search(Some((&habits, &first))).settle()
    }
}

/// The entry that *I* was given.
fn first_person(cast: &Cast) -> Option<PersonId> {
    cast.entries
        .iter()
        .position(|e| !e.is_named() && e.roles.first().is_some_and(|r| r == cast.table().narrator(false)))
        .map(PersonId::at)
}

/// Who speaks is somebody, and the phrase with the cue is one more mention.
fn note_speakers(
    document: &Document,
    parse: &Parse,
    found: &Found,
    evidence: &[Evidence],
    choices: &[Choice],
    cast: &mut Cast,
) {
    for ((draft, evidence), choice) in found.drafts.iter().zip(evidence).zip(choices) {
        let Some(person) = settled(evidence, choice) else { continue };
        cast.entries[person.index()].alive = true;
        if let Some(source) = draft.source.clone() {
            // *The stranger* is what the man at the door is called from now on.
            let fits = matches!(evidence.source, Some(Stands::Perhaps(own, _)) if own != person);
            if fits && !cast.entries[person.index()].is_named() {
                let words: Vec<_> = document.slice(parse.span(source.clone())).split_whitespace().collect();
                cast.entries[person.index()].note_form(words.join(" ").to_lowercase(), false, 1);
            }
            cast.mention(person, source);
        }
    }
}

/// The speaker, unless it is but one of many who could be meant.
fn settled(evidence: &Evidence, choice: &Choice) -> Option<PersonId> {
    let vague = choice.share < TOO_VAGUE && !matches!(evidence.source, Some(Stands::For(_)));
    choice.person.filter(|_| !vague)
}

struct Writer<'a, 'p> {
    document: &'a Document,
    parse: &'a Parse,
    found: &'a Found,
    cast: &'a Cast<'p>,
}

impl Writer<'_, '_> {
    fn speaker(&self, draft: &Draft, evidence: &Evidence, choice: &Choice) -> Option<Speaker> {
        let Some(person) = settled(evidence, choice) else { return self.unresolved(draft, evidence) };
        let story = self.found.narrative;
        let reasons = Reasons { document: self.document, parse: self.parse, cast: self.cast, story };
        Some(Speaker {
            person: Some(person),
            name: self.cast.entries[person.index()].best_name(story).to_owned(),
            mention: draft.source.clone().map(|m| self.parse.span(m)),
            confidence: reasons.confidence(draft, evidence, choice, person),
            rule: reasons.reason(draft, evidence.source, choice, person),
        })
    }

    /// *he*, whom the text does not name: the pronoun itself is all that is known.
    fn unresolved(&self, draft: &Draft, evidence: &Evidence) -> Option<Speaker> {
        let source = draft.source.clone()?;
        if !matches!(evidence.source, Some(Stands::Pronoun(_) | Stands::Thing | Stands::Several)) {
            return None;
        }
        let word = self.document.slice(self.parse.span(source.clone()));
        Some(Speaker {
            person: None,
            name: word.to_lowercase(),
            mention: Some(self.parse.span(source)),
            confidence: 0.5,
            rule: format!("“{word}” is the source; the text does not say who that is").into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::check::{check, story};
    use expect_test::expect;

    #[test]
    fn two_who_talk_take_turns() {
        check(
            &story(
                "“Where is it?” said Vera Lund.\n\n“Gone,” said Bo Marek.\n\n“Since when?”\n\n“Since May.”\n\n\
                 “And you never wrote.”\n\n“I could not.”",
            ),
            expect![[r#"
                Where is it?  Vera Lund  Sure: “said Vera Lund” follows the words
                Gone,  Bo Marek  Sure: “said Bo Marek” follows the words
                Since when?  Vera Lund  Likely: takes turns with the speaker before
                Since May.  Bo Marek  Likely: takes turns with the speaker before
                And you never wrote.  Vera Lund  Likely: takes turns with the speaker before
                I could not.  Bo Marek  Likely: takes turns with the speaker before
            "#]],
        );
    }

    #[test]
    fn a_name_further_on_turns_the_turns_before_it_around() {
        check(
            &story("Vera sat with Bo in the hall.\n\n“Is it late?”\n\n“Very.”\n\n“Then go,” said Vera."),
            expect![[r#"
                Is it late?  Vera  Likely: acts right before the words
                Very.  Bo  Likely: is the nearest who fits
                Then go,  Vera  Sure: “said Vera” follows the words
            "#]],
        );
    }

    #[test]
    fn who_is_spoken_to_does_not_speak_and_is_next() {
        check(
            &story("“You may go, Tom,” said Vera.\n\n“Thank you.”\n\n“Good night, Bo!”\n\n“Good night.”"),
            expect![[r#"
                You may go, Tom,  Vera  Sure: “said Vera” follows the words
                Thank you.  Tom  Likely: was spoken to just before
                Good night, Bo!  Vera  Likely: takes turns with the speaker before
                Good night.  Tom  Guessed: takes turns with the speaker before
            "#]],
        );
    }

    #[test]
    fn who_acts_in_the_paragraph_speaks() {
        check(
            &story("Vera and Bo came in. Tom rose.\n\nVera put down the cup. “Fine.”\n\n“Really?” Tom shook his head."),
            expect![[r#"
                Fine.  Vera  Likely: acts in the same paragraph
                Really?  Tom  Likely: acts in the same paragraph
            "#]],
        );
    }

    #[test]
    fn pronouns_agree_with_whom_they_mean() {
        check(
            &story(
                "Vera met Bo at the gate.\n\n“You are late,” she said.\n\n“I know it,” he answered, and Vera laughed.",
            ),
            expect![[r#"
                You are late,  Vera  Likely: “she” is the subject of “said”; “she” is Vera, who acts right before the words
                I know it,  Bo  Likely: “he” is the subject of “answered”; “he” is Bo, who is the nearest who fits
            "#]],
        );
    }

    #[test]
    fn the_narrator_has_the_name_that_others_call() {
        check(
            "I had not slept, and I met my friend at my door in the grey light. I took my hat and I went with him along the \
             wall. He walked fast; I was tired, and I thought of my bed. He did not look at me. I held my hat.\n\n“Well, Marek,” said Lund, “are you ready?”\n\n“I am,” said I. “My hat is on my head.”\n\nI shut my door.",
            expect![[r#"
                Well, Marek, + are you ready  Lund  Sure: “said Lund” follows the words
                I am, + My hat is on my head  Marek  Likely: “said I” follows the words; “I” is Marek
            "#]],
        );
    }

    #[test]
    fn relatives_share_a_surname() {
        check(
            &story(
                "Mr. Hale loved Ann Hale. Ann stood at the window.\n\n“Come away,” said her father.\n\n“Soon, papa.”",
            ),
            expect![[r#"
                Come away,  Mr. Hale  Likely: “said her father” follows the words; “her father” is Mr. Hale
                Soon, papa.  Ann Hale  Likely: is the nearest who fits
            "#]],
        );
    }

    #[test]
    fn a_name_that_comes_later_is_the_old_ladys() {
        check(
            &story(
                "The old lady pulled her spectacles down.\n\n“Well,” said the old lady.\n\nHis aunt Polly stood \
                 surprised a moment.\n\n“Hang the boy,” said the old lady.",
            ),
            expect![[r#"
                Well,  Polly  Likely: “said the old lady” follows the words; “the old lady” is Polly
                Hang the boy,  Polly  Likely: “said the old lady” follows the words; “the old lady” is Polly
            "#]],
        );
    }

    #[test]
    fn the_mother_is_the_wife_of_the_house() {
        check(
            &story(
                "Mrs. Hale was in the kitchen with Annie.\n\n“You will be late,” said the mother.\n\n“No,” said Annie.",
            ),
            expect![[r#"
                You will be late,  Mrs. Hale  Likely: “said the mother” follows the words; “the mother” is Mrs. Hale
                No,  Annie  Sure: “said Annie” follows the words
            "#]],
        );
    }

    #[test]
    fn whoever_gives_a_name_bears_it() {
        check(
            &story(
                "“My name is Ann Hale,” said the woman.\n\n“Come in,” said Bo Marek.\n\n“Thank you,” the woman said.",
            ),
            expect![[r#"
                My name is Ann Hale,  Ann Hale  Likely: “said the woman” follows the words; “the woman” is Ann Hale
                Come in,  Bo Marek  Sure: “said Bo Marek” follows the words
                Thank you,  Ann Hale  Likely: “the woman” is the subject of “said”; “the woman” is Ann Hale
            "#]],
        );
    }

    #[test]
    fn a_narrator_who_is_called_once_and_answers() {
        check(
            "I had not slept, and I met my friends at my door in the grey light. I took my hat and I went with them along \
             the wall. I was tired; such was the state of Tom Marek, and I held my hat.\n\n“And you, Marek, where would you go?” said Lund.\n\nI lit my pipe.\n\n\
             “Home,” said I.\n\n“And I,” said Bo.",
            expect![[r#"
                And you, Marek, where would   Lund  Sure: “said Lund” follows the words
                Home,  Tom Marek  Likely: “said I” follows the words; “I” is Tom Marek
                And I,  Bo  Sure: “said Bo” follows the words
            "#]],
        );
    }

    #[test]
    fn a_smile_says_nothing() {
        check(
            &story("Vera looked up.\n\n“Come in,” and a smile began to speak, “and sit.”"),
            expect![[r#"
                Come in, + and sit.  Vera  Likely: “a smile” is the subject of “began to speak”; “a smile” is Vera
            "#]],
        );
    }

    #[test]
    fn in_a_report_words_belong_to_whom_the_sentence_is_about() {
        check(
            "His campaign manager, Teodor Brisk, went further. There was evidence, he alleged, that boxes had been opened. \
             “Two districts, eleven boxes.”\n\nBo Marek and Mara Quill said they would sue.",
            expect![[r#"
                There was evidence + that bo  Teodor Brisk  Likely: “he” is the subject of “alleged”; “he” is Teodor Brisk, who acts in the same paragraph
                Two districts, eleven boxes.  Teodor Brisk  Likely: goes on from the quote before
                they would sue  Bo Marek and Mara Quill  Likely: “Bo Marek and Mara Quill” is the subject of “said”
            "#]],
        );
    }
}
