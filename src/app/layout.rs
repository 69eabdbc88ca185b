//! Screen size to areas. Pure, so that what moves the text and what draws it agree.

use ratatui::layout::{Rect, Size};

use super::panes::PaneId;

/// The smallest screen something useful fits on.
pub const SMALLEST: Size = Size { width: 30, height: 8 };
/// Cells left of the text for speakers and marks.
pub const MARGIN: u16 = 6;
/// The margin on a small screen.
pub const SMALL_MARGIN: u16 = 3;

/// What the reader has chosen about the layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Arrangement {
    /// Lists beside the text where there is room, instead of below it.
    pub beside: bool,
    /// Only the text.
    pub text_only: bool,
    /// Cells of a full line of text.
    pub measure: u16,
    /// The pane with the keys.
    pub focus: PaneId,
    /// The list last used.
    pub list: PaneId,
}

/// How the screen is divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Too small for anything.
    Tiny,
    /// One pane at a time.
    Small,
    /// The text above, one list below.
    Stacked,
    /// The text at the left, the lists at the right.
    Columns,
    /// Nothing but text.
    TextOnly,
}

/// The areas of the screen; those that are not there are empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Areas {
    /// The line at the top.
    pub header: Rect,
    /// The article, with its margin.
    pub text: Rect,
    /// Cells of the margin.
    pub margin: u16,
    /// Cells of a line of text.
    pub measure: u16,
    /// The line that names the lists, when one is shown below the text.
    pub tabs: Rect,
    /// Quotes, claims, threads: each with its title row, when they stand side by side.
    pub lists: [Rect; PaneId::LISTS.len()],
    /// Where a card goes.
    pub card: Rect,
    /// The line at the bottom.
    pub footer: Rect,
    /// Rows of horizontal lines.
    pub rules: [Option<u16>; 3],
    /// Column of the line between text and lists.
    pub divider: Option<u16>,
}

impl Areas {
    /// The area of a list.
    pub fn list(&self, pane: PaneId) -> Rect {
        pane.list_place().map_or(Rect::ZERO, |place| self.lists[place])
    }
}

/// Divides a screen.
pub fn layout(size: Size, arrangement: &Arrangement) -> (Form, Areas) {
    let form = form(size, arrangement);
    let areas = match form {
        Form::Tiny => Areas::default(),
        Form::TextOnly => text_only(size, arrangement),
        Form::Small => small(size, arrangement),
        Form::Stacked => stacked(size, arrangement),
        Form::Columns => columns(size, arrangement),
    };
    (form, areas)
}

fn form(size: Size, arrangement: &Arrangement) -> Form {
    if size.width < SMALLEST.width || size.height < SMALLEST.height {
        Form::Tiny
    } else if arrangement.text_only {
        Form::TextOnly
    } else if arrangement.beside && size.width >= 104 && size.height >= 28 {
        Form::Columns
    } else if size.width >= 60 && size.height >= 18 {
        Form::Stacked
    } else {
        Form::Small
    }
}

fn row(size: Size, y: u16) -> Rect {
    Rect::new(0, y, size.width, 1)
}

fn measure(width: u16, margin: u16, arrangement: &Arrangement) -> u16 {
    arrangement.measure.min(width.saturating_sub(margin + 1)).max(1)
}

fn text_only(size: Size, arrangement: &Arrangement) -> Areas {
    let margin = if size.width < 60 { SMALL_MARGIN } else { MARGIN };
    Areas {
        text: Rect::new(0, 0, size.width, size.height - 1),
        margin,
        measure: measure(size.width, margin, arrangement),
        footer: row(size, size.height - 1),
        card: Rect::new(0, 0, size.width, size.height - 1),
        ..Areas::default()
    }
}

fn small(size: Size, arrangement: &Arrangement) -> Areas {
    let body = Rect::new(0, 2, size.width, size.height - 3);
    Areas {
        header: row(size, 0),
        text: body,
        margin: SMALL_MARGIN,
        measure: measure(size.width, SMALL_MARGIN, arrangement),
        lists: [body; PaneId::LISTS.len()],
        card: body,
        footer: row(size, size.height - 1),
        rules: [Some(1), None, None],
        ..Areas::default()
    }
}

fn stacked(size: Size, arrangement: &Arrangement) -> Areas {
    let body = size.height - 6;
    let list = (body * 5 / 18).max(3);
    let text = body - list;
    let list_area = Rect::new(0, 4 + text, size.width, list);
    Areas {
        header: row(size, 0),
        text: Rect::new(0, 2, size.width, text),
        margin: MARGIN,
        measure: measure(size.width, MARGIN, arrangement),
        tabs: row(size, 3 + text),
        lists: [list_area; PaneId::LISTS.len()],
        card: Rect::new(0, 2, size.width, size.height - 4),
        footer: row(size, size.height - 1),
        rules: [Some(1), Some(2 + text), Some(size.height - 2)],
        divider: None,
    }
}

fn columns(size: Size, arrangement: &Arrangement) -> Areas {
    // The lists keep at least a third of a line each; the text gives way when its measure is wide.
    let widest = size.width - 36;
    let text_width = (arrangement.measure + MARGIN).min(widest);
    let body = size.height - 4;
    let side = Rect::new(text_width + 1, 2, size.width - text_width - 1, body);
    let threads = (body / 5).clamp(5, 8);
    let claims = (body - threads) * 2 / 5;
    let quotes = body - threads - claims;
    let part = |y, height| Rect::new(side.x, side.y + y, side.width, height);
    Areas {
        header: row(size, 0),
        text: Rect::new(0, 2, text_width, body),
        margin: MARGIN,
        measure: text_width - MARGIN,
        tabs: Rect::ZERO,
        lists: [part(0, quotes), part(quotes, claims), part(quotes + claims, threads)],
        card: side,
        footer: row(size, size.height - 1),
        rules: [Some(1), Some(size.height - 2), None],
        divider: Some(text_width),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arrangement(beside: bool) -> Arrangement {
        Arrangement { beside, text_only: false, measure: 66, focus: PaneId::Article, list: PaneId::Quotes }
    }

    #[test]
    fn sizes_choose_the_form() {
        let form = |width, height, beside| layout(Size { width, height }, &arrangement(beside)).0;
        assert_eq!(form(120, 40, true), Form::Columns);
        assert_eq!(form(120, 40, false), Form::Stacked);
        assert_eq!(form(80, 24, true), Form::Stacked);
        assert_eq!(form(40, 15, true), Form::Small);
        assert_eq!(form(29, 40, true), Form::Tiny);
        assert_eq!(form(200, 7, true), Form::Tiny);
    }

    proptest! {
        #[test]
        fn areas_lie_on_the_screen(width in 0u16..400, height in 0u16..200, beside: bool, text_only: bool, measure in 20u16..200) {
            let size = Size { width, height };
            let (_, areas) = layout(size, &Arrangement { text_only, measure, ..arrangement(beside) });
            let screen = Rect::new(0, 0, width, height);
            for area in areas.lists.iter().chain([&areas.header, &areas.text, &areas.tabs, &areas.card, &areas.footer]) {
                prop_assert!(area.is_empty() || screen.intersection(*area) == *area, "{area:?}");
            }
            prop_assert!(areas.margin + areas.measure <= areas.text.width.max(areas.margin + areas.measure));
        }
    }
}
