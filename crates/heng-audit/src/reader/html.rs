//! Web pages: the text of their blocks and the rows of their tables.

use html5gum::{Token, Tokenizer};

use crate::document::Document;

/// Elements that end a paragraph.
const BLOCKS: [&[u8]; 17] = [
    b"p", b"div", b"br", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"li", b"ul", b"ol", b"section", b"article",
    b"body", b"center", b"hr",
];

/// Elements whose text is not shown.
const HIDDEN: [&[u8]; 6] = [b"script", b"style", b"head", b"noscript", b"template", b"select"];

#[derive(Default)]
struct Page {
    text: String,
    hidden: usize,
    rows: Vec<Vec<(String, usize)>>,
    row: Vec<(String, usize)>,
    depth: usize,
    in_cell: bool,
    span: usize,
    /// How many rows the cell that is being read goes on below its own.
    down: usize,
    /// For each column, how many rows a cell from above still fills.
    filled: Vec<usize>,
}

/// Appends a page.
pub(crate) fn append(document: &mut Document, text: &str) {
    let mut page = Page::default();
    for Ok(token) in Tokenizer::new(text) {
        match token {
            Token::StartTag(tag) => {
                let span = tag
                    .attributes
                    .get(b"colspan".as_slice())
                    .and_then(|span| std::str::from_utf8(span).ok()?.parse().ok());
                let down = tag
                    .attributes
                    .get(b"rowspan".as_slice())
                    .and_then(|span| std::str::from_utf8(span).ok()?.parse::<usize>().ok());
                page.start(document, &tag.name, span.unwrap_or(1));
                if tag.name.as_slice() == b"td" || tag.name.as_slice() == b"th" {
                    page.down = down.unwrap_or(1).clamp(1, 500) - 1;
                }
            }
            Token::EndTag(tag) => page.end(document, &tag.name),
            Token::String(text) if page.hidden == 0 => page.text.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    page.flush(document);
    page.table(document);
}

impl Page {
    fn start(&mut self, document: &mut Document, name: &[u8], span: usize) {
        match name {
            name if HIDDEN.contains(&name) => self.hidden += 1,
            b"table" => {
                if self.depth == 0 {
                    self.flush(document);
                }
                self.depth += 1;
            }
            b"td" | b"th" if self.depth == 1 => {
                self.end_cell();
                (self.in_cell, self.span, self.text) = (true, span.clamp(1, 200), String::new());
            }
            b"tr" if self.depth == 1 => self.end_row(),
            name if BLOCKS.contains(&name) && !self.in_cell => self.flush(document),
            name if BLOCKS.contains(&name) => self.text.push(' '),
            _ => {}
        }
    }

    fn end(&mut self, document: &mut Document, name: &[u8]) {
        match name {
            name if HIDDEN.contains(&name) => self.hidden = self.hidden.saturating_sub(1),
            b"table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.end_row();
                    self.table(document);
                }
            }
            b"td" | b"th" if self.depth == 1 => self.end_cell(),
            b"tr" if self.depth == 1 => self.end_row(),
            name if BLOCKS.contains(&name) && !self.in_cell => self.flush(document),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        if std::mem::take(&mut self.in_cell) {
            self.pass();
            let down = std::mem::take(&mut self.down);
            for number in 0..self.span {
                let at = self.row.len();
                self.row.push((if number == 0 { std::mem::take(&mut self.text) } else { String::new() }, 0));
                if self.filled.len() <= at {
                    self.filled.resize(at + 1, 0);
                }
                if let Some(filled) = self.filled.get_mut(at) {
                    *filled = down;
                }
            }
        }
    }

    /// Leaves the places blank that cells from above fill.
    fn pass(&mut self) {
        while let Some(filled) = self.filled.get_mut(self.row.len()).filter(|filled| **filled > 0) {
            *filled -= 1;
            self.row.push((String::new(), 0));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if !self.row.is_empty() {
            self.pass();
        }
        if !self.row.is_empty() {
            let row = std::mem::take(&mut self.row);
            self.rows.push(row);
        }
    }

    fn flush(&mut self, document: &mut Document) {
        if self.depth == 0 {
            let text = std::mem::take(&mut self.text);
            if !text.trim().is_empty() {
                document.paragraph(&text, 0);
            }
        }
    }

    fn table(&mut self, document: &mut Document) {
        let rows = std::mem::take(&mut self.rows);
        self.filled.clear();
        if !rows.is_empty() {
            document.begin_table();
            rows.iter().for_each(|row| document.row(row, None));
        }
    }
}
