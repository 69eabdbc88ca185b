//! A row of the article with its highlights: quotes, threads, the selection, matches of a search.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Role, Theme, put};
use crate::text::Span;

/// A stretch of the text that looks different; of two on one place the later in the list is drawn over the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layer {
    /// Where.
    pub span: Span,
    /// What it means.
    pub role: Role,
}

/// Draws the text of one row, which stands at `row` in its document, with the layers that touch it.
pub fn draw_row(text: &str, row: Span, base: Role, layers: &[Layer], area: Rect, theme: Theme, buf: &mut Buffer) {
    let mut cuts: Vec<usize> = vec![0, text.len()];
    let local: Vec<(std::ops::Range<usize>, Role)> = layers
        .iter()
        .filter_map(|layer| {
            let shared = layer.span.intersection(row)?;
            let start = shared.start().byte() - row.start().byte();
            Some((start..start + shared.len(), layer.role))
        })
        .collect();
    for (range, _) in &local {
        cuts.extend([range.start, range.end]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut used = 0;
    for pair in cuts.windows(2) {
        let mut style = theme.style(base);
        for (range, role) in &local {
            if range.start <= pair[0] && pair[1] <= range.end {
                style = style.patch(theme.style(*role));
            }
        }
        let piece = text.get(pair[0]..pair[1]).unwrap_or_default();
        let x = area.x.saturating_add(u16::try_from(used).unwrap_or(u16::MAX));
        used += put(buf, x, area.y, usize::from(area.width).saturating_sub(used), piece, style, theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Modifier};

    #[test]
    fn later_layers_lie_over_earlier_ones() {
        let area = Rect::new(0, 0, 12, 1);
        let mut buf = Buffer::empty(area);
        let layers = [
            Layer { span: Span::of(100, 108), role: Role::Quote },
            Layer { span: Span::of(102, 104), role: Role::Match },
        ];
        draw_row("it might be", Span::of(98, 109), Role::Text, &layers, area, Theme::default(), &mut buf);
        assert_eq!(buf[(1, 0)].fg, Color::Reset);
        assert_eq!(buf[(2, 0)].fg, Color::Green);
        assert!(buf[(4, 0)].modifier.contains(Modifier::REVERSED) && buf[(4, 0)].fg == Color::Green);
        assert!(!buf[(6, 0)].modifier.contains(Modifier::REVERSED));
    }
}
