//! All words of this crate, zh and en side by side.

pub(crate) mod last_year;
mod pack_doc;

pub(crate) use heng_diag::{Pair, pick};
pub(crate) use pack_doc::*;

use heng_diag::{Diagnostic, Lang, Severity, Text};
use heng_model::{Quantity, Type};

/// The file names a pack's template may have, by language.
pub const TEMPLATE_NAMES: [(Lang, &str); 2] = [(Lang::Zh, "报告.md"), (Lang::En, "report.md")];

// ---- files -------------------------------------------------------------------------------------

pub(crate) const SCORE_FILE: Pair = Pair("评分表.xlsx", "score-sheet.xlsx");
pub(crate) const DATA_FILE: Pair = Pair("数据表.xlsx", "data-sheet.xlsx");
pub(crate) const REGISTER_FILE: Pair = Pair("整改台账.xlsx", "register.xlsx");
pub(crate) const REPORT_FILE: Pair = Pair("整体绩效自评报告.docx", "self-evaluation-report.docx");
pub(crate) const PAGE_FILE: Pair = Pair("自评结果.html", "results.html");

// ---- shared ------------------------------------------------------------------------------------

pub(crate) const ASSUMED: Pair = Pair("假设", "assumed");
pub(crate) const LISTED: Pair = Pair("、", ", ");
pub(crate) const SEMICOLON: Pair = Pair("；", "; ");
pub(crate) const DEPARTMENT: Pair = Pair("评价单位", "Department");
pub(crate) const FILLED: Pair = Pair("填报日期", "Filled in");
pub(crate) const NOTICE: Pair = Pair("通知文号", "number of the notice");
pub(crate) const YEAR: Pair = Pair("评价年度", "Evaluated year");
pub(crate) const NOT_GIVEN: Pair = Pair("（未填）", "(not given)");
pub(crate) const DISCLAIMER: Pair = Pair("声明：", "Please note: ");

pub(crate) fn noted(lang: Lang, text: &str, note: &str) -> String {
    pick(lang, format!("{text}（{note}）"), format!("{text} ({note})"))
}

pub(crate) fn rows(lang: Lang, count: usize) -> String {
    pick(lang, format!("{count}项"), format!("{count} items"))
}

/// A blank for a person.
pub(crate) fn blank(lang: Lang, what: &str) -> String {
    let what = crate::template::escape(what);
    pick(lang, format!("【待填：{what}】"), format!("【to fill in: {what}】"))
}

/// A blank of a table, whose head says what for.
pub(crate) fn short_blank(lang: Lang) -> String {
    Pair("【待填】", "【to fill in】").get(lang).to_owned()
}

/// The number of a heading: 一、 （一） 1. （1）, or 1. 1.1 …
pub(crate) fn heading_number(lang: Lang, counts: &[usize]) -> String {
    let last = counts.last().copied().unwrap_or(0);
    if lang == Lang::En {
        let numbers: Vec<String> = counts.iter().map(ToString::to_string).collect();
        return if counts.len() == 1 { format!("{last}. ") } else { format!("{} ", numbers.join(".")) };
    }
    match counts.len() {
        1 => format!("{}、", chinese(last)),
        2 => format!("（{}）", chinese(last)),
        3 => format!("{last}."),
        _ => format!("（{last}）"),
    }
}

/// A small number in Chinese digits.
pub(crate) fn chinese(number: usize) -> String {
    let digit = |at: usize| "〇一二三四五六七八九".chars().nth(at).map(String::from).unwrap_or_default();
    match number {
        0..=9 => digit(number),
        10..=19 => format!("十{}", if number == 10 { String::new() } else { digit(number - 10) }),
        20..=99 => {
            let ones = if number.is_multiple_of(10) { String::new() } else { digit(number % 10) };
            format!("{}十{ones}", digit(number / 10))
        }
        _ => number.to_string(),
    }
}

// ---- register ----------------------------------------------------------------------------------

