//! The program without a screen: what it prints, and how it says that something went wrong.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn sayso(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        // Whoever runs the tests may have a library.
        .env("SAYSO_LIBRARY", "/dev/null/none")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("piped").write_all(input).expect("takes its input");
    child.wait_with_output().expect("ends")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn story() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/000_14fbd52913b64cd7.txt")
}

fn words(report: &Value, pair: &Value) -> String {
    let text: Vec<char> = report["text"].as_str().expect("text").chars().collect();
    let at = |i: usize| usize::try_from(pair[i].as_u64().expect("number")).expect("fits");
    text[at(0)..at(1)].iter().collect()
}

#[test]
fn the_story_gives_its_quotes_and_threads() {
    let out = sayso(&["extract", "--format", "jsonl", story()], b"");
    assert!(out.status.success());
    let report: Value = serde_json::from_slice(&out.stdout).expect("one object");
    assert_eq!(report["schema"], "sayso.analysis/1");
    assert_eq!(report["text"].as_str().expect("text"), std::fs::read_to_string(story()).expect("reads"));
    let quotes = report["quotes"].as_array().expect("list");
    let of = |kind: &str| quotes.iter().filter(|q| q["kind"] == kind).count();
    assert_eq!(
        (of("direct"), of("indirect"), of("mixed")),
        (4, 3, 0),
        "three direct, the repeated one, three indirect"
    );
    assert!(quotes.iter().all(|q| q["speaker"]["name"] == "Rosa Salazar"));
    let long = quotes
        .iter()
        .map(|q| words(&report, &q["content"][0]))
        .find(|w| w.starts_with("I mean, [this story is] just the best"));
    assert!(long.is_some());
    let repeated = quotes.last().expect("some");
    assert_eq!(words(&report, &repeated["content"][0]), "still might happen");
    let first = usize::try_from(repeated["repeats"].as_u64().expect("linked")).expect("fits");
    assert_eq!(words(&report, &quotes[first]["content"][0]), "It still might happen.");
    let threads = report["threads"].as_array().expect("list");
    assert!(threads.iter().all(|t| t["status"] == "open"));
    let suggested = |t: &&Value| t["suggested"] == true;
    assert_eq!(threads.iter().filter(suggested).map(|t| &t["name"]).collect::<Vec<_>>(), ["Sequel"]);
    for thread in threads.iter().filter(|t| !suggested(t)) {
        assert!(words(&report, &thread["evidence"]).contains("deliberately open"));
    }
}

#[test]
fn a_filter_keeps_order_and_ids() {
    let lines = concat!(
        r#"{"id": "b", "text": "“Zażółć,” said Ann Lee."}"#,
        "\n\n",
        r#"{"id": "a", "text": "Orla is open.", "threads": [{"name": "Orla", "aliases": []}]}"#,
        "\n"
    );
    let out = sayso(&["extract", "--input", "jsonl", "-"], lines.as_bytes());
    let reports: Vec<Value> = text(&out.stdout).lines().map(|l| serde_json::from_str(l).expect("object")).collect();
    assert_eq!(reports.iter().map(|r| r["id"].as_str().expect("id")).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(words(&reports[0], &reports[0]["quotes"][0]["content"][0]), "Zażółć,");
    assert_eq!(reports[1]["threads"][0]["name"], "Orla");
    assert_eq!(sayso(&["extract", "--input", "jsonl", "-"], lines.as_bytes()).stdout, out.stdout);
}

#[test]
fn a_bad_file_is_named_and_the_others_are_printed() {
    let out = sayso(&["extract", "--format", "jsonl", "no/such/file.txt", story()], b"");
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(text(&out.stdout).lines().count(), 1);
    let told = text(&out.stderr);
    assert!(told.contains("no/such/file.txt") && told.contains("does not exist"), "{told}");
    let bad = sayso(&["extract", "--input", "jsonl", "-"], b"{\"id\": 3}\n{\"id\": \"x\", \"text\": \"y\"}\n");
    assert_eq!((bad.status.code(), text(&bad.stdout).lines().count()), (Some(1), 1));
    assert!(text(&bad.stderr).contains("line 1"), "{}", text(&bad.stderr));
}

#[test]
fn wrong_usage_ends_with_two() {
    assert_eq!(sayso(&["extract", "--format", "yaml"], b"").status.code(), Some(2));
    let out = sayso(&["threads", "--threads", "no-such.toml", story()], b"");
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("no-such.toml"));
}

