//! The working days of rules/calendars/cn.toml, day by day against another's table of them.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use std::{collections::BTreeMap, error::Error, fs, process::Command};

use heng_data::read_calendar;
use heng_model::{Calendar, Date};
use heng_outside::{CHINESE_CALENDAR, need, root, run};

/// Prints every day of the years first … last, and whether it is worked.
const ASK: &str = "
import datetime, sys
import chinese_calendar
day, last = datetime.date(int(sys.argv[1]), 1, 1), datetime.date(int(sys.argv[2]), 12, 31)
while day <= last:
    print(day, 'work' if chinese_calendar.is_workday(day) else 'off')
    day += datetime.timedelta(days=1)
";

fn ours() -> Calendar {
    let bytes = fs::read(root().join("rules/calendars/cn.toml")).unwrap();
    let (calendar, diagnostics) = read_calendar("cn.toml", &bytes);
    assert_eq!(diagnostics, []);
    calendar.unwrap()
}

#[test]
#[ignore = "needs Python with chinesecalendar"]
fn every_day_of_every_year() -> Result<(), Box<dyn Error>> {
    let Some(python) = need(&CHINESE_CALENDAR)? else { return Ok(()) };
    let calendar = ours();
    let years: Vec<String> = calendar.years.keys().map(ToString::to_string).collect();
    let (first, last) = (years.first().unwrap(), years.last().unwrap());
    let told = run(Command::new(python).args(["-c", ASK, first, last]))?;
    let theirs: BTreeMap<Date, bool> = told
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(day, word)| (day.parse().unwrap(), word == "work"))
        .collect();
    assert!(theirs.len() >= 365 * years.len(), "only {} days were told", theirs.len());
    let differ: Vec<String> = theirs
        .into_iter()
        .filter(|(day, works)| calendar.is_working_day(*day) != Ok(*works))
        .map(|(day, works)| format!("{day}: they say {}", if works { "worked" } else { "off" }))
        .collect();
    assert_eq!(differ, Vec::<String>::new());
    Ok(())
}
