//! Operations, each made once: what two indicators compute alike is one operation.

use std::collections::HashMap;

use heng_model::{FieldId, NodeId, Rounding};

/// The result of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reg(pub u32);

/// An operand: a result, or a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Int {
    Reg(Reg),
    Const(i64),
}

/// An operand that is yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mask {
    Reg(Reg),
    Const(bool),
}

/// For what there is one value each: departments, or rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Level {
    #[default]
    Departments,
    Rows(FieldId),
}

/// Where a column comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    Field(FieldId),
    Cell(FieldId, u16),
    Outside(NodeId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Relation {
    Less,
    AtMost,
    Equal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Op {
    Load(Source),
    Add(Int, Int),
    Subtract(Int, Int),
    Multiply(Int, Int),
    Smaller(Int, Int),
    Larger(Int, Int),
    /// A divisor that is never nought; the block is given back where it could be negative.
    Divisor(Int),
    /// Divided and rounded.
    Round(Int, Int, Rounding),
    Choose(Mask, Int, Int),
    /// A department's value for each of its rows.
    Spread(FieldId, Int),
    /// The sum of a department's rows.
    Sum(FieldId, Int),
    /// The largest or smallest of a department's rows; nought where there is none.
    Extreme(FieldId, bool, Int),
    /// How many rows a department has.
    Count(FieldId),
    /// Whether the department has a row that says yes.
    Any(FieldId, Mask),
    SpreadMask(FieldId, Mask),
    /// 1 for yes.
    Number(Mask),
    Compare(Relation, Int, Int),
    Not(Mask),
    And(Mask, Mask),
    Or(Mask, Mask),
    /// Whether the state is one of these (bits by encoded state).
    State(Source, u8),
}

impl Op {
    /// Whether it yields yes or no.
    pub fn is_mask(self) -> bool {
        matches!(
            self,
            Op::Any(..) | Op::SpreadMask(..) | Op::Compare(..) | Op::Not(_) | Op::And(..) | Op::Or(..) | Op::State(..)
        )
    }

    /// The results it reads.
    pub fn reads(self) -> [Option<Reg>; 3] {
        let int = |int: Int| match int {
            Int::Reg(reg) => Some(reg),
            Int::Const(_) => None,
        };
        let mask = |mask: Mask| match mask {
            Mask::Reg(reg) => Some(reg),
            Mask::Const(_) => None,
        };
        match self {
            Op::Load(_) | Op::Count(_) | Op::State(..) => [None, None, None],
            Op::Add(a, b)
            | Op::Subtract(a, b)
            | Op::Multiply(a, b)
            | Op::Smaller(a, b)
            | Op::Larger(a, b)
            | Op::Round(a, b, _)
            | Op::Compare(_, a, b) => [int(a), int(b), None],
            Op::Divisor(a) | Op::Spread(_, a) | Op::Sum(_, a) | Op::Extreme(_, _, a) => [int(a), None, None],
            Op::Choose(m, a, b) => [mask(m), int(a), int(b)],
            Op::Any(_, m) | Op::SpreadMask(_, m) | Op::Number(m) | Op::Not(m) => [mask(m), None, None],
            Op::And(a, b) | Op::Or(a, b) => [mask(a), mask(b), None],
        }
    }
}

/// Operations in an order in which each stands behind what it reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub ops: Vec<(Op, Level)>,
    known: HashMap<(Op, Level), Reg>,
}

impl Plan {
    fn put(&mut self, op: Op, level: Level) -> Reg {
        let next = Reg(u32::try_from(self.ops.len()).unwrap_or(u32::MAX));
        let reg = *self.known.entry((op, level)).or_insert(next);
        if reg == next {
            self.ops.push((op, level));
        }
        reg
    }

    pub fn level(&self, reg: Reg) -> Level {
        self.ops.get(reg.0 as usize).map_or(Level::Departments, |(_, level)| *level)
    }

    /// The operation, with what is constant in it worked out.
    pub fn int(&mut self, op: Op, level: Level) -> Int {
        match folded(op) {
            Some(int) => int,
            None => Int::Reg(self.put(op, level)),
        }
    }

    pub fn mask(&mut self, op: Op, level: Level) -> Mask {
        match folded_mask(op) {
            Some(mask) => mask,
            None => Mask::Reg(self.put(op, level)),
        }
    }
}

fn folded(op: Op) -> Option<Int> {
    let whole = |value: Option<i64>| value.map(Int::Const);
    match op {
        Op::Add(Int::Const(a), Int::Const(b)) => whole(a.checked_add(b)),
        Op::Subtract(Int::Const(a), Int::Const(b)) => whole(a.checked_sub(b)),
        Op::Multiply(Int::Const(a), Int::Const(b)) => whole(a.checked_mul(b)),
        Op::Smaller(Int::Const(a), Int::Const(b)) => Some(Int::Const(a.min(b))),
        Op::Larger(Int::Const(a), Int::Const(b)) => Some(Int::Const(a.max(b))),
        Op::Add(a, Int::Const(0)) | Op::Add(Int::Const(0), a) | Op::Subtract(a, Int::Const(0)) => Some(a),
        Op::Multiply(a, Int::Const(1)) | Op::Multiply(Int::Const(1), a) => Some(a),
        Op::Multiply(_, Int::Const(0)) | Op::Multiply(Int::Const(0), _) => Some(Int::Const(0)),
        Op::Choose(Mask::Const(true), a, _) | Op::Choose(Mask::Const(false), _, a) => Some(a),
        Op::Choose(_, a, b) if a == b => Some(a),
        Op::Spread(_, a @ Int::Const(_)) => Some(a),
        Op::Divisor(Int::Const(a)) if a > 0 => Some(Int::Const(a)),
        Op::Number(Mask::Const(yes)) => Some(Int::Const(i64::from(yes))),
        _ => None,
    }
}

fn folded_mask(op: Op) -> Option<Mask> {
    match op {
        Op::Not(Mask::Const(yes)) => Some(Mask::Const(!yes)),
        Op::And(Mask::Const(false), _) | Op::And(_, Mask::Const(false)) => Some(Mask::Const(false)),
        Op::Or(Mask::Const(true), _) | Op::Or(_, Mask::Const(true)) => Some(Mask::Const(true)),
        Op::And(Mask::Const(true), a)
        | Op::And(a, Mask::Const(true))
        | Op::Or(Mask::Const(false), a)
        | Op::Or(a, Mask::Const(false)) => Some(a),
        Op::And(a, b) | Op::Or(a, b) if a == b => Some(a),
        Op::SpreadMask(_, a @ Mask::Const(_)) => Some(a),
        Op::Any(_, Mask::Const(false)) => Some(Mask::Const(false)),
        Op::Compare(relation, Int::Const(a), Int::Const(b)) => Some(Mask::Const(match relation {
            Relation::Less => a < b,
            Relation::AtMost => a <= b,
            Relation::Equal => a == b,
        })),
        _ => None,
    }
}
