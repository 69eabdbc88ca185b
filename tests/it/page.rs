//! The page of a story, parsed back: it is well-formed, every link in it leads somewhere, every number in it is the story's, it
//! may run and fetch nothing, and no words of an article become markup. The accepted page is `tests/golden/page.html`.

use std::collections::BTreeMap;
use std::process::Command;

use expect_test::expect_file;
use sayso::analysis::analyse;
use sayso::document::read as read_document;
use sayso::index::Index;
use sayso::lexicon::{Lexicon, threads};
use sayso::page::{Leaf, Page};
use sayso::story::{Entry, Sort, Story, follow};
use sha2::{Digest, Sha256};

use crate::chronicle;
use crate::xml::{self, Node};

fn page(story: &Story, leaves: &[Leaf]) -> String {
    Page { title: None, story, leaves }.html()
}

/// The page as a tree. What makes HTML of it is its first line.
fn tree(page: &str) -> Node {
    let rest = page.strip_prefix("<!DOCTYPE html>\n").expect("begins as HTML");
    xml::read(&format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{rest}")).expect("well-formed")
}

fn every(node: &Node) -> Vec<&Node> {
    [
        "a", "mark", "section", "article", "ul", "h2", "h3", "table", "main", "p", "svg", "meta", "details", "div",
        "script",
    ]
    .iter()
    .flat_map(|name| node.all(name))
    .collect()
}

fn with<'n>(node: &'n Node, name: &str, key: &str, value: &str) -> Vec<&'n Node> {
    node.all(name).into_iter().filter(|n| n.attribute(key) == Some(value)).collect()
}

/// The elements that can be linked to, by their names; no name stands twice.
fn targets(root: &Node) -> BTreeMap<&str, &Node> {
    let mut targets = BTreeMap::new();
    for node in every(root) {
        if let Some(id) = node.attribute("id") {
            assert!(targets.insert(id, node).is_none(), "{id} twice");
        }
    }
    targets
}

/// The numbers in some words, in their order.
fn numbers(text: &str) -> Vec<usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
}

fn cells(row: &Node) -> Vec<usize> {
    row.all("td").iter().map(|td| td.text().trim().parse().expect("a number")).collect()
}

#[test]
fn the_page_of_the_story_is_as_accepted() {
    let (story, leaves) = chronicle::told();
    let written = page(&story, &leaves);
    assert_eq!(written, page(&story, &leaves), "the same story gives the same page");
    expect_file![format!("{}/tests/golden/page.html", env!("CARGO_MANIFEST_DIR"))].assert_eq(&written);
}

#[test]
fn every_link_leads_to_its_sentence() {
    let (story, leaves) = chronicle::told();
    let page = page(&story, &leaves);
    let root = tree(&page);
    let targets = targets(&root);
    let mut sentences = 0;
    for link in root.all("a") {
        let to = link.attribute("href").expect("leads somewhere");
        let Some(id) = to.strip_prefix('#') else {
            assert!(to.starts_with("https://"), "{to}");
            continue;
        };
        let target = targets.get(id).unwrap_or_else(|| panic!("{to} leads nowhere"));
        if link.attribute("class") == Some("told") {
            sentences += 1;
            assert_eq!(target.name(), "mark", "{to}");
            let said = link.text();
            let first = said.split([' ', '…']).find(|w| w.len() > 2).unwrap_or(&said);
            assert!(target.text().contains(first), "{said:?} is not in {:?}", target.text());
        }
    }
    let steps = story.courses.iter().flat_map(|c| &c.steps);
    let told = steps.map(|s| 1 + usize::from(s.before.is_some())).sum::<usize>()
        + story.courses.iter().map(|c| c.open.len()).sum::<usize>()
        + story.courses.iter().flat_map(|c| &c.disputes).map(|d| d.affirmed.len() + d.denied.len()).sum::<usize>()
        + story.voices.iter().map(|v| v.said.len()).sum::<usize>()
        + story.echoes.iter().map(|e| e.prints.len()).sum::<usize>();
    assert_eq!(sentences, told, "every entry is linked");
    for (id, node) in &targets {
        let named = node.attribute("aria-labelledby");
        assert!(named.is_none_or(|by| targets.contains_key(by)), "{id} is named by nothing");
    }
}

