//! What one fact more would have brought, and where one unit of a fact is worth many points.

use heng_diag::Lang;
use heng_model::{
    Type, Value,
    change::{Changed, Cliff, Instead, Level, Regain},
    value::DatumRef,
};
use heng_phrase::{decimal, points};

use crate::{Sheet, teller::Teller, wording};

/// How many ways to the same points are told.
const WAYS: usize = 3;

impl Teller<'_> {
    /// A line for each level of points that was lost, with the smallest changes that reach it.
    pub fn regained(&self, regain: &Regain) -> Vec<String> {
        let mut lines: Vec<String> = regain.levels.iter().map(|level| self.level(regain, level)).collect();
        if regain.levels.iter().all(|level| level.changes.is_empty()) {
            lines = vec![self.word(wording::NO_SINGLE_FACT).to_owned()];
        }
        if regain.cut_short {
            lines.push(self.word(wording::CUT_SHORT).to_owned());
        }
        lines
    }

    fn level(&self, regain: &Regain, level: &Level) -> String {
        let Some(first) = level.changes.first() else {
            return wording::level(self.lang, &decimal(&level.wanted), self.word(wording::NOT_BY_ONE_FACT));
        };
        let more = decimal(&(&first.points - &regain.points));
        let ways: Vec<String> = level.changes.iter().take(WAYS).map(|changed| self.changed(changed, first)).collect();
        let ways = ways.join(self.word(wording::OR_ELSE));
        let others = level.changes.len().saturating_sub(WAYS);
        wording::regained(self.lang, &decimal(&first.points), &more, &ways, others)
    }

    fn changed(&self, changed: &Changed, first: &Changed) -> String {
        let facts = self.sheet.facts;
        let datum = changed.change.datum;
        let what = match &changed.change.to {
            Instead::Without(row) => wording::without(self.lang, &self.phrase.row(datum.field, *row, facts)),
            Instead::Value(value) => self.moved(datum, value),
        };
        let total = self.sheet.program.root().map(|root| self.phrase.outcome(&changed.total, &root.full));
        let here = (changed.points != first.points).then(|| decimal(&changed.points));
        wording::then_total(self.lang, &what, here.as_deref(), &total.unwrap_or_default())
    }

    /// A fact that goes from what it is to something else.
    fn moved(&self, datum: DatumRef, to: &Value) -> String {
        let facts = self.sheet.facts;
        let name = self.phrase.datum(datum, facts);
        let ty = self.phrase.datum_type(datum).unwrap_or(Type::Text);
        let cell = facts.cell(datum);
        let new = self.phrase.value(to, &ty);
        let state = cell.and_then(|cell| cell.state);
        match (cell.and_then(|cell| cell.value.as_ref()), state) {
            (Some(now), Some(state)) if now == to => {
                wording::no_longer(self.lang, &name, &new, self.phrase.state(state))
            }
            (Some(now), _) => {
                let old = self.phrase.value(now, &ty);
                wording::moved(self.lang, &name, &old, &new, self.distance(now, to, &ty).as_deref())
            }
            (None, _) => wording::handed_in(self.lang, &name, &new),
        }
    }

    /// By how much a number or a day moves.
    fn distance(&self, from: &Value, to: &Value, ty: &Type) -> Option<String> {
        match (from, to) {
            (Value::Number(from), Value::Number(to)) => {
                let distance = Value::Number((to - from).abs());
                Some(wording::by_amount(self.lang, to > from, &self.phrase.value(&distance, ty)))
            }
            (Value::Date(from), Value::Date(to)) => {
                Some(wording::by_days(self.lang, i64::from((*to - *from).get_days())))
            }
            _ => None,
        }
    }
}

/// The places where one unit of a fact is worth many points, the nearest first.
#[must_use]
pub fn tell_cliffs(sheet: &Sheet, cliffs: &[Cliff], least: &heng_model::Number, lang: Lang) -> String {
    let teller = Teller::new(sheet, lang);
    if cliffs.is_empty() {
        return format!("{}\n", wording::no_cliffs(lang, &decimal(least)));
    }
    let mut text = format!("{}\n", wording::cliffs(lang, &decimal(least)));
    for cliff in cliffs {
        let ty = teller.phrase.datum_type(cliff.datum).unwrap_or(Type::Text);
        let say = |value: &Value| teller.phrase.value(value, &ty);
        let from = wording::step_over(lang, &say(&cliff.here), &say(&cliff.there));
        let worth = wording::worth(lang, &points(&cliff.here_points), &points(&cliff.there_points));
        let name = teller.phrase.datum(cliff.datum, sheet.facts);
        let away = wording::away(lang, &say(&cliff.now), cliff.units.to_i64());
        text.push_str(&wording::cliff(lang, teller.phrase.node_name(cliff.node), &name, &from, &worth, &away));
        text.push('\n');
    }
    text
}
