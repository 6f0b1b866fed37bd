//! A plan over a block.

use heng_model::{Name, NodeId, Rounding};

use super::{
    bounds::{self, Bounds},
    data::{Block, Rows, Values},
    divide,
    lower::Kernel,
    plan::{Int, Level, Mask, Op, Reg, Relation, Source},
};

/// Room for the results of a block; one for each thread, kept from block to block.
#[derive(Debug, Default)]
pub struct Scratch {
    ints: Vec<Vec<i64>>,
    masks: Vec<Bits>,
    bounds: Vec<Bounds>,
    slots: Vec<usize>,
    /// Comparisons that only one choice reads; it makes them itself.
    within: Vec<bool>,
    planned: bool,
    count: usize,
}

/// Yes or no for each; `known` where all are alike, and then the bits mean nothing.
#[derive(Clone, Debug, Default)]
struct Bits {
    known: Option<bool>,
    bits: Vec<u8>,
}

/// Whole numbers for each department, or one for all.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// One for each.
    Each(&'a [i64]),
    /// One for all.
    All(i64),
}

impl View<'_> {
    /// The number at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> i64 {
        match self {
            View::Each(values) => values.get(place).copied().unwrap_or(0),
            View::All(value) => *value,
        }
    }
}

/// The points of a block.
pub struct Points<'s> {
    kernel: &'s Kernel,
    block: &'s Block,
    scratch: &'s Scratch,
}

impl Points<'_> {
    /// Numerators, divisors and power of ten of a node's points: `num × 10^exponent ÷ den`.
    #[must_use]
    pub fn node(&self, node: NodeId) -> Option<(View<'_>, View<'_>, i32)> {
        let points = *self.kernel.nodes.get(node.0 as usize)?;
        let view = |int| view(self.kernel, self.block, self.scratch, int);
        Some((view(points.num), view(points.den), points.exponent))
    }

    /// Whether the department at a place is left to the scalar evaluator.
    #[must_use]
    pub fn unsaid(&self, place: usize) -> bool {
        match mask(self.scratch, self.kernel.unsaid) {
            (Some(known), _) => known,
            (None, bits) => bits.get(place).is_some_and(|bit| *bit != 0),
        }
    }

    /// The grade of the department at a place.
    #[must_use]
    pub fn grade(&self, place: usize) -> Option<&Name> {
        let (grade, words) = self.kernel.grade.as_ref()?;
        let at = view(self.kernel, self.block, self.scratch, *grade).at(place);
        words.get(usize::try_from(at).ok()?)
    }
}

fn view<'v>(kernel: &Kernel, block: &'v Block, scratch: &'v Scratch, int: Int) -> View<'v> {
    let reg = match int {
        Int::Const(value) => return View::All(value),
        Int::Reg(reg) => reg,
    };
    if let Some((Op::Load(source), _)) = kernel.plan.ops.get(reg.0 as usize) {
        match block.column(*source).map(|column| &column.values) {
            Some(Values::Wide(values)) => return View::Each(values),
            None => return View::All(0),
            Some(_) => {}
        }
    }
    let slot = scratch.slots.get(reg.0 as usize).copied().unwrap_or(usize::MAX);
    scratch.ints.get(slot).map_or(View::All(0), |values| View::Each(values))
}

fn mask(scratch: &Scratch, mask: Mask) -> (Option<bool>, &[u8]) {
    match mask {
        Mask::Const(known) => (Some(known), &[]),
        Mask::Reg(reg) => {
            let slot = scratch.slots.get(reg.0 as usize).copied().unwrap_or(usize::MAX);
            scratch.masks.get(slot).map_or((Some(true), &[][..]), |bits| (bits.known, &bits.bits))
        }
    }
}

