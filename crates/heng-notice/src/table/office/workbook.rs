//! The sheets of a workbook. Cells are counted before room is made for them: two cells in the corners of a
//! sheet would otherwise ask for all that lies between.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Dimensions, Reader, Xlsx};

use super::{Broken, MOST_CELLS, OfficeFile, OfficeRow, OfficeTable};

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;
/// Texts by row and column.
type Texts = BTreeMap<(usize, usize), String>;

/// Every sheet, hidden ones too.
pub(super) fn read(bytes: &[u8]) -> Result<OfficeFile, Broken> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
    let mut file = OfficeFile::default();
    let mut left = MOST_CELLS;
    for name in book.sheet_names() {
        let mut uncomputed = Vec::new();
        let Some(texts) = texts(&mut book, &name, &mut left, &mut uncomputed)? else { continue };
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        file.tables.push(OfficeTable { rows: rows(texts, &merged)?, name, uncomputed });
    }
    Ok(file)
}

/// The texts of a sheet; none where it is no sheet of cells.
fn texts(
    book: &mut Book<'_>,
    name: &str,
    left: &mut usize,
    uncomputed: &mut Vec<(usize, usize)>,
) -> Result<Option<Texts>, Broken> {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(None) };
    let mut out = Texts::new();
    while let Some(cell) = cells.next_cell_with_formula().map_err(|_| Broken::Damaged)? {
        let (row, column) = (place(cell.pos.0), place(cell.pos.1));
        let text = match Data::from(cell.value) {
            Data::Empty | Data::Error(_) => String::new(),
            other => other.to_string(),
        };
        if text.is_empty() {
            if cell.formula.is_some() && uncomputed.len() < MOST_CELLS {
                uncomputed.push((row + 1, column + 1));
            }
            continue;
        }
        *left = left.checked_sub(1).ok_or(Broken::TooLarge)?;
        out.insert((row, column), text);
    }
    Ok(Some(out))
}

fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Rows with all their columns; a merged cell stands in each of the cells it covers.
fn rows(mut texts: Texts, merged: &[Dimensions]) -> Result<Vec<OfficeRow>, Broken> {
    let mut spread = Texts::new();
    for region in merged {
        let Some(text) = texts.get(&(place(region.start.0), place(region.start.1))).cloned() else { continue };
        for row in place(region.start.0)..=place(region.end.0) {
            for column in place(region.start.1)..=place(region.end.1) {
                if spread.len() + texts.len() > MOST_CELLS {
                    return Err(Broken::TooLarge);
                }
                spread.insert((row, column), text.clone());
            }
        }
    }
    texts.extend(spread);
    let width = texts.keys().map(|(_, column)| column + 1).max().unwrap_or(0);
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for ((row, column), text) in texts {
        if !rows.contains_key(&row) && (rows.len() + 1).saturating_mul(width) > MOST_CELLS {
            return Err(Broken::TooLarge);
        }
        let cells = rows.entry(row).or_insert_with(|| vec![String::new(); width]);
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }
    Ok(rows.into_iter().map(|(row, cells)| OfficeRow { number: row + 1, cells, marks: Vec::new() }).collect())
}
