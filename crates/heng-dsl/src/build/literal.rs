//! Literals.

use heng_model::Number;
use jiff::civil::Date;

use crate::{ast::Unit, keywords};

/// A date such as 2023年12月31日 or 2023-12-31; `None` where there is no such day.
pub fn date(text: &str) -> Option<Date> {
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::new(year, month, day).ok()
}

/// A number with thousands separators.
pub fn number(text: &str) -> Option<Number> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    Number::parse_decimal(&plain)
}

/// The unit behind a number.
pub fn unit(text: &str) -> Option<Unit> {
    Some(match text {
        "%" => Unit::Percent,
        "个百分点" | "percentage_points" | "pp" => Unit::PercentPoint,
        "个工作日" | "working_days" | "working_day" => Unit::WorkingDay,
        "个自然日" | "calendar_days" | "calendar_day" => Unit::CalendarDay,
        "天" | "days" | "day" => Unit::Day,
        "元" | "yuan" => Unit::Yuan,
        "万元" | "wan_yuan" => Unit::WanYuan,
        "亿元" | "yi_yuan" => Unit::YiYuan,
        "分" | "points" | "point" => Unit::Point,
        "年" | "years" | "year" => Unit::Year,
        word if keywords::unit(word).is_some() => Unit::Item,
        _ => return None,
    })
}
