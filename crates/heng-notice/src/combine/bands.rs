//! Ranges of one figure, and what is in proportion to it.

use super::{Tails, datum, guess, name, one_subject, reaches_full};
use crate::{
    amount::Gets,
    clause::Clause,
    range::{End, Range},
    reading::{Frame, Guess, Known, Reading, Refusal, Why},
};

fn refused(why: Why) -> Refusal {
    Refusal::new(why, Known::Bands, "")
}

/// 分档 over one figure.
pub(super) fn bands(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let (mut rows, mut other) = (Vec::new(), None);
    for clause in core {
        match clause {
            Clause::Band { range, gets, .. } if other.is_none() => rows.push((range.clone(), gets.clone())),
            Clause::Otherwise { gets } if other.is_none() && !rows.is_empty() => other = Some(gets.clone()),
            _ => return Err(refused(Why::TwoReadings)),
        }
    }
    let subjects = core.iter().filter_map(|clause| match clause {
        Clause::Band { subject, .. } => Some(subject),
        _ => None,
    });
    let figure = one_subject(subjects, frame)?;
    if tails.most_gets.is_some() {
        return Err(refused(Why::Contradiction));
    }
    one_unit(&mut rows);
    let ranges: Vec<_> = rows.iter().map(|(range, _)| range.clone()).collect();
    let capped = apart(&ranges, other.is_some())?;
    reaches_full(rows.iter().map(|(_, gets)| gets).chain(&other), frame, Known::Bands)?;
    let first = ranges.iter().flat_map(Range::ends).next().ok_or_else(|| refused(Why::Unknown))?;
    let mut lines = vec![format!("分档 {} {{", name(&figure))];
    for (range, gets) in &rows {
        let cell = range.cell().ok_or_else(|| refused(Why::Edge))?;
        lines.push(format!("{cell}：{}", gets.rule()));
    }
    if let Some(gets) = other {
        lines.push(format!("其他：{}", gets.rule()));
    }
    lines.push("}".to_owned());
    let guess = match capped {
        (false, false) => guess(&first.at),
        (low, high) => Guess::Bounded(low, high),
    };
    Ok(Reading { lines, data: vec![datum(&figure, guess)], steps_unsaid: false })
}

/// A nought without a unit has that of the others.
fn one_unit(rows: &mut [(Range, Gets)]) {
    let known = rows.iter().flat_map(|(range, _)| range.ends()).find(|end| !end.at.unit.is_empty()).cloned();
    let Some(known) = known else { return };
    for (range, _) in rows {
        for end in range.low.iter_mut().chain(&mut range.high).filter(|end| end.at.text == "0") {
            end.at = end.at.clone().with_unit_of(&known.at);
        }
    }
}

/// A lower and an upper end as comparable numbers: the number, and whether the end lies just beside it.
type Key = Option<(heng_model::Number, i8)>;

fn low_key(end: Option<&End>) -> Result<Key, Refusal> {
    end.map(|end| Ok((end.at.number.clone(), if end.closed.ok_or_else(|| refused(Why::Edge))? { 0 } else { 1 })))
        .transpose()
}

fn high_key(end: Option<&End>) -> Result<Key, Refusal> {
    end.map(|end| Ok((end.at.number.clone(), if end.closed.ok_or_else(|| refused(Why::Edge))? { 1 } else { 0 })))
        .transpose()
}

/// That the ranges neither overlap nor leave a gap; whether they end at a hundred per cent.
fn apart(ranges: &[Range], other: bool) -> Result<(bool, bool), Refusal> {
    let unit = ranges.iter().flat_map(Range::ends).map(|end| end.at.unit.as_str()).next();
    if ranges.iter().flat_map(Range::ends).any(|end| Some(end.at.unit.as_str()) != unit) {
        return Err(refused(Why::TwoReadings));
    }
    let mut spans = Vec::new();
    for range in ranges {
        let (low, high) = (low_key(range.low.as_ref())?, high_key(range.high.as_ref())?);
        if let (Some(low), Some(high)) = (&low, &high)
            && low >= high
        {
            return Err(refused(Why::Contradiction));
        }
        spans.push((low, high));
    }
    chain(&mut spans)?;
    spans.sort_by(|a, b| a.0.cmp(&b.0));
    let percent = unit == Some("%");
    let floor = spans.first().is_some_and(|(low, _)| starts_at_nought(low)) && percent && !other;
    let mut reached: Option<Key> = None;
    for (low, high) in &spans {
        match &reached {
            None if low.is_some() && !other && !floor => return Err(refused(Why::Gap)),
            Some(None) => return Err(refused(Why::Overlap)),
            Some(top) if low < top => return Err(refused(Why::Overlap)),
            Some(top) if low > top && !other => return Err(refused(Why::Gap)),
            _ => {}
        }
        reached = Some(high.clone());
    }
    match reached.flatten() {
        Some((number, 1)) if !other && number == heng_model::Number::from(100) && percent => Ok((floor, true)),
        Some(_) if !other => Err(refused(Why::Gap)),
        _ => Ok((floor, false)),
    }
}

