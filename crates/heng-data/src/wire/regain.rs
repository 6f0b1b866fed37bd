//! What would have been, as JSON.

use heng_diag::Lang;
use heng_model::{
    Facts, Outcome, Program, Type, Value,
    change::{Changed, Cliff, Instead, Regain},
    value::DatumRef,
};
use heng_phrase::Phrase;
use serde_json::{Value as Json, json};

use super::datum::{exact, path, row_name};

/// The changes that bring points back, for the member `regain` of `explanation/1`.
#[must_use]
pub fn regain_json(program: &Program, facts: &Facts, regain: &Regain, lang: Lang) -> Json {
    let writer = Writer { phrase: &Phrase::new(program, lang), program, facts };
    let levels = regain.levels.iter().map(|level| {
        json!({
            "wanted": level.wanted.to_string(),
            "changes": level.changes.iter().map(|changed| writer.changed(changed)).collect::<Vec<_>>(),
        })
    });
    json!({
        "points": regain.points.to_string(),
        "full": regain.full.to_string(),
        "levels": levels.collect::<Vec<_>>(),
        "cut_short": regain.cut_short,
    })
}

/// The cliffs, as `cliffs/1`.
#[must_use]
pub fn cliffs_json(program: &Program, facts: &Facts, cliffs: &[Cliff], lang: Lang) -> Json {
    let writer = Writer { phrase: &Phrase::new(program, lang), program, facts };
    let cliffs: Vec<Json> = cliffs.iter().map(|cliff| writer.cliff(cliff)).collect();
    json!({ "heng": "cliffs/1", "cliffs": cliffs })
}

struct Writer<'a> {
    phrase: &'a Phrase<'a>,
    program: &'a Program,
    facts: &'a Facts,
}

impl Writer<'_> {
    fn changed(&self, changed: &Changed) -> Json {
        let datum = changed.change.datum;
        let (without, to) = match &changed.change.to {
            Instead::Without(row) => (Some(row_name(self.program, datum.field, *row, self.facts)), Json::Null),
            Instead::Value(value) => (None, self.value(datum, value)),
        };
        let now = self.facts.cell(datum).and_then(|cell| cell.value.as_ref());
        let total = match &changed.total {
            Outcome::Score(points) => Json::String(points.to_string()),
            _ => Json::Null,
        };
        json!({
            "datum": path(self.program, datum, self.facts),
            "from": now.map(|now| self.value(datum, now)),
            "to": to,
            "without_row": without,
            "points": changed.points.to_string(),
            "total": total,
        })
    }

    fn value(&self, datum: DatumRef, value: &Value) -> Json {
        let ty = self.phrase.datum_type(datum).unwrap_or(Type::Text);
        json!({ "exact": exact(value), "text": self.phrase.value(value, &ty) })
    }

    fn cliff(&self, cliff: &Cliff) -> Json {
        let end = |value: &Value, points: &heng_model::Number| {
            let mut end = self.value(cliff.datum, value);
            if let Some(members) = end.as_object_mut() {
                members.insert("points".to_owned(), Json::String(points.to_string()));
            }
            end
        };
        json!({
            "node": self.program.node(cliff.node).map(|node| &node.key),
            "datum": path(self.program, cliff.datum, self.facts),
            "now": self.value(cliff.datum, &cliff.now),
            "here": end(&cliff.here, &cliff.here_points),
            "there": end(&cliff.there, &cliff.there_points),
            "units": cliff.units.to_string(),
        })
    }
}
