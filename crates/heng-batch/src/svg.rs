//! Pictures of numbers, as SVG inside a page: bars, columns, and a bridge from one number to another.
//! Sizes are whole numbers; what is drawn is rounded, what is written beside it is not.

use std::fmt::Write;

use heng_diag::escape_html;
use heng_model::Number;

/// A bar: what it stands for, how long it is, and what is written behind it.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it stands for.
    pub name: String,
    /// How long it is; below nought it goes to the left.
    pub value: Number,
    /// What is written behind it.
    pub note: String,
}

/// How many units of width a text takes; a Chinese sign takes two.
fn width(text: &str) -> usize {
    text.chars().map(|sign| if u32::from(sign) >= 0x2E80 { 2 } else { 1 }).sum()
}

/// A text cut to so many units of width.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let kept = text.chars().take_while(|sign| {
        let wide = if u32::from(*sign) >= 0x2E80 { 2 } else { 1 };
        let fits = wide <= left;
        left = left.saturating_sub(wide);
        fits
    });
    kept.chain(['…']).collect()
}

/// A name, whole for whoever points at it.
fn name(out: &mut String, place: &str, text: &str, most: usize) {
    let _ = write!(out, "<text {place}><title>{}</title>{}</text>", escape_html(text), escape_html(&cut(text, most)));
}

fn scaled(value: &Number, most: &Number, length: u32) -> i64 {
    let share = value.checked_div(most).unwrap_or(Number::ZERO);
    (&share * &Number::from(i64::from(length))).round(0, heng_model::Rounding::HalfUp).to_i64().unwrap_or(0)
}

fn class(value: &Number) -> &'static str {
    if value.is_negative() { "minus" } else { "plus" }
}

/// A bar for each, to the right where it adds and to the left where it takes.
pub fn bars(out: &mut String, bars: &[Bar]) {
    let most = bars.iter().map(|bar| bar.value.abs()).max().unwrap_or(Number::ONE);
    let both = bars.iter().any(|bar| bar.value.is_negative()) && bars.iter().any(|bar| bar.value.signum() > 0);
    let (length, left) = if both { (95, 95) } else { (190, 0) };
    let zero = if bars.iter().any(|bar| bar.value.signum() > 0) { 250 + left } else { 440 };
    let _ = write!(out, "<svg viewBox='0 0 640 {}' role=img>", 26 * bars.len() + 4);
    for (place, bar) in bars.iter().enumerate() {
        let y = 26 * place;
        name(out, &format!("x=0 y={}", y + 17), &bar.name, 34);
        let size = scaled(&bar.value.abs(), &most, length).max(1);
        let x = if bar.value.is_negative() { i64::from(zero) - size } else { i64::from(zero) };
        let _ = write!(
            out,
            "<rect class={} x={x} y={} width={size} height=18 /><text x=450 y={}>{}</text>",
            class(&bar.value),
            y + 3,
            y + 17,
            escape_html(&bar.note)
        );
    }
    let _ = write!(out, "<line x1={zero} x2={zero} y1=0 y2={} /></svg>", 26 * bars.len());
}

/// A column of a picture of counts.
#[derive(Clone, Debug)]
pub struct Column {
    /// What is written below it.
    pub name: String,
    /// How many.
    pub count: usize,
    /// How it is coloured: `plus`, `minus`, `even`.
    pub class: &'static str,
}

/// A column for each count.
pub fn columns(out: &mut String, columns: &[Column]) {
    let most = columns.iter().map(|column| column.count).max().unwrap_or(1).max(1);
    let step = 640 / columns.len().max(1);
    let _ = write!(out, "<svg viewBox='0 0 640 180' role=img><line x1=0 x2=640 y1=150 y2=150 />");
    for (place, column) in columns.iter().enumerate() {
        let height = if column.count == 0 { 0 } else { (column.count * 120 / most).max(2) };
        let (x, middle) = (place * step, place * step + step / 2);
        let _ = write!(
            out,
            "<rect class={} x={} y={} width={} height={height} /><text class=mid x={middle} y=168>{}</text>",
            column.class,
            x + 2,
            150 - height,
            step.saturating_sub(4),
            escape_html(&column.name)
        );
        if column.count > 0 {
            let _ = write!(out, "<text class=mid x={middle} y={}>{}</text>", 145 - height, column.count);
        }
    }
    out.push_str("</svg>");
}

