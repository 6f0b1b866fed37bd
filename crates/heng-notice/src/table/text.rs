//! Tables as text: columns parted by tabs, bars, or commas with quotes.

use super::Table;

/// Reads a pasted table or a csv file.
#[must_use]
pub fn read_text_table(text: &str) -> Table {
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().collect();
    let count = |sign: char| lines.iter().filter(|line| line.contains(sign)).count();
    let most = lines.iter().filter(|line| !line.trim().is_empty()).count();
    if count('\t') * 2 > most || count('\t') > 2 {
        return split(records(text, '\t'));
    }
    if count('|') * 2 > most {
        return split(barred(&lines));
    }
    if is_csv(text) {
        return split(records(text, ','));
    }
    Table { rows: Vec::new(), around: lines.iter().map(|line| (*line).to_owned()).collect() }
}

/// A csv file has a first row of headings, parted by commas.
fn is_csv(text: &str) -> bool {
    text.lines().take(10).any(|line| {
        line.split(',').count() >= 3 && line.contains("指标")
            || line.split(',').count() >= 3 && line.to_lowercase().contains("indicator")
    })
}

/// Rows with a single cell stand around the table.
fn split(rows: Vec<Vec<String>>) -> Table {
    let (mut table, mut around) = (Vec::new(), Vec::new());
    for row in rows {
        match row.iter().filter(|cell| !cell.trim().is_empty()).count() {
            0 => {}
            1 if table.is_empty() => around.extend(row.into_iter().filter(|cell| !cell.trim().is_empty())),
            _ => table.push(row),
        }
    }
    Table { rows: table, around }
}

fn barred(lines: &[&str]) -> Vec<Vec<String>> {
    let rule = |line: &str| line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+'));
    lines
        .iter()
        .filter(|line| !rule(line))
        .map(|line| line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

/// Records whose cells may be quoted and run over several lines.
fn records(text: &str, sign: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c if c == sign && !quoted => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_bars_and_commas_part_columns() {
        for text in [
            "一级指标\t分值\t标准\n甲\t5\t乙\n",
            "|一级指标|分值|标准|\n|--|--|--|\n|甲|5|乙|\n",
            "一级指标,分值,标准\n甲,5,\"乙\"\n",
        ] {
            let table = read_text_table(text);
            assert_eq!(table.rows, [["一级指标", "分值", "标准"], ["甲", "5", "乙"]], "{text}");
        }
        let quoted = read_text_table("一级指标,分值,标准\n甲,5,\"一，\n二 \"\"三\"\"\"\n");
        assert_eq!(quoted.rows[1][2], "一，\n二 \"三\"");
    }
}
