//! Reading what was handed in. Here a state either lets its value through (照计) or sets out on its
//! way to the place that declares its effect.

use heng_model::{
    Cell, Effect, FieldId, State, Type, Value,
    facts::{Entry, TableFacts},
    schema::Shape,
    scorecard::Role,
    value::{DatumRef, Fault, RatingFault},
};

use crate::{
    engine::Engine,
    frame::{Scope, Slot},
    halt::{Eval, Halt, Site},
};

impl<'a> Engine<'a> {
    /// A field of the schema: a single datum or a whole table.
    pub fn field(&mut self, id: FieldId, ty: &Type, scope: &Scope, site: Site) -> Eval {
        let datum = DatumRef::field(id);
        let read = match self.facts.entry(id) {
            Some(Entry::Table(table)) => self.table(id, table, scope, site),
            Some(Entry::Scalar(cell)) => self.cell(datum, Some(cell), scope, site),
            None => self.cell(datum, None, scope, site),
        };
        let read = self.seen(datum, read);
        self.settled(read, ty, scope)
    }

    /// A column of the row `up` scopes outward.
    pub fn column(&mut self, table: FieldId, column: u16, up: u8, ty: &Type, scope: &Scope, site: Site) -> Eval {
        let row = scope.row(up).filter(|row| row.table == table).ok_or_else(|| site.misfit())?;
        let read = self.cell_of_row(table, row.index, column, scope, site);
        self.settled(read, ty, scope)
    }

    /// A cell of a table, computed or handed in.
    pub fn cell_of_row(&mut self, table: FieldId, row: u32, column: u16, scope: &Scope, site: Site) -> Eval {
        let datum = DatumRef { field: table, cell: Some((row, column)) };
        let Some(formula) = self.program.schema.column(table, column).and_then(|column| column.formula) else {
            let read = self.cell(datum, self.facts.cell(datum), scope, site);
            return self.seen(datum, read);
        };
        let root = self.root();
        let there = Scope::of(self.root(), scope.reading).in_row(table, row);
        self.recorded(Role::Read(datum), Some(formula), |engine| {
            engine.once(&root, Slot::Cell(datum), scope.reading, site, |engine| engine.eval(formula, &there))
        })
    }

    /// 评定: a person's judgement, which needs a reason, evidence, and a value inside its band.
    pub fn rated(&mut self, id: FieldId, scope: &Scope, site: Site) -> Eval {
        let datum = DatumRef::field(id);
        let cell = self.facts.cell(datum);
        let read = self.cell(datum, cell, scope, site);
        let value = self.seen(datum, read)?;
        let flaw = |flaw| site.fault(Fault::Rating(flaw));
        let given = |text: Option<&heng_model::Name>| text.is_some_and(|text| !text.trim().is_empty());
        if !given(cell.and_then(|cell| cell.reason.as_ref())) {
            return Err(flaw(RatingFault::NoReason));
        }
        if !given(cell.and_then(|cell| cell.evidence.as_ref())) {
            return Err(flaw(RatingFault::NoEvidence));
        }
        match (&value, self.program.schema.field(id).map(|field| &field.shape)) {
            (Value::Number(number), Some(Shape::Rating(rating))) if rating.band.contains(number) => Ok(value),
            (Value::Number(_), Some(Shape::Rating(_))) => Err(flaw(RatingFault::OutsideBand)),
            _ => Err(site.misfit()),
        }
    }

    fn cell(&mut self, datum: DatumRef, cell: Option<&Cell>, scope: &Scope, site: Site) -> Eval {
        match cell.map(|cell| (cell.state, &cell.value)) {
            Some((None, Some(value))) => Ok(value.clone()),
            Some((Some(state), Some(value))) => {
                self.admit(state, datum, scope, site)?;
                Ok(value.clone())
            }
            Some((Some(state), None)) => Err(Box::new(Halt::State(state, datum, site.at))),
            Some((None, None)) | None => Err(Box::new(Halt::State(State::Missing, datum, site.at))),
        }
    }

    fn table(&mut self, id: FieldId, table: &TableFacts, scope: &Scope, site: Site) -> Eval {
        if let Some(state) = table.state {
            self.admit(state, DatumRef::field(id), scope, site)?;
        }
        let rows = if table.state == Some(State::None) { 0 } else { table.rows.len() };
        Ok(Value::Rows(id, (0u32..).take(rows).collect()))
    }

    /// Lets the value of a datum in `state` through where it counts as it is.
    fn admit(&mut self, state: State, datum: DatumRef, scope: &Scope, site: Site) -> Eval<()> {
        let halt = Box::new(Halt::State(state, datum, site.at));
        if !scope.reading.as_is.contains(state) {
            return Err(halt);
        }
        if state.keeps_value() && self.nearest_effect(state, scope.reading) == Some(Effect::AsIs) {
            self.note_effect(&halt);
        }
        Ok(())
    }

    /// Records that a datum was read.
    fn seen(&mut self, datum: DatumRef, read: Eval) -> Eval {
        if self.recording {
            self.journal.read.push(datum);
            self.show(Role::Read(datum), None, &read, Vec::new());
        }
        read
    }

    /// A yes or no that is missing does not hold where it is asked as a condition, if the datum says so.
    fn settled(&mut self, read: Eval, ty: &Type, scope: &Scope) -> Eval {
        if *ty == Type::Bool { self.condition_value(read, scope) } else { read }
    }
}
