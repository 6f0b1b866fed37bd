//! One amount in two units: 1,182,000 元 in one place and 1,182,000 万元 in another.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, same_family, sum},
    wording,
};

/// So many digits other than noughts at the end, and two amounts are not alike by chance.
const TELLING: usize = 4;

/// Compares the digits of all amounts, in the text and in tables, and totals with the parts behind them.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let money = || graph.figures.iter().filter(|figure| figure.family == Family::Money);
    let mut cells: Vec<(String, Number, std::ops::Range<usize>)> = Vec::new();
    for table in &graph.tables {
        let Some(unit) = table.unit else { continue };
        for cell in table.rows.iter().flatten() {
            let value = cell.value.as_ref().map(|value| value * &Number::from(unit));
            cells.extend(value.map(|value| (digits(&cell.text), value, cell.span.clone())));
        }
    }
    let mut found = Vec::new();
    for figure in money() {
        let own = digits(&figure.printed);
        if own.len() < TELLING {
            continue;
        }
        let text = money().filter(|other| digits(&other.printed) == own);
        let known = text.map(|other| (own.clone(), other.value.clone(), other.span.clone()));
        let other = known
            .chain(cells.iter().filter(|(digits, ..)| *digits == own).cloned())
            .find(|(_, value, _)| value.signum() > 0 && times(&figure.value, value));
        let parts = || parts(graph, figure);
        let at = other.map(|(.., span)| span).or_else(parts);
        found.extend(at.map(|at| wording::unit(graph, figure, &at)));
    }
    found
}

/// Ten thousand times as much, or a hundred million.
fn times(a: &Number, b: &Number) -> bool {
    [10_000, 100_000_000].iter().any(|times| *a == b * &Number::from(*times))
}

fn digits(text: &str) -> String {
    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let plain = if plain.contains('.') { plain.trim_end_matches('0').trim_end_matches('.') } else { &plain };
    plain.trim_start_matches('0').to_owned()
}

/// The first of the parts of the sentence that come to a ten-thousandth of the amount.
fn parts(graph: &Graph, total: &Figure) -> Option<std::ops::Range<usize>> {
    let rest: Vec<&Figure> = graph
        .around(total)
        .iter()
        .filter(|part| part.span.start > total.span.start && same_family(part, total))
        .collect();
    let runs = (2..=rest.len()).filter_map(|count| rest.get(..count));
    let mut hits = runs.filter(|run| times(&total.value, &sum(run.iter().map(|part| &part.value))));
    hits.next()?.first().map(|part| part.span.clone())
}
