//! Exports: each form holds what its format demands, hostile words change nothing of it, and what can be read back gives the
//! same places and words. The accepted exports of the story are in `tests/golden/exports`.

use std::sync::Arc;

use expect_test::expect_file;
use proptest::prelude::*;
use sayso::analysis::{Analysis, ClaimId, FindingId, QuoteId, ThreadDefinition, ThreadId, analyse};
use sayso::document::{Document, from_text, read as read_document};
use sayso::export::{Bundle, EXPORTERS, Exported, Item, Outcome, Reader, Sought, Source, exporter, exporter_for, read};
use sayso::lexicon::{Lexicon, threads};
use serde_json::Value;

use super::xml;

const STORY: &str = "seeds/000_14fbd52913b64cd7.txt";

fn all(analysis: &Analysis) -> Vec<FindingId> {
    let quotes = (0..analysis.quotes.len()).map(|i| FindingId::Quote(QuoteId::at(i)));
    let claims = (0..analysis.claims.len()).map(|i| FindingId::Claim(ClaimId::at(i)));
    let threads = (0..analysis.threads.len()).map(|i| FindingId::Thread(ThreadId::at(i)));
    quotes.chain(claims).chain(threads).collect()
}

/// The reader's words for the first claim; nothing for the others.
fn remark(finding: FindingId) -> Reader {
    if finding != FindingId::Claim(ClaimId::at(0)) {
        return Reader::default();
    }
    let said = |text: &str| Some(text.to_owned());
    Reader {
        verdict: said("disputed"),
        source: said("Reel Notes, 28 Feb"),
        note: said("=ask | {{again}} <b>\u{1b}[31m"),
        ..Reader::default()
    }
}

fn bundle(document: Document, file: Option<(&str, &[u8])>, threads: &[ThreadDefinition]) -> Bundle {
    let analysis = analyse(&document, &Lexicon::english(), threads);
    let items = all(&analysis).into_iter().map(|finding| Item { finding, reader: remark(finding) }).collect();
    let mut source = Source::of(&document);
    if let Some((path, bytes)) = file {
        source = source.in_file(Some(path), bytes, &document);
    }
    Bundle { document: Arc::new(document), analysis: Arc::new(analysis), source, items }
}

fn story() -> Exported {
    let bytes = std::fs::read(format!("{}/{STORY}", env!("CARGO_MANIFEST_DIR"))).expect("reads");
    let document = read_document(&bytes, STORY).expect("a text");
    Exported { documents: vec![bundle(document, Some((STORY, &bytes)), &threads::story())] }
}

/// An article that tries to break out of every form.
fn hostile() -> Exported {
    let title = "=cmd|' /C calc'!A0 }} {{Delete}} ]]> \\end{document} \"q\" <script> 🦀 %&$#_~^";
    let text = [
        title,
        "\n\n\u{201c}It | is }} a {{ trap\u{1b}[31m \u{202e}with <said> &amp; -- ~~~~ \'\'\' 木城 🦀,\u{201d} said Ann O\'Hara-Lee.",
        "\n\n\u{201c}Use <said> &amp; 木城 🦀 now,\u{201d} said Cyr Wald.",
        "\n\n\u{201c}=SUM(A1)\u{201d} and, Ann added, \u{201c}@home \"it\" may fail.\u{201d}\n\nThe mill may close. Nova was not seen.",
        "\n\n\u{201c}One paragraph opens it.\n\n\u{201c}Another ends it,\u{201d} said Bo Ray.\n",
    ]
    .concat();
    Exported {
        documents: vec![bundle(
            from_text(text.clone(), "a|b=}.txt"),
            Some(("a|b=}.txt", text.as_bytes())),
            &threads::story(),
        )],
    }
}

fn written(form: &str, exported: &Exported) -> String {
    let mut out = Vec::new();
    (exporter(form).expect(form).write)(exported, &mut out).expect("writes");
    String::from_utf8(out).expect("UTF-8")
}

