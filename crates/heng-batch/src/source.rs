//! Files of other formats as lines of comma-separated values: every line of what is read becomes one line, so that
//! scoring, rows set aside, resuming and scoring by columns know one format alone, and a line's number is
//! that of the file it came from.
//!
//! A line that could not be read travels as a note of why; [`broken`] takes it apart again.

#[cfg(feature = "parquet")]
pub mod arrow;
pub mod folder;
pub mod join;
pub mod ndjson;
pub mod sheet;

use std::{
    borrow::Cow,
    io::{self, Read},
};

use heng_diag::Text;

use crate::{
    chunk::{Chunk, Chunker},
    record::{Encoding, cells, push_cell, records},
    wording,
};

/// Stands before the note of a line that could not be read, and between its parts. No text of a file starts so.
const NOTE: char = '\u{1E}';
const PART: char = '\u{1F}';

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A department's cells.
    Row(Vec<String>),
    /// Nothing stands here.
    Blank,
    /// It could not be read.
    Broken(Broken),
}

/// Why a line could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The head of the column; empty for the whole line.
    pub column: String,
    /// Why.
    pub reason: Text,
    /// What stood there.
    pub value: String,
}

impl Broken {
    /// Of a whole line.
    #[must_use]
    pub fn line(reason: Text, value: &str) -> Line {
        Line::Broken(Broken { column: String::new(), reason, value: value.chars().take(200).collect() })
    }
}

/// The lines of a file, in order, none left out.
pub type Lines<'a> = Box<dyn Iterator<Item = io::Result<Line>> + Send + 'a>;

/// A file of any format.
pub struct Source<'a> {
    /// The heads.
    pub heads: Vec<String>,
    /// The number of the first line, from 1.
    pub first: u64,
    /// Its lines behind the heads.
    pub lines: Lines<'a>,
}

/// Lines as a stream of comma-separated values.
pub struct Csv<'a> {
    lines: Lines<'a>,
    ready: Vec<u8>,
    at: usize,
}

impl<'a> Csv<'a> {
    /// The stream of these lines.
    #[must_use]
    pub fn new(lines: Lines<'a>) -> Csv<'a> {
        Csv { lines, ready: Vec::new(), at: 0 }
    }
}

impl Read for Csv<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.ready.len() {
            self.ready.clear();
            self.at = 0;
            while self.ready.len() < buffer.len() {
                let Some(line) = self.lines.next() else { break };
                push_line(&mut self.ready, &line?);
            }
        }
        let rest = self.ready.get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        let (from, to) = (rest.get(..count).unwrap_or_default(), buffer.get_mut(..count).unwrap_or_default());
        to.copy_from_slice(from);
        self.at += count;
        Ok(count)
    }
}

fn push_line(out: &mut Vec<u8>, line: &Line) {
    let flat = |text: &str| text.replace(['\n', '\r'], " ");
    match line {
        Line::Row(cells) => {
            for (place, cell) in cells.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                // A line stays one line: its number tells where it came from.
                push_cell(out, &flat(cell));
            }
            if cells.iter().all(String::is_empty) && cells.len() < 2 {
                out.extend_from_slice(b"\"\"");
            }
        }
        Line::Blank => {}
        Line::Broken(Broken { column, reason, value }) => {
            let parts = [column, &reason.zh, &reason.en, value];
            let parts: Vec<String> = parts.iter().map(|part| flat(part).replace([NOTE, PART, '"'], " ")).collect();
            out.extend_from_slice(format!("{NOTE}{}", parts.join(&PART.to_string())).as_bytes());
        }
    }
    out.push(b'\n');
}

/// The records of a CSV file as lines, from its line `line` on. A record that runs over several lines is followed by
/// as many blank ones.
pub fn csv_lines<'a, R: Read + Send + 'a>(mut chunker: Chunker<R>, encoding: Encoding, line: u64) -> Lines<'a> {
    let mut ready: std::vec::IntoIter<Line> = Vec::new().into_iter();
    let mut next = line;
    Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(line) = ready.next() {
                return Some(Ok(line));
            }
            let chunk = match chunker.next_chunk() {
                Ok(chunk) => chunk?,
                Err(error) => return Some(Err(error)),
            };
            ready = chunk_lines(&chunk, encoding, &mut next).into_iter();
        }
    }))
}

fn chunk_lines(chunk: &Chunk, encoding: Encoding, next: &mut u64) -> Vec<Line> {
    if chunk.broken {
        *next = chunk.line + 1;
        return vec![Broken::line(wording::wrong_quotes(), &String::from_utf8_lossy(&chunk.bytes))];
    }
    let mut lines = Vec::new();
    for (at, record) in records(&chunk.bytes, true) {
        while *next < chunk.line + at {
            lines.push(Line::Blank);
            *next += 1;
        }
        *next += 1;
        let text = encoding.text(record);
        let mut row = Vec::new();
        lines.push(match text.as_deref() {
            None => Broken::line(wording::wrong_encoding(), &String::from_utf8_lossy(record)),
            Some(text) if cells(text, &mut row).is_none() => Broken::line(wording::wrong_quotes(), text),
            Some(_) => Line::Row(row.into_iter().map(Cow::into_owned).collect()),
        });
    }
    lines
}

/// The note in the place of a line that could not be read.
#[must_use]
pub fn broken(record: &str) -> Option<Broken> {
    let mut parts = record.strip_prefix(NOTE)?.split(PART);
    let mut next = || parts.next().map(str::to_owned);
    let (column, zh, en, value) = (next()?, next()?, next()?, next()?);
    Some(Broken { column, reason: Text { zh, en }, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_stays_a_line_and_notes_come_back() {
        let note = Broken { column: "预算".into(), reason: Text::new("读不懂", "no"), value: "x\ny".into() };
        let lines = vec![
            Line::Row(vec!["甲,局".into(), "a\"b\nc".into()]),
            Line::Blank,
            Line::Broken(note.clone()),
            Line::Row(vec!["乙".into(), String::new()]),
        ];
        let mut text = String::new();
        Csv::new(Box::new(lines.into_iter().map(Ok))).read_to_string(&mut text).unwrap();
        let found: Vec<&str> = text.lines().collect();
        assert_eq!(found.len(), 4);
        assert_eq!(found[0], "\"甲,局\",\"a\"\"b c\"");
        assert_eq!((found[1], found[3]), ("", "乙,"));
        assert_eq!(broken(found[2]), Some(Broken { value: "x y".into(), ..note }));
        assert_eq!(broken("甲,1"), None);
    }
}
