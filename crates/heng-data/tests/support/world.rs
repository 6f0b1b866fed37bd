//! A schema with one datum of each kind, and readings as short texts.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fmt::Write as _;

use heng_data::{FactsFile, Reading, read_facts};
use heng_diag::{Diagnostic, Severity, Sources};
use heng_model::{
    Cell, Field, Number, Origin, Quantity, Schema, State, Type, Value,
    expr::{ExprId, SourceRef},
    facts::{Entry, Place},
    schema::{Bound, ChoiceId, ChoiceList, Column, Interval, Rating, Shape, Table, Traits},
};

pub fn quantity(quantity: Quantity) -> Type {
    Type::Quantity(quantity)
}

pub fn optional() -> Traits {
    Traits { optional: true, ..Traits::default() }
}

fn field(path: &str, shape: Shape, traits: Traits) -> Field {
    let path = path.split('.').map(Into::into).collect();
    Field { path, alias: None, shape, traits, at: SourceRef::default() }
}

pub fn scalar(path: &str, ty: Type, traits: Traits) -> Field {
    field(path, Shape::Scalar(ty), traits)
}

pub fn column(name: &str, ty: Type, traits: Traits) -> Column {
    Column { name: name.into(), alias: None, ty, formula: None, traits, at: SourceRef::default() }
}

pub fn table(path: &str, columns: Vec<Column>, traits: Traits) -> Field {
    field(path, Shape::Table(Table { columns, least_rows: 0, most_rows: None, key: None }), traits)
}

fn between(low: &str, high: &str) -> Interval<Number> {
    let end = |text: &str| Some(Bound { at: text.parse().unwrap(), closed: true });
    Interval { low: end(low), high: end(high) }
}

/// One datum of each kind; all optional, so that a test names only what it is about.
pub fn kinds() -> Schema {
    let q = quantity;
    let mut fields: Vec<Field> = [
        ("年初预算数", q(Quantity::Money)),
        ("满意度", q(Quantity::Ratio)),
        ("变化", q(Quantity::PercentPoint)),
        ("编制数", q(Quantity::Count)),
        ("得票数", q(Quantity::Plain)),
        ("平均分", q(Quantity::Points)),
        ("办理天数", q(Quantity::Days)),
        ("评价年度", q(Quantity::Year)),
        ("批复日期", Type::Date),
        ("涉密", Type::Bool),
        ("偏差原因", Type::Text),
        ("性质", Type::Word(Some(ChoiceId(0)))),
        ("三公经费.预算数", q(Quantity::Money)),
        ("三公经费.决算数", q(Quantity::Money)),
    ]
    .into_iter()
    .map(|(path, ty)| scalar(path, ty, optional()))
    .collect();
    fields[1].traits.domain = Some(between("0", "1"));
    fields[4].traits.may_not_apply = true;
    let rating = Rating { quantity: Quantity::Ratio, band: between("0.6", "0.8") };
    fields.push(field("目标质量", Shape::Rating(rating), optional()));
    fields.push(contracts());
    let words = ["一般", "挪用", "虚列支出", "无"].map(Into::into).into();
    Schema { fields, choices: vec![ChoiceList { words }] }
}

/// 采购合同: a key, a required amount, an optional date, a computed column.
pub fn contracts() -> Field {
    let mut columns = vec![
        column("名称", Type::Text, Traits::default()),
        column("金额", quantity(Quantity::Money), Traits::default()),
        column("公告日期", Type::Date, optional()),
        column("占比", quantity(Quantity::Ratio), Traits::default()),
    ];
    columns[3].formula = Some(ExprId(0));
    let mut contracts = table("采购合同", columns, optional());
    if let Shape::Table(table) = &mut contracts.shape {
        table.key = Some(0);
    }
    contracts
}

pub fn file(name: &str, body: impl Into<Vec<u8>>) -> FactsFile {
    FactsFile { name: name.into(), bytes: body.into() }
}

pub fn toml(schema: &Schema, body: &str) -> Reading {
    read_facts(schema, &[file("事实.toml", body)])
}

pub fn json(schema: &Schema, body: &str) -> Reading {
    read_facts(schema, &[file("事实.json", body)])
}

/// The findings, one a line: place, code, headline, what to do.
pub fn findings(reading: &Reading) -> String {
    let lines: Vec<String> = reading.diagnostics.iter().map(|d| finding(d, &reading.sources)).collect();
    lines.join("\n")
}

fn finding(d: &Diagnostic, sources: &Sources) -> String {
    assert!(d.title.en.is_ascii() || d.title.en != d.title.zh, "no English: {}", d.title.en);
    let severity = match d.severity {
        Severity::Error => "",
        Severity::Warning => "warning ",
        Severity::Hint => "hint ",
    };
    let place = match (&d.primary, &d.location) {
        (Some(label), _) => {
            let at = sources.line_column(label.span);
            format!("{}:{} {:?}", at.line, at.column, sources.slice(label.span))
        }
        (None, Some(location)) => location.clone(),
        (None, None) => "-".to_owned(),
    };
    let mut line = format!("{severity}{} {place}: {}", d.code, d.title.zh);
    for help in &d.helps {
        let _ = write!(line, " | {}", help.zh);
    }
    for label in &d.others {
        let _ = write!(line, " ({} {}行)", label.text.zh, sources.line_column(label.span).line);
    }
    if d.code == "data/duplicate" || d.code == "data/key" {
        for note in &d.notes {
            let _ = write!(line, " ({})", note.zh);
        }
    }
    line
}

/// What was read, one field a line; what was not handed in is left out.
pub fn facts(schema: &Schema, reading: &Reading) -> String {
    let mut out = Vec::new();
    for (id, field) in schema.iter() {
        match reading.facts.entry(id).unwrap() {
            Entry::Scalar(cell) if cell.origin == Origin::default() => {}
            Entry::Scalar(cell) => out.push(format!("{} = {}", field.dotted(), cell_text(cell))),
            Entry::Table(table) if table.origin == Origin::default() => {}
            Entry::Table(table) => {
                out.push(format!("{}{}{}", field.dotted(), state_text(table.state), origin_text(&table.origin)));
                for row in &table.rows {
                    let cells: Vec<String> = row.iter().map(cell_text).collect();
                    out.push(format!("  {}", cells.join(" · ")));
                }
            }
        }
    }
    out.join("\n")
}

pub fn value_text(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Text(text) => format!("“{text}”"),
        other => format!("{other:?}"),
    }
}

fn cell_text(cell: &Cell) -> String {
    let mut text = cell.value.as_ref().map_or("–".to_owned(), value_text);
    text.push_str(&state_text(cell.state));
    text.push_str(&origin_text(&cell.origin));
    for (word, what) in [("佐证", &cell.evidence), ("理由", &cell.reason)] {
        if let Some(what) = what {
            let _ = write!(text, " {word}:{what}");
        }
    }
    text
}

fn state_text(state: Option<State>) -> String {
    state.map_or(String::new(), |state| format!(" {state:?}"))
}

fn origin_text(origin: &Origin) -> String {
    let mut text = match &origin.place {
        Place::Nowhere => " @nowhere".to_owned(),
        Place::Line(line) => format!(" @{line}"),
        Place::Cell { sheet, cell } => format!(" @{sheet}!{cell}"),
        Place::Pointer(pointer) => format!(" @{pointer}"),
    };
    if let Some(paper) = &origin.paper {
        let _ = write!(text, " 出处:{paper}");
    }
    if origin.assumed {
        text.push_str(" 假设");
    }
    text
}
