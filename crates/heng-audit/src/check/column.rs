//! Columns of a table that are reckoned from two others: a rate, a share of the total, a change, what is left.
//!
//! How a column is reckoned is not written; what holds in most of its rows is taken to hold in all.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::shown,
    graph::{Graph, Table, TableCell},
    vocabulary::has,
    wording,
};

/// The code of a percentage that does not follow.
const PERCENT: &str = "audit/percent";

/// Rows in which a way of reckoning must hold before another row is held to it.
const TELLING: usize = 3;

/// A way of reckoning one column from two others of the same row.
type Way = fn(&Number, &Number) -> Option<Number>;

fn rate(a: &Number, b: &Number) -> Option<Number> {
    (a * &Number::from(100)).checked_div(b)
}

fn growth(a: &Number, b: &Number) -> Option<Number> {
    rate(&(a - b), b)
}

fn difference(a: &Number, b: &Number) -> Option<Number> {
    Some(a - b)
}

/// The numbers of a column of the table, by row: what is printed, with half a unit of its last place.
struct Entry<'t> {
    cell: &'t TableCell,
    value: Number,
    half: Number,
}

/// Compares every reckoned column of every table.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    graph.tables.iter().filter(|table| table.rows.len() > TELLING).flat_map(|table| of_table(graph, table)).collect()
}

fn of_table(graph: &Graph, table: &Table) -> Vec<Diagnostic> {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0).min(16);
    let mut found = Vec::new();
    for column in 0..width {
        let percent = is_percent(table, column);
        let named = || {
            table
                .rows
                .iter()
                .take(2)
                .filter_map(|row| row.get(column))
                .any(|cell| has(&cell.text, &graph.words.table.difference))
        };
        let ways: &[Way] = match percent {
            true => &[rate, growth],
            false if named() => &[difference],
            false => continue,
        };
        let pairs = || (0..width).flat_map(|a| (0..width).map(move |b| (a, b)));
        let fit = |(a, b): (usize, usize), way: Way| fit(table, column, (a, b), way);
        let best = ways
            .iter()
            .flat_map(|way| pairs().map(move |pair| (pair, *way)))
            .filter(|((a, b), _)| a != b && *a != column && *b != column)
            .map(|(pair, way)| (fit(pair, way), pair, way))
            .max_by_key(|((right, wrong), ..)| (*right, std::cmp::Reverse(wrong.len())));
        found.extend(if percent { of_total(graph, table, column) } else { Vec::new() });
        let Some(((right, wrong), pair, way)) = best else { continue };
        if right >= TELLING && wrong.len() * 3 <= right && !wrong.is_empty() {
            found.extend(wrong.into_iter().filter_map(|row| finding(graph, table, row, column, pair, way, percent)));
        }
    }
    found
}

/// A column of shares: each row's amount of the total of its column.
fn of_total(graph: &Graph, table: &Table, column: usize) -> Vec<Diagnostic> {
    let name = |row: &[TableCell]| row.iter().take(2).map(|cell| cell.text.trim()).collect::<String>();
    let sums = |row: &Vec<TableCell>| has(&name(row), &graph.words.table.total);
    let Some(total) = table.rows.iter().position(sums) else { return Vec::new() };
    let mut best: Option<(usize, usize, Vec<usize>)> = None;
    for amounts in (0..column).rev() {
        let Some(whole) = entry(table, total, amounts).filter(|whole| whole.value.signum() > 0) else { continue };
        let (mut right, mut wrong) = (0, Vec::new());
        for row in (1..table.rows.len()).filter(|row| *row != total) {
            let (Some(part), Some(said)) = (entry(table, row, amounts), entry(table, row, column)) else { continue };
            let low = rate(&(&part.value - &part.half), &(&whole.value + &whole.half));
            let high = rate(&(&part.value + &part.half), &(&whole.value - &whole.half));
            let fits = low
                .zip(high)
                .is_some_and(|(low, high)| &low - &said.half <= said.value && said.value <= &high + &said.half);
            if fits && !part.value.is_zero() {
                right += 1
            } else if !part.value.is_zero() {
                wrong.push(row)
            }
        }
        if best.as_ref().is_none_or(|(_, most, _)| right > *most) {
            best = Some((amounts, right, wrong));
        }
    }
    let Some((amounts, _, wrong)) = best.filter(|(_, right, wrong)| *right >= 2 && wrong.len() * 2 <= *right) else {
        return Vec::new();
    };
    let one = |row: usize| {
        let (part, whole) = (entry(table, row, amounts)?, entry(table, total, amounts)?);
        let said = entry(table, row, column)?;
        let came = shown(&rate(&part.value, &whole.value)?, &Number::ONE, 2);
        let sum = format!("{} ÷ {}", part.cell.text, whole.cell.text);
        Some(wording::column_in_table(graph, PERCENT, said.cell, [part.cell, whole.cell], &sum, &format!("{came}%")))
    };
    wrong.into_iter().filter_map(one).collect()
}

