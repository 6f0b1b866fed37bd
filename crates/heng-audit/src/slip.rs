//! Slips of the hand: a wrong digit, two neighbours swapped.

use heng_model::{Number, Rounding};

use crate::figure::Figure;

/// Whether a difference is what one wrong digit makes, or two neighbours that were swapped: 3, 300, 0.03; 9, 450.
pub(crate) fn is_slip(off: &Number, total: &Figure, parts: &[&Figure]) -> bool {
    let places = |figure: &Figure| {
        figure.printed.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count())
    };
    let finest = parts.iter().copied().chain([total]).map(places).max().unwrap_or(0);
    let digits = total.printed.chars().filter(char::is_ascii_digit).count();
    let Some(in_unit) = off.checked_div(&total.unit) else { return false };
    let Some(text) = in_unit.round(u32::try_from(finest).unwrap_or(0), Rounding::HalfUp).decimal_text() else {
        return false;
    };
    let plain = text.replace('.', "");
    let plain = plain.trim_matches('0');
    let number: u64 = plain.parse().unwrap_or(0);
    digits >= 3 && (plain.len() == 1 || (plain.len() <= 2 && number.is_multiple_of(9)))
}

/// Whether a percentage and what it should be differ by one digit, or by two neighbours that were swapped.
pub(crate) fn is_slip_of_digits(came: &Number, said: &Figure) -> bool {
    let places =
        said.printed.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count());
    let came = came.fixed(u32::try_from(places).unwrap_or(0), Rounding::HalfUp);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<Vec<_>>();
    let (a, b) = (digits(&came), digits(&said.printed));
    let wrong: Vec<usize> = (0..a.len()).filter(|at| a.get(*at) != b.get(*at)).collect();
    a.len() >= 3
        && a.len() == b.len()
        && match wrong.as_slice() {
            [_] => true,
            [one, other] => *other == one + 1 && a.get(*one) == b.get(*other) && a.get(*other) == b.get(*one),
            _ => false,
        }
}