#[test]
fn every_number_is_the_storys() {
    let (story, leaves) = chronicle::told();
    let page = page(&story, &leaves);
    let root = tree(&page);
    let targets = targets(&root);
    let of = |sort: Sort| story.entries.iter().flat_map(|e| &e.kept).filter(|k| k.sort == sort).count();
    let sum = targets["sum"].text();
    let expected = [story.entries.len(), 12, 2026, 30, 2026, of(Sort::Quote), of(Sort::Claim), story.courses.len()];
    assert_eq!(numbers(&sum), expected, "{sum}");

    let table = targets["numbers"];
    let rows = table.all("tbody")[0].all("tr");
    assert_eq!(rows.len(), story.entries.len());
    for (number, (row, entry)) in rows.iter().zip(&story.entries).enumerate() {
        let day = row.all("td")[0].text();
        assert_eq!(day, entry.day.map(sayso::document::Day::iso).unwrap_or_default());
        for (cell, course) in row.all("td").iter().skip(1).zip(&story.courses) {
            let named = course.points.iter().find(|p| p.0 == number).map_or(0, |p| p.1);
            assert_eq!(cell.text(), named.to_string(), "{} in {}", course.name, entry.path);
        }
    }

    for (number, course) in story.courses.iter().enumerate() {
        let part = targets[format!("t{}", number + 1).as_str()];
        let told = numbers(&with(part, "p", "class", "sum")[0].text());
        assert_eq!(told[..3], [course.mentions(), course.points.len(), story.entries.len()], "{}", course.name);
        assert_eq!(part.all("ol")[0].all("li").len(), course.steps.len());
        let changes: Vec<String> = with(part, "b", "class", "change").iter().map(|b| b.text()).collect();
        let words = course.steps.iter().map(|s| s.change.word());
        assert!(changes.iter().zip(words).all(|(shown, word)| shown.ends_with(word)), "{changes:?}");
    }

    let rows = targets["voices"].all("tbody")[0].all("tr");
    assert_eq!(rows.len(), story.voices.len());
    for (number, (row, voice)) in rows.iter().zip(&story.voices).enumerate() {
        let counts = [voice.quotes, voice.articles, voice.claims, voice.certain, voice.denied];
        assert_eq!((row.all("th")[0].text().as_str(), cells(row)), (voice.name.as_str(), counts.to_vec()));
        assert_eq!(targets[format!("v{}", number + 1).as_str()].all("li").len(), voice.quotes, "{}", voice.name);
        assert_eq!(voice.said.len(), voice.quotes);
    }

    let echoes = with(targets["echoes"], "div", "class", "echo");
    for (shown, echo) in echoes.iter().zip(&story.echoes) {
        let hedges: Vec<&String> = echo.prints.iter().flat_map(|p| p.dropped.iter().chain(&p.added)).collect();
        let told: String = with(shown, "p", "class", "hedge").iter().map(|p| p.text()).collect();
        assert!(hedges.iter().all(|h| told.contains(h.as_str())), "{told}");
        assert_eq!(shown.all("li").len(), echo.prints.len());
    }
    assert_eq!(echoes.len(), story.echoes.len());

    for (number, entry) in story.entries.iter().enumerate() {
        let told = with(targets[format!("a{}", number + 1).as_str()], "p", "class", "sum")[0].text();
        let count = |sort: Sort| entry.kept.iter().filter(|k| k.sort == sort).count();
        for (count, word) in [(count(Sort::Quote), "quote"), (count(Sort::Claim), "claim")] {
            assert!(
                told.contains(&format!(" {count} {word}")) || told.starts_with(&format!("{count} {word}")),
                "{told}"
            );
        }
    }
}

