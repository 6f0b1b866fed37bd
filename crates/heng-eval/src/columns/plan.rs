//! Operations, each made once: what two indicators compute alike is one operation.

use std::collections::HashMap;

use heng_model::{FieldId, NodeId, Rounding};

use super::range::{self, Range};

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

impl Source {
    /// The field it is read from.
    pub fn field(self) -> Option<FieldId> {
        match self {
            Source::Field(id) | Source::Cell(id, _) => Some(id),
            Source::Outside(_) => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Relation {
    Less,
    AtMost,
    Equal,
}

impl Relation {
    /// What the ranges of both sides say of a comparison, whatever the data.
    pub(crate) fn decided(self, left: Range, right: Range) -> Option<bool> {
        match self {
            Relation::Less if left.1 < right.0 => Some(true),
            Relation::Less if left.0 >= right.1 => Some(false),
            Relation::AtMost if left.1 <= right.0 => Some(true),
            Relation::AtMost if left.0 > right.1 => Some(false),
            Relation::Equal if left.1 < right.0 || right.1 < left.0 => Some(false),
            _ => None,
        }
    }
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
    /// Whether an answer is yes.
    Holds(Source),
}

impl Op {
    /// Whether it yields yes or no.
    pub fn is_mask(self) -> bool {
        matches!(
            self,
            Op::Any(..)
                | Op::SpreadMask(..)
                | Op::Compare(..)
                | Op::Not(_)
                | Op::And(..)
                | Op::Or(..)
                | Op::State(..)
                | Op::Holds(_)
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
            Op::Load(_) | Op::Count(_) | Op::State(..) | Op::Holds(_) => [None, None, None],
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

impl Int {
    /// The result it is, if it is one.
    pub fn reg(self) -> Option<Reg> {
        match self {
            Int::Reg(reg) => Some(reg),
            Int::Const(_) => None,
        }
    }

    pub fn renamed(self, name: impl Fn(Reg) -> Reg) -> Int {
        self.reg().map_or(self, |reg| Int::Reg(name(reg)))
    }
}

impl Mask {
    /// The result it is, if it is one.
    pub fn reg(self) -> Option<Reg> {
        match self {
            Mask::Reg(reg) => Some(reg),
            Mask::Const(_) => None,
        }
    }

    pub fn renamed(self, name: impl Fn(Reg) -> Reg) -> Mask {
        self.reg().map_or(self, |reg| Mask::Reg(name(reg)))
    }
}

impl Op {
    /// The same operation where results have other names.
    fn renamed(self, name: impl Fn(Reg) -> Reg) -> Op {
        let (int, mask) = (|int: Int| int.renamed(&name), |mask: Mask| mask.renamed(&name));
        match self {
            Op::Load(_) | Op::Count(_) | Op::State(..) | Op::Holds(_) => self,
            Op::Add(a, b) => Op::Add(int(a), int(b)),
            Op::Subtract(a, b) => Op::Subtract(int(a), int(b)),
            Op::Multiply(a, b) => Op::Multiply(int(a), int(b)),
            Op::Smaller(a, b) => Op::Smaller(int(a), int(b)),
            Op::Larger(a, b) => Op::Larger(int(a), int(b)),
            Op::Divisor(a) => Op::Divisor(int(a)),
            Op::Round(a, b, mode) => Op::Round(int(a), int(b), mode),
            Op::Choose(m, a, b) => Op::Choose(mask(m), int(a), int(b)),
            Op::Spread(table, a) => Op::Spread(table, int(a)),
            Op::Sum(table, a) => Op::Sum(table, int(a)),
            Op::Extreme(table, largest, a) => Op::Extreme(table, largest, int(a)),
            Op::Any(table, m) => Op::Any(table, mask(m)),
            Op::SpreadMask(table, m) => Op::SpreadMask(table, mask(m)),
            Op::Number(m) => Op::Number(mask(m)),
            Op::Compare(relation, a, b) => Op::Compare(relation, int(a), int(b)),
            Op::Not(m) => Op::Not(mask(m)),
            Op::And(a, b) => Op::And(mask(a), mask(b)),
            Op::Or(a, b) => Op::Or(mask(a), mask(b)),
        }
    }
}

/// Operations in an order in which each stands behind what it reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub ops: Vec<(Op, Level)>,
    known: HashMap<(Op, Level), Reg>,
    /// Between which numbers each result lies, whatever the data.
    ranges: Vec<Range>,
}

impl Plan {
    fn put(&mut self, op: Op, level: Level) -> Reg {
        let next = Reg(u32::try_from(self.ops.len()).unwrap_or(u32::MAX));
        let reg = *self.known.entry((op, level)).or_insert(next);
        if reg == next {
            self.ranges.push(range::of(op, |int| self.range(int)));
            self.ops.push((op, level));
        }
        reg
    }

    fn range(&self, int: Int) -> Range {
        match int {
            Int::Const(value) => (value.into(), value.into()),
            Int::Reg(reg) => self.ranges.get(reg.0 as usize).copied().unwrap_or(range::ANY),
        }
    }

    pub fn level(&self, reg: Reg) -> Level {
        self.ops.get(reg.0 as usize).map_or(Level::Departments, |(_, level)| *level)
    }

    /// The operation, with what is constant in it worked out.
    pub fn int(&mut self, op: Op, level: Level) -> Int {
        match folded(op).or_else(|| self.decided(op)) {
            Some(int) => int,
            None => Int::Reg(self.put(op, level)),
        }
    }

    /// The smaller or the larger of two where their ranges tell which that is.
    fn decided(&self, op: Op) -> Option<Int> {
        let (Op::Smaller(a, b) | Op::Larger(a, b)) = op else { return None };
        let ((least, most), (low, high)) = (self.range(a), self.range(b));
        let first = if most <= low { matches!(op, Op::Smaller(..)) } else { matches!(op, Op::Larger(..)) };
        (most <= low || least >= high).then_some(if first { a } else { b })
    }

    pub fn mask(&mut self, op: Op, level: Level) -> Mask {
        let op = ordered(op);
        if let Some(mask) = folded_mask(op) {
            return mask;
        }
        match self.simpler(op) {
            Some(Simpler::Is(mask)) => mask,
            Some(Simpler::Op(op)) => self.mask(op, level),
            Some(Simpler::With(both, a, rest)) => {
                let rest = self.mask(rest, level);
                self.mask(if both { Op::And(a, rest) } else { Op::Or(a, rest) }, level)
            }
            None => Mask::Reg(self.put(op, level)),
        }
    }

    /// Leaves out what no result that is kept needs, and says by what name each other one goes now.
    pub fn prune(&mut self, kept: impl IntoIterator<Item = Reg>) -> Vec<Reg> {
        let mut needed = vec![false; self.ops.len()];
        let mut pending: Vec<Reg> = kept.into_iter().collect();
        while let Some(reg) = pending.pop() {
            if let (Some(needed), Some((op, _))) = (needed.get_mut(reg.0 as usize), self.ops.get(reg.0 as usize))
                && !std::mem::replace(needed, true)
            {
                pending.extend(op.reads().into_iter().flatten());
            }
        }
        let mut names: Vec<Reg> = Vec::new();
        let (mut ops, mut ranges) = (Vec::new(), Vec::new());
        for (((op, level), range), needed) in self.ops.iter().zip(&self.ranges).zip(needed) {
            let name = |reg: Reg| names.get(reg.0 as usize).copied().unwrap_or(reg);
            let kept = needed.then(|| (op.renamed(name), *level));
            names.push(Reg(u32::try_from(ops.len()).unwrap_or(u32::MAX)));
            if let Some(kept) = kept {
                ops.push(kept);
                ranges.push(*range);
            }
        }
        *self = Plan { ops, known: HashMap::new(), ranges };
        names
    }

    fn op(&self, mask: Mask) -> Option<Op> {
        match mask {
            Mask::Reg(reg) => self.ops.get(reg.0 as usize).map(|(op, _)| *op),
            Mask::Const(_) => None,
        }
    }

    /// Whether one of the two denies the other.
    fn opposed(&self, a: Mask, b: Mask) -> bool {
        self.op(a) == Some(Op::Not(b)) || self.op(b) == Some(Op::Not(a))
    }

    fn simpler(&self, op: Op) -> Option<Simpler> {
        match op {
            Op::Not(a) => match self.op(a) {
                Some(Op::Not(a)) => Some(Simpler::Is(a)),
                _ => None,
            },
            Op::And(a, b) => self.joined(a, b, true).or_else(|| self.joined(b, a, true)),
            Op::Or(a, b) => self.joined(a, b, false).or_else(|| self.joined(b, a, false)),
            Op::Compare(relation, a, b) => {
                relation.decided(self.range(a), self.range(b)).map(|known| Simpler::Is(Mask::Const(known)))
            }
            _ => None,
        }
    }

    /// What `a` makes of `b`: with `both` said for *and*, else for *or*, where the same holds with *and*
    /// and *or* changed about.
    fn joined(&self, a: Mask, b: Mask, both: bool) -> Option<Simpler> {
        if self.opposed(a, b) {
            return Some(Simpler::Is(Mask::Const(!both)));
        }
        let (alike, parts) = match self.op(b) {
            Some(Op::And(x, y)) => (both, [(x, y), (y, x)]),
            Some(Op::Or(x, y)) => (!both, [(x, y), (y, x)]),
            _ => return None,
        };
        for (x, y) in parts {
            if x == a {
                return Some(Simpler::Is(if alike { b } else { a }));
            }
            if self.opposed(x, a) {
                return Some(match (alike, both) {
                    (true, _) => Simpler::Is(Mask::Const(!both)),
                    (false, true) => Simpler::Op(Op::And(a, y)),
                    (false, false) => Simpler::Op(Op::Or(a, y)),
                });
            }
            // a or (y and (a or q)) is a or (y and q).
            let inner = match self.op(x) {
                Some(Op::Or(p, q)) if !both && !alike => [(p, q), (q, p)],
                Some(Op::And(p, q)) if both && !alike => [(p, q), (q, p)],
                _ => continue,
            };
            if let Some((_, q)) = inner.into_iter().find(|(p, _)| *p == a) {
                return Some(Simpler::With(both, a, if both { Op::Or(y, q) } else { Op::And(y, q) }));
            }
        }
        self.split(a, b, both)
    }

    /// (h and u) or (not h and u) is u.
    fn split(&self, a: Mask, b: Mask, both: bool) -> Option<Simpler> {
        let ((h, u), (k, v)) = match (self.op(a), self.op(b), both) {
            (Some(Op::And(h, u)), Some(Op::And(k, v)), false) => ((h, u), (k, v)),
            (Some(Op::Or(h, u)), Some(Op::Or(k, v)), true) => ((h, u), (k, v)),
            _ => return None,
        };
        let pairs = [(h, u, k, v), (u, h, k, v), (h, u, v, k), (u, h, v, k)];
        pairs.into_iter().find(|(h, u, k, v)| u == v && self.opposed(*h, *k)).map(|(_, u, ..)| Simpler::Is(u))
    }
}

/// What an operation comes down to.
enum Simpler {
    Is(Mask),
    Op(Op),
    /// A mask and (or or) what an operation yields.
    With(bool, Mask, Op),
}

/// The same in either order.
fn ordered(op: Op) -> Op {
    let later = |a: Mask, b: Mask| matches!((a, b), (Mask::Reg(a), Mask::Reg(b)) if a.0 > b.0);
    match op {
        Op::And(a, b) if later(a, b) => Op::And(b, a),
        Op::Or(a, b) if later(a, b) => Op::Or(b, a),
        _ => op,
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
