//! Reporting cues: the words that attribute, with what may follow each.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Inflector;

/// Whether a cue tells of words or of thoughts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueClass {
    /// A word of saying.
    Speech,
    /// Thought, wish, knowledge.
    Thought,
}

/// What may follow a cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    /// A quotation as its object.
    Quote,
    /// A that-clause.
    That,
    /// A clause without *that*.
    Bare,
    /// A question: *whether*, *why*.
    Wh,
    /// An infinitive: promised [to pay].
    To,
    /// Urged Lund [to pay].
    PersonTo,
    /// Wants [Lund to pay].
    AllTo,
    /// Denied [taking bribes].
    Gerund,
    /// Reported [no injuries].
    Noun,
    /// Described [the plan as a joke].
    As,
    /// Called [the plan a joke].
    Call,
    /// Accused [Lund of theft].
    Of,
    /// An addressee may stand before the clause: told reporters.
    Person,
    /// Found [support slipping], of what measures.
    Small,
    /// The content stands on both sides: [prices] seem [to rise].
    Raise,
}

/// A set of [`Frame`]s and the class of a cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Frames {
    bits: u32,
    thought: u32,
}

impl Frames {
    fn add(&mut self, frame: Frame, class: CueClass) {
        let bit = 1 << frame as u32;
        self.bits |= bit;
        if class == CueClass::Thought {
            self.thought |= bit;
        } else {
            self.thought &= !bit;
        }
    }

    /// Whether a frame is among them.
    pub fn has(self, frame: Frame) -> bool {
        self.bits & (1 << frame as u32) != 0
    }

    /// Whether nothing may follow.
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Whether the cue tells of thoughts only.
    pub fn is_of_thought(self) -> bool {
        self.bits == self.thought
    }

    /// Whether, in this frame, the cue tells of a thought rather than of words.
    pub fn is_thought(self, frame: Frame) -> bool {
        self.thought & (1 << frame as u32) != 0
    }

    fn join(self, other: Frames) -> Frames {
        Frames {
            bits: self.bits | other.bits,
            thought: (self.thought | other.thought) & !(self.speech() | other.speech()),
        }
    }

    fn speech(self) -> u32 {
        self.bits & !self.thought
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: Vec<Group>,
    phrases: Vec<Group>,
    adverbs: Vec<Group>,
    nouns: Vec<Group>,
    adjectives: Vec<Group>,
    passive: Vec<Group>,
    impersonal: Vec<Group>,
    words: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    class: CueClass,
    #[serde(default)]
    frames: Vec<Frame>,
    words: Vec<String>,
    examples: Vec<String>,
}

impl Group {
    fn all_frames(&self) -> Frames {
        let mut frames = Frames::default();
        self.frames.iter().for_each(|&f| frames.add(f, self.class));
        frames
    }
}

/// Words that the search for content, speech and stories goes by; each list is explained in the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    addressees: Vec<String>,
    texts: Vec<String>,
    measures: Vec<String>,
    manner: Vec<String>,
    times: Vec<String>,
    links: Vec<String>,
    perception: Vec<String>,
    lists: Vec<String>,
    additions: Vec<String>,
    comments: Vec<String>,
    naming: Vec<String>,
    telling: Vec<String>,
    own: Vec<String>,
    titles: Vec<String>,
    reporting: Vec<String>,
}

/// What one written word can be as a cue.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "a word has any mix of these properties")]
pub struct CueWord {
    /// As a verb on its own.
    pub verb: Frames,
    /// As the verb of a longer cue: the words that must follow, and its frames.
    pub longer: Vec<(Vec<String>, Frames)>,
    /// As the first word of a phrase that attributes to what follows: the words that must come after it.
    pub phrases: Vec<Vec<String>>,
    /// As the first word of a cue that names nobody, *word is*: the words that must come after it.
    pub impersonal: Vec<Vec<String>>,
    /// As an adverb that makes a clause a report: *reportedly*.
    pub adverb: bool,
    /// As a noun with a that-clause or an infinitive.
    pub noun: Frames,
    /// As an adjective with a clause or an infinitive.
    pub adjective: Frames,
    /// As a passive participle: *it was alleged that*, *is expected to*, *was told that*.
    pub passive: Frames,
    /// As somebody who is spoken to.
    pub addressee: bool,
    /// As something written that is sent.
    pub text: bool,
    /// As something that measures opinions or facts: *a poll*.
    pub measures: bool,
    /// As an adverb that says how words are said: *publicly*.
    pub manner: bool,
    /// As a word of time.
    pub time: bool,
    /// As a word that links a further clause: *but*, *while*.
    pub link: bool,
    /// As a verb of seeing or hearing somebody speak.
    pub perceives: bool,
    /// As a form in -ing that opens a list or a phrase rather than a clause: *including*.
    pub opens_list: bool,
    /// As a word that opens what a report adds to a reported clause: *amid*, *compared with*.
    pub adds: bool,
    /// As a noun that comments on what was said: *a move that*.
    pub comments: bool,
    /// As a word before a quoted title, name or term.
    pub names: bool,
    /// As a word that stories are full of.
    pub tells: bool,
    /// As a word for whoever tells the text.
    pub own: bool,
    /// As a title that stories give their people: *Miss Sharp*.
    pub titles: bool,
    /// As a word that reports are full of.
    pub reports: bool,
}