#[test]
fn threads_of_the_built_in_story_are_not_listed_in_a_text_that_names_none() {
    let other = "Emma Reed walked home. “We are late,” she said.";
    let out = sayso(&["threads"], other.as_bytes());
    assert_eq!((text(&out.stdout), out.status.code()), ("", Some(0)));
    let out = sayso(&["threads"], format!("{other} Nova was late as well.").as_bytes());
    let names: Vec<_> = text(&out.stdout).lines().filter_map(|l| l.split('\t').nth(1)).collect();
    assert_eq!(names, ["Nova", "Zalem", "Motorball"]);
    let out = sayso(&["threads", "--json"], other.as_bytes());
    assert_eq!(text(&out.stdout).lines().count(), 3, "the lines for programs are always the same");
}

#[test]
fn lists_are_plain_lines() {
    let out = sayso(&["quotes", story()], b"");
    let lines: Vec<&str> = text(&out.stdout).lines().collect();
    assert_eq!(lines.len(), 7);
    assert!(lines.iter().all(|l| l.split('\t').count() == 4 && l.contains(':')));
    assert!(lines[1].ends_with("I’m always bringing up Alita,"), "{}", lines[1]);
    let threads = sayso(&["threads", story()], b"");
    // The three of the story and the sequel, which the text itself suggests.
    assert_eq!(text(&threads.stdout).lines().count(), 4);
}

#[test]
fn no_escape_code_leaves_the_program_when_it_is_piped() {
    let hostile = "“Go\u{1b}[31m,” said A\u{9b}31mnn\u{202e} Lee.\u{7}";
    for arguments in
        [&["-"][..], &["quotes", "-"], &["claims", "-"], &["extract", "-"], &["extract", "--format", "jsonl", "-"]]
    {
        let out = sayso(arguments, hostile.as_bytes());
        let shown = text(&out.stdout);
        assert!(!shown.is_empty() || arguments == ["claims", "-"]);
        let bad = shown.chars().find(|&c| c.is_control() && c != '\n' && c != '\t' || c == '\u{202e}');
        assert_eq!(bad, None, "{arguments:?}: {shown:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["extract", "--input", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let line = format!("{{\"id\": \"a\", \"text\": \"{}\"}}\n", "It rained. ".repeat(9000));
    let mut stdin = child.stdin.take().expect("piped");
    for _ in 0..20 {
        if stdin.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    drop(stdin);
    let out = child.wait_with_output().expect("ends");
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), ""));
}

#[test]
fn folders_and_odd_files_are_told_apart() {
    let folder = tempfile::tempdir().expect("made");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("b.txt"), "“Two,” said Bo Ray.").expect("written");
    std::fs::write(path("a.txt"), b"\x93One,\x94 said Ann Lee.").expect("written");
    std::fs::write(path("c.bin"), [0, 159, 146, 150]).expect("written");
    let name = |p: &Path| p.to_string_lossy().into_owned();
    let out = sayso(&["quotes", &name(folder.path())], b"");
    let listed = text(&out.stdout);
    assert!(listed.find("One").expect("read") < listed.find("Two").expect("read"), "{listed}");
    let binary = sayso(&["quotes", &name(&path("c.bin"))], b"");
    assert_eq!(binary.status.code(), Some(1));
    assert!(text(&binary.stderr).contains("binary"), "{}", text(&binary.stderr));
    let device = sayso(&["quotes", "/dev/null"], b"");
    assert!(text(&device.stderr).contains("not a regular file"), "{}", text(&device.stderr));
}

#[test]
fn shells_and_man_get_what_they_read() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let out = sayso(&["completions", shell], b"");
        assert!(out.status.success() && text(&out.stdout).contains("extract"), "{shell}");
    }
    let out = sayso(&["man"], b"");
    assert!(out.status.success() && text(&out.stdout).starts_with(".ie") && text(&out.stdout).contains("claims"));
    assert_eq!(sayso(&["completions", "tcsh"], b"").status.code(), Some(2));
}

