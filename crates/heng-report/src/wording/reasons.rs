//! How a score came about, in one line.

use heng_diag::Lang;
use heng_model::{
    expr::Side,
    program::Inapplicable,
    value::{Fault, RatingFault},
};

use super::{Pair, pick};

pub(crate) const UNWRITTEN: Pair = Pair("评分标准待编", "rule not written yet");
pub(crate) const OTHER_CASE: Pair = Pair("其他情形", "any other case");
pub(crate) const JUDGED: Pair = Pair("评审人评定", "judged by a reviewer");
pub(crate) const NOTHING_OFF: Pair = Pair("没有扣分项", "nothing to deduct");
pub(crate) const NOTHING_COUNTS: Pair = Pair("没有计分项", "nothing counts");

pub(crate) fn vetoed(lang: Lang, gate: &str) -> String {
    pick(lang, format!("不计：“{gate}”另有规定在先"), format!("overridden by a rule of {gate}"))
}

pub(crate) fn children_open(lang: Lang, first: &str, count: usize) -> String {
    match count {
        1 => pick(lang, format!("下级“{first}”待定"), format!("{first} is open")),
        _ => pick(lang, format!("下级“{first}”等{count}项待定"), format!("{first} and {} more are open", count - 1)),
    }
}

pub(crate) fn has_state(lang: Lang, datum: &str, state: &str) -> String {
    pick(lang, format!("“{datum}”{state}"), format!("{datum}: {state}"))
}

/// A demand that does not hold.
pub(crate) fn unmet(lang: Lang, row: Option<&str>, message: Option<&str>, need: &str) -> String {
    let what = match message {
        Some(message) => message.to_owned(),
        None => pick(lang, format!("不符合“须{need}”"), format!("not met: {need}")),
    };
    match row {
        Some(row) => pick(lang, format!("{row}：{what}"), format!("{row}: {what}")),
        None => what,
    }
}

/// What went wrong, without advice.
pub(crate) fn fault(lang: Lang, fault: &Fault) -> String {
    let pair = match fault {
        Fault::DivisionByZero => Pair("除数为零", "a divisor is zero"),
        Fault::NoBand => Pair("数值不落在任何一档", "the value fits no band"),
        Fault::NoWeights => {
            Pair("适用的下级在权重表里没有对应的行", "no row of the weights names the children that apply")
        }
        Fault::OutOfRange(_) => Pair("算出的得分超出分值范围", "the score lies outside the points allowed"),
        Fault::Rating(RatingFault::NoReason) => Pair("评定没有写理由", "the rating gives no reason"),
        Fault::Rating(RatingFault::NoEvidence) => Pair("评定没有写佐证", "the rating names no evidence"),
        Fault::Rating(RatingFault::OutsideBand) => Pair("评定的数值不在规定范围内", "the rating lies outside its band"),
        Fault::Undeclared(..) => Pair("规则没有写明怎么办", "the rule does not say what then"),
        Fault::NoCalendar(_) => Pair("工作日历缺少所需年份", "the calendar lacks a year"),
        Fault::Script(_) => Pair("自定义检查没有运行成功", "a custom check failed to run"),
        Fault::Domain => Pair("数值超出可以计算的范围", "a value lies outside what can be computed"),
        Fault::TooFew => Pair("可用的数值不够", "there are too few values"),
        Fault::NoPeers => Pair("要和同组各单位一起评", "it is scored among the units of the peer group"),
        Fault::NotAmongPeers => Pair("本单位的数不在同组的数之中", "the unit's value is not among those of its peers"),
        Fault::Precision => {
            Pair("数值紧挨着取舍的界线，定不下来", "the value lies too close to a boundary of rounding")
        }
        Fault::Unrounded => Pair("方根或对数没有写保留几位", "a root or logarithm is not rounded to stated places"),
    };
    pair.get(lang).to_owned()
}

/// A state whose effect the rule does not declare.
pub(crate) fn undeclared(lang: Lang, state: &str) -> String {
    pick(lang, format!("{state}，规则没有写明怎么办"), format!("{state}; the rule does not say what then"))
}

pub(crate) fn by_rule(lang: Lang, expr: &str) -> String {
    pick(lang, format!("规则写明“{expr}”"), format!("the rule says \"{expr}\""))
}

/// A state had its declared effect.
pub(crate) fn by_effect(lang: Lang, state: &str) -> String {
    pick(lang, format!("{state}，按规则计分"), format!("{state}; scored as the rule says"))
}

/// A condition and what it gave.
pub(crate) fn so(lang: Lang, condition: &str, given: &str) -> String {
    pick(lang, format!("{condition}，{given}"), format!("{condition}: {given}"))
}

/// A subject, its row and what it gave.
pub(crate) fn falls_in(lang: Lang, subject: &str, row: &str, given: &str) -> String {
    pick(lang, format!("{subject}，属“{row}”，{given}"), format!("{subject}, in {row}: {given}"))
}

