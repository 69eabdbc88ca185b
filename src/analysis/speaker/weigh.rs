//! Adds up the hints for one candidate.

use arrayvec::ArrayVec;

use super::evidence::Evidence;
use super::habit::Habits;
use super::path::Path;
use super::scene::{Fit, Stands};
use super::search::Choice;
use crate::analysis::person::Cast;
use crate::analysis::{Gender, PersonId};
use crate::lexicon::DialogueWeights;

/// After this much time nobody gets any staler.
const STALE: usize = 16;
/// How many blocks a conversation may pause.
const PAUSE: usize = 4;

/// The hint that counted most, for the reason that readers see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Why {
    /// The phrase with the cue says it all.
    Said,
    /// Acts in the same paragraph.
    Acts,
    /// Is led in by the sentence before.
    LedIn,
    /// Was spoken to.
    Addressed,
    /// Is spoken to right after.
    CalledBack,
    /// Takes turns.
    Answers,
    /// Goes on speaking.
    GoesOn,
    /// Was the last to act.
    ActedLast,
    /// Is the narrator.
    Narrator,
    /// Is the nearest one who fits.
    Nearest,
}

/// A candidate with what speaks for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    /// Who.
    pub person: PersonId,
    /// The sum of all hints.
    pub score: f32,
    /// The strongest of them.
    pub why: Why,
}

/// What all candidates of one quote are measured with.
pub(super) struct Scale<'a, 'p> {
    /// Everybody.
    pub cast: &'a Cast<'p>,
    /// The weights of the situation.
    pub weights: &'a DialogueWeights,
    /// The quote's surroundings.
    pub evidence: &'a Evidence,
    /// The words of the quote before.
    pub previous: Option<&'a Evidence>,
    /// The words of the quote after.
    pub next: Option<&'a Evidence>,
    /// Who tells the story.
    pub narrator: Option<PersonId>,
    /// How people address each other, and who spoke in the first reading.
    pub habits: Option<(&'a Habits, &'a Choice)>,
}

/// Hints in the order in which they are added up, with the reason of those that a reader may see.
type Hints<const MOST: usize> = ArrayVec<(f32, Option<Why>), MOST>;

/// What speaks for and against a candidate whatever was read before the quote.
pub(super) struct Standing {
    /// How well the phrase with the cue fits.
    source: Option<Fit>,
    /// Who acts around the words.
    paragraph: Hints<6>,
    /// What the words and those beside them say.
    words: Hints<7>,
    /// How people address each other.
    habit: Option<f32>,
    /// What the whole text tells.
    own: Hints<2>,
    /// Whether somebody who does not tell the story has no name.
    unnamed: bool,
}

struct Sum {
    score: f32,
    best: f32,
    why: Why,
}

impl Sum {
    fn add(&mut self, value: f32) {
        self.score += value;
    }

    fn hint(&mut self, value: f32, why: Why) {
        self.score += value;
        if value > self.best {
            self.best = value;
            self.why = why;
        }
    }

    fn all<const MOST: usize>(&mut self, hints: &Hints<MOST>) {
        for &(value, why) in hints {
            match why {
                Some(why) => self.hint(value, why),
                None => self.add(value),
            }
        }
    }
}

impl Scale<'_, '_> {
    /// What is the same for somebody in every reading.
    pub fn standing(&self, person: PersonId) -> Standing {
        let habit = self.habits.map(|(habits, own)| {
            let fit = |form| habits.fit(form, person, own);
            self.weights.habit * self.evidence.forms.iter().map(|&f| fit(f)).sum::<f32>()
        });
        Standing {
            source: self.evidence.source.map(|s| s.fit(self.cast, person)),
            paragraph: self.paragraph(person),
            words: self.words(person),
            habit,
            own: self.own(person),
            unnamed: !self.cast.entries[person.index()].is_named() && self.narrator != Some(person),
        }
    }

