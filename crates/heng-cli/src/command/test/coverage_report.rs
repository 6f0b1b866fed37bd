//! Coverage as text, JSON and a page.

use std::{collections::BTreeMap, path::PathBuf};

use heng_diag::{FileId, Lang, Text, escape_html};
use heng_test::coverage::{Coverage, Entry};
use serde_json::{Value, json};

use crate::{pack::Pack, wording};

type Packs<'a> = BTreeMap<PathBuf, &'a Pack>;
type Covered = BTreeMap<PathBuf, Coverage>;

/// Each row of the table with how much of it is reached, and every item without a case.
pub fn text(covered: &Covered, packs: &Packs<'_>, lang: Lang) -> String {
    let mut out = String::new();
    for (rules, coverage) in covered {
        let Some(pack) = packs.get(rules) else { continue };
        let entries = coverage.entries();
        let reached = entries.iter().filter(|entry| entry.reached).count();
        out.push_str(&format!("{}\n", pack.label()));
        out.push_str(&format!("{}\n", wording::coverage_head(reached, entries.len()).get(lang)));
        let mut group = None;
        for entry in entries.iter().filter(|entry| !entry.reached) {
            let name = row(pack, entry);
            if group.as_ref() != Some(&name) {
                let of_row: Vec<&&Entry> = entries.iter().filter(|other| row(pack, other) == name).collect();
                let done = of_row.iter().filter(|entry| entry.reached).count();
                out.push_str(&format!("  {name} {done}/{}\n", of_row.len()));
                group = Some(name);
            }
            let (place, line) = place(pack, entry);
            out.push_str(&format!("    {place}  {line}    {}\n", wording::coverage_item(&entry.item, lang)));
        }
    }
    out
}

/// Everything, reached or not.
pub fn json(covered: &Covered, packs: &Packs<'_>) -> Value {
    let pack = |(rules, coverage): (&PathBuf, &Coverage)| {
        let pack = packs.get(rules)?;
        let entries: Vec<Value> = coverage.entries().iter().map(|entry| item(pack, entry)).collect();
        Some(json!({ "pack": pack.label(), "items": entries }))
    };
    Value::Array(covered.iter().filter_map(pack).collect())
}

fn item(pack: &Pack, entry: &Entry) -> Value {
    let (place, line) = place(pack, entry);
    json!({
        "indicator": row(pack, entry),
        "place": place,
        "rule": line,
        "missing": wording::coverage_item(&entry.item, Lang::En),
        "reached": entry.reached,
    })
}

/// A page by itself: a table of rows, and the rule files with what has no case marked.
pub fn html(covered: &Covered, packs: &Packs<'_>, lang: Lang) -> String {
    let title = Text::new("规则的覆盖", "Coverage of rules");
    let code = if lang == Lang::Zh { "zh" } else { "en" };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{code}\"><meta charset=\"utf-8\"><title>{0}</title>\n<style>{STYLE}</style>\n<h1>{0}</h1>\n",
        title.get(lang)
    );
    for (rules, coverage) in covered {
        let Some(pack) = packs.get(rules) else { continue };
        let entries = coverage.entries();
        let reached = entries.iter().filter(|entry| entry.reached).count();
        out.push_str(&format!("<h2>{}</h2>\n<p>{reached} / {}</p>\n", escape_html(&pack.label()), entries.len()));
        for (id, file) in (0_u16..).zip(pack.program.files.iter()) {
            out.push_str(&format!("<h3>{}</h3>\n<pre>", escape_html(file)));
            let text = pack.warnings.sources.get(FileId(id)).map_or("", |source| source.text.as_str());
            for (number, line) in (1_u32..).zip(text.lines()) {
                let here: Vec<&&Entry> =
                    entries.iter().filter(|entry| entry.at.file == id && entry.at.line == number).collect();
                out.push_str(&marked(number, line, &here, lang));
            }
            out.push_str("</pre>\n");
        }
    }
    out
}

const STYLE: &str = "body{font:16px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:70em;margin:2em auto;padding:0 1em}\
pre{font:14px/1.5 'Noto Sans Mono CJK SC',monospace;white-space:pre-wrap}.no{background:#fde2e2}.part{background:#fff3cd}.yes{background:#e3f4e3}\
i{color:#a33;font-style:normal;font-size:12px;margin-left:1em}b{color:#999;font-weight:normal;display:inline-block;width:3em}";

fn marked(number: u32, line: &str, here: &[&&Entry], lang: Lang) -> String {
    let reached = here.iter().filter(|entry| entry.reached).count();
    let class = match (here.len(), reached) {
        (0, _) => "",
        (all, done) if all == done => "yes",
        (_, 0) => "no",
        _ => "part",
    };
    let missing: Vec<&str> =
        here.iter().filter(|entry| !entry.reached).map(|entry| wording::coverage_item(&entry.item, lang)).collect();
    let note = if missing.is_empty() { String::new() } else { format!("<i>{}</i>", missing.join("；")) };
    format!("<span class=\"{class}\"><b>{number}</b>{}{note}</span>\n", escape_html(line))
}

/// The row of the table an item belongs to; the pack's title for what belongs to none.
fn row(pack: &Pack, entry: &Entry) -> String {
    let node = entry.node.and_then(|id| pack.program.node(id));
    node.map_or_else(|| pack.program.pack.title.to_string(), |node| node.name.to_string())
}

/// Where an item is written, and the line of the rule file.
fn place(pack: &Pack, entry: &Entry) -> (String, String) {
    let file = pack.program.files.get(usize::from(entry.at.file)).map_or("", |name| &**name);
    let short = file.rsplit('/').next().unwrap_or(file);
    let text = pack.warnings.sources.get(FileId(entry.at.file)).map_or("", |source| source.text.as_str());
    let line = text.lines().nth(entry.at.line.saturating_sub(1) as usize).unwrap_or("").trim().to_owned();
    (format!("{short}:{}", entry.at.line), line)
}
