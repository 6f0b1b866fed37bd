//! Changes against the year before: the amount of the change, its percentage, its direction.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    pattern::patterns,
    wording,
};

patterns! {
    CHANGE = r"(?:同比|(?:比|较|与)(?:上年|去年|上一年|20\d\d年|年初|上年度))[^。；]{0,24}?(增加|增长|减少|下降|增|减|上升)了?(?:约)?$";
    AGAIN = r"^[，,（(]?\s*(?:同比|比上年|较上年|增幅|降幅|增长率|下降率|幅度)?(?:为|达)?(增加|增长|减少|下降|上升|增|减|降低)?(?:了|约|为|幅度为|比例为|率为)*$";
    PAST = r"(?:上年|去年|上一年|上年度)[^，。；]{0,12}$|20\d\d年[^，。；]{0,8}$";
}

/// Compares every change with its amounts.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figures in graph.sentences() {
        for (at, change) in figures.iter().enumerate() {
            let start = at
                .checked_sub(1)
                .and_then(|at| figures.get(at))
                .map_or_else(|| graph.sentence(change.span.start).start, |f| f.span.end);
            let lead = graph.text(start..change.span.start);
            let Some(word) = verb(graph, figures, at, lead) else { continue };
            found.extend(one(graph, figures, at, change, &word));
        }
    }
    found
}

/// The verb of a change that is measured against the year before.
fn verb(graph: &Graph, figures: &[Figure], at: usize, lead: &str) -> Option<String> {
    if let Some(captured) = CHANGE.captures(lead) {
        return Some(captured.get(1)?.as_str().to_owned());
    }
    // 比上年的80万元增加20万元: the amount of the year before stands between.
    let before = at.checked_sub(1).and_then(|at| figures.get(at))?;
    let past = graph.text(graph.sentence(before.span.start).start..before.span.start);
    if CHANGE.is_match(past) {
        return None;
    }
    let compared = past.rsplit(['，', '；']).next().is_some_and(|clause| clause.contains(['比', '较']));
    let verb = ["增加", "增长", "减少", "下降", "上升"]
        .into_iter()
        .find(|verb| lead.trim_start_matches(['，', ',']).trim_end_matches('了') == *verb)?;
    compared.then(|| verb.to_owned())
}

fn down(word: &str) -> bool {
    word.contains(['减', '降'])
}

fn one(graph: &Graph, figures: &[Figure], at: usize, change: &Figure, word: &str) -> Option<Diagnostic> {
    let before = figures.get(..at).unwrap_or(&[]);
    let next = figures.get(at + 1);
    let (amount, percent) = match (&change.family, next) {
        (Family::Money, Some(next)) if next.family == Family::Percent => {
            let gap = graph.text(change.span.end..next.span.start);
            let again = AGAIN.captures(gap)?;
            if let Some(second) = again.get(1)
                && (down(second.as_str()) || next.value.signum() < 0) != down(word)
            {
                return Some(wording::direction(graph, change, next, word, second.as_str()));
            }
            (Some(change), Some(next))
        }
        (Family::Money, _) => (Some(change), None),
        (Family::Percent, _) => (None, Some(change)),
        _ => return None,
    };
    let money: Vec<&Figure> = before.iter().filter(|figure| figure.family == Family::Money).collect();
    let is_past = |figure: &&&Figure| {
        let clause = graph.text(graph.sentence(figure.span.start).start..figure.span.start);
        let clause = clause.rsplit(['，', '；', '（', '(']).next().unwrap_or("");
        PAST.is_match(clause) && !clause.is_empty() && (clause.contains(['上', '去', '比', '较']))
    };
    let past = money.iter().rev().find(is_past).copied();
    let current = money.iter().rev().find(|figure| past.is_none_or(|past| !std::ptr::eq(past, **figure))).copied()?;
    judge(graph, &Change { current, past, amount, percent, down: down(word) })
}

struct Change<'g> {
    current: &'g Figure,
    past: Option<&'g Figure>,
    amount: Option<&'g Figure>,
    percent: Option<&'g Figure>,
    down: bool,
}

impl Change<'_> {
    fn signed(&self, number: &Number) -> Number {
        if self.down { -number } else { number.clone() }
    }
}

fn judge(graph: &Graph, change: &Change) -> Option<Diagnostic> {
    if let (Some(past), Some(amount)) = (change.past, change.amount) {
        let expected = change.signed(&(&change.current.value - &past.value));
        let slack = crate::graph::slack([change.current, past, amount].into_iter());
        if (&expected - &amount.value).abs() > slack {
            return Some(wording::change(graph, change.current, past, amount, &expected, &slack));
        }
    }
    let percent = change.percent?;
    // The year before: as printed, or today's amount without the change.
    let finest = |figure: &Figure| {
        change.amount.map_or_else(
            || figure.half.clone(),
            |amount| if amount.half < figure.half { amount.half.clone() } else { figure.half.clone() },
        )
    };
    let (past, past_half) = match (change.past, change.amount) {
        (Some(past), _) => (past.value.clone(), finest(past)),
        (None, Some(amount)) => {
            (&change.current.value - &change.signed(&amount.value), &finest(change.current) + &finest(amount))
        }
        (None, None) => return None,
    };
    let (amount, half) = match change.amount {
        Some(amount) => (amount.value.clone(), finest(amount)),
        None => (change.signed(&(&change.current.value - &past)), &finest(change.current) + &past_half),
    };
    let hundred = Number::from(100);
    let low = (&(&amount - &half) * &hundred).checked_div(&(&past + &past_half))?;
    let high = (&(&amount + &half) * &hundred).checked_div(&(&past - &past_half))?;
    // 减少 5 万元，增长 -10%: the sign says once more what the verb of the amount said.
    let printed = if change.amount.is_some() { percent.value.abs() } else { percent.value.clone() };
    let fits = &low - &percent.half <= printed && printed <= &high + &percent.half;
    (!fits && past.signum() > 0).then(|| wording::growth(graph, change.current, percent, &amount, &past))
}
