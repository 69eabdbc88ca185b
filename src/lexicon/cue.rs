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
    nouns: Vec<Group>,
    adjectives: Vec<Group>,
    passive: Vec<Group>,
    addressees: Words,
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

/// What one written word can be as a cue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CueWord {
    /// As a verb on its own.
    pub verb: Frames,
    /// As the verb of a longer cue: the words that must follow, and its frames.
    pub longer: Vec<(Vec<String>, Frames)>,
    /// As the first word of a phrase that attributes to what follows: the words that must come after it.
    pub phrases: Vec<Vec<String>>,
    /// As a noun with a that-clause.
    pub noun: Option<CueClass>,
    /// As an adjective with a clause.
    pub adjective: Option<CueClass>,
    /// As a participle that reports without a source: *it was alleged*.
    pub passive: bool,
    /// As somebody who is spoken to.
    pub addressee: bool,
}

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
        for group in &file.nouns {
            for word in &group.words {
                table.word(word).noun = Some(group.class);
                table.word(&inflector.plural(word)).noun = Some(group.class);
            }
        }
        for group in &file.adjectives {
            group.words.iter().for_each(|word| table.word(word).adjective = Some(group.class));
        }
        for word in file.passive.iter().flat_map(|g| &g.words) {
            inflector.verb(word).participle.iter().for_each(|form| table.word(form).passive = true);
        }
        file.addressees.words.iter().for_each(|word| table.word(word).addressee = true);
        let groups =
            file.verbs.iter().chain(&file.phrases).chain(&file.nouns).chain(&file.adjectives).chain(&file.passive);
        table.examples = groups.flat_map(|g| g.examples.clone()).collect();
        table
    }

    fn word(&mut self, word: &str) -> &mut CueWord {
        self.words.entry(word.to_owned()).or_default()
    }

    fn add_verb(&mut self, base: &str, group: &Group, inflector: &Inflector) {
        let mut frames = Frames::default();
        group.frames.iter().for_each(|&f| frames.add(f, group.class));
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
        assert!(said.verb.has(Frame::That) && !said.verb.is_thought(Frame::That) && said.passive);
        assert!(table.get("believes").expect("believes").verb.is_thought(Frame::That));
        assert!(table.get("pointed").expect("pointed").longer.iter().any(|(rest, _)| rest == &["out"]));
        assert!(table.get("according").expect("according").phrases.iter().any(|rest| rest == &["to"]));
        assert!(table.get("claims").expect("claims").noun.is_some());
        assert!(table.words.len() > 1500, "{}", table.words.len());
    }
}
