//! The functions scripts may call. The table in the crate documentation lists them.

use std::collections::BTreeMap;

use heng_model::{Calendar, Date, Number, Rounding};
use rhai::{Array, Dynamic, Engine, ImmutableString, Map};
use rust_decimal::Decimal;

use crate::{
    capitals::capitals,
    checksum::{citizen_number, credit_code},
    limits,
    operator::{days_between, equal, order},
    sandbox::printed,
    value::{Absent, Day, Outcome, Row, Sheet, as_number, as_text, decimal, show, show_whole, spread, trouble},
    wording, words,
};

/// Registers a function under its Chinese and its English name.
macro_rules! both {
    ($engine:ident, $zh:literal, $en:literal, $function:expr) => {
        $engine.register_fn($zh, $function);
        $engine.register_fn($en, $function);
    };
}

/// Gives the engine its types and functions.
pub(crate) fn register(engine: &mut Engine) {
    register_types(engine);
    register_states(engine);
    engine.register_fn("to_string", |value: Dynamic| show(&value));
    engine.register_fn("含", contains);
    engine.register_fn("contains", contains);
    both!(engine, "日期", "date", date);
    both!(engine, "天数", "days", days);
    both!(engine, "合计", "sum", sum_of_array);
    both!(engine, "合计", "sum", sum_of_column);
    both!(engine, "列", "column", column);
    both!(engine, "重复行", "repeated_rows", repeated_rows);
    both!(engine, "长度", "count", count);
    both!(engine, "商", "quotient", quotient);
    both!(engine, "舍入", "round", rounded);
    both!(engine, "项", "entry", entry);
    both!(engine, "取", "get", get);
    both!(engine, "最大", "largest", |values: Array| extreme(values, std::cmp::Ordering::Greater));
    both!(engine, "最小", "smallest", |values: Array| extreme(values, std::cmp::Ordering::Less));
    both!(engine, "去重", "distinct", distinct);
    both!(engine, "行的", "rows_where", rows_where);
    both!(engine, "排序", "sorted", sorted);
    both!(engine, "大写", "in_capitals", in_capitals);
    both!(engine, "工作日数", "working_days", |_: Dynamic, _: Dynamic| -> Outcome<i64> {
        Err(trouble(wording::no_calendar()))
    });
    both!(engine, "身份证号有效", "is_citizen_number", |value: Dynamic| Ok::<_, Box<rhai::EvalAltResult>>(
        citizen_number(&text(&value)?)
    ));
    both!(engine, "信用代码有效", "is_credit_code", |value: Dynamic| Ok::<_, Box<rhai::EvalAltResult>>(
        credit_code(&text(&value)?)
    ));
    both!(engine, "打印", "show", |value: Dynamic| printed(show_whole(&value)));
}

/// Lets scripts count working days.
pub(crate) fn register_calendar(engine: &mut Engine, calendar: &Calendar) {
    for name in ["工作日数", "working_days"] {
        let calendar = calendar.clone();
        engine.register_fn(name, move |from: Dynamic, to: Dynamic| -> Outcome<i64> {
            let (from, to) = (day(&from)?, day(&to)?);
            calendar.working_days_between(from.0, to.0).map_err(|missing| trouble(wording::no_year(missing.0)))
        });
    }
}

fn register_types(engine: &mut Engine) {
    engine.register_type_with_name::<Day>("日期");
    engine.register_type_with_name::<Absent>("状态");
    engine.register_type_with_name::<Sheet>("表");
    engine.register_type_with_name::<Row>("行");
    for (zh, en, part) in [("年", "year", 0), ("月", "month", 1), ("日", "day", 2)] {
        let get = move |day: &mut Day| match part {
            0 => i64::from(day.0.year()),
            1 => i64::from(day.0.month()),
            _ => i64::from(day.0.day()),
        };
        engine.register_get(zh, get);
        engine.register_get(en, get);
    }
    engine.register_indexer_get(|row: &mut Row, column: &str| row.cell(column));
    engine.register_indexer_get(|sheet: &mut Sheet, index: i64| {
        let row = usize::try_from(index).ok().and_then(|index| sheet.rows().get(index));
        row.cloned().ok_or_else(|| trouble(wording::no_row(index, sheet.rows().len())))
    });
    engine.register_iterator::<Sheet>();
    engine.register_iterator::<Array>();
    engine.register_iterator::<std::ops::Range<i64>>();
    engine.register_iterator::<std::ops::RangeInclusive<i64>>();
}