/// Gives a word one of its properties.
type Mark = fn(&mut CueWord);

/// All cues of a language by their written words.
#[derive(Debug)]
pub struct CueTable {
    words: FxHashMap<String, CueWord>,
    examples: Vec<String>,
}

impl CueTable {
    /// The English cues that come with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn english(inflector: &Inflector) -> Self {
        let file: File = toml::from_str(include_str!("../../assets/lang/en/cues.toml")).expect("embedded and tested");
        Self::build(&file, inflector)
    }

    fn build(file: &File, inflector: &Inflector) -> Self {
        let mut table = CueTable { words: FxHashMap::default(), examples: Vec::new() };
        for group in &file.verbs {
            for word in &group.words {
                table.add_verb(word, group, inflector);
            }
        }
        for phrase in file.phrases.iter().flat_map(|g| &g.words) {
            let mut words = phrase.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            table.words.entry(first).or_default().phrases.push(words.collect());
        }
        for adverb in file.adverbs.iter().flat_map(|g| &g.words) {
            table.word(adverb).adverb = true;
        }
        for phrase in file.impersonal.iter().flat_map(|g| &g.words) {
            let mut words = phrase.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            table.words.entry(first).or_default().impersonal.push(words.collect());
        }
        for group in &file.nouns {
            for word in &group.words {
                table.add_noun(word, group);
                table.add_noun(&inflector.plural(word), group);
            }
        }
        for group in &file.adjectives {
            for word in &group.words {
                let word = table.word(word);
                word.adjective = word.adjective.join(group.all_frames());
            }
        }
        for group in &file.passive {
            for form in group.words.iter().flat_map(|word| inflector.verb(word).participle) {
                let word = table.word(&form);
                word.passive = word.passive.join(group.all_frames());
            }
        }
        table.add_words(&file.words);
        let groups =
            [&file.verbs, &file.phrases, &file.adverbs, &file.impersonal, &file.nouns, &file.adjectives, &file.passive];
        table.examples = groups.into_iter().flatten().flat_map(|g| g.examples.clone()).collect();
        table
    }

    fn word(&mut self, word: &str) -> &mut CueWord {
        self.words.entry(word.to_owned()).or_default()
    }

    fn add_noun(&mut self, noun: &str, group: &Group) {
        let word = self.word(noun);
        word.noun = word.noun.join(group.all_frames());
    }

    fn add_words(&mut self, words: &Words) {
        let lists: [(&[String], Mark); 15] = [
            (&words.addressees, |w| w.addressee = true),
            (&words.texts, |w| w.text = true),
            (&words.measures, |w| w.measures = true),
            (&words.manner, |w| w.manner = true),
            (&words.times, |w| w.time = true),
            (&words.links, |w| w.link = true),
            (&words.perception, |w| w.perceives = true),
            (&words.lists, |w| w.opens_list = true),
            (&words.additions, |w| w.adds = true),
            (&words.comments, |w| w.comments = true),
            (&words.naming, |w| w.names = true),
            (&words.telling, |w| w.tells = true),
            (&words.own, |w| w.own = true),
            (&words.titles, |w| w.titles = true),
            (&words.reporting, |w| w.reports = true),
        ];
        for (list, mark) in lists {
            for word in list {
                mark(self.word(word));
            }
        }
    }

    fn add_verb(&mut self, base: &str, group: &Group, inflector: &Inflector) {
        let frames = group.all_frames();
        for form in inflector.verb(base).all() {
            match form.split_once(' ') {
                None => {
                    let word = self.word(form);
                    word.verb = word.verb.join(frames);
                }
                Some((first, rest)) => {
                    let rest: Vec<String> = rest.split(' ').map(str::to_owned).collect();
                    let longer = &mut self.word(first).longer;
                    match longer.iter_mut().find(|(words, _)| *words == rest) {
                        Some((_, known)) => *known = known.join(frames),
                        None => longer.push((rest, frames)),
                    }
                }
            }
        }
    }

    /// What a lower-case word can be as a cue.
    pub fn get(&self, lower: &str) -> Option<&CueWord> {
        self.words.get(lower)
    }

    /// The marked example sentences of all groups.
    pub fn examples(&self) -> &[String] {
        &self.examples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_known_by_every_form() {
        let table = CueTable::english(&Inflector::english());
        let said = table.get("said").expect("said");
        assert!(said.verb.has(Frame::That) && !said.verb.is_thought(Frame::That) && said.passive.has(Frame::That));
        assert!(table.get("believes").expect("believes").verb.is_thought(Frame::That));
        assert!(table.get("pointed").expect("pointed").longer.iter().any(|(rest, _)| rest == &["out"]));
        assert!(table.get("according").expect("according").phrases.iter().any(|rest| rest == &["to"]));
        assert!(!table.get("claims").expect("claims").noun.is_empty());
        assert!(table.words.len() > 1500, "{}", table.words.len());
    }
}
