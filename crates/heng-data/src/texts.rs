//! Facts as a row of texts that [`crate::Layout`] reads back as the same facts: how a folder of workbooks becomes a
//! file with a department a row. Where a value was read is not kept, nor what no score reads.

use heng_model::{
    Facts, FieldId, Number, Quantity, Schema, Type, Value,
    facts::{Cell, Entry, TableFacts},
    schema::{Field, Table},
};

use crate::words::{self, Word};

/// What stands beside a single datum.
const BESIDE: [Word; 3] = [Word::State, Word::Evidence, Word::Reason];

/// The heads under which [`fact_texts`] writes.
#[must_use]
pub fn fact_heads(schema: &Schema) -> Vec<String> {
    let heads = |field: &Field| {
        let name = field.dotted();
        let unit = if is_money(field.scalar().as_ref()) { "（元）" } else { "" };
        let beside = BESIDE.iter().filter(|_| field.table().is_none());
        let beside: Vec<String> = beside.map(|word| format!("{name}.{}", words::spelling(*word))).collect();
        std::iter::once(format!("{name}{unit}")).chain(beside).collect::<Vec<_>>()
    };
    schema.fields.iter().flat_map(heads).collect()
}

/// The facts under these heads. A datum whose state leaves no value is the word of the state.
#[must_use]
pub fn fact_texts(schema: &Schema, facts: &Facts) -> Vec<String> {
    let mut texts = Vec::new();
    for (id, field) in (0u32..).map(FieldId).zip(&schema.fields) {
        match (facts.entry(id), field.table()) {
            (Some(Entry::Table(rows)), Some(table)) => texts.push(table_text(table, rows)),
            (Some(Entry::Scalar(cell)), None) => texts.extend(scalar_texts(field.scalar().as_ref(), cell)),
            (_, Some(_)) => texts.push(String::new()),
            (_, None) => texts.extend(std::iter::repeat_n(String::new(), BESIDE.len() + 1)),
        }
    }
    texts
}

fn is_money(ty: Option<&Type>) -> bool {
    matches!(ty, Some(Type::Quantity(Quantity::Money)))
}

fn scalar_texts(ty: Option<&Type>, cell: &Cell) -> [String; 4] {
    let state = cell.state.map(|state| words::state_words(state).0.to_owned());
    let words = |name: &Option<heng_model::Name>| name.as_ref().map(|name| name.to_string()).unwrap_or_default();
    let (value, state) = match &cell.value {
        Some(value) => (value_text(ty, value), state.unwrap_or_default()),
        None => (state.unwrap_or_default(), String::new()),
    };
    [value, state, words(&cell.evidence), words(&cell.reason)]
}

/// A value in the unit of its head; a ratio as per cent, because a bare one may be either.
fn value_text(ty: Option<&Type>, value: &Value) -> String {
    match value {
        Value::Number(number) => match ty {
            Some(Type::Quantity(Quantity::Ratio)) => format!("{}%", number * &Number::from(100)),
            _ => number.to_string(),
        },
        Value::Date(date) => date.to_string(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Text(text) => text.to_string(),
        Value::Rows(..) | Value::List(_) | Value::State(..) | Value::Verdict(..) => String::new(),
    }
}

/// The rows as JSON, or the word that says why there are none.
fn table_text(table: &Table, facts: &TableFacts) -> String {
    let state = facts.state.map(|state| words::state_words(state).0);
    if facts.rows.is_empty() {
        return state.unwrap_or_default().to_owned();
    }
    let rows: Vec<String> = facts.rows.iter().map(|row| row_text(table, row)).collect();
    let rows = format!("[{}]", rows.join(","));
    match state {
        Some(state) => {
            format!(
                "{{{}:{rows},{}:{}}}",
                quoted(words::spelling(Word::Rows)),
                quoted(words::spelling(Word::State)),
                quoted(state)
            )
        }
        None => rows,
    }
}

fn row_text(table: &Table, row: &[Cell]) -> String {
    let mut entries = Vec::new();
    for (column, cell) in table.columns.iter().zip(row).filter(|(column, _)| column.formula.is_none()) {
        let [value, state, evidence, reason] = scalar_texts(Some(&column.ty), cell);
        let unit = if is_money(Some(&column.ty)) && cell.value.is_some() { "元" } else { "" };
        let parts = [
            (Word::Value, value),
            (Word::Unit, unit.to_owned()),
            (Word::State, state),
            (Word::Evidence, evidence),
            (Word::Reason, reason),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(word, text)| format!("{}:{}", quoted(words::spelling(word)), quoted(&text)))
            .collect();
        if !parts.is_empty() {
            entries.push(format!("{}:{{{}}}", quoted(&column.name), parts.join(",")));
        }
    }
    format!("{{{}}}", entries.join(","))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
