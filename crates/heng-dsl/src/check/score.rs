//! Scores stay within 0 and full marks. Where the rows and the domains of the data do not show it,
//! the department would meet a score that cannot be; the clerk is told before that.

use heng_diag::{Diagnostic, Span};
use heng_model::{ExprKind, Node, NodeId, Number, Program, expr::FoldOp, program::NodeKind};

use super::{domain::Domain, span};
use crate::{Aim, Goal, wording};

/// Checks every node without children that is scored by points.
pub fn check(program: &Program, diagnostics: &mut Vec<Diagnostic>, aims: &mut Vec<Aim>) {
    bonuses(program, diagnostics);
    for (id, node) in program.tree().skip(1).filter(|(_, node)| node.children.is_empty() && !node.pointless) {
        let Some(body) = node.body else { continue };
        let Some(range) = Domain::new(program, Some(node.full.clone())).body(body) else { continue };
        let (least, most) = allowed(node);
        let low = range.low.as_ref().map(|low| low.at.clone());
        let high = range.high.as_ref().map(|high| high.at.clone());
        let under = low.as_ref().is_none_or(|low| *low < least);
        let over = high.as_ref().is_none_or(|high| *high > most);
        let place = program.body(body).and_then(|body| program.expr(body.result)).map_or(node.at, |result| result.at);
        if under {
            let found = wording::score_under(&node.name, span(place), &least, low.as_ref());
            aims.push(aim(&found, span(place), id));
            diagnostics.push(found);
        }
        if over {
            let found = wording::score_over(&node.name, span(place), &most, high.as_ref());
            aims.push(aim(&found, span(place), id));
            diagnostics.push(found);
        }
    }
}

fn aim(found: &Diagnostic, at: Span, node: NodeId) -> Aim {
    Aim { code: found.code, title: found.title.clone(), at, goal: Goal::OutOfRange(node) }
}

/// A total that adds bonuses can pass full marks unless it says 不超过.
fn bonuses(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for node in &program.nodes {
        let children = || node.children.iter().filter_map(|child| program.node(*child));
        let extra: Number = children()
            .filter(|child| child.kind == NodeKind::Bonus && !child.full.is_negative())
            .map(|child| child.full.clone())
            .sum();
        let result = node.body.and_then(|body| program.expr(program.body(body)?.result));
        let plain = matches!(result.map(|result| &result.kind), Some(ExprKind::Fold(fold)) if fold.op == FoldOp::Sum);
        if !extra.is_zero() && plain {
            diagnostics.push(wording::score_over(&node.name, span(node.at), &node.full, Some(&(&node.full + &extra))));
        }
    }
}

/// The scores a node may have: a bonus with a negative cap goes down to it.
fn allowed(node: &Node) -> (Number, Number) {
    if node.kind == NodeKind::Bonus && node.full.is_negative() {
        (node.full.clone(), Number::ZERO)
    } else {
        (Number::ZERO, node.full.clone())
    }
}
