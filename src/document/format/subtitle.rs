//! Subtitles and transcripts, `SubRip` (`.srt`) and `WebVTT` (`.vtt`): the words as paragraphs, `Name: words` where a speaker
//! is named, without the times. Cues of one speaker are one paragraph; where nobody is named a paragraph ends with a
//! sentence before a pause.

use super::Fit;
use super::html::fragment;
use crate::document::{BlockKind, Document, Draft, Meta, ReadError, Source, decode};

/// A silence that ends a paragraph, in milliseconds.
const PAUSE: u64 = 1_500;
/// A paragraph without named speakers ends at the next sentence's end after this many bytes.
const LONG: usize = 600;

/// Whether a file is subtitles: `WebVTT` says so, `SubRip` begins with a number and a line of times.
pub(super) fn fit(source: &Source) -> Fit {
    let mut lines = source.head.lines();
    let first = lines.next().unwrap_or_default();
    let counted = first.trim().parse::<u32>().is_ok() && lines.next().is_some_and(|l| times(l).is_some());
    if first.starts_with("WEBVTT") || counted { Fit::Sure } else { Fit::ByName }
}

/// Reads subtitles.
pub(super) fn read(source: &Source) -> Result<Document, ReadError> {
    let text = decode(source.bytes, source.name)?.text.replace("\r\n", "\n").replace('\r', "\n");
    let mut draft = Draft { meta: Meta { title: title(&text), ..Meta::default() }, blocks: Vec::new() };
    let mut writer = Writer::default();
    for cue in cues(&text) {
        writer.cue(&cue);
    }
    writer.flush();
    for paragraph in writer.done {
        draft.push(BlockKind::Paragraph, paragraph);
    }
    draft.into_document(source.name)
}

/// `WEBVTT - The title`
fn title(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    first.strip_prefix("WEBVTT").map(|rest| rest.trim_matches([' ', '-', '\t']).to_owned()).unwrap_or_default()
}

/// What is said from one moment to another.
struct Cue<'a> {
    start: u64,
    end: u64,
    lines: Vec<&'a str>,
}

fn cues(text: &str) -> Vec<Cue<'_>> {
    let mut found: Vec<Cue> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if let Some((start, end)) = times(line) {
            found.push(Cue { start, end, lines: Vec::new() });
            open = true;
        } else if line.trim().is_empty() {
            open = false;
        } else if let Some(cue) = found.last_mut().filter(|_| open) {
            cue.lines.push(line.trim());
        }
    }
    found
}

/// `00:01:02,500 --> 00:01:04,000`, in milliseconds; `WebVTT` leaves the hours out and has settings behind.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once("-->")?;
    Some((time(start.trim())?, time(end.split_whitespace().next()?)?))
}

fn time(text: &str) -> Option<u64> {
    let (whole, rest) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let mut seconds = 0u64;
    for part in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let thousandths: u64 = format!("{rest:0<3}").get(..3)?.parse().ok()?;
    seconds.checked_mul(1000)?.checked_add(thousandths)
}

#[derive(Default)]
struct Writer {
    done: Vec<String>,
    speaker: Option<String>,
    open: String,
    end: u64,
}

impl Writer {
    fn cue(&mut self, cue: &Cue) {
        let pause = cue.start.saturating_sub(self.end) > PAUSE;
        for (speaker, words) in turns(&cue.lines) {
            self.turn(speaker, &words, pause);
        }
        self.end = cue.end;
    }

    fn turn(&mut self, speaker: Speaker, words: &str, pause: bool) {
        let ended = self.open.ends_with(['.', '!', '?', '”', '"', '…', ']', ')']);
        let apart = match &speaker {
            Speaker::Named(name) => self.speaker.as_ref() != Some(name),
            Speaker::Another => true,
            Speaker::Unsaid => self.speaker.is_none() && ended && (pause || self.open.len() > LONG),
        };
        if apart {
            self.flush();
            self.speaker = if let Speaker::Named(name) = speaker { Some(name) } else { None };
        }
        if !words.is_empty() && !self.open.ends_with(words) {
            self.open.push_str(if self.open.is_empty() { "" } else { " " });
            self.open.push_str(words);
        }
    }

    fn flush(&mut self) {
        let words = std::mem::take(&mut self.open);
        if words.is_empty() {
            return;
        }
        self.done.push(self.speaker.as_ref().map_or_else(|| words.clone(), |name| format!("{name}: {words}")));
    }
}

