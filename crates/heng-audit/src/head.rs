//! The heads of tables: what a column is, whatever number of rows its head has; what a row is of.

use crate::{
    graph::{Graph, Table, TableCell},
    pattern::patterns,
    vocabulary::has,
};

patterns! {
    NUMBER = r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*|其中[:：]?\s*|[-—·]\s*)+";
    UNIT = r"[（(](?:单位[:：])?(?:亿元|万元|千元|元|%|人|个|分)[）)]";
}

/// A head has at most so many rows.
const MOST: usize = 3;

/// What a column gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    /// What was planned.
    Planned,
    /// What it was planned to be in the end.
    Adjusted,
    /// What was done or spent.
    Done,
    /// The year before.
    Past,
    /// A rate, a share, a change: reckoned from others.
    Reckoned,
    /// Nothing that its name tells.
    Other,
}

impl Table {
    /// How many rows the head has: those before the first with a number in it, at least one.
    pub(crate) fn head_rows(&self) -> usize {
        let plain = |row: &Vec<TableCell>| row.iter().all(|cell| cell.value.is_none() || cell.text.trim().is_empty());
        self.rows.iter().take(MOST).take_while(|row| plain(row)).count().max(1)
    }

    /// The name of a column: the cells of its head from above, a cell that spans several counted for each.
    pub(crate) fn column_name(&self, column: usize) -> String {
        let rows = self.head_rows();
        let mut name = String::new();
        for (at, row) in self.rows.iter().take(rows).enumerate() {
            let own = row.get(column).map_or("", |cell| cell.text.trim());
            let left = || {
                let before = row.get(..column).unwrap_or(&[]).iter().rev();
                before.map(|cell| cell.text.trim()).find(|text| !text.is_empty()).unwrap_or("")
            };
            let text = if own.is_empty() && at + 1 < rows { left() } else { own };
            if !name.contains(text) {
                name.push_str(text);
            }
        }
        name.replace([' ', '　', '\n'], "")
    }

    /// The name of a row: its first words that are no number.
    pub(crate) fn row_name(&self, row: &[TableCell]) -> String {
        let words = row.iter().take(3).find(|cell| cell.value.is_none() && !cell.text.trim().is_empty());
        words.map_or_else(String::new, |cell| plain(&cell.text))
    }
}

/// A name without its number and unit.
pub(crate) fn plain(name: &str) -> String {
    let name = name.replace([' ', '　', '“', '”', '"', '\n'], "");
    let name = UNIT.replace_all(&name, "").into_owned();
    NUMBER.replace(&name, "").into_owned()
}

/// What a column gives, by its name.
pub(crate) fn gives(graph: &Graph, name: &str) -> Gives {
    let words = graph.words;
    let year = graph.year();
    let other_year = year.is_some_and(|year| name.contains(&(year - 1).to_string()));
    if name.contains(['率', '比', '%']) || has(name, &words.table.difference) {
        Gives::Reckoned
    } else if other_year || ["上年", "去年", "上一年"].iter().any(|word| name.contains(word)) {
        Gives::Past
    } else if has(name, &words.budget.adjusted) {
        Gives::Adjusted
    } else if has(name, &words.table.outturn) || ["实际", "完成", "支出", "本年"].iter().any(|w| name.contains(w))
    {
        Gives::Done
    } else if has(name, &words.budget.planned) || name.contains("计划") {
        Gives::Planned
    } else {
        Gives::Other
    }
}
