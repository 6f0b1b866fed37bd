//! The score of a report against its deductions.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, sum},
    pattern::patterns,
    vocabulary::{ends, has},
    wording,
};

patterns! {
    ALL = r"(?:共计?|合计|累计|总共)(?:被)?(?:扣减|扣分|扣|失分|失)(?:了|掉)?$";
    LISTS = r"^[，,。]?(?:其中|分别是|分别为|具体)?[：:]";
    OF = r"(?:满分|分值|标准分)(?:为)?(\d+(?:\.\d+)?)分?[^。；]{0,12}?(?:自评)?(?:得分|得|评分)(?:为)?(\d+(?:\.\d+)?)分";
    ITEM = r"(?:指标|类|部分|项|管理|执行|投入|过程|产出|效益|效果|满意度)[（(:：]?(\d+(?:\.\d+)?)分[）)]?[，,]?\s*(?:自评|实际|实)?(?:得分|得|评分)(?:为|是)?(\d+(?:\.\d+)?)分";
}

/// A deduction ledger that is missing or does not add up, and a score above its full marks.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = above(graph);
    let words = &graph.words.score;
    let named = |f: &&Figure| f.family == Family::Points && ends(f.label.trim_end_matches(['数']), &words.own);
    let own = graph.figures.iter().find(|figure| named(figure) && !is_item(graph, figure));
    let Some(own) = own else { return found };
    let full = Number::from(words.full);
    if own.value > full {
        found.push(wording::above(graph, &own.span, &own.value, &full));
        return found;
    }
    let lost = &full - &own.value;
    let taken: Vec<&Figure> = graph.figures.iter().filter(|figure| is_deduction(graph, figure)).collect();
    let sheet = graph
        .tables
        .iter()
        .any(|table| table.rows.iter().take(3).flatten().any(|cell| has(&cell.text, &graph.words.table.score)));
    let itemised = graph.figures.iter().filter(|f| f.family == Family::Points).count() >= 6;
    if taken.is_empty() {
        if !lost.is_zero() && !sheet && !itemised {
            found.push(wording::no_ledger(graph, own, &lost));
        }
        return found;
    }
    if !sheet && comes_from_parts(graph, own) {
        return found;
    }
    let readings = readings(&taken);
    let stated = stated(graph, &taken, &lost);
    if let Some((listed, came)) = stated.filter(|_| sheet) {
        found.push(wording::ledger(graph, own, &lost, &listed, &came));
    } else if !readings.contains(&lost) && !sheet {
        found.push(wording::ledger(graph, own, &lost, &taken, readings.first().unwrap_or(&Number::ZERO)));
    }
    found
}

/// 共扣 6 分：… : a sentence that states all that was lost and then lists it, two deductions or more and not
/// open, but lists something else.
fn stated<'g>(graph: &Graph, taken: &[&'g Figure], lost: &Number) -> Option<(Vec<&'g Figure>, Number)> {
    let total = taken.iter().find(|figure| {
        let sentence = graph.sentence(figure.span.start);
        &figure.value == lost
            && ALL.is_match(graph.text(sentence.start..figure.span.start))
            && (LISTS.is_match(graph.text(figure.span.end..sentence.end)) || goes_on(graph, figure))
            && !has(graph.text(figure.span.end..sentence.end), &graph.words.list.open)
    })?;
    let listed = taken.iter().filter(|f| f.sentence == total.sentence && f.span.start > total.span.start);
    let mut listed: Vec<&Figure> = listed.copied().collect();
    if listed.is_empty() {
        listed = taken.iter().filter(|f| f.sentence == total.sentence + 1 && f.block == total.block).copied().collect();
    }
    let came = sum(listed.iter().map(|figure| &figure.value));
    (listed.len() >= 2 && &came != lost).then_some((listed, came))
}

