//! Scoring the cases of a suite.

use heng_data::{FactsFile, read_facts};
use heng_diag::{Diagnostic, Sources};
use heng_eval::{Context, Scripts, evaluate};
use heng_model::{Calendar, Facts, Program, Scorecard, facts::Subject};

use crate::{
    expect::{Difference, Expect},
    suite::TestCase,
};

/// What cases are run against.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The program.
    pub program: &'a Program,
    /// Its calendar.
    pub calendar: Option<&'a Calendar>,
    /// Its scripts.
    pub scripts: &'a (dyn Scripts + Sync),
}

impl std::fmt::Debug for Bench<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bench").finish_non_exhaustive()
    }
}

/// A case whose facts have been read.
#[derive(Debug)]
pub struct Prepared<'a> {
    /// What must come out.
    pub expect: &'a Expect,
    /// The facts; what was refused is 缺报.
    pub facts: Facts,
    /// The department.
    pub subject: Subject,
    /// What was found in the facts.
    pub diagnostics: Vec<Diagnostic>,
    /// Their texts.
    pub sources: Sources,
}

impl Prepared<'_> {
    /// The code of the finding for which the facts are refused.
    #[must_use]
    pub fn refusal(&self) -> Option<&'static str> {
        self.diagnostics.iter().find(|finding| finding.is_error()).map(|finding| finding.code)
    }
}

/// A case that was run.
#[derive(Debug)]
pub struct Ran {
    /// In what it differs from what must come out; empty when it passes.
    pub differences: Vec<Difference>,
    /// The scorecard; none where the facts were refused.
    pub card: Option<Scorecard>,
}

/// Reads the facts of a case.
#[must_use]
pub fn prepare<'a>(case: &'a TestCase, files: &[FactsFile], program: &Program) -> Prepared<'a> {
    let reading = read_facts(&program.schema, files);
    Prepared {
        expect: &case.expect,
        facts: reading.facts,
        subject: reading.subject,
        diagnostics: reading.diagnostics,
        sources: reading.sources,
    }
}

/// Scores a case and compares.
#[must_use]
pub fn run(bench: Bench<'_>, prepared: &Prepared<'_>) -> Ran {
    let refusal = prepared.refusal();
    let mut differences = Vec::new();
    if refusal != prepared.expect.refused.as_deref() {
        differences.push(Difference {
            what: "refused".to_owned(),
            expected: prepared.expect.refused.clone().unwrap_or_else(|| "none".to_owned()),
            found: refusal.unwrap_or("none").to_owned(),
        });
    }
    if refusal.is_some() {
        return Ran { differences, card: None };
    }
    let ran = run_prepared(bench, prepared);
    differences.extend(ran.differences);
    Ran { differences, card: ran.card }
}

/// Scores a case whose facts were not refused.
#[must_use]
pub fn run_prepared(bench: Bench<'_>, prepared: &Prepared<'_>) -> Ran {
    let scripts: &dyn Scripts = bench.scripts;
    let card = evaluate(bench.program, &prepared.facts, &Context { calendar: bench.calendar, scripts });
    Ran { differences: prepared.expect.differences(bench.program, &card), card: Some(card) }
}
