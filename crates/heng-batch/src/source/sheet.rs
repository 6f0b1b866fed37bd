//! A workbook with a department a row.

use heng_data::SheetTexts;

use super::{Line, Source};

/// The rows of a sheet: the first filled row is the heads.
#[must_use]
pub fn source(sheet: SheetTexts) -> Source<'static> {
    let mut rows = sheet.rows.into_iter();
    let heads = rows.next().unwrap_or_default();
    let width = heads.len();
    let line = move |mut cells: Vec<String>| {
        if cells.iter().all(String::is_empty) {
            return Ok(Line::Blank);
        }
        cells.resize(cells.len().max(width), String::new());
        Ok(Line::Row(cells))
    };
    Source { heads, first: sheet.first + 1, lines: Box::new(rows.map(line)) }
}
