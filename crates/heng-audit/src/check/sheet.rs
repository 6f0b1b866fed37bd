//! Score sheets: tables with full marks and scores.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    graph::{Graph, Table, TableCell},
    vocabulary::has,
    wording,
};

/// The columns of a score sheet.
pub(super) struct Columns {
    pub(super) head: usize,
    pub(super) points: usize,
    pub(super) score: usize,
    reason: Option<usize>,
    evidence: Option<usize>,
    pub(super) target: Option<usize>,
    pub(super) actual: Option<usize>,
}

/// Looks at every row of every score sheet.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for table in &graph.tables {
        if let Some(columns) = columns(graph, table) {
            let body = table.rows.get(columns.head + 1..).unwrap_or(&[]);
            body.iter().for_each(|row| found.extend(row_findings(graph, &columns, row)));
        }
    }
    found
}

/// The rows of score sheets, those of totals left out.
pub(crate) fn rows(graph: &Graph) -> Vec<crate::view::ScoreRow> {
    let mut found = Vec::new();
    for table in &graph.tables {
        let Some(columns) = columns(graph, table) else { continue };
        for row in table.rows.get(columns.head + 1..).unwrap_or(&[]) {
            found.extend(score_row(graph, &columns, row));
        }
    }
    found
}

fn score_row(graph: &Graph, columns: &Columns, row: &[TableCell]) -> Option<crate::view::ScoreRow> {
    let words = &graph.words.table;
    let cells = row.iter().take(columns.points.min(columns.score));
    let name = cells.map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let (points, score) = (row.get(columns.points)?, row.get(columns.score)?);
    if points.text.is_empty() || score.text.is_empty() || has(&name, &words.total) || has(&name, &words.subtotal) {
        return None;
    }
    let reason = columns.reason.and_then(|at| row.get(at)).map(|cell| cell.text.trim().to_owned());
    Some(crate::view::ScoreRow {
        name,
        points: points.value.clone()?,
        score: score.value.clone()?,
        reason: reason.unwrap_or_default(),
        span: score.span.clone(),
    })
}

pub(super) fn columns(graph: &Graph, table: &Table) -> Option<Columns> {
    let words = &graph.words.table;
    table.rows.iter().take(4).enumerate().find_map(|(head, row)| {
        let at = |names: &[String]| {
            row.iter().position(|cell| {
                let text = cell.text.replace([' ', '\n'], "");
                let plain = text.split(['（', '(']).next().unwrap_or(&text);
                names.iter().any(|name| name == plain)
                    || names
                        .iter()
                        .any(|name| text.contains(name.as_str()) && text.chars().count() <= name.chars().count() + 4)
                        && !has(&text, &words.upper)
            })
        };
        let (points, score) = (at(&words.points)?, at(&words.score)?);
        let others = (at(&words.reason), at(&words.evidence), at(&words.target), at(&words.actual));
        let (reason, evidence, target, actual) = others;
        (points != score).then_some(Columns { head, points, score, reason, evidence, target, actual })
    })
}

fn row_findings(graph: &Graph, columns: &Columns, row: &[TableCell]) -> Option<Diagnostic> {
    let words = &graph.words.table;
    let name: String = row.iter().take(columns.points.min(columns.score)).map(|cell| cell.text.as_str()).collect();
    let (points, score) = (row.get(columns.points)?, row.get(columns.score)?);
    let (Some(most), Some(value)) = (&points.value, &score.value) else { return None };
    if points.text.is_empty() || score.text.is_empty() {
        return None;
    }
    if value > most {
        return Some(wording::above(graph, &score.span, value, most));
    }
    if has(&name, &words.total) || has(&name, &words.subtotal) || name.contains("总分") {
        return None;
    }
    let blank = |column: Option<usize>| {
        column.and_then(|at| row.get(at)).is_some_and(|cell| matches!(cell.text.trim(), "" | "无" | "/" | "—" | "-"))
    };
    if value < most {
        let text = |column: Option<usize>| column.and_then(|at| row.get(at)).map(|cell| cell.text.trim());
        if let (Some(target), Some(actual)) = (text(columns.target), text(columns.actual))
            && met(target, actual)
        {
            return Some(wording::target_met(graph, score, most, value, target));
        }
        return blank(columns.reason).then(|| wording::no_reason(graph, score, most, value));
    }
    let text = |column: Option<usize>| column.and_then(|at| row.get(at)).map_or("", |cell| cell.text.trim());
    let (target, actual) = (text(columns.target), text(columns.actual));
    if missed(&name, target, actual) && !value.is_zero() {
        return Some(wording::target_missed(graph, score, target, actual));
    }
    (blank(columns.evidence) && columns.evidence.is_some()).then(|| wording::no_evidence(graph, score, value))
}

/// Whether a target was plainly missed: one number each, of one unit, on the wrong side.
fn missed(name: &str, target: &str, actual: &str) -> bool {
    let parts = |text: &str| {
        let plain = text.trim_start_matches(['≥', '≤', '=', '>', '<', '＞', '＜']);
        let digits: String = plain.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let unit = plain.get(digits.len()..).unwrap_or("").trim_end_matches(['以', '上', '下', '内', '及']).to_owned();
        Number::parse_decimal(&digits).map(|number| (number, unit))
    };
    let (Some((aim, unit)), Some((done, other))) = (parts(target), parts(actual)) else { return false };
    let less = ["成本", "费用", "控制", "下降", "事故", "率≤", "不超过", "投诉", "时间", "时限", "天数"];
    let down = target.starts_with(['≤', '<', '＜']) || target.contains("以下") || target.contains("以内");
    let up = target.starts_with(['≥', '>', '＞']) || target.contains("以上");
    let plain = !down && !up && !less.iter().any(|word| name.contains(word));
    unit == other && !unit.contains(['-', '—', '~', '月', '日']) && (down && done > aim || (up || plain) && done < aim)
}

/// Whether a target was reached: both are the same, or a plain ≥ / ≤ holds.
fn met(target: &str, actual: &str) -> bool {
    let number = |text: &str| Number::parse_decimal(text.trim_matches(|c: char| !c.is_ascii_digit()));
    let (Some(aim), Some(done)) = (number(target), number(actual)) else {
        return !target.is_empty() && target == actual;
    };
    match target.chars().next() {
        Some('≥') => done >= aim,
        Some('≤') => done <= aim,
        _ => aim == done,
    }
}
