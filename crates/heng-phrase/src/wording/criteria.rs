//! The words of criteria: how a notice says a rule.
//!
//! 以上, 以下, 不超过, 不低于 include the number; 超过, 不满, 低于 do not.

use heng_diag::Lang;
use heng_model::{
    State, Verdict,
    expr::{Compare, Logic, Side, StepRounding},
};

use super::{Pair, pick};

pub(crate) const TO_BE_WRITTEN: Pair = Pair("评分标准待编。", "The rule is not written yet.");
pub(crate) const SUM_OF_CHILDREN: Pair =
    Pair("得分为各下级指标得分之和", "the scores of the indicators below are added up");
pub(crate) const BETWEEN_SENTENCES: Pair = Pair("", " ");
pub(crate) const FULL_MARKS: Pair = Pair("满分", "full marks");
pub(crate) const NO_POINTS: Pair = Pair("不计分", "no points");
pub(crate) const GETS_FULL: Pair = Pair("得满分", "full marks");
pub(crate) const NOTED: Pair = Pair("作提示", "it is noted");
pub(crate) const SHARED_EVENLY: Pair = Pair("满分均分", "full marks shared out evenly");
pub(crate) const MEAN_OF_ROWS: Pair = Pair("取各项得分的平均", "the mean of the scores counts");
pub(crate) const SUM_OF_ROWS: Pair = Pair("各项得分相加", "the scores are added up");
pub(crate) const THE_COUNT: Pair = Pair("合计", "the count");
pub(crate) const THE_REST: Pair = Pair("其余的", "otherwise");
pub(crate) const ANY_OTHER_CASE: Pair = Pair("其他情形", "otherwise");
pub(crate) const AND_ALSO: Pair = Pair("且", " and ");
pub(crate) const RESCALED: Pair = Pair("折算到其余指标", "its points go to the other indicators in proportion");
pub(crate) const COUNTS_AS_IS: Pair = Pair("照计", "counts as it is");
pub(crate) const COUNTS_NOTHING: Pair = Pair("得0分", "gets nothing");
pub(crate) const COUNTS_FULL: Pair = Pair("得满分", "gets full marks");
pub(crate) const COUNTS_AS_NOT_MET: Pair = Pair("视为不符合", "counts as not met");
pub(crate) const TILL_NOTHING: Pair = Pair("扣完为止", "until nothing is left");

/// Puts the full stop, and in English the capital of a word of ours.
pub(crate) fn sentence(lang: Lang, text: &str) -> String {
    const OURS: [&str; 10] = ["if", "the", "for", "each", "required", "where", "starting", "judged", "full", "scored"];
    if lang == Lang::Zh {
        return format!("{text}。");
    }
    let first = text.split([' ', ':']).next().unwrap_or_default();
    match (OURS.contains(&first), text.chars().next()) {
        (true, Some(letter)) => format!("{}{}.", letter.to_ascii_uppercase(), text.trim_start_matches(letter)),
        _ => format!("{text}."),
    }
}

/// An expression before a Chinese word: set off when it has blanks of its own.
fn set(text: &str) -> String {
    if text.contains(' ') { format!("{text} ") } else { text.to_owned() }
}

/// An expression after a Chinese word.
fn after(text: &str) -> String {
    if text.contains(' ') { format!(" {text}") } else { text.to_owned() }
}

pub(crate) fn bracketed(lang: Lang, text: &str) -> String {
    pick(lang, format!("（{text}）"), format!("({text})"))
}

/// A text and what is added to it in brackets.
pub(crate) fn noted(lang: Lang, text: &str, note: &str) -> String {
    pick(lang, format!("{text}（{note}）"), format!("{text} ({note})"))
}

/// Condition and result.
pub(crate) fn clause(lang: Lang, left: &str, result: &str) -> String {
    pick(lang, format!("{left}，{result}"), format!("{left}: {result}"))
}

/// A condition as the left side of a clause.
pub(crate) fn given(lang: Lang, condition: &str) -> String {
    pick(lang, format!("{}的", set(condition).trim_end()), format!("if {condition}"))
}

pub(crate) fn demand(lang: Lang, need: &str, otherwise: &str) -> String {
    pick(lang, format!("须{need}，否则{otherwise}"), format!("required: {need}; else {otherwise}"))
}

