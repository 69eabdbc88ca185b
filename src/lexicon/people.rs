//! What words tell about who is meant: forms of address, offices, organisations, gender, short forms of names.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// About how many words there are, so that their table need not grow.
const WORDS: usize = 14_000;

/// What one lower-case word tells about a phrase or a name it stands in. Several may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PersonWord {
    bits: u64,
}

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident $bit_name:ident = $bit:expr;)*) => {
        impl PersonWord {
            $($(#[$doc])* pub fn $name(self) -> bool { self.bits & (1 << $bit) != 0 })*
        }

        /// The bits by name.
        mod bit {
            $(pub const $bit_name: u64 = 1 << $bit;)*
        }
    };
}

flags! {
    /// A form of address or an office before a name.
    is_honorific HONORIFIC = 0;
    /// Tells of a woman: *Mrs.*, *actress*, a woman's given name.
    is_feminine FEMININE = 1;
    /// Tells of a man.
    is_masculine MASCULINE = 2;
    /// Makes a name an organisation's.
    is_organisation ORGANISATION = 3;
    /// A noun for a body that speaks.
    is_body BODY = 4;
    /// A noun for something written.
    is_document DOCUMENT = 5;
    /// A noun for one person.
    is_person PERSON = 6;
    /// A noun for people without a name.
    is_group GROUP = 7;
    /// Nobody can tell who that is.
    is_unnamed UNNAMED = 8;
    /// A small word inside names.
    is_particle PARTICLE = 9;
    /// Capitalised, yet nobody's name.
    is_never NEVER = 10;
    /// A given name.
    is_given GIVEN = 11;
    /// A frequent surname.
    is_surname SURNAME = 12;
    /// Colours a name without being part of it: *poor*.
    is_epithet EPITHET = 13;
    /// A title that tells of a marriage.
    is_married MARRIED = 14;
    /// A title that tells of none.
    is_unmarried UNMARRIED = 15;
    /// A title that stands before given names.
    is_familiar FAMILIAR = 16;
    /// What any organisation is called once it is known: *the company*.
    is_general GENERAL = 17;
    /// Stands for nobody: *nothing*.
    is_nobody NOBODY = 18;
    /// *I* and its forms.
    is_first FIRST = 19;
    /// *we* and its forms.
    is_first_plural FIRST_PLURAL = 20;
    /// *she* or *he* and their forms.
    is_third THIRD = 21;
    /// *it* and its forms.
    is_thing THING = 22;
    /// *they* and its forms.
    is_plural PLURAL = 23;
    /// A pronoun that acts: *he*, not *him*.
    is_subjective SUBJECTIVE = 24;
    /// Addresses somebody: “Yes, *sir*.”
    is_address ADDRESS = 25;
    /// May stand between a pause and the name of who is spoken to.
    is_before_address BEFORE_ADDRESS = 26;
    /// A preposition that tells of a place.
    is_place_sign PLACE_SIGN = 27;
    /// A noun that stands for one person for a page or two: *the man*.
    is_fleeting FLEETING = 28;
    /// A parent, husband or wife, who share a surname.
    is_kin KIN = 29;
    /// Brings in somebody new: *a*.
    is_indefinite INDEFINITE = 30;
    /// Tells of a time.
    is_time TIME = 31;
    /// What reports call somebody who has just been named: *the rookie*.
    is_variation VARIATION = 32;
    /// New to everybody: *the stranger*.
    is_newcomer NEWCOMER = 33;
    /// What tellers call the one their story is about: *my friend*.
    is_companion COMPANION = 34;
    /// Answers without a word: *nodded*.
    is_gesture GESTURE = 35;
    /// What speaks for whom it belongs to: *her voice*.
    is_voice VOICE = 36;
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    honorifics: FxHashMap<String, String>,
    married: Words,
    unmarried: Words,
    familiar: Words,
    epithets: Words,
    spelled: FxHashMap<String, String>,
    organisation: Words,
    bodies: Words,
    general: Words,
    documents: Words,
    person: Persons,
    groups: Words,
    unnamed: Words,
    nobody: Words,
    indefinite: Words,
    times: Words,
    introduction: Introduction,
    pronouns: Pronouns,
    kin: Kin,
    address: Address,
    place: Words,
    fleeting: Words,
    variations: Words,
    #[serde(default)]
    newcomers: Words,
    #[serde(default)]
    companions: Words,
    #[serde(default)]
    gestures: Words,
    #[serde(default)]
    voices: Words,
    #[serde(default)]
    endings: Endings,
    nicknames: FxHashMap<String, Vec<String>>,
    particles: Words,
    never: Words,
    /// In a language that writes compounds as one word, the words that tell as much at the end of a longer one.
    #[serde(default)]
    compounds: Words,
    /// Two words that are as good as a noun: *the old one* is a man.
    #[serde(default)]
    same: FxHashMap<String, String>,
    /// Whether a noun that no list knows never varies a name: *the board* is not Lund.
    #[serde(default)]
    known_nouns_only: bool,
    /// Whether *the old man* keeps apart from whoever is named later and could be meant.
    #[serde(default)]
    strangers_stay: bool,
    /// How many pronouns behind a name tell a gender; more than one where pronouns stand for things as well.
    #[serde(default)]
    pronouns_that_tell: Option<usize>,
    /// In a language with cases, what a word may have at its end.
    #[serde(default)]
    inflections: Words,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Introduction {
    words: FxHashSet<String>,
    alone: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Persons {
    feminine: Words,
    masculine: Words,
    any: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Pronouns {
    feminine: FxHashSet<String>,
    masculine: FxHashSet<String>,
    first: FxHashSet<String>,
    first_plural: FxHashSet<String>,
    narrator: String,
    narrators: String,
    thing: FxHashSet<String>,
    plural: FxHashSet<String>,
    subjective: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kin {
    feminine: FxHashSet<String>,
    masculine: FxHashSet<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    feminine: Vec<String>,
    masculine: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    feminine: FxHashSet<String>,
    masculine: FxHashSet<String>,
    before: FxHashSet<String>,
}

/// All words of a language that tell of people.
#[derive(Debug, Default)]
pub struct PeopleTable {
    words: FxHashMap<Cow<'static, str>, PersonWord>,
    nicknames: FxHashMap<String, Vec<String>>,
    spelled: FxHashMap<String, String>,
    introductions: FxHashSet<String>,
    self_introductions: FxHashSet<String>,
    narrators: [String; 2],
    /// Words that a longer word may end with, the longest first.
    compounds: Vec<String>,
    /// What a word may have at its end, the longest first.
    inflections: Vec<String>,
    known_nouns_only: bool,
    pronouns_that_tell: usize,
    same: FxHashMap<String, String>,
    strangers_stay: bool,
    endings: Endings,
}

impl PeopleTable {
    /// The English words that come with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn english() -> Self {
        Self::read(
            include_str!("../../assets/lang/en/people.toml"),
            include_str!("../../assets/lang/en/given-names.tsv"),
            include_str!("../../assets/lang/en/surnames.txt"),
        )
        .expect("embedded and tested")
    }

    /// Reads the words of a language: `people.toml`, `given-names.tsv`, `surnames.txt`.
    ///
    /// # Errors
    /// When the first is not as [`PeopleTable`] wants it.
    pub fn read(people: &str, given: &'static str, surnames: &'static str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(people)?;
        let mut table = PeopleTable::default();
        table.words.reserve(WORDS);
        for (word, gender) in &file.honorifics {
            table.set(word.clone(), bit::HONORIFIC | gender_bit(gender));
        }
        for (list, bits) in lists(&file) {
            for word in list {
                table.set(word.clone(), bits);
            }
        }
        table.read_names(given, surnames);
        table.compounds = longest_first(file.compounds);
        table.pronouns_that_tell = file.pronouns_that_tell.unwrap_or(1);
        table.same = file.same;
        table.endings = file.endings;
        table.strangers_stay = file.strangers_stay;
        table.known_nouns_only = file.known_nouns_only;
        table.inflections = longest_first(file.inflections);
        table.nicknames = file.nicknames;
        table.spelled = file.spelled;
        table.introductions = file.introduction.words;
        table.self_introductions = file.introduction.alone;
        table.narrators = [file.pronouns.narrator, file.pronouns.narrators];
        Ok(table)
    }

    fn read_names(&mut self, given: &'static str, surnames: &'static str) {
        for line in given.lines().filter(|l| !l.starts_with('#')) {
            if let Some((name, gender)) = line.split_once('\t') {
                let known = self.words.contains_key(name);
                self.set(name, if known { bit::GIVEN } else { bit::GIVEN | gender_bit(gender) });
            }
        }
        for name in surnames.lines().filter(|l| !l.starts_with('#')) {
            self.set(name, bit::SURNAME);
        }
    }

    fn set(&mut self, word: impl Into<Cow<'static, str>>, bits: u64) {
        self.words.entry(word.into()).or_default().bits |= bits;
    }

    /// What a lower-case word tells.
    pub fn get(&self, lower: &str) -> PersonWord {
        match self.words.get(lower) {
            Some(word) => *word,
            None if self.compounds.is_empty() && self.inflections.is_empty() => PersonWord::default(),
            None => self.inflected(lower),
        }
    }

    /// What a word tells without its ending: *des Ministeriums* is about a *Ministerium*.
    fn inflected(&self, lower: &str) -> PersonWord {
        let stems = self.inflections.iter().filter_map(|ending| lower.strip_suffix(ending.as_str()));
        let forms = std::iter::once(lower).chain(stems);
        // A name or a small word has no endings here.
        let told = |form: &str| match self.words.get(form).copied().unwrap_or_else(|| self.compound(form)) {
            word if word.is_person() || word.is_body() || word.is_document() || word.is_group() => Some(word),
            word if form == lower && word != PersonWord::default() => Some(word),
            _ => None,
        };
        forms.filter(|form| form.len() > 3).find_map(told).unwrap_or_default()
    }

    /// What the last part of a compound tells: *Regierungssprecherin* is a *Sprecherin*.
    fn compound(&self, lower: &str) -> PersonWord {
        let last = self.compounds.iter().find(|last| lower.ends_with(last.as_str()) && lower.len() > last.len() + 1);
        last.and_then(|last| self.words.get(last.as_str())).copied().unwrap_or_default()
    }

    /// Whether the end of a name tells that a woman (true) or a man (false) bears it: *Petrovna*, *Petrovitch*.
    pub fn ends_as_womans(&self, lower: &str) -> Option<bool> {
        let ends =
            |list: &[String]| list.iter().any(|end| lower.len() > end.len() + 1 && lower.ends_with(end.as_str()));
        match (ends(&self.endings.feminine), ends(&self.endings.masculine)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// The given names that a short form may stand for, in lower case.
    pub fn full_names(&self, lower: &str) -> &[String] {
        self.nicknames.get(lower).map_or(&[], Vec::as_slice)
    }

    /// Whether two words tell a name: *name is*.
    pub fn introduces(&self, first: &str, second: &str) -> bool {
        self.introductions.contains(&[first, second].join(" "))
    }

    /// Whether two words alone tell the name of who says them: *I am*.
    pub fn introduces_alone(&self, first: &str, second: &str) -> bool {
        self.self_introductions.contains(&[first, second].join(" "))
    }

    /// Whether a noun that no list knows may vary somebody's name.
    pub fn varies_by_any_noun(&self) -> bool {
        !self.known_nouns_only
    }

    /// Whether somebody who is only described may get a name that comes up later.
    pub fn names_come_late(&self) -> bool {
        !self.strangers_stay
    }

    /// The noun that a determiner and a word behind it are as good as.
    pub fn same(&self, determiner: &str, word: &str) -> Option<&str> {
        if self.same.is_empty() {
            return None;
        }
        self.same.get(&[determiner, word].join(" ")).map(String::as_str)
    }

    /// How many pronouns behind a name tell whether its bearer is a woman or a man.
    pub fn pronouns_that_tell(&self) -> usize {
        self.pronouns_that_tell
    }

    /// What tellers of their own story call themselves: *I*, or *we* for several.
    pub fn narrator(&self, several: bool) -> &str {
        &self.narrators[usize::from(several)]
    }

    /// The noun behind a title: *doctor* for *dr.*; the word itself when it is not short.
    pub fn spelled_out<'w>(&'w self, lower: &'w str) -> &'w str {
        self.spelled.get(lower).map_or(lower, String::as_str)
    }
}

/// The lists of the file with what each says of its words.
fn lists(file: &File) -> [(&FxHashSet<String>, u64); 37] {
    let (pronouns, address) = (&file.pronouns, &file.address);
    [
        (&file.married.words, bit::MARRIED),
        (&file.unmarried.words, bit::UNMARRIED),
        (&file.familiar.words, bit::FAMILIAR),
        (&file.epithets.words, bit::EPITHET),
        (&file.organisation.words, bit::ORGANISATION),
        (&file.bodies.words, bit::BODY),
        (&file.general.words, bit::GENERAL),
        (&file.documents.words, bit::DOCUMENT),
        (&file.person.feminine.words, bit::PERSON | bit::FEMININE),
        (&file.person.masculine.words, bit::PERSON | bit::MASCULINE),
        (&file.person.any.words, bit::PERSON),
        (&file.groups.words, bit::GROUP),
        (&file.unnamed.words, bit::UNNAMED),
        (&file.nobody.words, bit::NOBODY),
        (&file.indefinite.words, bit::INDEFINITE),
        (&file.times.words, bit::TIME),
        (&pronouns.feminine, bit::THIRD | bit::FEMININE),
        (&pronouns.masculine, bit::THIRD | bit::MASCULINE),
        (&pronouns.first, bit::FIRST),
        (&pronouns.first_plural, bit::FIRST_PLURAL),
        (&pronouns.thing, bit::THING),
        (&pronouns.plural, bit::PLURAL),
        (&pronouns.subjective, bit::SUBJECTIVE),
        (&file.kin.feminine, bit::KIN | bit::FEMININE),
        (&file.kin.masculine, bit::KIN | bit::MASCULINE),
        (&address.feminine, bit::ADDRESS | bit::FEMININE),
        (&address.masculine, bit::ADDRESS | bit::MASCULINE),
        (&address.before, bit::BEFORE_ADDRESS),
        (&file.place.words, bit::PLACE_SIGN),
        (&file.fleeting.words, bit::FLEETING),
        (&file.variations.words, bit::PERSON | bit::VARIATION),
        (&file.newcomers.words, bit::NEWCOMER),
        (&file.companions.words, bit::COMPANION),
        (&file.gestures.words, bit::GESTURE),
        (&file.voices.words, bit::VOICE),
        (&file.particles.words, bit::PARTICLE),
        (&file.never.words, bit::NEVER),
    ]
}

fn longest_first(words: Words) -> Vec<String> {
    let mut list: Vec<String> = words.words.into_iter().collect();
    list.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    list
}

fn gender_bit(gender: &str) -> u64 {
    match gender {
        "f" => bit::FEMININE,
        "m" => bit::MASCULINE,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_of_people() {
        let table = PeopleTable::english();
        assert!(table.get("mrs.").is_honorific() && table.get("mrs.").is_feminine());
        assert!(table.get("mrs.").is_married() && table.get("miss").is_unmarried());
        assert!(table.get("ministry").is_organisation() && table.get("ministry").is_body());
        assert!(table.get("spokesman").is_masculine() && table.get("rosa").is_feminine());
        assert!(table.get("james").is_given() && table.get("james").is_masculine());
        assert_eq!(table.get("zzz"), PersonWord::default());
    }

    #[test]
    fn short_forms_know_what_they_stand_for() {
        let table = PeopleTable::english();
        assert_eq!(table.full_names("polly"), ["mary"]);
        assert_eq!((table.spelled_out("dr."), table.spelled_out("nurse")), ("doctor", "nurse"));
    }
}
