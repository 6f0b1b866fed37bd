//! Exact numbers. A score must never flip at a threshold because of how a quotient is stored, so
//! every number is a fraction of integers: in two machine words while it fits, in big integers when
//! it does not. Nothing rounds unless [`Number::round`] is called.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How a number is brought to fewer places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rounding {
    /// 四舍五入: a tie goes away from zero. The default of a rule that says only how many places.
    HalfUp,
    /// A tie goes to the even neighbour (四舍六入五成双).
    HalfEven,
    /// A tie goes toward zero.
    HalfDown,
    /// 进一: away from zero.
    Up,
    /// 舍去: toward zero.
    Down,
    /// Toward minus infinity.
    Floor,
    /// Toward plus infinity.
    Ceiling,
}

/// An exact rational number.
///
/// Arithmetic never loses a digit and never overflows: what does not fit machine words goes on in
/// big integers. Equality and order are by value; `1.00` and `1` are the same number.
///
/// # Examples
/// ```
/// use heng_model::Number;
/// let a = Number::from(10);
/// let third = a.checked_div(&Number::from(3)).unwrap();
/// assert!(&third * &Number::from(3) >= a);
/// ```
#[derive(Clone)]
pub struct Number(Repr);

/// `Small` may be unreduced; its denominator is positive. `Big` is reduced.
#[derive(Clone)]
enum Repr {
    Small { num: i128, den: i128 },
    Big(Box<BigRational>),
}

impl Number {
    /// Nought.
    pub const ZERO: Number = Number(Repr::Small { num: 0, den: 1 });
    /// One; as a ratio, 100 %.
    pub const ONE: Number = Number(Repr::Small { num: 1, den: 1 });

    /// `num ÷ den`, or `None` when `den` is nought.
    #[must_use]
    pub fn ratio(num: i128, den: i128) -> Option<Number> {
        if den == 0 {
            return None;
        }
        if num == i128::MIN || den == i128::MIN {
            return Some(Self::from_big(BigRational::new(num.into(), den.into())));
        }
        let sign = den.signum();
        Some(Number(Repr::Small { num: num * sign, den: den * sign }))
    }

    /// `mantissa × 10^-scale`, exactly.
    #[must_use]
    pub fn scaled(mantissa: i128, scale: u32) -> Number {
        match 10i128.checked_pow(scale) {
            Some(den) => Number(Repr::Small { num: mantissa, den }),
            None => Self::from_big(BigRational::new(mantissa.into(), BigInt::from(10).pow(scale))),
        }
    }

