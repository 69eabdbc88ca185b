//! All a key can do, with the words that explain it. The help, the hints in the footer and the list of commands are made
//! from this table.

/// Something the reader can ask for.
#[expect(missing_docs, reason = "each has its sentence in ACTIONS")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    NextPane,
    PreviousPane,
    ArticlePane,
    QuotesPane,
    ClaimsPane,
    ThreadsPane,
    Down,
    Up,
    PageDown,
    PageUp,
    HalfDown,
    HalfUp,
    Top,
    Bottom,
    NextParagraph,
    PreviousParagraph,
    Goto,
    NextItem,
    PreviousItem,
    NextUnsure,
    PreviousUnsure,
    NextArticle,
    PreviousArticle,
    Back,
    Forward,
    Search,
    NextMatch,
    PreviousMatch,
    Filter,
    Open,
    Why,
    CopyQuote,
    CopyWords,
    CopyCitation,
    CopyMarkdown,
    CopyPlace,
    SetMark,
    GoToMark,
    TextOnly,
    Wider,
    Narrower,
    ChangeTheme,
    Mouse,
    Columns,
    Follow,
    Reload,
    Commands,
    Help,
    Escape,
    Close,
    Quit,
    Suspend,
    Redraw,
    Accept,
    Reject,
    Verdict,
    SetSpeaker,
    Note,
    TurnStatus,
    Undo,
    Redo,
    Order,
    Thread,
    Story,
    Library,
    Export,
    Ends,
    Select,
    Offers,
    Notes,
    Tour,
}

/// Where an action is of use, which is also where the help tells of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// In every pane.
    Everywhere,
    /// In the panes and cards.
    Pane,
    /// In the panes and cards, to get about.
    Moving,
}

/// A row of the table.
#[derive(Debug)]
pub struct Entry {
    /// What it does.
    pub action: Action,
    /// Its name in `assets/keys.toml` and in the list of commands.
    pub name: &'static str,
    /// Where it is of use.
    pub scope: Scope,
    /// One or two words for the footer.
    pub hint: &'static str,
    /// The sentence for the help.
    pub help: &'static str,
}

const fn row(action: Action, name: &'static str, scope: Scope, hint: &'static str, help: &'static str) -> Entry {
    Entry { action, name, scope, hint, help }
}

use Scope::{Everywhere, Moving, Pane};

