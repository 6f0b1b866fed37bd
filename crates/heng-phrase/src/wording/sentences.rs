//! The words of prose: values, outcomes and findings.

use heng_diag::Lang;
use heng_model::{
    Date, Number, State, Verdict,
    expr::Status,
    scorecard::PeerCount,
    value::{Fault, RatingFault},
};

use super::{Pair, pick};
use crate::number::points;

pub(crate) const LISTED: Pair = Pair("、", ", ");
pub(crate) const UNWRITTEN: Pair = Pair("待编", "rule not written yet");

pub(crate) fn state_said(state: State) -> Pair {
    match state {
        State::Missing => Pair("缺报", "missing"),
        State::None => Pair("无", "none"),
        State::NotApplicable => Pair("不适用", "not applicable"),
        State::NoEvidence => Pair("无佐证", "no evidence"),
        State::Late => Pair("迟报", "late"),
        State::Disputed => Pair("有争议", "disputed"),
    }
}

pub(crate) fn verdict_said(verdict: Verdict) -> Pair {
    match verdict {
        Verdict::NotApplicable => Pair("不适用", "not applicable"),
        Verdict::Review => Pair("待核", "to be reviewed"),
        Verdict::Return => Pair("退回", "returned"),
        Verdict::Stop => Pair("停止", "stopped"),
    }
}

pub(crate) fn status(status: Status) -> Pair {
    match status {
        Status::Verified => Pair("已核实", "verified"),
        Status::Secondary => Pair("二手", "secondary"),
        Status::Unverified => Pair("未核实", "unverified"),
        Status::Demo => Pair("演示", "demo"),
    }
}

pub(crate) fn date(lang: Lang, date: Date) -> String {
    pick(lang, format!("{}年{}月{}日", date.year(), date.month(), date.day()), date.to_string())
}

pub(crate) fn rows(lang: Lang, rows: usize) -> String {
    let plural = if rows == 1 { "row" } else { "rows" };
    pick(lang, format!("{rows}项"), format!("{rows} {plural}"))
}

pub(crate) fn row(lang: Lang, table: &str, row: u32, key: Option<&str>) -> String {
    match key {
        Some(key) => pick(lang, format!("{table} 第{row}行（{key}）"), format!("{table} row {row} ({key})")),
        None => pick(lang, format!("{table} 第{row}行"), format!("{table} row {row}")),
    }
}

pub(crate) fn cell(lang: Lang, row: &str, column: &str) -> String {
    match lang {
        Lang::Zh if row.ends_with('）') => format!("{row}{column}"),
        Lang::Zh | Lang::En => format!("{row} {column}"),
    }
}

/// A condition with numbers put in, and whether it holds.
pub(crate) fn holds(lang: Lang, formula: &str, holds: bool) -> String {
    match (lang, holds) {
        (Lang::Zh, true) => format!("{formula}，成立"),
        (Lang::Zh, false) => format!("{formula}，不成立"),
        (Lang::En, true) => format!("{formula}: holds"),
        (Lang::En, false) => format!("{formula}: does not hold"),
    }
}

pub(crate) fn score(lang: Lang, score: &Number) -> String {
    let score = points(score);
    pick(lang, format!("{score}分"), format!("{score} points"))
}

/// A score that is not decided.
pub(crate) fn open(lang: Lang, least: &str, most: &str, why: &str) -> String {
    pick(lang, format!("{least}至{most}分，{why}"), format!("{least} to {most} points, {why}"))
}

