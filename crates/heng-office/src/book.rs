//! The table as a workbook. A hidden last column names the indicator of each row, and a hidden sheet keeps
//! what was written.

use heng_diag::Lang;
use heng_docs::fonts;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::{
    field::Field,
    ledger::Ledger,
    page::{Line, Page, Row, clauses},
    wording,
};

/// The name of the hidden sheet, and the heading of the hidden column.
pub(crate) const HIDDEN: &str = "heng";

/// The workbook as bytes.
pub(crate) fn write(page: &Page, record: &Ledger) -> Result<Vec<u8>, XlsxError> {
    let mut book = heng_sheet::new(&page.title)?;
    let sheet = book.add_worksheet();
    sheet.set_name(wording::TABLE.get(page.lang))?;
    let mut writer = Writer { sheet, page, looks: Looks::new(page.lang), depth: column(page.depth()), row: 0 };
    writer.write()?;
    let kept = book.add_worksheet();
    kept.set_name(HIDDEN)?;
    for (at, line) in (0u32..).zip(record.lines()) {
        kept.write_string(at, 0, line)?;
    }
    kept.set_very_hidden(true);
    book.save_to_buffer()
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

struct Looks {
    title: Format,
    note: Format,
    warn: Format,
    head: Format,
    text: Format,
    middle: Format,
    group: Format,
    number: Format,
    strong: Format,
    strong_number: Format,
}

impl Looks {
    fn new(lang: Lang) -> Looks {
        let zh = lang == Lang::Zh;
        let name = |font: fonts::AskedFont| if zh { font.name } else { fonts::LATIN.name };
        let base = Format::new().set_font_name(name(fonts::BODY)).set_font_size(10).set_text_wrap();
        let base = base.set_align(FormatAlign::VerticalCenter);
        let cell = base.clone().set_border(FormatBorder::Thin);
        let middle = cell.clone().set_align(FormatAlign::Center);
        let head = middle.clone().set_font_name(name(fonts::HEAD)).set_background_color(Color::RGB(0xE8_EC_F1));
        let strong = middle.clone().set_font_name(name(fonts::HEAD));
        Looks {
            title: base.clone().set_font_name(name(fonts::TITLE)).set_font_size(18).set_align(FormatAlign::Center),
            note: base.clone().set_align(FormatAlign::Center),
            warn: base.clone().set_font_size(9).set_font_color(Color::RGB(0x60_60_60)),
            head: if zh { head } else { head.set_bold() },
            text: cell,
            group: middle.clone(),
            number: middle.clone().set_num_format("General"),
            middle,
            strong_number: strong.clone().set_num_format("General"),
            strong,
        }
    }
}

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    page: &'a Page,
    looks: Looks,
    /// How many columns the levels take.
    depth: u16,
    row: u32,
}

