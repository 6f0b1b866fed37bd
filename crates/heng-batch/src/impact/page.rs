//! An impact as a page with pictures, whole in one file.

use std::fmt::Write;

use heng_diag::{Lang, escape_html};
use heng_model::{Number, Rounding};

use super::{
    Impact,
    text::{Story, signed},
};
use crate::wording::impact as words;

/// The page.
#[must_use]
pub fn page(impact: &Impact, distance: &Number, lang: Lang) -> String {
    let story = Story::new(impact, distance, lang);
    let mut out = String::from(HEAD);
    let title = words::TITLE.get(lang);
    let summary = words::summary(&story.counts, &story.mean, impact.rejected);
    let _ = write!(
        out,
        "<title>{title}</title><h1>{title}</h1><p>{}</p>",
        escape_html(summary.get(lang)).replace('\n', "<br>")
    );
    let _ = write!(out, "<h2>{}</h2>", words::PARTS.get(lang));
    bars(&mut out, &story);
    let _ = write!(out, "<h2>{}</h2>", words::SPREAD.get(lang));
    histogram(&mut out, impact);
    if !story.grades.is_empty() {
        let _ = write!(out, "<h2>{}</h2><table>", words::GRADES.get(lang));
        for (old, new, count) in &story.grades {
            let _ = write!(out, "<tr><td>{} → {}<td class=n>{count}", escape_html(old), escape_html(new));
        }
        out.push_str("</table>");
    }
    for (head, list) in [words::GAIN, words::LOSE].into_iter().zip(&story.most) {
        if list.is_empty() {
            continue;
        }
        let _ = write!(out, "<h2>{}</h2><table>", head.get(lang));
        for (one, change) in list {
            let _ = write!(
                out,
                "<tr><td>{}<td>{}",
                escape_html(&one.key),
                escape_html(words::moved(one, change).get(lang))
            );
        }
        out.push_str("</table>");
    }
    if !story.near.is_empty() {
        let _ = write!(out, "<h2>{}</h2><table>", words::near(distance, story.near.len()).get(lang));
        for (one, at) in story.near.iter().take(20) {
            let total = one.new.total.as_ref().map(|total| total.fixed(2, Rounding::HalfUp)).unwrap_or_default();
            let _ = write!(out, "<tr><td>{}<td class=n>{total}<td class=n>{at}", escape_html(&one.key));
        }
        out.push_str("</table>");
    }
    out.push_str("</html>\n");
    out
}

/// A bar for each part, to the right where it adds and to the left where it takes.
fn bars(out: &mut String, story: &Story<'_>) {
    let shown = story.parts.iter().take(15);
    let most = shown.clone().map(|(_, sum, ..)| sum.abs()).max().unwrap_or(Number::ONE);
    let height = 26 * shown.len();
    let _ = write!(out, "<svg viewBox='0 0 760 {height}' role=img>");
    for (place, (name, sum, up, down)) in shown.enumerate() {
        let share = sum.abs().checked_div(&most).unwrap_or(Number::ZERO);
        let width = (&share * &Number::from(140)).floor().to_i64().unwrap_or(0).max(1);
        let (x, class) = if sum.is_negative() { (430 - width, "minus") } else { (430, "plus") };
        let y = 26 * place;
        let _ = write!(
            out,
            "<text x=0 y={}>{}</text><rect class={class} x={x} y={} width={width} height=18 /><text x=585 y={}>{} (↑{up} ↓{down})</text>",
            y + 17,
            escape_html(name),
            y + 3,
            y + 17,
            signed(sum)
        );
    }
    out.push_str("</svg>");
}

/// How many departments change by how many whole points.
fn histogram(out: &mut String, impact: &Impact) {
    let mut counts = [0usize; 21];
    for change in impact.departments.iter().filter_map(super::Department::change) {
        let whole = change.round(0, Rounding::HalfUp).to_i64().unwrap_or(0).clamp(-10, 10);
        if let Some(count) = usize::try_from(whole + 10).ok().and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    out.push_str("<svg viewBox='0 0 760 170' role=img>");
    for (place, count) in counts.iter().enumerate() {
        let height = if *count == 0 { 0 } else { (count * 120 / most).max(1) };
        let (x, change) = (place * 36, i64::try_from(place).unwrap_or(0) - 10);
        let class = if change < 0 { "minus" } else { "plus" };
        let edge = if place == 0 {
            "≤"
        } else if place == 20 {
            "≥"
        } else {
            ""
        };
        let _ = write!(
            out,
            "<rect class={class} x={x} y={} width=30 height={height} /><text x={x} y=160>{edge}{change}</text>",
            140 - height
        );
        if *count > 0 {
            let _ = write!(out, "<text x={x} y={}>{count}</text>", 135 - height);
        }
    }
    out.push_str("</svg>");
}

const HEAD: &str = "<!doctype html><html><meta charset=utf-8><meta name=viewport content='width=device-width'><style>\
body{font:15px/1.5 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:800px;margin:2em auto;color:#222}\
h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em}td{padding:.1em 1em .1em 0}.n{text-align:right}\
svg{width:100%}svg text{font-size:13px;fill:#222}.plus{fill:#3a7d5c}.minus{fill:#b5533c}</style>";
