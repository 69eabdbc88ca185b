//! A density strip: how often something comes up, from the start of a text to its end.

use crate::text::Pos;

/// Counts places into `cells` equal parts of a text of `length` bytes.
pub fn density(places: impl Iterator<Item = Pos>, length: usize, cells: usize) -> Vec<u32> {
    let mut counts = vec![0u32; cells];
    for place in places {
        let at = place.byte() * cells / length.max(1);
        if let Some(count) = counts.get_mut(at.min(cells.saturating_sub(1))) {
            *count += 1;
        }
    }
    counts
}

/// Draws counts as bars, the highest the fullest; `·` where there is nothing. With ASCII only, digits 1 to 9.
pub fn strip(counts: &[u32], ascii: bool) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = |count: u32| match (count, ascii) {
        (0, true) => '.',
        (0, false) => '·',
        (_, true) => char::from_digit((count * 9).div_ceil(most).min(9), 10).unwrap_or('9'),
        (_, false) => BARS[((count * 8).div_ceil(most) as usize).clamp(1, 8) - 1],
    };
    counts.iter().map(|&c| bar(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_digits_say_the_same() {
        let counts = density([0, 5, 5, 99, 120].into_iter().map(Pos::at), 100, 4);
        assert_eq!(counts, [3, 0, 0, 2]);
        assert_eq!(strip(&counts, false), "█··▆");
        assert_eq!(strip(&counts, true), "9..6");
    }
}
