//! What scripts see of the facts: read-only values with exact numbers.

use std::fmt;
use std::sync::Arc;

use heng_diag::Text;
use heng_eval::ScriptRow;
use heng_model::{Date, Name, Number, Quantity, State, Type, Value, Verdict};
use rhai::{Array, Dynamic, EvalAltResult, ImmutableString, Map, Position};
use rust_decimal::Decimal;

use crate::{wording, words};

/// A result inside the script engine.
pub(crate) type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// 日期.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub Date);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }
}

/// A datum without a value: a state, or a computed cell that could not be computed. Whatever
/// computes with it ends the script with it, so that the rule's declared effect decides.
#[derive(Clone, Debug)]
pub(crate) struct Absent(pub Value);

impl Absent {
    /// Which state; none for a computed cell that failed.
    pub fn state(&self) -> Option<State> {
        match self.0 {
            Value::State(state, _) => Some(state),
            _ => None,
        }
    }

    /// The word of the state or verdict.
    pub fn word(&self) -> &'static str {
        match self.0 {
            Value::State(state, _) => words::state(state),
            Value::Verdict(Verdict::NotApplicable, _) => "不适用",
            Value::Verdict(Verdict::Return, _) => "退回",
            Value::Verdict(Verdict::Stop, _) => "停止",
            _ => "待核",
        }
    }
}

/// 表: rows that can be looked at and not changed.
#[derive(Clone, Debug)]
pub(crate) struct Sheet(Arc<Vec<Row>>);

/// 行.
#[derive(Clone, Debug)]
pub(crate) struct Row(Arc<ScriptRow>);

impl Sheet {
    pub fn new(rows: &[ScriptRow]) -> Sheet {
        Sheet(Arc::new(rows.iter().map(|row| Row(Arc::new(row.clone()))).collect()))
    }

    pub fn rows(&self) -> &[Row] {
        &self.0
    }
}

impl IntoIterator for Sheet {
    type Item = Row;
    type IntoIter = std::vec::IntoIter<Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows().to_vec().into_iter()
    }
}

impl Row {
    /// The number of the row in the table that was handed in, from 1.
    pub fn number(&self) -> i64 {
        i64::from(self.0.number)
    }

    /// The cell of a column; `行号` is the number of the row unless a column is called so.
    pub fn cell(&self, column: &str) -> Outcome<Dynamic> {
        match self.0.cells.iter().find(|(name, ..)| **name == *column) {
            Some((_, value, ty)) => {
                dynamic(value, ty).map_err(|reason| trouble(wording::cell(self.number(), column, &reason)))
            }
            None if words::ROW_NUMBER.contains(&column) => Ok(self.number().into()),
            None => {
                let columns: Vec<&str> = self.0.cells.iter().map(|(name, ..)| &**name).collect();
                Err(trouble(wording::no_column(column, &columns)))
            }
        }
    }
}

/// A message of ours on its way out of the engine.
#[derive(Clone, Debug)]
pub(crate) struct Trouble(pub Text);

/// Stops the script with a message.
pub(crate) fn trouble(text: Text) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(Trouble(text)), Position::NONE))
}

/// Stops the script with a state, which becomes its answer.
pub(crate) fn spread(absent: Absent) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(absent), Position::NONE))
}

/// A value as the script sees it.
pub(crate) fn dynamic(value: &Value, ty: &Type) -> Result<Dynamic, Text> {
    Ok(match value {
        Value::Number(number) => self::number(number, ty)?,
        Value::Date(date) => Dynamic::from(Day(*date)),
        Value::Bool(yes) => (*yes).into(),
        Value::Text(text) => ImmutableString::from(&**text).into(),
        Value::List(values) => list(values, ty)?.into(),
        Value::State(..) | Value::Verdict(..) => Dynamic::from(Absent(value.clone())),
        Value::Rows(..) => return Err(wording::rows_without_cells()),
    })
}

fn list(values: &[Value], ty: &Type) -> Result<Array, Text> {
    let element = match ty {
        Type::List(element) => element,
        other => other,
    };
    values.iter().map(|value| dynamic(value, element)).collect()
}

/// Counts, years and days are whole numbers; everything else is a decimal.
fn number(number: &Number, ty: &Type) -> Result<Dynamic, Text> {
    let whole = matches!(
        ty.quantity(),
        Some(Quantity::Count | Quantity::Year | Quantity::Days | Quantity::CalendarDays | Quantity::WorkingDays)
    );
    match number.to_i64() {
        Some(integer) if whole => Ok(integer.into()),
        _ => decimal(number).map(Dynamic::from).ok_or_else(|| wording::not_a_decimal(number.decimal_text().is_some())),
    }
}

/// A number as a decimal of at most 28 digits, where it is one.
pub(crate) fn decimal(number: &Number) -> Option<Decimal> {
    number.to_decimal().map(|decimal| decimal.normalize())
}

/// What is said of a value in a text.
pub(crate) fn show(value: &Dynamic) -> String {
    if let Some(day) = value.read_lock::<Day>() {
        return day.to_string();
    }
    if let Some(absent) = value.read_lock::<Absent>() {
        return absent.word().to_owned();
    }
    if let Some(row) = value.read_lock::<Row>() {
        return format!("第{}行", row.number());
    }
    if let Some(sheet) = value.read_lock::<Sheet>() {
        return format!("（{}行）", sheet.rows().len());
    }
    if let Some(array) = value.read_lock::<Array>() {
        return format!("（{}项）", array.len());
    }
    if let Some(map) = value.read_lock::<Map>() {
        return format!("（{}项）", map.len());
    }
    match (value.as_bool(), value.as_decimal()) {
        (Ok(yes), _) => (if yes { "是" } else { "否" }).to_owned(),
        (_, Ok(decimal)) => decimal.normalize().to_string(),
        _ => value.to_string(),
    }
}

/// A value with its parts, for whoever tries a script out.
pub(crate) fn show_whole(value: &Dynamic) -> String {
    if let Some(array) = value.read_lock::<Array>() {
        return format!("[{}]", array.iter().map(show_whole).collect::<Vec<_>>().join(", "));
    }
    if let Some(map) = value.read_lock::<Map>() {
        let entry = |(name, value): (&rhai::Identifier, &Dynamic)| format!("{name}: {}", show_whole(value));
        return format!("#{{ {} }}", map.iter().map(entry).collect::<Vec<_>>().join(", "));
    }
    show(value)
}

/// The value as a number of either kind.
pub(crate) fn as_number(value: &Dynamic) -> Option<Number> {
    match (value.as_int(), value.as_decimal()) {
        (Ok(integer), _) => Some(Number::from(integer)),
        (_, Ok(decimal)) => Some(Number::from(decimal)),
        _ => None,
    }
}

/// The value as text; a single character is text too.
pub(crate) fn as_text(value: &Dynamic) -> Option<Name> {
    if let Ok(text) = value.as_immutable_string_ref() {
        return Some(text.as_str().into());
    }
    value.as_char().ok().map(|c| c.to_string().into())
}
