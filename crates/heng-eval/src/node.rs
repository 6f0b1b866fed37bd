//! An indicator or a group: its body, the effect of a state that reaches it, and the range in which
//! its points must lie.

use heng_model::{
    Effect, ExprKind, Node, NodeId, Number, Outcome, Value, Verdict,
    expr::{ExprId, FoldOp, SourceRef},
    scorecard::{Cause, NodeScore},
    value::Fault,
};

use crate::{
    body::{By, Decision},
    engine::{End, Engine},
    frame::Scope,
    halt::{Eval, Halt, Site},
    journal::Journal,
};

/// How far a node is scored.
pub(crate) enum Scored {
    /// Not yet.
    Not,
    /// It is being scored: whoever asks goes round in a circle.
    Pending,
    Done {
        score: Box<NodeScore>,
        /// Whether a 当 or 须 line decided in place of the result.
        gate: bool,
    },
}

impl<'a> Engine<'a> {
    /// What a node comes to; `None` when it goes round in a circle or the id leads nowhere.
    pub fn outcome(&mut self, id: NodeId) -> Option<Outcome> {
        if let Scored::Not = self.scores.get(id.0 as usize)? {
            let program = self.program;
            let scored = program.node(id).map(|node| self.score(id, node))?;
            self.record(id, scored);
            // The points are there when the letter is taken from them.
            self.take_letter(id);
        }
        match self.scores.get(id.0 as usize)? {
            Scored::Done { score, .. } => Some(score.outcome.clone()),
            Scored::Not | Scored::Pending => None,
        }
    }

    /// Puts a score in its place.
    pub fn record(&mut self, id: NodeId, scored: Scored) {
        if let Some(slot) = self.scores.get_mut(id.0 as usize) {
            *slot = scored;
        }
    }

    fn score(&mut self, id: NodeId, node: &Node) -> Scored {
        self.record(id, Scored::Pending);
        let end = self.end.take();
        let ((outcome, gate), journal) = self.traced(|engine| {
            let Some(body) = node.body else { return (Outcome::Unwritten, false) };
            let scope = Scope::of(engine.frame(id), engine.reading(id));
            let site = Site { id: ExprId(u32::MAX), at: node.at };
            let decision = engine.body(body, &scope, site);
            let gate = decision.by == By::Gate;
            let outcome = if node.pointless {
                engine.settle_letter(node, decision, &scope)
            } else {
                engine.settle(node, decision, &scope)
            };
            (outcome, gate)
        });
        self.end = end;
        let Journal { steps: trace, read, findings } = journal.distinct();
        let profile = std::mem::take(&mut self.profile);
        let grade = match &outcome {
            Outcome::Graded(letter) => letter.clone(),
            _ => None,
        };
        let score = Box::new(NodeScore { node: id, outcome, grade, profile, vetoed_by: None, findings, read, trace });
        Scored::Done { score, gate }
    }

    /// What the node makes of what its body came to.
    fn settle(&mut self, node: &Node, decision: Decision, scope: &Scope) -> Outcome {
        match decision.value {
            Ok(value) => self.ranged(node, value, self.place(node, decision.by)),
            Err(halt) => match *halt {
                Halt::State(..) => self.apply_effect(node, &halt, scope),
                Halt::Open(..) => self.open_children(node, decision.by, &halt, scope),
                Halt::Verdict(verdict, ..) => self.undecided(node, &halt, verdict),
            },
        }
    }

    /// The line that made the points.
    fn place(&self, node: &Node, by: By) -> SourceRef {
        match by {
            By::Result(result) => self.program.expr(result).map_or(node.at, |expr| expr.at),
            By::Gate | By::Undecided => node.at,
        }
    }

    /// The points, if they lie between nought and full marks. Nothing is cut off silently.
    pub fn ranged(&mut self, node: &Node, value: Value, at: SourceRef) -> Outcome {
        let (least, most) = bounds(node);
        let fault = match value {
            Value::Number(points) if points >= least && points <= most => return Outcome::Score(points),
            Value::Number(points) => Fault::OutOfRange(points),
            _ => Fault::Domain,
        };
        let halt = Halt::Verdict(Verdict::Stop, Cause::Fault(fault), at);
        self.undecided(node, &halt, Verdict::Stop)
    }

