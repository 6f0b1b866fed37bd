//! From a table to a pack: what could be read, and a list of all that could not.

mod tree;
mod write;

use std::collections::BTreeMap;

use heng_diag::{Lang, Text};

use crate::{
    Datum, Reading,
    table::{Leaf, Table, leaves, outline},
};
use tree::Group;

/// What an import is told beside the table.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The pack's title; else the first line around the table.
    pub title: Option<String>,
    /// The year that is scored; else the first year in the text around the table.
    pub year: Option<u16>,
    /// The language of the table and of the pack.
    pub lang: Lang,
}

/// Something that a person has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The row of the table, from 1; none where it is about the whole.
    pub row: Option<usize>,
    /// What it is about: an indicator, a datum.
    pub about: String,
    /// What is to be done, or was not understood.
    pub text: Text,
}

impl Remark {
    pub(crate) fn new(row: Option<usize>, about: &str, text: Text) -> Remark {
        Remark { row, about: about.to_owned(), text }
    }
}

/// An imported pack.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The rule file.
    pub rules: String,
    /// The pack's title.
    pub title: String,
    /// The year.
    pub year: u16,
    /// Indicators with a criterion that was read.
    pub read: usize,
    /// Indicators that stand under 待编.
    pub unread: usize,
    /// What a person has to look at.
    pub remarks: Vec<Remark>,
}

/// Why a table could not be imported at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotATable {
    /// No row of headings was found.
    NoHeadings,
    /// No year was given or found.
    NoYear,
    /// No indicator has points.
    NoPoints,
}

/// What was made of one indicator.
struct Rule {
    leaf: Leaf,
    points: heng_model::Number,
    reading: Option<Reading>,
    note: Option<String>,
    /// Whether what was read does not pass the checker.
    unfit: bool,
}

/// The table of a file that holds indicators: the one with the most rows under a row of headings.
#[must_use]
pub fn choose_table(tables: &[Table]) -> Option<&Table> {
    let found = |table: &&Table| leaves(table).or_else(|| outline(&table.around)).map_or(0, |found| found.leaves.len());
    tables.iter().rev().max_by_key(found).filter(|table| found(table) > 0)
}

/// Turns a table into a pack.
///
/// # Errors
/// Where no table of indicators can be found in it, or the year is not known.
pub fn import_table(table: &Table, options: &ImportOptions) -> Result<Imported, NotATable> {
    let found = leaves(table).or_else(|| outline(&table.around)).ok_or(NotATable::NoHeadings)?;
    let title =
        options.title.clone().or_else(|| title(table, &found.stray)).unwrap_or_else(|| default_title(options.lang));
    let year = options.year.or_else(|| year(table, &found.stray)).ok_or(NotATable::NoYear)?;
    let mut remarks = Vec::new();
    for heading in &found.left {
        remarks.push(Remark::new(None, heading, crate::wording::filled_column()));
    }
    for (row, text) in found.stray.iter().filter(|(_, text)| *text != title) {
        remarks.push(Remark::new(Some(*row), text, crate::wording::stray_row()));
    }
    let mut groups = Group::of(&found.leaves, &mut remarks);
    let sum = tree::settle(&mut groups, &mut remarks);
    let Some(sum) = sum.filter(|sum| *sum > heng_model::Number::ZERO) else { return Err(NotATable::NoPoints) };
    tree::total(found.total.as_deref(), &sum, &mut remarks);
    let mut data = BTreeMap::new();
    let mut rules = rules(&groups, options.lang, &mut data, &mut remarks);
    let mut rest: Vec<String> =
        table.around.iter().filter(|line| **line != title && !line.trim().is_empty()).cloned().collect();
    if table.rows.is_empty() {
        rest.clear();
    }
    let written = write::pack(
        &groups,
        &mut rules,
        &data,
        &write::Head { title: &title, year, sum: &sum, around: &rest, lang: options.lang },
    );
    let (read, unread) = rules.values().fold((0, 0), |(read, unread), rule| match rule.reading {
        Some(_) => (read + 1, unread),
        None => (read, unread + 1),
    });
    for rule in rules.values().filter(|rule| rule.unfit) {
        let name = rule.leaf.levels.last().map_or("", |(name, _)| name.as_str());
        remarks.push(Remark::new(Some(rule.leaf.row), name, crate::wording::not_compiled()));
    }
    for (key, names) in data_remarks(&data) {
        remarks.push(Remark::new(None, &key, crate::wording::confirm_datum(&names)));
    }

    Ok(Imported { rules: written, title, year, read, unread, remarks })
}

