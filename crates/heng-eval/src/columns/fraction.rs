//! Arithmetic with scaled columns.

use heng_model::{Number, Rounding};

use super::{
    plan::{Int, Level, Mask, Op, Plan, Relation},
    value::{Fraction, Planned, Unknown},
};

/// The most decimals of a constant.
const MOST_SCALE: u32 = 15;

/// 10 to the power of `exponent`.
pub(crate) fn power(exponent: i32) -> Planned<i64> {
    u32::try_from(exponent).ok().and_then(|exponent| 10i64.checked_pow(exponent)).ok_or(Unknown)
}

impl Fraction {
    pub const ZERO: Fraction = Fraction { num: Int::Const(0), den: Int::Const(1), exponent: 0 };

    pub fn whole(num: Int, exponent: i32) -> Fraction {
        Fraction { num, den: Int::Const(1), exponent }
    }

    /// A constant, with as small a numerator as can be.
    pub fn constant(number: &Number) -> Planned<Fraction> {
        let (num, den, mut exponent) = match number.as_decimal(MOST_SCALE) {
            Some((mantissa, scale)) => (mantissa, 1, -i32::try_from(scale).map_err(|_| Unknown)?),
            None => {
                let (num, den) = number.to_parts();
                (i128::try_from(num).map_err(|_| Unknown)?, i128::try_from(den).map_err(|_| Unknown)?, 0)
            }
        };
        let mut num = num;
        while num != 0 && num % 10 == 0 {
            num /= 10;
            exponent += 1;
        }
        let exponent = if num == 0 { 0 } else { exponent };
        let small = |value: i128| i64::try_from(value).map(Int::Const).map_err(|_| Unknown);
        Ok(Fraction { num: small(num)?, den: small(den)?, exponent })
    }

    pub fn is_divided(self) -> bool {
        self.den != Int::Const(1)
    }
}

impl Plan {
    pub fn times(&mut self, a: Int, b: Int, level: Level) -> Int {
        self.int(Op::Multiply(a, b), level)
    }

