//! Which names are one person's. Names of one writing are taken together first, then the fullest are given entries and the
//! shorter find theirs: *Mr. Lund* with *Vilhelm Lund*, not with *Mrs. Lund*; *Polly* with *Mary Lund*.
//!
//! The order – full names, titles with a surname, bare names – and the tests for gender and marriage follow Vala, Jurgens,
//! Piper and Ruths, “Mr. Bennet, his coachman, and the Archbishop walk into a bar” (EMNLP 2015).

use rustc_hash::FxHashMap;

use super::entry::{Entry, Wed};
use crate::analysis::{Gender, PersonId};
use crate::lexicon::PeopleTable;

/// How many bearers of one name are told apart; a list of thousands shall not cost their square.
const MOST_BEARERS: usize = 64;

/// A name as the text writes it, with how often.
#[derive(Clone, Debug, Default)]
pub(super) struct NameType {
    /// The title in lower case, if any.
    pub title: Option<String>,
    /// The words in lower case, without titles.
    pub words: Vec<String>,
    /// What title or given name tell.
    pub gender: Gender,
    /// Whether the title tells it.
    pub gender_is_sure: bool,
    /// What the title tells of a marriage.
    pub wed: Wed,
    /// Whether the title goes before given names.
    pub familiar: bool,
    /// Whether the first word is a given name.
    pub given: bool,
    /// The name as written, titles left out.
    pub name: String,
    /// How often it stands.
    pub count: usize,
    /// Its entry, once known.
    pub person: Option<PersonId>,
    /// Entries among which every mention has to choose.
    pub choices: Vec<PersonId>,
}

/// The entries and where to find them by first and last words.
#[derive(Debug)]
pub(super) struct Clusters<'l> {
    people: &'l PeopleTable,
    story: bool,
    /// The entries, by [`PersonId`].
    pub entries: Vec<Entry>,
    counts: Vec<usize>,
    by_first: FxHashMap<String, Vec<PersonId>>,
    by_last: FxHashMap<String, Vec<PersonId>>,
    /// Pairs of names that one sentence keeps apart, smaller number first.
    apart: FxHashMap<(usize, usize), usize>,
    /// The names of every entry: number, title and count.
    by_type: Vec<Vec<Use>>,
}

/// A name of an entry.
#[derive(Clone, Debug)]
struct Use {
    number: usize,
    title: Option<String>,
    count: usize,
}

impl<'l> Clusters<'l> {
    /// Gives every name its entry. `apart` counts the sentences in which two names stand side by side.
    pub fn of(
        types: &mut [NameType],
        apart: FxHashMap<(usize, usize), usize>,
        people: &'l PeopleTable,
        story: bool,
    ) -> Vec<Entry> {
        let mut clusters = Clusters {
            people,
            story,
            entries: Vec::new(),
            counts: Vec::new(),
            by_first: FxHashMap::default(),
            by_last: FxHashMap::default(),
            apart,
            by_type: Vec::new(),
        };
        let full = |t: &NameType| t.words.len() > 1;
        clusters.round(types, |t| full(t) && t.title.is_none(), Clusters::for_full);
        clusters.round(types, |t| full(t) && t.title.is_some(), Clusters::for_full);
        clusters.round(types, |t| !full(t) && t.wed == Wed::Unmarried, Clusters::for_titled);
        clusters.round(types, |t| !full(t) && t.title.is_some() && t.person.is_none(), Clusters::for_titled);
        clusters.round(types, |t| !full(t) && t.title.is_none(), Clusters::for_bare);
        clusters.entries
    }

    fn round(
        &mut self,
        types: &mut [NameType],
        fits: impl Fn(&NameType) -> bool,
        find: fn(&Self, usize, &NameType) -> Vec<PersonId>,
    ) {
        for (number, name) in types.iter_mut().enumerate().filter(|(_, t)| fits(t)) {
            let found = find(self, number, name);
            let person = match found[..] {
                [only] => only,
                [] => self.add(name),
                [first, ..] => {
                    name.choices.clone_from(&found);
                    first
                }
            };
            self.note(person, number, name);
            name.person = Some(person);
        }
    }

