//! The statement of a verification as a Word document: one page for the file, with room to sign.

use heng_audit::verify::Change;
use heng_diag::Lang;

use super::agree::Verification;
use crate::{exit::Exit, failure::Failure, wording};

/// How many disagreements the page shows, and how many signs of each text.
const MOST_ROWS: usize = 6;
const MOST_SIGNS: usize = 30;

/// The name of a change in the wording.
pub fn change(change: Change) -> &'static str {
    match change {
        Change::Changed => "changed",
        Change::Missing => "missing",
        Change::Added => "added",
        Change::Moved => "moved",
    }
}

/// The page as docx.
pub fn docx(found: &Verification, submitted: &[String], published: &[String], lang: Lang) -> Result<Vec<u8>, Failure> {
    let word = |word: &str| wording::agree(word).get(lang).to_owned();
    let bare = |name: &String| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let names = |names: &[String]| {
        let bare: Vec<String> = names.iter().map(bare).collect();
        heng_docs::escape(&bare.join(if lang == Lang::Zh { "、" } else { ", " }))
    };
    let mut lines = vec![format!("# {}", word("title"))];
    lines.push(format!("= {}{}", word("submitted"), names(submitted)));
    if !published.is_empty() {
        lines.push(format!("= {}{}", word("published"), names(published)));
    }
    let summary = wording::disagreements(found.compared(), found.differences());
    lines.push(format!("= {}{}", word("result"), summary.get(lang)));
    lines.extend(found.no_copy.iter().map(|name| format!("= {}: {}", heng_docs::escape(&bare(name)), word("no-copy"))));
    let rows = rows(found, lang);
    if !rows.is_empty() {
        lines.push(format!("| {} |", word("head")));
    }
    for (row, number) in rows.iter().zip(1..=MOST_ROWS) {
        let cells = row.each_ref().map(|cell| heng_docs::escape(&clipped(cell)));
        lines.push(format!("| {number} | {} |", cells.join(" | ")));
    }
    if let Some(more) = rows.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
        lines.push(format!("= {}", wording::more_disagreements(more).get(lang)));
    }
    lines.push(format!("= {}", word("signed")));
    let made = heng_docs::set_docx(&lines.join("\n"), &word("title"), lang);
    made.map_err(|problem| Failure::general(Exit::Files, *problem))
}

/// What disagrees: what, first, second, and how.
fn rows(found: &Verification, lang: Lang) -> Vec<[String; 4]> {
    let word = |word: &str| wording::agree(word).get(lang).to_owned();
    let of_copies = found.copies.iter().flat_map(|copy| &copy.differences).map(|one| {
        let place = format!("{} {}", one.section, one.place);
        [place.trim().to_owned(), one.first.clone(), one.second.clone(), word(change(one.change))]
    });
    let figures = found.figures.iter().flat_map(|pair| &pair.figures).filter(|one| !one.same);
    let of_figures = figures.map(|one| [one.name.clone(), one.first.clone(), one.second.clone(), word("changed")]);
    of_copies.chain(of_figures).collect()
}

fn clipped(text: &str) -> String {
    let mut short: String = text.chars().take(MOST_SIGNS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
