//! The cells of workbooks as texts. Cells are counted before room is made for them: two cells in the corners of a
//! sheet would otherwise ask for all that lies between, and a long text that many cells share for each of them.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx};
pub use calamine::{Data as Value, Dimensions};

use crate::{Broken, Kind, Remark, examine_as};

/// How much of a workbook is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How many bytes its parts may unfold to.
    pub unfolded: u64,
    /// How many filled cells its sheets may have together.
    pub cells: usize,
    /// How many bytes the texts of the cells may have together.
    pub text: usize,
}

/// A sheet of cells.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether it is shown.
    pub visible: bool,
    /// The blocks of cells that were made one: first and last row and column, from 0.
    pub merged: Vec<Dimensions>,
    /// Cells with a formula whose result no program has stored: row and column, from 0.
    pub uncomputed: Vec<(u32, u32)>,
    /// Row, column, and where the text ends.
    places: Vec<(u32, u32, usize)>,
    text: String,
}

impl Sheet {
    /// The filled cells, row by row from the top: row and column, from 0, and the text.
    pub fn cells(&self) -> impl Iterator<Item = (u32, u32, &str)> {
        let starts = std::iter::once(0).chain(self.places.iter().map(|(_, _, end)| *end));
        self.places
            .iter()
            .zip(starts)
            .map(|((row, column, end), start)| (*row, *column, self.text.get(start..*end).unwrap_or("")))
    }

    /// The cell as it is said in a message: `数据!B12`.
    #[must_use]
    pub fn place(&self, (row, column): (u32, u32)) -> String {
        format!("{}!{}", self.name, crate::cell_name(row, column))
    }

    fn push(&mut self, (row, column): (u32, u32), text: &str) {
        self.text.push_str(text);
        self.places.push((row, column, self.text.len()));
    }

    /// Puts cells in order that a file does not hold in order; of two in one place the later stays.
    fn settle(&mut self) {
        if self.places.is_sorted_by(|one, two| (one.0, one.1) < (two.0, two.1)) {
            return;
        }
        let mut cells: Vec<(u32, u32, String)> =
            self.cells().map(|(row, column, text)| (row, column, text.to_owned())).collect();
        cells.reverse();
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        cells.dedup_by_key(|(row, column, _)| (*row, *column));
        (self.places, self.text) = (Vec::new(), String::new());
        cells.iter().for_each(|(row, column, text)| self.push((*row, *column), text));
    }
}

/// Hands the sheets of a workbook over one by one, charts and macro sheets left out, their cells as `shown` says
/// them; a cell that it shows as nothing is not there. Gives what the file carries beside.
///
/// # Errors
/// Why the workbook is not read.
pub fn read_sheets(
    bytes: &[u8],
    bounds: Bounds,
    shown: &dyn Fn(&Data) -> String,
    take: &mut dyn FnMut(Sheet) -> Result<(), Broken>,
) -> Result<Vec<Remark>, Broken> {
    let found = examine_as(bytes, Kind::Workbook, bounds.unfolded)?;
    // Some damaged workbooks make the library that reads them panic; that is one more way of being damaged.
    let mut reading = Reading { bounds, left: bounds, formulas: found.formulas, shown };
    let read = catch_unwind(AssertUnwindSafe(|| reading.all(bytes, take)));
    read.unwrap_or(Err(Broken::Damaged))?;
    Ok(found.remarks)
}

struct Reading<'a> {
    bounds: Bounds,
    left: Bounds,
    formulas: bool,
    shown: &'a dyn Fn(&Data) -> String,
}

impl Reading<'_> {
    fn all(&mut self, bytes: &[u8], take: &mut dyn FnMut(Sheet) -> Result<(), Broken>) -> Result<(), Broken> {
        let mut book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
        let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let sheets: Vec<(String, bool)> =
            sheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect();
        for (name, visible) in sheets {
            let merged = book.merge_cells_by_sheet_name(&name).map_err(|_| Broken::Damaged)?;
            let mut sheet = Sheet { name, visible, merged, ..Sheet::default() };
            self.cells(&mut book, &mut sheet)?;
            sheet.settle();
            take(sheet)?;
        }
        Ok(())
    }

    fn cells(&mut self, book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet) -> Result<(), Broken> {
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|_| Broken::Damaged)?;
        if !self.formulas {
            while let Some(cell) = cells.next_cell().map_err(|_| Broken::Damaged)? {
                self.cell(sheet, cell.get_position(), cell.get_value())?;
            }
            return Ok(());
        }
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| Broken::Damaged)? {
            if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
                self.left.cells = self.left.cells.checked_sub(1).ok_or(Broken::TooManyCells(self.bounds.cells))?;
                sheet.uncomputed.push(cell.pos);
            }
            self.cell(sheet, cell.pos, &cell.value)?;
        }
        Ok(())
    }

    fn cell(&mut self, sheet: &mut Sheet, at: (u32, u32), value: &DataRef<'_>) -> Result<(), Broken> {
        let text = match value {
            DataRef::Empty => return Ok(()),
            value => (self.shown)(&Data::from(value.clone())),
        };
        if text.is_empty() {
            return Ok(());
        }
        self.left.cells = self.left.cells.checked_sub(1).ok_or(Broken::TooManyCells(self.bounds.cells))?;
        let left = self.left.text.checked_sub(text.len());
        self.left.text = left.ok_or(Broken::TooLarge(self.bounds.text as u64))?;
        sheet.push(at, &text);
        Ok(())
    }
}
