//! Data, parameters and methods that nothing reads: last year's leftovers, or a rule that was meant
//! to read them and does not.

use heng_diag::Diagnostic;
use heng_model::{ExprKind, schema::Shape};

use super::span;
use crate::{lower::Lowered, wording};

pub fn check(lowered: &Lowered, diagnostics: &mut Vec<Diagnostic>) {
    let program = &lowered.program;
    for ((_, field), read) in program.schema.iter().zip(&lowered.read_fields) {
        let asked = !matches!(field.shape, Shape::Rating(_));
        if asked && !read && !field.traits.report_only {
            diagnostics.push(wording::unused_field(&field.dotted(), span(field.at)));
        }
    }
    for (item, read) in program.lets.iter().zip(&lowered.read_lets) {
        if !read {
            diagnostics.push(wording::unused_name(&item.name, span(item.at)));
        }
    }
    for (index, method) in (0u32..).zip(&program.methods) {
        let called = program.exprs.iter().any(|expr| matches!(&expr.kind, ExprKind::Method(id, _) if id.0 == index));
        if !called {
            diagnostics.push(wording::unused_name(&method.name, span(method.at)));
        }
    }
}