fn is_percent(table: &Table, column: usize) -> bool {
    let signs = table.rows.iter().filter(|row| row.get(column).is_some_and(|cell| cell.text.ends_with('%'))).count();
    let head = table.rows.iter().take(2).filter_map(|row| row.get(column)).any(|cell| cell.text.contains(['%', '率']));
    signs >= TELLING || head
}

fn entry(table: &Table, row: usize, column: usize) -> Option<Entry<'_>> {
    let cell = table.rows.get(row)?.get(column)?;
    let plain = cell.text.replace([',', ' ', '%'], "");
    let value = Number::parse_decimal(&plain)?;
    let places = plain.split_once('.').map_or(0, |(_, rest)| u32::try_from(rest.len()).unwrap_or(0));
    Some(Entry { cell, value, half: Number::scaled(5, places + 1) })
}

/// In how many rows a way holds, and the rows in which it does not. Where it holds for equal amounts alone, which make 100% of
/// anything, that says nothing of how the column is reckoned.
fn fit(table: &Table, column: usize, pair: (usize, usize), way: Way) -> (usize, Vec<usize>) {
    let (mut right, mut wrong, mut telling) = (0, Vec::new(), false);
    for row in 1..table.rows.len() {
        let all = (entry(table, row, pair.0), entry(table, row, pair.1), entry(table, row, column));
        let (Some(a), Some(b), Some(said)) = all else { continue };
        if a.value.is_zero() || b.value.is_zero() || said.value.is_zero() {
            continue;
        }
        let ends =
            [way(&(&a.value - &a.half), &(&b.value + &b.half)), way(&(&a.value + &a.half), &(&b.value - &b.half))];
        let [Some(low), Some(high)] = ends else { continue };
        if &low - &said.half <= said.value && said.value <= &high + &said.half {
            right += 1;
            telling |= a.value != b.value;
        } else {
            wrong.push(row);
        }
    }
    (if telling { right } else { 0 }, wrong)
}

fn finding(
    graph: &Graph,
    table: &Table,
    row: usize,
    column: usize,
    pair: (usize, usize),
    way: Way,
    percent: bool,
) -> Option<Diagnostic> {
    let (a, b) = (entry(table, row, pair.0)?, entry(table, row, pair.1)?);
    let said = entry(table, row, column)?;
    let came = way(&a.value, &b.value)?;
    let (one, other) = (&a.cell.text, &b.cell.text);
    let places = said.cell.text.split_once('.').map_or(0, |(_, rest)| rest.trim_end_matches('%').len());
    let came = shown(&came, &Number::ONE, u32::try_from(places).unwrap_or(2).max(1));
    Some(if percent {
        let sum = if std::ptr::fn_addr_eq(way, growth as Way) {
            format!("（{one} − {other}） ÷ {other}")
        } else {
            format!("{one} ÷ {other}")
        };
        wording::column_in_table(graph, PERCENT, said.cell, [a.cell, b.cell], &sum, &format!("{came}%"))
    } else {
        wording::column_in_table(graph, "audit/change", said.cell, [a.cell, b.cell], &format!("{one} − {other}"), &came)
    })
}
