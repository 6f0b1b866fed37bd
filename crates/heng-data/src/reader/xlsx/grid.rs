//! The filled cells of a sheet.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{DataRef, Dimensions, ExcelDateTime, Xlsx, XlsxError};
use heng_archive::{Broken, cell_name};
use heng_diag::Diagnostic;
use heng_model::{Date, Name};

use super::shown::Shown;
use crate::{
    number,
    raw::{Kind, Node, Scalar, Spot},
    wording,
};

/// How many filled cells a sheet may have.
const MOST_CELLS: usize = 2_000_000;

/// How many bytes the texts of a sheet may have; many cells can share a long one.
const MOST_TEXT: usize = 256 << 20;

/// How many signs a unit has: 自然日 has three. A longer text after a number is a text, such as a title.
const LONGEST_UNIT: usize = 3;

/// A filled cell.
#[derive(Clone, Debug)]
pub(super) struct Filled(Scalar);

impl Filled {
    pub(super) fn is_blank(&self) -> bool {
        matches!(&self.0, Scalar::Text(text) if text.trim().is_empty())
    }

    /// Whether it is a number, perhaps as text and with a unit.
    pub(super) fn is_number(&self) -> bool {
        match &self.0 {
            Scalar::Number(_) => true,
            Scalar::Text(text) => number::measured(text).is_ok_and(|found| found.unit.chars().count() <= LONGEST_UNIT),
            _ => false,
        }
    }

    pub(super) fn words(&self) -> String {
        self.0.words().trim().to_owned()
    }
}

/// The filled cells of one row, by column.
pub(super) type Row = BTreeMap<u32, Filled>;

/// A sheet.
#[derive(Clone)]
pub(super) struct Grid {
    file: Name,
    sheet: Name,
    rows: BTreeMap<u32, Row>,
    merged: Vec<Dimensions>,
}

impl Grid {
    /// Reads a sheet, unless it has more cells than any sheet of facts.
    pub(super) fn read(
        workbook: &mut Xlsx<Cursor<&[u8]>>,
        file: &str,
        sheet: &str,
        report: &mut Vec<Diagnostic>,
    ) -> Result<Result<Grid, Broken>, XlsxError> {
        let mut grid = Grid {
            file: file.into(),
            sheet: sheet.into(),
            rows: BTreeMap::new(),
            merged: workbook.merge_cells_by_sheet_name(sheet)?,
        };
        let mut cells = workbook.worksheet_cells_reader(sheet)?;
        let formats: Vec<Shown> = cells.styles().iter().map(Shown::of).collect();
        let (mut count, mut left) = (0usize, MOST_TEXT);
        while let Some((cell, style)) = cells.next_cell_with_style_id()? {
            let (row, column) = cell.get_position();
            let shown = formats.get(style).cloned().unwrap_or_default();
            let at = grid.spot(row, column);
            let Some(scalar) = scalar(cell.get_value(), &shown, &at, report) else { continue };
            count += 1;
            if count > MOST_CELLS {
                return Ok(Err(Broken::TooManyCells(MOST_CELLS)));
            }
            let Some(less) = left.checked_sub(scalar.text_len()) else {
                return Ok(Err(Broken::TooLarge(MOST_TEXT as u64)));
            };
            left = less;
            let filled = Filled(scalar);
            if !filled.is_blank() {
                grid.rows.entry(row).or_default().insert(column, filled);
            }
        }
        Ok(Ok(grid))
    }

    /// The blocks of cells that were made one.
    pub(super) fn merged(&self) -> &[Dimensions] {
        &self.merged
    }

    /// The filled cells of a row.
    pub(super) fn row(&self, row: u32) -> Option<&Row> {
        self.rows.get(&row)
    }

    /// Writes a cell where nothing stands.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: &Filled) {
        self.rows.entry(row).or_default().entry(column).or_insert_with(|| cell.clone());
    }

    pub(super) fn name(&self) -> &str {
        &self.sheet
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows that have a filled cell, from the top.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.rows.iter().map(|(row, cells)| (*row, cells))
    }

    /// The rows below `row`.
    pub(super) fn rows_below(&self, row: u32) -> impl Iterator<Item = (u32, &Row)> {
        self.rows().filter(move |(at, _)| *at > row)
    }

    pub(super) fn spot(&self, row: u32, column: u32) -> Spot {
        Spot::Cell { file: self.file.clone(), sheet: self.sheet.clone(), cell: cell_name(row, column).into() }
    }

    /// The cell as a node; `None` is an empty one.
    pub(super) fn node(&self, row: u32, column: u32, cell: &Filled) -> Node {
        Node { kind: Kind::Scalar(cell.0.clone()), at: self.spot(row, column) }
    }

    /// The cell in `column` of `cells`, empty or not.
    pub(super) fn node_in(&self, row: u32, cells: &Row, column: u32) -> Node {
        match cells.get(&column) {
            Some(cell) => self.node(row, column, cell),
            None => Node { kind: Kind::Blank, at: self.spot(row, column) },
        }
    }
}

