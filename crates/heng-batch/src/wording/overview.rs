//! What an overview of many departments is told in.

use heng_diag::{Pair, Text};
use heng_model::Rounding;

use crate::overview::Overview;

/// The title.
pub const TITLE: Pair = Pair("评分总览", "Scores at a glance");
/// Heads a picture.
pub const TOTALS: Pair = Pair("总分的分布（各有几个部门）", "Departments by total");
/// Heads a picture.
pub const GRADES: Pair = Pair("等级（各有几个部门）", "Departments by grade");
/// Heads a picture and names a sheet.
pub const GROUPS: Pair = Pair("各组得分", "Groups");
/// Stands behind the name of a region.
pub const BY: Pair = Pair("的总分", "and totals");
/// Heads a list and names a sheet.
pub const RANKING: Pair = Pair("名次", "Ranking");
/// How ties are ranked.
pub const TIES: Pair =
    Pair("总分相同的名次相同，下一名顺延（1、1、3）", "Equal totals share a place and the next is left out (1, 1, 3)");
/// Names a sheet.
pub const OWN: Pair = Pair("自评不一致", "self-scores");
/// The score a department gave itself.
pub const OWN_SCORE: Pair = Pair("自评分", "self-score");
/// What was computed.
pub const COMPUTED: Pair = Pair("重算", "computed");
/// What was computed less the self-score.
pub const OFF: Pair = Pair("重算 − 自评", "computed − self");
/// A column.
pub const PLACE: Pair = Pair("名次", "rank");
/// A column.
pub const DEPARTMENT: Pair = Pair("部门", "department");
/// The columns of the groups.
pub const SPREAD_HEADS: [Pair; 10] = [
    Pair("组", "group"),
    Pair("范围", "within"),
    Pair("满分", "full marks"),
    Pair("部门数", "departments"),
    Pair("平均", "mean"),
    Pair("最低", "least"),
    Pair("下四分位", "lower quartile"),
    Pair("中位", "median"),
    Pair("上四分位", "upper quartile"),
    Pair("最高", "most"),
];

/// The first lines.
#[must_use]
pub fn summary(overview: &Overview) -> Text {
    let decided = overview.rows.iter().filter(|row| row.place.is_some()).count();
    let open = overview.rows.len() - decided;
    let mut text =
        Text::new(format!("{decided} 个部门总分已定"), format!("{decided} departments have a decided total"));
    if let Some(spread) = overview.spread(0, |_| true) {
        let [mean, least, most] =
            [&spread.mean, &spread.five[0], &spread.five[4]].map(|n| n.fixed(2, Rounding::HalfUp));
        text.zh.push_str(&format!("，平均 {mean}分，最低 {least}分，最高 {most}分"));
        text.en.push_str(&format!(", {mean} on average, from {least} to {most}"));
    }
    if open > 0 {
        text.zh.push_str(&format!("\n{open} 个总分未定，没有名次"));
        text.en.push_str(&format!("\n{open} have no decided total and no place"));
    }
    if !overview.rejects.is_empty() {
        text.zh.push_str(&format!("\n{} 处读不了，退了出来", overview.rejects.len()));
        text.en.push_str(&format!("\n{} cells or rows could not be read and were set aside", overview.rejects.len()));
    }
    text
}

/// How many departments are not shown.
#[must_use]
pub fn between(count: usize) -> Text {
    Text::new(format!("中间 {count} 个见表格"), format!("{count} between are in the workbook"))
}

/// How many self-scores differ.
#[must_use]
pub fn off(count: usize) -> Text {
    Text::new(format!("自评分与重算不一致：{count} 个"), format!("self-scores that are not what is computed: {count}"))
}

/// The self-scores that differ, as text.
#[must_use]
pub fn own_list(overview: &Overview, lang: heng_diag::Lang) -> String {
    let found = overview.off();
    let mut out = off(found.len()).get(lang).to_owned();
    for (row, by) in found.iter().take(20) {
        let [own, total] =
            [row.own.as_ref(), row.total()].map(|n| n.map(|n| n.fixed(2, Rounding::HalfUp)).unwrap_or_default());
        let sign = if by.signum() > 0 { "+" } else { "" };
        out.push_str(&format!("\n  {}  {own} → {total}  {sign}{}", row.key, by.fixed(2, Rounding::HalfUp)));
    }
    let blank = overview.rows.iter().filter(|row| row.own.is_none()).count();
    if blank > 0 {
        let text =
            Text::new(format!("\n{blank} 个没有自评分或写的不是分数"), format!("\n{blank} gave none, or no number"));
        out.push_str(text.get(lang));
    }
    out.push('\n');
    out
}
