//! Moving about: in the text, in the lists, between articles, back and forth. One selection runs through all panes: the
//! text goes to what a list selects, and the lists go to what the text shows.

use super::layout::Form;
use super::model::{Model, Place};
use super::msg::Cmd;
use super::open_article::Article;
use super::panes::PaneId;
use crate::analysis::{Certainty, FindingId, Speaker, Sureness};
use crate::document::BlockKind;
use crate::text::Span;

/// Where in a text or a list to go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Motion {
    Rows(i32),
    /// Half pages.
    Halves(i32),
    Top,
    Bottom,
}

impl Model {
    /// Moves in the pane with the keys.
    pub(super) fn travel(&mut self, motion: Motion) {
        match self.arrangement.focus {
            PaneId::Article => self.travel_text(motion),
            pane => self.travel_list(pane, motion),
        }
    }

    fn travel_text(&mut self, motion: Motion) {
        if matches!(motion, Motion::Top | Motion::Bottom) {
            self.leave();
        }
        let height = i32::from(self.areas().1.text.height);
        let Article { reading, text, .. } = self.article_mut();
        match motion {
            Motion::Rows(rows) => text.scroll(&reading.document, rows),
            // A row of the page before stays on the screen.
            Motion::Halves(count) if count.abs() == 2 => {
                text.page(&reading.document, count.signum() * (height - 1).max(1));
            }
            Motion::Halves(count) => text.page(&reading.document, count * (height / 2).max(1)),
            Motion::Top => text.home(&reading.document),
            Motion::Bottom => text.end(&reading.document),
        }
        self.lists_follow_text();
    }

    fn travel_list(&mut self, pane: PaneId, motion: Motion) {
        let rows = usize::from(self.list_rows(pane).height);
        let page = self.listing(pane).map_or(1, |listing| {
            let (drawn, _) = listing.list.drawn(rows, |entry| listing.lines(entry));
            let entries = drawn.last().map_or(1, |(last, _)| last + 1 - listing.list.top);
            i32::try_from(entries).unwrap_or(1).max(1)
        });
        let list = self.list_mut(pane);
        match motion {
            Motion::Rows(by) => list.step(by),
            Motion::Halves(count) => list.step(count * (page / 2).max(1)),
            Motion::Top => list.selected = 0,
            Motion::Bottom => list.selected = list.shown.len().saturating_sub(1),
        }
        self.use_list(pane);
        self.text_follows_list();
    }

    /// The next or previous item of the list last used, from any pane.
    pub(super) fn step_item(&mut self, by: i32) {
        let pane = self.arrangement.list;
        self.list_mut(pane).step(by);
        self.text_follows_list();
    }

    /// The next or previous item of the list last used that the program is not sure of.
    pub(super) fn step_unsure(&mut self, by: i32) {
        let pane = self.arrangement.list;
        let Some(found) = self.found() else { return };
        let list = self.list(pane);
        let unsure = |entry: &usize| list.shown.get(*entry).is_some_and(|&f| is_unsure(found, pane, f));
        let next = if by > 0 {
            (list.selected + 1..list.shown.len()).find(unsure)
        } else {
            (0..list.selected).rev().find(unsure)
        };
        if let Some(entry) = next {
            self.list_mut(pane).selected = entry;
            self.text_follows_list();
            return;
        }
        let what = if pane == PaneId::Threads { "suggested" } else { "unsure" };
        let place = if by > 0 { "after this" } else { "before this" };
        self.tell(format!("no {what} {} {place}", singular(pane)));
    }

    /// A paragraph on or back.
    pub(super) fn step_paragraph(&mut self, by: i32) {
        let Article { reading, text, .. } = self.article_mut();
        let blocks = reading.document.blocks();
        let here = reading.document.block_at(text.anchor());
        let inside = blocks.get(here).is_some_and(|b| b.span.start() < text.anchor());
        let target = if by > 0 {
            here + 1
        } else if inside {
            here
        } else {
            here.saturating_sub(1)
        };
        match blocks.get(target) {
            Some(block) => text.go(&reading.document, block.span.start()),
            None => text.end(&reading.document),
        }
        self.lists_follow_text();
    }

