//! The four panes, a file each: the article, and the lists of quotes, claims and threads.

pub mod article;
pub mod claims;
pub mod list;
mod order;
pub mod quotes;
pub mod text;
pub mod threads;

pub use list::{ListForm, ListPane, Listing};
pub use order::{Order, Said};
pub use text::TextPane;

use crate::analysis::{ClaimId, FindingId, QuoteId, ThreadId};
use crate::index::Scope;

/// The panes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PaneId {
    /// The text.
    #[default]
    Article,
    /// What is said.
    Quotes,
    /// What is asserted.
    Claims,
    /// The plot threads.
    Threads,
}

impl PaneId {
    /// All of them, in the order of their digits.
    pub const ALL: [PaneId; 4] = [PaneId::Article, PaneId::Quotes, PaneId::Claims, PaneId::Threads];
    /// Those that are lists.
    pub const LISTS: [PaneId; 3] = [PaneId::Quotes, PaneId::Claims, PaneId::Threads];

    /// Its name as a title.
    pub fn name(self) -> &'static str {
        match self {
            PaneId::Article => "Article",
            PaneId::Quotes => "Quotes",
            PaneId::Claims => "Claims",
            PaneId::Threads => "Threads",
        }
    }

    /// Its digit.
    pub fn digit(self) -> usize {
        self as usize + 1
    }

    /// Its place among the lists.
    pub fn list_place(self) -> Option<usize> {
        (self as usize).checked_sub(1)
    }

    /// Where a search looks first when it starts here.
    pub fn scope(self) -> Scope {
        match self {
            PaneId::Article | PaneId::Quotes => Scope::Quotes,
            PaneId::Claims => Scope::Claims,
            PaneId::Threads => Scope::Threads,
        }
    }

    /// The finding at a place of its list; none for the article.
    pub fn finding(self, place: usize) -> Option<FindingId> {
        match self {
            PaneId::Article => None,
            PaneId::Quotes => Some(FindingId::Quote(QuoteId::at(place))),
            PaneId::Claims => Some(FindingId::Claim(ClaimId::at(place))),
            PaneId::Threads => Some(FindingId::Thread(ThreadId::at(place))),
        }
    }

    /// The list a finding stands in.
    pub fn of(finding: FindingId) -> Self {
        match finding {
            FindingId::Quote(_) | FindingId::Person(_) => PaneId::Quotes,
            FindingId::Claim(_) => PaneId::Claims,
            FindingId::Thread(_) => PaneId::Threads,
        }
    }
}
