//! Who says each quote, and by which rule. A phrase with the cue decides where there is one; else the talk around it does.
//! A speaker always stands in the text; where nothing points at anybody the place stays empty.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::person::{Cast, gender};
use super::phrase;
use super::quote::cue::Source;
use super::quote::{Draft, Found, Hint};
use super::token::Parse;
use super::{Gender, PersonId, PersonKind, QuoteKind, Speaker};
use crate::document::Document;
use crate::tag::Tag;

/// How many sentences back a pronoun may reach.
const PRONOUN_REACH: usize = 8;
/// How many names and descriptions back a role is looked for.
const SCENE_REACH: usize = 600;
/// How many paragraphs a conversation may pause.
const PAUSE: usize = 4;

/// A speaker before names are written out.
#[derive(Clone, Debug)]
struct Guess {
    person: PersonId,
    mention: Option<Range<usize>>,
    confidence: f32,
    rule: Cow<'static, str>,
}

/// Gives every draft its speaker, in order; entries may be added to the cast.
pub(super) fn attribute<'p>(
    document: &Document,
    parse: &'p Parse,
    found: &Found,
    cast: &mut Cast<'p>,
) -> Vec<Option<Speaker>> {
    let mut talk = Talk { document, parse, found, cast, turns: Vec::new(), scene: Vec::new() };
    talk.note_scene();
    let mut guesses: Vec<Option<Guess>> = Vec::new();
    for number in 0..found.drafts.len() {
        let guess = talk.speaker(number);
        talk.turns.push(Turn { block: found.drafts[number].block, person: guess.as_ref().map(|g| g.person) });
        if let Some(guess) = &guess {
            talk.cast.entries[guess.person.index()].alive = true;
            if let Some(mention) = guess.mention.clone() {
                talk.cast.mention(guess.person, mention);
            }
        }
        guesses.push(guess);
    }
    if found.narrative {
        talk.fill_gaps(&mut guesses);
    }
    let written = |(number, guess): (usize, Option<Guess>)| match guess {
        Some(guess) => Some(talk.written(guess)),
        None => talk.unresolved(number),
    };
    guesses.into_iter().enumerate().map(written).collect()
}

/// Who spoke where.
#[derive(Clone, Copy, Debug)]
struct Turn {
    block: usize,
    person: Option<PersonId>,
}

/// A person who is named or described outside quotation marks.
#[derive(Clone, Copy, Debug)]
struct Presence {
    token: usize,
    sentence: usize,
    person: PersonId,
    subject: bool,
}

struct Talk<'a, 'p> {
    document: &'a Document,
    parse: &'p Parse,
    found: &'a Found,
    cast: &'a mut Cast<'p>,
    turns: Vec<Turn>,
    scene: Vec<Presence>,
}

impl Talk<'_, '_> {
    /// Notes who is on the scene, sentence by sentence, outside quotation marks.
    fn note_scene(&mut self) {
        for name in &self.cast.names {
            if self.found.marks.around(name.tokens.start).is_some() {
                continue;
            }
            let sentence = self.parse.sentence_of(name.tokens.start);
            let after = name.tokens.end;
            let subject = !self.is_object(name.tokens.start)
                && (self.parse.tag(after).is_finite_verb()
                    || self.parse.tag(after).is_adverb()
                    || matches!(self.parse.lower(after), "," | "and" | "who")
                    || self.parse.tag(after) == Tag::VerbParticiple);
            self.scene.push(Presence { token: name.tokens.start, sentence, person: name.person, subject });
        }
        if self.found.narrative {
            self.note_described();
        }
    }