    /// Goes to an entry of the list with the keys, or to a paragraph of the text, by number.
    pub(super) fn go_to_number(&mut self, number: usize) {
        self.leave();
        let pane = self.arrangement.focus;
        if pane != PaneId::Article {
            self.list_mut(pane).select(number.saturating_sub(1));
            self.text_follows_list();
            return;
        }
        let Article { reading, text, .. } = self.article_mut();
        let counted = |kind| {
            !matches!(kind, BlockKind::Title | BlockKind::Byline | BlockKind::Heading(_) | BlockKind::SceneBreak)
        };
        let mut paragraphs = reading.document.blocks().iter().filter(|b| counted(b.kind));
        match paragraphs.nth(number.saturating_sub(1)) {
            Some(block) => text.go(&reading.document, block.span.start()),
            None => text.end(&reading.document),
        }
        self.lists_follow_text();
    }

    /// Gives the keys to a pane.
    pub(super) fn focus(&mut self, pane: PaneId) {
        self.overlays.clear();
        self.arrangement.focus = pane;
        if pane != PaneId::Article {
            self.arrangement.text_only = false;
            self.use_list(pane);
        }
        self.settle();
    }

    /// Gives the keys to the next pane, or the one before.
    pub(super) fn focus_by(&mut self, by: usize) {
        let here = self.arrangement.focus.digit() - 1;
        self.focus(PaneId::ALL[(here + by) % PaneId::ALL.len()]);
    }

    fn use_list(&mut self, pane: PaneId) {
        if pane.list_place().is_some() {
            self.arrangement.list = pane;
        }
    }

    /// Selects a finding in its list and shows it in the text.
    pub(super) fn select(&mut self, finding: FindingId) {
        let (pane, index) = match finding {
            FindingId::Quote(id) => (PaneId::Quotes, id.index()),
            FindingId::Claim(id) => (PaneId::Claims, id.index()),
            FindingId::Thread(id) => (PaneId::Threads, id.index()),
            FindingId::Person(_) => return,
        };
        self.use_list(pane);
        if !self.list(pane).shown.contains(&index) {
            self.filter(pane, "");
        }
        self.list_mut(pane).select(index);
    }

    /// Turns the text to what the list last used has selected, and the other lists with it.
    pub(super) fn text_follows_list(&mut self) {
        let Some(span) = self.selected().and_then(|f| self.found()?.span(f)) else { return };
        if self.follow {
            self.show(span);
        }
        let own = self.arrangement.list;
        self.lists_follow(span, |pane| pane != own);
    }

    /// Brings a passage into view.
    pub(super) fn show(&mut self, span: Span) {
        let Article { reading, text, .. } = self.article_mut();
        text.show(&reading.document, span);
    }

    /// Selects in every list what lies nearest to the row that is read.
    pub(super) fn lists_follow_text(&mut self) {
        let Article { reading, text, .. } = self.article();
        let row = text.reading_row(&reading.document);
        self.lists_follow(row, |_| true);
    }

    pub(super) fn lists_follow(&mut self, span: Span, which: impl Fn(PaneId) -> bool) {
        type Kind = fn(&FindingId) -> bool;
        let kinds: [(PaneId, Kind); 3] = [
            (PaneId::Quotes, |f| matches!(f, FindingId::Quote(_))),
            (PaneId::Claims, |f| matches!(f, FindingId::Claim(_))),
            (PaneId::Threads, |f| matches!(f, FindingId::Thread(_))),
        ];
        for (pane, kind) in kinds.into_iter().filter(|(pane, _)| which(*pane)) {
            let nearest = self.found().and_then(|found| found.touches.nearest(span, kind));
            let index = match nearest {
                Some(FindingId::Quote(id)) => id.index(),
                Some(FindingId::Claim(id)) => id.index(),
                Some(FindingId::Thread(id)) => id.index(),
                _ => continue,
            };
            self.list_mut(pane).select(index);
        }
    }

    /// Leaves lists and cards for the passage of the selected finding.
    pub(super) fn go_to_passage(&mut self) {
        let Some(span) = self.passage() else {
            self.tell("not in this text");
            return;
        };
        self.leave();
        self.focus(PaneId::Article);
        self.show(span);
    }

