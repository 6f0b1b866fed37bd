//! `heng template`: the data workbook of a pack.

use std::path::Path;

use crate::{command::report, exit::Exit, failure::Failure, output, pack, pack::shown, session::Session, wording};

/// Writes the workbook.
pub fn run(path: &Path, out: Option<&Path>, force: bool, session: &Session) -> Result<Exit, Failure> {
    let pack = pack::load(path)?;
    session.report(&pack.warnings.diagnostics, &pack.warnings.sources);
    let lang = report::language(&pack.program, session);
    let made = heng_docs::data_workbook(&pack.program, lang);
    let bytes = made.map_err(|problem| Failure::general(Exit::Rules, *problem))?;
    let target = out.map_or_else(|| Path::new(heng_docs::data_name(lang)).to_owned(), Path::to_owned);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    output::write_set(folder, &[(&name, &bytes)], force)?;
    session.print(wording::workbook_written(&shown(&target)).get(session.lang));
    Ok(Exit::Success)
}
