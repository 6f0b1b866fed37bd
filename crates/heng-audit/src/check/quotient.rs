//! Percentages of any wording: rates, shares and changes, against every pair of amounts they can be of.
//!
//! A percentage that some pair of its paragraph makes true is left alone, whatever is said of it. Only one
//! that nothing explains is held to the pair that its words point at.

use heng_diag::Diagnostic;
use heng_model::Number;

use super::share::{agrees, is_bound};
use crate::{
    figure::{Family, Figure},
    graph::{Graph, sum},
    pattern::patterns,
    role::is_amount,
    slip::is_slip_of_digits,
    vocabulary::has,
    wording,
};

patterns! {
    CHANGE = r"(?:增长|增加|上升|提高|提升|上涨|增幅|升幅|涨幅|增速|增|下降|减少|降低|压减|压降|压缩|缩减|核减|削减|降幅|减幅|降|减|节约|节资|节支|节减|节省|超支|超出|变动|调整|调增|调减|增减|偏离|差异|变化)(?:率|幅度|幅|度|比例|比率|额|了|约|近|为|达到|达|是|：|:|的|\s)*$";
    RATE = r"([^，；：、（\d]{0,12}?)(?:率|进度|程度|度|比例)(?:分别)?(?:为|达到|达|约|是|仅|仅为|：|:|的|\s)*$";
    OF_PLAN = r"(?:完成|达到|达|为|是|实现|执行|占|相当于|即)[^，；：]*(?:计划|目标|任务|预算|指标|年初数|应|总)[^，；：\d]{0,8}的$";
    SHARE = r"占(?:到|了|据)?[^，。；、]{0,24}?$|(?:占比|比重)(?:分别)?(?:为|达到|达|约|是|：|:|\s)*$";
    YEARLY = r"(?:上|去|本|今|当)年|20\d\d年";
    RULE = r"[≥≤>＞<＜]|不低于|不少于|不高于|不超过|超过|高于|低于|力争|目标值|指标值|目标为|要求|每|不足|接近|平均|全国|全省|全市|定为|设定|标准|确保|保持|预计|上限|下限|按照?|不大于|以";
}

/// How far a percentage may lie from what its only pair gives: further off, it is of something else.
const WIDE: i64 = 30;
/// The same where several pairs could be meant.
const NARROW: i64 = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Change,
    Share,
    Rate,
}

/// Compares every percentage that no pair of its paragraph explains with the pair it must be of.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let percents = graph.figures.iter().filter(|figure| figure.family == Family::Percent && figure.unit_word == "%");
    let mut found = Vec::new();
    for percent in percents.filter(|percent| !is_bound(graph, percent)) {
        let own = graph.own(percent);
        let Some(kind) = kind(own).filter(|_| !RULE.is_match(own)) else { continue };
        // A negative percentage says down once more.
        let plain = Figure { value: percent.value.abs(), ..percent.clone() };
        if !explained(graph, &plain, kind) {
            found.extend(match kind {
                Kind::Change => change(graph, &plain),
                Kind::Share => share(graph, percent),
                Kind::Rate => rate(graph, percent),
            });
        }
    }
    found
}

fn kind(own: &str) -> Option<Kind> {
    if CHANGE.is_match(own) {
        return Some(Kind::Change);
    }
    if OF_PLAN.is_match(own) {
        return Some(Kind::Rate);
    }
    if SHARE.is_match(own) {
        return Some(Kind::Share);
    }
    RATE.is_match(own).then_some(Kind::Rate)
}

/// Whether amounts of the paragraph other than these two give a percentage as a change.
pub(super) fn is_explained(graph: &Graph, percent: &Figure, now: &Figure, past: Option<&Figure>) -> bool {
    let plain = Figure { value: percent.value.abs(), ..percent.clone() };
    let meant = |figure: &Figure| std::ptr::eq(figure, now) || past.is_some_and(|past| std::ptr::eq(figure, past));
    let pool: Vec<&Figure> = graph.beside(percent).iter().filter(|figure| is_amount(figure)).collect();
    pool.iter().any(|a| {
        pool.iter().any(|b| {
            let same = a.family == b.family && !std::ptr::eq(*a, *b) && !(meant(a) && meant(b));
            same && (agrees(a, b, &plain) || changes(a, b, &plain))
        })
    })
}

