//! Words of which one holds: 优的得5分，良的得3分，差的不得分.

use heng_model::Number;

use super::{datum, name, reaches_full};
use crate::{
    amount::Gets,
    reading::{Frame, Guess, Known, Reading, Refusal, Why},
};

/// Scales whose words exclude each other, best first.
const SCALES: [&[&str]; 9] = [
    &["优", "良", "中", "低", "差"],
    &["优", "良", "中", "差"],
    &["优秀", "良好", "合格", "不合格"],
    &["优秀", "良好", "一般", "较差"],
    &["优秀", "良好", "中等", "较差"],
    &["好", "较好", "一般", "较差", "差"],
    &["达成", "部分达成", "未达成"],
    &["全部完成", "部分完成", "未完成"],
    &["A", "B", "C", "D"],
];

/// Prefixes that make three steps out of one word: 完成, 基本完成, 未完成.
const MIDDLE: [&str; 2] = ["基本", "部分"];

fn is_scale(words: &[&str]) -> bool {
    let listed = SCALES.iter().any(|scale| {
        let mut places = words.iter().map(|word| scale.iter().position(|other| other == word));
        let mut last = None;
        places.all(|place| {
            let rises = place.is_some() && place > last;
            last = place;
            rises
        })
    });
    let derived = match words {
        [best, middle, rest @ ..] => {
            let root = best.trim_start_matches("完全").trim_start_matches("全部");
            MIDDLE.iter().any(|prefix| *middle == format!("{prefix}{root}"))
                && rest.iter().all(|worst| ["不", "未"].iter().any(|not| *worst == format!("{not}{root}")))
                && rest.len() <= 1
        }
        _ => false,
    };
    listed || derived
}

/// 分档 over the words; none where they are no scale.
pub(super) fn choice(
    rows: &[(String, Gets)],
    other: Option<&Gets>,
    frame: &Frame<'_>,
) -> Option<Result<Reading, Refusal>> {
    let strip = ["评价为", "评为", "结果为", "等级为", "为", "评价等级为"];
    let words: Vec<&str> =
        rows.iter().map(|(word, _)| strip.iter().find_map(|lead| word.strip_prefix(lead)).unwrap_or(word)).collect();
    if words.len() > 1 && is_scale(&words) {
        return Some(written("评价", &words, rows, other, frame));
    }
    is_ladder(rows, other, frame).then(|| written("情况", &words, rows, other, frame))
}

/// From the full marks step by step down to nought: 按时公开得2分，逾期公开得1分，未公开不得分. Such
/// points cannot add up, so one row alone holds.
fn is_ladder(rows: &[(String, Gets)], other: Option<&Gets>, frame: &Frame<'_>) -> bool {
    let gets: Vec<&Gets> = rows.iter().map(|(_, gets)| gets).chain(other).collect();
    let points: Vec<Number> = gets.iter().filter_map(|gets| super::number_of(gets, frame.full)).collect();
    let falls = points.windows(2).all(|pair| matches!(pair, [a, b] if a > b));
    let twice = rows.iter().enumerate().any(|(at, (word, _))| rows.iter().skip(at + 1).any(|(other, _)| word == other));
    rows.len() > 1
        && gets.len() > 2
        && points.len() == gets.len()
        && falls
        && !twice
        && frame.full.is_some_and(|full| points.first() == Some(full))
        && gets.last().is_some_and(|gets| gets.is_nought())
}

fn written(
    kind: &str,
    words: &[&str],
    rows: &[(String, Gets)],
    other: Option<&Gets>,
    frame: &Frame<'_>,
) -> Result<Reading, Refusal> {
    let refused = |why| Refusal::new(why, Known::Rating, "");
    reaches_full(rows.iter().map(|(_, gets)| gets), frame, Known::Rating)?;
    let points: Vec<Number> = rows.iter().filter_map(|(_, gets)| super::number_of(gets, frame.full)).collect();
    if points.windows(2).any(|pair| matches!(pair, [a, b] if a <= b)) {
        return Err(refused(Why::Contradiction));
    }
    let figure = format!("{}{kind}", frame.indicator);
    let mut all: Vec<String> = words.iter().map(|word| name(word)).collect();
    let mut lines = vec![format!("分档 {} {{", name(&figure))];
    lines.extend(words.iter().zip(rows).map(|(word, (_, gets))| format!("{}：{}", name(word), gets.rule())));
    if let Some(gets) = other {
        all.push("其余".to_owned());
        lines.push(format!("其他：{}", gets.rule()));
    }
    lines.push("}".to_owned());
    Ok(Reading { lines, data: vec![datum(&figure, Guess::Choice(all))], steps_unsaid: false })
}
