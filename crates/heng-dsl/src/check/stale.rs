//! What belongs to another year: a source that has run out or was superseded, a parameter that was
//! last reviewed for an earlier year, a day of handing in before the year was over, a title of
//! another year, a text that speaks of an earlier one, a year or a day of last year in a formula.

use heng_diag::Diagnostic;
use heng_model::{
    Date, ExprId, ExprKind, Number, Program, Value,
    expr::{Citation, Function, SourceRef},
};

use super::span;
use crate::wording;

/// Words after which a paper says until when it holds.
const UNTIL: [&str; 3] = ["有效期至", "有效期到", "valid until"];

/// Words by which a paper is said to hold no longer.
const SUPERSEDED: [&str; 4] = ["已废止", "已失效", "superseded", "repealed"];

/// Checks the pack, its indicators and its parameters.
pub fn check(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let year = program.pack.year;
    let Some(root) = program.root() else { return };
    let place = span(root.at);
    if let Some(due) = program.pack.due.filter(|due| due.year() <= year) {
        diagnostics.push(wording::stale_due(place, &day(due), year));
    }
    if let Some(other) = years_in(&program.pack.title).into_iter().find(|other| *other != year) {
        diagnostics.push(wording::stale_title(place, other, year));
    }
    source(&program.pack.cite, root.at, year, diagnostics);
    for node in program.nodes.iter().skip(1).filter(|node| node.cite != program.pack.cite) {
        let inherited = node.parent.and_then(|parent| program.node(parent)).is_some_and(|up| up.cite == node.cite);
        if !inherited {
            source(&node.cite, node.at, year, diagnostics);
        }
    }
    texts(program, year, diagnostics);
    literals(program, year, diagnostics);
    for item in program.lets.iter().filter(|item| item.parameter) {
        source(&item.cite, item.at, year, diagnostics);
        // A parameter is reviewed for a year in the year after it, or later.
        if let Some(reviewed) = item.cite.reviewed.filter(|reviewed| reviewed.year() < year) {
            diagnostics.push(wording::stale_review(&item.name, &day(reviewed), year, span(item.at)));
        }
    }
}

/// What an indicator says of itself in words; where it comes from may be older.
fn texts(program: &Program, year: i16, diagnostics: &mut Vec<Diagnostic>) {
    for node in program.nodes.iter().skip(1) {
        let texts = [Some(&node.name), node.meaning.as_ref(), node.evidence.as_ref(), node.note.as_ref()];
        let mut earlier = texts.into_iter().flatten().filter_map(|text| earlier_in(text, year));
        if let Some(said) = earlier.next() {
            diagnostics.push(wording::stale_text(&node.name, &said, year, span(node.at)));
        }
    }
}

/// What of an earlier year a text names: `2023年度`, `2023年3月31日`.
fn earlier_in(text: &str, year: i16) -> Option<String> {
    text.match_indices('年').find_map(|(at, _)| {
        let before = text.get(..at)?;
        let digits = before.get(before.len().checked_sub(4)?..)?;
        let named: i16 = digits.parse().ok().filter(|named| (1990..year).contains(named))?;
        let after: String =
            text.get(at..)?.chars().take_while(|sign| "年月日度".contains(*sign) || sign.is_ascii_digit()).collect();
        let whole = after.starts_with("年度") || (after.contains('月') && after.contains('日'));
        whole.then(|| format!("{named}{after}"))
    })
}

