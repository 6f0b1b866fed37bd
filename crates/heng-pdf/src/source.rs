//! The report in typst's language. Texts go in as string literals, so that no sign of theirs is markup.

use std::fmt::Write;

use heng_diag::Lang;
use heng_docs::{Block, Report, Spans};

use crate::choice::Choice;

/// Page, fonts, lines, headings and tables of an official document.
const PREAMBLE: &str = include_str!("preamble.typ");

/// The widest and the narrowest that a column counts for, in half signs.
const WIDEST: usize = 44;
const NARROWEST: usize = 8;
/// A column none of whose cells is longer, in half signs, has them in the middle.
const SHORT: usize = 12;
/// A row with a longer cell, in half signs, may be parted between pages.
const LONG: usize = 500;

/// The whole source.
#[must_use]
pub fn source(report: &Report, fonts: &Choice, lang: Lang) -> String {
    let mut out = String::new();
    let (tongue, region) = if lang == Lang::Zh { ("zh", "cn") } else { ("en", "gb") };
    // No date: the same inputs give the same bytes.
    let _ = writeln!(out, "#set document(title: {}, date: none)", literal(&report.title));
    let _ = writeln!(out, "#let (lang, region) = ({}, {})", literal(tongue), literal(region));
    out.push_str("#let fonts = (");
    let roles = [
        ("title", &fonts.title),
        ("head", &fonts.head),
        ("kai", &fonts.kai),
        ("body", &fonts.body),
        ("page", &fonts.page),
    ];
    for (role, name) in roles {
        // Quotation marks and dashes inside Chinese text are Chinese.
        let latin = literal(&fonts.latin);
        let _ = write!(out, "{role}: ((name: {latin}, covers: \"latin-in-cjk\"), {}), ", literal(name));
    }
    out.push_str(")\n");
    out.push_str(PREAMBLE);
    for block in &report.blocks {
        element(&mut out, block);
    }
    out
}

fn element(out: &mut String, block: &Block) {
    let _ = match block {
        Block::Title(text) => writeln!(out, "#title[{}]", spans(text)),
        Block::Heading(level, text) => writeln!(out, "#heading(level: {})[{}]", (*level).clamp(1, 4), spans(text)),
        Block::Text(text) => writeln!(out, "#par[{}]", spans(text)),
        Block::Flush(text) => writeln!(out, "#flush[{}]", spans(text)),
        Block::Centre(text) => writeln!(out, "#centre[{}]", spans(text)),
        Block::Remark(text) => writeln!(out, "#remark[{}]", spans(text)),
        Block::NewPage => writeln!(out, "#pagebreak()"),
        Block::Table(rows) => return table(out, rows),
    };
}

fn table(out: &mut String, rows: &[Vec<Spans>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let Some((head, body)) = rows.split_first().filter(|_| columns > 0) else { return };
    let weight = |at: usize| {
        let widest = rows.iter().filter_map(|row| row.get(at)).map(wide).max().unwrap_or(0);
        widest.clamp(NARROWEST, WIDEST)
    };
    let weights: Vec<String> = (0..columns).map(|at| format!("{}fr", weight(at) + NARROWEST)).collect();
    let short = |at: usize| body.iter().filter_map(|row| row.get(at)).all(|cell| wide(cell) <= SHORT);
    let middle: Vec<&str> = (0..columns).map(|at| if short(at) { "true" } else { "false" }).collect();
    let cells = |row: &[Spans]| -> String {
        let nothing = Vec::new();
        (0..columns).map(|at| format!("[{}],", spans(row.get(at).unwrap_or(&nothing)))).collect()
    };
    let _ = writeln!(out, "#grid-of(({},), ({},), ({}),", weights.join(", "), middle.join(", "), cells(head));
    for row in body {
        let long = row.iter().any(|cell| wide(cell) > LONG);
        let _ = writeln!(out, "  (long: {long}, cells: ({})),", cells(row));
    }
    out.push_str(")\n");
}

fn spans(spans: &Spans) -> String {
    let mut out = String::new();
    for span in spans {
        let text = literal(&span.text);
        let _ = match (span.blank, span.bold) {
            (true, true) => write!(out, "#blank(bold({text}));"),
            (true, false) => write!(out, "#blank({text});"),
            (false, true) => write!(out, "#bold({text});"),
            (false, false) => write!(out, "#{text};"),
        };
    }
    out
}

/// A text as a string of typst's.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out.push('"');
    out
}

/// How wide a text is: two for a Chinese sign, one for a letter.
fn wide(spans: &Spans) -> usize {
    spans.iter().flat_map(|span| span.text.chars()).map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use heng_docs::Span;

    use super::*;
    use crate::choice::choose;

    fn plain(text: &str) -> Spans {
        vec![Span { text: text.to_owned(), ..Span::default() }]
    }

    #[test]
    fn texts_of_data_are_no_markup() {
        let hostile = "甲 \"乙\" \\ #panic(\"x\") $ * _ [ ] <a> @b\u{7}";
        let fonts = choose(&["Noto Serif CJK SC", "SimHei", "Tinos"].map(str::to_owned)).unwrap();
        let report = Report { title: hostile.to_owned(), blocks: vec![Block::Text(plain(hostile))] };
        let text = source(&report, &fonts, Lang::Zh);
        let last = text.lines().last().unwrap();
        assert_eq!(last, r##"#par[#"甲 \"乙\" \\ #panic(\"x\") $ * _ [ ] <a> @b ";]"##);
        assert!(text.contains("date: none"));
        assert_eq!(text, source(&report, &fonts, Lang::Zh));
    }

    #[test]
    fn a_table_has_a_head_and_rows_of_one_length() {
        let cell = |text: &str| plain(text);
        let rows =
            vec![vec![cell("头"), cell("尾")], vec![cell("1")], vec![cell("长".repeat(300).as_str()), cell("2")]];
        let mut out = String::new();
        table(&mut out, &rows);
        assert_eq!(out.matches("[").count(), 6, "{out}");
        assert!(out.contains("long: false") && out.contains("long: true"), "{out}");
        assert!(out.starts_with("#grid-of((52fr, 16fr,), (false, true,), ([#\"头\";],[#\"尾\";],),"), "{out}");
    }
}
