//! The word lists that go into the weight file beside the weights: forms that have one tag only, and the name lists.

use std::collections::{HashMap, HashSet};

use sayso::tag::Tag;
use sayso::tag::features::name_bit;
use sayso::tag::normal::Normal;

use crate::corpus::Sentence;

const GIVEN_NAMES: &str = include_str!("../../../assets/lang/en/given-names.tsv");
const SURNAMES: &str = include_str!("../../../assets/lang/en/surnames.txt");

/// How often a form must be seen before it may be held to have one tag only.
const FIXED_COUNT: usize = 40;

/// Of so many occurrences of such a form one may have another tag.
const FIXED_EXCEPTION: usize = 400;

/// Words looked up in the name lists, lower-case, with their [`name_bit`]s.
pub fn names() -> Vec<(&'static str, u8)> {
    let mut order = Vec::new();
    let mut bits: HashMap<&str, u8> = HashMap::new();
    let given = lines(GIVEN_NAMES).filter_map(|line| line.split_once('\t')).map(|(name, sex)| (name, sex_bits(sex)));
    let surnames = lines(SURNAMES).map(|name| (name, name_bit::SURNAME));
    for (name, more) in given.chain(surnames) {
        *bits.entry(name).or_insert_with(|| {
            order.push(name);
            0
        }) |= more;
    }
    order.into_iter().map(|name| (name, bits.get(name).copied().unwrap_or(0))).collect()
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn sex_bits(sex: &str) -> u8 {
    match sex {
        "f" => name_bit::WOMAN,
        "m" => name_bit::MAN,
        _ => name_bit::WOMAN | name_bit::MAN,
    }
}

/// Frequent forms (normalised, case kept) that have one tag, in the order in which they are first met.
pub fn fixed_forms(sentences: &[Sentence]) -> Vec<(String, Tag)> {
    let mut order: Vec<String> = Vec::new();
    let mut counts: HashMap<String, HashMap<Tag, usize>> = HashMap::new();
    for token in sentences.iter().flat_map(|sentence| &sentence.tokens) {
        let exact = Normal::new(&token.form).exact;
        if !counts.contains_key(&exact) {
            order.push(exact.clone());
        }
        *counts.entry(exact).or_default().entry(token.tag).or_insert(0) += 1;
    }
    let mut seen = HashSet::new();
    order.retain(|form| seen.insert(form.clone()));
    order.into_iter().filter_map(|form| only_tag(counts.get(&form)?).map(|tag| (form, tag))).collect()
}

fn only_tag(counts: &HashMap<Tag, usize>) -> Option<Tag> {
    let total: usize = counts.values().sum();
    let (tag, count) = counts.iter().max_by_key(|(tag, count)| (**count, **tag))?;
    (total >= FIXED_COUNT && (total - count) * FIXED_EXCEPTION <= total).then_some(*tag)
}
