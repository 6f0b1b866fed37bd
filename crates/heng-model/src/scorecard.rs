//! What comes out: a score for every row of the table, with the whole reason for it.

use serde::{Deserialize, Serialize};

use crate::{
    Name, Number,
    expr::{ExprId, SourceRef},
    program::{LetId, MethodId, NodeId},
    schema::FieldId,
    state::{State, Verdict},
    value::{DatumRef, Fault, Value},
};

/// The scores of one department under one pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scorecard {
    /// One per node of the program, in its order; the first is the total.
    pub nodes: Vec<NodeScore>,
    /// The grade; none while the total is open, or when the pack has no grades.
    pub grade: Option<Name>,
    /// How the grade came about.
    pub grade_trace: Option<Step>,
    /// What the pack's demands on the data found.
    pub findings: Vec<Finding>,
}

/// The score of one row of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeScore {
    /// Which row.
    pub node: NodeId,
    /// What it came to.
    pub outcome: Outcome,
    /// The letter, where the row has a 等级 and what it is taken from is decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Name>,
    /// 构成: named parts, where the row is a profile. They are shown and added to nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profile: Vec<(Name, Number)>,
    /// The gate above that overrode it, with what it would have been.
    pub vetoed_by: Option<NodeId>,
    /// What a reviewer must know.
    pub findings: Vec<Finding>,
    /// The data it read, in the order of reading, each once.
    pub read: Vec<DatumRef>,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// What a row came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Points.
    Score(Number),
    /// A row without points: its letter, or nothing where only what stands below it counts.
    Graded(Option<Name>),
    /// 不适用.
    NotApplicable,
    /// Undecided: the points lie between the two, and a person or better data must decide.
    Open {
        /// The fewest points it can still come to.
        least: Number,
        /// The most.
        most: Number,
        /// The gravest verdict behind it.
        verdict: Verdict,
    },
    /// 待编: the rule is not written yet.
    Unwritten,
}

impl Outcome {
    /// The points, once they are decided.
    #[must_use]
    pub fn points(&self) -> Option<&Number> {
        match self {
            Outcome::Score(points) => Some(points),
            _ => None,
        }
    }
}

/// Something a reviewer must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it leads to; none for a mere note.
    pub verdict: Option<Verdict>,
    /// What happened.
    pub cause: Cause,
    /// The line of the rule file that says so.
    pub at: SourceRef,
}

/// Why a finding was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A datum's state had its declared effect.
    State(State, DatumRef),
    /// The computation could not go on.
    Fault(Fault),
    /// A 当 line gave a verdict.
    Case(ExprId),
    /// A 须 line did not hold: the condition, its message, and the row it was asked of.
    Demand(ExprId, Option<Name>, Option<(FieldId, u32)>),
    /// A custom check said so.
    Script {
        /// The method.
        method: MethodId,
        /// What it said.
        message: Name,
    },
    /// A child is open or 待编.
    Child(NodeId),
    /// An expression gave a verdict.
    Verdict(ExprId),
}

/// A step of a computation. Steps form a tree: a step's operands are its children.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What part it plays in the step above.
    pub role: Role,
    /// The expression; none for rows.
    pub expr: Option<ExprId>,
    /// What it came to.
    pub value: Value,
    /// What it was made of.
    pub parts: Vec<Step>,
}

/// The part a step plays in the one above it; together the roles on the way down are its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The n-th 当 line.
    Case(u32),
    /// What the deciding 当 line gives.
    CaseResult(u32),
    /// The n-th 须 line.
    Demand(u32),
    /// The result of a body.
    Result,
    /// The letter of an indicator that has points.
    Grade,
    /// The n-th operand.
    Operand(u32),
    /// A definition that was read.
    Let(LetId),
    /// A datum that was read.
    Read(DatumRef),
    /// The n-th subject of a 分档.
    Subject(u32),
    /// The deciding row of a 分档, from 0.
    Band(u32),
    /// The condition of a row that was asked and did not hold, or did.
    Asked(u32),
    /// The n-th row of a 计分 or 扣分: how many counts.
    Tally(u32),
    /// A row of a table.
    Row(FieldId, u32),
    /// A child of an aggregate.
    Child(NodeId),
    /// A method that was computed.
    Method(MethodId),
    /// The peers that were asked.
    Peers(PeerCount),
    /// What a custom check said.
    Said(Name),
}

/// How many peers a value was held against. The unit itself is among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerCount {
    /// Units of the group with a value.
    pub counted: u64,
    /// Units of the group without one: they are left out.
    pub left_out: u64,
    /// Peers with a larger value than the own; none where the own is not looked at.
    pub above: Option<u64>,
    /// Peers with the same value, the unit itself among them.
    pub same: Option<u64>,
}
