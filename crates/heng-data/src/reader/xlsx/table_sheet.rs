//! The sheet of a table: a head row of column names, then a row per record.

use heng_model::{FieldId, schema::Table};

use super::{
    Book,
    grid::{Grid, Row},
};
use crate::{
    head, index,
    raw::{Entry, Kind, Node},
    wording,
    words::{self, Word},
};

/// How far down the head row may stand.
const MOST_TITLE_ROWS: usize = 20;

/// What a column of the sheet holds: a column of the table, or the state, evidence … of one.
struct Head {
    at: u32,
    column: String,
    word: Word,
    unit: Option<String>,
}

impl Book<'_> {
    pub(super) fn table_sheet(&mut self, grid: &Grid, id: FieldId) {
        let Some(field) = self.schema.field(id) else { return };
        let Some(table) = field.table() else { return };
        let name = field.dotted();
        let node = self.rows(grid, table, &name);
        self.entries.push(Entry { name, at: grid.spot(0, 0), node });
    }

    fn rows(&mut self, grid: &Grid, table: &Table, name: &str) -> Node {
        let Some((head_row, heads)) = self.heads(grid, table) else {
            return self.without_heads(grid, name);
        };
        let heads = self.columns(grid, (table, name), head_row, heads);
        let first = heads.first().map_or(0, |head| head.at);
        let columns: Vec<u32> = heads.iter().map(|head| head.at).collect();
        let grid = &grid.spread(head_row, &columns, &mut self.report);
        let mut rows = Vec::new();
        for (row, cells) in grid.rows_below(head_row) {
            if !heads.iter().any(|head| cells.contains_key(&head.at)) {
                continue;
            }
            if rows.is_empty()
                && let Some(state) = lone_state(grid, row, cells)
            {
                return about(grid, head_row, state);
            }
            if let Some(word) = total(cells, &heads) {
                self.report.push(grid.spot(row, first).mark(wording::total_row(name, &word)));
                continue;
            }
            rows.push(record(grid, row, cells, &heads));
        }
        let at = grid.spot(head_row + 1, first);
        let kind = if rows.is_empty() { Kind::Blank } else { Kind::List(rows) };
        about(grid, head_row, Node { kind, at })
    }

    /// A sheet without a head row: empty, one word of a state, or a mistake.
    fn without_heads(&mut self, grid: &Grid, name: &str) -> Node {
        let state = grid.rows().find_map(|(row, cells)| lone_state(grid, row, cells));
        if state.is_none() && !grid.is_empty() {
            self.report.push(grid.spot(0, 0).mark(wording::no_header(name)));
        }
        state.unwrap_or_else(|| Node { kind: Kind::Blank, at: grid.spot(0, 0) })
    }

    /// The row among the first that has the most column names; titles stand above it.
    fn heads(&self, grid: &Grid, table: &Table) -> Option<(u32, Vec<(u32, String)>)> {
        let mut best: Option<(usize, u32, &Row)> = None;
        for (row, cells) in grid.rows().take(MOST_TITLE_ROWS) {
            let known = cells.values().filter(|cell| head::column_head(table, &cell.words()).is_some()).count();
            if known > best.map_or(0, |(most, ..)| most) {
                best = Some((known, row, cells));
            }
        }
        best.map(|(_, row, cells)| (row, cells.iter().map(|(at, cell)| (*at, cell.words())).collect()))
    }

    /// What the columns of the sheet hold; what is refused in a head is refused once, not per row.
    fn columns(
        &mut self,
        grid: &Grid,
        (table, name): (&Table, &str),
        row: u32,
        heads: Vec<(u32, String)>,
    ) -> Vec<Head> {
        let mut columns: Vec<Head> = Vec::new();
        for (at, text) in heads {
            let used = grid.rows_below(row).any(|(_, cells)| cells.contains_key(&at));
            let refusal = match head::column_head(table, &text) {
                None if !used || words::is_one_of(&text, &words::IGNORED) => continue,
                None => {
                    let names = table.columns.iter().map(|column| &*column.name);
                    wording::unknown_column(&text, name, index::nearest(&text, names).as_deref())
                }
                Some((column, ..)) if is_computed(table, &column) => {
                    if used {
                        wording::computed_column(&column)
                    } else {
                        continue;
                    }
                }
                Some((column, word, _)) if columns.iter().any(|head| head.column == column && head.word == word) => {
                    wording::duplicate(&text)
                }
                Some((column, word, unit)) => {
                    columns.push(Head { at, column, word, unit });
                    continue;
                }
            };
            self.report.push(grid.spot(row, at).mark(refusal));
        }
        columns
    }
}

