//! 下级: the sum, in which points of children that do not apply are dealt with, and other folds.

use heng_model::{
    NodeId, Number, Outcome, State, Value, Verdict,
    expr::{Fold, FoldOp},
    program::{Inapplicable, NodeKind},
    scorecard::{Cause, Role},
    value::Fault,
};

use crate::{
    aggregate::Terms,
    engine::{End, Engine},
    frame::Scope,
    halt::{Eval, Halt, Site},
};

/// What the children of a node came to.
pub(crate) struct Children {
    /// The indicators that apply, with points or without.
    pub applying: Vec<NodeId>,
    /// Points of the indicators that apply.
    scored: Vec<Number>,
    /// Their full marks.
    full: Number,
    /// The indicators that do not apply, and their full marks.
    pub inapplicable: Vec<NodeId>,
    inapplicable_full: Number,
    /// Points of bonuses.
    bonuses: Number,
    open: Vec<(NodeId, Verdict)>,
}

impl Engine<'_> {
    /// The score of another node.
    pub fn score_of(&mut self, node: NodeId, site: Site) -> Eval {
        let result = match self.outcome(node) {
            None => Err(site.misfit()),
            Some(Outcome::Score(points)) => Ok(Value::Number(points)),
            Some(Outcome::Graded(_)) => Err(site.misfit()),
            Some(Outcome::NotApplicable) => {
                Err(Box::new(Halt::Verdict(Verdict::NotApplicable, Cause::Child(node), site.at)))
            }
            Some(Outcome::Open { verdict, .. }) => Err(Box::new(Halt::Open(vec![(node, verdict)], site.at))),
            Some(Outcome::Unwritten) => Err(Box::new(Halt::Open(vec![(node, Verdict::Stop)], site.at))),
        };
        self.show(Role::Child(node), None, &result, Vec::new());
        result
    }

    /// 下级 as a list: the points of those that apply.
    pub fn children_list(&mut self, scope: &Scope, site: Site) -> Eval {
        let children = self.children(scope.frame.node, site)?;
        self.policy(&children, FoldOp::List, scope.frame.node, site)?;
        let scored = children.decided(site)?.scored;
        Ok(Value::List(scored.into_iter().map(Value::Number).collect()))
    }

    /// A fold over 下级.
    pub fn fold_children(&mut self, fold: &Fold, scope: &Scope, site: Site) -> Eval {
        if let Some(term) = fold.term {
            return self.fold_each_child(fold, term, scope, site);
        }
        let children = self.children(scope.frame.node, site)?;
        let skipped = fold.skip.contains(&State::NotApplicable);
        let policy = if skipped { None } else { self.policy(&children, fold.op, scope.frame.node, site)? };
        if fold.op == FoldOp::Sum && !skipped {
            let few = fold.at_least.is_some_and(|least| children.scored.len() < least as usize);
            if few && children.open.is_empty() {
                return Err(site.fault(Fault::TooFew));
            }
            return self.sum_of_children(children, policy, site);
        }
        let children = children.decided(site)?;
        let bonuses = if fold.op == FoldOp::Sum { children.bonuses } else { Number::ZERO };
        let stand_in = |id: &NodeId| match policy {
            Some(Inapplicable::Full) => self.program.node(*id).map(|node| node.full.clone()),
            Some(Inapplicable::Zero) => Some(Number::ZERO),
            _ => None,
        };
        let standing = children.inapplicable.iter().filter_map(stand_in);
        let values = children.scored.into_iter().chain(standing).map(Value::Number).collect();
        match self.aggregated(fold, Terms { values, weights: Vec::new() }, site)? {
            Value::Number(sum) if !bonuses.is_zero() => self.sized(&sum + &bonuses, site),
            value => Ok(value),
        }
    }

    /// What the node makes of children that do not apply, where there are any. When none applies,
    /// neither does the node, whatever it makes of them.
    pub fn policy(&self, children: &Children, op: FoldOp, parent: NodeId, site: Site) -> Eval<Option<Inapplicable>> {
        let Some(child) = children.inapplicable.first() else { return Ok(None) };
        let by = |verdict| Err(Box::new(Halt::Verdict(verdict, Cause::Child(*child), site.at)));
        let is_bonus = |id: NodeId| self.program.node(id).is_some_and(|node| node.kind == NodeKind::Bonus);
        if children.applying.is_empty() && children.open.iter().all(|(id, _)| is_bonus(*id)) {
            return by(Verdict::NotApplicable);
        }
        match self.program.node(parent).and_then(|node| node.inapplicable) {
            Some(Inapplicable::Stop) => by(Verdict::Stop),
            None if op == FoldOp::Sum => by(Verdict::Stop),
            policy => Ok(policy),
        }
    }

    /// The sum of the points with 折算 among the indicators, and the bonuses outside it.
    fn sum_of_children(&self, children: Children, policy: Option<Inapplicable>, site: Site) -> Eval {
        let children = children.decided(site)?;
        let sum: Number = children.scored.iter().cloned().sum();
        let sum = match policy {
            Some(Inapplicable::Full) => &sum + &children.inapplicable_full,
            Some(Inapplicable::Rescale) => {
                let whole = &children.full + &children.inapplicable_full;
                let share = sum.checked_div(&children.full).ok_or_else(|| site.fault(Fault::DivisionByZero))?;
                &share * &whole
            }
            _ => sum,
        };
        self.sized(&sum + &children.bonuses, site)
    }

    /// What the children came to. Open ones count with the end that is being computed, if one is.
    pub fn children(&mut self, parent: NodeId, site: Site) -> Eval<Children> {
        let program = self.program;
        let node = program.node(parent).ok_or_else(|| site.misfit())?;
        let mut children = Children::none();
        for id in &node.children {
            let child = program.node(*id).ok_or_else(|| site.misfit())?;
            let outcome = self.outcome(*id).ok_or_else(|| site.misfit())?;
            self.show(Role::Child(*id), None, &Ok(shown(&outcome)), Vec::new());
            let points = match (outcome, self.end) {
                (Outcome::Score(points), _) => Some(points),
                (Outcome::Graded(_), _) => {
                    children.applying.push(*id);
                    None
                }
                (Outcome::Open { least, .. }, Some(End::Least)) => Some(least),
                (Outcome::Open { most, .. }, Some(End::Most)) => Some(most),
                (Outcome::Unwritten, Some(End::Least)) => Some(child.full.clone().min(Number::ZERO)),
                (Outcome::Unwritten, Some(End::Most)) => Some(child.full.clone().max(Number::ZERO)),
                (Outcome::Open { verdict, .. }, None) => {
                    children.open.push((*id, verdict));
                    None
                }
                (Outcome::Unwritten, None) => {
                    children.open.push((*id, Verdict::Stop));
                    None
                }
                (Outcome::NotApplicable, _) => {
                    if child.kind != NodeKind::Bonus {
                        children.inapplicable.push(*id);
                        children.inapplicable_full = &children.inapplicable_full + &child.full;
                    }
                    None
                }
            };
            let Some(points) = points else { continue };
            if child.kind == NodeKind::Bonus {
                children.bonuses = &children.bonuses + &points;
            } else {
                children.full = &children.full + &child.full;
                children.applying.push(*id);
                children.scored.push(points);
            }
        }
        Ok(children)
    }
}

impl Children {
    fn none() -> Children {
        Children {
            applying: Vec::new(),
            scored: Vec::new(),
            full: Number::ZERO,
            inapplicable: Vec::new(),
            inapplicable_full: Number::ZERO,
            bonuses: Number::ZERO,
            open: Vec::new(),
        }
    }

    pub fn decided(self, site: Site) -> Eval<Children> {
        if self.open.is_empty() { Ok(self) } else { Err(Box::new(Halt::Open(self.open, site.at))) }
    }
}

/// What a step shows of a child.
fn shown(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Score(points) => Value::Number(points.clone()),
        Outcome::Graded(Some(letter)) => Value::Text(letter.clone()),
        Outcome::Graded(None) => Value::List(Vec::new()),
        Outcome::NotApplicable => Value::Verdict(Verdict::NotApplicable, None),
        Outcome::Open { verdict, .. } => Value::Verdict(*verdict, None),
        Outcome::Unwritten => Value::Verdict(Verdict::Stop, None),
    }
}
