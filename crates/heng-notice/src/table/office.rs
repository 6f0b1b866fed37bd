//! Tables of Word and Excel files. Nothing in them is carried out or fetched, and what unfolds beyond
//! the bound is not read on.

mod document;
mod workbook;

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{MOST_CELLS, Table};

/// How many bytes a file may unfold to.
const MOST_UNFOLDED: u64 = 64 << 20;

/// How old files of Office, and encrypted ones, begin.
const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It is no Office file, or a damaged one.
    Damaged,
    /// It is encrypted, or of the time before docx and xlsx.
    Locked,
    /// It unfolds to more than is read.
    TooLarge,
}

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
    /// Parts of its own that a program has put into it: custom XML, each as the lines it holds.
    pub parts: Vec<Vec<String>>,
    /// How many tracked changes are neither accepted nor rejected; they were read as accepted.
    pub tracked: usize,
    /// Whether cells were split or merged by tracked changes, which cannot be read in one way.
    pub unclear: bool,
}

/// Reads a workbook as it stands.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_workbook_file(bytes: &[u8]) -> Result<OfficeFile, Broken> {
    bounded(bytes)?;
    // Some damaged workbooks make the library that reads them panic; that is one more way of being damaged.
    catch_unwind(AssertUnwindSafe(|| workbook::read(bytes))).unwrap_or(Err(Broken::Damaged))
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_workbook(bytes: &[u8]) -> Result<Vec<Table>, Broken> {
    let file = read_workbook_file(bytes)?;
    Ok(file.tables.into_iter().map(|table| parted(table.rows)).collect())
}

/// Reads a Word document as it stands.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_document_file(bytes: &[u8]) -> Result<OfficeFile, Broken> {
    document::read(bytes).map(|(file, _)| file)
}

/// Reads the tables of a Word document; the text before a table stands around it.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_document(bytes: &[u8]) -> Result<Vec<Table>, Broken> {
    let (file, texts) = document::read(bytes)?;
    let mut texts = texts.into_iter();
    let mut tables: Vec<Table> = file
        .tables
        .into_iter()
        .map(|table| {
            let mut table = parted(table.rows);
            let mut around = texts.next().unwrap_or_default();
            around.append(&mut table.around);
            Table { around, ..table }
        })
        .collect();
    if tables.is_empty() {
        tables.push(Table { rows: Vec::new(), around: texts.next().unwrap_or_default() });
    }
    Ok(tables)
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

fn bounded(bytes: &[u8]) -> Result<(), Broken> {
    if bytes.starts_with(&COMPOUND) {
        return Err(Broken::Locked);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
    let mut left = MOST_UNFOLDED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Broken::Damaged)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| Broken::Damaged)?;
        left = left.checked_sub(size).ok_or(Broken::TooLarge)?;
    }
    Ok(())
}