fn samples() -> [Exported; 4] {
    let mut both = story();
    both.documents.extend(hostile().documents);
    let empty = Exported { documents: vec![bundle(from_text(String::new(), "empty.txt"), None, &[])] };
    [story(), hostile(), both, empty]
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_story_gives_its_accepted_exports() {
    for form in EXPORTERS {
        let golden = format!("{}/tests/golden/exports/story.{}", env!("CARGO_MANIFEST_DIR"), form.endings[0]);
        // `expect-test` keeps its files with plain line ends; the table's own are looked at below.
        expect_file![golden].assert_eq(&written(form.name, &story()).replace("\r\n", "\n"));
    }
}

#[test]
fn nothing_raw_gets_out() {
    for exported in samples() {
        for form in EXPORTERS {
            let text = written(form.name, &exported);
            let bad = text
                .chars()
                .find(|&c| c.is_control() && c != '\n' && c != '\r' || matches!(c, '\u{202a}'..='\u{202e}'));
            assert_eq!(bad, None, "{}", form.name);
        }
    }
}

#[test]
fn what_is_read_back_has_the_same_places_and_words() {
    for exported in samples() {
        let counts = ["csv", "jsonl", "annotation"].map(|form| {
            let kept = read(&written(form, &exported)).expect(form);
            for bundle in &exported.documents {
                let sought = Sought::of(bundle.document.text());
                let own = kept.iter().filter(|k| k.path == bundle.source.path);
                for finding in own {
                    assert_eq!(sought.check(finding), Outcome::Holds, "{form}: {finding:?}");
                    assert_eq!(finding.sha256, bundle.source.sha256);
                }
            }
            kept.iter().map(|k| (k.id.clone(), k.places.clone(), k.path.clone())).collect::<Vec<_>>()
        });
        assert_eq!(counts[0], counts[1]);
        assert_eq!(counts[0], counts[2]);
    }
}

#[test]
fn a_table_has_its_columns_in_every_row_and_no_formula() {
    for exported in samples() {
        let text = written("csv", &exported);
        assert!(text.ends_with("\r\n"));
        let rows = csv_rows(&text);
        assert!(rows.iter().all(|r| r.len() == rows[0].len()), "{rows:?}");
        let number = |column: usize| ["confidence", "factuality", "checkworthy"].contains(&rows[0][column].as_str());
        for row in &rows[1..] {
            for (column, cell) in row.iter().enumerate().filter(|(c, _)| !number(*c)) {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{} {cell}", rows[0][column]);
            }
        }
    }
}

/// The reader of RFC 4180, after its grammar.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
    while !rest.is_empty() {
        let mut cell = String::new();
        if let Some(mut inner) = rest.strip_prefix('"') {
            loop {
                let (part, after) = inner.split_once('"').expect("a closed cell");
                cell.push_str(part);
                inner = after;
                match inner.strip_prefix('"') {
                    Some(more) => {
                        cell.push('"');
                        inner = more;
                    }
                    None => break,
                }
            }
            rest = inner;
        } else {
            let end = rest.find([',', '\r']).expect("a separator");
            let (part, after) = rest.split_at(end);
            cell.push_str(part);
            assert!(!cell.contains(['"', '\n']), "{cell}");
            rest = after;
        }
        row.push(cell);
        if let Some(more) = rest.strip_prefix(',') {
            rest = more;
        } else {
            rest = rest.strip_prefix("\r\n").expect("a line end");
            rows.push(std::mem::take(&mut row));
        }
    }
    rows
}

#[test]
fn annotations_are_what_the_model_demands() {
    const MOTIVATIONS: &[&str] = &[
        "assessing",
        "bookmarking",
        "classifying",
        "commenting",
        "describing",
        "editing",
        "highlighting",
        "identifying",
        "linking",
        "moderating",
        "questioning",
        "replying",
        "tagging",
    ];
    for exported in samples() {
        let page = json(&written("annotation", &exported));
        assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(page["type"], "AnnotationPage");
        assert!(page["id"].is_string());
        for item in page["items"].as_array().expect("items") {
            assert_eq!(item["type"], "Annotation");
            assert!(item["id"].as_str().expect("id").starts_with("urn:sayso:"));
            assert!(MOTIVATIONS.contains(&item["motivation"].as_str().expect("one")));
            for body in item["body"].as_array().expect("bodies") {
                assert_eq!(body["type"], "TextualBody");
                assert!(body["value"].is_string() && MOTIVATIONS.contains(&body["purpose"].as_str().expect("one")));
            }
            for target in item["target"].as_array().expect("targets") {
                assert!(
                    target["source"]["id"].as_str().is_some_and(|iri| !iri.contains([' ', '|', '{', '}', '<', '"']))
                );
                let selectors = target["selector"].as_array().expect("selectors");
                assert_eq!(selectors[0]["type"], "TextQuoteSelector");
                assert!(["exact", "prefix", "suffix"].iter().all(|k| selectors[0][k].is_string()));
                assert_eq!(selectors[1]["type"], "TextPositionSelector");
                assert!(selectors[1]["start"].as_u64() < selectors[1]["end"].as_u64());
            }
        }
    }
}

