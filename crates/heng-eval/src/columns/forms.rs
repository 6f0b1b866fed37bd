//! Bands, tallies, folds, rows and methods into operations.

use std::rc::Rc;

use heng_model::{
    ExprKind, FieldId, Number, Rounding,
    expr::{
        BandCell, Bands, Compare, Each, ExprId, Fold, FoldOp, Linear, Logic, Share, Side, StepRounding, Tally,
        TallyCount, TallyRow,
    },
    program::{MethodCode, MethodId},
};

use super::{
    lower::{Frame, Lower, Place},
    plan::{Int, Level, Mask, Op, Relation},
    value::{Fraction, Kind, Planned, Unknown, Value},
};

/// The rows of a table that are meant, and where that is unsaid.
struct Chosen {
    table: FieldId,
    mask: Mask,
    unsaid: Mask,
}

impl Lower<'_> {
    pub fn bands(&mut self, bands: &Bands, place: &Place) -> Planned {
        let level = place.level();
        let subjects: Vec<Value> =
            bands.subjects.iter().map(|subject| self.expr(*subject, place)).collect::<Planned<_>>()?;
        // Where a subject says nothing, no row does, so the rows need not look at that.
        let plain = |subject: &Value| Value { unsaid: Mask::Const(false), ..subject.clone() };
        let said: Vec<Value> = subjects.iter().map(plain).collect();
        let mut value = Value::nothing(level);
        for row in bands.rows.iter().rev() {
            let mut fits = Value { kind: Kind::Bool(Mask::Const(true)), unsaid: Mask::Const(false), level };
            for (position, cell) in row.cells.iter().enumerate() {
                // A row for a state fits only where the columns say nothing anyway.
                if matches!(cell, BandCell::State(_)) {
                    fits.kind = Kind::Bool(Mask::Const(false));
                    break;
                }
                let cell = self.cell_fits(cell, said.get(position), place)?;
                fits = self.joined(Logic::And, &fits, &cell, level)?;
            }
            let then = self.expr(row.value, place)?;
            value = self.choose(&fits, &then, &value, level)?;
        }
        for subject in &subjects {
            value.unsaid = self.or(value.unsaid, subject.unsaid, level);
        }
        Ok(value)
    }

    fn cell_fits(&mut self, cell: &BandCell, subject: Option<&Value>, place: &Place) -> Planned {
        let level = place.level();
        match (cell, subject) {
            (BandCell::Other, _) => {
                Ok(Value { kind: Kind::Bool(Mask::Const(true)), unsaid: Mask::Const(false), level })
            }
            (BandCell::When(condition), _) => self.expr(*condition, place),
            (BandCell::Range(range), Some(value)) => self.lies_in(value, range, place),
            (BandCell::OneOf(words), Some(value)) => {
                let mut any = Value { kind: Kind::Bool(Mask::Const(false)), unsaid: Mask::Const(false), level };
                for word in words {
                    let word = self.expr(*word, place)?;
                    let same = self.compare(Compare::Equal, value, &word, level)?;
                    any = self.joined(Logic::Or, &any, &same, level)?;
                }
                Ok(any)
            }
            _ => Err(Unknown),
        }
    }

    pub fn tally(&mut self, tally: &Tally, place: &Place) -> Planned {
        let level = place.level();
        let full = place.frame.full.clone();
        let full = self.at(&full, level);
        let malus = self.program.node(place.frame.node).is_none_or(|node| node.full.is_negative());
        if malus {
            return Err(Unknown);
        }
        let nought = Value { kind: Kind::Number(Fraction::ZERO), unsaid: Mask::Const(false), level };
        let mut total = match tally.from {
            Some(from) => self.expr(from, place)?,
            None if tally.deduct => full,
            None => nought.clone(),
        };
        let stop = match tally.to {
            Some(to) => Some(self.expr(to, place)?),
            None => tally.deduct.then_some(nought),
        };
        for row in &tally.rows {
            let points = self.tally_row(row, place)?;
            let (a, b) = (total.number()?, points.number()?);
            let sum = if tally.deduct { self.plan.subtract(a, b, level)? } else { self.plan.add(a, b, level)? };
            let unsaid = self.or(total.unsaid, points.unsaid, level);
            total = Value { kind: Kind::Number(sum), unsaid, level };
        }
        match stop {
            Some(stop) => self.extreme(tally.deduct, &total, &stop, level),
            None => Ok(total),
        }
    }

    fn tally_row(&mut self, row: &TallyRow, place: &Place) -> Planned {
        let level = place.level();
        let count = self.tally_count(&row.count, place)?;
        let points = self.expr(row.points, place)?;
        let fraction = count.number()?;
        let product = self.plan.multiply(fraction, points.number()?, level);
        // Points are asked for only where the row counts.
        let none = self.plan.mask(Op::Compare(Relation::Equal, fraction.num, Int::Const(0)), level);
        let counts = self.not(none, level);
        let doubt = self.and(counts, points.unsaid, level);
        Ok(Value { kind: Kind::Number(product), unsaid: self.or(count.unsaid, doubt, level), level })
    }

    fn tally_count(&mut self, count: &TallyCount, place: &Place) -> Planned {
        let level = place.level();
        match count {
            TallyCount::When(condition) => {
                let value = self.expr(*condition, place)?;
                let number = self.plan.int(Op::Number(value.holds()?), level);
                Ok(Value { kind: Kind::Number(Fraction::whole(number, 0)), ..value })
            }
            TallyCount::Beyond { amount, side, limit, step, partial } => {
                let (amount, limit) = (self.expr(*amount, place)?, self.expr(*limit, place)?);
                let unsaid = self.or(amount.unsaid, limit.unsaid, level);
                let (a, b) = (self.distance_end(&amount)?, self.distance_end(&limit)?);
                let above = self.plan.subtract(a, b, level)?;
                let below = self.plan.subtract(b, a, level)?;
                let beyond = match side {
                    Side::Above => above,
                    Side::Below => below,
                    Side::Away => self.plan.extreme(true, above, below, level)?,
                };
                let beyond = Value { kind: Kind::Number(beyond), unsaid, level };
                self.steps(&beyond, *step, *partial, place)
            }
            TallyCount::Per { items, step, partial } => {
                let items = self.expr(*items, place)?;
                let items = match items.kind {
                    Kind::Rows(table, mask) => {
                        let count = self.count(table, mask);
                        Value { kind: Kind::Number(Fraction::whole(count, 0)), ..items }
                    }
                    _ => items,
                };
                self.steps(&items, *step, *partial, place)
            }
        }
    }

    /// An end of a distance: a number, or a day.
    fn distance_end(&mut self, value: &Value) -> Planned<Fraction> {
        match value.kind {
            Kind::Date(day) => Ok(Fraction::whole(day, 0)),
            _ => value.number(),
        }
    }

    fn steps(&mut self, amount: &Value, step: ExprId, partial: StepRounding, place: &Place) -> Planned {
        let level = place.level();
        let step = self.expr(step, place)?.number()?;
        let (Int::Const(1..), Int::Const(_)) = (step.num, step.den) else { return Err(Unknown) };
        let positive = self.plan.extreme(true, amount.number()?, Fraction::ZERO, level)?;
        let (steps, _) = self.plan.divide(positive, step, level)?;
        let steps = match partial {
            StepRounding::ProRata => steps,
            StepRounding::Whole => self.plan.round(steps, 0, Rounding::Down, level)?,
            StepRounding::Up => self.plan.round(steps, 0, Rounding::Up, level)?,
        };
        Ok(Value { kind: Kind::Number(steps), unsaid: amount.unsaid, level })
    }

    fn count(&mut self, table: FieldId, mask: Mask) -> Int {
        match mask {
            Mask::Const(true) => self.plan.int(Op::Count(table), Level::Departments),
            Mask::Const(false) => Int::Const(0),
            Mask::Reg(_) => {
                let ones = self.plan.int(Op::Number(mask), Level::Rows(table));
                self.plan.int(Op::Sum(table, ones), Level::Departments)
            }
        }
    }

    /// 表 凡 条件.
    pub fn filter(&mut self, over: ExprId, condition: ExprId, place: &Place) -> Planned {
        let rows = self.chosen(over, place)?;
        let there = place.in_row(rows.table)?;
        let holds = self.expr(condition, &there)?;
        let level = Level::Rows(rows.table);
        let mask = self.and(rows.mask, holds.holds()?, level);
        let doubt = self.and(rows.mask, holds.unsaid, level);
        let doubt = self.plan.mask(Op::Any(rows.table, doubt), Level::Departments);
        let unsaid = self.or(rows.unsaid, doubt, Level::Departments);
        Ok(Value { kind: Kind::Rows(rows.table, mask), unsaid, level: Level::Departments })
    }

    fn chosen(&mut self, over: ExprId, place: &Place) -> Planned<Chosen> {
        let value = self.expr(over, place)?;
        match value.kind {
            Kind::Rows(table, mask) if place.row.is_none() => Ok(Chosen { table, mask, unsaid: value.unsaid }),
            _ => Err(Unknown),
        }
    }

    pub fn fold(&mut self, fold: &Fold, place: &Place) -> Planned {
        if !fold.skip.is_empty() || fold.at_least.is_some() {
            return Err(Unknown);
        }
        let over = self.program.expr(fold.over).map(|expr| &expr.kind);
        if matches!(over, Some(ExprKind::Children)) {
            return self.fold_children(fold, place);
        }
        if fold.op == FoldOp::Share {
            return self.share(fold.over, place);
        }
        let rows = self.chosen(fold.over, place)?;
        let level = Level::Departments;
        let count = self.count(rows.table, rows.mask);
        let empty = self.plan.mask(Op::Compare(Relation::AtMost, count, Int::Const(0)), level);
        let number = |kind| Value { kind: Kind::Number(kind), unsaid: rows.unsaid, level };
        let Some(term) = fold.term else {
            return match fold.op {
                FoldOp::Count => Ok(number(Fraction::whole(count, 0))),
                FoldOp::Exists => {
                    let kind = Kind::Bool(self.not(empty, level));
                    Ok(Value { kind, unsaid: rows.unsaid, level })
                }
                _ => Err(Unknown),
            };
        };
        let there = place.in_row(rows.table)?;
        let term = self.expr(term, &there)?;
        let term = self.at(&term, Level::Rows(rows.table));
        let mut unsaid = self.doubt(&rows, term.unsaid);
        let terms = term.number()?;
        let fraction = match fold.op {
            FoldOp::Sum => self.sum(&rows, terms)?,
            FoldOp::Mean => {
                let sum = self.sum(&rows, terms)?;
                let (mean, zero) = self.plan.divide(sum, Fraction::whole(count, 0), level)?;
                unsaid = self.or(unsaid, zero, level);
                mean
            }
            FoldOp::WeightedMean => {
                let weight = self.expr(fold.weight.ok_or(Unknown)?, &there)?;
                let weight = self.at(&weight, Level::Rows(rows.table));
                let doubt = self.doubt(&rows, weight.unsaid);
                let weighted = self.plan.multiply(terms, weight.number()?, Level::Rows(rows.table));
                let (sum, all) = (self.sum(&rows, weighted)?, self.sum(&rows, weight.number()?)?);
                let (mean, zero) = self.plan.divide(sum, all, level)?;
                unsaid = self.or(unsaid, doubt, level);
                unsaid = self.or(unsaid, zero, level);
                mean
            }
            FoldOp::Min | FoldOp::Max if rows.mask == Mask::Const(true) && !terms.is_divided() => {
                unsaid = self.or(unsaid, empty, level);
                let op = Op::Extreme(rows.table, fold.op == FoldOp::Max, terms.num);
                Fraction::whole(self.plan.int(op, level), terms.exponent)
            }
            _ => return Err(Unknown),
        };
        Ok(Value { kind: Kind::Number(fraction), unsaid, level })
    }

    /// Where a row that is meant has no value.
    fn doubt(&mut self, rows: &Chosen, unsaid: Mask) -> Mask {
        let doubt = self.and(rows.mask, unsaid, Level::Rows(rows.table));
        let doubt = self.plan.mask(Op::Any(rows.table, doubt), Level::Departments);
        self.or(rows.unsaid, doubt, Level::Departments)
    }

    /// The sum of the rows that are meant. What they are divided by must be one for all.
    fn sum(&mut self, rows: &Chosen, terms: Fraction) -> Planned<Fraction> {
        let den = self.one_for_all(terms.den)?;
        let kept = match terms.num {
            // A constant is counted, not added up.
            Int::Const(each) => {
                let count = self.count(rows.table, rows.mask);
                let num = self.plan.times(count, Int::Const(each), Level::Departments);
                return Ok(Fraction { num, den, exponent: terms.exponent });
            }
            num => self.plan.int(Op::Choose(rows.mask, num, Int::Const(0)), Level::Rows(rows.table)),
        };
        let num = self.plan.int(Op::Sum(rows.table, kept), Level::Departments);
        Ok(Fraction { num, den, exponent: terms.exponent })
    }

    /// What each row is divided by, where it is the same for all rows of a department.
    fn one_for_all(&mut self, den: Int) -> Planned<Int> {
        let Int::Reg(reg) = den else { return Ok(den) };
        match self.plan.ops.get(reg.0 as usize).map(|(op, _)| *op) {
            Some(Op::Spread(_, den)) => Ok(den),
            Some(Op::Multiply(a, b)) => {
                let (a, b) = (self.one_for_all(a)?, self.one_for_all(b)?);
                Ok(self.plan.times(a, b, Level::Departments))
            }
            _ => Err(Unknown),
        }
    }

    /// 占比: the rows that meet the condition over all that are asked.
    fn share(&mut self, over: ExprId, place: &Place) -> Planned {
        let met = self.chosen(over, place)?;
        let asked = match self.program.expr(over).map(|expr| &expr.kind) {
            Some(ExprKind::Where(over, _)) => self.chosen(*over, place)?,
            _ => Chosen { table: met.table, mask: Mask::Const(true), unsaid: met.unsaid },
        };
        let (part, whole) = (self.count(met.table, met.mask), self.count(asked.table, asked.mask));
        let level = Level::Departments;
        let (share, zero) = self.plan.divide(Fraction::whole(part, 0), Fraction::whole(whole, 0), level)?;
        let unsaid = self.or(met.unsaid, zero, level);
        Ok(Value { kind: Kind::Number(share), unsaid, level })
    }

    fn fold_children(&mut self, fold: &Fold, place: &Place) -> Planned {
        if fold.term.is_some() || fold.weight.is_some() || place.row.is_some() {
            return Err(Unknown);
        }
        let level = Level::Departments;
        let (indicators, bonuses, unsaid) = self.children(place.frame.node)?;
        let mut sum = Fraction::ZERO;
        for points in &indicators {
            sum = self.plan.add(sum, *points, level)?;
        }
        let fraction = match (fold.op, indicators.split_first()) {
            (FoldOp::Sum, _) => {
                for points in &bonuses {
                    sum = self.plan.add(sum, *points, level)?;
                }
                sum
            }
            (FoldOp::Mean, Some(_)) => {
                let count = Fraction::constant(&Number::from(indicators.len()))?;
                self.plan.divide(sum, count, level)?.0
            }
            (FoldOp::Min | FoldOp::Max, Some((first, rest))) => {
                let largest = fold.op == FoldOp::Max;
                rest.iter().try_fold(*first, |best, points| self.plan.extreme(largest, best, *points, level))?
            }
            _ => return Err(Unknown),
        };
        Ok(Value { kind: Kind::Number(fraction), unsaid, level })
    }

    /// 逐项.
    pub fn each(&mut self, each: &Each, place: &Place) -> Planned {
        let rows = self.chosen(each.rows, place)?;
        let there = place.in_row(rows.table)?;
        let (level, inside) = (Level::Departments, Level::Rows(rows.table));
        let count = self.count(rows.table, rows.mask);
        let full = place.frame.full.clone();
        let mut unsaid = Mask::Const(false);
        let full = match each.share {
            Share::Mean | Share::Sum => full,
            Share::Even => {
                let (share, _) = self.plan.divide(full.number()?, Fraction::whole(count, 0), level)?;
                Value { kind: Kind::Number(share), ..full }
            }
            Share::Column(share) => {
                let share = self.expr(share, &there)?;
                unsaid = self.doubt(&rows, share.unsaid);
                Value { unsaid: Mask::Const(false), ..share }
            }
            // Sums of weights are large, and the points of several such indicators do not go over one divisor in a
            // machine word: each block would be given back.
            Share::Weighted(_) => return Err(Unknown),
        };
        let full = self.at(&full, inside);
        let frame = Frame {
            body: Some(each.body),
            outer: Some(Rc::clone(&place.frame)),
            node: place.frame.node,
            full,
            row: Some(rows.table),
            arguments: None,
        };
        let frame = self.keep(frame);
        let body = self.body(each.body, &Place { frame, row: Some(rows.table) })?;
        let body = self.at(&body, inside);
        let doubt = self.doubt(&rows, body.unsaid);
        unsaid = self.or(unsaid, doubt, level);
        let sum = self.sum(&rows, body.number()?)?;
        let zero = self.plan.mask(Op::Compare(Relation::AtMost, count, Int::Const(0)), level);
        unsaid = self.or(unsaid, zero, level);
        let fraction = match each.share {
            Share::Mean => self.plan.divide(sum, Fraction::whole(count, 0), level)?.0,
            _ => sum,
        };
        Ok(Value { kind: Kind::Number(fraction), unsaid, level })
    }

    pub fn method(&mut self, id: MethodId, arguments: &[ExprId], place: &Place) -> Planned {
        let method = self.program.method(id).ok_or(Unknown)?;
        let MethodCode::Body(body) = method.code else { return Err(Unknown) };
        if arguments.len() != method.parameters.len() {
            return Err(Unknown);
        }
        let level = place.level();
        let mut unsaid = Mask::Const(false);
        for argument in arguments {
            // A state that would be handed through is left to the scalar evaluator like any other.
            let value = self.expr(*argument, place)?;
            unsaid = self.or(unsaid, value.unsaid, level);
        }
        let root = self.root()?;
        let frame = Frame {
            body: Some(body),
            outer: Some(root),
            node: place.frame.node,
            full: place.frame.full.clone(),
            row: place.row,
            arguments: Some(arguments.iter().map(|argument| (*argument, place.clone())).collect()),
        };
        let frame = self.keep(frame);
        // Its arguments are the caller's, so it is computed for each row of the caller.
        let value = self.body(body, &Place { frame, row: place.row })?;
        let value = self.at(&value, level);
        unsaid = self.or(unsaid, value.unsaid, level);
        if let (Some(range), Kind::Number(fraction)) = (&method.range, &value.kind) {
            for (end, low) in [(&range.low, true), (&range.high, false)] {
                let Some(end) = end else { continue };
                let bound = Fraction::constant(&end.at)?;
                let (a, b) = if low { (*fraction, bound) } else { (bound, *fraction) };
                let relation = if end.closed { Relation::Less } else { Relation::AtMost };
                let outside = self.plan.compare(relation, a, b, level)?;
                unsaid = self.or(unsaid, outside, level);
            }
        }
        Ok(Value { unsaid, ..value })
    }

    /// 线性.
    pub fn linear(&mut self, linear: &Linear, place: &Place) -> Planned {
        let level = place.level();
        let ids = [linear.subject, linear.low, linear.high, linear.from, linear.to];
        let values: Vec<Value> = ids.iter().map(|id| self.expr(*id, place)).collect::<Planned<_>>()?;
        let [subject, low, high, from, to] = values.as_slice() else { return Err(Unknown) };
        let mut unsaid = Mask::Const(false);
        for value in &values {
            unsaid = self.or(unsaid, value.unsaid, level);
        }
        let (subject, low, high) = (self.distance_end(subject)?, self.distance_end(low)?, self.distance_end(high)?);
        let (width, inside) = (self.plan.subtract(high, low, level)?, self.plan.subtract(subject, low, level)?);
        let rise = self.plan.subtract(to.number()?, from.number()?, level)?;
        let (slope, zero) = self.plan.divide(rise, width, level)?;
        unsaid = self.or(unsaid, zero, level);
        let gain = self.plan.multiply(inside, slope, level);
        let sum = self.plan.add(from.number()?, gain, level)?;
        Ok(Value { kind: Kind::Number(sum), unsaid, level })
    }
}