pub(crate) const REGISTER: Pair = Pair("整改台账", "Register");
pub(crate) const PROBLEM: Pair = Pair("存在问题", "Problem");
pub(crate) const INDICATOR: Pair = Pair("对应指标", "Indicator");
pub(crate) const LOST: Pair = Pair("失分", "Points lost");
pub(crate) const REASON: Pair = Pair("失分原因", "Why");
pub(crate) const MEASURE: Pair = Pair("改进措施", "Measure");
pub(crate) const OWNER: Pair = Pair("责任人", "Owner");
pub(crate) const DUE: Pair = Pair("完成期限", "Due");
pub(crate) const BUDGET: Pair = Pair("对下年预算的影响", "Meaning for next year's budget");
pub(crate) const DONE: Pair = Pair("完成情况", "What was done");
pub(crate) const SEE_ABOVE: Pair = Pair("失分见上", "lost as above");
pub(crate) const NUMBER: Pair = Pair("序号", "No.");

// ---- score sheet -------------------------------------------------------------------------------

pub(crate) const SCORE_SHEET: Pair = Pair("评分表", "Score sheet");
pub(crate) const FULL: Pair = Pair("分值", "Max");
pub(crate) const CRITERION: Pair = Pair("评分标准", "Criterion");
pub(crate) const SCORE: Pair = Pair("自评得分", "Score");
pub(crate) const WHY_LOST: Pair = Pair("扣分原因", "Why points were lost");
pub(crate) const BASIS: Pair = Pair("评分依据／佐证材料", "Basis and evidence");
pub(crate) const STATUS: Pair = Pair("标准状态", "Rule");
pub(crate) const TOTAL: Pair = Pair("总分", "Total");
pub(crate) const SUBTOTAL: Pair = Pair("小计", "subtotal");
pub(crate) const GRADE: Pair = Pair("等级", "Grade");
pub(crate) const ASSUMED_NOTE: Pair = Pair(
    "* 得分依据假设的数据，不是该单位报送的。",
    "* The score rests on assumed data, not on data the department handed in.",
);

/// What a level of the table is called.
#[must_use]
pub fn level(lang: Lang, level: usize) -> String {
    pick(lang, format!("{}级指标", chinese(level)), format!("Level {level}"))
}

pub(crate) fn year(lang: Lang, year: i16) -> String {
    pick(lang, format!("{year}年度"), year.to_string())
}

/// Data and papers behind a score, and the evidence asked for.
pub(crate) fn basis(lang: Lang, data: &str, papers: &str, evidence: &str) -> String {
    let mut parts = Vec::new();
    if !data.is_empty() {
        let data = if papers.is_empty() { data.to_owned() } else { noted(lang, data, papers) };
        parts.push(pick(lang, format!("依据：{data}"), format!("Data: {data}")));
    }
    if !evidence.is_empty() {
        parts.push(pick(lang, format!("佐证：{evidence}"), format!("Evidence: {evidence}")));
    }
    parts.join("\n")
}

// ---- data sheet --------------------------------------------------------------------------------

