//! Pinned scorecards, in the form and with the habits of insta: `snapshots/SUITE__CASE.snap` beside
//! the suite, and `.snap.new` next to it while a change waits for review.

use std::path::{Path, PathBuf};

use heng_model::{Program, Scorecard};
use heng_test::{Prepared, pinned, pinned_text};
use serde_json::Value;

use crate::{failure::Failure, output, pack::shown};

/// What became of a pin.
pub enum Pin {
    /// There is none.
    None,
    /// It holds.
    Same,
    /// It does not: how the scorecard moved.
    Moved(Vec<String>),
    /// It was written.
    Written,
}

/// A scorecard to be pinned.
pub struct Pinned {
    path: PathBuf,
    header: String,
    card: Value,
}

impl Pinned {
    /// The pin of a case.
    pub fn new(suite: &Path, case: &str, program: &Program, prepared: &Prepared<'_>, card: &Scorecard) -> Pinned {
        let slug: String = case.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '_' }).collect();
        let stem = suite.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = suite.parent().unwrap_or(Path::new(".")).join("snapshots");
        let source = suite.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Pinned {
            path: folder.join(format!("{stem}__{slug}.snap")),
            header: format!("---\nsource: {}\nexpression: {}\n---\n", quoted(&source), quoted(case)),
            card: pinned(program, &prepared.facts, &prepared.subject, card),
        }
    }

    /// Holds the scorecard to its pin; with `accept`, pins it.
    pub fn hold(&self, accept: bool) -> Result<Pin, Failure> {
        let pending = self.path.with_extension("snap.new");
        let old = std::fs::read_to_string(&self.path).ok();
        let old_card: Option<Value> = old.as_deref().and_then(body).and_then(|text| serde_json::from_str(text).ok());
        if old_card.as_ref() == Some(&self.card) {
            let _ = std::fs::remove_file(&pending);
            return Ok(Pin::Same);
        }
        if accept {
            self.write(&self.path)?;
            let _ = std::fs::remove_file(&pending);
            return Ok(Pin::Written);
        }
        if old.is_none() {
            return Ok(Pin::None);
        }
        self.write(&pending)?;
        let moved = old_card.map_or_else(|| vec![shown(&self.path)], |old| moves(&old, &self.card));
        Ok(Pin::Moved(moved))
    }

    fn write(&self, path: &Path) -> Result<(), Failure> {
        let text = format!("{}{}\n", self.header, pinned_text(&self.card));
        output::write_file(path, text.as_bytes()).map(drop)
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// What stands behind the header of a snapshot.
fn body(text: &str) -> Option<&str> {
    text.strip_prefix("---\n")?.split_once("\n---\n").map(|(_, body)| body)
}

/// How a scorecard moved: by row of the table, the scores, the rule, the data read and the steps.
fn moves(old: &Value, new: &Value) -> Vec<String> {
    let empty = Vec::new();
    let rows = |card: &Value| at(card, "nodes").as_array().cloned().unwrap_or_default();
    let (before, after) = (rows(old), rows(new));
    let mut found = Vec::new();
    for row in &after {
        let Some(was) = before.iter().find(|was| at(was, "key") == at(row, "key")) else {
            found.push(format!("+ {}", text(at(row, "name"))));
            continue;
        };
        if was == row {
            continue;
        }
        found.push(format!(
            "{}：{} → {}",
            text(at(row, "name")),
            text(at(at(was, "score"), "text")),
            text(at(at(row, "score"), "text"))
        ));
        changed(&mut found, "criterion", was, row);
        let data = |row: &Value| at(row, "read").as_array().unwrap_or(&empty).clone();
        for datum in &data(row) {
            let earlier = data(was).into_iter().find(|earlier| at(earlier, "datum") == at(datum, "datum"));
            if earlier.as_ref().is_some_and(|earlier| at(earlier, "text") != at(datum, "text")) {
                let was = earlier.map(|earlier| text(at(&earlier, "text"))).unwrap_or_default();
                found.push(format!("    {}：{was} → {}", text(at(datum, "datum")), text(at(datum, "text"))));
            }
        }
        let (mut old_steps, mut new_steps) = (Vec::new(), Vec::new());
        steps(at(was, "trace"), &mut old_steps);
        steps(at(row, "trace"), &mut new_steps);
        for (id, now) in new_steps.iter().take(400) {
            if let Some((_, then)) = old_steps.iter().find(|(other, _)| other == id)
                && then != now
            {
                found.push(format!("    {id}：{then} → {now}"));
            }
        }
    }
    for was in before.iter().filter(|was| !after.iter().any(|row| at(row, "key") == at(was, "key"))) {
        found.push(format!("− {}", text(at(was, "name"))));
    }
    changed(&mut found, "grade", at(old, "total"), at(new, "total"));
    found
}

fn changed(found: &mut Vec<String>, key: &str, old: &Value, new: &Value) {
    if at(old, key) != at(new, key) {
        found.extend([format!("    − {}", text(at(old, key))), format!("    + {}", text(at(new, key)))]);
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Ids and values of all steps.
fn steps(trace: &Value, found: &mut Vec<(String, String)>) {
    match trace {
        Value::Array(all) => all.iter().for_each(|step| steps(step, found)),
        Value::Object(step) => {
            if let (Some(id), Some(value)) = (step.get("id"), step.get("text").or_else(|| step.get("value"))) {
                found.push((text(id), text(value)));
            }
            step.values().filter(|value| value.is_array()).for_each(|parts| steps(parts, found));
        }
        _ => {}
    }
}

/// An entry; nothing where there is none.
fn at<'v>(value: &'v Value, key: &str) -> &'v Value {
    value.get(key).unwrap_or(&Value::Null)
}
