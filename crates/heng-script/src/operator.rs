//! The operators, defined once for all kinds of values. The engine's own would round silently, cut
//! quotients of whole numbers, and call values of different kinds merely unequal.

use std::cmp::Ordering;

use heng_model::{Number, calendar::add_days};
use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext};

use crate::{
    sandbox::passing,
    value::{Absent, Day, Outcome, as_number, as_text, decimal, show, spread, trouble},
    wording,
};

/// Gives the engine its operators. Each leaves its place behind, for the limits that have none.
pub(crate) fn register(engine: &mut Engine) {
    for sign in ["+", "-", "*", "/", "%"] {
        engine.register_fn(sign, move |at: NativeCallContext, a: Dynamic, b: Dynamic| {
            passing(at.call_position());
            compute(sign, a, b)
        });
    }
    for (assign, sign) in [("+=", "+"), ("-=", "-"), ("*=", "*"), ("/=", "/"), ("%=", "%")] {
        engine.register_fn(assign, move |at: NativeCallContext, a: &mut Dynamic, b: Dynamic| -> Outcome<()> {
            passing(at.call_position());
            let taken = std::mem::take(a);
            *a = compute(sign, taken, b)?;
            Ok(())
        });
    }
    engine.register_fn("-", |a: Dynamic| compute("-", Dynamic::from(0_i64), a));
    engine.register_fn("!", |a: Dynamic| a.as_bool().map(|yes| !yes).map_err(|_| refuse("!", &a, None)));
    register_comparison(engine, "==", equal);
    register_comparison(engine, "!=", |sign, a, b| equal(sign, a, b).map(|same| !same));
    register_comparison(engine, "<", |sign, a, b| order(sign, a, b).map(Ordering::is_lt));
    register_comparison(engine, "<=", |sign, a, b| order(sign, a, b).map(Ordering::is_le));
    register_comparison(engine, ">", |sign, a, b| order(sign, a, b).map(Ordering::is_gt));
    register_comparison(engine, ">=", |sign, a, b| order(sign, a, b).map(Ordering::is_ge));
}

fn register_comparison(
    engine: &mut Engine,
    sign: &'static str,
    compare: impl Fn(&str, &Dynamic, &Dynamic) -> Outcome<bool> + Send + Sync + 'static,
) {
    engine.register_fn(sign, move |at: NativeCallContext, a: Dynamic, b: Dynamic| {
        passing(at.call_position());
        compare(sign, &a, &b)
    });
}

/// A state among the operands, or the message that these two do not go together.
fn refuse(sign: &str, a: &Dynamic, b: Option<&Dynamic>) -> Box<rhai::EvalAltResult> {
    let absent = |value: &Dynamic| value.read_lock::<Absent>().map(|absent| absent.clone());
    match absent(a).or_else(|| b.and_then(absent)) {
        Some(absent) => spread(absent),
        None => trouble(wording::operands(sign, &wording::kind(a), b.map(wording::kind).as_ref())),
    }
}

fn compute(sign: &str, a: Dynamic, b: Dynamic) -> Outcome<Dynamic> {
    if let (Some(x), Some(y)) = (as_number(&a), as_number(&b)) {
        let whole = a.is_int() && b.is_int() && sign != "/";
        return arithmetic(sign, &x, &y, whole);
    }
    let day = |value: &Dynamic| value.read_lock::<Day>().map(|day| *day);
    match (sign, day(&a), day(&b)) {
        ("-", Some(to), Some(from)) => return Ok(days_between(from, to).into()),
        ("+", Some(start), None) if b.is_int() => return shift(start, b.as_int().unwrap_or(0)),
        ("+", None, Some(start)) if a.is_int() => return shift(start, a.as_int().unwrap_or(0)),
        ("-", Some(start), None) if b.is_int() => return shift(start, b.as_int().unwrap_or(0).saturating_neg()),
        _ => {}
    }
    if sign == "+" { join(a, b) } else { Err(refuse(sign, &a, Some(&b))) }
}

