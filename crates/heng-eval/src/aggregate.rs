//! What a fold makes of its values.

use heng_model::{Number, Value, expr::FoldOp, value::Fault};

use crate::{arith, root};

/// Values and, for a weighted mean, their weights.
pub(crate) struct Terms {
    pub values: Vec<Value>,
    pub weights: Vec<Number>,
}

/// What `op` makes of the values.
///
/// # Errors
/// [`Fault::TooFew`] where there is nothing to take a mean or an extreme of, [`Fault::Domain`] for
/// values of the wrong kind.
pub(crate) fn aggregate(op: FoldOp, terms: Terms) -> Result<Value, Fault> {
    match op {
        FoldOp::Sum => Ok(Value::Number(numbers(&terms.values)?.into_iter().sum())),
        FoldOp::Count => Ok(Value::Number(Number::from(terms.values.len()))),
        FoldOp::Exists => Ok(Value::Bool(!terms.values.is_empty())),
        FoldOp::List => Ok(Value::List(terms.values)),
        FoldOp::Min => extreme(&terms.values, false),
        FoldOp::Max => extreme(&terms.values, true),
        FoldOp::Mean => mean(&numbers(&terms.values)?).map(Value::Number),
        FoldOp::WeightedMean => weighted_mean(&numbers(&terms.values)?, &terms.weights).map(Value::Number),
        FoldOp::HarmonicMean => harmonic_mean(&numbers(&terms.values)?).map(Value::Number),
        FoldOp::GeometricMean => geometric_mean(&numbers(&terms.values)?).map(Value::Number),
        FoldOp::Median => median(numbers(&terms.values)?).map(Value::Number),
        FoldOp::Share => Err(Fault::Domain),
    }
}

/// The values as numbers.
pub(crate) fn numbers(values: &[Value]) -> Result<Vec<Number>, Fault> {
    values.iter().map(|value| value.as_number().cloned().ok_or(Fault::Domain)).collect()
}

/// The largest or the smallest value.
pub(crate) fn extreme(values: &[Value], largest: bool) -> Result<Value, Fault> {
    let (first, rest) = values.split_first().ok_or(Fault::TooFew)?;
    arith::order(first, first).ok_or(Fault::Domain)?;
    rest.iter()
        .try_fold(first, |best, value| {
            let order = arith::order(value, best)?;
            Some(if (largest && order.is_gt()) || (!largest && order.is_lt()) { value } else { best })
        })
        .cloned()
        .ok_or(Fault::Domain)
}

fn mean(numbers: &[Number]) -> Result<Number, Fault> {
    let total: Number = numbers.iter().cloned().sum();
    total.checked_div(&Number::from(numbers.len())).ok_or(Fault::TooFew)
}

fn weighted_mean(numbers: &[Number], weights: &[Number]) -> Result<Number, Fault> {
    if numbers.is_empty() {
        return Err(Fault::TooFew);
    }
    if numbers.len() != weights.len() {
        return Err(Fault::Domain);
    }
    let weighted: Number = numbers.iter().zip(weights).map(|(number, weight)| number * weight).sum();
    arith::divide(&weighted, &weights.iter().cloned().sum())
}

fn harmonic_mean(numbers: &[Number]) -> Result<Number, Fault> {
    if numbers.is_empty() {
        return Err(Fault::TooFew);
    }
    let inverses: Vec<Number> =
        numbers.iter().map(|number| arith::divide(&Number::ONE, number)).collect::<Result<_, _>>()?;
    arith::divide(&Number::from(numbers.len()), &inverses.into_iter().sum())
}

fn geometric_mean(numbers: &[Number]) -> Result<Number, Fault> {
    let degree = u32::try_from(numbers.len()).ok().filter(|count| *count > 0).ok_or(Fault::TooFew)?;
    if numbers.iter().any(Number::is_negative) {
        return Err(Fault::Domain);
    }
    let product = numbers.iter().fold(Number::ONE, |product, number| &product * number);
    root::nth_root(&product, degree)
}

fn median(mut numbers: Vec<Number>) -> Result<Number, Fault> {
    numbers.sort();
    let count = numbers.len();
    let middle = numbers.get(count.saturating_sub(1) / 2..=count / 2).ok_or(Fault::TooFew)?;
    if count % 2 == 1 { middle.last().cloned().ok_or(Fault::TooFew) } else { mean(middle) }
}
