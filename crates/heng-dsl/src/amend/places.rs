//! From places in the text of a year to places in the files it was made of.

use heng_diag::{Diagnostic, FileId, Label, Sources, Span};
use heng_model::{
    Program,
    expr::{ExprKind, SourceRef},
    program::Body,
    schema::Shape,
};

use super::weave::Weave;
use crate::Aim;

/// A finding with its places in the files; fixes that reach over pieces of several files are left out.
pub fn finding(mut found: Diagnostic, weave: &Weave) -> Diagnostic {
    let label = |label: &mut Label| label.span = weave.span(label.span);
    found.primary.iter_mut().for_each(label);
    found.others.iter_mut().for_each(label);
    for fix in &mut found.fixes {
        for edit in &mut fix.edits {
            let span = weave.span(edit.span);
            fix.safe &= span.end - span.start == edit.span.end - edit.span.start;
            edit.span = span;
        }
    }
    found
}

/// A program whose places are those of the files.
pub fn program(mut program: Program, weave: &Weave, sources: &Sources) -> Program {
    program.files = sources.iter().map(|file| file.name.as_str().into()).collect();
    let place = |at: &mut SourceRef| {
        if at.line == 0 {
            return;
        }
        let span = weave.newest(Span { file: FileId(0), start: at.start, end: at.end });
        let line = sources.line_column(span).line;
        *at = SourceRef { file: span.file.0, line, start: span.start, end: span.end };
    };
    program.nodes.iter_mut().for_each(|node| place(&mut node.at));
    for Body { cases, demands, .. } in &mut program.bodies {
        cases.iter_mut().for_each(|case| place(&mut case.at));
        demands.iter_mut().for_each(|demand| place(&mut demand.at));
    }
    program.demands.iter_mut().for_each(|demand| place(&mut demand.demand.at));
    program.lets.iter_mut().for_each(|definition| place(&mut definition.at));
    program.methods.iter_mut().for_each(|method| place(&mut method.at));
    program.scripts.iter_mut().for_each(|script| place(&mut script.at));
    for field in &mut program.schema.fields {
        place(&mut field.at);
        if let Shape::Table(table) = &mut field.shape {
            table.columns.iter_mut().for_each(|column| place(&mut column.at));
        }
    }
    for expr in &mut program.exprs {
        place(&mut expr.at);
        match &mut expr.kind {
            ExprKind::Bands(bands) => bands.rows.iter_mut().for_each(|row| place(&mut row.at)),
            ExprKind::Tally(tally) => tally.rows.iter_mut().for_each(|row| place(&mut row.at)),
            _ => {}
        }
    }
    program
}

/// An aim with its place in the files.
pub fn aim(aim: Aim, weave: &Weave) -> Aim {
    Aim { at: weave.span(aim.at), ..aim }
}
