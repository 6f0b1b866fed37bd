//! Roots and logarithms that come out exactly. One that does not is a fault unless the rule states the
//! places to which it is rounded; then `enclose` proves its digits.

use heng_model::{Number, value::Fault};

/// The highest degree that is tried.
pub(crate) const HIGHEST_DEGREE: u32 = 1 << 10;

/// The `degree`-th root of a number that is not below nought.
///
/// # Errors
/// [`Fault::Domain`] for a number below nought or a degree out of bounds; [`Fault::Unrounded`] for a root
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
        return Err(Fault::Unrounded);
    }
    format!("{top}/{bottom}").parse().map_err(|_| Fault::Domain)
}

/// The natural logarithm, where it is a fraction of whole numbers.
///
/// # Errors
/// [`Fault::Domain`] for a number that is not above nought; [`Fault::Unrounded`] for all but 1.
pub(crate) fn ln(number: &Number) -> Result<Number, Fault> {
    match number {
        one if *one == Number::ONE => Ok(Number::ZERO),
        above if above.signum() > 0 => Err(Fault::Unrounded),
        _ => Err(Fault::Domain),
    }
}

/// The decimal logarithm, where it is a whole number.
///
/// # Errors
/// [`Fault::Domain`] for a number that is not above nought; [`Fault::Unrounded`] for all but powers of ten.
pub(crate) fn log10(number: &Number) -> Result<Number, Fault> {
    if number.signum() <= 0 {
        return Err(Fault::Domain);
    }
    let (num, den) = number.to_parts();
    let exponent =
        |text: &str| text.strip_prefix('1').filter(|rest| rest.bytes().all(|digit| digit == b'0')).map(str::len);
    match (exponent(&num.to_string()), exponent(&den.to_string())) {
        (Some(up), Some(down)) => Ok(Number::from(up) - Number::from(down)),
        _ => Err(Fault::Unrounded),
    }
}

/// The degree of a root: a whole number from 1 on.
///
/// # Errors
/// [`Fault::Domain`] for anything else.
pub(crate) fn degree(number: &Number) -> Result<u32, Fault> {
    number.to_i64().and_then(|whole| u32::try_from(whole).ok()).ok_or(Fault::Domain)
}
