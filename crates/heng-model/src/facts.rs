//! What one department handed in. Every value keeps where it was read, so that a score can be
//! followed back to a line, a cell or a page; and whether it was reported or assumed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Name,
    schema::{FieldId, Schema, Shape},
    state::State,
    value::{DatumRef, Value},
};

/// The facts about one department, laid out like its [`Schema`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// One entry per field of the schema, in its order.
    entries: Vec<Entry>,
}

/// What is known of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A single value or judgement.
    Scalar(Cell),
    /// A table.
    Table(TableFacts),
}

/// One value with its state and origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The value, in the base unit of the field's type; absent when nothing was handed in.
    pub value: Option<Value>,
    /// What is the matter with it. A cell without value always has a state.
    pub state: Option<State>,
    /// Where it was read.
    pub origin: Origin,
    /// The reason a person gives: for a judgement, or for a state.
    pub reason: Option<Name>,
    /// The evidence named for it (佐证).
    pub evidence: Option<Name>,
}

/// The rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFacts {
    /// [`State::Missing`] when the table was not handed in, [`State::None`] when it was declared
    /// empty; a state that keeps its value says what is the matter with the rows.
    pub state: Option<State>,
    /// The rows; one cell per column, computed columns included as missing.
    pub rows: Vec<Vec<Cell>>,
    /// Where it was read.
    pub origin: Origin,
}

/// Where a value was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file, as it was named to the reader.
    pub file: Name,
    /// The place in it.
    pub place: Place,
    /// The paper behind the file, in the department's words: 自评报告一（四）.
    pub paper: Option<Name>,
    /// Whether it was assumed rather than reported.
    pub assumed: bool,
}

/// A place in a facts file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Nowhere: nothing was handed in.
    #[default]
    Nowhere,
    /// A line of a text file, from 1.
    Line(u32),
    /// A cell of a workbook.
    Cell {
        /// The sheet.
        sheet: Name,
        /// The cell, such as `B12`.
        cell: Name,
    },
    /// A path in a JSON document, such as `/三公经费/预算数`.
    Pointer(Name),
}

impl Cell {
    /// A cell in which nothing was handed in.
    #[must_use]
    pub fn missing() -> Cell {
        Cell { value: None, state: Some(State::Missing), origin: Origin::default(), reason: None, evidence: None }
    }

    /// A plain value read at `origin`.
    #[must_use]
    pub fn plain(value: Value, origin: Origin) -> Cell {
        Cell { value: Some(value), state: None, origin, reason: None, evidence: None }
    }
}

impl Facts {
    /// Facts in which nothing was handed in: every field of `schema` is 缺报.
    #[must_use]
    pub fn missing(schema: &Schema) -> Facts {
        let entry = |shape: &Shape| match shape {
            Shape::Scalar(_) | Shape::Rating(_) => Entry::Scalar(Cell::missing()),
            Shape::Table(_) => {
                Entry::Table(TableFacts { state: Some(State::Missing), rows: Vec::new(), origin: Origin::default() })
            }
        };
        Facts { entries: schema.fields.iter().map(|field| entry(&field.shape)).collect() }
    }

    /// What is known of `field`.
    #[must_use]
    pub fn entry(&self, field: FieldId) -> Option<&Entry> {
        self.entries.get(field.0 as usize)
    }

    /// Puts an entry in its place; ignored when the schema has no such field.
    pub fn set(&mut self, field: FieldId, entry: Entry) {
        if let Some(slot) = self.entries.get_mut(field.0 as usize) {
            *slot = entry;
        }
    }

    /// The table in `field`.
    #[must_use]
    pub fn table(&self, field: FieldId) -> Option<&TableFacts> {
        match self.entry(field)? {
            Entry::Table(table) => Some(table),
            Entry::Scalar(_) => None,
        }
    }

    /// The single cell a reference names: a scalar, or one cell of a table.
    #[must_use]
    pub fn cell(&self, datum: DatumRef) -> Option<&Cell> {
        match (self.entry(datum.field)?, datum.cell) {
            (Entry::Scalar(cell), None) => Some(cell),
            (Entry::Table(table), Some((row, column))) => table.rows.get(row as usize)?.get(usize::from(column)),
            _ => None,
        }
    }

    /// The same cell, to be changed.
    pub fn cell_mut(&mut self, datum: DatumRef) -> Option<&mut Cell> {
        match (self.entries.get_mut(datum.field.0 as usize)?, datum.cell) {
            (Entry::Scalar(cell), None) => Some(cell),
            (Entry::Table(table), Some((row, column))) => {
                table.rows.get_mut(row as usize)?.get_mut(usize::from(column))
            }
            _ => None,
        }
    }

    /// Where a datum was read: its cell, or the table as a whole.
    #[must_use]
    pub fn origin(&self, datum: DatumRef) -> Option<&Origin> {
        match (self.entry(datum.field)?, datum.cell) {
            (Entry::Table(table), None) => Some(&table.origin),
            _ => Some(&self.cell(datum)?.origin),
        }
    }
}

/// What is scored: who, and when the figures were closed. It stands on the score sheet and is read
/// by no rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The department's name.
    pub name: Name,
    /// The day the sheet was filled in.
    pub filled: Option<Date>,
}
