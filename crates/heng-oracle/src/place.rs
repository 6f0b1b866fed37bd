//! Where an expression stands. A place is small and copied at will: whoever goes into a row or a
//! method makes a new one around it.

use heng_model::{Calendar, Effect, Facts, FieldId, NodeId, Program, State, Verdict, program::BodyId, value::DatumRef};
use num_rational::BigRational;

use crate::value::{Plain, Yield};

/// All there is to know.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub program: &'a Program,
    pub facts: &'a Facts,
    pub calendar: Option<&'a Calendar>,
    /// The facts of all units of the run; none where one is scored alone.
    pub peers: Option<&'a [Facts]>,
}

/// One row that is being looked at.
pub type Row = (FieldId, u32);

/// An argument of a method, as a test of states sees it and as everything else does.
#[derive(Clone)]
pub struct Argument {
    pub raw: Yield<Plain>,
    pub value: Yield<Plain>,
}

/// A place.
#[derive(Clone)]
pub struct Place<'a> {
    pub world: World<'a>,
    /// The indicator whose effects count.
    pub node: NodeId,
    /// 满分 here.
    pub full: BigRational,
    /// The rows around, the innermost last.
    pub rows: Vec<Row>,
    /// The arguments of the method around.
    pub arguments: Vec<Argument>,
    /// The bodies around, each with the place in which it stands; the innermost last.
    pub bodies: Vec<(BodyId, Place<'a>)>,
    /// Whether states that the rule lets through (照计) are shown instead of their values.
    pub raw: bool,
    /// Whether open children count with their most points instead of their least.
    pub hope: bool,
    /// Whether the place is a condition that a line, a row or a filter asks.
    pub asks: bool,
    /// 总分, while the grade is taken.
    pub total: Option<BigRational>,
}

impl<'a> Place<'a> {
    /// In the body of an indicator.
    pub fn of_node(world: World<'a>, node: NodeId, full: BigRational) -> Place<'a> {
        let body = world.program.node(node).and_then(|node| node.body);
        let plain = Place {
            world,
            node,
            full,
            rows: vec![],
            arguments: vec![],
            bodies: vec![],
            raw: false,
            hope: false,
            asks: false,
            total: None,
        };
        match body {
            Some(body) => plain.in_body(body),
            None => plain,
        }
    }

    /// The same, inside a body that stands here.
    pub fn in_body(&self, body: BodyId) -> Place<'a> {
        let mut inner = self.clone();
        inner.bodies.push((body, self.clone()));
        inner
    }

    /// The same, looking at a row.
    pub fn in_row(&self, row: Row) -> Place<'a> {
        let mut inner = self.clone();
        inner.rows.push(row);
        inner
    }

    /// The same with states shown or not.
    pub fn looking(&self, raw: bool) -> Place<'a> {
        Place { raw, ..self.clone() }
    }

    /// What the nearest place that says so makes of a state, where a condition reads it.
    pub fn effect(&self, state: State, datum: DatumRef) -> Effect {
        self.nearest(state, datum, |_| true)
    }

    /// The same where points are wanted: 视为不符合 says nothing about points, so the next place is asked.
    pub fn points_effect(&self, state: State, datum: DatumRef) -> Effect {
        self.nearest(state, datum, |effect| effect != Effect::NotMet)
    }

    /// The verdict of a state where no points are wanted.
    pub fn verdict_effect(&self, state: State, datum: DatumRef) -> Option<Verdict> {
        match self.nearest(state, datum, |effect| matches!(effect, Effect::Verdict(_))) {
            Effect::Verdict(verdict) => Some(verdict),
            _ => None,
        }
    }

    /// What the datum says for itself: 缺报视为….
    pub fn own_effect(&self, datum: DatumRef) -> Option<Effect> {
        let schema = &self.world.program.schema;
        let traits = match datum.cell {
            Some((_, column)) => schema.column(datum.field, column).map(|column| &column.traits),
            None => schema.field(datum.field).map(|field| &field.traits),
        };
        traits.and_then(|traits| traits.when_missing)
    }

    fn nearest(&self, state: State, datum: DatumRef, says: impl Fn(Effect) -> bool) -> Effect {
        if state == State::Missing
            && let Some(effect) = self.own_effect(datum).filter(|effect| says(*effect))
        {
            return effect;
        }
        let mut at = Some(self.node);
        while let Some(node) = at.and_then(|id| self.world.program.node(id)) {
            if let Some(effect) = node.effects.of(state).filter(|effect| says(*effect)) {
                return effect;
            }
            at = node.parent;
        }
        Effect::Verdict(Verdict::Stop)
    }
}
