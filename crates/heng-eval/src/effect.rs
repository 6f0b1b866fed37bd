//! What a rule declares a state to do, at the nearest place that declares it.

use heng_model::{
    Effect, Node, NodeId, State, Verdict,
    scorecard::{Cause, Finding},
    value::DatumRef,
};

use crate::{
    engine::{ANCESTORS, Engine},
    frame::{Reading, Scope, States},
    halt::Halt,
};

impl<'a> Engine<'a> {
    /// The verdict that a state has where no points are wanted.
    pub fn verdict_of_state(&self, state: State, datum: DatumRef, scope: &Scope) -> Option<Verdict> {
        match self.effect(state, datum, scope.reading, |effect| matches!(effect, Effect::Verdict(_)))? {
            Effect::Verdict(verdict) => Some(verdict),
            _ => None,
        }
    }

    /// The node and what it stands in, from the inside out.
    pub fn outward(&self, node: NodeId) -> impl Iterator<Item = (NodeId, &'a Node)> + use<'a> {
        let program = self.program;
        let parent = |(_, node): &(NodeId, &Node)| node.parent;
        let with_node = move |id: NodeId| program.node(id).map(|node| (id, node));
        std::iter::successors(with_node(node), move |here| parent(here).and_then(with_node)).take(ANCESTORS)
    }

    /// How an indicator reads states.
    pub fn reading(&self, node: NodeId) -> Reading {
        let declares = |(_, node): &(NodeId, &Node)| node.effects != Default::default();
        let effects = self.outward(node).find(declares).map_or(NodeId(0), |(id, _)| id);
        let bare = Reading { effects, as_is: States::default(), settles: false };
        let counts = |state: &State| state.keeps_value() && self.nearest_effect(*state, bare) == Some(Effect::AsIs);
        let as_is = States::of(State::ALL.into_iter().filter(counts).chain([State::None]));
        Reading { as_is, ..bare }
    }

    /// The effect that the nearest node declares.
    pub fn nearest_effect(&self, state: State, reading: Reading) -> Option<Effect> {
        self.outward(reading.effects).find_map(|(_, node)| node.effects.of(state))
    }

    /// The effect of a state, from the datum's own attribute outward, that `applies` where it is
    /// asked for. 照计 acts where the datum is read; met here it says nothing, and hides what lies
    /// further out.
    pub fn effect(
        &self,
        state: State,
        datum: DatumRef,
        reading: Reading,
        applies: impl Fn(Effect) -> bool,
    ) -> Option<Effect> {
        let declared = self.outward(reading.effects).filter_map(|(_, node)| node.effects.of(state));
        self.own_effect(state, datum).into_iter().chain(declared).find(|effect| applies(*effect))
    }

    /// What the datum itself declares: 缺报视为….
    pub fn own_effect(&self, state: State, datum: DatumRef) -> Option<Effect> {
        if state != State::Missing {
            return None;
        }
        let schema = &self.program.schema;
        match datum.cell {
            None => schema.field(datum.field)?.traits.when_missing,
            Some((_, column)) => schema.column(datum.field, column)?.traits.when_missing,
        }
    }

    /// Whether a condition that met this halt simply does not hold (缺报视为不符合).
    pub fn fails_condition(&mut self, halt: &Halt) -> bool {
        let Halt::State(state, datum, _) = *halt else { return false };
        let fails = self.own_effect(state, datum) == Some(Effect::NotMet);
        if fails {
            self.note_effect(halt);
        }
        fails
    }

    /// Notes that a state had its declared effect and the computation went on.
    pub fn note_effect(&mut self, halt: &Halt) {
        if let Halt::State(state, datum, at) = *halt {
            self.journal.findings.push(Finding { verdict: None, cause: Cause::State(state, datum), at });
        }
    }
}
