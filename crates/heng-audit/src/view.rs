//! What checks of others may look at: the figures, how they hang together, the rows of score sheets and the
//! cells of tables, each with its place. All of it is plain values; nothing in it can be changed.

use std::ops::Range;

use heng_diag::{Diagnostic, Label, Severity, Text};
use heng_model::Number;

use crate::{
    Audit,
    check::{sheet, total},
    document::{Document, Kind},
    figure::Figure,
    graph::Graph,
    vocabulary::Vocabulary,
};

/// The graph of figures of a document.
#[derive(Clone, Debug)]
pub struct View {
    /// The year that the document evaluates, where it says so.
    pub year: Option<i64>,
    /// The figures of its paragraphs, in reading order.
    pub figures: Vec<Figure>,
    /// Totals and what the text calls their parts.
    pub totals: Vec<Total>,
    /// The rows of score sheets.
    pub scores: Vec<ScoreRow>,
    /// The cells of tables.
    pub cells: Vec<CellOf>,
    /// The paragraphs.
    pub paragraphs: Vec<Range<usize>>,
}

/// A total and its parts, as numbers of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The total.
    pub total: usize,
    /// Its parts.
    pub parts: Vec<usize>,
}

/// A row of a score sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreRow {
    /// What is scored.
    pub name: String,
    /// Its full marks.
    pub points: Number,
    /// The score.
    pub score: Number,
    /// Why points were taken off; blank where nothing is said.
    pub reason: String,
    /// The bytes of the score.
    pub span: Range<usize>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellOf {
    /// The table, from 1.
    pub table: usize,
    /// The row, from 1.
    pub row: usize,
    /// The column, from 1.
    pub column: usize,
    /// The name that its row begins with.
    pub name: String,
    /// The head of its column.
    pub head: String,
    /// What stands in it.
    pub text: String,
    /// Its value: in yuan where the table says its unit.
    pub value: Option<Number>,
    /// Its bytes.
    pub span: Range<usize>,
}

/// What a check of others has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// How grave it is.
    pub severity: Severity,
    /// What it says.
    pub text: Text,
    /// Who says it: the pack and its check.
    pub source: Text,
    /// The bytes it is about; none where it is about the document.
    pub span: Option<Range<usize>>,
}

/// The graph of figures of a document, as checks of others see it.
#[must_use]
pub fn view(document: &Document, words: &Vocabulary) -> View {
    let mut sources = heng_diag::Sources::new();
    let file = sources.add(document.name.clone(), document.text.clone());
    let graph = Graph::new(document, file, words);
    let paragraphs = document.blocks.iter().filter(|block| block.kind == Kind::Paragraph);
    View {
        year: graph.year(),
        totals: total::links(&graph),
        scores: sheet::rows(&graph),
        cells: cells(&graph),
        paragraphs: paragraphs.map(|block| block.span.clone()).collect(),
        figures: graph.figures,
    }
}

fn cells(graph: &Graph) -> Vec<CellOf> {
    let mut found = Vec::new();
    for (table, of) in graph.tables.iter().enumerate() {
        for (row, cells) in of.rows.iter().enumerate() {
            let name = cells.first().map(|cell| cell.text.clone()).unwrap_or_default();
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.text.trim().is_empty()) {
                let head = of.rows.first().and_then(|head| head.get(column)).map(|cell| cell.text.clone());
                let one = Number::from(of.unit.unwrap_or(1));
                found.push(CellOf {
                    table: table + 1,
                    row: row + 1,
                    column: column + 1,
                    name: name.clone(),
                    head: head.unwrap_or_default(),
                    text: cell.text.clone(),
                    value: cell.value.as_ref().map(|value| value * &one),
                    span: cell.span.clone(),
                });
            }
        }
    }
    found
}

/// Puts what checks of others found among the findings.
pub fn add(document: &Document, audit: &mut Audit, remarks: Vec<Remark>) {
    let file = audit.file;
    for remark in remarks {
        let mut finding = Diagnostic::general("audit/custom", remark.severity, remark.text).note(remark.source);
        if let Some(span) = remark.span.filter(|span| document.text.get(span.clone()).is_some()) {
            let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let span = heng_diag::Span { file, start: byte(span.start), end: byte(span.end) };
            finding.primary = Some(Label { span, text: Text::same("") });
        }
        crate::settle(document, &mut finding);
        audit.findings.push(finding);
    }
    heng_diag::sort(&mut audit.findings);
}
