//! Functions of lists: running totals, cumulative rounding, quantiles, a value at a place.

use heng_model::{Number, Rounding, Value, expr::Function, value::Fault};

use crate::{aggregate::numbers, arith};

/// What a function makes of a list and what stands behind it.
///
/// # Errors
/// [`Fault::TooFew`] where the list has no such value, [`Fault::Domain`] for a share outside 0 … 1 or a
/// place that is none, [`Fault::DivisionByZero`] for a step of nought.
pub(crate) fn function(function: Function, list: &[Value], rest: &[Value]) -> Result<Value, Fault> {
    match (function, rest) {
        (Function::RunningTotals, []) => Ok(whole_list(running(&numbers(list)?))),
        (Function::CumulativeRound, [Value::Number(step)]) => rounded(&numbers(list)?, step).map(whole_list),
        (Function::QuantileBetween, [Value::Number(share)]) => between(numbers(list)?, share).map(Value::Number),
        (Function::QuantileNearest, [Value::Number(share)]) => nearest(numbers(list)?, share).map(Value::Number),
        (Function::Nth, [Value::Number(place)]) => {
            let place = place.to_i64().and_then(|place| usize::try_from(place).ok()).filter(|place| *place > 0);
            let place = place.ok_or(Fault::Domain)?;
            list.get(place - 1).cloned().ok_or(Fault::TooFew)
        }
        _ => Err(Fault::Domain),
    }
}

fn whole_list(numbers: Vec<Number>) -> Value {
    Value::List(numbers.into_iter().map(Value::Number).collect())
}

fn running(numbers: &[Number]) -> Vec<Number> {
    let mut total = Number::ZERO;
    let mut totals = Vec::new();
    for number in numbers {
        total = &total + number;
        totals.push(total.clone());
    }
    totals
}

/// Each part is what its running total, rounded, has more than the one before.
fn rounded(numbers: &[Number], step: &Number) -> Result<Vec<Number>, Fault> {
    if step.is_negative() {
        return Err(Fault::Domain);
    }
    let mut before = Number::ZERO;
    let mut parts = Vec::new();
    for total in running(numbers) {
        let steps = arith::divide(&total, step)?.round(0, Rounding::HalfUp);
        let reached = &steps * step;
        parts.push(&reached - &before);
        before = reached;
    }
    Ok(parts)
}

fn sorted(mut numbers: Vec<Number>, share: &Number) -> Result<Vec<Number>, Fault> {
    if numbers.is_empty() {
        return Err(Fault::TooFew);
    }
    if share.is_negative() || *share > Number::ONE {
        return Err(Fault::Domain);
    }
    numbers.sort();
    Ok(numbers)
}

fn between(numbers: Vec<Number>, share: &Number) -> Result<Number, Fault> {
    let numbers = sorted(numbers, share)?;
    let way = &Number::from(numbers.len() - 1) * share;
    let low = way.floor();
    let at = low.to_i64().and_then(|at| usize::try_from(at).ok()).ok_or(Fault::Domain)?;
    let first = numbers.get(at).ok_or(Fault::TooFew)?;
    let next = numbers.get(at + 1).unwrap_or(first);
    Ok(first + &(&(&way - &low) * &(next - first)))
}

fn nearest(numbers: Vec<Number>, share: &Number) -> Result<Number, Fault> {
    let numbers = sorted(numbers, share)?;
    let rank = (&Number::from(numbers.len()) * share).ceil().max(Number::ONE);
    let at = rank.to_i64().and_then(|rank| usize::try_from(rank).ok()).ok_or(Fault::Domain)?;
    numbers.get(at - 1).cloned().ok_or(Fault::TooFew)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(text: &str) -> Vec<Value> {
        text.split_whitespace().map(|number| Value::Number(number.parse().unwrap())).collect()
    }

    fn number(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    #[test]
    fn lists_as_they_are_worked_out_by_hand() {
        let thirds = list("1/3 1/3 1/3");
        assert_eq!(
            function(Function::CumulativeRound, &thirds, &[number("0.01")]),
            Ok(Value::List(list("0.33 0.34 0.33")))
        );
        assert_eq!(function(Function::RunningTotals, &list("1 2 3.5"), &[]), Ok(Value::List(list("1 3 6.5"))));
        let four = list("4 1 3 2");
        for (share, inside, near) in [("0", "1", "1"), ("0.75", "3.25", "3"), ("0.5", "2.5", "2"), ("1", "4", "4")] {
            assert_eq!(function(Function::QuantileBetween, &four, &[number(share)]), Ok(number(inside)), "{share}");
            assert_eq!(function(Function::QuantileNearest, &four, &[number(share)]), Ok(number(near)), "{share}");
        }
        assert_eq!(function(Function::Nth, &four, &[number("2")]), Ok(number("1")));
    }

    #[test]
    fn what_is_not_there_is_a_fault() {
        assert_eq!(function(Function::QuantileBetween, &[], &[number("0.5")]), Err(Fault::TooFew));
        assert_eq!(function(Function::QuantileNearest, &list("1"), &[number("1.01")]), Err(Fault::Domain));
        assert_eq!(function(Function::CumulativeRound, &list("1"), &[number("0")]), Err(Fault::DivisionByZero));
        assert_eq!(function(Function::Nth, &list("1"), &[number("2")]), Err(Fault::TooFew));
        assert_eq!(function(Function::Nth, &list("1"), &[number("0")]), Err(Fault::Domain));
    }

    proptest! {
        #[test]
        fn rounded_parts_add_up_and_stay_near(parts in proptest::collection::vec(0i64..10_000, 1..12), step in 1i64..50) {
            let parts: Vec<Number> = parts.into_iter().map(|part| Number::scaled(part.into(), 2)).collect();
            let step = Number::scaled(step.into(), 1);
            let rounded = rounded(&parts, &step).unwrap();
            let sum: Number = parts.iter().cloned().sum();
            let whole = &sum.checked_div(&step).unwrap().round(0, Rounding::HalfUp) * &step;
            prop_assert_eq!(rounded.iter().cloned().sum::<Number>(), whole);
            for (part, rounded) in parts.iter().zip(&rounded) {
                prop_assert!((part - rounded).abs() <= step);
            }
        }
    }
}
