//! 逐项: a body per row. Which rows apply is found first, by asking every row; then the shares of
//! the rows that apply are laid out and every row is asked once more with its own.

use heng_model::{
    Effect, Verdict,
    expr::{Each, Share},
};
use num_rational::BigRational;

use crate::{
    fraction::{count, quotient, whole},
    place::{Place, Row},
    value::{FAULT, Halt, Plain, Yield},
};

impl Place<'_> {
    /// 逐项.
    pub fn each(&self, each: &Each) -> Yield<Plain> {
        let (table, rows) = self.eval(each.rows)?.rows()?;
        if rows.is_empty() {
            return Err(Halt::Verdict(Verdict::Review));
        }
        let mut weighed: Vec<(Row, BigRational)> = Vec::new();
        for row in rows {
            let row = (table, row);
            weighed.push((row, self.weight(&each.share, row)?));
        }
        let total: BigRational = weighed.iter().map(|(_, weight)| weight).sum();
        let applying = self.applying(each, &weighed, &total)?;
        let left: BigRational = applying.iter().map(|(_, weight)| weight).sum();
        let mut sum = whole(0);
        for (row, weight) in &applying {
            let full = self.full_of(&each.share, weight, &total, &left)?;
            // A row that applied with its first share and does not with the larger one counts nothing.
            sum += self.row_score(each, *row, full)?.unwrap_or_else(|| whole(0));
        }
        match (applying.len(), &each.share) {
            (0, _) => Err(Halt::Verdict(Verdict::NotApplicable)),
            (some, Share::Mean) => Ok(Plain::Number(sum / count(some))),
            _ => Ok(Plain::Number(sum)),
        }
    }

    fn weight(&self, share: &Share, row: Row) -> Yield<BigRational> {
        match share {
            Share::Column(weight) | Share::Weighted(weight) => self.in_row(row).number(*weight),
            Share::Even | Share::Mean | Share::Sum => Ok(whole(1)),
        }
    }

    /// 满分 of a row, when the rows that apply weigh `left` of `total`.
    fn full_of(
        &self,
        share: &Share,
        weight: &BigRational,
        total: &BigRational,
        left: &BigRational,
    ) -> Yield<BigRational> {
        let whole_of = match share {
            Share::Mean | Share::Sum => return Ok(self.full.clone()),
            Share::Column(_) if left == total => return Ok(weight.clone()),
            Share::Even | Share::Weighted(_) => &self.full,
            Share::Column(_) => total,
        };
        quotient(&(weight * whole_of), left).ok_or(FAULT)
    }

    fn applying(
        &self,
        each: &Each,
        weighed: &[(Row, BigRational)],
        total: &BigRational,
    ) -> Yield<Vec<(Row, BigRational)>> {
        let (mut applying, mut gravest) = (Vec::new(), None);
        for (row, weight) in weighed {
            let full = self.full_of(&each.share, weight, total, total)?;
            match self.row_score(each, *row, full) {
                Ok(Some(_)) => applying.push((*row, weight.clone())),
                Ok(None) => {}
                Err(Halt::Verdict(verdict)) => gravest = gravest.max(Some(verdict)),
                Err(halt) => return Err(halt),
            }
        }
        gravest.map_or(Ok(applying), |verdict| Err(Halt::Verdict(verdict)))
    }

    /// What a row came to; none when it does not apply.
    fn row_score(&self, each: &Each, row: Row, full: BigRational) -> Yield<Option<BigRational>> {
        let inside = Place { full: full.clone(), ..self.in_row(row) };
        match inside.in_body(each.body).run(each.body) {
            Ok(value) => value.number().map(Some),
            Err(Halt::Verdict(Verdict::NotApplicable)) => Ok(None),
            Err(Halt::State(state, datum)) => match self.points_effect(state, datum) {
                Effect::Zero => Ok(Some(whole(0))),
                Effect::Full => Ok(Some(full)),
                Effect::Verdict(Verdict::NotApplicable) => Ok(None),
                Effect::Verdict(verdict) => Err(Halt::Verdict(verdict)),
                Effect::AsIs | Effect::NotMet => Err(FAULT),
            },
            Err(halt) => Err(halt),
        }
    }
}