/// What a datum's state did and what to do about it.
pub(crate) fn state_cause(lang: Lang, state: State, datum: &str, table: bool) -> String {
    let (zh, en) = match state {
        State::Missing if table => (
            format!("表“{datum}”没有报送；请补报，确实没有的请写明“无”。"),
            format!("The table {datum} was not handed in; hand it in, or declare it \"none\" if there is nothing."),
        ),
        State::Missing => (format!("“{datum}”缺报，请补报。"), format!("{datum} is missing; hand it in.")),
        State::None => (
            format!("“{datum}”填的是“无”，这里却要用它的值；请核对是否应填数值。"),
            format!("{datum} is declared \"none\", yet its value is needed here; check whether a value belongs there."),
        ),
        State::NotApplicable => (
            format!("“{datum}”填的是“不适用”；请核对是否确实不适用。"),
            format!("{datum} is declared not applicable; check that it is."),
        ),
        State::NoEvidence => {
            (format!("“{datum}”没有佐证，请补充佐证材料。"), format!("{datum} has no evidence; supply the evidence."))
        }
        State::Late => (
            format!("“{datum}”迟报；请核对报送日期，有正当理由的请说明。"),
            format!("{datum} was handed in late; check the date, and give the reason if there is a good one."),
        ),
        State::Disputed => {
            (format!("“{datum}”有争议，请先核定数值。"), format!("{datum} is disputed; settle its value first."))
        }
    };
    pick(lang, zh, en)
}

pub(crate) fn undeclared(lang: Lang, state: &str, datum: &str) -> String {
    pick(
        lang,
        format!("“{datum}”的状态是“{state}”，规则没有说明这时怎么办；请补报数据，或在规则里写明“{state}：……”。"),
        format!(
            "{datum} is \"{state}\", and the rule does not say what then; supply the datum, or declare the effect in the rule file."
        ),
    )
}

pub(crate) fn case_cause(lang: Lang, condition: &str) -> String {
    pick(
        lang,
        format!("出现规则所列情形：{condition}；请按规则核对数据或由评审人认定。"),
        format!("A case named in the rule has occurred: {condition}; check the data, or have a reviewer decide."),
    )
}

pub(crate) fn demand_cause(lang: Lang, need: &str, message: Option<&str>, row: Option<&str>) -> String {
    let (zh_row, en_row) = match row {
        Some(row) => (format!("{row}："), format!("{row}: required: ")),
        None => (String::new(), "Required: ".to_owned()),
    };
    match message {
        Some(message) => pick(
            lang,
            format!("{zh_row}{message}（须{need}）；请更正数据或说明原因。"),
            format!("{en_row}{need} ({message}); correct the data or explain."),
        ),
        None => pick(
            lang,
            format!("{zh_row}须{need}，现不符合；请更正数据或说明原因。"),
            format!("{en_row}{need}, which does not hold; correct the data or explain."),
        ),
    }
}

pub(crate) fn script_cause(lang: Lang, method: &str, message: &str) -> String {
    pick(
        lang,
        format!("检查“{method}”：{message}；请据此核对数据。"),
        format!("Check {method}: {message}; check the data accordingly."),
    )
}

pub(crate) fn child_cause(lang: Lang, child: &str) -> String {
    pick(
        lang,
        format!("下级指标“{child}”还没有定分；请先处理该项。"),
        format!("The indicator {child} below is not decided; settle it first."),
    )
}

pub(crate) fn verdict_cause(lang: Lang, expr: &str) -> String {
    pick(
        lang,
        format!("规则在此不给分（{expr}）；请由评审人认定或补正数据。"),
        format!("The rule gives no points here ({expr}); have a reviewer decide, or mend the data."),
    )
}

