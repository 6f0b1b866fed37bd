//! The departments as a workbook: as heng reads it, or with the rules as formulas beside them.

use peer::{
    Department,
    department::{AMOUNTS, COUNTS, DATES, FLAGS, INFO, SOCIAL, TYPES},
    read,
    rules::{LOOKUP, names, sums},
    tongue::{Formula, Tongue},
};
use rust_xlsxwriter::{Format, Formula as Cell, Workbook, Worksheet, XlsxError, utility::column_number_to_name};

/// Where the columns of the table begin, after six words and the 56 data.
const TABLE: u16 = 62;
/// The most rows a table has.
const ROWS: u16 = 12;

/// Writes a workbook.
pub fn write(data: &str, out: &str, formulas: bool) -> std::io::Result<()> {
    let text = std::fs::read(data)?;
    let departments = read::departments(&text);
    let head = String::from_utf8_lossy(&text[..text.iter().position(|byte| *byte == b'\n').unwrap_or(0)]).into_owned();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let written = if formulas { calculated(sheet, &departments) } else { plain(sheet, &head, &departments) };
    written.map_err(std::io::Error::other)?;
    if formulas {
        points(book.add_worksheet()).map_err(std::io::Error::other)?;
    }
    book.save(out).map_err(std::io::Error::other)
}

fn data(sheet: &mut Worksheet, row: u32, department: &Department) -> Result<(), XlsxError> {
    let [kind, region, openness, effect] = department.words;
    let words = [
        format!("D{:07}", department.number),
        format!("测试部门第{}号", department.number),
        TYPES[kind].to_owned(),
        format!("R{region:02}"),
        INFO[openness].to_owned(),
        SOCIAL[effect].to_owned(),
    ];
    for (column, word) in (0..).zip(words) {
        sheet.write_string(row, column, word)?;
    }
    for (column, cents) in (6..).zip(department.amounts) {
        sheet.write_number(row, column, cents as f64 / 100.0)?;
    }
    for (column, count) in (26..).zip(department.counts) {
        sheet.write_number(row, column, count as f64)?;
    }
    for (column, flag) in (45..).zip(department.flags) {
        sheet.write_boolean(row, column, flag)?;
    }
    Ok(())
}

/// A row a department, the table of each in one cell, days as dates.
fn plain(sheet: &mut Worksheet, head: &str, departments: &[Department]) -> Result<(), XlsxError> {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (column, name) in (0..).zip(head.split(',')) {
        sheet.write_string(0, column, name)?;
    }
    for (row, department) in (1..).zip(departments) {
        data(sheet, row, department)?;
        for (column, day) in (37..).zip(department.dates) {
            if day != 0 {
                // Day 0 of a workbook is 30 December 1899.
                sheet.write_number_with_format(row, column, (day + 25_569) as f64, &date)?;
            }
        }
        let pair = |[target, actual]: &[i64; 2]| {
            format!("{}.{:02}:{}.{:02}", target / 100, target % 100, actual / 100, actual % 100)
        };
        sheet.write_string(row, TABLE, department.sub.iter().map(pair).collect::<Vec<_>>().join("|"))?;
    }
    Ok(())
}

/// The name of every column of the workbook with formulas, in turn.
fn columns() -> Vec<String> {
    let mut all: Vec<String> =
        ["dept_id", "dept_name", "dept_type", "region", "info_grade", "social_grade"].map(str::to_owned).into();
    all.extend(AMOUNTS.iter().chain(&COUNTS).chain(&DATES).chain(&FLAGS).map(|name| (*name).to_owned()));
    for part in ["target", "actual", "r"] {
        all.extend((0..ROWS).map(|row| format!("{part}{row}")));
    }
    all.extend(names());
    all.extend(sums().into_iter().map(|(name, _)| name));
    all.push("grade".to_owned());
    all
}

fn calculated(sheet: &mut Worksheet, departments: &[Department]) -> Result<(), XlsxError> {
    let columns = columns();
    let letters = |name: &str| {
        let place = columns.iter().position(|column| column == name).unwrap_or_default();
        column_number_to_name(place as u16)
    };
    let formula = Formula { column: &letters };
    let place = |name: &str| format!("${}{{row}}", letters(name));
    let mut all: Vec<(u16, String)> = (0..ROWS).map(|row| (TABLE + 2 * ROWS + row, rate(&place, row))).collect();
    // Sums of doubles are rounded, as one does in a workbook.
    let scored = formula.columns(&place).into_iter().enumerate().map(|(number, (_, text))| {
        let text = if (27..38).contains(&number) { format!("ROUND({text},2)") } else { text };
        (TABLE + 3 * ROWS + number as u16, text)
    });
    all.extend(scored);
    for (column, name) in (0..).zip(&columns) {
        sheet.write_string(0, column, name)?;
    }
    for (row, department) in (1u32..).zip(departments) {
        data(sheet, row, department)?;
        for (column, day) in (37..).zip(department.dates) {
            sheet.write_number(row, column, day as f64)?;
        }
        for (at, [target, actual]) in (0..).zip(&department.sub) {
            sheet.write_number(row, TABLE + at, *target as f64 / 100.0)?;
            sheet.write_number(row, TABLE + ROWS + at, *actual as f64 / 100.0)?;
        }
        for (column, text) in &all {
            let text = text.replace("{row}", &(row + 1).to_string());
            sheet.write_formula(row, *column, Cell::new(text).set_result(""))?;
        }
    }
    Ok(())
}

fn rate(place: &dyn Fn(&str) -> String, row: u16) -> String {
    let [target, actual] = ["target", "actual"].map(|part| place(&format!("{part}{row}")));
    format!("IF({target}=\"\",\"\",ROUND(MIN(1,{actual}/{target}),4))")
}

fn points(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("points")?;
    for (column, effect) in (1..).zip(SOCIAL) {
        sheet.write_string(0, column, effect)?;
    }
    for (row, (kind, points)) in (1..).zip(TYPES.iter().zip(LOOKUP)) {
        sheet.write_string(row, 0, *kind)?;
        for (column, number) in (1..).zip(points) {
            sheet.write_number(row, column, number.parse::<f64>().unwrap_or_default())?;
        }
    }
    Ok(())
}
