//! Facts as a block.

use heng_model::{
    Cell, Facts, Program, Schema, State, Type, Value,
    facts::Entry as Fact,
    schema::{Shape, Table},
};

use super::{
    data::{Block, Column, Entry, Rows, Values, day_number, encode_state},
    lower::Scales,
};

/// Lays the facts of some departments out as columns, and says of which departments a value does not fit
/// its column: those are not to be scored by it.
#[must_use]
pub fn gather(program: &Program, scales: &Scales, facts: &[Facts]) -> (Block, Vec<bool>) {
    let mut odd = vec![false; facts.len()];
    let fields = program.schema.iter().map(|(id, field)| {
        let exponent = scales.fields.get(id.0 as usize).copied().flatten()?;
        let entries = facts.iter().map(|facts| facts.entry(id));
        match &field.shape {
            Shape::Scalar(ty) => {
                let mut slots = Slots { schema: &program.schema, ty, exponent, values: Vec::new(), states: Vec::new() };
                for (entry, odd) in entries.zip(&mut odd) {
                    let cell = match entry {
                        Some(Fact::Scalar(cell)) => Some(cell),
                        _ => None,
                    };
                    *odd |= slots.push(cell).is_none();
                }
                Some(Entry::Single(slots.column()))
            }
            Shape::Table(table) => {
                let scales = scales.tables.get(id.0 as usize)?;
                Some(Entry::Table(rows(&program.schema, table, scales, entries, &mut odd)))
            }
            Shape::Rating(_) => None,
        }
    });
    let fields = fields.collect();
    (Block { count: facts.len(), fields, outside: Vec::new() }, odd)
}

fn rows<'f>(
    schema: &Schema,
    table: &Table,
    scales: &[Option<i32>],
    entries: impl Iterator<Item = Option<&'f Fact>>,
    odd: &mut [bool],
) -> Rows {
    let mut slots: Vec<Option<Slots<'_>>> = table
        .columns
        .iter()
        .zip(scales)
        .map(|(column, exponent)| {
            let exponent = (*exponent)?;
            Some(Slots { schema, ty: &column.ty, exponent, values: Vec::new(), states: Vec::new() })
        })
        .collect();
    let (mut starts, mut states, mut end) = (vec![0], Vec::new(), 0u32);
    for (entry, odd) in entries.zip(odd) {
        let (state, rows) = match entry {
            Some(Fact::Table(table)) => (table.state, table.rows.as_slice()),
            _ => (Some(State::Missing), &[][..]),
        };
        let rows = if state == Some(State::None) { &[][..] } else { rows };
        states.push(encode_state(state));
        for row in rows {
            end = end.saturating_add(1);
            for (position, slots) in slots.iter_mut().enumerate() {
                if let Some(slots) = slots {
                    *odd |= slots.push(row.get(position)).is_none();
                }
            }
        }
        starts.push(end);
    }
    if states.iter().all(|state| *state == 0) {
        states.clear();
    }
    Rows { starts, states, columns: slots.into_iter().map(|slots| slots.map(Slots::column)).collect() }
}

/// A column under way.
struct Slots<'s> {
    schema: &'s Schema,
    ty: &'s Type,
    exponent: i32,
    values: Vec<i64>,
    states: Vec<u8>,
}

impl Slots<'_> {
    /// `None` where the value does not fit.
    fn push(&mut self, cell: Option<&Cell>) -> Option<()> {
        let (value, state) = match cell {
            Some(Cell { state: None, value: Some(value), .. }) => (Some(value), None),
            Some(Cell { state, .. }) => (None, Some(state.unwrap_or(State::Missing))),
            None => (None, Some(State::Missing)),
        };
        self.states.push(encode_state(state));
        let int = match value {
            None => Some(0),
            Some(Value::Number(number)) => number.in_units(self.exponent),
            Some(Value::Date(day)) => Some(day_number(*day)),
            Some(Value::Bool(yes)) => Some(i64::from(*yes)),
            Some(Value::Text(word)) => match self.ty {
                Type::Word(Some(choice)) => self
                    .schema
                    .choice(*choice)
                    .and_then(|list| i64::try_from(list.words.iter().position(|known| known == word)?).ok()),
                _ => Some(0),
            },
            Some(_) => None,
        };
        self.values.push(int.unwrap_or(0));
        int.map(|_| ())
    }

    fn column(self) -> Column {
        Column::with_states(Values::Wide(self.values), self.states)
    }
}
