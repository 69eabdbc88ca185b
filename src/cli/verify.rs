//! `sayso verify`: whether the words of an export still stand in their sources. Exit status 0 when all hold, 1 when some do
//! not, 2 when the export cannot be read.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::args::Verify;
use super::input;
use super::report::{Failure, Reporter};
use crate::document::{self, Document};
use crate::export::{Kept, Outcome, Sought, read, sha256};
use crate::text::Shown;

/// How many findings of an export stand how.
#[derive(Default)]
struct Tally {
    hold: usize,
    moved: usize,
    lost: usize,
    unchecked: usize,
}

/// Runs the command.
///
/// # Errors
/// When the export cannot be read or the output cannot be written.
pub fn run(arguments: &Verify, reporter: &mut Reporter) -> Result<(), Failure> {
    let name = arguments.export.display().to_string();
    let bytes = input::bytes(&arguments.export).map_err(Failure::Usage)?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::Usage(format!("{name} is not UTF-8")))?;
    let kept = read(&text).map_err(|reason| Failure::Usage(format!("{name} cannot be checked: {reason}")))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut tally = Tally::default();
    let mut changed = 0;
    for (path, findings) in by_source(&kept) {
        changed += usize::from(source(path, &findings, arguments, &mut tally, &mut out)?);
    }
    let Tally { hold, moved, lost, unchecked } = tally;
    writeln!(out, "{hold} of {} hold, {moved} moved, {lost} lost, {unchecked} without their source", kept.len())?;
    out.flush()?;
    if changed + moved + lost + unchecked > 0 {
        reporter.fail();
    }
    Ok(())
}

/// The findings of each source, the sources by name.
fn by_source(kept: &[Kept]) -> BTreeMap<Option<&str>, Vec<&Kept>> {
    let mut sources: BTreeMap<Option<&str>, Vec<&Kept>> = BTreeMap::new();
    for finding in kept {
        sources.entry(finding.path.as_deref()).or_default().push(finding);
    }
    sources
}

/// Checks the findings of one source; true when the file is not the one that was exported.
fn source(
    path: Option<&str>,
    findings: &[&Kept],
    arguments: &Verify,
    tally: &mut Tally,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    let found = path.ok_or_else(|| "the export names no file".to_owned()).and_then(|p| open(p, arguments));
    let (document, hash) = match found {
        Ok(found) => found,
        Err(reason) => {
            tally.unchecked += findings.len();
            line(out, "missing", path.unwrap_or("-"), &reason, "")?;
            return Ok(false);
        }
    };
    let name = path.unwrap_or("-");
    let changed = findings.iter().any(|f| f.sha256.as_ref().is_some_and(|h| *h != hash));
    if changed {
        line(out, "changed", name, "the file is not the one that was exported", "")?;
    }
    let sought = Sought::of(document.text());
    for finding in findings {
        match sought.check(finding) {
            Outcome::Holds => tally.hold += 1,
            Outcome::Moved(places) => {
                tally.moved += 1;
                let now: Vec<String> = places.iter().map(|[start, end]| format!("{start}-{end}")).collect();
                line(out, "moved", name, &format!("{} → {}", was(finding), now.join(" ")), &finding.text)?;
            }
            Outcome::Lost => {
                tally.lost += 1;
                line(out, "lost", name, &was(finding), &finding.text)?;
            }
        }
    }
    Ok(changed)
}

fn was(finding: &Kept) -> String {
    finding.places.iter().map(|[start, end]| format!("{start}-{end}")).collect::<Vec<_>>().join(" ")
}

fn line(out: &mut dyn Write, word: &str, name: &str, what: &str, text: &str) -> io::Result<()> {
    write!(out, "{word}\t{}\t{}", Shown::line(name), Shown::line(what))?;
    if !text.is_empty() {
        write!(out, "\t{}", Shown::line(text))?;
    }
    writeln!(out)
}

/// Opens a source: as it is named, or beside the export.
fn open(name: &str, arguments: &Verify) -> Result<(Document, String), String> {
    let beside = arguments.export.parent().map(|folder| folder.join(name)).filter(|p| p.is_file());
    let path = if Path::new(name).is_file() { PathBuf::from(name) } else { beside.unwrap_or_else(|| name.into()) };
    let bytes = input::bytes(&path)?;
    let document = document::read(&bytes, name).map_err(|error| error.to_string())?;
    Ok((document, sha256(&bytes)))
}
