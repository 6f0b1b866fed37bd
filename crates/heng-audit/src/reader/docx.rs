//! Word documents: paragraphs with the numbers that Word would print, and tables with merged cells.

use heng_diag::Diagnostic;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{archive, numbering::Numbering};
use crate::{document::Document, reading};

/// How deep elements may lie in each other.
const MOST_DEPTH: usize = 256;

/// Appends a Word document.
pub(crate) fn append(document: &mut Document, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let mut archive = archive::open(bytes)?;
    let numbering = archive::part(&mut archive, "word/numbering.xml")?.unwrap_or_default();
    let styles = archive::part(&mut archive, "word/styles.xml")?.unwrap_or_default();
    let body = archive::part(&mut archive, "word/document.xml")?;
    let body = body.ok_or_else(|| Box::new(reading::broken("word/document.xml is missing")))?;
    Body::new(document, Numbering::read(&numbering, &styles)).read(&body)
}

/// A table that is being read.
#[derive(Default)]
struct Open {
    rows: Vec<Vec<(String, usize)>>,
    row: Vec<(String, usize)>,
    cell: String,
    cell_source: usize,
    span: usize,
}

struct Body<'d> {
    document: &'d mut Document,
    numbering: Numbering,
    tables: Vec<Open>,
    text: String,
    in_text: bool,
    removed: usize,
    paragraph: usize,
    list: Option<(String, usize)>,
    style: Option<String>,
    in_properties: bool,
}

impl<'d> Body<'d> {
    fn new(document: &'d mut Document, numbering: Numbering) -> Body<'d> {
        Body {
            document,
            numbering,
            tables: Vec::new(),
            text: String::new(),
            in_text: false,
            removed: 0,
            paragraph: 0,
            list: None,
            style: None,
            in_properties: false,
        }
    }

    fn read(&mut self, xml: &str) -> Result<(), Box<Diagnostic>> {
        let mut reader = Reader::from_str(xml);
        let mut depth = 0_usize;
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    depth += 1;
                    if depth > MOST_DEPTH {
                        return Err(Box::new(reading::broken("the elements are nested too deeply")));
                    }
                    self.start(&start);
                }
                Ok(Event::Empty(start)) => {
                    self.start(&start);
                    self.end(start.name().as_ref());
                }
                Ok(Event::End(end)) => {
                    depth = depth.saturating_sub(1);
                    self.end(end.name().as_ref());
                }
                Ok(Event::Text(text)) if self.in_text && self.removed == 0 => {
                    self.text.push_str(&text);
                }
                Ok(Event::GeneralRef(name)) if self.in_text && self.removed == 0 => {
                    self.text.push_str(&super::numbering::entity(&name));
                }
                Ok(Event::Eof) => return Ok(()),
                Err(error) => return Err(Box::new(reading::broken(&error.to_string()))),
                Ok(_) => {}
            }
        }
    }

    fn start(&mut self, start: &BytesStart) {
        let value = || super::numbering::attribute(start, "w:val");
        match start.name().as_ref() {
            "w:tbl" => self.tables.push(Open::default()),
            "w:tc" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.cell, table.cell_source, table.span) = (String::new(), self.paragraph, 1);
                }
            }
            "w:gridSpan" => {
                if let Some(table) = self.tables.last_mut() {
                    table.span = value().and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, 200);
                }
            }
            "w:p" => (self.text, self.list, self.style) = (String::new(), None, None),
            "w:pPr" => self.in_properties = true,
            "w:pStyle" if self.in_properties => self.style = value(),
            "w:numId" if self.in_properties => {
                let level = self.list.take().map_or(0, |(_, level)| level);
                self.list = value().map(|id| (id, level));
            }
            "w:ilvl" if self.in_properties => {
                let level = value().and_then(|level| level.parse().ok()).unwrap_or(0);
                self.list = Some((self.list.take().map_or_else(String::new, |(id, _)| id), level));
            }
            "w:t" => self.in_text = true,
            "w:tab" | "w:br" | "w:cr" if !self.in_properties => self.text.push(' '),
            "w:noBreakHyphen" => self.text.push('-'),
            "w:del" | "w:moveFrom" | "mc:Fallback" => self.removed += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:t" => self.in_text = false,
            "w:pPr" => self.in_properties = false,
            "w:del" | "w:moveFrom" | "mc:Fallback" => self.removed = self.removed.saturating_sub(1),
            "w:p" => self.end_paragraph(),
            "w:tc" => {
                if let Some(table) = self.tables.last_mut() {
                    let cell = std::mem::take(&mut table.cell);
                    table.row.push((cell, table.cell_source));
                    for _ in 1..table.span {
                        table.row.push((String::new(), table.cell_source));
                    }
                }
            }
            "w:tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            "w:tbl" => self.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let number = match text.trim().is_empty() {
            true => String::new(),
            false => self.numbering.next(self.list.as_ref(), self.style.as_deref()),
        };
        let text = format!("{number}{text}");
        match self.tables.last_mut() {
            Some(table) => table.cell.push_str(&text),
            None => self.document.paragraph(&text, self.paragraph),
        }
        self.paragraph += 1;
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        if let Some(outer) = self.tables.last_mut() {
            for (cell, _) in table.rows.into_iter().flatten() {
                outer.cell.push(' ');
                outer.cell.push_str(&cell);
            }
            return;
        }
        self.document.begin_table();
        table.rows.iter().for_each(|row| self.document.row(row, None));
    }
}
