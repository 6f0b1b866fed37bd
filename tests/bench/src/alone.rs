//! One department after another by a plan, without steps.

use std::hint::black_box;

use heng_eval::{
    Context, NoScripts,
    columns::{Alone, Desk, Kernel, Scales, Single},
    evaluate_quietly,
};
use heng_model::{Facts, Outcome, Program, Scorecard};

/// A program planned for single departments.
pub struct Planned<'a> {
    program: &'a Program,
    kernel: Kernel,
    scales: Scales,
}

impl<'a> Planned<'a> {
    /// Plans the program.
    pub fn new(program: &'a Program) -> Planned<'a> {
        let scales = Scales::usual(program);
        Planned { program, kernel: Kernel::new(program, &scales), scales }
    }

    /// Scores one department, and reads its total.
    pub fn score(&self, facts: &Facts, desk: &mut Desk) {
        black_box(self.run(facts, desk).map(|alone| alone.node(heng_model::NodeId(0))));
    }

    /// Of how many departments the points are not those of the evaluator with steps, and of how many
    /// nothing is said.
    pub fn differing(&self, facts: &[Facts]) -> (usize, usize) {
        let context = Context { calendar: None, scripts: &NoScripts };
        let (mut different, mut unsaid) = (0, 0);
        let mut desk = Desk::default();
        for facts in facts {
            let card = evaluate_quietly(self.program, facts, &context);
            match self.run(facts, &mut desk) {
                None => unsaid += 1,
                Some(alone) => different += usize::from(!same(&alone, &card)),
            }
        }
        (different, unsaid)
    }

    fn run<'d>(&'d self, facts: &Facts, desk: &'d mut Desk) -> Option<Alone<'d>> {
        let single = Single { program: self.program, scales: &self.scales, facts, outside: &[] };
        self.kernel.run_one(&single, desk)
    }
}

fn same(alone: &Alone<'_>, card: &Scorecard) -> bool {
    let points = |score: &heng_model::scorecard::NodeScore| {
        alone.node(score.node).is_some_and(|points| score.outcome == Outcome::Score(points))
    };
    alone.grade() == card.grade.as_ref() && card.nodes.iter().all(points)
}
