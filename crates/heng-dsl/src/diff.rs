//! What changed from one year to the next, in the words of the policy and not of the file: indicators
//! that came and went, points, thresholds, formulas, parameters, data. Blanks, comments and the order
//! of fields are silent. Every change found carries the edits that make it, so that a comparison can
//! be printed as an amendment, and a change can be tried by itself.

mod collect;
pub mod items;
mod memo;
mod print;
mod render;
mod tell;

use heng_diag::{Diagnostic, FileId, Sources, Text};

use crate::{
    Reading,
    amend::{
        self,
        change::Edit,
        weave::{Origin, Weave},
    },
    outline::outline,
};
pub use render::{html, json, markdown, text};

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The pack says something else about itself.
    Pack,
    /// An indicator was added.
    Added,
    /// An indicator was removed.
    Removed,
    /// An indicator has another name.
    Renamed,
    /// An indicator stands elsewhere.
    Moved,
    /// Other points.
    Points,
    /// Another limit of a row.
    Threshold,
    /// A row gives other points.
    RowPoints,
    /// Another 每.
    Step,
    /// Another way of scoring.
    Formula,
    /// A field: source, meaning, evidence …
    Field,
    /// A parameter.
    Parameter,
    /// A datum.
    Data,
    /// A method.
    Method,
    /// So much is different that the whole was replaced.
    Whole,
}

/// A change from one set of rules to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The indicator, parameter or datum; empty for the pack.
    pub about: String,
    /// What it is about.
    pub kind: ChangeKind,
    /// The field, or the row; empty where there is none.
    pub part: String,
    /// What stood there; empty for what is new.
    pub old: String,
    /// What stands there now; empty for what is gone.
    pub new: String,
    /// What an indicator that came or went holds, a line each; known where the changes are described.
    pub told: Vec<Text>,
    /// What makes it.
    pub(crate) edits: Vec<Edit>,
}

/// Rules that could not be compared, and why.
pub type Refused = (Vec<Diagnostic>, Sources);

/// The changes from one set of rules to another. Applying all of them gives the other's program.
///
/// # Errors
/// What hinders reading either.
pub fn changes(a: &Reading, b: &Reading) -> Result<Vec<Change>, Box<Refused>> {
    let ((a, _), (b, _)) = (a.text_and_program()?, b.text_and_program()?);
    Ok(between(a, b))
}

/// The changes from one set of rules to another, for people to read: also where they are so many
/// that no amendment could be written of them.
///
/// # Errors
/// What hinders reading either.
pub fn described(a: &Reading, b: &Reading) -> Result<Vec<Change>, Box<Refused>> {
    let ((a, before), (b, after)) = (a.text_and_program()?, b.text_and_program()?);
    let (old, new) = (outline(a).unwrap_or_default(), outline(b).unwrap_or_default());
    if collect::canon(&old) == collect::canon(&new) {
        return Ok(Vec::new());
    }
    let mut found = collect::collect(&old, &new, (a, b), true);
    tell::tell(&mut found, before.program.as_ref(), after.program.as_ref());
    Ok(found)
}

fn between(a: &str, b: &str) -> Vec<Change> {
    let (old, new) = (outline(a).unwrap_or_default(), outline(b).unwrap_or_default());
    if collect::canon(&old) == collect::canon(&new) {
        return Vec::new();
    }
    let found = collect::collect(&old, &new, (a, b), false);
    if reaches(a, &found, &new) {
        return found;
    }
    // Too much is different for changes one by one: all below the head of the pack is taken away and put there
    // anew, else the whole file.
    let anew = vec![collect::anew(&old, &new, a, b), collect::whole(&old, b)];
    let found = anew.into_iter().find(|changes| reaches(a, changes, &new));
    found.unwrap_or_else(|| vec![collect::unwritten()])
}

/// Whether no amendment could be written that makes the changes.
#[must_use]
pub fn is_unwritten(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.kind == ChangeKind::Whole && change.edits.is_empty())
}

/// The changes from one text to another that can be made on the text itself, though they may not all be printed
/// as an amendment.
fn made_of(a: &str, b: &str) -> Vec<Change> {
    let (old, new) = (outline(a).unwrap_or_default(), outline(b).unwrap_or_default());
    if collect::canon(&old) == collect::canon(&new) {
        return Vec::new();
    }
    let found = collect::collect(&old, &new, (a, b), false);
    let mut weave = Weave::default();
    weave.push(a, Origin { file: FileId(0), from: 0 });
    let edits: Vec<&Edit> = found.iter().flat_map(|change| &change.edits).collect();
    amend::apply(&mut weave, &edits, &mut Vec::new());
    let made = outline(&weave.text).unwrap_or_default();
    if collect::canon(&made) == collect::canon(&new) { found } else { between(a, b) }
}

/// Whether the changes, printed and read again, make the outline of the other.
fn reaches(a: &str, found: &[Change], new: &[crate::outline::Entry]) -> bool {
    let printed = print::amendment(found, "x", None);
    let files = [("a".to_owned(), a.to_owned()), ("x".to_owned(), printed)];
    Reading::alone(&files)
        .text()
        .is_some_and(|text| collect::canon(&outline(text).unwrap_or_default()) == collect::canon(new))
}

/// An amendment that turns the first set of rules into the second.
#[must_use]
pub fn amendment(changes: &[Change], name: &str, based_on: &str) -> String {
    amend::tidy(&print::amendment(changes, name, Some(based_on)))
}