/// Days compared with last year, and parameters that are a day of it; a parameter that was reviewed since stands as it is.
fn literals(program: &Program, year: i16, diagnostics: &mut Vec<Diagnostic>) {
    let last = Number::from(i64::from(year) - 1);
    let kind = |id: &ExprId| program.expr(*id).map(|expr| &expr.kind);
    let is_last = |id: &ExprId| matches!(kind(id), Some(ExprKind::Literal(Value::Number(number))) if *number == last);
    let is_year = |id: &ExprId| matches!(kind(id), Some(ExprKind::Call(Function::YearOf, _)));
    for expr in &program.exprs {
        // A 分档 by years may well start at last year: rules that came in steps.
        let ExprKind::Compare(_, a, b) = &expr.kind else { continue };
        if is_year(a) && is_last(b) || is_last(a) && is_year(b) {
            diagnostics.push(wording::stale_year(i64::from(year) - 1, year, span(expr.at)));
        }
    }
    for item in program.lets.iter().filter(|item| item.parameter) {
        let reviewed = item.cite.reviewed.is_some_and(|reviewed| reviewed.year() >= year);
        if let Some(ExprKind::Literal(Value::Date(date))) = program.expr(item.value).map(|expr| &expr.kind)
            && date.year() < year
            && !reviewed
        {
            diagnostics.push(wording::stale_parameter(&item.name, &day(*date), year, span(item.at)));
        }
    }
}

fn source(cite: &Citation, at: SourceRef, year: i16, diagnostics: &mut Vec<Diagnostic>) {
    for text in [&cite.basis, &cite.source].into_iter().flatten() {
        if let Some(until) = until(text).filter(|until| until.year() < year) {
            diagnostics.push(wording::source_expired(text, &day(until), year, span(at)));
        }
        if SUPERSEDED.iter().any(|word| text.contains(word)) {
            diagnostics.push(wording::source_superseded(text, span(at)));
        }
    }
}

/// Until when a paper says it holds.
fn until(text: &str) -> Option<Date> {
    let (_, rest) = UNTIL.iter().find_map(|word| text.split_once(word))?;
    let mut numbers = rest.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty());
    let year: i16 = numbers.next()?.parse().ok()?;
    let month: i8 = numbers.next().and_then(|month| month.parse().ok()).unwrap_or(12);
    let day: i8 = numbers.next().and_then(|day| day.parse().ok()).unwrap_or(31);
    Date::new(year, month, day).ok().or_else(|| Date::new(year, month, 28).ok())
}

/// The years that a title names as `2022年度`.
fn years_in(text: &str) -> Vec<i16> {
    let before = text.match_indices("年度").filter_map(|(at, _)| text.get(..at));
    let year = |part: &str| -> Option<i16> {
        let digits: String = part.chars().rev().take_while(char::is_ascii_digit).collect();
        let digits: String = digits.chars().rev().collect();
        (digits.len() == 4).then(|| digits.parse().ok()).flatten()
    };
    before.filter_map(year).collect()
}

fn day(day: Date) -> String {
    day.to_string()
}

#[cfg(test)]
mod tests {
    use super::{earlier_in, until, years_in};

    #[test]
    fn a_paper_says_until_when_it_holds() {
        let said = |text| until(text).map(|day| day.to_string());
        assert_eq!(said("某财预〔2019〕1号，有效期至2022年6月30日"), Some("2022-06-30".to_owned()));
        assert_eq!(said("有效期至2022年"), Some("2022-12-31".to_owned()));
        assert_eq!(said("Order 7, valid until 2021-02-29"), Some("2021-02-28".to_owned()));
        assert_eq!(said("有效期至另行通知"), None);
        assert_eq!(said("财预〔2020〕10号"), None);
    }

    #[test]
    fn a_text_speaks_of_an_earlier_year() {
        assert_eq!(earlier_in("2023年度“三公”经费与上年之比", 2024), Some("2023年度".to_owned()));
        assert_eq!(earlier_in("2024年3月31日前报送2023年12月31日的账", 2024), Some("2023年12月31日".to_owned()));
        assert_eq!(earlier_in("2024年度的数，见2020年的办法", 2024), None);
        assert_eq!(earlier_in("财预〔2020〕10号，三年内", 2024), None);
    }

    #[test]
    fn a_title_names_its_years() {
        assert_eq!(years_in("2022年度整体支出绩效自评"), [2022]);
        assert_eq!(years_in("整体支出绩效自评（三年度）"), Vec::<i16>::new());
    }
}
