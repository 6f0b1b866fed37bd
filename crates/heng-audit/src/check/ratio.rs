//! Percentages of two counts, and of what was planned: 收回 192 份，回收率 96%；412 人，完成任务 350 人的 117.7%.

use heng_diag::Diagnostic;
use heng_model::Number;

use super::share::{agrees, is_bound};
use crate::{
    figure::{Family, Figure},
    graph::{Graph, same_family},
    pattern::patterns,
    wording,
};

patterns! {
    RATE = r"(?:[率比]|比例|比重)(?:达到?|为|约|是|仅|：|:|\s)*$";
    WHOLE = r"^\s*的\s*$";
}

/// Compares every percentage with the counts of its sentence, and with the plan it is of.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figures in graph.sentences() {
        for (at, percent) in figures.iter().enumerate().filter(|(_, figure)| figure.family == Family::Percent) {
            let before = figures.get(..at).unwrap_or(&[]);
            if !is_bound(graph, percent) {
                let finding = of_plan(graph, before, percent).or_else(|| of_counts(graph, before, percent));
                found.extend(finding.or_else(|| of_two(graph, figures, percent)));
            }
        }
    }
    found
}

/// 15 万元，为预算 30 万元的 50%: the plan stands right before the percentage.
fn of_plan(graph: &Graph, before: &[Figure], percent: &Figure) -> Option<Diagnostic> {
    let (whole, rest) = before.split_last()?;
    let direct = WHOLE.is_match(graph.text(whole.span.end..percent.span.start));
    let parts: Vec<&Figure> = rest.iter().filter(|part| same_family(part, whole)).collect();
    let part = parts.last()?;
    let between = graph.text(part.span.end..whole.span.start);
    let after = graph.text(percent.span.end..graph.sentence(percent.span.start).end);
    let plain = direct
        && !between.contains(['比', '较', '；', '超', '增', '减', '中'])
        && between.contains(['为', '占', '完', '达', '的', '到', '即'])
        && !after.starts_with(['比', '计', '标', '要', '限']);
    let fits = parts.iter().any(|part| agrees(part, whole, percent));
    (plain && !fits).then(|| wording::percent(graph, part, whole, percent))
}

/// 支出率 92.4%，即预算 1,500 万元中支付 1,368 万元: the only two amounts of a sentence, behind a rate that
/// comes near to them and that no other amount of the document makes true.
fn of_two(graph: &Graph, figures: &[Figure], percent: &Figure) -> Option<Diagnostic> {
    let money: Vec<&Figure> =
        figures.iter().filter(|f| f.family == Family::Money && f.span.start > percent.span.start).collect();
    let alone = figures.iter().filter(|f| f.family == Family::Percent).count() == 1;
    let lead = graph.text(graph.sentence(percent.span.start).start..percent.span.start);
    let (a, b) = (money.first()?, money.get(1)?);
    let gap = graph.text(percent.span.end..a.span.start);
    if !alone || !RATE.is_match(lead) || !(gap.contains(['即', '其']) || gap.contains("（")) {
        return None;
    }
    let (part, whole) = if a.value < b.value { (a, b) } else { (b, a) };
    let all = || graph.figures.iter().filter(|f| f.family == Family::Money);
    let fits = all().any(|one| money.iter().any(|two| agrees(one, two, percent) || agrees(two, one, percent)));
    let came = (&part.value * &Number::from(100)).checked_div(&whole.value)?;
    let near = (&came - &percent.value).abs() <= Number::from(5);
    (!fits && near).then(|| wording::percent(graph, part, whole, percent))
}

/// 发放 200 份，收回 192 份，回收率 96%: the only two counts of one measure before, and a percentage that comes
/// near to them: one that is far off is of something else.
fn of_counts(graph: &Graph, before: &[Figure], percent: &Figure) -> Option<Diagnostic> {
    let last = before.last()?;
    if !RATE.is_match(graph.text(last.span.end..percent.span.start)) || !matches!(last.family, Family::Count(_)) {
        return None;
    }
    if graph.text(last.span.end..percent.span.start).contains(['；', '、']) {
        return None;
    }
    let own = graph.own(percent);
    let start = graph.sentence(percent.span.start).start;
    let said = own.contains("比") || super::quotient::tells(own, graph.text(start..percent.span.start - own.len()));
    if !said {
        return None;
    }
    let counts: Vec<&Figure> = before.iter().filter(|figure| figure.family == last.family).collect();
    let fits = counts.iter().any(|a| counts.iter().any(|b| !std::ptr::eq(*a, *b) && agrees(a, b, percent)));
    let [whole, part] = counts.as_slice() else { return None };
    let (part, whole) = if part.value > whole.value { (whole, part) } else { (part, whole) };
    let came = (&part.value * &Number::from(100)).checked_div(&whole.value)?;
    let near = (&came - &percent.value).abs() <= Number::from(10);
    (!fits && near).then(|| wording::percent(graph, part, whole, percent))
}
