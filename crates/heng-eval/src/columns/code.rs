//! A plan as steps with jumps, for one department: what a case leaves aside is jumped over, and what was
//! computed before is there.

use std::collections::HashMap;

use heng_model::{FieldId, Rounding};

use super::plan::{Int, Level, Mask, Op, Plan, Reg, Relation, Source};

/// A place for a number.
pub(crate) type At = u32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Reads a datum.
    Load(At, u32),
    /// Whether a datum's state is one of these.
    State(At, u32, u8),
    /// How many rows a table has.
    Count(At, FieldId),
    Copy(At, At),
    Not(At, At),
    Divisor(At, At),
    Add(At, At, At),
    Subtract(At, At, At),
    Multiply(At, At, At),
    Smaller(At, At, At),
    Larger(At, At, At),
    And(At, At, At),
    Or(At, At, At),
    Less(At, At, At),
    AtMost(At, At, At),
    Equal(At, At, At),
    Round(At, At, At, Rounding),
    Choose(At, At, At, At),
    Jump(u32),
    JumpIf(At, u32),
    JumpUnless(At, u32),
    /// Gives the department back where this holds.
    Leave(At),
    /// Goes to the first row of a table, or on at the step named where it has none.
    Rows(FieldId, u32),
    /// Goes to the next row, and back to the step named while there is one.
    Next(u32),
}

/// Steps, and where results stand after them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Code {
    pub steps: Vec<Step>,
    /// What is read, by the number that steps name.
    pub sources: Vec<Source>,
    /// The constants; they stand behind the results of the operations.
    pub constants: Vec<i64>,
    /// How many operations there are.
    pub results: usize,
    known: Vec<Option<At>>,
}

/// How many steps a plan may take: where cases stand in each other, a result may be computed in several
/// places.
const MOST: usize = 1 << 16;

/// How deep operations may stand in each other.
const DEPTH: usize = 500;

/// How many operations are rather computed than jumped over.
const FEW: usize = 4;

/// A plan has too many steps for this.
pub(crate) struct TooLong;

type Emitted<T = At> = Result<T, TooLong>;

impl Code {
    /// The steps that leave a department where `unsaid` holds, and compute `kept`.
    pub fn new(plan: &Plan, unsaid: Mask, kept: &[Int]) -> Emitted<Code> {
        let code = Code { results: plan.ops.len(), known: vec![None; plan.ops.len()], ..Code::default() };
        let mut emitter =
            Emitter { plan, code, constants: HashMap::new(), sources: HashMap::new(), log: Vec::new(), depth: 0 };
        emitter.deny(unsaid)?;
        for int in kept {
            emitter.int(*int)?;
        }
        Ok(emitter.code)
    }

    /// Where a result stands.
    pub fn at(&self, reg: Reg) -> Option<At> {
        self.known.get(reg.0 as usize).copied().flatten()
    }
}

struct Emitter<'p> {
    plan: &'p Plan,
    code: Code,
    constants: HashMap<i64, At>,
    sources: HashMap<Source, u32>,
    /// The results that became known, and where they stood before, to be undone where a branch ends.
    log: Vec<(Reg, Option<At>)>,
    depth: usize,
}

