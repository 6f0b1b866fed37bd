//! One clause of a criterion: a range and what it gives, a step and what it takes off, a condition.

mod deduct;
mod english;
mod gives;

use crate::{
    amount::{Amount, Gets},
    range::Range,
};
use heng_model::Number;

pub(crate) use english::split_english;

/// On which side of a limit points are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Above,
    Below,
    Away,
}

/// What a part of a step counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Partial {
    Whole,
    ProRata,
    Up,
}

/// What a clause says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Clause {
    /// 支出率在90%以上的，得5分.
    Band { subject: String, range: Range, gets: Gets },
    /// 每低1个百分点扣0.5分.
    Step {
        subject: String,
        side: Option<Side>,
        limit: Option<Amount>,
        step: Amount,
        off: Gets,
        partial: Option<Partial>,
    },
    /// 每发现1起违规问题扣1分.
    PerItem { what: String, count: Amount, off: Gets },
    /// 制度健全的，得2分.
    When { condition: String, gets: Gets },
    /// 未按时报送的，扣1分.
    TakesOff { condition: String, off: Gets },
    /// 否则不得分.
    Otherwise { gets: Gets },
    /// 以上均符合得满分.
    AllMet { gets: Gets },
    /// 每符合一项得1分.
    EachMet { gets: Gets },
    /// 一项不符合扣1分.
    EachFails { off: Gets },
    /// 一个 item of a list.
    Item { text: String },
    /// 未达到的按比例得分.
    InProportion,
    /// 按支出率×分值计分.
    Times { subject: String, target: Option<Amount> },
    /// 低于100%的，按执行率×10分计分.
    BelowTimes { subjects: Vec<String>, limit: Amount, points: Gets },
    /// 整改率=已整改问题数/应整改问题数.
    Defines { name: String, over: String, under: String },
    /// 得分=按时签订合同数÷应签订合同数×2分.
    Quotient { over: String, under: String, points: Gets },
    /// 每发表1篇得0.5分.
    EarnsPer { what: String, each: Gets },
    /// 以100%为标准.
    Standard { limit: Amount },
    /// 扣完为止.
    TillNothing,
    /// 最多扣2分.
    MostOff { points: Gets },
    /// 最高得5分.
    MostGets { points: Gets },
    /// 不足1个百分点的按1个百分点计.
    PartOfStep { partial: Partial },
}

/// Words that make a condition say more than one name can hold, or leave it open.
const VAGUE: [&str; 22] = [
    "左右",
    "大约",
    "酌情",
    "视情况",
    "视情节",
    "适当",
    "原则上",
    "约为",
    "相应",
    "有关规定扣",
    "等情况",
    "根据情况",
    "以内或",
    "情节严重程度",
    "综合评定",
    "综合评价",
    "由评审",
    "专家",
    "打分",
    "评分",
    "以此类推",
    "依此类推",
];

/// Whether a text leaves its meaning to whoever reads it.
pub(crate) fn is_vague(text: &str) -> bool {
    VAGUE.iter().any(|word| text.contains(word)) || text.starts_with("除") || text.contains("除外")
}

/// Whether a text can be the name of a figure.
pub(crate) fn is_subject(text: &str) -> bool {
    const NOT: [&str; 34] = [
        "超过", "低于", "高于", "大于", "小于", "达到", "以上", "以下", "以内", "以外", "且", "或", "并", "除", "若",
        "如果", "同时", "连续", "每", "至少", "未", "不", "其中", "分别", "累计", "均", "同比", "任", "的", "扣", "得",
        "各", "较", "否",
    ];
    text.chars().count() <= 24 && !NOT.iter().any(|word| text.contains(word)) && !is_vague(text)
}

/// A subject without the words that only lead to it.
pub(crate) fn subject(text: &str) -> String {
    let text = ["当", "若", "如果", "如", "凡"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = ["的", "为", "在", "应", ":"].iter().fold(text, |text, word| text.strip_suffix(word).unwrap_or(text));
    text.to_owned()
}

/// Reads one clause, all of it.
pub(crate) fn clause(text: &str) -> Option<Clause> {
    deduct::deduct(text).or_else(|| gives::gives(text))
}

/// Whether a number of points is above nought.
pub(crate) fn above_nought(gets: &Gets) -> bool {
    !matches!(gets, Gets::Points(number, _) if *number <= Number::ZERO)
}
