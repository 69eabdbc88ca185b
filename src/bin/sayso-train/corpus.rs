//! Reads treebanks in the column format of the project's data and brings them to the tokens and tags of the tagger.
//!
//! Columns, tab-separated: form, lemma, universal tag, Penn tag, head, relation, and `_` where no space follows. A
//! blank line ends a sentence, `# doc NAME` opens a document.

use sayso::tag::Tag;
use sayso::tag::tags::ALL_TAGS;

/// One token with its true tags.
#[derive(Clone, Debug)]
pub struct Token {
    /// The form as written.
    pub form: String,
    /// The tag in the tagger's own set.
    pub tag: Tag,
    /// The universal tag as the treebank gives it.
    pub universal: String,
}

/// One sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Running number of its document.
    pub document: usize,
}

/// A line of the file, before hyphens are merged.
struct Line<'a> {
    form: &'a str,
    universal: &'a str,
    penn: &'a str,
    head: usize,
    relation: &'a str,
    space_after: bool,
}

impl<'a> Line<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut columns = text.split('\t');
        let form = columns.next()?;
        columns.next()?;
        let (universal, penn) = (columns.next()?, columns.next()?);
        let head = columns.next()?.parse().ok()?;
        let relation = columns.next()?;
        let space_after = columns.next().is_none_or(|mark| mark != "_");
        Some(Self { form, universal, penn, head, relation, space_after })
    }

    fn is_hyphen(&self) -> bool {
        self.form == "-" && !self.space_after
    }

    fn token(&self) -> Token {
        Token {
            form: self.form.to_owned(),
            tag: fold(self.form, self.penn, self.universal),
            universal: self.universal.to_owned(),
        }
    }
}

/// Reads the text of one file. With `merge`, words joined by hyphens become one token.
pub fn read(text: &str, merge: bool) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut lines = Vec::new();
    let mut document = 0;
    for row in text.lines().chain([""]) {
        if row.starts_with("# doc ") {
            document += 1;
        } else if let Some(line) = Line::parse(row) {
            lines.push(line);
        } else if !lines.is_empty() {
            sentences.push(Sentence { tokens: tokens(&lines, merge), document });
            lines.clear();
        }
    }
    sentences
}

