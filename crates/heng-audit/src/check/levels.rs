//! Score sheets as wholes: the points of a level against those of the level below it, the rows against the score
//! that the text gives, and what the text says of one indicator against its row.

use std::ops::Range;

use heng_diag::Diagnostic;
use heng_model::Number;

use super::sheet::{Columns, columns};
use crate::{
    figure::{Family, Figure},
    graph::{Graph, Table, TableCell, sum},
    head::plain,
    pattern::patterns,
    vocabulary::has,
    wording,
};

patterns! {
    BRACKETS = r"[（(](?:共|满分|分值)?[:：]?(\d{1,3}(?:\.\d{1,2})?)\s*分?[）)]\s*$";
    GOT = r"^[^。；;\d]{0,14}?(?:[（(]?(?:满分|分值)?为?\d+(?:\.\d+)?分[）)]?[，,]?)?[^。；;，、\d]{0,10}?(?:得分|得|评分|自评)(?:为|是|：|:)?(\d+(?:\.\d+)?)\s*分";
    AMOUNT = r"^(\d[\d,]*(?:\.\d+)?)\s*(\p{Han}{1,4}|%)$";
    LOST = r"^[^。；;\d]{0,10}?(?:扣减|扣分|扣|失)了?(?:为|：|:)?(\d+(?:\.\d+)?)\s*分";
}

/// A row of the sheet that is no total: its names from the upper levels down, its points and its score.
struct Row<'t> {
    names: Vec<&'t TableCell>,
    points: Number,
    score: Number,
    cell: &'t TableCell,
}

/// Looks at every score sheet as a whole.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for table in &graph.tables {
        let Some(columns) = columns(graph, table) else { continue };
        let rows = rows(graph, table, &columns);
        if rows.len() < 3 {
            continue;
        }
        found.extend(reached(graph, table, &columns));
        found.extend(groups(graph, table, &columns));
        found.extend(text_score(graph, table, &rows));
        found.extend(rows.iter().filter_map(|row| of_text(graph, &rows, row)));
    }
    found
}

fn rows<'t>(graph: &Graph, table: &'t Table, columns: &Columns) -> Vec<Row<'t>> {
    let words = &graph.words.table;
    let mut found = Vec::new();
    for row in table.rows.get(columns.head + 1..).unwrap_or(&[]) {
        let before = row.get(..columns.points.min(columns.score)).unwrap_or(&[]);
        let names: Vec<&TableCell> =
            before.iter().filter(|cell| cell.value.is_none() && !cell.text.trim().is_empty()).collect();
        let total = names.iter().any(|cell| {
            let text = cell.text.trim();
            (has(text, &words.total) || has(text, &words.subtotal) || text.contains("总分"))
                && text.chars().count() <= 8
        });
        let (Some(points), Some(score)) = (row.get(columns.points), row.get(columns.score)) else { continue };
        let filled = |cell: &TableCell| cell.text.chars().any(|c| c.is_ascii_digit());
        let values = points.value.clone().zip(score.value.clone()).filter(|_| filled(points) && filled(score));
        let Some((most, value)) = values.filter(|_| !total && !names.is_empty()) else { continue };
        found.push(Row { names, points: most, score: value, cell: score });
    }
    found
}

/// 改造管网 86.3 公里 in the text, and the sheet says that 83.6 公里 were.
fn reached(graph: &Graph, table: &Table, columns: &Columns) -> Vec<Diagnostic> {
    let (Some(target), Some(actual)) = (columns.target, columns.actual) else { return Vec::new() };
    let mut found = Vec::new();
    for row in table.rows.get(columns.head + 1..).unwrap_or(&[]) {
        let named = row.iter().take(target).rev().find(|cell| cell.value.is_none() && !cell.text.trim().is_empty());
        let (Some(name), Some(done), Some(aim)) = (named, row.get(actual), row.get(target)) else { continue };
        let name = plain(&name.text);
        let Some(captured) = AMOUNT.captures(done.text.trim()) else { continue };
        let (Some(digits), Some(unit)) = (captured.get(1), captured.get(2)) else { continue };
        if name.chars().count() < 4 || unit.as_str().is_empty() {
            continue;
        }
        let said = |figure: &&Figure| {
            let same = figure.printed.ends_with(unit.as_str()) && figure.family != Family::Points;
            same && graph.own(figure).ends_with(&name)
        };
        let printed = |figure: &Figure| figure.printed.replace([',', ' '], "");
        let meant = format!("{}{}", digits.as_str(), unit.as_str()).replace(',', "");
        let all: Vec<&Figure> = graph.figures.iter().filter(said).collect();
        let known =
            |figure: &&Figure| printed(figure) == meant || aim.text.replace([',', ' '], "").contains(&printed(figure));
        if let ([only], false) = (all.as_slice(), all.iter().any(known)) {
            found.push(wording::text_and_table(graph, only, done));
        }
    }
    found
}

