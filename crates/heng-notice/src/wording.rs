//! All words of this crate, zh and en side by side.

use heng_diag::{Pair, Text};

use crate::reading::{Known, Refusal, Why};

fn why(why: Why) -> (&'static str, &'static str) {
    match why {
        Why::Unknown => ("没有这样的写法", "no pattern fits"),
        Why::Edge => (
            "端点算不算在内没有写明，请写“（含）”“（不含）”或“以上”“不满”",
            "it is not said whether the end belongs to the range; write (incl) or (excl)",
        ),
        Why::Overlap => ("两档都包括同一个数（“以上”“以下”含本数）", "two ranges hold the same figure"),
        Why::Gap => ("有的数不在任何一档里", "some figures belong to no range"),
        Why::Order => ("各档的先后使后一档永远轮不到", "the order of the ranges hides one of them"),
        Why::Total => ("分数与这一项的满分对不上", "the points do not agree with the full marks"),
        Why::Contradiction => ("前后两处说法相反", "two parts contradict each other"),
        Why::TwoReadings => ("可以读成两种意思", "it can be read in two ways"),
        Why::Discretion => ("要由评审人判断，写不成确定的规则", "it is left to the reviewer's judgement"),
        Why::NoLimit => ("没有写从哪个数起算", "the limit is not said"),
        Why::Subjects => ("说的不止一个数", "it speaks of more than one figure"),
    }
}

fn nearest(known: Known) -> (&'static str, &'static str) {
    match known {
        Known::Bands => (
            "……在90%以上的，得5分；80%以上不满90%的，得4分；不满80%的，得0分",
            "if … is at least 90%: 5 points; if at least 80% and below 90%: 4 points; if below 80%: 0 points",
        ),
        Known::Steps => (
            "……达到100%的，得满分；每低1个百分点扣0.5分，扣完为止",
            "if … reaches 100%: full marks; for each percentage point below it: 0.5 points off, until nothing is left",
        ),
        Known::PerItem => ("每发现1起……扣1分，扣完为止", "for each … found: 1 point off, until nothing is left"),
        Known::Checklist => {
            ("①……；②……；③……。每符合一项得1分", "for each of the following that holds, 1 point: …; …; …")
        }
        Known::YesNo => ("……的，得满分，否则不得分", "if …: full marks; otherwise: 0 points"),
        Known::Proportion => {
            ("……达到100%的得满分，未达到的按比例得分", "if … reaches 100%: full marks; below it in proportion")
        }
        Known::Rating => {
            ("优的得5分，良的得3分，差的不得分", "if good: 5 points; if fair: 3 points; if poor: 0 points")
        }
        Known::None => ("没有", "none"),
    }
}

/// Why a sentence was not read, and what comes nearest.
pub(crate) fn refusal(refusal: &Refusal) -> Text {
    let (zh, en) = why(refusal.why);
    let (near_zh, near_en) = nearest(refusal.nearest);
    let at = &refusal.at;
    Text::new(format!("“{at}”：{zh}。相近的写法：{near_zh}"), format!("\"{at}\": {en}. The nearest pattern: {near_en}"))
}

/// A heading of a column that a filled-in table has.
pub(crate) fn filled_column() -> Text {
    Text::new(
        "这一列是填报后的内容，没有写进规则包",
        "this column holds what was filled in; it is not part of the rules",
    )
}

pub(crate) fn stray_row() -> Text {
    Text::new("这一行不是指标，没有写进规则包", "this row is no indicator; it is not part of the rules")
}

pub(crate) fn no_criterion() -> Text {
    Text::new("没有评分标准，待编", "no criterion: to be written")
}

pub(crate) fn steps_unsaid() -> Text {
    Text::new(
        "不足一个单位的怎么扣，表上没有写；暂按整数个扣（取整方式：按整），待确认",
        "what a part of a step counts is not said; whole steps are taken, to be confirmed",
    )
}

pub(crate) fn confirm_datum(by: &str) -> Text {
    Text::new(
        format!("数据的类型和口径是推断的，待确认（用于：{by}）"),
        format!("type and meaning of this datum are guessed, to be confirmed (read by {by})"),
    )
}

pub(crate) fn name_twice() -> Text {
    Text::new("同名的指标不止一个，名称后加了行号", "several indicators have this name; the row was added to it")
}

pub(crate) fn no_points() -> Text {
    Text::new("没有分值，没有写进规则包", "no points: it was left out of the rules")
}

pub(crate) fn group_criterion() -> Text {
    Text::new("有下级的指标另有评分标准，留在说明里", "a group has a criterion of its own; it was kept as a note")
}

pub(crate) fn points_by_rest() -> Text {
    Text::new(
        "没有写分值，按上级的分值减去其余各项推算，待确认",
        "no points are given; they are what the group's leave, to be confirmed",
    )
}

pub(crate) fn sum_differs(said: &heng_model::Number, sum: &heng_model::Number) -> Text {
    let [said, sum] = [said, sum].map(|number| number.decimal_text().unwrap_or_default());
    Text::new(
        format!("表上写{said}分，下级各项之和是{sum}分；规则包按{sum}分写，待确认"),
        format!("the table says {said}, the parts make {sum}; the pack has {sum}, to be confirmed"),
    )
}

pub(crate) fn not_compiled() -> Text {
    Text::new("这句话读得懂，但写成的规则通不过检查", "the sentence was read, but its rule does not pass the checker")
}

pub(crate) fn imported_note() -> Text {
    Text::new(
        "由评分表导入，数据的名称、类型和标“待确认”的各处须逐项核对",
        "imported from a scoring table; names and types of data, and all that is marked \"to be confirmed\", must be checked",
    )
}

pub(crate) const CONFIRM: Pair = Pair("待确认", "to be confirmed");

pub(crate) fn original() -> Text {
    Text::new("原文：", "as printed: ")
}

pub(crate) fn points_doubtful() -> Text {
    Text::new("分值待确认", "points to be confirmed")
}
