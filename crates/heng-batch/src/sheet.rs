//! What workbooks of many departments share: fixed properties, looks, and the rows set aside.

use heng_diag::Lang;
use heng_model::{Number, Rounding};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::{rows::Rejected, wording::impact as words};

/// How many places a number that never ends keeps in a cell.
const PLACES: u32 = 12;

/// A workbook that says nothing of when it was made.
pub(crate) fn new(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let when = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&when));
    Ok(book)
}

/// The number as a cell holds it.
#[expect(clippy::disallowed_types, reason = "the cells of a sheet are binary doubles; nothing is computed with them")]
pub(crate) fn cell_number(number: &Number) -> f64 {
    let text = number.decimal_text().unwrap_or_else(|| number.fixed(PLACES, Rounding::HalfUp));
    text.parse().unwrap_or(0.0)
}

/// The looks of a sheet.
pub(crate) struct Looks {
    pub title: Format,
    pub note: Format,
    pub head: Format,
    pub text: Format,
    pub middle: Format,
    pub number: Format,
    pub rounded: Format,
    pub change: Format,
}

impl Looks {
    pub fn new(lang: Lang) -> Looks {
        let font = if lang == Lang::Zh { "宋体" } else { "Arial" };
        let base = Format::new().set_font_name(font).set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let cell = base.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let middle = cell.clone().set_align(FormatAlign::Center);
        Looks {
            title: base.clone().set_font_size(16).set_bold(),
            note: base.set_text_wrap(),
            head: middle.clone().set_bold().set_background_color(Color::RGB(0xDD_E5_EE)),
            text: cell,
            number: middle.clone().set_num_format("0.00##########"),
            rounded: middle.clone().set_num_format("0.00"),
            change: middle.clone().set_num_format("+0.00;[Red]-0.00;0.00"),
            middle,
        }
    }
}

/// Landscape A4, as wide as the paper, the head on every page, page numbers below.
pub(crate) fn print_wide(sheet: &mut Worksheet, head_row: u32, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.2, 0.25);
    sheet.set_repeat_rows(head_row, head_row)?;
    sheet.set_footer(if lang == Lang::Zh { "&C第 &P 页，共 &N 页" } else { "&C&P / &N" });
    Ok(())
}

/// The rows set aside, a line for each refused cell.
pub(crate) fn rejects(page: &mut Worksheet, rejects: &[Rejected], looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    for (column, head) in (0u16..).zip(words::REJECT_HEADS) {
        page.write_with_format(0, column, head.get(lang), &looks.head)?;
    }
    for (row, one) in (1u32..).zip(rejects) {
        page.write_with_format(row, 0, u32::try_from(one.row).unwrap_or(u32::MAX), &looks.middle)?;
        for (column, text) in [1, 2, 3].into_iter().zip([one.column.as_str(), one.reason.get(lang), &one.value]) {
            page.write_with_format(row, column, text, &looks.text)?;
        }
    }
    page.set_column_width(0, 8)?;
    page.set_column_range_width(1, 3, 34)?;
    page.set_freeze_panes(1, 0)?;
    print_wide(page, 0, lang)
}
