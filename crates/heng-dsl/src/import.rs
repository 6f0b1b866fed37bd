//! Imports: what a file takes over from another one, whole or by name. An import is put in its place in
//! the text before any name is looked up, as an amendment is, so that everything downstream sees one
//! file whose bytes know where they were written. Where files lie is not known here: whoever compiles
//! hands in a loader.

mod link;
mod read;
mod unit;

use heng_diag::{Diagnostic, Severity};

use crate::wording;
pub(crate) use link::{Linked, link};

/// What an import asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The name of the file that asks.
    pub by: &'a str,
    /// What stands between the quotes: a file of the pack, or a pack.
    pub from: &'a str,
}

/// A file that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name, as it is shown; a file has one name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Finds the files that an import asks for: one, or those that a pack exports. A finding without a place
/// says why there are none; it gets the place of the import.
pub type Loader<'a> = dyn Fn(&Wanted<'_>) -> Result<Vec<Found>, Box<Diagnostic>> + 'a;

/// The loader of rules beside which there is no other file.
///
/// # Errors
/// Always.
pub fn alone(wanted: &Wanted<'_>) -> Result<Vec<Found>, Box<Diagnostic>> {
    let title = wording::use_not_found(wanted.from);
    Err(Box::new(Diagnostic::general("use/not-found", Severity::Error, title).help(wording::use_help())))
}

/// Whether a text imports anything.
#[must_use]
pub fn has_use(text: &str) -> bool {
    text.lines().any(|line| is_use(line.trim_start_matches('\u{FEFF}').trim_start()))
}

/// Whether a line begins an import.
pub(crate) fn is_use(line: &str) -> bool {
    let begins = |word: &str, signs: &[char]| {
        line.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || signs.contains(&c)))
    };
    begins("引用", &['“', '"', '＂', '「']) || begins("use", &['"', '“', '＂'])
}
