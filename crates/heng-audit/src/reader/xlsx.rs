//! Workbooks: each visible sheet is a table.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, Reader, SheetType, SheetVisible, Xlsx};
use heng_diag::Diagnostic;
use heng_model::{Number, Rounding};

use super::archive;
use crate::{document::Document, reading};

/// How many cells a sheet may span.
const MOST_CELLS: usize = 4_000_000;

/// Appends a workbook.
pub(crate) fn append(
    document: &mut Document,
    bytes: &[u8],
    notes: &mut Vec<Diagnostic>,
) -> Result<(), Box<Diagnostic>> {
    let mut parts = archive::open(bytes)?;
    archive::remarks(&mut parts, notes);
    archive::part(&mut parts, "xl/workbook.xml")?;
    archive::part(&mut parts, "xl/sharedStrings.xml")?;
    // Damaged workbooks can make the library panic; that is one more way of being damaged.
    let read = catch_unwind(AssertUnwindSafe(|| sheets(document, bytes, notes)));
    read.unwrap_or_else(|_| Err(Box::new(reading::broken("damaged"))))
}

fn sheets(document: &mut Document, bytes: &[u8], notes: &mut Vec<Diagnostic>) -> Result<(), Box<Diagnostic>> {
    let broken = |error: calamine::XlsxError| Box::new(reading::broken(&error.to_string()));
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let visible =
        |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> =
        workbook.sheets_metadata().iter().filter(visible).map(|sheet| sheet.name.clone()).collect();
    for name in names {
        let range = workbook.worksheet_range(&name).map_err(broken)?;
        let (height, width) = range.get_size();
        if height.saturating_mul(width) > MOST_CELLS {
            return Err(Box::new(reading::unfolds(archive::MOST_UNFOLDED)));
        }
        no_values(&mut workbook, &name, &range, notes);
        document.begin_table();
        document.skip_rows(range.start().map_or(0, |(row, _)| row));
        for row in range.rows() {
            let mut cells: Vec<(String, usize)> = row.iter().map(|cell| (shown(cell), 0)).collect();
            while cells.last().is_some_and(|(cell, _)| cell.is_empty()) {
                cells.pop();
            }
            match cells.is_empty() {
                true => document.skip_rows(1),
                false => document.row(&cells, Some(&name)),
            }
        }
    }
    Ok(())
}

/// Formulas whose result was not stored.
fn no_values(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    values: &calamine::Range<Data>,
    notes: &mut Vec<Diagnostic>,
) {
    let Ok(formulas) = workbook.worksheet_formula(name) else { return };
    let (top, left) = formulas.start().unwrap_or((0, 0));
    let missing: Vec<(usize, usize)> = formulas
        .used_cells()
        .filter(|(_, _, formula)| !formula.is_empty())
        .map(|(row, column, _)| (row + top as usize, column + left as usize))
        .filter(|(row, column)| {
            let at = (u32::try_from(*row).unwrap_or(u32::MAX), u32::try_from(*column).unwrap_or(u32::MAX));
            values.get_value(at).is_none_or(|value| matches!(value, Data::Empty))
        })
        .collect();
    if let Some((row, column)) = missing.first() {
        let letter = u8::try_from(*column).ok().filter(|at| *at < 26).map_or('?', |at| char::from(b'A' + at));
        notes.push(reading::no_value(missing.len(), &format!("{name}!{letter}{}", row + 1)));
    }
}

/// A cell as text; a number without the noise of its binary form.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(number) => {
            let text = number.to_string();
            let long = text.split_once('.').is_some_and(|(_, rest)| rest.len() > 8);
            match Number::parse_decimal(&text).filter(|_| long) {
                Some(number) => number.round(8, Rounding::HalfUp).decimal_text().unwrap_or(text),
                None => text,
            }
        }
        Data::Empty => String::new(),
        Data::Error(error) => format!("#{error}"),
        other => other.to_string(),
    }
}
