//! The averaged perceptron with a margin: goes through the sentences several times, corrects the weights whenever the
//! true tag does not lead clearly, and takes the mean of the weights over all steps (Collins 2002; Freund and Schapire
//! 1999). Integers only and a fixed order of sentences, so that the same data give the same weights everywhere.

use std::collections::HashMap;

use sayso::tag::Tag;
use sayso::tag::context::{EDGE_TAG, Facts, is_titled, own_place};
use sayso::tag::features::{
    PLACE_COUNT, Place, edge_features, form_features, looks_key, one_tag_key, tag_keys, two_tags_key, word_keys,
};
use sayso::tag::normal::Normal;
use sayso::tag::tags::TAG_COUNT;

use crate::corpus::Sentence;
use crate::keys::KeyMap;
use crate::settings::Settings;

/// What the learner knows of one distinct form.
struct Form {
    /// Feature keys, then (after [`Learner::number_features`]) row numbers, for each place.
    places: [Vec<u32>; PLACE_COUNT],
    facts: Facts,
    capital: bool,
    fixed: Option<Tag>,
}

/// A sentence as form numbers and true tags.
struct Example {
    forms: Vec<u32>,
    tags: Vec<Tag>,
    titled: bool,
}

/// Weights of one feature: as they are, and what must be taken off to get the mean.
#[derive(Clone)]
struct Row {
    now: [i32; TAG_COUNT],
    late: [i64; TAG_COUNT],
}

/// The perceptron in the making.
pub struct Learner {
    settings: Settings,
    forms: Vec<Form>,
    examples: Vec<Example>,
    /// Row numbers by feature key.
    numbers: KeyMap<u32>,
    keys: Vec<u32>,
    rows: Vec<Row>,
    step: i64,
    /// Decides which features are hidden.
    noise: u64,
}

/// The last form in the list is the edge of the sentence.
type FormNumbers = HashMap<String, u32>;

impl Learner {
    /// Takes in the sentences to learn from, the forms that have one tag only and the name lists.
    pub fn new(sentences: &[Sentence], fixed: &[(String, Tag)], names: &[(&str, u8)], settings: Settings) -> Self {
        let fixed: HashMap<&str, Tag> = fixed.iter().map(|(form, tag)| (form.as_str(), *tag)).collect();
        let names: HashMap<&str, u8> = names.iter().copied().collect();
        let mut learner = Self {
            settings,
            forms: vec![edge_form()],
            examples: Vec::new(),
            numbers: KeyMap::default(),
            keys: Vec::new(),
            rows: Vec::new(),
            step: 1,
            noise: 7,
        };
        let mut numbers = FormNumbers::new();
        for sentence in sentences {
            learner.take_in(sentence, &mut numbers, &fixed, &names);
        }
        learner
    }

    fn take_in(
        &mut self,
        sentence: &Sentence,
        numbers: &mut FormNumbers,
        fixed: &HashMap<&str, Tag>,
        names: &HashMap<&str, u8>,
    ) {
        let mut forms = Vec::with_capacity(sentence.tokens.len());
        for token in &sentence.tokens {
            let next = u32::try_from(self.forms.len()).unwrap_or(0);
            let number = *numbers.entry(token.form.clone()).or_insert(next);
            if number == next {
                self.forms.push(form(&token.form, fixed, names));
            }
            forms.push(number);
        }
        let titled = is_titled(forms.iter().filter_map(|form| self.forms.get(*form as usize)).map(|form| form.facts));
        let tags = sentence.tokens.iter().map(|token| token.tag).collect();
        self.examples.push(Example { forms, tags, titled });
    }

    /// Gives a row to every feature that is met often enough (`keep` may turn more down).
    pub fn number_features(&mut self, keep: &dyn Fn(u32) -> bool) {
        let (order, counts) = self.count_features();
        self.numbers.clear();
        self.keys.clear();
        for key in order {
            let wanted = counts.get(&key).is_some_and(|(count, least)| count >= least);
            if wanted && keep(key) {
                let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
                self.numbers.insert(key, number);
                self.keys.push(key);
            }
        }
        self.rows = vec![Row { now: [0; TAG_COUNT], late: [0; TAG_COUNT] }; self.keys.len()];
        self.step = 1;
    }

