//! Plain texts into whole numbers.

/// A number with at most `places` decimals, as a whole multiple of 10^-places.
#[inline]
pub(crate) fn number(text: &[u8], places: u32) -> Option<i64> {
    let (negative, digits) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, text),
    };
    // Eighteen digits never leave a machine word.
    if digits.len() > 18 || digits.first().is_none_or(|byte| !byte.is_ascii_digit()) {
        return None;
    }
    let mut value = 0i64;
    let mut point = None;
    for (at, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            value = value * 10 + i64::from(digit);
        } else if *byte == b'.' && point.is_none() {
            point = Some(at + 1);
        } else {
            return None;
        }
    }
    let found = match point {
        None => 0,
        Some(after) if after == digits.len() => return None,
        Some(after) => u32::try_from(digits.len() - after).ok()?,
    };
    let missing = places.checked_sub(found)?;
    let value = if missing == 0 { value } else { value.checked_mul(10i64.checked_pow(missing)?)? };
    Some(if negative { -value } else { value })
}

/// `2025-01-31` as days since 1970.
#[inline]
pub(crate) fn date(text: &[u8]) -> Option<i64> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let digit = |byte: u8| (byte.is_ascii_digit()).then(|| i64::from(byte - b'0'));
    let year = digit(y1)? * 1000 + digit(y2)? * 100 + digit(y3)? * 10 + digit(y4)?;
    let month = digit(m1)? * 10 + digit(m2)?;
    let day = digit(d1)? * 10 + digit(d2)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => return None,
    };
    if !(1900..2200).contains(&year) || !(1..=days).contains(&day) {
        return None;
    }
    // Years that start in March end with the leap day.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469)
}

/// How many decimals the numbers of a sample have, by column and by part of a cell between colons.
pub(crate) fn places(sample: &str, width: usize) -> Vec<Vec<u32>> {
    let mut most: Vec<Vec<u32>> = vec![Vec::new(); width];
    for line in sample.lines().take(1000).filter(|line| !line.contains('"')) {
        for (cell, most) in line.split(',').zip(&mut most) {
            for row in cell.split('|') {
                for (position, part) in row.split(':').enumerate().take(64) {
                    let decimals = part.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                    if most.len() <= position {
                        most.resize(position + 1, 0);
                    }
                    if let Some(most) = most.get_mut(position) {
                        *most = (*most).max(u32::try_from(decimals).unwrap_or(0));
                    }
                }
            }
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers() {
        for (text, places, value) in [
            ("12.34", 2, Some(1234)),
            ("12.3", 2, Some(1230)),
            ("-12", 2, Some(-1200)),
            ("0", 0, Some(0)),
            ("12.345", 2, None),
            ("1,2", 2, None),
            (".5", 2, None),
            ("5.", 2, None),
            ("1.2.3", 2, None),
            ("", 2, None),
            ("-", 2, None),
            ("９", 2, None),
            ("1234567890123456789", 0, None),
            ("123456789012345678", 6, None),
        ] {
            assert_eq!(number(text.as_bytes(), places), value, "{text}");
        }
    }

    #[test]
    fn plain_dates() {
        for (text, value) in [
            ("1970-01-01", Some(0)),
            ("2025-01-01", Some(20_089)),
            ("2024-02-29", Some(19_782)),
            ("2023-02-29", None),
            ("2023-13-01", None),
            ("2023-00-01", None),
            ("1899-12-31", None),
            ("2023-1-1", None),
        ] {
            assert_eq!(date(text.as_bytes()), value, "{text}");
        }
    }
}
