//! A table that came back: its rows, each with the indicator that it was written for, and the record of
//! what was written.

use std::collections::BTreeSet;

use heng_diag::Lang;
use heng_notice::{Broken, OfficeFile, OfficeRow, OfficeTable, read_document_file, read_workbook_file};

use crate::{
    Kind,
    book::HIDDEN,
    docx::MARK,
    field::Field,
    ledger::{Ledger, NoLedger},
    page::{Cells, plain, tidy},
    wording,
};

/// Why a file is no table that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotBack {
    /// It cannot be read.
    Broken(Broken),
    /// It does not carry what was written.
    NoLedger(NoLedger),
    /// It has no table with the headings of a scoring table.
    NoTable,
    /// Cells were split or merged by tracked changes that nobody has accepted.
    Unclear,
}

/// A row that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackRow {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The indicator for which it was written.
    pub key: Option<String>,
    /// The cells of the levels, from the top.
    pub levels: Vec<String>,
    /// The cells behind them.
    pub cells: Cells,
}

/// Something in a file that is no part of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strange {
    /// Its row, from 1; none in a document.
    pub row: Option<usize>,
    /// The heading of its column, if it stands under one.
    pub heading: String,
    /// What it says.
    pub text: String,
}

/// A table that came back.
#[derive(Clone, Debug)]
pub struct Returned {
    /// What was written.
    pub ledger: Ledger,
    /// Its rows.
    pub rows: Vec<BackRow>,
    /// The points of the row of the total.
    pub total: Option<String>,
    /// The columns it still has.
    pub columns: BTreeSet<Field>,
    /// What else stands in the file.
    pub strange: Vec<Strange>,
    /// How many tracked changes were read as accepted.
    pub tracked: usize,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Level(usize),
    Field(Field),
    Key,
    Unknown(String),
}

/// Reads a file of Word or Excel.
///
/// # Errors
/// Where it cannot be read.
pub fn open(bytes: &[u8], kind: Kind) -> Result<OfficeFile, NotBack> {
    let read = match kind {
        Kind::Workbook => read_workbook_file(bytes),
        Kind::Document => read_document_file(bytes),
    };
    read.map_err(NotBack::Broken)
}

/// The record that a file carries.
///
/// # Errors
/// Where it carries none, or it is not as it was written.
pub fn ledger(file: &OfficeFile) -> Result<Ledger, NotBack> {
    let hidden = file.tables.iter().find(|table| table.name == HIDDEN);
    let sheet = hidden.map(|table| table.rows.iter().filter_map(|row| row.cells.first().cloned()).collect());
    let own = file.parts.iter().find(|part| part.first().is_some_and(|first| first.contains("heng-table/"))).cloned();
    let lines: Vec<String> = sheet.or(own).ok_or(NotBack::NoLedger(NoLedger::Missing))?;
    Ledger::read(&lines).map_err(NotBack::NoLedger)
}

/// Reads a table that came back, against the record of what was written.
///
/// # Errors
/// Where there is no such table in it, or it can be read in two ways.
pub fn returned(file: &OfficeFile, ledger: Ledger) -> Result<Returned, NotBack> {
    if file.unclear {
        return Err(NotBack::Unclear);
    }
    let mut out = Returned {
        ledger,
        rows: Vec::new(),
        total: None,
        columns: BTreeSet::new(),
        strange: Vec::new(),
        tracked: file.tracked,
    };
    let mut found = false;
    for table in file.tables.iter().filter(|table| table.name != HIDDEN) {
        found |= out.table(table);
    }
    if !found {
        return Err(NotBack::NoTable);
    }
    for text in &file.around {
        out.outside(None, text);
    }
    out.settle_keys();
    Ok(out)
}

impl Returned {
    /// Takes the rows of a table; false where it has no headings of a scoring table.
    fn table(&mut self, table: &OfficeTable) -> bool {
        let head = table.rows.iter().position(is_head);
        let Some((head, columns)) = head.and_then(|at| Some((at, columns(table.rows.get(at)?)))) else {
            for row in &table.rows {
                self.outside(Some(row.number), &texts(row).join(" "));
            }
            return false;
        };
        let heading = table.rows.get(head).map(|row| row.cells.clone()).unwrap_or_default();
        self.columns.extend(columns.iter().filter_map(|column| match column {
            Column::Field(field) => Some(*field),
            _ => None,
        }));
        let mut ended = false;
        for (at, row) in table.rows.iter().enumerate().filter(|(at, _)| *at != head) {
            let texts = texts(row);
            if at < head || ended || texts.len() == 1 && row.cells.len() > 1 && self.is_known(&texts.join(" ")) {
                self.outside(Some(row.number), &texts.join(" "));
            } else if row.cells == heading {
                continue;
            } else if is_total(&texts, self.ledger.lang) {
                let points =
                    row.cells.iter().zip(&columns).find(|(_, column)| **column == Column::Field(Field::Points));
                self.total = points.map(|(cell, _)| tidy(cell)).filter(|text| !text.is_empty());
                ended = true;
            } else {
                self.row(row, &columns);
            }
        }
        true
    }

