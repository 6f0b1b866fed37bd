//! 凡, and folds over rows and lists.

use heng_model::{
    Effect, ExprKind, FieldId, Number, Value, Verdict,
    expr::{ExprId, Fold, FoldOp},
    scorecard::Role,
    value::Fault,
};

use crate::{
    aggregate::{self, Terms},
    engine::Engine,
    frame::{Scope, States},
    halt::{Eval, Halt, Site},
};

impl Engine<'_> {
    /// The rows that an operand names.
    pub fn rows(&mut self, position: usize, id: ExprId, scope: &Scope, site: Site) -> Eval<(FieldId, Vec<u32>)> {
        match self.operand(position, id, scope)? {
            Value::Rows(table, rows) => Ok((table, rows)),
            _ => Err(site.misfit()),
        }
    }

    /// 表 凡 条件: the rows for which the condition holds.
    pub fn filter(&mut self, over: ExprId, condition: ExprId, scope: &Scope, site: Site) -> Eval {
        if self.is_children(over) {
            return self.filter_children(condition, scope, site);
        }
        let (table, rows) = self.rows(0, over, scope, site)?;
        let mut kept = Vec::new();
        for row in rows {
            let holds = match self.asked(Role::Row(table, row), condition, &scope.in_row(table, row), site) {
                Err(halt) if self.effect_of(&halt, scope) == Some(Effect::NotMet) => {
                    self.note_effect(&halt);
                    false
                }
                asked => asked?,
            };
            if holds {
                kept.push(row);
            }
        }
        Ok(Value::Rows(table, kept))
    }

    /// A fold over rows, a list or children.
    pub fn fold(&mut self, fold: &Fold, scope: &Scope, site: Site) -> Eval {
        let over = self.program.expr(fold.over).map(|expr| &expr.kind);
        match (fold.op, over) {
            (_, Some(ExprKind::Children)) => self.fold_children(fold, scope, site),
            (FoldOp::Share, Some(ExprKind::Where(over, condition))) if self.is_children(*over) => {
                self.share_of_children(*condition, scope, site)
            }
            (FoldOp::Share, Some(ExprKind::Where(over, condition))) => self.share(*over, *condition, scope, site),
            (FoldOp::Share, _) => self.share_of_table(fold.over, scope, site),
            _ => {
                let terms = self.terms(fold, scope, site)?;
                self.aggregated(fold, terms, site)
            }
        }
    }

    fn is_children(&self, id: ExprId) -> bool {
        self.program.expr(id).is_some_and(|expr| expr.kind == ExprKind::Children)
    }

    /// What the fold makes of its terms.
    pub fn aggregated(&self, fold: &Fold, terms: Terms, site: Site) -> Eval {
        if fold.at_least.is_some_and(|least| terms.values.len() < least as usize) {
            return Err(site.fault(Fault::TooFew));
        }
        if let (FoldOp::Min | FoldOp::Max, Some(Value::Text(_))) = (fold.op, terms.values.first()) {
            return self.best_or_worst(fold.op == FoldOp::Max, &terms.values, site);
        }
        match aggregate::aggregate(fold.op, terms) {
            Ok(Value::Number(number)) => self.sized(number, site),
            Ok(value) => Ok(value),
            Err(fault) => Err(site.fault(fault)),
        }
    }

    /// The best or the worst letter, by the pack's order.
    fn best_or_worst(&self, best: bool, letters: &[Value], site: Site) -> Eval {
        let rank = |value: &Value| match value {
            Value::Text(letter) => self.program.rank(letter),
            _ => None,
        };
        let ranks: Vec<usize> = letters.iter().map(rank).collect::<Option<_>>().ok_or_else(|| site.misfit())?;
        let found = if best { ranks.into_iter().min() } else { ranks.into_iter().max() };
        let letter = found.and_then(|rank| self.program.letters().get(rank)).ok_or_else(|| site.misfit())?;
        Ok(Value::Text(letter.clone()))
    }

    fn terms(&mut self, fold: &Fold, scope: &Scope, site: Site) -> Eval<Terms> {
        match (self.operand(0, fold.over, scope)?, fold.term) {
            (Value::List(values), None) => Ok(Terms { values, weights: Vec::new() }),
            (Value::Rows(_, rows), None) if matches!(fold.op, FoldOp::Count | FoldOp::Exists) => {
                let values = rows.into_iter().map(|row| Value::Number(Number::from(i64::from(row)))).collect();
                Ok(Terms { values, weights: Vec::new() })
            }
            (Value::Rows(table, rows), Some(term)) => self.terms_of_rows(fold, term, (table, &rows), scope, site),
            _ => Err(site.misfit()),
        }
    }

    fn terms_of_rows(
        &mut self,
        fold: &Fold,
        term: ExprId,
        (table, rows): (FieldId, &[u32]),
        scope: &Scope,
        site: Site,
    ) -> Eval<Terms> {
        let skip = States::of(fold.skip.iter().copied());
        let mut terms = Terms { values: Vec::new(), weights: Vec::new() };
        for row in rows {
            let place = scope.in_row(table, *row).watching(skip);
            match self.term(Role::Row(table, *row), term, fold.weight, &place, site) {
                Ok((value, weight)) => {
                    terms.values.push(value);
                    terms.weights.extend(weight);
                }
                Err(halt) if matches!(*halt, Halt::State(state, ..) if skip.contains(state)) => self.note_effect(&halt),
                Err(halt) => return Err(halt),
            }
        }
        Ok(terms)
    }

    /// The value of a row and its weight, both parts of the row's step.
    pub fn term(
        &mut self,
        role: Role,
        term: ExprId,
        weight: Option<ExprId>,
        place: &Scope,
        site: Site,
    ) -> Eval<(Value, Option<Number>)> {
        let Some(weight) = weight else { return Ok((self.part(role, term, place)?, None)) };
        let mut weighed = None;
        let value = self.recorded(role, None, |engine| {
            let value = engine.operand(0, term, place)?;
            weighed = Some(engine.number(1, weight, place, site)?);
            Ok(value)
        })?;
        Ok((value, weighed))
    }

    /// 占比: the rows that meet the condition over the rows that can.
    fn share(&mut self, over: ExprId, condition: ExprId, scope: &Scope, site: Site) -> Eval {
        let (table, rows) = self.rows(0, over, scope, site)?;
        let (mut met, mut asked) = (0i64, 0i64);
        for row in rows {
            let result = self.asked(Role::Row(table, row), condition, &scope.in_row(table, row), site);
            let holds = match result {
                Ok(holds) => Some(holds),
                Err(halt) => Some(self.share_effect(halt, scope)?).flatten(),
            };
            asked += i64::from(holds.is_some());
            met += i64::from(holds == Some(true));
        }
        self.ratio(Number::from(met), Number::from(asked), site)
    }

    /// What a row of a 占比 counts whose condition met a state; none when it is out of both counts.
    fn share_effect(&mut self, halt: Box<Halt>, scope: &Scope) -> Eval<Option<bool>> {
        let holds = match self.effect_of(&halt, scope) {
            Some(Effect::Zero | Effect::NotMet) => Some(false),
            Some(Effect::Full) => Some(true),
            Some(Effect::Verdict(Verdict::NotApplicable)) => None,
            _ => return Err(halt),
        };
        self.note_effect(&halt);
        Ok(holds)
    }

    /// 占比 of rows that were chosen elsewhere: over all rows of their table.
    fn share_of_table(&mut self, over: ExprId, scope: &Scope, site: Site) -> Eval {
        let (table, rows) = self.rows(0, over, scope, site)?;
        let all = self.facts.table(table).map_or(0, |table| table.rows.len());
        self.ratio(Number::from(rows.len()), Number::from(all), site)
    }

    fn ratio(&self, part: Number, whole: Number, site: Site) -> Eval {
        part.checked_div(&whole).map(Value::Number).ok_or_else(|| site.fault(Fault::DivisionByZero))
    }

    /// The nearest declared effect of the state that an expression met, if it met one.
    pub fn effect_of(&self, halt: &Halt, scope: &Scope) -> Option<Effect> {
        match halt {
            Halt::State(state, datum, _) => self.effect(*state, *datum, scope.reading, |_| true),
            _ => None,
        }
    }
}
