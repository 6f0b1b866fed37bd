//! Functions of lists, each value worked out by itself.

use heng_model::{Rounding, expr::Function};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::{
    fraction::{count, rounded, whole},
    value::{FAULT, Halt, Plain, Yield},
};

/// What a function makes of a list and what stands behind it.
pub fn function(function: Function, list: &[Plain], rest: &[Plain]) -> Yield<Plain> {
    if function == Function::Nth {
        let [place] = rest else { return Err(Halt::Beyond) };
        let place = place.clone().number()?;
        let index = (place - whole(1)).to_integer().to_usize().filter(|_| rest.iter().all(is_whole)).ok_or(FAULT)?;
        return list.get(index).cloned().ok_or(FAULT);
    }
    let numbers = list.iter().cloned().map(Plain::number).collect::<Yield<Vec<BigRational>>>()?;
    let first = |n: usize| numbers.iter().take(n).sum::<BigRational>();
    let each = |value: &dyn Fn(usize) -> Option<BigRational>| {
        let values = (1..=numbers.len()).map(|n| value(n).map(Plain::Number)).collect::<Option<Vec<_>>>();
        values.map(Plain::List).ok_or(FAULT)
    };
    match (function, rest) {
        (Function::RunningTotals, []) => each(&|n| Some(first(n))),
        (Function::CumulativeRound, [Plain::Number(step)]) => {
            if !step.is_positive() && !numbers.is_empty() {
                return Err(FAULT);
            }
            let reached = |n: usize| rounded(&first(n), 0, step, Rounding::HalfUp);
            each(&|n| Some(reached(n)? - reached(n - 1)?))
        }
        (Function::QuantileBetween | Function::QuantileNearest, [Plain::Number(share)]) => {
            quantile(function, numbers, share).map(Plain::Number)
        }
        _ => Err(Halt::Beyond),
    }
}

fn is_whole(value: &Plain) -> bool {
    matches!(value, Plain::Number(number) if number.is_integer() && number.is_positive())
}

fn quantile(function: Function, mut numbers: Vec<BigRational>, share: &BigRational) -> Yield<BigRational> {
    if numbers.is_empty() || share.is_negative() || *share > whole(1) {
        return Err(FAULT);
    }
    numbers.sort();
    let last = numbers.len() - 1;
    if function == Function::QuantileNearest {
        // The first value that so large a share of the list does not exceed.
        let found = numbers.iter().zip(1usize..).find(|(_, n)| count(*n) >= share * count(last + 1));
        return found.map(|(value, _)| value.clone()).ok_or(FAULT);
    }
    let mut value = BigRational::zero();
    for (place, number) in numbers.iter().enumerate() {
        // Each value weighs what its distance from the place leaves of 1.
        let distance = (share * count(last) - count(place)).abs();
        value += number * (whole(1) - distance).max(whole(0));
    }
    Ok(value)
}