    fn row(&mut self, row: &OfficeRow, columns: &[Column]) {
        let mut back = BackRow { number: row.number, key: None, levels: Vec::new(), cells: Cells::new() };
        for (cell, column) in row.cells.iter().zip(columns) {
            match column {
                Column::Level(level) => {
                    back.levels.resize(back.levels.len().max(*level), String::new());
                    if let Some(place) = back.levels.get_mut(level - 1) {
                        *place = cell.trim().to_owned();
                    }
                }
                Column::Field(field) if !cell.trim().is_empty() => {
                    back.cells.insert(*field, cell.trim().to_owned());
                }
                Column::Field(_) => {}
                Column::Key => back.key = Some(tidy(cell)),
                Column::Unknown(heading) if !cell.trim().is_empty() => {
                    let (heading, text) = (heading.clone(), tidy(cell));
                    self.strange.push(Strange { row: Some(row.number), heading, text });
                }
                Column::Unknown(_) => {}
            }
        }
        let mut marked = row.marks.iter().filter_map(|mark| {
            let number = mark.strip_prefix(MARK)?.trim_end_matches(['a', 'b']).parse::<usize>().ok()?;
            Some(self.ledger.rows.get(number)?.key.clone())
        });
        back.key = back.key.or_else(|| marked.next());
        self.rows.push(back);
    }

    /// What stands outside the table: what was written there is known, anything else is listed.
    fn outside(&mut self, row: Option<usize>, text: &str) {
        if !tidy(text).is_empty() && !self.is_known(text) {
            self.strange.push(Strange { row, heading: String::new(), text: tidy(text) });
        }
    }

    fn is_known(&self, text: &str) -> bool {
        let (text, lang) = (plain(text), self.ledger.lang);
        let year = plain(&wording::subtitle(lang, self.ledger.year, "", ""));
        text == plain(&self.ledger.title)
            || text == plain(wording::KEPT.get(lang))
            || text.starts_with(&year)
            || text.starts_with(&plain(wording::DISCLAIMER.get(lang)))
    }

    /// Each indicator has one row: of two with its mark that which bears its name, and a row that lost its mark
    /// is known by its name.
    fn settle_keys(&mut self) {
        let name = |row: &BackRow, key: &str| {
            let known = self.ledger.rows.iter().find(|known| known.key == key);
            known.is_some_and(|known| row.levels.iter().any(|text| plain(text) == plain(known.text(Field::Name))))
        };
        let mut keys: Vec<Option<String>> = self.rows.iter().map(|row| row.key.clone()).collect();
        for at in 0..keys.len() {
            let Some(key) = keys.get(at).cloned().flatten() else { continue };
            let known = self.ledger.rows.iter().any(|row| row.leaf && row.key == key);
            let same: Vec<usize> = (0..keys.len())
                .filter(|other| keys.get(*other).is_some_and(|found| found.as_ref() == Some(&key)))
                .collect();
            let own = same
                .iter()
                .find(|other| self.rows.get(**other).is_some_and(|row| name(row, &key)))
                .or(same.first())
                .copied();
            for other in same {
                if (!known || Some(other) != own)
                    && let Some(place) = keys.get_mut(other)
                {
                    *place = None;
                }
            }
        }
        let lost = self.ledger.rows.iter().filter(|row| row.leaf && !keys.contains(&Some(row.key.clone())));
        for row in lost.map(|row| row.key.clone()).collect::<Vec<_>>() {
            let free = (0..keys.len()).find(|at| {
                keys.get(*at).is_some_and(Option::is_none) && self.rows.get(*at).is_some_and(|found| name(found, &row))
            });
            if let Some(place) = free.and_then(|at| keys.get_mut(at)) {
                *place = Some(row);
            }
        }
        for (row, key) in self.rows.iter_mut().zip(keys) {
            row.key = key;
        }
    }
}

/// The texts of a row, a merged cell once.
fn texts(row: &OfficeRow) -> Vec<String> {
    let mut texts: Vec<String> = row.cells.iter().map(|cell| tidy(cell)).filter(|cell| !cell.is_empty()).collect();
    texts.dedup();
    texts
}

fn headed(cell: &str, field: Field) -> bool {
    [Lang::Zh, Lang::En].iter().any(|lang| plain(cell) == field.heading(*lang))
}

fn is_head(row: &OfficeRow) -> bool {
    [Field::Points, Field::Criterion].iter().all(|field| row.cells.iter().any(|cell| headed(cell, *field)))
}

fn columns(row: &OfficeRow) -> Vec<Column> {
    let column = |cell: &String| {
        let level = (1..=9)
            .find(|level| [Lang::Zh, Lang::En].iter().any(|lang| plain(cell) == heng_docs::level(*lang, *level)));
        let field = Field::ALL.into_iter().find(|field| headed(cell, *field));
        match (level, field) {
            (Some(level), _) => Column::Level(level),
            (None, Some(field)) => Column::Field(field),
            (None, None) if plain(cell) == HIDDEN => Column::Key,
            (None, None) => Column::Unknown(tidy(cell)),
        }
    };
    row.cells.iter().map(column).collect()
}

fn is_total(texts: &[String], lang: Lang) -> bool {
    texts.first().is_some_and(|first| plain(first) == wording::TOTAL.get(lang))
}
