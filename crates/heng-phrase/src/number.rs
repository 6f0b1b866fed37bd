//! Numbers with their units. A short decimal is printed exactly; what is not one is rounded
//! half-up to two places and marked `≈`, so that nobody takes a rounded figure for the figure.

use heng_diag::Lang;
use heng_model::{Number, Quantity, Rounding};

use crate::wording;

/// How many places a decimal may have and still be printed in full.
const SHORT: usize = 10;

/// How many places of 万元 still name a whole 分.
const FEN: usize = 6;

/// The mark of a rounded figure.
pub(crate) const ABOUT: char = '≈';

/// The number in full where it is a short decimal, else `≈` and two places, rounded half-up.
///
/// # Examples
/// ```
/// use heng_model::Number;
/// assert_eq!(heng_phrase::decimal(&"97.50".parse().unwrap()), "97.5");
/// assert_eq!(heng_phrase::decimal(&"272/3".parse().unwrap()), "≈90.67");
/// ```
#[must_use]
pub fn decimal(number: &Number) -> String {
    short(number, SHORT).unwrap_or_else(|| about(number))
}

/// Points as a sheet shows them: at least two places, a longer decimal in full, a fraction with `≈`.
///
/// # Examples
/// ```
/// use heng_model::Number;
/// assert_eq!(heng_phrase::points(&"97.5".parse().unwrap()), "97.50");
/// assert_eq!(heng_phrase::points(&"9.125".parse().unwrap()), "9.125");
/// assert_eq!(heng_phrase::points(&"272/3".parse().unwrap()), "≈90.67");
/// ```
#[must_use]
pub fn points(number: &Number) -> String {
    match short(number, SHORT) {
        Some(text) if places(&text) > 2 => text,
        Some(_) => number.fixed(2, Rounding::HalfUp),
        None => about(number),
    }
}

/// Whether figures are for a rule file, which has one spelling of each, or for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As a literal of the rule language.
    Rule,
    /// As prose.
    Prose,
}

/// A number with its unit.
pub(crate) fn amount(number: &Number, quantity: Quantity, lang: Lang, style: Style) -> String {
    match quantity {
        Quantity::Plain | Quantity::Count | Quantity::Year => decimal(number),
        Quantity::Ratio => format!("{}%", decimal(&hundredfold(number))),
        Quantity::Money => money(number, lang, style),
        Quantity::PercentPoint => with_unit(&hundredfold(number), quantity, lang, style),
        _ => with_unit(number, quantity, lang, style),
    }
}

fn with_unit(number: &Number, quantity: Quantity, lang: Lang, style: Style) -> String {
    let singular = *number == Number::ONE;
    let unit = match style {
        Style::Rule => wording::rule_unit(quantity, lang, singular),
        Style::Prose => wording::unit(quantity, lang, singular),
    };
    format!("{}{unit}", decimal(number))
}

/// # Units
/// `number` in 元.
fn money(number: &Number, lang: Lang, style: Style) -> String {
    if lang == Lang::En {
        let text = decimal(number);
        let text = if style == Style::Prose { grouped(&text) } else { text };
        return format!("{text} yuan");
    }
    let wan = number * &Number::scaled(1, 4);
    let large = number.abs() >= Number::from(10_000);
    match (short(&wan, FEN), short(number, SHORT)) {
        (Some(text), _) if large => format!("{text}万元"),
        (_, Some(text)) => format!("{text}元"),
        _ if large => format!("{}万元", about(&wan)),
        _ => format!("{}元", about(number)),
    }
}

fn hundredfold(number: &Number) -> Number {
    number * &Number::from(100)
}

fn about(number: &Number) -> String {
    format!("{ABOUT}{}", number.fixed(2, Rounding::HalfUp))
}

/// Exact text of at most `most` places.
fn short(number: &Number, most: usize) -> Option<String> {
    number.decimal_text().filter(|text| places(text) <= most)
}

