//! What a computation leaves behind beside its value.

use std::collections::BTreeSet;

use heng_model::{
    scorecard::{Finding, Step},
    value::DatumRef,
};

/// Steps, data read and findings, in the order in which they came up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal {
    pub steps: Vec<Step>,
    pub read: Vec<DatumRef>,
    pub findings: Vec<Finding>,
}

impl Journal {
    /// Appends what another computation left behind.
    pub fn append(&mut self, other: Journal) {
        self.steps.extend(other.steps);
        self.read.extend(other.read);
        self.findings.extend(other.findings);
    }

    /// Appends data and findings, and no steps.
    pub fn append_silently(&mut self, other: &Journal) {
        self.read.extend_from_slice(&other.read);
        self.findings.extend_from_slice(&other.findings);
    }

    /// Drops what was said before.
    pub fn distinct(mut self) -> Journal {
        let mut seen = BTreeSet::new();
        self.read.retain(|datum| seen.insert(*datum));
        let mut findings: Vec<Finding> = Vec::new();
        for finding in self.findings {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        Journal { findings, ..self }
    }
}
