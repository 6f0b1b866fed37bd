//! What the checks look at: the document, its figures, its tables as numbers, and the words of the trade.

use std::ops::Range;

use heng_diag::{FileId, Span};
use heng_model::Number;

use crate::{
    document::{Document, Kind},
    figure::{self, Family, Figure},
    subject,
    vocabulary::Vocabulary,
};

/// The figures of a document and how they hang together.
#[derive(Debug)]
pub struct Graph<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its figures in paragraphs, in reading order.
    pub figures: Vec<Figure>,
    /// Its tables.
    pub tables: Vec<Table>,
    pub(crate) words: &'a Vocabulary,
    file: FileId,
    year: Option<i64>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// What stands in it.
    pub text: String,
    /// Its value, where it is a plain number: in the unit of the column.
    pub value: Option<Number>,
    /// How many decimals are printed.
    pub places: u32,
    /// Its bytes in the document's text.
    pub span: Range<usize>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its rows.
    pub rows: Vec<Vec<TableCell>>,
    /// The block of its first row.
    pub block: usize,
    /// What one of its numbers is in yuan, where its head or the line before it says so.
    pub unit: Option<i64>,
}

impl<'a> Graph<'a> {
    /// Finds the figures.
    pub(crate) fn new(document: &'a Document, file: FileId, words: &'a Vocabulary) -> Graph<'a> {
        let mut figures = figure::figures(document);
        subject::settle(document, words, &mut figures);
        let tables = tables(document);
        let year = crate::check::leftover::evaluated_year(&document.text);
        Graph { document, figures, tables, words, file, year }
    }

    /// A place in the document's text.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file: self.file, start: byte(range.start), end: byte(range.end) }
    }

    /// The text of a range.
    pub(crate) fn text(&self, range: Range<usize>) -> &str {
        self.document.text.get(range).unwrap_or("")
    }

    /// The figures of each sentence, by their numbers.
    pub(crate) fn sentences(&self) -> Vec<&[Figure]> {
        self.figures.chunk_by(|a, b| a.sentence == b.sentence).collect()
    }

    /// The bytes of the sentence around a byte.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        let block = self.document.block_at(at).and_then(|number| self.document.blocks.get(number));
        let Some(block) = block else { return 0..0 };
        let ends = ['。', '！', '？', '!', '?'];
        let before = self.text(block.span.start..at);
        let start = before.char_indices().rev().find(|(_, c)| ends.contains(c));
        let start = block.span.start + start.map_or(0, |(byte, c)| byte + c.len_utf8());
        let after = self.text(at..block.span.end);
        let end = after.char_indices().find(|(_, c)| ends.contains(c)).map_or(block.span.end, |(byte, _)| at + byte);
        start..end
    }

    /// The year that the document evaluates, where it says so.
    pub(crate) fn year(&self) -> Option<i64> {
        self.year
    }
}

/// The sum of numbers.
pub(crate) fn sum<'n>(numbers: impl Iterator<Item = &'n Number>) -> Number {
    numbers.fold(Number::ZERO, |sum, number| &sum + number)
}

/// Whether two figures can be added.
pub(crate) fn same_family(a: &Figure, b: &Figure) -> bool {
    a.family == b.family && a.family != Family::Percent
}

/// What rounding may explain in a sum of `figures`: half a unit of the last place of each. A nought at the
/// end is often not printed, so the finest place of all holds for each where they have one unit.
pub(crate) fn slack<'f>(figures: impl Iterator<Item = &'f Figure> + Clone) -> Number {
    let mut units = figures.clone().map(|figure| &figure.unit_word);
    let first = units.next();
    if units.any(|unit| Some(unit) != first) {
        return figures.fold(Number::ZERO, |sum, figure| &sum + &figure.half);
    }
    let finest = figures.clone().map(|figure| figure.half.clone()).min().unwrap_or(Number::ZERO);
    let count = figures.count();
    &finest * &Number::from(count)
}

fn tables(document: &Document) -> Vec<Table> {
    let mut found: Vec<(usize, Table)> = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let Kind::Row { table, cells } = &block.kind else { continue };
        let row: Vec<TableCell> = cells.iter().map(|cell| table_cell(document, &cell.span)).collect();
        match found.last_mut() {
            Some((last, known)) if last == table => known.rows.push(row),
            _ => found.push((*table, Table { rows: vec![row], block: number, unit: None })),
        }
    }
    found
        .into_iter()
        .flat_map(|(_, table)| split(table))
        .map(|mut table| {
            table.unit = table_unit(document, &table);
            table
        })
        .collect()
}

/// A sheet that holds several tables below each other: each row with a column of points and one of scores in
/// words begins another.
fn split(table: Table) -> Vec<Table> {
    let head = |row: &[TableCell]| {
        let named = |words: [&str; 4]| row.iter().any(|cell| words.contains(&cell.text.trim()));
        named(["分值", "满分", "权重", "标准分"]) && named(["得分", "自评得分", "评分", "自评分"])
    };
    let mut found: Vec<Table> = Vec::new();
    for (at, row) in table.rows.into_iter().enumerate() {
        let begins = head(&row) && at > 0;
        match found.last_mut().filter(|_| !begins) {
            Some(last) => last.rows.push(row),
            None => found.push(Table { rows: vec![row], block: table.block + at, unit: None }),
        }
    }
    found
}

fn table_cell(document: &Document, span: &Range<usize>) -> TableCell {
    let text = document.slice(span).to_owned();
    let plain = text.replace([',', ' ', '，', '¥', '￥'], "");
    let plain = ["万元", "元", "分", "人", "名"].iter().find_map(|unit| plain.strip_suffix(unit)).unwrap_or(&plain);
    let value = match plain {
        "—" | "-" | "/" | "无" | "–" => Some(Number::ZERO),
        plain => Number::parse_decimal(plain).filter(|_| plain.len() < 20),
    };
    let places = plain.split_once('.').map_or(0, |(_, rest)| u32::try_from(rest.len()).unwrap_or(0));
    TableCell { text, value, places, span: span.clone() }
}

/// The unit that stands in the first rows of a table or in the two lines before it.
fn table_unit(document: &Document, table: &Table) -> Option<i64> {
    let before = (table.block.saturating_sub(2)..table.block).filter_map(|number| document.blocks.get(number));
    let lines = before.map(|block| document.block_text(block).to_owned()).filter(|line| line.contains("单位"));
    let heads = table.rows.iter().take(3).flatten().map(|cell| cell.text.clone()).filter(|text| text.contains("元"));
    lines.chain(heads).find_map(|line| {
        let words = [("亿元", 100_000_000), ("万元", 10_000), ("千元", 1000), ("元", 1)];
        words.into_iter().find(|(word, _)| line.contains(word)).map(|(_, one)| one)
    })
}
