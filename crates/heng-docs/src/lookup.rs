//! The data by name, in the words and units of a report.

use heng_diag::Lang;
use heng_model::{Cell, FieldId, Number, State, Type, Value, facts::Entry, value::DatumRef};
use heng_phrase::Phrase;
use heng_report::Sheet;

use crate::wording;

/// Finds data of a sheet by their names.
pub(crate) struct Lookup<'a> {
    pub sheet: &'a Sheet<'a>,
    pub phrase: Phrase<'a>,
    pub lang: Lang,
}

/// What is known under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Text as it may stand in a report.
    Text(String),
    /// Nothing was handed in.
    Nothing,
    /// The pack has no such datum.
    Unknown,
}

/// A row of a table: column names with what stands in them.
pub(crate) type Record = Vec<(String, String)>;

impl<'a> Lookup<'a> {
    pub fn new(sheet: &'a Sheet<'a>, lang: Lang) -> Lookup<'a> {
        Lookup { sheet, phrase: Phrase::new(sheet.program, lang), lang }
    }

    /// The field of a dotted path.
    pub fn field(&self, path: &str) -> Option<FieldId> {
        let path: Vec<&str> = path.split('.').collect();
        self.sheet.program.schema.find(&path)
    }

    /// What a datum holds, with its state and whether it is assumed.
    pub fn text(&self, path: &str) -> Known {
        let Some(id) = self.field(path) else { return Known::Unknown };
        match self.sheet.facts.entry(id) {
            Some(Entry::Scalar(cell)) => {
                let text = self.cell(cell, self.phrase.datum_type(DatumRef::field(id)).as_ref());
                if text.is_empty() { Known::Nothing } else { Known::Text(text) }
            }
            Some(Entry::Table(table)) if table.state == Some(State::None) => {
                Known::Text(self.phrase.state(State::None).to_owned())
            }
            Some(Entry::Table(table)) if !table.rows.is_empty() => {
                Known::Text(wording::rows(self.lang, table.rows.len()))
            }
            _ => Known::Nothing,
        }
    }

    /// The rows of a table; none where the pack has no such table.
    pub fn rows(&self, path: &str) -> Option<Vec<Record>> {
        let id = self.field(path)?;
        let columns = &self.sheet.program.schema.field(id)?.table()?.columns;
        let rows = self.sheet.facts.table(id).map(|table| table.rows.as_slice()).unwrap_or_default();
        let record = |row: &Vec<Cell>| {
            // A row that is assumed as a whole says so once.
            let whole = row.iter().filter(|cell| cell.value.is_some()).all(|cell| cell.origin.assumed);
            let cell = |(at, (column, cell)): (usize, (&heng_model::schema::Column, &Cell))| {
                let said =
                    if whole && at > 0 { self.said(cell, Some(&column.ty)) } else { self.cell(cell, Some(&column.ty)) };
                (column.name.to_string(), said)
            };
            columns.iter().zip(row).enumerate().map(cell).collect()
        };
        Some(rows.iter().map(record).collect())
    }

    /// A number of the facts.
    pub fn number(&self, path: &str) -> Option<Number> {
        let cell = self.sheet.facts.cell(DatumRef::field(self.field(path)?))?;
        cell.value.as_ref()?.as_number().cloned()
    }

    /// The numbers of a column with the texts of another, row by row.
    pub fn series(&self, table: &str, name: &str, value: &str) -> Option<Vec<(String, Number, String)>> {
        let id = self.field(table)?;
        let columns = &self.sheet.program.schema.field(id)?.table()?.columns;
        let at = |wanted: &str| columns.iter().position(|column| &*column.name == wanted);
        let (name, value) = (at(name)?, at(value)?);
        let rows = self.sheet.facts.table(id).map(|table| table.rows.as_slice()).unwrap_or_default();
        let point = |row: &Vec<Cell>| {
            let number = row.get(value)?.value.as_ref()?.as_number()?.clone();
            let said = self.cell(row.get(value)?, columns.get(value).map(|column| &column.ty));
            Some((self.cell(row.get(name)?, columns.get(name).map(|column| &column.ty)), number, said))
        };
        Some(rows.iter().filter_map(point).collect())
    }

    /// The sum of a column in its unit; nothing while a cell is open.
    pub fn total(&self, table: &str, column: &str) -> Known {
        let Some(id) = self.field(table) else { return Known::Unknown };
        let Some(shape) = self.sheet.program.schema.field(id).and_then(|field| field.table()) else {
            return Known::Unknown;
        };
        let Some((at, column)) = shape.columns.iter().enumerate().find(|(_, known)| &*known.name == column) else {
            return Known::Unknown;
        };
        let rows = self.sheet.facts.table(id).map(|table| table.rows.as_slice()).unwrap_or_default();
        let numbers: Option<Vec<Number>> =
            rows.iter().map(|row| row.get(at)?.value.as_ref()?.as_number().cloned()).collect();
        match numbers.filter(|numbers| !numbers.is_empty()) {
            Some(numbers) => {
                let sum: Number = numbers.into_iter().sum();
                Known::Text(self.phrase.value(&Value::Number(sum), &column.ty))
            }
            None => Known::Nothing,
        }
    }

    /// A cell in words, with whether it is assumed.
    fn cell(&self, cell: &Cell, ty: Option<&Type>) -> String {
        let text = self.said(cell, ty);
        let assumed = cell.origin.assumed && cell.value.is_some();
        if assumed { wording::noted(self.lang, &text, wording::ASSUMED.get(self.lang)) } else { text }
    }

    /// A cell in words.
    fn said(&self, cell: &Cell, ty: Option<&Type>) -> String {
        let value = cell.value.as_ref().map(|value| self.phrase.value(value, ty.unwrap_or(&Type::Text)));
        match (value, cell.state) {
            (Some(text), Some(state)) => wording::noted(self.lang, &text, self.phrase.state(state)),
            (Some(text), None) => text,
            (None, Some(State::Missing) | None) => String::new(),
            (None, Some(state)) => self.phrase.state(state).to_owned(),
        }
    }
}
