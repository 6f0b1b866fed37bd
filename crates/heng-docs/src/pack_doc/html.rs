//! The pack as a page in one file: level cells merged over their rows as a printed table has them,
//! readable without a network, printable on A4 across.

use std::fmt::Write;

use heng_diag::{Lang, escape_html};

use super::{Line, PackDoc, Section, rows::Row};
use crate::wording;

const STYLE: &str = include_str!("style.css");

/// The columns after the levels.
pub(super) const HEADS: [wording::Pair; 6] = [
    wording::FULL,
    wording::CRITERION,
    wording::MEANING,
    wording::BASIS_AND_SOURCE,
    wording::EVIDENCE,
    wording::STATUS,
];

/// What stands in the columns after the levels.
pub(super) fn texts(row: &Row) -> [&str; 6] {
    [&row.points, &row.criterion, &row.meaning, &row.cited, &row.evidence, &row.status]
}

const CLASSES: [&str; 6] = ["points", "criterion", "meaning", "cited", "evidence", "status"];

/// The whole page.
pub(super) fn page(doc: &PackDoc) -> String {
    let lang = if doc.lang == Lang::Zh { "zh-CN" } else { "en" };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escape_html(&doc.title)
    );
    head(doc, &mut out);
    scoring_table(doc, &mut out);
    groups(doc, &mut out);
    for section in &doc.sections {
        section_table(section, &mut out);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn head(doc: &PackDoc, out: &mut String) {
    let _ = write!(out, "<header><h1>{}</h1><p class=\"year\">{}</p><dl>", text(&doc.title), text(&doc.subtitle));
    for (label, said) in &doc.scope {
        let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", text(label), text(said));
    }
    out.push_str("</dl>");
    for line in &doc.disclaimers {
        let _ = write!(out, "<p class=\"warn\"><b>{}</b>{}</p>", doc.word(wording::DISCLAIMER), text(line));
    }
    out.push_str("</header>\n");
}

fn scoring_table(doc: &PackDoc, out: &mut String) {
    let title = doc.word(wording::SCORING_TABLE);
    let _ = write!(out, "<section><h2>{title}</h2><div class=\"wide\"><table class=\"scoring\"><thead><tr>");
    for level in 1..=doc.levels {
        let _ = write!(out, "<th class=\"level\">{}</th>", text(&doc.level(level)));
    }
    let full = [true, true, shown(doc, 2), shown(doc, 3), shown(doc, 4), shown(doc, 5)];
    for ((head, class), _) in HEADS.iter().zip(CLASSES).zip(full).filter(|(_, shown)| *shown) {
        let _ = write!(out, "<th class=\"{class}\">{}</th>", doc.word(*head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &doc.rows {
        let starts = row.levels.first().is_some_and(Option::is_some);
        let _ = write!(out, "<tr{}>", if starts { " class=\"first\"" } else { "" });
        level_cells(row, out);
        for ((said, class), _) in texts(row).iter().zip(CLASSES).zip(full).filter(|(_, shown)| *shown) {
            let _ = write!(
                out,
                "<td class=\"{class}\">{}</td>",
                if class == "criterion" { sentences(said) } else { text(said) }
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div></section>\n");
}

/// Whether any row has something in a column.
fn shown(doc: &PackDoc, column: usize) -> bool {
    doc.rows.iter().any(|row| texts(row).get(column).is_some_and(|said| !said.is_empty()))
}

fn level_cells(row: &Row, out: &mut String) {
    for level in row.levels.iter().flatten() {
        let span = |name: &str, count: usize| if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() };
        let (down, across) = (span("rowspan", level.rows), span("colspan", level.columns));
        let kind = if level.points.is_empty() { "td class=\"leaf\"" } else { "td class=\"group\"" };
        let _ = write!(out, "<{kind}{down}{across}>{}", text(&level.name));
        if !level.points.is_empty() {
            let _ = write!(out, "<span class=\"sum\">{}</span>", text(&level.points));
        }
        out.push_str("</td>");
    }
}

fn groups(doc: &PackDoc, out: &mut String) {
    if doc.groups.is_empty() {
        return;
    }
    let _ = write!(out, "<section><h2>{}</h2><ul>", doc.word(wording::RULES_OF_GROUPS));
    for (name, rule) in &doc.groups {
        let _ = write!(out, "<li><b>{}</b> {}</li>", text(name), text(rule));
    }
    out.push_str("</ul></section>\n");
}

fn section_table(section: &Section, out: &mut String) {
    let _ = write!(out, "<section><h2>{}</h2><div class=\"wide\"><table><thead><tr>", text(&section.title));
    for head in &section.heads {
        let _ = write!(out, "<th>{}</th>", text(head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for line in &section.lines {
        match line {
            Line::Heading(said) => {
                let _ = writeln!(
                    out,
                    "<tr><th class=\"table\" colspan=\"{}\">{}</th></tr>",
                    section.heads.len(),
                    text(said)
                );
            }
            Line::Cells(cells) => {
                let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", text(cell))).collect();
                let _ = writeln!(out, "<tr>{cells}</tr>");
            }
        }
    }
    out.push_str("</tbody></table></div></section>\n");
}

/// Text whose lines stay lines.
fn text(said: &str) -> String {
    escape_html(said).replace('\n', "<br>")
}

/// A criterion, each of its clauses on a line of its own, but for those in brackets.
fn sentences(said: &str) -> String {
    let (mut lines, mut depth) = (String::new(), 0_usize);
    for sign in said.chars() {
        lines.push(sign);
        match sign {
            '（' | '(' | '{' | '[' => depth += 1,
            '）' | ')' | '}' | ']' => depth = depth.saturating_sub(1),
            '；' | '。' | ';' if depth == 0 => lines.push('\n'),
            _ => {}
        }
    }
    text(lines.trim_end())
}