impl Kernel {
    /// Computes a block; `None` where a bound is passed, and the whole block is left to the scalar
    /// evaluator.
    pub fn run<'s>(&'s self, block: &'s Block, scratch: &'s mut Scratch) -> Option<Points<'s>> {
        if !scratch.planned {
            self.assign(scratch);
        }
        let mut known = std::mem::take(&mut scratch.bounds);
        let within = bounds::bounds(&self.plan, block, &mut known);
        scratch.bounds = known;
        within?;
        scratch.count = block.count;
        for (at, (op, level)) in self.plan.ops.iter().enumerate() {
            let width = match level {
                Level::Departments => block.count,
                Level::Rows(table) => block.rows(*table).map_or(0, Rows::count),
            };
            if scratch.within.get(at).copied().unwrap_or(false) {
                continue;
            }
            let slot = scratch.slots.get(at).copied().unwrap_or(usize::MAX);
            if op.is_mask() {
                let Some(mut out) = scratch.masks.get_mut(slot).map(std::mem::take) else { continue };
                self.mask_op(*op, width, block, scratch, &mut out);
                if let Some(place) = scratch.masks.get_mut(slot) {
                    *place = out;
                }
            } else {
                let Some(mut out) = scratch.ints.get_mut(slot).map(std::mem::take) else { continue };
                out.resize(width, 0);
                self.int_op(*op, block, scratch, &mut out);
                if let Some(place) = scratch.ints.get_mut(slot) {
                    *place = out;
                }
            }
        }
        Some(Points { kernel: self, block, scratch })
    }

    /// The comparisons that one choice reads and nothing else. What they compare lives as long as it does.
    fn within(&self) -> Vec<bool> {
        let ops = &self.plan.ops;
        let mut readers = vec![(0usize, false); ops.len()];
        let kept = self.kept();
        let reads = ops.iter().flat_map(|(op, _)| op.reads().into_iter().flatten());
        for reg in reads.chain(kept) {
            if let Some((count, _)) = readers.get_mut(reg.0 as usize) {
                *count += 1;
            }
        }
        for (op, _) in ops {
            if let Op::Choose(Mask::Reg(reg), ..) = op
                && let Some((_, chosen)) = readers.get_mut(reg.0 as usize)
            {
                *chosen = true;
            }
        }
        let compares = |op: &Op| matches!(op, Op::Compare(Relation::Less | Relation::AtMost, ..));
        ops.iter().zip(readers).map(|((op, _), readers)| compares(op) && readers == (1, true)).collect()
    }

    /// Gives each result a slot, and a slot that nobody reads any more to the next.
    fn assign(&self, scratch: &mut Scratch) {
        let ops = &self.plan.ops;
        scratch.within = self.within();
        let mut last: Vec<usize> = (0..ops.len()).collect();
        for (at, (op, _)) in ops.iter().enumerate() {
            for reg in op.reads().into_iter().flatten() {
                if let Some(last) = last.get_mut(reg.0 as usize) {
                    *last = at;
                }
                if let (true, Some((inner, _))) = (is_within(scratch, reg), ops.get(reg.0 as usize)) {
                    for reg in inner.reads().into_iter().flatten() {
                        if let Some(last) = last.get_mut(reg.0 as usize) {
                            *last = at;
                        }
                    }
                }
            }
        }
        for reg in self.kept() {
            if let Some(last) = last.get_mut(reg.0 as usize) {
                *last = usize::MAX;
            }
        }
        let mut free: [Vec<usize>; 2] = Default::default();
        let mut made = [0usize; 2];
        let mut ending: Vec<Vec<usize>> = ops.iter().map(|_| Vec::new()).collect();
        scratch.slots.clear();
        for (at, (op, _)) in ops.iter().enumerate() {
            let kind = usize::from(op.is_mask());
            let (Some(free_here), Some(made_here)) = (free.get_mut(kind), made.get_mut(kind)) else { continue };
            let slot = free_here.pop().unwrap_or_else(|| {
                *made_here += 1;
                *made_here - 1
            });
            scratch.slots.push(slot);
            if let Some(ending) = last.get(at).and_then(|last| ending.get_mut(*last)) {
                ending.push(at);
            }
            for ended in ending.get(at).into_iter().flatten() {
                let (Some((op, _)), Some(slot)) = (ops.get(*ended), scratch.slots.get(*ended)) else { continue };
                if let Some(free) = free.get_mut(usize::from(op.is_mask())) {
                    free.push(*slot);
                }
            }
        }
        let [ints, masks] = made;
        scratch.ints = vec![Vec::new(); ints];
        scratch.masks = vec![Bits::default(); masks];
        scratch.planned = true;
    }

    fn int_op(&self, op: Op, block: &Block, scratch: &Scratch, out: &mut [i64]) {
        let view = |int| view(self, block, scratch, int);
        match op {
            Op::Load(source) => load(block, source, out),
            Op::Add(a, b) => both(out, view(a), view(b), i64::wrapping_add),
            Op::Subtract(a, b) => both(out, view(a), view(b), i64::wrapping_sub),
            Op::Multiply(a, b) => {
                let half =
                    |int| bounds::int(&scratch.bounds, int).is_some_and(|(low, high)| low >= 0 && high <= LOW.into());
                if half(a) && half(b) {
                    // The lower halves alone: one product of the processor's vectors, not three.
                    both(out, view(a), view(b), |a, b| (a & LOW).wrapping_mul(b & LOW));
                } else {
                    both(out, view(a), view(b), i64::wrapping_mul);
                }
            }
            // Plain x86-64 compares no words; it tells their signs.
            Op::Smaller(a, b) => both(out, view(a), view(b), |a, b| b.wrapping_add(below(a, b))),
            Op::Larger(a, b) => both(out, view(a), view(b), |a, b| a.wrapping_sub(below(a, b))),
            Op::Divisor(a) => both(out, view(a), View::All(1), i64::max),
            Op::Round(num, den, mode) => {
                let bound = |int| bounds::int(&scratch.bounds, int).unwrap_or((i128::MIN, i128::MAX));
                let (low, high) = bound(num);
                let small = -divide::FAST < low && high < divide::FAST && bound(den).1 < divide::FAST;
                let fast = small && low >= 0;
                match mode {
                    Rounding::HalfUp if fast => both(out, view(num), view(den), divide::half_up),
                    Rounding::Down | Rounding::Floor if fast => both(out, view(num), view(den), divide::cut),
                    Rounding::HalfUp if small => {
                        both(out, view(num), view(den), |num, den| mirrored(num, |num| divide::half_up(num, den)));
                    }
                    Rounding::Down if small => {
                        both(out, view(num), view(den), |num, den| mirrored(num, |num| divide::cut(num, den)));
                    }
                    _ => both(out, view(num), view(den), |num, den| divide::round(num, den, mode)),
                }
            }
            Op::Choose(Mask::Reg(reg), a, b) if is_within(scratch, reg) => {
                self.choose_by(reg, block, scratch, (view(a), view(b)), out);
            }
            Op::Choose(which, a, b) => choose(out, mask(scratch, which), view(a), view(b)),
            Op::Number(which) => choose(out, mask(scratch, which), View::All(1), View::All(0)),
            Op::Spread(table, a) => spread(out, block.rows(table), view(a)),
            Op::Sum(table, a) => {
                gather(out, block.rows(table), view(a), |rows| rows.iter().copied().fold(0, i64::wrapping_add))
            }
            Op::Extreme(table, largest, a) => gather(out, block.rows(table), view(a), |rows| {
                let rows = rows.iter().copied();
                if largest { rows.max() } else { rows.min() }.unwrap_or(0)
            }),
            Op::Count(table) => {
                let Some(rows) = block.rows(table) else { return out.fill(0) };
                for ((out, start), end) in out.iter_mut().zip(&rows.starts).zip(rows.starts.iter().skip(1)) {
                    *out = i64::from(end.saturating_sub(*start));
                }
            }
            _ => {}
        }
    }

    fn mask_op(&self, op: Op, width: usize, block: &Block, scratch: &Scratch, out: &mut Bits) {
        let mask = |which| mask(scratch, which);
        match op {
            Op::Compare(relation, a, b) => self.compare((relation, a, b), width, block, scratch, out),
            Op::Not(a) => match mask(a) {
                (Some(known), _) => out.known = Some(!known),
                (None, bits) => out.fill(bits.iter().map(|bit| bit ^ 1)),
            },
            Op::And(a, b) => match (mask(a), mask(b)) {
                ((Some(false), _), _) | (_, (Some(false), _)) => out.known = Some(false),
                ((Some(true), _), other) | (other, (Some(true), _)) => out.copy(other),
                ((None, a), (None, b)) => out.fill(a.iter().zip(b).map(|(a, b)| a & b)),
            },
            Op::Or(a, b) => match (mask(a), mask(b)) {
                ((Some(true), _), _) | (_, (Some(true), _)) => out.known = Some(true),
                ((Some(false), _), other) | (other, (Some(false), _)) => out.copy(other),
                ((None, a), (None, b)) => out.fill(a.iter().zip(b).map(|(a, b)| a | b)),
            },
            Op::State(source, states) => out.states(block, source, states),
            Op::Holds(source) => match block.column(source).map(|column| &column.values) {
                Some(Values::Small(values)) => out.fill(values.iter().map(|value| u8::from(*value != 0))),
                Some(Values::Narrow(values)) => out.fill(values.iter().map(|value| u8::from(*value != 0))),
                Some(Values::Wide(values)) => out.fill(values.iter().map(|value| u8::from(*value != 0))),
                None => out.known = Some(false),
            },
            Op::SpreadMask(table, a) => match (mask(a), block.rows(table)) {
                ((Some(known), _), _) => out.known = Some(known),
                (_, None) => out.known = Some(true),
                ((None, bits), Some(rows)) => {
                    out.known = None;
                    out.bits.clear();
                    for ((bit, start), end) in bits.iter().zip(&rows.starts).zip(rows.starts.iter().skip(1)) {
                        out.bits.resize(out.bits.len() + end.saturating_sub(*start) as usize, *bit);
                    }
                }
            },
            Op::Any(table, a) => match (mask(a), block.rows(table)) {
                ((Some(false), _), _) => out.known = Some(false),
                (_, None) => out.known = Some(true),
                ((known, bits), Some(rows)) => {
                    let all = known == Some(true);
                    let any = |start: &u32, end: &u32| {
                        let inside = bits.get(*start as usize..*end as usize).unwrap_or_default();
                        u8::from(if all { end > start } else { inside.iter().any(|bit| *bit != 0) })
                    };
                    out.fill(rows.starts.iter().zip(rows.starts.iter().skip(1)).map(|(start, end)| any(start, end)));
                }
            },
            _ => out.known = Some(true),
        }
    }

    fn compare(
        &self,
        (relation, a, b): (Relation, Int, Int),
        width: usize,
        block: &Block,
        scratch: &Scratch,
        out: &mut Bits,
    ) {
        let decided = decided(scratch, relation, a, b);
        out.known = decided;
        if decided.is_some() {
            return;
        }
        out.bits.resize(width, 0);
        let (a, b) = (view(self, block, scratch, a), view(self, block, scratch, b));
        match relation {
            Relation::Less => tests(&mut out.bits, a, b, |a, b| a.wrapping_sub(b) < 0),
            Relation::AtMost => tests(&mut out.bits, a, b, |a, b| b.wrapping_sub(a) >= 0),
            Relation::Equal => tests(&mut out.bits, a, b, |a, b| a == b),
        }
    }

    /// A choice with its comparison in it.
    fn choose_by(&self, reg: Reg, block: &Block, scratch: &Scratch, (a, b): (View<'_>, View<'_>), out: &mut [i64]) {
        let Some((Op::Compare(relation, left, right), _)) = self.plan.ops.get(reg.0 as usize) else { return };
        if let Some(known) = decided(scratch, *relation, *left, *right) {
            return choose(out, (Some(known), &[]), a, b);
        }
        let view = |int| view(self, block, scratch, int);
        // a ≤ b is that b is not below a.
        match relation {
            Relation::Less => {
                both(out, view(*left), view(*right), |left, right| left.wrapping_sub(right) >> 63);
                blend(out, a, b);
            }
            _ => {
                both(out, view(*right), view(*left), |right, left| right.wrapping_sub(left) >> 63);
                blend(out, b, a);
            }
        }
    }
}

