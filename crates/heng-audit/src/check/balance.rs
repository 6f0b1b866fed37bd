//! Balances: what was there, what came, what went, what is left.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, slack},
    vocabulary::{ends, has},
    wording,
};

/// Compares the balance of each paragraph that gives all four figures, each once.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = graph.sentences().into_iter().filter_map(|figures| one(graph, figures)).collect();
    let blocks = graph.figures.chunk_by(|a, b| a.block == b.block).filter(|figures| {
        let sentence = |found: &Diagnostic| found.primary.as_ref().map(|label| label.span.start as usize);
        let inside = |at: usize| {
            figures.first().zip(figures.last()).is_some_and(|(a, b)| (a.span.start..b.span.end).contains(&at))
        };
        !found.iter().any(|found| sentence(found).is_some_and(inside))
    });
    let blocks: Vec<Diagnostic> = blocks.filter_map(|figures| one(graph, figures)).collect();
    found.extend(blocks);
    for figures in graph.sentences() {
        found.extend(clauses(graph, figures).into_iter().filter_map(|clause| left(graph, clause)));
        found.extend(adjusted(graph, figures));
    }
    found
}

/// The figures of a sentence between semicolons.
fn clauses<'f>(graph: &Graph, figures: &'f [Figure]) -> Vec<&'f [Figure]> {
    figures.chunk_by(|a, b| !graph.text(a.span.end..b.span.start).contains('；')).collect()
}

/// 收入 A，支出 B，结余 C of one year: C is what is left, unless something was there before.
fn left(graph: &Graph, figures: &[Figure]) -> Option<Diagnostic> {
    let words = &graph.words.balance;
    let money: Vec<&Figure> = figures.iter().filter(|f| f.family == Family::Money).collect();
    let [income, spending, rest] = money.as_slice() else { return None };
    let called = |f: &Figure, names: &[String]| has(&f.label, names);
    let named = called(income, &words.came) && called(spending, &words.went) && called(rest, &words.left);
    let sentence = graph.sentence(rest.span.start);
    let changed = [income, spending].iter().any(|f| has(&f.label, &graph.words.list.comparison));
    if !named || changed || has(graph.text(sentence), &words.before) || spending.value > income.value {
        return None;
    }
    let came = &income.value - &spending.value;
    let wrong = (&came - &rest.value).abs() > slack([*income, *spending, *rest].into_iter());
    wrong.then(|| wording::reckoned(graph, rest, &[(true, income), (false, spending)], &came))
}

/// 年初预算 A，追加 B，调减 C，调整后预算 D.
fn adjusted(graph: &Graph, figures: &[Figure]) -> Option<Diagnostic> {
    let (words, budget) = (&graph.words.balance, &graph.words.budget);
    let named = |names: &[String]| {
        let mut all = figures.iter().filter(|f| f.family == Family::Money && has(&clause(graph, f), names));
        all.next().filter(|_| all.next().is_none())
    };
    let opening = named(&budget.opening)?;
    let closing = named(&budget.adjusted)?;
    let all = |names: &[String]| {
        let named = |f: &&Figure| f.family == Family::Money && has(&clause(graph, f), names);
        let between = |f: &&Figure| f.span.start > opening.span.start && f.span.start < closing.span.start;
        figures.iter().filter(named).filter(between).collect::<Vec<&Figure>>()
    };
    let (added, taken) = (all(&words.added), all(&words.taken));
    if added.is_empty() && taken.is_empty() {
        return None;
    }
    let mut terms = vec![(true, opening)];
    terms.extend(added.into_iter().map(|figure| (true, figure)));
    terms.extend(taken.into_iter().map(|figure| (false, figure)));
    let came = terms.iter().fold(
        Number::ZERO,
        |sum, (plus, figure)| {
            if *plus { &sum + &figure.value } else { &sum - &figure.value }
        },
    );
    let slack = slack(terms.iter().map(|(_, figure)| *figure).chain([closing]));
    // 加上上年结转: other amounts between may have been added or taken as well.
    let between: Vec<&Figure> = figures
        .iter()
        .filter(|f| f.family == Family::Money && f.span.start > opening.span.start && f.span.start < closing.span.start)
        .filter(|f| !terms.iter().any(|(_, term)| std::ptr::eq(*term, *f)))
        .collect();
    if !between.is_empty() {
        return None;
    }
    let apart = !std::ptr::eq(opening, closing) && opening.span.start < closing.span.start;
    (apart && (&came - &closing.value).abs() > slack).then(|| wording::reckoned(graph, closing, &terms, &came))
}

/// The clause before a figure.
fn clause(graph: &Graph, figure: &Figure) -> String {
    let text = graph.text(graph.sentence(figure.span.start).start..figure.span.start);
    text.rsplit(['，', '；', '、', '（', '：']).next().unwrap_or(text).to_owned()
}

fn one(graph: &Graph, figures: &[Figure]) -> Option<Diagnostic> {
    let words = &graph.words.balance;
    // The only one, or the one whose parts the others are.
    let only = |names: &[String]| {
        let mut all = figures.iter().filter(|f| f.family == Family::Money && ends(&f.label, names));
        let first = all.next()?;
        let part = |other: &Figure| {
            let between = graph.text(first.span.end..other.span.start);
            other.value < first.value && (between.contains("其中") || between.contains('（'))
        };
        all.all(part).then_some(first)
    };
    let stock = |when: &[String]| {
        let named = |f: &&Figure| f.family == Family::Money && has(&f.label, when) && has(&f.label, &words.stock);
        let mut all = figures.iter().filter(named);
        all.next().filter(|_| all.next().is_none())
    };
    let opening = only(&words.opening).or_else(|| stock(&words.start))?;
    let closing = only(&words.closing).or_else(|| stock(&words.end))?;
    let (income, spending) = (only(&words.income)?, only(&words.spending)?);
    // 总收入 A（含上年结转 B）: what was there is part of what came.
    let within = opening.span.start > income.span.end
        && graph.text(income.span.end..opening.span.start).contains('含')
        && opening.sentence == income.sentence;
    let before = if within { Number::ZERO } else { opening.value.clone() };
    let expected = &(&before + &income.value) - &spending.value;
    let all = [opening, income, spending, closing];
    let slack = slack(all.into_iter());
    ((&expected - &closing.value).abs() > slack).then(|| wording::balance(graph, all, &expected, &slack))
}
