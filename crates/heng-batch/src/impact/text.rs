//! An impact in words, on one page.

use std::fmt::Write;

use heng_diag::Lang;
use heng_model::{Number, Rounding};

use super::{Department, Impact};
use crate::wording::impact as words;

/// How many departments a list shows.
const MOST: usize = 10;

/// What a reader is shown, worked out once for text and page.
pub struct Story<'i> {
    /// Departments that gain, lose, stay, and those without two totals.
    pub counts: [usize; 4],
    /// The mean change of those with two totals.
    pub mean: Number,
    /// Parts that change a total: name, the sum over all departments, how many gain and lose by it.
    pub parts: Vec<(String, Number, usize, usize)>,
    /// How many went from grade to grade.
    pub grades: Vec<(String, String, usize)>,
    /// Those that gain and lose most.
    pub most: [Vec<(&'i Department, Number)>; 2],
    /// Those whose new total lies within the distance of a threshold, and of which.
    pub near: Vec<(&'i Department, Number)>,
}

/// A number of points with two decimals, with its sign.
#[must_use]
pub fn signed(number: &Number) -> String {
    let text = number.fixed(2, Rounding::HalfUp);
    if number.signum() > 0 { format!("+{text}") } else { text }
}

impl<'i> Story<'i> {
    /// Works it out; `distance` says how near a threshold is near.
    #[must_use]
    pub fn new(impact: &'i Impact, distance: &Number, lang: Lang) -> Story<'i> {
        let changes: Vec<(&Department, Number)> =
            impact.departments.iter().filter_map(|one| Some((one, one.change()?))).collect();
        let by = |sign: i32| changes.iter().filter(|(_, change)| change.signum() == sign).count();
        let counts = [by(1), by(-1), by(0), impact.departments.len() - changes.len()];
        let sum: Number = changes.iter().map(|(_, change)| change.clone()).sum();
        let mean = sum.checked_div(&Number::from(changes.len())).unwrap_or(Number::ZERO);
        let mut gained: Vec<(&Department, Number)> = changes.clone();
        gained.sort_by(|(_, a), (_, b)| b.cmp(a));
        let lost: Vec<_> = gained.iter().rev().filter(|(_, change)| change.is_negative()).take(MOST).cloned().collect();
        gained.retain(|(_, change)| change.signum() > 0);
        gained.truncate(MOST);
        Story {
            counts,
            mean,
            parts: parts(impact, lang),
            grades: grades(impact),
            most: [gained, lost],
            near: near(impact, distance),
        }
    }
}

fn parts(impact: &Impact, lang: Lang) -> Vec<(String, Number, usize, usize)> {
    let mut found: Vec<(String, Number, usize, usize)> = Vec::new();
    for (place, part) in impact.parts.iter().enumerate() {
        let adds = || impact.departments.iter().filter_map(|one| one.parts.get(place));
        let (up, down) = (adds().filter(|n| n.signum() > 0).count(), adds().filter(|n| n.is_negative()).count());
        if up + down > 0 {
            let name = part.name.as_deref().unwrap_or(words::REST.get(lang)).to_owned();
            let sum: Number = adds().cloned().sum();
            found.push((name, sum, up, down));
        }
    }
    found.sort_by_key(|(_, sum, ..)| std::cmp::Reverse(sum.abs()));
    found
}

fn grades(impact: &Impact) -> Vec<(String, String, usize)> {
    let mut found: Vec<(String, String, usize)> = Vec::new();
    for one in &impact.departments {
        let (Some(old), Some(new)) = (&one.old.grade, &one.new.grade) else { continue };
        if old == new {
            continue;
        }
        match found.iter_mut().find(|(from, to, _)| **from == **old && **to == **new) {
            Some((.., count)) => *count += 1,
            None => found.push((old.to_string(), new.to_string(), 1)),
        }
    }
    found.sort_by(|(a, b, m), (c, d, n)| n.cmp(m).then_with(|| (a, b).cmp(&(c, d))));
    found
}

fn near<'i>(impact: &'i Impact, distance: &Number) -> Vec<(&'i Department, Number)> {
    let of = |one: &'i Department| {
        let total = one.new.total.as_ref()?;
        let nearest = impact.thresholds.iter().min_by_key(|at| (*at - total).abs())?;
        ((nearest - total).abs() <= *distance).then(|| (one, nearest.clone()))
    };
    impact.departments.iter().filter_map(of).collect()
}

/// The page as text.
#[must_use]
pub fn text(impact: &Impact, distance: &Number, lang: Lang) -> String {
    let story = Story::new(impact, distance, lang);
    let mut out = words::summary(&story.counts, &story.mean, impact.rejected).get(lang).to_owned();
    if !story.grades.is_empty() {
        let _ = write!(out, "\n\n{}", words::GRADES.get(lang));
        for (old, new, count) in &story.grades {
            let _ = write!(out, "\n  {old} → {new}  {count}");
        }
    }
    let _ = write!(out, "\n\n{}", words::PARTS.get(lang));
    for (name, sum, up, down) in &story.parts {
        let _ = write!(out, "\n  {name}  {}", words::part(sum, *up, *down).get(lang));
    }
    for (head, list) in [words::GAIN, words::LOSE].into_iter().zip(&story.most) {
        if list.is_empty() {
            continue;
        }
        let _ = write!(out, "\n\n{}", head.get(lang));
        for (one, change) in list {
            let _ = write!(out, "\n  {}  {}", one.key, words::moved(one, change).get(lang));
        }
    }
    if !story.near.is_empty() {
        let _ = write!(out, "\n\n{}", words::near(distance, story.near.len()).get(lang));
        for (one, at) in story.near.iter().take(MOST) {
            let total = one.new.total.as_ref().map(|total| total.fixed(2, Rounding::HalfUp)).unwrap_or_default();
            let _ = write!(out, "\n  {}  {total}  ({})", one.key, at);
        }
    }
    out.push('\n');
    out
}
