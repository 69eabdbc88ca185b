//! Adds up the hints for one candidate.

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
}

impl Scale<'_, '_> {
    /// What speaks for and against somebody in one reading; nothing when a phrase excludes him or her.
    pub fn weigh(&self, path: &Path, person: PersonId) -> Option<Weighed> {
        let mut sum = Sum { score: 0.0, best: 0.0, why: Why::Nearest };
        self.source(path, person, &mut sum)?;
        self.presence(path, person, &mut sum);
        self.paragraph(person, &mut sum);
        self.turns(path, person, &mut sum);
        self.words(person, &mut sum);
        if let Some((habits, own)) = self.habits {
            let fit = |form| habits.fit(form, person, own);
            sum.add(self.weights.habit * self.evidence.forms.iter().map(|&f| fit(f)).sum::<f32>());
        }
        if self.hails(path, person) {
            sum.add(self.weights.hails);
        }
        self.standing(person, &mut sum);
        Some(Weighed { person, score: sum.score, why: sum.why })
    }

    /// How well the turns before lead to somebody whom the words themselves name.
    pub fn fit_of_turn(&self, path: &Path, person: PersonId) -> f32 {
        let mut sum = Sum { score: 0.0, best: 0.0, why: Why::Said };
        self.turns(path, person, &mut sum);
        self.words(person, &mut sum);
        sum.score
    }

    fn source(&self, path: &Path, person: PersonId, sum: &mut Sum) -> Option<()> {
        let Some(source) = self.evidence.source else { return Some(()) };
        match (source.fit(self.cast, person), source) {
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

    fn paragraph(&self, person: PersonId, sum: &mut Sum) {
        let w = self.weights;
        let mut others = 0;
        for (stands, same, agrees) in
            [(self.evidence.before, w.before, w.before_agrees), (self.evidence.after, w.after, w.after_agrees)]
        {
            match stands.map(|s| s.fit(self.cast, person)) {
                Some(Fit::Same) => sum.hint(same, Why::Acts),
                Some(Fit::Agrees | Fit::Perhaps) => sum.hint(agrees, Why::Acts),
                Some(Fit::Differs) => others += 1,
                None => {}
            }
        }
        if others > 0 {
            sum.add(w.other_acts);
        }
        if let Some(lead) = self.evidence.lead {
            match lead.first.fit(self.cast, person) {
                Fit::Same => sum.hint(if lead.colon { w.lead } else { w.lead_plain }, Why::LedIn),
                Fit::Agrees | Fit::Perhaps => sum.hint(w.lead_agrees, Why::LedIn),
                Fit::Differs => {}
            }
            match lead.last.map(|s| s.fit(self.cast, person)) {
                Some(Fit::Same) => sum.hint(w.lead_last, Why::LedIn),
                Some(Fit::Agrees | Fit::Perhaps) => sum.hint(w.lead_last_agrees, Why::LedIn),
                Some(Fit::Differs) | None => {}
            }
        }
    }

    fn turns(&self, path: &Path, person: PersonId, sum: &mut Sum) {
        let w = self.weights;
        let Some(last) = path.turns.last() else { return };
        let gap = self.evidence.blocks.0.saturating_sub(last.block);
        if gap > PAUSE * 3 {
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

    fn words(&self, person: PersonId, sum: &mut Sum) {
        let w = self.weights;
        let previous = self
            .previous
            .filter(|p| p.blocks.1 + PAUSE > self.evidence.blocks.0 && p.blocks.1 != self.evidence.blocks.0);
        if previous.is_some_and(|p| p.spoken_to.contains(&person)) {
            sum.hint(w.addressed, Why::Addressed);
        }
        let gender = self.cast.entries[person.index()].gender;
        if gender != Gender::Unknown && previous.is_some_and(|p| p.hailed == gender) {
            sum.add(w.hailed);
        }
        let called_back =
            self.next.is_some_and(|n| n.blocks.0 <= self.evidence.blocks.1 + 2 && n.spoken_to.contains(&person));
        if called_back {
            sum.hint(w.called_back, Why::CalledBack);
        }
        if self.evidence.introduced == Some(person) {
            sum.hint(w.introduced, Why::Said);
        }
        if self.evidence.spoken_to.contains(&person) {
            sum.add(w.spoken_to);
        }
        if self.evidence.spoken_about.contains(&person) {
            sum.add(w.spoken_about);
        }
        let next = self.next.filter(|n| n.blocks.0 <= self.evidence.blocks.1 + 2);
        let around = [previous, next].into_iter().flatten();
        if around.clone().any(|e| e.spoken_about.contains(&person))
            && !around.clone().any(|e| e.spoken_to.contains(&person))
        {
            sum.add(w.discussed);
        }
    }

    /// Whether the words say *sir* and nobody else who talks here could be meant.
    fn hails(&self, path: &Path, person: PersonId) -> bool {
        let hailed = self.evidence.hailed;
        let is_meant = |p: PersonId| self.cast.entries[p.index()].gender == hailed;
        let others = || path.turns.iter().rev().take(4).filter_map(|t| t.person).filter(|&p| p != person);
        hailed != Gender::Unknown && is_meant(person) && !others().any(is_meant)
    }

    fn standing(&self, person: PersonId, sum: &mut Sum) {
        let entry = &self.cast.entries[person.index()];
        if self.narrator == Some(person) {
            sum.hint(self.weights.narrator, Why::Narrator);
        }
        if !entry.is_named() && self.narrator != Some(person) {
            sum.add(self.weights.unnamed);
        }
        #[expect(clippy::cast_precision_loss, reason = "at most some thousand mentions")]
        let mentions = entry.mentions.len() as f32;
        sum.add(self.weights.fame * mentions.ln_1p());
    }
}
