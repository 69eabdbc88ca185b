//! An open article: its text, its findings and its panes.

use std::sync::Arc;

use super::msg::DocumentId;
use super::panes::{ListPane, Order, PaneId, Said, TextPane};
use super::reading::Reading;
use crate::analysis::Analysis;
use crate::document::{Day, Document};
use crate::index::{Index, Query};

/// An open article with its panes.
pub(super) struct Article {
    pub reading: Reading,
    pub text: TextPane,
    pub lists: [ListPane; PaneId::LISTS.len()],
    /// Whether its text, or its findings, were asked for.
    pub asked: bool,
    /// Whether its text is there; until then it stands empty, or shows the beginning.
    pub read: bool,
    /// Bytes of the whole text, while only its beginning is there.
    pub whole: Option<usize>,
    /// The full path of its file.
    pub path: Option<String>,
    /// When it appeared.
    pub day: Option<Day>,
    /// Why its file could not be read, if it could not.
    pub fault: Option<String>,
    /// Where to go once it is there, in bytes.
    pub wanted: Option<usize>,
    /// Whether it was opened later, from the library, and is none of the story's.
    pub alone: bool,
    /// Threads of the built-in story: listed only where the text names one of them.
    pub aside: Vec<String>,
}

impl Article {
    pub(super) fn new(id: DocumentId, document: Arc<Document>) -> Self {
        Self {
            reading: Reading::new(id, document),
            text: TextPane::default(),
            lists: Default::default(),
            asked: false,
            read: true,
            whole: None,
            path: None,
            day: None,
            fault: None,
            wanted: None,
            alone: false,
            aside: Vec::new(),
        }
    }

    /// Takes in findings: the lists keep their filters.
    pub fn learn(&mut self, analysis: Arc<Analysis>, index: Arc<Index>, order: Order) {
        self.reading.learn(analysis, index);
        self.refill_all(order);
    }

    /// Takes in the findings of the beginning, unless there are others already.
    pub fn begin(&mut self, analysis: Arc<Analysis>, index: Arc<Index>, order: Order) {
        if self.reading.found.is_none() {
            self.reading.begin(analysis, index);
            self.refill_all(order);
        }
    }

    /// The name of the thread that is selected in its list.
    pub fn chosen_thread(&self) -> Option<String> {
        let place = self.lists[PaneId::Threads.list_place()?].finding()?;
        self.reading.found.as_ref()?.analysis.threads.get(place).map(|t| t.name.clone())
    }

    /// Gives remarks their findings, and the lists what that changes.
    pub fn settle_remarks(&mut self, order: Order) {
        if let Some(found) = self.reading.found.as_ref().filter(|found| found.whole) {
            self.reading.remarks.settle(&self.reading.document, &found.analysis);
            self.refill_all(order);
        }
    }

    fn refill_all(&mut self, order: Order) {
        for pane in PaneId::LISTS {
            let filter = self.lists[pane.list_place().unwrap_or(0)].filter.clone();
            self.refill(pane, &filter, order);
        }
    }

    /// What a list shows under a filter.
    pub fn refill(&mut self, pane: PaneId, filter: &str, order: Order) {
        let (Some(found), Some(place)) = (&self.reading.found, pane.list_place()) else { return };
        let (said, rest) = Said::split(filter);
        let mut shown = found.index.filter(&Query::parse(&rest), pane.scope());
        shown.retain(|&i| pane.finding(i).is_none_or(|f| said.fits(&self.reading.remarks, f)));
        if pane == PaneId::Claims {
            order.sort(&found.analysis, &mut shown);
        }
        if pane == PaneId::Threads {
            let threads = &found.analysis.threads;
            let aside = |i: usize| threads.get(i).is_some_and(|t| self.aside.contains(&t.name));
            if !(0..threads.len()).any(|i| aside(i) && !threads[i].mentions.is_empty()) {
                shown.retain(|&i| !aside(i));
            }
        }
        self.lists[place].fill(filter, shown);
    }
}
