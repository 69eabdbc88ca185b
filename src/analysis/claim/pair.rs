//! For and against: claims of one text about the same thing that do not agree. Precision comes first, so two ways only lead
//! to a pair: the same predicate about the same words, and *it may happen* against *there is no go-ahead*.

use rustc_hash::FxHashMap;

use crate::analysis::token::Parse;
use crate::analysis::{Certainty, Claim, ClaimId, ClaimKind, CueKind, Polarity};
use crate::lexicon::{ClaimWords, Flags};
use crate::tag::Tag;

use super::words::Words;

/// Claims with one predicate beyond this many are left alone: everybody *said* and *was*.
const MOST_ALIKE: usize = 60;
/// Of the content words of the shorter and of the longer claim so many hundredths must be in the other.
const SHARED: (usize, usize) = (80, 40);
/// Two claims must share at least so many content words besides their predicate.
const LEAST_SHARED: usize = 2;

/// What a claim is compared by.
struct Topic {
    /// The number of its stem.
    predicate: u32,
    /// Content words besides the predicate, folded to their forms, sorted.
    words: Vec<u32>,
    /// Says that something comes about.
    comes_about: bool,
    /// Names something without which nothing goes ahead.
    go_ahead: bool,
}

/// Links the claims that stand against each other, both ways.
pub(super) fn link(parse: &Parse, words: &Words, tables: &ClaimWords, claims: &mut [Claim]) {
    let stems = Stems::of(parse);
    let topics: Vec<Topic> = claims.iter().map(|c| topic(parse, words, tables, &stems, c)).collect();
    let mut pairs = alike(&topics, claims);
    pairs.extend(prospects(parse, &topics, claims));
    pairs.sort_unstable();
    pairs.dedup();
    for (a, b) in pairs {
        claims[a].against.push(ClaimId::at(b));
        claims[b].against.push(ClaimId::at(a));
    }
}

/// For each form a number that its inflections share: *opens*, *opened*.
struct Stems(Vec<u32>);

impl Stems {
    fn of(parse: &Parse) -> Self {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        Self(parse.forms.map(|lower| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(stem(lower).to_owned()).or_insert(next)
        }))
    }

    fn number(&self, parse: &Parse, at: usize) -> u32 {
        parse.tokens.get(at).and_then(|t| self.0.get(t.form.index())).copied().unwrap_or(u32::MAX)
    }
}

fn stem(word: &str) -> &str {
    let cut = |ending: &str| word.strip_suffix(ending).filter(|s| s.len() >= 3);
    cut("ing").or_else(|| cut("ed")).or_else(|| cut("es")).or_else(|| cut("s")).or_else(|| cut("e")).unwrap_or(word)
}

fn topic(parse: &Parse, words: &Words, tables: &ClaimWords, stems: &Stems, claim: &Claim) -> Topic {
    let tokens = parse.tokens_in(claim.content);
    let head = parse.token_from(claim.head.start().byte());
    let predicate = stems.number(parse, head);
    let (go_ahead, name) = go_ahead(parse, words, tables, head);
    let content = |t: usize| {
        let tag = parse.tag(t);
        tag.is_noun() || tag.is_adjective() || tag == Tag::Number || tag.is_verb() && !words.is_auxiliary(parse, t)
    };
    let mut found: Vec<u32> =
        tokens.clone().filter(|&t| t != head && t != name && content(t)).map(|t| stems.number(parse, t)).collect();
    found.sort_unstable();
    found.dedup();
    Topic {
        predicate,
        words: found,
        comes_about: words.word(parse, head).verb_flags.has(Flags::COMING_ABOUT) && parse.tag(head).is_verb(),
        go_ahead,
    }
}

/// Whether a predicate is a go-ahead, and the first token of its name: *greenlight*, *green light*.
fn go_ahead(parse: &Parse, words: &Words, tables: &ClaimWords, head: usize) -> (bool, usize) {
    if !parse.tag(head).is_noun() {
        return (false, head);
    }
    if words.word(parse, head).flags.has(Flags::GO_AHEAD) {
        return (true, head);
    }
    let before = head.saturating_sub(1);
    let joined = [parse.lower(before), parse.lower(head)].concat();
    (tables.word(&joined).flags.has(Flags::GO_AHEAD), before)
}

/// Claims with the same predicate about the same things.
fn alike(topics: &[Topic], claims: &[Claim]) -> Vec<(usize, usize)> {
    let mut by_predicate: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (number, topic) in topics.iter().enumerate().filter(|(_, t)| t.words.len() >= LEAST_SHARED) {
        by_predicate.entry(topic.predicate).or_default().push(number);
    }
    let mut groups: Vec<&Vec<usize>> = by_predicate.values().filter(|g| (2..=MOST_ALIKE).contains(&g.len())).collect();
    groups.sort_unstable();
    let mut pairs = Vec::new();
    for group in groups {
        for (place, &a) in group.iter().enumerate() {
            let others = group[place + 1..].iter().copied();
            pairs.extend(
                others.filter(|&b| differ(&claims[a], &claims[b]) && same(&topics[a], &topics[b])).map(|b| (a, b)),
            );
        }
    }
    pairs
}

