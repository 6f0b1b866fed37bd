//! An impact in words, on one page.

use std::fmt::Write;

use heng_diag::Lang;
use heng_model::Number;

use super::{
    Impact,
    story::{MOST, Story, shown},
};
use crate::wording::impact as words;

/// The page as text.
#[must_use]
pub fn text(impact: &Impact, distance: &Number, lang: Lang) -> String {
    let story = Story::new(impact, distance);
    let (unit, level) = (words::change_unit(impact), words::unit(impact));
    let mut out = format!("{}\n{}", words::compared(impact).get(lang), words::summary(&story, impact).get(lang));
    if !story.grades.is_empty() {
        let _ = write!(out, "\n\n{}", words::GRADES.get(lang));
        for (old, new, count) in &story.grades {
            let _ = write!(out, "\n  {old} → {new}  {count}");
        }
    }
    if !story.items.is_empty() {
        let _ = write!(out, "\n\n{}", words::ITEMS.get(lang));
        for part in &story.items {
            let said = words::part(&part.mean, part.alone.as_ref(), part.counts, part.error.as_ref(), unit);
            let _ = write!(out, "\n  {}  {}", part.name.get(lang), said.get(lang));
        }
        let _ = write!(out, "\n  {}", words::method(impact, story.whole).get(lang));
    }
    if !story.idle.is_empty() {
        let _ = write!(out, "\n  {}", words::idle(&story.idle).get(lang));
    }
    if !story.leaves.is_empty() {
        let _ = write!(out, "\n\n{}", words::LEAVES.get(lang));
        for part in &story.leaves {
            let said = words::part(&part.mean, None, part.counts, None, unit);
            let _ = write!(out, "\n  {}  {}", part.name.get(lang), said.get(lang));
        }
    }
    for (head, list) in [words::GAIN, words::LOSE].into_iter().zip(&story.most).filter(|(_, list)| !list.is_empty()) {
        let _ = write!(out, "\n\n{}", head.get(lang));
        for (one, change) in list {
            let _ = write!(out, "\n  {}  {}", one.key, words::moved(one, change).get(lang));
        }
    }
    lines(&mut out, &story, (distance, level), lang);
    rejects(&mut out, impact, lang);
    out.push('\n');
    out
}

fn lines(out: &mut String, story: &Story<'_>, (distance, unit): (&Number, heng_diag::Pair), lang: Lang) {
    if !story.lines.is_empty() {
        let _ = write!(out, "\n\n{}", words::LINES.get(lang));
        for (at, counts) in &story.lines {
            let _ = write!(out, "\n  {}", words::line(at, *counts).get(lang));
        }
    }
    if !story.near.is_empty() {
        let _ = write!(out, "\n\n{}", words::near(distance, story.near.len(), unit).get(lang));
        for (one, at) in story.near.iter().take(MOST) {
            let total = one.new.total.as_ref().map(shown).unwrap_or_default();
            let _ = write!(out, "\n  {}  {total}  ({at})", one.key);
        }
        if story.near.len() > MOST {
            let _ = write!(out, "\n  {}", words::more(story.near.len() - MOST).get(lang));
        }
    }
}

fn rejects(out: &mut String, impact: &Impact, lang: Lang) {
    if impact.rejects.is_empty() {
        return;
    }
    let _ = write!(out, "\n\n{}", words::SHEETS[2].get(lang));
    for one in impact.rejects.iter().take(MOST) {
        let _ = write!(out, "\n  {}  {}  {}  {}", one.row, one.column, one.reason.get(lang), one.value);
    }
    if impact.rejects.len() > MOST {
        let _ = write!(out, "\n  {}", words::more(impact.rejects.len() - MOST).get(lang));
    }
}
