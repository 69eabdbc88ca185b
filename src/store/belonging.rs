//! What a thread belongs to: a story, which is a folder or some files, or every text. A story is known by its full paths, one
//! a line; a text that is no file, by its hash; every text, by nothing.

use std::path::{Path, PathBuf};

/// The story of every text.
pub const EVERYWHERE: &str = "";

/// Whether a thread of `story` is followed in a text of this path.
pub fn covers(story: &str, path: &str) -> bool {
    story.is_empty() || story.lines().any(|line| Path::new(path).starts_with(line))
}

/// Whether two stories have a text in common.
pub fn overlap(one: &str, other: &str) -> bool {
    covers(one, EVERYWHERE)
        || covers(other, EVERYWHERE)
        || one.lines().any(|line| covers(other, line))
        || other.lines().any(|line| covers(one, line))
}

/// The story of a text that is no file.
pub fn of_text(text: &str) -> String {
    let hash = super::hash_of(text);
    hash.iter().take(8).fold("text:".to_owned(), |name, byte| format!("{name}{byte:02x}"))
}

/// The story of what was named: a folder stands for all that is ever in it, and so do files that are all of their folder.
/// `texts_in` lists the files of a folder that would be read. All paths are full ones.
pub fn of_files(named: &[PathBuf], texts_in: impl Fn(&Path) -> Vec<PathBuf>) -> String {
    let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = named.iter().partition(|p| p.is_dir());
    let mut lines: Vec<PathBuf> = folders.into_iter().cloned().collect();
    let mut parents: Vec<&Path> = files.iter().filter_map(|f| f.parent()).collect();
    parents.sort_unstable();
    parents.dedup();
    for parent in parents {
        let mut own: Vec<PathBuf> = files.iter().filter(|f| f.parent() == Some(parent)).map(|&f| f.clone()).collect();
        own.sort_unstable();
        own.dedup();
        if own.len() > 1 && texts_in(parent).iter().all(|text| own.binary_search(text).is_ok()) {
            lines.push(parent.to_owned());
        } else {
            lines.extend(own);
        }
    }
    lines.sort_unstable();
    lines.dedup();
    // A line break in a name would make two lines of it.
    let lines = lines.iter().map(|l| l.to_string_lossy().replace('\n', "?"));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_covers_what_is_in_its_folders_and_nothing_else() {
        assert!(covers("/news/mill", "/news/mill/a.txt") && covers("/news/mill", "/news/mill"));
        assert!(!covers("/news/mill", "/news/mill-two/a.txt") && !covers("/news/mill/a.txt", "/news/mill/b.txt"));
        assert!(covers("/a.txt\n/b.txt", "/b.txt") && covers(EVERYWHERE, "/b.txt"));
        assert!(overlap("/news", "/news/mill/a.txt") && overlap("/news/mill/a.txt", "/news"));
        assert!(overlap(EVERYWHERE, "/news") && !overlap("/news/a.txt", "/news/b.txt"));
    }

    #[test]
    fn all_files_of_a_folder_are_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let all = || vec![path("a.txt"), path("b.txt")];
        let whole = folder.path().to_string_lossy().into_owned();
        assert_eq!(of_files(&all(), |_| all()), whole);
        assert_eq!(of_files(&[folder.path().to_owned()], |_| all()), whole);
        assert_eq!(of_files(&[path("b.txt")], |_| all()), path("b.txt").to_string_lossy());
        let some = of_files(&all(), |_| vec![path("a.txt"), path("b.txt"), path("c.txt")]);
        assert_eq!(some.lines().count(), 2);
    }
}