pub(crate) fn by_script(lang: Lang, file: &str) -> String {
    pick(lang, format!("由规则包的脚本 {file} 计算"), format!("computed by the pack's script {file}"))
}

pub(crate) fn definitions(lang: Lang, lines: &[String]) -> String {
    pick(lang, format!("其中：{}", lines.join("；")), format!("where {}", lines.join("; ")))
}

// ---- results --------------------------------------------------------------------------------

pub(crate) fn verdict_result(verdict: Verdict) -> Pair {
    match verdict {
        Verdict::NotApplicable => Pair("本项不适用", "not applicable"),
        Verdict::Review => Pair("待核", "to be reviewed"),
        Verdict::Return => Pair("退回", "returned"),
        Verdict::Stop => Pair("停止评分", "scoring stops"),
    }
}

pub(crate) fn gets(lang: Lang, points: &str) -> String {
    pick(lang, format!("得{points}"), points.to_owned())
}

pub(crate) fn gets_part(lang: Lang, part: &str) -> String {
    pick(lang, format!("得满分的{part}"), format!("{part} of full marks"))
}

pub(crate) fn gets_by(lang: Lang, expr: &str) -> String {
    pick(lang, format!("按“{expr}”计分"), format!("scored as {expr}"))
}

pub(crate) fn is_taken(lang: Lang, value: &str) -> String {
    pick(lang, format!("取{}", after(value)), format!("taken as {value}"))
}

/// A list that holds just these.
pub(crate) fn is_list(lang: Lang, cells: &[String], leading: bool) -> String {
    let all = cells.join(if lang == Lang::Zh { "，" } else { ", " });
    pick(lang, format!("{}{all}", if leading { "为" } else { "" }), format!("being {all}"))
}

pub(crate) fn graded(lang: Lang, word: &str) -> String {
    pick(lang, format!("为“{word}”"), format!("\"{word}\""))
}

/// Rows that look at several subjects at once.
pub(crate) fn by_subjects(lang: Lang, subjects: &[String], rows: &str) -> String {
    pick(
        lang,
        format!("按{}评分：{rows}", set(&subjects.join("、"))),
        format!("scored by {}: {rows}", subjects.join(", ")),
    )
}

/// A block inside a row.
pub(crate) fn nested(lang: Lang, sentence: &str) -> String {
    pick(lang, format!("按下列标准评分（{sentence}）"), format!("scored as follows ({sentence})"))
}

pub(crate) fn rated_result(lang: Lang, expr: &str) -> String {
    pick(lang, format!("由评审人评分（{expr}）"), format!("judged by a reviewer ({expr})"))
}

pub(crate) fn linear_result(lang: Lang, from: &str, to: &str, falls: Option<bool>) -> String {
    match falls {
        Some(true) => {
            pick(lang, format!("从{from}按比例减至{to}"), format!("falling in proportion from {from} to {to}"))
        }
        Some(false) => {
            pick(lang, format!("从{from}按比例增至{to}"), format!("rising in proportion from {from} to {to}"))
        }
        None => pick(lang, format!("从{from}按比例变至{to}"), format!("moving in proportion from {from} to {to}")),
    }
}

pub(crate) fn score_is(lang: Lang, expr: &str) -> String {
    pick(lang, format!("得分 = {expr}"), format!("score = {expr}"))
}

pub(crate) fn share_of_full(lang: Lang, share: &str) -> String {
    pick(lang, format!("得分为满分乘以{share}"), format!("the score is full marks times {share}"))
}

/// What a 权重表 weighs.
pub(crate) fn weighed(lang: Lang, what: Option<&str>) -> String {
    match what {
        None => pick(
            lang,
            "各下级按得分率加权，得分率为得分除以分值".to_owned(),
            "each indicator below is weighed by the share of its points that it reached".to_owned(),
        ),
        Some(what) => pick(lang, format!("各下级的{what}加权"), format!("{what} of each indicator below is weighed")),
    }
}

/// Which children apply, for a row of a 权重表.
pub(crate) fn applying(lang: Lang, names: Option<&str>) -> String {
    match names {
        None => pick(lang, "都适用的".to_owned(), "where all apply".to_owned()),
        Some(names) => pick(lang, format!("只有{names}适用的"), format!("where only {names} apply")),
    }
}