fn places(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// Commas between the thousands of a decimal text.
fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    let mut left = digits;
    let mut out = String::new();
    for c in whole.chars() {
        if c.is_ascii_digit() {
            if left < digits && left % 3 == 0 {
                out.push(',');
            }
            left -= 1;
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Number {
        text.parse().unwrap()
    }

    fn said(text: &str, quantity: Quantity) -> (String, String) {
        let say = |lang| amount(&n(text), quantity, lang, Style::Prose);
        (say(Lang::Zh), say(Lang::En))
    }

    #[test]
    fn quantities_are_said_with_their_units() {
        let rows = [
            ("23667900", Quantity::Money, "2366.79万元", "23,667,900 yuan"),
            ("10000.01", Quantity::Money, "1.000001万元", "10,000.01 yuan"),
            ("10000.001", Quantity::Money, "10000.001元", "10,000.001 yuan"),
            ("-500", Quantity::Money, "-500元", "-500 yuan"),
            ("-1234567", Quantity::Money, "-123.4567万元", "-1,234,567 yuan"),
            ("100000/3", Quantity::Money, "≈3.33万元", "≈33,333.33 yuan"),
            ("100/3", Quantity::Money, "≈33.33元", "≈33.33 yuan"),
            ("0.9993", Quantity::Ratio, "99.93%", "99.93%"),
            ("2/3", Quantity::Ratio, "≈66.67%", "≈66.67%"),
            ("0.032", Quantity::PercentPoint, "3.2个百分点", "3.2 percentage points"),
            ("0.01", Quantity::PercentPoint, "1个百分点", "1 percentage point"),
            ("9.5", Quantity::Points, "9.5分", "9.5 points"),
            ("1", Quantity::Points, "1分", "1 point"),
            ("30", Quantity::Days, "30天", "30 days"),
            ("2", Quantity::WorkingDays, "2个工作日", "2 working days"),
            ("20", Quantity::CalendarDays, "20个自然日", "20 calendar days"),
            ("2023", Quantity::Year, "2023", "2023"),
            ("45", Quantity::Count, "45", "45"),
        ];
        for (text, quantity, zh, en) in rows {
            assert_eq!(said(text, quantity), (zh.to_owned(), en.to_owned()), "{text} {quantity:?}");
        }
    }

    #[test]
    fn compound_units_are_spelled_out() {
        let product = Quantity::Money.times(Quantity::Points);
        assert_eq!(said("20", product), ("20元·分".to_owned(), "20 yuan·points".to_owned()));
        let inverse = Quantity::Points.over(Quantity::Money);
        assert_eq!(said("20", inverse), ("20元⁻¹·分".to_owned(), "20 yuan⁻¹·points".to_owned()));
    }

    #[test]
    fn long_decimals_are_marked_as_rounded() {
        assert_eq!(decimal(&n("0.12345678901")), "≈0.12");
        assert_eq!(decimal(&n("0.1234567890")), "0.123456789");
        assert_eq!(points(&n("-0.005")), "-0.005");
        assert_eq!(points(&n("1/3")), "≈0.33");
    }

    proptest! {
        #[test]
        fn a_printed_decimal_reads_back_as_the_same_number(mantissa in any::<i64>(), scale in 0u32..=10) {
            let number = Number::scaled(i128::from(mantissa), scale);
            prop_assert_eq!(decimal(&number).parse::<Number>().unwrap(), number.clone());
            prop_assert_eq!(points(&number).parse::<Number>().unwrap(), number);
        }

        #[test]
        fn money_reads_back_as_the_same_number(fen in any::<i64>()) {
            let number = Number::scaled(i128::from(fen), 2);
            let zh = amount(&number, Quantity::Money, Lang::Zh, Style::Prose);
            let (text, unit) = match zh.strip_suffix("万元") {
                Some(text) => (text, 10_000),
                None => (zh.strip_suffix("元").unwrap(), 1),
            };
            prop_assert_eq!(&text.parse::<Number>().unwrap() * &Number::from(unit), number.clone());
            let en = amount(&number, Quantity::Money, Lang::En, Style::Prose).replace(',', "");
            prop_assert_eq!(en.strip_suffix(" yuan").unwrap().parse::<Number>().unwrap(), number);
        }

        #[test]
        fn a_rounded_figure_is_marked_and_near(num in 1i64.., den in 1i64..) {
            let number = Number::ratio(i128::from(num), i128::from(den)).unwrap();
            let text = decimal(&number);
            match text.strip_prefix(ABOUT) {
                None => prop_assert_eq!(text.parse::<Number>().unwrap(), number),
                Some(rounded) => {
                    let off = (&rounded.parse::<Number>().unwrap() - &number).abs();
                    prop_assert!(off <= n("0.005"));
                    prop_assert_eq!(places(rounded), 2);
                }
            }
        }
    }
}
