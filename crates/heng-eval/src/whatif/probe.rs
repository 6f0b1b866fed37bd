//! The points of one indicator under changed facts.

use heng_model::{Facts, NodeId, Number, Outcome, Program, scorecard::Step};

use crate::{Context, card};

/// How often one indicator is scored in search of an answer.
const TRIES: u32 = 20_000;

/// Scores one indicator again and again.
pub(super) struct Probe<'a> {
    pub program: &'a Program,
    pub facts: &'a Facts,
    pub context: &'a Context<'a>,
    pub node: NodeId,
    tries: u32,
}

impl<'a> Probe<'a> {
    pub fn new(program: &'a Program, facts: &'a Facts, context: &'a Context<'a>, node: NodeId) -> Probe<'a> {
        Probe { program, facts, context, node, tries: TRIES }
    }

    /// The points under `facts`; `None` where they are not decided.
    pub fn points(&mut self, facts: &Facts) -> Option<Number> {
        self.tries = self.tries.checked_sub(1)?;
        match card::of_node(self.program, facts, self.context, self.node, false)?.outcome {
            Outcome::Score(points) => Some(points),
            _ => None,
        }
    }

    /// The steps under `facts`.
    pub fn steps(&self, facts: &Facts) -> Vec<Step> {
        card::of_node(self.program, facts, self.context, self.node, true).map(|score| score.trace).unwrap_or_default()
    }

    /// Whether there was more to try than was allowed.
    pub fn is_spent(&self) -> bool {
        self.tries == 0
    }
}
