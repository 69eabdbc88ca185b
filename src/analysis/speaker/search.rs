//! Settles all speakers of a text together. Quotes are read in order; for each the likeliest readings of everything so far
//! are kept, so that a name that stands further on can still turn the turns before it around.
//!
//! A beam search over speaker sequences; the hints follow Muzny, Fang, Chang and Jurafsky, “A two-stage sieve approach for
//! quote attribution” (EACL 2017), and He, Barbosa and Kondrak, “Identification of speakers in novels” (ACL 2013).

use arrayvec::ArrayVec;

use super::evidence::Evidence;
use super::habit::Habits;
use super::path::Path;
use super::scene::{Scene, Stands};
use super::weigh::{Scale, Standing, Weighed, Why};
use crate::analysis::person::Cast;
use crate::analysis::quote::Found;
use crate::analysis::{Gender, PersonId, PersonKind};
use crate::lexicon::DialogueTable;

/// How many readings are kept.
const WIDTH: usize = 8;
/// How many candidates of a quote are followed.
const BRANCHES: usize = 5;
/// The share of somebody who is chosen although the words around speak for another.
const SECOND_THOUGHT: f32 = 0.35;
/// How far the scores of a quote's candidates are weighed against each other only, 0 to 1: what speaks for somebody at
/// every turn, such as being known best, would else add up over a long conversation.
const SHARED: f32 = 0.65;
/// For how long somebody stays a candidate.
const REACH: usize = 40;

/// A speaker as chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    /// Who, if anybody.
    pub person: Option<PersonId>,
    /// How much likelier than all others, 0 to 1.
    pub share: f32,
    /// What counted most.
    pub why: Why,
}

impl Choice {
    const NOBODY: Choice = Choice { person: None, share: 1.0, why: Why::Nearest };
}

/// What the search reads.
pub(super) struct Search<'a, 'p> {
    /// Everybody.
    pub cast: &'a Cast<'p>,
    /// The quotes.
    pub found: &'a Found,
    /// The mentions.
    pub scene: &'a Scene,
    /// By quote.
    pub evidence: &'a [Evidence],
    /// The weights.
    pub table: &'a DialogueTable,
    /// Who tells the story.
    pub narrator: Option<PersonId>,
    /// What a first reading told of how people address each other, and its choices.
    pub habits: Option<(&'a Habits, &'a [Choice])>,
}

struct Step {
    choice: Choice,
    previous: Option<usize>,
}

/// Who may speak a quote; kept from reading to reading.
#[derive(Default)]
struct Options {
    /// The likeliest with their scores.
    choices: ArrayVec<(Choice, f32), BRANCHES>,
    candidates: Vec<PersonId>,
    weighed: Vec<Weighed>,
    /// What is the same in every reading.
    standings: Vec<(PersonId, Standing)>,
}

impl<'a, 'p> Search<'a, 'p> {
    /// One choice a quote, in order.
    pub fn settle(&self) -> Vec<Choice> {
        let mut paths = vec![Path::default()];
        let mut steps: Vec<Step> = Vec::new();
        let mut read = 0;
        for (number, draft) in self.found.drafts.iter().enumerate() {
            let start = draft.pieces[0].start;
            while let Some(mention) = self.scene.mentions.get(read).filter(|m| m.tokens.start < start) {
                // The phrase with a cue is heard through the quote that it belongs to.
                if !mention.source {
                    for path in &mut paths {
                        path.take_in(self.cast, mention);
                    }
                }
                read += 1;
            }
            paths = self.turn(number, &paths, &mut steps);
        }
        trace(&steps, paths.first().and_then(|p| p.step), self.found.drafts.len())
    }

    fn turn(&self, number: usize, paths: &[Path], steps: &mut Vec<Step>) -> Vec<Path> {
        let mut next: Vec<(f32, usize, Choice)> = Vec::with_capacity(WIDTH * BRANCHES);
        let mut options = Options::default();
        for (index, path) in paths.iter().enumerate() {
            self.choices(number, path, &mut options);
            next.extend(options.choices.iter().map(|&(choice, score)| (path.score + score, index, choice)));
        }
        next.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut kept: Vec<Path> = Vec::with_capacity(WIDTH);
        let mut memories = ArrayVec::<_, WIDTH>::new();
        let evidence = &self.evidence[number];
        for (score, index, choice) in next {
            let memory = paths[index].memory(choice.person);
            if memories.contains(&memory) {
                continue;
            }
            let mut path = paths[index].clone();
            path.speak(choice.person, evidence.blocks.1, (evidence.clock, evidence.ends));
            if let (Some(person), Some(Stands::Pronoun(gender))) = (choice.person, evidence.source)
                && self.cast.entries[person.index()].gender == Gender::Unknown
            {
                path.assume(person, gender);
            }
            for &person in &evidence.spoken_to {
                path.touch(person, evidence.clock, false);
            }
            path.score = score;
            steps.push(Step { choice, previous: path.step });
            path.step = Some(steps.len() - 1);
            kept.push(path);
            memories.push(memory);
            if kept.len() == WIDTH {
                break;
            }
        }
        kept
    }

