//! Readers: bytes of a file to a document. Nothing is executed, nothing is fetched, and what would unfold
//! to fill the memory is refused.

mod archive;
mod docx;
mod html;
mod numbering;
mod pdf;
mod text;
mod xlsx;

use heng_diag::Diagnostic;

use crate::{document::Document, reading};

pub(crate) use archive::{is_word, open};

/// The largest file that is read.
pub const MOST_BYTES: u64 = 128 << 20;

/// A document that was read, and what is to be said about the file.
#[derive(Debug)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// What the reader noticed.
    pub notes: Vec<Diagnostic>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Docx,
    Xlsx,
    Pdf,
    Html,
    Text,
}

/// Reads a document. Its first bytes say what it is, and where they do not, the end of its name.
///
/// # Errors
/// Why the file cannot be read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, Vec<Diagnostic>> {
    let one = |found: Diagnostic| vec![found.located(name)];
    if bytes.len() as u64 > MOST_BYTES {
        return Err(vec![reading::too_large(name, MOST_BYTES)]);
    }
    let mut notes = Vec::new();
    let format = format(name, bytes, &mut notes).map_err(|found| one(*found))?;
    let mut document = Document::new(name);
    let read = match format {
        Format::Docx => docx::append(&mut document, bytes),
        Format::Xlsx => xlsx::append(&mut document, bytes, &mut notes),
        Format::Pdf => pdf::append(&mut document, bytes),
        Format::Html => decode(bytes).map(|text| html::append(&mut document, &text)),
        Format::Text => decode(bytes).map(|text| text::append(&mut document, &text)),
    };
    read.map_err(|found| one(*found))?;
    if document.blocks.is_empty() {
        return Err(one(reading::empty()));
    }
    let notes = notes.into_iter().map(|note| note.located(name)).collect();
    Ok(Reading { document, notes })
}

/// Reads a document whose kind is that of `kind` and that is shown as `name`.
///
/// # Errors
/// Why it cannot be read.
pub fn read_as(kind: &str, name: &str, bytes: &[u8]) -> Result<Reading, Vec<Diagnostic>> {
    let mut reading = read(kind, bytes)?;
    name.clone_into(&mut reading.document.name);
    Ok(reading)
}

fn format(name: &str, bytes: &[u8], notes: &mut Vec<Diagnostic>) -> Result<Format, Box<Diagnostic>> {
    let lower = name.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or("");
    if bytes.starts_with(b"%PDF") {
        return Ok(Format::Pdf);
    }
    if heng_archive::is_office(bytes) {
        return archive::office(bytes, notes).map(|word| if word { Format::Docx } else { Format::Xlsx });
    }
    match ending {
        "docx" | "xlsx" | "docm" | "xlsm" | "pdf" => {
            Err(Box::new(reading::broken("the content is not what the name says")))
        }
        "html" | "htm" | "mht" => Ok(Format::Html),
        "txt" | "md" | "text" | "markdown" => Ok(Format::Text),
        _ => Err(Box::new(reading::kind())),
    }
}

/// UTF-8, or UTF-16 with its mark.
fn decode(bytes: &[u8]) -> Result<String, Box<Diagnostic>> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Ok(wide(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Ok(wide(rest, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).map_err(|_| Box::new(reading::encoding())),
        _ => String::from_utf8(bytes.to_vec()).map_err(|_| Box::new(reading::encoding())),
    }
}
