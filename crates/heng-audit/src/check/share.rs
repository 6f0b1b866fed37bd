//! Percentages of two amounts of the same sentence: shares (占) and rates (执行率, 完成率).

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    pattern::patterns,
    vocabulary::has,
    wording,
};

patterns! {
    RATE = r"(?:执行率|完成率|支付率|支出率|执行进度|支出进度|控制率)[^，。；]{0,6}$|完成(?:全年|年初|年度|调整|当年|本年)?预算(?:数)?(?:的|比例)?(?:为)?$";
    SHARE = r"占(?:到|了|据)?([^，。；、]{0,24}?)(?:的比重|的比例|比重|比例|比)?(?:的|为|达|约|：)*$";
    SPENT = r"(?:共|总共|累计|合计)?(?:发放|投入|安排|支出|支付|下达|拨付|到位)?$";
    BOUND = r"^(?:\s*[—–\-~～至到]+\s*\d|及?以[上下内]|之间|区间)";
    FROM = r"\d%?\s*[—–\-~～至到]+\s*$";
}

/// Compares every percentage with the amounts it can be of.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, percent) in graph.figures.iter().enumerate().filter(|(_, figure)| figure.family == Family::Percent) {
        if is_bound(graph, percent) {
            continue;
        }
        let clause = graph.lead(percent);
        if RATE.is_match(clause) {
            found.extend(rate(graph, at, percent));
        } else if let Some(base) = SHARE.captures(clause).and_then(|captured| captured.get(1)) {
            found.extend(share(graph, at, percent, base.as_str()));
        }
    }
    found
}

/// Whether a percentage is the end of a range or a threshold, and not a result: 95%—100%, 95%以上.
pub(super) fn is_bound(graph: &Graph, percent: &Figure) -> bool {
    let sentence = graph.sentence(percent.span.start);
    BOUND.is_match(graph.text(percent.span.end..sentence.end))
        || FROM.is_match(graph.text(sentence.start..percent.span.start))
}

/// The clause before a figure, whole: a label is without 全年.
fn clause<'g>(graph: &'g Graph, figure: &Figure) -> &'g str {
    let text = graph.text(graph.sentence(figure.span.start).start..figure.span.start);
    text.rsplit(['，', '；', '：', '（']).next().unwrap_or(text)
}

/// The money figures before one, in its block.
fn money<'g>(graph: &'g Graph, at: usize, percent: &Figure, sentence: bool) -> Vec<&'g Figure> {
    let before = graph.figures.get(..at).unwrap_or(&[]).iter();
    before
        .filter(|figure| figure.family == Family::Money && figure.block == percent.block)
        .filter(|figure| !sentence || figure.sentence == percent.sentence)
        .collect()
}

/// Whether `part ÷ whole` can be printed as the percentage.
pub(crate) fn agrees(part: &Figure, whole: &Figure, percent: &Figure) -> bool {
    let Some((low, high)) = range(part, whole) else { return true };
    &low - &percent.half <= percent.value && percent.value <= &high + &percent.half
}

/// The least and the greatest percentage that the printed digits allow.
fn range(part: &Figure, whole: &Figure) -> Option<(Number, Number)> {
    let hundred = Number::from(100);
    let low = (&(&part.value - &part.half) * &hundred).checked_div(&(&whole.value + &whole.half))?;
    let high = (&(&part.value + &part.half) * &hundred).checked_div(&(&whole.value - &whole.half))?;
    Some((low, high))
}

fn rate(graph: &Graph, at: usize, percent: &Figure) -> Option<Diagnostic> {
    let words = &graph.words.budget;
    let here = money(graph, at, percent, true);
    let any = |all: &[&Figure]| all.iter().any(|a| all.iter().any(|b| !std::ptr::eq(*a, *b) && agrees(a, b, percent)));
    if any(&money(graph, at, percent, false)) || of_sums(&here, percent) {
        return None;
    }
    let mut here = here;
    if here.len() < 2 {
        let after = graph.figures.get(at + 1..).unwrap_or(&[]).iter();
        here.extend(after.take_while(|f| f.sentence == percent.sentence).filter(|f| f.family == Family::Money));
        if any(&here) {
            return None;
        }
    }
    let used: Vec<_> = here
        .iter()
        .filter(|f| has(&f.label, &words.used) && !f.label.ends_with("预算") && !f.label.contains("预算数"))
        .collect();
    let planned: Vec<_> = here
        .iter()
        .filter(|f| {
            has(&f.label, &words.planned) && !words.used.first().is_some_and(|used| f.label.contains(used.as_str()))
        })
        .collect();
    let planned: Vec<_> = planned.into_iter().filter(|f| !used.iter().any(|u| std::ptr::eq(**u, **f))).collect();
    // What was planned at first and what it became: a rate is of what it became.
    let adjusted: Vec<_> = planned.iter().copied().filter(|f| has(clause(graph, f), &words.adjusted)).collect();
    let planned = if adjusted.is_empty() { planned } else { adjusted };
    match (used.as_slice(), planned.as_slice()) {
        ([used], [planned]) => Some(wording::percent(graph, used, planned, percent)),
        _ => None,
    }
}

