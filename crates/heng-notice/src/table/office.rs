//! Tables of Word and Excel files. Nothing in them is carried out or fetched, and what unfolds beyond
//! the bound is not read on.

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, Dimensions, Reader, Xlsx};
use quick_xml::{Reader as Xml, events::Event};

use super::{MOST_CELLS, Table};

/// How many bytes a part may unfold to.
const MOST_UNFOLDED: u64 = 64 << 20;
/// How deep tables may stand in tables.
const DEEPEST: usize = 8;

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It is no Office file, or a damaged or encrypted one.
    Damaged,
    /// It unfolds to more than is read.
    TooLarge,
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_workbook(bytes: &[u8]) -> Result<Vec<Table>, Broken> {
    bounded(bytes)?;
    // Some damaged workbooks make the library that reads them panic; that is one more way of being damaged.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes))).unwrap_or(Err(Broken::Damaged))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Table>, Broken> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
    let mut out = Vec::new();
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (height, width) = range.get_size();
        if height.saturating_mul(width) > MOST_CELLS {
            return Err(Broken::TooLarge);
        }
        let mut rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(shown).collect()).collect();
        let start = range.start().unwrap_or((0, 0));
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        for region in &merged {
            spread(&mut rows, region, start);
        }
        out.push(parted(rows));
    }
    Ok(out)
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

/// Writes a merged cell into all the cells it covers.
fn spread(rows: &mut [Vec<String>], region: &Dimensions, (top, left): (u32, u32)) {
    let place = |at: u32, from: u32| usize::try_from(at.saturating_sub(from)).unwrap_or(usize::MAX);
    let (first, last) = (place(region.start.0, top), place(region.end.0, top));
    let (from, to) = (place(region.start.1, left), place(region.end.1, left));
    let Some(text) = rows.get(first).and_then(|row| row.get(from)).cloned() else { return };
    for row in rows.iter_mut().take(last.saturating_add(1)).skip(first) {
        for cell in row.iter_mut().take(to.saturating_add(1)).skip(from) {
            cell.clone_from(&text);
        }
    }
}

/// Rows that hold one text alone stand around the table.
fn parted(rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::default();
    for row in rows {
        let mut texts: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        texts.dedup();
        match texts.as_slice() {
            [] => {}
            [one] if table.rows.is_empty() => table.around.push((*one).to_owned()),
            _ => table.rows.push(row),
        }
    }
    table
}

fn bounded(bytes: &[u8]) -> Result<(), Broken> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
    let mut left = MOST_UNFOLDED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Broken::Damaged)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| Broken::Damaged)?;
        left = left.checked_sub(size).ok_or(Broken::TooLarge)?;
    }
    Ok(())
}

/// Reads the tables of a Word document; the text before a table stands around it.
///
/// # Errors
/// Where the file is damaged, encrypted or too large.
pub fn read_document(bytes: &[u8]) -> Result<Vec<Table>, Broken> {
    bounded(bytes)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
    let part = archive.by_name("word/document.xml").map_err(|_| Broken::Damaged)?;
    let mut text = String::new();
    part.take(MOST_UNFOLDED).read_to_string(&mut text).map_err(|_| Broken::Damaged)?;
    Walk::default().run(&text)
}

/// A cell that goes on downward: the text it goes on with.
#[derive(Default)]
struct Walk {
    tables: Vec<Table>,
    around: Vec<String>,
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: String,
    paragraph: String,
    span: usize,
    goes_on: bool,
    depth: usize,
    in_text: bool,
    deleted: usize,
    cells: usize,
}

impl Walk {
    fn run(mut self, text: &str) -> Result<Vec<Table>, Broken> {
        let mut xml = Xml::from_str(text);
        loop {
            match xml.read_event().map_err(|_| Broken::Damaged)? {
                Event::Eof => break,
                Event::Start(start) => self.open(start.local_name().as_ref())?,
                Event::End(end) => self.close(end.local_name().as_ref())?,
                Event::Empty(empty) => self.empty(&empty),
                Event::Text(part) if self.in_text && self.deleted == 0 => {
                    self.paragraph.push_str(&part);
                }
                Event::GeneralRef(reference) if self.in_text && self.deleted == 0 => self.refer(&reference),
                _ => {}
            }
        }
        if self.tables.is_empty() {
            self.tables.push(Table { rows: Vec::new(), around: std::mem::take(&mut self.around) });
        }
        Ok(self.tables)
    }

    /// Signs that stand for themselves; entities of the document's own are left alone.
    fn refer(&mut self, reference: &quick_xml::events::BytesRef<'_>) {
        if let Ok(Some(c)) = reference.resolve_char_ref() {
            self.paragraph.push(c);
            return;
        }
        let c = match &**reference {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => return,
        };
        self.paragraph.push(c);
    }

    fn open(&mut self, name: &str) -> Result<(), Broken> {
        match name {
            "tbl" => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(Broken::Damaged);
                }
            }
            "tc" if self.depth == 1 => {
                self.cell.clear();
                (self.span, self.goes_on) = (1, false);
            }
            "t" => self.in_text = true,
            "del" => self.deleted += 1,
            _ => {}
        }
        Ok(())
    }

    fn empty(&mut self, empty: &quick_xml::events::BytesStart<'_>) {
        let value = || {
            let found = empty.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "val");
            found.map(|attribute| attribute.value.into_owned())
        };
        match empty.local_name().as_ref() {
            "gridSpan" if self.depth == 1 => {
                self.span = value().and_then(|value| value.parse().ok()).unwrap_or(1).clamp(1, 60);
            }
            "vMerge" if self.depth == 1 => self.goes_on = value().as_deref() != Some("restart"),
            "br" | "tab" => self.paragraph.push(' '),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Broken> {
        match name {
            "t" => self.in_text = false,
            "del" => self.deleted = self.deleted.saturating_sub(1),
            "p" => self.paragraph_ends(),
            "tc" if self.depth == 1 => self.cell_ends()?,
            "tr" if self.depth == 1 => self.rows.push(std::mem::take(&mut self.row)),
            "tbl" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    let mut table = parted(std::mem::take(&mut self.rows));
                    let mut around = std::mem::take(&mut self.around);
                    around.append(&mut table.around);
                    self.tables.push(Table { rows: table.rows, around });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn paragraph_ends(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if self.depth == 0 {
            if !paragraph.trim().is_empty() {
                self.around.push(paragraph.trim().to_owned());
            }
        } else if !paragraph.is_empty() {
            if !self.cell.is_empty() {
                self.cell.push('\n');
            }
            self.cell.push_str(&paragraph);
        }
    }

    fn cell_ends(&mut self) -> Result<(), Broken> {
        let mut text = std::mem::take(&mut self.cell);
        if self.goes_on && text.trim().is_empty() {
            let above = self.rows.last().and_then(|row| row.get(self.row.len()));
            text = above.cloned().unwrap_or_default();
        }
        self.cells += self.span;
        if self.cells > MOST_CELLS {
            return Err(Broken::TooLarge);
        }
        self.row.extend(std::iter::repeat_n(text, self.span));
        Ok(())
    }
}
