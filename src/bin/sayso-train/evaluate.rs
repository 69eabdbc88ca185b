//! Measures a tagger against true tags and prints the table.

use std::collections::HashMap;
use std::time::Instant;

use sayso::tag::{FormRows, Tag, Tagger};

use crate::corpus::{Sentence, Token};

/// Counts over one file.
#[derive(Default, Debug)]
pub struct Score {
    tokens: usize,
    penn: usize,
    words: usize,
    words_right: usize,
    own: usize,
    universal: usize,
    proper_true: usize,
    proper_found: usize,
    proper_both: usize,
    verb_true: usize,
    verb_both: usize,
    unknown: usize,
    unknown_right: usize,
    confusions: HashMap<(Tag, Tag), usize>,
}

impl Score {
    /// Tags all sentences and counts; `known` are the forms seen in training.
    pub fn of(tagger: &Tagger, sentences: &[Sentence], known: &dyn Fn(&str) -> bool) -> Self {
        let mut score = Self::default();
        score.take(tagger, sentences, known);
        score
    }

    /// Tags all sentences and counts; `known` are the forms seen in training.
    pub fn take(&mut self, tagger: &Tagger, sentences: &[Sentence], known: &dyn Fn(&str) -> bool) {
        let mut interned = Interned::default();
        let mut tags = Vec::new();
        for sentence in sentences {
            let numbers = interned.sentence(tagger, sentence);
            tagger.tag(&interned.rows, &numbers, &mut tags);
            for (place, (token, tag)) in sentence.tokens.iter().zip(&tags).enumerate() {
                let universal = universal(&sentence.tokens, &tags, place);
                self.count(token, *tag, universal, known(&token.form));
            }
        }
    }

    fn count(&mut self, token: &Token, tag: Tag, universal: &str, known: bool) {
        let right = token.tag.as_str() == tag.as_str();
        self.tokens += 1;
        self.penn += usize::from(right);
        self.own += usize::from(token.tag == tag);
        self.universal += usize::from(token.universal == universal);
        if !matches!(token.universal.as_str(), "PUNCT" | "SYM") {
            self.words += 1;
            self.words_right += usize::from(right);
        }
        if !known {
            self.unknown += 1;
            self.unknown_right += usize::from(right);
        }
        self.proper_true += usize::from(token.tag.is_proper());
        self.proper_found += usize::from(tag.is_proper());
        self.proper_both += usize::from(token.tag.is_proper() && tag.is_proper());
        self.verb_true += usize::from(token.tag.is_verb());
        self.verb_both += usize::from(token.tag.is_verb() && tag.is_verb());
        if !right {
            *self.confusions.entry((token.tag, tag)).or_insert(0) += 1;
        }
    }

    /// One line of the table.
    pub fn line(&self, name: &str) -> String {
        format!(
            "{name:12} {:6} {} {} {} {} {} {} {} {}",
            self.tokens,
            percent(self.penn, self.tokens),
            percent(self.words_right, self.words),
            percent(self.own, self.tokens),
            percent(self.universal, self.tokens),
            percent(self.unknown_right, self.unknown),
            percent(self.proper_both, self.proper_true),
            percent(self.proper_both, self.proper_found),
            percent(self.verb_both, self.verb_true),
        )
    }

    /// The most frequent confusions, true tag first.
    pub fn confusions(&self, most: usize) -> String {
        let mut list: Vec<_> = self.confusions.iter().map(|(pair, count)| (*count, *pair)).collect();
        list.sort_by(|a, b| b.cmp(a));
        let texts = list.iter().take(most);
        let texts: Vec<String> = texts.map(|(n, (a, b))| format!("{}>{} {n}", a.as_str(), b.as_str())).collect();
        texts.join(", ")
    }

    /// Verb forms taken for each other.
    pub fn verb_confusions(&self) -> String {
        let get = |a, b| self.confusions.get(&(a, b)).copied().unwrap_or(0);
        let pairs = [
            (Tag::VerbPast, Tag::VerbParticiple),
            (Tag::VerbParticiple, Tag::VerbPast),
            (Tag::VerbBase, Tag::VerbPresent),
            (Tag::VerbPresent, Tag::VerbBase),
            (Tag::VerbParticiple, Tag::Adjective),
            (Tag::Adjective, Tag::VerbParticiple),
            (Tag::VerbGerund, Tag::Noun),
            (Tag::Noun, Tag::VerbGerund),
        ];
        let texts = pairs.map(|(a, b)| format!("{}>{} {}", a.as_str(), b.as_str(), get(a, b)));
        texts.join(", ")
    }
}