    /// In a story people without a name act too: *the captain looked about him*.
    fn note_described(&mut self) {
        let mut by_role: FxHashMap<String, PersonId> = FxHashMap::default();
        for at in 1..self.parse.tokens.len() {
            let noun = self.cast.word(at).is_person() && self.parse.tag(at) == Tag::Noun;
            if !noun || self.found.marks.around(at).is_some() || !self.parse.tag(at + 1).is_finite_verb() {
                continue;
            }
            let sentence = self.parse.sentence_of(at);
            let floor = self.parse.sentences[sentence].tokens.start;
            let Some(phrase) = phrase::core_before(self.parse, at + 1, floor) else { continue };
            if self.parse.tag(phrase.start) != Tag::Determiner {
                continue;
            }
            let role = self.parse.lower(at).to_owned();
            let known = by_role.get(&role).copied().or_else(|| self.cast.titled(&role));
            let person = known.unwrap_or_else(|| {
                let name = self
                    .document
                    .slice(self.parse.span(phrase.clone()))
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                let word = self.cast.word(at);
                let person = self.cast.describe(name, &role, PersonKind::Person, gender(word));
                self.cast.entries[person.index()].alive = false;
                person
            });
            by_role.insert(role, person);
            self.cast.mention(person, phrase.clone());
            self.scene.push(Presence { token: phrase.start, sentence, person, subject: true });
        }
        self.scene.sort_by_key(|p| p.token);
    }

    fn is_object(&self, start: usize) -> bool {
        start.checked_sub(1).is_some_and(|before| {
            matches!(self.parse.tag(before), Tag::Preposition | Tag::To | Tag::PossessiveEnding)
                || self.parse.tag(before).is_verb()
        })
    }

    fn speaker(&mut self, number: usize) -> Option<Guess> {
        let draft = &self.found.drafts[number];
        let guess = match (&draft.source, draft.hint) {
            (Some(source), Hint::Cue(how)) => self.from_cue(number, source.clone(), how),
            (Some(label), Hint::Label) => self
                .stand_for(number, label.clone())
                .map(|p| Self::sure(p, label.clone(), 0.97, "label before the words")),
            (Some(owner), Hint::Owner) => self
                .stand_for(number, owner.clone())
                .map(|p| Self::sure(p, owner.clone(), 0.9, "the words are called theirs")),
            (None, Hint::Cue(Source::Nobody)) => return None,
            _ => None,
        };
        guess.or_else(|| if draft.source.is_some() { None } else { self.from_talk(number) })
    }

    fn sure(person: PersonId, mention: Range<usize>, confidence: f32, rule: &'static str) -> Guess {
        Guess { person, mention: Some(mention), confidence, rule: rule.into() }
    }

    /// The phrase with the cue, resolved.
    fn from_cue(&mut self, number: usize, source: Range<usize>, how: Source) -> Option<Guess> {
        let person = self.stand_for(number, source.clone())?;
        let named = self.cast.named_in(&source).is_some();
        let pronoun = self.is_pronoun(&source);
        let certain = match how {
            Source::Subject(phrase::Found::Before) | Source::Inverted | Source::Phrase => 0.98,
            Source::Subject(phrase::Found::Apposition) | Source::Owner => 0.95,
            _ => 0.92,
        };
        let confidence = if named {
            certain
        } else if pronoun {
            0.85
        } else {
            certain - 0.02
        };
        let rule = self.reason(number, &source, how, person);
        Some(Guess { person, mention: Some(source), confidence, rule: rule.into() })
    }

    /// The reason in words: “Salazar said” stands with it.
    fn reason(&self, number: usize, source: &Range<usize>, how: Source, person: PersonId) -> String {
        let words = |range: Range<usize>| {
            let text = self.document.slice(self.parse.span(range)).split_whitespace().collect::<Vec<_>>().join(" ");
            text.chars().take(60).collect::<String>()
        };
        let cue = self.found.drafts[number].cue.clone().map(words).unwrap_or_default();
        let source_words = words(source.clone());
        let name = self.cast.entries[person.index()].best_name(self.found.narrative);
        let who = if self.is_pronoun(source) || !name.contains(source_words.trim_start_matches("the ")) {
            format!("; “{source_words}” is {name}")
        } else {
            String::new()
        };
        match how {
            Source::Inverted => format!("“{cue} {source_words}” follows the words{who}"),
            Source::Phrase => format!("“{cue} {source_words}”{who}"),
            Source::Main => format!("“{cue}” goes with “{source_words}”{who}"),
            Source::Owner => format!("“{source_words}” owns “{cue}”{who}"),
            _ => format!("“{source_words}” is the subject of “{cue}”{who}"),
        }
    }

    fn is_pronoun(&self, phrase: &Range<usize>) -> bool {
        phrase.len() == 1 && matches!(self.parse.tag(phrase.start), Tag::Pronoun | Tag::Possessive | Tag::WhPronoun)
    }

