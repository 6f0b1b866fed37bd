//! A second evaluator, written from `docs/design/semantics.md` and the contracts of `heng-model`
//! alone. It is slow and plain on purpose: big fractions, nothing remembered, every definition
//! computed anew wherever it is read. It shares the data types with the engine and no rule of
//! computation, so that a misreading in one of them shows as a difference.
//!
//! It gives outcomes and the grade, no steps and no findings.
//!
//! | module | one noun |
//! |---|---|
//! | `fraction` | exact numbers and rounding |
//! | `endless` | roots and logarithms to a hundred digits |
//! | `value` | what an expression yields, and why it may yield nothing |
//! | `place` | where an expression stands: indicator, bodies, rows, arguments |
//! | `expr` | which expression is computed where |
//! | `condition` | 且 或 非, comparisons, ranges, tests of states |
//! | `days` | time limits and working days |
//! | `block` | 分档, 计分, 扣分, 线性 |
//! | `each` | 逐项 |
//! | `fold` | 凡, 合计, 占比 … |
//! | `letter` | letters of indicators |
//! | `list` | 累计, 累进取整, 分位数, 取第 |
//! | `peer` | 名次, 百分位 …, over the facts of all units |
//! | `node` | indicators, groups, the total |
//!
//! **Invariant:** what the oracle cannot compute (scripts, demands on the data …) is said, never guessed.

mod block;
mod condition;
mod days;
mod each;
mod endless;
mod expr;
mod fold;
mod fraction;
mod letter;
mod list;
mod node;
mod peer;
mod place;
mod value;
mod weights;

use heng_model::{Calendar, Facts, Name, Program, Verdict};
use num_rational::BigRational;

/// What a row of the table came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Points.
    Score(BigRational),
    /// A letter, or nothing but what stands below; no points.
    Graded(Option<Name>),
    /// 不适用.
    NotApplicable,
    /// Undecided between the two.
    Open {
        /// The fewest points.
        least: BigRational,
        /// The most points.
        most: BigRational,
        /// The gravest verdict behind it.
        verdict: Verdict,
    },
    /// 待编.
    Unwritten,
}

/// The outcome of every node in the order of the program, and the grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// One per node.
    pub outcomes: Vec<Outcome>,
    /// The letter of each node.
    pub letters: Vec<Option<Name>>,
    /// The parts of each profile.
    pub profiles: Vec<Vec<BigRational>>,
    /// The grade; none while the total is undecided.
    pub grade: Option<Name>,
}

/// The program does something that the oracle does not compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beyond;

/// Scores one department.
///
/// # Errors
/// [`Beyond`] for scripts, demands on the data that are more than remarks, and 略去 or 至少 over 下级.
pub fn answer(program: &Program, facts: &Facts, calendar: Option<&Calendar>) -> Result<Answer, Beyond> {
    node::answer(&place::World { program, facts, calendar, peers: None })
}

/// Scores one department among all units of a run, its own facts among `peers`.
///
/// # Errors
/// As [`answer`].
pub fn answer_among(
    program: &Program,
    facts: &Facts,
    calendar: Option<&Calendar>,
    peers: &[Facts],
) -> Result<Answer, Beyond> {
    node::answer(&place::World { program, facts, calendar, peers: Some(peers) })
}