pub(crate) const FILE: Pair = Pair("文件", "file");
pub(crate) const FILE_BASIS: Pair = Pair("性质", "basis");
pub(crate) const FILE_SOURCE: Pair = Pair("出处", "source");
pub(crate) const FILE_UNIT: Pair = Pair("单位", "unit_name");
pub(crate) const FILE_FILLED: Pair = Pair("填报日期", "filled");
pub(crate) const REPORTED: Pair = Pair("事实", "reported");
pub(crate) const OTHER_DATA: Pair = Pair("基本数据", "data");
pub(crate) const DATUM: Pair = Pair("数据项", "datum");
pub(crate) const VALUE: Pair = Pair("值", "value");
pub(crate) const UNIT: Pair = Pair("单位", "unit");
pub(crate) const STATE: Pair = Pair("状态", "state");
pub(crate) const EVIDENCE: Pair = Pair("佐证", "evidence");
pub(crate) const WHY: Pair = Pair("理由", "reason");
pub(crate) const SOURCE: Pair = Pair("出处", "source");
pub(crate) const BASIS_OF_ONE: Pair = Pair("性质", "basis");
pub(crate) const REQUIRED: Pair = Pair("必填", "required?");
pub(crate) const REMARKS: Pair = Pair("说明", "remarks");
pub(crate) const MUST: Pair = Pair("必填", "required");
pub(crate) const OPTIONAL: Pair = Pair("可不填", "may be left out");
pub(crate) const YES: Pair = Pair("是", "yes");
pub(crate) const NO: Pair = Pair("否", "no");
pub(crate) const AND: Pair = Pair("，", " and ");
pub(crate) const SUM: Pair = Pair("各行合计", "sum of the rows");
pub(crate) const MAY_NOT_APPLY: Pair = Pair("可填“不适用”", "may be `not_applicable`");
pub(crate) const NOT_IN_LIST: Pair = Pair(
    "不在选项里。要写状态（如 缺报、不适用），选“是”保留。",
    "Not one of the words. To write a state (missing, not_applicable), keep it.",
);
pub(crate) const NOT_IN_RANGE: Pair = Pair(
    "不在填写范围内。要写状态（如 缺报、不适用），选“是”保留。",
    "Out of range. To write a state (missing, not_applicable), keep it.",
);
pub(crate) const HOW_TO_FILL: Pair = Pair(
    "填“值”；金额选好单位。报不出的在“状态”写 缺报，没有的写 无，不适用的写 不适用；有值而无佐证、迟报、有争议的，值照填，状态写明。",
    "Fill in the value and choose the unit. Under state write missing, none or not_applicable where there is no value; no_evidence, late or disputed beside one.",
);
pub(crate) const HOW_TO_FILL_ROWS: Pair = Pair(
    "每行一条，从表头下一行填起，不要写合计行；整张表没有的，在第一格写 无。状态和佐证在右边折起的栏里",
    "One record a row below the heads, no row of totals; where there is nothing at all, write none in the first cell. State and evidence are in the folded columns to the right",
);

pub(crate) const CHECKS: Pair = Pair("核对", "checks");
pub(crate) const DEMAND: Pair = Pair("要求", "What is required");
pub(crate) const LEFT: Pair = Pair("左边（元、个等基本单位）", "Left side (base unit)");
pub(crate) const RIGHT: Pair = Pair("右边", "Right side");
pub(crate) const VERDICT: Pair = Pair("结果", "Result");
pub(crate) const AGREES: Pair = Pair("相符", "agrees");
pub(crate) const DISAGREES: Pair = Pair("不符", "disagrees");
pub(crate) const NOT_FILLED: Pair = Pair("未填全", "not filled in");

/// How many rows a table may have.
pub(crate) fn row_limits(lang: Lang, least: u32, most: Option<u32>) -> Option<String> {
    match (least, most) {
        (0, None) => None,
        (least, Some(most)) if least == most => {
            Some(pick(lang, format!("恰 {least} 行"), format!("exactly {least} rows")))
        }
        (0, Some(most)) => Some(pick(lang, format!("至多 {most} 行"), format!("at most {most} rows"))),
        (least, None) => Some(pick(lang, format!("至少 {least} 行"), format!("at least {least} rows"))),
        (least, Some(most)) => Some(pick(lang, format!("{least} 至 {most} 行"), format!("{least} to {most} rows"))),
    }
}

/// The units a datum may have, the usual one first.
pub(crate) fn units(lang: Lang, ty: &Type) -> Vec<&'static str> {
    let Type::Quantity(quantity) = ty else { return Vec::new() };
    match (quantity, lang) {
        (Quantity::Money, Lang::Zh) => vec!["万元", "元", "亿元"],
        (Quantity::Money, Lang::En) => vec!["yuan"],
        (Quantity::Ratio, _) => vec!["%"],
        (Quantity::PercentPoint, _) => vec![Pair("个百分点", "percentage points").get(lang)],
        (Quantity::Points, _) => vec![Pair("分", "points").get(lang)],
        (Quantity::Days, _) => vec![Pair("天", "days").get(lang)],
        (Quantity::CalendarDays, _) => vec![Pair("个自然日", "calendar days").get(lang)],
        (Quantity::WorkingDays, _) => vec![Pair("个工作日", "working days").get(lang)],
        _ => Vec::new(),
    }
}

