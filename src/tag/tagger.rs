//! The tagger itself: sums of weights for each distinct form, and the walk through a sentence.

use std::borrow::Cow;

use super::context::{EDGE_TAG, Facts, is_titled, own_place};
use super::features::{
    self, PLACE_COUNT, Place, edge_features, fixed_key, form_features, looks_key, names_key, one_tag_key, two_tags_key,
};
use super::normal::{LOOK_COUNT, Look, Normal};
use super::tags::{TAG_COUNT, Tag};
use super::weights::{TaggerError, Weights};

/// Numbers in a row: the tags, rounded up so that rows add in whole vector registers.
const ROW_LENGTH: usize = 48;

/// A token is looked at again when the best tag leads by less than this.
const DOUBT: i16 = 120;

/// One weight or sum for each tag.
type Row = [i16; ROW_LENGTH];

/// The sums by which a tag is chosen, by tag number; places beyond the tags hold the least value.
pub type Sums = Row;

const EMPTY_ROW: Row = [0; ROW_LENGTH];

/// Begins every sum: nothing for the tags, and for the places beyond them a value that never wins.
const FIRST_ROW: Row = {
    let mut row = EMPTY_ROW;
    let mut place = TAG_COUNT;
    while place < ROW_LENGTH {
        row[place] = i16::MIN;
        place += 1;
    }
    row
};

static EMBEDDED: &[u8] = include_bytes!("../../assets/tagger/en.bin");

/// The sums of weights of one distinct word form, for each place in which it can stand about a token.
#[derive(Clone, Debug)]
pub struct FormRows {
    rows: [Row; PLACE_COUNT],
    facts: Facts,
    /// The tag of a form that has only this one.
    fixed: Option<Tag>,
}

impl FormRows {
    fn row(&self, place: Place) -> &Row {
        self.rows.get(place as usize).unwrap_or(&EMPTY_ROW)
    }
}

/// The tagger: its weights, and full rows for what depends on tags and looks only.
#[derive(Debug)]
pub struct Tagger {
    weights: Weights,
    /// For the tags of the two tokens before, `second * ROW_LENGTH + first`.
    history: Vec<Row>,
    /// For the looks of a token and of both neighbours.
    looks: Vec<Row>,
    edge: FormRows,
}

