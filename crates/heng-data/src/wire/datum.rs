//! A datum in a scorecard: its value, its state, where it was read.

use heng_model::{Facts, Origin, Program, Quantity, Type, Value, facts::Place, value::DatumRef};
use heng_phrase::Phrase;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// The stable code of a state, verdict, status or kind.
pub(super) fn code(value: impl Serialize) -> Json {
    serde_json::to_value(value).unwrap_or(Json::Null)
}

/// A datum that an indicator read.
pub(super) fn datum_json(phrase: &Phrase<'_>, program: &Program, datum: DatumRef, facts: &Facts) -> Json {
    let ty = phrase.datum_type(datum);
    let cell = facts.cell(datum);
    let table = datum.cell.is_none().then(|| facts.table(datum.field)).flatten();
    let value = cell.and_then(|cell| cell.value.as_ref());
    let state = cell.and_then(|cell| cell.state).or_else(|| table.and_then(|table| table.state));
    json!({
        "datum": path(program, datum, facts),
        "name": phrase.datum(datum, facts),
        "value": value.map_or(Json::Null, exact),
        "unit": ty.as_ref().and_then(unit),
        "text": value.zip(ty.as_ref()).map(|(value, ty)| phrase.value(value, ty)),
        "rows": table.map(|table| table.rows.len()),
        "state": state.map_or(Json::Null, code),
        "reason": cell.and_then(|cell| cell.reason.clone()),
        "evidence": cell.and_then(|cell| cell.evidence.clone()),
        "origin": facts.origin(datum).filter(|origin| **origin != Origin::default()).map(origin_json),
    })
}

/// The datum's path, which no language changes: `三公经费.预算数`, `采购合同[保洁服务].签订日期`.
pub(super) fn path(program: &Program, datum: DatumRef, facts: &Facts) -> String {
    let Some(field) = program.schema.field(datum.field) else { return "?".to_owned() };
    let Some((row, column)) = datum.cell else { return field.dotted() };
    let name = program.schema.column(datum.field, column).map_or("?", |column| &column.name);
    format!("{}[{}].{name}", field.dotted(), row_name(program, datum.field, row, facts))
}

/// A row by its key, or by its number from 1 where the table has none.
pub(super) fn row_name(program: &Program, table: heng_model::FieldId, row: u32, facts: &Facts) -> String {
    let key = program.schema.field(table).and_then(|field| field.table()).and_then(|table| table.key);
    let cell = key.and_then(|key| facts.cell(DatumRef { field: table, cell: Some((row, key)) }));
    match cell.and_then(|cell| cell.value.as_ref()).map(exact) {
        Some(Json::String(key)) => key,
        _ => (u64::from(row) + 1).to_string(),
    }
}

/// A value that loses nothing: numbers and dates as text, yes and no as such.
pub(super) fn exact(value: &Value) -> Json {
    match value {
        Value::Number(number) => Json::String(number.to_string()),
        Value::Date(date) => Json::String(date.to_string()),
        Value::Bool(yes) => Json::Bool(*yes),
        Value::Text(text) => Json::String(text.to_string()),
        Value::List(items) => items.iter().map(exact).collect(),
        Value::Rows(_, rows) => json!({ "rows": rows.iter().map(|row| u64::from(*row) + 1).collect::<Vec<_>>() }),
        Value::State(state, _) => json!({ "state": code(state) }),
        Value::Verdict(verdict, _) => json!({ "verdict": code(verdict) }),
    }
}

/// The base unit in which an exact number is given.
fn unit(ty: &Type) -> Option<&'static str> {
    Some(match ty.quantity()? {
        Quantity::Plain => "number",
        Quantity::Ratio => "ratio",
        Quantity::PercentPoint => "percent_point",
        Quantity::Count => "count",
        Quantity::Year => "year",
        Quantity::Money => "yuan",
        Quantity::Points => "points",
        Quantity::Days => "days",
        Quantity::CalendarDays => "calendar_days",
        Quantity::WorkingDays => "working_days",
        Quantity::Compound(_) => "compound",
    })
}

fn origin_json(origin: &Origin) -> Json {
    let mut place = Map::new();
    place.insert("file".to_owned(), json!(origin.file));
    match &origin.place {
        Place::Nowhere => {}
        Place::Line(line) => drop(place.insert("line".to_owned(), json!(line))),
        Place::Cell { sheet, cell } => {
            place.insert("sheet".to_owned(), json!(sheet));
            place.insert("cell".to_owned(), json!(cell));
        }
        Place::Pointer(pointer) => drop(place.insert("pointer".to_owned(), json!(pointer))),
    }
    place.insert("paper".to_owned(), json!(origin.paper));
    place.insert("assumed".to_owned(), json!(origin.assumed));
    Json::Object(place)
}