/// The weight of a child.
pub(crate) fn weighs(lang: Lang, name: &str, weight: &str) -> String {
    pick(lang, format!("{name}占{weight}"), format!("{name} weighs {weight}"))
}

/// A bound of the score.
pub(crate) fn bounded(lang: Lang, most: bool, bound: &str) -> String {
    match most {
        true => pick(lang, format!("不超过{}", after(bound)), format!("at most {bound}")),
        false => pick(lang, format!("不低于{}", after(bound)), format!("at least {bound}")),
    }
}

/// Bounds and rounding of a score that was said before.
pub(crate) fn tails(lang: Lang, tails: &[String]) -> String {
    pick(lang, format!("得分{}", tails.join("，")), format!("the score: {}", tails.join(", ")))
}

// ---- conditions -----------------------------------------------------------------------------

pub(crate) fn logic_said(op: Logic) -> Pair {
    match op {
        Logic::And => Pair("且", " and "),
        Logic::Or => Pair("或", " or "),
    }
}

pub(crate) fn comparison(lang: Lang, op: Compare, dates: bool, a: &str, b: &str) -> String {
    let word = match (op, dates) {
        (Compare::Equal, _) => Pair("为", "is"),
        (Compare::NotEqual, _) => Pair("不为", "is not"),
        (Compare::Less, false) => Pair("低于", "is below"),
        (Compare::AtMost, false) => Pair("不超过", "is at most"),
        (Compare::Greater, false) => Pair("超过", "is above"),
        (Compare::AtLeast, false) => Pair("不低于", "is at least"),
        (Compare::Less, true) => Pair("早于", "is before"),
        (Compare::AtMost, true) => Pair("不晚于", "is not after"),
        (Compare::Greater, true) => Pair("晚于", "is after"),
        (Compare::AtLeast, true) => Pair("不早于", "is not before"),
    };
    let word = word.get(lang);
    pick(lang, format!("{}{word}{}", set(a), after(b)), format!("{a} {word} {b}"))
}

pub(crate) fn within(lang: Lang, date: &str, start: &str, limit: &str) -> String {
    pick(
        lang,
        format!("{}在{}起{}内", set(date), set(&after(start)), set(&after(limit))),
        format!("{date} is within {limit} from {start}"),
    )
}

/// A subject and what is said of it.
pub(crate) fn subject_is(lang: Lang, subject: &str, said: &str) -> String {
    pick(lang, format!("{}{said}", set(subject)), format!("{subject} {said}"))
}

/// A range; `leading` where the subject stands before it.
pub(crate) fn range(lang: Lang, low: Option<(String, bool)>, high: Option<(String, bool)>, leading: bool) -> String {
    match lang {
        Lang::Zh => range_zh(low, high, leading),
        Lang::En => {
            let low = low.map(|(at, closed)| format!("{} {at}", if closed { "at least" } else { "above" }));
            let high = high.map(|(at, closed)| format!("{} {at}", if closed { "at most" } else { "below" }));
            let ends: Vec<_> = low.into_iter().chain(high).collect();
            format!("{}{}", if leading { "is " } else { "" }, ends.join(" and "))
        }
    }
}

fn range_zh(low: Option<(String, bool)>, high: Option<(String, bool)>, leading: bool) -> String {
    let lead = if leading { "在" } else { "" };
    match (low, high) {
        (Some((a, true)), Some((b, true))) if a == b => format!("为{a}"),
        (Some((a, true)), Some((b, true))) => format!("{lead}{a}以上{b}以下"),
        (Some((a, true)), Some((b, false))) => format!("{lead}{a}以上不满{b}"),
        (Some((a, false)), Some((b, true))) => format!("超过{a}至{b}"),
        (Some((a, false)), Some((b, false))) => format!("超过{a}不满{b}"),
        (Some((a, true)), None) => format!("{lead}{a}以上"),
        (Some((a, false)), None) => format!("超过{a}"),
        (None, Some((b, true))) => format!("{lead}{b}以下"),
        (None, Some((b, false))) => format!("不满{b}"),
        (None, None) => "为任意值".to_owned(),
    }
}

