//! Points add up: the children of a node whose score is their sum have its points, exactly.

use heng_diag::Diagnostic;
use heng_model::{ExprKind, Node, Number, Program, Type, expr::FoldOp, program::NodeKind};

use super::span;
use crate::{lower::Lowered, wording};

pub fn check(lowered: &Lowered, diagnostics: &mut Vec<Diagnostic>) {
    let program = &lowered.program;
    for (_, node) in program.tree().filter(|(id, _)| !lowered.incomplete.contains(id)) {
        let parts: Vec<&Node> = node
            .children
            .iter()
            .filter_map(|child| program.node(*child))
            .filter(|child| child.kind == NodeKind::Indicator)
            .collect();
        if parts.is_empty() || !sums_children(program, node) {
            continue;
        }
        let sum: Number = parts.iter().map(|child| child.full.clone()).sum();
        if sum != node.full {
            let parts: Vec<(&str, &Number, heng_diag::Span)> =
                parts.iter().map(|child| (&*child.name, &child.full, span(child.at))).collect();
            diagnostics.push(wording::weight_sum(&node.name, &node.full, &sum, span(node.at), &parts));
        }
    }
}

/// Whether a node's score is the sum of its children: by itself or inside a tail.
fn sums_children(program: &Program, node: &Node) -> bool {
    let Some(body) = node.body.and_then(|body| program.body(body)) else { return !node.children.is_empty() };
    let mut at = body.result;
    loop {
        match program.expr(at).map(|expr| (&expr.kind, &expr.ty)) {
            Some((ExprKind::Limit { value, .. } | ExprKind::Round { value, .. }, _)) => at = *value,
            Some((ExprKind::Fold(fold), Type::Quantity(_))) => {
                let over = program.expr(fold.over).map(|over| &over.kind);
                return fold.op == FoldOp::Sum && over == Some(&ExprKind::Children);
            }
            _ => return false,
        }
    }
}
