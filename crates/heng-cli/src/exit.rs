//! Exit codes. They are part of the interface: scripts branch on them.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything is in order.
    Success = 0,
    /// The rule files have errors.
    Rules = 1,
    /// The command line cannot be understood, or names something that does not exist in the pack.
    Usage = 2,
    /// The facts have errors.
    Facts = 3,
    /// Scored, but the total is not decided: something is missing or waits for a person.
    Incomplete = 4,
    /// A file could not be read or written.
    Files = 5,
    /// What was to be verified does not agree with what it says it was made of.
    Differs = 6,
    /// A test of the rules fails.
    Failed = 7,
    /// Every test passes, and scorecards were pinned.
    Pinned = 8,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
