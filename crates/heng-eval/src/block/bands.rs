//! 分档: the first row whose cells all fit gives its value.

use heng_model::{
    State, Value,
    expr::{BandCell, BandRow, Bands},
    scorecard::Role,
    value::Fault,
};

use crate::{
    arith,
    engine::{Engine, ordinal},
    frame::{Scope, States},
    halt::{Eval, Halt, Site},
};

impl Engine<'_> {
    /// Computes a 分档.
    pub fn bands(&mut self, bands: &Bands, scope: &Scope, site: Site) -> Eval {
        let mut subjects = self.subjects(bands, scope, true)?;
        let mut row = self.fitting_row(bands, &subjects, scope, site)?;
        let as_is = |subject: &Eval| matches!(subject, Err(halt) if matches!(**halt, Halt::State(state, ..) if scope.reading.as_is.contains(state)));
        if row.is_none() && subjects.iter().any(as_is) {
            // The row for the state lies in another subject's way; the value counts as it is.
            subjects = self.subjects(bands, scope, false)?;
            row = self.fitting_row(bands, &subjects, scope, site)?;
        }
        match row {
            Some((position, row)) => self.part(Role::Band(ordinal(position)), row.value, &scope.settling(false)),
            None => Err(subjects.into_iter().find_map(Result::err).unwrap_or_else(|| site.fault(Fault::NoBand))),
        }
    }

    /// The subjects' values or states. A state that a row names is looked at, whatever its effect
    /// elsewhere.
    fn subjects(&mut self, bands: &Bands, scope: &Scope, watching: bool) -> Eval<Vec<Eval>> {
        let mut subjects = Vec::new();
        for (position, subject) in bands.subjects.iter().enumerate() {
            let named = bands.rows.iter().filter_map(|row| match row.cells.get(position) {
                Some(BandCell::State(state)) if watching => Some(*state),
                _ => None,
            });
            let place = scope.watching(States::of(named));
            match self.part(Role::Subject(ordinal(position)), *subject, &place) {
                Err(halt) if !matches!(*halt, Halt::State(..)) => return Err(halt),
                subject => subjects.push(subject),
            }
        }
        Ok(subjects)
    }

    fn fitting_row<'b>(
        &mut self,
        bands: &'b Bands,
        subjects: &[Eval],
        scope: &Scope,
        site: Site,
    ) -> Eval<Option<(usize, &'b BandRow)>> {
        for (position, row) in bands.rows.iter().enumerate() {
            let row_site = Site { id: site.id, at: row.at };
            if self.row_fits(position, row, subjects, scope, row_site)? {
                return Ok(Some((position, row)));
            }
        }
        Ok(None)
    }

    /// Whether all cells fit. A cell that cannot be decided matters only where no other cell says no.
    fn row_fits(&mut self, position: usize, row: &BandRow, subjects: &[Eval], scope: &Scope, site: Site) -> Eval<bool> {
        let mut undecided = None;
        for (place, cell) in row.cells.iter().enumerate() {
            match self.cell_fits(position, cell, subjects.get(place), scope, site) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(halt) => undecided = undecided.or(Some(halt)),
            }
        }
        undecided.map_or(Ok(!row.cells.is_empty()), Err)
    }

    fn cell_fits(
        &mut self,
        position: usize,
        cell: &BandCell,
        subject: Option<&Eval>,
        scope: &Scope,
        site: Site,
    ) -> Eval<bool> {
        let met: Option<State> = match subject {
            Some(Err(halt)) => match **halt {
                Halt::State(state, ..) => Some(state),
                _ => return Err(halt.clone()),
            },
            _ => None,
        };
        match (cell, subject) {
            (BandCell::State(state), Some(_)) => Ok(met == Some(*state)),
            (_, Some(Err(_))) => Ok(false),
            (BandCell::Other, _) => Ok(true),
            (BandCell::When(condition), _) => self.asked(Role::Asked(ordinal(position)), *condition, scope, site),
            (BandCell::List(cells), Some(Ok(Value::List(values)))) => {
                if cells.len() != values.len() {
                    return Ok(false);
                }
                for (cell, value) in cells.iter().zip(values) {
                    if !self.cell_fits(position, cell, Some(&Ok(value.clone())), scope, site)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (BandCell::List(_), Some(Ok(_)) | None) => Err(site.misfit()),
            (BandCell::Range(range), Some(Ok(value))) => self.lies_in(value, range, 0, scope, site),
            (BandCell::OneOf(words), Some(Ok(value))) => {
                for (place, word) in words.iter().enumerate() {
                    let word: Value = self.operand(place, *word, scope)?;
                    if arith::equal(value, &word).ok_or_else(|| site.misfit())? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            (BandCell::State(_) | BandCell::Range(_) | BandCell::OneOf(_), None) => Err(site.misfit()),
        }
    }
}
