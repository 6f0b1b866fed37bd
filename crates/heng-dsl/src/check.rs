//! What is wrong with a program that can be read: sums of points, data nobody reads, states without
//! an effect. Each pass looks at the program alone and adds to the findings.

mod bands;
mod circle;
mod concentration;
mod constant;
mod depth;
mod divisor;
mod domain;
mod effects;
mod grid;
mod letters;
mod logarithm;
mod places;
mod same;
mod score;
mod stale;
mod unused;
mod weight;
mod weights;
mod zigzag;

use heng_diag::{Diagnostic, Sources};

use crate::{Aim, lower::Lowered, place::span};

/// The codes of findings that are a matter of practice: a pack may say how grave they are. Every other
/// code says that a program is unusable or a score wrong.
pub const PRACTICE: [&str; 9] = [
    "band/zigzag",
    "score/range",
    "stale/date",
    "stale/review",
    "stale/source",
    "state/undeclared",
    "unused/data",
    "unused/name",
    "weight/concentration",
];

/// Runs every pass.
pub fn check(lowered: &Lowered, sources: &Sources, diagnostics: &mut Vec<Diagnostic>, aims: &mut Vec<Aim>) {
    weight::check(lowered, diagnostics);
    crate::lower::note_run(&lowered.program, diagnostics);
    if !depth::check(&lowered.program, diagnostics) {
        return;
    }
    circle::check(&lowered.program, diagnostics);
    let homes = letters::homes(&lowered.program);
    bands::check(&lowered.program, sources, &homes, diagnostics, aims);
    letters::check(&lowered.program, &homes, diagnostics);
    weights::check(lowered, &homes, diagnostics);
    grid::check(&lowered.program, &homes, diagnostics, aims);
    zigzag::check(&lowered.program, diagnostics);
    divisor::check(lowered, diagnostics, aims);
    effects::check(lowered, diagnostics);
    places::check(&lowered.program, diagnostics);
    // A line that is wrong may be the one that reads what seems to be unused.
    if !diagnostics.iter().any(Diagnostic::is_error) {
        score::check(&lowered.program, diagnostics, aims);
        unused::check(lowered, diagnostics);
        concentration::check(&lowered.program, diagnostics);
        stale::check(&lowered.program, diagnostics);
    }
}