    fn add(&mut self, name: &NameType) -> PersonId {
        let person = PersonId::at(self.entries.len());
        self.entries.push(Entry { name: name.name.clone(), words: name.words.clone(), ..Entry::default() });
        self.counts.push(0);
        self.by_type.push(Vec::new());
        for (index, word) in [(&mut self.by_first, name.words.first()), (&mut self.by_last, name.words.last())] {
            let Some(word) = word else { continue };
            let bearers = index.entry(word.clone()).or_default();
            if bearers.len() < MOST_BEARERS {
                bearers.push(person);
            }
        }
        person
    }

    /// What a name of its tells about an entry.
    fn note(&mut self, person: PersonId, number: usize, name: &NameType) {
        let entry = &mut self.entries[person.index()];
        if name.gender != Gender::Unknown && (entry.gender == Gender::Unknown || name.gender_is_sure) {
            entry.gender = name.gender;
            entry.gender_is_sure |= name.gender_is_sure;
        }
        if entry.wed == Wed::Unknown {
            entry.wed = name.wed;
        }
        // F. C. Lund, once it is clear that she is Freda Lund.
        let initial = |words: &[String]| words.first().is_none_or(|w| w.chars().count() == 1);
        if name.words.len() > 1 && initial(&entry.words) && !initial(&name.words) {
            entry.words.clone_from(&name.words);
        }
        if let (Some(first), true) = (name.words.first(), name.words.len() > 1) {
            let known = self.by_first.entry(first.clone()).or_default();
            if !known.contains(&person) && known.len() < MOST_BEARERS {
                known.push(person);
            }
        }
        self.counts[person.index()] += name.count;
        self.by_type[person.index()].push(Use { number, title: name.title.clone(), count: name.count });
    }

    fn fits(&self, person: PersonId, name: &NameType) -> bool {
        let entry = &self.entries[person.index()];
        let gender = entry.agrees(name.gender)
            // A name on the list of women's may be a man's; two titles never contradict each other.
            || !entry.gender_is_sure && !name.gender_is_sure;
        gender && entry.wed.fits(name.wed)
    }

    /// Another name of the same words, or of first words that agree: *Vilhelm Lund*, *V. Lund*.
    fn for_full(&self, _: usize, name: &NameType) -> Vec<PersonId> {
        let Some(last) = name.words.last() else { return Vec::new() };
        let known = self.by_last.get(last).map_or(&[][..], Vec::as_slice);
        let fits = |p: &&PersonId| {
            let entry = &self.entries[p.index()];
            self.fits(**p, name)
                && !self.is_wife(entry, name)
                && (entry.words == name.words || entry.words.len() > 1 && self.compatible(&entry.words, &name.words))
        };
        let same = known.iter().find(|p| fits(p) && self.entries[p.index()].words == name.words);
        same.or_else(|| known.iter().find(fits)).copied().into_iter().collect()
    }

    /// *Mrs. Vilhelm Lund* is not Vilhelm Lund.
    fn is_wife(&self, entry: &Entry, name: &NameType) -> bool {
        let woman = name.words.first().is_some_and(|first| self.people.get(first).is_feminine());
        (name.wed == Wed::Married) != (entry.wed == Wed::Married) && !woman
    }

    /// Whether two names of several words with one surname can be one person's.
    fn compatible(&self, known: &[String], new: &[String]) -> bool {
        let (Some(a), Some(b)) = (known.first(), new.first()) else { return false };
        let short = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
        let nick = |a: &str, b: &str| self.people.full_names(a).iter().any(|n| n == b);
        a == b || short(a, b) || short(b, a) || nick(a, b) || nick(b, a)
    }

