//! Diagnostics for programs: format `diagnostics/1`. Both languages, places by line and column and
//! by byte, fixes with their edits. Additions may come; what is there keeps its meaning.

use serde::Serialize;

use crate::{
    diagnostic::{Diagnostic, Fix, Label, Severity},
    excerpt::clamp,
    render::count,
    source::{Sources, Span},
    text::Text,
    visible::is_invisible,
};

#[derive(Serialize)]
struct Page<'a> {
    heng: &'static str,
    errors: usize,
    warnings: usize,
    hints: usize,
    diagnostics: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'a str,
    severity: Severity,
    title: &'a Text,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a str>,
    others: Vec<Other<'a>>,
    notes: &'a [Text],
    helps: &'a [Text],
    fixes: Vec<Mend<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Other<'a> {
    #[serde(flatten)]
    place: Option<Place<'a>>,
    text: &'a Text,
}

#[derive(Serialize)]
struct Mend<'a> {
    title: &'a Text,
    safe: bool,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    #[serde(flatten)]
    place: Option<Place<'a>>,
    replacement: &'a str,
}

/// One diagnostic as one line of JSON.
pub(crate) fn one(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let line = serde_json::to_string(&item(diagnostic, sources)).unwrap_or_default();
    escape(&line) + "\n"
}

/// All diagnostics as one JSON object.
pub(crate) fn all(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    together(&[(diagnostics, sources)])
}

/// The diagnostics of several sets of files as one JSON object.
pub(crate) fn together(groups: &[(&[Diagnostic], &Sources)]) -> String {
    let counts: Vec<[usize; 3]> = groups.iter().map(|(all, _)| count(all).map(|(_, count)| count)).collect();
    let [errors, warnings, hints] =
        counts.iter().fold([0; 3], |[errors, warnings, hints], [e, w, h]| [errors + e, warnings + w, hints + h]);
    let mut diagnostics = Vec::new();
    for (all, sources) in groups {
        diagnostics.extend(all.iter().map(|diagnostic| item(diagnostic, sources)));
    }
    let page = Page { heng: "diagnostics/1", errors, warnings, hints, diagnostics };
    escape(&serde_json::to_string_pretty(&page).unwrap_or_default()) + "\n"
}

fn item<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Item<'a> {
    let primary = diagnostic.primary.as_ref();
    let words = |label: &'a Label| (!label.text.zh.is_empty() || !label.text.en.is_empty()).then_some(&label.text);
    let other = |label: &'a Label| Other { place: place(sources, label.span), text: &label.text };
    Item {
        code: diagnostic.code,
        severity: diagnostic.severity,
        title: &diagnostic.title,
        place: primary.and_then(|label| place(sources, label.span)),
        label: primary.and_then(words),
        location: diagnostic.location.as_deref(),
        others: diagnostic.others.iter().map(other).collect(),
        notes: &diagnostic.notes,
        helps: &diagnostic.helps,
        fixes: diagnostic.fixes.iter().map(|fix| mend(fix, sources)).collect(),
    }
}

fn mend<'a>(fix: &'a Fix, sources: &'a Sources) -> Mend<'a> {
    let edits =
        fix.edits.iter().map(|edit| Change { place: place(sources, edit.span), replacement: &edit.replacement });
    Mend { title: &fix.title, safe: fix.safe, edits: edits.collect() }
}

fn place(sources: &Sources, span: Span) -> Option<Place<'_>> {
    let file = sources.get(span.file)?;
    let range = clamp(&file.text, span);
    let at = |offset: usize| file.line_column(u32::try_from(offset).unwrap_or(u32::MAX));
    let (from, to) = (at(range.start), at(range.end));
    Some(Place {
        file: &file.name,
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
        start: range.start,
        end: range.end,
    })
}

/// Writes invisible characters as JSON escapes: the text stays the same, the terminal is left alone.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_invisible(c) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}
