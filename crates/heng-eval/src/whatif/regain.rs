//! The smallest change of one fact for each level of points.

use heng_model::{
    Facts, NodeId, Number, Outcome, Program, Scorecard, State, Type, Value,
    change::{Change, Changed, Instead, Level, Regain},
    facts::Entry,
    value::DatumRef,
};

use super::{
    axis::Axis,
    line::{Line, set},
    probe::Probe,
};
use crate::{Context, evaluate_quietly};

/// How many facts of one indicator are tried.
const FACTS: usize = 400;

/// Into how many levels the lost points are divided at most.
const LEVELS: i64 = 20;

/// To how many places points are looked for where no change brings a whole one.
const FINEST: u32 = 2;

/// A change, how large it is beside what the fact was, and the points it brings.
struct Found {
    change: Change,
    size: Number,
    points: Number,
}

/// How the points that an indicator lost would come back, one fact changed at a time. `None` when it
/// lost none, or is not decided.
#[must_use]
pub fn regain(
    program: &Program,
    facts: &Facts,
    context: &Context<'_>,
    scorecard: &Scorecard,
    node: NodeId,
) -> Option<Regain> {
    let score = scorecard.nodes.get(node.0 as usize)?;
    let points = score.outcome.points()?.clone();
    let (full, group) = program.node(node).map(|node| (node.full.clone(), !node.children.is_empty()))?;
    // What a group loses without a fact of its own, its children lost.
    if group && score.read.is_empty() {
        return None;
    }
    let most = full.clone().max(Number::ZERO);
    if points >= most {
        return None;
    }
    let mut probe = Probe::new(program, facts, context, node);
    let mut step = coarsest(&full);
    let (wanted, by_level) = loop {
        let wanted = levels(&points, &most, &step);
        let by_level = of_levels(&mut probe, &score.read, &wanted);
        let nothing = by_level.iter().all(Vec::is_empty);
        if !nothing || probe.is_spent() || step <= Number::scaled(1, FINEST) {
            break (wanted, by_level);
        }
        step = &step * &Number::scaled(1, 1);
    };
    let cut_short = probe.is_spent() || score.read.len() > FACTS;
    let verify = Verify { program, facts, context, scorecard, node };
    let mut levels: Vec<Level> = Vec::new();
    for (wanted, mut found) in wanted.into_iter().zip(by_level) {
        found.sort_by(|a, b| a.size.cmp(&b.size).then_with(|| a.change.datum.cmp(&b.change.datum)));
        let changes: Vec<Changed> = found.into_iter().filter_map(|found| verify.changed(found)).collect();
        match levels.last_mut().filter(|last| last.changes == changes) {
            Some(last) => last.wanted = wanted,
            None => levels.push(Level { wanted, changes }),
        }
    }
    Some(Regain { node, points, full, levels, cut_short })
}

/// In what steps points are looked for first: whole points, tenths where there is but one point.
fn coarsest(full: &Number) -> Number {
    if *full > Number::ONE { Number::ONE } else { Number::scaled(1, 1) }
}

/// One step more, two steps more, and so on to full marks; where whole points were tried in vain, to
/// the step that was tried.
fn levels(points: &Number, most: &Number, step: &Number) -> Vec<Number> {
    let lost = most - points;
    let steps = lost.checked_div(step).unwrap_or(Number::ONE).ceil();
    let many = steps > Number::from(LEVELS);
    let count = steps.to_i64().unwrap_or(LEVELS).clamp(1, LEVELS);
    let wide = || lost.checked_div(&Number::from(LEVELS)).unwrap_or(Number::ONE);
    let step = if many && *step >= Number::ONE { wide() } else { step.clone() };
    let mut wanted: Vec<Number> =
        (1..=count).map(|count| (points + &(&step * &Number::from(count))).min(most.clone())).collect();
    if wanted.last() != Some(most) {
        wanted.push(most.clone());
    }
    wanted
}

/// The smallest changes of all facts, by the level they reach.
fn of_levels(probe: &mut Probe<'_>, read: &[DatumRef], wanted: &[Number]) -> Vec<Vec<Found>> {
    let mut by_level: Vec<Vec<Found>> = wanted.iter().map(|_| Vec::new()).collect();
    for datum in read.iter().take(FACTS) {
        for (level, found) in of_datum(probe, *datum, wanted) {
            if let Some(place) = by_level.get_mut(level) {
                place.push(found);
            }
        }
    }
    by_level
}

