//! How large the results over a block can become, before they are computed. So every overflow is noticed
//! at the price of some hundred comparisons a block.

use super::{
    data::{Block, Column, Entry},
    plan::{Int, Mask, Op, Plan, Source},
    range,
};

/// The least and the most a result can be.
pub(crate) type Bounds = (i128, i128);

/// Results must stay within ± this, so that neither sum nor difference of two leaves a machine word.
const MOST: i128 = (1 << 62) - 1;

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
    let operand = |operand: Int| int(known, operand).unwrap_or(range::ANY);
    let most = |table| i128::from(block.rows(table).map_or(0, super::Rows::most));
    Some(match op {
        Op::Load(source) => block.column(source).map_or((0, 0), |c| (i128::from(c.bounds.0), i128::from(c.bounds.1))),
        Op::Divisor(a) if operand(a).0 < 0 => return None,
        Op::Choose(Mask::Const(true), a, _) | Op::Choose(Mask::Const(false), _, a) => operand(a),
        Op::Sum(table, a) => (operand(a).0.min(0) * most(table), operand(a).1.max(0) * most(table)),
        Op::Count(table) => (0, most(table)),
        Op::Add(a, b) => (operand(a).0 + operand(b).0, operand(a).1 + operand(b).1),
        Op::Subtract(a, b) => (operand(a).0 - operand(b).1, operand(a).1 - operand(b).0),
        Op::Multiply(a, b) => range::product(operand(a), operand(b)),
        op => range::of(op, operand),
    })
}
