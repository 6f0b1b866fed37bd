//! Changes against the year before: the amount of the change, its percentage, its direction.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    pattern::patterns,
    vocabulary::has,
    wording,
};

patterns! {
    CHANGE = r"(?:同比|(?:比|较|与)(?:上年|去年|上一年|20\d\d年|年初|上年度|预算|调整后|全年预算|当年预算|本年预算))[^。；]{0,24}?(增加|增长|减少|下降|增|减|上升|压减|压缩|节约|节省|节支|超支|超出|调增|调减|降低|多支|少支)了?(?:约)?$";
    AGAIN = r"^[，,（(]?\s*(?:同比|比上年|较上年|增幅|降幅|增长率|下降率|幅度)?(?:为|达)?(增加|增长|减少|下降|上升|增幅|降幅|减幅|增|减|降低|压减|压缩|节约|节省|节支|超支|超出)?(?:率|幅|度|比例|了|约|为|达|幅度为|比例为|率为)*$";
    YEAR = r"(20\d\d)\s*年";
    TO = r"^[，,]?(?:增加|增长|减少|下降|上升|提高|降低|压缩|压减|上涨|增|减|升|降|调)(?:到|至|为)[^，。；]{0,8}$";
    AGAINST = r"(?:(20\d\d)年[^，。；\d]{0,6})?(?:比|较|与)(20\d\d)年";
    PLANNED = r"(?:比|较|与)[^，。；]{0,8}预算[^。；]{0,24}?$";
    MOVED = r"(?:增加|增长|减少|下降|上升|压减|节约|节省)了?$";
    OF_YEAR = r"(?:比|较|与|由|从)(20\d\d)年度?的?[^，。；\d]{0,8}$";
    PAST = r"(?:上年|去年|上一年|上年度)[^，。；]{0,12}$|20\d\d年[^，。；]{0,8}$";
}

/// Compares every change with its amounts.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figures in graph.sentences() {
        for (at, change) in figures.iter().enumerate() {
            let Some(word) = verb(graph, figures, at, graph.lead(change)) else { continue };
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
    let compared = past.rsplit(['，', '；']).next().is_some_and(|clause| clause.contains(['比', '较']))
        || PAST.is_match(past.rsplit(['，', '；', '（', '(']).next().unwrap_or(past)) && past.contains(['上', '去'])
        || from_to(graph, figures.get(..at).unwrap_or(&[])).is_some()
        || two_years(graph, figures.get(..at).unwrap_or(&[]));
    let verb = [
        "增加", "增长", "减少", "下降", "上升", "增", "减", "压减", "压缩", "提高", "降低", "节约", "节省", "节支",
        "超支", "超出", "少支", "多支", "压降", "结余",
    ]
    .into_iter()
    .find(|verb| lead.trim_start_matches(['，', ',', '净', '共']).trim_end_matches(['了', '额', '为']) == *verb)?;
    compared.then(|| verb.to_owned())
}

/// Whether two amounts stand side by side, each behind a year of its own.
fn two_years(graph: &Graph, before: &[Figure]) -> bool {
    let money: Vec<&Figure> = before.iter().filter(|figure| figure.family == Family::Money).collect();
    older(graph, &money).is_some()
}

/// The year that the clause of a figure itself says.
fn own_year(graph: &Graph, figure: &Figure) -> Option<i64> {
    let clause = graph.text(graph.sentence(figure.span.start).start..figure.span.start);
    let clause = clause.rsplit(['，', '；', '（', '(', '、']).next()?;
    // 2024年支出比2023年的80万元增加: behind the comparison, its own year.
    let captured = OF_YEAR.captures(clause).or_else(|| YEAR.captures(clause))?;
    captured.get(1)?.as_str().parse().ok()
}

fn down(word: &str) -> bool {
    word.contains(['减', '降', '节', '缩', '少'])
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
    // What something changed by is neither of the two years.
    let plain = |figure: &&Figure| figure.family == Family::Money && !MOVED.is_match(graph.own(figure));
    let mut money: Vec<&Figure> = before.iter().filter(plain).collect();
    if money.is_empty() {
        money = only_before(graph, change);
    }
    let (current, past) = compared(graph, &money, change)?;
    if let (None, Some(percent)) = (amount, percent)
        && super::quotient::is_explained(graph, percent, current, past)
    {
        return None;
    }
    judge(graph, &Change { current, past, amount, percent, down: down(word) })
}