fn starts_at_nought(low: &Key) -> bool {
    matches!(low, Some((number, 0)) if *number == heng_model::Number::ZERO)
}

/// A chain of one-sided ranges is read from the top: each leaves out what the one before it took.
fn chain(spans: &mut [(Key, Key)]) -> Result<(), Refusal> {
    let mut last: Option<(Key, bool)> = None;
    for (low, high) in spans.iter_mut() {
        let here = match (&low, &high) {
            (Some(_), None) => (low.clone(), true),
            (None, Some(_)) => (high.clone(), false),
            _ => continue,
        };
        if let Some((before, up)) = &last
            && *up == here.1
        {
            match up {
                true if here.0 < *before => high.clone_from(before),
                false if here.0 > *before => low.clone_from(before),
                _ => return Err(refused(Why::Order)),
            }
        }
        last = Some(here);
    }
    Ok(())
}

/// 满分 × a rate.
pub(super) fn proportion(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let refused = |why| Refusal::new(why, Known::Proportion, "");
    match core {
        [Clause::Band { subject, range, gets }, Clause::InProportion] => {
            let Range { low: Some(end), high } = range else { return Err(refused(Why::Contradiction)) };
            let exact = high.as_ref().is_some_and(|high| high == end && end.at.is_percent() && end.at.text == "100");
            let open = high.is_none() || exact;
            if !open
                || end.closed != Some(true)
                || !gets.is_full(frame.full)
                || end.at.number <= heng_model::Number::ZERO
            {
                return Err(refused(Why::Contradiction));
            }
            let figure = one_subject(std::iter::once(subject), frame)?;
            let share = match end.at.is_percent() && end.at.text == "100" {
                true => name(&figure),
                false => format!("{} ÷ {}", name(&figure), end.at.rule()),
            };
            let lines = vec![format!("得分 = 满分 × {share}，不超过 满分")];
            Ok(Reading { lines, data: vec![datum(&figure, guess(&end.at))], steps_unsaid: false })
        }
        [Clause::Times { subject, target }] => {
            if let (Some(target), Some(full)) = (target, frame.full)
                && target.number != *full
            {
                return Err(refused(Why::Total));
            }
            if tails.most_gets.as_ref().is_some_and(|most| !most.is_full(frame.full)) {
                return Err(refused(Why::Total));
            }
            let cap = if tails.most_gets.is_some() { "，不超过 满分" } else { "" };
            let lines = vec![format!("得分 = 满分 × {}{cap}", name(subject))];
            Ok(Reading { lines, data: vec![datum(subject, Guess::Ratio)], steps_unsaid: false })
        }
        [full @ Clause::Band { subject, .. }, Clause::BelowTimes { subjects, limit, points }] => {
            one_subject(std::iter::once(subject).chain(subjects), frame)?;
            let (Clause::Band { range: Range { low: Some(end), .. }, .. }, true) = (full, points.is_full(frame.full))
            else {
                return Err(refused(Why::Total));
            };
            if end.at.number != limit.number {
                return Err(refused(Why::Contradiction));
            }
            proportion(&[full.clone(), Clause::InProportion], tails, frame)
        }
        [Clause::InProportion] => Err(refused(Why::NoLimit)),
        _ => Err(refused(Why::TwoReadings)),
    }
}

/// What the whole of a target gives; none where it is no target.
pub(super) fn target(clause: &Clause) -> Option<(&String, &Range, &Gets)> {
    match clause {
        Clause::Band { subject, range, gets } => Some((subject, range, gets)),
        _ => None,
    }
}
