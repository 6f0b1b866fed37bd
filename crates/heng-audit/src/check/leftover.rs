//! What another year, another unit or the template left behind.

use std::ops::Range;

use heng_diag::Diagnostic;
use regex::Regex;

use crate::{graph::Graph, pattern::patterns, vocabulary::has, wording};

patterns! {
    YEAR_FIELD = r"评价年度\s*[:：|]\s*(20\d{2})";
    YEAR_TITLE = r"(20\d{2})\s*年度?(?:部门)?(?:整体支出|整体)?(?:绩效)?自评(?:价)?报告|(20\d{2})\s*年度[^，。\n]{0,30}(?:绩效自评|自我评价|自评)报告";
    YEAR = r"(20\d{2})\s*年(?:度)?";
    END = r"截至\s*(20\d{2})\s*年\s*12\s*月\s*31\s*日";
    ORGAN = r"\p{Han}(?:局|委员会|办公室|中心|院|厅|部|会|队|站|馆|所|校|委)";
    DID = r"(?:^|[\n。；，、：）])\s*(\p{Han}{2,10}?(?:局|委员会|中心|院|厅|会|大队|站|馆|所))(?:高度重视|及时|认真|迅速|专门|积极|按照要求|[，,])*(?:成立|组建|组织|开展|制定)[^。，；]{0,20}(?:绩效(?:自)?评价|自评)";
    QUOTED = r"《[^》\n]{1,80}》|〔[^〕]{1,6}〕";
}

/// The year that a document evaluates.
pub(crate) fn evaluated_year(text: &str) -> Option<i64> {
    let field = YEAR_FIELD.captures(text).and_then(|captured| captured.get(1));
    let title = || YEAR_TITLE.captures(text).and_then(|captured| captured.get(1).or_else(|| captured.get(2)));
    field.or_else(title).and_then(|year| year.as_str().parse().ok())
}

/// Looks for leftovers.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = hints(graph);
    found.extend(stale_years(graph));
    found.extend(selves(graph));
    found.extend(foreign(graph));
    found.extend(superseded(graph));
    found
}

/// Hints of a template. The patterns come from the vocabulary; one that does not compile finds nothing.
fn hints(graph: &Graph) -> Vec<Diagnostic> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for hint in &graph.words.leftover.hints {
        let Ok(hint) = Regex::new(hint) else { continue };
        for found in hint.find_iter(&graph.document.text) {
            if !spans.iter().any(|span| span.start < found.end() && found.start() < span.end) {
                spans.push(found.range());
            }
        }
    }
    spans.sort_by_key(|span| span.start);
    spans.iter().map(|span| wording::placeholder(graph, span)).collect()
}

fn stale_years(graph: &Graph) -> Vec<Diagnostic> {
    let Some(year) = graph.year() else { return Vec::new() };
    let words = &graph.words.leftover;
    let mut found = Vec::new();
    for (_, block) in graph.document.paragraphs() {
        let text = graph.document.block_text(block);
        let quoted: Vec<Range<usize>> = QUOTED.find_iter(text).map(|m| m.range()).collect();
        for captured in YEAR.captures_iter(text) {
            let (Some(whole), Some(said)) = (captured.get(0), captured.get(1)) else { continue };
            let Ok(said) = said.as_str().parse::<i64>() else { continue };
            if said >= year || quoted.iter().any(|range| range.contains(&whole.start())) {
                continue;
            }
            let after: String = text.get(whole.end()..).unwrap_or("").chars().take(16).collect();
            let clause = after.split(['，', '。', '；', '《', '、']).next().unwrap_or("").to_owned();
            let before: String = text.get(..whole.start()).unwrap_or("").chars().rev().take(8).collect();
            let end = END.captures(text).is_some_and(|m| m.get(1).is_some_and(|m| m.start() == whole.start()));
            let near = after.split('。').next().unwrap_or("");
            let compared = has(&before.chars().rev().collect::<String>(), &words.past)
                || has(&clause, &words.past)
                || near.contains('比');
            // 将在 2023 年底前完成, in a report of 2024: what is planned cannot be over.
            let ahead = text.get(..whole.start()).unwrap_or("").rsplit('。').next().unwrap_or("");
            let planned = (clause.starts_with("底前") || clause.starts_with("年底前") || clause.contains("月底前"))
                && (ahead.contains('将') || ahead.contains("下一步") || ahead.contains('拟') || ahead.contains("力争"));
            let stale = (end || has(&clause, &words.year)) && !compared && !has(ahead, &[year.to_string()]);
            if planned || stale {
                let at = block.span.start + whole.start()..block.span.start + whole.end();
                found.push(wording::stale_year(graph, &at, said, year));
            }
        }
    }
    found
}

/// 我局 where everywhere else it says 我部.
fn selves(graph: &Graph) -> Vec<Diagnostic> {
    let text = &graph.document.text;
    let counts: Vec<(&String, usize)> = graph
        .words
        .leftover
        .selves
        .iter()
        .map(|word| (word, text.matches(word.as_str()).count()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let Some((most, count)) = counts.iter().max_by_key(|(_, count)| *count).copied() else { return Vec::new() };
    let others = counts.iter().filter(|(word, other)| *word != most && other * 3 <= count);
    others
        .filter_map(|(word, _)| {
            let at = text.find(word.as_str())?;
            let name = text.get(..at)?.chars().next_back().is_some_and(|c| c == '“');
            (!name).then(|| wording::other_unit(graph, &(at..at + word.len()), word, most))
        })
        .collect()
}

/// Another organisation that did the evaluation: neither the title nor any other place names it.
fn foreign(graph: &Graph) -> Option<Diagnostic> {
    let text = &graph.document.text;
    let head: String = text.chars().take(200).collect();
    ORGAN.is_match(&head).then_some(())?;
    DID.captures_iter(text).find_map(|captured| {
        let name = captured.get(1)?;
        let plain = name.as_str().trim_start_matches(['全', '省', '市', '县', '区', '州', '旗', '镇', '乡']);
        let known = text.matches(plain).count() > 1 || plain.chars().count() < 3;
        let other = !known && !has(name.as_str(), &graph.words.leftover.superior);
        other.then(|| wording::foreign(graph, &name.range(), name.as_str()))
    })
}

fn superseded(graph: &Graph) -> Vec<Diagnostic> {
    let text = &graph.document.text;
    let known = graph.words.superseded.iter();
    let mut found: Vec<Diagnostic> = Vec::new();
    for old in known {
        let still = old.since.zip(graph.year()).is_some_and(|(since, year)| year < since);
        let Some(at) = text.find(old.title.as_str()).filter(|_| !still) else { continue };
        if found.is_empty() {
            found.push(wording::superseded(graph, &(at..at + old.title.len()), &old.by));
        }
    }
    found
}
