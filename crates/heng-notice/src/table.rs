//! A scoring table as cells, whatever it was pasted or read from.

mod columns;
mod office;
mod outline;
mod rows;
mod text;

pub use office::{
    Broken, OfficeFile, OfficeRow, OfficeTable, read_document, read_document_file, read_workbook, read_workbook_file,
    tables_of,
};
pub use text::read_text_table;

pub(crate) use outline::outline;
pub(crate) use rows::{Leaf, leaves};

/// Most cells of a table that are read.
pub const MOST_CELLS: usize = 200_000;

/// Rows of cells. A merged cell stands in each of the cells it covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows, from the top.
    pub rows: Vec<Vec<String>>,
    /// Text around the table: titles and notes.
    pub around: Vec<String>,
}

/// Name and points of a cell such as 投入（15分）.
pub(crate) fn name_and_points(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    let closed = |c: char| matches!(c, ')' | '）' | ']' | '】');
    let open = |c: char| matches!(c, '(' | '（' | '[' | '【');
    if let Some(inner) = text.strip_suffix(closed)
        && let Some(at) = inner.rfind(open)
        && let Some((name, points)) = inner.split_at_checked(at)
    {
        let points: String = points.trim_start_matches(open).chars().map(crate::fold::half).collect();
        if let Some(points) = points_of(points.trim()) {
            return (tidy(name), Some(points));
        }
    }
    if let Some(rest) = text.strip_suffix('分') {
        let name = rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        if name.len() < rest.len() && !name.is_empty() && name.ends_with(char::is_whitespace) {
            return (tidy(name), rest.strip_prefix(name).map(str::to_owned));
        }
    }
    (tidy(text), None)
}

/// A number of points: 15, 15分, 15.0.
pub(crate) fn points_of(text: &str) -> Option<String> {
    let text: String = text.chars().map(crate::fold::half).filter(|c| !c.is_whitespace()).collect();
    let text = text.strip_suffix('分').or(text.strip_suffix("points")).unwrap_or(&text);
    let text = text.strip_prefix("共").unwrap_or(text);
    let number: heng_model::Number = text.parse().ok()?;
    (number > heng_model::Number::ZERO).then(|| number.decimal_text()).flatten()
}

/// A name on one line, without blanks at its ends.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(if text.is_ascii() { " " } else { "" })
}
