//! Workbooks: each visible sheet is a table.

use heng_archive::{Bounds, Broken, MOST_UNFOLDED, Sheet, Value, no_value, read_sheets};
use heng_diag::Diagnostic;
use heng_model::{Number, Rounding};

use crate::document::Document;

/// How many cells the rows of a workbook may have, blank ones between filled ones included.
const MOST_CELLS: usize = 4_000_000;

/// What is read of a workbook.
const BOUNDS: Bounds = Bounds { unfolded: MOST_UNFOLDED, cells: MOST_CELLS, text: 256 << 20 };

/// Appends a workbook.
pub(crate) fn append(
    document: &mut Document,
    bytes: &[u8],
    notes: &mut Vec<Diagnostic>,
) -> Result<(), Box<Diagnostic>> {
    let mut left = MOST_CELLS;
    let mut take = |sheet: Sheet| {
        if sheet.visible {
            if let Some(first) = sheet.uncomputed.first() {
                notes.push(no_value(sheet.uncomputed.len(), &sheet.place(*first)));
            }
            table(document, &sheet, &mut left)?;
        }
        Ok(())
    };
    read_sheets(bytes, BOUNDS, &shown, &mut take).map_err(|broken| Box::new(broken.diagnostic()))?;
    Ok(())
}

/// Appends a sheet, from its first filled row and column on.
fn table(document: &mut Document, sheet: &Sheet, left: &mut usize) -> Result<(), Broken> {
    document.begin_table();
    let first = sheet.cells().map(|(_, column, _)| column).min().unwrap_or(0);
    let mut row: Vec<(String, usize)> = Vec::new();
    let (mut current, mut done) = (0, 0);
    for (at, column, text) in sheet.cells() {
        if at != current && !row.is_empty() {
            document.skip_rows(current - done);
            document.row(&row, Some(&sheet.name));
            (done, row) = (current + 1, Vec::new());
        }
        current = at;
        let place = usize::try_from(column - first).unwrap_or(usize::MAX);
        let more = place.saturating_add(1).saturating_sub(row.len());
        *left = left.checked_sub(more).ok_or(Broken::TooManyCells(MOST_CELLS))?;
        row.resize(place + 1, (String::new(), 0));
        row.last_mut().into_iter().for_each(|cell| text.clone_into(&mut cell.0));
    }
    if !row.is_empty() {
        document.skip_rows(current - done);
        document.row(&row, Some(&sheet.name));
    }
    Ok(())
}

/// A cell as text; a number without the noise of its binary form.
fn shown(cell: &Value) -> String {
    match cell {
        Value::Float(number) => {
            let text = number.to_string();
            let long = text.split_once('.').is_some_and(|(_, rest)| rest.len() > 8);
            match Number::parse_decimal(&text).filter(|_| long) {
                Some(number) => number.round(8, Rounding::HalfUp).decimal_text().unwrap_or(text),
                None => text,
            }
        }
        Value::Empty => String::new(),
        Value::Error(error) => format!("#{error}"),
        other => other.to_string(),
    }
}
