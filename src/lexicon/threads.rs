//! Threads to look for, as TOML: the story's own and the reader's.

use std::sync::LazyLock;

use serde::Deserialize;
use thiserror::Error;

/// The threads of the story that is opened when no file is named.
pub const STORY: &str = include_str!("../../assets/threads/alita.toml");

/// A thread to look for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ThreadDefinition {
    /// Its name.
    pub name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// The letter that marks it in the margin.
    pub letter: char,
    /// Character, place, sport …: free words for the card.
    pub kind: Option<String>,
}

/// Why a file of threads could not be used.
#[derive(Debug, Error)]
#[error("{name}:{line}: {message}; a thread is written as [[thread]] with name = \"…\" and aliases = [\"…\"]")]
pub struct ThreadsError {
    name: String,
    line: usize,
    message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    thread: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    letter: Option<char>,
    #[serde(default)]
    aliases: Vec<String>,
    kind: Option<String>,
    #[expect(dead_code, reason = "a note to whoever reads the file")]
    note: Option<String>,
}

/// Reads a file of threads.
///
/// # Errors
/// When it is no TOML, lacks a name or names a thread twice; the message gives the line and the remedy.
pub fn read(toml: &str, name: &str) -> Result<Vec<ThreadDefinition>, ThreadsError> {
    let fail = |line, message: &str| ThreadsError { name: name.to_owned(), line, message: message.to_owned() };
    let file: File = toml::from_str(toml).map_err(|error| {
        let before = error.span().and_then(|s| toml.get(..s.start)).unwrap_or_default();
        fail(before.matches('\n').count() + 1, error.message())
    })?;
    let mut threads: Vec<ThreadDefinition> = Vec::new();
    for entry in file.thread {
        if entry.name.trim().is_empty() {
            return Err(fail(1, "a thread has an empty name"));
        }
        if threads.iter().any(|t| t.name == entry.name) {
            return Err(fail(1, &format!("the thread {:?} stands twice", entry.name)));
        }
        let letter = entry.letter.unwrap_or_else(|| entry.name.chars().next().unwrap_or('?'));
        threads.push(ThreadDefinition { name: entry.name, aliases: entry.aliases, letter, kind: entry.kind });
    }
    Ok(threads)
}

/// The threads of the built-in story.
///
/// # Panics
/// Never in a program whose tests passed: a test reads the embedded file.
pub fn story() -> Vec<ThreadDefinition> {
    read(STORY, "assets/threads/alita.toml").expect("embedded and tested")
}

/// The names of those threads that are the built-in story's, just as they come with the program. Other texts are looked through
/// for them too, but where nothing names them nobody asked for them.
pub fn of_story(threads: &[ThreadDefinition]) -> Vec<String> {
    static OWN: LazyLock<Vec<ThreadDefinition>> = LazyLock::new(story);
    threads.iter().filter(|t| OWN.contains(t)).map(|t| t.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_was_changed_is_not_the_storys_any_more() {
        let mut threads = story();
        threads[1].aliases.push("Sky City".to_owned());
        assert_eq!(of_story(&threads), ["Nova", "Motorball"]);
    }

    #[test]
    fn the_story_has_its_three_threads() {
        let names: Vec<_> = story().into_iter().map(|t| (t.letter, t.name)).collect();
        assert_eq!(names, [('N', "Nova".to_owned()), ('Z', "Zalem".to_owned()), ('M', "Motorball".to_owned())]);
    }

    #[test]
    fn errors_name_file_line_and_remedy() {
        let error = read("[[thread]]\nname = \"A\"\nalias = []\n", "mine.toml").expect_err("unknown field");
        assert!(error.to_string().starts_with("mine.toml:3: "), "{error}");
        assert!(read("[[thread]]\nname=\"A\"\n[[thread]]\nname=\"A\"", "m").is_err());
    }
}
