//! The way from stream to stream.

use std::{
    borrow::Cow,
    io::{self, Read, Write},
    thread,
};

use heng_data::Refused;
use heng_diag::{Lang, Text};
use heng_eval::{
    Context, Scripts,
    columns::{Block, Column, Kernel, Scratch, Values},
    evaluate_quietly,
    peer::evaluate_among,
    points_of,
};
use heng_model::{Calendar, Facts, Name, Number, Outcome, Peers, Program, Scorecard};

use crate::{
    chunk::{Chunk, Chunker},
    line,
    record::{Encoding, cells, push_cell, records},
    source,
    table::Table,
    typed::{Builder, Typed},
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
    /// The values of all units, where the rules score units among each other.
    pub peers: Option<&'a Peers>,
}

impl Rules<'_> {
    /// Scores one unit, among its peers where they are known.
    #[must_use]
    pub fn score(&self, facts: &Facts) -> Scorecard {
        let Rules { program, calendar, scripts, peers } = *self;
        let context = Context { calendar, scripts };
        match peers {
            Some(peers) => evaluate_among(program, facts, &context, peers, false),
            None => evaluate_quietly(program, facts, &context),
        }
    }
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
    /// The columns, where the rows are to be scored by columns.
    pub columns: Option<Columns>,
}

/// The program over the columns of the file.
pub struct Columns {
    /// How rows become columns.
    pub typed: Typed,
    /// The program.
    pub kernel: Kernel,
}

/// What a thread keeps from chunk to chunk.
#[derive(Default)]
struct Worker {
    builder: Builder,
    scratch: Scratch,
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
    /// Departments scored by columns.
    pub by_columns: u64,
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
    let mut workers = Vec::new();
    workers.resize_with(job.threads.max(1), Worker::default);
    let threads = workers.len();
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
        for done in scored(job, &chunks, &mut workers) {
            streams.scores.write_all(&done.scores)?;
            streams.rejects.write_all(&done.rejects)?;
            summary.scored += done.summary.scored;
            summary.open += done.summary.open;
            summary.rejected += done.summary.rejected;
            summary.by_columns += done.summary.by_columns;
        }
        told(summary, chunker.position())?;
    }
}

/// Scores some chunks, in their order.
fn scored(job: &Job<'_>, chunks: &[Chunk], workers: &mut [Worker]) -> Vec<Done> {
    let mut done: Vec<Done> = chunks.iter().map(|_| Done::default()).collect();
    let share = chunks.len().div_ceil(workers.len().max(1)).max(1);
    let parts = chunks.chunks(share).zip(done.chunks_mut(share)).zip(workers);
    let work = |((chunks, done), worker): ((&[Chunk], &mut [Done]), &mut Worker)| {
        for (chunk, done) in chunks.iter().zip(done) {
            job.chunk(chunk, worker, done);
        }
    };
    if chunks.len() <= share {
        parts.for_each(work);
    } else {
        thread::scope(|scope| {
            for part in parts {
                scope.spawn(move || work(part));
            }
        });
    }
    done
}