    // ------------------------------------------------------------------ phrases to people

    /// Who a phrase stands for; a new entry when the text has not met them.
    fn stand_for(&mut self, number: usize, phrase: Range<usize>) -> Option<PersonId> {
        if self.is_pronoun(&phrase) {
            return self.pronoun(number, &phrase);
        }
        if let Some(person) = self.by_name(&phrase) {
            return Some(person);
        }
        self.description(number, &phrase)
    }

    /// A phrase with a name in it stands for the name, unless the name only belongs to it: *Skeld's camp*, *Lund's lawyer*,
    /// *a spokeswoman for Fellrider*.
    fn by_name(&self, phrase: &Range<usize>) -> Option<PersonId> {
        let head = phrase::head(self.parse, phrase);
        if let Some(name) = self.cast.named_at(head) {
            return Some(name.person);
        }
        // The union's treasurer, Bo Lind: a name in apposition at the end.
        let last = self.cast.named_at(phrase.end - 1)?;
        let set_off = last.tokens.start.checked_sub(1).is_some_and(|before| self.parse.lower(before) == ",");
        set_off.then_some(last.person)
    }

    fn description(&mut self, number: usize, phrase: &Range<usize>) -> Option<PersonId> {
        let head = phrase::head(self.parse, phrase);
        let word = self.cast.word(head);
        let lower = self.parse.lower(head).to_owned();
        let first = self.parse.lower(phrase.start);
        let definite = matches!(first, "the" | "this" | "that" | "these" | "those")
            || matches!(self.parse.tag(phrase.start), Tag::Possessive);
        let plural = self.parse.tag(head) == Tag::NounPlural;
        if matches!(lower.as_str(), "nobody" | "none" | "what" | "nothing") {
            return None;
        }
        if definite || phrase.len() == 1 {
            if let Some(person) = self.same_role(&lower, phrase.start) {
                return Some(person);
            }
            if word.is_body()
                && let Some(person) = self.last_body(&lower, phrase.start)
            {
                return Some(person);
            }
            let varies = definite
                && !plural
                && !word.is_body()
                && !word.is_document()
                && !self.found.narrative
                && first == "the";
            if varies && let Some(person) = self.varied(number, phrase, gender(word)) {
                return Some(person);
            }
        }
        let kind = match () {
            () if word.is_person() && !plural => PersonKind::Person,
            () if word.is_document() => PersonKind::Document,
            () if word.is_body() => PersonKind::Organisation,
            () if plural || word.is_group() => PersonKind::Group,
            () => PersonKind::Person,
        };
        let name =
            self.document.slice(self.parse.span(phrase.clone())).split_whitespace().collect::<Vec<_>>().join(" ");
        let person = self.cast.describe(name, &lower, kind, gender(word));
        self.scene.push(Presence {
            token: phrase.start,
            sentence: self.parse.sentence_of(phrase.start),
            person,
            subject: true,
        });
        self.scene.sort_by_key(|p| p.token);
        Some(person)
    }

    /// Somebody earlier who was called the same: *the director* after *director Ines Quarrendon*.
    fn same_role(&self, role: &str, before: usize) -> Option<PersonId> {
        let fits = |p: &&Presence| self.cast.entries[p.person.index()].roles.iter().any(|r| r == role);
        let earlier = self.scene.partition_point(|p| p.token < before);
        self.scene[..earlier].iter().rev().take(SCENE_REACH).find(fits).map(|p| p.person)
    }

    /// The last organisation, for *the company*; one that has the word in its name first.
    fn last_body(&self, role: &str, before: usize) -> Option<PersonId> {
        let earlier = self.scene.partition_point(|p| p.token < before);
        let bodies = || {
            self.scene[..earlier]
                .iter()
                .rev()
                .take(SCENE_REACH)
                .filter(|p| self.cast.entries[p.person.index()].kind == PersonKind::Organisation)
        };
        let named =
            bodies().find(|p| self.cast.entries[p.person.index()].name.to_lowercase().split(' ').any(|w| w == role));
        let general = matches!(
            role,
            "company"
                | "firm"
                | "agency"
                | "group"
                | "organization"
                | "organisation"
                | "studio"
                | "publisher"
                | "maker"
                | "developer"
        );
        named.or_else(|| if general { bodies().next() } else { None }).map(|p| p.person)
    }

