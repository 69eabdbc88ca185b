//! `sayso-train`: makes the weight file of the part-of-speech tagger from treebanks, and measures it; chooses the weights
//! that tell who speaks.
//!
//! ```text
//! gzip -dc ewt.train.conll.gz > ewt.train.conll        (and so on)
//! sayso-train tagger OUT FILE.conll...                 learn from the files, write the weights to OUT
//! sayso-train tune FILE.conll...                       learn from nine tenths of the documents, measure on the
//!                                                      rest; three times, with different tenths
//! sayso-train eval WEIGHTS TRAIN.conll... -- FILE...   measure on each FILE; unknown words are those not in TRAIN
//! sayso-train dialogue OUT.toml FILE.jsonl...          choose the weights of the dialogue, measure them, write them to OUT
//! ```
//!
//! The same data give the same bytes on any machine.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for developers, its tables are its output")]

mod corpus;
mod dialogue;
mod evaluate;
mod keys;
mod learn;
mod lexicon;
mod pack;
mod second;
mod settings;

use std::collections::HashSet;
use std::fs;
use std::process::ExitCode;

use sayso::tag::{Tag, Tagger};

use corpus::Sentence;
use evaluate::{HEAD, Score};
use learn::Learner;
use pack::Entry;
use second::SecondLearner;
use settings::Settings;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["tagger", out, files @ ..] if !files.is_empty() => make(out, files),
        ["tune", files @ ..] if !files.is_empty() => tune(files),
        ["eval", weights, files @ ..] => eval(weights, files),
        ["dialogue", out, files @ ..] if !files.is_empty() => dialogue::choose(out, files),
        _ => Err(
            "usage: sayso-train tagger OUT FILE... | tune FILE... | eval WEIGHTS TRAIN... -- FILE... | dialogue OUT \
                  FILE..."
                .to_owned(),
        ),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("sayso-train: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Reads files one after the other; documents are numbered through.
fn read_all(files: &[&str], merge: bool) -> Result<Vec<Sentence>, String> {
    let mut all: Vec<Sentence> = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        let before = all.last().map_or(0, |sentence| sentence.document);
        all.extend(corpus::read(&text, merge).into_iter().map(|mut sentence| {
            sentence.document += before;
            sentence
        }));
    }
    Ok(all)
}

/// Learns from sentences and gives the bytes of the weight file.
fn learn(sentences: &[Sentence], settings: &Settings) -> Result<Vec<u8>, String> {
    let first = First::learn(sentences, settings);
    let mut second = SecondLearner::default();
    for part in 0..settings.parts {
        let (kept, learned): (Vec<Sentence>, Vec<Sentence>) =
            sentences.iter().cloned().partition(|sentence| sentence.document % settings.parts == part);
        let bytes = First::learn(&learned, settings).file(&[]);
        second.take_in(&Tagger::read(&bytes).map_err(|error| error.to_string())?, &with_copies(&kept));
    }
    let corrections = pack::plain_entries(&second.learn(settings));
    eprintln!("{} features of the second pass", corrections.len());
    Ok(first.file(&corrections))
}

/// Sentences, and behind them copies of those with quotation marks that have them curly.
fn with_copies(sentences: &[Sentence]) -> Vec<Sentence> {
    let copies = sentences.iter().filter_map(corpus::with_curly_quotes);
    sentences.iter().cloned().chain(copies).collect()
}

/// What the first pass needs.
struct First {
    entries: Vec<Entry>,
    fixed: Vec<(String, Tag)>,
    names: Vec<(&'static str, u8)>,
}

impl First {
    fn learn(sentences: &[Sentence], settings: &Settings) -> Self {
        let sentences = with_copies(sentences);
        let fixed = lexicon::fixed_forms(&sentences);
        let names = lexicon::names();
        let mut learner = Learner::new(&sentences, &fixed, &names, settings.clone());
        learner.number_features(&|_| true);
        learner.learn(settings.choosing_rounds);
        let chosen: HashSet<u32> = pack::entries(&learner.means(), settings).into_iter().map(|(key, _)| key).collect();
        learner.number_features(&|key| chosen.contains(&key));
        learner.learn(settings.rounds);
        let entries = pack::entries(&learner.means(), settings);
        eprintln!("{} fixed forms, {} names, {} features", fixed.len(), names.len(), entries.len());
        Self { entries, fixed, names }
    }

    fn file(&self, corrections: &[Entry]) -> Vec<u8> {
        let entries = corrections.iter().chain(&self.entries).cloned().collect();
        pack::file(entries, &self.fixed, &self.names)
    }
}

fn make(out: &str, files: &[&str]) -> Result<(), String> {
    let bytes = learn(&read_all(files, true)?, &Settings::default())?;
    fs::write(out, bytes).map_err(|error| format!("{out}: {error}"))
}

/// Learns from nine tenths of the documents and measures on the rest.
fn tune(files: &[&str]) -> Result<(), String> {
    let all = read_all(files, true)?;
    println!("{HEAD}");
    let mut total = Score::default();
    for fold in [5, 2, 8] {
        let (kept, learned): (Vec<Sentence>, Vec<Sentence>) =
            all.iter().cloned().partition(|sentence| sentence.document % 10 == fold);
        let bytes = learn(&learned, &Settings::default())?;
        println!("{} bytes", bytes.len());
        let tagger = Tagger::read(&bytes).map_err(|error| error.to_string())?;
        let known = forms(&learned);
        total.take(&tagger, &kept, &|form| known.contains(form));
    }
    println!("{}", total.line("kept"));
    println!("{}", total.confusions(30));
    Ok(())
}

fn forms(sentences: &[Sentence]) -> HashSet<&str> {
    sentences.iter().flat_map(|sentence| &sentence.tokens).map(|token| token.form.as_str()).collect()
}

fn report(tagger: &Tagger, name: &str, sentences: &[Sentence], known: &HashSet<&str>) {
    let score = Score::of(tagger, sentences, &|form| known.contains(form));
    println!("{}", score.line(name));
    println!("    {}", score.confusions(16));
    println!("    {}", score.verb_confusions());
}

fn eval(weights: &str, files: &[&str]) -> Result<(), String> {
    let (training, files) = match files.iter().position(|file| *file == "--") {
        Some(at) => (files.get(..at).unwrap_or(&[]), files.get(at + 1..).unwrap_or(&[])),
        None => (&[][..], files),
    };
    let training = read_all(training, true)?;
    let known = forms(&training);
    let bytes = fs::read(weights).map_err(|error| format!("{weights}: {error}"))?;
    let tagger = Tagger::read(&bytes).map_err(|error| format!("{weights}: {error}"))?;
    println!("{HEAD}");
    for file in files {
        report(&tagger, file, &read_all(&[file], true)?, &known);
        report(&tagger, "  unmerged", &read_all(&[file], false)?, &known);
    }
    let all = read_all(files, true)?;
    println!("{}", evaluate::speed(&tagger, &all));
    Ok(())
}