impl Job<'_> {
    fn chunk(&self, chunk: &Chunk, worker: &mut Worker, done: &mut Done) {
        if chunk.broken {
            let text = String::from_utf8_lossy(&chunk.bytes);
            return self.reject(done, chunk.line, None, &wording::wrong_quotes(), text.trim_end());
        }
        let whole = self.encoding.text(&chunk.bytes);
        match (whole.as_deref(), &self.columns) {
            (Some(text), Some(columns)) => self.by_columns(chunk.line, text, columns, worker, done),
            (Some(text), None) => {
                for (line, record) in records(text.as_bytes(), true) {
                    let record = std::str::from_utf8(record).map(Cow::Borrowed).ok();
                    self.record(done, chunk.line + line, record, b"");
                }
            }
            (None, _) => {
                for (line, record) in records(&chunk.bytes, true) {
                    self.record(done, chunk.line + line, self.encoding.text(record), record);
                }
            }
        }
    }

    /// Scores a chunk by columns, and what they cannot say row by row.
    fn by_columns(&self, first: u64, text: &str, columns: &Columns, worker: &mut Worker, done: &mut Done) {
        let Columns { typed, kernel } = columns;
        let Worker { builder, scratch } = worker;
        builder.start(typed);
        let mut rows: Vec<(u64, &str, bool)> = Vec::new();
        for (line, record) in records(text.as_bytes(), true) {
            let record = std::str::from_utf8(record).unwrap_or_default();
            let quoted = memchr::memchr2(b'"', 0x1E, record.as_bytes()).is_some();
            if quoted {
                builder.odd(typed);
            }
            let plain = !quoted && builder.row(typed, record);
            rows.push((first + line, record, plain));
        }
        let mut block = builder.block(typed);
        if !kernel.outside().is_empty() {
            self.outside(kernel, &rows, &mut block);
        }
        let points = kernel.run(&block, scratch);
        let places = points.as_ref().map(|points| line::Places::new(self.rules.program, points, self.places));
        for (place, (line, record, plain)) in rows.iter().enumerate() {
            match (&points, &places) {
                (Some(points), Some(places)) if *plain && !points.unsaid(place) => {
                    self.push_keys(done, record);
                    places.push(&mut done.scores, points, place, self.lang);
                    done.summary.scored += 1;
                    done.summary.by_columns += 1;
                }
                _ => self.record(done, *line, Some(Cow::Borrowed(record)), b""),
            }
        }
    }

    /// The points of the indicators that have no plan.
    fn outside(&self, kernel: &Kernel, rows: &[(u64, &str, bool)], block: &mut Block) {
        let Rules { program, calendar, scripts, .. } = self.rules;
        let mut found: Vec<(Vec<i64>, Vec<u8>)> = kernel.outside().iter().map(|_| Default::default()).collect();
        for (_, record, plain) in rows {
            let cells: Vec<&str> = record.split(',').collect();
            let facts = if *plain { self.table.layout.facts(&self.file, 0, &cells).ok() } else { None };
            let context = Context { calendar, scripts };
            let points = facts.map(|facts| points_of(program, &facts, &context, kernel.outside())).unwrap_or_default();
            for (place, (values, states)) in found.iter_mut().enumerate() {
                let number = points.get(place).and_then(Option::as_ref);
                let value = number.and_then(|number| (number * &Number::from(1_000_000)).to_i64());
                values.push(value.unwrap_or(0));
                states.push(u8::from(value.is_none()));
            }
        }
        let columns = found.into_iter().map(|(values, states)| Column::with_states(Values::Wide(values), states));
        block.outside = kernel.outside().iter().copied().zip(columns).collect();
    }

    /// The keys of a row without quotes.
    fn push_keys(&self, done: &mut Done, record: &str) {
        for key in &self.table.keys {
            let cell = match key {
                0 => record.split(',').next(),
                key => record.split(',').nth(*key),
            };
            done.scores.extend_from_slice(cell.unwrap_or_default().as_bytes());
            done.scores.push(b',');
        }
    }

    fn record(&self, done: &mut Done, line: u64, record: Option<Cow<'_, str>>, bytes: &[u8]) {
        let Some(record) = record else {
            let text = String::from_utf8_lossy(bytes);
            return self.reject(done, line, None, &wording::wrong_encoding(), &text);
        };
        if let Some(note) = source::broken(&record) {
            done.summary.rejected += 1;
            return self.say(done, line, &note.column, &note.reason, &note.value);
        }
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

    fn score(&self, done: &mut Done, row: &[Cow<'_, str>], facts: &Facts) {
        let card = self.rules.score(facts);
        for key in &self.table.keys {
            push_cell(&mut done.scores, row.get(*key).map_or("", |cell| cell));
            done.scores.push(b',');
        }
        line::push_card(&mut done.scores, &card, self.places, self.lang);
        done.summary.scored += 1;
        let decided =
            card.nodes.first().is_some_and(|total| !matches!(total.outcome, Outcome::Open { .. } | Outcome::Unwritten));
        done.summary.open += u64::from(!decided);
    }

    fn reject(&self, done: &mut Done, line: u64, column: Option<usize>, reason: &Text, value: &str) {
        done.summary.rejected += 1;
        self.say_refused(done, line, column, reason, value);
    }

    fn say_refused(&self, done: &mut Done, line: u64, column: Option<usize>, reason: &Text, value: &str) {
        let head = column.and_then(|column| self.table.heads.get(column)).map_or("", String::as_str);
        self.say(done, line, head, reason, value);
    }

    fn say(&self, done: &mut Done, line: u64, head: &str, reason: &Text, value: &str) {
        done.rejects.extend_from_slice(line.to_string().as_bytes());
        for cell in [head, reason.get(self.lang), value] {
            done.rejects.push(b',');
            push_cell(&mut done.rejects, cell);
        }
        done.rejects.push(b'\n');
    }
}
