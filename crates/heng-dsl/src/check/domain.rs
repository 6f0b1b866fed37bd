//! The values an expression can take: its datum's declared domain, and what arithmetic and rows
//! make of domains. Wider than the truth where a datum occurs twice, never narrower.

use heng_model::{
    ExprId, ExprKind, Number, Program, Quantity, Type, Value,
    expr::{Arith, BandCell, Bands, Compare, Fold, FoldOp, Function, Logic, Share, Tally, TallyCount},
    peer::{Peer, PeerOp},
    program::{BodyId, MethodCode, Otherwise},
    schema::{Bound, Interval, Shape, Traits},
};

use super::{
    constant::{WIDEST, constant, constant_range},
    logarithm,
    same::same,
};

/// How deep definitions are followed.
const DEEPEST: u32 = 64;
/// How many expressions are looked at.
const STEPS: u32 = 1024;

/// The domain of an expression; unbounded where nothing is known.
pub fn of(program: &Program, id: ExprId) -> Interval<Number> {
    Domain::new(program, None).of(id).unwrap_or_else(everything)
}

/// Domains under what is known at one place.
pub struct Domain<'a> {
    program: &'a Program,
    /// What 满分 stands for; where it is known, scores are looked at, and data without a declared
    /// domain count as not negative: nobody hands in a negative budget.
    full: Option<Number>,
    /// Expressions whose values the row around them has narrowed.
    narrowed: Vec<(ExprId, Interval<Number>)>,
    depth: u32,
    /// How many more expressions are looked at: a chain of definitions that each read another twice
    /// would be walked as often as it has ways.
    steps: u32,
}

