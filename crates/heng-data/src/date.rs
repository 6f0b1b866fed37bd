//! Dates as people type them.

use heng_model::{Date, name::half_width};

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotADate {
    /// It is not written like one.
    Form,
    /// It is written like one, and there is no such day.
    Impossible,
}

/// Years outside these are typing mistakes.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Reads `2023年12月31日`, `2023-12-31`, `2023/12/31` or `2023.12.31`, in any width, with or without a
/// time of day that is midnight.
///
/// # Errors
/// [`NotADate`], for another text and for a day that does not exist.
pub(crate) fn date(text: &str) -> Result<Date, NotADate> {
    let folded: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let day = ["T00:00:00Z", "T00:00:00.000Z", "T00:00:00", "00:00:00"]
        .iter()
        .find_map(|midnight| folded.strip_suffix(midnight))
        .unwrap_or(&folded);
    let (year, month, day) = chinese(day).or_else(|| separated(day)).ok_or(NotADate::Form)?;
    whole(year, month, day)
}

/// The day, if it exists and its year is one people live in.
pub(crate) fn whole(year: i16, month: i8, day: i8) -> Result<Date, NotADate> {
    if !YEARS.contains(&year) {
        return Err(NotADate::Impossible);
    }
    Date::new(year, month, day).map_err(|_| NotADate::Impossible)
}

fn chinese(text: &str) -> Option<(i16, i8, i8)> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日').or_else(|| rest.strip_suffix('号'))?;
    parts(year, month, day)
}

fn separated(text: &str) -> Option<(i16, i8, i8)> {
    ['-', '/', '.'].into_iter().find_map(|mark| {
        let mut pieces = text.split(mark);
        let (year, month, day) = (pieces.next()?, pieces.next()?, pieces.next()?);
        if pieces.next().is_some() { None } else { parts(year, month, day) }
    })
}

fn parts(year: &str, month: &str, day: &str) -> Option<(i16, i8, i8)> {
    let digits = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(year, 4, 4) || !digits(month, 1, 2) || !digits(day, 1, 2) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    #[test]
    fn every_form_is_the_same_day() {
        let forms = [
            "2023年2月8日",
            "2023年02月08日",
            "２０２３年２月８号",
            "2023-02-08",
            "2023/2/8",
            "2023.02.08",
            " 2023 年 2 月 8 日 ",
            "2023-02-08T00:00:00",
            "2023-02-08 00:00:00",
        ];
        for text in forms {
            assert_eq!(date(text), Ok(civil::date(2023, 2, 8)), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_told_from_other_texts() {
        for text in ["2023-02-30", "2023年13月1日", "2023/0/1", "0203-02-08"] {
            assert_eq!(date(text), Err(NotADate::Impossible), "{text}");
        }
        for text in ["2023年2月", "23-02-08", "20230208", "45291", "2月8日", "2023-02-08-01", "2023-02-08 13:00:00"]
        {
            assert_eq!(date(text), Err(NotADate::Form), "{text}");
        }
    }
}
