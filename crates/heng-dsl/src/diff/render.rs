//! Changes for people: as a memo at the terminal, in Markdown and HTML; and as JSON for programs.

use heng_diag::{Lang, escape_html};

use super::{Change, ChangeKind};
use crate::{keywords::FIELDS, wording::change_words};

/// One change in a line; the old and new lines of a formula apart.
struct Said {
    about: String,
    line: String,
    sides: Option<(String, String)>,
}

fn said(change: &Change, lang: Lang) -> Said {
    let word = change_words(change.kind);
    let word = word.get(lang);
    let part = match (change.kind, lang) {
        (ChangeKind::Pack | ChangeKind::Field, Lang::En) => {
            FIELDS.iter().find(|(zh, _)| *zh == change.part).map_or(change.part.as_str(), |(_, en)| *en)
        }
        _ => change.part.as_str(),
    };
    let head = match change.kind {
        ChangeKind::Pack | ChangeKind::Field if !part.is_empty() => part.to_owned(),
        _ if part.is_empty() => word.to_owned(),
        _ => format!("{word} {part}"),
    };
    let long = change.old.contains('\n') || change.new.contains('\n');
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let line = match (change.old.as_str(), change.new.as_str()) {
        _ if long => head,
        ("", "") => head,
        ("", new) => format!("{head}{colon}{new}"),
        (old, "") => format!("{head}{colon}{old} → —"),
        (old, new) => format!("{head}{colon}{old} → {new}"),
    };
    let sides = long.then(|| (change.old.clone(), change.new.clone()));
    Said { about: change.about.clone(), line, sides }
}

/// A change in a line, with what it is about.
pub(super) fn line(change: &Change) -> heng_diag::Text {
    let told = |lang: Lang| {
        let Said { about, line, .. } = said(change, lang);
        let about = title(&about, lang);
        if lang == Lang::Zh { format!("{about}　{line}") } else { format!("{about}: {line}") }
    };
    heng_diag::Text::new(told(Lang::Zh), told(Lang::En))
}

/// The changes grouped by what they are about, in the order in which they were found.
fn groups(changes: &[Change], lang: Lang) -> Vec<(String, Vec<Said>)> {
    let mut groups: Vec<(String, Vec<Said>)> = Vec::new();
    for change in changes {
        let said = said(change, lang);
        match groups.iter_mut().find(|(about, _)| *about == said.about) {
            Some((_, lines)) => lines.push(said),
            None => groups.push((said.about.clone(), vec![said])),
        }
    }
    groups
}

fn title(about: &str, lang: Lang) -> String {
    match (about, lang) {
        ("", Lang::Zh) => "规则包".to_owned(),
        ("", Lang::En) => "The pack".to_owned(),
        (about, _) => about.to_owned(),
    }
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
    for (about, lines) in groups(changes, lang) {
        out.push_str(&format!("{}\n", title(&about, lang)));
        for said in lines {
            out.push_str(&format!("  {}\n", said.line));
            if let Some((old, new)) = said.sides {
                side_by_side(&old, &new, &mut out);
            }
        }
    }
    out
}

/// Two texts beside each other.
fn side_by_side(old: &str, new: &str, out: &mut String) {
    use unicode_width::UnicodeWidthStr as _;
    let widest = old.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0);
    let rows = old.lines().count().max(new.lines().count());
    for row in 0..rows {
        let (left, right) = (old.lines().nth(row).unwrap_or(""), new.lines().nth(row).unwrap_or(""));
        let pad = " ".repeat(widest.saturating_sub(left.width()));
        out.push_str(format!("    {left}{pad} │ {right}").trim_end());
        out.push('\n');
    }
}

/// The changes as Markdown.
#[must_use]
pub fn markdown(changes: &[Change], lang: Lang) -> String {
    let mut out = String::new();
    if changes.is_empty() {
        return format!("{}\n", nothing(lang));
    }
    for (about, lines) in groups(changes, lang) {
        out.push_str(&format!("### {}\n\n", title(&about, lang)));
        for said in lines {
            out.push_str(&format!("- {}\n", said.line));
            if let Some((old, new)) = said.sides {
                let cell = |text: &str| text.replace('|', "\\|").replace('\n', "<br>");
                let (before, after) = if lang == Lang::Zh { ("原来", "现在") } else { ("before", "after") };
                out.push_str(&format!(
                    "\n  | {before} | {after} |\n  |---|---|\n  | {} | {} |\n\n",
                    cell(&old),
                    cell(&new)
                ));
            }
        }
        out.push('\n');
    }
    out
}

/// The changes as a page.
#[must_use]
pub fn html(changes: &[Change], lang: Lang) -> String {
    let (code, heading) =
        if lang == Lang::Zh { ("zh", "规则的变化") } else { ("en", "What changed in the rules") };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<meta charset=\"utf-8\">\n<title>{heading}</title>\n<style>body{{max-width:60em;margin:2em auto;font-family:sans-serif}}td{{vertical-align:top;border:1px solid #bbb;padding:.4em;white-space:pre-wrap}}</style>\n<h1>{heading}</h1>\n"
    );
    if changes.is_empty() {
        out.push_str(&format!("<p>{}</p>\n", nothing(lang)));
    }
    for (about, lines) in groups(changes, lang) {
        out.push_str(&format!("<h2>{}</h2>\n<ul>\n", escape_html(&title(&about, lang))));
        for said in lines {
            out.push_str(&format!("<li>{}", escape_html(&said.line)));
            if let Some((old, new)) = said.sides {
                out.push_str(&format!(
                    "<table><tr><td>{}</td><td>{}</td></tr></table>",
                    escape_html(&old),
                    escape_html(&new)
                ));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    out + "</html>\n"
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
