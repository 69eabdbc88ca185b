//! What the claims pass knows of English: predicates that govern a clause, words that colour one, and kinds of words. The
//! tables are `assets/lang/en/claims/*.toml`; here every form a text may show is written out once, so that the pass asks
//! for each distinct form of a text and never compares strings while it reads.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Inflector;

/// What sort of statement a claim is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// Something that can be checked.
    Fact,
    /// A judgement.
    Opinion,
    /// Said of the future.
    Prediction,
    /// Wanted, hoped.
    Wish,
    /// Under a condition.
    Hypothetical,
    /// What must or always does happen.
    Rule,
}

/// What a cue does to a claim.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// *not*
    Negation,
    /// *might*, *probably*
    Epistemic,
    /// *believe*
    Doxastic,
    /// *if*
    Conditional,
    /// *reportedly*
    Hearsay,
    /// *some say*
    Weasel,
    /// *almost*
    Approximator,
    /// *must* as a duty
    Deontic,
    /// *can*
    Ability,
    /// *plan to*
    Intention,
    /// *certainly*
    Booster,
}

/// What the governed clause looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Slot {
    /// *said that it rained*, *said it rained*
    That,
    /// *managed to win*
    To,
    /// *forced him to pay*, *was forced to pay*
    ObjectTo,
    /// *stopped paying*
    Ing,
    /// *kept him from paying*, *accused of paying*
    From,
    /// *asked whether it rained*
    Wh,
    /// *made him pay*
    Bare,
    /// *rejected claims that …*
    Object,
    /// *it is not true that …*
    Truth,
    /// *too tired to eat*
    Too,
    /// *it is said that …*
    Said,
    /// *is required to*
    Duty,
    /// *would not say when it opens*
    Asked,
}

const SLOTS: usize = 13;

/// How a word is used, as far as its class depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
}

/// The number of a class of predicates; 0 is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClassId(u8);

impl ClassId {
    /// Whether it names a class.
    pub fn is_some(self) -> bool {
        self.0 != 0
    }
}

/// What a governing word says of its clause.
#[expect(clippy::struct_excessive_bools, reason = "the table has these as words of yes and no")]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// For maintainers.
    pub name: String,
    with: Vec<Slot>,
    /// The clause's value when the governor is affirmed.
    pub affirmed: f32,
    /// The clause's value when the governor is denied.
    pub denied: f32,
    /// In a reader's words.
    pub why: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    /// Whether the subject becomes the holder.
    #[serde(default)]
    pub holder: bool,
    /// Whether the claim is the clause rather than its governor.
    #[serde(default)]
    pub raises: bool,
    /// Whether the clause lies in the governor's future.
    #[serde(default)]
    pub later: bool,
    /// Whether it is taken back when the governor lies in the past: *was supposed to end*.
    #[serde(default)]
    pub lapses: bool,
    /// Whether nobody in particular stands behind it.
    #[serde(default)]
    pub unnamed: bool,
    /// Whether it is concluded from something.
    #[serde(default)]
    pub inferred: bool,
    /// The kind of statement it makes of its clause.
    pub kind: Option<ClaimKind>,
    /// What the word is a cue of.
    pub cue: Option<CueKind>,
    /// Sentences with one marked predicate and its values.
    pub examples: Vec<String>,
}

impl Class {
    /// Whether the clause stands whatever becomes of its governor.
    pub fn presupposes(&self) -> bool {
        (self.affirmed - self.denied).abs() < f32::EPSILON
    }
}

/// Where a modifier works.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Right before its verb or auxiliary.
    Verb,
    /// Anywhere in its clause.
    Clause,
    /// Before a number.
    Number,
    /// With a verb of saying: the text thinks otherwise.
    Said,
}

