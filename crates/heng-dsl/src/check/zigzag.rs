//! Points that go up and down along a 分档. Rising, falling, and one peak or hollow all occur in real
//! tables; two turns are nearly always two rows exchanged or a digit wrong.

use heng_diag::Diagnostic;
use heng_model::{
    ExprKind, Number, Program, Type,
    expr::{BandCell, BandRow},
};

use super::{
    constant::{constant, constant_range},
    span,
};
use crate::wording;

/// Checks every 分档 over one number whose rows give fixed values.
pub fn check(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for expr in &program.exprs {
        let ExprKind::Bands(bands) = &expr.kind else { continue };
        let [subject] = bands.subjects.as_slice() else { continue };
        if !matches!(program.expr(*subject).map(|subject| &subject.ty), Some(Type::Quantity(_))) {
            continue;
        }
        let Some(mut rows) = bands.rows.iter().map(|row| place(program, row)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        if let Some((row, before)) = second_turn(&rows) {
            diagnostics.push(wording::band_zigzag(span(row.at), span(before.at)));
        }
    }
}

/// A row by where it begins on the line (nought for one that reaches down without end), and its value.
fn place<'a>(program: &Program, row: &'a BandRow) -> Option<((bool, Number), Number, &'a BandRow)> {
    let Some(BandCell::Range(range)) = row.cells.first() else { return None };
    let range = constant_range(program, range)?;
    let low = range.low.map(|low| low.at);
    let value = constant(program, row.value, None)?;
    Some(((low.is_some(), low.unwrap_or(Number::ZERO)), value, row))
}

/// The row at which the values turn a second time, and the one before it.
fn second_turn<'a>(rows: &[((bool, Number), Number, &'a BandRow)]) -> Option<(&'a BandRow, &'a BandRow)> {
    let mut turns = 0;
    let mut rising: Option<bool> = None;
    for pair in rows.windows(2) {
        let [(_, before, above), (_, after, row)] = pair else { continue };
        if before == after {
            continue;
        }
        let up = after > before;
        if rising.is_some_and(|rising| rising != up) {
            turns += 1;
        }
        rising = Some(up);
        if turns == 2 {
            return Some((row, above));
        }
    }
    None
}
