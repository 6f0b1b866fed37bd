//! Arithmetic and order. Everything is exact; a number that grows beyond all use is a fault.

use std::cmp::Ordering;

use heng_model::{
    Number, Rounding, Value,
    calendar::add_days,
    expr::{Arith, ExprId},
    value::Fault,
};

use crate::{
    engine::Engine,
    frame::Scope,
    halt::{Eval, Site},
    root,
};

/// The longest number that is computed with, in binary digits of numerator and denominator.
const WIDEST: u64 = 1 << 15;

/// The most decimals that a rounding may ask for.
const MOST_PLACES: u32 = 60;

impl Engine<'_> {
    /// −a.
    pub fn negate(&mut self, of: ExprId, scope: &Scope, site: Site) -> Eval {
        Ok(Value::Number(-self.number(0, of, scope, site)?))
    }

    /// a + b and so on. A date plus a limit is the day on which the limit ends; two dates differ by
    /// calendar days.
    pub fn arith(&mut self, operator: Arith, a: ExprId, b: ExprId, scope: &Scope, site: Site) -> Eval {
        let left = self.operand(0, a, scope)?;
        let right = self.operand(1, b, scope)?;
        match (left, right) {
            (Value::Number(a), Value::Number(b)) => {
                let number = calculate(operator, &a, &b).map_err(|fault| site.fault(fault))?;
                self.sized(number, site)
            }
            (Value::Date(day), Value::Number(days)) if operator == Arith::Add => {
                self.end_of_limit(day, &days, self.quantity(b), site).map(Value::Date)
            }
            (Value::Number(days), Value::Date(day)) if operator == Arith::Add => {
                self.end_of_limit(day, &days, self.quantity(a), site).map(Value::Date)
            }
            (left, right) => date_minus(operator, &left, &right).ok_or_else(|| site.misfit()),
        }
    }

    /// A number as a value, unless it is too long to go on with.
    pub fn sized(&self, number: Number, site: Site) -> Eval {
        if number.width() > WIDEST { Err(site.misfit()) } else { Ok(Value::Number(number)) }
    }
}

fn calculate(operator: Arith, a: &Number, b: &Number) -> Result<Number, Fault> {
    match operator {
        Arith::Add => Ok(a + b),
        Arith::Subtract => Ok(a - b),
        Arith::Multiply => Ok(a * b),
        Arith::Divide => divide(a, b),
        Arith::Power => power(a, b),
    }
}

fn date_minus(operator: Arith, left: &Value, right: &Value) -> Option<Value> {
    match (operator, left, right) {
        (Arith::Subtract, Value::Date(day), Value::Number(days)) => {
            add_days(*day, days.to_i64()?.checked_neg()?).map(Value::Date)
        }
        (Arith::Subtract, Value::Date(_), Value::Date(_)) => distance(right, left).map(Value::Number),
        _ => None,
    }
}

/// a ÷ b.
pub(crate) fn divide(a: &Number, b: &Number) -> Result<Number, Fault> {
    a.checked_div(b).ok_or(Fault::DivisionByZero)
}

/// a to the power of b, where that is a fraction of whole numbers.
fn power(base: &Number, exponent: &Number) -> Result<Number, Fault> {
    if base.is_zero() && exponent.is_negative() {
        return Err(Fault::DivisionByZero);
    }
    let (num, den) = exponent.to_parts();
    let whole = i32::try_from(num).map_err(|_| Fault::Domain)?;
    let degree = u32::try_from(den).map_err(|_| Fault::Domain)?;
    let (top, bottom) = base.to_parts();
    let width = top.bits().max(bottom.bits());
    if width.saturating_mul(u64::from(whole.unsigned_abs())) > WIDEST {
        return Err(Fault::Domain);
    }
    root::nth_root(base, degree)?.checked_pow(whole).ok_or(Fault::Domain)
}

/// Rounds in `unit`.
pub(crate) fn round(number: &Number, places: u32, mode: Rounding, unit: &Number) -> Result<Number, Fault> {
    if places > MOST_PLACES {
        return Err(Fault::Domain);
    }
    Ok(&divide(number, unit)?.round(places, mode) * unit)
}

/// How far it is from one number or date to another; between dates, in calendar days.
pub(crate) fn distance(from: &Value, to: &Value) -> Option<Number> {
    match (from, to) {
        (Value::Number(from), Value::Number(to)) => Some(to - from),
        (Value::Date(from), Value::Date(to)) => Some(Number::from(days_between(*from, *to)?)),
        _ => None,
    }
}

/// Calendar days from one date to another.
pub(crate) fn days_between(from: heng_model::Date, to: heng_model::Date) -> Option<i64> {
    from.until(to).ok().map(|span| i64::from(span.get_days()))
}

/// The order of two numbers or two dates.
pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Whether two values of one kind are equal; `None` when they are of different kinds.
pub(crate) fn equal(a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Some(a == b),
        (Value::Bool(a), Value::Bool(b)) => Some(a == b),
        (Value::List(a), Value::List(b)) if a.len() != b.len() => Some(false),
        (Value::List(a), Value::List(b)) => {
            a.iter().zip(b).map(|(a, b)| equal(a, b)).try_fold(true, |all, one| Some(all && one?))
        }
        _ => order(a, b).map(Ordering::is_eq),
    }
}
