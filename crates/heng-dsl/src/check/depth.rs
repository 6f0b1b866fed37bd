//! How far a definition reads others that read others. Whatever walks a program later — checks,
//! evaluation, explanation — goes down with it, so there is a floor.

use heng_diag::Diagnostic;
use heng_model::{
    ExprId, ExprKind, Program,
    program::{Body, BodyId, MethodCode, Otherwise},
};

use super::span;
use crate::{lower::DEEPEST, wording};

/// Whether everything in the program can be walked; the first expression that cannot is reported.
pub fn check(program: &Program, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let mut heights: Vec<u32> = Vec::with_capacity(program.exprs.len());
    for expr in &program.exprs {
        let height = below(program, &expr.kind, &heights) + 1;
        if height > DEEPEST {
            diagnostics.push(wording::too_far(span(expr.at), DEEPEST));
            return false;
        }
        heights.push(height);
    }
    true
}

/// The height of what an expression is made of. Parts stand before the whole, so theirs is known.
fn below(program: &Program, kind: &ExprKind, heights: &[u32]) -> u32 {
    let of = |id: ExprId| heights.get(id.0 as usize).copied().unwrap_or(0);
    let body = |id: BodyId| program.body(id).map_or(0, |body| asked(body).map(of).max().unwrap_or(0));
    let inner = match kind {
        ExprKind::Let(id) => program.definition(*id).map_or(0, |item| of(item.value)),
        ExprKind::Column { table, column, .. } => {
            program.schema.column(*table, *column).and_then(|column| column.formula).map_or(0, of)
        }
        ExprKind::Method(id, _) => match program.method(*id).map(|method| method.code) {
            Some(MethodCode::Body(id)) => body(id),
            _ => 0,
        },
        ExprKind::Each(each) => body(each.body),
        _ => 0,
    };
    kind.parts().into_iter().map(of).fold(inner, u32::max)
}

fn asked(body: &Body) -> impl Iterator<Item = ExprId> {
    let cases = body.cases.iter().flat_map(|case| [case.when, case.then]);
    let demands = body.demands.iter().flat_map(|demand| {
        let otherwise = if let Otherwise::Value(value) = demand.otherwise { Some(value) } else { None };
        [demand.need].into_iter().chain(otherwise)
    });
    cases.chain(demands).chain([body.result])
}