pub(crate) fn is_one_of(lang: Lang, values: &[String], leading: bool) -> String {
    let is = if leading { "is " } else { "" };
    pick(lang, format!("为{}", values.join("或")), format!("{is}{}", values.join(" or ")))
}

/// A state said of a subject that stands before it (`leading`) or before that.
pub(crate) fn state_of_subject(lang: Lang, state: State, leading: bool) -> String {
    let pair = match (state, leading) {
        (State::Missing, true) => Pair("缺报", "is missing"),
        (State::Missing, false) => Pair("缺报", "missing"),
        (State::None, true) => Pair("申报为“无”", "is declared none"),
        (State::None, false) => Pair("申报为“无”", "declared none"),
        (State::NotApplicable, true) => Pair("不适用", "does not apply"),
        (State::NotApplicable, false) => Pair("不适用", "not applicable"),
        (State::NoEvidence, true) => Pair("无佐证", "has no evidence"),
        (State::NoEvidence, false) => Pair("无佐证", "without evidence"),
        (State::Late, true) => Pair("迟报", "is late"),
        (State::Late, false) => Pair("迟报", "late"),
        (State::Disputed, true) => Pair("有争议", "is disputed"),
        (State::Disputed, false) => Pair("有争议", "disputed"),
    };
    pair.get(lang).to_owned()
}

pub(crate) fn is_state(lang: Lang, subject: &str, state: State) -> String {
    subject_is(lang, subject, &state_of_subject(lang, state, true))
}

pub(crate) fn is_empty(lang: Lang, subject: &str, empty: bool) -> String {
    let said = if empty { Pair("为空", "is empty") } else { Pair("不为空", "is not empty") };
    subject_is(lang, subject, said.get(lang))
}

pub(crate) fn is_no(lang: Lang, subject: &str) -> String {
    subject_is(lang, subject, Pair("为否", "is no").get(lang))
}

pub(crate) fn not_so(lang: Lang, condition: &str) -> String {
    pick(lang, format!("并非（{condition}）"), format!("not ({condition})"))
}

pub(crate) fn there_is(lang: Lang, rows: &str) -> String {
    pick(lang, format!("有{rows}"), format!("there are {rows}"))
}

pub(crate) fn there_is_no(lang: Lang, rows: &str) -> String {
    pick(lang, format!("没有{rows}"), format!("there are no {rows}"))
}

/// A check by a script and what it is handed.
pub(crate) fn check_passed(lang: Lang, check: &str, arguments: &[String], passed: bool) -> String {
    let (zh, en) = if passed { ("通过", "passes") } else { ("未通过", "fails") };
    pick(
        lang,
        format!("脚本检查“{check}”（{}）{zh}", arguments.join("，")),
        format!("script check {check} ({}) {en}", arguments.join(", ")),
    )
}

pub(crate) fn rows_where(lang: Lang, table: &str, condition: &str) -> String {
    pick(lang, format!("{}的{table}", set(condition).trim_end()), format!("{table} where {condition}"))
}

pub(crate) fn share_of(lang: Lang, rows: &str, table: &str) -> String {
    pick(lang, format!("{rows}占全部{table}的比例"), format!("the share of {rows} among all {table}"))
}

pub(crate) fn count_of(lang: Lang, rows: &str) -> String {
    pick(lang, format!("{rows}的个数"), format!("the number of {rows}"))
}

// ---- 扣分 and 计分 ------------------------------------------------------------------------------

pub(crate) fn starts_at(lang: Lang, from: &str) -> String {
    pick(lang, format!("从{from}起扣"), format!("starting from {from}"))
}

/// Where a 计分 starts.
pub(crate) fn adds_from(lang: Lang, from: &str, sentence: &str) -> String {
    pick(lang, format!("从{from}起加；{sentence}"), format!("starting from {from}; {sentence}"))
}

pub(crate) fn down_to(lang: Lang, to: &str) -> String {
    pick(lang, format!("最低扣至{to}"), format!("down to {to} at the lowest"))
}

pub(crate) fn takes_off(lang: Lang, points: &str) -> String {
    pick(lang, format!("扣{points}"), format!("{points} off"))
}

