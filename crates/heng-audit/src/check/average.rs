//! So much for each: 人均, 户均, 平均每次 against an amount and a number of people.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    pattern::patterns,
    wording,
};

patterns! {
    EACH = r"(?:([人户次件])均|平均每([人户次件个家项场期]))[^，。；、\d]{0,10}$";
    RATE = r"标准|月|日|天|年|上限|定额|不超过|以内|左右|增|减|提高|比|较";
}

/// Compares every average with the amount and the number it can be of.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    graph.figures.iter().filter(|figure| figure.family == Family::Money).filter_map(|each| one(graph, each)).collect()
}

fn one(graph: &Graph, each: &Figure) -> Option<Diagnostic> {
    let own = graph.own(each);
    let captured = EACH.captures(own).filter(|_| !RATE.is_match(own))?;
    let of = captured.get(1).or_else(|| captured.get(2))?.as_str();
    let counted = |figure: &&Figure| matches!(&figure.family, Family::Count(word) if word.starts_with(of));
    let money = |figure: &&Figure| figure.family == Family::Money && figure.value > each.value;
    let beside = graph.beside(each);
    let all = beside.iter().filter(money).flat_map(|total| beside.iter().filter(counted).map(move |n| (total, n)));
    if all.clone().any(|(total, count)| agrees(total, count, each)) {
        return None;
    }
    let here = all.filter(|(total, count)| total.sentence == each.sentence && count.sentence == each.sentence);
    let off = |pair: &(&Figure, &Figure)| came(pair.0, pair.1).map(|came| (&came - &each.value).abs());
    let (total, count) = here.filter(|pair| off(pair).is_some()).min_by_key(off)?;
    let near = &off(&(total, count))? * &Number::from(3) <= each.value;
    near.then(|| wording::average(graph, total, count, each, &came(total, count).unwrap_or(Number::ZERO)))
}

fn came(total: &Figure, count: &Figure) -> Option<Number> {
    total.value.checked_div(&count.value)
}

/// Whether the average can be printed so, each figure anywhere within its rounding.
fn agrees(total: &Figure, count: &Figure, each: &Figure) -> bool {
    let low = (&total.value - &total.half).checked_div(&(&count.value + &count.half));
    let high = (&total.value + &total.half).checked_div(&(&count.value - &count.half));
    // An average is rounded to its last place even where that place is the fen.
    let half = if each.half.is_zero() { Number::scaled(5, 3) } else { each.half.clone() };
    low.zip(high).is_none_or(|(low, high)| &low - &half <= each.value && each.value <= &high + &half)
}