    /// Goes to a place in any article.
    pub(super) fn go_to_place(&mut self, place: Place, commands: &mut Vec<Cmd>) {
        if place.article != self.current && place.article < self.articles.len() {
            self.current = place.article;
            self.searched = None;
            self.ask(commands);
            self.settle();
        }
        let Article { reading, text, .. } = self.article_mut();
        text.restore(&reading.document, place.at);
        self.lists_follow_text();
    }

    /// Back to where the reader was, or forward again.
    pub(super) fn go_back(&mut self, forward: bool, commands: &mut Vec<Cmd>) {
        let here = self.place();
        let (from, to) = if forward { (&mut self.future, &mut self.past) } else { (&mut self.past, &mut self.future) };
        match from.pop() {
            Some(place) => {
                to.push(here);
                self.go_to_place(place, commands);
            }
            None => self.tell(if forward { "nothing to go forward to" } else { "nothing to go back to" }),
        }
    }

    /// The next article of the story, or the one before.
    pub(super) fn step_article(&mut self, by: isize, commands: &mut Vec<Cmd>) {
        let target = self.current.saturating_add_signed(by).min(self.articles.len() - 1);
        if target == self.current {
            self.tell(if by > 0 { "this is the last article" } else { "this is the first article" });
            return;
        }
        self.leave();
        self.overlays.clear();
        self.current = target;
        self.searched = None;
        self.ask(commands);
    }

    /// A press on a cell: selects what is there and gives its pane the keys.
    pub(super) fn click(&mut self, x: u16, y: u16) {
        if !self.overlays.is_empty() {
            return;
        }
        let (form, areas) = self.areas();
        let inside = |area: ratatui::layout::Rect| area.contains((x, y).into());
        let shown = |pane: PaneId| match form {
            Form::Columns => true,
            Form::Stacked => pane == PaneId::Article || pane == self.arrangement.list,
            Form::Small => pane == self.arrangement.focus,
            Form::TextOnly | Form::Tiny => pane == PaneId::Article,
        };
        let list = PaneId::LISTS.into_iter().find(|&pane| shown(pane) && inside(areas.list(pane)));
        if let Some(pane) = list {
            let rows = self.list_rows(pane);
            let entry = self.listing(pane).and_then(|listing| {
                let (drawn, _) = listing.list.drawn(usize::from(rows.height), |entry| listing.lines(entry));
                drawn.get(usize::from(y.checked_sub(rows.y)?)).map(|(entry, _)| *entry)
            });
            self.focus(pane);
            if let Some(entry) = entry {
                self.list_mut(pane).selected = entry;
                self.text_follows_list();
            }
        } else if inside(areas.text) && shown(PaneId::Article) {
            let Article { reading, text, .. } = self.article();
            let row = text.row_at(&reading.document, usize::from(y - areas.text.y));
            self.focus(PaneId::Article);
            if let Some(row) = row {
                self.lists_follow(row, |_| true);
            }
        }
    }

    /// The passage of the selected finding: for a thread with its card open the one chosen there.
    pub(super) fn passage(&self) -> Option<Span> {
        let finding = self.selected()?;
        let found = self.found()?;
        if let (FindingId::Thread(id), Some(super::overlay::Overlay::Card { row })) = (finding, self.overlays.last()) {
            let chosen = found.analysis.threads.get(id.index())?.mentions.get(*row).copied();
            return chosen.or_else(|| found.span(finding));
        }
        found.span(finding)
    }
}

fn is_unsure(found: &super::reading::Found, pane: PaneId, index: usize) -> bool {
    let analysis = &found.analysis;
    match pane {
        PaneId::Claims => {
            analysis.claims.get(index).is_some_and(|c| matches!(c.certainty, Certainty::Possible | Certainty::Unknown))
        }
        PaneId::Threads => analysis.threads.get(index).is_some_and(|t| t.suggested),
        PaneId::Article | PaneId::Quotes => analysis
            .quotes
            .get(index)
            .is_some_and(|q| q.speaker.as_ref().map(Speaker::sureness) != Some(Sureness::Sure)),
    }
}

fn singular(pane: PaneId) -> &'static str {
    match pane {
        PaneId::Claims => "claim",
        PaneId::Threads => "thread",
        PaneId::Article | PaneId::Quotes => "quote",
    }
}
