//! The sheets of a workbook.

use std::collections::BTreeMap;

use heng_archive::{Bounds, Dimensions, Value, read_sheets};

use super::{Broken, MOST_CELLS, MOST_UNFOLDED, OfficeFile, OfficeRow, OfficeTable};

/// How many bytes the texts of a workbook may have.
const MOST_TEXT: usize = 64 << 20;

/// What is read of a workbook.
const BOUNDS: Bounds = Bounds { unfolded: MOST_UNFOLDED, cells: MOST_CELLS, text: MOST_TEXT };

/// Texts by row and column.
type Texts = BTreeMap<(usize, usize), String>;

/// Every sheet, hidden ones too.
pub(super) fn read(bytes: &[u8]) -> Result<OfficeFile, Broken> {
    let mut file = OfficeFile::default();
    let shown = |value: &Value| match value {
        Value::Empty | Value::Error(_) => String::new(),
        other => other.to_string(),
    };
    let remarks = read_sheets(bytes, BOUNDS, &shown, &mut |sheet| {
        let texts = sheet.cells().map(|(row, column, text)| ((place(row), place(column)), text.to_owned())).collect();
        let uncomputed = sheet.uncomputed.iter().map(|(row, column)| (place(*row) + 1, place(*column) + 1)).collect();
        let rows = rows(texts, &sheet.merged)?;
        file.tables.push(OfficeTable { rows, name: sheet.name, uncomputed });
        Ok(())
    })?;
    file.remarks = remarks;
    Ok(file)
}

fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Rows with all their columns; a merged cell stands in each of the cells it covers.
fn rows(mut texts: Texts, merged: &[Dimensions]) -> Result<Vec<OfficeRow>, Broken> {
    let mut spread = Texts::new();
    let mut left = MOST_TEXT;
    for region in merged {
        let Some(text) = texts.get(&(place(region.start.0), place(region.start.1))).cloned() else { continue };
        for row in place(region.start.0)..=place(region.end.0) {
            for column in place(region.start.1)..=place(region.end.1) {
                if spread.len() + texts.len() > MOST_CELLS {
                    return Err(Broken::TooManyCells(MOST_CELLS));
                }
                left = left.checked_sub(text.len()).ok_or(Broken::TooLarge(MOST_TEXT as u64))?;
                spread.insert((row, column), text.clone());
            }
        }
    }
    texts.extend(spread);
    let width = texts.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for ((row, column), text) in texts {
        if !rows.contains_key(&row) && (rows.len() + 1).saturating_mul(width) > MOST_CELLS {
            return Err(Broken::TooManyCells(MOST_CELLS));
        }
        let cells = rows.entry(row).or_insert_with(|| vec![String::new(); width]);
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }
    Ok(rows.into_iter().map(|(row, cells)| OfficeRow { number: row + 1, cells, marks: Vec::new() }).collect())
}
