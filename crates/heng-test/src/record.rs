//! Facts written out again as a facts file, so that what a property found can be kept as a case.

use heng_model::{
    Facts, Program, Type,
    facts::{Cell, Entry},
    state::State,
    value::DatumRef,
};
use heng_phrase::Phrase;
use toml::Value as Toml;

use crate::facts::put;

/// The facts as a TOML facts file; what is 缺报 is left out.
pub(crate) fn record(program: &Program, facts: &Facts) -> String {
    let phrase = Phrase::new(program, heng_diag::Lang::Zh);
    let mut table = toml::Table::new();
    for (id, field) in program.schema.iter() {
        let path: Vec<String> = field.path.iter().map(ToString::to_string).collect();
        let value = match facts.entry(id) {
            Some(Entry::Scalar(cell)) => {
                phrase.datum_type(DatumRef::field(id)).and_then(|ty| written(&phrase, cell, &ty))
            }
            Some(Entry::Table(rows)) if rows.rows.is_empty() => {
                (rows.state == Some(State::None)).then(|| "无".to_owned().into())
            }
            Some(Entry::Table(rows)) => {
                let columns = field.table().map(|table| table.columns.as_slice()).unwrap_or_default();
                let row = |cells: &Vec<Cell>| {
                    let cells = columns.iter().zip(cells).filter(|(column, _)| column.formula.is_none());
                    let cells = cells.filter_map(|(column, cell)| {
                        Some((column.name.to_string(), written(&phrase, cell, &column.ty)?))
                    });
                    Toml::Table(cells.collect())
                };
                Some(Toml::Array(rows.rows.iter().map(row).collect()))
            }
            None => None,
        };
        if let Some(value) = value {
            put(&mut table, &path, value);
        }
    }
    toml::to_string(&table).unwrap_or_default()
}

/// A cell as a facts file writes it.
fn written(phrase: &Phrase<'_>, cell: &Cell, ty: &Type) -> Option<Toml> {
    let value = cell.value.as_ref().map(|value| phrase.value(value, ty));
    let state = cell.state.filter(|state| *state != State::Missing).map(|state| phrase.state(state).to_owned());
    let beside = [("理由", &cell.reason), ("佐证", &cell.evidence)];
    let named = beside.iter().filter_map(|(word, name)| Some(((*word).to_owned(), name.as_ref()?.to_string().into())));
    let mut entries: toml::Table = named.collect();
    match (value, state) {
        (Some(value), None) if entries.is_empty() => return Some(value.into()),
        (None, Some(state)) if entries.is_empty() => return Some(state.into()),
        (None, None) => return None,
        (value, state) => {
            entries.extend(value.map(|value| ("值".to_owned(), value.into())));
            entries.extend(state.map(|state| ("状态".to_owned(), state.into())));
        }
    }
    Some(Toml::Table(entries))
}