/// Hands the filled cells of a sheet over as texts, row by row, until `take` says no.
pub(super) fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    take: &mut dyn FnMut(u32, u32, String) -> bool,
) -> Result<(), XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let formats: Vec<Shown> = cells.styles().iter().map(Shown::of).collect();
    let at = Spot::Cell { file: "".into(), sheet: sheet.into(), cell: "".into() };
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let shown = formats.get(style).cloned().unwrap_or_default();
        let Some(scalar) = scalar(cell.get_value(), &shown, &at, &mut Vec::new()) else { continue };
        let text = match &scalar {
            Scalar::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
            other => other.words().trim().to_owned(),
        };
        if !text.is_empty() && !take(row, column, text) {
            return Ok(());
        }
    }
    Ok(())
}

fn scalar(value: &DataRef<'_>, shown: &Shown, at: &Spot, report: &mut Vec<Diagnostic>) -> Option<Scalar> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => Scalar::Text(text.clone()),
        DataRef::SharedString(text) => Scalar::Text((*text).to_owned()),
        DataRef::Bool(yes) => Scalar::Bool(*yes),
        DataRef::Int(whole) => number_cell(whole.to_string(), shown, at, report),
        DataRef::Float(double) => {
            let (text, stored) = shortest(*double);
            if let Some(stored) = stored {
                report.push(at.mark(wording::float_noise(&text, &stored)));
            }
            number_cell(text, shown, at, report)
        }
        DataRef::DateTime(moment) => date_cell(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Scalar::Text(text.clone()),
        DataRef::Error(error) => Scalar::Fault(error.to_string()),
    })
}

/// A number as its cell shows it: with its percent sign or the unit that its format writes.
fn number_cell(text: String, shown: &Shown, at: &Spot, report: &mut Vec<Diagnostic>) -> Scalar {
    if let Some(format) = &shown.scaled {
        report.push(at.mark(wording::scaled_format(format)));
    }
    match (shown.percent, &shown.unit) {
        (true, _) => match number::token(&text) {
            Ok(share) => Scalar::Text(format!("{}%", &share * &heng_model::Number::from(100))),
            Err(_) => Scalar::Number(text),
        },
        (false, Some(unit)) => Scalar::Text(format!("{text}{unit}")),
        (false, None) => Scalar::Number(text),
    }
}

/// The decimal text of a cell's number, and what is stored where that is not what Excel shows.
///
/// A workbook keeps numbers as binary doubles. Typed numbers have at most 15 digits and come back
/// exactly from the shortest text; more digits are the noise of a formula, and Excel, too, shows
/// and compares 15.
#[expect(clippy::disallowed_types, reason = "a workbook stores doubles; here they become decimal text and end")]
fn shortest(double: f64) -> (String, Option<String>) {
    let text = double.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let significant = digits.iter().skip_while(|digit| **digit == b'0').count();
    let trailing = match text.contains('.') {
        true => 0,
        false => digits.iter().rev().take_while(|digit| **digit == b'0').count(),
    };
    if significant.saturating_sub(trailing) <= 15 {
        return (text, None);
    }
    let rounded = number::token(&format!("{double:.14e}")).map_or_else(|_| text.clone(), |number| number.to_string());
    if rounded == text { (text, None) } else { (rounded, Some(text)) }
}

/// A day; a time of day that stands beside it is left out.
fn date_cell(moment: &ExcelDateTime) -> Scalar {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let day = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
    let day = day.filter(|_| moment.is_datetime());
    match day.and_then(|((year, month), day)| Date::new(year, month, day).ok()) {
        Some(day) => Scalar::Date(day),
        None => Scalar::Text(moment.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_is_read_as_the_decimal_that_was_typed() {
        for (double, text, stored) in [
            (2366.79, "2366.79", None),
            (0.1, "0.1", None),
            (1e21, "1000000000000000000000", None),
            (0.1 + 0.2, "0.3", Some("0.30000000000000004")),
            (2366.79 + 0.01 - 0.01, "2366.79", None),
            (123_456_789_012_345.0, "123456789012345", None),
            (1e-7, "0.0000001", None),
        ] {
            assert_eq!(shortest(double), (text.to_owned(), stored.map(str::to_owned)));
        }
    }
}
