//! Office files: zip archives of XML, looked at before they are opened.

use std::io::{Cursor, Read};

use heng_archive::{Kind, MOST_UNFOLDED, examine};
use heng_diag::Diagnostic;
use zip::ZipArchive;

use crate::reading;

/// An open archive.
pub(crate) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

pub(crate) fn open(bytes: &[u8]) -> Result<Archive<'_>, Box<Diagnostic>> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| Box::new(reading::broken(&error.to_string())))
}

/// Whether a file is a Word document; otherwise it is a workbook. What it carries beside is noted.
pub(crate) fn office(bytes: &[u8], notes: &mut Vec<Diagnostic>) -> Result<bool, Box<Diagnostic>> {
    let found = examine(bytes, MOST_UNFOLDED).map_err(|broken| Box::new(broken.diagnostic()))?;
    notes.extend(found.remarks.into_iter().map(heng_archive::Remark::diagnostic));
    Ok(found.kind == Kind::Document)
}

/// Whether a file that was read before is a Word document.
pub(crate) fn is_word(bytes: &[u8]) -> Result<bool, Box<Diagnostic>> {
    Ok(heng_archive::kind(bytes).map_err(|broken| Box::new(broken.diagnostic()))? == Kind::Document)
}

/// The text of a part; `None` where there is none of that name.
pub(crate) fn part(archive: &mut Archive, name: &str) -> Result<Option<String>, Box<Diagnostic>> {
    let Ok(part) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    let read = part.take(MOST_UNFOLDED).read_to_string(&mut text);
    read.map_err(|error| Box::new(reading::broken(&error.to_string())))?;
    Ok(Some(text))
}