/// The only amount of the sentence before, where it stands in the same paragraph.
fn only_before<'g>(graph: &'g Graph, change: &Figure) -> Vec<&'g Figure> {
    let before = graph.figures.iter().filter(|f| f.block == change.block && f.sentence + 1 == change.sentence);
    let money: Vec<&Figure> = before.filter(|f| f.family == Family::Money).collect();
    if money.len() == 1 { money } else { Vec::new() }
}

/// The two amounts of a change: of the years that its clause names, or what is there now and what was
/// before or was planned.
fn compared<'g>(graph: &Graph, money: &[&'g Figure], change: &Figure) -> Option<(&'g Figure, Option<&'g Figure>)> {
    let lead = graph.text(graph.sentence(change.span.start).start..change.span.start);
    let clause = lead.rsplit(['；', '，']).next().unwrap_or(lead);
    let of_year = |year: i64| money.iter().rev().find(|figure| own_year(graph, figure) == Some(year)).copied();
    if let Some(captured) = AGAINST.captures(clause) {
        let year = |at: usize| captured.get(at).and_then(|year| year.as_str().parse::<i64>().ok());
        if let Some(past) = of_year(year(2)?) {
            let other = money.iter().rev().find(|figure| !std::ptr::eq(past, **figure)).copied();
            return Some((year(1).map_or(other, of_year)?, Some(past)));
        }
        // Only one amount, and the change alone: the year before follows from the two.
        return if let [current] = money { Some((current, None)) } else { None };
    }
    if let Some((past, current)) = from_to(graph, money.iter().copied()) {
        return Some((current, Some(past)));
    }
    let is_past = |figure: &&&Figure| {
        let clause = graph.text(graph.sentence(figure.span.start).start..figure.span.start);
        let clause = clause.rsplit(['，', '；', '（', '(']).next().unwrap_or("");
        PAST.is_match(clause) && !clause.is_empty() && (clause.contains(['上', '去', '比', '较']))
    };
    let past = if PLANNED.is_match(clause) {
        planned(graph, money)
    } else {
        let older = || older(graph, money);
        money.iter().rev().find(is_past).copied().or_else(older)
    };
    let current = money.iter().rev().find(|figure| past.is_none_or(|past| !std::ptr::eq(past, **figure))).copied()?;
    Some((current, past))
}

/// 由 A 增加到 B: what was and what is, the last of a sentence.
fn from_to<'g>(graph: &Graph, before: impl IntoIterator<Item = &'g Figure>) -> Option<(&'g Figure, &'g Figure)> {
    let money: Vec<&Figure> = before.into_iter().filter(|figure| figure.family == Family::Money).collect();
    let [.., past, current] = money.as_slice() else { return None };
    let lead = graph.text(graph.sentence(past.span.start).start..past.span.start);
    let from = lead.rsplit(['，', '；', '：']).next().is_some_and(|clause| clause.contains(['由', '从']));
    (from && TO.is_match(graph.text(past.span.end..current.span.start))).then_some((*past, *current))
}

/// Of two amounts with a year each, the one of the earlier year.
fn older<'g>(graph: &Graph, money: &[&'g Figure]) -> Option<&'g Figure> {
    let [a, b] = money else { return None };
    match (own_year(graph, a)?, own_year(graph, b)?) {
        (one, other) if one < other => Some(a),
        (one, other) if other < one => Some(b),
        _ => None,
    }
}

/// What was planned: the last amount before that is called a budget.
fn planned<'g>(graph: &Graph, money: &[&'g Figure]) -> Option<&'g Figure> {
    let words = &graph.words.budget;
    let budget = |figure: &&&Figure| has(&figure.label, &words.planned) && !figure.label.contains("实际");
    money.iter().rev().find(budget).copied()
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
