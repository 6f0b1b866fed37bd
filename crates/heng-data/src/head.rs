//! Heads of columns, as they stand over a sheet or a file: a name, a name with its unit, or a name and
//! what is said of it.

use heng_model::{Quantity, normal_name, schema::Table};

use crate::{
    index, number,
    words::{self, Word},
};

/// A head taken apart: the name, what of it stands below, and the unit.
pub(crate) struct Head<T> {
    /// Whose column it is.
    pub(crate) of: T,
    /// The value, or what is said beside it.
    pub(crate) word: Word,
    /// The unit, where the head states one.
    pub(crate) unit: Option<String>,
}

/// `预算（万元）` is the datum 预算 in 万元, `完成值.状态` the state of 完成值. `known` finds a name.
pub(crate) fn split<T>(text: &str, known: impl Fn(&str) -> Option<T>) -> Option<Head<T>> {
    let text = normal_name(text);
    if let Some(of) = known(&text) {
        return Some(Head { of, word: Word::Value, unit: None });
    }
    if let Some((name, word)) = text.rsplit_once('.')
        && let (Some(of), Some(word)) = (known(name), words::word(word))
    {
        return Some(Head { of, word, unit: None });
    }
    let (name, unit) = text.strip_suffix(')')?.rsplit_once('(')?;
    let unit = unit.strip_prefix("单位:").unwrap_or(unit).trim();
    let of = known(name.trim()).filter(|_| is_unit(unit))?;
    Some(Head { of, word: Word::Value, unit: Some(unit.to_owned()) })
}

/// A head without its unit, and the unit: `预算（万元）`.
#[must_use]
pub fn name_and_unit(text: &str) -> (String, Option<String>) {
    let name = normal_name(text);
    let unit = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let unit = unit.map(|(of, unit)| (of.trim(), unit.strip_prefix("单位:").unwrap_or(unit).trim()));
    match unit.filter(|(_, unit)| is_unit(unit)) {
        Some((of, unit)) => (of.to_owned(), Some(unit.to_owned())),
        None => (name, None),
    }
}

/// The column of a table that a head names.
pub(crate) fn column_head(table: &Table, text: &str) -> Option<(String, Word, Option<String>)> {
    let known = |name: &str| index::column(table, name).map(|(_, column)| column.name.to_string());
    split(text, known).map(|Head { of, word, unit }| (of, word, unit))
}

fn is_unit(unit: &str) -> bool {
    [Quantity::Money, Quantity::Ratio, Quantity::PercentPoint, Quantity::Count, Quantity::Points]
        .into_iter()
        .chain([Quantity::Days, Quantity::CalendarDays, Quantity::WorkingDays, Quantity::Year])
        .any(|quantity| number::scale(quantity, unit).is_some())
}
