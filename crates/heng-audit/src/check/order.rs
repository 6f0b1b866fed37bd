//! Days in an order that cannot be: finished before it began, signed before it was tendered.

use heng_diag::Diagnostic;
use jiff::civil::Date;
use std::ops::Range;

use crate::{graph::Graph, pattern::patterns, vocabulary::has, wording};

patterns! {
    DAY = r"(?:(20\d{2})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日";
    SPAN = r"^\s*(?:起)?\s*(?:[—–\-~～]+|至|到|起至|开始[，,]?(?:至|到)?)\s*$";
    SIGNED = r"^\s*(?:[^，。；：\d]{0,20})?20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$";
    COMING = r"前|将|拟|计划|预计|力争|确保|到期|截止|截至|期限|至|止|下一步|要求|应|填报|公开|整改|报送|有效";
    LASTS = r"(?:工期|历时|为期|耗时|期限|建设期)[^，。；\d]{0,8}(\d{1,4})\s*(天|日历天|日|个月)";
}

/// A day of a sentence with the words beside it.
struct Day {
    date: Date,
    span: Range<usize>,
    /// Where it comes in the course of a project, by the words beside it.
    step: Option<Step>,
}

/// A course of steps, and which of them.
type Step = (bool, usize);

/// Compares the days of every sentence.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, block) in graph.document.paragraphs() {
        let mut at = block.span.start;
        for piece in graph.document.block_text(block).split_inclusive(['。', '！', '？']) {
            found.extend(sentence(graph, at, piece));
            at += piece.len();
        }
    }
    found.extend(signed(graph));
    found
}

fn sentence(graph: &Graph, offset: usize, text: &str) -> Option<Diagnostic> {
    let days = days(graph, offset, text);
    for pair in days.windows(2) {
        let [a, b] = pair else { continue };
        let between = graph.text(a.span.end..b.span.start);
        let stepped = a.step.zip(b.step).is_some_and(|(one, other)| {
            one.0 == other.0 && (one.1 < other.1 && a.date > b.date || one.1 > other.1 && a.date < b.date)
        });
        if stepped || SPAN.is_match(between) && b.date < a.date {
            return Some(wording::days_order(graph, &a.span, &b.span, a.date, b.date));
        }
    }
    lasts(graph, offset, text, &days)
}

/// What is told as done on a day after that on which the report is signed.
fn signed(graph: &Graph) -> Option<Diagnostic> {
    let last = graph.document.paragraphs().collect::<Vec<_>>();
    let (_, block) = last.iter().rev().take(6).find(|(_, block)| SIGNED.is_match(graph.document.block_text(block)))?;
    let on = days(graph, block.span.start, graph.document.block_text(block)).into_iter().next()?;
    for (_, block) in last.iter().filter(|(_, other)| other.span.start < block.span.start) {
        let mut at = block.span.start;
        for piece in graph.document.block_text(block).split_inclusive(['。', '！', '？', '；']) {
            let late = days(graph, at, piece).into_iter().find(|day| day.date > on.date);
            if let Some(late) = late.filter(|_| !COMING.is_match(piece)) {
                return Some(wording::after_signing(graph, &late.span, &on.span, late.date, on.date));
            }
            at += piece.len();
        }
    }
    None
}

/// 工期 90 天 beside two days that lie further apart.
fn lasts(graph: &Graph, offset: usize, text: &str, days: &[Day]) -> Option<Diagnostic> {
    let [a, b] = days else { return None };
    let captured = LASTS.captures(text)?;
    let said: i64 = captured.get(1)?.as_str().parse().ok()?;
    let months = captured.get(2)?.as_str() == "个月";
    let said = if months { said * 31 } else { said };
    let came = i64::from(a.date.until(b.date).ok()?.get_days()).abs();
    let number = captured.get(1)?;
    let both = a.step.is_some() && b.step.is_some() || SPAN.is_match(graph.text(a.span.end..b.span.start));
    let at = offset + number.start()..offset + number.end();
    (both && came > said + 1 && !text.contains('延')).then(|| wording::beyond_limit(graph, &at, a.date, b.date, came))
}

fn days(graph: &Graph, offset: usize, text: &str) -> Vec<Day> {
    let mut found: Vec<Day> = Vec::new();
    let mut year: Option<i16> = None;
    let all: Vec<_> = DAY.captures_iter(text).collect();
    for (number, captured) in all.iter().enumerate() {
        let part = |at: usize| captured.get(at).and_then(|part| part.as_str().parse::<i16>().ok());
        year = part(1).or(year);
        let (Some(whole), Some(said), Some(month), Some(day)) = (captured.get(0), year, part(2), part(3)) else {
            continue;
        };
        let (month, day) = (i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0));
        let Ok(date) = Date::new(said, month, day) else { continue };
        let from = number.checked_sub(1).and_then(|at| all.get(at)?.get(0)).map_or(0, |before| before.end());
        let to = all.get(number + 1).and_then(|next| next.get(0)).map_or(text.len(), |next| next.start());
        let lead = text.get(from..whole.start()).unwrap_or("");
        let tail = text.get(whole.end()..to).unwrap_or("");
        let tail = tail.split(['，', '；', '、', '。']).next().unwrap_or(tail);
        let lead = lead.rsplit(['，', '；', '。']).next().unwrap_or(lead);
        let behind = ["日期", "时间", "于", "为", "：", ":"].iter().any(|end| lead.ends_with(end));
        let step = if behind { step(graph, lead).or_else(|| step(graph, tail)) } else { step(graph, tail) };
        let limit = tail.trim_start().starts_with('前') || tail.contains("之前") || tail.contains("以前");
        let span = offset + whole.start()..offset + whole.end();
        found.push(Day { date, span, step: step.filter(|_| !limit) });
    }
    found
}

/// The last step that words name.
fn step(graph: &Graph, words: &str) -> Option<Step> {
    let last = |steps: &[Vec<String>]| steps.iter().rposition(|step| has(words, step));
    let of_project = last(&graph.words.course).map(|at| (true, at));
    of_project.or_else(|| last(&graph.words.span).map(|at| (false, at)))
}
