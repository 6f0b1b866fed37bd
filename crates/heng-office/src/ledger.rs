//! The record that goes out with a table: what was written into each of its cells. It is the base of the
//! merge when the table comes back, so it says itself whether it is whole.

use heng_diag::Lang;
use sha2::{Digest, Sha256};

use crate::{
    field::Field,
    page::{Page, Row},
};

/// How the record calls itself.
pub(crate) const NAME: &str = "heng-table/1";

/// Most lines that are read.
const MOST: usize = 100_000;

/// Why a record cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLedger {
    /// There is none.
    Missing,
    /// It is not as it was written.
    Changed,
    /// It is of another version.
    Version,
}

/// What was written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// The pack's title.
    pub title: String,
    /// The evaluated year.
    pub year: i16,
    /// The language of the table.
    pub lang: Lang,
    /// The pack, then every group and indicator from the top.
    pub rows: Vec<Row>,
}

impl Ledger {
    /// What a page writes.
    #[must_use]
    pub fn of(page: &Page) -> Ledger {
        Ledger { title: page.title.clone(), year: page.year, lang: page.lang, rows: page.rows.clone() }
    }

    /// The record as lines; the first names it and holds the checksum of the others.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let lang = if self.lang == Lang::En { "en" } else { "zh" };
        let mut lines = vec![line(&[&self.title, &self.year.to_string(), lang])];
        for row in &self.rows {
            let kind = if row.leaf { "leaf" } else { "group" };
            lines.push(line(&["row", &row.key, &row.level.to_string(), kind]));
            lines.extend(row.cells.iter().map(|(field, text)| line(&["cell", field.code(), text])));
        }
        lines.insert(0, line(&[NAME, &checksum(&lines)]));
        lines
    }

    /// Reads the lines of a record.
    ///
    /// # Errors
    /// Where there is none, or it is not as it was written.
    pub fn read(lines: &[String]) -> Result<Ledger, NoLedger> {
        let (first, rest) = lines.split_first().ok_or(NoLedger::Missing)?;
        let head = parts(first);
        match head.as_slice() {
            [name, sum] if name == NAME => {
                if rest.len() > MOST || *sum != checksum(rest) {
                    return Err(NoLedger::Changed);
                }
            }
            [name, ..] if name.starts_with("heng-table/") => return Err(NoLedger::Version),
            _ => return Err(NoLedger::Missing),
        }
        let (about, rest) = rest.split_first().ok_or(NoLedger::Changed)?;
        let about = parts(about);
        let [title, year, lang] = about.as_slice() else { return Err(NoLedger::Changed) };
        let mut ledger = Ledger {
            title: title.clone(),
            year: year.parse().map_err(|_| NoLedger::Changed)?,
            lang: if lang == "en" { Lang::En } else { Lang::Zh },
            rows: Vec::new(),
        };
        for text in rest {
            ledger.take(&parts(text)).ok_or(NoLedger::Changed)?;
        }
        Ok(ledger)
    }

    fn take(&mut self, parts: &[String]) -> Option<()> {
        match parts {
            [word, key, level, kind] if word == "row" => {
                let row = Row {
                    key: key.clone(),
                    level: level.parse().ok()?,
                    leaf: kind == "leaf",
                    cells: Default::default(),
                };
                self.rows.push(row);
            }
            [word, code, text] if word == "cell" => {
                self.rows.last_mut()?.cells.insert(Field::of_code(code)?, text.clone());
            }
            _ => return None,
        }
        Some(())
    }
}

fn line(parts: &[&str]) -> String {
    serde_json::to_string(parts).unwrap_or_default()
}

fn parts(line: &str) -> Vec<String> {
    serde_json::from_str(line.trim()).unwrap_or_default()
}

fn checksum(lines: &[String]) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.trim().as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_and_says_when_it_was_changed() {
        let cells = [(Field::Name, "甲 \"乙\"\n丙".to_owned()), (Field::Points, "5".to_owned())].into_iter().collect();
        let row = Row { key: "甲".to_owned(), level: 1, leaf: true, cells };
        let ledger = Ledger { title: "表".to_owned(), year: 2024, lang: Lang::Zh, rows: vec![row] };
        let mut lines = ledger.lines();
        assert_eq!(Ledger::read(&lines), Ok(ledger));
        lines[3] = lines[3].replace('丙', "丁");
        assert_eq!(Ledger::read(&lines), Err(NoLedger::Changed));
        assert_eq!(Ledger::read(&[]), Err(NoLedger::Missing));
        assert_eq!(Ledger::read(&["[\"heng-table/9\"]".to_owned()]), Err(NoLedger::Version));
    }
}
