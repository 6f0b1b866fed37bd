//! Rows of a table as indicators: names of all levels, points, criterion.

use super::{
    Table,
    columns::{Column, headings},
    name_and_points, points_of, tidy,
};

/// An indicator of the lowest level, with the names above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// Names and points, from the top; the last is the indicator's own.
    pub(crate) levels: Vec<(String, Option<String>)>,
    pub(crate) criterion: String,
    pub(crate) meaning: String,
    pub(crate) evidence: String,
    /// What stood in other columns, with their headings.
    pub(crate) other: Vec<String>,
    /// The row, from 1.
    pub(crate) row: usize,
}

/// Indicators, the total the table states, and rows that fit nowhere.
#[derive(Debug, Default)]
pub(crate) struct Leaves {
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) total: Option<String>,
    pub(crate) stray: Vec<(usize, String)>,
    /// Headings of columns that a filled-in table has and a pack has not.
    pub(crate) left: Vec<String>,
}

/// Reads the indicators of a table; none where no row of headings is found.
pub(crate) fn leaves(table: &Table) -> Option<Leaves> {
    let (head, columns) = headings(&table.rows)?;
    let headings = table.rows.get(head)?;
    let mut out = Leaves { left: filled(headings, &columns), ..Leaves::default() };
    for (at, row) in table.rows.iter().enumerate() {
        match at.cmp(&head) {
            std::cmp::Ordering::Less => out.stray.push((at + 1, joined(row))),
            std::cmp::Ordering::Equal => {}
            std::cmp::Ordering::Greater if row == headings || row.iter().all(|cell| cell.trim().is_empty()) => {}
            std::cmp::Ordering::Greater => add(&mut out, row, &columns, headings, at + 1),
        }
    }
    Some(out)
}

fn filled(headings: &[String], columns: &[Column]) -> Vec<String> {
    let filled = headings.iter().zip(columns).filter(|(_, column)| **column == Column::Filled);
    filled.map(|(heading, _)| tidy(heading)).collect()
}

fn joined(row: &[String]) -> String {
    let mut cells: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    cells.dedup();
    cells.join(" ")
}

fn cells_of<'r>(row: &'r [String], columns: &'r [Column], wanted: Column) -> impl Iterator<Item = &'r str> {
    row.iter().zip(columns).filter(move |(_, column)| **column == wanted).map(|(cell, _)| cell.trim())
}

fn add(out: &mut Leaves, row: &[String], columns: &[Column], headings: &[String], number: usize) {
    let first = row.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or_default();
    let first: String = first.chars().filter(|c| !c.is_whitespace()).collect();
    if ["合计", "总计", "总分", "合计得分", "Total", "total"].contains(&first.as_str()) || first.starts_with("合计(")
    {
        let points = cells_of(row, columns, Column::Points).find_map(points_of);
        out.total = points.or_else(|| row.iter().find_map(|cell| points_of(cell)));
        return;
    }
    let mut leaf = leaf(row, columns, headings, number);
    let blank = leaf.levels.iter().all(|(name, _)| name.is_empty());
    if blank && leaf.criterion.is_empty() {
        return out.stray.push((number, joined(row)));
    }
    let Some(last) = out.leaves.last_mut() else {
        trim(&mut leaf.levels);
        return if leaf.levels.is_empty() { out.stray.push((number, joined(row))) } else { out.leaves.push(leaf) };
    };
    fill_down(&mut leaf, last);
    let same = |a: &[(String, Option<String>)], b: &[(String, Option<String>)]| {
        a.iter().map(|(name, _)| name).eq(b.iter().map(|(name, _)| name))
    };
    if same(&leaf.levels, &last.levels) {
        merge(last, leaf);
    } else {
        out.leaves.push(leaf);
    }
}

/// Blank names are those of the row above, down to the first that is not blank.
fn fill_down(leaf: &mut Leaf, above: &Leaf) {
    let mut own = false;
    let lowest = leaf.levels.iter().rposition(|(name, _)| !name.is_empty());
    for (at, (name, points)) in leaf.levels.iter_mut().enumerate() {
        if !name.is_empty() {
            own = above.levels.get(at).is_none_or(|(other, _)| own || other != name);
        } else if !own
            && lowest.is_none_or(|lowest| at < lowest)
            && let Some((other, other_points)) = above.levels.get(at)
        {
            name.clone_from(other);
            points.clone_from(other_points);
        }
    }
    trim(&mut leaf.levels);
}

fn trim(levels: &mut Vec<(String, Option<String>)>) {
    while levels.last().is_some_and(|(name, _)| name.is_empty()) {
        levels.pop();
    }
    levels.retain(|(name, _)| !name.is_empty());
}

/// A row that goes on with the indicator above it.
fn merge(last: &mut Leaf, next: Leaf) {
    let put = |text: &mut String, more: String| {
        if !more.is_empty() && *text != more {
            let sign = if text.is_empty() || text.ends_with(['。', '；', ';', '.']) { "" } else { "；" };
            text.push_str(sign);
            text.push_str(&more);
        }
    };
    put(&mut last.criterion, next.criterion);
    put(&mut last.meaning, next.meaning);
    put(&mut last.evidence, next.evidence);
    for other in next.other {
        if !last.other.contains(&other) {
            last.other.push(other);
        }
    }
}

fn leaf(row: &[String], columns: &[Column], headings: &[String], number: usize) -> Leaf {
    let mut leaf = Leaf { row: number, ..Leaf::default() };
    let several = columns.iter().filter(|column| **column == Column::Points).count() > 1;
    let mut lone = None;
    for ((cell, column), heading) in row.iter().zip(columns).zip(headings) {
        let text = cell.trim();
        match column {
            Column::Level(_) => leaf.levels.push(name_and_points(text)),
            Column::Points => match (points_of(text), several) {
                (Some(points), true) => {
                    if let Some(level) = leaf.levels.last_mut() {
                        level.1 = Some(points);
                    }
                }
                (Some(points), false) => lone = Some(points),
                (None, _) if !text.is_empty() => leaf.other.push(format!("{}：{}", tidy(heading), tidy(text))),
                (None, _) => {}
            },
            Column::Criterion => join(&mut leaf.criterion, text),
            Column::Meaning => join(&mut leaf.meaning, text),
            Column::Evidence => join(&mut leaf.evidence, text),
            Column::Other if !text.is_empty() => leaf.other.push(format!("{}：{}", tidy(heading), tidy(text))),
            Column::Other | Column::Filled | Column::Ordinal => {}
        }
    }
    if let Some(points) = lone
        && let Some(level) = leaf.levels.iter_mut().rev().find(|(name, _)| !name.is_empty())
    {
        level.1 = Some(points);
    }
    leaf
}

fn join(text: &mut String, more: &str) {
    let more = more.split_whitespace().collect::<Vec<_>>().join(if more.is_ascii() { " " } else { "" });
    if !more.is_empty() {
        if !text.is_empty() {
            text.push('；');
        }
        text.push_str(&more);
    }
}
