//! What words tell about who is meant: forms of address, offices, organisations, gender.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// What one lower-case word tells about a phrase or a name it stands in. Several may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PersonWord {
    bits: u16,
}

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl PersonWord {
            $($(#[$doc])* pub fn $name(self) -> bool { self.bits & (1 << $bit) != 0 })*
        }
    };
}

flags! {
    /// A form of address or an office before a name.
    is_honorific = 0;
    /// Tells of a woman: *Mrs.*, *actress*, a woman's given name.
    is_feminine = 1;
    /// Tells of a man.
    is_masculine = 2;
    /// Makes a name an organisation's.
    is_organisation = 3;
    /// A noun for a body that speaks.
    is_body = 4;
    /// A noun for something written.
    is_document = 5;
    /// A noun for one person.
    is_person = 6;
    /// A noun for people without a name.
    is_group = 7;
    /// Nobody can tell who that is.
    is_unnamed = 8;
    /// A small word inside names.
    is_particle = 9;
    /// Capitalised, yet nobody's name.
    is_never = 10;
    /// A given name.
    is_given = 11;
    /// A frequent surname.
    is_surname = 12;
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    honorifics: FxHashMap<String, String>,
    organisation: Words,
    bodies: Words,
    documents: Words,
    person: Persons,
    groups: Words,
    unnamed: Words,
    particles: Words,
    never: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Persons {
    feminine: Words,
    masculine: Words,
    any: Words,
}

/// All words of a language that tell of people.
#[derive(Debug)]
pub struct PeopleTable {
    words: FxHashMap<String, PersonWord>,
}

impl PeopleTable {
    /// The English words that come with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn english() -> Self {
        let file: File = toml::from_str(include_str!("../../assets/lang/en/people.toml")).expect("embedded and tested");
        let mut table = PeopleTable { words: FxHashMap::default() };
        for (word, gender) in &file.honorifics {
            table.set(word, &[0]);
            table.gender(word, gender);
        }
        let lists: [(&Words, &[u16]); 10] = [
            (&file.organisation, &[3]),
            (&file.bodies, &[4]),
            (&file.documents, &[5]),
            (&file.person.feminine, &[6, 1]),
            (&file.person.masculine, &[6, 2]),
            (&file.person.any, &[6]),
            (&file.groups, &[7]),
            (&file.unnamed, &[8]),
            (&file.particles, &[9]),
            (&file.never, &[10]),
        ];
        for (list, bits) in lists {
            list.words.iter().for_each(|word| table.set(word, bits));
        }
        table.read_names();
        table
    }

    fn read_names(&mut self) {
        for line in include_str!("../../assets/lang/en/given-names.tsv").lines().filter(|l| !l.starts_with('#')) {
            if let Some((name, gender)) = line.split_once('\t') {
                let known = self.words.contains_key(name);
                self.set(name, &[11]);
                if !known {
                    self.gender(name, gender);
                }
            }
        }
        for name in include_str!("../../assets/lang/en/surnames.txt").lines().filter(|l| !l.starts_with('#')) {
            self.set(name, &[12]);
        }
    }

    fn set(&mut self, word: &str, bits: &[u16]) {
        let entry = self.words.entry(word.to_owned()).or_default();
        for bit in bits {
            entry.bits |= 1 << bit;
        }
    }

    fn gender(&mut self, word: &str, gender: &str) {
        match gender {
            "f" => self.set(word, &[1]),
            "m" => self.set(word, &[2]),
            _ => {}
        }
    }

    /// What a lower-case word tells.
    pub fn get(&self, lower: &str) -> PersonWord {
        self.words.get(lower).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_of_people() {
        let table = PeopleTable::english();
        assert!(table.get("mrs.").is_honorific() && table.get("mrs.").is_feminine());
        assert!(table.get("ministry").is_organisation() && table.get("ministry").is_body());
        assert!(table.get("spokesman").is_masculine() && table.get("rosa").is_feminine());
        assert!(table.get("james").is_given() && table.get("james").is_masculine());
        assert_eq!(table.get("zzz"), PersonWord::default());
    }
}