    /// Reads a plain decimal in ASCII: an optional sign, digits, an optional point and digits.
    /// `None` for anything else: separators, exponents, blanks and full-width digits are the
    /// reader's business.
    #[must_use]
    pub fn parse_decimal(text: &str) -> Option<Number> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || digits.ends_with('.') {
            return None;
        }
        let mantissa: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let mantissa = if negative { -mantissa } else { mantissa };
        let scale = u32::try_from(fraction.len()).ok()?;
        match mantissa.to_i128() {
            Some(small) => Some(Self::scaled(small, scale)),
            None => Some(Self::from_big(BigRational::new(mantissa, BigInt::from(10).pow(scale)))),
        }
    }

    /// The quotient, or `None` when `divisor` is nought.
    #[must_use]
    pub fn checked_div(&self, divisor: &Number) -> Option<Number> {
        if divisor.is_zero() {
            return None;
        }
        Some(self * &divisor.reciprocal())
    }

    /// `self` to a whole power; `None` for nought to a negative power or an exponent beyond ±4096.
    #[must_use]
    pub fn checked_pow(&self, exponent: i32) -> Option<Number> {
        if exponent.unsigned_abs() > 4096 || (exponent < 0 && self.is_zero()) {
            return None;
        }
        let mut base = if exponent < 0 { self.reciprocal() } else { self.clone() };
        let mut left = exponent.unsigned_abs();
        let mut power = Number::ONE;
        while left > 0 {
            if left & 1 == 1 {
                power = &power * &base;
            }
            base = &base * &base;
            left >>= 1;
        }
        Some(power)
    }

    /// Whether the number is nought.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Repr::Small { num, .. } => *num == 0,
            Repr::Big(big) => big.is_zero(),
        }
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Repr::Small { num, .. } => i32::from(*num > 0) - i32::from(*num < 0),
            Repr::Big(big) => i32::from(big.is_positive()) - i32::from(big.is_negative()),
        }
    }

    /// Whether the number is below nought.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// The distance from nought.
    #[must_use]
    pub fn abs(&self) -> Number {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The smaller of the two.
    #[must_use]
    pub fn min(self, other: Number) -> Number {
        if other < self { other } else { self }
    }

    /// The larger of the two.
    #[must_use]
    pub fn max(self, other: Number) -> Number {
        if other > self { other } else { self }
    }

    /// Rounds to `places` decimals.
    #[must_use]
    pub fn round(&self, places: u32, mode: Rounding) -> Number {
        if let Repr::Small { num, den } = &self.0
            && let Some(power) = 10i128.checked_pow(places)
            && let Some(scaled) = num.checked_mul(power)
            && let Some(rounded) = round_quotient(scaled, *den, mode)
        {
            return Number(Repr::Small { num: rounded, den: power });
        }
        let power = BigRational::from_integer(BigInt::from(10).pow(places));
        let rounded = round_big(&(self.to_big() * &power), mode);
        Self::from_big(BigRational::from_integer(rounded) / power)
    }

    /// The largest whole number not above this one.
    #[must_use]
    pub fn floor(&self) -> Number {
        self.round(0, Rounding::Floor)
    }

    /// The smallest whole number not below this one.
    #[must_use]
    pub fn ceil(&self) -> Number {
        self.round(0, Rounding::Ceiling)
    }

    /// The value as a whole number, where it is one and fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match self.reduced().0 {
            Repr::Small { num, den: 1 } => i64::try_from(num).ok(),
            _ => None,
        }
    }

    /// The value as a decimal of at most 28 digits, where it is one.
    #[must_use]
    pub fn to_decimal(&self) -> Option<Decimal> {
        Decimal::from_str_exact(&self.decimal_text()?).ok()
    }

    /// Exact decimal text without trailing noughts, or `None` for a fraction that never ends.
    #[must_use]
    pub fn decimal_text(&self) -> Option<String> {
        if let Repr::Small { num, den } = self.0
            && let Some(short) = short_decimal(num, den)
        {
            return short.map(|(mantissa, places)| place_point(mantissa < 0, &mantissa.unsigned_abs(), places));
        }
        let big = self.to_big();
        let mut rest = big.denom().clone();
        let mut places = 0usize;
        let (two, five) = (BigInt::from(2), BigInt::from(5));
        let (mut twos, mut fives) = (0usize, 0usize);
        while rest.is_multiple_of(&two) {
            rest /= &two;
            twos += 1;
        }
        while rest.is_multiple_of(&five) {
            rest /= &five;
            fives += 1;
        }
        if !rest.is_one() {
            return None;
        }
        places = places.max(twos).max(fives);
        let mantissa = big.numer() * BigInt::from(10).pow(u32::try_from(places).ok()?) / big.denom();
        Some(place_point(mantissa.is_negative(), mantissa.magnitude(), places))
    }

    /// `mantissa × 10^-scale`, exactly and with the least scale up to `most`; `None` where that is not
    /// enough or the number is longer than machine words.
    #[must_use]
    pub fn as_decimal(&self, most: u32) -> Option<(i128, u32)> {
        let Repr::Small { num, den } = self.0 else { return None };
        let mut power: i128 = 1;
        for scale in 0..=most {
            let scaled = num.checked_mul(power)?;
            if scaled % den == 0 {
                return Some((scaled / den, scale));
            }
            power = power.checked_mul(10)?;
        }
        None
    }

    /// The number as a whole multiple of `10^exponent`, where it is one and fits.
    #[must_use]
    pub fn in_units(&self, exponent: i32) -> Option<i64> {
        if let Repr::Small { num, den } = &self.0
            && exponent <= 0
            && let Ok(num) = i64::try_from(*num)
            && let Some(power) = 10i64.checked_pow(exponent.unsigned_abs())
            && *den == i128::from(power)
        {
            return Some(num);
        }
        if let Repr::Small { num, den } = &self.0
            && exponent <= 0
            && let Some(scaled) = 10i128.checked_pow(exponent.unsigned_abs()).and_then(|power| num.checked_mul(power))
        {
            return match (i64::try_from(scaled), i64::try_from(*den)) {
                (Ok(scaled), Ok(den)) => (scaled % den == 0).then(|| scaled / den),
                _ if scaled % den == 0 => i64::try_from(scaled / den).ok(),
                _ => None,
            };
        }
        (self * &Number::from(10).checked_pow(exponent.checked_neg()?)?).to_i64()
    }

    /// Text with exactly `places` decimals, rounded by `mode`.
    #[must_use]
    pub fn fixed(&self, places: u32, mode: Rounding) -> String {
        if let Repr::Small { num, den } = &self.0
            && let Some(scaled) = 10i128.checked_pow(places).and_then(|power| num.checked_mul(power))
            && let Some(rounded) = round_quotient(scaled, *den, mode)
        {
            return place_point(rounded < 0, &rounded.unsigned_abs(), places as usize);
        }
        let scaled = round_big(&(self.to_big() * BigInt::from(10).pow(places)), mode);
        place_point(scaled.is_negative(), scaled.magnitude(), places as usize)
    }

    /// The fraction of two whole numbers; none when the denominator is nought.
    #[must_use]
    pub fn from_parts(num: BigInt, den: BigInt) -> Option<Number> {
        (!den.is_zero()).then(|| Number::from_big(BigRational::new(num, den)))
    }

    /// Numerator and denominator in lowest terms, the denominator positive.
    #[must_use]
    pub fn to_parts(&self) -> (BigInt, BigInt) {
        self.to_big().into_raw()
    }

    /// How many binary digits numerator and denominator take; 256 while they fit machine words.
    /// Exact numbers grow, and whoever computes with untrusted ones needs a place to stop.
    #[must_use]
    pub fn width(&self) -> u64 {
        match &self.0 {
            Repr::Small { .. } => 256,
            Repr::Big(big) => big.numer().bits().saturating_add(big.denom().bits()),
        }
    }

    fn reciprocal(&self) -> Number {
        match &self.0 {
            Repr::Small { num, den } => Number::ratio(*den, *num).unwrap_or(Number::ZERO),
            Repr::Big(big) => Self::from_big(big.recip()),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small { num, den } => BigRational::new((*num).into(), (*den).into()),
            Repr::Big(big) => (**big).clone(),
        }
    }

    fn from_big(big: BigRational) -> Number {
        match (big.numer().to_i128(), big.denom().to_i128()) {
            (Some(num), Some(den)) if num != i128::MIN => Number(Repr::Small { num, den }),
            _ => Number(Repr::Big(Box::new(big))),
        }
    }

    fn reduced(&self) -> Number {
        match &self.0 {
            Repr::Small { num, den } => {
                let common = num.gcd(den).max(1);
                Number(Repr::Small { num: num / common, den: den / common })
            }
            Repr::Big(_) => self.clone(),
        }
    }
}

