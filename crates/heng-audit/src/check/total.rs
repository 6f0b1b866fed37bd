//! Totals and their parts in sentences: 其中, 分别为, a list after a colon, and 合计 at the end of a list.
//!
//! A list may be read in more than one way: nested, with a half-sentence that is no part, with a tail that
//! belongs elsewhere. If any reading agrees, the list agrees. Only a list that claims to be whole is held
//! to its total from below.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, same_family, slack, sum},
    pattern::patterns,
    slip::is_slip,
    vocabulary::{ends, has},
    wording,
};

patterns! {
    MARK = r"其中[：:，,]?|分别(?:为|是)[：:]?|包括[：:]?|情况(?:如下)?为?[：:]|具体(?:为|是|如下)?[：:]|划分[：:]|构成[：:为]|[：:（(]";
}

/// A total and what may be its parts.
pub(super) struct List<'f> {
    pub(super) total: &'f Figure,
    pub(super) parts: Vec<&'f Figure>,
    pub(super) mark: String,
    /// The text after the last part.
    pub(super) after: String,
    pub(super) lead: String,
}

/// Compares every total with its parts.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figures in paragraphs(graph) {
        for list in lists(graph, figures).into_iter().chain(closing(graph, figures)).chain(wholes(graph, figures)) {
            let finding = judge(graph, &list);
            let known = |d: &Diagnostic| found.iter().any(|f: &Diagnostic| f.primary == d.primary);
            found.extend(finding.filter(|d| !known(d)));
        }
    }
    for finding in super::continued::check(graph).into_iter().chain(super::chain::check(graph)) {
        if !found.iter().any(|known| known.primary == finding.primary) {
            found.push(finding);
        }
    }
    found
}

/// Totals and what the text calls their parts, as numbers of figures, each once.
pub(crate) fn links(graph: &Graph) -> Vec<crate::view::Total> {
    let number = |figure: &Figure| graph.figures.iter().position(|other| other.span == figure.span);
    let mut found: Vec<crate::view::Total> = Vec::new();
    for figures in paragraphs(graph) {
        for list in lists(graph, figures).into_iter().chain(closing(graph, figures)).chain(wholes(graph, figures)) {
            let parts: Vec<usize> = clause(graph, &outer(graph, &list.parts)).into_iter().filter_map(number).collect();
            if let Some(total) = number(list.total).filter(|total| found.iter().all(|known| known.total != *total)) {
                found.push(crate::view::Total { total, parts });
            }
        }
    }
    found
}

/// The figures of each paragraph.
fn paragraphs<'g>(graph: &'g Graph) -> impl Iterator<Item = &'g [Figure]> {
    graph.figures.chunk_by(|a, b| a.block == b.block)
}

/// Lists that follow their total.
fn lists<'f>(graph: &Graph, figures: &'f [Figure]) -> Vec<List<'f>> {
    let mut found = Vec::new();
    for (number, total) in figures.iter().enumerate() {
        let rest = figures.get(number + 1..).unwrap_or(&[]);
        let Some(next) = rest.first() else { continue };
        let gap = graph.text(total.span.end..next.span.start);
        let Some(mark) = MARK.find(gap) else { continue };
        let near = gap.get(..mark.start()).is_some_and(|before| {
            !before.contains('；') && !before.contains('。') || before.chars().count() < 30 && before.contains('按')
        });
        if !near || !same_family(total, next) || has(&total.label, &graph.words.list.comparison) {
            continue;
        }
        let in_sentence = rest
            .iter()
            .take_while(|figure| figure.sentence == next.sentence && closed_off(graph, total, figure, mark.as_str()));
        let parts = in_sentence.filter(|part| same_family(total, part) && is_part(graph, part));
        // What was taken off is no part of a score.
        let lost = |part: &&Figure| part.family == Family::Points && graph.own(part).contains('扣');
        let parts: Vec<&Figure> = parts.filter(|part| !lost(part)).collect();
        let Some(last) = parts.last() else { continue };
        if parts.len() < 2
            || mark.as_str() == "（" && !gap.contains("其中") && !gap.ends_with(|c: char| c.is_alphanumeric())
        {
            continue;
        }
        let after = graph.text(last.span.end..graph.sentence(last.span.start).end).to_owned();
        found.push(List { total, parts, mark: mark.as_str().to_owned(), after, lead: gap.to_owned() });
    }
    found
}

