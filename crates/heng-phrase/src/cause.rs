//! Why a finding was made, in a sentence that names the datum and says what to do.

use heng_model::{
    Facts,
    scorecard::Cause,
    value::{DatumRef, Fault},
};

use crate::{Phrase, wording};

impl Phrase<'_> {
    /// Why a finding was made, in one sentence that names the datum and says what to do.
    #[must_use]
    pub fn cause(&self, cause: &Cause, facts: &Facts) -> String {
        match cause {
            Cause::State(state, datum) => {
                let table = self.is_table(*datum);
                wording::state_cause(self.lang, *state, &self.datum(*datum, facts), table)
            }
            Cause::Fault(fault) => self.fault(fault, facts),
            Cause::Case(condition) => wording::case_cause(self.lang, &self.said(*condition)),
            Cause::Demand(need, message, row) => {
                let row = row.map(|(table, row)| self.row(table, row, facts));
                wording::demand_cause(self.lang, &self.said(*need), message.as_deref(), row.as_deref())
            }
            Cause::Script { method, message } => {
                let name = self.program.method(*method).map_or(wording::UNKNOWN, |method| &method.name);
                wording::script_cause(self.lang, name, message)
            }
            Cause::Child(node) => wording::child_cause(self.lang, self.node_name(*node)),
            Cause::Verdict(expr) => wording::verdict_cause(self.lang, &self.expr(*expr)),
        }
    }

    /// Why a computation could not go on.
    #[must_use]
    pub fn fault(&self, fault: &Fault, facts: &Facts) -> String {
        match fault {
            Fault::Undeclared(state, datum) => {
                wording::undeclared(self.lang, self.state(*state), &self.datum(*datum, facts))
            }
            other => wording::fault(self.lang, other),
        }
    }

    fn is_table(&self, datum: DatumRef) -> bool {
        datum.cell.is_none() && self.program.schema.field(datum.field).is_some_and(|field| field.table().is_some())
    }
}
