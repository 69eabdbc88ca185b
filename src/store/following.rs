//! Which threads are followed in which text: those of a file or of the program, with what the reader changed laid over them;
//! and the changes themselves, to be undone and done again.

use super::belonging::{EVERYWHERE, covers, overlap};
use super::threads::{OwnThread, ThreadEdit, ThreadRow};
use crate::lexicon::threads::ThreadDefinition;

/// The threads of the story that is open, and those of all others.
#[derive(Clone, Debug, Default)]
pub struct Following {
    /// Those of a file, or of the program.
    file: Vec<ThreadDefinition>,
    /// What the reader made or changed, in all stories.
    own: Vec<OwnThread>,
    /// What is open: see [`super::belonging`].
    story: String,
    done: Vec<ThreadEdit>,
    undone: Vec<ThreadEdit>,
}

impl From<Vec<ThreadDefinition>> for Following {
    fn from(file: Vec<ThreadDefinition>) -> Self {
        Self { file, ..Self::default() }
    }
}

impl Following {
    /// The threads of a file with what the library knows.
    pub fn new(
        file: Vec<ThreadDefinition>,
        own: Vec<OwnThread>,
        (done, undone): (Vec<ThreadEdit>, Vec<ThreadEdit>),
    ) -> Self {
        Self { file, own, story: String::new(), done, undone }
    }

    /// Says what is open. A single text belongs to the smallest story with threads that holds it.
    #[must_use]
    pub fn opened(mut self, story: String) -> Self {
        self.story = if story.contains('\n') { story } else { self.smallest(&story).unwrap_or(story) };
        self
    }

    fn smallest(&self, path: &str) -> Option<String> {
        let holding = self.own.iter().map(|o| o.story.as_str()).filter(|s| !s.is_empty() && covers(s, path));
        holding.max_by_key(|s| (!s.contains('\n'), s.len())).map(str::to_owned)
    }

    /// The threads of the story that is open.
    pub fn all(&self) -> Vec<ThreadDefinition> {
        self.laid(|own| overlap(&own.story, &self.story))
    }

    /// The threads to look for in a text: of a path, or none for a text that is no file and was opened by itself.
    pub fn of(&self, path: Option<&str>) -> Vec<ThreadDefinition> {
        let path = path.unwrap_or(&self.story);
        self.laid(|own| covers(&own.story, path))
    }

    /// Places in the list of the reader's threads of those that bear upon a path: where they are the same, so is
    /// [`Following::of`].
    pub fn bearing(&self, path: &str) -> Vec<usize> {
        let all = self.own.iter().enumerate();
        all.filter(|(_, own)| covers(&own.story, path)).map(|(i, _)| i).collect()
    }

    fn laid(&self, fits: impl Fn(&OwnThread) -> bool) -> Vec<ThreadDefinition> {
        let mut own: Vec<&OwnThread> = self.own.iter().filter(|o| fits(o)).collect();
        // What is said of fewer texts stands over what is said of more.
        own.sort_by_key(|o| o.story.len());
        laid_over(self.file.clone(), &own)
    }

    /// The story to which a thread belongs that is made in a text of this path.
    pub fn story_of(&self, path: Option<&str>) -> String {
        match path {
            Some(path) if !covers(&self.story, path) || self.story.is_empty() => {
                self.smallest(path).unwrap_or_else(|| path.to_owned())
            }
            _ => self.story.clone(),
        }
    }

    /// Whether the reader made or changed a thread that is followed in a text of this path.
    pub fn is_asked_for(&self, name: &str, path: Option<&str>) -> bool {
        let path = path.unwrap_or(&self.story);
        self.own.iter().any(|o| !o.hidden && o.definition.name == name && covers(&o.story, path))
    }

    /// Whether a thread is followed in every text by the reader's wish.
    pub fn is_everywhere(&self, name: &str) -> bool {
        let shown = self.own.iter().filter(|o| !o.hidden && o.definition.name == name);
        shown.max_by_key(|o| o.story.len()).is_some_and(|o| o.story.is_empty())
    }

    /// Makes a change to threads: `changes` are to hold in `story`, which may be [`EVERYWHERE`]; what was said of the same
    /// threads in `instead` is taken back. `order` is larger than that of any change before.
    pub fn change(&mut self, changes: Vec<OwnThread>, instead: Option<&str>, made_in: &str, order: i64) -> ThreadEdit {
        let mut rows = Vec::new();
        for change in changes {
            let old = instead.and_then(|story| self.row(story, &change.definition.name)).cloned();
            rows.extend(old.map(|old| ThreadRow { before: Some(old), after: None }));
            let before = self.row(&change.story, &change.definition.name).cloned();
            rows.push(ThreadRow { before, after: Some(change) });
        }
        let edit = ThreadEdit { story: made_in.to_owned(), rows, order };
        self.undone.retain(|e| e.story != edit.story);
        self.done.push(edit.clone());
        self.apply(&edit);
        edit
    }

    /// The order of the change that [`Following::turn_back`] would take up.
    pub fn next_turn(&self, story: &str, again: bool) -> Option<i64> {
        let from = if again { &self.undone } else { &self.done };
        from.iter().rev().find(|e| e.story == story).map(|e| e.order)
    }

    /// Takes the last change made in a story back, or does it again; answers what has to be saved.
    pub fn turn_back(&mut self, story: &str, again: bool) -> Option<ThreadEdit> {
        let (from, to) = if again { (&mut self.undone, &mut self.done) } else { (&mut self.done, &mut self.undone) };
        let edit = from.remove(from.iter().rposition(|e| e.story == story)?);
        to.push(edit.clone());
        let edit = if again { edit } else { edit.reversed() };
        self.apply(&edit);
        Some(edit)
    }