/// Who says a line.
enum Speaker {
    Named(String),
    /// A dash: somebody else than before.
    Another,
    /// As before.
    Unsaid,
}

/// The lines of a cue, one turn for each speaker.
fn turns(lines: &[&str]) -> Vec<(Speaker, String)> {
    let mut turns: Vec<(Speaker, String)> = Vec::new();
    for line in lines {
        let (voice, shown) = voice(line);
        let shown = bare(shown);
        let (speaker, words) = match (voice, label(&shown)) {
            (Some(name), _) => (Speaker::Named(name), shown.as_str()),
            (None, Some((name, words))) => (Speaker::Named(name.to_owned()), words),
            (None, None) => match shown.strip_prefix(['-', '–', '—']) {
                Some(words) => (Speaker::Another, words),
                None => (Speaker::Unsaid, shown.as_str()),
            },
        };
        let words = words.trim();
        match (turns.last_mut(), &speaker) {
            (Some((_, open)), Speaker::Unsaid) => {
                open.push(' ');
                open.push_str(words);
            }
            _ => turns.push((speaker, words.to_owned())),
        }
    }
    turns
}

/// `<v Ann Lee>` in front, and what follows it.
fn voice(line: &str) -> (Option<String>, &str) {
    let tag = line.strip_prefix("<v").and_then(|rest| rest.split_once('>'));
    match tag {
        Some((name, rest)) => {
            // Behind a dot stand classes: `<v.loud Ann Lee>`.
            let name = name.strip_prefix('.').and_then(|n| n.split_once(' ')).map_or(name, |(_, n)| n).trim();
            ((!name.is_empty()).then(|| name.to_owned()), rest)
        }
        None => (None, line),
    }
}

/// A line without tags, entities, and the braces that place it on the picture.
fn bare(line: &str) -> String {
    let text = if line.contains(['<', '&']) {
        fragment(line).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
    } else {
        line.to_owned()
    };
    match text.split_once("{\\").and_then(|(head, rest)| rest.split_once('}').map(|(_, tail)| (head, tail))) {
        Some((head, tail)) => [head, tail].concat(),
        None => text,
    }
}

/// `ANN LEE: words`, `>> Ann: words`, `[Ann]: words`: a few capitalised words before a colon.
fn label(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['>', '-', ' ']);
    let (name, words) = line.split_once(':')?;
    let name = name.trim_matches(['[', ']', '(', ')', ' ']);
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let count = name.split_whitespace().count();
    let fits = (1..=4).contains(&count) && name.len() <= 40 && name.split_whitespace().all(capital);
    let named = name.starts_with(char::is_uppercase) && (words.starts_with(' ') || words.is_empty());
    (fits && named).then_some((name, words))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(crate::document::read(text.as_bytes(), "a.srt").expect("reads").text());
    }

    #[test]
    fn cues_of_one_speaker_are_one_paragraph() {
        check(
            "1\n00:00:01,000 --> 00:00:02,000\nANN LEE: It rained\n\n2\n00:00:02,100 --> 00:00:03,000\n<i>all day.</i>\n\n3\n00:00:09,000 --> 00:00:10,000\nBO RAY: At 10:30\nit stopped.\n",
            expect![[r#"
                ANN LEE: It rained all day.

                BO RAY: At 10:30 it stopped."#]],
        );
    }

    #[test]
    fn voices_and_notes_of_webvtt() {
        check(
            "WEBVTT - The harbour\n\nNOTE not said\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v.loud Ann Lee>It &amp; rained.</v>\n\n00:02.000 --> 00:03.000\n<v Bo Ray>Did it?\n\n00:03.000 --> 00:04.000\n<v Bo Ray>Truly?\n",
            expect![[r#"
                The harbour

                Ann Lee: It & rained.

                Bo Ray: Did it? Truly?"#]],
        );
    }

    #[test]
    fn where_nobody_is_named_pauses_part() {
        check(
            "1\n00:00:01,000 --> 00:00:02,000\nIt rained\n\n2\n00:00:02,000 --> 00:00:03,000\nall day.\n\n3\n00:00:08,000 --> 00:00:09,000\n- {\\an8}Who are you?\n- The pilot.\n",
            expect![[r#"
                It rained all day.

                Who are you?

                The pilot."#]],
        );
    }
}