#[test]
fn hypothesis_gets_what_its_client_reads() {
    for exported in samples() {
        let file = json(&written("hypothesis", &exported));
        for annotation in file["annotations"].as_array().expect("a list") {
            assert!(annotation["uri"].as_str().is_some_and(|uri| !uri.is_empty()));
            assert!(annotation["text"].is_string());
            assert!(annotation["tags"].as_array().expect("tags").iter().all(Value::is_string));
            assert!(annotation["document"]["title"][0].is_string());
            assert_eq!(annotation["target"].as_array().expect("a target").len(), 1);
            assert!(annotation["target"][0]["selector"].as_array().is_some_and(|s| s.len() == 2));
        }
    }
}

#[test]
fn schema_org_has_no_rating_that_nobody_gave() {
    for exported in samples() {
        let graph = json(&written("schema", &exported));
        assert_eq!(graph["@context"], "https://schema.org");
        let nodes = graph["@graph"].as_array().expect("nodes");
        let ids: Vec<&str> = nodes.iter().map(|n| n["@id"].as_str().expect("named")).collect();
        for node in nodes {
            let rated = node.get("reviewRating").is_some();
            match node["@type"].as_str().expect("a type") {
                "Claim" => assert!(
                    !rated
                        && node["text"].is_string()
                        && ids.contains(&node["appearance"]["@id"].as_str().expect("where"))
                ),
                "Quotation" => assert!(
                    !rated
                        && node["text"].is_string()
                        && ids.contains(&node["isPartOf"]["@id"].as_str().expect("where"))
                ),
                "ClaimReview" => {
                    assert_eq!(node["reviewRating"]["alternateName"], "disputed");
                    assert!(node["reviewRating"].get("ratingValue").is_none());
                    assert!(ids.contains(&node["itemReviewed"]["@id"].as_str().expect("what")));
                }
                "NewsArticle" | "CreativeWork" => assert!(node["headline"].is_string()),
                other => panic!("{other}"),
            }
        }
        let reviews = nodes.iter().filter(|n| n["@type"] == "ClaimReview").count();
        let claims = exported.documents.iter().filter(|d| !d.analysis.claims.is_empty()).count();
        assert_eq!(reviews, claims, "one remark in each document with claims");
    }
}

#[test]
fn citron_spans_are_the_words_they_name() {
    for exported in samples() {
        let value = json(&written("citron", &exported));
        let documents = value.as_array().cloned().unwrap_or_else(|| vec![value]);
        assert_eq!(documents.len(), exported.documents.len());
        for document in documents {
            let text: Vec<char> = document["text"].as_str().expect("text").chars().collect();
            let holds = |span: &Value| {
                let at = |k: &str| usize::try_from(span[k].as_u64().expect("a number")).expect("fits");
                let words: String = text[at("start")..at("end")].iter().collect();
                assert_eq!(span["text"], words);
            };
            for quote in document["quotes"].as_array().expect("quotes") {
                assert!(quote["cue"].is_null() || quote["cue"].is_object());
                assert!(quote["confidence"].is_number() && !quote["contents"].as_array().expect("some").is_empty());
                if quote["cue"].is_object() {
                    holds(&quote["cue"]);
                }
                for list in ["sources", "contents", "coreferences"] {
                    quote[list].as_array().expect(list).iter().for_each(holds);
                }
            }
            let groups = document["coreference_groups"].as_array().expect("groups");
            for group in groups {
                group.as_array().expect("a group").iter().for_each(holds);
            }
        }
    }
}

