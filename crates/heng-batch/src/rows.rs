//! A whole file in memory: its heads, its rows, and the rows that are none. For what needs every
//! department at once; scoring alone goes from stream to stream.

use std::io::{self, Read};

use heng_data::Refused;
use heng_diag::Text;

use crate::{
    chunk::Chunker,
    record::{Encoding, cells, records},
    source, wording,
};

/// A department.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub row: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What was set aside, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The line.
    pub row: u64,
    /// The head of the column; empty for what concerns the whole row.
    pub column: String,
    /// Why.
    pub reason: Text,
    /// What stood there.
    pub value: String,
}

impl Rejected {
    /// A cell that was refused.
    #[must_use]
    pub fn of(row: u64, refused: &Refused, heads: &[String]) -> Rejected {
        let column = refused.column.and_then(|column| heads.get(column)).cloned().unwrap_or_default();
        Rejected { row, column, reason: refused.reason.clone(), value: refused.value.clone() }
    }

    fn whole(row: u64, reason: Text, value: &str) -> Rejected {
        Rejected { row, column: String::new(), reason, value: value.to_owned() }
    }
}

/// A file of departments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The heads.
    pub heads: Vec<String>,
    /// The rows that have as many cells.
    pub rows: Vec<Row>,
    /// The others.
    pub rejects: Vec<Rejected>,
}

impl Sheet {
    /// Reads all that `chunker` still holds, under these heads.
    ///
    /// # Errors
    /// What the stream says.
    pub fn read<R: Read>(heads: Vec<String>, encoding: Encoding, chunker: &mut Chunker<R>) -> io::Result<Sheet> {
        let mut sheet = Sheet { heads, ..Sheet::default() };
        while let Some(chunk) = chunker.next_chunk()? {
            if chunk.broken {
                let text = String::from_utf8_lossy(&chunk.bytes);
                sheet.rejects.push(Rejected::whole(chunk.line, wording::wrong_quotes(), text.trim_end()));
                continue;
            }
            for (line, record) in records(&chunk.bytes, true) {
                sheet.push(chunk.line + line, encoding.text(record).as_deref().ok_or(record));
            }
        }
        Ok(sheet)
    }

    /// The rows of a file of rows set aside.
    #[must_use]
    pub fn as_rejects(&self) -> Vec<Rejected> {
        let one = |row: &Row| {
            let cell = |at: usize| row.cells.get(at).cloned().unwrap_or_default();
            Rejected { row: cell(0).parse().unwrap_or(0), column: cell(1), reason: Text::same(cell(2)), value: cell(3) }
        };
        self.rows.iter().map(one).collect()
    }

    fn push(&mut self, row: u64, record: Result<&str, &[u8]>) {
        let record = match record {
            Ok(record) => record,
            Err(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                return self.rejects.push(Rejected::whole(row, wording::wrong_encoding(), &text));
            }
        };
        if let Some(note) = source::broken(record) {
            let source::Broken { column, reason, value } = note;
            return self.rejects.push(Rejected { row, column, reason, value });
        }
        let mut found = Vec::new();
        if cells(record, &mut found).is_none() {
            return self.rejects.push(Rejected::whole(row, wording::wrong_quotes(), record));
        }
        if found.len() != self.heads.len() {
            let reason = wording::wrong_width(found.len(), self.heads.len());
            return self.rejects.push(Rejected::whole(row, reason, record));
        }
        self.rows.push(Row { row, cells: found.into_iter().map(|cell| cell.into_owned()).collect() });
    }
}