/// A step after "each": the one is not said.
fn one(step: &str) -> &str {
    step.strip_prefix("1 ").unwrap_or(step)
}

/// A single shortfall.
pub(crate) fn short_of(lang: Lang, amount: &str, limit: &str, step: &str, points: &str) -> String {
    pick(
        lang,
        format!("{}达到{limit}的，得满分；每低{step}扣{points}", set(amount)),
        format!("if {amount} reaches {limit}: full marks; for each {} below it: {points} off", one(step)),
    )
}

/// What a row adds; points are got, other things counted.
pub(crate) fn adds(lang: Lang, points: &str, scored: bool) -> String {
    let verb = if scored { "得" } else { "计" };
    pick(lang, format!("{verb}{points}"), points.to_owned())
}

/// So much for each step beyond a limit.
pub(crate) fn beyond(lang: Lang, side: Side, [amount, limit, step, gives]: [&str; 4]) -> String {
    let (zh, zh_each, en) = match side {
        Side::Above => ("超过", "超过", "is above"),
        Side::Below => ("低于", "低", "is below"),
        Side::Away => ("偏离", "偏离", "is away from"),
    };
    pick(
        lang,
        format!("{}{zh}{}的，每{zh_each}{step}{gives}", set(amount), after(limit)),
        format!("if {amount} {en} {limit}: {gives} for each {}", one(step)),
    )
}

pub(crate) fn part_of_step(lang: Lang, partial: StepRounding, step: &str) -> String {
    match partial {
        StepRounding::Whole => pick(lang, format!("（不足{step}的不计）"), " (a part of it does not count)".to_owned()),
        StepRounding::ProRata => {
            pick(lang, format!("（不足{step}的按比例计）"), " (a part of it counts in proportion)".to_owned())
        }
        StepRounding::Up => {
            pick(lang, format!("（不足{step}的按{step}计）"), " (a part of it counts whole)".to_owned())
        }
    }
}

pub(crate) fn per_row(lang: Lang, rows: &str, count: &str, gives: &str) -> String {
    let every = if count == "1" { "each of".to_owned() } else { format!("every {count} of") };
    pick(lang, format!("{rows}每有{count}项{gives}"), format!("for {every} {rows}: {gives}"))
}

pub(crate) fn per_unit(lang: Lang, amount: &str, count: &str, gives: &str) -> String {
    pick(lang, format!("{}每满{count}{gives}", set(amount)), format!("for each {} of {amount}: {gives}", one(count)))
}

/// A checklist of equal points.
pub(crate) fn each_true(lang: Lang, points: &str, scored: bool, items: &[&str]) -> String {
    let verb = if scored { "得" } else { "计" };
    pick(
        lang,
        format!("下列各项每有1项成立{verb}{points}：{}", items.join("、")),
        format!("for each of the following that holds, {points}: {}", items.join("; ")),
    )
}

/// A checklist with points of its own on each row.
pub(crate) fn each_with_points(lang: Lang, rows: &[String]) -> String {
    pick(
        lang,
        format!("下列各项成立的分别得分：{}", rows.join("、")),
        format!("for each of the following that holds: {}", rows.join("; ")),
    )
}

/// A checklist with rows that count.
pub(crate) fn each_counted(lang: Lang, rows: &[String]) -> String {
    pick(lang, format!("下列各项分别计分：{}", rows.join("；")), format!("the following add up: {}", rows.join("; ")))
}

pub(crate) fn up_to(lang: Lang, sentence: &str, to: &str) -> String {
    pick(lang, format!("{sentence}，最高得{to}"), format!("{sentence}, at most {to}"))
}

// ---- 逐项 --------------------------------------------------------------------------------------

pub(crate) fn each(lang: Lang, rows: &str, share: &str, clauses: &str) -> String {
    pick(
        lang,
        format!("对每项{rows}分别评分（{share}）：{clauses}"),
        format!("each of {rows} is scored ({share}): {clauses}"),
    )
}

pub(crate) fn share_by(lang: Lang, column: &str) -> String {
    pick(lang, format!("每项满分为{column}"), format!("full marks of each: {column}"))
}

pub(crate) fn share_weighted(lang: Lang, column: &str) -> String {
    pick(lang, format!("满分按{column}分摊"), format!("full marks shared out by {column}"))
}