/// Whether the next sentence lists what was lost: 扣分项目有：…
fn goes_on(graph: &Graph, total: &Figure) -> bool {
    let here = graph.sentence(total.span.start);
    let Some(block) = graph.document.blocks.get(total.block) else { return false };
    let rest = graph.text(here.end..block.span.end);
    let lead = rest.trim_start_matches(['。', ' ']).split(['：', ':']).next().unwrap_or("");
    let next = rest.trim_start_matches('。').split('。').next().unwrap_or("");
    graph.text(total.span.end..here.end).trim_end_matches('。').is_empty()
        && lead.chars().count() <= 14
        && lead != next
        && (has(lead, &graph.words.score.deduction) || lead.contains("其中") || lead.contains("分别"))
        && !has(lead, &graph.words.list.open)
        && !next.trim_end().ends_with('等')
}

/// The sums that the deductions may come to: all, without a total that sums up the others, without repetitions.
fn readings(taken: &[&Figure]) -> Vec<Number> {
    let all = sum(taken.iter().map(|figure| &figure.value));
    let mut found = vec![all.clone()];
    found.extend(taken.iter().map(|figure| &all - &figure.value).filter(|_| taken.len() > 2));
    // Totals of groups among them, two at most.
    for (at, one) in taken.iter().enumerate().filter(|_| taken.len() > 3) {
        found.extend(taken.iter().skip(at + 1).map(|other| &(&all - &one.value) - &other.value));
    }
    let mut seen: Vec<(&str, &Number)> = Vec::new();
    for figure in taken {
        if !seen.contains(&(figure.label.as_str(), &figure.value)) {
            seen.push((&figure.label, &figure.value));
        }
    }
    found.push(sum(seen.iter().map(|(_, value)| *value)));
    found
}

fn is_deduction(graph: &Graph, figure: &Figure) -> bool {
    let clause: String =
        graph.text(graph.sentence(figure.span.start).start..figure.span.start).chars().rev().take(4).collect();
    let clause: String = clause.chars().rev().collect();
    let per = graph.text(graph.sentence(figure.span.start).start..figure.span.start);
    let rule = per.rsplit(['，', '；', '、']).next().is_some_and(|clause| clause.contains('每'));
    figure.family == Family::Points
        && has(&clause, &graph.words.score.deduction)
        && !["不扣", "未扣", "不予扣", "不失", "未失", "无扣", "没扣"].iter().any(|word| clause.contains(word))
        && !rule
}

/// Whether scores of parts come to the whole: what was lost is then told by them, and not by deductions alone.
fn comes_from_parts(graph: &Graph, own: &Figure) -> bool {
    let part =
        |figure: &&Figure| figure.family == Family::Points && figure.value < own.value && !is_deduction(graph, figure);
    let parts: Vec<&Number> = graph.figures.iter().filter(part).map(|figure| &figure.value).take(24).collect();
    let broken = |value: &Number| value.decimal_text().is_some_and(|text| text.contains('.'));
    if parts.len() < 3 || !broken(&own.value) || !parts.iter().any(|value| broken(value)) {
        return false;
    }
    let mut sums = std::collections::BTreeSet::from([Number::ZERO]);
    for value in &parts {
        let more: Vec<Number> = sums.iter().map(|sum| sum + *value).filter(|sum| *sum <= own.value).collect();
        sums.extend(more.into_iter().take(20_000));
    }
    sums.contains(&own.value)
}

/// 产出指标 50 分，自评得分 48 分: the score of one indicator, behind its full marks.
fn is_item(graph: &Graph, figure: &Figure) -> bool {
    let before = graph.number(figure).checked_sub(1).and_then(|at| graph.figures.get(at));
    before.is_some_and(|full| {
        full.family == Family::Points
            && full.sentence == figure.sentence
            && graph.lead(figure).chars().count() <= 8
            && !["总", "满分", "扣"].iter().any(|word| graph.own(full).contains(word))
    })
}

/// 满分 5 分，得 6 分.
fn above(graph: &Graph) -> Vec<Diagnostic> {
    let text = &graph.document.text;
    let mut found = Vec::new();
    for captured in OF.captures_iter(text).chain(ITEM.captures_iter(text)) {
        let (Some(full), Some(score)) = (captured.get(1), captured.get(2)) else { continue };
        let (Some(most), Some(value)) = (Number::parse_decimal(full.as_str()), Number::parse_decimal(score.as_str()))
        else {
            continue;
        };
        if value > most {
            found.push(wording::above(graph, &score.range(), &value, &most));
        }
    }
    found
}
