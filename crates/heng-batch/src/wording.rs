//! All wording of batches, Chinese and English side by side.

pub mod impact;
pub mod overview;
pub mod sensitivity;
#[cfg(feature = "parquet")]
pub mod stored;

use heng_diag::{Diagnostic, Pair, Severity, Text};
use heng_model::Verdict;

fn error(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::general(code, Severity::Error, Text::new(zh, en))
}

/// No column is a datum.
#[must_use]
pub fn no_data(heads: &[String]) -> Diagnostic {
    let list = heads.join("、");
    error("batch/no-data", "第一行里没有一列是规则要的数据", "no column of the first line is a datum of the rules")
        .note(Text::new(format!("第一行写着：{list}"), format!("the first line reads: {list}")))
        .help(Text::new(
            "第一行写列名，列名与规则“数据”一段相同，单位写在括号里：预算数（万元）",
            "the first line names the columns as the rule file's data block does, units in brackets: budget(万元)",
        ))
}

/// `--key` names no column.
#[must_use]
pub fn no_key(key: &str, heads: &[String]) -> Diagnostic {
    let list = heads.join("、");
    error("batch/no-key", format!("没有叫“{key}”的列"), format!("no column is called “{key}”"))
        .help(Text::new(format!("列有：{list}"), format!("the columns are: {list}")))
}

/// Columns that are not read.
#[must_use]
pub fn unread(heads: &[String]) -> Diagnostic {
    let title = Text::new(
        format!("这些列规则没有要，不读：{}", heads.join("、")),
        format!("the rules ask for none of these columns, they are not read: {}", heads.join(", ")),
    );
    Diagnostic::general("batch/unread", Severity::Hint, title)
}

/// The file is empty.
#[must_use]
pub fn empty() -> Diagnostic {
    error("batch/empty", "文件是空的", "the file is empty")
        .help(Text::new("第一行写列名，以下每行一个部门", "the first line names the columns, then a line a department"))
}

/// Why a row was set aside.
#[must_use]
pub fn wrong_quotes() -> Text {
    Text::new("引号没有成对", "the quotes are not closed")
}

/// Why a row was set aside.
#[must_use]
pub fn wrong_encoding() -> Text {
    Text::new("不是这种编码的文字", "not text in the encoding of the file")
}

/// Why a row was set aside.
#[must_use]
pub fn wrong_width(found: usize, wanted: usize) -> Text {
    Text::new(format!("有 {found} 格，列名有 {wanted} 个"), format!("{found} cells under {wanted} heads"))
}

/// Why a line was set aside.
#[must_use]
pub fn no_object(error: &str) -> Text {
    Text::new(format!("这一行不是一个完整的 JSON 对象：{error}"), format!("the line is no whole JSON object: {error}"))
}

/// Why a line was set aside.
#[must_use]
pub fn twice(name: &str) -> Text {
    Text::new(format!("“{name}”写了两次"), format!("“{name}” is given twice"))
}

/// Why a row of a table was set aside.
#[must_use]
pub fn in_table_file(file: &str, line: u64, reason: &Text) -> Text {
    Text::new(format!("{file} 第 {line} 行：{}", reason.zh), format!("{file} line {line}: {}", reason.en))
}

/// Why the rows of a table were set aside.
#[must_use]
pub fn no_department(file: &str, line: u64) -> Text {
    Text::new(
        format!("数据里没有这个部门，它的行（{file} 第 {line} 行起）没有用"),
        format!("no department of the data has this key; its rows (from line {line} of {file}) are not used"),
    )
}

/// Why a file could not be read to its end.
#[must_use]
pub fn cut_off(error: &str) -> Text {
    Text::new(format!("文件从这里起读不下去：{error}"), format!("the file cannot be read from here on: {error}"))
}

/// The head under which a folder's files stand.
pub const FILE: Pair = Pair("部门", "department");

/// The heads of the file of rows set aside.
pub const REJECT_HEADS: Pair = Pair("行,列,原因,值\n", "row,column,reason,value\n");

/// The head of the grade.
pub const GRADE: Pair = Pair("等级", "grade");

/// The head of the status.
pub const STATUS: Pair = Pair("状态", "status");

/// The total is decided.
pub const SCORED: Pair = Pair("已评", "scored");

/// The rules are not written to the end.
pub const UNWRITTEN: Pair = Pair("待编", "unwritten");

/// A verdict as the status of a department.
#[must_use]
pub fn verdict(verdict: Verdict) -> Pair {
    match verdict {
        Verdict::NotApplicable => Pair("不适用", "not applicable"),
        Verdict::Review => Pair("待核", "review"),
        Verdict::Return => Pair("退回", "return"),
        Verdict::Stop => Pair("停止", "stop"),
    }
}
