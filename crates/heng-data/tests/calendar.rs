//! The calendar of mainland China, and what a calendar may not say.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_types,
    reason = "tests say what they expect by failing"
)]

use heng_data::read_calendar;
use heng_model::Calendar;
use jiff::civil::{Date, date};

const CN: &str = include_str!("../../../rules/calendars/cn.toml");

fn cn() -> Calendar {
    let (calendar, diagnostics) = read_calendar("cn.toml", CN.as_bytes());
    assert_eq!(diagnostics, []);
    calendar.unwrap()
}

#[test]
fn the_years_are_whole() {
    let calendar = cn();
    assert_eq!(calendar.name, "cn");
    let counted: Vec<(i16, usize, usize)> =
        calendar.years.iter().map(|(year, table)| (*year, table.holidays.len(), table.workdays.len())).collect();
    assert_eq!(
        counted,
        [(2020, 30, 6), (2021, 31, 7), (2022, 32, 7), (2023, 26, 7), (2024, 28, 8), (2025, 28, 5), (2026, 33, 6)]
    );
}

#[test]
fn well_known_days() {
    let calendar = cn();
    let works = |day: Date| calendar.is_working_day(day).unwrap();
    // The Spring Festival of 2020 was prolonged to 2 February.
    assert!(!works(date(2020, 1, 31)) && works(date(2020, 2, 3)));
    // New Year's Eve of 2024 was a working day; that of 2025 was off.
    assert!(works(date(2024, 2, 9)) && !works(date(2025, 1, 28)));
    // The Sunday after the national holiday of 2023 was worked.
    assert!(works(date(2023, 10, 8)) && !works(date(2023, 10, 6)));
    // 2026: 4 January, a Sunday, is worked.
    assert!(works(date(2026, 1, 4)) && !works(date(2026, 2, 23)));
    // A limit of 20 days from 20 September 2024 ends on 10 October; from 14 it ends in the holiday.
    assert_eq!(calendar.end_of_days(date(2024, 9, 14), 20), Ok(date(2024, 10, 8)));
}

/// Placed findings of a calendar text.
fn refusals(body: &str) -> Vec<String> {
    let (calendar, diagnostics) = read_calendar("x.toml", body.as_bytes());
    assert!(calendar.is_none());
    diagnostics.iter().map(|d| format!("{} {} {}", d.location.as_deref().unwrap_or("?"), d.code, d.title.zh)).collect()
}

#[test]
fn a_calendar_that_is_half_right_is_none() {
    let body = r#""名称" = "x"
["2023"]
"放假" = ["2023-02-30", "2022-12-31", "2023-01-03 至 2023-01-01", "2023-01-01 至 2023-12-31", 5]
"上班" = ["2023-01-28", "2023-01-28", "2023-01-30"]
"备注" = 1
["二零二四"]
"#;
    insta::assert_snapshot!(refusals(body).join("\n"), @r"
    x.toml:3 calendar/date 不是日期：“2023-02-30”
    x.toml:3 calendar/date 一段的终点在起点之前：“2023-01-03 至 2023-01-01”
    x.toml:3 calendar/date 不是日期：“2023-01-01 至 2023-12-31”
    x.toml:3 calendar/date 不是日期：“5”
    x.toml:3 calendar/year 2022-12-31 不在 2023 年，要写到它自己的那一年
    x.toml:4 calendar/both 2023-01-28 又放假又上班，或写了两次
    x.toml:4 calendar/weekday 2023-01-30 本来就上班，不用写
    x.toml:5 calendar/shape 日历里不认得“备注”
    x.toml:6 calendar/shape 日历里不认得“二零二四”
    ");
    insta::assert_snapshot!(refusals("").join("\n"), @"x.toml calendar/shape 日历里一年也没有");
    insta::assert_snapshot!(refusals("名称 = 1").join("\n"), @"x.toml:1 data/syntax 名称“名称”要加英文双引号");
}

#[test]
fn english_words_mean_the_same() {
    let zh = "\"名称\" = \"t\"\n[\"2023\"]\n\"通知\" = \"n\"\n\"放假\" = [2023-01-21]\n\"上班\" = [\"2023年1月28日\"]";
    let en = "name = \"t\"\n[2023]\nnotice = \"n\"\nholidays = [\"2023-01-21 to 2023-01-21\"]\nworkdays = [2023-01-28]";
    assert_eq!(read_calendar("t", zh.as_bytes()), read_calendar("t", en.as_bytes()));
}
