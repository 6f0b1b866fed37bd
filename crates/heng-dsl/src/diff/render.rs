//! Changes for people: as a memo at the terminal, in Markdown and HTML; and as JSON for programs.

use heng_diag::{Lang, escape_html};

use super::{
    Change,
    memo::{Line, line as said, memo},
};

/// A change in a line, with what it is about.
pub(super) fn line(change: &Change) -> heng_diag::Text {
    let told = |lang: Lang| {
        let line = said(change, lang).text;
        let about = if change.about.is_empty() {
            if lang == Lang::Zh { "规则包" } else { "The pack" }
        } else {
            &change.about
        };
        if lang == Lang::Zh { format!("{about}　{line}") } else { format!("{about}: {line}") }
    };
    heng_diag::Text::new(told(Lang::Zh), told(Lang::En))
}

fn nothing(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "没有变化" } else { "nothing changed" }
}

/// The changes as text.
#[must_use]
pub fn text(changes: &[Change], lang: Lang) -> String {
    if changes.is_empty() {
        return format!("{}\n", nothing(lang));
    }
    let mut out = String::new();
    memo(changes, lang).iter().for_each(|line| plain(line, 0, &mut out));
    out
}

fn plain(line: &Line, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    out.push_str(&format!("{indent}{}\n", line.text));
    if let Some((old, new)) = &line.sides {
        side_by_side(old, new, &format!("{indent}  "), out);
    }
    for row in line.block.iter().flat_map(|block| block.lines()) {
        out.push_str(&format!("{indent}  {row}\n"));
    }
    line.below.iter().for_each(|below| plain(below, depth + 1, out));
}

/// Two texts beside each other.
fn side_by_side(old: &str, new: &str, indent: &str, out: &mut String) {
    use unicode_width::UnicodeWidthStr as _;
    let widest = old.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0);
    let rows = old.lines().count().max(new.lines().count());
    for row in 0..rows {
        let (left, right) = (old.lines().nth(row).unwrap_or(""), new.lines().nth(row).unwrap_or(""));
        let pad = " ".repeat(widest.saturating_sub(left.width()));
        out.push_str(format!("{indent}{left}{pad} │ {right}").trim_end());
        out.push('\n');
    }
}

/// The changes as Markdown.
#[must_use]
pub fn markdown(changes: &[Change], lang: Lang) -> String {
    if changes.is_empty() {
        return format!("{}\n", nothing(lang));
    }
    let mut out = String::new();
    for head in memo(changes, lang) {
        out.push_str(&format!("### {}\n\n", head.text));
        head.below.iter().for_each(|line| item(line, 0, lang, &mut out));
        out.push('\n');
    }
    out
}

fn item(line: &Line, depth: usize, lang: Lang, out: &mut String) {
    let indent = "  ".repeat(depth);
    out.push_str(&format!("{indent}- {}\n", line.text));
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', "<br>");
    if let Some((old, new)) = &line.sides {
        let (before, after) = if lang == Lang::Zh { ("原来", "现在") } else { ("before", "after") };
        let head = format!("{indent}  | {before} | {after} |\n{indent}  |---|---|\n");
        out.push_str(&format!("\n{head}{indent}  | {} | {} |\n\n", cell(old), cell(new)));
    }
    if let Some(block) = &line.block {
        let rows: String = block.lines().map(|row| format!("{indent}  {row}\n")).collect();
        out.push_str(&format!("\n{indent}  ```text\n{rows}{indent}  ```\n\n"));
    }
    line.below.iter().for_each(|below| item(below, depth + 1, lang, out));
}

/// The changes as a page.
#[must_use]
pub fn html(changes: &[Change], lang: Lang) -> String {
    let (code, heading) =
        if lang == Lang::Zh { ("zh", "规则的变化") } else { ("en", "What changed in the rules") };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<meta charset=\"utf-8\">\n<title>{heading}</title>\n<style>body{{max-width:60em;margin:2em auto;font-family:sans-serif}}td{{vertical-align:top;border:1px solid #bbb;padding:.4em}}td,pre{{white-space:pre-wrap}}</style>\n<h1>{heading}</h1>\n"
    );
    if changes.is_empty() {
        out.push_str(&format!("<p>{}</p>\n", nothing(lang)));
    }
    for head in memo(changes, lang) {
        out.push_str(&format!("<h2>{}</h2>\n", escape_html(&head.text)));
        list(&head.below, &mut out);
    }
    out + "</html>\n"
}

fn list(lines: &[Line], out: &mut String) {
    if lines.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    for line in lines {
        out.push_str(&format!("<li>{}", escape_html(&line.text)));
        if let Some((old, new)) = &line.sides {
            let (old, new) = (escape_html(old), escape_html(new));
            out.push_str(&format!("<table><tr><td>{old}</td><td>{new}</td></tr></table>"));
        }
        if let Some(block) = &line.block {
            out.push_str(&format!("<pre>{}</pre>", escape_html(block)));
        }
        list(&line.below, out);
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

/// The changes for programs: what each is about, its kind, and both sides.
#[must_use]
pub fn json(changes: &[Change]) -> Vec<[(&'static str, String); 5]> {
    let one = |change: &Change| {
        [
            ("kind", format!("{:?}", change.kind).to_lowercase()),
            ("about", change.about.clone()),
            ("part", change.part.clone()),
            ("old", change.old.clone()),
            ("new", change.new.clone()),
        ]
    };
    changes.iter().map(one).collect()
}
