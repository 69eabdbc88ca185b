//! Verb and noun forms. The tables name each verb once, in its base form; this file writes out the forms a text may show.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// The forms of one verb, all in lower case; alternatives stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbForms {
    /// *say*
    pub base: String,
    /// *says*
    pub third: Vec<String>,
    /// *said*
    pub past: Vec<String>,
    /// *said*, *shown*
    pub participle: Vec<String>,
    /// *saying*
    pub gerund: Vec<String>,
}

impl VerbForms {
    /// All forms, the base first; a form that serves twice is listed twice.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let groups = [&self.third, &self.past, &self.participle, &self.gerund];
        std::iter::once(self.base.as_str()).chain(groups.into_iter().flatten().map(String::as_str))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// base → [past, participle]; alternatives parted by `/`.
    verbs: FxHashMap<String, [String; 2]>,
    /// Verbs of more than one syllable that double their last letter.
    doubling: Vec<String>,
    /// Verbs that may do so or not.
    either: Vec<String>,
    /// singular → plural
    plurals: FxHashMap<String, String>,
}

/// Writes out the forms of English verbs and nouns.
#[derive(Debug)]
pub struct Inflector {
    table: Table,
    /// Irregular past forms that are nothing else.
    pasts: FxHashSet<String>,
}

impl Inflector {
    /// The English table that comes with the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: a test reads every embedded table.
    pub fn english() -> Self {
        let table: Table =
            toml::from_str(include_str!("../../assets/lang/en/inflection.toml")).expect("embedded and tested");
        let forms = table.verbs.values().flat_map(|[past, _]| past.split('/'));
        let pasts = forms.filter(|f| !table.verbs.contains_key(*f)).map(str::to_owned).collect();
        Self { table, pasts }
    }

    /// Whether a form in lower case is the past of an irregular verb and no verb's base form: *shook*, not *put*.
    pub fn is_only_past(&self, form: &str) -> bool {
        self.pasts.contains(form)
    }

    /// The forms of a verb given in its base form. A particle stays behind it: *point out* → *pointed out*.
    pub fn verb(&self, base: &str) -> VerbForms {
        if let Some((verb, particle)) = base.split_once(' ') {
            return with_particle(self.verb(verb), particle);
        }
        if base == "be" {
            return be();
        }
        let (past, participle) = self.past(base);
        let third = match base {
            "have" => "has".to_owned(),
            _ => third(base),
        };
        let mut gerund = vec![self.gerund(base)];
        gerund.extend(self.may_double(base).then(|| format!("{base}ling")));
        VerbForms { base: base.to_owned(), third: vec![third], past, participle, gerund }
    }

    /// The plural of a noun given in the singular.
    pub fn plural(&self, singular: &str) -> String {
        self.table.plurals.get(singular).cloned().unwrap_or_else(|| third(singular))
    }

    fn past(&self, base: &str) -> (Vec<String>, Vec<String>) {
        let irregular = self.irregular(base);
        if let Some([past, participle]) = irregular {
            return (past, participle);
        }
        let mut regular = vec![self.regular_past(base)];
        regular.extend(self.may_double(base).then(|| format!("{base}led")));
        (regular.clone(), regular)
    }

    /// *foretell* follows *tell*, *overhear* follows *hear*.
    fn irregular(&self, base: &str) -> Option<[Vec<String>; 2]> {
        let split = |forms: &str, prefix: &str| forms.split('/').map(|f| format!("{prefix}{f}")).collect::<Vec<_>>();
        if let Some([past, participle]) = self.table.verbs.get(base) {
            return Some([split(past, ""), split(participle, "")]);
        }
        let prefix =
            ["fore", "over", "under", "with", "out", "mis", "re", "un"].into_iter().find(|p| base.starts_with(p))?;
        let [past, participle] = self.table.verbs.get(base.strip_prefix(prefix)?)?;
        Some([split(past, prefix), split(participle, prefix)])
    }

    fn regular_past(&self, base: &str) -> String {
        if base.ends_with('e') {
            return format!("{base}d");
        }
        match base.strip_suffix('y') {
            Some(stem) if !stem.ends_with(is_vowel) => format!("{stem}ied"),
            _ => format!("{}ed", self.doubled(base)),
        }
    }

    fn gerund(&self, base: &str) -> String {
        if let Some(stem) = base.strip_suffix("ie") {
            return format!("{stem}ying");
        }
        match base.strip_suffix('e') {
            Some(stem) if !stem.ends_with(['e', 'o', 'y']) && !stem.is_empty() => format!("{stem}ing"),
            _ => format!("{}ing", self.doubled(base)),
        }
    }

    fn may_double(&self, base: &str) -> bool {
        self.table.either.iter().any(|d| d == base)
    }

    /// *admit* → *admitt*; *stop* → *stopp*.
    fn doubled(&self, base: &str) -> String {
        let letters: Vec<char> = base.chars().rev().take(3).collect();
        let closed = matches!(letters[..], [last, vowel, before, ..] if !is_vowel(last) && !"wxy".contains(last) && is_vowel(vowel) && !is_vowel(before));
        let vowels = base.chars().filter(|&c| is_vowel(c)).count();
        let doubles = closed && vowels == 1 || self.table.doubling.iter().any(|d| d == base);
        match letters.first() {
            Some(&last) if doubles => format!("{base}{last}"),
            _ if base.ends_with('c') => format!("{base}k"),
            _ => base.to_owned(),
        }
    }
}

fn be() -> VerbForms {
    let owned = |words: &[&str]| words.iter().map(|&w| w.to_owned()).collect();
    VerbForms {
        base: "be".into(),
        third: owned(&["is", "'s", "am", "'m", "are", "'re"]),
        past: owned(&["was", "were"]),
        participle: owned(&["been"]),
        gerund: owned(&["being"]),
    }
}

fn with_particle(verb: VerbForms, particle: &str) -> VerbForms {
    let add = |forms: Vec<String>| forms.into_iter().map(|f| format!("{f} {particle}")).collect();
    VerbForms {
        base: format!("{} {particle}", verb.base),
        third: add(verb.third),
        past: add(verb.past),
        participle: add(verb.participle),
        gerund: add(verb.gerund),
    }
}

fn third(base: &str) -> String {
    if let Some(stem) = base.strip_suffix('y')
        && !stem.ends_with(is_vowel)
    {
        return format!("{stem}ies");
    }
    let hissing = base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh");
    format!("{base}{}", if hissing { "es" } else { "s" })
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_write_out_their_forms() {
        let inflector = Inflector::english();
        for (base, expected) in [
            ("say", "say says said said saying"),
            ("deny", "deny denies denied denied denying"),
            ("admit", "admit admits admitted admitted admitting"),
            ("stop", "stop stops stopped stopped stopping"),
            ("insist", "insist insists insisted insisted insisting"),
            ("write", "write writes wrote written writing"),
            ("foretell", "foretell foretells foretold foretold foretelling"),
            ("agree", "agree agrees agreed agreed agreeing"),
            ("point out", "point out points out pointed out pointed out pointing out"),
            ("lie", "lie lies lied lied lying"),
            ("panic", "panic panics panicked panicked panicking"),
            ("echo", "echo echoes echoed echoed echoing"),
            ("answer", "answer answers answered answered answering"),
        ] {
            assert_eq!(inflector.verb(base).all().collect::<Vec<_>>().join(" "), expected);
        }
    }

    #[test]
    fn plurals() {
        let inflector = Inflector::english();
        assert_eq!(
            ["agency", "woman", "report", "boss"].map(|n| inflector.plural(n)),
            ["agencies", "women", "reports", "bosses"]
        );
    }
}
