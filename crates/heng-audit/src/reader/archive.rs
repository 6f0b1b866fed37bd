//! Office files: zip archives of XML, opened with a limit on what they unfold to.

use std::io::{Cursor, Read};

use heng_diag::Diagnostic;
use zip::ZipArchive;

use crate::reading;

/// How much all parts of a file may unfold to.
pub(crate) const MOST_UNFOLDED: u64 = 512 << 20;

/// How many parts a file may have.
const MOST_PARTS: usize = 20_000;

/// An open archive.
pub(crate) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

pub(crate) fn open(bytes: &[u8]) -> Result<Archive<'_>, Box<Diagnostic>> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Box::new(reading::broken(&error.to_string())))?;
    if archive.len() > MOST_PARTS {
        return Err(Box::new(reading::unfolds(MOST_UNFOLDED)));
    }
    Ok(archive)
}

/// Whether an archive is a Word document; otherwise it must be a workbook. All of it is unfolded once into
/// nothing, so that no reader meets more than the limit.
pub(crate) fn office(bytes: &[u8]) -> Result<bool, Box<Diagnostic>> {
    let mut archive = open(bytes)?;
    let word = archive.index_for_name("word/document.xml").is_some();
    if !word
        && archive.index_for_name("xl/workbook.xml").is_none()
        && archive.index_for_name("xl/workbook.bin").is_none()
    {
        return Err(Box::new(reading::kind()));
    }
    let mut left = MOST_UNFOLDED;
    for index in 0..archive.len() {
        let part = match archive.by_index(index) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(reason)) if reason.contains("assword") => {
                return Err(Box::new(reading::locked()));
            }
            Err(error) => return Err(Box::new(reading::broken(&error.to_string()))),
        };
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let size = size.map_err(|error| Box::new(reading::broken(&error.to_string())))?;
        left = left.checked_sub(size).ok_or_else(|| Box::new(reading::unfolds(MOST_UNFOLDED)))?;
    }
    Ok(word)
}

/// The text of a part; `None` where there is none of that name.
pub(crate) fn part(archive: &mut Archive, name: &str) -> Result<Option<String>, Box<Diagnostic>> {
    let Ok(part) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    let read = part.take(MOST_UNFOLDED).read_to_string(&mut text);
    read.map_err(|error| Box::new(reading::broken(&error.to_string())))?;
    if text.get(..text.len().min(4096)).unwrap_or(&text).contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(Box::new(reading::entity()));
    }
    Ok(Some(text))
}

/// What is said of macros and of links to content elsewhere.
pub(crate) fn remarks(archive: &mut Archive, notes: &mut Vec<Diagnostic>) {
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    if names.iter().any(|name| name.ends_with("vbaProject.bin")) {
        notes.push(reading::macros());
    }
    let linked = names.iter().any(|name| name.starts_with("xl/externalLinks/"));
    let rels: Vec<&String> = names.iter().filter(|name| name.ends_with(".rels")).collect();
    let outside = rels.into_iter().any(|name| {
        let text = part(archive, name).ok().flatten().unwrap_or_default();
        text.split("<Relationship ").any(|one| one.contains("TargetMode=\"External\"") && !one.contains("/hyperlink\""))
    });
    if linked || outside {
        notes.push(reading::links());
    }
}