/// `x.缺报` and its like, for every kind of value a cell can have.
fn register_states(engine: &mut Engine) {
    for (state, names) in words::STATES {
        for name in names {
            engine.register_get(name, move |absent: &mut Absent| absent.state() == Some(state));
            engine.register_get(name, |_: &mut i64| false);
            engine.register_get(name, |_: &mut Decimal| false);
            engine.register_get(name, |_: &mut bool| false);
            engine.register_get(name, |_: &mut ImmutableString| false);
            engine.register_get(name, |_: &mut Day| false);
        }
    }
    for (state, [zh, en]) in words::STATES {
        let asks =
            move |value: Dynamic| value.read_lock::<Absent>().is_some_and(|absent| absent.state() == Some(state));
        engine.register_fn(format!("是{zh}"), asks);
        engine.register_fn(format!("is_{en}"), asks);
    }
    engine.register_get("状态", |absent: &mut Absent| absent.word().to_owned());
    both!(engine, "有值", "has_value", |value: Dynamic| !value.is::<Absent>());
    both!(engine, "状态", "state_of", |value: Dynamic| value
        .read_lock::<Absent>()
        .map_or_else(String::new, |absent| absent.word().to_owned()));
}

/// A state where a value was needed, or the message that the value is of the wrong kind.
fn unfit(value: &Dynamic, wanted: &heng_diag::Text) -> Box<rhai::EvalAltResult> {
    match value.read_lock::<Absent>() {
        Some(absent) => spread(absent.clone()),
        None => trouble(wording::needs(wanted, &wording::kind(value))),
    }
}

fn number(value: &Dynamic) -> Outcome<Number> {
    as_number(value).ok_or_else(|| unfit(value, &wording::a_number()))
}

fn day(value: &Dynamic) -> Outcome<Day> {
    value.read_lock::<Day>().map(|day| *day).ok_or_else(|| unfit(value, &wording::a_date()))
}

fn text(value: &Dynamic) -> Outcome<String> {
    as_text(value).map(|text| text.to_string()).ok_or_else(|| unfit(value, &wording::a_text()))
}

fn date(year: i64, month: i64, day: i64) -> Outcome<Day> {
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    match parts {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    }
    .map(Day)
    .ok_or_else(|| trouble(wording::no_such_date()))
}

fn days(from: Dynamic, to: Dynamic) -> Outcome<i64> {
    Ok(days_between(day(&from)?, day(&to)?))
}

fn sum_of_array(values: Array) -> Outcome<Dynamic> {
    sum(values.into_iter().map(Ok))
}

fn sum_of_column(sheet: Sheet, column: ImmutableString) -> Outcome<Dynamic> {
    sum(sheet.rows().iter().map(|row| row.cell(&column)))
}

/// Exact sum; whole numbers stay whole.
fn sum(values: impl Iterator<Item = Outcome<Dynamic>>) -> Outcome<Dynamic> {
    let mut total = Number::ZERO;
    let mut whole = true;
    for value in values {
        let value = value?;
        whole &= value.is_int();
        total = &total + &number(&value)?;
    }
    match (total.to_i64(), decimal(&total)) {
        (Some(integer), _) if whole => Ok(integer.into()),
        (_, Some(decimal)) => Ok(decimal.into()),
        _ => Err(trouble(wording::too_many_digits())),
    }
}

fn column(sheet: Sheet, column: ImmutableString) -> Outcome<Array> {
    sheet.rows().iter().map(|row| row.cell(&column)).collect()
}

/// Pairs `[earlier row, row]` for every row whose cells in `columns` are those of an earlier one. A
/// row with a state in one of them repeats nothing.
fn repeated_rows(sheet: Sheet, columns: Array) -> Outcome<Array> {
    let columns: Vec<String> = columns.iter().map(text).collect::<Outcome<_>>()?;
    let mut seen: BTreeMap<Vec<String>, Row> = BTreeMap::new();
    let mut pairs = Array::new();
    for row in sheet.rows() {
        let cells: Vec<Dynamic> = columns.iter().map(|column| row.cell(column)).collect::<Outcome<_>>()?;
        if cells.iter().any(Dynamic::is::<Absent>) {
            continue;
        }
        let key = cells.iter().map(show).collect();
        match seen.get(&key) {
            Some(first) => {
                pairs.push(Dynamic::from(vec![Dynamic::from(first.clone()), Dynamic::from(row.clone())]));
            }
            None => {
                seen.insert(key, row.clone());
            }
        }
    }
    Ok(pairs)
}

