//! `heng doc`: a pack as the notice prints it.

use std::path::Path;

use heng_docs::{DocForm, pack_document};
use heng_office::Kind;

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

/// The form of what is written.
#[derive(Clone, Copy)]
enum Form {
    /// A text.
    Text(DocForm),
    /// A file of Word or Excel.
    Office(Kind),
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
    match form {
        Form::Text(form) => save(&pack_document(&pack.program, lang, form), how.out, how.force, session)?,
        Form::Office(kind) => {
            let Some(out) = how.out else { return Err(Failure::general(Exit::Usage, wording::needs_out())) };
            let made = heng_office::write(&pack.program, lang, kind);
            let bytes = made.map_err(|problem| Failure::general(Exit::Rules, *problem))?;
            let written = output::write_new(out, &bytes, how.force)?;
            session.print(wording::saved(&pack::shown(&written)).get(session.lang));
        }
    }
    Ok(Exit::Success)
}

/// The form asked for, else that of the file's ending, else Markdown.
fn form(out: Option<&Path>, session: &Session) -> Result<Form, Failure> {
    let ending = out.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match (session.format, ending.as_deref()) {
        (FormatArg::Md, _) => Ok(Form::Text(DocForm::Markdown)),
        (FormatArg::Html, _) | (FormatArg::Text, Some("html" | "htm")) => Ok(Form::Text(DocForm::Html)),
        (FormatArg::Docx, _) | (FormatArg::Text, Some("docx")) => Ok(Form::Office(Kind::Document)),
        (FormatArg::Xlsx, _) | (FormatArg::Text, Some("xlsx")) => Ok(Form::Office(Kind::Workbook)),
        (FormatArg::Text, Some("md" | "markdown") | None) => Ok(Form::Text(DocForm::Markdown)),
        _ => Err(Failure::general(Exit::Usage, wording::no_such_form())),
    }
}
