//! What a rule file says to prove its rules: 用例 (cases) and 性质 (properties), at the top of the file.
//! They mean what a file of cases means, so heng-test reads them; the language only knows where they
//! stand, keeps them through formatting, and reads everything else as if they were not there.

use std::ops::Range;

use crate::fold::{Changes, Folded, HELD};

/// The words that begin a case, and those that begin the properties.
const CASE: [&str; 2] = ["用例", "test"];
const PROPERTIES: [&str; 2] = ["性质", "properties"];

/// The text with every 用例 and 性质 hidden from the grammar, as one sign for each character.
pub fn hide(folded: &Folded) -> Folded {
    let blocks = blocks(&folded.text);
    let hidden = blocks.iter().flat_map(|block| {
        let text = folded.text.get(block.clone()).unwrap_or_default();
        text.char_indices().map(|(at, _)| (block.start + at, HELD))
    });
    folded.with(Changes { replaced: hidden.collect(), ..Changes::default() })
}

/// The 用例 and 性质 of a rule file, each on the lines where it stands; every other line is empty.
///
/// # Examples
/// ```
/// let rules = "规则包 甲 {\n}\n用例 乙 {\n    期望 {\n    }\n}\n";
/// assert_eq!(heng_dsl::proofs(rules), "\n\n用例 乙 {\n    期望 {\n    }\n}\n");
/// assert_eq!(heng_dsl::proofs("规则包 甲 {\n}\n").trim(), "");
/// ```
#[must_use]
pub fn proofs(text: &str) -> String {
    let folded = Folded::new(text);
    let places: Vec<Range<usize>> = blocks(&folded.text)
        .into_iter()
        .map(|block| folded.original(block.start) as usize..folded.original(block.end) as usize)
        .collect();
    let mut out = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if places.iter().any(|place| place.contains(&start)) {
            out.push_str(line.trim_end());
        }
        out.push('\n');
        start += line.len();
    }
    out
}

/// A block with its lines indented by how deep they stand.
pub fn indented(text: &str) -> String {
    let mut out = String::new();
    let mut depth: usize = 0;
    for line in text.lines().map(str::trim) {
        let (opened, closed) = braces(line);
        let own = depth.saturating_sub(usize::from(line.starts_with(['}', '｝'])));
        if !out.is_empty() {
            out.push('\n');
        }
        if !line.is_empty() {
            out.push_str(&" ".repeat(own * 4));
            out.push_str(line);
        }
        depth = (depth + opened).saturating_sub(closed);
    }
    out
}

/// Where the blocks stand in a folded text; one that is never closed is none.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if open.is_none() && begins(line) {
            open = Some((start, 0));
        }
        if let Some((from, depth)) = open {
            let (opened, closed) = braces(line);
            let depth = (depth + opened).saturating_sub(closed);
            open = Some((from, depth));
            if depth == 0 {
                found.push(from..start + line.trim_end().len());
                open = None;
            }
        }
        start += line.len();
    }
    found
}

/// Whether a line at the top of a file begins a block: `用例 名称 {`, `性质 {`.
fn begins(line: &str) -> bool {
    let head = |word: &str| {
        let rest = line.strip_prefix(word)?;
        let name = without_comment(rest).trim_end().strip_suffix('{')?;
        Some((name.starts_with([' ', '\t', '\u{3000}']), name.trim().is_empty()))
    };
    CASE.iter().find_map(|word| head(word)).is_some_and(|(apart, empty)| apart && !empty)
        || PROPERTIES.iter().find_map(|word| head(word)).is_some_and(|(_, empty)| empty)
}

/// How many braces a line opens and closes.
fn braces(line: &str) -> (usize, usize) {
    let line = without_comment(line);
    let count = |signs: [char; 2]| line.matches(signs).count();
    (count(['{', '｛']), count(['}', '｝']))
}

fn without_comment(line: &str) -> &str {
    line.split_once(['#', '＃']).map_or(line, |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::{blocks, indented};

    #[test]
    fn blocks_begin_at_the_start_of_a_line_and_end_with_their_brace() {
        let text = "数据 {\n}\n用例 甲 { # }\n  期望 {\n  }\n} # 完\n性质 {\n}\n";
        let found: Vec<&str> = blocks(text).into_iter().map(|place| text.get(place).unwrap()).collect();
        assert_eq!(found, ["用例 甲 { # }\n  期望 {\n  }\n} # 完", "性质 {\n}"]);
    }

    #[test]
    fn a_group_of_data_or_an_indicator_is_no_block() {
        for text in ["    性质 {\n}\n", "用例数 {\n}\n", "用例 {\n}\n", "testing a {\n}\n", "用例 甲 {\n"] {
            assert!(blocks(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn lines_are_indented_by_their_depth() {
        let text = "用例 甲 {\n预算：1元\n\n        期望 {\n甲：1分\n}\n  }";
        let tidy = "用例 甲 {\n    预算：1元\n\n    期望 {\n        甲：1分\n    }\n}";
        assert_eq!(indented(text), tidy);
        assert_eq!(indented(tidy), tidy);
    }
}
