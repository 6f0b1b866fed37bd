//! Headings, labels and the sentences of sheet and explanation.

use heng_diag::Lang;
use heng_model::expr::Side;

use super::{Pair, pick};

pub(crate) const COMMA: Pair = Pair("，", ", ");
pub(crate) const SEMICOLON: Pair = Pair("；", "; ");
pub(crate) const LISTED: Pair = Pair("、", ", ");
pub(crate) const NO_VALUE: Pair = Pair("没有数据", "no data");
pub(crate) const ASSUMPTION: Pair = Pair("假设", "assumed");
pub(crate) const NO_STATUS: Pair = Pair("未注明", "not stated");

// ---- heading ----------------------------------------------------------------------------------

pub(crate) const SCORE_SHEET: Pair = Pair("评分表", "Score sheet");
pub(crate) const YEAR: Pair = Pair("评价年度", "Evaluated year");
pub(crate) const REGION: Pair = Pair("地区", "Region");
pub(crate) const NOTICE: Pair = Pair("通知", "Notice");
pub(crate) const DEPARTMENT: Pair = Pair("评价单位", "Department");
pub(crate) const FILLED: Pair = Pair("填报日期", "Filled in");
pub(crate) const DUE: Pair = Pair("填报截止", "Due");
pub(crate) const RULES_STATUS: Pair = Pair("规则状态", "Status of the rules");
pub(crate) const DISCLAIMER: Pair = Pair("声明", "Please note");
pub(crate) const NOT_GIVEN: Pair = Pair("（未填）", "(not given)");

// ---- table ------------------------------------------------------------------------------------

pub(crate) const INDICATOR: Pair = Pair("指标", "Indicator");
pub(crate) const FULL: Pair = Pair("分值", "Max");
pub(crate) const SCORE: Pair = Pair("得分", "Score");
pub(crate) const REASON: Pair = Pair("得分说明", "How it came about");
pub(crate) const STATUS: Pair = Pair("标准状态", "Rule");
pub(crate) const TOTAL: Pair = Pair("总分", "Total");
pub(crate) const GRADE: Pair = Pair("等级", "Grade");
pub(crate) const NO_GRADE_OPEN: Pair = Pair("待定，不评等级", "open, no grade");
pub(crate) const NOT_APPLICABLE: Pair = Pair("不适用", "n/a");
pub(crate) const ASSUMED_MARK: Pair = Pair(
    "* 得分依据假设的数据，不是该单位报送的。",
    "* The score rests on assumed data, not on data the department handed in.",
);
pub(crate) const VETOED_MARK: Pair = Pair(
    "(  ) 算出但不计的得分：上级另有规定在先。",
    "(  ) Computed but not counted: a rule of the group comes first.",
);

// ---- sections ----------------------------------------------------------------------------------

pub(crate) const LOSSES: Pair = Pair("失分", "Points lost");
pub(crate) const NO_LOSSES: Pair = Pair("没有失分。", "None.");
pub(crate) const ASSUMED: Pair = Pair("依据假设的得分", "Points resting on assumptions");
pub(crate) const OPEN: Pair = Pair("待定", "Open");
pub(crate) const FINDINGS: Pair = Pair("提示", "Findings");
pub(crate) const RULES: Pair = Pair("评分标准的核实情况", "How far the rules are verified");
pub(crate) const TO_BE_WRITTEN: Pair = Pair(
    "评分标准还没有编写；请在规则文件里写明后重新评分。",
    "The rule is not written yet; write it in the rule file and score again.",
);
pub(crate) const UNEXPLAINED: Pair = Pair("没有定分，原因未记录。", "Not decided; no reason was recorded.");

/// A section's title with the points it is about.
pub(crate) fn section(lang: Lang, title: &str, points: Option<&str>) -> String {
    match points {
        Some(points) => pick(lang, format!("{title}（共{points}分）"), format!("{title} ({points})")),
        None => title.to_owned(),
    }
}

pub(crate) fn year(lang: Lang, year: i16) -> String {
    pick(lang, format!("{year}年"), year.to_string())
}

pub(crate) fn noted(lang: Lang, text: &str, note: &str) -> String {
    pick(lang, format!("{text}（{note}）"), format!("{text} ({note})"))
}

/// An item of a list: its name, its points and what is said of it.
pub(crate) fn item(lang: Lang, name: &str, points: &str, text: &str) -> String {
    match text.is_empty() {
        true => pick(lang, format!("{name} {points}分"), format!("{name} {points}")),
        false => pick(lang, format!("{name} {points}分：{text}"), format!("{name} {points}: {text}")),
    }
}