impl Writer<'_> {
    fn write(&mut self) -> Result<(), XlsxError> {
        let page = self.page;
        let columns = page.columns();
        let last = self.depth + column(columns.len()) - 1;
        let full = page.rows.first().map(|root| root.text(Field::Points)).unwrap_or_default();
        self.across(last, &page.title, &self.looks.title.clone(), 34)?;
        let subtitle = wording::subtitle(page.lang, page.year, full, &page.notice);
        self.across(last, &subtitle, &self.looks.note.clone(), 18)?;
        self.heads(&columns, last)?;
        let head = self.row - 1;
        for line in page.lines() {
            self.line(&line, &columns, last)?;
        }
        self.total(full, &columns)?;
        for text in &page.disclaimers {
            let text = format!("{}{text}", wording::DISCLAIMER.get(page.lang));
            self.across(last, &text, &self.looks.warn.clone(), 16 * heng_sheet::lines(&text, 150))?;
        }
        let kept = wording::KEPT.get(page.lang);
        self.across(last, kept, &self.looks.warn.clone(), 14 * heng_sheet::lines(kept, 150))?;
        self.widths(&columns, last)?;
        heng_sheet::print_wide(self.sheet, head, page.lang)?;
        self.sheet.set_freeze_panes(head + 1, self.depth)?;
        let (right, bottom) = (last, self.row - 1);
        self.sheet.set_print_area(0, 0, bottom, right)?;
        Ok(())
    }

    /// A line over all columns.
    fn across(&mut self, last: u16, text: &str, format: &Format, height: u32) -> Result<(), XlsxError> {
        heng_sheet::merge(self.sheet, (self.row, self.row), (0, last), text, format)?;
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    fn heads(&mut self, columns: &[Field], last: u16) -> Result<(), XlsxError> {
        let lang = self.page.lang;
        let levels = (1..=self.page.depth()).map(|level| heng_docs::level(lang, level));
        let heads = levels.chain(columns.iter().map(|field| field.heading(lang).to_owned()));
        for (at, head) in (0u16..).zip(heads) {
            self.sheet.write_string_with_format(self.row, at, head, &self.looks.head)?;
        }
        self.sheet.write_string(self.row, last + 1, HIDDEN)?;
        self.sheet.set_row_height(self.row, 24)?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, line: &Line<'_>, columns: &[Field], last: u16) -> Result<(), XlsxError> {
        let (at, lang) = (self.row, self.page.lang);
        for span in &line.starts {
            let left = column(span.row.level) - 1;
            let (down, across) = (u32::try_from(span.rows).unwrap_or(1), column(span.columns));
            let format = if span.row.leaf { self.looks.text.clone() } else { self.looks.group.clone() };
            heng_sheet::merge(
                self.sheet,
                (at, at + down - 1),
                (left, left + across - 1),
                &span.label(lang).join("\n"),
                &format,
            )?;
        }
        let mut height = heng_sheet::lines(line.row.text(Field::Name), 16);
        for (place, field) in (self.depth..).zip(columns) {
            let text = cell(line.row, *field);
            self.cell(place, *field, &text)?;
            height = height.max(heng_sheet::lines(&text, usize::from(width(*field))));
        }
        self.sheet.write_string(at, last + 1, &line.row.key)?;
        self.sheet.set_row_height(at, 14 * height + 6)?;
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, place: u16, field: Field, text: &str) -> Result<(), XlsxError> {
        let at = self.row;
        let number = text.parse::<heng_model::Number>().ok().filter(|_| field == Field::Points);
        match number {
            Some(number) if !text.starts_with('+') => {
                self.sheet.write_number_with_format(at, place, heng_sheet::cell_number(&number), &self.looks.number)?;
            }
            _ => {
                let short = matches!(field, Field::Points | Field::Status);
                let format = if short { &self.looks.middle } else { &self.looks.text };
                self.sheet.write_string_with_format(at, place, text, format)?;
            }
        }
        Ok(())
    }

    fn total(&mut self, full: &str, columns: &[Field]) -> Result<(), XlsxError> {
        let at = self.row;
        let strong = self.looks.strong.clone();
        heng_sheet::merge(self.sheet, (at, at), (0, self.depth - 1), wording::TOTAL.get(self.page.lang), &strong)?;
        for (place, field) in (self.depth..).zip(columns) {
            match full.parse::<heng_model::Number>() {
                Ok(number) if *field == Field::Points => {
                    let number = heng_sheet::cell_number(&number);
                    self.sheet.write_number_with_format(at, place, number, &self.looks.strong_number)?;
                }
                _ => {
                    self.sheet.write_string_with_format(at, place, "", &strong)?;
                }
            }
        }
        self.sheet.set_row_height(at, 20)?;
        self.row += 1;
        Ok(())
    }

    fn widths(&mut self, columns: &[Field], last: u16) -> Result<(), XlsxError> {
        for at in 0..self.depth {
            self.sheet.set_column_width(at, if at + 1 == self.depth { 16 } else { 12 })?;
        }
        for (at, field) in (self.depth..).zip(columns) {
            self.sheet.set_column_width(at, width(*field))?;
        }
        self.sheet.set_column_width(last + 1, 4)?;
        self.sheet.set_column_hidden(last + 1)?;
        Ok(())
    }
}

/// What is printed in a cell.
fn cell(row: &Row, field: Field) -> String {
    match field {
        Field::Criterion => clauses(row.text(field)).join("\n"),
        _ => row.text(field).to_owned(),
    }
}

fn width(field: Field) -> u8 {
    match field {
        Field::Name => 16,
        Field::Points => 7,
        Field::Criterion => 52,
        Field::Meaning => 24,
        Field::Evidence => 22,
        Field::Basis | Field::Source => 18,
        Field::Note => 24,
        Field::Status => 9,
    }
}
