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

/// One weight or sum for each tag.
type Row = [i16; ROW_LENGTH];

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
        out.clear();
        out.reserve(sentence.len());
        let at = |index: Option<&u32>| index.and_then(|index| rows.get(*index as usize)).unwrap_or(&self.edge);
        let titled = is_titled(sentence.iter().map(|index| at(Some(index)).facts));
        let mut window = Window {
            second_before: &self.edge,
            before: &self.edge,
            own: at(sentence.first()),
            after: at(sentence.get(1)),
            second_after: &self.edge,
            second_tag: EDGE_TAG,
            tag: EDGE_TAG,
            titled,
        };
        for place in 0..sentence.len() {
            window.second_after = at(sentence.get(place + 2));
            let tag = window.own.fixed.unwrap_or_else(|| self.best_tag(&window));
            out.push(tag);
            window.shift(tag);
        }
    }

    /// The tag with the highest sum; of equal ones, the first.
    fn best_tag(&self, window: &Window<'_>) -> Tag {
        let mut scores = FIRST_ROW;
        let place = own_place(window.second_before.facts, window.before.facts, window.titled);
        add(&mut scores, window.own.row(place));
        add(&mut scores, window.before.row(Place::Before));
        add(&mut scores, window.after.row(Place::After));
        add(&mut scores, window.second_before.row(Place::SecondBefore));
        add(&mut scores, window.second_after.row(Place::SecondAfter));
        let history = usize::from(window.second_tag) * ROW_LENGTH + usize::from(window.tag);
        add(&mut scores, self.history.get(history).unwrap_or(&EMPTY_ROW));
        let looks = looks_index(window.before.facts.look, window.own.facts.look, window.after.facts.look);
        add(&mut scores, self.looks.get(looks).unwrap_or(&EMPTY_ROW));
        for key in window.pair_keys() {
            add_key(&self.weights, &mut scores, key);
        }
        highest(&scores)
    }
}

/// What stands about the token to be tagged.
struct Window<'a> {
    second_before: &'a FormRows,
    before: &'a FormRows,
    own: &'a FormRows,
    after: &'a FormRows,
    second_after: &'a FormRows,
    second_tag: u8,
    tag: u8,
    titled: bool,
}

impl Window<'_> {
    /// Moves on by one token, the present one having got `tag`.
    fn shift(&mut self, tag: Tag) {
        self.second_before = self.before;
        self.before = self.own;
        self.own = self.after;
        self.after = self.second_after;
        self.second_tag = self.tag;
        self.tag = tag as u8;
    }

    /// Keys of the features that join two things.
    fn pair_keys(&self) -> [u32; features::PAIR_COUNT] {
        features::pair_keys(self.second_tag, self.tag, &self.before.facts, &self.own.facts, &self.after.facts)
    }
}

fn looks_index(before: Look, own: Look, after: Look) -> usize {
    (before as usize * LOOK_COUNT + own as usize) * LOOK_COUNT + after as usize
}

#[inline]
fn add(sum: &mut Row, row: &Row) {
    for (total, weight) in sum.iter_mut().zip(row) {
        *total = total.saturating_add(*weight);
    }
}

fn add_key(weights: &Weights, row: &mut Row, key: u32) {
    weights.each(key, |tag, weight| {
        if let Some(total) = row.get_mut(usize::from(tag)) {
            *total = total.saturating_add(i16::from(weight));
        }
    });
}

fn add_to_place(weights: &Weights, rows: &mut [Row; PLACE_COUNT], place: Place, key: u32) {
    if let Some(row) = rows.get_mut(place as usize) {
        add_key(weights, row, key);
    }
}

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
