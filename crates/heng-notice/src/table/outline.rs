//! A table written as an outline: 一、投入（15分）, （一）预算配置（15分）, 1.控制率（5分）：….

use super::{
    name_and_points,
    rows::{Leaf, Leaves},
    tidy,
};

/// How deep a line's number puts it: 一、 0, （一） 1, 1. 2.
fn depth(line: &str) -> Option<(usize, &str)> {
    const DIGITS: &str = "一二三四五六七八九十";
    let chinese = line.trim_start_matches(|c| DIGITS.contains(c));
    if chinese.len() < line.len()
        && let Some(rest) = chinese.strip_prefix(['、', '.', '．'])
    {
        return Some((0, rest));
    }
    if let Some(inner) = line.strip_prefix(['（', '(']) {
        let rest = inner.trim_start_matches(|c| DIGITS.contains(c));
        if rest.len() < inner.len()
            && let Some(rest) = rest.strip_prefix(['）', ')'])
        {
            return Some((1, rest));
        }
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < line.len()
        && let Some(rest) = rest.strip_prefix(['.', '．', '、'])
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return Some((2, rest));
    }
    None
}

/// Reads an outline; none where no line has points in brackets.
pub(crate) fn outline(lines: &[String]) -> Option<Leaves> {
    let mut out = Leaves::default();
    let mut path: Vec<(usize, (String, Option<String>))> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let Some((deep, rest)) = depth(line)
            && let Some((name, points, criterion)) = headed(rest)
        {
            path.retain(|(other, _)| *other < deep);
            path.push((deep, (name, Some(points))));
            let levels: Vec<_> = path.iter().map(|(_, level)| level.clone()).collect();
            // The line above was a group if this one lies below it.
            if out.leaves.last().is_some_and(|last| levels.starts_with(&last.levels) && last.criterion.is_empty()) {
                out.leaves.pop();
            }
            out.leaves.push(Leaf { levels, criterion, row: at + 1, ..Leaf::default() });
        } else if let Some(last) = out.leaves.last_mut() {
            last.criterion.push_str(&tidy(line));
        } else {
            out.stray.push((at + 1, line.to_owned()));
        }
    }
    (!out.leaves.is_empty()).then_some(out)
}

/// Name, points in brackets and what follows them.
fn headed(text: &str) -> Option<(String, String, String)> {
    for (at, c) in text.char_indices() {
        if !matches!(c, '）' | ')') {
            continue;
        }
        let (head, rest) = text.split_at_checked(at + c.len_utf8())?;
        if let (name, Some(points)) = name_and_points(head) {
            let rest = rest.trim_start_matches(['：', ':', '。', '，', ' ', '.']);
            return Some((name, points, rest.to_owned()));
        }
    }
    None
}
