//! The annotation format of the BBC's Citron: the text, its quotes with cue, sources and contents, and who is who. One object
//! for one document, a list for several. Citron counts the quotation marks as content; sayso's pieces leave them out.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::item::{Bundle, Exported};
use super::row::{Speller, Words};
use super::safe_json::write_pretty;
use crate::analysis::{FindingId, Quote};

/// Writes the object or the list.
///
/// # Errors
/// When the writer fails.
pub fn write(exported: &Exported, out: &mut dyn Write) -> io::Result<()> {
    let mut documents: Vec<Value> = exported.documents.iter().map(document).collect();
    let value = if documents.len() == 1 { documents.remove(0) } else { Value::Array(documents) };
    write_pretty(&value, out)?;
    out.write_all(b"\n")
}

fn document(bundle: &Bundle) -> Value {
    let speller = Speller::of(bundle);
    let quotes: Vec<Value> = bundle
        .items
        .iter()
        .filter_map(|item| match item.finding {
            FindingId::Quote(id) => Some(quote(&speller, id.index(), bundle.analysis.quotes.get(id.index())?, bundle)),
            _ => None,
        })
        .collect();
    let people = bundle.analysis.people.iter().filter(|p| p.mentions.len() > 1);
    let groups: Vec<Value> =
        people.map(|p| p.mentions.iter().map(|&m| span(&speller.words(m))).collect::<Value>()).collect();
    json!({"text": bundle.document.text(), "quotes": quotes, "coreference_groups": groups})
}

fn quote(speller: &Speller, number: usize, quote: &Quote, bundle: &Bundle) -> Value {
    let speaker = quote.speaker.as_ref();
    let mention = speaker.and_then(|s| s.mention);
    let person = speaker.and_then(|s| s.person).and_then(|id| bundle.analysis.people.get(id.index()));
    let others = person.map(|p| p.mentions.as_slice()).unwrap_or_default();
    // Where the speaker stands as a pronoun, the places where they are named say who it is.
    let named =
        others.iter().filter(|&&m| Some(m) != mention && person.is_some_and(|p| p.name == bundle.document.slice(m)));
    json!({
        "id": number,
        "cue": quote.cue.map(|c| span(&speller.words(c))),
        "sources": mention.iter().map(|&m| span(&speller.words(m))).collect::<Vec<_>>(),
        "contents": quote.content.iter().map(|&c| span(&speller.words(c))).collect::<Vec<_>>(),
        "coreferences": named.take(1).map(|&m| span(&speller.words(m))).collect::<Vec<_>>(),
        "confidence": speaker.map_or(0.0, |s| s.confidence),
    })
}

fn span(words: &Words) -> Value {
    json!({"start": words.start, "end": words.end, "text": words.text})
}
