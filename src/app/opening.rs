//! Articles of a story are read from the disk only when they are looked at: which ones there are, in which order, and what
//! happens when one comes in.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::model::{Model, Place};
use super::msg::{Cmd, DocumentId};
use super::open_article::Article;
use super::panes::TextPane;
use super::reading::Reading;
use crate::analysis::Analysis;
use crate::document::{Day, Document, STORY, from_text, is_story, story};
use crate::index::Index;
use crate::store::belonging::of_text;
use crate::text::{Pos, Span};

/// An article to open.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The name it is shown and read under.
    pub name: String,
    /// The full path of its file; none for what is no file.
    pub path: Option<String>,
    /// Its text; none to have it read when it is looked at.
    pub document: Option<Arc<Document>>,
    /// Bytes of the whole, when its text is only the beginning that is shown until all of it has been read.
    pub whole: Option<usize>,
    /// When it appeared, as far as is known before it is read.
    pub day: Option<Day>,
}

impl From<Arc<Document>> for Opening {
    fn from(document: Arc<Document>) -> Self {
        let day = document.meta().published.as_deref().and_then(Day::from_iso);
        Self { name: document.id().to_owned(), path: None, day, document: Some(document), whole: None }
    }
}

impl Opening {
    /// The article with its panes.
    pub(super) fn article(self, id: DocumentId) -> Article {
        let read = self.document.is_some() && self.whole.is_none();
        let document = self.document.unwrap_or_else(|| Arc::new(from_text(String::new(), &self.name)));
        Article { path: self.path, read, whole: self.whole, day: self.day, ..Article::new(id, document) }
    }
}

impl Model {
    /// Takes in the text of an article, read for the first time or again; then the place in it stays.
    pub(super) fn came_in(&mut self, id: DocumentId, result: Result<Arc<Document>, String>) -> Vec<Cmd> {
        let Some(number) = self.articles.iter().position(|a| a.reading.id == id) else { return Vec::new() };
        let document = match result {
            Ok(document) => document,
            Err(message) => {
                self.could_not_be_read(number, message);
                return Vec::new();
            }
        };
        let fresh = self.fresh_id();
        let article = &mut self.articles[number];
        let (again, place) = (std::mem::replace(&mut article.read, true), article.text.place());
        let begun = article.whole.take().is_some();
        article.fault = None;
        article.day = document.meta().published.as_deref().and_then(Day::from_iso).or(article.day);
        let before = std::mem::replace(&mut article.reading, Reading::new(fresh, Arc::clone(&document)));
        let shown = before.document;
        // What is on the screen mostly stays as it is when the rest comes in.
        let grown = begun && document.text().starts_with(shown.text()) && document.blocks().starts_with(shown.blocks());
        if grown {
            article.reading.found = before.found;
        } else {
            article.text = TextPane::default();
        }
        self.settle();
        if again || begun && !grown {
            let article = &mut self.articles[number];
            article.text.restore(&article.reading.document, place);
        }
        if again {
            self.searched = None;
            self.tell("read again");
        }
        self.go_where_asked(number);
        vec![Cmd::Analyse(fresh, Arc::clone(&document)), Cmd::Recall(fresh, document)]
    }

    /// A file that cannot be read is shown as what it is: nothing, and why. One that was read before stays as it was.
    fn could_not_be_read(&mut self, number: usize, message: String) {
        let order = self.order;
        let article = &mut self.articles[number];
        let shown = article.whole.take().is_some();
        if !std::mem::replace(&mut article.read, true) && !shown {
            let nothing = Arc::new(Analysis::default());
            let index = Arc::new(Index::new(&article.reading.document, &nothing));
            article.learn(nothing, index, order);
            article.fault = Some(message.clone());
        }
        if number == self.current {
            self.tell(message);
        }
    }

    pub(super) fn fresh_id(&mut self) -> DocumentId {
        self.next_id += 1;
        DocumentId(self.next_id)
    }

    /// Goes to the passage for which an article was opened.
    pub(super) fn go_where_asked(&mut self, place: usize) {
        let article = &mut self.articles[place];
        if !article.read {
            return;
        }
        if let Some(start) = article.wanted.take() {
            let end = article.reading.document.text().len();
            let at = Pos::at(start.min(end));
            article.text.show(&article.reading.document, Span::empty(at));
            if place == self.current && self.found().is_some() {
                self.lists_follow(Span::empty(at), |_| true);
            }
        }
    }

    /// Opens the file of an article at a place in its text, in bytes; one of the story's own articles if it is one.
    pub(super) fn open_file(&mut self, path: &str, start: Option<usize>, commands: &mut Vec<Cmd>) {
        self.leave();
        self.overlays.clear();
        let built_in = path == STORY;
        let is_it = |a: &Article| a.path.as_deref() == Some(path) || built_in && is_story(&a.reading.document);
        let known = self.articles.iter().position(is_it);
        let place = known.unwrap_or_else(|| {
            // What belongs to the built-in story is known by its text.
            let full = if built_in { of_text(story().text()) } else { path.to_owned() };
            let opening = Opening { name: path.to_owned(), path: Some(full), document: None, whole: None, day: None };
            let id = self.fresh_id();
            self.articles.push(Article { alone: true, ..opening.article(id) });
            self.articles.len() - 1
        });
        self.current = place;
        self.searched = None;
        self.articles[place].wanted = start;
        self.ask(commands);
        self.settle();
        self.go_where_asked(place);
    }