#[test]
fn a_browser_may_run_and_fetch_nothing() {
    let (story, leaves) = chronicle::told();
    let page = page(&story, &leaves);
    let root = tree(&page);
    let policy =
        with(&root, "meta", "http-equiv", "Content-Security-Policy")[0].attribute("content").expect("a policy");
    let style = root.all("style")[0].text();
    let hash = sayso::text::base64(&Sha256::digest(style.as_bytes()));
    assert_eq!(policy, format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"));
    assert!(!style.contains("url(") && !style.contains("@import"));
    for name in ["script", "img", "link", "iframe", "object", "embed", "form", "base", "foreignObject"] {
        assert!(root.all(name).is_empty(), "<{name}>");
    }
}

/// What a reader of a screen goes by.
#[test]
fn the_page_can_be_heard() {
    let (story, leaves) = chronicle::told();
    let page = page(&story, &leaves);
    let root = tree(&page);
    assert_eq!(root.attribute("lang"), Some("en"));
    for landmark in ["header", "nav", "main", "footer", "h1"] {
        assert_eq!(root.all(landmark).len(), 1, "<{landmark}>");
    }
    assert!(root.all("section").iter().all(|s| s.attribute("aria-labelledby").is_some()));
    assert!(root.all("th").iter().all(|th| th.attribute("scope").is_some()));
    assert!(root.all("table").iter().all(|t| !t.all("caption").is_empty()));
    let heard = |svg: &&Node| svg.attribute("aria-hidden") == Some("true") || svg.attribute("aria-label").is_some();
    assert!(root.all("svg").iter().all(heard));
    assert!(root.all("a").iter().all(|a| !a.text().trim().is_empty()));
}

const HOSTILE: &str = "<title>x</title><meta property=\"og:title\" content=\"&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">\
    <link rel=\"canonical\" href=\"javascript:alert(1)\"><meta property=\"og:site_name\" content=\"&lt;img src=x onerror=alert(1)&gt;\">\
    <article><h1>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1><p>&ldquo;Nova &lt;/mark&gt;&lt;script&gt;alert(2)&lt;/script&gt; \
    \u{202e}&#27;[31m will &amp;quot; return,&rdquo; said Ann &lt;b&gt;Reed. What of Nova &lt;svg onload=alert(3)&gt; then?</p></article>";

#[test]
fn words_of_an_article_are_never_markup() {
    let definitions =
        threads::read("[[thread]]\nname = \"Nova\"\n[[thread]]\nname = \"<b>&\\\"\"\n", "t").expect("threads");
    let file = "a\"><script>.html";
    let document = std::sync::Arc::new(read_document(HOSTILE.as_bytes(), file).expect("reads"));
    let analysis = analyse(&document, &Lexicon::english(), &definitions);
    let entry = Entry::of(&document, &analysis, &Index::new(&document, &analysis), None);
    assert!(!entry.kept.is_empty());
    let names: Vec<String> = definitions.into_iter().map(|d| d.name).collect();
    let story = follow(vec![entry], &names);
    let leaves = [Leaf { document, sentences: analysis.sentences }];
    let title = "</title><script>";
    let written = Page { title: Some(title), story: &story, leaves: &leaves }.html();
    let root = tree(&written);
    assert_eq!((root.all("title")[0].text().as_str(), root.all("h1")[0].text().as_str()), (title, title));
    for name in ["script", "img", "b"] {
        let own = |n: &&Node| n.attribute("class").is_some_and(|c| c == "change");
        assert!(root.all(name).iter().all(own), "<{name}>");
    }
    for node in every(&root) {
        assert!(node.attributes().iter().all(|(key, _)| !key.starts_with("on") && key != "style"), "{}", node.name());
        assert!(node.attribute("href").is_none_or(|to| to.starts_with('#') || to.starts_with("https://")));
    }
    assert!(!written.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn a_sentence_is_linked_on_the_web_where_its_page_is_known() {
    let page_of = "<title>Rain</title><link rel=\"canonical\" href=\"https://news.example/rain?id=1\">\
        <article><h1>Rain</h1><p>“Nova may return, perhaps,” said Ann Reed. The rest of the town was asleep at that hour.</p></article>";
    let document = std::sync::Arc::new(read_document(page_of.as_bytes(), "rain.html").expect("reads"));
    assert!(document.meta().url.is_some());
    let analysis = analyse(&document, &Lexicon::english(), &threads::story());
    let entry = Entry::of(&document, &analysis, &Index::new(&document, &analysis), None);
    let story = follow(vec![entry], &["Nova".to_owned()]);
    let leaves = [Leaf { document, sentences: analysis.sentences }];
    let written = page(&story, &leaves);
    let root = tree(&written);
    let out = with(&root, "a", "class", "out");
    let to = "https://news.example/rain?id=1#:~:text=%E2%80%9CNova%20may%20return%2C%20perhaps%2C%E2%80%9D%20said%20Ann%20Reed.";
    assert_eq!(out.first().and_then(|a| a.attribute("href")), Some(to));
    assert_eq!(out[0].attribute("rel"), Some("noopener noreferrer nofollow"));
}

#[test]
fn the_command_writes_a_page_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("story.html");
    let run = |force: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.arg("report").arg(format!("{}/tests/story/articles", env!("CARGO_MANIFEST_DIR")));
        command.args(["--title", "The flood"]).arg("--output").arg(&out).args(force.then_some("--force"));
        command.env("SAYSO_LIBRARY", folder.path().join("library.db")).output().expect("runs").status.code()
    };
    assert_eq!((run(false), run(false), run(true)), (Some(0), Some(2), Some(0)));
    let root = tree(&std::fs::read_to_string(&out).expect("reads"));
    assert_eq!(root.all("h1")[0].text(), "The flood");
    assert!(!folder.path().join("library.db").exists(), "a page makes no library");
    let mut empty = Command::new(env!("CARGO_BIN_EXE_sayso"));
    let empty = empty.arg("report").env("SAYSO_LIBRARY", folder.path().join("none.db")).output().expect("runs");
    assert_eq!(empty.status.code(), Some(2), "{}", String::from_utf8_lossy(&empty.stderr));
}
