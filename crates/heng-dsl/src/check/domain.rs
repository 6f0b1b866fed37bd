//! The values an expression can take: its datum's declared domain, and what arithmetic makes of
//! domains. Wider than the truth where a datum occurs twice, never narrower.

use heng_model::{
    ExprId, ExprKind, Number, Program, Quantity, Type, Value,
    expr::{Arith, FoldOp},
    schema::{Bound, Interval, Shape, Traits},
};

/// How deep definitions are followed.
const DEEPEST: u32 = 64;

/// The domain of an expression; unbounded where nothing is known.
pub fn of(program: &Program, id: ExprId) -> Interval<Number> {
    interval(program, id, 0)
}

fn interval(program: &Program, id: ExprId, depth: u32) -> Interval<Number> {
    let Some(expr) = program.expr(id).filter(|_| depth < DEEPEST) else { return everything() };
    let inner = |id: ExprId| interval(program, id, depth + 1);
    match &expr.kind {
        ExprKind::Literal(Value::Number(number)) => point(number.clone()),
        ExprKind::Let(id) => program.definition(*id).map_or_else(everything, |item| inner(item.value)),
        ExprKind::Field(field) | ExprKind::Rated(field) => match program.schema.field(*field) {
            Some(field) => match &field.shape {
                Shape::Rating(rating) => rating.band.clone(),
                _ => declared(&field.traits, &expr.ty),
            },
            None => everything(),
        },
        ExprKind::Column { table, column, .. } => match program.schema.column(*table, *column) {
            Some(column) => match column.formula {
                Some(formula) => inner(formula),
                None => declared(&column.traits, &expr.ty),
            },
            None => everything(),
        },
        ExprKind::FullMarks | ExprKind::Total => at_least(Number::ZERO),
        ExprKind::Negate(of) => negate(inner(*of)),
        ExprKind::Arith(op, a, b) => arith(*op, inner(*a), inner(*b)),
        ExprKind::Limit { most, value, bound } => limit(*most, inner(*value), &inner(*bound)),
        ExprKind::Round { value, .. } => closed(inner(*value)),
        ExprKind::Fold(fold) => match fold.op {
            FoldOp::Count => at_least(Number::ZERO),
            FoldOp::Share => Interval { low: closed_end(Number::ZERO), high: closed_end(Number::ONE) },
            FoldOp::Sum => match fold.term.map(inner) {
                Some(Interval { low: Some(low), .. }) if !low.at.is_negative() => at_least(Number::ZERO),
                _ => everything(),
            },
            FoldOp::Mean | FoldOp::Min | FoldOp::Max | FoldOp::Median | FoldOp::WeightedMean => {
                fold.term.map_or_else(everything, inner)
            }
            _ => everything(),
        },
        _ => match expr.ty {
            Type::Quantity(Quantity::Count) => at_least(Number::ZERO),
            _ => everything(),
        },
    }
}

fn declared(traits: &Traits, ty: &Type) -> Interval<Number> {
    match (&traits.domain, ty) {
        (Some(domain), _) => domain.clone(),
        (None, Type::Quantity(Quantity::Count)) => at_least(Number::ZERO),
        _ => everything(),
    }
}

fn everything() -> Interval<Number> {
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

fn arith(op: Arith, a: Interval<Number>, b: Interval<Number>) -> Interval<Number> {
    match op {
        Arith::Add => Interval { low: plus(a.low, b.low), high: plus(a.high, b.high) },
        Arith::Subtract => arith(Arith::Add, a, negate(b)),
        Arith::Multiply if not_negative(&a) && not_negative(&b) => {
            Interval { low: times(a.low, b.low), high: times(a.high, b.high) }
        }
        Arith::Divide if not_negative(&a) && not_negative(&b) => at_least(Number::ZERO),
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
