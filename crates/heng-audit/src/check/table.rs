//! Totals in tables: a row 合计 against the rows it sums up, a column 合计 against the columns beside it.
//!
//! Which rows a total sums up is not written; every sensible reading is tried, and one that agrees is
//! enough.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    graph::{Graph, Table, TableCell, sum},
    vocabulary::has,
    wording,
};

/// Compares the totals of every table.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let tables = graph.tables.iter().filter(|table| table.rows.len() >= 3);
    tables.flat_map(|table| rows(graph, table).into_iter().chain(columns(graph, table))).collect()
}

fn name(row: &[TableCell]) -> String {
    let cells = row.iter().take_while(|cell| cell.value.is_none() || cell.text.trim().is_empty());
    cells.map(|cell| cell.text.replace([' ', '　'], "")).collect()
}

fn is_total(graph: &Graph, row: &[TableCell]) -> bool {
    let name = name(row);
    has(&name, &graph.words.table.total) && name.chars().count() <= 10
}

fn is_subtotal(graph: &Graph, row: &[TableCell]) -> bool {
    has(&name(row), &graph.words.table.subtotal)
}

/// Every total row, each column against the rows above it, or below it where it stands first.
fn rows(graph: &Graph, table: &Table) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, row) in table.rows.iter().enumerate() {
        if !is_total(graph, row) {
            continue;
        }
        let above = table.rows.get(from..at).unwrap_or(&[]);
        let below = table.rows.get(at + 1..).unwrap_or(&[]);
        let next = below.iter().position(|row| is_total(graph, row)).unwrap_or(below.len());
        let with_numbers = |rows: &[Vec<TableCell>]| {
            rows.iter().any(|row| row.iter().filter(|c| !c.text.is_empty()).any(|cell| cell.value.is_some()))
        };
        let parts = if with_numbers(above) { above } else { below.get(..next).unwrap_or(&[]) };
        found.extend(row_findings(graph, table, row, parts));
        from = at + 1;
    }
    found
}

fn row_findings(graph: &Graph, table: &Table, total: &[TableCell], parts: &[Vec<TableCell>]) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let mut right = 0;
    for (column, cell) in total.iter().enumerate() {
        let Some(value) = cell.value.as_ref().filter(|_| !cell.text.trim().is_empty()) else { continue };
        let is_rate =
            header(table, column).is_some_and(|head| head.contains(['率', '%', '比']) || head.contains("序号"));
        if is_rate || cell.text.ends_with('%') {
            continue;
        }
        let readings = readings(graph, parts, column);
        if readings.iter().all(|reading| reading.len() < 2) {
            continue;
        }
        let agrees = |reading: &Vec<&TableCell>| {
            let rounded = cell.places == 0 && table.unit.is_some() && graph.document.text.contains("四舍五入");
            let whole = &Number::scaled(5, 1) * &Number::from(if rounded { reading.len() + 1 } else { 0 });
            let slack = &slack(reading, cell) + &whole;
            (&sum(reading.iter().filter_map(|cell| cell.value.as_ref())) - value).abs() <= slack
        };
        match readings.iter().any(agrees) {
            true => right += 1,
            false => wrong.extend(readings.into_iter().next_back().map(|reading| (cell, reading))),
        }
    }
    // Where nothing agrees in several columns, the rows are not what the total sums up.
    if wrong.len() > right + 1 {
        return Vec::new();
    }
    wrong.into_iter().map(|(cell, reading)| wording::table_total(graph, cell, &reading)).collect()
}

/// Half a unit of the last place of each; counts are exact.
fn slack(parts: &[&TableCell], total: &TableCell) -> Number {
    let places = parts.iter().map(|cell| cell.places).max().unwrap_or(0).max(total.places);
    if places == 0 || parts.len() < 2 {
        return Number::ZERO;
    }
    &Number::scaled(5, places + 1) * &Number::from(parts.len() + 1)
}

fn header(table: &Table, column: usize) -> Option<&str> {
    table.rows.first().and_then(|row| row.get(column)).map(|cell| cell.text.as_str())
}

