//! 分档 as a sentence.
//!
//! A chain of one-sided rows (≥ 90, ≥ 80 …) is read first fit, so each row is said with the end
//! that the rows above leave it: `80%以上不满90%`.

use heng_model::{
    ExprId, ExprKind, Number, Value,
    expr::{BandCell, BandRow, Bands},
    schema::{Bound, Interval},
};

use super::Sayer;
use crate::wording;

impl Sayer<'_, '_> {
    pub(super) fn bands(&mut self, bands: &Bands) -> String {
        let lang = self.phrase.lang;
        let mut lead = None;
        let subjects: Vec<String> = match bands.subjects.as_slice() {
            [one] => vec![self.subject(*one, &mut lead)],
            many => many.iter().map(|id| self.amount(*id)).collect(),
        };
        let mut clauses = Vec::new();
        for (position, row) in bands.rows.iter().enumerate() {
            let above = bands.rows.get(..position).unwrap_or_default();
            let left = match subjects.as_slice() {
                [subject] => self.row_of_one(row, above, subject),
                [] => self.row_of_none(row),
                many => self.row_of_many(row, many),
            };
            let result = self.result(row.value);
            clauses.push(wording::clause(lang, &left, &result));
        }
        let sentence = clauses.join(self.word(wording::SEMICOLON));
        match lead {
            Some(lead) => format!("{lead}{}{sentence}", self.word(wording::SEMICOLON)),
            None if subjects.len() > 1 => wording::by_subjects(lang, &subjects, &sentence),
            None => sentence,
        }
    }

