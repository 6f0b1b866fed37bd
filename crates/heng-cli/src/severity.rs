//! How grave a pack wants the findings that are a matter of practice. What makes a program unusable or
//! a score wrong stays an error whatever a pack says.

use std::path::Path;

use heng_diag::{Diagnostic, Severity};
use serde::Deserialize;

use crate::{manifest::Manifest, wording};

/// What pack.toml may say of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wanted {
    /// The pack cannot be used.
    Error,
    /// Said, and usable.
    Warning,
    /// Worth knowing.
    Hint,
    /// Not said.
    Off,
}

/// Gives findings the severity that the pack wants, and says which of its wishes cannot be met.
pub fn apply(manifest: &Manifest, folder: &Path, diagnostics: &mut Vec<Diagnostic>) {
    let wanted = |code: &str| manifest.severity.get(code).copied();
    diagnostics.retain_mut(|found| {
        let practice = heng_dsl::PRACTICE.contains(&found.code);
        match wanted(found.code).filter(|_| practice) {
            None => true,
            Some(Wanted::Off) => false,
            Some(Wanted::Error) => set(found, Severity::Error),
            Some(Wanted::Warning) => set(found, Severity::Warning),
            Some(Wanted::Hint) => set(found, Severity::Hint),
        }
    });
    let fixed = manifest.severity.keys().filter(|code| !heng_dsl::PRACTICE.contains(&code.as_str()));
    let place = folder.join("pack.toml");
    diagnostics.extend(fixed.map(|code| wording::fixed_severity(&place, code, &heng_dsl::PRACTICE)));
}

fn set(found: &mut Diagnostic, severity: Severity) -> bool {
    found.severity = severity;
    true
}