fn default_title(lang: Lang) -> String {
    heng_diag::pick(lang, "评分表".to_owned(), "Scoring table".to_owned())
}

fn title(table: &Table, stray: &[(usize, String)]) -> Option<String> {
    let lines = table.around.iter().map(String::as_str).chain(stray.iter().map(|(_, text)| text.as_str()));
    let title = |line: &&str| {
        (4..=60).contains(&line.trim().chars().count()) && !line.starts_with("附件") && !line.contains(['：', '{', '}'])
    };
    let lines: Vec<&str> = lines.filter(title).collect();
    let named = lines.iter().find(|line| line.contains("表") || line.contains("绩效") || line.contains("指标"));
    named.or(lines.first()).filter(|_| !table.rows.is_empty()).map(|line| crate::table::tidy(line))
}

fn year(table: &Table, stray: &[(usize, String)]) -> Option<u16> {
    let lines = table.around.iter().map(String::as_str).chain(stray.iter().map(|(_, text)| text.as_str()));
    lines.into_iter().find_map(|line| {
        let at = line.find("年度").or_else(|| line.find('年'))?;
        let digits: String =
            line.split_at_checked(at)?.0.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        digits.parse().ok().filter(|year| (1990..2100).contains(year))
    })
}

/// Reads the criterion of each indicator.
fn rules(
    groups: &[Group],
    lang: Lang,
    data: &mut BTreeMap<String, Known>,
    remarks: &mut Vec<Remark>,
) -> BTreeMap<usize, Rule> {
    let mut out = BTreeMap::new();
    for group in tree::lowest(groups) {
        let Some(leaf) = &group.leaf else { continue };
        let frame = crate::Frame { full: group.points.as_ref(), indicator: &group.name, lang };
        let points = group.points.clone().unwrap_or(heng_model::Number::ONE);
        let mut rule = Rule { leaf: leaf.clone(), points, reading: None, note: None, unfit: false };
        if leaf.criterion.is_empty() {
            remarks.push(Remark::new(Some(leaf.row), &group.name, crate::wording::no_criterion()));
        } else {
            match crate::read_sentence(&leaf.criterion, &frame) {
                Ok(reading) => rule.reading = Some(named_apart(reading, group, data)),
                Err(refusal) => {
                    let text = refusal.text();
                    rule.note = Some(text.get(lang).to_owned());
                    remarks.push(Remark { row: Some(leaf.row), about: group.name.clone(), text });
                }
            }
        }
        if rule.reading.as_ref().is_some_and(|reading| reading.steps_unsaid) {
            remarks.push(Remark::new(Some(leaf.row), &group.name, crate::wording::steps_unsaid()));
        }
        out.insert(group.id, rule);
    }
    out
}

/// A datum with the indicators that read it.
pub(crate) struct Known {
    pub(crate) datum: Datum,
    pub(crate) by: String,
}

/// Two indicators that use one word may mean two figures: the later gets its indicator's name before it.
fn named_apart(mut reading: Reading, group: &Group, data: &mut BTreeMap<String, Known>) -> Reading {
    for at in 0..reading.data.len() {
        let Some(datum) = reading.data.get(at).cloned() else { continue };
        let mut name = datum.name.clone();
        let mut number = 1;
        while data.contains_key(&name) {
            name = if number == 1 {
                format!("{}{}", group.name, datum.name)
            } else {
                format!("{}{}{number}", group.name, datum.name)
            };
            number += 1;
        }
        if name != datum.name {
            let (old, new) = (crate::combine::name(&datum.name), crate::combine::name(&name));
            for line in &mut reading.lines {
                *line = line.replacen(&old, &new, 1);
            }
        }
        if let Some(own) = reading.data.get_mut(at) {
            own.name.clone_from(&name);
        }
        data.insert(name.clone(), Known { datum: Datum { name, guess: datum.guess }, by: group.name.clone() });
    }
    reading
}

fn data_remarks(data: &BTreeMap<String, Known>) -> Vec<(String, String)> {
    data.iter().map(|(name, known)| (name.clone(), known.by.clone())).collect()
}
