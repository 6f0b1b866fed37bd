//! What `heng import` says.

use std::path::Path;

use heng_diag::{Diagnostic, Text};

use super::general;
use crate::pack::shown;

pub fn not_a_table(path: &Path, why: heng_notice::NotATable) -> Diagnostic {
    use heng_notice::NotATable;
    match why {
        NotATable::NoHeadings => general(
            "import/no-table",
            path,
            Text::new(
                "找不到指标表：没有一行写着“指标”和“分值”“评分标准”",
                "no table of indicators: no row has headings for indicator, points or criterion",
            ),
        )
        .help(Text::new(
            "保留表头行（一级指标、分值、评分标准），或写成“一、投入（15分）”那样的提纲",
            "keep the row of headings (indicator, points, criterion)",
        )),
        NotATable::NoYear => {
            general("import/no-year", path, Text::new("不知道评价年度", "the year that is scored is not known"))
                .help(Text::new("用 --year 写明", "say it with --year"))
        }
        NotATable::NoPoints => {
            general("import/no-points", path, Text::new("没有一项指标有分值", "no indicator has points")).help(
                Text::new(
                    "分值写在“分值”一列，或写在指标名称后面的括号里",
                    "put points into a column of their own, or in brackets behind the name",
                ),
            )
        }
    }
}

/// Formulas of a table whose result no program has stored.
pub fn uncomputed(path: &Path, file: &heng_notice::OfficeFile) -> Option<Diagnostic> {
    let table = file.tables.iter().find(|table| !table.uncomputed.is_empty())?;
    let (row, column) = table.uncomputed.first()?;
    let place = |at: &usize| u32::try_from(at.saturating_sub(1)).unwrap_or(u32::MAX);
    let first = format!("{}!{}", table.name, heng_archive::cell_name(place(row), place(column)));
    let count = file.tables.iter().map(|table| table.uncomputed.len()).sum();
    Some(heng_archive::no_value(count, &first).located(shown(path)))
}

pub fn imported(found: &heng_notice::Imported, folder: &Path) -> Text {
    let (read, unread) = (found.read, found.unread);
    Text::new(
        format!("{}：{read} 项评分标准写成了规则，{unread} 项待编；写在 {}", found.title, shown(folder)),
        format!("{}: {read} criteria became rules, {unread} are to be written; see {}", found.title, shown(folder)),
    )
}

pub fn to_look_at(count: usize) -> Text {
    Text::new(format!("要人看的有 {count} 处："), format!("{count} to look at:"))
}

pub fn in_row(row: usize) -> Text {
    Text::new(format!("第{row}行 "), format!("row {row} "))
}
