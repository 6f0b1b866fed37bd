//! The words scripts use, Chinese first, English beside it.

use heng_model::State;

/// The place of a row of a document.
pub(crate) const PLACE: [&str; 2] = ["处", "place"];
/// The name of a document.
pub(crate) const FILE_NAME: [&str; 2] = ["名称", "name"];
/// The year of a document.
pub(crate) const YEAR: [&str; 2] = ["年度", "year"];
/// The number of a row.
pub(crate) const ROW_NUMBER: [&str; 2] = ["行号", "row_number"];
/// Whether a check passes, in the map a check may answer with.
pub(crate) const PASSES: [&str; 2] = ["通过", "passes"];
/// The result, in the map a scoring method may answer with.
pub(crate) const RESULT: [&str; 2] = ["结果", "result"];
/// The findings in such a map.
pub(crate) const FINDINGS: [&str; 2] = ["说明", "findings"];

/// The properties that ask for a state.
pub(crate) const STATES: [(State, [&str; 2]); 6] = [
    (State::Missing, ["缺报", "missing"]),
    (State::None, ["无", "none"]),
    (State::NotApplicable, ["不适用", "not_applicable"]),
    (State::NoEvidence, ["无佐证", "no_evidence"]),
    (State::Late, ["迟报", "late"]),
    (State::Disputed, ["有争议", "disputed"]),
];

/// The word of a state.
pub(crate) fn state(state: State) -> &'static str {
    STATES.iter().find(|(each, _)| *each == state).map_or("", |(_, [word, _])| word)
}
