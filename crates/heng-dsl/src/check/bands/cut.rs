//! A row with both ends that reaches into the open row above it, as `[80%, 91%)` does under `≥ 90%`:
//! the order decides, and mostly one of the two numbers is a slip.

use heng_diag::{Diagnostic, Lang};
use heng_model::{
    ExprId, Value,
    expr::{BandCell, BandRow},
    schema::Bound,
};
use heng_phrase::Phrase;

use super::{Piece, Table, Takes, aim, describe, span};
use crate::{Aim, wording};

impl Table<'_> {
    /// Warns of every two-sided row of which an open row above takes more than a point, and not all.
    pub(super) fn cuts(
        &self,
        rows: &[Takes],
        pieces: &[Piece],
        diagnostics: &mut Vec<Diagnostic>,
        aims: &mut Vec<Aim>,
    ) {
        for (later, takes) in rows.iter().enumerate().filter(|(_, takes)| takes.two_sided()) {
            let above = rows.iter().enumerate().take(later).find(|(_, other)| {
                let mut shared = pieces.iter().filter(|piece| takes.takes(piece) && other.takes(piece));
                other.one_sided() && shared.any(|piece| matches!(piece, Piece::Stretch(..)))
            });
            let Some((earlier, other)) = above else { continue };
            let shared: Vec<&Piece> = pieces.iter().filter(|piece| takes.takes(piece) && other.takes(piece)).collect();
            let whole = pieces.iter().filter(|piece| takes.takes(piece)).all(|piece| other.takes(piece));
            if let (false, Some(row), Some(first)) = (whole, self.bands.rows.get(later), self.bands.rows.get(earlier)) {
                self.cut(row, first, &shared, diagnostics, aims);
            }
        }
    }

    fn cut(
        &self,
        row: &BandRow,
        first: &BandRow,
        shared: &[&Piece],
        diagnostics: &mut Vec<Diagnostic>,
        aims: &mut Vec<Aim>,
    ) {
        let Some(piece) = shared.iter().find(|piece| matches!(piece, Piece::Stretch(..))) else { return };
        let phrase = Phrase::new(self.program, Lang::Zh);
        let stretch = describe(shared, &|number| phrase.number(number, self.quantity));
        let wins = self.sources.slice(span(first.at)).trim().to_owned();
        let mut found = wording::band_cut(span(row.at), span(first.at), &stretch, &wins);
        // Where neither takes the end itself, meeting there would open a gap.
        if let Some((end, from)) = facing(row, first).filter(|(end, from)| end.closed || from.closed) {
            let place = |end: &Bound<ExprId>| self.program.expr(end.at).map(|end| span(end.at));
            if let (Some(at), Some(from)) = (place(end), place(from)) {
                let text = self.sources.slice(from).trim().to_owned();
                found = found.fix(wording::meet(&text), at, text);
            }
        }
        aims.push(aim(&found, span(row.at), self.subject, Value::Number(piece.sample())));
        diagnostics.push(found);
    }
}

impl Takes {
    fn one_sided(&self) -> bool {
        matches!(self, Takes::Range(range) if range.low.is_some() != range.high.is_some())
    }
}

/// The end of the later row that lies inside the open row, and the open row's end.
fn facing<'a>(row: &'a BandRow, first: &'a BandRow) -> Option<(&'a Bound<ExprId>, &'a Bound<ExprId>)> {
    let (BandCell::Range(row), BandCell::Range(first)) = (row.cells.first()?, first.cells.first()?) else {
        return None;
    };
    match (&first.low, &first.high) {
        (Some(low), None) => Some((row.high.as_ref()?, low)),
        (None, Some(high)) => Some((row.low.as_ref()?, high)),
        _ => None,
    }
}
