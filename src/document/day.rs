//! Calendar days, the only times a story is told in.

use std::fmt;

use time::{Date, Month};

/// A day, counted from 1 January 1970. Two days differ by their numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(pub i32);

/// The Julian day of 1 January 1970.
const EPOCH: i32 = 2_440_588;

impl Day {
    /// Reads the day of an ISO 8601 date or time; `2026-03` and `2026` are their first day.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['-', 'T', ' ']);
        let year: i32 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let mut number = || parts.next().map_or(Some(1), |p| p.parse::<u8>().ok());
        let (month, day) = (number()?, number()?);
        let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
        Some(Self(date.to_julian_day() - EPOCH))
    }

    /// The last day an ISO 8601 date means: of the month for `2026-03`, of the year for `2026`.
    pub fn last_of_iso(text: &str) -> Option<Self> {
        let first = Self::from_iso(text)?;
        let date = first.date()?;
        let next = match text.trim().split(['-', 'T', ' ']).count() {
            1 => Date::from_calendar_date(date.year() + 1, Month::January, 1).ok()?,
            2 if date.month() == Month::December => {
                Date::from_calendar_date(date.year() + 1, Month::January, 1).ok()?
            }
            2 => Date::from_calendar_date(date.year(), date.month().next(), 1).ok()?,
            _ => return Some(first),
        };
        Some(Self(next.to_julian_day() - EPOCH - 1))
    }

    /// The day of a number of seconds since 1 January 1970.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(i32::try_from(seconds.div_euclid(86_400)).unwrap_or_default())
    }

    /// `2026-03-14`
    pub fn iso(self) -> String {
        self.date().map_or_else(String::new, |d| format!("{:04}-{:02}-{:02}", d.year(), u8::from(d.month()), d.day()))
    }

    /// `14 Mar`
    pub fn short(self) -> String {
        self.date().map_or_else(String::new, |d| format!("{:02} {}", d.day(), month(d)))
    }

    /// The year and the month, `2026` and `Mar`.
    pub fn month(self) -> (i32, String) {
        self.date().map_or_else(Default::default, |d| (d.year(), month(d)))
    }

    fn date(self) -> Option<Date> {
        Date::from_julian_day(self.0.checked_add(EPOCH)?).ok()
    }
}

fn month(date: Date) -> String {
    date.month().to_string().chars().take(3).collect()
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date() {
            Some(d) => write!(f, "{} {} {}", d.day(), month(d), d.year()),
            None => f.write_str("no date"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written() {
        let day = Day::from_iso("2026-03-14T09:00:00Z").expect("a day");
        assert_eq!(
            (day.to_string(), day.short(), day.iso()),
            ("14 Mar 2026".into(), "14 Mar".into(), "2026-03-14".into())
        );
        assert_eq!(Day::from_iso("1970-01-02"), Some(Day(1)));
        assert_eq!(Day::from_iso("2026-03"), Day::from_iso("2026-03-01"));
        assert_eq!(Day::from_iso("2026-02-30"), None);
        assert_eq!(Day::from_iso("soon"), None);
        assert_eq!(Day::from_seconds(-1), Day(-1));
    }
}
