//! Words about the budget against its figures.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    vocabulary::{ends, has},
    wording,
};

/// What is said of the budget and what the figures say.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = praise(graph).into_iter().collect();
    found.extend(within(graph));
    found
}

fn only<'g>(graph: &'g Graph, names: &[String]) -> Option<&'g Figure> {
    let year = graph.year();
    let of_year = |figure: &&Figure| figure.period.is_none() || year.is_none() || figure.period == year;
    let mut all = graph
        .figures
        .iter()
        .filter(|f| f.family == Family::Money && names.contains(&f.label.replace("总额", "")))
        .filter(of_year);
    let first = all.next()?;
    all.all(|other| other.value == first.value).then_some(first)
}

/// Spending far from the budget of the start of the year, and budgeting that is praised.
fn praise(graph: &Graph) -> Option<Diagnostic> {
    let words = &graph.words.budget;
    let budget = only(graph, &words.initial)?;
    let named = words.outturn.iter().find_map(|name| only(graph, std::slice::from_ref(name)))?;
    let percent = (&named.value * &Number::from(100)).checked_div(&budget.value)?;
    let distance = (&percent - &Number::from(100)).abs();
    let text = &graph.document.text;
    let claims: Vec<std::ops::Range<usize>> =
        words.praise.iter().filter_map(|claim| text.find(claim.as_str()).map(|at| at..at + claim.len())).collect();
    (distance > Number::from(words.beyond) && !claims.is_empty())
        .then(|| wording::praise(graph, budget, named, &percent, &claims))
}

/// Within the budget, it says, and the figures beside it say otherwise.
fn within(graph: &Graph) -> Vec<Diagnostic> {
    let words = &graph.words.budget;
    let mut found = Vec::new();
    for figures in graph.sentences() {
        let Some(first) = figures.first() else { continue };
        let sentence = graph.sentence(first.span.start);
        let text = graph.text(sentence.clone());
        if !has(text, &words.within) {
            continue;
        }
        let money = || figures.iter().filter(|figure| figure.family == Family::Money);
        let planned: Vec<_> = money().filter(|f| ends(f.label.trim_end_matches('数'), &words.planned)).collect();
        let used: Vec<_> =
            money().filter(|f| has(&f.label, &words.used) && !planned.iter().any(|p| std::ptr::eq(*p, *f))).collect();
        if let ([planned], [used]) = (planned.as_slice(), used.as_slice())
            && used.value > planned.value
        {
            found.push(wording::over_budget(graph, planned, used));
        }
    }
    found
}
