//! What the parts of web pages are called, from `assets/web/furniture.toml`: names of classes, ids, roles and elements.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::tree::{NodeId, Tree};

/// The names that come with the program.
///
/// # Panics
/// Never in a program whose tests passed: a test reads every embedded table.
pub static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/web/furniture.toml")).expect("embedded and tested")
});

/// Names of parts of pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Elements that are furniture.
    pub elements: Vec<String>,
    /// Roles that are furniture.
    pub roles: Vec<String>,
    /// Classes and ids that are furniture however much text they hold.
    pub talk: NameList,
    /// Classes and ids that are furniture unless they hold most of the text.
    pub strong: NameList,
    /// Classes and ids that are furniture when they hold little text.
    pub weak: NameList,
    /// Classes and ids of the article's text.
    pub body: NameList,
    /// Classes of the short text under the title.
    pub standfirst: NameList,
    /// Classes of the line with the author.
    pub byline: NameList,
    /// Classes of the words under a picture.
    pub caption: NameList,
    /// Classes of footnotes in books.
    pub notes: NameList,
    /// What the targets of links to notes begin with, before their number.
    pub note_targets: Vec<String>,
    states: Vec<String>,
    beside: Vec<String>,
}

/// Names by their first word, each as the words that follow it.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct NameList(FxHashMap<String, Vec<Vec<String>>>);

impl From<Vec<String>> for NameList {
    fn from(names: Vec<String>) -> Self {
        let mut list: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
        for name in &names {
            let mut rest = words(name).into_iter();
            if let Some(first) = rest.next() {
                list.entry(first).or_default().push(rest.collect());
            }
        }
        Self(list)
    }
}

impl NameList {
    /// Whether one of the names stands among the words of a class.
    pub fn fits(&self, class: &[String]) -> bool {
        class.iter().enumerate().any(|(i, word)| {
            let rest = class.get(i + 1..).unwrap_or_default();
            self.0.get(word).is_some_and(|names| names.iter().any(|name| rest.starts_with(name)))
        })
    }

    /// Whether it fits one of several classes.
    pub fn fits_any(&self, classes: &[Vec<String>]) -> bool {
        classes.iter().any(|class| self.fits(class))
    }
}

/// Longer names are machine-made.
const LONGEST_NAME: usize = 120;

/// The classes and the id of an element, each as words; states and subjects are left out.
pub fn classes(tree: &Tree, id: NodeId) -> Vec<Vec<String>> {
    let class = tree.attribute(id, "class").unwrap_or_default();
    // Headings and paragraphs have ids made of their own words.
    let speaks =
        !matches!(tree.name(id), "p" | "span" | "li" | "a") && super::display::heading(tree.name(id)).is_none();
    let own = [
        tree.attribute(id, "id").filter(|_| speaks),
        tree.attribute(id, "data-component"),
        tree.attribute(id, "data-testid"),
    ];
    let element = Some(tree.name(id)).filter(|name| name.contains('-'));
    let names = class.split_ascii_whitespace().take(24).chain(own.into_iter().flatten()).chain(element);
    let told = names.filter(|name| {
        let state = |s: &String| name.get(..s.len()).is_some_and(|head| head.eq_ignore_ascii_case(s));
        name.len() <= LONGEST_NAME && !NAMES.states.iter().any(state)
    });
    told.map(words).filter(|name| !name.iter().any(|word| NAMES.beside.contains(word))).collect()
}

/// The words a name is made of, in lower case: parted by signs, by digits' ends and by capitals.
pub fn words(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut lower = false;
    for c in name.chars() {
        let starts = c.is_ascii_uppercase() && lower;
        if (!c.is_alphanumeric() || starts) && !word.is_empty() {
            found.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        lower = c.is_lowercase() || c.is_ascii_digit();
    }
    if !word.is_empty() {
        found.push(word);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words("c-Newsletter__signUpForm"), ["c", "newsletter", "sign", "up", "form"]);
        assert_eq!(words("relatedPosts_x3Y"), ["related", "posts", "x3", "y"]);
    }

    #[test]
    fn names_stand_side_by_side() {
        assert!(NAMES.strong.fits(&words("article__most-read")));
        assert!(!NAMES.strong.fits(&words("most-widely-read")));
        assert!(NAMES.weak.fits(&words("ad-slot")) && !NAMES.weak.fits(&words("headline")));
    }
}