    /// The likeliest speakers of a quote in one reading.
    fn choices(&self, number: usize, path: &Path, options: &mut Options) {
        let evidence = &self.evidence[number];
        options.choices.clear();
        match evidence.source {
            _ if !evidence.sought => return options.choices.push((Choice::NOBODY, 0.0)),
            Some(Stands::For(person)) => {
                let choice = Choice { person: Some(person), share: 1.0, why: Why::Said };
                return options.choices.push((choice, self.given(number, path, person)));
            }
            _ => {}
        }
        let scale = self.scale(number);
        self.candidates(number, path, &mut options.candidates);
        options.weighed.clear();
        for &person in &options.candidates {
            let known = options.standings.iter().position(|(known, _)| *known == person);
            let place = known.unwrap_or_else(|| {
                options.standings.push((person, scale.standing(person)));
                options.standings.len() - 1
            });
            options.weighed.extend(scale.weigh(path, person, &options.standings[place].1));
        }
        let weighed = &mut options.weighed;
        weighed.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.person.cmp(&b.person)));
        // Where in a story only those are left whom the words speak to, it is somebody who is not known.
        let open = |w: &Weighed| !self.found.narrative || !evidence.spoken_to.contains(&w.person);
        let Some(best) = weighed.first().filter(|w| open(w)).map(|w| w.score) else {
            return options.choices.push((Choice::NOBODY, 0.0));
        };
        let all: f32 = weighed.iter().map(|w| (w.score - best).exp()).sum();
        let choice = |(rank, w): (usize, &Weighed)| {
            let share = (w.score - best).exp() / all;
            // Whom later words prefer is likelier than the words around it tell.
            let share = if rank > 0 { share.max(SECOND_THOUGHT) } else { share };
            (Choice { person: Some(w.person), share, why: w.why }, w.score - SHARED * (best + all.ln()))
        };
        options.choices.extend(weighed.iter().take(BRANCHES).enumerate().map(choice));
    }

    /// How well a speaker who is named with the words fits the turns before.
    fn given(&self, number: usize, path: &Path, person: PersonId) -> f32 {
        let weights = self.table.weights(self.found.narrative, true);
        Scale { weights, ..self.scale(number) }.fit_of_turn(path, person)
    }

    fn scale(&self, number: usize) -> Scale<'a, 'p> {
        let evidence = &self.evidence[number];
        Scale {
            cast: self.cast,
            weights: self.table.weights(self.found.narrative, evidence.source.is_none()),
            evidence,
            previous: number.checked_sub(1).map(|n| &self.evidence[n]),
            next: self.evidence.get(number + 1),
            narrator: self.narrator,
            habits: self.habits.map(|(habits, choices)| (habits, &choices[number])),
        }
    }

    fn candidates(&self, number: usize, path: &Path, list: &mut Vec<PersonId>) {
        let evidence = &self.evidence[number];
        let near = path.present.iter().filter(|p| p.last + REACH > evidence.clock).map(|p| p.person);
        let (lead, last) = (evidence.lead.map(|l| l.first), evidence.lead.and_then(|l| l.last));
        let around = [evidence.source, evidence.before, evidence.after, lead, last];
        list.clear();
        list.extend(near.chain(around.into_iter().flatten().filter_map(Stands::entry)).chain(evidence.introduced));
        list.sort_unstable();
        list.dedup();
        list.retain(|&p| evidence.apart != Some(p) && self.may_speak(p, path, evidence.source));
    }

    fn may_speak(&self, person: PersonId, path: &Path, source: Option<Stands>) -> bool {
        let entry = &self.cast.entries[person.index()];
        let spoke = || path.turns.iter().any(|t| t.person == Some(person));
        let seems_alive = entry.alive || !entry.is_named() || !self.found.narrative;
        match source {
            Some(_) => seems_alive,
            None => {
                entry.kind == PersonKind::Person && (entry.alive || !entry.is_named())
                    || !self.found.narrative && spoke()
            }
        }
    }
}

/// The choices along the best reading.
fn trace(steps: &[Step], last: Option<usize>, count: usize) -> Vec<Choice> {
    let mut choices = Vec::with_capacity(count);
    let mut at = last;
    while let Some(step) = at.map(|s| &steps[s]) {
        choices.push(step.choice);
        at = step.previous;
    }
    choices.reverse();
    choices
}
