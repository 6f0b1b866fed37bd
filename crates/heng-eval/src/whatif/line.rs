//! The points along an axis: everything else stays, one fact moves.

use std::collections::BTreeMap;

use heng_model::{Facts, Number, Value, value::DatumRef};

use super::{axis::Axis, places::places, probe::Probe};

/// One fact on its axis, with the points where they are known.
pub(super) struct Line<'p, 'a> {
    pub probe: &'p mut Probe<'a>,
    pub axis: Axis,
    pub datum: DatumRef,
    /// Where the fact stands; `None` while it has no value.
    pub now: Option<Number>,
    facts: Facts,
    known: BTreeMap<Number, Option<Number>>,
}

impl<'p, 'a> Line<'p, 'a> {
    /// The line of a datum, with the points at all places worth trying.
    pub fn new(probe: &'p mut Probe<'a>, datum: DatumRef, axis: Axis, now: Option<Number>) -> Line<'p, 'a> {
        let facts = probe.facts.clone();
        let worth = places(probe, datum, &axis, now.as_ref());
        let mut line = Line { probe, axis, datum, now, facts, known: BTreeMap::new() };
        for place in worth {
            line.points(&place);
        }
        line
    }

    /// The points at a place; `None` where they are not decided.
    pub fn points(&mut self, place: &Number) -> Option<Number> {
        if let Some(known) = self.known.get(place) {
            return known.clone();
        }
        let points = self.axis.value(place).and_then(|value| {
            set(&mut self.facts, self.datum, value);
            self.probe.points(&self.facts)
        });
        self.known.insert(place.clone(), points.clone());
        points
    }

    /// The known places beyond where the fact stands, from the nearest outward.
    pub fn outward(&self, up: bool) -> Vec<Number> {
        let Some(now) = &self.now else {
            return if up { self.known.keys().cloned().collect() } else { Vec::new() };
        };
        let mut places: Vec<Number> =
            self.known.keys().filter(|place| if up { *place > now } else { *place < now }).cloned().collect();
        if !up {
            places.reverse();
        }
        places
    }

    /// The nearest place on one side with at least so many points.
    pub fn nearest(&mut self, wanted: &Number, up: bool) -> Option<Number> {
        let mut before = self.now.clone();
        for place in self.outward(up) {
            if self.reaches(&place, wanted) {
                return Some(self.edge(before, place, wanted));
            }
            before = Some(place);
        }
        None
    }

    fn reaches(&mut self, place: &Number, wanted: &Number) -> bool {
        self.points(place).is_some_and(|points| points >= *wanted)
    }

    /// The first place with so many points on the way from one that has fewer.
    fn edge(&mut self, before: Option<Number>, mut found: Number, wanted: &Number) -> Number {
        let Some(mut before) = before else { return found };
        while let Some(half) = self.axis.halfway(&before, &found) {
            if half == found {
                break;
            }
            if self.reaches(&half, wanted) {
                found = half;
            } else {
                before = half;
            }
        }
        found
    }

    /// The value at a place.
    pub fn value(&self, place: &Number) -> Option<Value> {
        self.axis.value(place)
    }
}

/// Puts a value in the place of what is known of a datum.
pub(super) fn set(facts: &mut Facts, datum: DatumRef, value: Value) {
    if let Some(cell) = facts.cell_mut(datum) {
        cell.value = Some(value);
        cell.state = None;
    }
}
