//! The look at a file before it is read: all of it is unfolded once into nothing, so that no reader meets more
//! than the bound.

use std::io::{Cursor, Read};

use zip::{ZipArchive, read::ZipFile, result::ZipError};

use crate::{Broken, Remark, old, scan::Scan};

/// How many bytes all parts of a file may unfold to, where a reader does not ask for less or more.
pub const MOST_UNFOLDED: u64 = 512 << 20;

/// How many parts a file may have.
pub const MOST_PARTS: usize = 20_000;

/// How many bytes of a list of references are looked at.
const MOST_REFERENCES: u64 = 4 << 20;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document of Word.
    Document,
    /// A workbook of Excel.
    Workbook,
}

/// A file that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// What it is.
    pub kind: Kind,
    /// What it carries beside, in order, each once.
    pub remarks: Vec<Remark>,
    /// Whether a sheet holds formulas.
    pub formulas: bool,
}

/// Whether the first bytes are those of an office file, of today or of old.
#[must_use]
pub fn is_office(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || old::what(bytes).is_some()
}

/// What a file is by the names of its parts, none of which is unfolded.
///
/// # Errors
/// Why it is not read.
pub fn kind(bytes: &[u8]) -> Result<Kind, Broken> {
    opened(bytes).map(|(_, kind)| kind)
}

/// An open archive.
type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

fn opened(bytes: &[u8]) -> Result<(Archive<'_>, Kind), Broken> {
    if let Some(what) = old::what(bytes) {
        return Err(what);
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(Broken::TooManyParts(MOST_PARTS));
    }
    let has = |name: &str| archive.index_for_name(name).is_some();
    let kind = match (has("word/document.xml"), has("xl/workbook.xml")) {
        (true, _) => Kind::Document,
        (_, true) => Kind::Workbook,
        _ => return Err(Broken::Foreign),
    };
    Ok((archive, kind))
}

/// Looks at a file, whose parts may unfold to `most` bytes together.
///
/// # Errors
/// Why it is not read.
pub fn examine(bytes: &[u8], most: u64) -> Result<Examined, Broken> {
    let (mut archive, kind) = opened(bytes)?;
    let mut left = most;
    let (mut remarks, mut formulas) = (Vec::new(), false);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(locked_or_damaged)?;
        let name = part.name().map_err(|_| Broken::Damaged)?.into_owned();
        remarks.extend(remark(&name));
        let (size, scan) = unfold(part, &name, left, &mut remarks)?;
        formulas |= scan.formulas && name.starts_with("xl/worksheets/");
        left = left.checked_sub(size).ok_or(Broken::TooLarge(most))?;
    }
    remarks.sort_unstable();
    remarks.dedup();
    Ok(Examined { kind, remarks, formulas })
}

/// Looks at a file that must be of one kind.
///
/// # Errors
/// Why it is not read.
pub fn examine_as(bytes: &[u8], wanted: Kind, most: u64) -> Result<Examined, Broken> {
    let found = examine(bytes, most)?;
    if found.kind == wanted { Ok(found) } else { Err(Broken::Foreign) }
}

fn locked_or_damaged(error: ZipError) -> Broken {
    match error {
        ZipError::UnsupportedArchive(reason) if reason.contains("assword") => Broken::Locked,
        _ => Broken::Damaged,
    }
}

/// Unfolds a part into nothing and says how large it is, as far as one byte beyond what is left.
fn unfold(
    part: ZipFile<'_, Cursor<&[u8]>>,
    name: &str,
    left: u64,
    remarks: &mut Vec<Remark>,
) -> Result<(u64, Scan), Broken> {
    let mut part = part.take(left.saturating_add(1));
    if !name.ends_with(".xml") && !name.ends_with(".rels") {
        let size = std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| Broken::Damaged)?;
        return Ok((size, Scan::default()));
    }
    let mut first = Vec::new();
    if name.ends_with(".rels") {
        part.by_ref().take(MOST_REFERENCES).read_to_end(&mut first).map_err(|_| Broken::Damaged)?;
        if refers_outside(&String::from_utf8_lossy(&first)) {
            remarks.push(Remark::Links);
        }
    }
    let mut scan = Scan::default();
    let size = std::io::copy(&mut first.as_slice().chain(part), &mut scan).map_err(|_| Broken::Damaged)?;
    if scan.defines { Err(Broken::Entities) } else { Ok((size, scan)) }
}

/// What a part is by its name.
fn remark(name: &str) -> Option<Remark> {
    let under = |folder: &str| name.starts_with(folder) && !name.ends_with('/');
    if name.ends_with("vbaProject.bin") || under("xl/macrosheets/") {
        return Some(Remark::Macros);
    }
    if under("xl/externalLinks/") || name == "xl/connections.xml" || under("xl/queryTables/") {
        return Some(Remark::Links);
    }
    let embedded = ["word/embeddings/", "xl/embeddings/", "word/activeX/", "xl/activeX/", "xl/ctrlProps/"];
    embedded.into_iter().any(under).then_some(Remark::Embedded)
}

/// Whether a list of references names content elsewhere; a link that a reader may click is none.
fn refers_outside(references: &str) -> bool {
    let outside = |one: &str| {
        let one = one.split('>').next().unwrap_or(one);
        (one.contains("\"External\"") || one.contains("'External'")) && !one.contains("/hyperlink")
    };
    references.split("Relationship ").skip(1).any(outside)
}
