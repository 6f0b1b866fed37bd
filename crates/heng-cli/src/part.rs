//! Long outputs: written beside their place as `….part`, with a note of how far they go, and moved into
//! place when they are whole. A run that was interrupted leaves the parts, and can go on from them.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

/// How far a run has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Tells rules, input and options apart.
    pub fingerprint: u64,
    /// The byte of the input that comes next.
    pub offset: u64,
    /// Its line.
    pub line: u64,
    /// The lengths of the outputs.
    pub lengths: Vec<u64>,
    /// Departments scored, undecided, set aside, scored by columns.
    pub counts: [u64; 4],
}

/// An output under way.
pub struct Part {
    target: PathBuf,
    /// Whether the target is no file but a device or a pipe, which is written to at once.
    device: bool,
    writer: BufWriter<File>,
    length: u64,
}

impl Part {
    /// Opens the part of `target`, cut to `length` when a run goes on.
    pub fn open(target: &Path, length: Option<u64>) -> io::Result<Part> {
        let device = fs::metadata(target).is_ok_and(|known| !known.is_file());
        let path = if device { target.to_owned() } else { beside(target, "part") };
        let mut options = OpenOptions::new();
        options.write(true).create(!device).truncate(false);
        let mut file = options.open(&path)?;
        if !device {
            file.set_len(length.unwrap_or(0))?;
            file.seek(SeekFrom::End(0))?;
        }
        let writer = BufWriter::with_capacity(1 << 20, file);
        Ok(Part { target: target.to_owned(), device, writer, length: length.unwrap_or(0) })
    }

    /// Bytes written.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Moves the whole output into its place.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        let file = self.writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        if self.device {
            return Ok(());
        }
        file.sync_all()?;
        fs::rename(beside(&self.target, "part"), &self.target)
    }

    /// Moves the whole output into its place in another form, which `turn` makes of the file that was written.
    #[cfg(feature = "parquet")]
    pub fn finish_as(mut self, turn: impl FnOnce(&Path, &mut File) -> io::Result<()>) -> io::Result<()> {
        self.writer.flush()?;
        let (part, new) = (beside(&self.target, "part"), beside(&self.target, "part.new"));
        let made = File::create(&new).and_then(|mut file| turn(&part, &mut file).and_then(|()| file.sync_all()));
        let moved = made.and_then(|()| fs::rename(&new, &self.target));
        if moved.is_err() {
            let _ = fs::remove_file(new);
        }
        self.discard();
        moved
    }

    /// Takes the part away.
    pub fn discard(self) {
        if !self.device {
            let _ = fs::remove_file(beside(&self.target, "part"));
        }
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.writer.write(bytes)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The note of how far `target` goes.
pub fn note(target: &Path) -> PathBuf {
    beside(target, "part.json")
}

/// Reads the note of an interrupted run.
pub fn read_note(target: &Path) -> Option<Checkpoint> {
    serde_json::from_slice(&fs::read(note(target)).ok()?).ok()
}

/// Writes the note, whole or not at all.
pub fn write_note(target: &Path, checkpoint: &Checkpoint) -> io::Result<()> {
    let new = beside(target, "part.json.new");
    fs::write(&new, serde_json::to_vec(checkpoint)?)?;
    fs::rename(new, note(target))
}

/// `folder/name.csv.part` for `folder/name.csv`.
fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    target.with_file_name(name)
}
