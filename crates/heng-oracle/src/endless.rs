//! Roots and logarithms to a hundred digits, by methods of their own: roots by halving, logarithms by
//! Mercator's series. Enough for whatever is rounded to a few places and does not stand on a boundary.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use crate::fraction::whole;

/// Decimals that are kept.
const DIGITS: u32 = 100;

fn scale() -> BigRational {
    BigRational::from_integer(BigInt::from(10).pow(DIGITS))
}

/// Cut off behind the last digit that is kept.
fn cut(value: &BigRational) -> BigRational {
    (value * scale()).trunc() / scale()
}

/// The root of a number from nought on; the root itself where it is a fraction of small numbers.
pub fn root(value: &BigRational, degree: u32) -> Option<BigRational> {
    if value.is_negative() || degree == 0 || degree > 64 {
        return None;
    }
    let power = |root: &BigRational| (0..degree).fold(BigRational::one(), |product, _| product * root);
    let (mut low, mut high) = (whole(0), value.max(&whole(1)).clone());
    for _ in 0..400 {
        let middle = cut(&((&low + &high) / whole(2)));
        if power(&middle) <= *value { low = middle } else { high = middle }
    }
    let exact = BigRational::new(whole_root(value.numer(), degree)?, whole_root(value.denom(), degree)?);
    Some(if power(&exact) == *value { exact } else { low })
}

fn whole_root(value: &BigInt, degree: u32) -> Option<BigInt> {
    (!value.is_negative()).then(|| value.nth_root(degree))
}

/// The natural logarithm: halves and quarters are taken off until the rest is near one.
pub fn ln(value: &BigRational) -> Option<BigRational> {
    if !value.is_positive() {
        return None;
    }
    let step = BigRational::new(3.into(), 2.into());
    let (mut rest, mut steps) = (value.clone(), 0);
    while rest > step {
        rest /= &step;
        steps += 1;
    }
    while rest < whole(1) / &step {
        rest *= &step;
        steps -= 1;
    }
    Some(cut(&(mercator(&rest) + mercator(&step) * whole(steps))))
}

/// ln (1 + z) for a z of at most a half.
fn mercator(value: &BigRational) -> BigRational {
    let z = value - whole(1);
    let (mut power, mut sum, mut count) = (z.clone(), BigRational::zero(), 1);
    while !cut(&power).is_zero() && count < 2_000 {
        let term = &power / whole(count);
        sum = if count % 2 == 1 { sum + term } else { sum - term };
        sum = cut(&(sum * whole(1)));
        power = cut(&(power * &z));
        count += 1;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_digits() {
        let digits = |value: BigRational| (value * whole(1_000_000_000)).round().to_integer();
        assert_eq!(digits(ln(&whole(10)).unwrap()), BigInt::from(2_302_585_093_i64));
        assert_eq!(digits(ln(&BigRational::new(1.into(), 7.into())).unwrap()), BigInt::from(-1_945_910_149_i64));
        assert_eq!(digits(root(&whole(2), 2).unwrap()), BigInt::from(1_414_213_562_i64));
        assert_eq!(root(&BigRational::new(8.into(), 27.into()), 3), Some(BigRational::new(2.into(), 3.into())));
        assert_eq!(root(&whole(-1), 2), None);
    }
}
