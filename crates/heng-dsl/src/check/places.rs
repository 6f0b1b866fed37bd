//! Roots and logarithms never end, so the places to which they are rounded belong to the rule. They may
//! be added, multiplied and passed on by a definition; whatever else reads them needs their digits.

use std::collections::BTreeMap;

use heng_diag::{Diagnostic, Severity};
use heng_model::{
    ExprId, ExprKind, Program,
    expr::{Arith, FoldOp, Function},
    peer::PeerOp,
};

use super::{constant::constant, span};
use crate::wording;

/// What is known of the expressions that were looked at: how gravely places are missing.
type Known = BTreeMap<ExprId, Option<Severity>>;

/// Checks whatever reads a value that never ends.
pub fn check(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let (mut known, mut found) = (Known::new(), Known::new());
    let mut read = |id: ExprId| {
        let severity = never_ending(program, id, &mut known);
        if severity.is_some() {
            found.insert(defined(program, id), severity);
        }
    };
    for expr in &program.exprs {
        if !carries(&expr.kind) && !matches!(expr.kind, ExprKind::Round { .. }) {
            expr.kind.parts().into_iter().for_each(&mut read);
        }
    }
    for body in &program.bodies {
        body.cases.iter().map(|case| case.then).chain([body.result]).for_each(&mut read);
    }
    for (id, severity) in found {
        if let (Some(expr), Some(severity)) = (program.expr(id), severity) {
            diagnostics.push(wording::unrounded(span(expr.at), severity));
        }
    }
}

/// What a name stands for, so that the finding stands where the formula does.
fn defined(program: &Program, mut id: ExprId) -> ExprId {
    for _ in 0..crate::lower::DEEPEST {
        match program.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Let(definition)) => match program.definition(*definition) {
                Some(definition) => id = definition.value,
                None => break,
            },
            _ => break,
        }
    }
    id
}

/// Whether the form hands a value that never ends on to whatever reads it.
fn carries(kind: &ExprKind) -> bool {
    matches!(kind, ExprKind::Arith(..) | ExprKind::Negate(_) | ExprKind::Limit { .. } | ExprKind::Let(_))
        || matches!(kind, ExprKind::Call(Function::Ln | Function::Log10 | Function::SquareRoot | Function::Root, _))
}

/// Whether an expression yields a root, which may come out exactly, or a logarithm, which hardly ever does.
fn never_ending(program: &Program, id: ExprId, known: &mut Known) -> Option<Severity> {
    if let Some(severity) = known.get(&id) {
        return *severity;
    }
    known.insert(id, None);
    let severity = severity(program, id, known);
    known.insert(id, severity);
    severity
}

fn severity(program: &Program, id: ExprId, known: &mut Known) -> Option<Severity> {
    let kind = &program.expr(id)?.kind;
    let exact = |id: &ExprId| constant(program, *id, None).is_some();
    let broken = |id: ExprId| constant(program, id, None).is_some_and(|number| number.to_i64().is_none());
    let own = match kind {
        ExprKind::Call(Function::Ln | Function::Log10, _) => return Some(Severity::Error),
        ExprKind::Peer(peer) if peer.op == PeerOp::Standard => return Some(Severity::Error),
        ExprKind::Call(Function::SquareRoot | Function::Root, parts) if !parts.iter().all(exact) => {
            Some(Severity::Warning)
        }
        ExprKind::Fold(fold) if fold.op == FoldOp::GeometricMean => Some(Severity::Warning),
        ExprKind::Arith(Arith::Power, _, exponent) if broken(*exponent) => Some(Severity::Warning),
        _ => None,
    };
    let parts = match kind {
        ExprKind::Let(definition) => vec![program.definition(*definition)?.value],
        kind if carries(kind) => kind.parts(),
        _ => Vec::new(),
    };
    let graver = |a: Option<Severity>, b: Option<Severity>| match (a, b) {
        (Some(Severity::Error), _) | (_, Some(Severity::Error)) => Some(Severity::Error),
        (a, b) => a.or(b),
    };
    parts.into_iter().fold(own, |all, part| graver(all, never_ending(program, part, known)))
}
