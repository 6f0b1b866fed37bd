//! The text of a document on the page, with the places of the findings marked: paragraphs, and tables as tables.

use std::{fmt::Write, ops::Range};

use heng_diag::escape_html;

use crate::{
    Audit,
    document::{Block, Document, Kind},
};

/// A place to mark, and the finding that it belongs to.
struct Mark {
    span: Range<usize>,
    number: usize,
}

/// Writes the text; `file` is the number of the document on the page.
pub(super) fn write(out: &mut String, document: &Document, audit: &Audit, file: usize) {
    let mut marks: Vec<Mark> = Vec::new();
    for (number, finding) in audit.findings.iter().enumerate() {
        let labels = finding.primary.iter().chain(&finding.others);
        marks.extend(labels.map(|label| Mark { span: label.span.start as usize..label.span.end as usize, number }));
    }
    marks.sort_by_key(|mark| (mark.span.start, mark.span.end, mark.number));
    let mut body = Body { out, document, marks, named: vec![false; audit.findings.len()], file };
    body.out.push_str("<div class=\"text\">\n");
    let mut open = None;
    for block in &document.blocks {
        let table = match block.kind {
            Kind::Row { table, .. } => Some(table),
            Kind::Paragraph => None,
        };
        if open != table {
            body.out.push_str(if open.is_some() { "</table></div>\n" } else { "" });
            body.out.push_str(if table.is_some() { "<div class=\"wide\"><table>\n" } else { "" });
            open = table;
        }
        body.block(block);
    }
    body.out.push_str(if open.is_some() { "</table></div>\n</div>\n" } else { "</div>\n" });
}

struct Body<'p> {
    out: &'p mut String,
    document: &'p Document,
    marks: Vec<Mark>,
    /// Findings whose place can be jumped to already.
    named: Vec<bool>,
    file: usize,
}

impl Body<'_> {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            Kind::Paragraph => {
                self.out.push_str("<p>");
                self.span(&block.span);
                self.out.push_str("</p>\n");
            }
            Kind::Row { cells, .. } => {
                self.out.push_str("<tr>");
                for cell in cells {
                    let text = self.document.slice(&cell.span).trim();
                    let number = text.chars().any(|c| c.is_ascii_digit())
                        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '%'));
                    self.out.push_str(if number { "<td class=\"n\">" } else { "<td>" });
                    self.span(&cell.span);
                    self.out.push_str("</td>");
                }
                self.out.push_str("</tr>\n");
            }
        }
    }

    /// The text of a span with its marks; of marks that overlap the first is shown, and all can be jumped to.
    fn span(&mut self, span: &Range<usize>) {
        let mut at = span.start;
        let here: Vec<(Range<usize>, usize)> = self
            .marks
            .iter()
            .filter(|mark| mark.span.start < span.end && mark.span.end > span.start)
            .map(|mark| (mark.span.start.max(span.start)..mark.span.end.min(span.end), mark.number))
            .collect();
        for (mark, number) in here {
            let id = self.id(number);
            if mark.start < at || mark.is_empty() {
                if !id.is_empty() {
                    let _ = write!(self.out, "<a{id}></a>");
                }
                continue;
            }
            self.out.push_str(&escape_html(self.document.slice(&(at..mark.start))));
            let _ = write!(self.out, "<mark{id}>{}</mark>", escape_html(self.document.slice(&mark)));
            at = mark.end;
        }
        self.out.push_str(&escape_html(self.document.slice(&(at..span.end))));
    }

    /// The name of a finding's place, at the first place alone.
    fn id(&mut self, number: usize) -> String {
        let first = self.named.get_mut(number).is_some_and(|named| !std::mem::replace(named, true));
        if first { format!(" id=\"f{}-{number}\"", self.file) } else { String::new() }
    }
}
