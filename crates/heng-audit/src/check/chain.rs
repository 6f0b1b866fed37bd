//! Totals without a word that says so: an amount, and behind it amounts that all but come to it.
//!
//! Hands slip by a digit, or swap two. Where the amounts that follow a greater one miss it by exactly what
//! such a slip makes, or several of them come within a few percent of it, they were meant to come to it.

use heng_diag::Diagnostic;
use heng_model::Number;

use super::total::{head, is_near, is_part, outer};
use crate::{
    document::Block,
    figure::{Family, Figure},
    graph::{Graph, same_family, slack, sum},
    pattern::patterns,
    slip::is_slip,
    vocabulary::has,
    wording,
};

patterns! {
    ITEM = r"^(?:[（(]?\d{1,2}[）)]|\d{1,2}[.．、]|[-—·•●○■◆*]|[①②③④⑤⑥⑦⑧⑨]|[一二三四五六七八九]是)\s*";
    TOTAL = r"合计|共计|总计|总共|共|总|全年|全部|累计|综合";
    STEP = r"^(?:的|，|,|、|；|;|和|及|以及|与|（[^（）]*）|\s|\p{Han}|“|”|[一二三四五六七八九]是|\d[.、]|占?[^，。；、\d]{0,12}\d[\d.]*%)*$";
}

/// From this many parts on, coming near is enough.
const TELLING: usize = 3;

/// Compares every amount with the run of amounts behind it, and with the items of the list below it.
pub(super) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, total) in graph.figures.iter().enumerate() {
        if total.family == Family::Percent || has(&total.label, &graph.words.list.comparison) {
            continue;
        }
        let rest = graph.figures.get(at + 1..).unwrap_or(&[]);
        found.extend(behind(graph, total, rest).or_else(|| below(graph, total, rest)).or_else(|| ahead(graph, total)));
    }
    found
}

/// The run of smaller amounts in the paragraph behind one.
fn behind(graph: &Graph, total: &Figure, rest: &[Figure]) -> Option<Diagnostic> {
    let mut run: Vec<&Figure> = Vec::new();
    let mut last = total;
    for part in rest.iter().take_while(|part| part.block == total.block) {
        if part.family == Family::Percent {
            continue;
        }
        let gap = graph.text(last.span.end..part.span.start);
        let next = same_family(total, part)
            && is_part(graph, part)
            && (part.sentence == total.sentence || run.is_empty() || run.iter().all(|p| p.sentence == part.sentence))
            && STEP.is_match(gap.trim_start_matches('。'));
        // Behind a semicolon something else begins, and what a 、 goes on from is itself an item of the list.
        let other = run.is_empty() && (gap.contains('；') || gap.starts_with('、'));
        if !next || other || part.value >= total.value {
            break;
        }
        run.push(part);
        last = part;
    }
    let parts = outer(graph, &run);
    let last = *parts.last()?;
    let sentence = graph.sentence(last.span.start);
    let after = head(graph.text(last.span.end..sentence.end));
    let lead = graph.text(total.span.end..parts.first()?.span.start);
    if closes(graph, total, last, &parts) {
        return None;
    }
    let end = graph.figures.iter().find(|figure| figure.span.start > last.span.end && figure.sentence == last.sentence);
    let whole = end.is_none_or(|figure| figure.family != total.family || figure.value >= total.value);
    judge(graph, total, &run, &parts, whole && !has(&after, &graph.words.list.open) && !open(lead))
}

/// Whether the amount that follows is the total of the first and of those behind it: the first is a part as they are.
fn closes(graph: &Graph, first: &Figure, last: &Figure, parts: &[&Figure]) -> bool {
    let next = graph.figures.iter().find(|figure| figure.span.start > last.span.end && same_family(figure, first));
    let came = &sum(parts.iter().map(|part| &part.value)) + &first.value;
    next.is_some_and(|next| next.block == first.block && is_near(&came, &next.value))
}