/// The smallest changes of one datum, each with the level it reaches.
fn of_datum(probe: &mut Probe<'_>, datum: DatumRef, wanted: &[Number]) -> Vec<(usize, Found)> {
    let Some(ty) = probe.program.schema.given_type(datum) else { return rows(probe, datum, wanted) };
    let cell = probe.facts.cell(datum).cloned();
    let value = cell.as_ref().and_then(|cell| cell.value.clone());
    let state = cell.and_then(|cell| cell.state);
    let mut found = values(probe, datum, &ty, value.as_ref(), state, wanted);
    let Some(axis) = Axis::of(probe.program, datum, &ty, value.as_ref()) else { return found };
    let now = value.as_ref().and_then(|value| axis.place(value));
    let mut line = Line::new(probe, datum, axis, now);
    for (level, wanted) in wanted.iter().enumerate() {
        let places = [line.nearest(wanted, true), line.nearest(wanted, false)];
        let nearest = places.into_iter().flatten().map(|place| (size(&line, &place), place)).min();
        let Some((size, place)) = nearest else { continue };
        let (Some(value), Some(points)) = (line.value(&place), line.points(&place)) else { continue };
        found.push((level, Found { change: Change { datum, to: Instead::Value(value) }, size, points }));
    }
    found
}

/// How large a change is beside what the fact was; days beside a year.
fn size(line: &Line<'_, '_>, place: &Number) -> Number {
    let Some(now) = &line.now else { return Number::ONE };
    let distance = (place - now).abs();
    let beside = if line.axis.is_days() { Number::from(365) } else { now.abs() };
    distance.checked_div(&beside).unwrap_or(Number::ONE)
}

/// The other values of a fact that has few of them: yes or no, the words of a list, and its own
/// without the state it is in.
fn values(
    probe: &mut Probe<'_>,
    datum: DatumRef,
    ty: &Type,
    now: Option<&Value>,
    state: Option<State>,
    wanted: &[Number],
) -> Vec<(usize, Found)> {
    let mut others = match ty {
        Type::Bool => vec![Value::Bool(true), Value::Bool(false)],
        Type::Word(Some(list)) => {
            let words = probe.program.schema.choice(*list).map(|list| list.words.clone()).unwrap_or_default();
            words.into_iter().map(Value::Text).collect()
        }
        _ => Vec::new(),
    };
    others.retain(|other| Some(other) != now);
    if state.is_some() {
        others.splice(0..0, now.cloned());
    }
    let mut facts = probe.facts.clone();
    let mut found = Vec::new();
    for value in others {
        set(&mut facts, datum, value.clone());
        let points = probe.points(&facts);
        reached(&mut found, points, &Change { datum, to: Instead::Value(value) }, wanted);
    }
    found
}

/// A table without one of its rows.
fn rows(probe: &mut Probe<'_>, datum: DatumRef, wanted: &[Number]) -> Vec<(usize, Found)> {
    let mut found = Vec::new();
    let rows = probe.facts.table(datum.field).map_or(0, |table| table.rows.len());
    for row in (0..rows).take(FACTS) {
        let change = Change { datum, to: Instead::Without(u32::try_from(row).unwrap_or(u32::MAX)) };
        let points = probe.points(&apply(probe.facts, &change));
        reached(&mut found, points, &change, wanted);
    }
    found
}

/// Notes a change for every level it reaches and nothing before it does.
fn reached(found: &mut Vec<(usize, Found)>, points: Option<Number>, change: &Change, wanted: &[Number]) {
    let Some(points) = points else { return };
    for (level, wanted) in wanted.iter().enumerate().filter(|(_, wanted)| points >= **wanted) {
        let known = |known: &(usize, Found)| known.0 == level && known.1.change.datum == change.datum;
        if points >= *wanted && !found.iter().any(known) {
            found.push((level, Found { change: change.clone(), size: Number::ONE, points: points.clone() }));
        }
    }
}

/// The facts with one of them changed.
#[must_use]
pub fn apply(facts: &Facts, change: &Change) -> Facts {
    let mut changed = facts.clone();
    match &change.to {
        Instead::Value(value) => set(&mut changed, change.datum, value.clone()),
        Instead::Without(row) => {
            if let Some(Entry::Table(mut table)) = facts.entry(change.datum.field).cloned() {
                if (*row as usize) < table.rows.len() {
                    table.rows.remove(*row as usize);
                }
                if table.rows.is_empty() {
                    table.state = Some(State::None);
                }
                changed.set(change.datum.field, Entry::Table(table));
            }
        }
    }
    changed
}

/// Scores the whole case with a change.
struct Verify<'a> {
    program: &'a Program,
    facts: &'a Facts,
    context: &'a Context<'a>,
    scorecard: &'a Scorecard,
    node: NodeId,
}

impl Verify<'_> {
    /// What a change makes of the scores; `None` where the pack would not accept the facts, or the
    /// points are not those that were found.
    fn changed(&self, found: Found) -> Option<Changed> {
        let facts = apply(self.facts, &found.change);
        let card = evaluate_quietly(self.program, &facts, self.context);
        let points = card.nodes.get(self.node.0 as usize)?.outcome.points()?.clone();
        let total: Outcome = card.nodes.first()?.outcome.clone();
        let accepted = card.findings.iter().all(|finding| self.scorecard.findings.contains(finding));
        (accepted && points == found.points).then_some(Changed { change: found.change, points, total })
    }
}