#[test]
fn the_library_keeps_articles_and_carries_notes() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::create_dir(at("saved")).expect("makes");
    std::fs::write(at("saved/a.md"), "---\ntitle: One\ndate: 2026-02-03\n---\n“It may close,” said Ada Quill.")
        .expect("writes");
    std::fs::write(at("saved/b.txt"), "“It will close,” said Tom Hale.").expect("writes");
    let library = at("library.db");
    let run = |arguments: &[&str]| {
        let mut all = vec!["library"];
        all.extend(arguments);
        all.extend(["--library", &library]);
        let out = sayso(&all, b"");
        (out.status.code(), text(&out.stdout).to_owned(), text(&out.stderr).to_owned())
    };
    let (saved, b, notes) = (at("saved"), at("saved/b.txt"), at("notes.json"));
    assert_eq!(run(&["add", &saved]).1, "2 added, 0 unchanged, 0 not read\n");
    assert_eq!(run(&["add", &saved]).1, "0 added, 2 unchanged, 0 not read\n");
    let list = run(&["list"]).1;
    assert!(list.contains(" 2026-02-03      1 quotes    0 notes  One  "), "{list}");
    // What tells no day has only that of its file.
    let today = sayso::store::Stamp::of(&std::fs::metadata(at("saved/b.txt")).expect("is there")).day().iso();
    assert!(list.contains(&format!("({today})     1 quotes")), "{list}");
    let json = run(&["list", "--json"]).1;
    let lines: Vec<Value> = json.lines().map(|l| serde_json::from_str(l).expect("object")).collect();
    let of = |name: &str| lines.iter().find(|l| l["path"].as_str().expect("a path").ends_with(name)).expect("listed");
    assert_eq!((&of("a.md")["published"], &of("a.md")["file_changed"]), (&"2026-02-03".into(), &Value::Null));
    assert_eq!((&of("b.txt")["published"], &of("b.txt")["file_changed"]), (&Value::Null, &today.into()));
    assert!(run(&["check"]).1.contains("whole, 2 documents, 0 files missing"));
    assert_eq!(run(&["export", &notes]).0, Some(0));
    assert_eq!(run(&["export", &notes]).0, Some(2), "nothing is written over");
    assert!(run(&["import", &notes]).1.starts_with("0 remarks and 0 threads"));
    assert_eq!(run(&["remove", &b]).0, Some(0));
    let gone = run(&["remove", &b]);
    assert!(gone.0 == Some(1) && gone.2.contains("is not in the library"), "{gone:?}");
    assert_eq!(run(&["list", "--json"]).1.lines().count(), 1);
    std::fs::write(&notes, "{\"sayso_library\": 1, \"documents\": 7}").expect("writes");
    let bad = run(&["import", &notes]);
    assert!(bad.0 == Some(2) && bad.2.contains("no export of a library"), "{bad:?}");
}

#[test]
fn an_export_is_written_once_and_checked_against_its_source() {
    let folder = tempfile::tempdir().expect("made");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let article = "A mill\n\n“It may close,” said Ann Lee on Monday. The mill was not sold.\n";
    std::fs::write(path("mill.txt"), article).expect("written");
    for output in ["mill.csv", "mill.jsonl", "mill.jsonld"] {
        let out = sayso(&["export", &path("mill.txt"), "--output", &path(output), "--library", &path("none.db")], b"");
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), ""));
        let again = sayso(&["export", &path("mill.txt"), "--output", &path(output)], b"");
        assert_eq!(again.status.code(), Some(2));
        assert!(text(&again.stderr).contains("--force"), "{}", text(&again.stderr));
        let checked = sayso(&["verify", &path(output)], b"");
        assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stdout));
        assert!(text(&checked.stdout).contains("0 moved, 0 lost"));
    }
    assert!(!Path::new(&path("none.db")).exists(), "an export makes no library");
    std::fs::write(path("mill.txt"), format!("News: {}", article.replace("not sold", "never sold"))).expect("written");
    let out = sayso(&["verify", &path("mill.csv")], b"");
    let told = text(&out.stdout);
    assert_eq!(out.status.code(), Some(1));
    assert!(told.contains("changed\t") && told.contains("moved\t") && told.contains("lost\t"), "{told}");
    std::fs::remove_file(path("mill.txt")).expect("removed");
    let out = sayso(&["verify", &path("mill.jsonl")], b"");
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stdout).contains("missing\t"), "{}", text(&out.stdout));
    let wrong = sayso(&["verify", story()], b"");
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(sayso(&["export", story()], b"").status.code(), Some(2));
}