/// The run of smaller amounts in the sentence before one that says it is their total: 合计, 全年, 共.
fn ahead(graph: &Graph, total: &Figure) -> Option<Diagnostic> {
    let lead = graph.own(total);
    if !TOTAL.is_match(lead) || graph.lead(total).contains("其中") {
        return None;
    }
    let mut run: Vec<&Figure> = Vec::new();
    let mut next = total;
    for part in graph.around(total).iter().rev().filter(|part| part.span.start < total.span.start) {
        if part.family == Family::Percent {
            continue;
        }
        let gap = graph.text(part.span.end..next.span.start);
        if !same_family(total, part) || !is_part(graph, part) || !STEP.is_match(gap) || part.value >= total.value {
            break;
        }
        run.push(part);
        next = part;
    }
    run.reverse();
    judge(graph, total, &run, &run, true)
}

/// The items of the list below a paragraph that ends with a colon, or says that what follows makes it up.
fn below(graph: &Graph, total: &Figure, rest: &[Figure]) -> Option<Diagnostic> {
    let blocks = &graph.document.blocks;
    let own = blocks.get(total.block)?;
    let tail = graph.text(total.span.end..own.span.end);
    let opens = tail.ends_with(['：', ':']) || has(tail, &graph.words.list.breakdown);
    let alone = !rest.iter().any(|figure| figure.block == total.block && same_family(total, figure));
    if !opens || !alone || open(tail) {
        return None;
    }
    let item = |block: &&Block| ITEM.is_match(graph.document.block_text(block));
    let count = blocks.get(total.block + 1..)?.iter().take_while(item).count();
    let firsts = (total.block + 1..=total.block + count)
        .map(|block| rest.iter().find(|figure| figure.block == block && same_family(total, figure)))
        .collect::<Option<Vec<&Figure>>>()?;
    // The items give several amounts each: one of them makes up the total.
    let column = |at: usize| -> Option<Vec<&Figure>> {
        (total.block + 1..=total.block + count)
            .map(|block| rest.iter().filter(|figure| figure.block == block && same_family(total, figure)).nth(at))
            .collect()
    };
    let slack = slack(firsts.iter().copied().chain([total]));
    let comes = |some: &[&Figure]| (&sum(some.iter().map(|part| &part.value)) - &total.value).abs() <= slack;
    if (1..4).filter_map(column).any(|some| comes(&some)) {
        return None;
    }
    if firsts.iter().any(|part| !is_part(graph, part) || part.value >= total.value) {
        return None;
    }
    judge(graph, total, &firsts, &firsts, count >= 2)
}

fn open(text: &str) -> bool {
    text.contains("主要") || text.contains("重点")
}

fn judge(graph: &Graph, total: &Figure, run: &[&Figure], parts: &[&Figure], closed: bool) -> Option<Diagnostic> {
    let slack = slack(parts.iter().copied().chain([total]));
    let runs = |parts: &[&Figure]| {
        (0..parts.len()).any(|from| {
            (from..parts.len()).any(|to| {
                let some = parts.get(from..=to).unwrap_or(&[]);
                (&sum(some.iter().map(|part| &part.value)) - &total.value).abs() <= slack
            })
        })
    };
    if parts.len() < 2 || !closed || runs(run) || runs(parts) || explained(graph, total, parts) {
        return None;
    }
    let came = sum(parts.iter().map(|part| &part.value));
    let named = parts.iter().all(|part| part.label.chars().count() >= 2 && part.label != total.label);
    let one_unit = parts.iter().all(|part| part.unit_word == total.unit_word);
    let across = parts.iter().any(|part| has(&part.label, &graph.words.list.across));
    let off = (&came - &total.value).abs();
    let near = parts.len() >= TELLING && &off * &Number::from(20) <= total.value;
    let slip = is_near(&came, &total.value) && is_slip(&off, total, parts);
    (named && one_unit && !across && (near || slip)).then(|| wording::total(graph, total, parts, &came, &slack))
}

/// Figures of income and spending, of budget and accounts, of two years stand side by side and are no parts.
fn explained(graph: &Graph, total: &Figure, parts: &[&Figure]) -> bool {
    let bare = |figure: &Figure| graph.words.list.bare.contains(&figure.label);
    let years: Vec<_> = parts.iter().filter_map(|part| part.period).collect();
    let several = years.windows(2).any(|pair| matches!(pair, [a, b] if a != b));
    let other = total.period.is_some_and(|year| years.iter().any(|other| *other != year));
    let alike = parts.iter().filter(|part| bare(part)).count() >= 1 && bare(total);
    several || other || alike
}