    /// The declared effect of the state that reached the indicator. 视为不符合 says nothing about
    /// points, so the next place outward is asked.
    fn apply_effect(&mut self, node: &Node, halt: &Halt, scope: &Scope) -> Outcome {
        let Halt::State(state, datum, at) = *halt else { return self.undecided(node, halt, Verdict::Stop) };
        match self.effect(state, datum, scope.reading, |effect| effect != Effect::NotMet) {
            Some(Effect::Zero) => {
                self.note_effect(halt);
                Outcome::Score(Number::ZERO)
            }
            Some(Effect::Full) => {
                self.note_effect(halt);
                Outcome::Score(node.full.clone())
            }
            Some(Effect::Verdict(verdict)) => {
                self.undecided(node, &Halt::Verdict(verdict, Cause::State(state, datum), at), verdict)
            }
            Some(Effect::AsIs | Effect::NotMet) | None => {
                self.undecided(node, &Halt::undeclared(state, datum, at), Verdict::Stop)
            }
        }
    }

    /// A verdict: 不适用, or an open range over all points.
    pub fn undecided(&mut self, node: &Node, halt: &Halt, verdict: Verdict) -> Outcome {
        self.journal.findings.extend(halt.findings());
        if !verdict.is_open() {
            return Outcome::NotApplicable;
        }
        let (least, most) = bounds(node);
        Outcome::Open { least, most, verdict }
    }

    /// A score over open children: a range between their least and most points where the result is
    /// their sum, else over all points.
    fn open_children(&mut self, node: &Node, by: By, halt: &Halt, scope: &Scope) -> Outcome {
        let whole = self.undecided(node, halt, halt.verdict().unwrap_or(Verdict::Stop));
        let (By::Result(result), Outcome::Open { verdict, .. }) = (by, &whole) else { return whole };
        if !self.rises_with_children(result) {
            return whole;
        }
        match (self.with_end(End::Least, result, scope), self.with_end(End::Most, result, scope)) {
            (Ok(Value::Number(least)), Ok(Value::Number(most))) => {
                let (floor, ceiling) = bounds(node);
                let clamp = |points: Number| points.max(floor.clone()).min(ceiling.clone());
                Outcome::Open { least: clamp(least), most: clamp(most), verdict: *verdict }
            }
            _ => whole,
        }
    }

    fn with_end(&mut self, end: End, result: ExprId, scope: &Scope) -> Eval {
        self.end = Some(end);
        let (value, _) = self.traced(|engine| engine.eval(result, scope));
        self.end = None;
        value
    }

    /// Whether an expression is the sum of the children, or that within a fixed limit or rounded, so
    /// that more points of a child never make fewer.
    fn rises_with_children(&self, id: ExprId) -> bool {
        let kind = |id: ExprId| self.program.expr(id).map(|expr| &expr.kind);
        let fixed = |id: ExprId| matches!(kind(id), Some(ExprKind::Literal(_) | ExprKind::FullMarks));
        let mut id = id;
        // A file's depth bounds the nesting; a stored program might nest forever.
        for _ in 0..8 {
            match kind(id) {
                Some(ExprKind::Fold(fold)) => {
                    return fold.op == FoldOp::Sum && matches!(kind(fold.over), Some(ExprKind::Children));
                }
                Some(ExprKind::Limit { value, bound, .. }) if fixed(*bound) => id = *value,
                Some(ExprKind::Round { value, unit, .. }) if unit.signum() > 0 => id = *value,
                _ => return false,
            }
        }
        false
    }
}

/// The fewest and the most points a node may come to.
pub(crate) fn bounds(node: &Node) -> (Number, Number) {
    (node.full.clone().min(Number::ZERO), node.full.clone().max(Number::ZERO))
}
