//! All that the screen is made of: the open articles, what is selected, what lies over it, and what the reader has chosen.

use std::sync::Arc;

use ratatui::layout::{Rect, Size};
use rustc_hash::FxHashMap;

use super::key::Key;
use super::keymap::Keymap;
use super::layout::{Areas, Arrangement, Form, layout};
use super::msg::{Cmd, DocumentId, Progress};
use super::open_article::Article;
use super::opening::Opening;
use super::overlay::Overlay;
use super::panes::{ListForm, ListPane, Listing, Order, PaneId};
use super::reading::Found;
use super::search::Searched;
use super::tour::Tour;
use crate::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadDefinition, ThreadId};
use crate::document::{Document, from_text};
use crate::lexicon::threads;
use crate::store::{Following, Offer};
use crate::text::Pos;
use crate::widgets::{Palette, Theme};

/// Cells of a full line of text, unless the reader wants another measure.
const MEASURE: u16 = 66;
/// The narrowest and widest measure, in cells.
pub const MEASURES: (u16, u16) = (24, 120);
/// Larger than the number of any change in the library.
const SINCE_START: i64 = 1 << 48;
/// Places that `Ctrl-o` remembers.
const MOST_PLACES: usize = 100;

/// How the reader is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The colours.
    pub theme: Palette,
    /// Draw ASCII twins of everything.
    pub ascii: bool,
    /// Over a slow line: the text above and one list below.
    pub remote: bool,
    /// Cells of a full line, when the reader said so.
    pub measure: Option<u16>,
    /// Whether the lists are beside the text, when the reader said so.
    pub beside: Option<bool>,
    /// Listen to the mouse from the start.
    pub mouse: bool,
    /// The keys, when they are not those that come with the program.
    pub keymap: Option<Keymap>,
}

/// Whether a story's articles name something.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Naming {
    /// As far as is known, none.
    #[default]
    Unnamed,
    /// At least one.
    Named,
}

/// Somewhere to come back to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub article: usize,
    pub at: (Pos, usize),
}

/// The state of the whole program.
pub struct Model {
    pub(super) articles: Vec<Article>,
    pub(super) current: usize,
    pub(super) next_id: u32,
    /// The threads that are followed.
    pub(super) following: Following,
    /// Changes made since the start.
    pub(super) changes: i64,
    /// Whether an article of the story names a thread of the built-in story.
    pub(super) own_threads: Naming,
    /// Corrections that may hold in other articles of the story.
    pub(super) offers: Vec<Offer>,
    /// How many questions the library has been asked.
    pub(super) questions: u32,
    /// How far the story's files have been looked through, while they are.
    pub(super) adding: Option<Progress>,
    pub(super) size: Size,
    pub(super) arrangement: Arrangement,
    pub(super) theme: Theme,
    pub(super) follow: bool,
    /// How the claims are sorted.
    pub(super) order: Order,
    /// Where the reader was when it was last saved.
    pub(super) saved: Option<(DocumentId, usize)>,
    pub(super) mouse: bool,
    pub(super) keymap: Keymap,
    /// Keys that wait for the findings.
    pub(super) waiting: Vec<Key>,
    /// Keys of a sequence that is not complete.
    pub(super) pending: Vec<Key>,
    pub(super) overlays: Vec<Overlay>,
    /// The last search, whose matches stay marked.
    pub(super) searched: Option<Searched>,
    /// The tour, while the reader is on it.
    pub(super) tour: Option<Tour>,
    pub(super) past: Vec<Place>,
    pub(super) future: Vec<Place>,
    pub(super) marks: FxHashMap<char, Place>,
    /// A sentence for the footer; the next key takes it away.
    pub(super) told: Option<String>,
    pub(super) over: bool,
}

impl Model {
    /// Opens documents, the first of them on the screen, and says what has to be done for it.
    pub fn open(documents: Vec<Arc<Document>>, options: Options, size: Size) -> (Self, Vec<Cmd>) {
        let openings = documents.into_iter().map(Opening::from).collect();
        Self::start(openings, 0, threads::story(), options, size)
    }

