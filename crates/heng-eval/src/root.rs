//! Roots that come out exactly. A root that does not is a fault for now: a decimal with a proven
//! error interval would have to decide every comparison that follows, and none is built yet.

use heng_model::{Number, value::Fault};

/// The highest degree that is tried.
const HIGHEST_DEGREE: u32 = 1 << 10;

/// The `degree`-th root of a number that is not below nought.
///
/// # Errors
/// [`Fault::Domain`] for a number below nought or a degree out of bounds; [`Fault::Precision`] for a root
/// that is no fraction of whole numbers.
pub(crate) fn nth_root(number: &Number, degree: u32) -> Result<Number, Fault> {
    if degree == 1 {
        return Ok(number.clone());
    }
    if number.is_negative() || degree == 0 || degree > HIGHEST_DEGREE {
        return Err(Fault::Domain);
    }
    let (num, den) = number.to_parts();
    let (top, bottom) = (num.nth_root(degree), den.nth_root(degree));
    if top.pow(degree) != num || bottom.pow(degree) != den {
        return Err(Fault::Precision);
    }
    format!("{top}/{bottom}").parse().map_err(|_| Fault::Domain)
}

/// The natural logarithm, where it is a fraction of whole numbers.
///
/// # Errors
/// [`Fault::Domain`] for a number that is not above nought; [`Fault::Precision`] for all but 1.
pub(crate) fn ln(number: &Number) -> Result<Number, Fault> {
    match number {
        one if *one == Number::ONE => Ok(Number::ZERO),
        above if above.signum() > 0 => Err(Fault::Precision),
        _ => Err(Fault::Domain),
    }
}