/// Whether the last amount is the percentage of two or three others together: 下达 A，配套 B，支付 C.
fn of_sums(money: &[&Figure], percent: &Figure) -> bool {
    let Some((part, others)) = money.split_last() else { return false };
    [2, 3].into_iter().flat_map(|count| others.windows(count)).any(|some| {
        let whole = crate::graph::sum(some.iter().map(|figure| &figure.value));
        let half = crate::graph::sum(some.iter().map(|figure| &figure.half));
        let Some(first) = some.first() else { return false };
        agrees(part, &Figure { value: whole, half, ..(*first).clone() }, percent)
    })
}

fn share(graph: &Graph, at: usize, percent: &Figure, base: &str) -> Option<Diagnostic> {
    let before = money(graph, at, percent, false);
    // 材料收入占医疗收入的 11%: the part is named, and is not the amount before.
    let (name, _) = graph.own(percent).split_once('占').unwrap_or(("", ""));
    let other = name.chars().count() >= 4 && !base.is_empty() && graph.lead(percent).contains(['，', '；', '、']);
    if other && before.last().is_some_and(|part| !part.label.contains(name)) {
        return by_name(graph, percent, base);
    }
    let Some(part) = before.iter().rev().find(|figure| figure.sentence == percent.sentence).copied() else {
        return by_name(graph, percent, base);
    };
    let named: Vec<&Figure> = wholes(graph, part, base);
    let candidates = named.iter().copied().chain(before.iter().copied().filter(|figure| figure.value >= part.value));
    let candidates: Vec<&Figure> = candidates.filter(|figure| !std::ptr::eq(*figure, part)).collect();
    if candidates.iter().any(|whole| agrees(part, whole, percent))
        || before.iter().any(|other| candidates.iter().any(|whole| agrees(other, whole, percent)))
    {
        return None;
    }
    let whole = match named.as_slice() {
        [] if base.is_empty() || has(base, &graph.words.list.total) || base.starts_with('总') => opening(graph, part),
        [only] => Some(*only),
        [first, rest @ ..] if rest.iter().all(|other| other.value == first.value) => Some(*first),
        _ => None,
    }?;
    (whole.value >= part.value).then(|| wording::percent(graph, part, whole, percent))
}

/// 个人补贴占就业补贴的 42.7%: both amounts stand further up, and each is the only one of its name.
fn by_name(graph: &Graph, percent: &Figure, base: &str) -> Option<Diagnostic> {
    let lead = clause(graph, percent);
    let (name, _) = lead.split_once('占')?;
    let name = name.trim_end_matches(['约', '仅', '就', '便', '也', '共']);
    if name.contains(['、', '和', '与', '及', '两', '三', '其', '均']) || name.chars().count() < 3 {
        return None;
    }
    let same = |word: &str, figure: &Figure| {
        let label = SPENT.replace(&figure.label, "");
        figure.family == Family::Money
            && label.chars().count() >= 3
            && (label.ends_with(word) || word.ends_with(&*label))
    };
    let one = |word: &str| {
        let all: Vec<&Figure> =
            graph.figures.iter().filter(|f| f.span.start < percent.span.start && same(word, f)).collect();
        let first = *all.first()?;
        all.iter().all(|other| other.value == first.value && other.period == first.period).then_some(first)
    };
    let (part, whole) = (one(name)?, one(base.trim_end_matches(['的', '额', '数']))?);
    let fits = std::ptr::eq(part, whole) || part.value > whole.value || agrees(part, whole, percent);
    (!fits).then(|| wording::percent(graph, part, whole, percent))
}

/// Figures whose label is the base of a share.
fn wholes<'g>(graph: &'g Graph, part: &Figure, base: &str) -> Vec<&'g Figure> {
    let base = base
        .trim_start_matches(['本', '年', '度', '部', '门', '全', '当', '我', '单', '位'])
        .trim_end_matches(['的', '额', '数']);
    if base.chars().count() < 3 {
        return Vec::new();
    }
    let same = |figure: &&Figure| {
        let label = figure.label.trim_end_matches(['额', '数']);
        (label == base || label.ends_with(base) && label.chars().count() <= base.chars().count() + 4)
            && figure.family == Family::Money
            && (figure.period == part.period || figure.period.is_none() || part.period.is_none())
            && !std::ptr::eq(*figure, part)
    };
    graph.figures.iter().filter(same).collect()
}

/// The total that opens the sentence, where its parts follow.
fn opening<'g>(graph: &'g Graph, part: &Figure) -> Option<&'g Figure> {
    let first =
        graph.figures.iter().find(|figure| figure.sentence == part.sentence && figure.family == Family::Money)?;
    let between = graph.text(first.span.end..part.span.start);
    (!std::ptr::eq(first, part) && between.contains("其中")).then_some(first)
}
