//! Letters: 等级 of an indicator, the letters of the children, and children looked at one by one.

use heng_model::{
    ExprKind, FieldId, Name, Node, NodeId, Number, Outcome, Value, Verdict,
    expr::{ExprId, Fold, FoldOp, Function},
    scorecard::{Cause, Role},
    value::{DatumRef, Fault},
};

use crate::{
    aggregate::Terms,
    body::Decision,
    engine::Engine,
    frame::Scope,
    halt::{Eval, Halt, Site},
    journal::Journal,
    node::Scored,
};

/// The table whose rows are the children of an indicator.
const CHILDREN: FieldId = FieldId(u32::MAX);

impl Engine<'_> {
    /// What a node without points makes of what its body came to. 0分 and 满分 say nothing of a letter.
    pub fn settle_letter(&mut self, node: &Node, decision: Decision, scope: &Scope) -> Outcome {
        let at = self.program.body(node.body.unwrap_or(heng_model::program::BodyId(u32::MAX)));
        let at = at.and_then(|body| self.program.expr(body.result)).map_or(node.at, |result| result.at);
        match decision.value {
            Ok(Value::Text(letter)) => Outcome::Graded(Some(letter)),
            Ok(Value::List(parts)) => {
                self.profile = self.named(node, &parts, scope);
                Outcome::Graded(None)
            }
            Ok(_) => {
                self.undecided(node, &Halt::Verdict(Verdict::Stop, Cause::Fault(Fault::Domain), at), Verdict::Stop)
            }
            Err(halt) => match *halt {
                Halt::State(state, datum, at) => {
                    let verdict = self.verdict_of_state(state, datum, scope);
                    match verdict {
                        Some(verdict) => {
                            let by = Halt::Verdict(verdict, Cause::State(state, datum), at);
                            self.undecided(node, &by, verdict)
                        }
                        None => self.undecided(node, &Halt::undeclared(state, datum, at), Verdict::Stop),
                    }
                }
                _ => self.undecided(node, &halt, halt.verdict().unwrap_or(Verdict::Stop)),
            },
        }
    }

    /// The parts of a profile by the rows they were made of: their keys, else their numbers.
    fn named(&mut self, node: &Node, parts: &[Value], scope: &Scope) -> Vec<(Name, Number)> {
        let program = self.program;
        let rows = node.body.and_then(|body| program.body(body)).and_then(|body| self.rows_behind(body.result, scope));
        let rows = rows.filter(|rows| rows.len() == parts.len()).unwrap_or_default();
        let number = |(at, part): (usize, &Value)| {
            let name = rows.get(at).cloned().unwrap_or_else(|| (at + 1).to_string().into());
            Some((name, part.as_number()?.clone()))
        };
        parts.iter().enumerate().filter_map(number).collect()
    }

    /// The names of the rows, or of the children, from which a list was made.
    fn rows_behind(&mut self, list: ExprId, scope: &Scope) -> Option<Vec<Name>> {
        let program = self.program;
        let mut id = list;
        let over = loop {
            match &program.expr(id)?.kind {
                ExprKind::Let(item) => id = program.definition(*item)?.value,
                ExprKind::Call(Function::RunningTotals | Function::CumulativeRound, parts) => id = *parts.first()?,
                ExprKind::Fold(fold) if fold.op == FoldOp::List && fold.skip.is_empty() => break fold.over,
                _ => return None,
            }
        };
        if program.expr(over)?.kind == ExprKind::Children {
            let node = scope.frame.node;
            let site = Site { id: over, at: program.expr(over)?.at };
            let children = self.captured(|engine| engine.applying(node, site)).0.ok()?;
            return children.into_iter().map(|child| program.node(child).map(|child| child.name.clone())).collect();
        }
        let Value::Rows(table, rows) = self.captured(|engine| engine.eval(over, scope)).0.ok()? else { return None };
        let key = program.schema.field(table)?.table()?.key;
        let name = |row: &u32| {
            let cell = key.and_then(|key| self.facts.cell(DatumRef { field: table, cell: Some((*row, key)) }));
            match cell.and_then(|cell| cell.value.as_ref()) {
                Some(Value::Text(name)) => name.clone(),
                Some(Value::Number(number)) => number.to_string().into(),
                _ => u64::from(*row).saturating_add(1).to_string().into(),
            }
        };
        Some(rows.iter().map(name).collect())
    }

    /// 等级 of an indicator that has points, once these are decided.
    pub fn take_letter(&mut self, id: NodeId) {
        let program = self.program;
        let Some((node, grade)) = program.node(id).and_then(|node| Some((node, node.grade?))) else { return };
        let decided = |scored: &Scored| matches!(scored, Scored::Done { score, .. } if matches!(score.outcome, Outcome::Score(_)));
        if node.pointless || !self.scores.get(id.0 as usize).is_some_and(decided) {
            return;
        }
        let end = self.end.take();
        let (value, journal) = self.traced(|engine| {
            let scope = Scope::of(engine.frame(id), engine.reading(id));
            engine.part(Role::Grade, grade, &scope)
        });
        self.end = end;
        let at = program.expr(grade).map_or(node.at, |expr| expr.at);
        let (letter, found) = match value {
            Ok(Value::Text(letter)) => (Some(letter), Vec::new()),
            Ok(_) => (None, Site { id: grade, at }.misfit().findings()),
            Err(halt) => match *halt {
                Halt::State(state, datum, at) => (None, Halt::undeclared(state, datum, at).findings()),
                _ => (None, halt.findings()),
            },
        };
        let Journal { steps, read, findings } = journal.distinct();
        if let Some(Scored::Done { score, .. }) = self.scores.get_mut(id.0 as usize) {
            score.grade = letter;
            score.trace.extend(steps);
            score.findings.extend(findings);
            score.findings.extend(found);
            let new: Vec<_> = read.into_iter().filter(|datum| !score.read.contains(datum)).collect();
            score.read.extend(new);
        }
    }

    /// 等级（指标）.
    pub fn grade_of(&mut self, node: NodeId, site: Site) -> Eval {
        let outcome = self.outcome(node).ok_or_else(|| site.misfit())?;
        let result = match outcome {
            Outcome::Score(_) | Outcome::Graded(_) => self.letter(node).map(Value::Text).ok_or_else(|| site.misfit()),
            Outcome::NotApplicable => Err(Box::new(Halt::Verdict(Verdict::NotApplicable, Cause::Child(node), site.at))),
            Outcome::Open { verdict, .. } => Err(Box::new(Halt::Open(vec![(node, verdict)], site.at))),
            Outcome::Unwritten => Err(Box::new(Halt::Open(vec![(node, Verdict::Stop)], site.at))),
        };
        self.show(Role::Child(node), None, &result, Vec::new());
        result
    }

    /// The letter of a node that is scored.
    fn letter(&self, node: NodeId) -> Option<Name> {
        match self.scores.get(node.0 as usize)? {
            Scored::Done { score, .. } => score.grade.clone(),
            Scored::Not | Scored::Pending => None,
        }
    }

    /// 等级（下级）: the letters of the children that apply, the best first.
    pub fn letters(&mut self, scope: &Scope, site: Site) -> Eval {
        let children = self.applying(scope.frame.node, site)?;
        let mut letters = Vec::new();
        for child in children {
            let letter = self.letter(child).ok_or_else(|| site.misfit())?;
            let rank = self.program.rank(&letter).ok_or_else(|| site.misfit())?;
            letters.push((rank, letter));
        }
        letters.sort();
        Ok(Value::List(letters.into_iter().map(|(_, letter)| Value::Text(letter)).collect()))
    }

    /// The children that apply, bonuses apart; all are decided.
    pub fn applying(&mut self, parent: NodeId, site: Site) -> Eval<Vec<NodeId>> {
        let children = self.children(parent, site)?;
        self.policy(&children, FoldOp::List, parent, site)?;
        Ok(children.decided(site)?.applying)
    }

    /// 下级 凡 条件: the points of the children for which the condition holds.
    pub fn filter_children(&mut self, condition: ExprId, scope: &Scope, site: Site) -> Eval {
        let mut kept = Vec::new();
        for child in self.applying(scope.frame.node, site)? {
            if self.asked(Role::Child(child), condition, &child_scope(scope, child), site)? {
                kept.push(Value::Number(self.points(child)));
            }
        }
        Ok(Value::List(kept))
    }

    /// 占比（下级 凡 条件）.
    pub fn share_of_children(&mut self, condition: ExprId, scope: &Scope, site: Site) -> Eval {
        let children = self.applying(scope.frame.node, site)?;
        let all = Number::from(children.len());
        match self.filter_children(condition, scope, site)? {
            Value::List(kept) => Number::from(kept.len())
                .checked_div(&all)
                .map(Value::Number)
                .ok_or_else(|| site.fault(Fault::DivisionByZero)),
            _ => Err(site.misfit()),
        }
    }

    /// f（下级，式）: the term of each child that applies.
    pub fn fold_each_child(&mut self, fold: &Fold, term: ExprId, scope: &Scope, site: Site) -> Eval {
        let mut terms = Terms { values: Vec::new(), weights: Vec::new() };
        for child in self.applying(scope.frame.node, site)? {
            let place = child_scope(scope, child);
            let (value, weight) = self.term(Role::Child(child), term, fold.weight, &place, site)?;
            terms.values.push(value);
            terms.weights.extend(weight);
        }
        self.aggregated(fold, terms, site)
    }

    /// 得分 of the child that is being looked at.
    pub fn child_score(&mut self, up: u8, scope: &Scope, site: Site) -> Eval {
        let child = child(up, scope).ok_or_else(|| site.misfit())?;
        self.score_of(child, site)
    }

    /// 等级 of the child that is being looked at.
    pub fn child_grade(&mut self, up: u8, scope: &Scope, site: Site) -> Eval {
        let child = child(up, scope).ok_or_else(|| site.misfit())?;
        self.grade_of(child, site)
    }

    /// The points of a node; nought where it has none.
    pub fn points(&self, node: NodeId) -> Number {
        match self.scores.get(node.0 as usize) {
            Some(Scored::Done { score, .. }) => score.outcome.points().cloned().unwrap_or(Number::ZERO),
            _ => Number::ZERO,
        }
    }
}

/// A place that looks at a child.
pub(crate) fn child_scope(scope: &Scope, child: NodeId) -> Scope {
    scope.in_row(CHILDREN, child.0)
}

/// The child that a place looks at.
fn child(up: u8, scope: &Scope) -> Option<NodeId> {
    scope.row(up).filter(|row| row.table == CHILDREN).map(|row| NodeId(row.index))
}