/// What `f` makes of the distance from nought, on the side of `num`.
#[inline(always)]
fn mirrored(num: i64, f: impl Fn(i64) -> i64) -> i64 {
    let sign = num >> 63;
    (f((num ^ sign).wrapping_sub(sign)) ^ sign).wrapping_sub(sign)
}

/// The lower half of a word.
const LOW: i64 = 0xffff_ffff;

/// How far `a` lies below `b`, as a negative number; nought where it does not. Bounds keep the difference
/// in its word.
#[inline(always)]
fn below(a: i64, b: i64) -> i64 {
    let difference = a.wrapping_sub(b);
    difference & (difference >> 63)
}

fn is_within(scratch: &Scratch, reg: Reg) -> bool {
    scratch.within.get(reg.0 as usize).copied().unwrap_or(false)
}

/// What the bounds of the block say of a comparison.
fn decided(scratch: &Scratch, relation: Relation, a: Int, b: Int) -> Option<bool> {
    let bound = |int| bounds::int(&scratch.bounds, int).unwrap_or((i128::MIN, i128::MAX));
    relation.decided(bound(a), bound(b))
}

/// `a` where all bits are set, `b` where none is.
fn blend(out: &mut [i64], a: View<'_>, b: View<'_>) {
    match (a, b) {
        (View::Each(a), View::Each(b)) => {
            for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                *out = b ^ ((a ^ b) & *out);
            }
        }
        (View::Each(a), View::All(b)) => out.iter_mut().zip(a).for_each(|(out, a)| *out = b ^ ((a ^ b) & *out)),
        (View::All(a), View::Each(b)) => out.iter_mut().zip(b).for_each(|(out, b)| *out = b ^ ((a ^ b) & *out)),
        (View::All(a), View::All(b)) => out.iter_mut().for_each(|out| *out = b ^ ((a ^ b) & *out)),
    }
}

