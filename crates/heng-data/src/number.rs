//! Numbers with units, as people type them: `2,366.79万元`, `８５％`, `-3个百分点`. What is read is
//! the exact number; a text that could be read in two ways is refused.

use heng_model::{Number, Quantity, name::half_width, normal_name};

/// A number and the unit written beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Measured {
    /// The number, before the unit scales it.
    pub(crate) number: Number,
    /// The unit in its normal form; empty when there is none.
    pub(crate) unit: String,
}

/// Why a text is not a number with a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotANumber {
    /// It does not start like one.
    Text,
    /// Its thousands separators stand in the wrong places.
    Separators,
    /// It has more digits than any figure of this trade.
    TooLong,
}

/// Digits beyond which a number is taken for a mistake.
const MOST_DIGITS: usize = 40;

/// Reads a number with the unit beside it: full-width digits and signs, thousands separators in
/// groups of three, `¥` before or a unit after, blanks between number and unit.
///
/// # Errors
/// [`NotANumber`], when the text is something else or can be read in two ways.
pub(crate) fn measured(text: &str) -> Result<Measured, NotANumber> {
    let folded: String = text.trim().chars().map(sign).collect();
    let (currency, rest) = strip_currency(&folded);
    let (minus, rest) = strip_sign(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
    let (digits, unit) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let plain = without_separators(digits)?;
    let number = Number::parse_decimal(&plain).ok_or(NotANumber::Text)?;
    let unit = normal_name(unit);
    let unit = if unit.is_empty() { currency.to_owned() } else { unit };
    Ok(Measured { number: if minus { -number } else { number }, unit })
}

/// Reads the digits of a number token of a file format, exponent and all.
///
/// # Errors
/// [`NotANumber`], when it is not a decimal of reasonable length (`nan`, `0x1F`).
pub(crate) fn token(text: &str) -> Result<Number, NotANumber> {
    let text = text.replace('_', "");
    let lower = text.to_ascii_lowercase();
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    if mantissa.len() > MOST_DIGITS {
        return Err(NotANumber::TooLong);
    }
    let mantissa = Number::parse_decimal(mantissa).ok_or(NotANumber::Text)?;
    let exponent: i32 = exponent.parse().map_err(|_| NotANumber::Text)?;
    if exponent.unsigned_abs() as usize > MOST_DIGITS {
        return Err(NotANumber::TooLong);
    }
    let power = Number::from(10).checked_pow(exponent).ok_or(NotANumber::TooLong)?;
    Ok(&mantissa * &power)
}

fn sign(c: char) -> char {
    match half_width(c) {
        '\u{2212}' | '\u{2013}' | '\u{FE63}' => '-',
        '\u{FFE5}' => '¥',
        '\u{FE6A}' => '%',
        folded => folded,
    }
}

fn strip_currency(text: &str) -> (&'static str, &str) {
    match text.strip_prefix('¥') {
        Some(rest) => ("元", rest.trim_start()),
        None => ("", text),
    }
}

fn strip_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// The digits without their separators, which must stand in groups of three before the point.
fn without_separators(digits: &str) -> Result<String, NotANumber> {
    if digits.len() > MOST_DIGITS {
        return Err(NotANumber::TooLong);
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let separated = whole.contains(',');
    let even = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if fraction.contains(',') || (separated && !even) {
        return Err(NotANumber::Separators);
    }
    Ok(digits.replace(',', ""))
}

const MEASURE_WORDS: [&str; 24] = [
    "人", "个", "项", "次", "起", "件", "名", "辆", "家", "户", "份", "条", "套", "台", "场", "篇", "期", "批", "宗",
    "处", "座", "所", "people", "items",
];

/// By how much a unit scales a number of this quantity into its base unit; `None` when it is not one
/// of its units.
pub(crate) fn scale(quantity: Quantity, unit: &str) -> Option<Number> {
    let unit = normal_name(unit).to_lowercase();
    let power = |exponent: u32| Number::from(10).checked_pow(i32::try_from(exponent).ok()?);
    let one = |units: &[&str]| units.contains(&unit.as_str()).then_some(Number::ONE);
    match quantity {
        Quantity::Money => power(match unit.as_str() {
            "元" | "圆" | "yuan" | "cny" => 0,
            "千元" => 3,
            "万元" | "万" | "wan_yuan" => 4,
            "百万元" => 6,
            "千万元" => 7,
            "亿元" | "亿" | "yi_yuan" => 8,
            _ => return None,
        }),
        Quantity::Ratio => match unit.as_str() {
            "%" => Some(Number::scaled(1, 2)),
            "‰" => Some(Number::scaled(1, 3)),
            _ => None,
        },
        Quantity::PercentPoint => ["个百分点", "百分点", "percentage points", "percentage point", "percentage_points"]
            .contains(&unit.as_str())
            .then(|| Number::scaled(1, 2)),
        Quantity::Plain | Quantity::Count => {
            (unit.is_empty() || MEASURE_WORDS.contains(&unit.as_str())).then_some(Number::ONE)
        }
        Quantity::Points => one(&["", "分", "points", "point"]),
        Quantity::Days => one(&["", "天", "日", "days", "day"]),
        Quantity::CalendarDays => one(&["", "个自然日", "自然日", "calendar days", "calendar_days", "calendar_day"]),
        Quantity::WorkingDays => one(&["", "个工作日", "工作日", "working days", "working_days", "working_day"]),
        Quantity::Year => one(&["", "年", "年度"]),
        Quantity::Compound(_) => one(&[""]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, String)> {
        measured(text).ok().map(|m| (m.number.to_string(), m.unit))
    }

    #[test]
    fn the_units_of_english_rule_files_are_units_of_facts() {
        for (quantity, unit, factor) in [
            (Quantity::Money, "wan_yuan", 10_000),
            (Quantity::Money, "yi_yuan", 100_000_000),
            (Quantity::WorkingDays, "working_days", 1),
            (Quantity::CalendarDays, "calendar_day", 1),
        ] {
            assert_eq!(scale(quantity, unit), Some(Number::from(factor)), "{unit}");
        }
        assert_eq!(scale(Quantity::PercentPoint, "percentage_points"), Some(Number::scaled(1, 2)));
        assert_eq!(scale(Quantity::Money, "wan_points"), None);
    }

    #[test]
    fn widths_separators_and_signs() {
        for (text, number, unit) in [
            ("2366.79万元", "2366.79", "万元"),
            (" ２，３６６．７９ 万元 ", "2366.79", "万元"),
            ("￥1,234,567.80", "1234567.8", "元"),
            ("−3个百分点", "-3", "个百分点"),
            ("－0.5％", "-0.5", "%"),
            ("+45", "45", ""),
        ] {
            assert_eq!(read(text), Some((number.to_owned(), unit.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        for text in ["12,34万元", "1,2345", "1.2,345", ",123", "1234,567"] {
            assert_eq!(measured(text), Err(NotANumber::Separators), "{text}");
        }
        for text in ["", "三万元", "万元", ".5万元", "5.万元", "1.2.3", "--1"] {
            assert_eq!(measured(text), Err(NotANumber::Text), "{text}");
        }
        assert_eq!(measured(&"9".repeat(41)), Err(NotANumber::TooLong));
    }

    #[test]
    fn tokens_are_read_digit_by_digit() {
        for (text, number) in [("0.1", "0.1"), ("1_000", "1000"), ("1e3", "1000"), ("25E-4", "0.0025"), ("-0.0", "0")] {
            assert_eq!(token(text).map(|n| n.to_string()).as_deref(), Ok(number));
        }
        assert_eq!(token("nan"), Err(NotANumber::Text));
        assert_eq!(token("1e999999999"), Err(NotANumber::TooLong));
        assert_eq!(token("1e99999999999999"), Err(NotANumber::Text));
    }

    fn grouped(whole: u64) -> String {
        let digits = whole.to_string();
        let head = digits.len() % 3;
        let (first, rest) = digits.split_at(head);
        let rest = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
        std::iter::once(first.to_owned()).filter(|s| !s.is_empty()).chain(rest).collect::<Vec<_>>().join(",")
    }

    fn full_width(text: &str) -> String {
        text.chars()
            .map(|c| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| c.is_ascii_graphic()).unwrap_or(c))
            .collect()
    }

    proptest! {
        #[test]
        fn every_spelling_of_an_amount_is_the_same_money(
            whole in 0u64..1_000_000_000_000,
            cents in 0u64..100,
            unit in 0usize..3,
            minus: bool,
        ) {
            let (unit, factor) = [("元", 1i64), ("万元", 10_000), ("亿元", 100_000_000)][unit];
            let sign = if minus { "-" } else { "" };
            let plain = format!("{sign}{whole}.{cents:02}{unit}");
            let exact = &Number::parse_decimal(&format!("{sign}{whole}.{cents:02}")).unwrap() * &Number::from(factor);
            let separated = format!("{sign}{}.{cents:02} {unit}", grouped(whole));
            for text in [&plain, &separated, &full_width(&plain), &full_width(&separated)] {
                let read = measured(text).unwrap();
                prop_assert_eq!(&read.number * &scale(Quantity::Money, &read.unit).unwrap(), exact.clone(), "{}", text);
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = measured(&text);
            let _ = token(&text);
        }
    }
}
