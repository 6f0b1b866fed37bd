//! 计分 adds from nought; 扣分 takes off from full marks.

use heng_model::{
    Effect, Number, Value,
    expr::{ExprId, Side, StepRounding, Tally, TallyCount, TallyRow},
    scorecard::Role,
};

use crate::{
    arith,
    engine::{Engine, ordinal},
    frame::Scope,
    halt::{Eval, Halt, Site},
};

impl Engine<'_> {
    /// Computes a 计分 or 扣分.
    pub fn tally(&mut self, tally: &Tally, scope: &Scope, site: Site) -> Eval {
        let full = &scope.frame.full;
        // A 加分指标 with a negative cap starts at nought and goes down to its cap.
        let malus = full.is_negative();
        let start = match tally.from {
            Some(from) => self.number(0, from, scope, site)?,
            None if tally.deduct && !malus => full.clone(),
            None => Number::ZERO,
        };
        let stop = match tally.to {
            Some(to) => Some(self.number(1, to, scope, site)?),
            None if tally.deduct && malus => Some(full.clone()),
            None if tally.deduct => Some(Number::ZERO),
            None => None,
        };
        let mut total = start;
        for (position, row) in tally.rows.iter().enumerate() {
            let points = self.tally_row(ordinal(position), row, tally.deduct, scope)?;
            total = if tally.deduct { &total - &points } else { &total + &points };
        }
        let total = match stop {
            Some(stop) if tally.deduct => total.max(stop),
            Some(stop) => total.min(stop),
            None => total,
        };
        self.sized(total, site)
    }

    /// The points of a row: how often it counts, times what it counts each time.
    fn tally_row(&mut self, position: u32, row: &TallyRow, deduct: bool, scope: &Scope) -> Eval<Number> {
        let site = Site { id: row.points, at: row.at };
        let mut points = Number::ZERO;
        self.recorded(Role::Tally(position), None, |engine| {
            let count = match engine.tally_count(row, deduct, scope, site) {
                Err(halt) if !deduct => engine.counted_by_effect(halt, row, scope)?,
                count => count?,
            };
            if !count.is_zero() {
                points = &count * &engine.number(4, row.points, scope, site)?;
            }
            Ok(Value::Number(count))
        })?;
        Ok(points)
    }

    /// What a row of a 计分 counts that met a state: this row alone.
    fn counted_by_effect(&mut self, halt: Box<Halt>, row: &TallyRow, scope: &Scope) -> Eval<Number> {
        let once = matches!(row.count, TallyCount::When(_));
        let count = match self.effect_of(&halt, scope) {
            Some(Effect::Zero | Effect::NotMet) => Number::ZERO,
            Some(Effect::Full) if once => Number::ONE,
            _ => return Err(halt),
        };
        self.note_effect(&halt);
        Ok(count)
    }

    fn tally_count(&mut self, row: &TallyRow, deduct: bool, scope: &Scope, site: Site) -> Eval<Number> {
        match &row.count {
            // A deduction is neither made nor dropped because a datum is missing.
            TallyCount::When(condition) if deduct => match self.operand(0, *condition, scope)? {
                Value::Bool(holds) => Ok(Number::from(i32::from(holds))),
                _ => Err(site.misfit()),
            },
            TallyCount::When(condition) => {
                self.asked(Role::Operand(0), *condition, scope, site).map(|holds| Number::from(i32::from(holds)))
            }
            TallyCount::Beyond { amount, side, limit, step, partial } => {
                let amount = self.operand(0, *amount, scope)?;
                let limit = self.operand(1, *limit, scope)?;
                let above = arith::distance(&limit, &amount).ok_or_else(|| site.misfit())?;
                let beyond = match side {
                    Side::Above => above,
                    Side::Below => -above,
                    Side::Away => above.abs(),
                };
                self.steps(&beyond, *step, *partial, scope, site)
            }
            TallyCount::Per { items, step, partial } => {
                let items = match self.operand(0, *items, scope)? {
                    Value::Rows(_, rows) => Number::from(rows.len()),
                    Value::Number(items) => items,
                    _ => return Err(site.misfit()),
                };
                self.steps(&items, *step, *partial, scope, site)
            }
        }
    }

    /// How many steps an amount makes; none when it is not above nought.
    fn steps(
        &mut self,
        amount: &Number,
        step: ExprId,
        partial: StepRounding,
        scope: &Scope,
        site: Site,
    ) -> Eval<Number> {
        if amount.signum() <= 0 {
            return Ok(Number::ZERO);
        }
        let step = self.number(2, step, scope, site)?;
        if step.is_negative() {
            return Err(site.misfit());
        }
        let steps = arith::divide(amount, &step).map_err(|fault| site.fault(fault))?;
        Ok(match partial {
            StepRounding::Whole => steps.floor(),
            StepRounding::ProRata => steps,
            StepRounding::Up => steps.ceil(),
        })
    }
}
