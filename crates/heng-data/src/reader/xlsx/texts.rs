//! A sheet with a department a row: its cells as texts, from which [`crate::Layout`] goes on as it does for
//! every other file of rows.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use heng_diag::Diagnostic;

use super::{MOST_UNFOLDED, grid::cells, unfolds_beyond};
use crate::wording;

/// How many filled cells a sheet of departments may have.
const MOST_CELLS: usize = 40_000_000;

/// The rows of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetTexts {
    /// The rows from the first filled one on, none left out: the heads come first.
    pub rows: Vec<Vec<String>>,
    /// The number of the first, from 1.
    pub first: u64,
}

/// Reads the first visible sheet of a workbook.
///
/// # Errors
/// A finding: the workbook cannot be read.
pub fn read_sheet_texts(name: &str, bytes: &[u8]) -> Result<SheetTexts, Box<Diagnostic>> {
    if unfolds_beyond(bytes, MOST_UNFOLDED * 4) {
        return Err(Box::new(wording::too_large(name, (MOST_UNFOLDED >> 18) as usize).located(name)));
    }
    // Some damaged workbooks make the library that reads them panic.
    let reading = catch_unwind(AssertUnwindSafe(|| texts(bytes)));
    let texts = reading.unwrap_or_else(|_| Err(Box::new(wording::workbook("damaged"))));
    texts.map_err(|finding| Box::new(finding.located(name)))
}

fn texts(bytes: &[u8]) -> Result<SheetTexts, Box<Diagnostic>> {
    let broken = |error: XlsxError| Box::new(wording::workbook(&error.to_string()));
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets = workbook.sheets_metadata().iter();
    let mut sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let Some(sheet) = sheets.next().map(|sheet| sheet.name.clone()) else { return Ok(SheetTexts::default()) };
    let mut found = SheetTexts::default();
    let mut count = 0usize;
    let mut take = |row: u32, column: u32, text: String| {
        count += 1;
        if found.rows.is_empty() {
            found.first = u64::from(row) + 1;
        }
        // Cells come row by row from the top.
        let at = usize::try_from(u64::from(row) + 1 - found.first).unwrap_or(usize::MAX);
        while found.rows.len() <= at {
            found.rows.push(Vec::new());
        }
        let (cells, column) = (found.rows.get_mut(at), column as usize);
        if let Some(cells) = cells {
            cells.resize(cells.len().max(column + 1), String::new());
            cells.get_mut(column).into_iter().for_each(|cell| *cell = text.clone());
        }
        count <= MOST_CELLS
    };
    let whole = cells(&mut workbook, &sheet, &mut take).map_err(broken)?;
    if !whole {
        return Err(Box::new(wording::too_large(&sheet, bytes.len() >> 20)));
    }
    Ok(found)
}