impl Bits {
    fn fill(&mut self, bits: impl Iterator<Item = u8>) {
        self.known = None;
        self.bits.clear();
        self.bits.extend(bits);
    }

    fn copy(&mut self, (known, bits): (Option<bool>, &[u8])) {
        self.known = known;
        if known.is_none() {
            self.bits.clear();
            self.bits.extend_from_slice(bits);
        }
    }

    /// Whether each state is one of `states`. A column that is not there says nothing.
    fn states(&mut self, block: &Block, source: Source, states: u8) {
        let found = match source {
            Source::Field(field) if block.rows(field).is_some() => block.rows(field).map(|rows| &rows.states),
            source => block.column(source).map(|column| &column.states),
        };
        match found {
            None => self.known = Some(true),
            Some(found) if found.is_empty() => self.known = Some(false),
            Some(found) => self.fill(found.iter().map(|state| states >> (state & 7) & 1)),
        }
    }
}

fn load(block: &Block, source: Source, out: &mut [i64]) {
    match block.column(source).map(|column| &column.values) {
        Some(Values::Narrow(values)) => out.iter_mut().zip(values).for_each(|(out, value)| *out = i64::from(*value)),
        Some(Values::Small(values)) => out.iter_mut().zip(values).for_each(|(out, value)| *out = i64::from(*value)),
        // Wide columns are read where they are.
        Some(Values::Wide(_)) | None => {}
    }
}

