//! Whether the words of an export still stand where it says, and where they are now if they moved.

use super::read::Kept;
use super::row::BETWEEN;
use crate::text::Shown;

/// What became of the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They stand at their place.
    Holds,
    /// They stand elsewhere now.
    Moved(Vec<[usize; 2]>),
    /// They are not in the text.
    Lost,
}

/// A text in which places are looked up by code points.
pub struct Sought<'t> {
    text: &'t str,
    /// The byte at which each code point starts, and the end.
    starts: Vec<usize>,
}

impl<'t> Sought<'t> {
    /// Reads the text once.
    pub fn of(text: &'t str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, starts }
    }

    /// Looks for the words of a finding.
    pub fn check(&self, kept: &Kept) -> Outcome {
        let there: Option<Vec<&str>> = kept.places.iter().map(|&place| self.slice(place)).collect();
        let there = there.map(|pieces| pieces.join(BETWEEN));
        if there.is_some_and(|words| words == kept.text || kept.cleaned && Shown::text(&words).as_str() == kept.text) {
            return Outcome::Holds;
        }
        let mut after = 0;
        let mut found = Vec::new();
        for (number, part) in kept.parts.iter().enumerate() {
            let place = kept.places.get(number).copied().unwrap_or_default();
            let around = if number == 0 { (kept.prefix.as_str(), kept.suffix.as_str()) } else { ("", "") };
            let Some(at) = self.locate(part, around, place[0], after) else { return Outcome::Lost };
            after = at + part.len();
            found.push([self.point(at), self.point(after)]);
        }
        if found.is_empty() { Outcome::Lost } else { Outcome::Moved(found) }
    }

    fn slice(&self, [start, end]: [usize; 2]) -> Option<&'t str> {
        self.text.get(*self.starts.get(start)?..*self.starts.get(end)?)
    }

    /// The occurrence with the same words around it if there is one, else the one nearest to where it was; after a byte.
    fn locate(&self, part: &str, (prefix, suffix): (&str, &str), point: usize, after: usize) -> Option<usize> {
        if part.is_empty() {
            return None;
        }
        let was = self.starts.get(point).copied().unwrap_or(self.text.len());
        let fits = |at: usize| {
            let before = !prefix.is_empty() && self.text.get(..at).is_some_and(|t| t.ends_with(prefix));
            let behind = !suffix.is_empty() && self.text.get(at + part.len()..).is_some_and(|t| t.starts_with(suffix));
            usize::from(before) + usize::from(behind)
        };
        let all = self.text.match_indices(part).map(|(at, _)| at).filter(|&at| at >= after);
        all.max_by_key(|&at| (fits(at), std::cmp::Reverse(at.abs_diff(was))))
    }

    fn point(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start < byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str, places: &[[usize; 2]]) -> Kept {
        let parts = text.split(BETWEEN).map(str::to_owned).collect();
        Kept { text: text.into(), places: places.to_vec(), parts, ..Kept::default() }
    }

    #[test]
    fn words_hold_move_and_get_lost() {
        let text = "🦀 He said it. “I saw,” said Ada, “and ran.”";
        let sought = Sought::of(text);
        let quote = kept("I saw, … and ran.", &[[15, 21], [34, 42]]);
        assert_eq!(sought.check(&quote), Outcome::Holds);
        let moved = kept("I saw, … and ran.", &[[3, 9], [22, 30]]);
        assert_eq!(sought.check(&moved), Outcome::Moved(vec![[15, 21], [34, 42]]));
        assert_eq!(sought.check(&kept("I never saw", &[[15, 21]])), Outcome::Lost);
        assert_eq!(sought.check(&kept("I saw,", &[[99, 120]])), Outcome::Moved(vec![[15, 21]]));
    }

    #[test]
    fn of_two_occurrences_the_one_with_the_same_neighbours_is_meant() {
        let sought = Sought::of("Yes, he said. Then: yes, she said.  Yes, he said again.");
        let mut yes = kept("he said", &[[0, 7]]);
        yes.suffix = " again.".into();
        assert_eq!(sought.check(&yes), Outcome::Moved(vec![[41, 48]]));
    }
}