    /// *The 38-year-old actor*, *the face of the series*: papers vary the name of whom the last sentences were about.
    fn varied(&self, number: usize, phrase: &Range<usize>, wanted: Gender) -> Option<PersonId> {
        let sentence = self.parse.sentence_of(phrase.start);
        let earlier = self.scene.partition_point(|p| p.token < phrase.start);
        let fits = |person: PersonId| {
            let entry = &self.cast.entries[person.index()];
            entry.kind == PersonKind::Person && entry.alive && agrees(entry.gender, wanted)
        };
        let near = self.scene[..earlier].iter().rev().take_while(|p| p.sentence + 2 > sentence);
        let subject = near.filter(|p| p.subject).map(|p| p.person).find(|&p| fits(p));
        let last = self.turns[..number.min(self.turns.len())].iter().rev().find_map(|t| t.person).filter(|&p| fits(p));
        let only = self.only_person();
        let words = phrase.len();
        subject.or(last).filter(|_| words >= 2).or(only)
    }

    /// The only person of the text who is alive, if there is just one.
    fn only_person(&self) -> Option<PersonId> {
        let mut speakers: Vec<PersonId> = self.turns.iter().filter_map(|t| t.person).collect();
        speakers.sort_unstable();
        speakers.dedup();
        match speakers[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    // ------------------------------------------------------------------ pronouns

    fn pronoun(&mut self, number: usize, phrase: &Range<usize>) -> Option<PersonId> {
        let at = phrase.start;
        match self.parse.lower(at) {
            "he" | "him" | "his" => self.antecedent(number, at, Gender::Masculine),
            "she" | "her" | "hers" => self.antecedent(number, at, Gender::Feminine),
            "it" | "its" => self.last_of(at, &[PersonKind::Organisation, PersonKind::Document]),
            "they" | "their" | "them" => self.last_of(at, &[PersonKind::Group, PersonKind::Organisation]),
            "i" | "we" | "me" | "my" | "our" => Some(self.narrator(phrase)),
            _ => None,
        }
    }

    /// The narrator of a text told by *I*: one entry.
    fn narrator(&mut self, phrase: &Range<usize>) -> PersonId {
        let lower = self.parse.lower(phrase.start);
        let (name, role) = if matches!(lower, "we" | "our") { ("we", "narrators") } else { ("I", "narrator") };
        let known = self.cast.entries.iter().position(|e| e.roles.first().is_some_and(|r| r == role));
        known.map_or_else(|| self.cast.describe(name.into(), role, PersonKind::Person, Gender::Unknown), PersonId::at)
    }

    /// The person *he* or *she* stands for: near, a subject, somebody who was just speaking, of a gender that agrees.
    fn antecedent(&self, number: usize, at: usize, wanted: Gender) -> Option<PersonId> {
        let sentence = self.parse.sentence_of(at);
        let block = self.parse.sentences[sentence].block;
        let earlier = self.scene.partition_point(|p| p.token < at);
        let mut best: Option<(f32, PersonId)> = None;
        let mut offer = |score: f32, person: PersonId| {
            let entry = &self.cast.entries[person.index()];
            if entry.kind != PersonKind::Person
                || !agrees(entry.gender, wanted)
                || self.found.narrative && !entry.seems_alive()
            {
                return;
            }
            let known = if entry.gender == wanted { 1.2 } else { 0.0 };
            let alive = if entry.alive {
                0.6
            } else if entry.is_named() {
                -0.8
            } else {
                0.0
            };
            let named = if entry.is_named() { 0.8 } else { 0.0 };
            let score = score + known + alive + named;
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, person));
            }
        };
        for presence in
            self.scene[..earlier].iter().rev().take(40).take_while(|p| p.sentence + PRONOUN_REACH >= sentence)
        {
            #[expect(clippy::cast_precision_loss, reason = "a handful of sentences")]
            let distance = (sentence - presence.sentence) as f32;
            let subject = if presence.subject { 1.0 } else { 0.0 };
            offer(3.0 - 0.7 * distance + subject, presence.person);
        }
        for (back, turn) in self.turns[..number.min(self.turns.len())].iter().rev().take(3).enumerate() {
            let Some(person) = turn.person else { continue };
            let gap = block.saturating_sub(turn.block);
            #[expect(clippy::cast_precision_loss, reason = "three turns at most")]
            let recency = 4.4 - 1.0 * back as f32 - 0.7 * gap as f32;
            // In a conversation the next turn is usually the other one's.
            let just_spoke = self.found.narrative && back == 0 && gap == 1;
            let answers = self.found.narrative && back == 1 && gap <= 2;
            offer(recency - if just_spoke { 2.0 } else { 0.0 } + if answers { 0.8 } else { 0.0 }, person);
        }
        best.map(|(_, person)| person)
    }

    fn last_of(&self, at: usize, kinds: &[PersonKind]) -> Option<PersonId> {
        let fits = |person: PersonId| kinds.contains(&self.cast.entries[person.index()].kind);
        let last = self.turns.iter().rev().take(2).find_map(|t| t.person).filter(|&p| fits(p));
        let earlier = self.scene.partition_point(|p| p.token < at);
        last.or_else(|| self.scene[..earlier].iter().rev().take(12).map(|p| p.person).find(|&p| fits(p)))
    }

    // ------------------------------------------------------------------ without a cue

    /// The talk around a quote tells who speaks.
    fn from_talk(&mut self, number: usize) -> Option<Guess> {
        let draft = self.found.drafts[number].clone();
        if draft.kind != QuoteKind::Direct {
            return None;
        }
        if let Some(guess) = self.beat(number, &draft) {
            return Some(guess);
        }
        if self.found.narrative { self.turn(number, &draft) } else { self.report_goes_on(number, &draft) }
    }

    /// In a report, words without an attribution are the last speaker's.
    fn report_goes_on(&self, number: usize, draft: &Draft) -> Option<Guess> {
        let last = self.turns[..number].last()?;
        let person = last.person?;
        let near = last.block + PAUSE >= draft.block;
        near.then(|| Guess { person, mention: None, confidence: 0.75, rule: "goes on from the quote before".into() })
    }

    /// *Nell put down the cup. “Fine.”*: who acts in the paragraph of the words says them.
    fn beat(&mut self, number: usize, draft: &Draft) -> Option<Guess> {
        if !self.found.narrative {
            return None;
        }
        let block = self.parse.blocks.get(draft.block)?.clone();
        let mut actors = Vec::new();
        for sentence in self.parse.sentence_of(block.start)..=self.parse.sentence_of(block.end.saturating_sub(1)) {
            let tokens = self.parse.sentences[sentence].tokens.clone();
            let Some(start) =
                tokens.clone().find(|&t| self.found.marks.around(t).is_none() && !self.parse.tag(t).is_punctuation())
            else {
                continue;
            };
            let Some(subject) = phrase::full_from(self.parse, start, tokens.end) else { continue };
            let mut verb = subject.end;
            while self.parse.tag(verb).is_adverb() {
                verb += 1;
            }
            if self.parse.tag(verb).is_finite_verb() && self.found.marks.around(verb).is_none() {
                actors.push(subject);
            }
        }
        let nearest = actors.into_iter().min_by_key(|a| {
            draft
                .pieces
                .iter()
                .map(|p| if a.start < p.start { p.start - a.end.min(p.start) } else { a.start - p.end.min(a.start) })
                .min()
        })?;
        let animate = self.is_pronoun(&nearest) && matches!(self.parse.lower(nearest.start), "he" | "she" | "i")
            || self.cast.named_in(&nearest).is_some()
            || self.cast.word(nearest.end - 1).is_person();
        if !animate {
            return None;
        }
        let person = self.stand_for(number, nearest.clone())?;
        Some(Guess { person, mention: Some(nearest), confidence: 0.72, rule: "acts in the same paragraph".into() })
    }

    /// Two people talking take turns.
    fn turn(&self, number: usize, draft: &Draft) -> Option<Guess> {
        if let Some(named) = self.addressed_before(number, draft) {
            return Some(Guess {
                person: named,
                mention: None,
                confidence: 0.65,
                rule: "was spoken to just before".into(),
            });
        }
        let before = &self.turns[..number];
        let [.., first, second] = before else { return None };
        let flowing =
            second.block + PAUSE >= draft.block && first.block + PAUSE >= second.block && second.block != draft.block;
        let person = first.person?;
        (flowing && second.person != Some(person)).then(|| Guess {
            person,
            mention: None,
            confidence: 0.62,
            rule: "takes turns with the speaker before".into(),
        })
    }

    /// “You may go, Tom.” – the next to speak is Tom.
    fn addressed_before(&self, number: usize, draft: &Draft) -> Option<PersonId> {
        let last = number.checked_sub(1)?;
        let before = &self.found.drafts[last];
        if before.block + 2 < draft.block || before.block == draft.block {
            return None;
        }
        let person = before.pieces.iter().rev().find_map(|piece| self.vocative(piece))?;
        (self.turns[last].person != Some(person)).then_some(person)
    }

    /// Whom the words speak to: a name set off by commas at their start or end.
    fn vocative(&self, piece: &Range<usize>) -> Option<PersonId> {
        let set_off = |at: usize| matches!(self.parse.lower(at), "," | "." | "!" | "?" | ";" | "--" | "—");
        let names = self.cast.names.partition_point(|n| n.tokens.start < piece.start);
        self.cast.names[names..].iter().take_while(|n| n.tokens.end <= piece.end).find_map(|name| {
            let comma_before = name.tokens.start > piece.start && self.parse.lower(name.tokens.start - 1) == ",";
            let opens = name.tokens.start == piece.start && set_off(name.tokens.end);
            (comma_before && set_off(name.tokens.end) || opens).then_some(name.person)
        })
    }

    /// A gap between two turns of one speaker belongs to the other of the two who talk; one between turns of two speakers
    /// stays open.
    fn fill_gaps(&self, guesses: &mut [Option<Guess>]) {
        for number in 1..guesses.len() {
            if guesses[number].is_some() || self.found.drafts[number].source.is_some() {
                continue;
            }
            let block = self.found.drafts[number].block;
            let next = guesses.get(number + 1).and_then(|g| g.as_ref()).map(|g| g.person);
            let next_near =
                self.found.drafts.get(number + 1).is_some_and(|d| d.block <= block + PAUSE && d.block != block);
            let previous = guesses[number - 1].as_ref().map(|g| g.person);
            let partner = (0..number)
                .rev()
                .take(6)
                .filter_map(|n| guesses[n].as_ref().map(|g| g.person))
                .find(|&p| Some(p) != previous);
            let ahead = (number + 1..guesses.len().min(number + 5))
                .filter_map(|n| guesses[n].as_ref().map(|g| g.person))
                .find(|&p| Some(p) != previous && Some(p) != next);
            let person = match (previous, next) {
                (Some(a), Some(b)) if a == b && next_near => partner.or(ahead),
                (_, Some(_)) if next_near => {
                    ahead.filter(|&p| Some(p) != previous).or(partner.filter(|&p| Some(p) != next))
                }
                _ => partner,
            };
            if let Some(person) = person {
                guesses[number] = Some(Guess {
                    person,
                    mention: None,
                    confidence: 0.45,
                    rule: "the other one who is talking here".into(),
                });
            }
        }
    }

    /// *he*, whom the text does not name: the pronoun itself is all that is known.
    fn unresolved(&self, number: usize) -> Option<Speaker> {
        let source = self.found.drafts[number].source.clone()?;
        if !self.is_pronoun(&source) {
            return None;
        }
        let word = self.document.slice(self.parse.span(source.clone()));
        Some(Speaker {
            person: None,
            name: word.to_lowercase(),
            mention: Some(self.parse.span(source)),
            confidence: 0.5,
            rule: format!("“{word}” is the source; the text does not say who that is").into(),
        })
    }

    fn written(&self, guess: Guess) -> Speaker {
        Speaker {
            person: Some(guess.person),
            name: self.cast.entries[guess.person.index()].best_name(self.found.narrative).to_owned(),
            mention: guess.mention.map(|m| self.parse.span(m)),
            confidence: guess.confidence,
            rule: guess.rule,
        }
    }
}

fn agrees(known: Gender, wanted: Gender) -> bool {
    known == wanted || known == Gender::Unknown || wanted == Gender::Unknown
}