/// `num ÷ den` as mantissa and places without trailing noughts, `den` above nought: the inner `None` for
/// a fraction that never ends, the outer where machine words are too short to tell.
fn short_decimal(num: i128, den: i128) -> Option<Option<(i128, usize)>> {
    let twos = den.trailing_zeros();
    let (mut rest, mut fives) = (den >> twos, 0u32);
    while rest % 5 == 0 {
        rest /= 5;
        fives += 1;
    }
    if num % rest != 0 {
        return Some(None);
    }
    let mut places = twos.max(fives);
    let fill = 2i128.checked_pow(places - twos)?.checked_mul(5i128.checked_pow(places - fives)?)?;
    let mut mantissa = (num / rest).checked_mul(fill)?;
    while places > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        places -= 1;
    }
    Some(Some((mantissa, places as usize)))
}

/// Writes `magnitude × 10^-places` with the point put in.
fn place_point(negative: bool, magnitude: &impl fmt::Display, places: usize) -> String {
    let sign = if negative { "-" } else { "" };
    let padded = format!("{sign}{magnitude:0>width$}", width = places + 1);
    if places == 0 {
        return padded;
    }
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{whole}.{fraction}")
}

/// `num ÷ den` as a whole number, for `den` above nought; `None` where doubling the remainder would overflow.
#[must_use]
pub fn round_quotient(num: i128, den: i128, mode: Rounding) -> Option<i128> {
    let (floor, rest) = num.div_mod_floor(&den);
    if rest == 0 {
        return Some(floor);
    }
    let half = rest.checked_mul(2)?.cmp(&den);
    Some(floor + i128::from(rounds_up(num < 0, half, floor.is_odd(), mode)))
}