    /// Opens articles, of which some may not have been read yet, the one at a place on the screen, and follows threads.
    pub fn start(
        openings: Vec<Opening>,
        first: usize,
        following: impl Into<Following>,
        options: Options,
        size: Size,
    ) -> (Self, Vec<Cmd>) {
        let mut openings = openings;
        if openings.is_empty() {
            openings.push(Opening::from(Arc::new(from_text(String::new(), "nothing"))));
        }
        let mut next_id = 0;
        let mut article = |opening: Opening| {
            next_id += 1;
            opening.article(DocumentId(next_id))
        };
        let articles: Vec<Article> = openings.into_iter().map(&mut article).collect();
        let mut model = Self {
            current: first.min(articles.len() - 1),
            articles,
            following: following.into(),
            changes: 0,
            own_threads: Naming::default(),
            offers: Vec::new(),
            questions: 0,
            adding: None,
            next_id,
            size,
            arrangement: Arrangement {
                beside: options.beside.unwrap_or(!options.remote),
                text_only: false,
                measure: options.measure.unwrap_or(MEASURE),
                focus: PaneId::Article,
                list: PaneId::Quotes,
            },
            theme: Theme { palette: options.theme, ascii: options.ascii },
            follow: true,
            order: Order::default(),
            saved: None,
            mouse: options.mouse,
            keymap: options.keymap.unwrap_or_else(Keymap::standard),
            waiting: Vec::new(),
            pending: Vec::new(),
            overlays: Vec::new(),
            searched: None,
            tour: None,
            past: Vec::new(),
            future: Vec::new(),
            marks: FxHashMap::default(),
            told: None,
            over: false,
        };
        model.settle();
        let mut commands = Vec::new();
        model.ask(&mut commands);
        if model.mouse {
            commands.push(Cmd::Mouse(true));
        }
        (model, commands)
    }

    /// The threads that are followed in the story that is open.
    pub fn threads(&self) -> Vec<ThreadDefinition> {
        self.following.all()
    }

    /// The threads to look for in an open document.
    pub fn threads_of(&self, id: DocumentId) -> Vec<ThreadDefinition> {
        let article = self.articles.iter().find(|a| a.reading.id == id);
        self.following.of(article.and_then(|a| a.path.as_deref()))
    }

    /// The story to which what the reader makes in the article on the screen belongs.
    pub(super) fn story(&self) -> String {
        self.following.story_of(self.article().path.as_deref())
    }

    /// A number for a change, larger than that of any before it, in the library too.
    pub(super) fn next_order(&mut self) -> i64 {
        self.changes += 1;
        SINCE_START + self.changes
    }

    /// Follows these threads from now on.
    pub fn follow(&mut self, following: Following) {
        self.following = following;
    }

    /// What is followed in which text.
    pub fn following(&self) -> &Following {
        &self.following
    }

    /// The document on the screen with what was found in it, as the reader corrected it.
    pub fn findings(&self) -> Option<(&Document, &Analysis)> {
        Some((&*self.article().reading.document, &*self.found()?.analysis))
    }

    /// Whether the reader has quit.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// The size of the screen, in cells.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Whether keys are letters of a line that is being typed.
    pub fn takes_text(&self) -> bool {
        !matches!(
            self.overlays.last(),
            None | Some(
                Overlay::Card { .. }
                    | Overlay::Story(_)
                    | Overlay::Select { .. }
                    | Overlay::Offers { .. }
                    | Overlay::Notes { .. }
            )
        )
    }

    /// Puts lists beside the text where there is room: the terminal scrolls columns cheaply after all.
    pub fn stand_beside(&mut self) {
        self.arrangement.beside = true;
        self.settle();
    }

    /// The title of the article on the screen.
    pub fn title(&self) -> &str {
        &self.article().reading.document.meta().title
    }

    /// The name under which the article on the screen was opened.
    pub fn name(&self) -> &str {
        self.article().reading.document.id()
    }

    /// Asks for the findings of the article on the screen, once.
    pub(super) fn ask(&mut self, commands: &mut Vec<Cmd>) {
        let article = self.article_mut();
        if !article.asked {
            article.asked = true;
            if !article.read {
                if article.whole.is_some() {
                    commands.push(Cmd::Begin(article.reading.id, Arc::clone(&article.reading.document)));
                }
                commands.push(Cmd::Load(article.reading.id, article.reading.document.id().to_owned()));
                return;
            }
            commands.push(Cmd::Analyse(article.reading.id, Arc::clone(&article.reading.document)));
            commands.push(Cmd::Recall(article.reading.id, Arc::clone(&article.reading.document)));
        }
    }

