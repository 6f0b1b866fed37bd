//! Columns that align under wide characters, and lines broken the way Chinese is broken.
//!
//! Width is display width: a Chinese character fills two columns. Characters whose width depends on
//! the terminal (“ ” × ÷) count as one, as terminals do by default.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// May not start a line.
const CLOSERS: &str = "，。；：、！？）】》」』”’…·,.;:!?)]}%％‰°";
/// May not end a line.
const OPENERS: &str = "（【《「『“‘([{第≈≥≤<>-−";

/// The display width of a text.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text with blanks up to a width.
pub(crate) fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// The text with blanks before it up to a width.
pub(crate) fn pad_left(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

/// The text in lines of at most `most` columns; one line at least.
pub(crate) fn wrap(text: &str, most: usize) -> Vec<String> {
    let most = most.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text).into_iter().flat_map(|piece| cut(&piece, most)) {
        if !line.is_empty() && width(&line) + width(piece.trim_end()) > most {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        if !line.is_empty() || lines.is_empty() || !piece.trim().is_empty() {
            line.push_str(if line.is_empty() && !lines.is_empty() { piece.trim_start() } else { &piece });
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The stretches of a text between which a line may break.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut last = None;
    for c in text.chars() {
        // `≥ 90%` stays together.
        let signed = piece.trim_end().ends_with(['≥', '≤', '<', '>']);
        if last.is_some_and(|last| may_break(last, c)) && !signed {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.push(c);
        last = Some(c);
    }
    pieces.push(piece);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' {
        return after != ' ';
    }
    if after == ' ' || CLOSERS.contains(after) || OPENERS.contains(before) {
        return false;
    }
    // A number keeps its unit.
    if before.is_ascii_digit() || (before, after) == ('万', '元') || (before, after) == ('%', '的') {
        return false;
    }
    is_wide(before) || is_wide(after)
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

/// A piece that is wider than a line, cut behind a sign inside it where there is one.
fn cut(piece: &str, most: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut rest = piece;
    while width(rest.trim_end()) > most {
        let mut room = most;
        let fits = |c: &char| {
            let wide = c.width().unwrap_or(0);
            let fits = wide <= room;
            room = room.saturating_sub(wide);
            fits
        };
        part.extend(rest.chars().take_while(fits));
        if let Some((at, sign)) = part.char_indices().rev().find(|(_, c)| "_./".contains(*c)) {
            part.truncate(at + sign.len_utf8());
        }
        rest = rest.strip_prefix(part.as_str()).unwrap_or("");
        parts.push(std::mem::take(&mut part));
    }
    parts.push(rest.to_owned());
    parts
}

/// Wraps a text behind a head: the first line starts with `first`, the others with as many blanks.
pub(crate) fn hanging(first: &str, text: &str, most: usize) -> Vec<String> {
    let indent = width(first);
    let lines = wrap(text, most.saturating_sub(indent));
    let blank = " ".repeat(indent);
    let heads = std::iter::once(first).chain(std::iter::repeat(blank.as_str()));
    heads.zip(lines).map(|(head, line)| format!("{head}{line}").trim_end().to_owned()).collect()
}

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub width: usize,
    pub align: Align,
}

/// The blanks between columns.
pub(crate) const GAP: usize = 2;

/// A row of a table, each cell wrapped under its column; the first column hangs by `indent`.
pub(crate) fn row(columns: &[Column], cells: &[String], indent: usize) -> Vec<String> {
    let wrapped: Vec<Vec<String>> = columns
        .iter()
        .zip(cells)
        .enumerate()
        .map(|(position, (column, cell))| {
            let indent = if position == 0 { indent } else { 0 };
            hanging(&" ".repeat(indent), cell, column.width)
        })
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let gap = " ".repeat(GAP);
    let line = |at: usize| {
        let cells = columns.iter().zip(&wrapped).map(|(column, lines)| {
            let text = lines.get(at).map_or("", String::as_str);
            match column.align {
                Align::Left => pad(text, column.width),
                Align::Right => pad_left(text, column.width),
            }
        });
        cells.collect::<Vec<_>>().join(&gap).trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_never_starts_with_a_closing_sign() {
        let text = "签订日期在中标日期起30天内的采购合同，占全部采购合同（含补充）的比例。";
        insta::assert_snapshot!(wrap(text, 20).join("\n"), @"
        签订日期在中标日期起
        30天内的采购合同，占
        全部采购合同（含补
        充）的比例。
        ");
        insta::assert_snapshot!(wrap("4849.88万元 ÷ 4849.88万元 = 100%，保留2位", 16).join("\n"), @"
        4849.88万元 ÷
        4849.88万元 =
        100%，保留2位
        ");
        assert_eq!(wrap("属“≥ 90%”", 6), ["属", "“≥ 90%", "”"]);
        insta::assert_snapshot!(wrap("the share of rows in time, rounded", 12).join("\n"), @"
        the share of
        rows in
        time,
        rounded
        ");
    }

    #[test]
    fn what_cannot_break_is_cut() {
        assert_eq!(wrap("aaaaaaaaaa", 4), ["aaaa", "aaaa", "aa"]);
        assert_eq!(wrap("checks/ledger_of_all.rhai", 14), ["checks/ledger_", "of_all.rhai"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(hanging("1. ", "一二三四", 7), ["1. 一二", "   三四"]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_keep_every_sign(text in "[一二三，。（）“”a-c0-9%. ]{0,60}", most in 4usize..40) {
            let lines = wrap(&text, most);
            for line in &lines {
                prop_assert!(width(line) <= most, "{line:?}");
            }
            let solid = |text: &str| text.replace(' ', "");
            prop_assert_eq!(solid(&lines.concat()), solid(&text));
        }
    }
}