/// What kind of value a datum is, where it does not show.
pub(crate) fn kind(lang: Lang, ty: &Type) -> &'static str {
    match ty {
        Type::Date => Pair("日期，如 2023-12-31", "a date, such as 2023-12-31").get(lang),
        Type::Quantity(Quantity::Count) => Pair("整数", "a whole number").get(lang),
        Type::Quantity(Quantity::Plain) => Pair("数", "a number").get(lang),
        _ => "",
    }
}

// ---- page --------------------------------------------------------------------------------------

pub(crate) const PAGE: Pair = Pair("自评结果", "Results");
pub(crate) const KEPT_AND_LOST: Pair = Pair("各组得分和失分", "Points kept and lost by group");
pub(crate) const KEPT: Pair = Pair("得分", "kept");
pub(crate) const LOSSES: Pair = Pair("失分和原因", "Points lost, and why");
pub(crate) const NO_LOSSES: Pair = Pair("没有失分。", "None.");
pub(crate) const TABLE: Pair = Pair("逐项得分", "Every indicator");
pub(crate) const RESTS_ON: Pair = Pair("依据假设的得分", "Points resting on assumptions");
pub(crate) const OPEN: Pair = Pair("待定", "Open");
pub(crate) const FINDINGS: Pair = Pair("提示", "Findings");
pub(crate) const STATUSES: Pair = Pair("评分标准的核实情况", "How far the rules are verified");
pub(crate) const HOW: Pair = Pair("得分说明", "How it came about");
pub(crate) const TO_FILL: Pair = Pair("待填", "to fill in");
pub(crate) const OF: Pair = Pair("满分", "of");

// ---- diagnostics -------------------------------------------------------------------------------

/// A figure that the pack does not have.
pub(crate) const UNKNOWN_DATUM: Pair =
    Pair("规则包没有叫“{}”的数据或指标", "the pack has no datum or indicator called `{}`");

fn template(name: &str, title: Text) -> Diagnostic {
    Diagnostic::general("docs/template", Severity::Error, title).located(name)
}

pub(crate) fn bad_template(name: &str, line: usize, reason: &str) -> Diagnostic {
    template(
        name,
        Text::new(
            format!("报告模板第 {line} 行（去掉开头 +++ 部分以后）不对：{reason}"),
            format!("line {line} of the report template (below its head) is wrong: {reason}"),
        ),
    )
    .help(Text::new(
        "模板里能用的名称见使用手册“文书”一章",
        "the names a template may use are in the chapter on documents",
    ))
}

pub(crate) fn open_head(name: &str) -> Diagnostic {
    template(name, Text::new("报告模板的开头没有结束", "the head of the report template does not end"))
        .help(Text::new("开头写在两行 +++ 之间", "the head stands between two lines +++"))
}

pub(crate) fn bad_head(name: &str, reason: &str) -> Diagnostic {
    template(
        name,
        Text::new(
            format!("报告模板的开头不对：{reason}"),
            format!("the head of the report template is wrong: {reason}"),
        ),
    )
    .help(Text::new("开头是 TOML：台账、对比图、分布图", "the head is TOML: register, compare, shares"))
}

pub(crate) fn no_datum(name: &str, datum: &str) -> Diagnostic {
    template(name, Text::new(UNKNOWN_DATUM.0.replace("{}", datum), UNKNOWN_DATUM.1.replace("{}", datum))).help(
        Text::new(
            "名称与规则文件“数据”一节相同，组名和数据名之间写点",
            "names are those of the rule file's data section, with a dot between group and datum",
        ),
    )
}

pub(crate) fn unwritten(reason: &str) -> Diagnostic {
    Diagnostic::general(
        "docs/unwritten",
        Severity::Error,
        Text::new(format!("文书写不成：{reason}"), format!("a document cannot be made: {reason}")),
    )
    .note(Text::new("什么都没有写下", "nothing was written"))
}