    /// What speaks for and against somebody in one reading; nothing when a phrase excludes him or her.
    pub fn weigh(&self, path: &Path, person: PersonId, standing: &Standing) -> Option<Weighed> {
        let mut sum = Sum { score: 0.0, best: 0.0, why: Why::Nearest };
        self.source(path, person, standing.source, &mut sum)?;
        self.presence(path, person, &mut sum);
        sum.all(&standing.paragraph);
        self.turns(path, person, &mut sum);
        sum.all(&standing.words);
        standing.habit.into_iter().for_each(|habit| sum.add(habit));
        if self.hails(path, person) {
            sum.add(self.weights.hails);
        }
        sum.all(&standing.own);
        // Who has once been taken for a speaker is one, with or without a name.
        let talks = || path.turns.iter().any(|t| t.person == Some(person));
        if standing.unnamed && !talks() {
            sum.add(self.weights.unnamed);
        }
        Some(Weighed { person, score: sum.score, why: sum.why })
    }

    /// How well the turns before lead to somebody whom the words themselves name.
    pub fn fit_of_turn(&self, path: &Path, person: PersonId) -> f32 {
        let mut sum = Sum { score: 0.0, best: 0.0, why: Why::Said };
        self.turns(path, person, &mut sum);
        sum.all(&self.words(person));
        sum.score
    }

    fn source(&self, path: &Path, person: PersonId, fit: Option<Fit>, sum: &mut Sum) -> Option<()> {
        let Some(source) = self.evidence.source.zip(fit) else { return Some(()) };
        match (source.1, source.0) {
            (Fit::Differs, _) => return None,
            (Fit::Perhaps, Stands::Pronoun(wanted)) if path.assumed(person).is_some_and(|g| g != wanted) => {
                return None;
            }
            (Fit::Same, Stands::Perhaps(..)) if path.presence(person).is_some() => {
                sum.hint(self.weights.called, Why::Said);
            }
            (Fit::Same, Stands::Perhaps(..)) => sum.hint(self.weights.newcomer, Why::Said),
            (Fit::Perhaps, _) => sum.add(self.weights.unsure),
            _ => {}
        }
        Some(())
    }

    fn presence(&self, path: &Path, person: PersonId, sum: &mut Sum) {
        let since = |then: usize| {
            #[expect(clippy::cast_precision_loss, reason = "a handful of sentences")]
            let steps = self.evidence.clock.saturating_sub(then).min(STALE) as f32;
            steps
        };
        let presence = path.presence(person);
        sum.add(self.weights.age * presence.map_or(since(0), |p| since(p.last)));
        sum.add(self.weights.rest * presence.and_then(|p| p.acted).map_or(since(0), since));
        if path.actor == Some(person) {
            sum.hint(self.weights.acted_last, Why::ActedLast);
        }
    }

    fn paragraph(&self, person: PersonId) -> Hints<6> {
        let (w, mut hints) = (self.weights, Hints::new());
        let mut others = 0;
        for (stands, same, agrees) in
            [(self.evidence.before, w.before, w.before_agrees), (self.evidence.after, w.after, w.after_agrees)]
        {
            match stands.map(|s| s.fit(self.cast, person)) {
                Some(Fit::Same) => hints.push((same, Some(Why::Acts))),
                Some(Fit::Agrees | Fit::Perhaps) => hints.push((agrees, Some(Why::Acts))),
                Some(Fit::Differs) => others += 1,
                None => {}
            }
        }
        if others > 0 {
            hints.push((w.other_acts, None));
        }
        if let Some(lead) = self.evidence.lead {
            if lead.told == Some(person) {
                hints.push((w.lead_asked, Some(Why::Addressed)));
            }
            match lead.first.fit(self.cast, person) {
                Fit::Same if lead.turn => hints.push((w.lead_turn, None)),
                Fit::Agrees | Fit::Perhaps if lead.turn => {}
                Fit::Same => hints.push((if lead.colon { w.lead } else { w.lead_plain }, Some(Why::LedIn))),
                Fit::Agrees | Fit::Perhaps => hints.push((w.lead_agrees, Some(Why::LedIn))),
                Fit::Differs => {}
            }
            match lead.last.map(|s| s.fit(self.cast, person)) {
                Some(_) if lead.turn => {}
                Some(Fit::Same) => hints.push((w.lead_last, Some(Why::LedIn))),
                Some(Fit::Agrees | Fit::Perhaps) => hints.push((w.lead_last_agrees, Some(Why::LedIn))),
                Some(Fit::Differs) | None => {}
            }
        }
        hints
    }

