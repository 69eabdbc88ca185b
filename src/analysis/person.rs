//! Names become people: every name in the text, its later short forms, titles and roles, gathered into one entry each.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::form::Shape;
use super::phrase;
use super::token::Parse;
use super::{Gender, Person, PersonId, PersonKind};
use crate::document::Document;
use crate::lexicon::{Lexicon, PersonWord};
use crate::tag::Tag;
use crate::text::Span;

/// A name longer than this many words is cut.
const LONGEST: usize = 8;

/// A name as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct NameMention {
    /// Its tokens, titles included.
    pub tokens: Range<usize>,
    /// Who that is.
    pub person: PersonId,
}

/// An entry being gathered.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The fullest name, as written.
    pub name: String,
    /// Its words in lower case, titles left out.
    words: Vec<String>,
    /// All forms as written, with how often each stands and whether it is a name of several words without a title.
    forms: Vec<Written>,
    /// The head words of descriptions that stand for it: *director*.
    pub roles: Vec<String>,
    /// What kind.
    pub kind: PersonKind,
    /// As far as known.
    pub gender: Gender,
    /// All its mentions, as tokens.
    pub mentions: Vec<Range<usize>>,
    /// Whether the text shows that it can speak: a title, a given name, a cue.
    pub alive: bool,
}

/// A form of a name.
#[derive(Clone, Debug)]
struct Written {
    text: String,
    count: usize,
    full: bool,
}

impl Entry {
    /// The name to show. A report's people have full names, the longest of which is shown; a story's go by the name the
    /// story uses most.
    pub fn best_name(&self, story: bool) -> &str {
        let full =
            self.forms.iter().filter(|f| f.full && !story).max_by_key(|f| (f.text.split(' ').count().min(3), f.count));
        let usual = || self.forms.iter().rev().max_by_key(|f| f.count);
        full.or_else(usual).map_or(&self.name, |f| &f.text)
    }

    fn note_form(&mut self, text: String, full: bool) {
        if let Some(form) = self.forms.iter_mut().find(|f| f.text == text) {
            form.count += 1;
        } else if self.forms.len() < 24 {
            self.forms.push(Written { text, count: 1, full });
        }
    }

    /// Whether the text treats it as somebody: a title, a given name, an act of speech, or a second mention.
    pub fn seems_alive(&self) -> bool {
        self.alive || !self.is_named() || self.mentions.len() > 1
    }

    /// Whether the text gives a name, not only a description.
    pub fn is_named(&self) -> bool {
        !self.words.is_empty()
    }
}

/// Everybody in the text.
#[derive(Debug)]
pub(super) struct Cast<'p> {
    parse: &'p Parse,
    words: Vec<PersonWord>,
    /// By [`PersonId`].
    pub entries: Vec<Entry>,
    /// All names, in order.
    pub names: Vec<NameMention>,
    by_last: FxHashMap<String, Vec<PersonId>>,
    by_name: FxHashMap<String, PersonId>,
}