    /// Puts the articles in the order of their days. `known` has the days of files.
    pub(super) fn put_in_order(&mut self, known: &[(String, Option<Day>)]) {
        let days: FxHashMap<&str, Option<Day>> = known.iter().map(|(path, day)| (path.as_str(), *day)).collect();
        for article in &mut self.articles {
            let day = article.path.as_deref().and_then(|path| days.get(path).copied().flatten());
            article.day = day.or(article.day);
        }
        let mut order: Vec<usize> = (0..self.articles.len()).collect();
        order.sort_by_key(|&i| (self.articles[i].day.unwrap_or(Day(i32::MAX)), &self.articles[i].path, i));
        let mut now = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            now[old] = new;
        }
        let moved = |place: &mut Place| place.article = now[place.article];
        self.past.iter_mut().for_each(moved);
        self.future.iter_mut().for_each(moved);
        self.marks.values_mut().for_each(moved);
        self.current = now[self.current];
        let mut articles: Vec<Option<Article>> = std::mem::take(&mut self.articles).into_iter().map(Some).collect();
        self.articles = order.iter().filter_map(|&i| articles[i].take()).collect();
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Rect, Size};

    use super::*;
    use crate::analysis::analyse;
    use crate::app::key::script;
    use crate::app::overlay::Overlay;
    use crate::app::panes::PaneId;
    use crate::app::{Msg, Options, update, view};
    use crate::document::{BEGINNING, beginning, read};
    use crate::index::Index;
    use crate::lexicon::Lexicon;
    use crate::store::Field;

    fn screen(model: &Model) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        view(model, &mut buffer);
        buffer
    }

    /// A long text of which only the beginning is on the screen, and the whole.
    fn begun() -> (Model, Vec<Cmd>, Arc<Document>) {
        let text: String = (0..9000).map(|i| format!("Paragraph {i} of them.\n\n")).collect();
        let first = beginning(&text.as_bytes()[..BEGINNING], "long.txt").expect("plain text");
        let opening = Opening { whole: Some(text.len()), ..Opening::from(Arc::new(first)) };
        let (model, commands) = Model::start(vec![opening], 0, Vec::new(), Options::default(), Size::new(80, 24));
        (model, commands, Arc::new(read(text.as_bytes(), "long.txt").expect("reads")))
    }

    #[test]
    fn the_whole_takes_the_place_of_the_beginning_unseen() {
        let (mut model, commands, whole) = begun();
        assert!(matches!(commands.as_slice(), [Cmd::Begin(..), Cmd::Load(_, name)] if name == "long.txt"));
        for key in script("jjj") {
            update(&mut model, Msg::Key(key));
        }
        let before = screen(&model);
        let id = model.article().reading.id;
        let commands = update(&mut model, Msg::Reread(id, Ok(whole)));
        assert!(commands.iter().any(|c| matches!(c, Cmd::Analyse(_, whole) if whole.text().len() > BEGINNING)));
        assert_eq!(screen(&model), before);
    }

    #[test]
    fn keys_that_need_the_end_wait_for_it() {
        let (mut model, _, whole) = begun();
        let end = whole.blocks().last().expect("has blocks").span;
        for key in script("G") {
            update(&mut model, Msg::Key(key));
        }
        let id = model.article().reading.id;
        update(&mut model, Msg::Reread(id, Ok(whole)));
        assert!(model.article().text.shows(&model.article().reading.document, end));
    }

    #[test]
    fn the_first_findings_are_listed_before_the_whole_is_read() {
        let (mut model, commands, _) = begun();
        let text: String = (0..2000).map(|i| format!("“Go on to mile {i},” said Ada Quill.\n\n")).collect();
        let first = Arc::new(beginning(&text.as_bytes()[..BEGINNING], "long.txt").expect("plain text"));
        let whole = Arc::new(read(text.as_bytes(), "long.txt").expect("reads"));
        let opening = Opening { whole: Some(text.len()), ..Opening::from(Arc::clone(&first)) };
        (model, _) = Model::start(vec![opening], 0, Vec::new(), Options::default(), model.size());
        let Some(Cmd::Begin(id, _)) = commands.first() else { panic!("asks for the first findings") };
        let lexicon = Lexicon::english();
        let made = |document: &Document| {
            let analysis = analyse(document, &lexicon, &[]);
            let index = Index::new(document, &analysis);
            (Arc::new(analysis), Arc::new(index))
        };
        let (analysis, index) = made(&first);
        update(&mut model, Msg::Begun(*id, analysis, index));
        let quotes = model.list(PaneId::Quotes).shown.len();
        assert!(quotes > 100 && quotes < 2000);
        // Moving is answered at once; a note waits for the whole, and is not lost.
        for key in script("]]]i") {
            update(&mut model, Msg::Key(key));
        }
        assert_eq!(model.list(PaneId::Quotes).finding(), Some(3));
        let Some(Cmd::Analyse(id, _)) = update(&mut model, Msg::Reread(*id, Ok(Arc::clone(&whole)))).into_iter().next()
        else {
            panic!("asks for all findings")
        };
        assert_eq!(model.list(PaneId::Quotes).shown.len(), quotes);
        let (analysis, index) = made(&whole);
        update(&mut model, Msg::Analysed(id, analysis, index));
        assert_eq!((model.list(PaneId::Quotes).shown.len(), model.has_found_all()), (2000, true));
        assert!(matches!(model.overlays.last(), Some(Overlay::Say { field: Field::Note, .. })));
    }
}