impl Tagger {
    /// The tagger with the weights that come with the program. Should these be damaged, every word is a noun.
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_weights(Weights::read(Cow::Borrowed(EMBEDDED)).unwrap_or_else(|_| Weights::empty()))
    }

    /// A tagger from the bytes of a weight file.
    ///
    /// # Errors
    /// When the bytes are no whole, undamaged weight file of this version.
    pub fn read(file: &[u8]) -> Result<Self, TaggerError> {
        Weights::read(Cow::Owned(file.to_vec())).map(Self::from_weights)
    }

    fn from_weights(weights: Weights) -> Self {
        let history = history_rows(&weights);
        let looks = looks_rows(&weights);
        let mut rows = [EMPTY_ROW; PLACE_COUNT];
        edge_features(&mut |place, key| add_to_place(&weights, &mut rows, place, key));
        let edge = FormRows { rows, facts: Facts::edge(), fixed: None };
        Self { weights, history, looks, edge }
    }

    /// The sums of one form, to be asked for once for each distinct form. Any text is allowed.
    #[must_use]
    pub fn rows(&self, form: &str) -> FormRows {
        let normal = Normal::new(form);
        let mut names = 0;
        if normal.is_capital() {
            self.weights.each(names_key(&normal.lower), |bits, _| names = bits);
        }
        let mut fixed = None;
        self.weights.each(fixed_key(&normal.exact), |tag, _| fixed = Tag::from_number(tag));
        let mut rows = [EMPTY_ROW; PLACE_COUNT];
        form_features(&normal, names, &mut |place, key| add_to_place(&self.weights, &mut rows, place, key));
        if !normal.is_capital() {
            let [own, opening, titled, ..] = &mut rows;
            *opening = *own;
            *titled = *own;
        }
        FormRows { rows, facts: Facts::new(&normal), fixed }
    }

    /// Tags one sentence. `sentence` holds indices into `rows`, one for each token (an index out of range counts as
    /// an empty form); `out` is emptied and given one tag for each token. Time is linear in the sentence.
    pub fn tag(&self, rows: &[FormRows], sentence: &[u32], out: &mut Vec<Tag>) {
        let mut sums = Vec::with_capacity(sentence.len());
        self.first_pass(rows, sentence, out, &mut sums);
        self.second_pass(rows, sentence, out, &sums);
    }

    /// The first pass, from left to right with the tags before each token: fills `out` with the tags and `sums` with
    /// the sums they were chosen by. For training; [`Tagger::tag`] gives the final tags.
    pub fn first_pass(&self, rows: &[FormRows], sentence: &[u32], out: &mut Vec<Tag>, sums: &mut Vec<Sums>) {
        self.word_sums(rows, sentence, sums);
        out.clear();
        let [mut second_tag, mut tag_before] = [EDGE_TAG; 2];
        for (place, (index, sum)) in sentence.iter().zip(sums).enumerate() {
            let own = self.form_at(rows, Some(index));
            let tag = own.fixed.unwrap_or_else(|| {
                let after = self.form_at(rows, sentence.get(place + 1));
                let history = usize::from(second_tag) * ROW_LENGTH + usize::from(tag_before);
                add(sum, self.history.get(history).unwrap_or(&EMPTY_ROW));
                for key in features::tag_keys(tag_before, &own.facts, &after.facts) {
                    add_key(&self.weights, sum, key);
                }
                highest(sum)
            });
            out.push(tag);
            [second_tag, tag_before] = [tag_before, tag as u8];
        }
    }

    /// What the words alone say of each token; what the tags before it say is added to that. No token waits for another
    /// here, so that the processor can fetch the weights of several at once.
    fn word_sums(&self, rows: &[FormRows], sentence: &[u32], sums: &mut Vec<Sums>) {
        let at = |index: Option<&u32>| self.form_at(rows, index);
        let mut window = Window {
            second_before: &self.edge,
            before: &self.edge,
            own: at(sentence.first()),
            after: at(sentence.get(1)),
            second_after: &self.edge,
            titled: is_titled(sentence.iter().map(|index| at(Some(index)).facts)),
        };
        sums.clear();
        for place in 0..sentence.len() {
            window.second_after = at(sentence.get(place + 2));
            sums.push(if window.own.fixed.is_some() { FIRST_ROW } else { self.word_sum(&window) });
            window.shift();
        }
    }

    /// The second pass: where the first was in doubt, the tags after the token have their say too.
    fn second_pass(&self, rows: &[FormRows], sentence: &[u32], out: &mut [Tag], sums: &[Sums]) {
        for (place, (index, sum)) in sentence.iter().zip(sums).enumerate() {
            let own = self.form_at(rows, Some(index));
            let Some(&tag) = out.get(place) else { return };
            if own.fixed.is_some() || !in_doubt(sum, tag) {
                continue;
            }
            let mut sum = *sum;
            let [before, after, second_after] = tags_around(out, place);
            for key in features::after_keys(before, after, second_after, &own.facts) {
                add_key(&self.weights, &mut sum, key);
            }
            if let Some(tag) = out.get_mut(place) {
                *tag = highest(&sum);
            }
        }
    }

    fn form_at<'a>(&'a self, rows: &'a [FormRows], index: Option<&u32>) -> &'a FormRows {
        index.and_then(|index| rows.get(*index as usize)).unwrap_or(&self.edge)
    }

    fn word_sum(&self, window: &Window<'_>) -> Sums {
        let Window { second_before, before, own, after, second_after, titled } = *window;
        let looks = looks_index(before.facts.look, own.facts.look, after.facts.look);
        let mut sum = sum_of([
            own.row(own_place(second_before.facts, before.facts, titled)),
            before.row(Place::Before),
            after.row(Place::After),
            second_before.row(Place::SecondBefore),
            second_after.row(Place::SecondAfter),
            self.looks.get(looks).unwrap_or(&EMPTY_ROW),
        ]);
        for key in features::word_keys(&before.facts, &own.facts, &after.facts) {
            add_key(&self.weights, &mut sum, key);
        }
        sum
    }
}

/// The numbers of the tag before a place and of the two tags after it.
#[must_use]
pub fn tags_around(tags: &[Tag], place: usize) -> [u8; 3] {
    let at = |place: Option<usize>| place.and_then(|place| tags.get(place)).map_or(EDGE_TAG, |tag| *tag as u8);
    [at(place.checked_sub(1)), at(Some(place + 1)), at(Some(place + 2))]
}

/// Whether another tag comes near the chosen one.
#[must_use]
pub fn in_doubt(sums: &Sums, tag: Tag) -> bool {
    let chosen = sums.get(tag as usize).copied().unwrap_or(0);
    let near = chosen.saturating_sub(DOUBT);
    sums.iter().filter(|sum| **sum > near).count() > 1
}

/// The words about the token to be tagged.
struct Window<'a> {
    second_before: &'a FormRows,
    before: &'a FormRows,
    own: &'a FormRows,
    after: &'a FormRows,
    second_after: &'a FormRows,
    titled: bool,
}

impl Window<'_> {
    /// Moves on by one token.
    fn shift(&mut self) {
        self.second_before = self.before;
        self.before = self.own;
        self.own = self.after;
        self.after = self.second_after;
    }
}

fn looks_index(before: Look, own: Look, after: Look) -> usize {
    (before as usize * LOOK_COUNT + own as usize) * LOOK_COUNT + after as usize
}

/// The sum of all rows, tag by tag, so that it needs no place in memory until it is done.
#[inline]
fn sum_of<const COUNT: usize>(rows: [&Row; COUNT]) -> Row {
    let mut sum = FIRST_ROW;
    for (place, total) in sum.iter_mut().enumerate() {
        for row in rows {
            *total = total.saturating_add(row[place]);
        }
    }
    sum
}

#[inline]
fn add(sum: &mut Row, row: &Row) {
    for (total, weight) in sum.iter_mut().zip(row) {
        *total = total.saturating_add(*weight);
    }
}