fn round_big(value: &BigRational, mode: Rounding) -> BigInt {
    let (floor, rest) = value.numer().div_mod_floor(value.denom());
    if rest.is_zero() {
        return floor;
    }
    let half = (&rest + &rest).cmp(value.denom());
    let up = rounds_up(value.is_negative(), half, floor.is_odd(), mode);
    if up { floor + 1 } else { floor }
}

/// Whether a value strictly between two whole numbers goes to the upper one. `half` compares its
/// distance from the lower one with a half.
fn rounds_up(negative: bool, half: Ordering, floor_is_odd: bool, mode: Rounding) -> bool {
    match mode {
        Rounding::Floor => false,
        Rounding::Ceiling => true,
        Rounding::Down => negative,
        Rounding::Up => !negative,
        Rounding::HalfUp => half.is_gt() || (half.is_eq() && !negative),
        Rounding::HalfDown => half.is_gt() || (half.is_eq() && negative),
        Rounding::HalfEven => half.is_gt() || (half.is_eq() && floor_is_odd),
    }
}

/// Runs `small` on both operands, once more in lowest terms, and `big` when neither fits.
fn with_fallback(
    a: &Number,
    b: &Number,
    small: impl Fn(i128, i128, i128, i128) -> Option<(i128, i128)>,
    big: impl Fn(BigRational, BigRational) -> BigRational,
) -> Number {
    let attempt = |a: &Number, b: &Number| match (&a.0, &b.0) {
        (Repr::Small { num: an, den: ad }, Repr::Small { num: bn, den: bd }) => {
            small(*an, *ad, *bn, *bd).filter(|(num, den)| *num != i128::MIN && *den > 0)
        }
        _ => None,
    };
    attempt(a, b)
        .or_else(|| attempt(&a.reduced(), &b.reduced()))
        .map_or_else(|| Number::from_big(big(a.to_big(), b.to_big())), |(num, den)| Number(Repr::Small { num, den }))
}

fn add_small(an: i128, ad: i128, bn: i128, bd: i128) -> Option<(i128, i128)> {
    if ad == bd {
        return Some((an.checked_add(bn)?, ad));
    }
    if ad % bd == 0 {
        return Some((an.checked_add(bn.checked_mul(ad / bd)?)?, ad));
    }
    if bd % ad == 0 {
        return Some((an.checked_mul(bd / ad)?.checked_add(bn)?, bd));
    }
    let num = an.checked_mul(bd)?.checked_add(bn.checked_mul(ad)?)?;
    Some((num, ad.checked_mul(bd)?))
}

fn mul_small(an: i128, ad: i128, bn: i128, bd: i128) -> Option<(i128, i128)> {
    Some((an.checked_mul(bn)?, ad.checked_mul(bd)?))
}

impl Add for &Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        with_fallback(self, other, add_small, |a, b| a + b)
    }
}

impl Sub for &Number {
    type Output = Number;
    fn sub(self, other: &Number) -> Number {
        self + &-other
    }
}

impl Mul for &Number {
    type Output = Number;
    fn mul(self, other: &Number) -> Number {
        with_fallback(self, other, mul_small, |a, b| a * b)
    }
}

