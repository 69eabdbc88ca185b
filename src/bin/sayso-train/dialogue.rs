//! Chooses the weights of `assets/dialogue.toml` on texts whose speakers are known.
//!
//! Coordinate ascent: every weight in turn is moved a little and left where most speakers are right; a step has to be
//! worth its length, so that no weight wanders off for the sake of one quote. The share of right speakers that is printed
//! first is measured on texts that the weights in question were not chosen on, a fifth at a time.

use std::collections::HashSet;
use std::fs;

use sayso::analysis::trial::{Text, Trial};
use sayso::lexicon::{DialogueTable, Lexicon};
use serde::Deserialize;
use toml::{Table, Value};

/// Every so many-th text is kept apart to measure on.
const FOLDS: usize = 5;
/// The moves that are tried with a weight.
const MOVES: [f64; 8] = [-1.5, -0.8, -0.4, -0.2, 0.2, 0.4, 0.8, 1.5];
/// Passes over all weights.
const ROUNDS: usize = 3;
/// What a move costs for every unit of its length, in right speakers.
const TOLL: f64 = 0.4;

/// A text with the speakers that people found.
#[derive(Deserialize)]
struct Record {
    text: String,
    quotes: Vec<Gold>,
}

/// A quote with its speaker.
#[derive(Deserialize)]
struct Gold {
    content: Vec<(usize, usize)>,
    #[serde(default)]
    speaker_canonical: Vec<String>,
    #[serde(default)]
    optional: bool,
}

/// A text to try weights on.
struct Sample<'t> {
    trial: Trial<'t>,
    /// The names that are right, by quote found.
    right: Vec<(usize, HashSet<String>)>,
}

/// Weights and how they are written.
#[derive(Clone)]
struct Weights {
    table: Table,
}

/// `sayso-train dialogue OUT FILE...`
pub fn choose(out: &str, files: &[&str]) -> Result<(), String> {
    let lexicon = Lexicon::english();
    let records = read(files)?;
    let texts: Vec<Text> = records.iter().map(|r| Text::new(r.text.clone(), &lexicon)).collect();
    let samples: Vec<Sample> = texts.iter().zip(&records).map(|(t, r)| sample(t, r, &lexicon)).collect();
    let start = Weights { table: DialogueTable::SOURCE.parse().map_err(|e| format!("dialogue.toml: {e}"))? };
    let names = names(&start, &samples);
    measure(&start, &names, &samples);
    let all: Vec<&Sample> = samples.iter().collect();
    let best = ascend(start, &names, &all);
    println!("all texts: {} of {}", rights(&best.read(), &all), total(&all));
    fs::write(out, best.written()).map_err(|error| format!("{out}: {error}"))
}

fn read(files: &[&str]) -> Result<Vec<Record>, String> {
    let mut records = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        for line in text.lines().filter(|l| !l.trim().is_empty()) {
            records.push(serde_json::from_str(line).map_err(|error| format!("{file}: {error}"))?);
        }
    }
    Ok(records)
}

/// The weights that the texts can tell something about.
fn names(start: &Weights, samples: &[Sample]) -> Vec<(String, String)> {
    let stories = samples.iter().any(|s| s.trial.is_story());
    let reports = samples.iter().any(|s| !s.trial.is_story());
    let used = |section: &str| if section.starts_with("story") { stories } else { reports };
    let sections = start.table.iter().filter(|(section, _)| used(section));
    let weights = sections.filter_map(|(section, value)| Some((section, value.as_table()?)));
    weights.flat_map(|(section, table)| table.keys().map(move |name| (section.clone(), name.clone()))).collect()
}

/// Chooses on four fifths, measures on the fifth.
fn measure(start: &Weights, names: &[(String, String)], samples: &[Sample]) {
    let (mut before, mut after, mut count) = (0, 0, 0);
    for fold in 0..FOLDS {
        let part = |kept: bool| samples.iter().enumerate().filter(move |(n, _)| (n % FOLDS == fold) == kept);
        let learned: Vec<&Sample> = part(false).map(|(_, s)| s).collect();
        let kept: Vec<&Sample> = part(true).map(|(_, s)| s).collect();
        let best = ascend(start.clone(), names, &learned);
        let (old, new) = (rights(&start.read(), &kept), rights(&best.read(), &kept));
        println!("fold {fold}: {old} -> {new} of {}", total(&kept));
        before += old;
        after += new;
        count += total(&kept);
    }
    println!("texts kept apart: {before} -> {after} of {count}");
}