    /// All feature keys in the order met, and for each how often it is met with how often it must be.
    fn count_features(&self) -> (Vec<u32>, KeyMap<(u32, u32)>) {
        let mut order = Vec::new();
        let mut counts: KeyMap<(u32, u32)> = KeyMap::default();
        let settings = &self.settings;
        for example in &self.examples {
            let (mut second, mut first) = (EDGE_TAG, EDGE_TAG);
            for place in 0..example.forms.len() {
                self.each_key(example, place, second, first, &mut |key, sort| {
                    let entry = counts.entry(key).or_insert_with(|| {
                        order.push(key);
                        (0, settings.least_count(sort))
                    });
                    entry.0 += 1;
                });
                second = first;
                first = example.tags.get(place).map_or(EDGE_TAG, |tag| *tag as u8);
            }
        }
        (order, counts)
    }

    /// The form `offset` tokens after `place` (or before, if negative).
    fn form_at(&self, example: &Example, place: usize, offset: isize) -> Option<&Form> {
        let number = place.checked_add_signed(offset).and_then(|place| example.forms.get(place)).copied().unwrap_or(0);
        self.forms.get(number as usize)
    }

    /// Calls `found` with every feature key of a token and the sort of the feature.
    fn each_key(&self, example: &Example, place: usize, second: u8, first: u8, found: &mut dyn FnMut(u32, Sort)) {
        let at = |offset| self.form_at(example, place, offset);
        let (Some(b2), Some(b1), Some(own), Some(a1), Some(a2)) = (at(-2), at(-1), at(0), at(1), at(2)) else {
            return;
        };
        if own.fixed.is_some() {
            return;
        }
        let own_at = if own.capital { own_place(b2.facts, b1.facts, example.titled) } else { Place::Own };
        let sums = [
            (own, own_at, Sort::Own),
            (b1, Place::Before, Sort::Near),
            (a1, Place::After, Sort::Near),
            (b2, Place::SecondBefore, Sort::Far),
            (a2, Place::SecondAfter, Sort::Far),
        ];
        for (form, place, sort) in sums {
            for key in form.places.get(place as usize).into_iter().flatten() {
                found(*key, sort);
            }
        }
        found(one_tag_key(first), Sort::Own);
        found(two_tags_key(second, first), Sort::Own);
        found(looks_key(b1.facts.look as usize, own.facts.look as usize, a1.facts.look as usize), Sort::Own);
        let of_words = word_keys(&b1.facts, &own.facts, &a1.facts);
        for key in tag_keys(first, &own.facts, &a1.facts).into_iter().chain(of_words) {
            found(key, Sort::Pair);
        }
    }

    /// Goes through all sentences `rounds` times.
    pub fn learn(&mut self, rounds: u32) {
        let mut order: Vec<usize> = (0..self.examples.len()).collect();
        let mut state = 1_u64;
        for round in 0..rounds {
            shuffle(&mut order, &mut state);
            let (mut wrong, mut total) = (0_u32, 0_u32);
            for example in &order {
                let (w, t) = self.learn_example(*example);
                wrong += w;
                total += t;
            }
            eprintln!("round {round}: {wrong} of {total} wrong");
        }
    }

    fn learn_example(&mut self, index: usize) -> (u32, u32) {
        let (mut second, mut first) = (EDGE_TAG, EDGE_TAG);
        let length = self.examples.get(index).map_or(0, |example| example.forms.len());
        let mut wrong = 0;
        let mut found = Vec::new();
        for place in 0..length {
            let Some(example) = self.examples.get(index) else { break };
            let Some(&truth) = example.tags.get(place) else { break };
            let fixed = self.form_at(example, place, 0).and_then(|form| form.fixed);
            let guess = if let Some(tag) = fixed {
                tag
            } else {
                found.clear();
                let mut noise = self.noise;
                self.each_key(example, place, second, first, &mut |key, _| {
                    noise = next(noise);
                    if (noise >> 33) % 100 >= self.settings.hidden {
                        found.extend(self.numbers.get(&key));
                    }
                });
                self.noise = noise;
                self.correct(&found, truth)
            };
            wrong += u32::from(guess != truth);
            second = first;
            first = guess as u8;
        }
        (wrong, u32::try_from(length).unwrap_or(0))
    }

    /// Scores a token, corrects the weights if need be, and gives the tag guessed before the correction.
    fn correct(&mut self, features: &[u32], truth: Tag) -> Tag {
        let mut scores = [0_i32; TAG_COUNT];
        for row in features.iter().filter_map(|feature| self.rows.get(*feature as usize)) {
            for (score, weight) in scores.iter_mut().zip(&row.now) {
                *score += weight;
            }
        }
        let truth_at = truth as usize;
        let (rival, rival_score) = best_except(&scores, truth_at);
        let lead = scores.get(truth_at).copied().unwrap_or(0) - rival_score;
        self.step += 1;
        if lead <= self.settings.margin {
            for feature in features {
                if let Some(row) = self.rows.get_mut(*feature as usize) {
                    row.change(truth_at, 1, self.step);
                    row.change(rival, -1, self.step);
                }
            }
        }
        let leads = lead > 0 || (lead == 0 && truth_at < rival);
        if leads { truth } else { Tag::from_number(u8::try_from(rival).unwrap_or(0)).unwrap_or(truth) }
    }

