//! The workbook of a register, as people, LibreOffice and WPS leave it: heads wherever they stand, cells
//! merged downward, dates as dates or as text.

use heng_archive::{Bounds, Broken, Dimensions, Sheet, Value, read_sheets};
use heng_diag::{Diagnostic, Lang};
use heng_model::name::normal_name;

use super::{LastLine, LastRegister, Progress};
use crate::wording::{self, Pair, last_year};

/// How many cells a sheet may span.
const MOST_CELLS: usize = 200_000;
/// What is read of a workbook.
const BOUNDS: Bounds = Bounds { unfolded: 64 << 20, cells: MOST_CELLS, text: 16 << 20 };
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
    let mut grids = Vec::new();
    let read = read_sheets(bytes, BOUNDS, &|value| shown(value, lang), &mut |sheet| {
        grids.push(grid(&sheet)?);
        Ok(())
    });
    read.map_err(|broken| Box::new(last_year::broken(name, broken)))?;
    let mut register = LastRegister { name: name.to_owned(), ..LastRegister::default() };
    let mut found = false;
    for grid in &grids {
        found |= read_grid(grid, &mut register);
    }
    if found { Ok(register) } else { Err(Box::new(last_year::no_register(name))) }
}

/// A sheet from its first filled row and column on.
fn grid(sheet: &Sheet) -> Result<Grid, Broken> {
    let top = sheet.cells().map(|(row, ..)| row).min().unwrap_or(0);
    let left = sheet.cells().map(|(_, column, _)| column).min().unwrap_or(0);
    let place = |at: u32, first: u32| usize::try_from(at - first).unwrap_or(usize::MAX);
    let height = sheet.cells().map(|(row, ..)| place(row, top) + 1).max().unwrap_or(0);
    let width = sheet.cells().map(|(_, column, _)| place(column, left) + 1).max().unwrap_or(0);
    if height.saturating_mul(width) > MOST_CELLS {
        return Err(Broken::TooManyCells(MOST_CELLS));
    }
    let mut rows = vec![vec![String::new(); width]; height];
    for (row, column, text) in sheet.cells() {
        let cell = rows.get_mut(place(row, top)).and_then(|cells| cells.get_mut(place(column, left)));
        cell.into_iter().for_each(|cell| text.clone_into(cell));
    }
    let mut room = (MOST_CELLS, BOUNDS.text);
    for region in sheet.merged.iter().filter(|region| region.start.1 == region.end.1) {
        fill_down(&mut rows, region, (top, left), &mut room)?;
    }
    Ok(Grid { top, rows })
}

/// Writes a cell that is merged downward into every row it covers, as far as there is room: cells and bytes.
fn fill_down(
    rows: &mut [Vec<String>],
    region: &Dimensions,
    (top, left): (u32, u32),
    room: &mut (usize, usize),
) -> Result<(), Broken> {
    let place = |at: u32, first: u32| usize::try_from(at.saturating_sub(first)).unwrap_or(usize::MAX);
    let (from, to, column) = (place(region.start.0, top), place(region.end.0, top), place(region.start.1, left));
    let Some(text) = rows.get(from).and_then(|row| row.get(column)).cloned() else { return Ok(()) };
    for row in rows.iter_mut().take(to.saturating_add(1)).skip(from) {
        room.0 = room.0.checked_sub(1).ok_or(Broken::TooManyCells(MOST_CELLS))?;
        room.1 = room.1.checked_sub(text.len()).ok_or(Broken::TooLarge(BOUNDS.text as u64))?;
        row.get_mut(column).into_iter().for_each(|cell| cell.clone_from(&text));
    }
    Ok(())
}

fn shown(cell: &Value, lang: Lang) -> String {
    match cell {
        Value::Empty | Value::Error(_) => String::new(),
        Value::DateTime(moment) if moment.is_datetime() => {
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
