//! A document as the checks see it: one text, a line for each paragraph or table row, and for every
//! line where it stands in the file.

use std::ops::Range;

use serde::Serialize;

use crate::fold::fold;

/// Where a block stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The page, from 1, where the format has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The paragraph, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// The table, from 1, or the sheet by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The row of that table, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

/// A cell of a table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its bytes in the document's text.
    pub span: Range<usize>,
    /// The number of its paragraph in the file, from 0, for comments.
    pub source: usize,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph.
    Paragraph,
    /// A row of the table with this number.
    Row {
        /// The table, from 0.
        table: usize,
        /// Its cells, blank ones included.
        cells: Vec<Cell>,
    },
}

/// A paragraph or a table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes in the document's text.
    pub span: Range<usize>,
    /// Where it stands in the file.
    pub place: Place,
    /// Paragraph or row.
    pub kind: Kind,
    /// The number of its paragraph in the file, from 0, for comments.
    pub source: usize,
}

/// A document that has been read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The name of the file.
    pub name: String,
    /// All of its text, a line for each block; digits, letters and number signs are half-width.
    pub text: String,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    tables: usize,
    paragraphs: u32,
    rows: u32,
    page: Option<u32>,
}

impl Document {
    /// An empty document.
    pub fn new(name: impl Into<String>) -> Document {
        Document { name: name.into(), ..Document::default() }
    }

    /// The text of some bytes.
    #[must_use]
    pub fn slice(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or("")
    }

    /// The text of a block.
    #[must_use]
    pub fn block_text(&self, block: &Block) -> &str {
        self.slice(&block.span)
    }

    /// The paragraphs, with their numbers among the blocks.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(|(_, block)| block.kind == Kind::Paragraph)
    }

    /// The number of the block that holds a byte.
    #[must_use]
    pub fn block_at(&self, byte: usize) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.span.start <= byte);
        after.checked_sub(1)
    }

    /// The following blocks stand on this page.
    pub(crate) fn set_page(&mut self, page: u32) {
        self.page = Some(page);
    }

    /// Adds a paragraph; a blank one only counts.
    pub(crate) fn paragraph(&mut self, text: &str, source: usize) {
        self.paragraphs += 1;
        let text = fold(text);
        if text.is_empty() {
            return;
        }
        let place = Place { page: self.page, paragraph: Some(self.paragraphs), ..Place::default() };
        let span = self.push(&text);
        self.blocks.push(Block { span, place, kind: Kind::Paragraph, source });
    }

    /// Begins a table.
    pub(crate) fn begin_table(&mut self) {
        self.tables += 1;
        self.rows = 0;
    }

    /// Adds a row to the table that was begun last; `name` is that of its sheet.
    pub(crate) fn row(&mut self, cells: &[(String, usize)], name: Option<&str>) {
        self.rows += 1;
        let start = self.text.len();
        let mut spans = Vec::new();
        for (number, (cell, source)) in cells.iter().enumerate() {
            if number > 0 {
                self.text.push_str(" | ");
            }
            let from = self.text.len();
            self.text.push_str(&fold(cell));
            spans.push(Cell { span: from..self.text.len(), source: *source });
        }
        let span = start..self.text.len();
        self.text.push('\n');
        let table = Some(name.map_or_else(|| self.tables.to_string(), str::to_owned));
        let place = Place { page: self.page, table, row: Some(self.rows), paragraph: None };
        let source = spans.first().map_or(0, |cell| cell.source);
        let kind = Kind::Row { table: self.tables.saturating_sub(1), cells: spans };
        self.blocks.push(Block { span, place, kind, source });
    }

    /// Passes over rows that hold nothing.
    pub(crate) fn skip_rows(&mut self, rows: u32) {
        self.rows += rows;
    }

    fn push(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        let span = start..self.text.len();
        self.text.push('\n');
        span
    }
}

impl Place {
    /// The place in words, Chinese as the documents are.
    #[must_use]
    pub fn said(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.page.map(|page| format!("第 {page} 页")));
        parts.extend(self.paragraph.map(|paragraph| format!("第 {paragraph} 段")));
        parts.extend(self.table.as_ref().map(|table| format!("表 {table}")));
        parts.extend(self.row.map(|row| format!("第 {row} 行")));
        parts.join(" ")
    }
}
