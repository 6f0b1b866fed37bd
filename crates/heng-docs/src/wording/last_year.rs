//! Words for last year's register.

use heng_diag::{Diagnostic, Lang, Severity, Text};

use super::{Pair, pick};
use crate::last_register::Progress;

pub(crate) const PROGRESS: Pair = Pair("是否完成", "Done or not");
pub(crate) const CARRIED: Pair = Pair("上年转入", "from last year");
pub(crate) const CARRIED_WHY: Pair = Pair("上年没有完成，转入本年", "not finished last year, carried over");
pub(crate) const LAST_YEAR: Pair = Pair("上年问题整改情况", "What became of last year's problems");
pub(crate) const NOT_ONE_OF: Pair = Pair(
    "请从列表里选。详细情况写在旁边“完成情况”一栏。",
    "Choose from the list. Details go into the column beside it.",
);

/// The words of the drop-down.
pub(crate) const CHOICES: [Pair; 3] = [Pair("已完成", "done"), Pair("进行中", "under way"), Pair("未完成", "not done")];

/// What says whether a measure was carried out, in lower case.
pub(crate) const WORDS: [(&[&str], Progress); 3] = [
    (&["已完成", "完成", "已整改", "整改完成", "是", "done", "yes", "finished"], Progress::Done),
    (&["进行中", "正在进行", "部分完成", "整改中", "under way", "underway", "partly done"], Progress::UnderWay),
    (&["未完成", "没有完成", "未整改", "未开展", "否", "not done", "no", "not started"], Progress::NotDone),
];

/// A day.
pub(crate) fn day(lang: Lang, year: u16, month: u8, day: u8) -> String {
    pick(lang, format!("{year}年{month}月{day}日"), format!("{year}-{month:02}-{day:02}"))
}

/// A problem without the remark that it was carried over.
pub(crate) fn without_carried(problem: &str) -> &str {
    let marks = [format!("（{}）", CARRIED.0), format!(" ({})", CARRIED.1)];
    marks.iter().find_map(|mark| problem.strip_suffix(mark.as_str())).unwrap_or(problem)
}

/// Whether a text is the sum of points that stands below a register.
pub(crate) fn is_sum(text: &str) -> bool {
    [super::LOST.0, super::LOST.1].iter().any(|lost| text.starts_with(&format!("{lost}: ")))
}

fn unread(name: &str, title: Text) -> Diagnostic {
    Diagnostic::general("docs/register", Severity::Error, title).located(name)
}

pub(crate) fn broken(name: &str, broken: heng_archive::Broken) -> Diagnostic {
    let reason = broken.diagnostic().title;
    unread(
        name,
        Text::new(
            format!("上年的台账读不出来：{}", reason.zh),
            format!("last year's register cannot be read: {}", reason.en),
        ),
    )
    .help(Text::new(
        "用 Excel、WPS 或 LibreOffice 打开，另存为没有密码的 .xlsx",
        "open it in Excel, WPS or LibreOffice and save it as .xlsx without a password",
    ))
}

pub(crate) fn no_register(name: &str) -> Diagnostic {
    unread(
        name,
        Text::new("这个文件里没有台账的表头", "no sheet of this file has the heads of a register"),
    )
    .help(Text::new(
        "表头至少要有 存在问题 或 对应指标，再加两栏（改进措施、责任人、完成期限、是否完成、完成情况 等）；上年 heng report 写的 整改台账.xlsx 就是",
        "there must be Problem or Indicator and two more (Measure, Owner, Due, Done or not, What was done …); the register.xlsx that heng report wrote last year has them",
    ))
}

fn remark(name: &str, title: Text) -> Diagnostic {
    Diagnostic::general("docs/register-row", Severity::Warning, title).located(name)
}

pub(crate) fn unknown_rows(name: &str, rows: &[(u32, &str)]) -> Diagnostic {
    let listed = |mark: (&str, &str)| {
        let one = |(row, indicator): &(u32, &str)| pick_row(mark, *row, indicator);
        rows.iter().map(one).collect::<Vec<_>>().join(mark.1)
    };
    remark(
        name,
        Text::new(
            format!("上年台账有 {} 行的指标，今年的评分表没有：{}", rows.len(), listed(("第 {} 行", "；"))),
            format!(
                "{} rows name an indicator that this year's table does not have: {}",
                rows.len(),
                listed(("row {}", "; "))
            ),
        ),
    )
    .note(Text::new("这些行照样写进报告", "the report lists them all the same"))
    .help(Text::new(
        "指标改了名的，在台账里改成今年的名称",
        "where an indicator has a new name, write that into the register",
    ))
}

fn pick_row(mark: (&str, &str), row: u32, indicator: &str) -> String {
    format!("{} {indicator}", mark.0.replace("{}", &row.to_string()))
}

pub(crate) fn silent_rows(name: &str, rows: &[u32]) -> Diagnostic {
    let listed = |between: &str| rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(between);
    remark(
        name,
        Text::new(
            format!("上年台账第 {} 行没有写明是否完成", listed("、")),
            format!("rows that do not say whether they were done: {}", listed(", ")),
        ),
    )
    .note(Text::new(
        "报告里照原文写；没有写的标黄待填；都转入今年的台账",
        "the report gives them as written, with a marked blank where nothing is written; all are carried over",
    ))
    .help(Text::new(
        "“是否完成”写 已完成、进行中、未完成 之一",
        "write done, under way or not done under `Done or not`",
    ))
}

pub(crate) fn unread_columns(name: &str, heads: &[String]) -> Diagnostic {
    remark(
        name,
        Text::new(
            format!("上年台账的这些栏没有读：{}", heads.join("、")),
            format!("these columns of last year's register were not read: {}", heads.join(", ")),
        ),
    )
    .help(Text::new("要写进报告的，写到“完成情况”一栏", "what the report should say belongs under `What was done`"))
}