/// A word or phrase that colours its clause.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modifier {
    /// For maintainers.
    pub name: String,
    /// What it leaves of a plain statement.
    pub value: Option<f32>,
    /// What it is a cue of.
    pub cue: Option<CueKind>,
    /// Where it works.
    pub place: Place,
    /// Whether it makes its clause hearsay.
    #[serde(default)]
    pub unnamed: bool,
    words: Vec<String>,
    /// Sentences with one marked predicate and its values.
    pub examples: Vec<String>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $constant:ident $field:ident,)*) => {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Kinds { $($field: Vec<String>,)* }

        impl Kinds {
            fn lists(&self) -> [(Flags, &Vec<String>); KIND_COUNT] {
                [$((Flags::$constant, &self.$field),)*]
            }
        }

        kinds!(@count 0; $($(#[$doc])* $constant)*);
        const KIND_COUNT: usize = [$(Flags::$constant),*].len();
    };
    (@count $number:expr; $(#[$doc:meta])* $constant:ident $($rest:tt)*) => {
        impl Flags {
            $(#[$doc])*
            pub const $constant: Flags = Flags(1 << ($number));
        }
        kinds!(@count $number + 1; $($rest)*);
    };
    (@count $number:expr;) => {};
}

/// Kinds a word belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags(u32);

impl Flags {
    /// Whether it has any of these.
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

kinds! {
    /// *could see* means saw.
    PERCEIVE could_perceive,
    /// *can swim* is an ability.
    SKILL skills,
    /// How things are, not what happens.
    STATE states,
    /// In time, but seldom something that happens.
    HARDLY_EVENT hardly_events,
    /// A source without a name.
    UNNAMED unnamed_sources,
    /// A judging adjective.
    OPINION opinion,
    /// A judging noun.
    OPINION_NOUN opinion_nouns,
    /// A judging adverb.
    OPINION_ADVERB opinion_adverbs,
    /// Compares.
    COMPARISON comparison,
    /// Gives a cause.
    CAUSE cause,
    /// Gives an amount.
    AMOUNT amount,
    /// Points to the future.
    FUTURE future_time,
    /// Points to the past.
    PAST past_time,
    /// A day of the week.
    WEEKDAY weekdays,
    /// Again and again.
    HABIT habitual,
    /// Nothing in it is real.
    UNREAL unreal_frames,
    /// May stand in a timetable.
    SCHEDULED scheduled,
    /// A noun that tells of an event.
    EVENT_NOUN event_nouns,
    /// Something without which nothing goes ahead.
    GO_AHEAD go_ahead_nouns,
    /// To come about.
    COMING_ABOUT coming_about,
    /// Says of a noun how likely it is.
    LIKELIHOOD likelihoods,
    /// *would not say* means refused to.
    REFUSAL refusals,
    /// *would like* means wants now.
    WANT wants,
    /// *had hoped to* means did not.
    HOPED hoped,
    /// Says little but that its object happens: *hold talks*.
    LIGHT light_verbs,
}

/// Kinds whose lists name verbs by their base form.
const VERB_KINDS: [Flags; 10] = [
    Flags::PERCEIVE,
    Flags::SKILL,
    Flags::STATE,
    Flags::HARDLY_EVENT,
    Flags::SCHEDULED,
    Flags::COMING_ABOUT,
    Flags::REFUSAL,
    Flags::WANT,
    Flags::HOPED,
    Flags::LIGHT,
];

/// All that is known of one form: small, so that a text keeps one for each of its forms.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClaimWord {
    rows: [u16; 3],
    /// Of which kinds it is.
    pub flags: Flags,
    /// Of which kinds its verb is; apart, because *start* the noun is no state.
    pub verb_flags: Flags,
    /// The modifier it is, counted from 1.
    modifier: u8,
    number_modifier: u8,
    /// The number of the phrases that start with it, counted from 1.
    phrases: u16,
    /// Whether a verb of two words starts with it.
    pub takes_particle: bool,
}

/// The tables of the claims pass.
#[derive(Debug)]
pub struct ClaimWords {
    classes: Vec<Class>,
    modifiers: Vec<Modifier>,
    rows: Vec<[u8; SLOTS]>,
    words: FxHashMap<String, ClaimWord>,
    phrases: Vec<Vec<(Vec<String>, u8)>>,
}

impl ClaimWords {
    /// The English tables that come with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn english(inflector: &Inflector) -> Self {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Predicates {
            class: Vec<Class>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Modifiers {
            modifier: Vec<Modifier>,
        }
        let predicates: Predicates =
            toml::from_str(include_str!("../../assets/lang/en/claims/predicates.toml")).expect("embedded and tested");
        let modifiers: Modifiers =
            toml::from_str(include_str!("../../assets/lang/en/claims/modifiers.toml")).expect("embedded and tested");
        let kinds: Kinds =
            toml::from_str(include_str!("../../assets/lang/en/claims/words.toml")).expect("embedded and tested");
        let mut tables = Self {
            classes: predicates.class,
            modifiers: modifiers.modifier,
            rows: vec![[0; SLOTS]],
            words: FxHashMap::default(),
            phrases: Vec::new(),
        };
        tables.add_classes(inflector);
        tables.add_modifiers();
        tables.add_kinds(&kinds, inflector);
        tables
    }

    /// What is known of a form (lower case).
    pub fn word(&self, lower: &str) -> ClaimWord {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// The class of a word used so and governing such a clause.
    pub fn class(&self, word: ClaimWord, usage: Use, slot: Slot) -> ClassId {
        let row = word.rows[usage as usize];
        ClassId(self.rows.get(usize::from(row)).map_or(0, |r| r[slot as usize]))
    }

    /// Whether a word used so can govern any clause.
    pub fn governs(&self, word: ClaimWord, usage: Use) -> bool {
        word.rows[usage as usize] != 0
    }

    /// A class by its number.
    pub fn get(&self, id: ClassId) -> Option<&Class> {
        self.classes.get(usize::from(id.0).checked_sub(1)?)
    }

    /// The class of the clauses that only one construction makes.
    pub fn special(&self, slot: Slot) -> ClassId {
        let place = self.classes.iter().position(|c| c.with.contains(&slot));
        ClassId(place.and_then(|p| u8::try_from(p + 1).ok()).unwrap_or(0))
    }

    /// All classes, in the order of the file.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// All modifiers, in the order of the file.
    pub fn modifiers(&self) -> &[Modifier] {
        &self.modifiers
    }

    /// The modifier a form is by itself.
    pub fn modifier(&self, word: ClaimWord) -> Option<&Modifier> {
        self.modifiers.get(usize::from(word.modifier).checked_sub(1)?)
    }

    /// The modifier a form is before a number.
    pub fn number_modifier(&self, word: ClaimWord) -> Option<&Modifier> {
        self.modifiers.get(usize::from(word.number_modifier).checked_sub(1)?)
    }

    /// The longest phrase that starts with a form, `word_at(n)` giving the n-th form after it: its length and modifier.
    pub fn phrase<'t>(&self, first: ClaimWord, word_at: impl Fn(usize) -> &'t str) -> Option<(usize, &Modifier)> {
        let phrases = self.phrases.get(usize::from(first.phrases).checked_sub(1)?)?;
        let (rest, modifier) = phrases.iter().find(|(rest, _)| rest.iter().zip(1..).all(|(w, n)| word_at(n) == w))?;
        Some((rest.len() + 1, self.modifiers.get(usize::from(*modifier).checked_sub(1)?)?))
    }

    fn add_classes(&mut self, inflector: &Inflector) {
        let mut entries: Vec<(String, Use, u8)> = Vec::new();
        for (class, number) in self.classes.iter().zip(1_u8..) {
            for verb in &class.verbs {
                let forms = inflector.verb(verb);
                entries.extend(forms.all().map(|form| (form.to_owned(), Use::Verb, number)));
            }
            for noun in &class.nouns {
                entries.push((inflector.plural(noun), Use::Noun, number));
                entries.push((noun.clone(), Use::Noun, number));
            }
            entries.extend(class.adjectives.iter().map(|a| (a.clone(), Use::Adjective, number)));
        }
        for (form, usage, number) in entries {
            self.add_class(&form, usage, number);
        }
    }

    /// The first class that a form is listed in for a slot stands.
    fn add_class(&mut self, form: &str, usage: Use, number: u8) {
        if let Some((verb, _)) = form.split_once(' ') {
            self.words.entry(verb.to_owned()).or_default().takes_particle = true;
        }
        let word = self.words.entry(form.to_owned()).or_default();
        let row = &mut word.rows[usage as usize];
        if *row == 0 {
            *row = u16::try_from(self.rows.len()).unwrap_or(0);
            self.rows.push([0; SLOTS]);
        }
        let row = &mut self.rows[usize::from(*row)];
        for &slot in &self.classes[usize::from(number) - 1].with {
            let cell = &mut row[slot as usize];
            if *cell == 0 {
                *cell = number;
            }
        }
    }

    fn add_modifiers(&mut self) {
        for (modifier, number) in self.modifiers.iter().zip(1_u8..) {
            for entry in &modifier.words {
                let mut pieces = entry.split(' ').map(str::to_owned);
                let first = pieces.next().unwrap_or_default();
                let rest: Vec<String> = pieces.collect();
                let word = self.words.entry(first).or_default();
                if !rest.is_empty() {
                    if word.phrases == 0 {
                        self.phrases.push(Vec::new());
                        word.phrases = u16::try_from(self.phrases.len()).unwrap_or(0);
                    }
                    self.phrases[usize::from(word.phrases) - 1].push((rest, number));
                } else if modifier.place == Place::Number {
                    word.number_modifier = number;
                } else if word.modifier == 0 {
                    word.modifier = number;
                }
            }
        }
        for list in &mut self.phrases {
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    fn add_kinds(&mut self, kinds: &Kinds, inflector: &Inflector) {
        for (kind, list) in kinds.lists() {
            for entry in list {
                if VERB_KINDS.contains(&kind) {
                    for form in inflector.verb(entry).all() {
                        let word = self.words.entry(form.to_owned()).or_default();
                        word.verb_flags = word.verb_flags.and(kind);
                    }
                } else {
                    let noun = kind == Flags::EVENT_NOUN || kind == Flags::OPINION_NOUN || kind == Flags::GO_AHEAD;
                    let others = noun.then(|| [inflector.plural(entry), entry.replace([' ', '-'], "")]);
                    for form in others.into_iter().flatten().chain([entry.clone()]) {
                        let word = self.words.entry(form).or_default();
                        word.flags = word.flags.and(kind);
                    }
                }
            }
        }
    }
}