fn tokens(lines: &[Line<'_>], merge: bool) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(lines.len());
    let mut place = 0;
    while let Some(line) = lines.get(place) {
        let end = if merge { run_end(lines, place) } else { place };
        match lines.get(place..=end) {
            Some(run) if end > place => tokens.push(merged(run, place)),
            _ => tokens.push(line.token()),
        }
        place = end + 1;
    }
    tokens
}

/// The last place of the hyphenated word that begins at `place`; `place` itself if there is none.
fn run_end(lines: &[Line<'_>], place: usize) -> usize {
    let lettered = |line: &Line<'_>| line.form.chars().next().is_some_and(char::is_alphanumeric);
    let mut end = place;
    while let Some([first, hyphen, next]) = lines.get(end..end + 3) {
        if !lettered(first) || first.space_after || !hyphen.is_hyphen() || !lettered(next) {
            break;
        }
        end += 2;
    }
    end
}

/// The one token for a hyphenated run whose first line has the index `start` in its sentence.
fn merged(run: &[Line<'_>], start: usize) -> Token {
    let form: String = run.iter().map(|line| line.form).collect();
    let Some(last) = run.last() else {
        return Token { form, tag: Tag::Noun, universal: String::new() };
    };
    let end = start + run.len();
    // Heads count from 1; 0 is the root.
    let outer = run.iter().find(|line| line.head <= start || line.head > end);
    let modifies =
        outer.is_some_and(|line| line.head > end && matches!(line.relation, "compound" | "amod" | "nmod" | "advmod"));
    let tag = fold(last.form, last.penn, last.universal);
    let plain = tag.is_proper() || tag == Tag::Number || matches!(tag, Tag::Adverb | Tag::Adjective);
    if modifies && !plain {
        Token { form, tag: Tag::Adjective, universal: "ADJ".to_owned() }
    } else {
        Token { form, tag, universal: last.universal.to_owned() }
    }
}

/// The tag of the tagger's set for a Penn tag, the universal tag and the form helping.
fn fold(form: &str, penn: &str, universal: &str) -> Tag {
    if matches!(universal, "PUNCT" | "SYM")
        && let Some(tag) = mark_tag(form)
    {
        return tag;
    }
    match (penn, universal) {
        ("IN", "SCONJ") => Tag::Subordinator,
        ("DT", "PRON") => Tag::DeterminerAlone,
        ("LS", _) => Tag::Number,
        ("NFP", "SYM") => Tag::Symbol,
        ("NFP" | "HYPH", _) => Tag::Pause,
        ("GW" | "AFX", _) => universal_fold(universal),
        _ => ALL_TAGS.into_iter().find(|tag| tag.as_str() == penn).unwrap_or_else(|| universal_fold(universal)),
    }
}

/// Marks that treebanks tag now so, now so, get one tag each.
fn mark_tag(form: &str) -> Option<Tag> {
    let all = |marks: &str| form.chars().all(|c| marks.contains(c));
    match form {
        "/" | "=" | "+" | "%" | "|" | "~" | "#" => Some(Tag::Symbol),
        "–" | "—" | "-" | ";" | "…" | ":" | "*" | "·" | "•" => Some(Tag::Pause),
        "(" | "[" | "{" => Some(Tag::BracketOpen),
        ")" | "]" | "}" => Some(Tag::BracketClose),
        "." => Some(Tag::Stop),
        "," => Some(Tag::Comma),
        "“" | "‘‘" => Some(Tag::QuoteOpen),
        "”" | "’’" => Some(Tag::QuoteClose),
        _ if all("-_*=") || all(".…") => Some(Tag::Pause),
        _ if all("?!") => Some(Tag::Stop),
        _ => None,
    }
}

/// The likeliest tag for a universal class, for tokens whose Penn tag is of no use.
fn universal_fold(universal: &str) -> Tag {
    match universal {
        "PROPN" => Tag::Proper,
        "ADJ" => Tag::Adjective,
        "ADV" => Tag::Adverb,
        "ADP" => Tag::Preposition,
        "SCONJ" => Tag::Subordinator,
        "PRON" => Tag::Pronoun,
        "VERB" => Tag::VerbBase,
        "NUM" => Tag::Number,
        "PUNCT" => Tag::Pause,
        "DET" => Tag::Determiner,
        _ => Tag::Noun,
    }
}

/// A copy of a sentence with typographic quotation marks, if it has straight ones.
pub fn with_curly_quotes(sentence: &Sentence) -> Option<Sentence> {
    let mut copy = sentence.clone();
    let mut changed = false;
    for token in &mut copy.tokens {
        let curly = match (token.form.as_str(), token.tag) {
            ("\"", Tag::QuoteOpen) => "“",
            ("\"", Tag::QuoteClose) => "”",
            ("'", Tag::QuoteOpen) => "‘",
            ("'", Tag::QuoteClose) => "’",
            _ => continue,
        };
        curly.clone_into(&mut token.form);
        changed = true;
    }
    changed.then_some(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# doc one\na\ta\tDET\tDT\t5\tdet\t \nwell\twell\tADV\tRB\t4\tadvmod\t_\n-\t-\tPUNCT\tHYPH\t4\tpunct\t_\n\
        known\tknow\tVERB\tVBN\t5\tamod\t \nman\tman\tNOUN\tNN\t0\troot\t_\n.\t.\tPUNCT\t.\t5\tpunct\t \n\n";

    #[test]
    fn hyphenated_words_merge() {
        let sentences = read(SAMPLE, true);
        let forms: Vec<&str> = sentences[0].tokens.iter().map(|token| token.form.as_str()).collect();
        assert_eq!(forms, ["a", "well-known", "man", "."]);
        assert_eq!(sentences[0].tokens[1].tag, Tag::Adjective);
        assert_eq!(read(SAMPLE, false)[0].tokens.len(), 6);
    }

    #[test]
    fn odd_tags_fold() {
        assert_eq!(fold("...", ",", "PUNCT"), Tag::Pause);
        assert_eq!(fold("that", "IN", "SCONJ"), Tag::Subordinator);
        assert_eq!(fold("x", "GW", "PROPN"), Tag::Proper);
        assert_eq!(fold("\"", "''", "PUNCT"), Tag::QuoteClose);
    }
}
