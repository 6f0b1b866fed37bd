//! The words of tables that go out.

use heng_diag::{Diagnostic, Lang, Pair, Severity, Text, pick};

pub(crate) const TABLE: Pair = Pair("评分表", "Scoring table");
pub(crate) const TOTAL: Pair = Pair("合计", "Total");
pub(crate) const DISCLAIMER: Pair = Pair("声明：", "Note: ");
pub(crate) const KEPT: Pair = Pair(
    "本表可以直接改：改分值、名称、评分标准、依据、备注，增删行。改好后用 heng import 合并回规则包。隐藏的列、书签和工作表记着写出时的内容，请不要删。",
    "This table may be edited: points, names, criteria, bases and remarks, rows added or deleted. heng import merges it back into the pack. The hidden column, bookmarks and sheet record what was written; please keep them.",
);

/// What stands below the title.
pub(crate) fn subtitle(lang: Lang, year: i16, full: &str, notice: &str) -> String {
    let mut parts = vec![pick(lang, format!("{year}年度"), format!("Year {year}"))];
    if !full.is_empty() {
        parts.push(pick(lang, format!("满分{full}分"), format!("{full} points in all")));
    }
    if !notice.is_empty() {
        parts.push(notice.to_owned());
    }
    parts.join("        ")
}

pub(crate) fn unwritten(why: &str) -> Diagnostic {
    Diagnostic::general(
        "office/unwritten",
        Severity::Error,
        Text::new(format!("评分表写不进文件：{why}"), format!("the table cannot be written: {why}")),
    )
    .help(Text::new(
        "多半是一格的文字太长（Excel 一格最多 32767 字）；改写成 docx，或把这一条拆短",
        "most often a text is too long for a cell (32767 characters); write a docx, or shorten the text",
    ))
}

/// The status of what nobody has verified: a row that is new.
pub(crate) const UNVERIFIED: Pair = Pair("未核实", "unverified");

/// The status that a text names, in either language.
pub(crate) fn status(text: &str) -> Option<Pair> {
    let known = [Pair("已核实", "verified"), Pair("二手", "secondary"), UNVERIFIED, Pair("演示", "demo")];
    let text = text.trim().to_lowercase();
    known.into_iter().find(|Pair(zh, en)| text == *zh || text == *en)
}

pub(crate) fn no_criterion() -> Text {
    Text::new("评分标准删空了", "the criterion is gone")
}

pub(crate) fn steps() -> Text {
    Text::new(
        "没有写明不足一个单位的怎样算（按整还是按比例）",
        "it is not said how less than a whole step counts (whole steps or in proportion)",
    )
}

/// The words of a criterion that was not read.
pub(crate) fn original(lang: Lang, sentence: &str) -> String {
    pick(lang, format!("评分标准原文：{sentence}"), format!("criterion as written: {sentence}"))
}

/// A comment above a criterion whose edit was not understood.
pub(crate) fn sent_back(lang: Lang, sentence: &str) -> String {
    pick(
        lang,
        format!("待编，送回的表上改成：{sentence}"),
        format!("to be written; the table that came back says: {sentence}"),
    )
}
