//! Wording of columns with types.

use heng_diag::{Diagnostic, Pair, Severity, Text};

/// What a column must be able to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Yes or no.
    Answer,
    /// Words.
    Words,
    /// The rows of a table.
    Rows,
}

impl Wanted {
    const fn words(self) -> Pair {
        match self {
            Wanted::Number => {
                Pair("数：整数、decimal、浮点数，或者文本", "a number: an integer, a decimal, a float, or text")
            }
            Wanted::Date => Pair("日期：date，或者文本", "a date: date, or text"),
            Wanted::Answer => Pair("是否：boolean，或者文本", "yes or no: boolean, or text"),
            Wanted::Words => Pair("文本", "text"),
            Wanted::Rows => {
                Pair("表：结构的列表，或者 JSON 文本", "rows of a table: a list of structs, or JSON as text")
            }
        }
    }

    const fn remedy(self) -> Pair {
        match self {
            Wanted::Number => Pair(
                "写文件前转成 decimal(18, 2) 或 int64",
                "turn it into decimal(18, 2) or int64 before the file is written",
            ),
            Wanted::Date => Pair(
                "写文件前转成 date，不要时间戳、不要天数",
                "turn it into date before the file is written, no timestamp and no number of days",
            ),
            Wanted::Answer => Pair("写文件前转成 boolean", "turn it into boolean before the file is written"),
            Wanted::Words => {
                Pair("写文件前转成文本（string）", "turn it into text (string) before the file is written")
            }
            Wanted::Rows => Pair(
                "写成 list<struct>，结构里的名称与表的列相同；或者把表放到另一个文件，用 --table 连上",
                "write list<struct> with the names of the table's columns, or keep the table in a file of its own and join it by --table",
            ),
        }
    }
}

/// A column of a type that cannot hold its datum.
#[must_use]
pub fn column_type(head: &str, wanted: Wanted, found: &str) -> Diagnostic {
    let title = Text::new(format!("列“{head}”的类型不对"), format!("the column “{head}” is of a wrong type"));
    let (Pair(zh, en), Pair(help_zh, help_en)) = (wanted.words(), wanted.remedy());
    Diagnostic::general("batch/column-type", Severity::Error, title)
        .note(Text::new(
            format!("规则要{zh}；文件里是 {found}"),
            format!("the rules ask for {en}; the file has {found}"),
        ))
        .help(Text::new(help_zh, help_en))
}
