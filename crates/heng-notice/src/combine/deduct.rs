//! Points off per step and per thing found.

use heng_model::Number;

use super::{Tails, bands::target, condition_name, datum, guess, name, one_subject};
use crate::{
    amount::{Amount, Gets},
    clause::{Clause, Partial, Side},
    range::Range,
    reading::{Datum, Frame, Guess, Known, Reading, Refusal, Why},
};

/// 扣分 per step beyond a limit, or per thing found.
pub(super) fn deduct(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let steps = core.iter().any(|clause| matches!(clause, Clause::Step { .. }));
    let items = core.iter().any(|clause| matches!(clause, Clause::PerItem { .. }));
    match (steps, items) {
        (true, false) => by_steps(core, tails, frame),
        (false, true) => by_items(core, tails, frame),
        _ => Err(Refusal::new(Why::Subjects, Known::Steps, "")),
    }
}

fn refused(why: Why) -> Refusal {
    Refusal::new(why, Known::Steps, "")
}

/// The headline of a 扣分, with its floor.
fn headline(tails: &Tails, frame: &Frame<'_>) -> Result<String, Refusal> {
    if tails.most_gets.as_ref().is_some_and(|most| !most.is_full(frame.full)) {
        return Err(refused(Why::Total));
    }
    let Some(most) = &tails.most_off else { return Ok("扣分 {".to_owned()) };
    let (Gets::Points(off, _), Some(full)) = (most, frame.full) else { return Err(refused(Why::Total)) };
    match off.cmp(full) {
        std::cmp::Ordering::Greater => Err(refused(Why::Total)),
        std::cmp::Ordering::Equal => Ok("扣分 {".to_owned()),
        // 扣完为止 and a smaller bound: what is left cannot be both nought and more.
        std::cmp::Ordering::Less if tails.till_nothing => Err(refused(Why::Contradiction)),
        std::cmp::Ordering::Less => {
            let left = full - off;
            let text = left.decimal_text().ok_or_else(|| refused(Why::Total))?;
            Ok(format!("扣分 到 {text}分 {{"))
        }
    }
}

fn suffix(partial: Option<Partial>) -> &'static str {
    match partial {
        Some(Partial::Whole) => "，按整",
        Some(Partial::ProRata) => "，按比例",
        Some(Partial::Up) => "，不足一个按一个",
        None => "",
    }
}

/// Which side of which limit a full target leaves.
fn limit_of(range: &Range) -> Result<(Amount, Option<Side>), Refusal> {
    match (&range.low, &range.high) {
        (Some(low), Some(high)) if low == high => Ok((low.at.clone(), None)),
        (Some(low), None) if low.closed == Some(true) => Ok((low.at.clone(), Some(Side::Below))),
        (None, Some(high)) if high.closed == Some(true) => Ok((high.at.clone(), Some(Side::Above))),
        _ => Err(refused(Why::TwoReadings)),
    }
}

fn by_steps(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let [before @ .., Clause::Step { subject, side, limit, step, off, partial }] = core else {
        return by_steps_with_floor(core, tails, frame);
    };
    let (mut limit, mut side) = (limit.clone(), *side);
    let mut cases = Vec::new();
    let mut targets = Vec::new();
    for clause in before {
        match clause {
            Clause::Band { .. } => targets.push(clause),
            Clause::When { condition, gets: gets @ (Gets::Full | Gets::NotApplicable) } if is_absence(condition) => {
                cases.push((condition_name(condition), gets.clone()));
            }
            _ => return Err(refused(Why::TwoReadings)),
        }
    }
    let figure =
        one_subject(targets.iter().filter_map(|clause| target(clause)).map(|(name, ..)| name).chain([subject]), frame)?;
    if let [target_clause] = targets.as_slice()
        && let Some((_, range, gets)) = target(target_clause)
    {
        if !gets.is_full(frame.full) {
            return Err(refused(Why::Total));
        }
        let (at, leaves) = limit_of(range)?;
        if limit.as_ref().is_some_and(|said| said.number != at.number)
            || (side, leaves) == (Some(Side::Above), Some(Side::Below))
            || (side, leaves) == (Some(Side::Below), Some(Side::Above))
        {
            return Err(refused(Why::Contradiction));
        }
        // 等于100%得满分，每低…: only one side loses points, and the other is not spoken of.
        if leaves.is_none() && side != Some(Side::Away) && at.text != "100" && at.text != "0" {
            return Err(refused(Why::TwoReadings));
        }
        if leaves.is_some() && side == Some(Side::Away) {
            return Err(refused(Why::Contradiction));
        }
        side = side.or(leaves);
        limit = Some(at);
    } else if targets.len() > 1 {
        return Err(refused(Why::TwoReadings));
    }
    if let (Some(standard), Some(limit)) = (&tails.standard, &limit)
        && standard.number != limit.number
    {
        return Err(refused(Why::Contradiction));
    }
    let mut limit = limit.or_else(|| tails.standard.clone()).ok_or_else(|| refused(Why::NoLimit))?;
    if limit.unit.is_empty() && limit.text == "0" && matches!(step.unit.as_str(), "个百分点" | "%") {
        "%".clone_into(&mut limit.unit);
    }
    let side = side.ok_or_else(|| refused(Why::TwoReadings))?;
    written(&figure, side, &limit, step, off, partial.or(tails.partial), &cases, tails, frame)
}

