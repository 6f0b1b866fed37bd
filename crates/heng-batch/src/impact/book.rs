//! An impact as a workbook: a sheet of what did what, a row a department, and the rows set aside.

use heng_diag::{Lang, Pair, Text};
use heng_model::Number;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{Department, Impact, story::Story};
use crate::{
    sheet::{Looks, cell_number, new, print_wide, rejects},
    wording::impact as words,
};

/// The workbook.
///
/// # Errors
/// What the writer of workbooks says: more rows than a sheet holds.
pub fn book(impact: &Impact, distance: &Number, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let story = Story::new(impact, distance);
    let looks = Looks::new(lang);
    let mut book = new(words::TITLE.get(lang))?;
    let page = book.add_worksheet();
    page.set_name(words::SHEETS[0].get(lang))?;
    summary(page, impact, &story, &looks, lang)?;
    let page = book.add_worksheet();
    page.set_name(words::SHEETS[1].get(lang))?;
    departments(page, impact, distance, &looks, lang)?;
    if !impact.rejects.is_empty() {
        let page = book.add_worksheet();
        page.set_name(words::SHEETS[2].get(lang))?;
        rejects(page, &impact.rejects, &looks, lang)?;
    }
    book.save_to_buffer()
}

/// A head a column, with the unit of its figures.
fn heads(
    page: &mut Worksheet,
    row: u32,
    heads: &[(Pair, Option<Pair>)],
    looks: &Looks,
    lang: Lang,
) -> Result<(), XlsxError> {
    for (column, (head, unit)) in (0u16..).zip(heads) {
        let text = unit.map_or_else(|| Text::new(head.0, head.1), |unit| words::measured(*head, unit));
        page.write_with_format(row, column, text.get(lang), &looks.head)?;
    }
    Ok(())
}

/// Those of the columns `from..to` have a unit.
fn with_unit(heads: &[Pair], (from, to): (usize, usize), unit: Pair) -> Vec<(Pair, Option<Pair>)> {
    heads.iter().enumerate().map(|(at, head)| (*head, (from..to).contains(&at).then_some(unit))).collect()
}

fn summary(
    page: &mut Worksheet,
    impact: &Impact,
    story: &Story<'_>,
    looks: &Looks,
    lang: Lang,
) -> Result<(), XlsxError> {
    page.merge_range(0, 0, 0, 5, words::TITLE.get(lang), &looks.title)?;
    let [old, new] = &impact.what.titles;
    let said =
        format!("{old} → {new}\n{}\n{}", words::compared(impact).get(lang), words::summary(story, impact).get(lang));
    let mut row = 1;
    for line in said.lines() {
        page.merge_range(row, 0, row, 5, line, &looks.note)?;
        row += 1;
    }
    row += 1;
    let unit = words::change_unit(impact);
    heads(page, row, &with_unit(&words::ITEM_HEADS, (1, 3), unit), looks, lang)?;
    for part in &story.items {
        row += 1;
        let lines: Vec<&str> = part.lines.iter().map(|line| line.get(lang)).collect();
        let name = if lines.len() > 1 { lines.join("\n") } else { part.name.get(lang).to_owned() };
        page.write_with_format(row, 0, name, &looks.text)?;
        let numbers = [Some(&part.mean), part.alone.as_ref()];
        for (column, number) in [1, 2].into_iter().zip(numbers) {
            match number {
                Some(number) => page.write_with_format(row, column, cell_number(number), &looks.change)?,
                None => page.write_with_format(row, column, "—", &looks.middle)?,
            };
        }
        for (column, count) in [3, 4].into_iter().zip(part.counts) {
            page.write_with_format(row, column, u32::try_from(count).unwrap_or(u32::MAX), &looks.middle)?;
        }
        let error = part.error.as_ref().map(|error| format!("±{}", super::story::shown(error)));
        page.write_with_format(row, 5, error.unwrap_or_default(), &looks.middle)?;
    }
    row += 1;
    page.merge_range(row, 0, row, 5, words::method(impact, story.whole).get(lang), &looks.note)?;
    page.set_row_height(row, 42)?;
    row += 2;
    heads(page, row, &[(words::LEAVES, None), (words::ITEM_HEADS[1], Some(unit))], looks, lang)?;
    for part in &story.leaves {
        row += 1;
        page.write_with_format(row, 0, part.name.get(lang), &looks.text)?;
        page.write_with_format(row, 1, cell_number(&part.mean), &looks.change)?;
    }
    page.set_column_width(0, 52)?;
    page.set_column_range_width(1, 5, 13)?;
    print_wide(page, 0, lang)
}

fn departments(
    page: &mut Worksheet,
    impact: &Impact,
    distance: &Number,
    looks: &Looks,
    lang: Lang,
) -> Result<(), XlsxError> {
    let mut all = with_unit(&words::DEPARTMENT_HEADS, (1, 3), words::unit(impact));
    if let Some((_, unit)) = all.get_mut(3) {
        *unit = Some(words::change_unit(impact));
    }
    heads(page, 0, &all, looks, lang)?;
    page.write_with_format(0, 8, words::NEAREST.get(lang), &looks.head)?;
    for (column, item) in (9u16..).zip(&impact.items) {
        page.write_with_format(0, column, item.title.get(lang), &looks.head)?;
    }
    for (row, one) in (1u32..).zip(&impact.departments) {
        department(page, row, (impact, one), distance, looks)?;
    }
    let last = u32::try_from(impact.departments.len()).unwrap_or(u32::MAX);
    let columns = u16::try_from(impact.items.len()).unwrap_or(u16::MAX).saturating_add(8);
    page.autofilter(0, 0, last, columns)?;
    page.set_freeze_panes(1, 1)?;
    page.set_column_width(0, 26)?;
    page.set_column_range_width(1, columns, 12)?;
    page.set_row_height(0, 48)?;
    print_wide(page, 0, lang)
}

fn department(
    page: &mut Worksheet,
    row: u32,
    (impact, one): (&Impact, &Department),
    distance: &Number,
    looks: &Looks,
) -> Result<(), XlsxError> {
    page.write_with_format(row, 0, &one.key, &looks.text)?;
    for (column, total) in [1, 2].into_iter().zip([&one.old.total, &one.new.total]) {
        if let Some(total) = total {
            page.write_with_format(row, column, cell_number(total), &looks.number)?;
        }
    }
    if let Some(change) = one.change() {
        page.write_with_format(row, 3, cell_number(&change), &looks.change)?;
    }
    if let Some((old, new)) = one.ranks {
        for (column, place) in [4, 5].into_iter().zip([old, new]) {
            page.write_with_format(row, column, u32::try_from(place).unwrap_or(u32::MAX), &looks.middle)?;
        }
    }
    for (column, grade) in [6, 7].into_iter().zip([&one.old.grade, &one.new.grade]) {
        page.write_with_format(row, column, grade.as_deref().unwrap_or_default(), &looks.middle)?;
    }
    let near = one.new.total.as_ref().and_then(|total| {
        let at = impact.nearest(total)?;
        ((at - total).abs() <= *distance).then_some(at)
    });
    if let Some(at) = near {
        page.write_with_format(row, 8, cell_number(at), &looks.number)?;
    }
    let shares = one.shares.iter().flatten().take(impact.items.len());
    for (column, share) in (9u16..).zip(shares) {
        page.write_with_format(row, column, cell_number(share), &looks.change)?;
    }
    Ok(())
}