impl Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        match &self.0 {
            Repr::Small { num, den } => Number(Repr::Small { num: -num, den: *den }),
            Repr::Big(big) => Number::from_big(-(**big).clone()),
        }
    }
}

macro_rules! by_value {
    ($($trait:ident $method:ident),*) => {$(
        impl $trait for Number {
            type Output = Number;
            fn $method(self, other: Number) -> Number {
                (&self).$method(&other)
            }
        }
    )*};
}
by_value!(Add add, Sub sub, Mul mul);

impl Neg for Number {
    type Output = Number;
    fn neg(self) -> Number {
        -&self
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Number>>(terms: I) -> Number {
        terms.fold(Number::ZERO, |total, term| &total + &term)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        if let (Repr::Small { num: an, den: ad }, Repr::Small { num: bn, den: bd }) = (&self.0, &other.0) {
            if ad == bd {
                return an.cmp(bn);
            }
            if let (Some(left), Some(right)) = (an.checked_mul(*bd), bn.checked_mul(*ad)) {
                return left.cmp(&right);
            }
        }
        self.to_big().cmp(&other.to_big())
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Number {}

impl From<i64> for Number {
    fn from(whole: i64) -> Number {
        Number(Repr::Small { num: i128::from(whole), den: 1 })
    }
}

impl From<i32> for Number {
    fn from(whole: i32) -> Number {
        Number::from(i64::from(whole))
    }
}

impl Default for Number {
    fn default() -> Number {
        Number::ZERO
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Number {
        Number(Repr::Small { num: i128::from(value), den: 1 })
    }
}

impl From<usize> for Number {
    fn from(whole: usize) -> Number {
        Number::scaled(whole as i128, 0)
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Number {
        Number::scaled(decimal.mantissa(), decimal.scale())
    }
}

impl fmt::Display for Number {
    /// Exact decimal text where the number has one, else `numerator/denominator`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal_text() {
            Some(text) => out.write_str(&text),
            None => {
                let (num, den) = self.to_parts();
                write!(out, "{num}/{den}")
            }
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl std::str::FromStr for Number {
    type Err = ParseNumberError;

    /// Reads what [`Display`](fmt::Display) writes: a decimal or a fraction.
    fn from_str(text: &str) -> Result<Number, ParseNumberError> {
        let parsed = match text.split_once('/') {
            Some((num, den)) => {
                let (num, den) = (Number::parse_decimal(num), Number::parse_decimal(den));
                num.zip(den).and_then(|(num, den)| num.checked_div(&den))
            }
            None => Number::parse_decimal(text),
        };
        parsed.ok_or(ParseNumberError)
    }
}

/// A text that is neither a decimal nor a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseNumberError;

impl fmt::Display for ParseNumberError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not a decimal number or fraction")
    }
}

impl std::error::Error for ParseNumberError {}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn whole_multiples_of_a_power_of_ten_are_found_and_nothing_else() {
        assert_eq!(n("12.34").in_units(-2), Some(1234));
        assert_eq!(n("12.34").in_units(-4), Some(123_400));
        assert_eq!(n("12.345").in_units(-2), None);
        assert_eq!(n("1200").in_units(2), Some(12));
        assert_eq!(n("1250").in_units(2), None);
        assert_eq!(n("-0.5").in_units(-1), Some(-5));
        assert_eq!(n("7").checked_div(&n("3")).unwrap().in_units(-6), None);
        assert_eq!((&n("7").checked_div(&n("3")).unwrap() * &n("3")).in_units(0), Some(7));
        assert_eq!(n("99999999999999999999").in_units(-2), None);
    }

    #[test]
    fn three_thirds_are_the_whole() {
        for whole in ["10", "0.1", "2366.79", "99999999999999.99"] {
            let third = n(whole).checked_div(&n("3")).unwrap();
            assert!(&third * &n("3") >= n(whole));
            assert_eq!(&third * &n("3"), n(whole));
        }
    }

    #[test]
    fn rounding_follows_the_published_tables() {
        use Rounding::{Ceiling, Down, Floor, HalfDown, HalfEven, HalfUp, Up};
        for (value, places, mode, expected) in [
            ("5.5", 0, HalfUp, "6"),
            ("-5.5", 0, HalfUp, "-6"),
            ("-1.126", 2, HalfUp, "-1.13"),
            ("2.675", 2, HalfUp, "2.68"),
            ("8.615", 2, HalfUp, "8.62"),
            ("1.5", 0, HalfEven, "2"),
            ("2.5", 0, HalfEven, "2"),
            ("0.515", 2, HalfEven, "0.52"),
            ("5.5", 0, HalfDown, "5"),
            ("-5.5", 0, HalfDown, "-5"),
            ("1.121", 2, Up, "1.13"),
            ("-1.126", 2, Up, "-1.13"),
            ("1.121", 2, Down, "1.12"),
            ("-1.126", 2, Down, "-1.12"),
            ("1.56", 1, Floor, "1.5"),
            ("-1.56", 1, Floor, "-1.6"),
            ("1.56", 1, Ceiling, "1.6"),
            ("-1.56", 1, Ceiling, "-1.5"),
        ] {
            assert_eq!(n(value).round(places, mode), n(expected), "{value} {mode:?}");
            assert_eq!(n(value).fixed(places, mode), expected, "{value} {mode:?}");
        }
    }

    #[test]
    fn what_does_not_fit_machine_words_goes_on_exactly() {
        let huge = n(&"9".repeat(38));
        let product = &huge * &huge;
        assert_eq!(product.to_string().len(), 76);
        assert_eq!(product.checked_div(&huge).unwrap(), huge);
        let tiny = Number::ONE.checked_div(&huge).unwrap();
        assert!((&tiny + &tiny) > tiny);
        assert_eq!(&(&Number::ONE + &tiny) - &tiny, Number::ONE);
    }

    #[test]
    fn only_plain_decimals_are_read() {
        for text in ["", "-", ".5", "5.", "1e3", "1,000", " 1", "１", "1_0", "--1"] {
            assert!(Number::parse_decimal(text).is_none(), "{text}");
        }
        assert_eq!(Number::parse_decimal("-0.50"), Number::ratio(-1, 2));
    }

    #[test]
    fn text_is_the_value_not_its_history() {
        assert_eq!(n("1.00").to_string(), "1");
        assert_eq!(n("272/3").to_string(), "272/3");
        assert_eq!(n("-7/2").to_string(), "-3.5");
        assert_eq!(n("0.00").fixed(2, Rounding::HalfUp), "0.00");
        assert_eq!(n("-0.004").fixed(2, Rounding::HalfUp), "0.00");
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_big_fractions(
            an in any::<i128>(), ad in 1i128.., bn in any::<i128>(), bd in 1i128..
        ) {
            let (a, b) = (Number::ratio(an, ad).unwrap(), Number::ratio(bn, bd).unwrap());
            let (x, y) = (a.to_big(), b.to_big());
            prop_assert_eq!((&a + &b).to_big(), &x + &y);
            prop_assert_eq!((&a - &b).to_big(), &x - &y);
            prop_assert_eq!((&a * &b).to_big(), &x * &y);
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
            if !b.is_zero() {
                prop_assert_eq!(a.checked_div(&b).unwrap().to_big(), &x / &y);
            }
            prop_assert_eq!(a.to_string().parse::<Number>().unwrap(), a);
        }

        #[test]
        fn short_numbers_are_written_as_long_ones_are(
            num in any::<i64>(), twos in 0u32..20, fives in 0u32..12, other in 1i128..8, places in 0u32..6
        ) {
            let den = 2i128.pow(twos) * 5i128.pow(fives) * other;
            let small = Number::ratio(i128::from(num), den).unwrap();
            let long = Number(Repr::Big(Box::new(small.to_big())));
            prop_assert_eq!(small.decimal_text(), long.decimal_text());
            prop_assert_eq!(small.fixed(places, Rounding::HalfUp), long.fixed(places, Rounding::HalfUp));
            prop_assert_eq!(small.in_units(-4), long.in_units(-4));
        }
    }
}
