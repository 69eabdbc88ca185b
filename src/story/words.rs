//! The words of kept findings as numbers, so that many can be compared.

use rustc_hash::FxHashMap;

use crate::text::fold_plain;

/// Words beyond this many of one finding are not compared.
const MOST: usize = 160;

/// Words by number, with how many findings each is in.
#[derive(Default)]
pub(super) struct Words {
    numbers: FxHashMap<String, u32>,
    count: Vec<u32>,
    findings: u32,
}

impl Words {
    /// The words of a finding in their order.
    pub fn read(&mut self, text: &str) -> Vec<u32> {
        let folded = fold_plain(text);
        let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).take(MOST);
        let own: Vec<u32> = words.map(|w| self.number(w)).collect();
        let mut once = own.clone();
        once.sort_unstable();
        once.dedup();
        for &word in &once {
            self.count[word as usize] += 1;
        }
        self.findings += 1;
        own
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.count.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        self.count.push(0);
        number
    }

    /// How much a word says: much when few findings have it (the logarithm of findings by findings with the word, as in
    /// Spärck Jones 1972).
    #[expect(clippy::cast_precision_loss, reason = "a weight")]
    pub fn says(&self, word: u32) -> f32 {
        let with = self.count.get(word as usize).copied().unwrap_or(1).max(1);
        (((self.findings + 2) as f32) / with as f32).ln().max(0.05)
    }

    /// How much two findings are about the same: the weight of what they share by that of the smaller one, without `aside`.
    pub fn likeness(&self, a: &[u32], b: &[u32], aside: &[u32]) -> f32 {
        let weight = |words: &[u32]| words.iter().map(|&w| self.says(w)).sum::<f32>();
        let (a, b) = (set(a, aside), set(b, aside));
        let shared: Vec<u32> = a.iter().copied().filter(|w| b.binary_search(w).is_ok()).collect();
        if shared.is_empty() {
            return 0.0;
        }
        weight(&shared) / weight(&a).min(weight(&b)).max(0.1)
    }
}

fn set(words: &[u32], aside: &[u32]) -> Vec<u32> {
    let mut set: Vec<u32> = words.iter().copied().filter(|w| !aside.contains(w)).collect();
    set.sort_unstable();
    set.dedup();
    set
}

/// The length of the longest run of words, not necessarily side by side, that two findings share in their order.
pub(super) fn common(a: &[u32], b: &[u32]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for &word in a {
        let mut before = 0;
        for (i, &other) in b.iter().enumerate() {
            let above = row[i + 1];
            row[i + 1] = if word == other { before + 1 } else { above.max(row[i]) };
            before = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_counts_by_what_it_says() {
        let mut words = Words::default();
        let a = words.read("The studio has approved the budget");
        let b = words.read("A budget was approved by the studio");
        let c = words.read("The weather has turned the other way");
        for _ in 0..9 {
            words.read("the has a");
        }
        assert!(words.likeness(&a, &b, &[]) > 0.8);
        assert!(words.likeness(&a, &c, &[]) < 0.2);
        assert_eq!(common(&a, &a), 6);
        assert_eq!(common(&a, &c), 3);
    }
}
