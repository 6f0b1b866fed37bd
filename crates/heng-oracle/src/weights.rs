//! 权重表, read anew: the row whose names are those of the children that apply, and the mean it says.

use std::collections::BTreeSet;

use heng_model::expr::Weights;
use num_rational::BigRational;
use num_traits::Zero;

use crate::{
    Beyond, Outcome,
    fraction::{fraction, quotient},
    letter::CHILDREN,
    place::Place,
    value::{FAULT, Halt, Plain, Yield},
};

impl Place<'_> {
    /// What the row that fits makes of the children.
    pub fn weights(&self, table: &Weights) -> Yield<Plain> {
        let applying: BTreeSet<_> = self.applying_children()?.into_iter().collect();
        for row in &table.rows {
            if row.children.iter().copied().collect::<BTreeSet<_>>() != applying {
                continue;
            }
            let mut total = BigRational::zero();
            for (child, weight) in row.children.iter().zip(&row.weights) {
                let weight = self.number(*weight)?;
                let amount = match table.of {
                    Some(of) => self.in_row((CHILDREN, child.0)).number(of)?,
                    None => {
                        let points = match self.world.outcome(*child) {
                            Ok(Outcome::Score(points)) => points,
                            Err(Beyond) => return Err(Halt::Beyond),
                            Ok(_) => BigRational::zero(),
                        };
                        let full = fraction(&self.world.program.node(*child).ok_or(Halt::Beyond)?.full);
                        self.full.clone() * quotient(&points, &full).ok_or(FAULT)?
                    }
                };
                total += amount * weight;
            }
            return Ok(Plain::Number(total));
        }
        match table.other {
            Some(other) => self.eval(other),
            None => Err(FAULT),
        }
    }
}
