//! The workbook of a register, as people, LibreOffice and WPS leave it: heads wherever they stand, cells
//! merged downward, dates as dates or as text.

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, Reader, Xlsx};
use heng_diag::{Diagnostic, Lang};
use heng_model::name::normal_name;

use super::{LastLine, LastRegister, Progress};
use crate::wording::{self, Pair, last_year};

/// How many bytes a workbook may unfold to.
const MOST_UNFOLDED: u64 = 64 << 20;
/// How many cells a sheet may span.
const MOST_CELLS: usize = 200_000;
/// How far down the heads may stand.
const MOST_TITLE_ROWS: usize = 20;
/// So many heads of a register make a row its heads.
const LEAST_HEADS: usize = 3;

/// A column of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Number,
    Problem,
    Indicator,
    Lost,
    Reason,
    Measure,
    Owner,
    Due,
    Budget,
    Progress,
    Done,
}

const COLUMNS: [(Column, Pair); 11] = [
    (Column::Number, wording::NUMBER),
    (Column::Problem, wording::PROBLEM),
    (Column::Indicator, wording::INDICATOR),
    (Column::Lost, wording::LOST),
    (Column::Reason, wording::REASON),
    (Column::Measure, wording::MEASURE),
    (Column::Owner, wording::OWNER),
    (Column::Due, wording::DUE),
    (Column::Budget, wording::BUDGET),
    (Column::Progress, last_year::PROGRESS),
    (Column::Done, wording::DONE),
];

/// A sheet: the number of its first row, and its cells as text.
struct Grid {
    top: u32,
    rows: Vec<Vec<String>>,
}

/// Reads the register.
pub(super) fn read(name: &str, bytes: &[u8], lang: Lang) -> Result<LastRegister, Box<Diagnostic>> {
    let broken = |reason: &str| Box::new(last_year::broken(name, reason));
    if unfolds_beyond(bytes, MOST_UNFOLDED) {
        return Err(Box::new(last_year::too_large(name)));
    }
    // Some damaged workbooks make the library that reads them panic; that is one more way of being damaged.
    let grids = catch_unwind(AssertUnwindSafe(|| grids(bytes, lang))).unwrap_or_else(|_| Err("damaged".to_owned()));
    let grids = grids.map_err(|reason| broken(&reason))?;
    let mut register = LastRegister { name: name.to_owned(), ..LastRegister::default() };
    let mut found = false;
    for grid in &grids {
        found |= read_grid(grid, &mut register);
    }
    if found { Ok(register) } else { Err(Box::new(last_year::no_register(name))) }
}

fn unfolds_beyond(bytes: &[u8], most: u64) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut left = most;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).unwrap_or(0);
        match left.checked_sub(size) {
            Some(rest) => left = rest,
            None => return true,
        }
    }
    false
}

fn grids(bytes: &[u8], lang: Lang) -> Result<Vec<Grid>, String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
        let (height, width) = range.get_size();
        if height.saturating_mul(width) > MOST_CELLS {
            return Err(format!("{name}: {height} × {width}"));
        }
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut rows: Vec<Vec<String>> =
            range.rows().map(|row| row.iter().map(|cell| shown(cell, lang)).collect()).collect();
        for region in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
            if region.start.1 == region.end.1 {
                fill_down(&mut rows, (region.start.0, region.end.0), region.start.1, (top, left));
            }
        }
        grids.push(Grid { top, rows });
    }
    Ok(grids)
}

/// Writes a cell that is merged downward into every row it covers.
fn fill_down(rows: &mut [Vec<String>], (from, to): (u32, u32), column: u32, (top, left): (u32, u32)) {
    let place = |at: u32, first: u32| usize::try_from(at.saturating_sub(first)).unwrap_or(usize::MAX);
    let (from, to, column) = (place(from, top), place(to, top), place(column, left));
    let Some(text) = rows.get(from).and_then(|row| row.get(column)).cloned() else { return };
    for row in rows.iter_mut().take(to.saturating_add(1)).skip(from) {
        if let Some(cell) = row.get_mut(column) {
            cell.clone_from(&text);
        }
    }
}

fn shown(cell: &Data, lang: Lang) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            last_year::day(lang, year, month, day)
        }
        other => other.to_string().trim().to_owned(),
    }
}

