//! What workbooks of many departments share: looks, and the rows set aside.

use heng_diag::Lang;
pub(crate) use heng_sheet::{cell_number, new, print_wide};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::{rows::Rejected, wording::impact as words};

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
