//! Learns the weights of the second pass, which corrects the first with the tags after a token. So that it sees the
//! first pass err as it will err on new text, the documents are split in parts, and each part is tagged by a tagger
//! that learned from the others.

use sayso::tag::context::Facts;
use sayso::tag::features::after_keys;
use sayso::tag::normal::Normal;
use sayso::tag::tagger::{in_doubt, tags_around};
use sayso::tag::tags::TAG_COUNT;
use sayso::tag::{Sums, Tag, Tagger};

use crate::corpus::Sentence;
use crate::evaluate::Interned;
use crate::keys::KeyMap;
use crate::settings::Settings;

/// By how much a correction moves a weight; small against the leads of the first pass, large against rounding.
const STRIDE: i64 = 4;

/// One sentence as the first pass left it.
struct Case {
    facts: Vec<Facts>,
    sums: Vec<Sums>,
    guessed: Vec<Tag>,
    truth: Vec<Tag>,
}

/// Weights of a feature: as they are, and what must be taken off to get the mean.
#[derive(Clone, Default)]
struct Row {
    count: u32,
    now: Vec<i64>,
    late: Vec<i64>,
}

/// The second pass in the making.
#[derive(Default)]
pub struct SecondLearner {
    cases: Vec<Case>,
    rows: KeyMap<Row>,
    keys: Vec<u32>,
    step: i64,
}

impl SecondLearner {
    /// Takes in sentences that `tagger` has not learned from.
    pub fn take_in(&mut self, tagger: &Tagger, sentences: &[Sentence]) {
        let mut interned = Interned::default();
        for sentence in sentences {
            let numbers = interned.sentence(tagger, sentence);
            let (mut guessed, mut sums) = (Vec::new(), Vec::new());
            tagger.first_pass(&interned.rows, &numbers, &mut guessed, &mut sums);
            let facts = sentence.tokens.iter().map(|token| Facts::new(&Normal::new(&token.form))).collect();
            let truth = sentence.tokens.iter().map(|token| token.tag).collect();
            self.cases.push(Case { facts, sums, guessed, truth });
        }
    }

    /// Learns and gives the weights, already in the steps of the first pass, for features met often enough.
    pub fn learn(&mut self, settings: &Settings) -> Vec<(u32, [i64; TAG_COUNT])> {
        let cases = std::mem::take(&mut self.cases);
        self.step = 1;
        for round in 0..settings.after_rounds {
            let wrong: usize = cases.iter().map(|case| self.learn_case(case, round == 0, settings)).sum();
            eprintln!("second pass, round {round}: {wrong} wrong");
        }
        self.means()
    }

    fn learn_case(&mut self, case: &Case, counting: bool, settings: &Settings) -> usize {
        let mut tags = case.guessed.clone();
        let mut wrong = 0;
        for (place, truth) in case.truth.iter().enumerate() {
            let (Some(&guess), Some(sums), Some(facts)) =
                (tags.get(place), case.sums.get(place), case.facts.get(place))
            else {
                break;
            };
            // The sums of a form with one tag only are all nought.
            let decided = sums.get(..TAG_COUNT).is_none_or(|sums| sums.iter().all(|sum| *sum == 0));
            if !decided && in_doubt(sums, guess) {
                let [before, after, second_after] = tags_around(&tags, place);
                let keys = after_keys(before, after, second_after, facts);
                let better = self.correct(&keys, sums, *truth, counting, settings);
                if let Some(tag) = tags.get_mut(place) {
                    *tag = better;
                }
            }
            wrong += usize::from(tags.get(place) != Some(truth));
        }
        wrong
    }

    fn correct(&mut self, keys: &[u32], sums: &Sums, truth: Tag, counting: bool, settings: &Settings) -> Tag {
        let mut scores = [0_i64; TAG_COUNT];
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score = i64::from(*sum);
        }
        if counting {
            self.count(keys);
        }
        for row in keys.iter().filter_map(|key| self.rows.get(key)) {
            for (score, weight) in scores.iter_mut().zip(&row.now) {
                *score += weight;
            }
        }
        let truth_at = truth as usize;
        let own = scores.get(truth_at).copied().unwrap_or(0);
        let rivals = scores.iter().enumerate().filter(|(place, _)| *place != truth_at);
        let (rival, best) = rivals.max_by_key(|(place, score)| (**score, TAG_COUNT - place)).unwrap_or((0, &0));
        let (best, lead) = (*best, own - *best);
        self.step += 1;
        if lead <= settings.after_margin {
            self.change(keys, truth_at, rival, settings.after_least);
        }
        if own > best || (own == best && truth_at < rival) {
            truth
        } else {
            Tag::from_number(u8::try_from(rival).unwrap_or(0)).unwrap_or(truth)
        }
    }

    fn count(&mut self, keys: &[u32]) {
        for key in keys {
            let row = self.rows.entry(*key).or_insert_with(|| {
                self.keys.push(*key);
                Row { count: 0, now: vec![0; TAG_COUNT], late: vec![0; TAG_COUNT] }
            });
            row.count += 1;
        }
    }

    fn change(&mut self, keys: &[u32], truth: usize, rival: usize, least: u32) {
        for key in keys {
            let Some(row) = self.rows.get_mut(key).filter(|row| row.count >= least) else { continue };
            for (tag, by) in [(truth, STRIDE), (rival, -STRIDE)] {
                if let (Some(now), Some(late)) = (row.now.get_mut(tag), row.late.get_mut(tag)) {
                    *now += by;
                    *late += by * self.step;
                }
            }
        }
    }

    fn means(&self) -> Vec<(u32, [i64; TAG_COUNT])> {
        let mut means = Vec::new();
        for key in &self.keys {
            let Some(row) = self.rows.get(key) else { continue };
            let mut mean = [0; TAG_COUNT];
            for ((mean, now), late) in mean.iter_mut().zip(&row.now).zip(&row.late) {
                *mean = (now * self.step - late) / self.step;
            }
            means.push((*key, mean));
        }
        means
    }
}