    fn row(&self, story: &str, name: &str) -> Option<&OwnThread> {
        self.own.iter().find(|o| o.story == story && o.definition.name == name)
    }

    fn apply(&mut self, edit: &ThreadEdit) {
        for row in &edit.rows {
            let Some((story, name)) = row.key() else { continue };
            let place = self.own.iter().position(|o| o.story == story && o.definition.name == name);
            match (place, &row.after) {
                (Some(place), Some(after)) => self.own[place] = after.clone(),
                (Some(place), None) => drop(self.own.remove(place)),
                (None, Some(after)) => self.own.push(after.clone()),
                (None, None) => {}
            }
        }
    }

    /// What was said of a thread elsewhere that a change in `story` replaces: everywhere, or in the story alone.
    pub fn instead(story: &str, made_in: &str) -> Option<String> {
        let other = if story == EVERYWHERE { made_in } else { EVERYWHERE };
        (other != story).then(|| other.to_owned())
    }
}

/// Lays the reader's threads over those of a file: theirs replace those of the same name, the hidden ones go.
fn laid_over(mut threads: Vec<ThreadDefinition>, own: &[&OwnThread]) -> Vec<ThreadDefinition> {
    for thread in own {
        match threads.iter().position(|t| t.name == thread.definition.name) {
            Some(place) if thread.hidden => drop(threads.remove(place)),
            Some(place) => threads[place] = thread.definition.clone(),
            None if !thread.hidden => threads.push(thread.definition.clone()),
            None => {}
        }
    }
    threads
}

#[cfg(test)]
mod tests {
    use super::super::threads::tests::own;
    use super::*;

    fn names(threads: &[ThreadDefinition]) -> String {
        threads.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn following(own: Vec<OwnThread>) -> Following {
        let file = ["Nova", "Zalem"].map(|n| super::super::threads::tests::own("", n, &[], false).definition).to_vec();
        Following::new(file, own, (Vec::new(), Vec::new()))
    }

    #[test]
    fn a_thread_is_followed_in_its_story_alone() {
        let all = following(vec![
            own("/news/mill", "Dam", &[], false),
            own("", "Budget", &[], false),
            own("/news/mill", "Nova", &[], true),
        ]);
        assert_eq!(names(&all.of(Some("/news/mill/a.txt"))), "Zalem Budget Dam");
        assert_eq!(names(&all.of(Some("/news/film.txt"))), "Nova Zalem Budget");
        assert_eq!(names(&all.clone().opened("/news".into()).all()), "Zalem Budget Dam");
        assert_eq!(names(&all.clone().opened("/news/mill/a.txt".into()).all()), "Zalem Budget Dam");
        let of = |opened: &str, path| all.clone().opened(opened.into()).story_of(path);
        assert_eq!(of("/news/mill/a.txt", None), "/news/mill");
        assert_eq!(of("/film", Some("/film/b.txt")), "/film");
        assert_eq!(of("/film", Some("/news/mill/b.txt")), "/news/mill");
        assert_eq!(of("/film", Some("/else.txt")), "/else.txt");
    }

    #[test]
    fn what_is_said_of_fewer_texts_stands_over_what_is_said_of_more() {
        let all = following(vec![own("/news", "Dam", &["weir"], false), own("", "Dam", &[], true)]);
        assert_eq!(names(&all.of(Some("/news/a.txt"))), "Nova Zalem Dam");
        assert_eq!(names(&all.of(Some("/film/a.txt"))), "Nova Zalem");
    }

    #[test]
    fn changes_are_taken_back_and_done_again() {
        let mut all = following(Vec::new()).opened("/news".into());
        all.change(vec![own("/news", "Dam", &[], false)], None, "/news", 1);
        all.change(
            vec![own("/news", "Dam", &[], true), own("/news", "Weir", &["Dam"], false)],
            Some(EVERYWHERE),
            "/news",
            2,
        );
        assert_eq!(names(&all.all()), "Nova Zalem Weir");
        assert_eq!(all.next_turn("/news", false), Some(2));
        assert!(all.turn_back("/film", false).is_none());
        let edit = all.turn_back("/news", false).expect("two changes");
        assert_eq!((names(&all.all()).as_str(), edit.rows.len()), ("Nova Zalem Dam", 2));
        all.turn_back("/news", false).expect("one more");
        assert_eq!(names(&all.all()), "Nova Zalem");
        all.turn_back("/news", true).expect("again");
        all.turn_back("/news", true).expect("and again");
        assert_eq!(names(&all.all()), "Nova Zalem Weir");
        all.turn_back("/news", false).expect("once more");
        all.change(vec![own("/news", "Tower", &[], false)], None, "/news", 3);
        assert!(all.turn_back("/news", true).is_none(), "a new change ends what could be done again");
    }

    #[test]
    fn a_thread_is_moved_from_its_story_to_every_text_and_back() {
        let mut all = following(vec![own("/news", "Dam", &[], false)]).opened("/news".into());
        assert!(!all.is_everywhere("Dam"));
        let instead = Following::instead(EVERYWHERE, "/news");
        all.change(vec![own("", "Dam", &[], false)], instead.as_deref(), "/news", 1);
        assert!(all.is_everywhere("Dam") && names(&all.of(Some("/film"))).ends_with("Dam"));
        all.turn_back("/news", false).expect("one change");
        assert!(!all.is_everywhere("Dam") && names(&all.all()).ends_with("Dam"));
    }
}