    pub(super) fn article(&self) -> &Article {
        &self.articles[self.current]
    }

    pub(super) fn article_mut(&mut self) -> &mut Article {
        &mut self.articles[self.current]
    }

    pub(super) fn found(&self) -> Option<&Found> {
        self.article().reading.found.as_ref()
    }

    /// Whether all that will be found is there.
    pub(super) fn has_found_all(&self) -> bool {
        self.article().reading.found_all().is_some()
    }

    pub(super) fn areas(&self) -> (Form, Areas) {
        layout(self.size, &self.arrangement)
    }

    /// The state of a list; the quotes for the article.
    pub(super) fn list(&self, pane: PaneId) -> &ListPane {
        &self.article().lists[pane.list_place().unwrap_or(0)]
    }

    pub(super) fn list_mut(&mut self, pane: PaneId) -> &mut ListPane {
        &mut self.article_mut().lists[pane.list_place().unwrap_or(0)]
    }

    /// The finding that is marked in the text and in its list.
    pub(super) fn selected(&self) -> Option<FindingId> {
        self.found()?;
        let index = self.list(self.arrangement.list).finding()?;
        Some(match self.arrangement.list {
            PaneId::Claims => FindingId::Claim(ClaimId::at(index)),
            PaneId::Threads => FindingId::Thread(ThreadId::at(index)),
            PaneId::Article | PaneId::Quotes => FindingId::Quote(QuoteId::at(index)),
        })
    }

    /// Fills a list again, with the filter it has.
    pub(super) fn refill(&mut self, pane: PaneId) {
        let (filter, order) = (self.list(pane).filter.clone(), self.order);
        self.article_mut().refill(pane, &filter, order);
    }

    /// Fills all lists again.
    pub(super) fn refill_all(&mut self) {
        for pane in PaneId::LISTS {
            self.refill(pane);
        }
    }

    /// Fills a list under another filter.
    pub(super) fn filter(&mut self, pane: PaneId, filter: &str) {
        let order = self.order;
        self.article_mut().refill(pane, filter, order);
    }

    /// A list with all that its rows are made of.
    pub(super) fn listing(&self, pane: PaneId) -> Option<Listing<'_>> {
        let (form, areas) = self.areas();
        let form = match form {
            Form::Columns => ListForm::Column,
            Form::Stacked | Form::TextOnly => ListForm::Rows,
            Form::Small | Form::Tiny => ListForm::Small,
        };
        Some(Listing {
            reading: &self.article().reading,
            found: self.found()?,
            list: self.list(pane),
            pane,
            form,
            cells: usize::from(areas.list(pane).width),
            marked: pane == self.arrangement.list,
            ascii: self.theme.ascii,
        })
    }

    /// Where the rows of a list are: without its title and the row that counts what is not shown.
    pub(super) fn list_rows(&self, pane: PaneId) -> Rect {
        let (form, areas) = self.areas();
        let area = areas.list(pane);
        let (above, below) = match form {
            Form::Columns => (1, 1),
            Form::Small => (0, 1),
            _ => (0, 0),
        };
        let height = area.height.saturating_sub(above + below);
        Rect::new(area.x, area.y + above, area.width, height)
    }

    /// Gives the text its size and brings the selected entries of the lists into view.
    pub(super) fn settle(&mut self) {
        let (_, areas) = self.areas();
        if !areas.text.is_empty() {
            let article = self.article_mut();
            article.text.resize(&article.reading.document, usize::from(areas.measure), usize::from(areas.text.height));
        }
        for pane in PaneId::LISTS {
            let rows = usize::from(self.list_rows(pane).height);
            let Some(listing) = self.listing(pane) else { continue };
            let top = listing.list.revealed(rows, |entry| listing.lines(entry).len());
            self.list_mut(pane).top = top;
        }
    }

    /// Where the reader is now.
    pub(super) fn place(&self) -> Place {
        Place { article: self.current, at: self.article().text.place() }
    }

    /// Remembers where the reader is, before going far.
    pub(super) fn leave(&mut self) {
        let place = self.place();
        if self.past.last() != Some(&place) {
            self.past.push(place);
        }
        if self.past.len() > MOST_PLACES {
            self.past.remove(0);
        }
        self.future.clear();
    }

    pub(super) fn tell(&mut self, sentence: impl Into<String>) {
        self.told = Some(sentence.into());
    }
}
