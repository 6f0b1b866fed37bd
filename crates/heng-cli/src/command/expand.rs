//! `heng expand`: the whole rule file of a year, its amendments applied.

use std::path::Path;

use crate::{exit::Exit, failure::Failure, output, pack::shown, rules::Rules, session::Session, wording};

/// Prints the whole file, or writes it to `out`.
pub fn run(path: &Path, out: Option<&Path>, force: bool, session: &Session) -> Result<Exit, Failure> {
    let text = Rules::read(path, None)?.whole()?;
    save(&text, out, force, session)?;
    Ok(Exit::Success)
}

/// Prints a text, or writes it to a file that is not there yet.
pub fn save(text: &str, out: Option<&Path>, force: bool, session: &Session) -> Result<(), Failure> {
    let Some(out) = out else {
        session.print(text);
        return Ok(());
    };
    let written = output::write_new(out, text.as_bytes(), force)?;
    session.print(wording::saved(&shown(&written)).get(session.lang));
    Ok(())
}
