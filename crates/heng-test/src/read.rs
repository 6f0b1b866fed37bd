//! Suites from bytes.

mod cases;
mod rows;
mod toml;

use heng_diag::Diagnostic;

use crate::{suite::Suite, wording};

/// The endings of files that can hold cases.
pub const ENDINGS: [&str; 4] = ["cases", "toml", "csv", "xlsx"];

/// The cases and properties of a rule file called `name`: what `heng_dsl::proofs` found in it. None
/// where there are none.
///
/// # Errors
/// As [`read`].
pub fn read_rules(name: &str, proofs: &str) -> Result<Option<Suite>, Vec<Diagnostic>> {
    if proofs.trim().is_empty() { Ok(None) } else { cases::read(name, proofs).map(Some) }
}

/// Reads the suite in a file called `name`.
///
/// # Errors
/// What is wrong with the file, each with its place; never only the first where lines can be read alone.
pub fn read(name: &str, bytes: &[u8]) -> Result<Suite, Vec<Diagnostic>> {
    let ending = name.rsplit('.').next().unwrap_or("");
    match ending {
        "xlsx" => rows::xlsx(name, bytes),
        "cases" | "toml" | "csv" => {
            let text = std::str::from_utf8(bytes).map_err(|_| vec![wording::not_utf8(name)])?;
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            match ending {
                "cases" => cases::read(name, text),
                "toml" => toml::read(name, text),
                _ => rows::csv(name, text),
            }
        }
        _ => Err(vec![wording::unknown_ending(name)]),
    }
}
