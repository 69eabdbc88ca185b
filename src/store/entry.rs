//! Articles in the library: what was found in one, written and read back, and made findable.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::pack::{Unpacked, pack};
use super::{Store, StoreError};
use crate::document::Day;
use crate::story::{Dated, Entry, Sort};
use crate::text::fold_plain;

/// Bits of the number of a finding that tell its sort.
const SORT: i64 = 2;
/// Bits that tell its place in its article; later ones of so long a text are kept, but not searched.
const PLACE: i64 = 19;
/// Bits that tell its article.
const DOCUMENT: i64 = 24;
/// The day of what has none, before all others; those are between 1611 and 2328, or taken to be.
const NO_DAY: i64 = -(1 << 17);

/// Signs before the words of a finding that are not its content, from the range nobody writes with.
pub(super) const WHO: &str = "\u{E000}";
pub(super) const TRAIT: &str = "\u{E001}";
pub(super) const THREAD: &str = "\u{E002}";

impl Store {
    /// The article of a file as it was shelved. A thin one lacks the words of claims that touch no thread: what a story does
    /// not tell.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn entry(&self, path: &str, thin: bool) -> Result<Option<Entry>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "select d.title, d.outlet, d.day, o.kept, d.dated
             from file f join document d on d.id = f.document join found o on o.document = d.id where f.path = ?1",
        )?;
        let found = query.query_row(params![path], |row| {
            let found = Unpacked::of(row.get_ref(3)?.as_blob()?);
            let (title, outlet, day) = (row.get(0)?, row.get(1)?, day(row, 2)?);
            let dated = dated(row, 4)?;
            Ok(Entry {
                path: path.to_owned(),
                title,
                outlet,
                day,
                dated,
                kept: found.all(),
                surfaces: found.surfaces(),
            })
        });
        let mut found = found.optional()?;
        if let Some(entry) = found.as_mut().filter(|_| thin) {
            let untold = entry.kept.iter_mut().filter(|k| k.sort == Sort::Claim && k.threads.is_empty());
            untold.for_each(|kept| kept.content = String::new());
        }
        Ok(found)
    }
}

pub(super) fn day(row: &Row<'_>, column: usize) -> Result<Option<Day>, rusqlite::Error> {
    row.get::<_, Option<i32>>(column).map(|day| day.map(Day))
}

pub(super) fn dated(row: &Row<'_>, column: usize) -> Result<Dated, rusqlite::Error> {
    row.get::<_, String>(column).map(|word| if word == FILE { Dated::File } else { Dated::Text })
}

/// The word for a day that is only that of a file.
const FILE: &str = "file";

pub(super) fn count(row: &Row<'_>, column: usize) -> Result<usize, rusqlite::Error> {
    row.get::<_, i64>(column).map(|n| usize::try_from(n).unwrap_or(0))
}

/// The first number of the findings of a day; those of a later day are all larger.
pub(super) fn first_of(day: Option<Day>) -> i64 {
    day.map_or(NO_DAY, |d| i64::from(d.0).clamp(NO_DAY + 1, -NO_DAY - 1)) << (DOCUMENT + PLACE + SORT)
}

/// The number by which a finding is searched: by day, article, place and sort. None for one that is not.
fn number_of(day: Option<Day>, document: i64, place: usize, sort: Sort) -> Option<i64> {
    let place = i64::try_from(place).ok().filter(|p| *p < 1 << PLACE)?;
    (document < 1 << DOCUMENT)
        .then(|| first_of(day) | document << (PLACE + SORT) | place << SORT | i64::from(sort as u8))
}

/// The article and the place in it that a number tells.
pub(super) fn place_of(number: i64) -> (i64, usize) {
    let place = number >> SORT & ((1 << PLACE) - 1);
    (number >> (PLACE + SORT) & ((1 << DOCUMENT) - 1), usize::try_from(place).unwrap_or(0))
}

/// The condition that a number is of a sort; or of a quote or claim.
pub(super) fn is_sort(sort: Option<Sort>) -> String {
    sort.map_or_else(|| "(word.rowid & 3) < 2".to_owned(), |sort| format!("(word.rowid & 3) = {}", sort as u8))
}

