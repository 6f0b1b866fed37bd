//! Charts as SVG, with whole numbers alone.

use std::fmt::Write;

use heng_diag::Lang;
use heng_model::Number;
use heng_phrase::{decimal, points};
use heng_report::Record;

use crate::{
    lookup::{Known, Lookup},
    ooxml::xml,
    setup::{Compare, Shares},
    wording,
};

const WIDTH: i64 = 880;
/// Where bars begin.
const LEFT: i64 = 250;
/// The longest bar.
const LONGEST: i64 = 430;
const ROW: i64 = 30;

/// How long a bar for `part` of `whole` is.
fn length(part: &Number, whole: &Number) -> i64 {
    let scaled = part * &Number::from(LONGEST);
    scaled.checked_div(whole).and_then(|long| long.floor().to_i64()).unwrap_or(0).clamp(0, LONGEST)
}

fn open(title: &str, height: i64) -> String {
    format!(
        "<figure><figcaption>{title}</figcaption><svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{title}\">",
        title = xml(title)
    )
}

fn text(out: &mut String, (x, y): (i64, i64), anchor: &str, class: &str, said: &str) {
    let _ = write!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" class=\"{class}\">{}</text>", xml(said));
}

fn bar(out: &mut String, class: &str, (x, y): (i64, i64), (width, height): (i64, i64)) {
    let _ = write!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
}

/// A name no longer than its place.
fn short(name: &str) -> String {
    let wide = |sign: char| if sign.is_ascii() { 1 } else { 2 };
    let mut width = 0;
    let mut short = String::new();
    for sign in name.chars() {
        width += wide(sign);
        if width > 32 {
            short.push('…');
            break;
        }
        short.push(sign);
    }
    short
}

/// Points kept and lost: the groups that have indicators below them, and first-level indicators.
pub(super) fn kept_and_lost(record: &Record, lang: Lang) -> String {
    let has_leaf = |id| record.rows.iter().any(|row| row.parent == Some(id) && row.is_leaf);
    let groups: Vec<_> = record
        .rows
        .iter()
        .filter(|row| !row.is_bonus && (has_leaf(row.id) || (row.level == 1 && row.is_leaf)))
        .collect();
    let most = groups.iter().map(|row| row.full.clone()).fold(Number::ZERO, Number::max);
    let mut out = open(wording::KEPT_AND_LOST.get(lang), ROW * i64::try_from(groups.len() + 1).unwrap_or(1));
    let legend_at = (LEFT, 18);
    legend(&mut out, legend_at, [("bar-kept", wording::KEPT.get(lang)), ("bar-lost", wording::LOST.get(lang))]);
    for (row, y) in groups.iter().zip((1..).map(|at| at * ROW)) {
        text(&mut out, (LEFT - 12, y + 18), "end", "", &short(&row.name));
        let full = length(&row.full, &most);
        bar(&mut out, "bar-back", (LEFT, y + 4), (full, 20));
        if let Some(kept) = &row.points {
            bar(&mut out, "bar-lost", (LEFT, y + 4), (full, 20));
            bar(&mut out, "bar-kept", (LEFT, y + 4), (length(kept, &most), 20));
        }
        let said = match &row.points {
            Some(kept) if *kept < row.full => {
                format!("{} / {}  −{}", row.outcome, decimal(&row.full), points(&(&row.full - kept)))
            }
            _ => format!("{} / {}", row.outcome, decimal(&row.full)),
        };
        text(&mut out, (LEFT + full + 10, y + 18), "start", "soft", &said);
    }
    out.push_str("</svg></figure>");
    out
}

fn legend(out: &mut String, (x, y): (i64, i64), items: [(&str, &str); 2]) {
    for ((class, name), at) in items.iter().zip([x, x + 150]) {
        bar(out, class, (at, y - 12), (14, 14));
        text(out, (at + 20, y), "start", "soft", name);
    }
}

/// Pairs of figures.
pub(super) fn compare(compare: &Compare, lookup: &Lookup) -> Result<String, String> {
    let mut rows = Vec::new();
    for [label, first, second] in &compare.rows {
        let figure = |path: &String| match lookup.text(path) {
            Known::Unknown => Err(path.clone()),
            Known::Text(text) => Ok((text, lookup.number(path).unwrap_or(Number::ZERO))),
            Known::Nothing => Ok(("–".to_owned(), Number::ZERO)),
        };
        rows.push((label, [figure(first)?, figure(second)?]));
    }
    let figures = rows.iter().flat_map(|(_, figures)| figures.iter().map(|(_, number)| number.clone()));
    let most = figures.fold(Number::ZERO, Number::max);
    let mut out = open(&compare.title, 30 + 56 * i64::try_from(rows.len()).unwrap_or(1));
    let [first, second] = &compare.legend;
    legend(&mut out, (LEFT, 18), [("bar-kept", first), ("bar-second", second)]);
    for ((label, figures), y) in rows.iter().zip((0..).map(|at| 30 + at * 56)) {
        text(&mut out, (LEFT - 12, y + 30), "end", "", &short(label));
        for ((said, number), (class, y)) in figures.iter().zip([("bar-kept", y), ("bar-second", y + 24)]) {
            let long = length(number, &most);
            bar(&mut out, class, (LEFT, y + 3), (long, 19));
            text(&mut out, (LEFT + long + 10, y + 17), "start", "soft", said);
        }
    }
    out.push_str("</svg></figure>");
    Ok(out)
}

/// The rows of a table.
pub(super) fn shares(shares: &Shares, lookup: &Lookup) -> Result<String, String> {
    let series = lookup.series(&shares.table, &shares.name, &shares.value);
    let mut series = series.ok_or_else(|| format!("{}.{}", shares.table, shares.value))?;
    series.sort_by(|a, b| b.1.cmp(&a.1));
    let most = series.first().map(|(_, number, _)| number.clone()).unwrap_or(Number::ZERO);
    let sum: Number = series.iter().map(|(_, number, _)| number.clone()).sum();
    let mut out = open(&shares.title, ROW * i64::try_from(series.len()).unwrap_or(1));
    for ((name, number, said), y) in series.iter().zip((0..).map(|at| at * ROW)) {
        text(&mut out, (LEFT - 12, y + 19), "end", "", &short(name));
        let long = length(number, &most);
        bar(&mut out, "bar-kept", (LEFT, y + 5), (long, 20));
        let share = (number * &Number::from(100)).checked_div(&sum);
        let share =
            share.map(|share| format!("  {}%", share.fixed(1, heng_model::Rounding::HalfUp))).unwrap_or_default();
        text(&mut out, (LEFT + long + 10, y + 20), "start", "soft", &format!("{said}{share}"));
    }
    out.push_str("</svg></figure>");
    Ok(out)
}
