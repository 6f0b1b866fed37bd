//! Between which numbers a result lies, whatever the data: what is decided by that is not computed.

use super::plan::{Int, Op};

/// The least and the most a result can be.
pub(crate) type Range = (i128, i128);

/// A result is a machine word, or it is not computed.
pub(crate) const ANY: Range = (i64::MIN as i128, i64::MAX as i128);

/// The range of an operation over operands whose ranges are known.
pub(crate) fn of(op: Op, range: impl Fn(Int) -> Range) -> Range {
    let wide = match op {
        Op::Add(a, b) => (range(a).0 + range(b).0, range(a).1 + range(b).1),
        Op::Subtract(a, b) => (range(a).0 - range(b).1, range(a).1 - range(b).0),
        Op::Multiply(a, b) => product(range(a), range(b)),
        Op::Smaller(a, b) => (range(a).0.min(range(b).0), range(a).1.min(range(b).1)),
        Op::Larger(a, b) => (range(a).0.max(range(b).0), range(a).1.max(range(b).1)),
        Op::Divisor(a) => (range(a).0.max(1), range(a).1.max(1)),
        Op::Round(num, den, _) => rounded(range(num), range(den)),
        Op::Choose(_, a, b) => (range(a).0.min(range(b).0), range(a).1.max(range(b).1)),
        Op::Spread(_, a) => range(a),
        Op::Extreme(_, _, a) => (range(a).0.min(0), range(a).1.max(0)),
        Op::Sum(_, a) => (if range(a).0 < 0 { ANY.0 } else { 0 }, if range(a).1 > 0 { ANY.1 } else { 0 }),
        Op::Count(_) => (0, ANY.1),
        Op::Load(_) => ANY,
        Op::Number(_)
        | Op::Any(..)
        | Op::SpreadMask(..)
        | Op::Compare(..)
        | Op::Not(_)
        | Op::And(..)
        | Op::Or(..)
        | Op::State(..)
        | Op::Holds(_) => (0, 1),
    };
    (wide.0.clamp(ANY.0, ANY.1), wide.1.clamp(ANY.0, ANY.1))
}

/// Both stay within a machine word, so their product within 2^126.
pub(crate) fn product(a: Range, b: Range) -> Range {
    let corners = [a.0 * b.0, a.0 * b.1, a.1 * b.0, a.1 * b.1];
    (corners.into_iter().min().unwrap_or(0), corners.into_iter().max().unwrap_or(0))
}

/// The range of a rounded quotient; the divisor is above nought.
fn rounded(num: Range, den: Range) -> Range {
    let den = den.0.max(1);
    (if num.0 >= 0 { 0 } else { num.0 / den - 1 }, if num.1 <= 0 { 0 } else { num.1 / den + 1 })
}
