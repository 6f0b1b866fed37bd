//! Which points were lost, rest on assumptions, or are open. No words here.

use std::collections::BTreeMap;

use heng_model::{
    ExprKind, Node, NodeId, Number, Outcome,
    expr::{FoldOp, Status},
    program::{Body, Case, Demand, NodeKind, Otherwise},
    scorecard::{Cause, Finding, NodeScore, Role, Step},
    value::{DatumRef, Value},
};

use crate::teller::Teller;

/// An indicator that came to less than its full marks.
pub(crate) struct Loss<'a> {
    pub id: NodeId,
    pub score: &'a NodeScore,
    pub points: Number,
}

/// Points that rest on assumed data.
pub(crate) struct Assumed {
    pub id: NodeId,
    pub points: Number,
    pub data: Vec<DatumRef>,
}

/// How many bounds and roundings are set aside from a sum.
const TAILS: usize = 4;

impl<'a> Teller<'a> {
    /// What was lost, in the order of the table: by indicators, by gates, and by groups that make
    /// less of their children's points than those have. Together with the points of bonuses the
    /// losses fill the gap between total and full marks.
    pub fn losses(&self) -> Vec<Loss<'a>> {
        let lost = |(id, node, score): (NodeId, &Node, &'a NodeScore)| {
            let points = self.lost(node, score).filter(|_| self.is_added_up(node))?;
            (points.signum() > 0).then_some(Loss { id, score, points })
        };
        self.scores().filter_map(lost).collect()
    }

    /// The points a node lost by its own rule; those of its children are theirs.
    pub fn lost(&self, node: &Node, score: &NodeScore) -> Option<Number> {
        let points = score.outcome.points().filter(|_| score.vetoed_by.is_none())?;
        let most = if node.kind == NodeKind::Bonus { &Number::ZERO } else { &node.full };
        let lost = most - points;
        if node.children.is_empty() || self.is_gated(node, score) || !self.is_sum(node) {
            return Some(lost);
        }
        Some(&lost - &self.lost_by_children(node)?)
    }

    /// What the children lost, less what bonuses brought; `None` while one of them is open.
    fn lost_by_children(&self, node: &Node) -> Option<Number> {
        let lost = |child: &NodeId| {
            let (node, score) = (self.sheet.program.node(*child)?, self.score(*child)?);
            match (&score.outcome, node.kind) {
                (Outcome::NotApplicable | Outcome::Graded(_), _) => Some(Number::ZERO),
                (Outcome::Score(points), NodeKind::Bonus) => Some(-points),
                (Outcome::Score(points), _) => Some(&node.full - points),
                (Outcome::Open { .. } | Outcome::Unwritten, _) => None,
            }
        };
        node.children.iter().map(lost).sum()
    }

    /// Whether the points of a node are added up all the way to the total.
    fn is_added_up(&self, node: &Node) -> bool {
        let program = self.sheet.program;
        let mut parent = node.parent;
        for _ in 0..=u8::MAX {
            let Some(group) = parent.and_then(|id| program.node(id)) else { return true };
            if !self.is_sum(group) {
                return false;
            }
            parent = group.parent;
        }
        false
    }

    /// Whether a group's score is the sum of its children, bounded or rounded perhaps.
    pub fn is_sum(&self, node: &Node) -> bool {
        let program = self.sheet.program;
        let Some(mut id) = self.body(node).map(|body| body.result) else { return true };
        for _ in 0..TAILS {
            match program.expr(id).map(|expr| &expr.kind) {
                Some(ExprKind::Limit { value, .. } | ExprKind::Round { value, .. }) => id = *value,
                Some(ExprKind::Fold(fold)) => {
                    let over = program.expr(fold.over).map(|expr| &expr.kind);
                    return fold.op == FoldOp::Sum && over == Some(&ExprKind::Children);
                }
                _ => return false,
            }
        }
        false
    }

    /// Whether a 当 or 须 line of a group stands for its children.
    pub fn is_gated(&self, node: &Node, score: &NodeScore) -> bool {
        decided(self.body(node), &score.trace) != Decided::Result
    }

    pub fn body(&self, node: &Node) -> Option<&'a Body> {
        self.sheet.program.body(node.body?)
    }

    /// The indicators whose points rest on assumed data.
    pub fn assumed(&self) -> Vec<Assumed> {
        let rests = |(id, node, score): (NodeId, &Node, &NodeScore)| {
            let points = score.outcome.points().filter(|_| node.children.is_empty() && score.vetoed_by.is_none())?;
            let data = self.assumed_data(score);
            (!data.is_empty()).then(|| Assumed { id, points: points.clone(), data })
        };
        self.scores().filter_map(rests).collect()
    }

    /// The assumed data that a score has read.
    pub fn assumed_data(&self, score: &NodeScore) -> Vec<DatumRef> {
        let assumed = |datum: &&DatumRef| self.sheet.facts.origin(**datum).is_some_and(|origin| origin.assumed);
        score.read.iter().filter(assumed).copied().collect()
    }

    /// The nodes that are open or unwritten for a reason of their own.
    pub fn open(&self) -> Vec<(NodeId, &'a Node, &'a NodeScore)> {
        let by_itself = |score: &NodeScore| match &score.outcome {
            Outcome::Unwritten => true,
            Outcome::Open { .. } => {
                let mut findings = opening(score).peekable();
                findings.peek().is_none() || findings.any(|finding| !matches!(finding.cause, Cause::Child(_)))
            }
            Outcome::Score(_) | Outcome::Graded(_) | Outcome::NotApplicable => false,
        };
        let of_children = |id: NodeId, node: &Node| id.0 == 0 && !node.children.is_empty();
        self.scores()
            .filter(|(id, node, score)| by_itself(score) && (!of_children(*id, node) || has_own_finding(score)))
            .collect()
    }

    /// How much of the pack's full marks hangs on an indicator: its points where points are added up; where
    /// they are averaged, its part of what its group counts. All of them make the full marks.
    fn hangs_on(&self, node: &Node) -> Number {
        let program = self.sheet.program;
        let (mut share, mut at) = (Number::ONE, node);
        for _ in 0..=u8::MAX {
            let Some(parent) = at.parent.and_then(|id| program.node(id)) else { break };
            let siblings = parent.children.iter().filter_map(|child| program.node(*child));
            let all: Number =
                siblings.filter(|child| child.kind != NodeKind::Bonus).map(|child| child.full.clone()).sum();
            share = at.full.checked_div(&all).map_or(Number::ZERO, |part| &share * &part);
            at = parent;
        }
        &share * &at.full
    }

    /// Rules and points by status, best first; `None` for rules that state none.
    pub fn statuses(&self) -> Vec<(Option<Status>, usize, Number)> {
        let mut tallies: BTreeMap<(bool, Option<Status>), (usize, Number)> = BTreeMap::new();
        for (_, node, _) in self.scores().filter(|(id, node, _)| id.0 != 0 && node.children.is_empty()) {
            let status = node.cite.status;
            let tally = tallies.entry((status.is_none(), status)).or_insert((0, Number::ZERO));
            tally.0 += 1;
            if node.kind != NodeKind::Bonus {
                tally.1 = &tally.1 + &self.hangs_on(node);
            }
        }
        tallies.into_iter().map(|((_, status), (rules, points))| (status, rules, points)).collect()
    }
}

