//! Suites as rows: a case a row, a datum or an expectation a column.
//!
//! The first row names the columns: `用例` (case) holds the name, `数据` (base) the facts file to start
//! from, `期望 X` (expect X) what must come out — an indicator, 总分 (total) or 等级 (grade) — and every
//! other column is a datum, `组.数` for one of a group. An empty cell changes and expects nothing.

use heng_archive::{Bounds, Broken, Sheet, Value, read_sheets};
use heng_diag::Diagnostic;

use crate::{
    expect::{Expect, points_text},
    facts::put,
    suite::{Base, Suite, TestCase},
    wording,
};

/// What is read of a workbook.
const BOUNDS: Bounds = Bounds { unfolded: 256 << 20, cells: 4_000_000, text: 256 << 20 };

pub(super) fn csv(name: &str, text: &str) -> Result<Suite, Vec<Diagnostic>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| vec![wording::bad_rows(name, &error.to_string())])?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push((u32::try_from(line).unwrap_or(0), record.iter().map(str::to_owned).collect()));
    }
    suite(name, rows)
}

pub(super) fn xlsx(name: &str, bytes: &[u8]) -> Result<Suite, Vec<Diagnostic>> {
    let mut rows: Option<Rows> = None;
    let shown = |value: &Value| value.to_string();
    let read = read_sheets(bytes, BOUNDS, &shown, &mut |sheet| {
        if rows.is_none() {
            rows = Some(table(&sheet)?);
        }
        Ok(())
    });
    read.map_err(|why| vec![why.diagnostic().located(name)])?;
    suite(name, rows.ok_or_else(|| vec![wording::no_rows(name)])?)
}

/// Rows with their numbers, from 1.
type Rows = Vec<(u32, Vec<String>)>;

fn table(sheet: &Sheet) -> Result<Rows, Broken> {
    let mut rows: Rows = Vec::new();
    let mut left = BOUNDS.cells;
    for (row, column, text) in sheet.cells() {
        if rows.last().is_none_or(|(line, _)| *line != row + 1) {
            rows.push((row + 1, Vec::new()));
        }
        let (Some((_, cells)), place) = (rows.last_mut(), column as usize) else { continue };
        left = left.checked_sub(place + 1 - cells.len().min(place)).ok_or(Broken::TooManyCells(BOUNDS.cells))?;
        cells.resize(place, String::new());
        cells.push(text.to_owned());
    }
    Ok(rows)
}

/// What a column holds.
enum Column {
    Name,
    Base,
    Datum(Vec<String>),
    Score(String),
    Total,
    Grade,
}

fn column(head: &str) -> Column {
    let expected = ["期望", "expect "].iter().find_map(|word| head.strip_prefix(word));
    match (head, expected.map(str::trim)) {
        ("用例" | "case", _) => Column::Name,
        ("数据" | "base", _) => Column::Base,
        (_, Some("总分" | "total")) => Column::Total,
        (_, Some("等级" | "grade")) => Column::Grade,
        (_, Some(name)) => Column::Score(name.trim_start_matches(['：', ':']).trim().to_owned()),
        _ => Column::Datum(head.split('.').map(|part| part.trim().to_owned()).collect()),
    }
}

fn suite(name: &str, rows: Vec<(u32, Vec<String>)>) -> Result<Suite, Vec<Diagnostic>> {
    let mut rows = rows.into_iter().filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    let Some((_, heads)) = rows.next() else { return Err(vec![wording::no_rows(name)]) };
    let columns: Vec<Column> = heads.iter().map(|head| column(head.trim())).collect();
    if !columns.iter().any(|column| matches!(column, Column::Score(_) | Column::Total | Column::Grade)) {
        return Err(vec![wording::nothing_expected(name)]);
    }
    let cases = rows.map(|(line, row)| case(line, &columns, &row)).collect();
    Ok(Suite { cases, ..Suite::default() })
}

fn case(line: u32, columns: &[Column], row: &[String]) -> TestCase {
    let mut case = TestCase { name: line.to_string(), line, ..TestCase::default() };
    let mut facts = toml::Table::new();
    let mut expect = Expect::default();
    for (column, cell) in columns.iter().zip(row) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        match column {
            Column::Name => case.name = cell.to_owned(),
            Column::Base => case.base.push(Base::File(cell.to_owned())),
            Column::Datum(path) => put(&mut facts, path, cell.to_owned().into()),
            Column::Score(name) => {
                expect.scores.insert(name.clone(), points_text(cell));
            }
            Column::Total => expect.total = Some(points_text(cell)),
            Column::Grade => expect.grade = Some(cell.to_owned()),
        }
    }
    case.facts = toml::to_string(&facts).unwrap_or_default();
    case.expect = expect;
    case
}
