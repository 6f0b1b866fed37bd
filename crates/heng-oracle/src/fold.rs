//! 凡, and folds over rows, lists and children.

use heng_model::{
    Effect, ExprId, ExprKind, Verdict,
    expr::{Fold, FoldOp},
};
use num_rational::BigRational;
use num_traits::Zero;

use crate::{
    endless,
    fraction::{count, quotient, whole},
    place::{Place, Row},
    value::{FAULT, Halt, Plain, Yield},
};

impl Place<'_> {
    /// 表 凡 条件: a row whose condition is 视为不符合 is out.
    pub fn filtered(&self, id: ExprId) -> Yield<Plain> {
        let ExprKind::Where(base, condition) = &self.expr(id)?.kind else { return Err(Halt::Beyond) };
        if self.expr(*base)?.kind == ExprKind::Children {
            return self.chosen_children(*condition);
        }
        let (table, rows) = self.eval(*base)?.rows()?;
        let mut kept = Vec::new();
        for row in rows {
            let holds = match self.in_row((table, row)).asked(*condition) {
                Err(Halt::State(state, datum)) if self.effect(state, datum) == Effect::NotMet => false,
                holds => holds?,
            };
            if holds {
                kept.push(row);
            }
        }
        Ok(Plain::Rows(table, kept))
    }

    /// 合计, 占比, 个数 …
    pub fn fold(&self, fold: &Fold) -> Yield<Plain> {
        if matches!(self.expr(fold.over)?.kind, ExprKind::Children) {
            return match fold.term {
                Some(term) => self.fold_each_child(fold, term),
                None => self.fold_children(fold).map(Plain::Number),
            };
        }
        if let ExprKind::Where(base, condition) = &self.expr(fold.over)?.kind
            && self.expr(*base)?.kind == ExprKind::Children
            && fold.op == FoldOp::Share
        {
            return self.share_of_children(*condition);
        }
        match fold.op {
            FoldOp::Share => return self.share(fold.over).map(Plain::Number),
            FoldOp::Count | FoldOp::Exists => {
                let over = match self.eval(fold.over)? {
                    Plain::List(list) => list.len(),
                    rows => rows.rows()?.1.len(),
                };
                let exists = fold.op == FoldOp::Exists;
                return Ok(if exists { Plain::Bool(over > 0) } else { Plain::Number(count(over)) });
            }
            _ => {}
        }
        if matches!(self.expr(fold.over)?.kind, ExprKind::Letters) {
            let Plain::List(letters) = self.letters()? else { return Err(Halt::Beyond) };
            return self.extreme_letter(fold.op, letters);
        }
        let (values, weights) = self.terms(fold)?;
        if fold.at_least.is_some_and(|least| values.len() < least as usize) {
            return Err(FAULT);
        }
        if fold.op == FoldOp::List {
            return Ok(Plain::List(values.into_iter().map(Plain::Number).collect()));
        }
        aggregate(fold.op, values, &weights).map(Plain::Number)
    }

    fn terms(&self, fold: &Fold) -> Yield<(Vec<BigRational>, Vec<BigRational>)> {
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        match self.eval(fold.over)? {
            Plain::List(list) => {
                for value in list {
                    values.push(value.number()?);
                }
            }
            over => {
                let (table, rows) = over.rows()?;
                for row in rows {
                    let Some(value) = self.term(fold, (table, row))? else { continue };
                    values.push(value);
                    if let Some(weight) = fold.weight {
                        weights.push(self.in_row((table, row)).number(weight)?);
                    }
                }
            }
        }
        Ok((values, weights))
    }

    /// The term of a row; none when 略去 names its state.
    fn term(&self, fold: &Fold, row: Row) -> Yield<Option<BigRational>> {
        let term = fold.term.ok_or(Halt::Beyond)?;
        let inside = self.in_row(row);
        if let Err(Halt::State(state, _)) = inside.looking(true).eval(term)
            && fold.skip.contains(&state)
        {
            return Ok(None);
        }
        inside.number(term).map(Some)
    }

    /// 占比: the rows of the filter over the rows of the table.
    fn share(&self, over: ExprId) -> Yield<BigRational> {
        let ExprKind::Where(base, condition) = &self.expr(over)?.kind else { return Err(Halt::Beyond) };
        let (table, rows) = self.eval(*base)?.rows()?;
        let (mut met, mut all) = (0, 0);
        for row in rows {
            let holds = match self.in_row((table, row)).asked(*condition) {
                Err(Halt::State(state, datum)) => match self.effect(state, datum) {
                    Effect::Zero | Effect::NotMet => false,
                    Effect::Full => true,
                    Effect::Verdict(Verdict::NotApplicable) => continue,
                    _ => return Err(Halt::State(state, datum)),
                },
                holds => holds?,
            };
            all += 1;
            met += usize::from(holds);
        }
        quotient(&count(met), &count(all)).ok_or(FAULT)
    }
}

/// What an operator makes of plain numbers.
pub fn aggregate(op: FoldOp, mut values: Vec<BigRational>, weights: &[BigRational]) -> Yield<BigRational> {
    let number = count(values.len());
    let sum: BigRational = values.iter().sum();
    match op {
        FoldOp::Sum => Some(sum),
        FoldOp::Mean => quotient(&sum, &number),
        FoldOp::Min => values.into_iter().min(),
        FoldOp::Max => values.into_iter().max(),
        FoldOp::WeightedMean => {
            let weighted: BigRational = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
            quotient(&weighted, &weights.iter().sum())
        }
        FoldOp::HarmonicMean => {
            if values.iter().any(Zero::is_zero) {
                return Err(FAULT);
            }
            let turned: BigRational = values.iter().map(|value| whole(1) / value).sum();
            quotient(&number, &turned)
        }
        FoldOp::GeometricMean => {
            let degree = u32::try_from(values.len()).map_err(|_| Halt::Beyond)?;
            endless::root(&values.iter().product(), degree)
        }
        FoldOp::Median => {
            values.sort();
            let middle = values.len() / 2;
            let upper = values.get(middle);
            let lower = if values.len().is_multiple_of(2) {
                middle.checked_sub(1).and_then(|at| values.get(at))
            } else {
                upper
            };
            lower.zip(upper).map(|(lower, upper)| (lower + upper) / whole(2))
        }
        _ => return Err(Halt::Beyond),
    }
    .ok_or(FAULT)
}
