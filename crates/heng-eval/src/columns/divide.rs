//! Exact rounded division of columns.
//!
//! For whole numbers 0 ≤ a < 2^53 and b ≥ 1, the quotient in f64, cut off, is the whole quotient: a and b
//! are exact, and where a ÷ b lies below a whole number k, it lies below by at least 1 ÷ b, which is more
//! than half a unit in the last place of k (k ≤ a < 2^53), so that rounding to nearest never reaches k.
//! So a division of whole numbers may run on the vector units; nothing here is a fraction in f64. The
//! callers hold the bound, and tests hold this against i128.

#![expect(
    clippy::float_arithmetic,
    clippy::disallowed_types,
    reason = "f64 serves as an exact divider of whole numbers below 2^52"
)]

use heng_model::{Rounding, number::round_quotient};

/// Operands must stay below this.
pub(crate) const FAST: i128 = 1 << 50;

/// 2^52: added to a whole number below it, the low bits of the sum are the number.
const SHIFT: f64 = 4_503_599_627_370_496.0;
const SHIFT_BITS: u64 = 0x4330_0000_0000_0000;

fn to_float(value: i64) -> f64 {
    f64::from_bits(value.cast_unsigned() | SHIFT_BITS) - SHIFT
}

/// ⌊a ÷ b⌋ for 0 ≤ a < 2^52, 1 ≤ b < 2^52.
#[inline(always)]
fn floor(a: i64, b: i64) -> i64 {
    let quotient = to_float(a) / to_float(b);
    let nearest = (quotient + SHIFT) - SHIFT;
    let whole = if nearest > quotient { nearest - 1.0 } else { nearest };
    ((whole + SHIFT).to_bits() ^ SHIFT_BITS).cast_signed()
}

/// Rounds `num ÷ den` half up, for 0 ≤ num, 1 ≤ den, both small enough.
#[inline(always)]
pub(crate) fn half_up(num: i64, den: i64) -> i64 {
    floor(2 * num + den, 2 * den)
}

/// Cuts `num ÷ den` off, for 0 ≤ num, 1 ≤ den, both small enough.
#[inline(always)]
pub(crate) fn cut(num: i64, den: i64) -> i64 {
    floor(num, den)
}

/// Rounds `num ÷ den` in any mode; `den` is above nought.
pub(crate) fn round(num: i64, den: i64, mode: Rounding) -> i64 {
    let quotient = round_quotient(num.into(), den.max(1).into(), mode);
    quotient.and_then(|whole| i64::try_from(whole).ok()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use heng_model::Number;
    use proptest::prelude::*;

    const MODES: [Rounding; 7] = [
        Rounding::HalfUp,
        Rounding::HalfEven,
        Rounding::HalfDown,
        Rounding::Up,
        Rounding::Down,
        Rounding::Floor,
        Rounding::Ceiling,
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_fast_division_is_the_whole_one(a in 0i64..(1 << 51), shift in 0u32..50, b in 1i64..(1 << 50)) {
            let den = (b >> shift).max(1);
            for num in [a, a / den * den, (a / den * den).max(1) - 1, a >> shift] {
                prop_assert_eq!(i128::from(cut(num, den)), i128::from(num) / i128::from(den));
                let (num, den) = (num / 4, (den / 2).max(1));
                prop_assert_eq!(half_up(num, den), round(num, den, Rounding::HalfUp));
            }
        }

        #[test]
        fn every_mode_rounds_as_numbers_do(num in -1_000_000i64..1_000_000, den in 1i64..2000, half: bool) {
            let (num, den) = if half { (num | 1, 2) } else { (num, den) };
            for mode in MODES {
                let exact = Number::ratio(i128::from(num), i128::from(den)).unwrap().round(0, mode);
                prop_assert_eq!(Some(round(num, den, mode)), exact.to_i64());
            }
        }
    }
}
