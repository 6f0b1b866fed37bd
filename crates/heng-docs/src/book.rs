//! What the workbooks of a department share: looks and names of columns.

use heng_diag::Lang;
pub(crate) use heng_sheet::{cell_number, cell_text, new};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// The name of a column: `A`, `AB`.
pub(crate) fn column_name(column: u16) -> String {
    let mut name = String::new();
    let mut left = u32::from(column) + 1;
    while left > 0 {
        let digit = (left - 1) % 26;
        name.insert(0, char::from_u32(u32::from(b'A') + digit).unwrap_or('A'));
        left = (left - 1) / 26;
    }
    name
}

/// The looks of a sheet.
pub(crate) struct Looks {
    pub title: Format,
    pub note: Format,
    pub warn: Format,
    pub head: Format,
    pub text: Format,
    pub middle: Format,
    pub group: Format,
    pub number: Format,
    pub strong: Format,
    pub strong_number: Format,
    pub lost: Format,
    pub input: Format,
    pub required: Format,
    pub assumed: Format,
    pub blank: Format,
}

impl Looks {
    pub fn new(lang: Lang) -> Looks {
        let font = if lang == Lang::Zh { "宋体" } else { "Arial" };
        let base = Format::new().set_font_name(font).set_font_size(10);
        let cell = base.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let middle = cell.clone().set_align(FormatAlign::Center);
        let strong = middle.clone().set_bold().set_background_color(Color::RGB(0xEE_F2_F6));
        let input = cell.clone().set_unlocked();
        Looks {
            title: base
                .clone()
                .set_font_size(16)
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            note: base.clone().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            warn: base.set_text_wrap().set_align(FormatAlign::VerticalCenter).set_font_color(Color::RGB(0x9C_2A_10)),
            head: middle.clone().set_bold().set_background_color(Color::RGB(0xDD_E5_EE)),
            text: cell.clone(),
            group: middle.clone(),
            number: middle.clone().set_num_format("0.00##########"),
            strong_number: strong.clone().set_num_format("0.00##########"),
            strong,
            lost: middle.clone().set_num_format("0.00##########").set_font_color(Color::RGB(0xB0_30_18)).set_bold(),
            required: input.clone().set_background_color(Color::RGB(0xFF_F8_DC)),
            assumed: input.clone().set_background_color(Color::RGB(0xE4_EC_F7)).set_italic(),
            blank: cell.set_background_color(Color::RGB(0xFF_F3_B0)),
            input,
            middle,
        }
    }
}

/// As [`heng_sheet::print_wide`], in the middle of the paper.
pub(crate) fn print_wide(sheet: &mut Worksheet, head_row: u32, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_print_center_horizontally(true);
    heng_sheet::print_wide(sheet, head_row, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_a_sheet() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_name(column), name);
        }
    }
}
