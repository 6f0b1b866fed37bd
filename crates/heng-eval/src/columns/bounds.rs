//! How large the results over a block can become, before they are computed. So every overflow is noticed
//! at the price of some hundred comparisons a block.

use heng_model::Rounding;

use super::{
    data::{Block, Column, Entry},
    plan::{Int, Mask, Op, Plan, Source},
};

/// The least and the most a result can be.
pub(crate) type Bounds = (i128, i128);

/// Results must stay within ± this, so that the sum of two never leaves a machine word.
const MOST: i128 = 1 << 62;

impl Block {
    pub(crate) fn column(&self, source: Source) -> Option<&Column> {
        match source {
            Source::Field(field) => match self.fields.get(field.0 as usize)?.as_ref()? {
                Entry::Single(column) => Some(column),
                Entry::Table(_) => None,
            },
            Source::Cell(table, column) => self.rows(table)?.columns.get(usize::from(column))?.as_ref(),
            Source::Outside(node) => self.outside.iter().find(|(id, _)| *id == node).map(|(_, column)| column),
        }
    }

    pub(crate) fn rows(&self, table: heng_model::FieldId) -> Option<&super::Rows> {
        match self.fields.get(table.0 as usize)?.as_ref()? {
            Entry::Table(rows) => Some(rows),
            Entry::Single(_) => None,
        }
    }
}

/// The bounds of every result; `None` where one could leave its word, or a divisor be negative.
pub(crate) fn bounds(plan: &Plan, block: &Block, known: &mut Vec<Bounds>) -> Option<()> {
    known.clear();
    for (op, _) in &plan.ops {
        let bounds = of(*op, block, known)?;
        if bounds.0 < -MOST || bounds.1 > MOST {
            return None;
        }
        known.push(bounds);
    }
    Some(())
}

/// The bounds of an operand.
pub(crate) fn int(known: &[Bounds], int: Int) -> Option<Bounds> {
    match int {
        Int::Const(value) => Some((i128::from(value), i128::from(value))),
        Int::Reg(reg) => known.get(reg.0 as usize).copied(),
    }
}

fn of(op: Op, block: &Block, known: &[Bounds]) -> Option<Bounds> {
    let int = |operand: Int| int(known, operand);
    Some(match op {
        Op::Load(source) => block.column(source).map_or((0, 0), |c| (i128::from(c.bounds.0), i128::from(c.bounds.1))),
        Op::Add(a, b) => (int(a)?.0 + int(b)?.0, int(a)?.1 + int(b)?.1),
        Op::Subtract(a, b) => (int(a)?.0 - int(b)?.1, int(a)?.1 - int(b)?.0),
        Op::Multiply(a, b) => product(int(a)?, int(b)?),
        Op::Smaller(a, b) => (int(a)?.0.min(int(b)?.0), int(a)?.1.min(int(b)?.1)),
        Op::Larger(a, b) => (int(a)?.0.max(int(b)?.0), int(a)?.1.max(int(b)?.1)),
        Op::Divisor(a) => {
            let (low, high) = int(a)?;
            if low < 0 {
                return None;
            }
            (low.max(1), high.max(1))
        }
        Op::Round(num, den, mode) => rounded(int(num)?, int(den)?, mode),
        Op::Choose(mask, a, b) => match mask {
            Mask::Const(true) => int(a)?,
            Mask::Const(false) => int(b)?,
            Mask::Reg(_) => (int(a)?.0.min(int(b)?.0), int(a)?.1.max(int(b)?.1)),
        },
        Op::Spread(_, a) => int(a)?,
        Op::Extreme(_, _, a) => (int(a)?.0.min(0), int(a)?.1.max(0)),
        Op::Sum(table, a) => {
            let most = i128::from(block.rows(table).map_or(0, super::Rows::most));
            let (low, high) = int(a)?;
            (low.min(0) * most, high.max(0) * most)
        }
        Op::Count(table) => (0, i128::from(block.rows(table).map_or(0, super::Rows::most))),
        Op::Number(_) => (0, 1),
        Op::Any(..) | Op::SpreadMask(..) | Op::Compare(..) | Op::Not(_) | Op::And(..) | Op::Or(..) | Op::State(..) => {
            (0, 1)
        }
    })
}

/// Both stay below 2^63, so their product below 2^126.
fn product(a: Bounds, b: Bounds) -> Bounds {
    let corners = [a.0 * b.0, a.0 * b.1, a.1 * b.0, a.1 * b.1];
    (corners.into_iter().min().unwrap_or(0), corners.into_iter().max().unwrap_or(0))
}

fn rounded(num: Bounds, den: Bounds, _mode: Rounding) -> Bounds {
    let den = den.0.max(1);
    (num.0.min(0) / den - 1, num.1.max(0) / den + 1)
}
