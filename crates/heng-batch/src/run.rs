//! The way from stream to stream.

use std::{
    borrow::Cow,
    io::{self, Read, Write},
    thread,
};

use heng_data::Refused;
use heng_diag::{Lang, Text};
use heng_eval::{Context, Scripts, evaluate_quietly};
use heng_model::{Calendar, Name, Outcome, Program};

use crate::{
    chunk::{Chunk, Chunker},
    line,
    record::{Encoding, cells, push_cell, records},
    table::Table,
    wording,
};

/// The rules that score.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// The program.
    pub program: &'a Program,
    /// The calendar, where the pack names one.
    pub calendar: Option<&'a Calendar>,
    /// The pack's scripts.
    pub scripts: &'a (dyn Scripts + Sync),
}

/// What is done with a file.
pub struct Job<'a> {
    /// The rules.
    pub rules: Rules<'a>,
    /// Its columns.
    pub table: &'a Table<'a>,
    /// Its name, for origins.
    pub file: Name,
    /// Its encoding.
    pub encoding: Encoding,
    /// The language of status and reasons.
    pub lang: Lang,
    /// The fewest decimals of a score.
    pub places: u32,
    /// How many threads score.
    pub threads: usize,
}

/// Where the results go.
pub struct Streams<'w> {
    /// A line a department.
    pub scores: &'w mut dyn Write,
    /// A line for each refused cell.
    pub rejects: &'w mut dyn Write,
}

/// What a run came to so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Departments scored.
    pub scored: u64,
    /// … of which the total is not decided.
    pub open: u64,
    /// Rows set aside.
    pub rejected: u64,
}

/// What a chunk came to.
#[derive(Default)]
struct Done {
    scores: Vec<u8>,
    rejects: Vec<u8>,
    summary: Summary,
}

/// Scores everything that `chunker` still holds. After each block `told` is given what was done so far
/// and the position in the input up to which it is done; both streams hold all of it then.
///
/// # Errors
/// What a stream says. What was written so far stands.
pub fn run<R: Read>(
    job: &Job<'_>,
    chunker: &mut Chunker<R>,
    streams: &mut Streams<'_>,
    mut told: impl FnMut(Summary, (u64, u64)) -> io::Result<()>,
    mut summary: Summary,
) -> io::Result<Summary> {
    let threads = job.threads.max(1);
    loop {
        let mut chunks = Vec::new();
        while chunks.len() < threads * 2
            && let Some(chunk) = chunker.next_chunk()?
        {
            chunks.push(chunk);
        }
        if chunks.is_empty() {
            return Ok(summary);
        }
        for done in scored(job, &chunks, threads) {
            streams.scores.write_all(&done.scores)?;
            streams.rejects.write_all(&done.rejects)?;
            summary.scored += done.summary.scored;
            summary.open += done.summary.open;
            summary.rejected += done.summary.rejected;
        }
        told(summary, chunker.position())?;
    }
}

/// Scores some chunks, in their order.
fn scored(job: &Job<'_>, chunks: &[Chunk], threads: usize) -> Vec<Done> {
    if threads == 1 || chunks.len() == 1 {
        return chunks.iter().map(|chunk| job.chunk(chunk)).collect();
    }
    let mut done: Vec<Done> = chunks.iter().map(|_| Done::default()).collect();
    let share = chunks.len().div_ceil(threads);
    thread::scope(|scope| {
        for (chunks, done) in chunks.chunks(share).zip(done.chunks_mut(share)) {
            scope.spawn(move || {
                for (chunk, done) in chunks.iter().zip(done) {
                    *done = job.chunk(chunk);
                }
            });
        }
    });
    done
}

impl Job<'_> {
    fn chunk(&self, chunk: &Chunk) -> Done {
        let mut done = Done::default();
        if chunk.broken {
            let text = String::from_utf8_lossy(&chunk.bytes);
            self.reject(&mut done, chunk.line, None, &wording::wrong_quotes(), text.trim_end());
            return done;
        }
        let whole = self.encoding.text(&chunk.bytes);
        match whole.as_deref() {
            Some(text) => {
                for (line, record) in records(text.as_bytes(), true) {
                    let record = std::str::from_utf8(record).map(Cow::Borrowed).ok();
                    self.record(&mut done, chunk.line + line, record, b"");
                }
            }
            None => {
                for (line, record) in records(&chunk.bytes, true) {
                    self.record(&mut done, chunk.line + line, self.encoding.text(record), record);
                }
            }
        }
        done
    }

    fn record(&self, done: &mut Done, line: u64, record: Option<Cow<'_, str>>, bytes: &[u8]) {
        let Some(record) = record else {
            let text = String::from_utf8_lossy(bytes);
            return self.reject(done, line, None, &wording::wrong_encoding(), &text);
        };
        let mut row = Vec::new();
        if cells(&record, &mut row).is_none() {
            return self.reject(done, line, None, &wording::wrong_quotes(), &record);
        }
        let wanted = self.table.heads.len();
        if row.len() != wanted {
            return self.reject(done, line, None, &wording::wrong_width(row.len(), wanted), &record);
        }
        let origin = u32::try_from(line).unwrap_or(u32::MAX);
        match self.table.layout.facts(&self.file, origin, &row) {
            Ok(facts) => self.score(done, &row, &facts),
            Err(refused) => {
                done.summary.rejected += 1;
                for Refused { column, reason, value } in refused {
                    self.say_refused(done, line, column, &reason, &value);
                }
            }
        }
    }

    fn score(&self, done: &mut Done, row: &[Cow<'_, str>], facts: &heng_model::Facts) {
        let Rules { program, calendar, scripts } = self.rules;
        let card = evaluate_quietly(program, facts, &Context { calendar, scripts });
        for key in &self.table.keys {
            push_cell(&mut done.scores, row.get(*key).map_or("", |cell| cell));
            done.scores.push(b',');
        }
        line::push_card(&mut done.scores, &card, self.places, self.lang);
        done.summary.scored += 1;
        let decided =
            matches!(card.nodes.first().map(|total| &total.outcome), Some(Outcome::Score(_) | Outcome::NotApplicable));
        done.summary.open += u64::from(!decided);
    }

    fn reject(&self, done: &mut Done, line: u64, column: Option<usize>, reason: &Text, value: &str) {
        done.summary.rejected += 1;
        self.say_refused(done, line, column, reason, value);
    }

    fn say_refused(&self, done: &mut Done, line: u64, column: Option<usize>, reason: &Text, value: &str) {
        let head = column.and_then(|column| self.table.heads.get(column)).map_or("", String::as_str);
        done.rejects.extend_from_slice(line.to_string().as_bytes());
        for cell in [head, reason.get(self.lang), value] {
            done.rejects.push(b',');
            push_cell(&mut done.rejects, cell);
        }
        done.rejects.push(b'\n');
    }
}