    /// How many times `part` the divisor `whole` is, where that is a constant above 1.
    fn multiple(&self, whole: Int, part: Int) -> Option<i64> {
        match (whole, part) {
            (Int::Reg(whole), Int::Reg(_)) => match self.ops.get(whole.0 as usize)?.0 {
                Op::Multiply(of, Int::Const(times)) | Op::Multiply(Int::Const(times), of) if of == part => {
                    (times > 1).then_some(times)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The numerators of two fractions over one denominator and one exponent.
    fn common(&mut self, a: Fraction, b: Fraction, level: Level) -> Planned<(Int, Int, Int, i32)> {
        let exponent = match (a.num, b.num) {
            (Int::Const(0), _) => b.exponent,
            (_, Int::Const(0)) => a.exponent,
            _ => a.exponent.min(b.exponent),
        };
        let scaled = |plan: &mut Plan, f: Fraction| match f.num {
            Int::Const(0) => Ok(Int::Const(0)),
            num => Ok(plan.times(num, Int::Const(power(f.exponent - exponent)?), level)),
        };
        let (mut left, mut right) = (scaled(self, a)?, scaled(self, b)?);
        let mut den = a.den;
        let more = self.multiple(b.den, a.den);
        if a.num == Int::Const(0) || more.is_some() {
            // Nought is nought over anything; what is divided by more takes the other with it.
            left = self.times(left, Int::Const(more.unwrap_or(1)), level);
            den = b.den;
        } else if b.num == Int::Const(0) {
            // The same the other way about.
        } else if let Some(times) = self.multiple(a.den, b.den) {
            right = self.times(right, Int::Const(times), level);
        } else if a.den != b.den {
            left = self.times(left, b.den, level);
            right = self.times(right, a.den, level);
            den = self.times(a.den, b.den, level);
        }
        Ok((left, right, den, exponent))
    }

    pub fn add(&mut self, a: Fraction, b: Fraction, level: Level) -> Planned<Fraction> {
        let (left, right, den, exponent) = self.common(a, b, level)?;
        Ok(Fraction { num: self.int(Op::Add(left, right), level), den, exponent })
    }

    pub fn subtract(&mut self, a: Fraction, b: Fraction, level: Level) -> Planned<Fraction> {
        let (left, right, den, exponent) = self.common(a, b, level)?;
        Ok(Fraction { num: self.int(Op::Subtract(left, right), level), den, exponent })
    }

    pub fn multiply(&mut self, a: Fraction, b: Fraction, level: Level) -> Fraction {
        let num = self.times(a.num, b.num, level);
        let den = self.times(a.den, b.den, level);
        Fraction { num, den, exponent: a.exponent + b.exponent }
    }

    /// a ÷ b, and where b is nought.
    pub fn divide(&mut self, a: Fraction, b: Fraction, level: Level) -> Planned<(Fraction, Mask)> {
        if let (Int::Const(num), Int::Const(den)) = (b.num, b.den) {
            let inverse = Number::ratio(i128::from(den), i128::from(num)).ok_or(Unknown)?;
            let mut inverse = Fraction::constant(&inverse)?;
            inverse.exponent -= b.exponent;
            return Ok((self.multiply(a, inverse, level), Mask::Const(false)));
        }
        let zero = self.mask(Op::Compare(Relation::Equal, b.num, Int::Const(0)), level);
        let divisor = self.int(Op::Divisor(b.num), level);
        let num = self.times(a.num, b.den, level);
        let den = self.times(a.den, divisor, level);
        Ok((Fraction { num, den, exponent: a.exponent - b.exponent }, zero))
    }

    /// The smaller or the larger of two.
    pub fn extreme(&mut self, largest: bool, a: Fraction, b: Fraction, level: Level) -> Planned<Fraction> {
        // Beside nought, the sign decides, whatever the value is divided by.
        let (left, right, den, exponent) = match (a.num, b.num) {
            (num, Int::Const(0)) => (num, Int::Const(0), a.den, a.exponent),
            (Int::Const(0), num) => (Int::Const(0), num, b.den, b.exponent),
            _ => self.common(a, b, level)?,
        };
        let op = if largest { Op::Larger(left, right) } else { Op::Smaller(left, right) };
        Ok(Fraction { num: self.int(op, level), den, exponent })
    }

    pub fn compare(&mut self, relation: Relation, a: Fraction, b: Fraction, level: Level) -> Planned<Mask> {
        let (left, right) = match (a.num, b.num) {
            (num, Int::Const(0)) => (num, Int::Const(0)),
            (Int::Const(0), num) => (Int::Const(0), num),
            _ => {
                let (left, right, ..) = self.common(a, b, level)?;
                (left, right)
            }
        };
        Ok(self.mask(Op::Compare(relation, left, right), level))
    }

    pub fn choose(&mut self, which: Mask, a: Fraction, b: Fraction, level: Level) -> Planned<Fraction> {
        match which {
            Mask::Const(true) => return Ok(a),
            Mask::Const(false) => return Ok(b),
            Mask::Reg(_) => {}
        }
        let (left, right, den, exponent) = self.common(a, b, level)?;
        Ok(Fraction { num: self.int(Op::Choose(which, left, right), level), den, exponent })
    }

    /// Rounded to a whole multiple of `10^exponent`.
    pub fn round(&mut self, a: Fraction, exponent: i32, mode: Rounding, level: Level) -> Planned<Fraction> {
        let finer = a.exponent - exponent;
        let (num, den) = if finer >= 0 {
            (self.times(a.num, Int::Const(power(finer)?), level), a.den)
        } else {
            (a.num, self.times(a.den, Int::Const(power(-finer)?), level))
        };
        if den == Int::Const(1) {
            return Ok(Fraction::whole(num, exponent));
        }
        Ok(Fraction::whole(self.int(Op::Round(num, den, mode), level), exponent))
    }
}
