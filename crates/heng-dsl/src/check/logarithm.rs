//! Coarse, sure bounds of logarithms, enough to see that ln 75000 − ln 100 is no nought.

use heng_model::{
    Number,
    expr::Function,
    schema::{Bound, Interval},
};

/// ln 2 and log10 2 lie between these two, in millionths.
fn of_two(function: Function) -> Option<[i128; 2]> {
    match function {
        Function::Ln => Some([693_147, 693_148]),
        Function::Log10 => Some([301_029, 301_030]),
        _ => None,
    }
}

/// In what range the logarithm of a number of this range lies.
pub fn range(function: Function, of: &Interval<Number>) -> Interval<Number> {
    let end = |end: &Option<Bound<Number>>, upper: bool| {
        let end = end.as_ref().filter(|end| end.at.signum() > 0)?;
        Some(Bound { at: bound(function, &end.at, upper)?, closed: true })
    };
    Interval { low: end(&of.low, false), high: end(&of.high, true) }
}

/// A number that the logarithm does not pass: 2^k ≤ x < 2^(k + 1).
fn bound(function: Function, number: &Number, upper: bool) -> Option<Number> {
    if *number == Number::ONE {
        return Some(Number::ZERO);
    }
    let (num, den) = number.to_parts();
    let mut twos = i128::from(num.bits()) - i128::from(den.bits());
    let power = Number::from(2).checked_pow(i32::try_from(twos).ok()?)?;
    if *number < power {
        twos -= 1;
    }
    let twos = if upper && *number != power { twos + 1 } else { twos };
    let [low, high] = of_two(function)?;
    let factor = if upper == (twos > 0) { high } else { low };
    Some(Number::scaled(twos * factor, 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_lie_on_both_sides() {
        for (number, below, above) in
            [(75_000, "11.2252", "11.2253"), (100, "4.6051", "4.6052"), (2, "0.6931472", "0.6931471")]
        {
            let [low, high] = [false, true].map(|upper| bound(Function::Ln, &Number::from(number), upper).unwrap());
            assert!(low <= below.parse().unwrap() && high >= above.parse().unwrap(), "{number}: {low} {high}");
        }
        let tenth = Number::scaled(1, 1);
        let [low, high] = [false, true].map(|upper| bound(Function::Log10, &tenth, upper).unwrap());
        assert!(low <= Number::from(-1) && high >= Number::from(-1), "{low} {high}");
    }
}
