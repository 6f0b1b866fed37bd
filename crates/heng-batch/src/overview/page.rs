//! An overview as a page with pictures, whole in one file.

use std::fmt::Write;

use heng_diag::{Lang, Pair, escape_html};
use heng_model::{Number, Rounding};

use super::{Overview, Spread};
use crate::{
    svg::{self, Box as Five, Column},
    wording::overview as words,
};

/// How many departments the ranking shows at either end.
const ENDS: usize = 10;

fn shown(number: &Number) -> String {
    number.fixed(2, Rounding::HalfUp)
}

/// The page.
#[must_use]
pub fn page(overview: &Overview, lang: Lang) -> String {
    let mut out = String::new();
    let title = words::TITLE.get(lang);
    let code = if lang == Lang::Zh { "zh" } else { "en" };
    let name = escape_html(&overview.title);
    let summary = words::summary(overview);
    let _ = write!(
        out,
        "<!doctype html><html lang={code}>{HEAD}<title>{title}</title><header><h1>{name}：{title}</h1><p class=big>{}</p></header><main><section>",
        escape_html(summary.get(lang)).replace('\n', "<br>")
    );
    heading(&mut out, words::TOTALS, lang);
    totals(&mut out, overview);
    grades(&mut out, overview, lang);
    heading(&mut out, words::GROUPS, lang);
    let groups = overview.groups.iter().enumerate().skip(1);
    let groups =
        groups.filter_map(|(at, group)| Some((group.name.clone(), overview.spread(at, |_| true)?, group.full.clone())));
    boxes(&mut out, groups.collect());
    out.push_str("</section><section>");
    if let (Some(by), Some(total)) = (&overview.by, overview.groups.first()) {
        let _ = write!(out, "<h2>{} {}</h2>", escape_html(by), words::BY.get(lang));
        let regions = overview.regions().into_iter().filter_map(|region| {
            let spread = overview.spread(0, |row| row.by == region)?;
            Some((format!("{region}（{}）", spread.count), spread, total.full.clone()))
        });
        boxes(&mut out, regions.collect());
    }
    ranking(&mut out, overview, lang);
    own(&mut out, overview, lang);
    out.push_str("</section></main></html>\n");
    out
}

fn heading(out: &mut String, words: Pair, lang: Lang) {
    let _ = write!(out, "<h2>{}</h2>", words.get(lang));
}

fn totals(out: &mut String, overview: &Overview) {
    let full = overview.groups.first().map_or(Number::ZERO, |group| group.full.clone());
    let edge = |tenth: usize| (&full * &Number::from(tenth)).checked_div(&Number::from(10)).unwrap_or(Number::ZERO);
    let name = |tenth: usize| format!("{}–{}", edge(tenth), edge(tenth + 1));
    let columns = overview.tenths().into_iter().enumerate();
    let columns: Vec<Column> =
        columns.map(|(tenth, count)| Column { name: name(tenth), count, class: "whole" }).collect();
    svg::columns(out, &columns);
}

fn grades(out: &mut String, overview: &Overview, lang: Lang) {
    let grades = overview.grades();
    if grades.is_empty() {
        return;
    }
    heading(out, words::GRADES, lang);
    let name = |grade: &str| grade.to_owned();
    let columns: Vec<Column> =
        grades.into_iter().map(|(grade, count)| Column { name: name(grade), count, class: "plus" }).collect();
    svg::columns(out, &columns);
}

fn boxes(out: &mut String, rows: Vec<(String, Spread, Number)>) {
    let share = |number: &Number, full: &Number| number.checked_div(full).unwrap_or(Number::ZERO);
    let rows: Vec<Five> = rows
        .into_iter()
        .map(|(name, spread, full)| Five {
            name,
            five: spread.five.each_ref().map(|number| share(number, &full)),
            note: format!("{} / {full}", shown(&spread.mean)),
        })
        .collect();
    svg::boxes(out, &rows);
}

fn ranking(out: &mut String, overview: &Overview, lang: Lang) {
    heading(out, words::RANKING, lang);
    let ranked: Vec<_> = overview.rows.iter().filter(|row| row.place.is_some()).collect();
    let _ = write!(out, "<p class=note>{}</p><table>", words::TIES.get(lang));
    let rest = ranked.len().saturating_sub(ENDS * 2);
    for (at, row) in ranked.iter().enumerate() {
        if rest > 0 && (ENDS..ENDS + rest).contains(&at) {
            if at == ENDS {
                let _ = write!(out, "<tr><td>…<td class=note>{}<td>", escape_html(words::between(rest).get(lang)));
            }
            continue;
        }
        let total = row.total().map(shown).unwrap_or_default();
        let (place, key) = (row.place.unwrap_or(0), escape_html(&row.key));
        let _ = write!(out, "<tr><td>{place}<td>{key}<td class=n>{total}<td>{}", escape_html(&row.grade));
    }
    out.push_str("</table>");
}

fn own(out: &mut String, overview: &Overview, lang: Lang) {
    if !overview.has_own {
        return;
    }
    let off = overview.off();
    let _ = write!(out, "<h2>{}</h2>", escape_html(words::off(off.len()).get(lang)));
    out.push_str("<table>");
    for (row, by) in off.iter().take(ENDS) {
        let own = row.own.as_ref().map(shown).unwrap_or_default();
        let total = row.total().map(shown).unwrap_or_default();
        let sign = if by.signum() > 0 { "+" } else { "" };
        let _ =
            write!(out, "<tr><td>{}<td class=n>{own} → {total}<td class=n>{sign}{}", escape_html(&row.key), shown(by));
    }
    out.push_str("</table>");
}

const HEAD: &str = "<meta charset=utf-8><meta name=viewport content='width=device-width'><style>\
body{font:14px/1.5 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:1180px;margin:1.5em auto;padding:0 1em;color:#222}\
header .big{font-size:1.15em;margin:.5em 0}h1{font-size:1.5em;margin:0}h2{font-size:1.05em;margin:1.3em 0 .4em;border-bottom:1px solid #ccc}\
main{display:grid;grid-template-columns:1fr 1fr;column-gap:2.5em}table{border-collapse:collapse;width:100%}\
td{padding:.12em .6em .12em 0;vertical-align:top}tr+tr td{border-top:1px solid #eee}.n{text-align:right;white-space:nowrap}\
.note{color:#666;font-size:.9em;margin:.2em 0}svg{width:100%}svg text{font-size:13px;fill:#222}svg .mid{text-anchor:middle;font-size:12px}svg line{stroke:#777}\
.plus{fill:#3a7d5c}.minus{fill:#b5533c}.even{fill:#9aa3ab}.whole{fill:#4f6d8f}.box{fill:#a9bdd3;stroke:#4f6d8f}svg .median{stroke:#b5533c;stroke-width:2.5}\
@media(max-width:800px){main{display:block}}@media print{body{font-size:11px;margin:0}}</style>";