#[test]
fn an_export_holds_the_readers_remarks_and_not_what_was_rejected() {
    use sayso::store::{Anchor, Field, Remark, Store, Subject};
    use sayso::text::Span;
    let folder = tempfile::tempdir().expect("made");
    let article = "A mill\n\n“It may close,” said Ann Lee. “It will open,” said Bo Ray.\n";
    let file = folder.path().join("mill.txt");
    std::fs::write(&file, article).expect("written");
    let library = folder.path().join("library.db");
    let mut store = Store::open(&library).expect("opens");
    let key = store.document(None, "A mill", article).expect("a key");
    let about = |words: &str| {
        let start = article.find(words).expect("there");
        Anchor::of(Subject::Quote, article, Span::of(start, start + words.len()))
    };
    let put =
        |anchor, field, value: &str| store.put(key, &Remark { anchor, field, value: value.into() }).expect("writes");
    put(about("It may close,"), Field::Note, "ask her");
    put(about("It may close,"), Field::Speaker, "Ann Leigh");
    put(about("It will open,"), Field::Judged, "rejected");
    let (file, library) = (file.to_string_lossy().into_owned(), library.to_string_lossy().into_owned());
    let arguments = ["export", "--what", "quotes", "--format", "jsonl", "--library", &library, &file];
    let out = sayso(&arguments, b"");
    let lines: Vec<Value> = text(&out.stdout).lines().map(|l| serde_json::from_str(l).expect("object")).collect();
    assert_eq!(lines.len(), 1, "{}", text(&out.stdout));
    assert_eq!(lines[0]["quote"]["speaker"], "Ann Leigh");
    assert_eq!((&lines[0]["reader"]["note"], &lines[0]["reader"]["speaker"]), (&"ask her".into(), &"Ann Leigh".into()));
    let with = sayso(&[&arguments[..], &["--rejected"]].concat(), b"");
    assert_eq!(text(&with.stdout).lines().count(), 2);
}

/// An article about a mill and a library in which the reader has corrected it.
fn corrected_mill(folder: &Path) -> (String, String) {
    use sayso::store::{Anchor, Field, Remark, Store, Subject};
    use sayso::text::Span;
    let article = "A mill\n\n“It may close,” said Ann Lee. “It will open,” said Bo Ray. “We are tired,” said Cy Dee.\n";
    let (file, library) = (folder.join("mill.txt"), folder.join("library.db"));
    std::fs::write(&file, article).expect("written");
    let mut store = Store::open(&library).expect("opens");
    let key = store.document(None, "A mill", article).expect("a key");
    let span = |words: &str| {
        let start = article.find(words).expect("there");
        Span::of(start, start + words.len())
    };
    let put = |words: &str, field, value: &str| {
        let anchor = Anchor::of(Subject::Quote, article, span(words));
        store.put(key, &Remark { anchor, field, value: value.into() }).expect("writes");
    };
    put("It may close,", Field::Speaker, "Ann Leigh");
    put("It may close,", Field::Note, "ask her");
    put("It will open,", Field::Judged, "rejected");
    let tired = Anchor::of(Subject::Quote, article, span("tired,"));
    put("We are tired,", Field::Ends, &tired.written());
    (file.to_string_lossy().into_owned(), library.to_string_lossy().into_owned())
}

#[test]
fn lists_hold_what_the_reader_corrected() {
    let folder = tempfile::tempdir().expect("made");
    let (file, library) = corrected_mill(folder.path());
    let list = |more: &[&str]| {
        let out = sayso(&[&["--library", &library, "quotes", &file][..], more].concat(), b"");
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), ""));
        let lines = text(&out.stdout).lines().map(|l| l.split('\t').skip(1).collect::<Vec<_>>().join("|"));
        lines.collect::<Vec<_>>()
    };
    assert_eq!(list(&[]), ["Ann Leigh|direct|It may close,", "Cy Dee|direct|tired,"]);
    assert_eq!(list(&["--rejected"]).len(), 3);
    assert_eq!(list(&["--speaker", "leigh"]).len(), 1);
    let json = sayso(&["quotes", "--json", "--library", &library, &file], b"");
    let first: Value = serde_json::from_str(text(&json.stdout).lines().next().expect("one")).expect("an object");
    assert_eq!((&first["quote"]["speaker"], &first["reader"]["note"]), (&"Ann Leigh".into(), &"ask her".into()));
    // Without a library the findings are as they were made.
    assert_eq!(text(&sayso(&["quotes", &file], b"").stdout).lines().count(), 3);
}