/// Exact, or an error: a decimal has room for 28 digits.
fn arithmetic(sign: &str, x: &Number, y: &Number, whole: bool) -> Outcome<Dynamic> {
    let result = match sign {
        "+" => x + y,
        "-" => x - y,
        "*" => x * y,
        _ if y.is_zero() => return Err(trouble(wording::division_by_zero())),
        "/" => x.checked_div(y).unwrap_or(Number::ZERO),
        _ => remainder(x, y),
    };
    if whole {
        return result.to_i64().map(Dynamic::from).ok_or_else(|| trouble(wording::too_large()));
    }
    match decimal(&result) {
        Some(decimal) => Ok(decimal.into()),
        None if sign == "/" => Err(trouble(wording::inexact_quotient())),
        None => Err(trouble(wording::too_many_digits())),
    }
}

/// What is left after whole steps toward nought.
fn remainder(x: &Number, y: &Number) -> Number {
    let quotient = x.checked_div(y).unwrap_or(Number::ZERO);
    let steps = quotient.round(0, heng_model::Rounding::Down);
    x - &(&steps * y)
}

/// Days from one date to another.
pub(crate) fn days_between(from: Day, to: Day) -> i64 {
    (to.0 - from.0).get_days().into()
}

fn shift(start: Day, days: i64) -> Outcome<Dynamic> {
    add_days(start.0, days).map(|date| Dynamic::from(Day(date))).ok_or_else(|| trouble(wording::no_such_date()))
}

/// Text and anything that can be said; arrays; maps, the right one winning.
fn join(mut a: Dynamic, b: Dynamic) -> Outcome<Dynamic> {
    if a.is::<Absent>() || b.is::<Absent>() {
        return Err(refuse("+", &a, Some(&b)));
    }
    if as_text(&a).is_some() || as_text(&b).is_some() {
        return Ok(ImmutableString::from(show(&a) + show(&b).as_str()).into());
    }
    if a.is_array() && b.is_array() {
        let more = b.into_array().unwrap_or_default();
        if let Some(mut array) = a.write_lock::<Array>() {
            array.extend(more);
        }
        return Ok(a);
    }
    if a.is_map() && b.is_map() {
        let more = b.try_cast::<Map>().unwrap_or_default();
        if let Some(mut map) = a.write_lock::<Map>() {
            map.extend(more);
        }
        return Ok(a);
    }
    Err(refuse("+", &a, Some(&b)))
}

/// Whether two values of one kind are equal. Numbers compare by value, arrays and maps element by
/// element.
pub(crate) fn equal(sign: &str, a: &Dynamic, b: &Dynamic) -> Outcome<bool> {
    if let (Ok(x), Ok(y)) = (a.as_bool(), b.as_bool()) {
        return Ok(x == y);
    }
    if let (Some(x), Some(y)) = (a.read_lock::<Array>(), b.read_lock::<Array>()) {
        return Ok(x.len() == y.len() && all_equal(sign, x.iter().zip(y.iter()))?);
    }
    if let (Some(x), Some(y)) = (a.read_lock::<Map>(), b.read_lock::<Map>()) {
        return Ok(x.keys().eq(y.keys()) && all_equal(sign, x.values().zip(y.values()))?);
    }
    if a.is_unit() && b.is_unit() {
        return Ok(true);
    }
    order(sign, a, b).map(Ordering::is_eq)
}

fn all_equal<'a>(sign: &str, mut pairs: impl Iterator<Item = (&'a Dynamic, &'a Dynamic)>) -> Outcome<bool> {
    pairs.try_fold(true, |same, (x, y)| Ok(same && equal(sign, x, y)?))
}

/// The order of two numbers, dates or texts.
pub(crate) fn order(sign: &str, a: &Dynamic, b: &Dynamic) -> Outcome<Ordering> {
    if let (Some(x), Some(y)) = (as_number(a), as_number(b)) {
        return Ok(x.cmp(&y));
    }
    if let (Some(x), Some(y)) = (a.read_lock::<Day>(), b.read_lock::<Day>()) {
        return Ok(x.cmp(&y));
    }
    if let (Some(x), Some(y)) = (as_text(a), as_text(b)) {
        return Ok(x.cmp(&y));
    }
    Err(refuse(sign, a, Some(b)))
}
