//! The rows of a table in a file of their own, joined to the departments by a key. They are held in memory;
//! departments stream past them.
//!
//! A department for which the file has no row has not handed the table in: it is 缺报, not empty. A row with
//! the key alone says that there are none.

use std::collections::{BTreeMap, BTreeSet};

use heng_data::name_and_unit;

use super::{Broken, Line, Lines};
use crate::{rows::Sheet, wording};

/// The rows of a table by key.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// The table's name.
    pub table: String,
    /// The rows of each key as JSON, with the line of the first.
    rows: BTreeMap<String, (u64, Vec<String>)>,
    /// What could not be read.
    broken: Vec<Broken>,
}

impl Joined {
    /// Reads the rows of `table` from a sheet of the file `file`; `key` is the column that names the department.
    /// `None` where the sheet has no such column.
    #[must_use]
    pub fn new(table: &str, key: &str, file: &str, sheet: &Sheet) -> Option<Joined> {
        let at = sheet.heads.iter().position(|head| head.trim() == key)?;
        let mut joined = Joined { table: table.to_owned(), ..Joined::default() };
        for one in &sheet.rejects {
            let reason = wording::in_table_file(file, one.row, &one.reason);
            joined.broken.push(Broken { column: table.to_owned(), reason, value: one.value.clone() });
        }
        let heads: Vec<(String, Option<String>)> = sheet.heads.iter().map(|head| name_and_unit(head)).collect();
        for row in &sheet.rows {
            let name = row.cells.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
            let (_, rows) = joined.rows.entry(name).or_insert((row.row, Vec::new()));
            rows.extend(object(&heads, &row.cells, at));
        }
        Some(joined)
    }

    fn cell(&self, key: &str) -> String {
        match self.rows.get(key) {
            Some((_, rows)) if rows.is_empty() => "无".to_owned(),
            Some((_, rows)) => format!("[{}]", rows.join(",")),
            None => String::new(),
        }
    }
}

/// A row as JSON; none where nothing but the key stands in it.
fn object(heads: &[(String, Option<String>)], cells: &[String], key: usize) -> Option<String> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut entries = Vec::new();
    for (place, ((name, unit), cell)) in heads.iter().zip(cells).enumerate() {
        if place == key || cell.trim().is_empty() {
            continue;
        }
        let value = match unit {
            Some(unit) => format!("{{\"值\":{},\"单位\":{}}}", quoted(cell), quoted(unit)),
            None => quoted(cell),
        };
        entries.push(format!("{}:{value}", quoted(name)));
    }
    (!entries.is_empty()).then(|| format!("{{{}}}", entries.join(",")))
}

/// The lines with a cell of rows for each table, and behind them what belongs to no department.
pub fn lines<'a>(lines: Lines<'a>, key: usize, tables: &'a [Joined], file: &'a str) -> Lines<'a> {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut lines = Some(lines);
    let mut left: Option<std::vec::IntoIter<Broken>> = None;
    Box::new(std::iter::from_fn(move || {
        match lines.as_mut().and_then(Iterator::next) {
            // A row of another width stays what it is: wrong.
            Some(Ok(Line::Row(mut cells))) => {
                let name = cells.get(key).map(|cell| cell.trim().to_owned()).unwrap_or_default();
                cells.extend(tables.iter().map(|table| table.cell(&name)));
                used.insert(name);
                return Some(Ok(Line::Row(cells)));
            }
            Some(other) => return Some(other),
            None => lines = None,
        }
        let left = left.get_or_insert_with(|| unused(tables, &used, file).into_iter());
        left.next().map(|broken| Ok(Line::Broken(broken)))
    }))
}

/// What the files of the tables hold for no department, and what could not be read in them.
fn unused(tables: &[Joined], used: &BTreeSet<String>, file: &str) -> Vec<Broken> {
    let mut found = Vec::new();
    for table in tables {
        found.extend(table.broken.iter().cloned());
        for (key, (line, _)) in table.rows.iter().filter(|(key, _)| !used.contains(*key)) {
            let reason = wording::no_department(file, *line);
            found.push(Broken { column: table.table.clone(), reason, value: key.clone() });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Row;

    #[test]
    fn rows_are_joined_by_key_and_none_is_dropped() {
        let row = |row, cells: [&str; 3]| Row { row, cells: cells.map(str::to_owned).to_vec() };
        let sheet = Sheet {
            heads: ["编号", "名称", "额（万元）"].map(str::to_owned).to_vec(),
            rows: vec![row(2, ["1", "a", "5"]), row(3, ["1", "b", ""]), row(4, ["2", "", ""]), row(5, ["9", "c", "1"])],
            rejects: Vec::new(),
        };
        let joined = [Joined::new("合同", "编号", "c.csv", &sheet).unwrap()];
        assert!(Joined::new("合同", "没有", "c.csv", &sheet).is_none());
        let rows = ["1", "2", "3"].map(|key| Ok(Line::Row(vec![key.to_owned()])));
        let lines: Vec<Line> = lines(Box::new(rows.into_iter()), 0, &joined, "c.csv").map(Result::unwrap).collect();
        let cell = |place: usize| match &lines[place] {
            Line::Row(cells) => cells[1].clone(),
            _ => panic!("no row"),
        };
        assert_eq!(cell(0), r#"[{"名称":"a","额":{"值":"5","单位":"万元"}},{"名称":"b"}]"#);
        // One that says there are none, and one that said nothing.
        assert_eq!((cell(1).as_str(), cell(2).as_str()), ("无", ""));
        assert!(matches!(&lines[3], Line::Broken(broken) if broken.value == "9"));
    }
}
