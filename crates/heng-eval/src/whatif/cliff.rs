//! Where one unit of a fact is worth many points.

use heng_model::{Facts, NodeId, Number, Program, Scorecard, change::Cliff, value::DatumRef};

use super::{axis::Axis, line::Line, probe::Probe};
use crate::Context;

/// The nearest edge on either side of every number and date that an indicator read, where one unit
/// of its last place is worth `least` points or more; the nearest first.
#[must_use]
pub fn cliffs(
    program: &Program,
    facts: &Facts,
    context: &Context<'_>,
    scorecard: &Scorecard,
    node: NodeId,
    least: &Number,
) -> Vec<Cliff> {
    let Some(score) = scorecard.nodes.get(node.0 as usize) else { return Vec::new() };
    let mut probe = Probe::new(program, facts, context, node);
    let mut found = Vec::new();
    for datum in &score.read {
        found.extend(of_datum(&mut probe, *datum, least));
    }
    found.sort_by(|a: &Cliff, b: &Cliff| a.units.cmp(&b.units).then_with(|| a.datum.cmp(&b.datum)));
    found
}

fn of_datum(probe: &mut Probe<'_>, datum: DatumRef, least: &Number) -> Vec<Cliff> {
    let program = probe.program;
    let ty = program.schema.given_type(datum);
    let value = probe.facts.cell(datum).and_then(|cell| cell.value.clone());
    let (Some(ty), Some(value)) = (ty, value) else { return Vec::new() };
    let Some(axis) = Axis::of(program, datum, &ty, Some(&value)) else { return Vec::new() };
    let now = axis.place(&value);
    let mut line = Line::new(probe, datum, axis, now);
    [true, false].into_iter().filter_map(|up| nearest(&mut line, up, least)).collect()
}

/// The nearest edge on one side.
fn nearest(line: &mut Line<'_, '_>, up: bool, least: &Number) -> Option<Cliff> {
    let now = line.now.clone()?;
    let mut here = now.clone();
    line.points(&here);
    for there in line.outward(up) {
        if drop_between(line, &here, &there).is_some_and(|drop| drop >= *least)
            && let Some(cliff) = edge(line, here, there.clone(), least)
        {
            return Some(cliff);
        }
        here = there;
    }
    None
}

fn drop_between(line: &mut Line<'_, '_>, here: &Number, there: &Number) -> Option<Number> {
    Some((&line.points(here)? - &line.points(there)?).abs())
}

/// The steepest unit between two places, if it is steep enough.
fn edge(line: &mut Line<'_, '_>, mut here: Number, mut there: Number, least: &Number) -> Option<Cliff> {
    while let Some(half) = line.axis.halfway(&here, &there).filter(|half| *half != there) {
        let (near, far) = (drop_between(line, &here, &half)?, drop_between(line, &half, &there)?);
        if near >= far && near >= *least {
            there = half;
        } else if far >= *least {
            here = half;
        } else {
            return None;
        }
    }
    let now = line.now.clone()?;
    let units = (&there - &now).abs().checked_div(&line.axis.unit)?;
    let (here_points, there_points) = (line.points(&here)?, line.points(&there)?);
    if (&there_points - &here_points).abs() < *least {
        return None;
    }
    Some(Cliff {
        node: NodeId(line.probe.node.0),
        datum: line.datum,
        now: line.value(&now)?,
        here: line.value(&here)?,
        here_points,
        there: line.value(&there)?,
        there_points,
        units,
    })
}