/// Whether the list that opened in brackets has not yet been closed.
fn closed_off(graph: &Graph, total: &Figure, part: &Figure, mark: &str) -> bool {
    let between = graph.text(total.span.end..part.span.start);
    let opened = between.matches(['（', '(']).count();
    let closed = between.matches(['）', ')']).count();
    !(mark.contains(['（', '(']) || between.trim_start().starts_with(['（', '('])) || opened > closed
}

pub(super) fn is_part(graph: &Graph, part: &Figure) -> bool {
    !has(&part.label, &graph.words.list.comparison)
}

/// 甲 1、乙 2，合计 3.
fn closing<'f>(graph: &Graph, figures: &'f [Figure]) -> Vec<List<'f>> {
    let mut found = Vec::new();
    for (number, total) in figures.iter().enumerate() {
        let before = graph
            .text(total.span.start.saturating_sub(18).max(graph.sentence(total.span.start).start)..total.span.start);
        let before = before.rsplit(['，', '、', '；', ',']).next().unwrap_or(before);
        if !["合计", "共计", "总计"].iter().any(|word| before.trim_end_matches(['为', '：', ':', '是']).trim() == *word)
        {
            continue;
        }
        let earlier = figures.get(..number).unwrap_or(&[]).iter().filter(|figure| figure.sentence == total.sentence);
        let parts: Vec<&Figure> = earlier.filter(|part| same_family(total, part) && is_part(graph, part)).collect();
        if parts.len() >= 2 && !graph.sentences().is_empty() {
            let lead = String::new();
            found.push(List { total, parts, mark: "合计".to_owned(), after: String::new(), lead });
        }
    }
    found
}

/// Parts that the vocabulary knows to be whole, behind a total in the sentence before.
fn wholes<'f>(graph: &Graph, figures: &'f [Figure]) -> Vec<List<'f>> {
    let mut found = Vec::new();
    for pair in figures.chunk_by(|a, b| a.sentence == b.sentence).collect::<Vec<_>>().windows(2) {
        let [before, here] = pair else { continue };
        let (Some(total), Some(first)) = (before.last(), here.first()) else { continue };
        let parts: Vec<&Figure> = here.iter().filter(|part| is_part(graph, part)).collect();
        let start = graph.sentence(first.span.start).start;
        let other = graph.text(start..first.span.start).contains('中');
        if parts.len() >= 2
            && !other
            && is_whole(graph, &parts)
            && same_family(total, first)
            && total.label.contains("支出")
        {
            let mark = "划分".to_owned();
            found.push(List { total, parts, mark, after: String::new(), lead: String::new() });
        }
    }
    found
}

pub(super) fn is_whole(graph: &Graph, parts: &[&Figure]) -> bool {
    graph.words.whole.iter().any(|whole| {
        whole.parts.len() == parts.len()
            && whole.parts.iter().all(|name| parts.iter().any(|part| part.label.ends_with(name.as_str())))
    })
}

fn judge(graph: &Graph, list: &List) -> Option<Diagnostic> {
    let slack = slack(list.parts.iter().copied().chain([list.total]));
    let within = |parts: &[&Figure]| (&sum(parts.iter().map(|part| &part.value)) - &list.total.value).abs() <= slack;
    let folded = fold_nested(&list.parts);
    let outer = outer(graph, &list.parts);
    // Full marks and scores by turns: one of the two makes up the total.
    let turn = |from: usize| list.parts.iter().skip(from).step_by(2).copied().collect::<Vec<&Figure>>();
    if list.total.family == Family::Points
        && (within(&turn(0)) || within(&turn(1)) || graph.tail(list.total).contains("以上"))
    {
        return None;
    }
    for parts in [&list.parts, &folded, &outer] {
        let prefixes = (1..=parts.len()).filter_map(|count| parts.get(..count));
        if prefixes.clone().any(within) {
            return rounding(graph, list, parts, &slack);
        }
        if (0..parts.len()).filter_map(|from| parts.get(from..)).any(|tail| list.mark == "合计" && within(tail)) {
            return None;
        }
    }
    let parts = clause(graph, if outer.len() >= 2 { &outer } else { &folded });
    let total = sum(parts.iter().map(|part| &part.value));
    let doubtful = parts.len() < 2
        || parts.iter().any(|part| part.unit_word != list.total.unit_word && part.family != list.total.family);
    let across = parts.iter().any(|part| has(&part.label, &graph.words.list.across));
    // Rows of a table that were read as one line.
    let rows = parts.last().is_some_and(|last| {
        let text = graph.text(list.total.span.end.min(last.span.start)..last.span.start);
        text.contains(['≥', '≤']) || text.contains(" — ")
    });
    let doubtful = doubtful || rows;
    (!doubtful && !across && claims(graph, list, &parts, &total))
        .then(|| wording::total(graph, list.total, &parts, &total, &slack))
}

