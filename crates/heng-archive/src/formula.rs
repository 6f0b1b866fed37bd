//! Formulas whose result no program has stored: they are said, since nothing here computes them.

use heng_diag::{Diagnostic, Severity, Text};

/// The name of a cell, as Excel shows it: `B12` for row 11 and column 1.
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

/// What is said of so many formulas without a result, the first of them in this cell.
#[must_use]
pub fn no_value(count: usize, first: &str) -> Diagnostic {
    let title = Text::new(
        format!("{count} 个公式没有存下结果，如 {first}；当作空的"),
        format!("{count} formulas have no stored result, such as {first}; they are read as empty"),
    );
    Diagnostic::general("read/no-value", Severity::Warning, title)
        .help(Text::new("用 Excel 或 WPS 打开，保存一次", "open it in Excel or WPS and save it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_excel_names_them() {
        for (row, column, name) in
            [(0, 0, "A1"), (11, 1, "B12"), (0, 25, "Z1"), (0, 26, "AA1"), (1, 701, "ZZ2"), (0, 702, "AAA1")]
        {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
