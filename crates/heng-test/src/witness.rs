//! A case that would have noticed a mutant: the facts of a case that is there, with one figure set
//! where right and wrong rules part.

use heng_eval::{Context, Scripts, evaluate_quietly};
use heng_model::{
    Facts, Number, Outcome, Program, Quantity, Type, Value,
    facts::Cell,
    schema::{FieldId, Shape},
    value::DatumRef,
};
use heng_phrase::Phrase;

use crate::{expect::words, run::Bench};

/// A datum to be set, and what comes out with it.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The datum, as a path of names.
    pub path: Vec<String>,
    /// Its value, as facts write it.
    pub value: String,
    /// The indicator whose score differs.
    pub indicator: String,
    /// Its right score.
    pub right: String,
    /// What the mutant makes of it.
    pub wrong: String,
}

/// How many values are tried for one mutant and one case.
const TRIES: usize = 4_000;

/// Looks for a single figure that parts `bench.program` from `wrong`, starting from `facts`.
#[must_use]
pub fn find(bench: Bench<'_>, wrong: &Program, facts: &Facts) -> Option<Witness> {
    let program = bench.program;
    let scalars: Vec<(FieldId, Quantity)> = program
        .schema
        .iter()
        .filter_map(|(id, field)| match &field.shape {
            Shape::Scalar(Type::Quantity(quantity)) => Some((id, *quantity)),
            _ => None,
        })
        .collect();
    let mut tries = 0;
    for (field, quantity) in &scalars {
        for value in candidates(program, facts, &scalars, *field, *quantity) {
            tries += 1;
            if tries > TRIES {
                return None;
            }
            if let Some(witness) = parted(bench, wrong, facts, *field, &value) {
                return Some(witness);
            }
        }
    }
    None
}

/// Values at which a threshold could lie: the literals themselves, and another figure times a ratio.
fn candidates(
    program: &Program,
    facts: &Facts,
    scalars: &[(FieldId, Quantity)],
    field: FieldId,
    quantity: Quantity,
) -> Vec<Number> {
    let mut values = crate::mutate::literals(program, quantity);
    let ratios = crate::mutate::literals(program, Quantity::Ratio);
    for (other, _) in scalars.iter().filter(|(other, kind)| *other != field && *kind == quantity) {
        let Some(Value::Number(base)) =
            facts.cell(DatumRef { field: *other, cell: None }).and_then(|cell| cell.value.clone())
        else {
            continue;
        };
        for ratio in &ratios {
            let product = &base * ratio;
            values.push(&base + &product);
            values.push(&base - &product);
            values.push(product);
        }
        values.push(base);
    }
    let whole = matches!(quantity, Quantity::Count | Quantity::Year | Quantity::Days);
    let near: Vec<Number> = values.iter().flat_map(|value| [value + &Number::ONE, value - &Number::ONE]).collect();
    values.extend(near);
    values
        .retain(|value| !value.is_negative() && value.decimal_text().is_some() && (!whole || value.to_i64().is_some()));
    values.dedup();
    values
}

fn parted(bench: Bench<'_>, wrong: &Program, facts: &Facts, field: FieldId, value: &Number) -> Option<Witness> {
    let program = bench.program;
    let mut changed = facts.clone();
    let datum = DatumRef { field, cell: None };
    let ty = program.schema.field(field)?.scalar()?;
    let origin = changed.cell(datum)?.origin.clone();
    *changed.cell_mut(datum)? = Cell::plain(Value::Number(value.clone()), origin);
    let scripts: &dyn Scripts = bench.scripts;
    let context = Context { calendar: bench.calendar, scripts };
    let right = evaluate_quietly(program, &changed, &context);
    let other = evaluate_quietly(wrong, &changed, &context);
    let moved = right.nodes.iter().zip(&other.nodes).rev().find(|(a, b)| a.outcome != b.outcome)?;
    let node = program.node(moved.0.node)?;
    if matches!(moved.0.outcome, Outcome::Open { .. }) {
        return None;
    }
    Some(Witness {
        path: program.schema.field(field)?.path.iter().map(ToString::to_string).collect(),
        value: Phrase::new(program, heng_diag::Lang::Zh).value(&Value::Number(value.clone()), &ty),
        indicator: node.key.to_string(),
        right: words(&moved.0.outcome),
        wrong: words(&moved.1.outcome),
    })
}