/// Whether any amounts of the paragraph give the percentage, in any way that its kind allows.
fn explained(graph: &Graph, percent: &Figure, kind: Kind) -> bool {
    let pool: Vec<&Figure> = graph.beside(percent).iter().filter(|figure| is_amount(figure)).collect();
    let near = graph.around(percent);
    let fine = percent.half < Number::from(1).checked_div(&Number::from(4)).unwrap_or(Number::ZERO);
    let far = graph.figures.iter().filter(|figure| fine && is_amount(figure));
    let pairs = || pool.iter().flat_map(|a| pool.iter().map(move |b| (*a, *b)));
    let wider = || {
        let outside: Vec<&Figure> = far.clone().collect();
        near.iter()
            .filter(|figure| is_amount(figure))
            .flat_map(|a| outside.iter().flat_map(move |b| [(a, *b), (*b, a)]).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    let one = |(a, b): (&Figure, &Figure)| {
        a.family == b.family
            && !std::ptr::eq(a, b)
            && (agrees(a, b, percent) || kind == Kind::Change && changes(a, b, percent))
    };
    pairs().any(one) || of_sums(&pool, percent) || wider().into_iter().any(one)
}

/// Whether going from `b` to `a` changes it by the percentage, or `a` is such a change of what `b` became.
fn changes(a: &Figure, b: &Figure, percent: &Figure) -> bool {
    let gap = |value: Number| Figure { value, half: &a.half + &b.half, ..a.clone() };
    let moved = gap((&a.value - &b.value).abs());
    let before = [&b.value - &a.value, &b.value + &a.value].map(gap);
    agrees(&moved, b, percent) || before.iter().any(|past| past.value.signum() > 0 && agrees(a, past, percent))
}

/// Whether two or three neighbours together are the part or the whole.
fn of_sums(pool: &[&Figure], percent: &Figure) -> bool {
    [2, 3].into_iter().flat_map(|count| pool.windows(count)).any(|some| {
        let Some(first) = some.first().filter(|first| some.iter().all(|figure| figure.family == first.family)) else {
            return false;
        };
        let value = sum(some.iter().map(|figure| &figure.value));
        let half = sum(some.iter().map(|figure| &figure.half));
        let together = Figure { value, half, ..(*first).clone() };
        let other = |figure: &&&Figure| figure.family == first.family;
        pool.iter().filter(other).any(|one| agrees(one, &together, percent) || agrees(&together, one, percent))
    })
}

/// The amounts before a percentage that it may be of, nearest first: of its sentence, and of the two before it.
fn before<'g>(graph: &'g Graph, percent: &Figure, sentences: usize) -> Vec<&'g Figure> {
    let near = |figure: &&Figure| {
        figure.span.start < percent.span.start && figure.sentence + sentences >= percent.sentence && is_amount(figure)
    };
    graph.beside(percent).iter().filter(near).rev().collect()
}

