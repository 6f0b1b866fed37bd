//! Last year's register: what was to be done, what a person wrote beside it since, and how this year's
//! scores answer it. Rows that fit no indicator of this year are kept and named.

mod sheet;

use std::collections::BTreeMap;

use heng_diag::{Diagnostic, Lang};
use heng_model::{Number, Program, name::normal_name};
use heng_phrase::{Phrase, points};
use heng_report::Record;
use minijinja::Value;

use crate::wording::{self, last_year};

/// Whether a measure was carried out, as a person wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Progress {
    Done,
    UnderWay,
    NotDone,
}

/// A row of last year's register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LastLine {
    /// The row of the sheet, from 1.
    pub row: u32,
    pub problem: String,
    pub indicator: String,
    pub lost: String,
    pub measure: String,
    pub owner: String,
    pub due: String,
    pub budget: String,
    /// What a person wrote of it, in full.
    pub done: String,
    /// What that says; none where nobody wrote, or not in the words of the list.
    pub progress: Option<Progress>,
}

/// Last year's register, as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct LastRegister {
    /// The name of its file.
    name: String,
    lines: Vec<LastLine>,
    /// Heads of columns that are none of the register's.
    unread: Vec<String>,
}

impl LastRegister {
    /// Reads the workbook.
    ///
    /// # Errors
    /// Where it is no workbook, or no sheet of it has the heads of a register.
    pub fn read(name: &str, bytes: &[u8], lang: Lang) -> Result<LastRegister, Box<Diagnostic>> {
        sheet::read(name, bytes, lang)
    }

    /// What a person should look at: rows that fit no indicator of this year, rows that do not say whether
    /// they were done, columns that were not read.
    #[must_use]
    pub fn remarks(&self, program: &Program, lang: Lang) -> Vec<Diagnostic> {
        let phrase = Phrase::new(program, lang);
        let known: Vec<String> = program.nodes.iter().map(|node| normal_name(phrase.node_title(node))).collect();
        let lost = |line: &&LastLine| !line.indicator.is_empty() && !known.contains(&normal_name(&line.indicator));
        let unknown: Vec<(u32, &str)> =
            self.lines.iter().filter(lost).map(|line| (line.row, line.indicator.as_str())).collect();
        let silent: Vec<u32> = self.lines.iter().filter(|line| line.progress.is_none()).map(|line| line.row).collect();
        let mut remarks = Vec::new();
        if !unknown.is_empty() {
            remarks.push(last_year::unknown_rows(&self.name, &unknown));
        }
        if !silent.is_empty() {
            remarks.push(last_year::silent_rows(&self.name, &silent));
        }
        if !self.unread.is_empty() {
            remarks.push(last_year::unread_columns(&self.name, &self.unread));
        }
        remarks
    }

    /// All rows.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &LastLine> {
        self.lines.iter()
    }

    /// The rows that were not finished.
    pub(crate) fn open(&self) -> impl Iterator<Item = &LastLine> {
        self.lines.iter().filter(|line| line.progress != Some(Progress::Done))
    }

    /// The rows for a template, each with what its indicator came to this year.
    pub(crate) fn value(&self, record: &Record, lang: Lang) -> Vec<Value> {
        self.lines.iter().map(|line| line.value(record, lang)).collect()
    }

    /// How many rows there are of each kind, for a template.
    pub(crate) fn counts(&self, record: &Record) -> Value {
        let of = |progress| self.lines.iter().filter(|line| line.progress == progress).count();
        let unknown = |line: &&LastLine| !line.indicator.is_empty() && line.now(record).is_none();
        let mut map: BTreeMap<&str, usize> = BTreeMap::new();
        for (zh, en, count) in [
            ("共", "all", self.lines.len()),
            ("已完成", "done", of(Some(Progress::Done))),
            ("进行中", "under_way", of(Some(Progress::UnderWay))),
            ("未完成", "not_done", of(Some(Progress::NotDone))),
            ("未写明", "not_said", of(None)),
            ("未对应", "unknown", self.lines.iter().filter(unknown).count()),
        ] {
            map.insert(zh, count);
            map.insert(en, count);
        }
        Value::from_pairs(map)
    }
}

impl LastLine {
    /// The row of this year's record that the line's indicator is.
    fn now<'r>(&self, record: &'r Record) -> Option<&'r heng_report::Row> {
        let wanted = normal_name(&self.indicator);
        record.rows.iter().find(|row| !wanted.is_empty() && normal_name(&row.name) == wanted)
    }

    fn value(&self, record: &Record, lang: Lang) -> Value {
        let fill = |text: &str| match text {
            "" => Value::from_safe_string(wording::short_blank(lang)),
            text => Value::from(text),
        };
        let now = self.now(record);
        let lost_now = now.and_then(|row| row.lost.as_ref()).filter(|lost| **lost > Number::ZERO);
        let mut map: BTreeMap<&str, Value> = BTreeMap::new();
        for (zh, en, value) in [
            ("问题", "problem", Value::from(self.problem.clone())),
            ("指标", "indicator", Value::from(self.indicator.clone())),
            ("失分", "lost", Value::from(self.lost.clone())),
            ("措施", "measure", fill(&self.measure)),
            ("责任人", "owner", fill(&self.owner)),
            ("完成期限", "due", fill(&self.due)),
            ("下年预算", "budget", fill(&self.budget)),
            ("完成情况", "done", fill(&self.done)),
            ("在本年", "is_known", Value::from(now.is_some())),
            ("本年得分", "score", Value::from(now.map(|row| row.outcome.clone()).unwrap_or_default())),
            ("本年失分", "lost_now", Value::from(lost_now.map(points).unwrap_or_default())),
        ] {
            map.insert(zh, value.clone());
            map.insert(en, value);
        }
        Value::from(map)
    }
}
