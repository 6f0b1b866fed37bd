//! The files that a test has beside its rules: fences called `heng file <name>`.
#![allow(dead_code, reason = "each test takes what it needs")]

use heng_diag::Diagnostic;
use heng_dsl::{Found, Wanted, alone};

use crate::markdown::Fence;

/// The name and text of each.
pub fn files(fences: &[Fence]) -> Vec<(String, String)> {
    let named = fences.iter().filter_map(|fence| Some((fence.info.strip_prefix("heng file ")?, &fence.text)));
    named.map(|(name, text)| (name.to_owned(), text.clone())).collect()
}

/// Finds a file by what stands between the quotes.
pub fn find(files: &[(String, String)], wanted: &Wanted<'_>) -> Result<Vec<Found>, Box<Diagnostic>> {
    let found = files.iter().find(|(name, _)| name == wanted.from);
    found.map_or_else(|| alone(wanted), |(name, text)| Ok(vec![Found { name: name.clone(), text: text.clone() }]))
}