/// A rate of what was done, and of what was to be done.
fn rate(graph: &Graph, percent: &Figure) -> Option<Diagnostic> {
    let own = graph.own(percent);
    // A rate of money is not one of things.
    let money = ["执行", "支出", "支付", "拨付", "预算", "资金"].iter().any(|word| own.contains(word));
    let fits = |figure: &&Figure| !money || figure.family == Family::Money;
    let here: Vec<&Figure> = before(graph, percent, 0).into_iter().filter(fits).collect();
    let all: Vec<&Figure> = before(graph, percent, 2).into_iter().filter(fits).collect();
    let stem = RATE.captures(own).and_then(|captured| captured.get(1)).map_or("", |stem| stem.as_str());
    let stem: Vec<char> = stem.chars().rev().take(2).collect();
    let word: String = stem.iter().rev().collect();
    let general = OF_PLAN.is_match(own) || graph.words.role.rates.contains(&word);
    let meant = |figure: &&Figure| {
        let words = format!("{}{}", graph.own(figure), graph.tail(figure));
        let named = stem.len() == 2 && stem.iter().all(|c| words.contains(*c));
        !graph.is_planned(figure) && (named || general && graph.is_done(figure))
    };
    let last = || here.first().copied().filter(|figure| general && !graph.is_planned(figure));
    let mut parts: Vec<&Figure> = here.iter().copied().filter(meant).collect();
    if general {
        parts.truncate(1);
    }
    parts.extend(last().filter(|_| parts.is_empty()));
    let part = *parts.first()?;
    parts.retain(|other| other.family == part.family);
    let others = |some: &[&'_ Figure]| some.iter().filter(|f| f.family == part.family && f.value != part.value).count();
    let pool = if others(&here) > 0 { &here } else { &all };
    let wholes: Vec<&Figure> = pool
        .iter()
        .filter(|f| f.family == part.family && !parts.iter().any(|p| std::ptr::eq(**f, *p)))
        .copied()
        .collect();
    let planned: Vec<&Figure> = wholes.iter().filter(|figure| graph.is_planned(figure)).copied().collect();
    let adjusted: Vec<&Figure> =
        planned.iter().filter(|f| has(graph.own(f), &graph.words.budget.adjusted)).copied().collect();
    let wholes = [adjusted, planned, wholes].into_iter().find(|some| !some.is_empty())?;
    // 防治率 97%，无公害防治率 96%: the first was of these amounts.
    let used = |other: &Figure| {
        other.family == Family::Percent
            && other.span.start < percent.span.start
            && other.span.start > part.span.start
            && wholes.iter().any(|whole| agrees(part, whole, other))
    };
    if graph.around(percent).iter().any(used) {
        return None;
    }
    // Several of one kind may be taken together: 非常满意 and 满意.
    let mut found = judge(graph, part, &wholes, percent);
    for count in 2..=parts.len().min(3) {
        let together = parts.get(parts.len() - count..).unwrap_or(&[]);
        let value = sum(together.iter().map(|figure| &figure.value));
        let whole = Figure { value, half: sum(together.iter().map(|figure| &figure.half)), ..(*parts.last()?).clone() };
        found = found.or_else(|| judge(graph, &whole, &wholes, percent));
    }
    found
}

/// The whole that the percentage is of: the only one, or of several the one that all but gives it.
fn judge(graph: &Graph, part: &Figure, wholes: &[&Figure], percent: &Figure) -> Option<Diagnostic> {
    let came = |whole: &Figure| (&part.value * &Number::from(100)).checked_div(&whole.value);
    let off = |whole: &Figure| came(whole).map(|came| (&came - &percent.value).abs());
    let whole = wholes.iter().filter(|whole| off(whole).is_some()).min_by_key(|whole| off(whole))?;
    let only = wholes.iter().all(|other| other.value == whole.value);
    let most = Number::from(if only { WIDE } else { NARROW });
    let slip = came(whole).is_some_and(|came| is_slip_of_digits(&came, percent));
    let fits = agrees(part, whole, percent);
    (!fits && (off(whole)? <= most || slip)).then(|| wording::percent(graph, part, whole, percent))
}

/// A share: of what its sisters in the sentence are shares of, or of the only amount that is greater.
fn share(graph: &Graph, percent: &Figure) -> Option<Diagnostic> {
    let here = before(graph, percent, 0);
    let part = *here.first()?;
    let own_base = base(graph.own(percent));
    // 材料收入占医疗收入的 11%: the part is named, and no amount stands beside it.
    let (name, _) = graph.own(percent).split_once('占').unwrap_or(("", ""));
    let named =
        name.chars().count() >= 3 && graph.lead(percent).contains(['，', '；']) && own_base.chars().count() >= 2;
    if named && !own_base.is_empty() && !part.label.contains(name) {
        return None;
    }
    let sisters = graph.around(percent).iter().filter(|other| {
        other.family == Family::Percent
            && !std::ptr::eq(*other, percent)
            && SHARE.is_match(graph.own(other))
            && base(graph.own(other)) == own_base
    });
    let amounts: Vec<&Figure> = graph.figures.iter().filter(|f| f.family == part.family).collect();
    let of_sister = sisters.filter_map(|other| {
        let own = *before(graph, other, 0).first()?;
        amounts.iter().find(|whole| whole.value > own.value && agrees(own, whole, other)).copied()
    });
    let known: Vec<&Figure> = of_sister.collect();
    let wholes: Vec<&Figure> = if known.is_empty() {
        let all = before(graph, percent, 1);
        all.into_iter().filter(|whole| whole.family == part.family && whole.value > part.value).collect()
    } else {
        known
    };
    // A base with a name of its own is not just any amount.
    let wholes: Vec<&Figure> = if own_base.chars().count() >= 3 {
        let last: Vec<char> = own_base.chars().rev().take(2).collect();
        wholes.into_iter().filter(|whole| last.iter().all(|c| graph.own(whole).contains(*c))).collect()
    } else {
        wholes
    };
    judge(graph, part, &wholes, percent)
}

/// What a share is said to be of.
fn base(own: &str) -> String {
    let (_, base) = own.split_once('占').unwrap_or(("", ""));
    base.trim_start_matches(['比', '了', '到']).trim_end_matches(['的', '为', '约', '达', '重']).to_owned()
}

/// A change: of two amounts, or of what something changed by and what it was.
fn change(graph: &Graph, percent: &Figure) -> Option<Diagnostic> {
    let own = graph.own(percent);
    let same = segment(graph, percent)?;
    let pairs = same.iter().flat_map(|a| same.iter().map(move |b| (*a, *b)));
    let pairs: Vec<(&Figure, &Figure)> = pairs.filter(|(a, b)| !std::ptr::eq(*a, *b)).collect();
    let by_itself = own.contains('率');
    let moved = |now: &Figure, past: &Figure, itself: bool| {
        if itself { now.value.clone() } else { (&now.value - &past.value).abs() }
    };
    let came = |(now, past, itself): (&Figure, &Figure, bool)| {
        (&moved(now, past, itself) * &Number::from(100)).checked_div(&past.value)
    };
    let off = |way: &(&Figure, &Figure, bool)| came(*way).map(|came| (&came - &percent.value).abs());
    let ways = pairs.iter().flat_map(|(a, b)| [(*a, *b, false), (*a, *b, true)]);
    let ways = ways.filter(|way| !way.2 || by_itself || graph.number(way.0) + 1 == graph.number(percent));
    let best = ways.filter(|way| off(way).is_some()).min_by_key(off)?;
    let near = off(&best)? <= Number::from(NARROW);
    let slip = came(best).is_some_and(|came| is_slip_of_digits(&came, percent));
    let amount = moved(best.0, best.1, best.2);
    ((near || slip) && !amount.is_zero()).then(|| wording::growth(graph, best.0, percent, &amount, &best.1.value))
}

/// The amounts of one kind between the semicolons around a percentage, two to four of them; where there is but
/// one, those of the sentence before.
fn segment<'g>(graph: &'g Graph, percent: &Figure) -> Option<Vec<&'g Figure>> {
    let first = before(graph, percent, 1).first().copied();
    let first = first.or_else(|| graph.around(percent).iter().find(|figure| is_amount(figure)))?;
    let apart = |figure: &Figure| {
        let (from, to) = if figure.span.start < percent.span.start {
            (figure.span.end, percent.span.start)
        } else {
            (percent.span.end, figure.span.start)
        };
        graph.text(from..to).contains('；')
    };
    // What stands behind the percentage belongs to it where it says of which year it is.
    let late = |figure: &Figure| figure.span.start > percent.span.start && !YEARLY.is_match(graph.own(figure));
    let here = graph.around(percent).iter();
    let here = here.filter(|figure| figure.family == first.family && !apart(figure) && !late(figure));
    let mut same: Vec<&Figure> = here.collect();
    if same.len() == 1 {
        same.extend(
            before(graph, percent, 1).into_iter().filter(|figure| {
                figure.family == first.family && figure.sentence != percent.sentence && !apart(figure)
            }),
        );
    }
    (2..=4).contains(&same.len()).then_some(same)
}

/// Whether words before a figure tell what a rate is of: 收回 of 回收率.
pub(super) fn tells(rate: &str, words: &str) -> bool {
    let stem = RATE.captures(rate).and_then(|captured| captured.get(1)).map_or("", |stem| stem.as_str());
    let stem: Vec<char> = stem.chars().rev().take(2).collect();
    stem.len() == 2 && stem.iter().all(|c| words.contains(*c))
}
