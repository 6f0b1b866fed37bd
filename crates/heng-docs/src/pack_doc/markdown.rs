//! The pack as Markdown. Its tables know no merged cells: a level cell that reaches down is blank
//! below its first row.

use std::fmt::Write;

use super::{Line, PackDoc, rows::Row};
use crate::wording;

/// The whole document.
pub(crate) fn markdown(doc: &PackDoc) -> String {
    let mut out = format!("# {}\n\n{}\n\n", inline(&doc.title), doc.subtitle);
    for (label, text) in &doc.scope {
        let _ = writeln!(out, "- **{label}** {}", inline(text));
    }
    for line in &doc.disclaimers {
        let _ = write!(out, "\n> {}{}\n", doc.word(wording::DISCLAIMER), inline(line));
    }
    let _ = write!(out, "\n## {}\n\n", doc.word(wording::SCORING_TABLE));
    scoring_table(doc, &mut out);
    if !doc.groups.is_empty() {
        let _ = write!(out, "\n## {}\n\n", doc.word(wording::RULES_OF_GROUPS));
    }
    for (name, rule) in &doc.groups {
        let _ = writeln!(out, "- **{}** {}", inline(name), inline(rule));
    }
    for section in &doc.sections {
        let _ = write!(out, "\n## {}\n\n", section.title);
        if !section.note.is_empty() {
            let _ = write!(out, "{}\n\n", inline(&section.note));
        }
        line(&mut out, &section.heads);
        rule(&mut out, section.heads.len());
        for found in &section.lines {
            match found {
                Line::Heading(text) => {
                    let mut cells = vec![format!("**{}**", inline(text))];
                    cells.resize(section.heads.len(), String::new());
                    raw(&mut out, &cells);
                }
                Line::Cells(cells) => line(&mut out, cells),
            }
        }
    }
    out
}

fn scoring_table(doc: &PackDoc, out: &mut String) {
    let mut heads: Vec<String> = (1..=doc.levels).map(|level| doc.level(level)).collect();
    heads.extend(super::html::HEADS.map(|head| doc.word(head).to_owned()));
    line(out, &heads);
    rule(out, heads.len());
    for row in &doc.rows {
        let mut cells = levels(doc, row);
        cells.extend(super::html::texts(row).map(ToOwned::to_owned));
        line(out, &cells);
    }
}

fn levels(doc: &PackDoc, row: &Row) -> Vec<String> {
    let cell = |cell: &Option<super::rows::Level>| match cell {
        Some(level) if level.points.is_empty() => level.name.clone(),
        Some(level) => wording::noted(doc.lang, &level.name, &level.points),
        None => String::new(),
    };
    let mut cells: Vec<String> = row.levels.iter().map(cell).collect();
    cells.resize(doc.levels, String::new());
    cells
}

fn line(out: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| inline(cell)).collect();
    raw(out, &cells);
}

fn raw(out: &mut String, cells: &[String]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn rule(out: &mut String, columns: usize) {
    let _ = writeln!(out, "|{}", "---|".repeat(columns));
}

/// A text in which nothing is markup.
fn inline(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' => out.extend(['\\', sign]),
            '\n' => out.push_str("<br>"),
            sign => out.push(sign),
        }
    }
    out
}
