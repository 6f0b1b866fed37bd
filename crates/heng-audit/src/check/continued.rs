//! Lists whose total stands further up: 项目支出的构成为：…, 从经济分类看，…, 以上三项合计 ….

use std::collections::BTreeSet;

use heng_diag::Diagnostic;
use heng_model::Number;

use super::total::{List, fold_nested, head, is_near, is_part, is_whole, outer, rounding};
use crate::{
    figure::Figure,
    graph::{Graph, same_family, slack, sum},
    pattern::patterns,
    vocabulary::has,
    wording,
};

patterns! {
    CLOSED = r"(?:以上|上述|前述|这)?([两二三四五六七八九])(?:项|者|部分|类)[^，。；：\d]{0,6}?(?:合计|共计|总计|共)[^，。；：\d]{0,6}$";
    TOGETHER = r"^[^，。；：、\d]{0,4}[，,](?:总)?共[^，。；：、\d]{0,4}$";
    INSIDE = r"[^其]中[，,：]";
}

/// Compares every list with the total that stands further up or behind it.
pub(super) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let sentences = graph.sentences();
    let mut found = Vec::new();
    for (number, figures) in sentences.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|at| sentences.get(at)).copied().unwrap_or(&[]);
        found.extend(continued(graph, figures, before));
        found.extend((0..figures.len()).filter_map(|at| together(graph, figures, at)));
    }
    found.extend((0..graph.figures.len()).filter_map(|at| closed(graph, at)));
    found
}

/// A sentence that only lists parts, and the totals that it can be of.
fn continued(graph: &Graph, figures: &[Figure], before: &[Figure]) -> Option<Diagnostic> {
    let first = figures.first()?;
    let start = graph.sentence(first.span.start).start;
    let lead = graph.text(start..first.span.start);
    let words = &graph.words.list;
    if !(has(lead, &words.breakdown) || INSIDE.is_match(lead)) || !is_part(graph, first) {
        return None;
    }
    let parts: Vec<&Figure> = figures.iter().filter(|part| same_family(first, part) && is_part(graph, part)).collect();
    let named = named(graph, lead, first);
    let of_before = || before.iter().filter(|total| total.block == first.block && same_family(total, first)).collect();
    let totals: Vec<&Figure> = if !named.is_empty() || INSIDE.is_match(lead) { named } else { of_before() };
    let values: BTreeSet<&Number> = totals.iter().map(|total| &total.value).collect();
    let list = |total| List {
        total,
        parts: parts.clone(),
        mark: String::new(),
        after: graph
            .text(parts.last().map_or(start, |last| last.span.end)..graph.sentence(first.span.start).end)
            .to_owned(),
        lead: lead.to_owned(),
    };
    let explained = totals.iter().find(|total| agrees(graph, total, &parts));
    if let Some(total) = explained {
        return rounding(graph, &list(total), &parts, &slack(parts.iter().copied().chain([*total])));
    }
    let total = totals.iter().find(|total| values.len() == 1 || has(&total.name(), &words.bare)).copied()?;
    judge(graph, &list(total))
}

/// The figures before that the words name: 项目支出 of 项目支出的构成为.
fn named<'g>(graph: &'g Graph, lead: &str, first: &Figure) -> Vec<&'g Figure> {
    let lead = lead.strip_suffix(first.label.as_str()).unwrap_or(lead);
    let names = |total: &&Figure| {
        total.span.end <= first.span.start
            && same_family(total, first)
            && (total.period == first.period || total.period.is_none() || first.period.is_none())
            && total.label.chars().count() >= 3
            && lead.contains(total.label.trim_end_matches(['额', '数']))
    };
    let all: Vec<&Figure> = graph.figures.iter().filter(names).collect();
    let longest = all.iter().map(|total| total.label.len()).max().unwrap_or(0);
    all.into_iter().filter(|total| total.label.len() == longest).collect()
}

