//! The workbook a clerk fills in: sheets of single data, a sheet per table, and a sheet about the
//! file. It is turned into the same tree as a text file, so that everything after is one path.

mod data_sheet;
mod grid;
mod merged;
mod shown;
mod table_sheet;
pub(crate) mod texts;

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use heng_archive::{Kind as FileKind, MOST_UNFOLDED, cell_name, examine_as, no_value};
use heng_diag::Diagnostic;
use heng_model::{FieldId, Schema, normal_name};

use crate::{
    index::{self, Index},
    parse_value::Refusal,
    raw::{Entry, Kind, Node},
    wording, words,
};
use grid::Grid;

/// Reads a workbook.
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    schema: &Schema,
    index: &Index,
) -> Result<(Vec<Entry>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (mut report, formulas) = looked_at(bytes, MOST_UNFOLDED).map_err(|broken| vec![broken.located(name)])?;
    report = report.into_iter().map(|note| note.located(name)).collect();
    let mut book = Book { schema, index, entries: Vec::new(), report };
    // Some damaged workbooks make the library that reads them panic, in arithmetic of its own on cell
    // names; that is one more way of being damaged.
    let reading = catch_unwind(AssertUnwindSafe(|| grids(name, bytes, formulas, &mut book.report)));
    let grids = reading.unwrap_or_else(|_| Err(wording::workbook("damaged").into()));
    for (grid, visible) in grids.map_err(|refusal| vec![refusal.located(name)])? {
        book.sheet(&grid, visible);
    }
    Ok((book.entries, book.report))
}

/// The sheets, each with whether it is visible.
fn grids(name: &str, bytes: &[u8], formulas: bool, report: &mut Vec<Diagnostic>) -> Result<Vec<(Grid, bool)>, Refusal> {
    let broken = |error: XlsxError| Refusal::new(wording::workbook(&error.to_string()));
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<(String, bool)> =
        sheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect();
    let mut grids = Vec::new();
    for (sheet, visible) in sheets {
        if formulas && visible {
            report.extend(uncomputed(&mut workbook, &sheet).map_err(broken)?.map(|note| note.located(name)));
        }
        let grid = Grid::read(&mut workbook, name, &sheet, report).map_err(broken)?;
        let grid = grid.map_err(|most| Refusal::new(most.diagnostic()))?;
        grids.push((grid, visible));
    }
    Ok(grids)
}

/// What is to be said of a workbook before it is read, and whether it holds formulas; or why it is not read.
pub(crate) fn looked_at(bytes: &[u8], most: u64) -> Result<(Vec<Diagnostic>, bool), Box<Diagnostic>> {
    let found = examine_as(bytes, FileKind::Workbook, most).map_err(|broken| Box::new(broken.diagnostic()))?;
    Ok((found.remarks.into_iter().map(heng_archive::Remark::diagnostic).collect(), found.formulas))
}

/// Says which formulas of a sheet have no result.
pub(crate) fn uncomputed(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Option<Diagnostic>, XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let (mut count, mut first) = (0usize, None);
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            count += 1;
            first = first.or(Some(cell.pos));
        }
    }
    Ok(first.map(|(row, column)| no_value(count, &format!("{sheet}!{}", cell_name(row, column)))))
}

/// What has been read of a workbook.
struct Book<'a> {
    schema: &'a Schema,
    index: &'a Index,
    entries: Vec<Entry>,
    report: Vec<Diagnostic>,
}

impl Book<'_> {
    fn sheet(&mut self, grid: &Grid, visible: bool) {
        if grid.is_empty() && self.table(grid.name()).is_none() {
            return;
        }
        if words::is_one_of(grid.name(), &words::ASIDE) && self.table(grid.name()).is_none() {
            return;
        }
        if words::is_one_of(grid.name(), &words::FILE) {
            return self.about(grid);
        }
        if let Some(id) = self.table(grid.name()) {
            return self.table_sheet(grid, id);
        }
        if let Some(heads) = data_sheet::Heads::find(grid, &mut self.report) {
            return self.data_sheet(grid, &heads);
        }
        if visible {
            let tables: Vec<String> = self.tables().map(|(_, name)| name).collect();
            let nearest = index::nearest(grid.name(), tables.iter().map(String::as_str));
            let unread = wording::sheet_unread(grid.name(), nearest.as_deref());
            self.report.push(grid.spot(0, 0).mark(unread));
        }
    }

    /// The tables of the schema with the names their sheets have.
    fn tables(&self) -> impl Iterator<Item = (FieldId, String)> {
        let tables = self.schema.iter().filter(|(_, field)| field.table().is_some());
        tables.map(|(id, field)| (id, sheet_name(&field.dotted())))
    }

    /// The table whose sheet this is: by its path, or by its name alone where that is unique.
    fn table(&self, sheet: &str) -> Option<FieldId> {
        let wanted = normal_name(sheet);
        let by_path = self.tables().find(|(_, name)| normal_name(name) == wanted).map(|(id, _)| id);
        by_path.or_else(|| match self.index.find(sheet) {
            index::Found::Field(id) => self.schema.field(id).filter(|field| field.table().is_some()).map(|_| id),
            _ => None,
        })
    }

    /// The sheet about the file: a name and a value in each row.
    fn about(&mut self, grid: &Grid) {
        let mut members = Vec::new();
        for (row, cells) in grid.rows() {
            let mut filled = cells.iter().filter(|(_, cell)| !cell.is_blank());
            let (Some((column, name)), value) = (filled.next(), filled.next()) else { continue };
            let at = grid.spot(row, *column);
            let node = value.map_or_else(
                || Node { kind: Kind::Blank, at: at.clone() },
                |(column, value)| grid.node(row, *column, value),
            );
            members.push(Entry { name: name.words(), at, node });
        }
        let at = grid.spot(0, 0);
        let node = Node { kind: Kind::Table(members), at: at.clone() };
        self.entries.push(Entry { name: grid.name().to_owned(), at, node });
    }
}

/// The name of the sheet of a table: its path, as far as a sheet name may go.
///
/// # Shape
/// At most 31 characters, and none of `: \ / ? * [ ]`.
#[must_use]
pub fn sheet_name(path: &str) -> String {
    let plain = |c: char| if matches!(c, ':' | '\\' | '/' | '?' | '*' | '[' | ']') { '_' } else { c };
    path.chars().map(plain).take(31).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_what_excel_allows() {
        assert_eq!(sheet_name("采购.合同[2023]/一"), "采购.合同_2023__一");
        assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
    }
}
