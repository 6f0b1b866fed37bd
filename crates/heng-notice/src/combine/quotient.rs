//! One figure over another: as what is scored, and as what a ratio is said to be.

use super::{Tails, datum, name};
use crate::{
    clause::Clause,
    reading::{Frame, Guess, Known, Reading, Refusal, Why},
};

fn refused(why: Why, at: &str) -> Refusal {
    Refusal::new(why, Known::Proportion, at)
}

/// 得分 = 满分 × a ÷ b.
pub(super) fn times(core: &[Clause], tails: &Tails, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    let [Clause::Quotient { over, under, points }] = core else { return Err(refused(Why::TwoReadings, "")) };
    if !points.is_full(frame.full) || tails.most_gets.as_ref().is_some_and(|most| !most.is_full(frame.full)) {
        return Err(refused(Why::Total, ""));
    }
    let guess = both(over, under)?;
    let cap = if tails.most_gets.is_some() { "，不超过 满分" } else { "" };
    let lines = vec![nought(under, &guess), format!("得分 = 满分 × {} ÷ {}{cap}", name(over), name(under))];
    Ok(Reading { lines, data: vec![datum(over, guess.clone()), datum(under, guess)], steps_unsaid: false })
}

/// A reading in which a ratio is no datum but what the sentence says it is.
pub(super) fn defined(mut reading: Reading, [ratio, over, under]: &[String; 3]) -> Result<Reading, Refusal> {
    let place = reading.data.iter().position(|datum| datum.name == *ratio);
    let bounded = |guess: &Guess| matches!(guess, Guess::Ratio);
    let Some(place) = place.filter(|place| reading.data.get(*place).is_some_and(|datum| bounded(&datum.guess))) else {
        return Err(refused(Why::Subjects, ratio));
    };
    let guess = both(over, under)?;
    reading.data.splice(place..=place, [datum(over, guess.clone()), datum(under, guess.clone())]);
    reading.lines.splice(0..0, [nought(under, &guess), format!("{} = {} ÷ {}", name(ratio), name(over), name(under))]);
    Ok(reading)
}

/// The sentence does not say what a divisor of nought comes to: a person has to.
fn nought(under: &str, guess: &Guess) -> String {
    let unit = if *guess == Guess::Money { "元" } else { "" };
    format!("当 {} = 0{unit}：待核", name(under))
}

/// What both figures are: the ends of their names say it, and they must say the same.
fn both(over: &str, under: &str) -> Result<Guess, Refusal> {
    match (kind(over), kind(under)) {
        (Some(a), Some(b)) if a == b && over != under => Ok(a),
        _ => Err(refused(Why::TwoReadings, &format!("{over}÷{under}"))),
    }
}

fn kind(text: &str) -> Option<Guess> {
    const MONEY: [&str; 17] = [
        "预算数",
        "决算数",
        "支出数",
        "执行数",
        "收入数",
        "额",
        "经费",
        "资金",
        "支出",
        "预算",
        "决算",
        "收入",
        "成本",
        "金额",
        "费用",
        "投资",
        "价值",
    ];
    const COUNTED: [&str; 12] =
        ["人数", "个数", "件数", "次数", "项数", "户数", "项目数", "问题数", "合同数", "数量", "数", "编制"];
    let ends = |words: &[&str]| words.iter().any(|word| text.ends_with(word));
    match () {
        () if ends(&MONEY) => Some(Guess::Money),
        () if ends(&COUNTED) => Some(Guess::Count),
        () => None,
    }
}
