//! Plain text and Markdown: lines that a page broke are joined, page numbers are dropped, and lines of
//! columns are tables.

use crate::{document::Document, pattern::patterns};

patterns! {
    PAGE = r"^\s*(?:[—–\-－]+\s*\d{1,3}\s*[—–\-－]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3})\s*$";
    HEAD = r"^\s*(?:#+\s|[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]?\d{1,2}[）)、．.](?:[^\d]|$)|附件|附表)";
    FIELD = r"^[^，。；、\s]{2,16}[：:]";
    UNIT = r"^\s*(?:亿元|万元|元|万|%|％|人|名|个|分)";
    YEAR = r"(20\d{2}) 年";
    NUMBER = r"^(?:-?\d[\d,]*(?:\.\d+)?%?|—|-|/)$";
    COLUMNS = r"\t+| {2,}|　{2,}";
    RULE = r"^[\s|:：+\-—─┼├┤┌┐└┘┬┴]+$";
}

/// Appends a text to a document; `Markdown` marks of headings and emphasis are dropped.
pub(crate) fn append(document: &mut Document, text: &str) {
    let lines: Vec<&str> = text
        .split(['\n', '\u{c}'])
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !PAGE.is_match(line))
        .collect();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rows = lines.get(at..).unwrap_or(&[]).iter().take_while(|line| cells(line).is_some()).count();
        if rows >= 2 {
            table(document, lines.get(at..at + rows).unwrap_or(&[]));
            at += rows;
            continue;
        }
        let rest = lines.get(at..).unwrap_or(&[]);
        let head = usize::from(rest.get(1).is_some_and(|next| spaced(next).is_some()) && head(line));
        let rows = rest.iter().skip(head).take_while(|line| spaced(line).is_some()).count();
        if rows >= 2 {
            table(document, rest.get(..head + rows).unwrap_or(&[]));
            at += head + rows;
            continue;
        }
        let (joined, used) = join(line, lines.get(at + 1..).unwrap_or(&[]));
        document.paragraph(&plain(&joined), 0);
        at += used;
    }
}

/// Whether a line is the number of a page.
pub(super) fn is_page_number(line: &str) -> bool {
    PAGE.is_match(line)
}

/// Whether a line is a row of a table.
pub(super) fn is_row(line: &str) -> bool {
    cells(line).is_some() || spaced(line).is_some()
}

/// The cells of a line of a table.
fn cells(line: &str) -> Option<Vec<String>> {
    let trimmed = line.trim();
    let parts: Vec<String> = match trimmed.split(['|', '│', '┃']).count() {
        0..=2 => COLUMNS.split(trimmed).map(|cell| cell.trim().to_owned()).collect(),
        _ => trimmed.trim_matches(['|', '│', '┃']).split(['|', '│', '┃']).map(|cell| cell.trim().to_owned()).collect(),
    };
    (parts.len() >= 2 && !trimmed.is_empty() && !sentence(trimmed)).then_some(parts)
}

/// The cells of a line that one blank each parts: a name, two numbers or more, and what may stand behind them.
fn spaced(line: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = line.split_whitespace().collect();
    let name = parts.first().filter(|name| name.chars().count() <= 24 && !name.contains(['，', '。', '；', '：']))?;
    let number = |part: &&&str| NUMBER.is_match(part);
    let numbers = parts.iter().skip(1).take_while(number).count();
    if NUMBER.is_match(name) || numbers < 2 || sentence(line.trim()) {
        return None;
    }
    let mut cells: Vec<String> = parts.iter().take(numbers + 1).map(|part| (*part).to_owned()).collect();
    let rest = parts.get(numbers + 1..).unwrap_or(&[]).join(" ");
    cells.extend(Some(rest).filter(|rest| !rest.is_empty()));
    Some(cells)
}

/// Whether a line is the head of columns that blanks part.
fn head(line: &str) -> bool {
    let line = YEAR.replace_all(line, "$1年");
    let parts: Vec<&str> = line.split_whitespace().collect();
    let plain = |part: &&str| part.chars().count() <= 16 && !part.contains(['，', '。', '；', '：', ':']);
    parts.len() >= 3 && parts.iter().all(plain) && !parts.iter().any(|part| NUMBER.is_match(part))
}

/// Whether a line is a sentence in which blanks mean nothing.
fn sentence(line: &str) -> bool {
    !line.contains(['|', '│', '┃']) && line.ends_with(['。', '；', '：', '，'])
}

fn table(document: &mut Document, lines: &[&str]) {
    document.begin_table();
    for line in lines.iter().filter(|line| !RULE.is_match(line)) {
        let parts = cells(line).or_else(|| spaced(line));
        let parts =
            parts.unwrap_or_else(|| YEAR.replace_all(line, "$1年").split_whitespace().map(str::to_owned).collect());
        let cells: Vec<(String, usize)> = parts.into_iter().map(|cell| (cell, 0)).collect();
        document.row(&cells, None);
    }
}

/// A line with those that continue it, and how many lines that are.
fn join(line: &str, rest: &[&str]) -> (String, usize) {
    let mut joined = line.to_owned();
    let mut used = 1;
    let mut last = line;
    for next in rest {
        if !continues(last, next) || cells(next).is_some() && COLUMNS.is_match(next.trim()) || spaced(next).is_some() {
            break;
        }
        joined.push_str(next.trim());
        last = next;
        used += 1;
    }
    (joined, used)
}

/// Whether a line was broken by the page and not by its writer.
fn continues(line: &str, next: &str) -> bool {
    let (line, trimmed) = (line.trim(), next.trim());
    if line.is_empty() || trimmed.is_empty() || line.starts_with('#') {
        return false;
    }
    if line.ends_with(|c: char| c.is_ascii_digit()) && UNIT.is_match(trimmed) {
        return true;
    }
    let ended = line.ends_with(['。', '！', '？', '；', '：', ':', '|', '”']);
    let fresh =
        HEAD.is_match(trimmed) || next.starts_with("　　") || next.starts_with("    ") || FIELD.is_match(trimmed);
    let least = if HEAD.is_match(line) { 22 } else { 18 };
    !ended && !fresh && line.chars().count() >= least
}

/// A line without marks of Markdown.
fn plain(line: &str) -> String {
    line.trim_start_matches('#').replace("**", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut document = Document::new("a");
        append(&mut document, text);
        document.text
    }

    #[test]
    fn broken_lines_are_joined_and_page_numbers_dropped() {
        let text = "2023年本部门各项支出合计4849.88\n万元，按照支出功能分类的相关情况为：一般公共服务\n- 3 -\n支出1138.49万元。\n一、单位基本情况\n正文";
        assert_eq!(read(text).lines().count(), 3);
        assert!(read(text).contains("4849.88万元"));
        assert!(read(text).contains("一般公共服务支出1138.49万元"));
    }

    #[test]
    fn columns_are_tables() {
        assert_eq!(
            read("项目\t金额\n甲\t1\n乙\t\n"),
            "项目 | 金额\n甲 | 1\n乙\n".replace("乙\n", "乙 | \n").replace("乙 | \n", "乙\n")
        );
        assert_eq!(read("| a | b |\n|---|---|\n| 1 |  |\n"), "a | b\n1 | \n");
    }
}
