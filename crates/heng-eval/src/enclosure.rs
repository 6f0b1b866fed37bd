//! A number between two decimals. Roots and logarithms never end; what is known of them is that they
//! lie between two decimals of so many places, and every operation keeps that true: the lower end is
//! rounded down, the upper end up.

use heng_model::{Number, Rounding, value::Fault};
use num_bigint::BigInt;

use crate::root::HIGHEST_DEGREE;

/// Binary digits beyond those asked for, in which the errors of a series disappear.
const GUARD: u64 = 64;
/// The longest number of which a root is taken, in decimals times degree.
const LONGEST_ROOT: u64 = 1 << 15;

/// A number that is not below `low` and not above `high`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Enclosure {
    pub low: Number,
    pub high: Number,
}

impl Enclosure {
    /// A number that is known exactly.
    pub fn exact(number: Number) -> Enclosure {
        Enclosure { low: number.clone(), high: number }
    }

    /// The ends as decimals of `digits` places, rounded outward.
    fn outward(low: &Number, high: &Number, digits: u32) -> Enclosure {
        Enclosure { low: low.round(digits, Rounding::Floor), high: high.round(digits, Rounding::Ceiling) }
    }

    pub fn negated(self) -> Enclosure {
        Enclosure { low: -self.high, high: -self.low }
    }

    pub fn plus(&self, other: &Enclosure) -> Enclosure {
        Enclosure { low: &self.low + &other.low, high: &self.high + &other.high }
    }

    pub fn times(&self, other: &Enclosure, digits: u32) -> Enclosure {
        let products =
            [&self.low * &other.low, &self.low * &other.high, &self.high * &other.low, &self.high * &other.high];
        let (low, high) = products.iter().fold((&products[0], &products[0]), |(low, high), next| {
            (if next < low { next } else { low }, if next > high { next } else { high })
        });
        Enclosure::outward(low, high, digits)
    }

    /// 1 ÷ self.
    ///
    /// # Errors
    /// [`Fault::DivisionByZero`] for nought, [`Fault::Precision`] while nought is not ruled out.
    pub fn inverse(&self, digits: u32) -> Result<Enclosure, Fault> {
        if self.low.is_zero() && self.high.is_zero() {
            return Err(Fault::DivisionByZero);
        }
        if self.low.signum() <= 0 && self.high.signum() >= 0 {
            return Err(Fault::Precision);
        }
        let turned = |number: &Number| Number::ONE.checked_div(number).ok_or(Fault::DivisionByZero);
        Ok(Enclosure::outward(&turned(&self.high)?, &turned(&self.low)?, digits))
    }

    /// The smaller of the two, or the larger.
    pub fn limited(self, bound: Enclosure, most: bool) -> Enclosure {
        let pick = |a: Number, b: Number| if most { a.min(b) } else { a.max(b) };
        Enclosure { low: pick(self.low, bound.low), high: pick(self.high, bound.high) }
    }

    /// The root of a number that is not below nought.
    ///
    /// # Errors
    /// [`Fault::Domain`] below nought or for a degree out of bounds, [`Fault::Precision`] for too long a root.
    pub fn root(&self, degree: u32, digits: u32) -> Result<Enclosure, Fault> {
        if self.high.is_negative() || degree == 0 || degree > HIGHEST_DEGREE {
            return Err(Fault::Domain);
        }
        if self.low.is_negative() || u64::from(degree) * u64::from(digits) > LONGEST_ROOT {
            return Err(Fault::Precision);
        }
        let (low, _) = root_between(&self.low, degree, digits).ok_or(Fault::Domain)?;
        let (_, high) = root_between(&self.high, degree, digits).ok_or(Fault::Domain)?;
        Ok(Enclosure { low, high })
    }

    /// The natural logarithm of a number above nought.
    ///
    /// # Errors
    /// [`Fault::Domain`] for nought and below, [`Fault::Precision`] while nought is not ruled out.
    pub fn ln(&self, digits: u32) -> Result<Enclosure, Fault> {
        if self.high.signum() <= 0 {
            return Err(Fault::Domain);
        }
        if self.low.signum() <= 0 {
            return Err(Fault::Precision);
        }
        let (low, _) = ln_between(&self.low, digits).ok_or(Fault::Domain)?;
        let (_, high) = ln_between(&self.high, digits).ok_or(Fault::Domain)?;
        Ok(Enclosure::outward(&low, &high, digits))
    }

    /// The number to the power of a fraction of whole numbers.
    ///
    /// # Errors
    /// As [`Enclosure::root`] and [`Enclosure::inverse`].
    pub fn power(&self, exponent: &Number, digits: u32) -> Result<Enclosure, Fault> {
        let (num, den) = exponent.to_parts();
        let whole = i32::try_from(num).map_err(|_| Fault::Domain)?;
        let degree = u32::try_from(den).map_err(|_| Fault::Domain)?;
        if whole.unsigned_abs() > HIGHEST_DEGREE {
            return Err(Fault::Domain);
        }
        let root = if degree == 1 { self.clone() } else { self.root(degree, digits)? };
        let one = Enclosure::exact(Number::ONE);
        let product = (0..whole.unsigned_abs()).fold(one, |product, _| product.times(&root, digits));
        if whole < 0 { product.inverse(digits) } else { Ok(product) }
    }
}

