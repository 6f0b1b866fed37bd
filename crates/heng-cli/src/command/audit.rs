//! `heng audit`: the figures and words of documents against each other.

use std::path::{Path, PathBuf};

use heng_audit::{Audit, Document, Vocabulary, audit, page};
use heng_diag::{Severity, Sources, render_all};

use crate::{
    args::FormatArg, document_checks::DocumentChecks, exit::Exit, failure::Failure, session::Session, wording,
};

/// What documents are audited with beside the program's own checks and words.
#[derive(Clone, Copy)]
pub struct With<'a> {
    /// The pack whose checks of documents are run as well.
    pub pack: Option<&'a Path>,
    /// The words of the trade.
    pub words: Option<&'a Path>,
}

/// Audits every file; what must be fixed decides the exit code.
pub fn run(
    files: &[PathBuf],
    with: With<'_>,
    annotate: Option<&Path>,
    force: bool,
    session: &Session,
) -> Result<Exit, Failure> {
    let words = vocabulary(with.words)?;
    let checks = with.pack.map(DocumentChecks::load).transpose()?;
    let audits = files.iter().map(|file| one(file, &words, checks.as_ref(), session)).collect::<Result<Vec<_>, _>>()?;
    if let Some(out) = annotate {
        copy(files, &audits, out, force, session)?;
    }
    tell(&audits, session);
    let wrong = audits.iter().any(|(_, audit)| page::count(audit, Severity::Error) > 0);
    Ok(if wrong { Exit::Differs } else { Exit::Success })
}

fn vocabulary(file: Option<&Path>) -> Result<Vocabulary, Failure> {
    let Some(file) = file else { return Ok(Vocabulary::standard()) };
    let text = std::fs::read_to_string(file).map_err(|error| Failure::unreadable(file, &error))?;
    Vocabulary::read(&text).map_err(|reason| Failure::general(Exit::Usage, wording::bad_words(file, &reason)))
}

/// Reads a document; its reader's notes are said beside the result.
pub fn document(file: &Path, session: &Session) -> Result<Document, Failure> {
    let most = heng_audit::MOST_BYTES;
    let size = std::fs::metadata(file).map_err(|error| Failure::unreadable(file, &error))?.len();
    if size > most {
        return Err(Failure::general(Exit::Files, heng_audit::too_large(&file.to_string_lossy(), most)));
    }
    let bytes = std::fs::read(file).map_err(|error| Failure::unreadable(file, &error))?;
    let reading = heng_audit::read(&file.to_string_lossy(), &bytes);
    let reading = reading.map_err(|diagnostics| Failure { exit: Exit::Files, diagnostics, sources: Sources::new() })?;
    session.report(&reading.notes, &Sources::new());
    Ok(reading.document)
}

fn one(
    file: &Path,
    words: &Vocabulary,
    checks: Option<&DocumentChecks>,
    session: &Session,
) -> Result<(Document, Audit), Failure> {
    let document = document(file, session)?;
    let mut audit = audit(&document, words);
    if let Some(checks) = checks {
        checks.run(&document, words, &mut audit);
    }
    Ok((document, audit))
}

fn tell(audits: &[(Document, Audit)], session: &Session) {
    match session.format {
        FormatArg::Json => {
            let files: Vec<_> = audits.iter().map(|(document, audit)| page::to_json(document, audit)).collect();
            let value = serde_json::json!({ "heng": "audits/1", "files": files });
            session.print_json(&value);
        }
        FormatArg::Html => session.print(&page::to_html(audits, session.lang)),
        _ => {
            for (document, audit) in audits {
                let text = render_all(&audit.findings, &audit.sources, session.lang, session.finding_format());
                if !text.is_empty() {
                    session.print(&text);
                }
                session.print(wording::audited(&document.name, audit).get(session.lang));
            }
        }
    }
}

fn copy(
    files: &[PathBuf],
    audits: &[(Document, Audit)],
    out: &Path,
    force: bool,
    session: &Session,
) -> Result<(), Failure> {
    let ([file], [(document, audit)]) = (files, audits) else {
        return Err(Failure::general(Exit::Usage, wording::one_copy()));
    };
    let bytes = std::fs::read(file).map_err(|error| Failure::unreadable(file, &error))?;
    let copy = heng_audit::annotate(document, audit, &bytes, session.lang);
    let copy = copy.map_err(|finding| Failure::general(Exit::Files, *finding))?;
    crate::output::write_new(out, &copy, force)?;
    session.say(wording::annotated(&out.to_string_lossy()).get(session.lang));
    Ok(())
}