/// A label and what stands behind it.
pub(crate) fn labelled(lang: Lang, label: &str, text: &str) -> String {
    pick(lang, format!("{label}：{text}"), format!("{label}: {text}"))
}

pub(crate) fn between(lang: Lang, least: &str, most: &str) -> String {
    pick(lang, format!("{least}至{most}"), format!("{least} to {most}"))
}

/// The letter of an indicator without points.
pub(crate) fn letter_is(lang: Lang, letter: &str) -> String {
    pick(lang, format!("等级：{letter}"), format!("Grade: {letter}"))
}

/// Rules of one status and their points; none where the pack has no points.
pub(crate) fn by_status(lang: Lang, status: &str, rules: usize, points: &str) -> String {
    let noun = if rules == 1 { "rule" } else { "rules" };
    if points.is_empty() {
        return pick(lang, format!("{status} {rules}项"), format!("{status}: {rules} {noun}"));
    }
    pick(lang, format!("{status} {rules}项 {points}分"), format!("{status}: {rules} {noun}, {points} points"))
}

/// The standing warning.
pub(crate) fn unverified(lang: Lang, points: &str, full: &str) -> String {
    pick(
        lang,
        format!("注意：{full}分中有{points}分的评分标准没有核实，不能当作正式标准；以财政部门印发的评分表为准。"),
        format!(
            "Warning: the rules for {points} of {full} points are not verified and are not the official rules; the scoring table issued by the finance bureau decides."
        ),
    )
}

pub(crate) fn all_verified(lang: Lang, full: &str) -> String {
    pick(lang, format!("{full}分的评分标准都已核实。"), format!("The rules for all {full} points are verified."))
}

// ---- places and origins -------------------------------------------------------------------------

pub(crate) fn line(lang: Lang, file: &str, line: u32) -> String {
    pick(lang, format!("{file} 第{line}行"), format!("{file} line {line}"))
}

pub(crate) fn lines(lang: Lang, file: &str, from: u32, to: u32) -> String {
    if from == to {
        return line(lang, file, from);
    }
    pick(lang, format!("{file} 第{from}至{to}行"), format!("{file} lines {from} to {to}"))
}

pub(crate) fn workbook_cell(lang: Lang, file: &str, sheet: &str, cell: &str) -> String {
    pick(lang, format!("{file} “{sheet}”表 {cell}"), format!("{file} sheet {sheet} {cell}"))
}

pub(crate) fn rows(lang: Lang, rows: usize) -> String {
    let noun = if rows == 1 { "row" } else { "rows" };
    pick(lang, format!("{rows}项"), format!("{rows} {noun}"))
}

/// An assumption and its reason; a reason that says so itself is not told twice.
pub(crate) fn assumed(lang: Lang, reason: Option<&str>) -> String {
    let word = ASSUMPTION.get(lang);
    match reason {
        Some(reason) if reason.starts_with(word) => reason.to_owned(),
        Some(reason) => labelled(lang, word, reason),
        None => word.to_owned(),
    }
}

/// A judgement below the best, and the person's reason for it.
pub(crate) fn judged(lang: Lang, name: &str, value: &str, reason: &str) -> String {
    pick(lang, format!("{name}评{value}，理由是“{reason}”"), format!("{name} judged {value}, because: {reason}"))
}

pub(crate) fn reason(lang: Lang, reason: &str) -> String {
    pick(lang, format!("理由：{reason}"), format!("reason: {reason}"))
}

pub(crate) fn evidence(lang: Lang, evidence: &str) -> String {
    pick(lang, format!("佐证：{evidence}"), format!("evidence: {evidence}"))
}

pub(crate) fn basis(lang: Lang, basis: &str) -> String {
    pick(lang, format!("依据：{basis}"), format!("basis: {basis}"))
}

pub(crate) fn source(lang: Lang, source: &str) -> String {
    pick(lang, format!("来源：{source}"), format!("source: {source}"))
}

pub(crate) fn status(lang: Lang, status: &str) -> String {
    pick(lang, format!("状态：{status}"), format!("status: {status}"))
}

pub(crate) fn reviewed(lang: Lang, day: &str) -> String {
    pick(lang, format!("复核：{day}"), format!("reviewed: {day}"))
}

// ---- explain ------------------------------------------------------------------------------------

