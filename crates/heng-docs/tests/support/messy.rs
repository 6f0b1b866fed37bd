//! A workbook as people leave it who fill it in with LibreOffice or WPS: numbers and dates as text, digits
//! in full width, thousands parted, blanks at the ends, equal cells merged downward.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use heng_model::{
    Cell, Facts, Program,
    facts::{Entry, TableFacts},
};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// Below this row stand no heads in any sheet of the workbook.
const HEADS: u32 = 6;

/// The workbook with the same facts in other cells.
pub fn messy(bytes: &[u8]) -> Vec<u8> {
    let mut known = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut book = Workbook::new();
    let mut turn = 0;
    for name in known.sheet_names() {
        let range = known.worksheet_range(&name).unwrap();
        let sheet = book.add_worksheet().set_name(&name).unwrap();
        let (top, left) = range.start().unwrap_or((0, 0));
        let cells: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(|cell| said(cell, &mut turn)).collect()).collect();
        for (row, texts) in (top..).zip(&cells) {
            for (column, text) in (left..).zip(texts) {
                let column = u16::try_from(column).unwrap();
                if !text.is_empty() {
                    sheet.write_string(row, column, text).unwrap();
                }
            }
        }
        merge_equal(sheet, &cells, (top, left));
    }
    book.save_to_buffer().unwrap()
}

fn said(cell: &Data, turn: &mut usize) -> String {
    *turn += 1;
    match cell {
        Data::Empty => String::new(),
        Data::Float(_) | Data::Int(_) => number(&cell.to_string(), *turn),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            match *turn % 4 {
                0 => format!("{year}年{month}月{day}日"),
                1 => format!(" {year}-{month:02}-{day:02}　"),
                2 => format!("{year}/{month}/{day}"),
                _ => wide(&format!("{year}.{month}.{day}")),
            }
        }
        text if turn.is_multiple_of(3) => format!("　{text} "),
        text if *turn % 3 == 1 => format!("{text}\u{a0}"),
        text => text.to_string(),
    }
}

fn number(digits: &str, turn: usize) -> String {
    match turn % 4 {
        0 => digits.to_owned(),
        1 => wide(digits),
        2 => format!(" {} ", parted(digits)),
        _ => format!("{}　", wide(&parted(digits))),
    }
}

fn wide(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c }).collect()
}

/// `4849.88` as `4,849.88`.
fn parted(digits: &str) -> String {
    let (whole, rest) =
        digits.split_once('.').map_or((digits, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && c != '-' && (whole.len() - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(c);
    }
    out + &rest
}

/// Merges equal words that stand below each other.
fn merge_equal(sheet: &mut Worksheet, cells: &[Vec<String>], (top, left): (u32, u32)) {
    let word = |row: usize, column: usize| {
        let text = cells.get(row)?.get(column)?.trim_matches([' ', '　', '\u{a0}']);
        let first = text.chars().next()?;
        (!first.is_numeric() && first != '-').then(|| text.to_owned())
    };
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    for column in 0..width {
        let mut row = usize::try_from(HEADS.saturating_sub(top)).unwrap() + 1;
        while row < cells.len() {
            let Some(text) = word(row, column) else {
                row += 1;
                continue;
            };
            let same = (row..cells.len()).take_while(|at| word(*at, column).as_ref() == Some(&text)).count();
            if same > 1 {
                let at = |row: usize| top + u32::try_from(row).unwrap();
                let column = u16::try_from(left as usize + column).unwrap();
                sheet.merge_range(at(row), column, at(row + same - 1), column, &text, &Format::new()).unwrap();
            }
            row += same;
        }
    }
}

/// Every value with its state, reason and evidence, a line for each field; where it was read is left out.
pub fn values(program: &Program, facts: &Facts) -> Vec<String> {
    let cell = |cell: &Cell| {
        format!("{:?} {:?} {:?} {:?} {}", cell.value, cell.state, cell.reason, cell.evidence, cell.origin.assumed)
    };
    let rows = |table: &TableFacts| {
        let row = |row: &Vec<Cell>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
        table.rows.iter().map(row).collect::<Vec<_>>().join("\n  ")
    };
    let line = |(id, field): (heng_model::FieldId, &heng_model::schema::Field)| match facts.entry(id) {
        Some(Entry::Scalar(scalar)) => format!("{}: {}", field.dotted(), cell(scalar)),
        Some(Entry::Table(table)) => format!("{}: {:?}\n  {}", field.dotted(), table.state, rows(table)),
        None => field.dotted(),
    };
    program.schema.iter().map(line).collect()
}