fn same(a: &Topic, b: &Topic) -> bool {
    let shared = a.words.iter().filter(|w| b.words.binary_search(w).is_ok()).count();
    let (short, long) = (a.words.len().min(b.words.len()), a.words.len().max(b.words.len()));
    shared >= LEAST_SHARED && shared * 100 >= short * SHARED.0 && shared * 100 >= long * SHARED.1
}

/// Affirmed against denied, or certain against no more than possible.
fn differ(a: &Claim, b: &Claim) -> bool {
    let open = |c: &Claim| c.kind == ClaimKind::Hypothetical || c.certainty == Certainty::Unknown;
    if open(a) || open(b) || a.content.overlaps(b.content) {
        return false;
    }
    let firm = |c: &Claim| c.certainty == Certainty::Certain;
    let loose = |c: &Claim| c.certainty == Certainty::Possible;
    denies(a) != denies(b) && (firm(a) || firm(b)) || firm(a) && loose(b) || loose(a) && firm(b)
}

/// *It still might happen* against *there is still no green light*: what both speak of is the text's own subject, so the first
/// must be about *it* and the second must not name a subject of its own.
/// Whether a claim denies its matter, in its verb or in its object: *the firm had no plan*.
fn denies(claim: &Claim) -> bool {
    let negations = claim.cues.iter().filter(|c| c.kind == CueKind::Negation).count();
    claim.polarity == Polarity::Denied || claim.certainty == Certainty::Certain && negations == 1
}

fn prospects(parse: &Parse, topics: &[Topic], claims: &[Claim]) -> Vec<(usize, usize)> {
    let may = |c: &Claim| {
        matches!(c.certainty, Certainty::Possible | Certainty::Probable) && c.polarity == Polarity::Affirmed
    };
    let hopes: Vec<usize> = (0..claims.len())
        .filter(|&i| {
            topics[i].comes_about && may(&claims[i]) && topics[i].words.is_empty() && speaks_of_it(parse, &claims[i])
        })
        .collect();
    let lacks = (0..claims.len()).filter(|&i| {
        let claim = &claims[i];
        topics[i].go_ahead
            && claim.polarity == Polarity::Denied
            && claim.certainty == Certainty::Certain
            && topics[i].words.is_empty()
    });
    lacks.flat_map(|lack| hopes.iter().map(move |&hope| (hope.min(lack), hope.max(lack)))).collect()
}

fn speaks_of_it(parse: &Parse, claim: &Claim) -> bool {
    let first = parse.tokens_in(claim.content).start;
    let verb = parse.tokens_in(claim.head).start;
    let pronoun = (first..verb).find(|&t| parse.tag(t).is_pronoun() || parse.tag(t) == Tag::DeterminerAlone);
    pronoun.is_none_or(|t| matches!(parse.lower(t), "it" | "this" | "that"))
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let document = from_text(text.into(), "a.txt");
        let analysis = analyse(&document, &Lexicon::english(), &[]);
        let words = |id: crate::analysis::ClaimId| document.slice(analysis.claims[id.index()].content).to_owned();
        let both = |(i, c): (usize, &crate::analysis::Claim)| {
            let later = c.against.iter().filter(|o| o.index() > i).copied().collect::<Vec<_>>();
            later.into_iter().map(move |o| (crate::analysis::ClaimId::at(i), o)).collect::<Vec<_>>()
        };
        analysis.claims.iter().enumerate().flat_map(both).map(|(a, b)| (words(a), words(b))).collect()
    }

    #[test]
    fn a_hope_stands_against_a_missing_go_ahead() {
        let text = "“It still might happen,” Ada Lund said. There is still no green light for now.";
        assert_eq!(
            pairs(text),
            [("It still might happen".to_owned(), "There is still no green light for now".to_owned())]
        );
    }

    #[test]
    fn the_same_thing_affirmed_and_denied_is_a_pair() {
        let text = "The city sold the old harbour in May. Councillor Bo Marek denied that the city sold the harbour.";
        assert_eq!(pairs(text).len(), 1);
        let text = "The firm will close the mill. The firm may close the mill, Ada Lund said.";
        assert_eq!(pairs(text).len(), 1);
    }

    #[test]
    fn other_things_are_no_pair() {
        for text in [
            "The city sold the old harbour. The city did not sell the new museum.",
            "It might happen. No permit for the parade was issued.",
            "She did not come. He came.",
        ] {
            assert_eq!(pairs(text), [], "{text}");
        }
    }
}