/// The ways in which rows may make up a total; the last is the plainest.
fn readings<'t>(graph: &Graph, parts: &'t [Vec<TableCell>], column: usize) -> Vec<Vec<&'t TableCell>> {
    let cell = |row: &'t Vec<TableCell>| row.get(column).filter(|cell| cell.value.is_some() && !cell.text.is_empty());
    let all: Vec<(&Vec<TableCell>, &TableCell)> = parts.iter().filter_map(|row| Some((row, cell(row)?))).collect();
    let pick = |keep: &dyn Fn(&[TableCell]) -> bool| {
        all.iter().filter(|(row, _)| keep(row)).map(|(_, cell)| *cell).collect::<Vec<_>>()
    };
    let part = |row: &[TableCell]| has(&name(row), &graph.words.table.part);
    let level = |row: &[TableCell], marks: &[char]| name(row).starts_with(marks);
    let chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let brackets = ['（', '('];
    let digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    let mut found = vec![
        pick(&|row| is_subtotal(graph, row)),
        pick(&|row| !is_subtotal(graph, row)),
        pick(&|row| level(row, &chinese)),
        pick(&|row| level(row, &brackets)),
        pick(&|row| level(row, &digits)),
        pick(&|row| !level(row, &digits) && !part(row)),
        pick(&|row| !part(row)),
    ];
    found.push(nested(graph, &all));
    found.push(pick(&|row| !part(row) && !is_subtotal(graph, row)));
    if all.iter().any(|(row, _)| is_subtotal(graph, row)) {
        found.push(pick(&|row| is_subtotal(graph, row)));
    }
    found
}

/// The rows without those that a row above sums up.
fn nested<'t>(graph: &Graph, all: &[(&'t Vec<TableCell>, &'t TableCell)]) -> Vec<&'t TableCell> {
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some((_, cell)) = all.get(at) {
        kept.push(*cell);
        at += 1;
        let rest = all.get(at..).unwrap_or(&[]);
        let run = (1..=rest.len()).find(|count| {
            let run = rest.get(..*count).unwrap_or(&[]);
            let marked = run.first().is_some_and(|(row, _)| has(&name(row), &graph.words.table.part));
            (*count >= 2 || marked) && Some(sum(run.iter().filter_map(|(_, cell)| cell.value.as_ref()))) == cell.value
        });
        at += run.unwrap_or(0);
    }
    kept
}

/// A column 合计 against the columns beside it, where that holds in most rows.
fn columns(graph: &Graph, table: &Table) -> Vec<Diagnostic> {
    let Some(head) = table.rows.first() else { return Vec::new() };
    let totals: Vec<usize> = head
        .iter()
        .enumerate()
        .filter(|(_, cell)| has(&cell.text, &graph.words.table.total) && cell.value.is_none())
        .map(|(column, _)| column)
        .collect();
    let [column] = totals.as_slice() else { return Vec::new() };
    let beside = |row: &Vec<TableCell>, after: bool| -> Vec<TableCell> {
        let cells = row
            .iter()
            .enumerate()
            .filter(|(at, cell)| (*at > *column) == after && at != column && cell.value.is_some());
        cells
            .filter(|(at, cell)| {
                !cell.text.is_empty()
                    && !header(table, *at).is_some_and(|head| {
                        head.contains(['率', '%', '比', '年']) || head.contains("序号") || head.contains("编码")
                    })
            })
            .map(|(_, cell)| cell.clone())
            .collect()
    };
    [true, false]
        .into_iter()
        .flat_map(|after| column_findings(graph, table, *column, &|row| beside(row, after)))
        .collect()
}

fn column_findings(
    graph: &Graph,
    table: &Table,
    column: usize,
    beside: &dyn Fn(&Vec<TableCell>) -> Vec<TableCell>,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let mut right = 0;
    for row in table.rows.iter().skip(1) {
        let Some(total) = row.get(column).filter(|cell| cell.value.is_some() && !cell.text.is_empty()) else {
            continue;
        };
        let parts = beside(row);
        if parts.len() < 2 {
            continue;
        }
        let parts: Vec<&TableCell> = parts.iter().collect();
        let difference =
            &sum(parts.iter().filter_map(|cell| cell.value.as_ref())) - total.value.as_ref().unwrap_or(&Number::ZERO);
        if difference.abs() <= slack(&parts, total) {
            right += 1
        } else {
            wrong.push(wording::table_total(graph, total, &parts))
        }
    }
    if right > wrong.len() { wrong } else { Vec::new() }
}