    /// The mean weights, times the number of steps: for each feature its key and one number for each tag.
    pub fn means(&self) -> Vec<(u32, [i64; TAG_COUNT])> {
        let rows = self.keys.iter().zip(&self.rows);
        rows.map(|(key, row)| (*key, row.mean(self.step))).collect()
    }
}

impl Row {
    fn change(&mut self, tag: usize, by: i32, step: i64) {
        if let (Some(now), Some(late)) = (self.now.get_mut(tag), self.late.get_mut(tag)) {
            *now += by;
            *late += i64::from(by) * step;
        }
    }

    fn mean(&self, steps: i64) -> [i64; TAG_COUNT] {
        let mut mean = [0; TAG_COUNT];
        for ((mean, now), late) in mean.iter_mut().zip(self.now).zip(self.late) {
            *mean = i64::from(now) * steps - late;
        }
        mean
    }
}

/// Sorts of features, which must be met differently often to be kept.
#[derive(Clone, Copy)]
pub enum Sort {
    /// Of the token itself, of tags and of looks.
    Own,
    /// Of its neighbours.
    Near,
    /// Of the tokens beyond.
    Far,
    /// Of two things together.
    Pair,
}

fn form(text: &str, fixed: &HashMap<&str, Tag>, names: &HashMap<&str, u8>) -> Form {
    let normal = Normal::new(text);
    let capital = normal.is_capital();
    let bits = if capital { names.get(normal.lower.as_str()).copied().unwrap_or(0) } else { 0 };
    let mut places: [Vec<u32>; PLACE_COUNT] = Default::default();
    form_features(&normal, bits, &mut |place, key| push(&mut places, place, key));
    Form { places, facts: Facts::new(&normal), capital, fixed: fixed.get(normal.exact.as_str()).copied() }
}

fn edge_form() -> Form {
    let mut places: [Vec<u32>; PLACE_COUNT] = Default::default();
    edge_features(&mut |place, key| push(&mut places, place, key));
    Form { places, facts: Facts::edge(), capital: false, fixed: None }
}

fn push(places: &mut [Vec<u32>; PLACE_COUNT], place: Place, key: u32) {
    if let Some(keys) = places.get_mut(place as usize) {
        keys.push(key);
    }
}

/// The highest score and its place, one place left out; of equal ones the first.
fn best_except(scores: &[i32; TAG_COUNT], except: usize) -> (usize, i32) {
    let mut best = (0, i32::MIN);
    for (place, score) in scores.iter().enumerate() {
        if place != except && *score > best.1 {
            best = (place, *score);
        }
    }
    best
}

/// The next state of a congruential generator with Knuth's constants; its upper bits are the good ones.
fn next(state: u64) -> u64 {
    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
}

/// Fisher–Yates with the fixed generator.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for place in (1..order.len()).rev() {
        *state = next(*state);
        let other = usize::try_from(*state >> 33).unwrap_or(0) % (place + 1);
        order.swap(place, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Token;

    fn sentence(words: &[(&str, Tag)]) -> Sentence {
        let token = |(form, tag): &(&str, Tag)| Token { form: (*form).to_owned(), tag: *tag, universal: String::new() };
        Sentence { tokens: words.iter().map(token).collect(), document: 1 }
    }

    #[test]
    fn learns_and_repeats_itself() {
        let sentences = [
            sentence(&[("the", Tag::Determiner), ("dog", Tag::Noun), ("barks", Tag::VerbThird)]),
            sentence(&[("the", Tag::Determiner), ("barks", Tag::NounPlural), ("annoy", Tag::VerbPresent)]),
        ];
        let learn = || {
            let settings = Settings { near: 1, far: 1, pair: 1, ..Settings::default() };
            let mut learner = Learner::new(&sentences, &[], &[], settings);
            learner.number_features(&|_| true);
            learner.learn(10);
            let right = learner.learn_example(1);
            (right, learner.means())
        };
        let ((wrong, total), means) = learn();
        assert_eq!((wrong, total), (0, 3));
        assert_eq!(learn().1, means);
    }
}
