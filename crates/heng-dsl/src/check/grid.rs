//! 分档 with two subjects: the ends of the rows cut each subject's values into pieces, the pieces of
//! both make a grid, and each of its fields is asked which row takes it. A field that no row takes is
//! a gap, named with a value for each subject.

use std::collections::BTreeSet;

use heng_diag::{Diagnostic, Lang};
use heng_model::{
    ExprId, ExprKind, NodeId, Number, Program, Quantity, Type, Value,
    expr::{BandCell, BandRow, Bands},
    schema::Interval,
};
use heng_phrase::Phrase;

use super::{
    constant::{constant, constant_range},
    domain,
    letters::{self, Homes},
    span,
};
use crate::{Aim, Goal, wording};

/// How many fields are looked at.
const FIELDS: usize = 4096;

/// Checks every 分档 with two subjects.
pub fn check(program: &Program, homes: &Homes, diagnostics: &mut Vec<Diagnostic>, aims: &mut Vec<Aim>) {
    for (id, expr) in (0u32..).map(ExprId).zip(&program.exprs) {
        let ExprKind::Bands(bands) = &expr.kind else { continue };
        let [first, second] = bands.subjects.as_slice() else { continue };
        let sides = [(0, *first), (1, *second)]
            .map(|(place, subject)| samples(program, bands, place, subject, homes.get(&id).copied()));
        let [Some(rows), Some(columns)] = sides else { continue };
        if rows.len().saturating_mul(columns.len()) > FIELDS {
            continue;
        }
        let fields = rows.iter().flat_map(|row| columns.iter().map(move |column| [row, column]));
        let mut open = fields.filter(|field| !bands.rows.iter().any(|row| takes(program, row, *field)));
        if let Some(field) = open.next() {
            let phrase = Phrase::new(program, Lang::Zh);
            let said: Vec<String> = bands
                .subjects
                .iter()
                .zip(field)
                .map(|(subject, value)| say(program, &phrase, *subject, value))
                .collect();
            let found = wording::grid_gap(span(expr.at), &said, 1 + open.count());
            let values = bands.subjects.iter().copied().zip(field.into_iter().cloned()).collect();
            let goal = Goal::Values(values);
            aims.push(Aim { code: found.code, title: found.title.clone(), at: span(expr.at), goal });
            diagnostics.push(found);
        }
    }
}

fn say(program: &Program, phrase: &Phrase<'_>, subject: ExprId, value: &Value) -> String {
    let ty = program.expr(subject).map_or(Type::Text, |subject| subject.ty.clone());
    format!("{} = {}", phrase.expr(subject), phrase.value(value, &ty))
}

/// A value of each piece of a subject; none where the pieces are not known.
fn samples(
    program: &Program,
    bands: &Bands,
    place: usize,
    subject: ExprId,
    home: Option<NodeId>,
) -> Option<Vec<Value>> {
    let cells: Vec<&BandCell> = bands.rows.iter().filter_map(|row| row.cells.get(place)).collect();
    match &program.expr(subject)?.ty {
        Type::Bool => Some(vec![Value::Bool(true), Value::Bool(false)]),
        Type::Word(Some(list)) => {
            if let Some(possible) = letters::possible(program, home, subject) {
                return Some(possible.into_iter().map(Value::Text).collect());
            }
            Some(program.schema.choice(*list)?.words.iter().map(|word| Value::Text(word.clone())).collect())
        }
        Type::Quantity(quantity) => numbers(program, &cells, subject, *quantity),
        _ => None,
    }
}

fn numbers(program: &Program, cells: &[&BandCell], subject: ExprId, quantity: Quantity) -> Option<Vec<Value>> {
    let domain = domain::of(program, subject);
    let ends_of = |range: &Interval<Number>| -> Vec<Number> {
        [&range.low, &range.high].into_iter().flatten().map(|end| end.at.clone()).collect()
    };
    let mut ends: BTreeSet<Number> = ends_of(&domain).into_iter().collect();
    for cell in cells {
        match cell {
            BandCell::Other | BandCell::State(_) => {}
            BandCell::Range(range) => ends.extend(ends_of(&constant_range(program, range)?)),
            BandCell::OneOf(values) => {
                for value in values {
                    ends.insert(constant(program, *value, None)?);
                }
            }
            BandCell::When(_) | BandCell::List(_) => return None,
        }
    }
    let mut found: Vec<Number> = ends.iter().cloned().collect();
    let half = Number::scaled(5, 1);
    found.extend(ends.iter().zip(ends.iter().skip(1)).map(|(low, high)| &(low + high) * &half));
    found.extend(ends.first().map(|first| first - &Number::ONE));
    found.extend(ends.last().map(|last| last + &Number::ONE));
    let whole = matches!(quantity, Quantity::Count | Quantity::Year);
    let sensible = |value: &Number| domain.contains(value) && (!whole || value.to_i64().is_some());
    let mut counted: BTreeSet<Number> = found.into_iter().filter(sensible).collect();
    if whole {
        let next = ends.iter().map(|end| end + &Number::ONE).filter(|value| domain.contains(value));
        counted.extend(next.collect::<Vec<_>>());
    }
    Some(counted.into_iter().map(Value::Number).collect())
}

/// Whether a row takes a field, as far as that is known; what is not known takes it.
fn takes(program: &Program, row: &BandRow, field: [&Value; 2]) -> bool {
    row.cells.iter().zip(field).all(|(cell, value)| match (cell, value) {
        (BandCell::Other, _) => true,
        (BandCell::State(_), _) => false,
        (BandCell::Range(range), Value::Number(value)) => {
            constant_range(program, range).is_none_or(|range| range.contains(value))
        }
        (BandCell::OneOf(values), value) => values.iter().any(|one| is(program, *one, value)),
        _ => true,
    })
}

fn is(program: &Program, one: ExprId, value: &Value) -> bool {
    match (program.expr(one).map(|expr| &expr.kind), value) {
        (Some(ExprKind::Literal(literal)), value) if literal == value => true,
        (_, Value::Number(number)) => constant(program, one, None).as_ref() == Some(number),
        _ => false,
    }
}
