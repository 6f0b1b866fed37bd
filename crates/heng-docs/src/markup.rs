//! The marks of a filled template.
//!
//! | line | means |
//! |---|---|
//! | `# …` | the title |
//! | `## …` to `##### …` | headings of four levels, numbered 一、（一）1.（1） |
//! | `= …` | a line without indent |
//! | `^ …` | a line in the middle |
//! | `> …` | a remark |
//! | `\| a \| b \|` | a row of a table, the first being its head |
//! | `---` | a new page |
//! | anything else | a paragraph |
//!
//! Inside a line, `**…**` is bold, `【…】` a blank for a person, and `\` takes a sign for itself.

use heng_diag::Lang;

use crate::wording;

/// A stretch of text of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// Whether it stands out.
    pub bold: bool,
    /// A blank for a person.
    pub blank: bool,
}

/// The text of a line.
pub type Spans = Vec<Span>;

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title.
    Title(Spans),
    /// Level from 1, and the text with its number.
    Heading(u8, Spans),
    /// A paragraph.
    Text(Spans),
    /// A line without indent.
    Flush(Spans),
    /// A line in the middle.
    Centre(Spans),
    /// A remark.
    Remark(Spans),
    /// Rows of cells, the head first.
    Table(Vec<Vec<Spans>>),
    /// What follows stands on a new page.
    NewPage,
}

/// Reads a filled template.
pub(crate) fn parse(text: &str, lang: Lang) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('|') {
            let row = cells(line);
            match blocks.last_mut() {
                Some(Block::Table(rows)) => rows.push(row),
                _ => blocks.push(Block::Table(vec![row])),
            }
            continue;
        }
        blocks.push(block(line, &mut counts, lang));
    }
    blocks
}

fn block(line: &str, counts: &mut Vec<usize>, lang: Lang) -> Block {
    if line == "---" {
        return Block::NewPage;
    }
    let Some((mark, rest)) = line.split_once(' ') else { return Block::Text(spans(line)) };
    match mark {
        "#" => Block::Title(spans(rest)),
        "##" | "###" | "####" | "#####" => {
            let level = mark.len() - 1;
            counts.resize(level, 0);
            if let Some(last) = counts.last_mut() {
                *last += 1;
            }
            let mut text = vec![Span { text: wording::heading_number(lang, counts), ..Span::default() }];
            text.extend(spans(rest));
            Block::Heading(u8::try_from(level).unwrap_or(4), text)
        }
        "=" => Block::Flush(spans(rest)),
        "^" => Block::Centre(spans(rest)),
        ">" => Block::Remark(spans(rest)),
        _ => Block::Text(spans(line)),
    }
}

/// The cells of a table row.
fn cells(line: &str) -> Vec<Spans> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut signs = line.chars().skip(1);
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => {
                cell.push(sign);
                cell.extend(signs.next());
            }
            '|' => cells.push(spans(std::mem::take(&mut cell).trim())),
            sign => cell.push(sign),
        }
    }
    if !cell.trim().is_empty() {
        cells.push(spans(cell.trim()));
    }
    cells
}

/// The stretches of a line.
pub(crate) fn spans(line: &str) -> Spans {
    let mut spans: Spans = vec![Span::default()];
    let mut signs = line.chars().peekable();
    let mut bold = false;
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => push(&mut spans, signs.next().unwrap_or('\\')),
            '*' if signs.peek() == Some(&'*') => {
                signs.next();
                bold = !bold;
                spans.push(Span { bold, ..Span::default() });
            }
            '【' => {
                spans.push(Span { bold, blank: true, ..Span::default() });
                push(&mut spans, sign);
            }
            '】' => {
                push(&mut spans, sign);
                spans.push(Span { bold, ..Span::default() });
            }
            sign => push(&mut spans, sign),
        }
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}

fn push(spans: &mut Spans, sign: char) {
    if let Some(last) = spans.last_mut() {
        last.text.push(sign);
    }
}
