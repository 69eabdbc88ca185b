//! Imports run one way: each folder of `src` uses only those before it in the list of the crate's docs.

use std::path::{Path, PathBuf};

/// A folder, and what it may use besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("tag", &["text"]),
    ("document", &["text"]),
    ("lexicon", &["text", "tag", "document", "analysis::ClaimKind", "analysis::CueKind"]),
    ("analysis", &["text", "tag", "document", "lexicon"]),
    ("index", &["text", "document", "analysis", "lexicon"]),
    ("export", &["text", "document", "analysis"]),
    ("story", &["text", "document", "analysis", "index"]),
    ("page", &["text", "document", "story"]),
    ("store", &["text", "document", "lexicon", "analysis", "index", "story"]),
    ("remarks", &["text", "document", "analysis", "index", "story", "store"]),
    ("intake", &["text", "document", "lexicon", "analysis", "index", "story", "store", "remarks"]),
    ("widgets", &["text"]),
    ("app", &["text", "document", "lexicon", "analysis", "index", "export", "story", "store", "remarks", "widgets"]),
    ("config", &["widgets", "app"]),
    ("linear", &["text", "document", "lexicon", "analysis", "index", "export", "story", "store", "remarks", "app"]),
    (
        "terminal",
        &[
            "text", "document", "lexicon", "analysis", "index", "export", "story", "store", "remarks", "intake",
            "widgets", "app",
        ],
    ),
    (
        "cli",
        &[
            "text", "document", "lexicon", "analysis", "index", "export", "story", "page", "store", "intake",
            "widgets", "app", "config", "linear", "terminal",
        ],
    ),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

/// The text of a file up to its tests.
fn program(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("reads");
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

#[test]
fn imports_run_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (layer, may_use) in LAYERS {
        for path in files(&source.join(layer)) {
            for (number, line) in program(&path).lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//"))
            {
                for used in line.split("crate::").skip(1) {
                    let fits = std::iter::once(layer).chain(*may_use).any(|m| used.starts_with(m));
                    let macro_or_brace = used.starts_with('{') || !used.starts_with(|c: char| c.is_ascii_lowercase());
                    if !fits && !macro_or_brace {
                        wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these imports go up:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_terminal_knows_crossterm_and_only_the_shell_prints() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in files(&source) {
        let name = path.strip_prefix(&source).expect("inside").to_string_lossy().into_owned();
        let text = program(&path);
        let may_print = name.starts_with("cli") || name.starts_with("terminal") || name.starts_with("bin");
        assert!(may_print || !["println!(", "eprintln!(", "print!("].iter().any(|p| text.contains(p)), "{name} prints");
        assert!(name.starts_with("terminal") || !text.contains("crossterm::"), "{name} speaks to crossterm");
    }
}

#[test]
fn every_folder_is_in_the_list() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(source).expect("src").map(|e| e.expect("an entry")).filter(|e| e.path().is_dir()) {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(
            name == "bin" || LAYERS.iter().any(|(layer, _)| *layer == name),
            "{name} has no place in the order of layers"
        );
    }
}
