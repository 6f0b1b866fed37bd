//! An overview as a workbook: a row a department in the order of places, the groups, self-scores that differ, and the rows
//! set aside.

use heng_diag::Lang;
use heng_model::Number;
use rust_xlsxwriter::{Color, ConditionalFormat3ColorScale, ConditionalFormatDataBar, Worksheet, XlsxError};

use super::{Overview, Row, Spread};
use crate::{
    sheet::{Looks, cell_number, new, print_wide, rejects},
    wording::{impact, overview as words},
};

/// The workbook.
///
/// # Errors
/// What the writer of workbooks says: more rows than a sheet holds.
pub fn book(overview: &Overview, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new(lang);
    let mut book = new(words::TITLE.get(lang))?;
    let page = book.add_worksheet();
    page.set_name(words::RANKING.get(lang))?;
    ranking(page, overview, &looks, lang)?;
    let page = book.add_worksheet();
    page.set_name(words::GROUPS.get(lang))?;
    groups(page, overview, &looks, lang)?;
    if overview.has_own {
        let page = book.add_worksheet();
        page.set_name(words::OWN.get(lang))?;
        own(page, overview, &looks, lang)?;
    }
    if !overview.rejects.is_empty() {
        let page = book.add_worksheet();
        page.set_name(impact::SHEETS[2].get(lang))?;
        rejects(page, &overview.rejects, &looks, lang)?;
    }
    book.save_to_buffer()
}

fn ranking(page: &mut Worksheet, overview: &Overview, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    let mut heads: Vec<&str> = vec![words::PLACE.get(lang), words::DEPARTMENT.get(lang)];
    heads.extend(&overview.by.as_deref());
    let first = u16::try_from(heads.len()).unwrap_or(0);
    heads.extend(overview.groups.iter().map(|group| group.name.as_str()));
    heads.extend([crate::wording::GRADE.get(lang), crate::wording::STATUS.get(lang)]);
    if overview.has_own {
        heads.extend([words::OWN_SCORE.get(lang), words::OFF.get(lang)]);
    }
    for (column, head) in (0u16..).zip(&heads) {
        page.write_with_format(0, column, *head, &looks.head)?;
    }
    for (row, one) in (1u32..).zip(&overview.rows) {
        department(page, row, (overview, one), looks)?;
    }
    let last = u32::try_from(overview.rows.len()).unwrap_or(u32::MAX).max(1);
    let columns = u16::try_from(heads.len()).unwrap_or(u16::MAX);
    let scale = ConditionalFormat3ColorScale::new()
        .set_minimum_color(Color::RGB(0xF4_B6_A6))
        .set_midpoint_color(Color::RGB(0xFF_F3_C4))
        .set_maximum_color(Color::RGB(0xA9_D6_B5));
    page.add_conditional_format(1, first, last, first, &scale)?;
    for (column, _) in (first + 1..).zip(overview.groups.iter().skip(1)) {
        let bar = ConditionalFormatDataBar::new().set_fill_color(Color::RGB(0xB8_CC_E4)).set_solid_fill(true);
        page.add_conditional_format(1, column, last, column, &bar)?;
    }
    page.autofilter(0, 0, last, columns.saturating_sub(1))?;
    page.set_freeze_panes(1, 2)?;
    page.set_column_width(0, 7)?;
    page.set_column_width(1, 26)?;
    page.set_column_range_width(2, columns, 13)?;
    page.set_row_height(0, 34)?;
    print_wide(page, 0, lang)
}

fn department(
    page: &mut Worksheet,
    row: u32,
    (overview, one): (&Overview, &Row),
    looks: &Looks,
) -> Result<(), XlsxError> {
    match one.place {
        Some(place) => page.write_with_format(row, 0, u32::try_from(place).unwrap_or(u32::MAX), &looks.middle)?,
        None => page.write_with_format(row, 0, "—", &looks.middle)?,
    };
    page.write_with_format(row, 1, &one.key, &looks.text)?;
    let mut column = 2;
    if overview.by.is_some() {
        page.write_with_format(row, column, &one.by, &looks.middle)?;
        column += 1;
    }
    for points in &one.points {
        match points {
            Some(points) => page.write_with_format(row, column, cell_number(points), &looks.number)?,
            None => page.write_with_format(row, column, "", &looks.middle)?,
        };
        column += 1;
    }
    for text in [&one.grade, &one.status] {
        page.write_with_format(row, column, text, &looks.middle)?;
        column += 1;
    }
    let pair = [(&one.own, &looks.number), (&one.off(), &looks.change)];
    for (number, look) in pair.into_iter().filter(|_| overview.has_own) {
        match number {
            Some(number) => page.write_with_format(row, column, cell_number(number), look)?,
            None => page.write_with_format(row, column, "", &looks.middle)?,
        };
        column += 1;
    }
    Ok(())
}

fn groups(page: &mut Worksheet, overview: &Overview, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    for (column, head) in (0u16..).zip(words::SPREAD_HEADS) {
        page.write_with_format(0, column, head.get(lang), &looks.head)?;
    }
    let mut row = 1;
    for (at, group) in overview.groups.iter().enumerate() {
        if let Some(spread) = overview.spread(at, |_| true) {
            line(page, row, (&group.name, "", &group.full), &spread, looks)?;
            row += 1;
        }
        for region in overview.regions() {
            if let Some(spread) = overview.spread(at, |one| one.by == region) {
                line(page, row, (&group.name, region, &group.full), &spread, looks)?;
                row += 1;
            }
        }
    }
    page.set_column_width(0, 30)?;
    page.set_column_range_width(1, 9, 12)?;
    page.set_freeze_panes(1, 0)?;
    print_wide(page, 0, lang)
}

fn line(
    page: &mut Worksheet,
    row: u32,
    (name, region, full): (&str, &str, &Number),
    spread: &Spread,
    looks: &Looks,
) -> Result<(), XlsxError> {
    page.write_with_format(row, 0, name, &looks.text)?;
    page.write_with_format(row, 1, region, &looks.middle)?;
    page.write_with_format(row, 2, cell_number(full), &looks.middle)?;
    page.write_with_format(row, 3, u32::try_from(spread.count).unwrap_or(u32::MAX), &looks.middle)?;
    for (column, number) in (4u16..).zip(std::iter::once(&spread.mean).chain(&spread.five)) {
        page.write_with_format(row, column, cell_number(number), &looks.rounded)?;
    }
    Ok(())
}

fn own(page: &mut Worksheet, overview: &Overview, looks: &Looks, lang: Lang) -> Result<(), XlsxError> {
    let heads = [words::DEPARTMENT, words::OWN_SCORE, words::COMPUTED, words::OFF];
    for (column, head) in (0u16..).zip(heads) {
        page.write_with_format(0, column, head.get(lang), &looks.head)?;
    }
    for (row, (one, off)) in (1u32..).zip(overview.off()) {
        page.write_with_format(row, 0, &one.key, &looks.text)?;
        for (column, number) in [1, 2].into_iter().zip([one.own.as_ref(), one.total()]) {
            if let Some(number) = number {
                page.write_with_format(row, column, cell_number(number), &looks.number)?;
            }
        }
        page.write_with_format(row, 3, cell_number(&off), &looks.change)?;
    }
    page.set_column_width(0, 30)?;
    page.set_column_range_width(1, 3, 13)?;
    page.set_freeze_panes(1, 0)?;
    print_wide(page, 0, lang)
}