#[test]
fn tei_is_well_formed_and_its_elements_stand_where_they_may() {
    for exported in samples() {
        let text = written("tei", &exported);
        let root = xml::read(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        xml::check_tei(&root).unwrap_or_else(|e| panic!("{e}\n{text}"));
    }
    let root = xml::read(&written("tei", &hostile())).expect("well-formed");
    let said: Vec<String> = root.all("said").iter().map(|s| s.text()).collect();
    assert!(said.iter().any(|s| s.contains("木城 🦀") && s.contains("<said> &amp;")), "{said:?}");
}

#[test]
fn wikitext_keeps_its_braces_balanced() {
    for exported in samples() {
        let text = written("wikitext", &exported);
        for line in text.lines() {
            assert_eq!(line.matches("{{").count(), line.matches("}}").count(), "{line}");
            let quote = line.strip_prefix("{{Quote|text=");
            assert!(
                quote.is_none_or(|q| q.contains("|author=")
                    && q.contains("|source=")
                    && q.contains("<ref name=\"sayso-"))
            );
        }
        assert!(
            !text.contains("{{Delete") && !text.contains("<script") && !text.contains("~~~") && !text.contains("'''")
        );
    }
}

#[test]
fn bibliographies_hold_every_source_once() {
    const KNOWN: &[&str] = &["id", "type", "title", "language", "author", "issued", "container-title", "URL", "note"];
    for exported in samples() {
        let bib = written("bibtex", &exported);
        assert_eq!(bib.matches("\n}\n").count(), exported.documents.len(), "{bib}");
        let unescaped = bib.replace("\\{", "").replace("\\}", "");
        assert_eq!(unescaped.matches('{').count(), unescaped.matches('}').count(), "{bib}");
        let list = json(&written("csl", &exported));
        let items = list.as_array().expect("a list");
        let ids: std::collections::BTreeSet<&str> = items.iter().map(|i| i["id"].as_str().expect("id")).collect();
        assert_eq!(ids.len(), exported.documents.len());
        for item in items {
            assert!(["article-newspaper", "document"].contains(&item["type"].as_str().expect("a type")));
            assert!(item["title"].is_string());
            assert!(item.as_object().expect("an object").keys().all(|k| KNOWN.contains(&k.as_str())));
            assert!(item["author"].is_null() || item["author"][0]["literal"].is_string());
            assert!(item["issued"].is_null() || item["issued"]["date-parts"][0][0].is_u64());
        }
    }
}

#[test]
fn markdown_holds_no_markup_of_the_text() {
    let text = written("markdown", &hostile());
    assert!(!text.contains("<script>") && text.contains("\\<said\\>"), "{text}");
    let events = pulldown_cmark::Parser::new(&text);
    let html = events.filter(|e| matches!(e, pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_)));
    assert_eq!(html.count(), 0, "{text}");
}

#[test]
fn the_ending_of_a_name_chooses_the_form() {
    for (name, form) in [
        ("a.csv", "csv"),
        ("A.MD", "markdown"),
        ("x.schema.jsonld", "schema"),
        ("x.jsonld", "annotation"),
        ("b.csl.json", "csl"),
        ("b.hypothesis.json", "hypothesis"),
    ] {
        assert_eq!(exporter_for(name).map(|e| e.name), Some(form), "{name}");
    }
    assert!(exporter_for("b.json").is_none() && exporter_for("csv").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_title_and_words_leave_every_form_whole(
        title in "[=|{}<>&\\\\\"'\\[\\]~a 木🦀\u{1b}\u{202e}-]{0,20}",
        words in "[=|{}<>&\\\\'\\[\\]~a 木🦀\u{1b}\u{7}\u{202e}\n-]{1,30}",
        name in "[A-Z][a-z]{2,5}",
    ) {
        let text = format!("{title}\n\n\u{201c}{words}\u{201d} said {name} Lee. It may rain.\n");
        let exported = Exported { documents: vec![bundle(from_text(text.clone(), "t.txt"), Some(("t.txt", text.as_bytes())), &[])] };
        for form in ["annotation", "schema", "citron", "hypothesis", "csl"] {
            prop_assert!(serde_json::from_str::<Value>(&written(form, &exported)).is_ok());
        }
        let tei = xml::read(&written("tei", &exported)).map_err(TestCaseError::fail)?;
        xml::check_tei(&tei).map_err(TestCaseError::fail)?;
        let rows = csv_rows(&written("csv", &exported));
        prop_assert!(rows.iter().all(|r| r.len() == rows[0].len()));
        let sought = Sought::of(&text);
        for form in ["csv", "jsonl", "annotation"] {
            for kept in read(&written(form, &exported)).map_err(TestCaseError::fail)? {
                prop_assert_eq!(sought.check(&kept), Outcome::Holds);
            }
        }
        for line in written("wikitext", &exported).lines() {
            prop_assert_eq!(line.matches("{{").count(), line.matches("}}").count());
        }
    }
}
