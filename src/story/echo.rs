//! The same quote in several articles: word for word, in part or nearly; who printed it first, and what got lost on the way.

use rustc_hash::FxHashMap;

use super::words::{Words, common};
use super::{Entry, Sort};

/// A quote shorter than this, in words, is nobody's in particular.
const SHORTEST: usize = 4;
/// A pair of words that more quotes than this have says nothing.
const CROWD: usize = 24;
/// Earlier quotes that are compared with a new one, at most.
const MOST_LOOKED_AT: usize = 40;

/// How alike two prints of a quote are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Likeness {
    /// The same words.
    Same,
    /// Some of the words, in a row.
    Part,
    /// Nearly the same words.
    Near,
}

/// One print of a quote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Print {
    /// Which article.
    pub entry: usize,
    /// Which of its kept findings.
    pub kept: usize,
    /// How like the first print.
    pub likeness: Likeness,
    /// Words of caution that the first print has and this one lacks.
    pub dropped: Vec<String>,
    /// Words of caution that this print has and the first one lacks.
    pub added: Vec<String>,
}

/// A quote that more than one article has, the first print first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Echo {
    /// Its prints in the order of the articles.
    pub prints: Vec<Print>,
}

struct Seen {
    entry: usize,
    kept: usize,
    words: Vec<u32>,
    /// Which group of prints it belongs to.
    group: Option<usize>,
}

/// Finds the quotes that several articles print. Articles in the order in which they appeared.
pub(super) fn echoes(entries: &[Entry]) -> Vec<Echo> {
    let mut words = Words::default();
    let mut seen: Vec<Seen> = Vec::new();
    let mut pairs: FxHashMap<[u32; 2], Vec<u32>> = FxHashMap::default();
    let mut groups: Vec<Vec<(usize, Likeness)>> = Vec::new();
    for (entry, kept, text) in quotes(entries) {
        let own = words.read(text);
        if own.len() < SHORTEST {
            continue;
        }
        let number = seen.len();
        let like = best(&own, entry, &seen, &pairs);
        for pair in own.windows(2) {
            let places = pairs.entry([pair[0], pair[1]]).or_default();
            if places.len() < CROWD {
                places.push(u32::try_from(number).unwrap_or(u32::MAX));
            }
        }
        let group = like.map(|(first, likeness)| {
            let group = seen[first].group.unwrap_or_else(|| {
                groups.push(vec![(first, Likeness::Same)]);
                groups.len() - 1
            });
            seen[first].group = Some(group);
            // Told is how like the first print it is, not how like the print between them.
            let like_first = likeness_to(&own, &seen[groups[group][0].0].words).unwrap_or(likeness);
            groups[group].push((number, like_first));
            group
        });
        seen.push(Seen { entry, kept, words: own, group });
    }
    let across = |g: &&Vec<(usize, Likeness)>| g.iter().any(|(n, _)| seen[*n].entry != seen[g[0].0].entry);
    groups.iter().filter(across).map(|group| echo(entries, &seen, group)).collect()
}

fn quotes(entries: &[Entry]) -> impl Iterator<Item = (usize, usize, &str)> {
    entries.iter().enumerate().flat_map(|(entry, e)| {
        let quotes = e.kept.iter().enumerate().filter(|(_, k)| k.sort == Sort::Quote && !k.is("indirect"));
        quotes.map(move |(kept, k)| (entry, kept, k.content.as_str()))
    })
}

/// The earlier quote most like this one.
fn best(own: &[u32], entry: usize, seen: &[Seen], pairs: &FxHashMap<[u32; 2], Vec<u32>>) -> Option<(usize, Likeness)> {
    let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
    for pair in own.windows(2) {
        for &place in pairs.get(&[pair[0], pair[1]]).into_iter().flatten() {
            *shared.entry(place).or_default() += 1;
        }
    }
    let mut places: Vec<(u32, u32)> = shared.into_iter().map(|(place, count)| (count, place)).collect();
    places.sort_unstable_by_key(|&(count, place)| (std::cmp::Reverse(count), place));
    let candidates = places.iter().take(MOST_LOOKED_AT).map(|&(_, p)| p as usize).filter(|&p| seen[p].entry <= entry);
    let rated = candidates.filter_map(|p| Some((p, likeness_to(own, &seen[p].words)?)));
    rated.min_by_key(|&(p, l)| (l as u8, p))
}

fn likeness_to(a: &[u32], b: &[u32]) -> Option<Likeness> {
    if a == b {
        return Some(Likeness::Same);
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.windows(short.len()).any(|w| w == short) {
        return Some(Likeness::Part);
    }
    let shared = common(a, b);
    // Four words in five of the shorter one, and no less than half of the longer one.
    (shared >= SHORTEST && shared * 5 >= short.len() * 4 && shared * 2 >= long.len()).then_some(Likeness::Near)
}

fn echo(entries: &[Entry], seen: &[Seen], group: &[(usize, Likeness)]) -> Echo {
    let hedges = |n: usize| entries[seen[n].entry].kept[seen[n].kept].hedges.as_slice();
    let first = group.first().map_or(0, |g| g.0);
    let prints = group.iter().map(|&(n, likeness)| {
        let lacks = |a: &[String], b: &[String]| a.iter().filter(|h| !b.contains(h)).cloned().collect::<Vec<_>>();
        // A part that leaves a sentence out has not dropped its hedge; only what stands in the print can lack one.
        let dropped = if likeness == Likeness::Part { Vec::new() } else { lacks(hedges(first), hedges(n)) };
        Print { entry: seen[n].entry, kept: seen[n].kept, likeness, dropped, added: lacks(hedges(n), hedges(first)) }
    });
    Echo { prints: prints.collect() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{article, quote};
    use super::*;

    #[test]
    fn prints_are_found_word_for_word_in_part_and_nearly() {
        let entries = [
            article("2026-01-01", vec![quote("Mara", "We might return to Austin next spring.", &["might"])]),
            article("2026-01-02", vec![quote("Mara", "We might return to Austin next spring", &["might"])]),
            article("2026-01-03", vec![quote("Mara", "return to Austin next spring", &[])]),
            article("2026-01-04", vec![quote("Mara", "We will return to Austin next spring.", &[])]),
            article("2026-01-05", vec![quote("Tom", "The budget has not been approved at all.", &[])]),
        ];
        let found = echoes(&entries);
        let likeness: Vec<_> = found[0].prints.iter().map(|p| p.likeness).collect();
        assert_eq!(likeness, [Likeness::Same, Likeness::Same, Likeness::Part, Likeness::Near]);
        assert_eq!(found[0].prints[3].dropped, ["might"]);
        assert!(found[0].prints[2].dropped.is_empty());
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn within_one_article_there_is_no_echo() {
        let twice =
            vec![quote("Mara", "We will return to Austin.", &[]), quote("Mara", "We will return to Austin.", &[])];
        assert!(echoes(&[article("2026-01-01", twice)]).is_empty());
    }
}