/// Steps with a range below which nothing is left: 低于60%不得分.
fn by_steps_with_floor(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let (Some(last), Some(rest)) = (core.last(), core.get(..core.len().saturating_sub(1))) else {
        return Err(refused(Why::Unknown));
    };
    let (Some((subject, range, gets)), Some(Clause::Step { .. })) = (target(last), rest.last()) else {
        return Err(refused(Why::TwoReadings));
    };
    if !gets.is_nought() || range.low.is_some() == range.high.is_some() {
        return Err(refused(Why::TwoReadings));
    }
    let mut reading = by_steps(rest, tails, frame)?;
    let subjects = rest.iter().filter_map(|clause| match clause {
        Clause::Step { subject, .. } | Clause::Band { subject, .. } => Some(subject),
        _ => None,
    });
    let figure = one_subject(subjects.chain([subject]), frame)?;
    let below = reading.lines.iter().any(|line| line.contains(" 低于 "));
    if below != range.high.is_some() || !figure_is(&reading, &figure) || !beyond_limit(rest, range, below) {
        return Err(refused(Why::Contradiction));
    }
    let cell = range.cell().ok_or_else(|| refused(Why::Edge))?;
    reading.lines.insert(0, format!("当 {} {cell}：0分", name(&figure)));
    Ok(reading)
}

fn figure_is(reading: &Reading, figure: &str) -> bool {
    reading.data.iter().any(|datum| datum.name == figure)
}

/// Whether the end below which nothing is left lies beyond the limit.
fn beyond_limit(rest: &[Clause], range: &Range, below: bool) -> bool {
    let limit = rest.iter().find_map(|clause| match clause {
        Clause::Band { range, .. } => limit_of(range).ok().map(|(limit, _)| limit),
        Clause::Step { limit, .. } => limit.clone(),
        _ => None,
    });
    let end = range.ends().next();
    match (limit, end) {
        (Some(limit), Some(end)) if below => end.at.number < limit.number,
        (Some(limit), Some(end)) => end.at.number > limit.number,
        _ => false,
    }
}

#[allow(clippy::too_many_arguments, reason = "the parts of one line")]
fn written(
    figure: &str,
    side: Side,
    limit: &Amount,
    step: &Amount,
    off: &Gets,
    partial: Option<Partial>,
    cases: &[(String, Gets)],
    tails: &Tails,
    frame: &Frame<'_>,
) -> Result<Reading, Refusal> {
    // 每低1%: a step of a rate is a percentage point.
    let step = match (limit.unit.as_str(), step.unit.as_str()) {
        ("%", "%") => Amount { unit: "个百分点".to_owned(), ..step.clone() },
        ("%", "个百分点") => step.clone(),
        ("元" | "万元" | "亿元", "元" | "万元" | "亿元") => step.clone(),
        (a, b) if a == b => step.clone(),
        _ => return Err(refused(Why::TwoReadings)),
    };
    if step.number <= Number::ZERO {
        return Err(refused(Why::Unknown));
    }
    if frame.full.is_some_and(|full| matches!(off, Gets::Points(off, _) if off > full)) {
        return Err(refused(Why::Total));
    }
    let word = match side {
        Side::Above => "超过",
        Side::Below => "低于",
        Side::Away => "偏离",
    };
    let mut lines: Vec<String> =
        cases.iter().map(|(case, gets)| format!("当 {}：{}", name(case), gets.rule())).collect();
    lines.push(headline(tails, frame)?);
    lines.push(format!(
        "{} {word} {}，每 {}：{}{}",
        name(figure),
        limit.rule(),
        step.rule(),
        off.rule(),
        suffix(partial)
    ));
    lines.push("}".to_owned());
    let mut data = vec![datum(figure, guess(limit))];
    data.extend(cases.iter().map(|(case, _)| datum(case, Guess::YesNo)));
    Ok(Reading { lines, data, steps_unsaid: partial.is_none() })
}

