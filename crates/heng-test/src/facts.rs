//! The facts files of a case: its base, without what it changes, and its own.

use heng_data::FactsFile;

use crate::suite::{Base, TestCase};

/// The facts files of a case. `load` gives the bytes of a file of the base.
///
/// # Errors
/// What keeps a base from being read or changed, in words of `load` or of TOML.
pub fn assemble(
    case: &TestCase,
    load: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Vec<FactsFile>, String> {
    let own: Option<toml::Table> = toml::from_str(&case.facts).ok();
    let mut files = Vec::new();
    for (number, base) in (1..).zip(&case.base) {
        let (name, bytes) = match base {
            Base::File(path) => (path.clone(), load(path)?),
            Base::Text(text) => (format!("base-{number}.toml"), text.clone().into_bytes()),
        };
        let changed = own.as_ref().filter(|own| !own.is_empty());
        let bytes = match changed {
            Some(own) => without(&name, bytes, own)?,
            None => bytes,
        };
        files.push(FactsFile { name, bytes });
    }
    if !case.facts.trim().is_empty() {
        files.push(FactsFile { name: "case.toml".to_owned(), bytes: case.facts.clone().into_bytes() });
    }
    Ok(files)
}

/// A base without the data that the case gives itself.
fn without(name: &str, bytes: Vec<u8>, own: &toml::Table) -> Result<Vec<u8>, String> {
    let is_toml = std::path::Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    if !is_toml {
        return Err(format!("{name}：只有 toml 的数据能在用例里改 / only toml facts can be changed by a case"));
    }
    let text = String::from_utf8(bytes).map_err(|error| format!("{name}: {error}"))?;
    let mut table: toml::Table = toml::from_str(&text).map_err(|error| format!("{name}: {}", error.message()))?;
    let before = table.clone();
    strip(&mut table, own);
    if table == before {
        return Ok(text.into_bytes());
    }
    toml::to_string(&table).map(String::into_bytes).map_err(|error| format!("{name}: {error}"))
}

/// Takes out of `table` what `own` gives; of a group, only the data that it gives.
fn strip(table: &mut toml::Table, own: &toml::Table) {
    for (key, value) in own {
        match (table.get_mut(key), value) {
            (Some(toml::Value::Table(group)), toml::Value::Table(changes)) if !is_datum(changes) => {
                strip(group, changes);
            }
            _ => {
                table.remove(key);
            }
        }
    }
}

/// `{ 值 = … }` is a datum with its attributes, not a group.
fn is_datum(table: &toml::Table) -> bool {
    ["值", "value", "状态", "state"].iter().any(|key| table.contains_key(*key))
}

/// Puts a value under a path of names.
pub(crate) fn put(table: &mut toml::Table, path: &[String], value: toml::Value) {
    match path {
        [] => {}
        [last] => {
            table.insert(last.clone(), value);
        }
        [first, rest @ ..] => {
            let group = table.entry(first.clone()).or_insert_with(|| toml::Table::new().into());
            if let toml::Value::Table(group) = group {
                put(group, rest, value);
            }
        }
    }
}

/// The facts of `files` as one TOML text, with `value` in the place of the datum at `path`.
#[must_use]
pub fn changed(files: &[FactsFile], path: &[String], value: &str) -> String {
    let mut facts = toml::Table::new();
    for file in files {
        if let Ok(table) = toml::from_str::<toml::Table>(&String::from_utf8_lossy(&file.bytes)) {
            merge(&mut facts, table);
        }
    }
    put(&mut facts, path, value.to_owned().into());
    toml::to_string(&facts).unwrap_or_default()
}

/// Puts one set of facts into another, group by group.
fn merge(into: &mut toml::Table, from: toml::Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(toml::Value::Table(group)), toml::Value::Table(more)) => merge(group, more),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}
