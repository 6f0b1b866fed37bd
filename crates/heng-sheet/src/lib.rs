//! What workbooks share, whoever writes them: properties that say nothing of when a book was made, numbers as
//! cells hold them, and how a sheet is printed.
//!
//! **Invariant:** the same content makes the same bytes; nothing is computed with the doubles of cells.

use heng_diag::Lang;
use heng_model::{Number, Rounding};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// How many places a number that never ends keeps in a cell.
const PLACES: u32 = 12;

/// A workbook that says nothing of when it was made.
///
/// # Errors
/// What the writer of workbooks says.
pub fn new(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let when = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&when));
    Ok(book)
}

/// The number as a cell holds it.
#[must_use]
#[expect(clippy::disallowed_types, reason = "the cells of a sheet are binary doubles; nothing is computed with them")]
pub fn cell_number(number: &Number) -> f64 {
    cell_text(number).parse().unwrap_or(0.0)
}

/// The digits of the number as a cell holds it.
#[must_use]
pub fn cell_text(number: &Number) -> String {
    number.decimal_text().unwrap_or_else(|| number.fixed(PLACES, Rounding::HalfUp))
}

/// A text over the cells from one corner to the other; a single cell is not merged.
///
/// # Errors
/// What the writer of workbooks says.
pub fn merge(
    sheet: &mut Worksheet,
    (top, bottom): (u32, u32),
    (left, right): (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if (top, left) == (bottom, right) {
        sheet.write_string_with_format(top, left, text, format)?;
    } else {
        sheet.merge_range(top, left, bottom, right, text, format)?;
    }
    Ok(())
}

/// Landscape A4, as wide as the paper, the head on every page, page numbers below.
///
/// # Errors
/// What the writer of workbooks says.
pub fn print_wide(sheet: &mut Worksheet, head_row: u32, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.2, 0.25);
    sheet.set_repeat_rows(head_row, head_row)?;
    sheet.set_footer(if lang == Lang::Zh { "&C第 &P 页，共 &N 页" } else { "&C&P / &N" });
    Ok(())
}

/// How many lines a text takes in a column of a width.
#[must_use]
pub fn lines(text: &str, width: usize) -> u32 {
    let of_line = |line: &str| {
        let wide: usize = line.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum();
        wide.div_ceil(width.saturating_sub(1).max(1)).max(1)
    };
    u32::try_from(text.lines().map(of_line).sum::<usize>().max(1)).unwrap_or(1).min(30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let number: Number = "2366.79".parse().unwrap();
        assert_eq!(cell_text(&number), "2366.79");
        let third: Number = "1/3".parse().unwrap();
        assert_eq!(cell_text(&third), "0.333333333333");
    }
}
