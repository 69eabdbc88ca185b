//! Who is quoted in a story, how often, and how surely they speak.

use rustc_hash::FxHashMap;

use super::{Entry, Sort};
use crate::text::fold_plain;

/// Somebody who is quoted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Voice {
    /// The fullest name the story uses.
    pub name: String,
    /// How many quotes are theirs.
    pub quotes: usize,
    /// In how many articles they are quoted.
    pub articles: usize,
    /// How many claims are theirs.
    pub claims: usize,
    /// How many of those they assert outright.
    pub certain: usize,
    /// How many of those they deny.
    pub denied: usize,
    /// The last article that quotes them.
    pub last: usize,
    /// Their quotes, in the order of the articles: the article and the place among its kept findings.
    pub said: Vec<(usize, usize)>,
}

/// All who are quoted, the most quoted first; those without a name when they are quoted more than once.
pub(super) fn voices(entries: &[Entry]) -> Vec<Voice> {
    let full = full_names(entries);
    let mut voices: FxHashMap<&str, Voice> = FxHashMap::default();
    for (number, entry) in entries.iter().enumerate() {
        let named = entry.kept.iter().enumerate().filter(|(_, k)| !k.who.is_empty() && k.who != "unnamed");
        for (place, kept) in named {
            let name = full.get(kept.who.as_str()).copied().unwrap_or(kept.who.as_str());
            let voice = voices.entry(name).or_insert_with(|| Voice { name: name.to_owned(), ..Voice::default() });
            match kept.sort {
                Sort::Quote => {
                    voice.articles += usize::from(voice.quotes == 0 || voice.last != number);
                    voice.quotes += 1;
                    voice.last = number;
                    voice.said.push((number, place));
                }
                Sort::Claim => {
                    voice.claims += 1;
                    voice.certain += usize::from(kept.is("certain"));
                    voice.denied += usize::from(kept.is("denied"));
                }
                Sort::Question => {}
            }
        }
    }
    let mut voices: Vec<Voice> =
        voices.into_values().filter(|v| v.quotes > 1 || (v.quotes == 1 && is_name(&v.name))).collect();
    voices.sort_by(|a, b| b.quotes.cmp(&a.quotes).then_with(|| a.name.cmp(&b.name)));
    voices
}

/// The fullest name of everybody: *Reyes*, *Tomas* and *REYES* are *Tomas Reyes* where the story knows no other Reyes or Tomas;
/// a first and a last name are those of a longer name that ends with them.
fn full_names(entries: &[Entry]) -> FxHashMap<&str, &str> {
    let names: std::collections::BTreeSet<&str> =
        entries.iter().flat_map(|e| &e.kept).map(|k| k.who.as_str()).collect();
    let folded: Vec<(&str, String)> = names.iter().filter(|n| is_name(n)).map(|&n| (n, fold_plain(n))).collect();
    // Of two that differ in capitals alone the one that is not all capitals stands.
    let written = |key: &str| {
        let same = folded.iter().filter(|(_, f)| f == key).map(|&(n, _)| n);
        same.min_by_key(|n| (!n.chars().any(char::is_lowercase), *n))
    };
    // By a part of it: the longer names that start or end with it.
    let mut longer: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (_, whole) in &folded {
        let mut parts: Vec<&str> = whole.match_indices(' ').filter_map(|(at, _)| whole.get(at + 1..)).collect();
        parts.extend(whole.split_once(' ').map(|(first, _)| first));
        for part in parts {
            let known = longer.entry(part).or_default();
            if !known.contains(&whole.as_str()) {
                known.push(whole);
            }
        }
    }
    folded.iter().filter_map(|(name, key)| Some((*name, written(fullest(key, &longer))?))).collect()
}

/// The only name that a name may be short for, or itself; every step makes it longer.
fn fullest<'a>(name: &'a str, longer: &FxHashMap<&'a str, Vec<&'a str>>) -> &'a str {
    let mut known = longer.get(name).into_iter().flatten().map(|n| fullest(n, longer));
    match known.next() {
        Some(first) if known.all(|other| other == first) => first,
        _ => name,
    }
}

fn is_name(name: &str) -> bool {
    name.split(' ').all(|w| w.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{article, quote};
    use super::*;

    #[test]
    fn short_names_count_for_the_full_one() {
        let entries = [
            article("2026-01-01", vec![quote("Mara Quill", "One.", &[]), quote("Tom Hale", "Two.", &[])]),
            article("2026-01-02", vec![quote("Quill", "Three.", &[]), quote("Hale", "Four.", &[])]),
            article("2026-01-03", vec![quote("Ann Hale", "Five.", &[])]),
        ];
        let voices: Vec<_> = voices(&entries).into_iter().map(|v| (v.name, v.quotes, v.articles)).collect();
        assert_eq!(voices[0], ("Mara Quill".into(), 2, 2));
        assert_eq!(voices.len(), 4, "there are two Hales: {voices:?}");
    }

    #[test]
    fn nobody_is_listed_twice_for_a_first_name_or_capitals() {
        let who = [
            "Ottilie Brandt",
            "Ottilie",
            "BRANDT",
            "OTTILIE BRANDT",
            "Dr Ottilie Brandt",
            "Northlight Works",
            "Northlight",
        ];
        let entries = who.map(|who| article("2026-01-01", vec![quote(who, "One.", &[])]));
        let voices: Vec<_> = voices(&entries).into_iter().map(|v| (v.name, v.quotes)).collect();
        assert_eq!(voices, [("Dr Ottilie Brandt".into(), 5), ("Northlight Works".into(), 2)]);
        let two =
            ["Ann Hale", "Ann Berg", "Ann", "Hale"].map(|who| article("2026-01-01", vec![quote(who, "One.", &[])]));
        assert_eq!(super::voices(&two).len(), 3, "Ann may be either");
    }
}
