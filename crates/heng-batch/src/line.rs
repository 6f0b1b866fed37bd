//! One department as a line of the output: key, scores, grade, status.

use heng_diag::Lang;
use heng_eval::columns::{Points, View};
use heng_model::{Number, Outcome, Program, Rounding, Scorecard};

use crate::{record::push_cell, wording};

/// How many decimals an exact score may take before it is shown rounded.
const MOST_PLACES: u32 = 12;

/// The heads of the output.
pub fn push_heads<'h>(out: &mut Vec<u8>, program: &Program, keys: impl Iterator<Item = &'h str>, lang: Lang) {
    for key in keys {
        push_cell(out, key);
        out.push(b',');
    }
    for (_, node) in program.tree() {
        let shared = program.nodes.iter().filter(|other| other.name == node.name).count() > 1;
        push_cell(out, if shared { &node.key } else { &node.name });
        out.push(b',');
    }
    push_cell(out, wording::GRADE.get(lang));
    out.push(b',');
    push_cell(out, wording::STATUS.get(lang));
    out.push(b'\n');
}

/// The scores, grade and status of a scorecard; the keys stand before them already.
pub fn push_card(out: &mut Vec<u8>, card: &Scorecard, places: u32, lang: Lang) {
    for score in &card.nodes {
        if let Outcome::Score(points) = &score.outcome {
            push_number(out, points, places);
        } else if let Outcome::Graded(Some(letter)) = &score.outcome {
            push_cell(out, letter);
        }
        out.push(b',');
    }
    push_cell(out, card.grade.as_deref().unwrap_or_default());
    out.push(b',');
    match card.nodes.first().map(|total| &total.outcome) {
        Some(Outcome::Score(_) | Outcome::Graded(_)) => out.extend_from_slice(wording::SCORED.get(lang).as_bytes()),
        Some(Outcome::Open { least, most, verdict }) => {
            out.extend_from_slice(wording::verdict(*verdict).get(lang).as_bytes());
            out.push(b' ');
            push_number(out, least, places);
            out.extend_from_slice("–".as_bytes());
            push_number(out, most, places);
        }
        Some(Outcome::NotApplicable) => {
            out.extend_from_slice(wording::verdict(heng_model::Verdict::NotApplicable).get(lang).as_bytes());
        }
        Some(Outcome::Unwritten) | None => out.extend_from_slice(wording::UNWRITTEN.get(lang).as_bytes()),
    }
    out.push(b'\n');
}

/// The columns of a block's points, ready to be written row by row.
pub struct Places<'p> {
    nodes: Vec<(View<'p>, View<'p>, i32)>,
    places: u32,
}

impl<'p> Places<'p> {
    /// The columns of all nodes.
    #[must_use]
    pub fn new(program: &Program, points: &'p Points<'_>, places: u32) -> Places<'p> {
        let nothing = (View::All(0), View::All(1), 0);
        let nodes = program.tree().map(|(id, _)| points.node(id).unwrap_or(nothing)).collect();
        Places { nodes, places }
    }

    /// The scores, grade and status of the department at a place; all are decided.
    pub fn push(&self, out: &mut Vec<u8>, points: &Points<'_>, place: usize, lang: Lang) {
        for (num, den, exponent) in &self.nodes {
            let (num, den) = (num.at(place), den.at(place));
            match (u32::try_from(-*exponent), den) {
                (Ok(scale), 1) if scale <= MOST_PLACES => push_small(out, num, scale, self.places),
                _ => push_number(out, &exact(num, den, *exponent), self.places),
            }
            out.push(b',');
        }
        push_cell(out, points.grade(place).map_or("", |grade| grade));
        out.push(b',');
        out.extend_from_slice(wording::SCORED.get(lang).as_bytes());
        out.push(b'\n');
    }
}

fn exact(num: i64, den: i64, exponent: i32) -> Number {
    let ratio = Number::ratio(i128::from(num), i128::from(den)).unwrap_or(Number::ZERO);
    match Number::from(10).checked_pow(exponent) {
        Some(power) => &ratio * &power,
        None => ratio,
    }
}

/// Points as they mostly are: hundredths between nought and a few hundred.
fn push_small(out: &mut Vec<u8>, num: i64, scale: u32, places: u32) {
    let hundredths = match scale {
        2 => num,
        1 => num.wrapping_mul(10),
        0 => num.wrapping_mul(100),
        _ => -1,
    };
    if places != 2 || !(0..100_000).contains(&hundredths) || !(0..100_000).contains(&num) {
        return push_decimal(out, i128::from(num), scale, places);
    }
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let digit = |value: i64| b'0' + u8::try_from(value % 10).unwrap_or(0);
    let text = [digit(whole / 100), digit(whole / 10), digit(whole), b'.', digit(part / 10), digit(part)];
    let skip = usize::from(whole < 100) + usize::from(whole < 10);
    out.extend_from_slice(text.get(skip..).unwrap_or_default());
}

/// A number: exact, with at least `places` decimals; `≈` before one that is no short decimal.
pub fn push_number(out: &mut Vec<u8>, number: &Number, places: u32) {
    match number.as_decimal(MOST_PLACES) {
        Some((mantissa, scale)) => push_decimal(out, mantissa, scale, places),
        None => {
            out.extend_from_slice("≈".as_bytes());
            out.extend_from_slice(number.fixed(places.max(2), Rounding::HalfUp).as_bytes());
        }
    }
}

/// `mantissa × 10^-scale` without trailing noughts beyond `places`.
pub fn push_decimal(out: &mut Vec<u8>, mantissa: i128, scale: u32, places: u32) {
    let (mut left, mut scale) = (mantissa.unsigned_abs(), scale);
    while scale > places && left.is_multiple_of(10) {
        left /= 10;
        scale -= 1;
    }
    let mut digits = [b'0'; 64];
    let mut at = digits.len();
    let mut put = |byte: u8| {
        at -= 1;
        if let Some(slot) = digits.get_mut(at) {
            *slot = byte;
        }
    };
    for _ in scale..places {
        put(b'0');
    }
    let mut written = 0;
    while left > 0 || written <= scale {
        if written == scale && scale.max(places) > 0 {
            put(b'.');
        }
        put(b'0' + u8::try_from(left % 10).unwrap_or(0));
        left /= 10;
        written += 1;
    }
    if mantissa < 0 {
        put(b'-');
    }
    out.extend_from_slice(digits.get(at..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals() {
        let shown = |mantissa, scale, places| {
            let mut out = Vec::new();
            push_decimal(&mut out, mantissa, scale, places);
            String::from_utf8(out).unwrap()
        };
        for (mantissa, scale, places, text) in [
            (0, 0, 0, "0"),
            (0, 4, 2, "0.00"),
            (5, 0, 2, "5.00"),
            (12345, 2, 0, "123.45"),
            (12300, 2, 0, "123"),
            (12300, 2, 2, "123.00"),
            (5, 1, 2, "0.50"),
            (-5, 2, 0, "-0.05"),
            (100, 0, 0, "100"),
            (1, 3, 0, "0.001"),
        ] {
            assert_eq!(shown(mantissa, scale, places), text);
        }
    }

    #[test]
    fn a_number_is_exact_or_says_that_it_is_not() {
        let shown = |number: Number, places| {
            let mut out = Vec::new();
            push_number(&mut out, &number, places);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(shown(Number::ratio(1, 3).unwrap(), 0), "≈0.33");
        assert_eq!(shown(Number::ratio(1, 8).unwrap(), 2), "0.125");
        assert_eq!(shown(Number::ratio(-14, 4).unwrap(), 2), "-3.50");
    }
}
