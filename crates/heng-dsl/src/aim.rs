//! What a finding about values aims at: facts with these values show what is wrong. The finding says it
//! to a person, the aim to whoever writes the case.

use heng_diag::{Span, Text};
use heng_model::{ExprId, NodeId, Value};

/// A goal for the facts of a case, with the finding it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// The code of the finding.
    pub code: &'static str,
    /// Its headline.
    pub title: Text,
    /// Its primary place.
    pub at: Span,
    /// What the facts must bring about.
    pub goal: Goal,
}

/// What facts must bring about.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// Each expression comes to its value.
    Values(Vec<(ExprId, Value)>),
    /// The row's score lies outside its range.
    OutOfRange(NodeId),
}