fn count(value: Dynamic) -> Outcome<i64> {
    let count = if let Some(sheet) = value.read_lock::<Sheet>() {
        sheet.rows().len()
    } else if let Some(array) = value.read_lock::<Array>() {
        array.len()
    } else if let Some(map) = value.read_lock::<Map>() {
        map.len()
    } else {
        text(&value)?.chars().count()
    };
    i64::try_from(count).map_err(|_| trouble(wording::too_large()))
}

fn contains(whole: Dynamic, part: Dynamic) -> Outcome<bool> {
    if let Some(array) = whole.read_lock::<Array>() {
        return array.iter().try_fold(false, |found, each| Ok(found || equal("==", each, &part)?));
    }
    if let Some(map) = whole.read_lock::<Map>() {
        return Ok(map.contains_key(text(&part)?.as_str()));
    }
    Ok(text(&whole)?.contains(&text(&part)?))
}

fn places(places: i64) -> Outcome<u32> {
    u32::try_from(places).ok().filter(|places| *places <= 28).ok_or_else(|| trouble(wording::places()))
}

/// Half-up.
fn rounded(value: Dynamic, digits: i64) -> Outcome<Dynamic> {
    to_places(&number(&value)?, digits)
}

fn quotient(a: Dynamic, b: Dynamic, digits: i64) -> Outcome<Dynamic> {
    let quotient = number(&a)?.checked_div(&number(&b)?).ok_or_else(|| trouble(wording::division_by_zero()))?;
    to_places(&quotient, digits)
}

fn to_places(number: &Number, digits: i64) -> Outcome<Dynamic> {
    let rounded = number.round(places(digits)?, Rounding::HalfUp);
    decimal(&rounded).map(Dynamic::from).ok_or_else(|| trouble(wording::too_many_digits()))
}

fn entry(key: Dynamic, value: Dynamic) -> Outcome<Map> {
    let key = text(&key)?;
    if key.len() > limits::NAME_BYTES {
        return Err(trouble(wording::name_too_long()));
    }
    Ok(Map::from([(key.into(), value)]))
}

fn get(map: Map, key: Dynamic, otherwise: Dynamic) -> Outcome<Dynamic> {
    Ok(map.get(text(&key)?.as_str()).cloned().unwrap_or(otherwise))
}

/// The value that stands `side` of all others.
fn extreme(values: Array, side: std::cmp::Ordering) -> Outcome<Dynamic> {
    let mut values = values.into_iter();
    let mut best = values.next().ok_or_else(|| trouble(wording::empty_array()))?;
    number(&best)?;
    for value in values {
        if order(">", &value, &best)? == side {
            best = value;
        }
    }
    Ok(best)
}

/// Values of different kinds are different here, as nobody compares them.
fn distinct(values: Array) -> Array {
    let mut seen = std::collections::BTreeSet::new();
    let key = |value: &Dynamic| (wording::kind(value).en, show_whole(value));
    values.into_iter().filter(|value| seen.insert(key(value))).collect()
}

/// A row with a state in the column equals nothing.
fn rows_where(sheet: Sheet, column: ImmutableString, wanted: Dynamic) -> Outcome<Array> {
    let mut found = Array::new();
    for row in sheet.rows() {
        let cell = row.cell(&column)?;
        if !cell.is::<Absent>() && equal("==", &cell, &wanted)? {
            found.push(Dynamic::from(row.clone()));
        }
    }
    Ok(found)
}

fn sorted(sheet: Sheet, column: ImmutableString) -> Outcome<Array> {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for row in sheet.rows() {
        let cell = row.cell(&column)?;
        if cell.is::<Absent>() { without.push(row.clone()) } else { with.push((cell, row.clone())) }
    }
    let mut failed = None;
    with.sort_by(|(a, _), (b, _)| {
        order("<", a, b).unwrap_or_else(|error| {
            failed.get_or_insert(error);
            std::cmp::Ordering::Equal
        })
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(with.into_iter().map(|(_, row)| row).chain(without).map(Dynamic::from).collect()),
    }
}

fn in_capitals(yuan: Dynamic) -> Outcome<String> {
    capitals(&number(&yuan)?).ok_or_else(|| trouble(wording::no_capitals()))
}