/// Weights of eight bits are too few and too small in a sum to need an end stop.
#[inline]
fn add_key(weights: &Weights, row: &mut Row, key: u32) {
    weights.each(key, |tag, weight| {
        if let Some(total) = row.get_mut(usize::from(tag)) {
            *total = total.wrapping_add(i16::from(weight));
        }
    });
}

fn add_to_place(weights: &Weights, rows: &mut [Row; PLACE_COUNT], place: Place, key: u32) {
    if let Some(row) = rows.get_mut(place as usize) {
        add_key(weights, row, key);
    }
}

/// The tag with the highest sum; of equal ones, the first.
fn highest(scores: &Row) -> Tag {
    let best = scores.iter().copied().fold(i16::MIN, i16::max);
    let place = scores.iter().position(|score| *score == best).unwrap_or(0);
    super::tags::ALL_TAGS.get(place).copied().unwrap_or(Tag::Noun)
}

/// The rows for each two tags before a token, each with the row of the nearer tag added in.
fn history_rows(weights: &Weights) -> Vec<Row> {
    let mut rows = vec![EMPTY_ROW; ROW_LENGTH * ROW_LENGTH];
    for (tag, near) in (0_u8..).zip(0..ROW_LENGTH) {
        let mut one = EMPTY_ROW;
        add_key(weights, &mut one, one_tag_key(tag));
        for (second_tag, second) in (0_u8..).zip(0..ROW_LENGTH) {
            if let Some(row) = rows.get_mut(second * ROW_LENGTH + near) {
                *row = one;
                add_key(weights, row, two_tags_key(second_tag, tag));
            }
        }
    }
    rows
}

/// The rows for each three looks.
fn looks_rows(weights: &Weights) -> Vec<Row> {
    let mut rows = vec![EMPTY_ROW; LOOK_COUNT * LOOK_COUNT * LOOK_COUNT];
    for (index, row) in rows.iter_mut().enumerate() {
        let (before, rest) = (index / (LOOK_COUNT * LOOK_COUNT), index % (LOOK_COUNT * LOOK_COUNT));
        add_key(weights, row, looks_key(before, rest / LOOK_COUNT, rest % LOOK_COUNT));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags of a line of tokens with spaces between.
    fn tags(tagger: &Tagger, line: &str) -> Vec<&'static str> {
        let rows: Vec<FormRows> = line.split(' ').map(|form| tagger.rows(form)).collect();
        let sentence: Vec<u32> = (0..).take(rows.len()).collect();
        let mut out = Vec::new();
        tagger.tag(&rows, &sentence, &mut out);
        out.into_iter().map(Tag::as_str).collect()
    }

    #[test]
    fn news() {
        let tagger = Tagger::embedded();
        assert_eq!(
            tags(&tagger, "“ We do n’t know , ” said Maria Kowalski , who runs the well-known museum in Leeds ."),
            [
                "``", "PRP", "VBP", "RB", "VB", ",", "''", "VBD", "NNP", "NNP", ",", "WP", "VBZ", "DT", "JJ", "NN",
                "IN", "NNP", "."
            ]
        );
    }

    #[test]
    fn fiction() {
        let tagger = Tagger::embedded();
        assert_eq!(
            tags(&tagger, "She had walked slowly to the door , and he followed her ."),
            ["PRP", "VBD", "VBN", "RB", "IN", "DT", "NN", ",", "CC", "PRP", "VBD", "PRP", "."]
        );
    }

    #[test]
    fn odd_input() {
        let tagger = Tagger::embedded();
        let long = "x".repeat(1_000_000);
        for form in ["", "😀", "\u{301}", "'", "-", "’’", "İ", "…", long.as_str()] {
            assert_eq!(tags(&tagger, form).len(), form.split(' ').count());
        }
        let mut out = vec![Tag::Noun];
        tagger.tag(&[], &[], &mut out);
        assert!(out.is_empty());
        tagger.tag(&[], &[7, u32::MAX], &mut out);
        assert_eq!(out.len(), 2);
    }

    #[test]
    fn same_twice() {
        let tagger = Tagger::embedded();
        let line = "Time flies like an arrow , but fruit flies like a banana .";
        assert_eq!(tags(&tagger, line), tags(&tagger, line));
    }

    #[test]
    fn damaged_files_are_errors() {
        assert!(Tagger::read(EMBEDDED).is_ok());
        assert_eq!(Tagger::read(b"").err(), Some(TaggerError::NotWeights));
        let mut file = EMBEDDED.to_vec();
        let middle = file.len() / 2;
        file[middle] ^= 0x40;
        assert_eq!(Tagger::read(&file).err(), Some(TaggerError::Damaged));
        file.truncate(middle);
        assert_eq!(Tagger::read(&file).err(), Some(TaggerError::WrongLength));
    }

    #[test]
    fn sums_cannot_overflow() {
        let row = sum_of([&[i16::MAX - 1; ROW_LENGTH], &[100; ROW_LENGTH]]);
        assert_eq!((row[0], row[ROW_LENGTH - 1]), (i16::MAX, 98));
    }
}
