//! The evaluator: what a compiled pack makes of the facts of one department.
//!
//! `program + facts → scorecard`, and nothing else: no syntax, no files, no clock, no rounding that
//! the rule does not ask for, and the same bytes for the same inputs. Every score comes with the
//! steps that led to it; [`evaluate_quietly`] leaves the steps away and changes no score.
//!
//! What the evaluator does with a datum that is missing, late or disputed is the table of states in
//! `docs/design/semantics.md`; there is a test for each of its rows.
//!
//! | module | one noun |
//! |---|---|
//! | `engine` | the run: program, facts, what was computed already, how far it may go |
//! | `halt` | why an expression has no value |
//! | `frame` | where an expression stands: body, row, how states are read |
//! | `journal` | what a computation leaves behind: steps, data read, findings |
//! | `shown` | which trace is being written, and which computations it already shows |
//! | `node` | an indicator: its body, its effect of states, its range |
//! | `children` | 下级: sums with 折算, and other folds over children |
//! | `body` | 当, 须, result |
//! | `demand` | the pack's demands on the data |
//! | `card` | the scorecard as a whole: gates, total, grade |
//! | `expr` | which expression is computed where |
//! | `datum` | reading fields and columns |
//! | `effect` | what a rule declares a state to do |
//! | `condition` | 且 或 非, comparisons, ranges, time limits, tests of states |
//! | `arith` | + − × ÷, powers, order, rounding |
//! | `root` | roots and logarithms that come out exactly |
//! | `enclosure` | a number between two decimals; roots and logarithms to any number of places |
//! | `enclose` | what is rounded to stated places, with proven digits |
//! | `call` | functions and methods |
//! | [`peer`] | a value among those of all units of a run |
//! | `script` | the hook for custom checks |
//! | `rows` | 凡, and folds over rows and lists |
//! | `aggregate` | what a fold makes of its values |
//! | [`whatif`] | the smallest change of one fact that brings points back, and cliffs |
//! | `bands`, `tally`, `each` | 分档, 计分 and 扣分, 逐项 |
//! | [`columns`] | the columnar evaluator: blocks of departments at once |
//!
//! **Invariant:** no input makes it panic, and every input comes to an end: depth, length of numbers
//! and number of steps are bounded, and what goes beyond becomes a fault of the indicator.

mod aggregate;
mod arith;
mod block;
mod body;
mod call;
mod card;
mod children;
pub mod columns;
mod condition;
mod datum;
mod demand;
mod effect;
mod enclose;
mod enclosure;
mod engine;
mod expr;
mod frame;
mod halt;
mod journal;
mod letters;
mod list;
mod node;
pub mod peer;
mod root;
mod rows;
mod script;
mod shown;
mod weights;
pub mod whatif;
mod wording;

use heng_model::{Calendar, Facts, Program, Scorecard};

pub use script::{NoScripts, ScriptAnswer, ScriptArgument, ScriptCall, ScriptRow, Scripts};

/// What an evaluation needs beside program and facts.
pub struct Context<'a> {
    /// The calendar behind 天 and 个工作日. Without one, a rule that asks for it is a fault.
    pub calendar: Option<&'a Calendar>,
    /// What runs the pack's custom checks.
    pub scripts: &'a dyn Scripts,
}

/// Scores one department.
///
/// # Shape
/// One [`NodeScore`](heng_model::scorecard::NodeScore) per node of the program, in its order.
///
/// # Missing
/// A field that `facts` does not know is 缺报.
///
/// # Examples
/// ```
/// use heng_eval::{Context, NoScripts, evaluate};
/// use heng_model::{Facts, Program};
///
/// # fn score(program: &Program) -> usize {
/// let facts = Facts::missing(&program.schema);
/// let context = Context { calendar: None, scripts: &NoScripts };
/// let card = evaluate(program, &facts, &context);
/// # card.nodes.len() }
/// ```
#[must_use]
pub fn evaluate(program: &Program, facts: &Facts, context: &Context<'_>) -> Scorecard {
    card::score(program, facts, context, true)
}

/// Scores one department without saying how: the same outcomes, findings and grade as
/// [`evaluate`], with no steps and no lists of data read.
#[must_use]
pub fn evaluate_quietly(program: &Program, facts: &Facts, context: &Context<'_>) -> Scorecard {
    card::score(program, facts, context, false)
}

/// The points of some nodes alone, without the rest of the table; `None` for one that does not come to
/// points.
#[must_use]
pub fn points_of(
    program: &Program,
    facts: &Facts,
    context: &Context<'_>,
    nodes: &[heng_model::NodeId],
) -> Vec<Option<heng_model::Number>> {
    let mut engine = engine::Engine::new(program, facts, context, false);
    let points = |id: &heng_model::NodeId| engine.outcome(*id).and_then(|outcome| outcome.points().cloned());
    nodes.iter().map(points).collect()
}