fn is_computed(table: &Table, name: &str) -> bool {
    index::column(table, name).is_some_and(|(_, column)| column.formula.is_some())
}

/// The rows with what lines above the heads say of the table as a whole: 状态 and 迟报 side by side.
fn about(grid: &Grid, head_row: u32, rows: Node) -> Node {
    let above = grid.rows().take_while(|(row, _)| *row < head_row);
    let mut members: Vec<Entry> = above.filter_map(|(row, cells)| pair(grid, row, cells)).collect();
    if members.is_empty() {
        return rows;
    }
    let at = rows.at.clone();
    members.push(word_entry(Word::Rows, rows));
    Node { kind: Kind::Table(members), at }
}

fn pair(grid: &Grid, row: u32, cells: &Row) -> Option<Entry> {
    let mut filled = cells.iter();
    let ((_, name), (column, value)) = (filled.next()?, filled.next()?);
    let word = words::word(&name.words())
        .filter(|word| matches!(word, Word::State | Word::Source | Word::Evidence | Word::Basis));
    word.filter(|_| cells.len() == 2).map(|word| word_entry(word, grid.node(row, *column, value)))
}

/// A row whose only entry is the word of a state.
fn lone_state(grid: &Grid, row: u32, cells: &Row) -> Option<Node> {
    let (column, cell) = cells.first_key_value().filter(|_| cells.len() == 1)?;
    words::state(&cell.words()).map(|_| grid.node(row, *column, cell))
}

/// The word of a row that adds up others, in its first cell.
fn total(cells: &Row, heads: &[Head]) -> Option<String> {
    let first = heads.first().map_or(0, |head| head.at);
    let leading = cells.iter().take_while(|(at, _)| **at <= first).map(|(_, cell)| cell.words());
    leading.into_iter().find(|words| words::is_one_of(words, &words::TOTALS))
}

fn record(grid: &Grid, row: u32, cells: &Row, heads: &[Head]) -> Node {
    let values = heads.iter().filter(|head| head.word == Word::Value);
    let entries = values.map(|head| entry(grid, row, cells, head, heads)).collect();
    let first = heads.first().map_or(0, |head| head.at);
    Node { kind: Kind::Table(entries), at: grid.spot(row, first) }
}

/// One cell with whatever other columns say about it.
fn entry(grid: &Grid, row: u32, cells: &Row, head: &Head, heads: &[Head]) -> Entry {
    let at = grid.spot(row, head.at);
    let value = grid.node_in(row, cells, head.at);
    let beside = heads.iter().filter(|other| other.word != Word::Value && other.column == head.column);
    let mut members: Vec<Entry> = beside
        .filter(|other| cells.contains_key(&other.at))
        .map(|other| word_entry(other.word, grid.node_in(row, cells, other.at)))
        .collect();
    let has_value = !matches!(value.kind, Kind::Blank);
    if let Some(unit) = head.unit.as_ref().filter(|_| has_value) {
        members.push(word_entry(Word::Unit, Node::text(unit, at.clone())));
    }
    let node = if members.is_empty() {
        value
    } else {
        members.push(word_entry(Word::Value, value));
        Node { kind: Kind::Table(members), at: at.clone() }
    };
    Entry { name: head.column.clone(), at, node }
}

fn word_entry(word: Word, node: Node) -> Entry {
    Entry { name: words::spelling(word).to_owned(), at: node.at.clone(), node }
}
