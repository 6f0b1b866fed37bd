//! Calendars of working days: a file of facts, year by year, each year with the notice that set it.

use std::ops::Range;

use heng_diag::{Diagnostic, Sources};
use heng_model::{Calendar, Date, calendar::CalendarYear};

use crate::{
    date,
    raw::{Entry, Kind, Node, Scalar, Spot},
    reader::{decode, read_toml},
    wording, words,
};

/// Names of the entries, Chinese and English.
const NAME: [&str; 2] = ["名称", "name"];
const NOTE: [&str; 2] = ["说明", "note"];
const NOTICE: [&str; 2] = ["通知", "notice"];
const OFF: [&str; 2] = ["放假", "holidays"];
const WORKED: [&str; 2] = ["上班", "workdays"];

/// The longest stretch of days off that is believed.
const MOST_DAYS: usize = 31;

/// Reads a calendar. `None` when something in it is wrong: a calendar that is half right would move
/// deadlines in silence.
///
/// # Shape
/// TOML: `"名称" = "cn"`, then a section per year, `["2023"]`, with `"通知"` (the notice), `"放假"` (days
/// off) and `"上班"` (weekend days that are worked). A day is `"2023-01-28"`, a stretch
/// `"2023-01-21 至 2023-01-27"`. Every word also in English.
///
/// # Examples
/// ```
/// let text = "\"名称\" = \"cn\"\n[\"2023\"]\n\"放假\" = [\"2023-01-21 至 2023-01-27\"]\n\"上班\" = [\"2023-01-28\"]";
/// let (calendar, diagnostics) = heng_data::read_calendar("cn.toml", text.as_bytes());
/// assert!(diagnostics.is_empty());
/// assert_eq!(calendar.unwrap().years[&2023].holidays.len(), 7);
/// ```
#[must_use]
pub fn read_calendar(name: &str, bytes: &[u8]) -> (Option<Calendar>, Vec<Diagnostic>) {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(refusal) => return (None, vec![refusal.located(name)]),
    };
    let mut sources = Sources::new();
    let entries = match read_toml(name, text, &mut sources) {
        Ok(entries) => entries,
        Err(refusals) => return (None, refusals.into_iter().map(|refusal| in_words(refusal, &sources)).collect()),
    };
    let mut calendar = Calendar::default();
    let mut report = Vec::new();
    for entry in &entries {
        take(&mut calendar, entry, &mut report);
    }
    if calendar.years.is_empty() && report.is_empty() {
        report.push(wording::calendar_no_year().located(name));
    }
    let report: Vec<Diagnostic> = report.into_iter().map(|finding| in_words(finding, &sources)).collect();
    (report.is_empty().then_some(calendar), report)
}

/// The diagnostic with its place in words, since a calendar's text is not handed on.
fn in_words(diagnostic: Diagnostic, sources: &Sources) -> Diagnostic {
    let Some(label) = &diagnostic.primary else { return diagnostic };
    let name = sources.get(label.span.file).map_or("", |file| &file.name);
    let place = format!("{name}:{}", sources.line_column(label.span).line);
    Diagnostic { primary: None, fixes: Vec::new(), ..diagnostic }.located(place)
}

fn take(calendar: &mut Calendar, entry: &Entry, report: &mut Vec<Diagnostic>) {
    let refuse = || entry.at.mark(wording::calendar_shape(&entry.name));
    match &entry.node.kind {
        Kind::Scalar(Scalar::Text(name)) if words::is_one_of(&entry.name, &NAME) => calendar.name.clone_from(name),
        Kind::Scalar(Scalar::Text(_)) if words::is_one_of(&entry.name, &NOTE) => {}
        Kind::Table(members) => match entry.name.parse::<i16>() {
            Ok(year) if (1949..=2199).contains(&year) => {
                calendar.years.insert(year, read_year(year, members, report));
            }
            _ => report.push(refuse()),
        },
        _ => report.push(refuse()),
    }
}

fn read_year(year: i16, members: &[Entry], report: &mut Vec<Diagnostic>) -> CalendarYear {
    let mut table = CalendarYear::default();
    for member in members {
        match &member.node.kind {
            Kind::List(days) if words::is_one_of(&member.name, &OFF) => {
                for (day, at) in all_days(days, report) {
                    let fresh = table.holidays.insert(day) && !table.workdays.contains(&day);
                    check(year, day, fresh, at, report);
                }
            }
            Kind::List(days) if words::is_one_of(&member.name, &WORKED) => {
                for (day, at) in all_days(days, report) {
                    let fresh = table.workdays.insert(day) && !table.holidays.contains(&day);
                    check(year, day, fresh, at, report);
                    if !is_weekend(day) {
                        report.push(at.mark(wording::calendar_weekday(&day.to_string())));
                    }
                }
            }
            Kind::Scalar(Scalar::Text(_)) if words::is_one_of(&member.name, &NOTICE) => {}
            Kind::Scalar(Scalar::Text(_)) if words::is_one_of(&member.name, &NOTE) => {}
            _ => report.push(member.at.mark(wording::calendar_shape(&member.name))),
        }
    }
    table
}

fn is_weekend(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() >= 5
}

fn check(year: i16, day: Date, fresh: bool, at: &Spot, report: &mut Vec<Diagnostic>) {
    if day.year() != year {
        report.push(at.mark(wording::calendar_year(&day.to_string(), year)));
    } else if !fresh {
        report.push(at.mark(wording::calendar_both(&day.to_string())));
    }
}

/// The days of a list of days and stretches, each with the place of its entry.
fn all_days<'e>(nodes: &'e [Node], report: &mut Vec<Diagnostic>) -> Vec<(Date, &'e Spot)> {
    let mut days = Vec::new();
    for node in nodes {
        match stretch(node) {
            Ok(stretch) => days.extend(stretch.into_iter().map(|day| (day, &node.at))),
            Err(refusal) => report.push(node.at.mark(*refusal)),
        }
    }
    days
}

fn stretch(node: &Node) -> Result<Vec<Date>, Box<Diagnostic>> {
    let text = match &node.kind {
        Kind::Scalar(Scalar::Date(day)) => return Ok(vec![*day]),
        Kind::Scalar(scalar) => scalar.words(),
        _ => String::new(),
    };
    let read = |part: &str| date::date(part).map_err(|_| Box::new(wording::calendar_date(&text)));
    let ends = text.split_once('至').or_else(|| text.split_once(" to "));
    let Range { start, end } = match ends {
        Some((start, end)) => read(start)?..read(end)?,
        None => read(&text)?..read(&text)?,
    };
    if end < start {
        return Err(wording::calendar_backwards(&text).into());
    }
    let days: Vec<Date> =
        start.series(jiff::Span::new().days(1)).take_while(|day| *day <= end).take(MOST_DAYS + 1).collect();
    if days.len() > MOST_DAYS { Err(wording::calendar_date(&text).into()) } else { Ok(days) }
}