impl Emitter<'_> {
    fn push(&mut self, step: Step) -> Emitted<usize> {
        if self.code.steps.len() >= MOST {
            return Err(TooLong);
        }
        self.code.steps.push(step);
        Ok(self.code.steps.len() - 1)
    }

    /// Where the next step will stand.
    fn here(&self) -> u32 {
        u32::try_from(self.code.steps.len()).unwrap_or(u32::MAX)
    }

    /// Lets a jump lead to the next step.
    fn land(&mut self, jump: usize) {
        let here = self.here();
        if let Some(Step::Jump(to) | Step::JumpIf(_, to) | Step::JumpUnless(_, to) | Step::Rows(_, to)) =
            self.code.steps.get_mut(jump)
        {
            *to = here;
        }
    }

    fn constant(&mut self, value: i64) -> At {
        let next = At::try_from(self.code.results + self.code.constants.len()).unwrap_or(At::MAX);
        *self.constants.entry(value).or_insert_with(|| {
            self.code.constants.push(value);
            next
        })
    }

    fn source(&mut self, source: Source) -> u32 {
        let next = u32::try_from(self.code.sources.len()).unwrap_or(u32::MAX);
        *self.sources.entry(source).or_insert_with(|| {
            self.code.sources.push(source);
            next
        })
    }

    fn know(&mut self, reg: Reg, at: At) {
        if let Some(known) = self.code.known.get_mut(reg.0 as usize) {
            self.log.push((reg, known.replace(at)));
        }
    }

    /// Emits a branch: what becomes known in it is forgotten behind it.
    fn branch<T>(&mut self, emit: impl FnOnce(&mut Self) -> Emitted<T>) -> Emitted<T> {
        let before = self.log.len();
        let done = emit(self);
        for (reg, at) in self.log.drain(before..).rev() {
            if let Some(known) = self.code.known.get_mut(reg.0 as usize) {
                *known = at;
            }
        }
        done
    }

    fn int(&mut self, int: Int) -> Emitted {
        match int {
            Int::Const(value) => Ok(self.constant(value)),
            Int::Reg(reg) => self.reg(reg),
        }
    }

    fn mask(&mut self, mask: Mask) -> Emitted {
        match mask {
            Mask::Const(known) => Ok(self.constant(i64::from(known))),
            Mask::Reg(reg) => self.reg(reg),
        }
    }

    fn op(&self, reg: Reg) -> Emitted<Op> {
        self.plan.ops.get(reg.0 as usize).map(|(op, _)| *op).ok_or(TooLong)
    }

    fn reg(&mut self, reg: Reg) -> Emitted {
        if let Some(at) = self.code.at(reg) {
            return Ok(at);
        }
        if self.depth >= DEPTH {
            return Err(TooLong);
        }
        self.depth += 1;
        let at = self.compute(reg)?;
        self.depth -= 1;
        self.know(reg, at);
        Ok(at)
    }

    /// Leaves the department where the mask holds; behind it, it does not.
    fn deny(&mut self, mask: Mask) -> Emitted<()> {
        let Mask::Reg(reg) = mask else {
            let at = self.mask(mask)?;
            return if mask == Mask::Const(false) { Ok(()) } else { self.push(Step::Leave(at)).map(drop) };
        };
        match self.op(reg)? {
            _ if self.code.at(reg).is_some() => {
                let at = self.reg(reg)?;
                self.push(Step::Leave(at))?;
            }
            Op::Or(a, b) => {
                self.deny(a)?;
                self.deny(b)?;
            }
            Op::And(a, b) => {
                let when = self.mask(a)?;
                let (no, yes) = (self.constant(0), self.constant(1));
                if when == yes {
                    self.deny(b)?;
                } else if when != no {
                    let past = self.push(Step::JumpUnless(when, 0))?;
                    self.branch(|emitter| {
                        emitter.settle(a, true);
                        emitter.deny(b)
                    })?;
                    self.land(past);
                }
            }
            _ => {
                let at = self.reg(reg)?;
                self.push(Step::Leave(at))?;
            }
        }
        self.settle(mask, false);
        Ok(())
    }

    /// From here on, it is known what the mask says.
    fn settle(&mut self, mask: Mask, holds: bool) {
        if let Mask::Reg(reg) = mask {
            let at = self.constant(i64::from(holds));
            self.know(reg, at);
        }
    }

    fn compute(&mut self, reg: Reg) -> Emitted {
        let out = reg.0;
        let step = match self.op(reg)? {
            Op::Load(source) | Op::Holds(source) => Step::Load(out, self.source(source)),
            Op::State(source, states) => Step::State(out, self.source(source), states),
            Op::Count(table) => Step::Count(out, table),
            Op::Add(a, b) => Step::Add(out, self.int(a)?, self.int(b)?),
            Op::Subtract(a, b) => Step::Subtract(out, self.int(a)?, self.int(b)?),
            Op::Multiply(a, b) => Step::Multiply(out, self.int(a)?, self.int(b)?),
            Op::Smaller(a, b) => Step::Smaller(out, self.int(a)?, self.int(b)?),
            Op::Larger(a, b) => Step::Larger(out, self.int(a)?, self.int(b)?),
            Op::Divisor(a) => Step::Divisor(out, self.int(a)?),
            Op::Round(a, b, mode) => Step::Round(out, self.int(a)?, self.int(b)?, mode),
            Op::Compare(Relation::Less, a, b) => Step::Less(out, self.int(a)?, self.int(b)?),
            Op::Compare(Relation::AtMost, a, b) => Step::AtMost(out, self.int(a)?, self.int(b)?),
            Op::Compare(Relation::Equal, a, b) => Step::Equal(out, self.int(a)?, self.int(b)?),
            Op::Number(a) => return self.mask(a),
            Op::Spread(_, a) => return self.int(a),
            Op::SpreadMask(_, a) => return self.mask(a),
            Op::Not(a) => {
                let at = self.mask(a)?;
                let (no, yes) = (self.constant(0), self.constant(1));
                match at {
                    at if at == no => return Ok(yes),
                    at if at == yes => return Ok(no),
                    at => Step::Not(out, at),
                }
            }
            Op::Choose(which, a, b) => return self.choose(out, which, (a, b)),
            Op::And(a, b) => return self.logic(out, a, b, true),
            Op::Or(a, b) => return self.logic(out, a, b, false),
            Op::Sum(table, a) => return self.fold(out, table, a, (0, Step::Add)),
            Op::Extreme(table, true, a) => return self.fold(out, table, a, (i64::MIN, Step::Larger)),
            Op::Extreme(table, false, a) => return self.fold(out, table, a, (i64::MAX, Step::Smaller)),
            Op::Any(table, a) => return self.any(out, table, a),
        };
        self.push(step)?;
        Ok(out)
    }

    /// Whether these cost less than to jump over them: a few plain operations that are not known yet.
    fn is_cheap(&self, wanted: &[Option<Reg>]) -> bool {
        let mut pending: Vec<Reg> = wanted.iter().copied().flatten().collect();
        let mut left = FEW;
        while let Some(reg) = pending.pop() {
            if self.code.at(reg).is_some() {
                continue;
            }
            let Some((op, _)) = self.plan.ops.get(reg.0 as usize) else { return false };
            if left == 0 || matches!(op, Op::Sum(..) | Op::Extreme(..) | Op::Any(..) | Op::Round(..)) {
                return false;
            }
            left -= 1;
            pending.extend(op.reads().into_iter().flatten());
        }
        true
    }

    fn choose(&mut self, out: At, which: Mask, (a, b): (Int, Int)) -> Emitted {
        let at = self.mask(which)?;
        if at == self.constant(1) {
            return self.int(a);
        }
        if at == self.constant(0) {
            return self.int(b);
        }
        if self.is_cheap(&[a.reg(), b.reg()]) {
            let (a, b) = (self.int(a)?, self.int(b)?);
            self.push(Step::Choose(out, at, a, b))?;
            return Ok(out);
        }
        let other = self.push(Step::JumpUnless(at, 0))?;
        self.branch(|emitter| {
            emitter.settle(which, true);
            let a = emitter.int(a)?;
            emitter.push(Step::Copy(out, a))
        })?;
        let past = self.push(Step::Jump(0))?;
        self.land(other);
        self.branch(|emitter| {
            emitter.settle(which, false);
            let b = emitter.int(b)?;
            emitter.push(Step::Copy(out, b))
        })?;
        self.land(past);
        Ok(out)
    }

    /// Both, or either: the second only where the first does not decide.
    fn logic(&mut self, out: At, a: Mask, b: Mask, both: bool) -> Emitted {
        let known = |emitter: &Self, mask| matches!(mask, Mask::Reg(reg) if emitter.code.at(reg).is_some());
        let (a, b) = if known(self, b) && !known(self, a) { (b, a) } else { (a, b) };
        let first = self.mask(a)?;
        let (deciding, passing) = (self.constant(i64::from(!both)), self.constant(i64::from(both)));
        if first == deciding {
            return Ok(first);
        }
        if first == passing {
            return self.mask(b);
        }
        if self.is_cheap(&[b.reg()]) {
            let second = self.mask(b)?;
            self.push(if both { Step::And(out, first, second) } else { Step::Or(out, first, second) })?;
            return Ok(out);
        }
        self.push(Step::Copy(out, first))?;
        let past = self.push(if both { Step::JumpUnless(first, 0) } else { Step::JumpIf(first, 0) })?;
        self.branch(|emitter| {
            emitter.settle(a, both);
            let second = emitter.mask(b)?;
            emitter.push(Step::Copy(out, second))
        })?;
        self.land(past);
        Ok(out)
    }

    /// The rows of a table put together, from `start`; nought where there is none.
    fn fold(&mut self, out: At, table: FieldId, a: Int, (start, join): (i64, fn(At, At, At) -> Step)) -> Emitted {
        self.before_rows(a)?;
        let (nought, start) = (self.constant(0), self.constant(start));
        let empty = self.push(Step::Copy(out, nought)).and_then(|_| self.push(Step::Rows(table, 0)))?;
        self.push(Step::Copy(out, start))?;
        let first = self.here();
        self.branch(|emitter| {
            let row = emitter.int(a)?;
            emitter.push(join(out, out, row))
        })?;
        self.push(Step::Next(first))?;
        self.land(empty);
        Ok(out)
    }

    fn any(&mut self, out: At, table: FieldId, a: Mask) -> Emitted {
        let int = match a {
            Mask::Const(holds) => Int::Const(i64::from(holds)),
            Mask::Reg(reg) => Int::Reg(reg),
        };
        self.before_rows(int)?;
        let (no, yes) = (self.constant(0), self.constant(1));
        self.push(Step::Copy(out, no))?;
        let empty = self.push(Step::Rows(table, 0))?;
        let first = self.here();
        let found = self.branch(|emitter| {
            let row = emitter.mask(a)?;
            emitter.push(Step::JumpIf(row, 0))
        })?;
        self.push(Step::Next(first))?;
        let none = self.push(Step::Jump(0))?;
        self.land(found);
        self.push(Step::Copy(out, yes))?;
        self.land(none);
        self.land(empty);
        Ok(out)
    }

    /// Computes what the rows read of the department, so that no row computes it again.
    fn before_rows(&mut self, a: Int) -> Emitted<()> {
        let Int::Reg(root) = a else { return Ok(()) };
        let (mut pending, mut seen) = (vec![root], std::collections::HashSet::new());
        while let Some(reg) = pending.pop() {
            if !seen.insert(reg) {
                continue;
            }
            if self.plan.level(reg) == Level::Departments {
                self.reg(reg)?;
            } else {
                pending.extend(self.op(reg)?.reads().into_iter().flatten());
            }
        }
        Ok(())
    }
}