    /// A title and one word: the one whose surname it is, or whose given name.
    fn for_titled(&self, number: usize, name: &NameType) -> Vec<PersonId> {
        let Some(word) = name.words.first() else { return Vec::new() };
        if name.familiar
            && let Some(person) = self.most_frequent(self.first_named(word, name))
        {
            return vec![person];
        }
        let known = self.by_last.get(word).map_or(&[][..], Vec::as_slice);
        // Colonel Lund is not Miss Lund, whatever his title leaves open.
        let open = |p: PersonId| (self.entries[p.index()].wed != Wed::Unknown) == (name.wed != Wed::Unknown);
        let alike = |p: &&PersonId| {
            let entry = &self.entries[p.index()];
            entry.words.len() == 1 && self.fits(**p, name) && (open(**p) || entry.gender == name.gender)
        };
        let single = known.iter().find(alike);
        if let Some(&person) = single {
            return vec![person];
        }
        // Miss Lund is no Lund whose given name is unknown.
        let known_woman = |p: PersonId| name.wed == Wed::Unknown || self.entries[p.index()].gender == Gender::Feminine;
        // Colonel Lund is no Miss Lund, only somebody with a given name who may be either.
        let given = |p: PersonId| self.entries[p.index()].words.len() > 1;
        let fits =
            |&p: &PersonId| given(p) && self.fits(p, name) && known_woman(p) && !self.stands_apart(p, number, name);
        let mut full: Vec<PersonId> = known.iter().copied().filter(fits).collect();
        // Ms. Hale is Greta Hale rather than a Hale of whom nothing is known.
        let sure = |p: &PersonId| self.entries[p.index()].gender == name.gender;
        if full.iter().any(sure) {
            full.retain(sure);
        }
        match full[..] {
            [] => Vec::new(),
            [only] => vec![only],
            // Of several sisters or brothers the one who is spoken of most; else an entry of its own.
            _ => self.leader(&full).into_iter().collect(),
        }
    }

    /// A bare word: a given name, a surname, a short form.
    fn for_bare(&self, _: usize, name: &NameType) -> Vec<PersonId> {
        let Some(word) = name.words.first() else { return Vec::new() };
        let first = self.first_named(word, name);
        let last: Vec<PersonId> = self.by_last.get(word).cloned().unwrap_or_default();
        if (name.given || last.is_empty()) && !first.is_empty() {
            return self.most_frequent(first).into_iter().collect();
        }
        match last.len() {
            0 => self.by_short_form(word, name),
            1 => last,
            _ if self.story => self.head_of_family(last).into_iter().collect(),
            // Reports call whoever was named last by the surname alone.
            _ => self.named_in_full(last),
        }
    }

    /// Stories call men by their surname alone, the one who is spoken of most.
    fn head_of_family(&self, people: Vec<PersonId>) -> Option<PersonId> {
        let woman = |p: &PersonId| self.entries[p.index()].gender == Gender::Feminine;
        let men: Vec<PersonId> = people.iter().copied().filter(|p| !woman(p)).collect();
        self.most_frequent(if men.is_empty() { people } else { men })
    }

    fn first_named(&self, word: &str, name: &NameType) -> Vec<PersonId> {
        let known = self.by_first.get(word).map_or(&[][..], Vec::as_slice);
        known.iter().copied().filter(|&p| self.entries[p.index()].words.len() > 1 && self.fits(p, name)).collect()
    }

    fn by_short_form(&self, word: &str, name: &NameType) -> Vec<PersonId> {
        let full = self.people.full_names(word).iter();
        let found: Vec<PersonId> =
            full.filter_map(|f| self.by_first.get(f)).flatten().copied().filter(|&p| self.fits(p, name)).collect();
        if found.len() == 1 { found } else { Vec::new() }
    }

    fn most_frequent(&self, people: Vec<PersonId>) -> Option<PersonId> {
        people.into_iter().rev().max_by_key(|p| self.counts[p.index()])
    }

    /// Those who have a given name too, if there are any, the one who is named most first.
    fn named_in_full(&self, mut people: Vec<PersonId>) -> Vec<PersonId> {
        let full = |p: &PersonId| self.entries[p.index()].words.len() > 1;
        if people.iter().any(full) {
            people.retain(full);
        }
        people.sort_by_key(|p| std::cmp::Reverse(self.counts[p.index()]));
        people
    }