/// Whether a condition says that there is nothing of a kind.
pub(super) fn is_absence(text: &str) -> bool {
    ["无", "没有", "未发现", "未出现", "不存在", "未发生", "未被", "未"].iter().any(|word| text.starts_with(word))
}

fn absent_thing(text: &str) -> &str {
    let words = ["未发现", "未出现", "不存在", "未发生", "没有", "无", "未被", "未"];
    let rest = words.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    rest.trim_end_matches(['的', '者']).trim_end_matches("问题").trim_end_matches("情况").trim_end_matches("行为")
}

fn by_items(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let refused = |why| Refusal::new(why, Known::PerItem, "");
    if tails.partial.is_some() {
        return Err(refused(Why::Contradiction));
    }
    let (mut lines, mut rows, mut data): (Vec<String>, Vec<String>, Vec<Datum>) = Default::default();
    for (position, clause) in core.iter().enumerate() {
        match clause {
            Clause::PerItem { what, count, off } => {
                let thing = thing(what, frame);
                if frame.full.is_some_and(|full| matches!(off, Gets::Points(off, _) if off > full)) {
                    return Err(refused(Why::Total));
                }
                if data.iter().any(|known| known.name == thing) {
                    return Err(refused(Why::Contradiction));
                }
                rows.push(format!("{}，每 {}项：{}", name(&thing), count.text, off.rule()));
                data.push(datum(&thing, Guess::Table));
            }
            Clause::When { condition, gets }
                if position == 0 && gets.is_full(frame.full) && !is_absence(condition) && all_fail(condition, core) => {
            }
            Clause::When { condition, gets } if position == 0 && gets.is_full(frame.full) && is_absence(condition) => {
                let whats = core.iter().filter_map(|clause| match clause {
                    Clause::PerItem { what, .. } => Some(what.as_str()),
                    _ => None,
                });
                let absent = absent_thing(condition);
                if !whats.clone().all(|what| {
                    what.is_empty()
                        || what.contains(absent)
                        || absent.contains(what.trim_end_matches("问题").trim_end_matches("行为"))
                }) {
                    return Err(refused(Why::TwoReadings));
                }
            }
            Clause::When { condition, gets } if gets.is_nought() && !is_absence(condition) => {
                let condition = condition_name(condition);
                lines.push(format!("当 {}：0分", name(&condition)));
                data.push(datum(&condition, Guess::YesNo));
            }
            _ => return Err(refused(Why::TwoReadings)),
        }
    }
    lines.push(headline(tails, frame)?);
    lines.extend(rows);
    lines.push("}".to_owned());
    Ok(Reading { lines, data, steps_unsaid: false })
}

/// Whether what is counted is what the condition denies: 会计核算规范 and 不规范, 完成重点工作 and 未完成.
fn all_fail(condition: &str, core: &[Clause]) -> bool {
    let denies = |what: &str| {
        ["未", "不"].iter().any(|word| {
            what.strip_prefix(word).is_some_and(|verb| verb.chars().count() > 1 && condition.contains(verb))
        })
    };
    let mut counted = core.iter().filter_map(|clause| match clause {
        Clause::PerItem { what, .. } => Some(what),
        _ => None,
    });
    counted.all(|what| denies(what))
}

/// What is counted; where the sentence names nothing, the indicator's own findings.
fn thing(what: &str, frame: &Frame<'_>) -> String {
    match what {
        "" => format!("{}扣分事项", frame.indicator),
        what if bare_verb(what) => format!("{}{what}事项", frame.indicator),
        what => what.to_owned(),
    }
}

/// 迟报, 未执行: words that say what happened and not to what.
fn bare_verb(what: &str) -> bool {
    what.chars().count() <= 3 && (what.starts_with(['未', '不', '迟', '漏', '瞒']) || what == "错报")
}
