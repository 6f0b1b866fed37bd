//! Files of facts, each by its format.

mod json;
mod toml;
mod xlsx;

use heng_diag::{Diagnostic, Sources, Span};
use heng_model::{Facts, Schema, facts::Subject};

use crate::{bind::Binder, index::Index, parse_value::Refusal, raw::Entry, wording};

/// A file that was handed in.
#[derive(Clone, Debug)]
pub struct FactsFile {
    /// Its name, as origins and messages print it; the ending says the format: `.toml`, `.json`,
    /// `.xlsx` or `.xlsm`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What was read, and everything that was wrong with it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The facts; what is missing or was refused is 缺报.
    pub facts: Facts,
    /// The department.
    pub subject: Subject,
    /// The text files, for the places in `diagnostics`.
    pub sources: Sources,
    /// Every finding: those of text files in the order of their places, then those of workbooks, then
    /// what was not handed in.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// Whether something was refused.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// The largest file that is read.
const MOST_BYTES: usize = 64 << 20;

/// Reads what one department handed in. Several files are put together; a datum given twice is an
/// error that names both places.
///
/// # Missing
/// A required datum that no file gives is 缺报 with a warning `data/missing`: what that does to the
/// score is the rule's to say. While a file cannot be read at all, nothing is called missing.
///
/// # Examples
/// ```
/// use heng_data::{FactsFile, read_facts};
/// let file = FactsFile { name: "事实.toml".into(), bytes: b"\"x\" = 1".to_vec() };
/// let reading = read_facts(&heng_model::Schema::default(), &[file]);
/// assert_eq!(reading.diagnostics[0].code, "data/unknown");
/// ```
#[must_use]
pub fn read_facts(schema: &Schema, files: &[FactsFile]) -> Reading {
    let index = Index::new(schema);
    let mut binder = Binder::new(schema, &index);
    let mut sources = Sources::new();
    let mut unread = Vec::new();
    for file in files {
        match entries(file, schema, &index, &mut sources) {
            Ok((entries, mut notes)) => {
                unread.append(&mut notes);
                binder.file(&entries);
            }
            Err(mut refusals) => unread.append(&mut refusals),
        }
    }
    let complete = !unread.iter().any(Diagnostic::is_error);
    let (facts, subject, mut findings) = binder.finish(complete);
    let mut diagnostics = unread;
    diagnostics.append(&mut findings);
    diagnostics.sort_by_key(|d| d.primary.as_ref().map_or((1, Span::default()), |label| (0, label.span)));
    Reading { facts, subject, sources, diagnostics }
}

/// The entries of a file with what is worth knowing, or why it cannot be read.
type Entries = Result<(Vec<Entry>, Vec<Diagnostic>), Vec<Diagnostic>>;

fn entries(file: &FactsFile, schema: &Schema, index: &Index, sources: &mut Sources) -> Entries {
    if file.bytes.len() > MOST_BYTES {
        return Err(vec![wording::too_large(&file.name, MOST_BYTES >> 20).located(&file.name)]);
    }
    let extension = file.name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let text = |bytes| decode(bytes).map_err(|refusal| vec![refusal.located(&file.name)]);
    match extension.as_str() {
        "toml" => toml::read(&file.name, text(&file.bytes)?, sources).map(|entries| (entries, Vec::new())),
        "json" => json::read(&file.name, text(&file.bytes)?, sources).map(|entries| (entries, Vec::new())),
        "xlsx" | "xlsm" => xlsx::read(&file.name, &file.bytes, schema, index),
        _ => Err(vec![wording::file_kind(&file.name).located(&file.name)]),
    }
}

/// The text of a file without its byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(wording::utf16().into());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or(bytes);
        wording::not_utf8(before.iter().filter(|byte| **byte == b'\n').count() + 1).into()
    })
}

pub(crate) use json::read as read_json;
pub(crate) use toml::read as read_toml;
pub use xlsx::{
    sheet_name,
    texts::{SheetTexts, read_sheet_texts},
};
