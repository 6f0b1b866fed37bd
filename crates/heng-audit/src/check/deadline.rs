//! Days: dates that do not exist, limits that the dates given exceed, and an act that goes by the name of
//! another with another limit.

use heng_diag::Diagnostic;
use jiff::civil::Date;

use crate::{graph::Graph, pattern::patterns, vocabulary::has, wording};

patterns! {
    DATE = r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日";
    LIMIT = r"(\d{1,3})\s*个?(工作日|日|天)(?:之?内|以内)";
    DUE = r"(?:应|须|需|要求|规定)?[^，。；]{0,10}(?:于|在)(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日(?:之?前|以前)[^，。；]{0,12}(?:报送|上报|提交|报)";
    FILED = r"(?:填报日期|报送日期|填报时间)[:：]\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日";
}

/// Looks at dates and limits.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = impossible(graph);
    found.extend(limits(graph));
    found.extend(late(graph));
    found
}

fn date(captured: &regex::Captures) -> Option<Date> {
    let part = |at: usize| captured.get(at).and_then(|part| part.as_str().parse::<i16>().ok());
    let (year, month, day) = (part(1)?, i8::try_from(part(2)?).ok()?, i8::try_from(part(3)?).ok()?);
    Date::new(year, month, day).ok()
}

fn impossible(graph: &Graph) -> Vec<Diagnostic> {
    let dates = DATE.captures_iter(&graph.document.text);
    let wrong = dates.filter(|captured| date(captured).is_none()).filter_map(|captured| captured.get(0));
    wrong.map(|whole| wording::no_such_date(graph, &whole.range())).collect()
}

fn limits(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for captured in LIMIT.captures_iter(&graph.document.text) {
        let (Some(whole), Some(days), Some(unit)) = (captured.get(0), captured.get(1), captured.get(2)) else {
            continue;
        };
        let Ok(days) = days.as_str().parse::<i64>() else { continue };
        let sentence = graph.sentence(whole.start());
        found.extend(between_dates(graph, &sentence, &whole.range(), days, unit.as_str() == "工作日"));
        let after = graph.text(whole.end()..sentence.end);
        let clause = after.split(['，', '；', '、']).next().unwrap_or(after);
        found.extend(misnamed(graph, &sentence, &whole.range(), days, unit.as_str() == "工作日", clause));
    }
    found
}

/// A limit that is that of another act.
fn misnamed(
    graph: &Graph,
    sentence: &std::ops::Range<usize>,
    at: &std::ops::Range<usize>,
    days: i64,
    working: bool,
    clause: &str,
) -> Option<Diagnostic> {
    let text = graph.text(sentence.clone());
    let limits = graph.words.limit.iter().filter(|limit| has(text, &limit.context));
    let called = limits.clone().find(|limit| has(clause, &limit.words))?;
    if called.days == days && called.working == working {
        return None;
    }
    let meant = limits.clone().find(|limit| limit.days == days && limit.working == working && limit.act != called.act);
    match meant {
        Some(meant) if !has(clause, &meant.words) => Some(wording::misnamed(graph, at, called, meant)),
        _ if days > called.days && (working || !called.working) => Some(wording::too_long(graph, at, called, days)),
        _ => None,
    }
}

/// Two dates in the sentence that lie further apart than its limit.
fn between_dates(
    graph: &Graph,
    sentence: &std::ops::Range<usize>,
    at: &std::ops::Range<usize>,
    limit: i64,
    working: bool,
) -> Option<Diagnostic> {
    let text = graph.text(sentence.clone());
    let dates: Vec<Date> = DATE.captures_iter(text).filter_map(|captured| date(&captured)).collect();
    let [first, second] = dates.as_slice() else { return None };
    // What came later may be told first where the limit runs from a day that is named.
    let (first, second) = if second < first && text.contains("起") { (second, first) } else { (first, second) };
    if second < first || text.contains("前") {
        return None;
    }
    let days = i64::from(first.until(*second).ok()?.get_days());
    // Holidays are not known here: seven days of them and a weekend more are allowed for.
    let beyond = if working { weekdays(*first, *second) > limit + 7 } else { days > limit };
    beyond.then(|| wording::beyond_limit(graph, at, *first, *second, days))
}

fn weekdays(first: Date, second: Date) -> i64 {
    let days = std::iter::successors(first.tomorrow().ok(), |day| day.tomorrow().ok())
        .take_while(|day| *day <= second)
        .take(4000);
    let count = days.filter(|day| day.weekday().to_monday_zero_offset() < 5).count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Filed after the day by which it was due, and said to be in time.
fn late(graph: &Graph) -> Option<Diagnostic> {
    let text = &graph.document.text;
    let filed = FILED.captures(text)?;
    let due = DUE.captures(text)?;
    let (on, by) = (date(&filed)?, date(&due)?);
    let (filed, due) = (filed.get(0)?.range(), due.get(0)?.range());
    (on > by).then(|| wording::late(graph, &filed, &due, on, by))
}
