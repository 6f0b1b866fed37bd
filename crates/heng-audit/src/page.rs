//! An audit as JSON and as a page.

mod body;

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
    for (file, (document, audit)) in audits.iter().enumerate() {
        let _ = writeln!(out, "<h2>{}</h2>\n<ol>", escape_html(&document.name));
        for (number, finding) in audit.findings.iter().enumerate() {
            item(&mut out, (file, number), finding, lang);
        }
        out.push_str("</ol>\n");
        if audit.findings.is_empty() {
            let _ =
                writeln!(out, "<p>{}</p>", pick(lang, "没有发现不一致。".to_owned(), "Nothing disagrees.".to_owned()));
        }
        body::write(&mut out, document, audit, file);
    }
    out.push_str("</html>\n");
    out
}

const STYLE: &str = "body{font:16px/1.7 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:52em;margin:2em auto;padding:0 1em}\
li{margin:.8em 0}b.Error{color:#b00020}b.Warning{color:#a05a00}b.Hint{color:#35618f}.sub{color:#555;display:block}\
.text{border-top:1px solid #ccc;margin-top:2em}.text p{margin:.3em 0}.wide{overflow-x:auto}table{border-collapse:collapse;margin:.6em 0;font-size:.9em}\
td{border:1px solid #bbb;padding:.2em .6em}td.n{text-align:right;white-space:nowrap}mark{background:#ffe2a8}mark:target{background:#ffb3b3}a{color:inherit}";

fn item(out: &mut String, (file, number): (usize, usize), finding: &Diagnostic, lang: Lang) {
    let word = severity_word(finding.severity, lang);
    let title = escape_html(finding.title.get(lang));
    let place = finding.location.as_deref().map(escape_html).unwrap_or_default();
    let _ = write!(
        out,
        "<li><b class=\"{:?}\">{word}</b> <a href=\"#f{file}-{number}\">{title}</a> <small>{place} · {}</small>",
        finding.severity, finding.code
    );
    for line in finding.notes.iter().chain(&finding.helps) {
        let _ = write!(out, "<span class=\"sub\">{}</span>", escape_html(line.get(lang)));
    }
    out.push_str("</li>\n");
}
