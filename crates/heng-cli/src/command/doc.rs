//! `heng doc`: a pack as the notice prints it.

use std::path::Path;

use heng_docs::{DocForm, pack_document};

use crate::{
    args::FormatArg,
    command::{expand::save, report},
    exit::Exit,
    failure::Failure,
    output, pack, registry,
    session::Session,
    wording,
};

/// Which year, and where it goes.
pub struct Save<'a> {
    /// The year of a pack folder; else the newest.
    pub year: Option<u16>,
    /// The file; else the terminal.
    pub out: Option<&'a Path>,
    /// Whether a file that is there is replaced.
    pub force: bool,
}

/// Prints the pack, or writes it.
pub fn run(path: &Path, how: &Save<'_>, session: &Session) -> Result<Exit, Failure> {
    let form = form(how.out, session)?;
    if let Some(out) = how.out {
        output::keep(out, how.force)?;
    }
    let pack = pack::load_year(&registry::locate(path, Path::new("."))?, how.year)?;
    session.report(&pack.warnings.diagnostics, &pack.warnings.sources);
    let lang = report::language(&pack.program, session);
    save(&pack_document(&pack.program, lang, form), how.out, how.force, session)?;
    Ok(Exit::Success)
}

/// The form asked for, else that of the file's ending, else Markdown.
fn form(out: Option<&Path>, session: &Session) -> Result<DocForm, Failure> {
    let ending = out.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match (session.format, ending.as_deref()) {
        (FormatArg::Md, _) => Ok(DocForm::Markdown),
        (FormatArg::Html, _) | (FormatArg::Text, Some("html" | "htm")) => Ok(DocForm::Html),
        (FormatArg::Text, Some("md" | "markdown") | None) => Ok(DocForm::Markdown),
        _ => Err(Failure::general(Exit::Usage, wording::no_such_form())),
    }
}