    /// Ranges and results of a 分档 with one subject.
    pub(super) fn grades(&mut self, bands: &Bands) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        for (position, row) in bands.rows.iter().enumerate() {
            let above = bands.rows.get(..position).unwrap_or_default();
            let range = self.cell_of_one(row, above, false);
            rows.push((range, self.said_value(row.value)));
        }
        rows
    }

    /// A subject; one that is itself a 计分 is said first and then called the count.
    fn subject(&mut self, id: ExprId, lead: &mut Option<String>) -> String {
        match self.kind(id) {
            Some(ExprKind::Tally(tally)) => {
                *lead = Some(self.tally(tally));
                self.word(wording::THE_COUNT).to_owned()
            }
            _ => self.amount(id),
        }
    }

    fn row_of_one(&mut self, row: &BandRow, above: &[BandRow], subject: &str) -> String {
        let lang = self.phrase.lang;
        let first = above.is_empty();
        let cell = self.cell_of_one(row, above, first);
        if cell == self.word(wording::THE_REST) {
            cell
        } else if first {
            wording::given(lang, &wording::subject_is(lang, subject, &cell))
        } else {
            wording::given(lang, &cell)
        }
    }

    /// A cell of a 分档 with one subject, with the end that the rows above leave it.
    fn cell_of_one(&mut self, row: &BandRow, above: &[BandRow], leading: bool) -> String {
        match row.cells.first() {
            Some(BandCell::Other) => match self.left_over(above) {
                Some(interval) => self.range(&interval, leading),
                None => self.word(wording::THE_REST).to_owned(),
            },
            Some(BandCell::Range(interval)) => {
                let interval = self.narrowed(interval, above);
                self.range(&interval, leading)
            }
            Some(cell) => self.cell(cell, leading),
            None => wording::UNKNOWN.to_owned(),
        }
    }

    fn row_of_none(&mut self, row: &BandRow) -> String {
        match row.cells.as_slice() {
            [] | [BandCell::Other] => self.word(wording::ANY_OTHER_CASE).to_owned(),
            cells => {
                let cells: Vec<_> = cells.iter().map(|cell| self.cell(cell, true)).collect();
                wording::given(self.phrase.lang, &cells.join(self.word(wording::AND_ALSO)))
            }
        }
    }

    fn row_of_many(&mut self, row: &BandRow, subjects: &[String]) -> String {
        let lang = self.phrase.lang;
        let mut parts = Vec::new();
        for (cell, subject) in row.cells.iter().zip(subjects) {
            let said = match cell {
                BandCell::Other => continue,
                BandCell::Range(interval) => self.range(interval, true),
                cell => self.cell(cell, true),
            };
            parts.push(wording::subject_is(lang, subject, &said));
        }
        if parts.is_empty() {
            return self.word(wording::THE_REST).to_owned();
        }
        wording::given(lang, &parts.join(self.word(wording::AND_ALSO)))
    }

    /// A cell that is no range.
    fn cell(&mut self, cell: &BandCell, leading: bool) -> String {
        let lang = self.phrase.lang;
        match cell {
            BandCell::Other => self.word(wording::THE_REST).to_owned(),
            BandCell::Range(interval) => self.range(interval, leading),
            BandCell::OneOf(values) => {
                let values: Vec<_> = values.iter().map(|id| self.amount(*id)).collect();
                wording::is_one_of(lang, &values, leading)
            }
            BandCell::State(state) => wording::state_of_subject(lang, *state, leading),
            BandCell::When(condition) => self.condition(*condition),
            BandCell::List(cells) => {
                let cells: Vec<_> = cells.iter().map(|cell| self.place(cell)).collect();
                wording::is_list(lang, &cells, leading)
            }
        }
    }

    /// One place of a list.
    fn place(&mut self, cell: &BandCell) -> String {
        match cell {
            BandCell::OneOf(values) => {
                let values: Vec<_> = values.iter().map(|id| self.amount(*id)).collect();
                values.join(self.word(wording::ONE_OF))
            }
            cell => self.cell(cell, true),
        }
    }

    /// A one-sided range with the end that the rows above leave it.
    fn narrowed(&self, interval: &Interval<ExprId>, above: &[BandRow]) -> Interval<ExprId> {
        let mut out = interval.clone();
        match (&interval.low, &interval.high) {
            (Some(low), None) => out.high = self.nearest(low.at, above, lower_end, true),
            (None, Some(high)) => out.low = self.nearest(high.at, above, upper_end, false),
            _ => {}
        }
        out
    }

    /// What a chain of one-sided rows leaves to 其他.
    fn left_over(&self, above: &[BandRow]) -> Option<Interval<ExprId>> {
        let chain = |end: fn(&BandRow) -> Option<&Bound<ExprId>>| above.iter().map(end).collect::<Option<Vec<_>>>();
        if let Some(ends) = chain(lower_end).filter(|ends| !ends.is_empty()) {
            let last = ends.into_iter().min_by(|a, b| self.number(a.at).cmp(&self.number(b.at)))?;
            self.number(last.at)?;
            return Some(Interval { low: None, high: Some(other_side(last)) });
        }
        let ends = chain(upper_end).filter(|ends| !ends.is_empty())?;
        let last = ends.into_iter().max_by(|a, b| self.number(a.at).cmp(&self.number(b.at)))?;
        self.number(last.at)?;
        Some(Interval { low: Some(other_side(last)), high: None })
    }

    /// The end above (or below) `at` that is nearest to it among the one-sided rows.
    fn nearest(
        &self,
        at: ExprId,
        above: &[BandRow],
        end: fn(&BandRow) -> Option<&Bound<ExprId>>,
        upward: bool,
    ) -> Option<Bound<ExprId>> {
        let here = self.number(at)?;
        let ends = above.iter().filter_map(end).filter_map(|end| Some((self.number(end.at)?, end)));
        let beyond = ends.filter(|(number, _)| if upward { *number > here } else { *number < here });
        let nearest = if upward { beyond.min_by(|a, b| a.0.cmp(b.0)) } else { beyond.max_by(|a, b| a.0.cmp(b.0)) };
        nearest.map(|(_, end)| other_side(end))
    }

    fn number(&self, id: ExprId) -> Option<&Number> {
        match self.kind(id) {
            Some(ExprKind::Literal(Value::Number(number))) => Some(number),
            _ => None,
        }
    }
}

fn lower_end(row: &BandRow) -> Option<&Bound<ExprId>> {
    match row.cells.as_slice() {
        [BandCell::Range(Interval { low: Some(low), high: None })] => Some(low),
        _ => None,
    }
}

fn upper_end(row: &BandRow) -> Option<&Bound<ExprId>> {
    match row.cells.as_slice() {
        [BandCell::Range(Interval { low: None, high: Some(high) })] => Some(high),
        _ => None,
    }
}

/// The same end seen from the other side.
fn other_side(end: &Bound<ExprId>) -> Bound<ExprId> {
    Bound { at: end.at, closed: !end.closed }
}
