//! What a script's result means.

use heng_diag::Text;
use heng_eval::ScriptAnswer;
use heng_model::{Name, Number, Type, Value, program::Method};
use rhai::{Array, Dynamic, Map};

use crate::{
    value::{Absent, Day, as_text},
    wording, words,
};

/// The answer behind the result of a check or of a scoring method.
pub(crate) fn answer(result: &Dynamic, method: &Method, check: bool) -> Result<ScriptAnswer, Text> {
    if let Some(map) = result.read_lock::<Map>() {
        return with_findings(&map, method, check);
    }
    if check && let Some(findings) = result.read_lock::<Array>() {
        let findings = texts(&findings)?;
        return Ok(ScriptAnswer { value: Value::Bool(findings.is_empty()), findings });
    }
    Ok(ScriptAnswer { value: value(result, &method.ty, check)?, findings: Vec::new() })
}

/// `#{ 通过: …, 说明: […] }` of a check, `#{ 结果: …, 说明: […] }` of a scoring method.
fn with_findings(map: &Map, method: &Method, check: bool) -> Result<ScriptAnswer, Text> {
    let names = if check { words::PASSES } else { words::RESULT };
    let known = |key: &&str| names.contains(key) || words::FINDINGS.contains(key);
    if let Some(key) = map.keys().map(|key| key.as_str()).find(|key| !known(key)) {
        return Err(wording::unknown_entry(key, names));
    }
    let entry = |names: [&str; 2]| names.iter().find_map(|name| map.get(*name));
    let result = entry(names).ok_or_else(|| wording::no_entry(names))?;
    let findings = match entry(words::FINDINGS) {
        None => Vec::new(),
        Some(found) => match found.read_lock::<Array>() {
            Some(array) => texts(&array)?,
            None => return Err(wording::findings(&wording::kind(found))),
        },
    };
    Ok(ScriptAnswer { value: value(result, &method.ty, check)?, findings })
}

fn texts(array: &Array) -> Result<Vec<Name>, Text> {
    let text = |each: &Dynamic| as_text(each).ok_or_else(|| wording::findings(&wording::kind(each)));
    array.iter().map(text).collect()
}

fn value(result: &Dynamic, ty: &Type, check: bool) -> Result<Value, Text> {
    if let Some(absent) = result.read_lock::<Absent>() {
        return Ok(absent.0.clone());
    }
    let value = match ty {
        Type::Bool => result.as_bool().ok().map(Value::Bool),
        Type::Quantity(_) => match (result.as_int(), result.as_decimal()) {
            (Ok(integer), _) => Some(Value::Number(Number::from(integer))),
            (_, Ok(decimal)) => Some(Value::Number(Number::from(decimal))),
            _ => None,
        },
        Type::Date => result.read_lock::<Day>().map(|day| Value::Date(day.0)),
        Type::Text | Type::Word(_) => as_text(result).map(Value::Text),
        Type::List(inner) => match result.read_lock::<Array>() {
            Some(array) => {
                Some(Value::List(array.iter().map(|each| value(each, inner, false)).collect::<Result<_, _>>()?))
            }
            None => None,
        },
        Type::Rows(_) | Type::Children | Type::Never => None,
    };
    value.ok_or_else(|| wording::wrong_result(&wording::type_name(ty), &wording::kind(result), check))
}