/// The head of the table.
pub const HEAD: &str =
    "part         tokens  Penn  words split  univ unknown properR properP verbR   (% right; R recall, P precision)";

fn percent(part: usize, whole: usize) -> String {
    let thousandths = (part * 100_000 + whole / 2) / whole.max(1);
    format!("{:2}.{:02}", thousandths / 1000, thousandths % 1000 / 10)
}

/// Distinct forms with their rows.
#[derive(Default)]
pub struct Interned {
    numbers: HashMap<String, u32>,
    /// Their rows, by number.
    pub rows: Vec<FormRows>,
}

impl Interned {
    /// The numbers of the forms of a sentence, new ones added.
    pub fn sentence(&mut self, tagger: &Tagger, sentence: &Sentence) -> Vec<u32> {
        sentence.tokens.iter().map(|token| self.number(tagger, &token.form)).collect()
    }

    fn number(&mut self, tagger: &Tagger, form: &str) -> u32 {
        if let Some(number) = self.numbers.get(form) {
            return *number;
        }
        let number = u32::try_from(self.rows.len()).unwrap_or(0);
        self.rows.push(tagger.rows(form));
        self.numbers.insert(form.to_owned(), number);
        number
    }
}

/// The universal tag: from the tagger's tag, a few words and, for auxiliaries, the verb form that follows.
fn universal(tokens: &[Token], tags: &[Tag], place: usize) -> &'static str {
    let (Some(token), Some(&tag)) = (tokens.get(place), tags.get(place)) else { return "X" };
    let lower = token.form.to_lowercase().replace('’', "'");
    match lower.as_str() {
        "not" | "n't" | "nt" if tag == Tag::Adverb => "PART",
        "someone" | "something" | "anyone" | "anything" | "everyone" | "everything" | "nothing" | "somebody"
        | "anybody" | "everybody" | "nobody" | "none" => "PRON",
        "be" | "is" | "are" | "was" | "were" | "been" | "being" | "am" | "'s" | "'re" | "'m" if tag.is_verb() => {
            let from = place.saturating_sub(2);
            let existential = tags.get(from..place).is_some_and(|before| before.contains(&Tag::Existential))
                || tags.get(place + 1) == Some(&Tag::Existential);
            if existential { "VERB" } else { "AUX" }
        }
        "have" | "has" | "had" | "having" | "'ve" | "'d" if tag.is_verb() => {
            if verb_follows(tags, place, Tag::VerbParticiple) { "AUX" } else { tag.universal() }
        }
        "do" | "does" | "did" if tag.is_verb() && verb_follows(tags, place, Tag::VerbBase) => "AUX",
        "new" | "united" | "national" | "american" | "international" | "great" | "west" | "north" | "south"
        | "northern" | "southern" | "eastern" | "western" | "east"
            if tag == Tag::Proper && tags.get(place + 1).is_some_and(|next| next.is_proper()) =>
        {
            "ADJ"
        }
        _ => tag.universal(),
    }
}

/// Whether a verb of this form follows, with only adverbs and pronouns between.
fn verb_follows(tags: &[Tag], place: usize, form: Tag) -> bool {
    let rest = tags.get(place + 1..).unwrap_or(&[]);
    let next = rest.iter().take(4).find(|tag| !(tag.is_adverb() || **tag == Tag::Pronoun));
    next == Some(&form)
}

/// Tags all sentences some times over and says how fast that went, and how long the rows of a form take.
pub fn speed(tagger: &Tagger, sentences: &[Sentence]) -> String {
    const TIMES: u128 = 20;
    let mut interned = Interned::default();
    let start = Instant::now();
    let numbers: Vec<Vec<u32>> = sentences.iter().map(|sentence| interned.sentence(tagger, sentence)).collect();
    let nanoseconds = start.elapsed().as_nanos();
    let tokens: usize = numbers.iter().map(Vec::len).sum();
    let start = Instant::now();
    let mut tags = Vec::new();
    for sentence in (0..TIMES).flat_map(|_| &numbers) {
        tagger.tag(&interned.rows, sentence, &mut tags);
        std::hint::black_box(&tags);
    }
    let rate = TIMES * tokens as u128 * 1_000_000_000 / start.elapsed().as_nanos().max(1);
    let forms = interned.rows.len();
    let for_one = nanoseconds / (forms as u128).max(1);
    format!("{tokens} tokens: {rate} a second; {forms} forms: {for_one} ns each for their rows (once a text)")
}