/// Why a computation could not go on, and what to do. [`Fault::Undeclared`] has its own wording.
pub(crate) fn fault(lang: Lang, fault: &Fault) -> String {
    let (zh, en) = match fault {
        Fault::DivisionByZero => (
            "除数为零，算不出得分；请核对作除数的数据，或在规则里写明为零时怎么办。".to_owned(),
            "A divisor is zero, so no score can be computed; check that datum, or say in the rule what applies when it is zero."
                .to_owned(),
        ),
        Fault::NoBand => (
            "数值不落在任何一档；请核对数据，或在规则里补上这一档。".to_owned(),
            "The value fits no band; check the data, or add the band to the rule.".to_owned(),
        ),
        Fault::NoWeights => (
            "权重表里没有一行正好是适用的这几个下级；请核对哪些下级不适用，或在权重表里补一行。".to_owned(),
            "No row of the weights names just the children that apply; check which of them apply, or add the row.".to_owned(),
        ),
        Fault::OutOfRange(score) => {
            let score = points(score);
            (
                format!("算出{score}分，超出了本项分值的范围；请核对数据，或在规则里写明“不超过 满分”。"),
                format!("The score of {score} lies outside the points allowed; check the data, or write \"at most full\" in the rule."),
            )
        }
        Fault::Rating(what) => rating(*what),
        Fault::Undeclared(..) => (
            "规则没有说明数据的这种状态怎么办；请补报数据。".to_owned(),
            "The rule does not say what this state of a datum does; supply the datum.".to_owned(),
        ),
        Fault::NoCalendar(year) => (
            format!("工作日历里没有{year}年；请补上该年的放假调休安排。"),
            format!("The calendar has no year {year}; add that year's holidays and make-up days."),
        ),
        Fault::Script(message) => (
            format!("自定义检查没有运行成功：{message}；请改正脚本。"),
            format!("A custom check failed to run: {message}; mend the script."),
        ),
        Fault::Domain => (
            "数值超出可以计算的范围；请核对数据。".to_owned(),
            "A value lies outside what can be computed; check the data.".to_owned(),
        ),
        Fault::TooFew => (
            "可用的数值少于规则要求的个数；请补报数据。".to_owned(),
            "There are fewer values than the rule asks for; supply the missing ones.".to_owned(),
        ),
        Fault::NoPeers => (
            "这一项要和同组各单位一起评，单独评不出来；请用 heng batch 评全部单位。".to_owned(),
            "This is scored among the units of the peer group and cannot be scored alone; score all units with heng batch.".to_owned(),
        ),
        Fault::NotAmongPeers => (
            "本单位的数不在同组的数之中：同组的数是用别的数据算的；请重新用 heng batch 评全部单位。".to_owned(),
            "The unit's value is not among those of its peers, which were computed from other facts; run heng batch over all units again.".to_owned(),
        ),
        Fault::Precision => (
            "数值紧挨着取舍的界线，按规定的位数定不下来；请改用四舍五入，或由评审人认定。".to_owned(),
            "The value lies so close to a boundary of rounding that its digits cannot be proven; round half up, or have a reviewer decide.".to_owned(),
        ),
        Fault::Unrounded => (
            "方根或对数除不尽，规则没有写保留几位；请在规则里写明，例如（开方（2），保留6位）。".to_owned(),
            "A root or logarithm never ends and the rule states no places; write them, for example (sqrt(2), round 6 places).".to_owned(),
        ),
    };
    pick(lang, zh, en)
}

fn rating(fault: RatingFault) -> (String, String) {
    let (zh, en) = match fault {
        RatingFault::NoReason => ("评定没有写理由，请补写。", "The rating gives no reason; add it."),
        RatingFault::NoEvidence => ("评定没有写佐证，请补充。", "The rating names no evidence; add it."),
        RatingFault::OutsideBand => (
            "评定的数值不在规定的范围内，请改到范围之内。",
            "The rating lies outside the band it must lie in; bring it inside.",
        ),
    };
    (zh.to_owned(), en.to_owned())
}

/// How many peers a value was held against, and how many of them lie above it or beside it.
pub(crate) fn peers(lang: Lang, count: PeerCount) -> String {
    let PeerCount { counted, left_out, above, same } = count;
    let mut zh = format!("同组 {counted} 个单位有数");
    let mut en = format!("{counted} of the peer group have a value");
    if left_out > 0 {
        zh.push_str(&format!("，{left_out} 个没有数，不算在内"));
        en.push_str(&format!(", {left_out} have none and are left out"));
    }
    if let Some((above, same)) = above.zip(same) {
        let others = same.saturating_sub(1);
        zh.push_str(&format!("；比本单位大的 {above} 个，一样的 {others} 个"));
        en.push_str(&format!("; {above} lie above this one, {others} are equal to it"));
    }
    pick(lang, zh, en)
}
