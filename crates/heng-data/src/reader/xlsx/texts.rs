//! A sheet with a department a row: its cells as texts, from which [`crate::Layout`] goes on as it does for
//! every other file of rows.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use heng_archive::Broken;
use heng_diag::Diagnostic;

use super::{grid::cells, looked_at, uncomputed};
use crate::wording;

/// How many cells a sheet of departments may have, those before the last filled one of a row included.
const MOST_CELLS: usize = 40_000_000;

/// How many bytes such a workbook may unfold to, and how many its texts may have.
const MOST_UNFOLDED: u64 = 2 << 30;
const MOST_TEXT: usize = 512 << 20;

/// The rows of a sheet.
#[derive(Clone, Debug, Default)]
pub struct SheetTexts {
    /// The rows from the first filled one on, none left out: the heads come first.
    pub rows: Vec<Vec<String>>,
    /// The number of the first, from 1.
    pub first: u64,
    /// What is to be said of the workbook beside: macros that were not run, formulas without a result.
    pub notes: Vec<Diagnostic>,
}

/// Reads the first visible sheet of a workbook.
///
/// # Errors
/// A finding: the workbook cannot be read.
pub fn read_sheet_texts(name: &str, bytes: &[u8]) -> Result<SheetTexts, Box<Diagnostic>> {
    let (notes, formulas) = looked_at(bytes, MOST_UNFOLDED).map_err(|broken| Box::new(broken.located(name)))?;
    // Some damaged workbooks make the library that reads them panic.
    let reading = catch_unwind(AssertUnwindSafe(|| texts(bytes, formulas)));
    let texts = reading.unwrap_or_else(|_| Err(Box::new(wording::workbook("damaged"))));
    let mut texts = texts.map_err(|finding| Box::new(finding.located(name)))?;
    texts.notes = notes.into_iter().chain(texts.notes).map(|note| note.located(name)).collect();
    Ok(texts)
}

fn texts(bytes: &[u8], formulas: bool) -> Result<SheetTexts, Box<Diagnostic>> {
    let broken = |error: XlsxError| Box::new(wording::workbook(&error.to_string()));
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets = workbook.sheets_metadata().iter();
    let mut sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let Some(sheet) = sheets.next().map(|sheet| sheet.name.clone()) else { return Ok(SheetTexts::default()) };
    let mut found = SheetTexts::default();
    if formulas {
        found.notes.extend(uncomputed(&mut workbook, &sheet).map_err(broken)?);
    }
    let (mut room, mut stopped) = (Room { cells: MOST_CELLS, text: MOST_TEXT }, None);
    let mut take = |row: u32, column: u32, text: String| {
        stopped = found.put(row, column, text, &mut room).err();
        stopped.is_none()
    };
    cells(&mut workbook, &sheet, &mut take).map_err(broken)?;
    stopped.map_or(Ok(found), |why: Broken| Err(Box::new(why.diagnostic())))
}

/// How much may still be read.
struct Room {
    cells: usize,
    text: usize,
}

impl SheetTexts {
    /// Cells come row by row from the top; in a sheet where they do not, nobody can say which row is the heads.
    fn put(&mut self, row: u32, column: u32, text: String, room: &mut Room) -> Result<(), Broken> {
        let row = u64::from(row) + 1;
        if self.rows.is_empty() {
            self.first = row;
        }
        let at = row.checked_sub(self.first).and_then(|at| usize::try_from(at).ok()).ok_or(Broken::Damaged)?;
        if self.rows.len() <= at {
            self.rows.resize(at + 1, Vec::new());
        }
        let (Some(cells), column) = (self.rows.get_mut(at), column as usize) else { return Ok(()) };
        let more = (column + 1).saturating_sub(cells.len());
        room.cells = room.cells.checked_sub(more).ok_or(Broken::TooManyCells(MOST_CELLS))?;
        room.text = room.text.checked_sub(text.len()).ok_or(Broken::TooLarge(MOST_TEXT as u64))?;
        cells.resize(cells.len().max(column + 1), String::new());
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }
}
