//! An audit as JSON and as a page.

use std::fmt::Write;

use heng_diag::{Diagnostic, Format, Lang, Severity, escape_html, pick, render_all};
use serde_json::{Value, json};

use crate::{Audit, document::Document};

/// An audit as JSON, format `audit/1`: findings as in `diagnostics/1`, and the figures.
#[must_use]
pub fn to_json(document: &Document, audit: &Audit) -> Value {
    let findings = render_all(&audit.findings, &audit.sources, Lang::Zh, Format::Json);
    let findings: Value = serde_json::from_str(&findings).unwrap_or(Value::Null);
    let figures: Vec<Value> = audit
        .figures
        .iter()
        .map(|figure| {
            let place = document.blocks.get(figure.block).map(|block| &block.place);
            json!({ "figure": figure, "place": place })
        })
        .collect();
    json!({
        "heng": "audit/1",
        "file": document.name,
        "must_fix": count(audit, Severity::Error),
        "should_explain": count(audit, Severity::Warning),
        "notes": count(audit, Severity::Hint),
        "findings": findings.get("diagnostics").cloned().unwrap_or(Value::Null),
        "figures": figures,
    })
}

/// How many findings are of a severity.
#[must_use]
pub fn count(audit: &Audit, severity: Severity) -> usize {
    audit.findings.iter().filter(|finding| finding.severity == severity).count()
}

/// The severity in the words of a reviewer.
#[must_use]
pub fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "必须改",
        (Severity::Warning, Lang::Zh) => "应说明",
        (Severity::Hint, Lang::Zh) => "供参考",
        (Severity::Error, Lang::En) => "must fix",
        (Severity::Warning, Lang::En) => "should explain",
        (Severity::Hint, Lang::En) => "note",
    }
}

/// A self-contained page: the findings, then the text with their places marked.
#[must_use]
pub fn to_html(audits: &[(Document, Audit)], lang: Lang) -> String {
    let title = pick(lang, "文件核对".to_owned(), "Audit of documents".to_owned());
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n",
        if lang == Lang::Zh { "zh" } else { "en" }
    );
    for (document, audit) in audits {
        let _ = writeln!(out, "<h2>{}</h2>\n<ol>", escape_html(&document.name));
        for (number, finding) in audit.findings.iter().enumerate() {
            item(&mut out, number, finding, lang);
        }
        out.push_str("</ol>\n");
        if audit.findings.is_empty() {
            let _ =
                writeln!(out, "<p>{}</p>", pick(lang, "没有发现不一致。".to_owned(), "Nothing disagrees.".to_owned()));
        }
        text(&mut out, document, audit);
    }
    out.push_str("</html>\n");
    out
}

const STYLE: &str = "body{font:16px/1.7 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:52em;margin:2em auto;padding:0 1em}\
li{margin:.8em 0}b.Error{color:#b00020}b.Warning{color:#a05a00}b.Hint{color:#35618f}.sub{color:#555;display:block}\
.text{border-top:1px solid #ccc;margin-top:2em}.text p{margin:.3em 0}mark{background:#ffe2a8}mark:target{background:#ffb3b3}a{color:inherit}";

fn item(out: &mut String, number: usize, finding: &Diagnostic, lang: Lang) {
    let word = severity_word(finding.severity, lang);
    let title = escape_html(finding.title.get(lang));
    let place = finding.location.as_deref().map(escape_html).unwrap_or_default();
    let _ = write!(
        out,
        "<li><b class=\"{:?}\">{word}</b> <a href=\"#f{number}\">{title}</a> <small>{place} · {}</small>",
        finding.severity, finding.code
    );
    for line in finding.notes.iter().chain(&finding.helps) {
        let _ = write!(out, "<span class=\"sub\">{}</span>", escape_html(line.get(lang)));
    }
    out.push_str("</li>\n");
}

fn text(out: &mut String, document: &Document, audit: &Audit) {
    out.push_str("<div class=\"text\">\n");
    let mut marks: Vec<(usize, usize, usize)> = Vec::new();
    for (number, finding) in audit.findings.iter().enumerate() {
        let labels = finding.primary.iter().chain(&finding.others);
        marks.extend(labels.map(|label| (label.span.start as usize, label.span.end as usize, number)));
    }
    marks.sort_unstable();
    let mut named = vec![false; audit.findings.len()];
    for block in &document.blocks {
        out.push_str("<p>");
        let mut at = block.span.start;
        for (start, end, number) in marks.iter().filter(|(start, _, _)| block.span.contains(start)) {
            if *start < at {
                continue;
            }
            let end = (*end).min(block.span.end);
            out.push_str(&escape_html(document.slice(&(at..*start))));
            let first = named.get_mut(*number).is_some_and(|named| !std::mem::replace(named, true));
            let id = if first { format!(" id=\"f{number}\"") } else { String::new() };
            let _ = write!(out, "<mark{id}>{}</mark>", escape_html(document.slice(&(*start..end))));
            at = end;
        }
        out.push_str(&escape_html(document.slice(&(at..block.span.end))));
        out.push_str("</p>\n");
    }
    out.push_str("</div>\n");
}