/// From one number to another, part by part: `ends` are named and whole, `parts` lie between them.
pub fn bridge(out: &mut String, ends: [&Bar; 2], parts: &[Bar]) {
    let mut at = ends[0].value.clone();
    let mut rows = vec![(ends[0], Number::ZERO, at.clone(), "whole")];
    for part in parts {
        let next = &at + &part.value;
        rows.push((part, at, next.clone(), class(&part.value)));
        at = next;
    }
    rows.push((ends[1], Number::ZERO, ends[1].value.clone(), "whole"));
    let inner = rows.iter().flat_map(|(_, from, to, _)| [from, to]).filter(|end| !end.is_zero());
    let (mut low, mut high) = (inner.clone().min().cloned().unwrap_or(Number::ZERO), Number::ZERO);
    high = inner.cloned().fold(high, Number::max);
    // Where all lies close together the foot of the whole bars is left out, or nothing could be seen.
    let spread = &high - &low;
    low = if &spread * &Number::from(3) < high { &low - &spread.clone().max(Number::ONE) } else { Number::ZERO };
    low = low.max(Number::ZERO);
    let range = &high - &low;
    let x = |value: &Number| 250 + scaled(&(value - &low).max(Number::ZERO), &range, 270);
    let _ = write!(out, "<svg viewBox='0 0 640 {}' role=img>", 26 * rows.len() + 4);
    for (place, (bar, from, to, class)) in rows.iter().enumerate() {
        let y = 26 * place;
        name(out, &format!("x=0 y={}", y + 17), &bar.name, 34);
        let (a, b) = (x(from), x(to));
        let (left, size) = (a.min(b), (a - b).abs().max(1));
        let _ = write!(
            out,
            "<rect class={class} x={left} y={} width={size} height=18 /><text x=530 y={}>{}</text>",
            y + 3,
            y + 17,
            escape_html(&bar.note)
        );
        if place + 1 < rows.len() {
            let _ = write!(out, "<line x1={b} x2={b} y1={} y2={} />", y + 21, y + 29);
        }
    }
    out.push_str("</svg>");
}

/// How a group lies: least, lower quartile, median, upper quartile, most, each as a share of full marks.
#[derive(Clone, Debug)]
pub struct Box {
    /// The group.
    pub name: String,
    /// The five shares.
    pub five: [Number; 5],
    /// What is written behind it.
    pub note: String,
}

/// A box for each group on one scale from nothing to full marks: the middle half, a stroke at the median, lines to the least
/// and the most.
pub fn boxes(out: &mut String, boxes: &[Box]) {
    let x = |share: &Number| 200 + scaled(share, &Number::ONE, 300);
    let height = 26 * boxes.len();
    let _ = write!(out, "<svg viewBox='0 0 640 {}' role=img>", height + 22);
    for (place, one) in boxes.iter().enumerate() {
        let y = 26 * place;
        let [low, first, middle, third, high] = one.five.each_ref().map(x);
        name(out, &format!("x=0 y={}", y + 17), &one.name, 27);
        let _ = write!(
            out,
            "<line x1={low} x2={high} y1={m} y2={m} /><rect class=box x={first} y={} width={} height=16 /><line class=median x1={middle} x2={middle} y1={} y2={} /><text x=515 y={}>{}</text>",
            y + 5,
            (third - first).max(1),
            y + 4,
            y + 22,
            y + 17,
            escape_html(&one.note),
            m = y + 13,
        );
    }
    for quarter in [0, 50, 100] {
        let at = 200 + quarter * 3;
        let _ = write!(out, "<text class=mid x={at} y={}>{quarter}%</text>", height + 18);
    }
    out.push_str("</svg>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_by_width() {
        assert_eq!(cut("预算完成率", 10), "预算完成率");
        assert_eq!(cut("预算完成率", 9), "预算完成…");
        assert_eq!(cut("budget", 4), "bud…");
    }

    #[test]
    fn a_bridge_ends_where_it_says() {
        let bar = |name: &str, value: i64| Bar { name: name.into(), value: Number::from(value), note: String::new() };
        let mut out = String::new();
        bridge(&mut out, [&bar("a", 80), &bar("b", 85)], &[bar("+", 10), bar("-", -5)]);
        assert_eq!(out.matches("<rect").count(), 4);
        assert!(out.contains("class=minus") && out.contains("class=plus"));
    }
}
