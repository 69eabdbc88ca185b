//! What the three lists share: a selection, a filter, and the rows on screen.

use super::{PaneId, claims, quotes, threads};
use crate::app::reading::{Found, Reading};
use crate::store::Field;
use crate::widgets::Line;

/// How much room an entry has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ListForm {
    /// A column beside the text: several rows an entry.
    Column,
    /// Below the text: one row an entry.
    Rows,
    /// The whole of a small screen.
    Small,
}

/// A row of a list on the screen, and the entry it belongs to.
pub type Drawn = (usize, Line);

/// A list with all that its rows are made of.
pub struct Listing<'m> {
    /// The text.
    pub reading: &'m Reading,
    /// The findings.
    pub found: &'m Found,
    /// The state of the list.
    pub list: &'m ListPane,
    /// Which list.
    pub pane: PaneId,
    /// How much room an entry has.
    pub form: ListForm,
    /// Cells of a row.
    pub cells: usize,
    /// Whether the selection is shown: in the list last used.
    pub marked: bool,
    /// Whether strips are drawn with digits.
    pub ascii: bool,
}

impl Listing<'_> {
    /// The rows of an entry, counted among those shown.
    pub fn lines(&self, entry: usize) -> Vec<Line> {
        let Some(&finding) = self.list.shown.get(entry) else { return Vec::new() };
        match self.pane {
            PaneId::Claims => claims::lines(self, entry, finding),
            PaneId::Threads => threads::lines(self, entry, finding),
            PaneId::Article | PaneId::Quotes => quotes::lines(self, entry, finding),
        }
    }

    /// The mark of a finding with a note.
    pub fn noted(&self, finding: usize) -> &'static str {
        let noted = self.pane.finding(finding).is_some_and(|f| self.reading.remarks.value(f, Field::Note).is_some());
        if noted { "i " } else { "" }
    }

    /// The bar before every row of the selected entry.
    pub fn bar(&self, entry: usize) -> &'static str {
        if self.marked && entry == self.list.selected { "▌" } else { " " }
    }
}

/// The state of a list. Entries are counted among those that pass the filter.
#[derive(Clone, Debug, Default)]
pub struct ListPane {
    /// The entry the reader is on.
    pub selected: usize,
    /// The first entry on the screen.
    pub top: usize,
    /// What was typed to filter; empty for everything.
    pub filter: String,
    /// Findings that pass, as places in their list in the analysis.
    pub shown: Vec<usize>,
}

impl ListPane {
    /// Takes the findings that pass the filter; the selection stays on its finding when that passes too.
    pub fn fill(&mut self, filter: &str, shown: Vec<usize>) {
        let finding = self.finding();
        filter.clone_into(&mut self.filter);
        self.shown = shown;
        self.top = 0;
        self.selected = 0;
        if let Some(finding) = finding {
            self.select(finding);
        }
    }

    /// The finding the reader is on, as a place in its list in the analysis.
    pub fn finding(&self) -> Option<usize> {
        self.shown.get(self.selected).copied()
    }

    /// Goes to a finding, or to the last one before it that passes the filter.
    pub fn select(&mut self, finding: usize) {
        let place = self.shown.iter().position(|&f| f == finding);
        self.selected = place.unwrap_or_else(|| self.shown.partition_point(|&f| f <= finding).saturating_sub(1));
    }

    /// Moves by entries; stops at the ends.
    pub fn step(&mut self, by: i32) {
        let last = self.shown.len().saturating_sub(1);
        let by = isize::try_from(by).unwrap_or(0);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// The first entry for which the selected one is on the screen, as near to the present one as may be; `height` tells the
    /// rows of an entry.
    pub fn revealed(&self, rows: usize, height: impl Fn(usize) -> usize) -> usize {
        if self.selected < self.top {
            return self.selected;
        }
        let mut used = 0;
        let mut first = self.selected;
        for entry in (0..=self.selected).rev() {
            used += height(entry);
            if used > rows {
                break;
            }
            first = entry;
        }
        let mut top = self.top.max(first);
        // Rows left free at the end are used for entries before the top.
        let mut below: usize = (top..self.shown.len()).map(&height).take(rows + 1).sum();
        while top > 0 && below + height(top - 1) <= rows {
            top -= 1;
            below += height(top);
        }
        top
    }

    /// The rows from the top on, as many as fit, and the number of entries that do not fit below.
    pub fn drawn(&self, rows: usize, lines: impl Fn(usize) -> Vec<Line>) -> (Vec<Drawn>, usize) {
        let mut out = Vec::new();
        for entry in self.top..self.shown.len() {
            let item = lines(entry);
            if out.len() + item.len() > rows && entry > self.selected {
                return (out, self.shown.len() - entry);
            }
            out.extend(item.into_iter().map(|line| (entry, line)));
            if out.len() >= rows {
                out.truncate(rows);
                return (out, self.shown.len() - entry - 1);
            }
        }
        (out, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_filter_keeps_the_selection_where_it_can() {
        let mut list = ListPane::default();
        list.fill("", (0..10).collect());
        list.select(6);
        list.fill("odd", vec![1, 3, 5, 7, 9]);
        assert_eq!(list.finding(), Some(5));
        list.fill("", (0..10).collect());
        assert_eq!(list.finding(), Some(5));
        list.fill("none", Vec::new());
        assert_eq!(list.finding(), None);
        list.step(3);
    }

    proptest! {
        #[test]
        fn the_selected_entry_is_always_drawn(steps in prop::collection::vec(-9i32..9, 0..40), rows in 1usize..12) {
            let mut list = ListPane::default();
            list.fill("", (0..30).collect());
            let height = |entry: usize| 1 + entry % 3;
            for step in steps {
                list.step(step);
                list.top = list.revealed(rows, height);
                let (drawn, _) = list.drawn(rows, |e| vec![Line::new(); height(e)]);
                prop_assert!(drawn.iter().any(|(e, _)| *e == list.selected));
                prop_assert!(drawn.len() <= rows);
            }
        }
    }
}