/// The parts without what stands in brackets behind one of them: 项目支出 9 万元（含本项目 8 万元）.
pub(super) fn outer<'f>(graph: &Graph, parts: &[&'f Figure]) -> Vec<&'f Figure> {
    let Some(first) = parts.first() else { return Vec::new() };
    let open = |part: &Figure| {
        let before = graph.text(first.span.start..part.span.start);
        before.matches(['（', '(']).count() > before.matches(['）', ')']).count()
    };
    let kept: Vec<&Figure> = parts.iter().filter(|part| !open(part)).copied().collect();
    if kept.len() < parts.len() { fold_nested(&kept) } else { fold_nested(parts) }
}

/// The parts up to the first semicolon behind which the label is that of another total.
fn clause<'f>(graph: &Graph, parts: &[&'f Figure]) -> Vec<&'f Figure> {
    let mut kept: Vec<&Figure> = Vec::new();
    for part in parts {
        if let Some(last) = kept.last() {
            let gap = graph.text(last.span.end..part.span.start);
            let listed = kept
                .windows(2)
                .any(|pair| matches!(pair, [a, b] if graph.text(a.span.end..b.span.start).contains('；')));
            let anew = has(&part.label, &graph.words.list.total) || gap.contains("其中");
            if gap.contains('；') && (anew || kept.len() >= 2 && !listed) {
                break;
            }
        }
        kept.push(part);
    }
    kept
}

/// The list with the parts of a part taken out, where they sum up to it.
pub(super) fn fold_nested<'f>(parts: &[&'f Figure]) -> Vec<&'f Figure> {
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        kept.push(*part);
        at += 1;
        let rest = parts.get(at..).unwrap_or(&[]);
        let nested = (2..=rest.len()).find(|count| {
            let run = rest.get(..*count).unwrap_or(&[]);
            sum(run.iter().map(|part| &part.value)) == part.value
        });
        at += nested.unwrap_or(0);
    }
    kept
}

/// Whether a list claims to be the whole of its total, or exceeds it.
fn claims(graph: &Graph, list: &List, parts: &[&Figure], total: &Number) -> bool {
    let words = &graph.words.list;
    let open = list.lead.contains("主要") || has(&head(&list.after), &words.open) || list.after.contains('…');
    if parts.iter().any(|part| part.value > list.total.value) && !list.mark.contains("其中") && list.mark != "合计"
    {
        return false;
    }
    if total > &list.total.value {
        return list.mark != "：" && list.mark != ":" || is_near(total, &list.total.value);
    }
    let whole = is_whole(graph, parts)
        || parts.last().is_some_and(|part| words.last.iter().any(|word| part.label.starts_with(word.as_str())))
        || list.mark == "合计"
        || list.mark.contains("分别");
    !open && (whole || is_meant(list, parts, total))
}

/// Whether a list that does not say it is whole was meant to be: near its total; after 其中, which may leave
/// much out, very near, or off by what a slip of the hand makes.
fn is_meant(list: &List, parts: &[&Figure], total: &Number) -> bool {
    let off = (total - &list.total.value).abs();
    let most = if list.parts.len() >= 3 && matches!(list.total.family, Family::Count(_)) { 17 } else { 33 };
    let very = &off * &Number::from(most) <= list.total.value.abs();
    is_near(total, &list.total.value) && (!list.mark.contains("其中") || very || is_slip(&off, list.total, parts))
}

pub(super) fn head(text: &str) -> String {
    text.chars().take(4).collect()
}

/// Whether a sum misses its total by so little that it must have been meant to reach it: a tenth.
pub(super) fn is_near(a: &Number, b: &Number) -> bool {
    &(a - b).abs() * &Number::from(10) <= b.abs()
}

/// A difference that rounding explains is said, and is no error.
pub(super) fn rounding(graph: &Graph, list: &List, parts: &[&Figure], slack: &Number) -> Option<Diagnostic> {
    let totals = (1..=parts.len()).filter_map(|count| parts.get(..count));
    let nearest = totals
        .map(|parts| (parts, sum(parts.iter().map(|part| &part.value))))
        .min_by_key(|(_, total)| (total - &list.total.value).abs())?;
    let exact = nearest.1 == list.total.value || ends(&list.total.label, &graph.words.list.comparison);
    (!exact).then(|| wording::rounding(graph, list.total, nearest.0, &nearest.1, slack))
}