impl<'a> Domain<'a> {
    /// Domains where 满分 stands for `full`.
    pub fn new(program: &'a Program, full: Option<Number>) -> Domain<'a> {
        Domain { program, full, narrowed: Vec::new(), depth: 0, steps: STEPS }
    }

    /// The domain of an expression; none when it never yields a value.
    pub fn of(&mut self, id: ExprId) -> Option<Interval<Number>> {
        if self.depth >= DEEPEST || self.steps == 0 {
            return Some(everything());
        }
        self.depth += 1;
        self.steps -= 1;
        let found = self.kind(id).map(short);
        self.depth -= 1;
        let narrow = self.narrowed.iter().filter(|(other, _)| same(self.program, *other, id));
        narrow.fold(found, |found, (_, range)| found.map(|found| intersection(found, range)))
    }

    /// What a body can come to: what its cases give, and its result.
    pub fn body(&mut self, id: BodyId) -> Option<Interval<Number>> {
        let Some(body) = self.program.body(id) else { return Some(everything()) };
        let known = self.narrowed.len();
        let mut all = None;
        for case in &body.cases {
            let here = self.narrowed.len();
            self.given(case.when, true);
            let value = self.of(case.then);
            self.narrowed.truncate(here);
            all = union(all, value);
            self.given(case.when, false);
        }
        for demand in body.demands.iter().filter(|demand| demand.otherwise != Otherwise::Note) {
            if let Otherwise::Value(value) = demand.otherwise {
                let value = self.of(value);
                all = union(all, value);
            }
            self.given(demand.need, true);
        }
        let value = self.of(body.result);
        self.narrowed.truncate(known);
        union(all, value)
    }

    /// Narrows what a condition compares with a constant, where the condition holds or does not.
    fn given(&mut self, condition: ExprId, holds: bool) {
        match self.program.expr(condition).map(|expr| &expr.kind) {
            Some(ExprKind::Not(of)) => self.given(*of, !holds),
            Some(ExprKind::Logic(Logic::And, parts)) if holds => {
                parts.iter().for_each(|part| self.given(*part, true));
            }
            Some(ExprKind::Logic(Logic::Or, parts)) if !holds => {
                parts.iter().for_each(|part| self.given(*part, false));
            }
            Some(ExprKind::Compare(op, a, b)) => {
                let sides = [(*a, *op, *b), (*b, mirrored(*op), *a)];
                for (value, op, other) in sides {
                    if let Some(range) = constant(self.program, other, None).and_then(|at| side(op, holds, at)) {
                        self.narrowed.push((value, range));
                    }
                }
            }
            Some(ExprKind::InRange(value, range)) if holds => {
                if let Some(range) = constant_range(self.program, range) {
                    self.narrowed.push((*value, range));
                }
            }
            _ => {}
        }
    }

    fn kind(&mut self, id: ExprId) -> Option<Interval<Number>> {
        let Some(expr) = self.program.expr(id) else { return Some(everything()) };
        match &expr.kind {
            ExprKind::Literal(Value::Number(number)) => Some(point(number.clone())),
            ExprKind::Verdict(_) => None,
            ExprKind::Let(id) => match self.program.definition(*id) {
                Some(item) => self.of(item.value),
                None => Some(everything()),
            },
            ExprKind::Field(field) | ExprKind::Rated(field) => Some(match self.program.schema.field(*field) {
                Some(field) => match &field.shape {
                    Shape::Rating(rating) => rating.band.clone(),
                    _ => self.declared(&field.traits, &expr.ty),
                },
                None => everything(),
            }),
            ExprKind::Column { table, column, .. } => match self.program.schema.column(*table, *column) {
                Some(column) => match column.formula {
                    Some(formula) => self.of(formula),
                    None => Some(self.declared(&column.traits, &expr.ty)),
                },
                None => Some(everything()),
            },
            ExprKind::FullMarks => Some(self.full.clone().map_or_else(|| at_least(Number::ZERO), point)),
            ExprKind::Total => Some(at_least(Number::ZERO)),
            ExprKind::Negate(of) => self.of(*of).map(negate),
            ExprKind::Arith(op, a, b) => Some(arith(*op, self.of(*a)?, self.of(*b)?)),
            ExprKind::Limit { most, value, bound } => {
                let bound = self.of(*bound)?;
                Some(limit(*most, self.of(*value)?, &bound))
            }
            ExprKind::Round { value, .. } => self.of(*value).map(closed),
            ExprKind::Linear(linear) => union(self.of(linear.from), self.of(linear.to)),
            ExprKind::Fold(fold) => Some(self.fold(fold)),
            ExprKind::Peer(peer) => Some(self.peer(peer)),
            ExprKind::Call(function, parts) => Some(self.call(*function, parts)),
            ExprKind::Bands(bands) => self.bands(bands),
            ExprKind::Tally(tally) => Some(self.tally(tally)),
            ExprKind::Each(each) => Some(self.each(&each.share, each.body)),
            ExprKind::Method(id, _) => self.method(id.0 as usize),
            ExprKind::Argument(_) => Some(self.declared(&Traits::default(), &expr.ty)),
            _ => Some(match expr.ty {
                Type::Quantity(Quantity::Count) => at_least(Number::ZERO),
                _ => everything(),
            }),
        }
    }

    fn declared(&self, traits: &Traits, ty: &Type) -> Interval<Number> {
        match (&traits.domain, ty) {
            (Some(domain), _) => domain.clone(),
            (None, Type::Quantity(Quantity::Count)) => at_least(Number::ZERO),
            (None, Type::Quantity(_)) if self.full.is_some() => at_least(Number::ZERO),
            _ => everything(),
        }
    }

    fn fold(&mut self, fold: &Fold) -> Interval<Number> {
        let mut term = || fold.term.and_then(|term| self.of(term)).unwrap_or_else(everything);
        match fold.op {
            FoldOp::Count => at_least(Number::ZERO),
            FoldOp::Share => Interval { low: closed_end(Number::ZERO), high: closed_end(Number::ONE) },
            FoldOp::GeometricMean => at_least(Number::ZERO),
            FoldOp::Sum if fold.term.is_some() && not_negative(&term()) => at_least(Number::ZERO),
            FoldOp::Mean | FoldOp::Min | FoldOp::Max | FoldOp::Median | FoldOp::WeightedMean if fold.term.is_some() => {
                term()
            }
            _ => everything(),
        }
    }

    /// A place is from 1 on, a share lies between 0 and 1, and a mean between the values.
    fn peer(&mut self, peer: &Peer) -> Interval<Number> {
        match peer.op {
            PeerOp::Rank(..) | PeerOp::Count => at_least(Number::ONE),
            PeerOp::Percentile => Interval { low: closed_end(Number::ZERO), high: closed_end(Number::ONE) },
            PeerOp::Standard => everything(),
            PeerOp::Mean | PeerOp::Median | PeerOp::Max | PeerOp::Min => self.of(peer.value).unwrap_or_else(everything),
        }
    }

    fn call(&mut self, function: Function, parts: &[ExprId]) -> Interval<Number> {
        let domains: Vec<Interval<Number>> =
            parts.iter().map(|part| self.of(*part).unwrap_or_else(everything)).collect();
        match (function, domains.as_slice()) {
            (Function::Ln | Function::Log10, [of]) => logarithm::range(function, of),
            (Function::Absolute | Function::SquareRoot | Function::Root, _) => at_least(Number::ZERO),
            (Function::Smallest | Function::Largest, [first, rest @ ..]) => {
                rest.iter().fold(first.clone(), |all, next| limit(function == Function::Smallest, all, next))
            }
            _ => everything(),
        }
    }

    /// What the rows give, each under what its cell says of the subject.
    fn bands(&mut self, bands: &Bands) -> Option<Interval<Number>> {
        let mut all = None;
        for row in &bands.rows {
            let known = self.narrowed.len();
            for (subject, cell) in bands.subjects.iter().zip(&row.cells) {
                if let BandCell::Range(range) = cell
                    && let Some(range) = constant_range(self.program, range)
                {
                    self.narrowed.push((*subject, range));
                }
            }
            let value = self.of(row.value);
            self.narrowed.truncate(known);
            all = union(all, value);
        }
        all
    }

    fn tally(&mut self, tally: &Tally) -> Interval<Number> {
        let mut end = |id: Option<ExprId>| id.and_then(|id| self.of(id));
        let (from, to) = (end(tally.from), end(tally.to));
        let points: Vec<Interval<Number>> =
            tally.rows.iter().map(|row| self.of(row.points).unwrap_or_else(everything)).collect();
        if !points.iter().all(not_negative) {
            return everything();
        }
        if tally.deduct {
            let full = self.full.clone().map_or_else(|| at_least(Number::ZERO), point);
            // A 加分指标 with a negative cap starts at nought and goes down to its cap.
            let malus = self.full.as_ref().is_some_and(Number::is_negative);
            let (start, stop) = if malus { (point(Number::ZERO), full) } else { (full, point(Number::ZERO)) };
            return Interval { low: to.unwrap_or(stop).low, high: from.unwrap_or(start).high };
        }
        let once = tally.rows.iter().all(|row| matches!(row.count, TallyCount::When(_)));
        let start = from.unwrap_or_else(|| point(Number::ZERO));
        let sum = points.into_iter().fold(start.high, |sum, points| plus(sum, points.high));
        let high = if once { sum } else { None };
        Interval { low: start.low, high: to.map_or(high, |to| to.high) }
    }

    /// Rows whose scores lie within their shares add up to a score within full marks.
    fn each(&mut self, share: &Share, body: BodyId) -> Interval<Number> {
        let row = self.body(body).unwrap_or_else(everything);
        let full = self.full.clone();
        let within =
            not_negative(&row) && row.high.as_ref().zip(full.as_ref()).is_some_and(|(high, full)| high.at <= *full);
        match share {
            Share::Mean => row,
            Share::Sum if not_negative(&row) => at_least(Number::ZERO),
            Share::Even | Share::Weighted(_) if within => {
                Interval { low: closed_end(Number::ZERO), high: full.and_then(closed_end) }
            }
            _ if not_negative(&row) => at_least(Number::ZERO),
            _ => everything(),
        }
    }

    fn method(&mut self, index: usize) -> Option<Interval<Number>> {
        let Some(method) = self.program.methods.get(index) else { return Some(everything()) };
        match (&method.range, method.code) {
            (Some(range), _) => Some(range.clone()),
            (None, MethodCode::Body(body)) => self.body(body),
            (None, MethodCode::Script(_)) => Some(everything()),
        }
    }
}

/// What `x op at` being so, or not, leaves of the line.
fn side(op: Compare, holds: bool, at: Number) -> Option<Interval<Number>> {
    let end = |closed| Some(Bound { at: at.clone(), closed });
    Some(match (op, holds) {
        (Compare::Less, true) | (Compare::AtLeast, false) => Interval { low: None, high: end(false) },
        (Compare::AtMost, true) | (Compare::Greater, false) => Interval { low: None, high: end(true) },
        (Compare::Greater, true) | (Compare::AtMost, false) => Interval { low: end(false), high: None },
        (Compare::AtLeast, true) | (Compare::Less, false) => Interval { low: end(true), high: None },
        (Compare::Equal, true) | (Compare::NotEqual, false) => point(at),
        (Compare::Equal, false) | (Compare::NotEqual, true) => return None,
    })
}

/// The comparison seen from the other side.
pub fn mirrored(op: Compare) -> Compare {
    match op {
        Compare::Less => Compare::Greater,
        Compare::AtMost => Compare::AtLeast,
        Compare::Greater => Compare::Less,
        Compare::AtLeast => Compare::AtMost,
        same => same,
    }
}

/// Ends that take too many digits are not worth knowing.
fn short(range: Interval<Number>) -> Interval<Number> {
    let end = |end: Option<Bound<Number>>| end.filter(|end| end.at.width() <= WIDEST);
    Interval { low: end(range.low), high: end(range.high) }
}

/// Every number.
pub fn everything() -> Interval<Number> {
    Interval { low: None, high: None }
}

fn point(at: Number) -> Interval<Number> {
    Interval { low: closed_end(at.clone()), high: closed_end(at) }
}

fn at_least(at: Number) -> Interval<Number> {
    Interval { low: closed_end(at), high: None }
}

fn closed_end(at: Number) -> Option<Bound<Number>> {
    Some(Bound { at, closed: true })
}

/// Rounding can land on an end that was open.
fn closed(range: Interval<Number>) -> Interval<Number> {
    let close = |end: Option<Bound<Number>>| end.map(|end| Bound { closed: true, ..end });
    Interval { low: close(range.low), high: close(range.high) }
}

fn negate(range: Interval<Number>) -> Interval<Number> {
    let flip = |end: Option<Bound<Number>>| end.map(|end| Bound { at: -end.at, closed: end.closed });
    Interval { low: flip(range.high), high: flip(range.low) }
}

fn union(a: Option<Interval<Number>>, b: Option<Interval<Number>>) -> Option<Interval<Number>> {
    let (a, b) = match (a, b) {
        (Some(a), Some(b)) => (a, b),
        (a, b) => return a.or(b),
    };
    let low = a.low.zip(b.low).map(|(a, b)| if a.at <= b.at { a } else { b });
    let high = a.high.zip(b.high).map(|(a, b)| if a.at >= b.at { a } else { b });
    Some(Interval { low, high })
}

fn intersection(a: Interval<Number>, b: &Interval<Number>) -> Interval<Number> {
    let low = match (a.low, &b.low) {
        (Some(a), Some(b)) if b.at > a.at => Some(b.clone()),
        (a, b) => a.or_else(|| b.clone()),
    };
    let high = match (a.high, &b.high) {
        (Some(a), Some(b)) if b.at < a.at => Some(b.clone()),
        (a, b) => a.or_else(|| b.clone()),
    };
    Interval { low, high }
}

fn arith(op: Arith, a: Interval<Number>, b: Interval<Number>) -> Interval<Number> {
    match op {
        Arith::Add => Interval { low: plus(a.low, b.low), high: plus(a.high, b.high) },
        Arith::Subtract => arith(Arith::Add, a, negate(b)),
        Arith::Multiply if not_negative(&a) && not_negative(&b) => {
            Interval { low: times(a.low, b.low), high: times(a.high, b.high) }
        }
        Arith::Power if not_negative(&a) => at_least(Number::ZERO),
        Arith::Divide if not_negative(&a) && not_negative(&b) => {
            // A constant divisor scales; any other one only keeps the sign.
            match (&b.low, &b.high) {
                (Some(low), Some(high)) if low.at == high.at && low.at.signum() > 0 => {
                    let scale = |end: Option<Bound<Number>>| {
                        end.and_then(|end| Some(Bound { at: end.at.checked_div(&low.at)?, closed: end.closed }))
                    };
                    Interval { low: scale(a.low), high: scale(a.high) }
                }
                _ => at_least(Number::ZERO),
            }
        }
        _ => everything(),
    }
}

fn limit(most: bool, value: Interval<Number>, bound: &Interval<Number>) -> Interval<Number> {
    if most {
        let high = match (value.high, &bound.high) {
            (Some(a), Some(b)) if b.at < a.at => Some(b.clone()),
            (Some(a), _) => Some(a),
            (None, b) => b.clone(),
        };
        let low = match (value.low, &bound.low) {
            (Some(a), Some(b)) => Some(if b.at < a.at { b.clone() } else { a }),
            _ => None,
        };
        Interval { low, high }
    } else {
        negate(limit(true, negate(value), &negate(bound.clone())))
    }
}

fn plus(a: Option<Bound<Number>>, b: Option<Bound<Number>>) -> Option<Bound<Number>> {
    let (a, b) = (a?, b?);
    Some(Bound { at: &a.at + &b.at, closed: a.closed && b.closed })
}

fn times(a: Option<Bound<Number>>, b: Option<Bound<Number>>) -> Option<Bound<Number>> {
    let (a, b) = (a?, b?);
    let zero = (a.at.is_zero() && a.closed) || (b.at.is_zero() && b.closed);
    Some(Bound { at: &a.at * &b.at, closed: zero || (a.closed && b.closed) })
}

fn not_negative(range: &Interval<Number>) -> bool {
    range.low.as_ref().is_some_and(|low| !low.at.is_negative())
}
