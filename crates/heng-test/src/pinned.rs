//! A scorecard as it is pinned: what `heng test --accept` and tests of Rust programs hold scorecards to.

use heng_data::wire::scorecard_json;
use heng_diag::Lang;
use heng_model::{Facts, Program, Scorecard, facts::Subject};
use serde_json::Value;

/// The scorecard without files and lines: moving a rule in its file moves no score.
#[must_use]
pub fn pinned(program: &Program, facts: &Facts, subject: &Subject, card: &Scorecard) -> Value {
    without_places(scorecard_json(program, facts, subject, card, Lang::Zh))
}

/// The text that stands behind the header of a snapshot.
#[must_use]
pub fn pinned_text(card: &Value) -> String {
    serde_json::to_string_pretty(card).unwrap_or_default()
}

fn without_places(card: Value) -> Value {
    match card {
        Value::Object(entries) => {
            let kept = entries.into_iter().filter(|(key, _)| key != "at" && key != "origin");
            Value::Object(kept.map(|(key, value)| (key, without_places(value))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(without_places).collect()),
        other => other,
    }
}
