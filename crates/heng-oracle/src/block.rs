//! 分档, 计分, 扣分 and 线性.

use heng_model::{
    Effect, ExprId, Rounding, State,
    expr::{BandCell, BandRow, Bands, Linear, Side, StepRounding, Tally, TallyCount, TallyRow},
};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use crate::{
    fraction::{count, quotient, to_whole, whole},
    place::Place,
    value::{FAULT, Halt, Plain, Yield},
};

impl Place<'_> {
    /// 分档: the first row that fits.
    pub fn bands(&self, bands: &Bands) -> Yield<Plain> {
        let subjects = (0..).zip(&bands.subjects).map(|(index, id)| self.subject(bands, index, *id));
        let subjects = subjects.collect::<Yield<Vec<Yield<Plain>>>>()?;
        for row in &bands.rows {
            if self.fits(row, &subjects)? {
                return self.eval(row.value);
            }
        }
        Err(subjects.into_iter().find_map(Result::err).unwrap_or(FAULT))
    }

    /// A subject: its value, or the state it stands in. A row that names the state is nearer than
    /// a field that lets the value through.
    fn subject(&self, bands: &Bands, index: usize, id: ExprId) -> Yield<Yield<Plain>> {
        let named = |state: State| bands.rows.iter().any(|row| row.cells.get(index) == Some(&BandCell::State(state)));
        if let Err(Halt::State(state, datum)) = self.looking(true).eval(id)
            && named(state)
        {
            return Ok(Err(Halt::State(state, datum)));
        }
        match self.eval(id) {
            Err(halt @ Halt::State(..)) => Ok(Err(halt)),
            Err(halt) => Err(halt),
            Ok(value) => Ok(Ok(value)),
        }
    }

    fn fits(&self, row: &BandRow, subjects: &[Yield<Plain>]) -> Yield<bool> {
        for (index, cell) in row.cells.iter().enumerate() {
            let fits = match (cell, subjects.get(index)) {
                (BandCell::When(condition), _) => self.asked(*condition)?,
                (BandCell::State(wanted), Some(Err(Halt::State(state, _)))) => wanted == state,
                (BandCell::State(_), _) | (_, Some(Err(_))) => false,
                (BandCell::Other, _) => true,
                (BandCell::Range(range), Some(Ok(value))) => self.in_range(value, range)?,
                (BandCell::OneOf(words), Some(Ok(value))) => self.one_of(value, words)?,
                (BandCell::List(cells), Some(Ok(Plain::List(list)))) => self.list_fits(cells, list)?,
                (BandCell::List(_), _) | (_, None) => return Err(Halt::Beyond),
            };
            if !fits {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn one_of(&self, value: &Plain, words: &[ExprId]) -> Yield<bool> {
        for word in words {
            if self.eval(*word)? == *value {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// 线性: on the straight line between the ends of the row.
    pub fn linear(&self, linear: &Linear) -> Yield<Plain> {
        let (low, high) = (self.number(linear.low)?, self.number(linear.high)?);
        let (from, to) = (self.number(linear.from)?, self.number(linear.to)?);
        let part = quotient(&(self.number(linear.subject)? - &low), &(high - &low)).ok_or(FAULT)?;
        Ok(Plain::Number(&from + (to - &from) * part))
    }

    /// 计分 and 扣分.
    pub fn tally(&self, tally: &Tally) -> Yield<Plain> {
        // A malus starts at nought and goes down to its floor; everything else from 满分 to nought.
        let malus = tally.deduct && self.full.is_negative();
        let start = match tally.from {
            Some(from) => self.number(from)?,
            None if tally.deduct && !malus => self.full.clone(),
            None => whole(0),
        };
        let stop = match tally.to {
            Some(to) => Some(self.number(to)?),
            None if malus => Some(self.full.clone()),
            None => tally.deduct.then(|| whole(0)),
        };
        let mut sum = whole(0);
        for row in &tally.rows {
            sum += self.row(row, tally.deduct)?;
        }
        let value = if tally.deduct { start - sum } else { start + sum };
        Ok(Plain::Number(match stop {
            Some(stop) if tally.deduct => value.max(stop),
            Some(stop) => value.min(stop),
            None => value,
        }))
    }

    fn row(&self, row: &TallyRow, deduct: bool) -> Yield<BigRational> {
        let counted = match self.counted(&row.count, deduct) {
            Err(Halt::State(state, datum)) if !deduct => match self.effect(state, datum) {
                Effect::Zero | Effect::NotMet => return Ok(whole(0)),
                // How often a row with a step would count is not known.
                Effect::Full if matches!(row.count, TallyCount::When(_)) => whole(1),
                _ => return Err(Halt::State(state, datum)),
            },
            counted => counted?,
        };
        if counted.is_zero() {
            return Ok(counted);
        }
        Ok(counted * self.number(row.points)?)
    }

    fn counted(&self, what: &TallyCount, deduct: bool) -> Yield<BigRational> {
        match what {
            // A deduction is neither made nor dropped because a datum is missing.
            TallyCount::When(condition) if deduct => Ok(whole(i64::from(self.condition(*condition)?))),
            TallyCount::When(condition) => Ok(whole(i64::from(self.asked(*condition)?))),
            TallyCount::Beyond { amount, side, limit, step, partial } => {
                let beyond = self.number(*amount)? - self.number(*limit)?;
                let beyond = match side {
                    Side::Above => beyond,
                    Side::Below => -beyond,
                    Side::Away => beyond.abs(),
                };
                self.steps(beyond.max(whole(0)), *step, *partial)
            }
            TallyCount::Per { items, step, partial } => {
                let items = match self.eval(*items)? {
                    Plain::Rows(_, rows) => count(rows.len()),
                    value => value.number()?,
                };
                self.steps(items, *step, *partial)
            }
        }
    }

    fn steps(&self, amount: BigRational, step: ExprId, partial: StepRounding) -> Yield<BigRational> {
        let steps = quotient(&amount, &self.number(step)?).ok_or(FAULT)?;
        Ok(match partial {
            StepRounding::ProRata => steps,
            StepRounding::Whole => BigRational::from_integer(to_whole(&steps, Rounding::Floor)),
            StepRounding::Up => BigRational::from_integer(to_whole(&steps, Rounding::Ceiling)),
        })
    }
}
