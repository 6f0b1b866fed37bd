//! The register as a workbook, with a column in which next year is written what was done.

use heng_diag::Lang;
use heng_report::Record;
use heng_sheet::lines;
use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use crate::{
    book::{self, Looks},
    register::{Register, lost_in_all},
    wording::{self, last_year},
};

/// Where a person says whether it was done.
const PROGRESS_COLUMN: u16 = 9;

/// The workbook as bytes.
pub(crate) fn write(record: &Record, register: &Register, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = book::new(&record.title)?;
    let looks = Looks::new(lang);
    let page = book.add_worksheet();
    page.set_name(wording::REGISTER.get(lang))?;
    let heads = [
        (wording::NUMBER, 5),
        (wording::PROBLEM, 26),
        (wording::INDICATOR, 18),
        (wording::LOST, 8),
        (wording::REASON, 34),
        (wording::MEASURE, 26),
        (wording::OWNER, 12),
        (wording::DUE, 13),
        (wording::BUDGET, 22),
        (last_year::PROGRESS, 10),
        (wording::DONE, 22),
    ];
    let last = u16::try_from(heads.len()).unwrap_or(1) - 1;
    page.merge_range(0, 0, 0, last, &format!("{} {}", record.title, wording::REGISTER.get(lang)), &looks.title)?;
    page.set_row_height(0, 30)?;
    for ((head, width), column) in heads.into_iter().zip(0u16..) {
        page.write_string_with_format(1, column, head.get(lang), &looks.head)?;
        page.set_column_width(column, width)?;
    }
    for (line, row) in register.lines.iter().zip(2u32..) {
        let number = (row - 1).to_string();
        let cells = [
            number.as_str(),
            &line.problem,
            &line.indicator,
            &line.lost,
            &line.reason,
            &line.measure,
            &line.owner,
            &line.due,
            &line.budget,
            "",
            "",
        ];
        for (text, column) in cells.into_iter().zip(0u16..) {
            let blank = text.is_empty() && matches!(column, 1 | 5..=10);
            let format = if blank {
                &looks.blank
            } else if column == 0 || column == 3 {
                &looks.middle
            } else {
                &looks.text
            };
            page.write_string_with_format(row, column, text, format)?;
        }
        let high = lines(&line.reason, 34).max(lines(&line.problem, 26)).max(lines(&line.measure, 26));
        page.set_row_height(row, 13 * high + 6)?;
    }
    choices(page, register.lines.len(), lang)?;
    let below = u32::try_from(register.lines.len()).unwrap_or(0) + 2;
    let sum = format!("{}: {}", wording::LOST.get(lang), lost_in_all(record));
    page.merge_range(below, 0, below, last, &sum, &looks.note)?;
    book::print_wide(page, 1, lang)?;
    page.set_freeze_panes(2, 0)?;
    book.save_to_buffer()
}

/// The words to choose from where a person says whether it was done.
fn choices(page: &mut Worksheet, lines: usize, lang: Lang) -> Result<(), XlsxError> {
    let Some(last) = u32::try_from(lines).ok().filter(|lines| *lines > 0) else { return Ok(()) };
    let words = last_year::CHOICES.map(|word| word.get(lang));
    let validation = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_title(last_year::PROGRESS.get(lang))?
        .set_error_message(last_year::NOT_ONE_OF.get(lang))?;
    page.add_data_validation(2, PROGRESS_COLUMN, last + 1, PROGRESS_COLUMN, &validation)?;
    Ok(())
}
