//! What is left of two figures: 节约, 未完成, 缺口; and percentage points between two percentages.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, slack},
    pattern::patterns,
    role::is_amount,
    slip::is_slip,
    vocabulary::has,
    wording,
};

patterns! {
    LEFT = r"(?:尚有|还有|仍有|余下|节约|结余|节余|剩余|节支|节省|缺口|差额|相差|超支|超出|尚余|收支相抵|未(?:完成|达|整改|使用|支付|到位|执行|办结|通过|回收|收回|实施|开工|启动|验收)|尚未|待(?:整改|完成|支付|实施|验收|办结))[^，。；：\d]{0,10}$";
    MOVED = r"(?:提高|增加|增长|上升|提升|下降|降低|减少|回落|相差|高出|高|低|增|降|升|减)了?$";
}

/// Compares what is said to be left with the two figures it is left of.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = graph.figures.iter().filter_map(|said| left(graph, said)).collect();
    found.extend(graph.figures.iter().filter_map(|said| points(graph, said)));
    found
}

fn left(graph: &Graph, said: &Figure) -> Option<Diagnostic> {
    let open = ["尚有", "还有", "仍有"].iter().any(|word| graph.own(said).contains(word));
    if !is_amount(said) || !LEFT.is_match(graph.own(said)) || open && !graph.tail(said).contains(['未', '没']) {
        return None;
    }
    let against = |figure: &Figure| graph.own(figure).starts_with(['比', '较', '与']);
    let same = |figure: &&Figure| figure.family == said.family && figure.span.start < said.span.start;
    let all: Vec<&Figure> = graph.around(said).iter().filter(same).collect();
    let [.., a, b] = all.as_slice() else { return None };
    let sentence = graph.text(graph.sentence(said.span.start));
    let lists = &graph.words.list;
    let more = all.iter().filter(|figure| figure.value != a.value && figure.value != b.value).count();
    if a.value <= b.value && !graph.own(said).contains('超') && !against(b)
        || more > 0
        || has(sentence, &graph.words.balance.before) && said.family == Family::Money
        || [a, b].iter().any(|figure| has(graph.own(figure).trim_start_matches(['比', '较']), &lists.comparison))
    {
        return None;
    }
    let came = (&a.value - &b.value).abs();
    let off = (&came - &said.value).abs();
    let near = &off * &Number::from(10) <= a.value || is_slip(&off, said, &[a, b]);
    let wrong = off > slack([*a, *b, said].into_iter());
    let (more, less) = if a.value > b.value { (a, b) } else { (b, a) };
    (wrong && near).then(|| wording::reckoned(graph, said, &[(true, more), (false, less)], &came))
}

/// 由 92% 提高到 95%，提高 2 个百分点.
fn points(graph: &Graph, said: &Figure) -> Option<Diagnostic> {
    if said.family != Family::Percent || said.unit_word == "%" || !MOVED.is_match(graph.own(said)) {
        return None;
    }
    let percents: Vec<&Figure> = graph
        .around(said)
        .iter()
        .filter(|f| f.family == Family::Percent && f.unit_word == "%" && f.span.start < said.span.start)
        .collect();
    let [.., a, b] = percents.as_slice() else { return None };
    let moved = graph.text(a.span.end..b.span.start);
    let pair = percents.len() == 2 || moved.contains(['到', '至']) && moved.chars().count() <= 12;
    if !pair {
        return None;
    }
    let came = (&b.value - &a.value).abs();
    let wrong = (&came - &said.value).abs() > slack([*a, *b, said].into_iter());
    let near = (&came - &said.value).abs() <= Number::from(5);
    let one = graph.text(a.span.end..b.span.start);
    let related = !one.contains('；') && one.chars().count() <= 24;
    (wrong && near && related).then(|| wording::points_apart(graph, a, b, said, &came))
}