#[test]
fn extract_is_raw_unless_the_corrections_are_asked_for() {
    let folder = tempfile::tempdir().expect("made");
    let (file, library) = corrected_mill(folder.path());
    let extract = |more: &[&str]| {
        let out = sayso(&[&["extract", "--format", "jsonl", &file][..], more].concat(), b"");
        assert!(out.status.success(), "{}", text(&out.stderr));
        out.stdout
    };
    let raw = extract(&[]);
    assert_eq!(raw, extract(&["--library", &library]), "a library changes nothing by itself");
    assert_eq!(raw, extract(&["--corrected"]), "there is nothing to correct without one");
    let corrected: Value = serde_json::from_slice(&extract(&["--corrected", "--library", &library])).expect("object");
    assert_eq!(corrected["quotes"].as_array().expect("a list").len(), 3, "what was rejected stays");
    assert_eq!(corrected["quotes"][0]["speaker"]["name"], "Ann Leigh");
    assert_eq!(words(&corrected, &corrected["quotes"][2]["content"][0]), "tired,");
    let record = serde_json::json!({"id": "x", "text": std::fs::read_to_string(&file).expect("reads")}).to_string();
    let lines = sayso(&["extract", "--input", "jsonl", "--corrected", "--library", &library], record.as_bytes());
    let lines: Value = serde_json::from_slice(&lines.stdout).expect("object");
    assert_eq!(lines["quotes"][0]["speaker"]["name"], "Ann Leigh", "a text is known by its content");
}

#[test]
fn empty_files_are_told_of_once() {
    let folder = tempfile::tempdir().expect("made");
    let empty = folder.path().join("empty.txt").to_string_lossy().into_owned();
    std::fs::write(&empty, " \n").expect("written");
    for command in [&[][..], &["quotes"], &["claims"], &["threads"]] {
        let out = sayso(&[command, &[&empty]].concat(), b"");
        assert_eq!((out.status.code(), text(&out.stdout)), (Some(1), ""), "{command:?}");
        assert!(text(&out.stderr).contains("empty.txt is empty"), "{}", text(&out.stderr));
    }
    let piped = sayso(&["quotes"], b"");
    assert!(piped.status.code() == Some(1) && text(&piped.stderr).contains("standard input is empty"));
    // The analysis of nothing is an analysis.
    assert_eq!(sayso(&["extract", &empty], b"").status.code(), Some(0));
    let bare = tempfile::tempdir().expect("made");
    let bare = bare.path().to_string_lossy().into_owned();
    for command in [&[][..], &["quotes"], &["extract"], &["--linear"]] {
        let out = sayso(&[command, &[&bare]].concat(), b"");
        assert_eq!(out.status.code(), Some(1), "{command:?}");
        let told = text(&out.stderr);
        assert!(told.lines().count() == 1 && told.matches("*.xml").count() == 1, "{command:?}: {told}");
    }
}

#[test]
fn a_word_in_the_wrong_place_is_explained() {
    let told = |arguments: &[&str]| {
        let out = sayso(arguments, b"");
        assert_ne!(out.status.code(), Some(0), "{arguments:?}");
        text(&out.stderr).to_owned()
    };
    assert!(told(&[story(), "quotes"]).contains("sayso quotes FILE"));
    assert!(told(&["quotes", "is:direct", story()]).contains("--kind direct"));
    assert!(told(&["quotes", "certainty:likely", story()]).contains("--certainty likely"));
    assert!(told(&["claims", "--certainty", "direct", story()]).contains("--certainty knows certain"));
    assert!(told(&["claims", "--since", "abc", story()]).contains("abc is no date"));
    assert!(told(&["--ascii", "quotes", story()]).contains("leave it out"));
}