/// The points in the brackets of a name, or in a column of their own, against the points of the rows they span.
fn groups(graph: &Graph, table: &Table, columns: &Columns) -> Vec<Diagnostic> {
    let words = &graph.words.table;
    let body = table.rows.get(columns.head + 1..).unwrap_or(&[]);
    let finest = finest(graph, table, columns);
    let mut found = Vec::new();
    for column in 0..finest {
        let head = table.rows.get(columns.head).and_then(|row| row.get(column));
        let own = head.is_some_and(|cell| has(&cell.text, &words.points));
        let mut open: Option<(&TableCell, Number, Vec<&TableCell>)> = None;
        for row in body {
            let name: String = row.iter().take(2).map(|cell| cell.text.as_str()).collect();
            let end = has(&name, &words.total) || has(&name, &words.subtotal);
            let cell = row.get(column);
            let said = cell.filter(|cell| !cell.text.trim().is_empty()).map(|cell| (cell, said(cell, own)));
            // A group that is written out in every row is one group.
            let goes_on = said
                .as_ref()
                .zip(open.as_ref())
                .is_some_and(|((cell, _), (first, ..))| cell.text == first.text && !own);
            if (said.is_some() || end) && !goes_on {
                found.extend(open.take().and_then(|group| judge(graph, &group)));
                open = said.filter(|_| !end).and_then(|(cell, value)| Some((cell, value?, Vec::new())));
            }
            if let (Some((.., parts)), Some(part)) = (open.as_mut(), row.get(finest))
                && part.text.chars().any(|c| c.is_ascii_digit())
                && part.value.is_some()
            {
                parts.push(part);
            }
        }
        found.extend(open.take().and_then(|group| judge(graph, &group)));
    }
    found
}

/// The points that a cell states for its group.
fn said(cell: &TableCell, column_of_points: bool) -> Option<Number> {
    let brackets = || Number::parse_decimal(BRACKETS.captures(cell.text.trim())?.get(1)?.as_str());
    if column_of_points { cell.value.clone() } else { brackets() }
}

/// The last column of points before the score.
fn finest(graph: &Graph, table: &Table, columns: &Columns) -> usize {
    let head = table.rows.get(columns.head).map_or(&[][..], Vec::as_slice);
    let points = |cell: &TableCell| has(&cell.text, &graph.words.table.points);
    let last = head.iter().take(columns.score).rposition(points);
    last.unwrap_or(columns.points)
}

fn judge(graph: &Graph, (cell, said, parts): &(&TableCell, Number, Vec<&TableCell>)) -> Option<Diagnostic> {
    let came = sum(parts.iter().filter_map(|part| part.value.as_ref()));
    (parts.len() >= 2 && came != *said).then(|| wording::group_points(graph, cell, said, parts, &came))
}

/// The score of the text against the sum of all rows, where the sheet is whole: its points come to the full marks.
fn text_score(graph: &Graph, table: &Table, rows: &[Row]) -> Option<Diagnostic> {
    let full = Number::from(graph.words.score.full);
    let words = &graph.words.table;
    if sum(rows.iter().map(|row| &row.points)) != full {
        return None;
    }
    let came = sum(rows.iter().map(|row| &row.score));
    let totals = table.rows.iter().any(|row| {
        let name: String = row.iter().take(3).map(|cell| cell.text.as_str()).collect();
        (has(&name, &words.total) || name.contains("总分"))
            && row.iter().any(|cell| {
                cell.value.as_ref() != Some(&came)
                    && cell.value.as_ref() != Some(&full)
                    && cell.value.as_ref().is_some_and(|v| v > &Number::ZERO)
            })
    });
    let own = |figure: &&Figure| graph.is_own_score(figure) && &figure.value * &Number::from(2) > full;
    let said = graph.figures.iter().find(own)?;
    (said.value != came && !totals).then(|| wording::sheet_score(graph, said, &came))
}

/// 预算执行率得 9 分 in the text, and its row has another score.
fn of_text(graph: &Graph, rows: &[Row], row: &Row) -> Option<Diagnostic> {
    let name = row.names.last()?;
    let name = BRACKETS.replace(name.text.trim(), "");
    let name = plain(&name);
    let named = rows.iter().filter(|other| other.names.last().is_some_and(|cell| cell.text.contains(&name))).count();
    if name.chars().count() < 4 || named != 1 {
        return None;
    }
    let mut wrong: Option<Range<usize>> = None;
    for (_, block) in graph.document.paragraphs() {
        let text = graph.document.block_text(block);
        for (at, _) in text.match_indices(&name) {
            let end = at + name.len();
            let rest = text.get(end..).unwrap_or("");
            let got = GOT.captures(rest).and_then(|captured| captured.get(1)).map(|number| (number, false));
            let lost = || LOST.captures(rest).and_then(|captured| captured.get(1)).map(|number| (number, true));
            let Some((number, lost)) = got.or_else(lost) else { continue };
            let Some(said) = Number::parse_decimal(number.as_str()) else { continue };
            let meant = if lost { &row.points - &row.score } else { row.score.clone() };
            if said == meant {
                return None;
            }
            if said != row.points {
                wrong = wrong.or(Some(block.span.start + end + number.start()..block.span.start + end + number.end()));
            }
        }
    }
    wrong.map(|at| wording::text_and_sheet(graph, &at, row.cell, &row.points, &row.score))
}
