//! Tables of Word and Excel files. Nothing in them is carried out or fetched, and what unfolds beyond
//! the bound is not read on.

mod document;
mod workbook;

pub use heng_archive::Broken;
use heng_archive::{Kind, Remark, examine_as};

use super::{MOST_CELLS, Table};

/// How many bytes a file may unfold to.
const MOST_UNFOLDED: u64 = 64 << 20;

/// A row of a table as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeRow {
    /// Its number, from 1.
    pub number: usize,
    /// Its cells; a merged cell stands in each of the cells it covers.
    pub cells: Vec<String>,
    /// The bookmarks in it.
    pub marks: Vec<String>,
}

/// A table as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeTable {
    /// The name of its sheet; empty in a document.
    pub name: String,
    /// Its rows, from the top; rows without text are not there.
    pub rows: Vec<OfficeRow>,
    /// Cells with a formula that no program has computed: row and column, from 1.
    pub uncomputed: Vec<(usize, usize)>,
}

/// A document or workbook with all that is needed to tell what was edited in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeFile {
    /// Its tables.
    pub tables: Vec<OfficeTable>,
    /// The paragraphs outside its tables.
    pub around: Vec<String>,
    /// In a document, the paragraphs before each table, and at last those behind all of them.
    pub leads: Vec<Vec<String>>,
    /// Parts of its own that a program has put into it: custom XML, each as the lines it holds.
    pub parts: Vec<Vec<String>>,
    /// How many tracked changes are neither accepted nor rejected; they were read as accepted.
    pub tracked: usize,
    /// Whether cells were split or merged by tracked changes, which cannot be read in one way.
    pub unclear: bool,
    /// What it carries that was left alone.
    pub remarks: Vec<Remark>,
}

/// Reads a workbook as it stands.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_workbook_file(bytes: &[u8]) -> Result<OfficeFile, Broken> {
    workbook::read(bytes)
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_workbook(bytes: &[u8]) -> Result<Vec<Table>, Broken> {
    read_workbook_file(bytes).map(tables_of)
}

/// The tables of a file that was read as it stands; the text before a table stands around it, and a document without tables
/// is one without rows.
#[must_use]
pub fn tables_of(file: OfficeFile) -> Vec<Table> {
    let mut leads = file.leads.into_iter();
    let mut around = |mut table: Table| {
        let mut lead = leads.next().unwrap_or_default();
        lead.append(&mut table.around);
        Table { around: lead, ..table }
    };
    let mut tables: Vec<Table> = file.tables.into_iter().map(|table| around(parted(table.rows))).collect();
    if tables.is_empty() {
        tables.extend(leads.next().map(|around| Table { rows: Vec::new(), around }));
    }
    tables
}

/// Reads a Word document as it stands.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_document_file(bytes: &[u8]) -> Result<OfficeFile, Broken> {
    document::read(bytes)
}

/// Reads the tables of a Word document; the text before a table stands around it.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_document(bytes: &[u8]) -> Result<Vec<Table>, Broken> {
    read_document_file(bytes).map(tables_of)
}

/// Rows that hold one text alone stand around the table.
fn parted(rows: Vec<OfficeRow>) -> Table {
    let mut table = Table::default();
    for row in rows {
        let mut texts: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        texts.dedup();
        match texts.as_slice() {
            [] => {}
            [one] if table.rows.is_empty() => table.around.push((*one).to_owned()),
            _ => table.rows.push(row.cells),
        }
    }
    table
}

fn bounded(bytes: &[u8]) -> Result<Vec<Remark>, Broken> {
    examine_as(bytes, Kind::Document, MOST_UNFOLDED).map(|found| found.remarks)
}
