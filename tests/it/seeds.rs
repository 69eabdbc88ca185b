//! Golden reports: what sayso finds in every text of `seeds/` and `tests/golden/texts`, line by line. A change of a rule
//! shows here what it does to real and to difficult text. `UPDATE_EXPECT=1 cargo test` accepts it; the diff is then read.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use sayso::analysis::{Analysis, analyse};
use sayso::document::{self, Document};
use sayso::lexicon::{LanguageCode, Lexicon, threads};
use sayso::text::Span;

fn texts(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    found.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    found.sort();
    found
}

fn draw(document: &Document, analysis: &Analysis) -> String {
    let words = |span: Span| document.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = format!("title: {}\n\n", document.meta().title);
    if analysis.language != LanguageCode::default() {
        writeln!(out, "language {}\n", analysis.language.as_str()).expect("writes");
    }
    for person in &analysis.people {
        writeln!(out, "person   {} {:?} {:?} ({})", person.name, person.kind, person.gender, person.aliases.join(", "))
            .expect("writes");
    }
    for (id, quote) in analysis.quotes.iter().enumerate() {
        let pieces: Vec<String> = quote.content.iter().map(|&p| words(p)).collect();
        writeln!(out, "\nquote {id}  {:?}  {}", quote.kind, pieces.join(" + ")).expect("writes");
        if let Some(speaker) = &quote.speaker {
            writeln!(out, "    {} {:?}: {}", speaker.name, speaker.sureness(), speaker.rule).expect("writes");
        }
        if let Some(first) = quote.repeats {
            writeln!(out, "    repeats quote {}", first.0).expect("writes");
        }
    }
    for claim in &analysis.claims {
        writeln!(out, "\nclaim    {}", words(claim.content)).expect("writes");
        writeln!(
            out,
            "    {:?} {:?} {:?} {:?} {:?}",
            claim.certainty, claim.polarity, claim.time, claim.kind, claim.holder
        )
        .expect("writes");
        for other in &claim.against {
            writeln!(out, "    against: {}", words(analysis.claims[other.index()].content)).expect("writes");
        }
    }
    for thread in &analysis.threads {
        let evidence = thread.evidence.map_or("-".into(), words);
        writeln!(
            out,
            "\nthread   {} {:?} {} mentions\n    {evidence}",
            thread.name,
            thread.status,
            thread.mentions.len()
        )
        .expect("writes");
    }
    out
}

#[test]
fn every_text_gives_its_accepted_report() {
    let lexicon = Lexicon::english();
    for path in texts("seeds").into_iter().chain(texts("tests/golden/texts")) {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let document = document::read(&std::fs::read(&path).expect("reads"), &name).expect("a text");
        let analysis = analyse(&document, &lexicon, &threads::story());
        let golden = format!("{}/tests/golden/reports/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        expect_file![golden].assert_eq(&draw(&document, &analysis));
    }
}
