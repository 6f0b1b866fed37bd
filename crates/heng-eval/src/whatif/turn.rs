//! Where points turn against a fact: more of it brings fewer points, or fewer where more are due.

use heng_model::{Facts, NodeId, Number, Program, Value, value::DatumRef};

use super::{
    axis::Axis,
    line::{Line, set},
    places::places,
    probe::Probe,
};
use crate::Context;

/// Two values of a fact, the lower first, between which the points go the wrong way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The lower value.
    pub low: Value,
    /// Its points.
    pub low_points: Number,
    /// The higher value.
    pub high: Value,
    /// Its points.
    pub high_points: Number,
}

/// The first turn of an indicator's points on the way of a number or date from its least value to its
/// greatest; `rising` says whether points must never fall, or never rise. `None` where none was found
/// among the values worth trying, or where the fact has no value to start from.
#[must_use]
pub fn turn(
    program: &Program,
    facts: &Facts,
    context: &Context<'_>,
    node: NodeId,
    datum: DatumRef,
    rising: bool,
) -> Option<Turn> {
    let mut probe = Probe::new(program, facts, context, node);
    let (axis, now) = axis_of(program, facts, datum)?;
    let mut line = Line::new(&mut probe, datum, axis, Some(now.clone()));
    let mut way = line.outward(false);
    way.reverse();
    way.push(now.clone());
    way.extend(line.outward(true));
    let wrong = |low: &Number, high: &Number| if rising { high < low } else { high > low };
    let mut before: Option<(Number, Number)> = None;
    for place in way {
        let Some(points) = line.points(&place) else { continue };
        if let Some((low, low_points)) = before.take()
            && wrong(&low_points, &points)
        {
            return narrowed(&mut line, [(low, low_points), (place, points)], wrong);
        }
        before = Some((place, points));
    }
    None
}

/// A place on the axis with its points.
type Known = (Number, Number);

/// The turn brought down to one unit of the last place.
fn narrowed(line: &mut Line<'_, '_>, ends: [Known; 2], wrong: impl Fn(&Number, &Number) -> bool) -> Option<Turn> {
    let [mut low, mut high] = ends;
    while let Some(half) = line.axis.halfway(&low.0, &high.0).filter(|half| *half != high.0) {
        let Some(points) = line.points(&half) else { break };
        if wrong(&low.1, &points) {
            high = (half, points);
        } else {
            low = (half, points);
        }
    }
    let (low_value, high_value) = (line.value(&low.0)?, line.value(&high.0)?);
    Some(Turn { low: low_value, low_points: low.1, high: high_value, high_points: high.1 })
}

/// The values of a fact worth trying for an indicator, ascending: its own, the ends of what it may be,
/// where bands begin and end, and their neighbours. Empty for what has no order or no value.
#[must_use]
pub fn worth_trying(
    program: &Program,
    facts: &Facts,
    context: &Context<'_>,
    node: NodeId,
    datum: DatumRef,
) -> Vec<Value> {
    let probe = Probe::new(program, facts, context, node);
    let Some((axis, now)) = axis_of(program, facts, datum) else { return Vec::new() };
    places(&probe, datum, &axis, Some(&now)).iter().filter_map(|place| axis.value(place)).collect()
}

/// The facts with another value of one of them; nothing is the matter with it.
#[must_use]
pub fn with(facts: &Facts, datum: DatumRef, value: Value) -> Facts {
    let mut changed = facts.clone();
    set(&mut changed, datum, value);
    changed
}

/// The axis of a datum that has a value, and where it stands.
fn axis_of(program: &Program, facts: &Facts, datum: DatumRef) -> Option<(Axis, Number)> {
    let ty = program.schema.given_type(datum)?;
    let value = facts.cell(datum)?.value.clone()?;
    let axis = Axis::of(program, datum, &ty, Some(&value))?;
    let now = axis.place(&value)?;
    Some((axis, now))
}