fn total(samples: &[&Sample]) -> usize {
    samples.iter().map(|s| s.right.len()).sum()
}

/// How many speakers are right.
fn rights(table: &DialogueTable, samples: &[&Sample]) -> usize {
    let right = |sample: &&Sample| {
        let speakers = sample.trial.speakers(table);
        let fits =
            |(quote, names): &&(usize, HashSet<String>)| speakers[*quote].is_some_and(|s| names.contains(&plain(s)));
        sample.right.iter().filter(fits).count()
    };
    samples.iter().map(right).sum()
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand quotes")]
fn ascend(start: Weights, names: &[(String, String)], samples: &[&Sample]) -> Weights {
    let mut best = start;
    let mut score = rights(&best.read(), samples) as f64;
    for _ in 0..ROUNDS {
        let before = score;
        for (section, name) in names {
            let mut next: Option<(f64, f64, f64)> = None;
            for step in MOVES {
                let mut trial = best.clone();
                trial.shift(section, name, step);
                let found = rights(&trial.read(), samples) as f64;
                let worth = found - TOLL * step.abs();
                if worth > score && next.is_none_or(|(w, ..)| worth > w) {
                    next = Some((worth, found, step));
                }
            }
            if let Some((_, found, step)) = next {
                best.shift(section, name, step);
                score = found;
            }
        }
        if score <= before {
            break;
        }
    }
    best
}

impl Weights {
    fn read(&self) -> DialogueTable {
        self.table.clone().try_into().expect("the same keys as in the file that is embedded")
    }

    fn shift(&mut self, section: &str, name: &str, by: f64) {
        if let Some(Value::Float(value)) = self.table.get_mut(section).and_then(|s| s.get_mut(name)) {
            *value = ((*value + by) * 100.0).round() / 100.0;
        }
    }

    /// The file with these weights, its comments and its order kept.
    fn written(&self) -> String {
        let mut section = "";
        let mut lines = Vec::new();
        for line in DialogueTable::SOURCE.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name;
            }
            let name = line.split_once(" = ").map_or("", |(name, _)| name);
            let value = self.table.get(section).and_then(|s| s.get(name)).and_then(Value::as_float);
            lines.push(value.map_or_else(|| line.to_owned(), |value| format!("{name} = {value:?}")));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

/// Finds which quotes found are which that people marked.
fn sample<'t>(text: &'t Text, record: &Record, lexicon: &'t Lexicon) -> Sample<'t> {
    let trial = Trial::new(text, lexicon);
    let places: Vec<usize> = record.text.char_indices().map(|(at, _)| at).chain([record.text.len()]).collect();
    let quotes = trial.quotes();
    let mut right = Vec::new();
    for gold in record.quotes.iter().filter(|g| !g.optional && !g.speaker_canonical.is_empty()) {
        let spans: Vec<(usize, usize)> = gold.content.iter().map(|&(a, b)| (places[a], places[b])).collect();
        let found = quotes.iter().position(|q| {
            let pieces: Vec<(usize, usize)> = q.iter().map(|s| (s.range().start, s.range().end)).collect();
            overlap(&pieces, &spans) * 3 >= 2 * (length(&pieces).max(length(&spans)))
        });
        if let Some(quote) = found {
            right.push((quote, gold.speaker_canonical.iter().map(|n| plain(n)).collect()));
        }
    }
    Sample { trial, right }
}

fn length(spans: &[(usize, usize)]) -> usize {
    spans.iter().map(|s| s.1 - s.0).sum()
}

fn overlap(a: &[(usize, usize)], b: &[(usize, usize)]) -> usize {
    a.iter().flat_map(|x| b.iter().map(move |y| x.1.min(y.1).saturating_sub(x.0.max(y.0)))).sum()
}

/// A name without case, full stops, edge marks and article.
fn plain(name: &str) -> String {
    let name = name.trim().trim_end_matches("'s").trim_end_matches("’s").replace('.', " ").to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    let joined = words.join(" ");
    let bare = joined.trim_matches(|c: char| !c.is_alphanumeric());
    ["the ", "a ", "an "].iter().find_map(|article| bare.strip_prefix(article)).unwrap_or(bare).to_owned()
}