    fn turns(&self, path: &Path, person: PersonId, sum: &mut Sum) {
        let w = self.weights;
        let Some(last) = path.turns.last() else { return };
        if path.has_left(person, self.evidence.clock) {
            return sum.add(w.left);
        }
        let gap = self.evidence.blocks.0.saturating_sub(last.block);
        if gap > PAUSE * 3 {
            return;
        }
        // “Is it far?” She shook her head. “Then go.”: hers was a turn of its own.
        if let Some(lead) = self.evidence.lead.filter(|l| gap > 0 && l.turn) {
            let other =
                lead.first.fit(self.cast, person) == Fit::Differs && lead.told.is_none_or(|told| told == person);
            if last.person == Some(person) && other {
                sum.hint(w.answers, Why::Answers);
            } else if path.turns.iter().any(|t| t.person == Some(person)) {
                sum.hint(w.talks, Why::Answers);
            }
            return;
        }
        if last.person == Some(person) {
            if gap > 0 && self.previous.is_some_and(|p| p.asks) {
                sum.add(w.asked);
            }
            match gap {
                0 => sum.hint(w.goes_on, Why::GoesOn),
                1 => sum.hint(w.repeats, Why::GoesOn),
                _ => sum.hint(w.resumes, Why::GoesOn),
            }
            return;
        }
        let before = path.turns.len().checked_sub(2).map(|i| &path.turns[i]);
        if let Some(before) = before.filter(|t| t.person == Some(person)) {
            let flows = gap <= 1 && last.block.saturating_sub(before.block) <= 1;
            let near = gap <= PAUSE && last.block.saturating_sub(before.block) <= PAUSE;
            match (flows, near) {
                (true, _) => sum.hint(w.answers, Why::Answers),
                (_, true) => sum.hint(w.answers_late, Why::Answers),
                _ => {}
            }
        }
        if path.turns.iter().any(|t| t.person == Some(person)) {
            sum.hint(w.talks, Why::Answers);
        }
    }

    fn words(&self, person: PersonId) -> Hints<7> {
        let (w, mut hints) = (self.weights, Hints::new());
        let previous = self
            .previous
            .filter(|p| p.blocks.1 + PAUSE > self.evidence.blocks.0 && p.blocks.1 != self.evidence.blocks.0);
        if previous.is_some_and(|p| p.spoken_to.contains(&person)) {
            hints.push((w.addressed, Some(Why::Addressed)));
        }
        let gender = self.cast.entries[person.index()].gender;
        if gender != Gender::Unknown && previous.is_some_and(|p| p.hailed == gender) {
            hints.push((w.hailed, None));
        }
        let called_back =
            self.next.is_some_and(|n| n.blocks.0 <= self.evidence.blocks.1 + 2 && n.spoken_to.contains(&person));
        if called_back {
            hints.push((w.called_back, Some(Why::CalledBack)));
        }
        if self.evidence.introduced == Some(person) {
            hints.push((w.introduced, Some(Why::Said)));
        }
        if self.evidence.spoken_to.contains(&person) {
            hints.push((w.spoken_to, None));
        }
        if self.evidence.spoken_about.contains(&person) {
            hints.push((w.spoken_about, None));
        }
        let next = self.next.filter(|n| n.blocks.0 <= self.evidence.blocks.1 + 2);
        let around = [previous, next].into_iter().flatten();
        if around.clone().any(|e| e.spoken_about.contains(&person))
            && !around.clone().any(|e| e.spoken_to.contains(&person))
        {
            hints.push((w.discussed, None));
        }
        hints
    }

    /// Whether the words say *sir* and nobody else who talks here could be meant.
    fn hails(&self, path: &Path, person: PersonId) -> bool {
        let hailed = self.evidence.hailed;
        let is_meant = |p: PersonId| self.cast.entries[p.index()].gender == hailed;
        let others = || path.turns.iter().rev().take(4).filter_map(|t| t.person).filter(|&p| p != person);
        hailed != Gender::Unknown && is_meant(person) && !others().any(is_meant)
    }

    fn own(&self, person: PersonId) -> Hints<2> {
        let mut hints = Hints::new();
        let entry = &self.cast.entries[person.index()];
        if self.narrator == Some(person) {
            hints.push((self.weights.narrator, Some(Why::Narrator)));
        }
        #[expect(clippy::cast_precision_loss, reason = "at most some thousand mentions")]
        let mentions = entry.mentions.len() as f32;
        hints.push((self.weights.fame * mentions.ln_1p(), None));
        hints
    }
}