fn has_own_finding(score: &NodeScore) -> bool {
    opening(score).any(|finding| !matches!(finding.cause, Cause::Child(_)))
}

/// The findings that leave a score undecided.
pub(crate) fn opening(score: &NodeScore) -> impl Iterator<Item = &Finding> {
    score.findings.iter().filter(|finding| finding.verdict.is_some_and(heng_model::Verdict::is_open))
}

/// The line of a body that decided a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decided<'a> {
    /// A 当 line.
    Case(&'a Case),
    /// A 须 line that did not hold and gave a value.
    Demand(&'a Demand),
    /// The result, or nothing that is known.
    Result,
}

/// Which line decided a score, as its trace tells.
pub(crate) fn decided<'a>(body: Option<&'a Body>, trace: &[Step]) -> Decided<'a> {
    let Some((body, (last, before))) = body.zip(trace.split_last()) else { return Decided::Result };
    if let Role::CaseResult(position) = last.role {
        return body.cases.get(position as usize).map_or(Decided::Result, Decided::Case);
    }
    match before.last() {
        Some(Step { role: Role::Demand(position), value: Value::Bool(false), .. }) => {
            let demand = body.demands.get(*position as usize);
            let gives =
                |demand: &&Demand| matches!(demand.otherwise, Otherwise::Value(value) if Some(value) == last.expr);
            demand.filter(gives).map_or(Decided::Result, Decided::Demand)
        }
        _ => Decided::Result,
    }
}
