//! Yes or no, several requirements with points of their own, words of a rating.

use super::{Tails, choice::choice, condition_name, datum, name, reaches_full};
use crate::{
    amount::Gets,
    clause::Clause,
    reading::{Frame, Guess, Known, Reading, Refusal, Why},
};
use heng_model::Number;

fn refused(why: Why) -> Refusal {
    Refusal::new(why, Known::YesNo, "")
}

/// Conditions in words of their own.
pub(super) fn yes_no(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let (mut rows, mut other): (Vec<(String, Gets)>, Option<Gets>) = (Vec::new(), None);
    for clause in core {
        match clause {
            Clause::When { condition, gets } if other.is_none() => rows.push((condition_name(condition), gets.clone())),
            Clause::Otherwise { gets } if other.is_none() && !rows.is_empty() => other = Some(gets.clone()),
            _ => return Err(refused(Why::TwoReadings)),
        }
    }
    if tails.most_gets.as_ref().is_some_and(|most| !most.is_full(frame.full)) {
        return Err(refused(Why::Total));
    }
    if let Some(choice) = choice(&rows, other.as_ref(), frame) {
        return choice;
    }
    match rows.as_slice() {
        [(yes, gets)] => either(yes, gets, other.as_ref(), frame),
        [(yes, gets), (no, otherwise)] if other.is_none() && opposite(yes, no) => {
            either(yes, gets, Some(otherwise), frame)
        }
        rows if other.is_none() => each_its_points(rows, frame),
        _ => Err(refused(Why::TwoReadings)),
    }
}

fn either(yes: &str, gets: &Gets, otherwise: Option<&Gets>, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let otherwise = otherwise.ok_or_else(|| refused(Why::Gap))?;
    if gets == otherwise {
        return Err(refused(Why::Contradiction));
    }
    reaches_full([gets, otherwise].into_iter(), frame, Known::YesNo)?;
    let lines = vec![
        "分档 {".to_owned(),
        format!("{}：{}", name(yes), gets.rule()),
        format!("其他：{}", otherwise.rule()),
        "}".to_owned(),
    ];
    Ok(Reading { lines, data: vec![datum(yes, Guess::YesNo)], steps_unsaid: false })
}

/// Words of which one alone holds: points for them do not add up.
const LEVELS: [&str; 10] = ["国家级", "部级", "省级", "市级", "区级", "县级", "特等", "一等", "二等", "三等"];

/// Requirements that add up to the full marks.
fn each_its_points(rows: &[(String, Gets)], frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let full = frame.full.ok_or_else(|| refused(Why::TwoReadings))?;
    let mut sum = Number::ZERO;
    for (_, gets) in rows {
        let Gets::Points(points, _) = gets else { return Err(refused(Why::TwoReadings)) };
        if *points <= Number::ZERO {
            return Err(refused(Why::TwoReadings));
        }
        sum = &sum + points;
    }
    if sum != *full {
        return Err(refused(Why::Total));
    }
    let opposites =
        rows.iter().enumerate().any(|(at, (a, _))| rows.iter().skip(at + 1).any(|(b, _)| a == b || opposite(a, b)));
    if rows.iter().filter(|(condition, _)| LEVELS.iter().any(|level| condition.contains(level))).count() > 1 {
        return Err(refused(Why::TwoReadings));
    }
    if opposites {
        return Err(refused(Why::Contradiction));
    }
    let mut lines = vec!["计分 {".to_owned()];
    lines.extend(rows.iter().map(|(condition, gets)| format!("{}：{}", name(condition), gets.rule())));
    lines.push("}".to_owned());
    let data = rows.iter().map(|(condition, _)| datum(condition, Guess::YesNo)).collect();
    Ok(Reading { lines, data, steps_unsaid: false })
}

/// A condition without its positive or negative word, and whether it is negative.
fn core_of(text: &str) -> (String, bool) {
    const NEGATIVE: [&str; 12] =
        ["未发现", "未出现", "未发生", "不存在", "没有", "未能", "未", "无", "不", "没", "并非", "非"];
    const POSITIVE: [&str; 8] = ["发现", "出现", "发生", "存在", "有", "已", "能够", "能"];
    for word in NEGATIVE {
        if let Some((before, after)) = text.split_once(word) {
            let after = POSITIVE.iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
            return (format!("{before}{after}"), true);
        }
    }
    for word in POSITIVE {
        if let Some(after) = text.strip_prefix(word) {
            return (after.to_owned(), false);
        }
    }
    (text.to_owned(), false)
}

/// 未开展 after 年内开展资产盘点: the second says the verb alone.
fn part_of(a: &str, b: &str) -> bool {
    a.contains(b) && b.chars().count() >= 2 && !["且", "或", "并"].iter().any(|word| a.contains(word))
}

/// Whether one condition holds exactly where the other does not.
pub(super) fn opposite(a: &str, b: &str) -> bool {
    if (a, b) == ("是", "否") || (a, b) == ("有", "无") || (a, b) == ("合格", "不合格") {
        return true;
    }
    let ((a, not_a), (b, not_b)) = (core_of(a), core_of(b));
    let bare = |text: &str| text.replace(['已', '的', '了'], "");
    let (a, b) = (bare(&a), bare(&b));
    not_a != not_b && !a.is_empty() && (a == b || part_of(&a, &b))
}
