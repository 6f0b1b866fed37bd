//! Exact numbers: big fractions, and rounding by long division.

use heng_model::{Number, Rounding};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// The number as a fraction.
pub fn fraction(number: &Number) -> BigRational {
    let (numerator, denominator) = number.to_parts();
    BigRational::new(numerator, denominator)
}

/// A whole number.
pub fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

/// How many there are.
pub fn count(number: usize) -> BigRational {
    BigRational::from_integer(number.into())
}

/// The quotient; none when the divisor is nought.
pub fn quotient(left: &BigRational, right: &BigRational) -> Option<BigRational> {
    (!right.is_zero()).then(|| left / right)
}

/// The whole number nearest in the sense of `mode`.
pub fn to_whole(value: &BigRational, mode: Rounding) -> BigInt {
    let toward = value.numer() / value.denom();
    let rest = (value - BigRational::from_integer(toward.clone())).abs();
    if rest.is_zero() {
        return toward;
    }
    let negative = value.is_negative();
    let twice = rest * whole(2);
    let (tie, over) = (twice == whole(1), twice > whole(1));
    let odd = !(&toward % BigInt::from(2)).is_zero();
    let away = match mode {
        Rounding::HalfUp => over || tie,
        Rounding::HalfDown => over,
        Rounding::HalfEven => over || (tie && odd),
        Rounding::Up => true,
        Rounding::Down => false,
        Rounding::Floor => negative,
        Rounding::Ceiling => !negative,
    };
    match (away, negative) {
        (false, _) => toward,
        (true, false) => toward + 1,
        (true, true) => toward - 1,
    }
}

/// `value` brought to `places` decimals of `unit`; none when the unit is nought.
pub fn rounded(value: &BigRational, places: u32, unit: &BigRational, mode: Rounding) -> Option<BigRational> {
    let scale = BigRational::from_integer(BigInt::from(10).pow(places));
    let units = quotient(value, unit)? * &scale;
    Some(BigRational::from_integer(to_whole(&units, mode)) / scale * unit)
}

/// `base` to a whole power; none for nought to a negative one.
pub fn power(base: &BigRational, exponent: &BigRational) -> Option<BigRational> {
    let wanted: i32 = exponent.is_integer().then(|| exponent.numer().try_into().ok()).flatten()?;
    if base.is_zero() && wanted < 0 {
        return None;
    }
    let mut product = whole(1);
    for _ in 0..wanted.unsigned_abs() {
        product *= base;
    }
    Some(if wanted < 0 { whole(1) / product } else { product })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_on_both_sides_of_nought() {
        let modes = [
            Rounding::HalfUp,
            Rounding::HalfEven,
            Rounding::HalfDown,
            Rounding::Up,
            Rounding::Down,
            Rounding::Floor,
            Rounding::Ceiling,
        ];
        for (tenths, expected) in [
            (25, [3, 2, 2, 3, 2, 2, 3]),
            (35, [4, 4, 3, 4, 3, 3, 4]),
            (-25, [-3, -2, -2, -3, -2, -3, -2]),
            (26, [3, 3, 3, 3, 2, 2, 3]),
            (24, [2, 2, 2, 3, 2, 2, 3]),
            (20, [2; 7]),
        ] {
            let value = BigRational::new(tenths.into(), 10.into());
            assert_eq!(modes.map(|mode| to_whole(&value, mode)), expected.map(BigInt::from), "{value}");
        }
    }

    #[test]
    fn a_place_is_a_place_of_the_unit() {
        let value = BigRational::new(12_345.into(), 1.into());
        let rounded = rounded(&value, 1, &whole(10_000), Rounding::HalfUp);
        assert_eq!(rounded, Some(whole(12_000)));
    }
}