/// Reads a sheet; whether it has the heads of a register.
fn read_grid(grid: &Grid, register: &mut LastRegister) -> bool {
    let heads = grid.rows.iter().take(MOST_TITLE_ROWS).enumerate().find_map(|(at, row)| Some((at, heads(row)?)));
    let Some((at, heads)) = heads else { return false };
    for (head, column) in grid.rows.get(at).into_iter().flatten().zip(&heads) {
        if column.is_none() && !head.is_empty() && !register.unread.contains(head) {
            register.unread.push(head.clone());
        }
    }
    for (row, number) in grid.rows.iter().zip(grid.top + 1..).skip(at + 1) {
        register.lines.extend(line(row, &heads, number));
    }
    true
}

/// The columns under a row of heads, if it is one.
fn heads(row: &[String]) -> Option<Vec<Option<Column>>> {
    let column = |head: &String| {
        let head = normal_name(head).to_lowercase();
        let is = |pair: &Pair| normal_name(pair.0) == head || normal_name(pair.1).to_lowercase() == head;
        COLUMNS.iter().find(|(_, pair)| is(pair)).map(|(column, _)| *column)
    };
    let heads: Vec<Option<Column>> = row.iter().map(column).collect();
    let names = |wanted: Column| heads.contains(&Some(wanted));
    let enough = heads.iter().flatten().count() >= LEAST_HEADS && (names(Column::Problem) || names(Column::Indicator));
    enough.then_some(heads)
}

/// A row as a line; none where it holds nothing, or the sum of points that we write below.
fn line(row: &[String], heads: &[Option<Column>], number: u32) -> Option<LastLine> {
    let written: Vec<&str> = row.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let ours = |text: &&str| text.parse::<u32>().is_ok() || last_year::is_sum(text);
    if written.iter().all(ours) {
        return None;
    }
    let text = |wanted: Column| -> String {
        let found = row.iter().zip(heads).find(|(text, head)| **head == Some(wanted) && !text.is_empty());
        found.map(|(text, _)| text.clone()).unwrap_or_default()
    };
    let (problem, indicator) = (text(Column::Problem), text(Column::Indicator));
    let [measure, owner, due, budget] = [Column::Measure, Column::Owner, Column::Due, Column::Budget].map(text);
    let (word, said) = (text(Column::Progress), text(Column::Done));
    let mut line = LastLine {
        row: number,
        problem: last_year::without_carried(&problem).to_owned(),
        indicator,
        lost: text(Column::Lost),
        measure,
        owner,
        due,
        budget,
        progress: progress(&word).or_else(|| progress(&said)),
        done: joined(&word, &said),
    };
    let words = [&line.problem, &line.indicator, &line.measure, &line.owner, &line.due, &line.budget, &line.done];
    if words.iter().all(|text| text.is_empty()) {
        // What stands in other columns alone is kept as it is.
        line.problem = written.join(" ");
    }
    Some(line)
}

fn joined(word: &str, said: &str) -> String {
    match (word, said) {
        (one, "") | ("", one) => one.to_owned(),
        (word, said) if said.starts_with(word) => said.to_owned(),
        (word, said) => format!("{word}；{said}"),
    }
}

/// What a text says of the progress, where its first words are one of the list.
fn progress(text: &str) -> Option<Progress> {
    let first = text.split(['，', '。', '；', '：', '（', ',', ';', ':', '(', '\n']).next().unwrap_or("");
    let first = normal_name(first).trim_end_matches('.').to_lowercase();
    last_year::WORDS.iter().find(|(words, _)| words.contains(&first.as_str())).map(|(_, progress)| *progress)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_the_list_say_whether_it_was_done() {
        for (text, said) in [
            ("已完成", Some(Progress::Done)),
            (" 已完成，制度已印发", Some(Progress::Done)),
            ("Done: rules issued", Some(Progress::Done)),
            ("进行中", Some(Progress::UnderWay)),
            ("未完成（经费未落实）", Some(Progress::NotDone)),
            ("not done", Some(Progress::NotDone)),
            ("已完成50%", None),
            ("没有未完成的", None),
            ("基本完成", None),
            ("", None),
        ] {
            assert_eq!(progress(text), said, "{text}");
        }
    }

    #[test]
    fn our_own_sum_is_no_line_and_anything_else_is() {
        let heads = heads(&["序号", "存在问题", "对应指标", "完成情况"].map(str::to_owned)).unwrap();
        let row = |cells: [&str; 4]| line(&cells.map(str::to_owned), &heads, 7);
        assert_eq!(row(["失分: 2.50", "", "", ""]), None);
        assert_eq!(row(["3", "", "", ""]), None);
        assert_eq!(row(["见附件", "", "", ""]).unwrap().problem, "见附件");
        assert_eq!(row(["", "", "甲", ""]).unwrap().indicator, "甲");
        assert_eq!(row(["1", "账实不符（上年转入）", "", ""]).unwrap().problem, "账实不符");
    }
}