pub(crate) const CRITERION: Pair = Pair("评分标准", "Rule");
pub(crate) const DATA: Pair = Pair("用到的数据", "Data read");
pub(crate) const STEPS: Pair = Pair("计算过程", "Computation");
pub(crate) const DECIDING: Pair = Pair("起决定作用的规定", "What decided");
pub(crate) const LOST: Pair = Pair("失分", "Points lost");
pub(crate) const MEANING: Pair = Pair("指标解释", "Meaning");
pub(crate) const NOTE: Pair = Pair("说明", "Note");
pub(crate) const EVIDENCE: Pair = Pair("佐证要求", "Evidence asked for");
pub(crate) const WRITTEN_AT: Pair = Pair("出处", "Written in");
pub(crate) const PROFILE: Pair = Pair("构成", "profile");
pub(crate) const SCORE_IS: Pair = Pair("得分", "score");
pub(crate) const UNKNOWN_NODE: Pair =
    Pair("规则里没有这个指标；请核对指标名称。", "The rules have no such indicator; check its name.");

pub(crate) fn in_groups(lang: Lang, name: &str, groups: &[&str]) -> String {
    if groups.is_empty() {
        return name.to_owned();
    }
    noted(lang, name, &groups.join(" / "))
}

pub(crate) fn score_of_full(lang: Lang, score: &str, full: &str) -> String {
    pick(lang, format!("得分：{score}（分值{full}分）"), format!("Score: {score} (of {full})"))
}

/// Which assumed data the points of an indicator rest on.
pub(crate) fn rests_on(lang: Lang, data: &str) -> String {
    pick(lang, format!("本项得分依据假设的数据：{data}"), format!("These points rest on assumed data: {data}"))
}

pub(crate) fn lost(lang: Lang, points: &str, why: &str) -> String {
    match why.is_empty() {
        true => pick(lang, format!("失{points}分。"), format!("{points} lost.")),
        false => pick(lang, format!("失{points}分：{why}。"), format!("{points} lost: {why}.")),
    }
}

/// A condition that was asked, and how it stood.
pub(crate) fn asked(lang: Lang, condition: &str, numbers: &str) -> String {
    pick(lang, format!("{condition}？{numbers}"), format!("{condition}? {numbers}"))
}

pub(crate) fn demanded(lang: Lang, condition: &str, numbers: &str) -> String {
    pick(lang, format!("须{condition}：{numbers}"), format!("required: {condition}; {numbers}"))
}

pub(crate) fn holds(lang: Lang, holds: bool) -> &'static str {
    if holds { Pair("成立", "yes").get(lang) } else { Pair("不成立", "no").get(lang) }
}

pub(crate) fn therefore(lang: Lang, given: &str) -> String {
    pick(lang, format!("因此{given}"), format!("therefore: {given}"))
}

/// A row of a 计分 or 扣分 that did not count.
pub(crate) fn not_counted(lang: Lang, what: &str, deduct: bool) -> String {
    let said = if deduct {
        Pair("没有，不扣分", "none, nothing off")
    } else {
        Pair("不成立，不得分", "no, no points")
    };
    labelled(lang, what, said.get(lang))
}

/// An amount that is not beyond its limit.
pub(crate) fn not_beyond(lang: Lang, amount: &str, side: Side, limit: &str, deduct: bool) -> String {
    let (zh, en) = match side {
        Side::Above => ("没有超过", "not above"),
        Side::Below => ("没有低于", "not below"),
        Side::Away => ("没有偏离", "not away from"),
    };
    let (zh_so, en_so) = if deduct { ("不扣分", "nothing off") } else { ("不得分", "no points") };
    pick(lang, format!("{amount}，{zh}{limit}，{zh_so}"), format!("{amount}, {en} {limit}: {en_so}"))
}

/// A row of a table and its points.
pub(crate) fn row_line(lang: Lang, row: &str, points: &str, how: &str) -> String {
    match how.is_empty() {
        true => labelled(lang, row, points),
        false => labelled(lang, row, &noted(lang, points, how)),
    }
}

pub(crate) fn more_rows(lang: Lang, rows: usize) -> String {
    pick(lang, format!("（另有{rows}项，略）"), format!("({rows} more rows)"))
}

/// A deciding line with its place.
pub(crate) fn at_place(lang: Lang, place: &str, text: &str) -> String {
    pick(lang, format!("{place}：{text}"), format!("{place}: {text}"))
}
