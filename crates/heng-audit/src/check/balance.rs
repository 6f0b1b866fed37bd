//! Balances: what was there, what came, what went, what is left.

use heng_diag::Diagnostic;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, slack},
    vocabulary::ends,
    wording,
};

/// Compares the balance of each paragraph that gives all four figures, each once.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    graph.figures.chunk_by(|a, b| a.block == b.block).filter_map(|figures| one(graph, figures)).collect()
}

fn one(graph: &Graph, figures: &[Figure]) -> Option<Diagnostic> {
    let words = &graph.words.balance;
    let only = |names: &[String]| {
        let mut all = figures.iter().filter(|f| f.family == Family::Money && ends(&f.label, names));
        all.next().filter(|_| all.next().is_none())
    };
    let (opening, income) = (only(&words.opening)?, only(&words.income)?);
    let (spending, closing) = (only(&words.spending)?, only(&words.closing)?);
    let expected = &(&opening.value + &income.value) - &spending.value;
    let all = [opening, income, spending, closing];
    let slack = slack(all.into_iter());
    ((&expected - &closing.value).abs() > slack).then(|| wording::balance(graph, all, &expected, &slack))
}
