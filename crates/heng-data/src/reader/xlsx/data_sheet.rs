//! A sheet of single data: a datum in each row, under the heads 数据项, 值, 单位, 状态, 佐证, 理由, 出处.

use heng_diag::Diagnostic;

use super::{
    Book,
    grid::{Grid, Row},
};
use crate::{
    index::{self, Found},
    raw::{Entry, Kind, Node},
    wording,
    words::{self, Word},
};

/// How far down the head row may stand.
const MOST_TITLE_ROWS: usize = 20;

/// The head row.
pub(super) struct Heads {
    row: u32,
    datum: u32,
    words: Vec<(u32, Word)>,
}

impl Heads {
    /// The first row that has the head 数据项.
    pub(super) fn find(grid: &Grid, report: &mut Vec<Diagnostic>) -> Option<Heads> {
        let (row, cells, datum) = grid.rows().take(MOST_TITLE_ROWS).find_map(|(row, cells)| {
            let datum = cells.iter().find(|(_, cell)| words::is_one_of(&cell.words(), &words::DATUM));
            datum.map(|(column, _)| (row, cells, *column))
        })?;
        let mut heads = Heads { row, datum, words: Vec::new() };
        for (column, cell) in cells.iter().filter(|(column, _)| **column != datum) {
            match words::word(&cell.words()).filter(|word| words::beside_a_value(*word)) {
                Some(word) => heads.words.push((*column, word)),
                None => refuse_misspelled(grid, row, *column, &cell.words(), report),
            }
        }
        Some(heads)
    }

    fn value_column(&self) -> u32 {
        let value = self.words.iter().find(|(_, word)| *word == Word::Value);
        value.map_or(self.datum, |(column, _)| *column)
    }
}

/// Other columns are the clerk's own, unless they nearly are one of ours.
fn refuse_misspelled(grid: &Grid, row: u32, column: u32, head: &str, report: &mut Vec<Diagnostic>) {
    if words::is_one_of(head, &words::IGNORED) {
        return;
    }
    if let Some(nearest) = index::nearest_within(head, words::word_spellings(words::beside_a_value), (1, 2)) {
        report.push(grid.spot(row, column).mark(wording::unknown_head(head, &nearest)));
    }
}

impl Book<'_> {
    pub(super) fn data_sheet(&mut self, grid: &Grid, heads: &Heads) {
        let columns: Vec<u32> = heads.words.iter().map(|(column, _)| *column).collect();
        let grid = &grid.spread(heads.row, &columns, &mut self.report);
        let mut group: Option<String> = None;
        let mut last = heads.row;
        for (row, cells) in grid.rows_below(heads.row) {
            if row > last + 1 {
                group = None;
            }
            last = row;
            self.data_row(grid, heads, (row, cells), &mut group);
        }
    }

    fn data_row(&mut self, grid: &Grid, heads: &Heads, (row, cells): (u32, &Row), group: &mut Option<String>) {
        let filled = heads.words.iter().any(|(column, _)| cells.contains_key(column));
        let Some(name) = cells.get(&heads.datum).map(super::grid::Filled::words) else {
            if filled {
                self.report.push(grid.spot(row, heads.datum).mark(wording::nameless_row()));
            }
            return;
        };
        let in_group = group.as_deref().map(|group| format!("{group}.{name}"));
        let in_group = in_group.filter(|path| matches!(self.index.root().find(path), Found::Field(_)));
        let found = self.index.find(&name);
        match (&in_group, &found) {
            (None, Found::Group(_)) if !filled => return *group = Some(name),
            (None, Found::Nothing(_)) if !filled => return,
            (Some(path), Found::Field(_)) if self.is_top_level(&name) => {
                let paths = [path.clone(), name.clone()];
                return self.report.push(grid.spot(row, heads.datum).mark(wording::ambiguous(&name, &paths)));
            }
            (None, Found::Field(id)) if !filled && self.schema.field(*id).is_some_and(|f| f.table().is_some()) => {
                return;
            }
            _ => {}
        }
        let at = grid.spot(row, heads.datum);
        let members = heads.words.iter().filter(|(column, _)| cells.contains_key(column));
        let members = members.map(|(column, word)| member(grid, row, cells, *column, *word)).collect();
        let node = Node { kind: Kind::Table(members), at: grid.spot(row, heads.value_column()) };
        self.entries.push(Entry { name: in_group.unwrap_or(name), at, node });
    }

    /// Whether the name is a datum at the top of the schema, and not one that is merely unique.
    fn is_top_level(&self, name: &str) -> bool {
        matches!(self.index.root().find(name), Found::Field(_))
    }
}

fn member(grid: &Grid, row: u32, cells: &Row, column: u32, word: Word) -> Entry {
    Entry { name: words::spelling(word).to_owned(), at: grid.spot(row, column), node: grid.node_in(row, cells, column) }
}
