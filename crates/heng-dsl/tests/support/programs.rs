//! Programs compared by what they mean: where they were written does not count.
#![allow(dead_code, reason = "each test takes what it needs")]

use heng_model::Program;
use serde_json::Value;

/// A program without the places where it was written.
pub fn placeless(program: &Program) -> Value {
    changed(program, |_| Value::Null)
}

/// A program in which places are lines.
pub fn lines_only(program: &Program) -> Value {
    changed(program, |place| place.get("line").cloned().unwrap_or_default())
}

fn changed(program: &Program, place: fn(&Value) -> Value) -> Value {
    let mut value = serde_json::to_value(program).unwrap();
    change(&mut value, place);
    if let Some(files) = value.get_mut("files") {
        *files = Value::Null;
    }
    value
}

/// Changes every place: an object with just a file, a line and two ends.
fn change(value: &mut Value, place: fn(&Value) -> Value) {
    let is_place = |value: &Value| {
        let keys = ["file", "line", "start", "end"];
        value
            .as_object()
            .is_some_and(|object| object.len() == keys.len() && keys.iter().all(|key| object.contains_key(*key)))
    };
    if is_place(value) {
        *value = place(value);
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, place)),
        Value::Object(fields) => fields.values_mut().for_each(|field| change(field, place)),
        _ => {}
    }
}

/// Where two values first differ, for messages.
pub fn difference(left: &Value, right: &Value) -> Option<String> {
    walk(left, right, "")
}

fn walk(left: &Value, right: &Value, path: &str) -> Option<String> {
    match (left, right) {
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(index, (a, b))| walk(a, b, &format!("{path}[{index}]")))
        }
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().zip(b.values()).find_map(|((key, a), b)| walk(a, b, &format!("{path}.{key}")))
        }
        _ if left == right => None,
        _ => Some(format!("{path}: {left} against {right}")),
    }
}