#[test]
fn lists_are_asked_in_the_words_of_the_search() {
    let count = |arguments: &[&str]| {
        let out = sayso(&[arguments, &[story()]].concat(), b"");
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), ""), "{arguments:?}");
        text(&out.stdout).lines().count()
    };
    let all = count(&["quotes"]);
    assert_eq!(count(&["quotes", "--speaker", "salazar"]), all);
    assert_eq!(count(&["quotes", "--speaker", "nobody else"]), 0);
    assert_eq!(count(&["quotes", "--kind", "direct"]), 4);
    assert_eq!(count(&["quotes", "--text", "bringing up"]), 1);
    assert_eq!(count(&["threads", "--thread", "nova"]), 1);
    assert_eq!(count(&["quotes", "--until", "1990"]), 0);
    assert!(count(&["claims", "--certainty", "possible"]) < count(&["claims"]));
    assert_eq!(count(&["claims", "--holder", "salazar"]), count(&["claims", "--speaker", "salazar"]));
    let out = sayso(&["quotes", "--json", "--kind", "indirect", story()], b"");
    let lines: Vec<Value> = text(&out.stdout).lines().map(|l| serde_json::from_str(l).expect("object")).collect();
    assert!(
        lines.len() == 3 && lines.iter().all(|l| l["schema"] == "sayso.finding/1" && l["quote"]["kind"] == "indirect")
    );
    let wrong = sayso(&["quotes", "--kind", "sung", story()], b"");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("indirect"), "{}", text(&wrong.stderr));
    assert_eq!(sayso(&["quotes", "--since", "last week", story()], b"").status.code(), Some(2));
}

#[test]
fn settings_are_made_shown_and_checked() {
    let folder = tempfile::tempdir().expect("made");
    let file = folder.path().join("sayso").join("config.toml").to_string_lossy().into_owned();
    let config = |what: &str| sayso(&["config", what, "--config", &file], b"");
    assert_eq!(config("check").status.code(), Some(2), "a file that was named must be there");
    let made = config("init");
    assert_eq!((made.status.code(), text(&made.stdout).trim()), (Some(0), file.as_str()));
    assert_eq!(config("init").status.code(), Some(2), "it is never replaced");
    assert_eq!(config("check").status.code(), Some(0));
    std::fs::write(&file, "measure = 72\n[keys]\nreject = \"X\"\n").expect("written");
    let shown = config("show");
    let shown = text(&shown.stdout);
    assert!(shown.contains("measure = 72") && shown.contains("# line 1 of the file"), "{shown}");
    assert!(shown.contains("reject = [\"X\"]") && shown.contains("set by you"), "{shown}");
    std::fs::write(&file, "measure = 72\ntheem = \"dark\"\n").expect("written");
    let told = config("check");
    assert_eq!(told.status.code(), Some(1));
    assert!(
        text(&told.stderr).contains("line 2") && text(&told.stderr).contains("did you mean theme?"),
        "{}",
        text(&told.stderr)
    );
}

#[test]
fn exports_name_the_article_on_the_web() {
    let folder = tempfile::tempdir().expect("made");
    let file = folder.path().join("mill.html").to_string_lossy().into_owned();
    let page = "<!DOCTYPE html>\n<!-- saved from url=(0034)https://news.example/mill?id=7&b=2 -->\n<html><head><title>A mill</title></head><body><h1>A mill</h1><p>“It may close,” said Ann Lee on Monday. Nobody in the valley had expected it.</p></body></html>";
    std::fs::write(&file, page).expect("written");
    let address = "https://news.example/mill?id=7&b=2";
    for (form, written) in [
        ("annotation", format!("\"schema:url\":\"{address}\"")),
        ("schema", format!("\"url\":\"{address}\"")),
        ("jsonl", format!("\"url\":\"{address}\"")),
        ("csl", format!("\"URL\":\"{address}\"")),
        ("hypothesis", address.to_owned()),
        ("markdown", format!("<{address}>")),
        ("bibtex", address.replace('&', "\\&")),
        ("wikitext", format!("|url={address}")),
        ("tei", format!("<idno type=\"URL\">{}</idno>", address.replace('&', "&amp;"))),
        ("csv", address.to_owned()),
    ] {
        let out = sayso(&["export", "--format", form, &file], b"");
        let compact = text(&out.stdout).replace("\": ", "\":");
        assert!(compact.contains(&written), "{form}: {compact}");
    }
}
