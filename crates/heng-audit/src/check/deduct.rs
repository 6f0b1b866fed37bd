//! Full marks, score and deduction of one indicator: 过程 25 分，得 24 分，扣 1 分; and the reasons of a score sheet.

use heng_diag::Diagnostic;
use heng_model::Number;

use super::sheet::columns;
use crate::{
    figure::{Family, Figure},
    graph::{Graph, Table, sum},
    pattern::patterns,
    vocabulary::has,
    wording,
};

patterns! {
    LOST = r"(?:扣减|扣除|扣分|扣|失)了?(?:为|：|:)?\s*(\d+(?:\.\d+)?)\s*分";
    GOT = r"(?:得分|评分|实得|自评|得)(?:为|是|：|:)?$";
    PER = r"每|如|若|的，|以上|不足|按|应扣|最多|至多|扣完|标准";
}

/// One indicator as the text gives it.
struct Entry<'g> {
    full: &'g Figure,
    got: &'g Figure,
    lost: Vec<&'g Figure>,
}

/// Looks at the indicators of every sentence and at the reasons of every score sheet.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figures in graph.sentences() {
        let entries = entries(graph, figures);
        found.extend(entries.iter().filter_map(|entry| one(graph, entry)));
        found.extend(whole(graph, &entries));
    }
    found.extend(graph.tables.iter().flat_map(|table| reasons(graph, table)));
    found
}

fn entries<'g>(graph: &Graph, figures: &'g [Figure]) -> Vec<Entry<'g>> {
    let mut found: Vec<Entry> = Vec::new();
    let mut full: Option<&Figure> = None;
    for figure in figures.iter().filter(|figure| figure.family == Family::Points) {
        let own = graph.own(figure);
        let lost = ["扣", "失"].iter().any(|word| own.contains(word));
        match (full.take(), found.last_mut()) {
            (Some(most), _) if GOT.is_match(own) && !lost => {
                found.push(Entry { full: most, got: figure, lost: Vec::new() });
            }
            (None, Some(last)) if lost && !graph.text(last.got.span.end..figure.span.start).contains('；') => {
                last.lost.push(figure);
            }
            _ if !lost => full = Some(figure),
            _ => {}
        }
    }
    found
}

fn one(graph: &Graph, entry: &Entry) -> Option<Diagnostic> {
    let last = entry.lost.last()?;
    let text = graph.text(entry.full.span.end..last.span.end);
    let came = &entry.full.value - &sum(entry.lost.iter().map(|figure| &figure.value));
    (came != entry.got.value && !PER.is_match(text) && entry.got.value <= entry.full.value)
        .then(|| wording::deducted(graph, &entry.got.span, &entry.full.value, &entry.got.value, &came))
}

/// All the indicators of a sentence, where their full marks come to those of the whole, against the score.
fn whole(graph: &Graph, entries: &[Entry]) -> Option<Diagnostic> {
    let full = Number::from(graph.words.score.full);
    let first = entries.first()?;
    if entries.len() < 2 || sum(entries.iter().map(|entry| &entry.full.value)) != full {
        return None;
    }
    let came = sum(entries.iter().map(|entry| &entry.got.value));
    let total = |figure: &&Figure| {
        graph.is_own_score(figure)
            && &figure.value * &Number::from(2) > full
            && !(first.full.span.start <= figure.span.start && figure.sentence == first.full.sentence)
    };
    let said = graph.figures.iter().find(total)?;
    (said.value != came).then(|| wording::sheet_score(graph, said, &came))
}

/// A row of a sheet whose reason says how much was taken off for what.
fn reasons(graph: &Graph, table: &Table) -> Vec<Diagnostic> {
    let Some(columns) = columns(graph, table) else { return Vec::new() };
    let mut found = Vec::new();
    for row in table.rows.get(columns.head + 1..).unwrap_or(&[]) {
        let (Some(points), Some(score)) = (row.get(columns.points), row.get(columns.score)) else { continue };
        let (Some(most), Some(got)) = (&points.value, &score.value) else { continue };
        let name: String = row.iter().take(columns.points).map(|cell| cell.text.as_str()).collect();
        let rest = row.iter().enumerate().filter(|(at, _)| *at > columns.points && *at != columns.score);
        let head =
            |at: usize| table.rows.get(columns.head).and_then(|head| head.get(at)).map_or("", |c| c.text.as_str());
        let reason = rest.filter(|(at, _)| {
            let head = head(*at);
            has(head, &graph.words.table.reason)
                || head.contains("原因")
                || head.contains("说明") && !head.contains("指标")
        });
        let lost: Vec<Number> = reason
            .filter(|(_, cell)| !PER.is_match(&cell.text))
            .flat_map(|(_, cell)| {
                let text = &cell.text;
                let all =
                    LOST.captures_iter(text).filter_map(|captured| Number::parse_decimal(captured.get(1)?.as_str()));
                all.collect::<Vec<_>>()
            })
            .collect();
        let taken = sum(lost.iter());
        let came = most - &taken;
        // The whole may be said first and then its parts.
        let twice = lost.first().is_some_and(|first| &(&taken - first) == first && most - first == *got);
        if !lost.is_empty() && came != *got && !twice && got <= most && !has(&name, &graph.words.table.total) {
            found.push(wording::deducted(graph, &score.span, most, got, &came));
        }
    }
    found
}