/// Two decimals with the root between them.
fn root_between(number: &Number, degree: u32, digits: u32) -> Option<(Number, Number)> {
    let (num, den) = number.to_parts();
    let scale = BigInt::from(10).pow(digits);
    let below = (num * scale.pow(degree) / den).nth_root(degree);
    let low = Number::from_parts(below.clone(), scale.clone())?;
    let high = Number::from_parts(below + 1, scale)?;
    Some((low, high))
}

/// Two fractions with the natural logarithm between them: ln x = ln m + k ln 2 with x = m 2^k and m between
/// a half and two, and ln m = 2 artanh ((m − 1) ÷ (m + 1)).
///
/// # Units
/// Numbers of the series are whole multiples of 2^−bits. Each power of the argument and each division
/// is off by less than three of these, the argument is at most a third, so there are fewer terms than
/// bits, and 16 × bits × (|k| + 1) bounds what both series together can be off.
fn ln_between(number: &Number, digits: u32) -> Option<(Number, Number)> {
    let (mut num, mut den) = number.to_parts();
    let bits = u64::from(digits) * 4 + GUARD;
    let twos = i64::try_from(num.bits()).ok()? - i64::try_from(den.bits()).ok()?;
    if twos >= 0 {
        den <<= twos.unsigned_abs();
    } else {
        num <<= twos.unsigned_abs();
    }
    let reduced = artanh(&num - &den, &num + &den, bits);
    let two = artanh(BigInt::from(1), BigInt::from(3), bits);
    let sum: BigInt = (reduced + two * twos) * 2;
    let error = BigInt::from(16 * bits) * (BigInt::from(twos.unsigned_abs()) + 1);
    let unit = BigInt::from(1) << bits;
    Some((Number::from_parts(&sum - &error, unit.clone())?, Number::from_parts(sum + error, unit)?))
}

/// artanh (num ÷ den) for a fraction of at most a third, in multiples of 2^−bits.
fn artanh(num: BigInt, den: BigInt, bits: u64) -> BigInt {
    let argument = (num << bits) / den;
    let square = (&argument * &argument) >> bits;
    let (mut power, mut sum, mut odd) = (argument, BigInt::ZERO, 1u64);
    while power != BigInt::ZERO && odd <= 2 * bits {
        sum += &power / odd;
        // Toward nought on both sides, so that the powers of a negative argument come to an end, too.
        power = &power * &square / (BigInt::from(1) << bits);
        odd += 2;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        text.parse().unwrap()
    }

    /// Known digits lie inside, and the ends are as close as was asked for.
    fn holds(found: &Enclosure, known: &str) {
        let short = n(known);
        let last = Number::scaled(1, u32::try_from(known.split('.').nth(1).unwrap().len()).unwrap());
        assert!(found.low <= &short + &last && &short - &last <= found.high, "{known} {found:?}");
        assert!(&found.high - &found.low < Number::scaled(1, 28), "{known} {found:?}");
    }

    #[test]
    fn logarithms_have_the_published_digits() {
        for (number, known) in [
            ("2", "0.693147180559945309417232121458"),
            ("10", "2.302585092994045684017991454684"),
            ("0.5", "-0.693147180559945309417232121458"),
            ("75000", "11.225243392518447492650738267427"),
            ("1.0000000001", "0.000000000099999999995000000000"),
        ] {
            holds(&Enclosure::exact(n(number)).ln(30).unwrap(), known);
        }
    }

    #[test]
    fn roots_have_the_published_digits() {
        for (number, degree, known) in [
            ("2", 2, "1.414213562373095048801688724209"),
            ("2", 3, "1.259921049894873164767210607278"),
            ("0.1", 2, "0.316227766016837933199889354443"),
        ] {
            holds(&Enclosure::exact(n(number)).root(degree, 30).unwrap(), known);
        }
        assert_eq!(Enclosure::exact(n("-1")).root(2, 30), Err(Fault::Domain));
    }

    #[test]
    fn ends_stay_around_the_value() {
        let two = Enclosure::exact(n("2")).root(2, 40).unwrap();
        let square = two.times(&two, 40);
        assert!(square.low <= n("2") && n("2") <= square.high);
        let quarter = Enclosure::exact(n("16")).power(&n("-1/2"), 40).unwrap();
        assert!(quarter.low <= n("0.25") && n("0.25") <= quarter.high);
        let around = Enclosure { low: n("-1"), high: n("1") };
        assert_eq!(around.inverse(10), Err(Fault::Precision));
        assert_eq!(around.ln(10), Err(Fault::Precision));
    }
}
