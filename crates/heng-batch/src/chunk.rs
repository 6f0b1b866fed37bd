//! Whole records cut from a stream of bytes. A record ends at a line end outside quotes; a quote that
//! nobody closes must not swallow the rest of the file, so a record has a longest length, beyond which
//! its first line is cut off alone and the reading goes on behind it.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2_iter};

/// How many bytes a chunk aims at.
const CHUNK: usize = 256 << 10;

/// The longest record.
pub const MOST_RECORD: usize = 4 << 20;

/// Some whole records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// The bytes, in the encoding of the file.
    pub bytes: Vec<u8>,
    /// The line on which the first record starts, from 1.
    pub line: u64,
    /// Whether this is one line with a quote that nobody closes.
    pub broken: bool,
}

/// Cuts a stream into chunks.
pub struct Chunker<R> {
    input: R,
    rest: Vec<u8>,
    line: u64,
    /// Bytes handed out.
    offset: u64,
    quotes: bool,
    ended: bool,
}

impl<R: Read> Chunker<R> {
    /// Cuts `input`, which stands at line `line` and byte `offset` of its file. `quotes` says whether a
    /// quoted cell may hold line ends.
    pub fn new(input: R, line: u64, offset: u64, quotes: bool) -> Chunker<R> {
        Chunker { input, rest: Vec::new(), line, offset, quotes, ended: false }
    }

    /// The byte and the line behind everything handed out.
    pub fn position(&self) -> (u64, u64) {
        (self.offset, self.line)
    }

    /// The first record alone: the heads.
    ///
    /// # Errors
    /// What the stream says.
    pub fn first(&mut self) -> io::Result<Option<Chunk>> {
        loop {
            if let Some(end) = first_end(&self.rest, self.quotes) {
                return Ok(Some(self.take(end, false)));
            }
            if self.ended || self.rest.len() > MOST_RECORD {
                let end = self.rest.len();
                return Ok((end > 0).then(|| self.take(end, false)));
            }
            self.fill(CHUNK)?;
        }
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// What the stream says.
    pub fn next_chunk(&mut self) -> io::Result<Option<Chunk>> {
        loop {
            if self.rest.len() < CHUNK && !self.ended {
                self.fill(CHUNK - self.rest.len())?;
            }
            if let Some(end) = last_end(&self.rest, self.quotes) {
                return Ok(Some(self.take(end, false)));
            }
            if self.ended {
                let end = self.rest.len();
                if end == 0 {
                    return Ok(None);
                }
                if self.quotes && memchr_iter(b'"', &self.rest).count() % 2 == 1 {
                    return Ok(Some(self.broken()));
                }
                return Ok(Some(self.take(end, false)));
            }
            if self.rest.len() > MOST_RECORD {
                return Ok(Some(self.broken()));
            }
            self.fill(CHUNK)?;
        }
    }

    /// The first line alone, as a record that is broken.
    fn broken(&mut self) -> Chunk {
        let end = memchr(b'\n', &self.rest).map_or(self.rest.len(), |at| at + 1);
        self.take(end, true)
    }

    fn take(&mut self, end: usize, broken: bool) -> Chunk {
        let rest = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, rest);
        let line = self.line;
        self.line += memchr_iter(b'\n', &bytes).count() as u64;
        self.offset += bytes.len() as u64;
        Chunk { bytes, line, broken }
    }

    fn fill(&mut self, most: usize) -> io::Result<()> {
        let before = self.rest.len();
        (&mut self.input).take(most as u64).read_to_end(&mut self.rest)?;
        self.ended = self.rest.len() == before;
        Ok(())
    }
}

/// Behind the last line end outside quotes.
fn last_end(bytes: &[u8], quotes: bool) -> Option<usize> {
    if !quotes || memchr(b'"', bytes).is_none() {
        return memchr::memrchr(b'\n', bytes).map(|at| at + 1);
    }
    ends(bytes).last()
}

fn first_end(bytes: &[u8], quotes: bool) -> Option<usize> {
    if quotes { ends(bytes).next() } else { memchr(b'\n', bytes).map(|at| at + 1) }
}

fn ends(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut inside = false;
    memchr2_iter(b'"', b'\n', bytes).filter_map(move |at| {
        if bytes.get(at) == Some(&b'"') {
            inside = !inside;
            return None;
        }
        (!inside).then_some(at + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(text: &str) -> Vec<(u64, bool, String)> {
        let mut chunker = Chunker::new(text.as_bytes(), 1, 0, true);
        let mut all = Vec::new();
        while let Some(chunk) = chunker.next_chunk().unwrap() {
            all.push((chunk.line, chunk.broken, String::from_utf8(chunk.bytes).unwrap()));
        }
        assert_eq!(chunker.position().0, text.len() as u64);
        all
    }

    #[test]
    fn records_stay_whole() {
        assert_eq!(chunks("a,\"x\ny\"\nb"), [(1, false, "a,\"x\ny\"\n".into()), (3, false, "b".into())]);
        assert!(chunks("").is_empty());
    }

    #[test]
    fn an_open_quote_costs_one_line() {
        let good = "c,d\n".repeat(2_000_000);
        let found = chunks(&format!("a,b\nx,\"y\n{good}"));
        assert_eq!(found[0], (1, false, "a,b\n".into()));
        assert_eq!(found[1], (2, true, "x,\"y\n".into()));
        let lines: usize =
            found[2..].iter().map(|(_, broken, text)| (!broken).then(|| text.lines().count()).unwrap()).sum();
        assert_eq!(lines, 2_000_000);
    }

    #[test]
    fn the_heads_come_alone() {
        let mut chunker = Chunker::new(&b"a,b\n1,2\n"[..], 1, 0, true);
        assert_eq!(chunker.first().unwrap().unwrap().bytes, b"a,b\n");
        assert_eq!(chunker.position(), (4, 2));
        assert_eq!(chunker.next_chunk().unwrap().unwrap().line, 2);
    }
}
