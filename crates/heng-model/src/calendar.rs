//! Working days and legal time limits.
//!
//! A limit does not count its first day, and a limit in 天 that ends on a day off ends on the next
//! working day (Civil Code, articles 201 and 203). Which days are off is a table of facts, year by
//! year; a year without a table is an error, because weekends alone are wrong in every year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, civil::Date, civil::Weekday};
use serde::{Deserialize, Serialize};

/// The days off and the make-up working days of some years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// What the calendar is called in packs.
    pub name: String,
    /// One table per year.
    pub years: BTreeMap<i16, CalendarYear>,
}

/// One year's departures from the plain week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarYear {
    /// Days off (a weekend may be named too; it changes nothing).
    pub holidays: BTreeSet<Date>,
    /// Saturdays and Sundays that are worked.
    pub workdays: BTreeSet<Date>,
}

/// The calendar has no table for the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingYear(pub i16);

/// `day` and `days` more; `None` outside the years 1 … 9999.
#[must_use]
pub fn add_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

impl Calendar {
    /// Whether `day` is worked.
    ///
    /// # Errors
    /// [`MissingYear`] when the calendar has no table for the year of `day`.
    pub fn is_working_day(&self, day: Date) -> Result<bool, MissingYear> {
        let year = self.years.get(&day.year()).ok_or(MissingYear(day.year()))?;
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(year.workdays.contains(&day) || (!weekend && !year.holidays.contains(&day)))
    }

    /// The last day of a limit of `days` that starts on `start`, the starting day not counted.
    ///
    /// # Units
    /// `days` in 天.
    ///
    /// # Clause
    /// Civil Code 201 (the first day does not count), 203 (a limit ending on a day off ends on the
    /// next working day).
    ///
    /// # Errors
    /// [`MissingYear`] when the end falls in a year without a table.
    pub fn end_of_days(&self, start: Date, days: i64) -> Result<Date, MissingYear> {
        let mut end = add_days(start, days).unwrap_or(Date::MAX);
        while !self.is_working_day(end)? {
            end = end.tomorrow().map_err(|_| MissingYear(end.year()))?;
        }
        Ok(end)
    }

    /// The day on which the `count`-th working day after `start` falls.
    ///
    /// # Errors
    /// [`MissingYear`] when the count runs into a year without a table.
    pub fn end_of_working_days(&self, start: Date, count: i64) -> Result<Date, MissingYear> {
        let mut day = start;
        let mut left = count;
        while left > 0 {
            day = day.tomorrow().map_err(|_| MissingYear(day.year()))?;
            if self.is_working_day(day)? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// How many working days lie after `start` up to and including `end`; negative when `end` comes
    /// first.
    ///
    /// # Errors
    /// [`MissingYear`] when the span touches a year without a table.
    pub fn working_days_between(&self, start: Date, end: Date) -> Result<i64, MissingYear> {
        if end < start {
            return self.working_days_between(end, start).map(|days| -days);
        }
        let mut day = start;
        let mut count = 0;
        while day < end {
            day = day.tomorrow().map_err(|_| MissingYear(day.year()))?;
            count += i64::from(self.is_working_day(day)?);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// The spring holiday of 2023: 21–27 January off, 28 and 29 January worked.
    fn spring_2023() -> Calendar {
        let holidays = (21..=27).map(|day| date(2023, 1, day)).collect();
        let workdays = [date(2023, 1, 28), date(2023, 1, 29)].into();
        let year = CalendarYear { holidays, workdays };
        Calendar { name: "cn".into(), years: [(2023, year)].into() }
    }

    #[test]
    fn a_limit_that_ends_on_a_day_off_ends_on_the_next_working_day() {
        let calendar = spring_2023();
        assert_eq!(calendar.end_of_days(date(2023, 1, 20), 2), Ok(date(2023, 1, 28)));
        assert_eq!(calendar.end_of_days(date(2023, 3, 1), 30), Ok(date(2023, 3, 31)));
    }

    #[test]
    fn working_days_skip_holidays_and_count_make_up_days() {
        let calendar = spring_2023();
        assert_eq!(calendar.end_of_working_days(date(2023, 1, 20), 2), Ok(date(2023, 1, 29)));
        assert_eq!(calendar.working_days_between(date(2023, 1, 20), date(2023, 1, 29)), Ok(2));
        assert_eq!(calendar.working_days_between(date(2023, 1, 29), date(2023, 1, 20)), Ok(-2));
    }

    #[test]
    fn a_limit_that_leaves_the_calendar_ends() {
        let last = CalendarYear { holidays: [Date::MAX].into(), ..CalendarYear::default() };
        let calendar = Calendar { name: "cn".into(), years: [(9999, last)].into() };
        assert_eq!(calendar.end_of_days(date(9999, 12, 30), 1), Err(MissingYear(9999)));
    }

    #[test]
    fn a_year_without_a_table_is_an_error() {
        assert_eq!(spring_2023().end_of_days(date(2022, 12, 30), 1), Err(MissingYear(2022)));
    }
}
