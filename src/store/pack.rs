//! The findings of an article as one packed value: read whole, never in part, they take a sixth of the room that rows take.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use crate::analysis::Status;
use crate::story::{Kept, Sort, Surface};
use crate::text::Span;

/// The most that a value may unpack to, in bytes: more than the findings of any file that is read.
const MOST: u64 = 1 << 30;

/// A finding as it is written: a tuple, because names would stand there a hundred times.
#[derive(Serialize, Deserialize)]
struct PackedKept(u8, usize, usize, String, String, String, String, Vec<String>, Vec<String>, f32);

/// A thread in the article.
#[derive(Serialize, Deserialize)]
struct PackedSurface(String, usize, String, String, usize);

/// The findings of an article, unpacked; each is read when it is asked for.
#[derive(Default)]
pub(super) struct Unpacked {
    /// How many findings there are; then each in a line of JSON; then each thread.
    text: String,
    /// Where each line ends, in bytes.
    ends: Vec<usize>,
    findings: usize,
}

/// Packs findings.
pub(super) fn pack(kept: &[Kept], surfaces: &[Surface]) -> Result<Vec<u8>, std::io::Error> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    writeln!(encoder, "{}", kept.len())?;
    for kept in kept {
        serde_json::to_writer(&mut encoder, &packed(kept))?;
        encoder.write_all(b"\n")?;
    }
    for Surface { thread, mentions, status, sentence, start } in surfaces {
        let status = status.word().to_owned();
        serde_json::to_writer(
            &mut encoder,
            &PackedSurface(thread.clone(), *mentions, status, sentence.clone(), *start),
        )?;
        encoder.write_all(b"\n")?;
    }
    encoder.finish()
}

impl Unpacked {
    /// Unpacks findings; nothing of what cannot be read.
    pub fn of(bytes: &[u8]) -> Self {
        let mut text = String::new();
        if DeflateDecoder::new(bytes).take(MOST).read_to_string(&mut text).is_err() {
            return Self::default();
        }
        let ends: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect();
        let first = ends.first().and_then(|&end| text.get(..end)?.parse().ok()).unwrap_or(0);
        let findings = usize::min(first, ends.len().saturating_sub(1));
        Self { text, ends, findings }
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.findings
    }

    fn line(&self, number: usize) -> Option<&str> {
        self.text.get(self.ends.get(number)? + 1..*self.ends.get(number + 1)?)
    }

    /// The finding at a place.
    pub fn kept(&self, place: usize) -> Option<Kept> {
        let line = self.line(place).filter(|_| place < self.findings)?;
        serde_json::from_str(line).ok().map(kept)
    }

    /// All findings, in order.
    pub fn all(&self) -> Vec<Kept> {
        (0..self.findings).filter_map(|place| self.kept(place)).collect()
    }

    /// The threads.
    pub fn surfaces(&self) -> Vec<Surface> {
        let lines = (self.findings..self.ends.len()).filter_map(|number| self.line(number));
        lines.filter_map(|line| serde_json::from_str(line).ok()).map(surface).collect()
    }
}

fn surface(packed: PackedSurface) -> Surface {
    let PackedSurface(thread, mentions, status, sentence, start) = packed;
    Surface { thread, mentions, status: Status::named(&status).unwrap_or_default(), sentence, start }
}

fn packed(kept: &Kept) -> PackedKept {
    let Kept { sort, span, content, who, head, traits, threads, hedges, factuality } = kept.clone();
    let (start, length) = (span.start().byte(), span.len());
    PackedKept(sort as u8, start, length, content, who, head, traits, threads, hedges, factuality)
}

fn kept(packed: PackedKept) -> Kept {
    let PackedKept(number, start, length, content, who, head, traits, threads, hedges, factuality) = packed;
    let span = Span::of(start, start.saturating_add(length));
    Kept { sort: sort(number.into()), span, content, who, head, traits, threads, hedges, factuality }
}

/// The sort of a number.
pub(super) fn sort(number: i64) -> Sort {
    match number {
        0 => Sort::Quote,
        1 => Sort::Claim,
        _ => Sort::Question,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_is_there_again(
            words in prop::collection::vec("[a-zé木“” \"\\\\]{0,40}", 5),
            numbers in (0usize..1 << 30, 0usize..9999, 0u8..3, -30i8..=30),
        ) {
            let (start, length, number, sure) = numbers;
            let kept = Kept {
                sort: sort(number.into()),
                span: Span::of(start, start + length),
                content: words[0].clone(),
                who: words[1].clone(),
                head: words[2].clone(),
                traits: words[3].clone(),
                threads: words[..2].to_vec(),
                hedges: words[3..].to_vec(),
                factuality: f32::from(sure) / 10.0,
            };
            let surface = Surface { thread: words[4].clone(), mentions: length, status: Status::Open, sentence: words[0].clone(), start };
            let bytes = pack(std::slice::from_ref(&kept), std::slice::from_ref(&surface)).expect("packs");
            let unpacked = Unpacked::of(&bytes);
            prop_assert_eq!((unpacked.all(), unpacked.surfaces()), (vec![kept], vec![surface]));
        }

        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Unpacked::of(&bytes).all().len() <= 200);
        }
    }
}
