//! Scripts as packs write them, and scripts that mean harm.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects by failing"
)]

mod answers;
mod anything;
mod attacks;
mod ledger;
mod library;
mod loading;
mod values;

use heng_eval::{ScriptAnswer, ScriptArgument, ScriptCall, ScriptRow, Scripts};
use heng_model::{
    Date, FieldId, Name, Number, Quantity, State, Type, Value,
    program::{Method, MethodCode, Parameter, Script, ScriptId},
    value::DatumRef,
};
use heng_script::ScriptLibrary;

const FILE: &str = "checks/试.rhai";

fn script(function: &str, check: bool) -> Script {
    Script { file: FILE.into(), function: function.into(), check, at: heng_model::expr::SourceRef::default() }
}

fn method(name: &str, parameters: &[&str], ty: Type) -> Method {
    let parameter = |name: &&str| Parameter { name: (*name).into(), ty: Type::Never, optional: false };
    Method {
        name: name.into(),
        parameters: parameters.iter().map(parameter).collect(),
        ty,
        range: None,
        code: MethodCode::Script(ScriptId(0)),
        at: heng_model::expr::SourceRef::default(),
    }
}

/// Runs `text`'s function `甲` with the parameters a, b, … and answers of type `ty`.
fn call(text: &str, arguments: Vec<ScriptArgument>, ty: Type) -> Result<ScriptAnswer, Name> {
    let names: Vec<&str> = ["a", "b", "c", "d"].into_iter().take(arguments.len()).collect();
    let (script, method) = (script("甲", ty == Type::Bool), method("甲", &names, ty));
    let files = [(FILE.into(), text.to_owned())];
    let (library, problems) = ScriptLibrary::load(&files, std::slice::from_ref(&script), std::slice::from_ref(&method));
    assert_eq!(problems, [], "{text}");
    library.run(&ScriptCall { script: &script, method: &method, arguments })
}

/// What a body without parameters comes to, as text.
fn eval(body: &str) -> Result<String, Name> {
    eval_with(body, Vec::new())
}

/// What a body with the parameters a, b, … comes to, as text.
fn eval_with(body: &str, arguments: Vec<ScriptArgument>) -> Result<String, Name> {
    let names = ["a", "b", "c", "d"][..arguments.len()].join(", ");
    let text = format!("fn 甲({names}) {{ \"\" + 乙({names}) }}\nfn 乙({names}) {{ {body} }}");
    match call(&text, arguments, Type::Text)?.value {
        Value::Text(text) => Ok(text.to_string()),
        other => Ok(format!("{other:?}")),
    }
}

/// The Chinese half of an error.
fn zh(error: Result<impl std::fmt::Debug, Name>) -> String {
    let error = error.unwrap_err();
    error.split_once(" / ").unwrap_or_else(|| panic!("one language only: {error}")).0.to_owned()
}

fn number(text: &str, quantity: Quantity) -> ScriptArgument {
    ScriptArgument::Value { value: Value::Number(decimal(text)), ty: Type::Quantity(quantity) }
}

fn decimal(text: &str) -> Number {
    Number::parse_decimal(text).unwrap()
}

fn date(year: i16, month: i8, day: i8) -> Value {
    Value::Date(Date::new(year, month, day).unwrap())
}

fn missing(column: u16) -> Value {
    Value::State(State::Missing, DatumRef { field: FieldId(3), cell: Some((0, column)) })
}

/// Rows from 1, with columns as given.
fn rows(columns: &[(&str, Type)], cells: Vec<Vec<Value>>) -> ScriptArgument {
    let row = |(number, cells): (u32, Vec<Value>)| ScriptRow {
        number,
        cells: columns.iter().zip(cells).map(|((name, ty), value)| ((*name).into(), value, ty.clone())).collect(),
    };
    ScriptArgument::Rows((1..).zip(cells).map(row).collect())
}