#[inline(always)]
fn both(out: &mut [i64], a: View<'_>, b: View<'_>, f: impl Fn(i64, i64) -> i64) {
    match (a, b) {
        (View::Each(a), View::Each(b)) => {
            for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                *out = f(*a, *b);
            }
        }
        (View::Each(a), View::All(b)) => out.iter_mut().zip(a).for_each(|(out, a)| *out = f(*a, b)),
        (View::All(a), View::Each(b)) => out.iter_mut().zip(b).for_each(|(out, b)| *out = f(a, *b)),
        (View::All(a), View::All(b)) => out.fill(f(a, b)),
    }
}

#[inline(always)]
fn tests(out: &mut [u8], a: View<'_>, b: View<'_>, f: impl Fn(i64, i64) -> bool) {
    match (a, b) {
        (View::Each(a), View::Each(b)) => {
            for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                *out = u8::from(f(*a, *b));
            }
        }
        (View::Each(a), View::All(b)) => out.iter_mut().zip(a).for_each(|(out, a)| *out = u8::from(f(*a, b))),
        (View::All(a), View::Each(b)) => out.iter_mut().zip(b).for_each(|(out, b)| *out = u8::from(f(a, *b))),
        (View::All(a), View::All(b)) => out.fill(u8::from(f(a, b))),
    }
}

fn choose(out: &mut [i64], which: (Option<bool>, &[u8]), a: View<'_>, b: View<'_>) {
    let bits = match which {
        (Some(true), _) => return both(out, a, View::All(0), |a, _| a),
        (Some(false), _) => return both(out, b, View::All(0), |b, _| b),
        (None, bits) => bits,
    };
    let places = out.iter_mut().zip(bits);
    match (a, b) {
        (View::Each(a), View::Each(b)) => {
            for (((out, bit), a), b) in places.zip(a).zip(b) {
                *out = if *bit != 0 { *a } else { *b };
            }
        }
        (View::Each(a), View::All(b)) => {
            places.zip(a).for_each(|((out, bit), a)| *out = if *bit != 0 { *a } else { b })
        }
        (View::All(a), View::Each(b)) => {
            places.zip(b).for_each(|((out, bit), b)| *out = if *bit != 0 { a } else { *b })
        }
        (View::All(a), View::All(b)) => places.for_each(|(out, bit)| *out = if *bit != 0 { a } else { b }),
    }
}

/// A department's value for each of its rows.
fn spread(out: &mut [i64], rows: Option<&Rows>, values: View<'_>) {
    let (Some(rows), View::Each(values)) = (rows, values) else { return out.fill(values.at(0)) };
    for ((value, start), end) in values.iter().zip(&rows.starts).zip(rows.starts.iter().skip(1)) {
        if let Some(out) = out.get_mut(*start as usize..*end as usize) {
            out.fill(*value);
        }
    }
}

/// What `f` makes of the rows of each department.
#[inline(always)]
fn gather(out: &mut [i64], rows: Option<&Rows>, values: View<'_>, f: impl Fn(&[i64]) -> i64) {
    let (Some(rows), View::Each(values)) = (rows, values) else { return out.fill(0) };
    for ((out, start), end) in out.iter_mut().zip(&rows.starts).zip(rows.starts.iter().skip(1)) {
        *out = values.get(*start as usize..*end as usize).map_or(0, &f);
    }
}
