//! A body: 当 lines from the top, then 须 lines, then the result.

use heng_model::{
    expr::ExprId,
    program::{BodyId, Case, Demand, Otherwise},
    scorecard::{Cause, Finding, Role},
};

use crate::{
    engine::{Engine, ordinal},
    frame::Scope,
    halt::{Eval, Halt, Site},
};

/// What a body came to, and which of its lines said so.
pub(crate) struct Decision {
    pub value: Eval,
    pub by: By,
}

/// The part of a body that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A 当 line that held, or a 须 line that gives points in place of the result: on a group, a gate.
    Gate,
    /// A 当 or 须 line that could not be decided, or a 须 line that leaves it to a person.
    Undecided,
    /// The result.
    Result(ExprId),
}

impl Engine<'_> {
    /// Computes a body.
    pub fn body(&mut self, id: BodyId, scope: &Scope, site: Site) -> Decision {
        let program = self.program;
        let Some(body) = program.body(id) else {
            return Decision { value: Err(site.misfit()), by: By::Undecided };
        };
        for (position, case) in body.cases.iter().enumerate() {
            match self.case(ordinal(position), case, scope) {
                Ok(None) => {}
                Ok(Some(value)) => return Decision { value, by: By::Gate },
                Err(halt) => return Decision { value: Err(halt), by: By::Undecided },
            }
        }
        for (position, demand) in body.demands.iter().enumerate() {
            match self.demand(ordinal(position), demand, scope) {
                Ok(None) => {}
                Ok(Some(value)) if leaves_open(demand) => return Decision { value, by: By::Undecided },
                Ok(Some(value)) => return Decision { value, by: By::Gate },
                Err(halt) => return Decision { value: Err(halt), by: By::Undecided },
            }
        }
        let value = self.part(Role::Result, body.result, scope);
        Decision { value, by: By::Result(body.result) }
    }

    /// What a 当 line gives, if it holds.
    fn case(&mut self, position: u32, case: &Case, scope: &Scope) -> Eval<Option<Eval>> {
        let site = Site { id: case.when, at: case.at };
        if !self.asked(Role::Case(position), case.when, scope, site)? {
            return Ok(None);
        }
        let given = self.part(Role::CaseResult(position), case.then, &scope.settling(false));
        Ok(Some(given.map_err(|halt| halt.of_case(case.when, case.at))))
    }

    /// What a 须 line gives, if it does not hold and says more than a note.
    pub fn demand(&mut self, position: u32, demand: &Demand, scope: &Scope) -> Eval<Option<Eval>> {
        let site = Site { id: demand.need, at: demand.at };
        match self.asked(Role::Demand(position), demand.need, scope, site) {
            Ok(true) => Ok(None),
            Ok(false) => Ok(self.failed(demand, scope)),
            // A remark changes nothing, not even where it cannot be decided.
            Err(halt) if demand.otherwise == Otherwise::Note => {
                self.note_effect(&halt);
                Ok(None)
            }
            Err(halt) => Err(halt),
        }
    }

    /// What follows from a demand that does not hold.
    pub fn failed(&mut self, demand: &Demand, scope: &Scope) -> Option<Eval> {
        let row = scope.row.as_ref().map(|row| (row.table, row.index));
        let cause = Cause::Demand(demand.need, demand.message.clone(), row);
        match demand.otherwise {
            Otherwise::Verdict(verdict) => Some(Err(Box::new(Halt::Verdict(verdict, cause, demand.at)))),
            Otherwise::Value(value) => {
                self.journal.findings.push(Finding { verdict: None, cause, at: demand.at });
                Some(self.part(Role::Result, value, &scope.settling(false)))
            }
            Otherwise::Note => {
                self.journal.findings.push(Finding { verdict: None, cause, at: demand.at });
                None
            }
        }
    }
}

fn leaves_open(demand: &Demand) -> bool {
    matches!(demand.otherwise, Otherwise::Verdict(verdict) if verdict.is_open())
}
