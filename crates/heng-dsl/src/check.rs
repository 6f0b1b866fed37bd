//! What is wrong with a program that can be read: sums of points, data nobody reads, states without
//! an effect. Each pass looks at the program alone and adds to the findings.

mod bands;
mod circle;
mod constant;
mod depth;
mod divisor;
mod domain;
mod effects;
mod same;
mod score;
mod unused;
mod weight;

use heng_diag::{Diagnostic, Sources};

use crate::{lower::Lowered, place::span};

/// Runs every pass.
pub fn check(lowered: &Lowered, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    weight::check(lowered, diagnostics);
    if !depth::check(&lowered.program, diagnostics) {
        return;
    }
    circle::check(&lowered.program, diagnostics);
    bands::check(&lowered.program, sources, diagnostics);
    divisor::check(lowered, diagnostics);
    effects::check(lowered, diagnostics);
    // A line that is wrong may be the one that reads what seems to be unused.
    if !diagnostics.iter().any(Diagnostic::is_error) {
        score::check(&lowered.program, diagnostics);
        unused::check(lowered, diagnostics);
    }
}