impl<'p> Cast<'p> {
    /// Gathers all names of a text.
    pub fn gather(document: &Document, parse: &'p Parse, lexicon: &Lexicon) -> Self {
        let words = parse.forms.map(|lower| lexicon.people().get(lower));
        let mut cast = Cast {
            parse,
            words,
            entries: Vec::new(),
            names: Vec::new(),
            by_last: FxHashMap::default(),
            by_name: FxHashMap::default(),
        };
        let found = cast.find_names();
        // Full names first, so that a surname in the headline finds its owner.
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|&i| (cast.core(&found[i]).len() < 2, i));
        let mut people = vec![PersonId(0); found.len()];
        for i in order {
            people[i] = cast.place(document, &found[i]);
        }
        for (tokens, person) in found.into_iter().zip(people) {
            cast.entries[person.index()].mentions.push(tokens.clone());
            cast.names.push(NameMention { tokens, person });
        }
        cast.note_roles();
        cast
    }

    /// What a token's word tells.
    pub fn word(&self, token: usize) -> PersonWord {
        self.parse.tokens.get(token).map_or_else(PersonWord::default, |t| self.words[t.form.index()])
    }

    fn find_names(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for sentence in &self.parse.sentences {
            let mut at = sentence.tokens.start;
            let headline = self.is_headline(&sentence.tokens);
            while at < sentence.tokens.end {
                match self.name_at(at, sentence.tokens.end, headline) {
                    Some(name) => {
                        at = name.end;
                        found.push(name);
                    }
                    None => at += 1,
                }
            }
        }
        found
    }

    /// Most words are written large: capitals prove nothing there.
    fn is_headline(&self, tokens: &Range<usize>) -> bool {
        let words = tokens.clone().filter(|&t| self.parse.shape(t) != Shape::Mark && self.parse.lower(t).len() > 3);
        let (mut all, mut capital) = (0, 0);
        words.for_each(|t| {
            all += 1;
            capital += usize::from(self.parse.shape(t).is_capital());
        });
        all >= 4 && capital * 4 > all * 3
    }

    fn name_at(&self, start: usize, ceiling: usize, headline: bool) -> Option<Range<usize>> {
        if !self.is_name_word(start) && !self.is_title(start) {
            return None;
        }
        let mut end = start + 1;
        while end < ceiling && end - start < LONGEST {
            let linked = self.is_name_word(end) || self.is_title(end) && self.is_name_word(end + 1);
            let small = self.parse.shape(end) == Shape::Lower || self.parse.lower(end) == "&";
            let particle =
                self.word(end).is_particle() && self.is_name_word(end + 1) && small && self.links(start, end);
            if !(linked || particle) || self.breaks(start, end, headline) {
                break;
            }
            end += 1;
        }
        // A role at the end belongs to what follows: Battle Angel [Star] Rosa Salazar.
        while end > start + 1 && self.word(end - 1).is_person() && self.is_name_word(end) {
            end -= 1;
        }
        let alone = end == start + 1 && self.word(start).is_honorific() && !self.word(start).is_given();
        let named = (start..end).any(|t| self.is_name_word(t) && !self.word(t).is_never() && !self.is_title(t));
        (named && !alone).then_some(start..end)
    }

    /// *Ministry of Health* is one name, *Lund of Acme* is two.
    fn links(&self, start: usize, at: usize) -> bool {
        match self.parse.lower(at) {
            "of" => (start..at).any(|t| self.word(t).is_organisation()) || self.parse.lower(start) == "bank",
            "&" => true,
            _ => at > start,
        }
    }

    /// In a headline a role before a given name starts a new name: *Angel Star [Rosa Salazar]*.
    fn breaks(&self, start: usize, at: usize, headline: bool) -> bool {
        let person_noun = self.word(at - 1).is_person() && !self.is_title(at - 1);
        at > start && self.word(at).is_given() && (person_noun || headline && self.word(at - 1).is_organisation())
    }

    fn is_name_word(&self, at: usize) -> bool {
        phrase::is_name_word(self.parse, at)
            && !self.word(at).is_never()
            && self.parse.lower(at).chars().any(char::is_alphabetic)
    }

    /// A form of address written large before a name.
    fn is_title(&self, at: usize) -> bool {
        self.word(at).is_honorific()
            && self.parse.shape(at).is_capital()
            && (self.is_plain_name(at + 1) || self.word(at + 1).is_honorific() && self.is_plain_name(at + 2))
    }

    fn is_plain_name(&self, at: usize) -> bool {
        phrase::is_name_word(self.parse, at) && !self.word(at).is_never()
    }

    /// The name without titles in front.
    fn core(&self, tokens: &Range<usize>) -> Range<usize> {
        let mut start = tokens.start;
        while start + 1 < tokens.end
            && self.word(start).is_honorific()
            && !(self.word(start).is_given() && tokens.len() > 2)
        {
            start += 1;
        }
        // A role written large before a full name: Angel Star Rosa Salazar.
        for at in start + 1..tokens.end.saturating_sub(1) {
            if self.word(at - 1).is_person() && self.word(at).is_given() {
                start = at;
            }
        }
        start..tokens.end
    }

    fn gender_of(&self, tokens: &Range<usize>) -> Gender {
        let mut gender = Gender::Unknown;
        for at in tokens.clone() {
            let word = self.word(at);
            let title = word.is_honorific() && at + 1 < tokens.end;
            let given = word.is_given() && tokens.len() > 1 && at + 1 < tokens.end
                || word.is_given() && tokens.len() == 1 && !word.is_surname();
            if title || given && gender == Gender::Unknown {
                gender = match (word.is_feminine(), word.is_masculine()) {
                    (true, false) => Gender::Feminine,
                    (false, true) => Gender::Masculine,
                    _ => gender,
                };
                if title && gender != Gender::Unknown {
                    break;
                }
            }
        }
        gender
    }

    /// Finds or makes the entry of a name.
    fn place(&mut self, document: &Document, tokens: &Range<usize>) -> PersonId {
        let core = self.core(tokens);
        let words: Vec<String> = core.clone().map(|t| self.parse.lower(t).trim_end_matches('.').to_owned()).collect();
        let gender = self.gender_of(tokens);
        let titled = core.start > tokens.start;
        let full = document.slice(self.parse.span(tokens.clone()));
        let plain = document.slice(self.parse.span(core.clone())).split_whitespace().collect::<Vec<_>>().join(" ");
        let known = self.match_name(&words, gender, titled);
        let person = known.unwrap_or_else(|| self.add(&words, &plain));
        let organisation = core.clone().any(|t| self.word(t).is_organisation()) || self.is_acronym(&core);
        let given = core.clone().any(|t| self.word(t).is_given()) && !organisation;
        let entry = &mut self.entries[person.index()];
        if entry.gender == Gender::Unknown {
            entry.gender = gender;
        }
        entry.alive |= titled || given && core.len() > 1;
        if organisation && !titled && !given {
            entry.kind = PersonKind::Organisation;
        }
        let several = core.len() > 1;
        let whole = full.split_whitespace().collect::<Vec<_>>().join(" ");
        if titled && several {
            entry.note_form(whole, false);
        }
        let shown = if titled && !several { full.split_whitespace().collect::<Vec<_>>().join(" ") } else { plain };
        entry.note_form(shown, several);
        person
    }

    fn is_acronym(&self, core: &Range<usize>) -> bool {
        core.len() == 1 && self.parse.shape(core.start) == Shape::Upper && self.parse.lower(core.start).len() <= 6
    }

    fn add(&mut self, words: &[String], name: &str) -> PersonId {
        let person = PersonId::at(self.entries.len());
        self.entries.push(Entry { name: name.to_owned(), words: words.to_vec(), ..Entry::default() });
        self.by_name.insert(words.join(" "), person);
        for word in [words.last(), words.first()].into_iter().flatten() {
            let list = self.by_last.entry(word.clone()).or_default();
            if !list.contains(&person) {
                list.push(person);
            }
        }
        person
    }

    fn match_name(&self, words: &[String], gender: Gender, titled: bool) -> Option<PersonId> {
        let fits = |&person: &PersonId| {
            let known = self.entries[person.index()].gender;
            known == gender || known == Gender::Unknown || gender == Gender::Unknown
        };
        if let Some(person) = self.by_name.get(&words.join(" ")).filter(|p| fits(p)) {
            return Some(*person);
        }
        let last = words.last()?;
        let candidates = self.by_last.get(last)?;
        if words.len() == 1 {
            let surname =
                candidates.iter().filter(|p| fits(p)).find(|p| self.entries[p.index()].words.last() == Some(last));
            let any = candidates
                .iter()
                .find(|p| fits(p) && !titled && self.entries[p.index()].kind != PersonKind::Organisation);
            return surname.or(any).copied();
        }
        candidates.iter().filter(|p| fits(p)).copied().find(|p| compatible(&self.entries[p.index()].words, words))
    }

    /// Notes what a name is called besides: *director Tomas Reyes*, *Rhoda Pell, the finance minister*.
    fn note_roles(&mut self) {
        for number in 0..self.names.len() {
            let NameMention { tokens, person } = self.names[number].clone();
            let floor = self.parse.sentences[self.parse.sentence_of(tokens.start)].tokens.clone();
            let mut roles: Vec<usize> = Vec::new();
            let core = self.core(&tokens);
            roles.extend(
                (tokens.start..core.start).filter(|&t| self.word(t).is_person() || self.word(t).is_honorific()),
            );
            if tokens.start > floor.start
                && (matches!(self.parse.tag(tokens.start - 1), Tag::Noun) || self.word(tokens.start - 1).is_person())
            {
                roles.push(tokens.start - 1);
            }
            if self.parse.lower(tokens.end) == "," && tokens.end + 1 < floor.end {
                let phrase = phrase::full_from(self.parse, tokens.end + 1, floor.end);
                // Set off on both sides, or it is the subject of what follows.
                let fits = |p: &Range<usize>| {
                    self.parse.tag(p.start) != Tag::Pronoun
                        && matches!(self.parse.lower(p.end), "," | "." | ")" | "—" | ";" | "who" | "whose")
                };
                roles.extend(phrase.filter(fits).map(|p| phrase::head(self.parse, &p)));
            }
            if tokens.start > floor.start + 1 && self.parse.lower(tokens.start - 1) == "," {
                roles.extend(phrase::core_before(self.parse, tokens.start - 1, floor.start).map(|p| p.end - 1));
            }
            for at in roles {
                self.add_role(person, at);
            }
        }
    }

    fn add_role(&mut self, person: PersonId, at: usize) {
        let word = self.word(at);
        if self.parse.tag(at).is_proper() && !word.is_person() && !word.is_honorific() {
            return;
        }
        let role = spelled_out(self.parse.lower(at)).to_owned();
        let entry = &mut self.entries[person.index()];
        if word.is_body() && !word.is_person() {
            entry.kind = PersonKind::Organisation;
        }
        if word.is_person() {
            entry.alive = true;
            if entry.gender == Gender::Unknown {
                entry.gender = gender(word);
            }
        }
        if !entry.roles.contains(&role) && entry.roles.len() < 12 {
            entry.roles.push(role);
        }
    }

    /// The person a name token belongs to, if it is part of one.
    pub fn named_at(&self, token: usize) -> Option<&NameMention> {
        let after = self.names.partition_point(|n| n.tokens.end <= token);
        self.names.get(after).filter(|n| n.tokens.contains(&token))
    }

    /// The last name inside a range of tokens.
    pub fn named_in(&self, tokens: &Range<usize>) -> Option<&NameMention> {
        let after = self.names.partition_point(|n| n.tokens.start < tokens.end);
        self.names[..after]
            .iter()
            .rev()
            .take_while(|n| n.tokens.end > tokens.start)
            .find(|n| tokens.start <= n.tokens.start || n.tokens.contains(&tokens.start))
    }

    /// The only person with a title or a role by that name: *the doctor* where there is one Dr. Archie.
    pub fn titled(&self, role: &str) -> Option<PersonId> {
        let mut fits =
            self.entries.iter().enumerate().filter(|(_, e)| e.is_named() && e.roles.iter().any(|r| r == role));
        match (fits.next(), fits.next()) {
            (Some((only, _)), None) => Some(PersonId::at(only)),
            _ => None,
        }
    }

    /// Makes an entry for somebody the text describes but does not name.
    pub fn describe(&mut self, name: String, role: &str, kind: PersonKind, gender: Gender) -> PersonId {
        let person = PersonId::at(self.entries.len());
        self.entries.push(Entry { name, roles: vec![role.to_owned()], kind, gender, alive: true, ..Entry::default() });
        person
    }

    /// Notes that a phrase stands for somebody.
    pub fn mention(&mut self, person: PersonId, tokens: Range<usize>) {
        let mentions = &mut self.entries[person.index()].mentions;
        if !mentions.iter().rev().take(4).any(|m| m.start < tokens.end && tokens.start < m.end) {
            mentions.push(tokens);
        }
    }

    /// The finished list, and where each entry went; those who neither speak nor seem to be people are left out.
    pub fn finish(self, story: bool) -> (Vec<Person>, Vec<Option<PersonId>>) {
        let mut people = Vec::new();
        let mut places = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            if !entry.alive {
                places.push(None);
                continue;
            }
            places.push(Some(PersonId::at(people.len())));
            let mut mentions: Vec<Span> = entry.mentions.iter().map(|m| self.parse.span(m.clone())).collect();
            mentions.sort_unstable();
            mentions.dedup();
            let name = entry.best_name(story).to_owned();
            let aliases = entry.forms.iter().map(|f| f.text.clone()).filter(|f| *f != name).collect();
            people.push(Person { name, aliases, kind: entry.kind, gender: entry.gender, mentions });
        }
        (people, places)
    }
}

/// The noun behind a short title.
fn spelled_out(title: &str) -> &str {
    match title {
        "dr." | "dr" => "doctor",
        "prof." => "professor",
        "capt." => "captain",
        "col." => "colonel",
        "gen." => "general",
        "lt." => "lieutenant",
        "sgt." => "sergeant",
        "sen." => "senator",
        "gov." => "governor",
        "rev." => "reverend",
        "adm." => "admiral",
        "maj." => "major",
        other => other,
    }
}

/// What a noun tells of gender.
pub(super) fn gender(word: PersonWord) -> Gender {
    match (word.is_feminine(), word.is_masculine()) {
        (true, false) => Gender::Feminine,
        (false, true) => Gender::Masculine,
        _ => Gender::Unknown,
    }
}

/// Whether two names of several words can be one person's: the same last word, and first words that agree.
fn compatible(known: &[String], new: &[String]) -> bool {
    let (Some(a), Some(b)) = (known.first(), new.first()) else { return false };
    if known.last() != new.last() || known.len() == 1 {
        return known.len() == 1 && known.last() == new.last();
    }
    a == b || a.len() == 1 && b.starts_with(a.as_str()) || b.len() == 1 && a.starts_with(b.as_str())
}