/// The table, in the order of the help.
#[rustfmt::skip]
pub const ACTIONS: &[Entry] = &[
    row(Action::Down, "down", Moving, "down", "next line or item"),
    row(Action::Up, "up", Moving, "up", "previous line or item"),
    row(Action::PageDown, "page-down", Moving, "on", "page on"),
    row(Action::PageUp, "page-up", Moving, "back", "page back"),
    row(Action::HalfDown, "half-page-down", Moving, "half on", "half a page on"),
    row(Action::HalfUp, "half-page-up", Moving, "half back", "half a page back"),
    row(Action::Top, "top", Moving, "top", "the start"),
    row(Action::Bottom, "bottom", Moving, "end", "the end"),
    row(Action::NextParagraph, "next-paragraph", Moving, "paragraph", "next paragraph"),
    row(Action::PreviousParagraph, "previous-paragraph", Moving, "paragraph", "previous paragraph"),
    row(Action::Goto, "go-to", Moving, "go to", "go to an item or paragraph by number"),
    row(Action::Open, "open", Pane, "open", "open the card; again: go to the passage"),
    row(Action::NextItem, "next-item", Moving, "next", "next item of the list last used"),
    row(Action::PreviousItem, "previous-item", Moving, "previous", "previous item"),
    row(Action::NextUnsure, "next-unsure", Moving, "unsure", "next unsure quote or claim, or suggested thread"),
    row(Action::PreviousUnsure, "previous-unsure", Moving, "unsure", "previous unsure one"),
    row(Action::Filter, "filter", Pane, "filter", "filter this list"),
    row(Action::Why, "why", Pane, "why", "why: the reason, in one line"),
    row(Action::CopyQuote, "copy-quote", Pane, "copy", "copy the words with their speaker"),
    row(Action::CopyWords, "copy-words", Pane, "copy words", "copy the bare words"),
    row(Action::CopyCitation, "copy-citation", Pane, "cite", "copy a citation"),
    row(Action::CopyMarkdown, "copy-markdown", Pane, "Markdown", "copy as Markdown"),
    row(Action::CopyPlace, "copy-place", Pane, "place", "copy the place: file#offset"),
    row(Action::Accept, "accept", Pane, "accept", "accept, and move on"),
    row(Action::Reject, "reject", Pane, "reject", "reject: it leaves the list (is:rejected shows it)"),
    row(Action::Verdict, "verdict", Pane, "verdict", "your verdict on a claim, and its source"),
    row(Action::SetSpeaker, "set-speaker", Pane, "speaker", "set who says a quote"),
    row(Action::Note, "note", Pane, "note", "write a note"),
    row(Action::TurnStatus, "open-or-close", Pane, "open/close", "thread: open, advanced, resolved, mentioned"),
    row(Action::Undo, "undo", Everywhere, "undo", "take the last change back"),
    row(Action::Redo, "redo", Everywhere, "redo", "do it again"),
    row(Action::Order, "order", Pane, "order", "claims by place, certainty, holder or worth checking"),
    row(Action::Thread, "thread", Pane, "thread", "make a thread; on one: change its names"),
    row(Action::Ends, "ends", Pane, "ends", "move where a quote starts and ends"),
    row(Action::Select, "select", Pane, "mark", "mark words; then s c t i y: quote, claim, thread, note, copy"),
    row(Action::Offers, "offers", Everywhere, "offers", "your corrections, offered for the story's other articles"),
    row(Action::Notes, "notes", Everywhere, "notes", "all your notes on this text"),
    row(Action::Export, "export", Pane, "export", "export what the list shows, to a file"),
    row(Action::NextPane, "next-pane", Everywhere, "pane", "next pane"),
    row(Action::PreviousPane, "previous-pane", Everywhere, "pane", "previous pane"),
    row(Action::ArticlePane, "article", Everywhere, "article", "the article"),
    row(Action::QuotesPane, "quotes", Everywhere, "quotes", "the quotes"),
    row(Action::ClaimsPane, "claims", Everywhere, "claims", "the claims"),
    row(Action::ThreadsPane, "threads", Everywhere, "threads", "the threads"),
    row(Action::Search, "search", Everywhere, "search", "search; Tab looks wider"),
    row(Action::NextMatch, "next-match", Everywhere, "match", "next match"),
    row(Action::PreviousMatch, "previous-match", Everywhere, "match", "previous match"),
    row(Action::NextArticle, "next-article", Everywhere, "article", "next article"),
    row(Action::PreviousArticle, "previous-article", Everywhere, "article", "previous article"),
    row(Action::Story, "story", Everywhere, "story", "the story over time: threads, what changed, who is quoted"),
    row(Action::Library, "library", Everywhere, "library", "the library: open any article you have saved"),
    row(Action::Back, "back", Everywhere, "back", "back to where you were"),
    row(Action::Forward, "forward", Everywhere, "forward", "forward again"),
    row(Action::SetMark, "set-mark", Everywhere, "mark", "mark this place with a letter"),
    row(Action::GoToMark, "go-to-mark", Everywhere, "to mark", "go to a mark"),
    row(Action::TextOnly, "text-only", Everywhere, "text", "only the text, and back"),
    row(Action::Columns, "columns", Everywhere, "columns", "lists beside or below the text"),
    row(Action::Wider, "wider", Everywhere, "wider", "wider lines"),
    row(Action::Narrower, "narrower", Everywhere, "narrower", "narrower lines"),
    row(Action::ChangeTheme, "theme", Everywhere, "theme", "next theme"),
    row(Action::Mouse, "mouse", Everywhere, "mouse", "mouse on or off"),
    row(Action::Follow, "follow", Everywhere, "follow", "text follows the lists, or stays"),
    row(Action::Reload, "reload", Everywhere, "reload", "read the file again"),
    row(Action::Redraw, "redraw", Everywhere, "redraw", "draw the screen again"),
    row(Action::Commands, "commands", Everywhere, "commands", "all commands by name"),
    row(Action::Help, "help", Everywhere, "help", "this help"),
    row(Action::Tour, "tour", Everywhere, "tour", "a short tour on the built-in story"),
    row(Action::Escape, "escape", Everywhere, "back", "close, clear search, clear filter"),
    row(Action::Close, "close", Everywhere, "close", "close; with nothing open: quit"),
    row(Action::Suspend, "suspend", Everywhere, "suspend", "suspend; fg comes back"),
    row(Action::Quit, "quit", Everywhere, "quit", "quit"),
];

impl Action {
    /// Its row in the table.
    pub fn entry(self) -> &'static Entry {
        ACTIONS.iter().find(|e| e.action == self).unwrap_or(&ACTIONS[ACTIONS.len() - 1])
    }

    /// The action of a name.
    pub fn named(name: &str) -> Option<Self> {
        ACTIONS.iter().find(|e| e.name == name).map(|e| e.action)
    }

    /// Whether it needs what the analysis finds, so that it waits for it.
    pub fn needs_findings(self) -> bool {
        use Action::{
            Accept, CopyCitation, CopyMarkdown, CopyPlace, CopyQuote, CopyWords, Ends, Export, Filter, NextItem,
            NextUnsure, Note, Notes, Open, Order, PreviousItem, PreviousUnsure, Redo, Reject, Select, SetSpeaker,
            TurnStatus, Undo, Verdict, Why,
        };
        matches!(
            self,
            NextItem
                | PreviousItem
                | NextUnsure
                | PreviousUnsure
                | Filter
                | Open
                | Why
                | CopyQuote
                | CopyWords
                | CopyCitation
                | CopyMarkdown
                | CopyPlace
                | Accept
                | Reject
                | Verdict
                | SetSpeaker
                | Note
                | Notes
                | TurnStatus
                | Undo
                | Redo
                | Order
                | Export
                | Ends
                | Select
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once_and_finds_its_action() {
        for entry in ACTIONS {
            assert_eq!(ACTIONS.iter().filter(|e| e.name == entry.name).count(), 1, "{}", entry.name);
            assert_eq!(Action::named(entry.name), Some(entry.action));
            assert_eq!(entry.action.entry().name, entry.name);
        }
    }
}
