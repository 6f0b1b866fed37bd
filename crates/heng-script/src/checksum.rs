//! Numbers that carry their own check digit.

/// Whether `text` is a citizen's number of 18 places (GB 11643): digits, a date of birth that
/// exists, and the check digit of ISO 7064 MOD 11-2. It says nothing of whether it was ever issued.
pub(crate) fn citizen_number(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let signs: Vec<char> = text.chars().map(|sign| sign.to_ascii_uppercase()).collect();
    let Some((last, body)) = signs.split_last().filter(|(_, body)| body.len() == 17) else { return false };
    let Some(digits) = body.iter().map(|sign| sign.to_digit(10)).collect::<Option<Vec<u32>>>() else { return false };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let birth = digits.iter().skip(6).take(8).fold(0_i64, |number, digit| number * 10 + i64::from(*digit));
    CHECKS.get(sum as usize % 11) == Some(last) && is_date(birth)
}

/// Whether yyyymmdd is a day of the calendar.
fn is_date(number: i64) -> bool {
    let parts = (i16::try_from(number / 10_000), i8::try_from(number / 100 % 100), i8::try_from(number % 100));
    matches!(parts, (Ok(year), Ok(month), Ok(day)) if jiff::civil::Date::new(year, month, day).is_ok())
}

/// Whether `text` is a unified social credit code of 18 places with its check sign (GB 32100).
pub(crate) fn credit_code(text: &str) -> bool {
    const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |sign: char| SIGNS.chars().position(|each| each == sign);
    let Some(values) = text.chars().map(value).collect::<Option<Vec<usize>>>() else { return false };
    let Some((last, body)) = values.split_last().filter(|(_, body)| body.len() == 17) else { return false };
    let (mut weight, mut sum) = (1, 0);
    for value in body {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == *last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_examples_hold() {
        // The examples of the two standards.
        assert!(citizen_number("11010519491231002X"));
        assert!(citizen_number("11010519491231002x"));
        assert!(citizen_number("440524188001010014"));
        assert!(credit_code("91350100M000100Y43"));
    }

    #[test]
    fn one_changed_digit_is_noticed() {
        for (at, sign) in "11010519491231002X".char_indices().take(17) {
            let mut changed: Vec<char> = "11010519491231002X".chars().collect();
            changed[at] = if sign == '9' { '8' } else { '9' };
            assert!(!citizen_number(&changed.into_iter().collect::<String>()), "{at}");
        }
        assert!(!credit_code("91350100M000100Y44"));
        assert!(!credit_code("91350100M000100Y4"));
        assert!(!credit_code("9135O100M000100Y43"), "the letter O is not a sign of the code");
        assert!(!citizen_number("110105194912310022"));
        assert!(!citizen_number(""));
        assert!(!citizen_number("11010519491331002X"));
    }
}
