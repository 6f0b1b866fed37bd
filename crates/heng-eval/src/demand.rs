//! The pack's demands on the data, asked before any indicator.

use heng_model::{
    Effect, Verdict,
    program::DataDemand,
    scorecard::{Cause, Finding},
};

use crate::{
    engine::Engine,
    frame::Scope,
    halt::{Eval, Halt},
};

/// What the demands on the data came to.
pub(crate) struct Demanded {
    /// What they found.
    pub findings: Vec<Finding>,
    /// The gravest verdict of one that does not hold: the total stays open.
    pub verdict: Option<Verdict>,
    /// The value that stands for the total, from the first that gives one.
    pub value: Option<Eval>,
}

impl Engine<'_> {
    /// Asks all demands; one on a table of each of its rows.
    pub fn data_demands(&mut self) -> Demanded {
        let program = self.program;
        let root = self.root_scope();
        let mut demanded = Demanded { findings: Vec::new(), verdict: None, value: None };
        for demand in &program.demands {
            let rows = demand.table.and_then(|table| Some((table, self.facts.table(table)?.rows.len())));
            match (demand.table, rows) {
                (None, _) => self.data_demand(demand, &root, &mut demanded),
                (Some(_), None) => {}
                (Some(_), Some((table, rows))) => {
                    for row in (0u32..).take(rows) {
                        self.data_demand(demand, &root.in_row(table, row), &mut demanded);
                    }
                }
            }
        }
        demanded
    }

    fn data_demand(&mut self, demand: &DataDemand, scope: &Scope, demanded: &mut Demanded) {
        let (result, journal) = self.traced(|engine| match engine.demand(0, &demand.demand, scope) {
            Err(halt) => engine.undecided_demand(halt, demand, scope),
            decided => decided,
        });
        demanded.findings.extend(journal.distinct().findings);
        match result {
            Ok(None) => {}
            Ok(Some(Err(halt))) | Err(halt) => demanded.refuse(&halt),
            Ok(Some(value)) => demanded.value = demanded.value.take().or(Some(value)),
        }
    }

    /// A demand that met a state: what does not apply is not demanded, a verdict is a verdict, and
    /// what cannot be shown to hold does not hold.
    fn undecided_demand(&mut self, halt: Box<Halt>, demand: &DataDemand, scope: &Scope) -> Eval<Option<Eval>> {
        let Halt::State(state, datum, at) = *halt else { return Err(halt) };
        match self.effect_of(&halt, scope) {
            Some(Effect::Verdict(verdict)) => {
                let halt = Halt::Verdict(verdict, Cause::State(state, datum), at);
                Ok(verdict.is_open().then_some(Err(Box::new(halt))))
            }
            Some(_) => {
                self.note_effect(&halt);
                Ok(self.failed(&demand.demand, scope))
            }
            None => Err(Halt::undeclared(state, datum, at)),
        }
    }
}

impl Demanded {
    fn refuse(&mut self, halt: &Halt) {
        self.findings.extend(halt.findings());
        self.verdict = self.verdict.max(halt.verdict().filter(|verdict| verdict.is_open()));
    }
}
