//! One indicator on which too much of its group hangs.

use heng_diag::Diagnostic;
use heng_model::{Number, Program, program::NodeKind};

use super::span;
use crate::wording;

/// More than so many hundredths of a group on one of its indicators.
const MOST: i64 = 40;

/// Fewer siblings than this cannot share points more evenly.
const SIBLINGS: usize = 4;

/// Checks every indicator without children that has siblings.
pub fn check(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for node in program.nodes.iter().skip(1) {
        let Some(parent) = node.parent.and_then(|parent| program.node(parent)) else { continue };
        let plain = node.children.is_empty() && node.kind == NodeKind::Indicator;
        // Where scores are averaged, full marks are not shares of the parent's.
        let sum: Number = parent
            .children
            .iter()
            .filter_map(|child| program.node(*child))
            .filter(|child| child.kind == NodeKind::Indicator)
            .map(|child| child.full.clone())
            .sum();
        if !plain || sum != parent.full || parent.children.len() < SIBLINGS || parent.full.signum() <= 0 {
            continue;
        }
        let hundredths = (&node.full * &Number::from(100)).checked_div(&parent.full).unwrap_or(Number::ZERO);
        if hundredths > Number::from(MOST) {
            let share = hundredths.round(1, heng_model::Rounding::HalfUp).to_string();
            diagnostics.push(wording::concentration(&node.name, &parent.name, &share, MOST, span(node.at)));
        }
    }
}
