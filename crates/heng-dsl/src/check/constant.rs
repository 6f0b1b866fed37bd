//! Expressions whose value is known without facts: literals, parameters, arithmetic of those, and
//! 满分 where the indicator is known.

use heng_model::{
    ExprId, ExprKind, Number, Program, Value,
    expr::Arith,
    schema::{Bound, Interval},
};

/// How many expressions are looked at, and how long a number may become; beyond, it counts as not
/// known.
pub const STEPS: u32 = 512;
pub const WIDEST: u64 = 4096;

/// The value of a constant expression. `full` is what 满分 stands for, where that is known.
pub fn constant(program: &Program, id: ExprId, full: Option<&Number>) -> Option<Number> {
    let mut steps = STEPS;
    number(program, id, full, &mut steps)
}

/// A range whose ends are constant; none when one of them is not.
pub fn constant_range(program: &Program, range: &Interval<ExprId>) -> Option<Interval<Number>> {
    let end = |end: &Option<Bound<ExprId>>| match end {
        None => Some(None),
        Some(end) => constant(program, end.at, None).map(|at| Some(Bound { at, closed: end.closed })),
    };
    Some(Interval { low: end(&range.low)?, high: end(&range.high)? })
}

fn number(program: &Program, id: ExprId, full: Option<&Number>, steps: &mut u32) -> Option<Number> {
    *steps = steps.checked_sub(1)?;
    let mut of = |id: ExprId| number(program, id, full, steps).filter(|number| number.width() <= WIDEST);
    match &program.expr(id)?.kind {
        ExprKind::Literal(Value::Number(number)) => Some(number.clone()),
        ExprKind::FullMarks => full.cloned(),
        ExprKind::Let(id) => of(program.definition(*id)?.value),
        ExprKind::Negate(inner) => of(*inner).map(|number| -number),
        ExprKind::Arith(op, a, b) => {
            let (a, b) = (of(*a)?, of(*b)?);
            match op {
                Arith::Add => Some(&a + &b),
                Arith::Subtract => Some(&a - &b),
                Arith::Multiply => Some(&a * &b),
                Arith::Divide => a.checked_div(&b),
                Arith::Power => {
                    let exponent = i32::try_from(b.to_i64()?).ok()?;
                    let wide = a.width().saturating_mul(exponent.unsigned_abs().into()) > WIDEST * 64;
                    if wide { None } else { a.checked_pow(exponent) }
                }
            }
        }
        ExprKind::Limit { most, value, bound } => {
            let (value, bound) = (of(*value)?, of(*bound)?);
            Some(if *most { value.min(bound) } else { value.max(bound) })
        }
        ExprKind::Round { value, places, mode, unit } => {
            let scaled = of(*value)?.checked_div(unit)?;
            Some(&scaled.round(*places, *mode) * unit)
        }
        _ => None,
    }
}
