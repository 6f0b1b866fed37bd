//! The template language: minijinja. Whatever comes from data is escaped, so that a name with a `|` or
//! a `#` stays a name; what a template itself writes is markup.

use heng_diag::Diagnostic;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, syntax::SyntaxConfig,
};

use crate::{
    context::Context,
    lookup::{Known, Lookup},
    wording,
};

/// How many steps a template may take.
const MOST_STEPS: u64 = 2_000_000;

/// A template filled with the words of a scorecard.
pub(crate) fn fill(name: &str, body: &str, context: &Context) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(context.sheet, context.lang);
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        env.set_syntax(syntax);
    }
    env.set_fuel(Some(MOST_STEPS));
    env.set_auto_escape_callback(|_| AutoEscape::Custom("markup".into()));
    env.set_formatter(write_value);
    let names = Names::of(&lookup);
    names.give(&mut env, context);
    let filled = env.template_from_str(body).and_then(|template| template.render(context.value()));
    filled.map_err(|error| Box::new(broken(name, &error)))
}

fn broken(name: &str, error: &Error) -> Diagnostic {
    let mut reason = error.to_string();
    if let Some(detail) = error.detail() {
        reason = detail.to_owned();
    }
    wording::bad_template(name, error.line().unwrap_or(0), &reason)
}

/// Writes a value; what data hold is escaped.
fn write_value(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::new(ErrorKind::UndefinedError, "undefined value"));
    }
    let text = value.to_string();
    let text = if value.is_safe() { text } else { escape(&text) };
    out.write_str(&text).map_err(|_| Error::from(ErrorKind::WriteFailure))
}

/// Data as markup that means the data.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for sign in text.chars() {
        match sign {
            '\r' => {}
            '\n' | '\u{2028}' | '\u{2029}' => escaped.push(' '),
            '\\' | '|' | '#' | '*' | '=' | '^' | '>' | '-' | '【' | '】' => {
                escaped.push('\\');
                escaped.push(sign);
            }
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// The data of a sheet by name, once and for all.
struct Names {
    texts: std::collections::BTreeMap<String, Known>,
    tables: std::collections::BTreeMap<String, Value>,
    totals: std::collections::BTreeMap<(String, String), Known>,
}

impl Names {
    fn of(lookup: &Lookup) -> Names {
        let mut names = Names { texts: Default::default(), tables: Default::default(), totals: Default::default() };
        for field in &lookup.sheet.program.schema.fields {
            let path = field.dotted();
            names.texts.insert(path.clone(), lookup.text(&path));
            let Some(table) = field.table() else { continue };
            let rows = lookup.rows(&path).unwrap_or_default();
            let rows = rows.into_iter().map(Value::from_pairs);
            names.tables.insert(path.clone(), Value::from(rows.collect::<Vec<_>>()));
            for column in &table.columns {
                let known = lookup.total(&path, &column.name);
                names.totals.insert((path.clone(), column.name.to_string()), known);
            }
        }
        names
    }

    /// Makes the functions of the language, each under its Chinese and its English name.
    fn give(self, env: &mut Environment, context: &Context) {
        let lang = context.lang;
        let Names { texts, tables, totals } = self;
        let blank = move |what: &str| Value::from_safe_string(wording::blank(lang, what));
        let unknown = move |what: &str| {
            Error::new(ErrorKind::InvalidOperation, wording::UNKNOWN_DATUM.get(lang).replace("{}", what))
        };
        let known = texts.clone();
        let has = move |path: String| -> Result<bool, Error> {
            known.get(&path).map(|known| matches!(known, Known::Text(_))).ok_or_else(|| unknown(&path))
        };
        let value = move |path: String| match texts.get(&path) {
            Some(Known::Text(text)) => Ok(Value::from(text.clone())),
            Some(_) => Ok(blank(&path)),
            None => Err(unknown(&path)),
        };
        let rows = move |path: String| tables.get(&path).cloned().ok_or_else(|| unknown(&path));
        let total = move |table: String, column: String| {
            let what = format!("{table}.{column}");
            match totals.get(&(table, column)) {
                Some(Known::Text(text)) => Ok(Value::from(text.clone())),
                Some(_) => Ok(blank(&what)),
                None => Err(unknown(&what)),
            }
        };
        let or_blank =
            move |value: Value, what: String| if value.to_string().is_empty() { blank(&what) } else { value };
        for (zh, en, function) in [
            ("值", "value", Value::from_function(value)),
            ("有", "has", Value::from_function(has)),
            ("行", "rows", Value::from_function(rows)),
            ("合计", "total_of", Value::from_function(total)),
            ("待填", "blank", Value::from_function(move |what: String| blank(&what))),
            ("或待填", "or_blank", Value::from_function(or_blank)),
        ] {
            env.add_global(zh, function.clone());
            env.add_global(en, function);
        }
        let groups = context.groups();
        let group = move |name: String| groups.get(&name).cloned().ok_or_else(|| unknown(&name));
        env.add_global("指标", Value::from_function(group.clone()));
        env.add_global("indicator", Value::from_function(group));
    }
}