    /// The one who is named three times as often as any other.
    fn leader(&self, people: &[PersonId]) -> Option<PersonId> {
        let first = self.most_frequent(people.to_vec())?;
        let clear = people.iter().all(|&p| p == first || self.counts[p.index()] * 3 <= self.counts[first.index()]);
        clear.then_some(first)
    }

    /// Whether the text keeps a title with a surname apart from a full name: *Mr. Lund and Vilhelm Lund* side by side, or
    /// *Mr. Vilhelm Lund* again and again where *Mr. Lund* would do if there were only one.
    fn stands_apart(&self, person: PersonId, number: usize, name: &NameType) -> bool {
        let uses = &self.by_type[person.index()];
        let beside = |u: &Use| self.apart.get(&(u.number.min(number), u.number.max(number))).copied().unwrap_or(0);
        let together: usize = uses.iter().map(beside).sum();
        let titled: usize = uses.iter().filter(|u| u.title == name.title).map(|u| u.count).sum();
        let plain: usize = uses.iter().filter(|u| u.title.is_none()).map(|u| u.count).sum();
        together >= 2 || titled >= 5 && name.count >= 5 && plain < 2 * titled
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = from_text(text.into(), "a.txt");
        let found = analyse(&document, &Lexicon::english(), &[]);
        let drawn: String = found
            .people
            .iter()
            .map(|p| {
                let mentions: Vec<_> = p.mentions.iter().map(|&m| document.slice(m)).collect();
                format!("{} {:?} {:?}: {}\n", p.name, p.kind, p.gender, mentions.join(", "))
            })
            .collect();
        expected.assert_eq(&drawn);
    }

    #[test]
    fn titles_tell_a_family_apart() {
        check(
            "Mr. Lund and Mrs. Lund came with Miss Lund. Vilhelm Lund sat down. Miss Lund stood. Lund smiled at Mrs. Lund.",
            expect![[r#"
                Vilhelm Lund Person Masculine: Mr. Lund, Vilhelm Lund, Lund
                Miss Lund Person Feminine: Miss Lund, Miss Lund
                Mrs. Lund Person Feminine: Mrs. Lund, Mrs. Lund
            "#]],
        );
    }

    #[test]
    fn a_report_calls_whoever_was_named_last_by_the_surname() {
        check(
            "Ann Hale spoke. Hale, the mayor of Skeld, was brief. Her brother Bo Hale spoke too. Hale was brief.",
            expect![[r#"
                Ann Hale Person Feminine: Ann Hale, Hale
                Bo Hale Person Masculine: Bo Hale, Hale
            "#]],
        );
    }

    #[test]
    fn the_second_half_of_a_title_is_nobody() {
        check(
            "Skeld: Iron Angel was loud. Ann Hale, the star of Skeld: Iron Angel, was brief.",
            expect![[r#"
            Ann Hale Person Feminine: Ann Hale
        "#]],
        );
    }

    #[test]
    fn a_colonel_is_no_miss_of_the_same_name() {
        check(
            "Miss Lund and Colonel Lund had tea. Colonel Lund was loud. Miss Lund poured.",
            expect![[r#"
            Miss Lund Person Feminine: Miss Lund, Miss Lund
            Colonel Lund Person Unknown: Colonel Lund, Colonel Lund
        "#]],
        );
    }

    #[test]
    fn brothers_named_side_by_side_are_two() {
        check(
            "Mr. Hale met Mr. John Hale. Then Mr. Hale and Mr. John Hale went home. Mr. Hale was late.",
            expect![[r#"
                John Hale Person Masculine: Mr. John Hale, Mr. John Hale
                Mr. Hale Person Masculine: Mr. Hale, Mr. Hale, Mr. Hale
            "#]],
        );
    }

    #[test]
    fn short_forms_and_words_before_a_name() {
        check(
            "Poor Thomas Reed was ill. Dear Tom! Even Tom Reed knew it. Sir Henry Moor came; Sir Henry laughed.",
            expect![[r#"
                Tom Reed Person Masculine: Thomas Reed, Tom, Tom Reed
                Henry Moor Person Masculine: Sir Henry Moor, Sir Henry
            "#]],
        );
    }
}