pub(super) fn put_entry(
    change: &Transaction<'_>,
    document: i64,
    entry: &Entry,
    engine: &str,
) -> Result<(), rusqlite::Error> {
    forget_findings(change, document)?;
    let dated = if entry.dated == Dated::File { FILE } else { "" };
    change
        .prepare_cached("update document set title = ?2, outlet = ?3, day = ?4, engine = ?5, dated = ?6 where id = ?1")?
        .execute(params![document, entry.title, entry.outlet, entry.day.map(|d| d.0), engine, dated])?;
    put_findings(change, document, entry)
}

/// Keeps the findings of a document that has none, and makes them findable.
pub(super) fn put_findings(change: &Connection, document: i64, entry: &Entry) -> Result<(), rusqlite::Error> {
    let quotes = entry.kept.iter().filter(|k| k.sort == Sort::Quote).count();
    let packed = pack(&entry.kept, &entry.surfaces);
    let packed = packed.map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    change.prepare_cached("insert into found (document, quotes, kept) values (?1, ?2, ?3)")?.execute(params![
        document,
        i64::try_from(quotes).unwrap_or(0),
        packed
    ])?;
    let mut words = change.prepare_cached("insert into word (rowid, words) values (?1, ?2)")?;
    for (place, kept) in entry.kept.iter().enumerate() {
        let Some(number) = number_of(entry.day, document, place, kept.sort) else { continue };
        let mut text = searchable(&kept.content);
        for (side, said) in [(WHO, &kept.who), (TRAIT, &kept.traits), (THREAD, &kept.threads.join(" "))] {
            tokens(&searchable(said)).for_each(|word| text.extend([" ", side, word]));
        }
        words.execute(params![number, text])?;
    }
    Ok(())
}

pub(super) fn forget_findings(change: &Connection, document: i64) -> Result<(), rusqlite::Error> {
    let mut query = change
        .prepare_cached("select d.day, o.kept from found o join document d on d.id = o.document where d.id = ?1")?;
    let known = query.query_row(params![document], |row| Ok((day(row, 0)?, Unpacked::of(row.get_ref(1)?.as_blob()?))));
    let Some((day, found)) = known.optional()? else { return Ok(()) };
    let mut forget = change.prepare_cached("delete from word where rowid = ?1")?;
    for place in 0..found.len() {
        let sort = found.kept(place).map(|k| k.sort);
        if let Some(number) = sort.and_then(|sort| number_of(day, document, place, sort)) {
            forget.execute(params![number])?;
        }
    }
    change.prepare_cached("delete from found where document = ?1")?.execute(params![document])?;
    Ok(())
}

/// The words of a text that is searched.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// A text as it is searched: folded, and with every character of a script that puts no spaces between words for itself.
pub(super) fn searchable(text: &str) -> String {
    let folded = fold_plain(text);
    if folded.is_ascii() {
        return folded;
    }
    let mut apart = String::with_capacity(folded.len());
    for c in folded.chars() {
        if matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
        {
            apart.extend([' ', c, ' ']);
        } else if matches!(c, '\u{E000}'..='\u{E002}') {
            apart.push(' ');
        } else {
            apart.push(c);
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_order_of_days() {
        let number = |day: Option<&str>, document, place| {
            number_of(day.and_then(Day::from_iso), document, place, Sort::Claim).expect("a number")
        };
        let all = [
            number(None, 9, 7),
            number(Some("1605-01-16"), 1, 0),
            number(Some("1969-12-31"), 4, 5),
            number(Some("2026-03-14"), 2, 3),
            number(Some("2026-03-14"), 2, 4),
            number(Some("2026-03-14"), (1 << 24) - 1, 0),
            number(Some("2026-03-15"), 1, 0),
        ];
        assert!(all.is_sorted(), "{all:?}");
        assert_eq!(place_of(all[3]), (2, 3));
        assert_eq!((place_of(all[5]), place_of(all[0])), (((1 << 24) - 1, 0), (9, 7)));
        let day = Day::from_iso("2026-03-14");
        assert!((first_of(day)..first_of(day.map(|d| Day(d.0 + 1)))).contains(&all[5]));
        assert_eq!(number_of(None, 1 << 24, 0, Sort::Quote), None);
    }
}
