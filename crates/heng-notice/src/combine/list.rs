//! Lists of requirements: points for each met, or off for each that fails.

use heng_model::Number;

use super::{Tails, condition_name, datum, name};
use crate::{
    amount::{Amount, Gets},
    clause::Clause,
    reading::{Frame, Guess, Known, Reading, Refusal, Why},
};

fn refused(why: Why) -> Refusal {
    Refusal::new(why, Known::Checklist, "")
}

/// What a list says of its items.
#[derive(Default)]
struct List {
    items: Vec<String>,
    all: Option<Gets>,
    each: Option<Gets>,
    fails: Option<Gets>,
    none: bool,
}

fn gather(core: &[Clause]) -> Result<List, Refusal> {
    let mut list = List::default();
    for clause in core {
        let fresh = match clause {
            Clause::Item { text } => {
                let item = condition_name(text);
                let fresh = !list.items.contains(&item);
                list.items.push(item);
                fresh
            }
            Clause::AllMet { gets } => list.all.replace(gets.clone()).is_none(),
            Clause::EachMet { gets } => list.each.replace(gets.clone()).is_none(),
            Clause::EachFails { off } => list.fails.replace(off.clone()).is_none(),
            Clause::Otherwise { gets } if gets.is_nought() && !list.none => {
                list.none = true;
                true
            }
            _ => return Err(refused(Why::TwoReadings)),
        };
        if !fresh {
            return Err(refused(Why::Contradiction));
        }
    }
    Ok(list)
}

/// 计分 or 扣分 over a list.
pub(super) fn list(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let list = gather(core)?;
    if let (Some(off), [], None, None, false) = (&list.fails, list.items.as_slice(), &list.all, &list.each, list.none) {
        let item = Clause::PerItem { what: "不符合".to_owned(), count: one(), off: off.clone() };
        return super::deduct::deduct(&[item], tails, frame);
    }
    if list.items.len() < 2 || tails.partial.is_some() || tails.most_off.is_some() {
        return Err(refused(Why::Unknown));
    }
    if list.all.as_ref().is_some_and(|all| !all.is_full(frame.full))
        || tails.most_gets.as_ref().is_some_and(|most| !most.is_full(frame.full))
    {
        return Err(refused(Why::Total));
    }
    let data = list.items.iter().map(|item| datum(item, Guess::YesNo)).collect();
    let lines = match (&list.each, &list.fails) {
        (Some(each), None) => checks(&list, each, tails, frame)?,
        (None, Some(off)) if !list.none => fails(&list, off, frame)?,
        // 均符合得满分，否则不得分: all or nothing.
        (None, None) if list.all.is_some() && list.none => {
            let all: Vec<_> = list.items.iter().map(|item| name(item)).collect();
            vec!["分档 {".to_owned(), format!("{}：满分", all.join(" 且 ")), "其他：0分".to_owned(), "}".to_owned()]
        }
        (Some(_), Some(_)) => return Err(refused(Why::Contradiction)),
        _ => return Err(refused(Why::Unknown)),
    };
    Ok(Reading { lines, data, steps_unsaid: false })
}

fn one() -> Amount {
    Amount { number: Number::ONE, text: "1".to_owned(), unit: "项".to_owned() }
}

fn times(count: usize, points: &Number) -> Number {
    &Number::from(i64::try_from(count).unwrap_or(i64::MAX)) * points
}

fn checks(list: &List, each: &Gets, tails: &Tails, frame: &Frame<'_>) -> Result<Vec<String>, Refusal> {
    let Gets::Points(points, _) = each else { return Err(refused(Why::Unknown)) };
    let sum = times(list.items.len(), points);
    let capped = match frame.full {
        Some(full) if sum < *full => return Err(refused(Why::Total)),
        Some(full) if sum > *full && tails.most_gets.is_none() => return Err(refused(Why::Total)),
        Some(full) => sum > *full,
        None => false,
    };
    let mut lines = vec![if capped { "计分 到 满分 {".to_owned() } else { "计分 {".to_owned() }];
    lines.extend(list.items.iter().map(|item| format!("{}：{}", name(item), each.rule())));
    lines.push("}".to_owned());
    Ok(lines)
}

fn fails(list: &List, off: &Gets, frame: &Frame<'_>) -> Result<Vec<String>, Refusal> {
    if frame.full.is_some_and(|full| matches!(off, Gets::Points(off, _) if off > full)) {
        return Err(refused(Why::Total));
    }
    let mut lines = vec!["扣分 {".to_owned()];
    lines.extend(list.items.iter().map(|item| format!("非 {}：{}", name(item), off.rule())));
    lines.push("}".to_owned());
    Ok(lines)
}

/// 扣分 over conditions: 未按时报送的扣1分.
pub(super) fn takes_off(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let refused = |why| Refusal::new(why, Known::PerItem, "");
    if tails.partial.is_some() || tails.most_gets.is_some() || tails.most_off.is_some() {
        return Err(refused(Why::Contradiction));
    }
    let (mut lines, mut data) = (vec!["扣分 {".to_owned()], Vec::new());
    for clause in core {
        let Clause::TakesOff { condition, off } = clause else { return Err(refused(Why::TwoReadings)) };
        if frame.full.is_some_and(|full| matches!(off, Gets::Points(off, _) if off > full)) {
            return Err(refused(Why::Total));
        }
        let condition = condition_name(condition);
        if data.iter().any(|known: &crate::Datum| known.name == condition) {
            return Err(refused(Why::Contradiction));
        }
        lines.push(format!("{}：{}", name(&condition), off.rule()));
        data.push(datum(&condition, Guess::YesNo));
    }
    lines.push("}".to_owned());
    Ok(Reading { lines, data, steps_unsaid: false })
}

/// 计分 per thing done, up to the full marks: 每发表1篇得0.5分，最高3分.
pub(super) fn earns(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let [Clause::EarnsPer { what, each }] = core else { return Err(refused(Why::TwoReadings)) };
    if !tails.most_gets.as_ref().is_some_and(|most| most.is_full(frame.full)) {
        return Err(refused(Why::Total));
    }
    let what = if what.is_empty() { format!("{}得分事项", frame.indicator) } else { what.clone() };
    let lines = vec!["计分 到 满分 {".to_owned(), format!("{}，每 1项：{}", name(&what), each.rule()), "}".to_owned()];
    Ok(Reading { lines, data: vec![datum(&what, Guess::Table)], steps_unsaid: false })
}