/// A subject and its row, where the row is a table of its own, and how that went on.
pub(crate) fn falls_on(lang: Lang, subject: &str, row: &str, inner: &str) -> String {
    pick(lang, format!("{subject}，属“{row}”；{inner}"), format!("{subject}, in {row}; {inner}"))
}

pub(crate) fn share(lang: Lang, rows: usize, met: usize, unmet: &str) -> String {
    match (rows, unmet.is_empty()) {
        (0, _) => pick(lang, "没有记录".to_owned(), "no rows".to_owned()),
        (1, true) => pick(lang, "1项符合".to_owned(), "the only row qualifies".to_owned()),
        (_, true) => pick(lang, format!("{rows}项全部符合"), format!("all {rows} rows qualify")),
        _ => pick(
            lang,
            format!("{rows}项中{met}项符合，不符合的：{unmet}"),
            format!("{met} of {rows} rows qualify, not: {unmet}"),
        ),
    }
}

/// The first few of many names.
pub(crate) fn and_more(lang: Lang, names: &str, shown: usize, all: usize) -> String {
    if shown == all {
        return names.to_owned();
    }
    pick(lang, format!("{names}等{all}项"), format!("{names} and {} more", all - shown))
}

pub(crate) fn checklist(lang: Lang, rows: usize, met: usize, failed: &str) -> String {
    if failed.is_empty() {
        return pick(lang, format!("{rows}项全部成立"), format!("all {rows} hold"));
    }
    pick(lang, format!("{rows}项中{met}项成立，未成立的：{failed}"), format!("{met} of {rows} hold, not: {failed}"))
}

/// An amount beyond its limit.
pub(crate) fn beyond(lang: Lang, amount: &str, side: Side, limit: &str) -> String {
    let (zh, en) = match side {
        Side::Above => ("超过", "above"),
        Side::Below => ("低于", "below"),
        Side::Away => ("偏离", "away from"),
    };
    pick(lang, format!("{amount}，{zh}{limit}"), format!("{amount}, {en} {limit}"))
}

/// Rows and how many they are.
pub(crate) fn so_many(lang: Lang, rows: &str, count: &str) -> String {
    pick(lang, format!("{rows}{count}项"), format!("{count} of {rows}"))
}

/// A row of a 扣分 or 计分 that counted.
pub(crate) fn counted(lang: Lang, what: &str, total: &str, times: Option<&str>, deduct: bool) -> String {
    let (zh, en) = if deduct { ("扣", " off") } else { ("得", "") };
    let times = match times {
        Some(times) => pick(lang, format!("（{times}）"), format!(" ({times})")),
        None => String::new(),
    };
    pick(lang, format!("{what}，{zh}{total}{times}"), format!("{what}: {total}{en}{times}"))
}

fn out_of(lang: Lang, out: usize) -> String {
    match out {
        0 => String::new(),
        _ => pick(lang, format!("（另有{out}项不适用）"), format!(" ({out} more not applicable)")),
    }
}

pub(crate) fn rows_added(lang: Lang, rows: usize, out: usize) -> String {
    let out = out_of(lang, out);
    pick(lang, format!("共{rows}项，逐项计分{out}"), format!("{rows} rows, scored one by one{out}"))
}

pub(crate) fn row_points(lang: Lang, row: &str, points: &str) -> String {
    pick(lang, format!("{row}得{points}分"), format!("{row} {points}"))
}

pub(crate) fn rows_scored(lang: Lang, rows: usize, out: usize, short: usize, names: &str) -> String {
    let out = out_of(lang, out);
    if short == 0 {
        return pick(lang, format!("共{rows}项，均得满分{out}"), format!("{rows} rows, all in full{out}"));
    }
    pick(
        lang,
        format!("共{rows}项，{short}项未得满分{out}：{names}"),
        format!("{rows} rows, {short} not in full{out}: {names}"),
    )
}

/// What became of the points of children that do not apply.
/// Children that do not apply and are weighed no more.
pub(crate) fn left_out(lang: Lang, children: &str) -> String {
    pick(lang, format!("“{children}”不适用"), format!("{children}: not applicable"))
}

/// What a child gives to a weighted sum.
pub(crate) fn weighs(lang: Lang, child: &str, value: &str, full: Option<&str>, weight: &str) -> String {
    match full {
        Some(full) => pick(
            lang,
            format!("{child} {value}（满分{full}）占{weight}"),
            format!("{child} {value} of {full} weighs {weight}"),
        ),
        None => pick(lang, format!("{child} {value} 占{weight}"), format!("{child} {value} weighs {weight}")),
    }
}

pub(crate) fn shared_anew(lang: Lang, children: &str, policy: Option<Inapplicable>) -> String {
    let (zh, en) = match policy {
        Some(Inapplicable::Full) => ("按满分计", "counted in full"),
        Some(Inapplicable::Zero) => ("按0分计", "counted as nothing"),
        Some(Inapplicable::Rescale | Inapplicable::Stop) | None => {
            ("分值折算到其余指标", "its points fall to the others")
        }
    };
    pick(lang, format!("“{children}”不适用，{zh}"), format!("{children} does not apply, {en}"))
}