fn agrees(graph: &Graph, total: &Figure, parts: &[&Figure]) -> bool {
    let slack = slack(parts.iter().copied().chain([total]));
    let folded = fold_nested(parts);
    let outer = outer(graph, parts);
    [parts, &folded, &outer].into_iter().any(|parts| {
        let prefixes = (1..=parts.len()).filter_map(|count| parts.get(..count));
        let sums = prefixes.map(|parts| sum(parts.iter().map(|part| &part.value)));
        sums.into_iter().any(|sum| (&sum - &total.value).abs() <= slack)
    })
}

/// A list that misses its total by little, and neither says nor shows that it is open.
fn judge(graph: &Graph, list: &List) -> Option<Diagnostic> {
    let words = &graph.words.list;
    let parts = outer(graph, &list.parts);
    let came = sum(parts.iter().map(|part| &part.value));
    let open = list.lead.contains("主要") || has(&head(&list.after), &words.open) || list.after.contains('…');
    let last = parts.last().is_some_and(|part| words.last.iter().any(|word| part.label.starts_with(word.as_str())));
    let whole = is_whole(graph, &parts) || last;
    let named = parts.iter().all(|part| !part.label.is_empty());
    let slack = slack(parts.iter().copied().chain([list.total]));
    let across = parts.iter().any(|part| has(&part.label, &words.across));
    let meant = parts.len() >= 2
        && named
        && !open
        && !across
        && (is_near(&came, &list.total.value) || whole && came < list.total.value);
    meant.then(|| wording::total(graph, list.total, &parts, &came, &slack))
}

/// 甲 3 个、乙 4 个，共 7 个.
fn together(graph: &Graph, figures: &[Figure], at: usize) -> Option<Diagnostic> {
    let total = figures.get(at)?;
    let before = figures.get(..at)?;
    if !TOGETHER.is_match(graph.text(before.last()?.span.end..total.span.start)) {
        return None;
    }
    let chained = |part: &&Figure, next: &Figure| graph.text(part.span.end..next.span.start).starts_with('、');
    let mut parts: Vec<&Figure> = Vec::new();
    for part in before.iter().rev() {
        if !same_family(part, total) || parts.last().is_some_and(|next| !chained(&part, next)) {
            break;
        }
        parts.push(part);
    }
    parts.reverse();
    exact(graph, total, &parts)
}

/// 以上三项合计 12 万元: the three figures before, in the sentence or each in a line of its own.
fn closed(graph: &Graph, at: usize) -> Option<Diagnostic> {
    let total = graph.figures.get(at)?;
    let sentence = graph.sentence(total.span.start);
    let captured = CLOSED.captures(graph.text(sentence.start..total.span.start))?;
    let count = "二三四五六七八九".chars().position(|c| captured.get(1).is_some_and(|m| m.as_str().contains(c)));
    let count = count.map_or(2, |count| count + 2);
    let before = graph.figures.get(..at)?;
    let here: Vec<&Figure> =
        before.iter().filter(|part| part.sentence == total.sentence && same_family(part, total)).collect();
    let lines: Vec<&Figure> = if here.is_empty() {
        let mut lines: Vec<&Figure> = Vec::new();
        for part in before.iter().rev().take_while(|part| part.block + count >= total.block) {
            match lines.last_mut() {
                Some(next) if next.block == part.block => *next = part,
                _ => lines.push(part),
            }
        }
        lines.into_iter().filter(|part| same_family(part, total)).collect()
    } else {
        here
    };
    if lines.len() != count || agrees(graph, total, &lines) {
        return None;
    }
    exact(graph, total, &lines)
}

fn exact(graph: &Graph, total: &Figure, parts: &[&Figure]) -> Option<Diagnostic> {
    let came = sum(parts.iter().map(|part| &part.value));
    let slack = slack(parts.iter().copied().chain([total]));
    let after: String = graph.text(total.span.end..graph.sentence(total.span.start).end).chars().take(2).collect();
    let meant = parts.len() >= 2 && !has(&after, &graph.words.list.open) && is_near(&came, &total.value);
    let wrong = (&came - &total.value).abs() > slack;
    (meant && wrong).then(|| wording::total(graph, total, parts, &came, &slack))
}
