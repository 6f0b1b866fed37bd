//! What would have been: one fact changed, and the scores that follow.

use serde::{Deserialize, Serialize};

use crate::{
    Number, Outcome,
    program::NodeId,
    value::{DatumRef, Value},
};

/// One fact that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which fact; the table, where a row is taken away.
    pub datum: DatumRef,
    /// What it is instead.
    pub to: Instead,
}

/// What a fact is instead of what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    /// This value, and nothing the matter with it.
    Value(Value),
    /// The table lacks this row.
    Without(u32),
}

/// The points of an indicator, and how one fact more would have brought back what was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regain {
    /// The indicator.
    pub node: NodeId,
    /// Its points.
    pub points: Number,
    /// Its full marks.
    pub full: Number,
    /// From the fewest points to the most; each brings more points than the one before.
    pub levels: Vec<Level>,
    /// Whether the search ended early because there was too much to try.
    pub cut_short: bool,
}

/// So many points, and the smallest changes that bring them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// The fewest points that were asked for; each of the changes brings as many or more.
    pub wanted: Number,
    /// The changes, the smallest first, one for each fact that can do it.
    pub changes: Vec<Changed>,
}

/// A change and what it makes of the scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The change.
    pub change: Change,
    /// What the indicator then comes to.
    pub points: Number,
    /// What the total then comes to.
    pub total: Outcome,
}

/// A place where one unit of a fact is worth many points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cliff {
    /// The indicator.
    pub node: NodeId,
    /// The fact.
    pub datum: DatumRef,
    /// What the fact is now.
    pub now: Value,
    /// The last value on this side of the edge.
    pub here: Value,
    /// The points there.
    pub here_points: Number,
    /// The first value on the other side: one unit further.
    pub there: Value,
    /// The points there.
    pub there_points: Number,
    /// By how many units the fact stands away from the other side.
    pub units: Number,
}
