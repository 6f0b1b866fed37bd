//! The register: problem → points lost → measure → owner → date → what it means for next year's budget.
//! What the data do not say is left to a person and marked; nothing is made up.

use std::collections::BTreeMap;

use heng_diag::{Diagnostic, Lang};
use heng_model::name::normal_name;
use heng_phrase::points;
use heng_report::Record;
use minijinja::Value;

use crate::{
    last_register::LastRegister,
    lookup::Lookup,
    setup::{Links, Numbered, Setup},
    wording::{self, last_year},
};

/// A line of the register; an empty text is for a person to fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub problem: String,
    pub indicator: String,
    pub lost: String,
    pub reason: String,
    pub measure: String,
    pub owner: String,
    pub due: String,
    pub budget: String,
}

/// The register.
#[derive(Clone, Debug, Default)]
pub(crate) struct Register {
    pub lines: Vec<Line>,
}

impl Register {
    /// Adds the lines that were not finished last year, unless they stand here already.
    pub fn carry(&mut self, last: Option<&LastRegister>, lang: Lang) {
        for old in last.into_iter().flat_map(LastRegister::open) {
            let same = |line: &Line| {
                [(&line.problem, &old.problem), (&line.indicator, &old.indicator), (&line.measure, &old.measure)]
                    .iter()
                    .all(|(new, old)| normal_name(new) == normal_name(old))
            };
            if self.lines.iter().any(same) {
                continue;
            }
            self.lines.push(Line {
                problem: wording::noted(lang, &old.problem, last_year::CARRIED.get(lang)),
                indicator: old.indicator.clone(),
                lost: String::new(),
                reason: last_year::CARRIED_WHY.get(lang).to_owned(),
                measure: old.measure.clone(),
                owner: old.owner.clone(),
                due: old.due.clone(),
                budget: old.budget.clone(),
            });
        }
    }

    /// The lines for a template, blanks marked.
    pub fn value(&self, lang: Lang) -> Vec<Value> {
        let line = |line: &Line| {
            let fill = |text: &str| {
                if text.is_empty() { Value::from_safe_string(wording::short_blank(lang)) } else { Value::from(text) }
            };
            let mut map: BTreeMap<&str, Value> = BTreeMap::new();
            for (zh, en, value) in [
                ("问题", "problem", fill(&line.problem)),
                ("指标", "indicator", Value::from(line.indicator.clone())),
                ("失分", "lost", Value::from(line.lost.clone())),
                ("原因", "reason", Value::from(line.reason.clone())),
                ("措施", "measure", fill(&line.measure)),
                ("责任人", "owner", fill(&line.owner)),
                ("完成期限", "due", fill(&line.due)),
                ("下年预算", "budget", fill(&line.budget)),
            ] {
                map.insert(zh, value.clone());
                map.insert(en, value);
            }
            Value::from(map)
        };
        self.lines.iter().map(line).collect()
    }
}

/// The register of a case: what the tables say, then the points lost that no line speaks of.
pub(crate) fn register(
    setup: &Setup,
    record: &Record,
    lookup: &Lookup,
    name: &str,
) -> Result<Register, Box<Diagnostic>> {
    let mut lines = Vec::new();
    if let Some(setup) = &setup.register {
        let problems = numbered(&setup.problems, lookup, name)?;
        let measures = numbered(&setup.measures, lookup, name)?;
        let links = links(setup.links.as_ref(), lookup, name)?;
        for (number, problem) in &problems {
            let mut of_problem = links.iter().filter(|link| link.problem == *number).peekable();
            if of_problem.peek().is_none() {
                lines.push(Line { problem: problem.clone(), ..Line::default() });
            }
            for link in of_problem {
                let measure = measures.iter().find(|(known, _)| *known == link.measure);
                let measure = measure.map(|(_, text)| text.clone()).unwrap_or_default();
                lines.push(Line { problem: problem.clone(), measure, ..link.clone() });
            }
        }
        let taken: Vec<&String> = links.iter().map(|link| &link.measure).collect();
        let free = measures.iter().filter(|(number, _)| !taken.contains(&number));
        lines.extend(free.map(|(_, text)| Line { measure: text.clone(), ..Line::default() }));
    }
    let mut said: Vec<String> = Vec::new();
    for line in &mut lines {
        let Some(loss) = record.losses.iter().find(|loss| loss.name == line.indicator) else { continue };
        if said.contains(&loss.name) {
            wording::SEE_ABOVE.get(lookup.lang).clone_into(&mut line.reason);
            continue;
        }
        line.lost.clone_from(&loss.points);
        line.reason.clone_from(&loss.text);
        said.push(loss.name.clone());
    }
    for loss in &record.losses {
        if !lines.iter().any(|line| line.indicator == loss.name) {
            lines.push(Line {
                indicator: loss.name.clone(),
                lost: loss.points.clone(),
                reason: loss.text.clone(),
                ..Line::default()
            });
        }
    }
    Ok(Register { lines })
}

/// Points lost by all lines together, each indicator once.
pub(crate) fn lost_in_all(record: &Record) -> String {
    let sum = record.total.as_ref().map(|total| &record.full - total);
    sum.as_ref().map(points).unwrap_or_default()
}

fn column(row: &[(String, String)], name: &str) -> Option<String> {
    row.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone())
}

fn numbered(table: &Numbered, lookup: &Lookup, name: &str) -> Result<Vec<(String, String)>, Box<Diagnostic>> {
    let missing = |what: &str| Box::new(wording::no_datum(name, what));
    let rows = lookup.rows(&table.table).ok_or_else(|| missing(&table.table))?;
    let pair = |row: &Vec<(String, String)>| {
        let number = column(row, &table.number).ok_or_else(|| missing(&table.number))?;
        Ok((number, column(row, &table.text).ok_or_else(|| missing(&table.text))?))
    };
    rows.iter().map(pair).collect()
}

/// The links, with the numbers of problem and measure in place of their texts.
fn links(links: Option<&Links>, lookup: &Lookup, name: &str) -> Result<Vec<Line>, Box<Diagnostic>> {
    let Some(links) = links else { return Ok(Vec::new()) };
    let missing = |what: &str| Box::new(wording::no_datum(name, what));
    let rows = lookup.rows(&links.table).ok_or_else(|| missing(&links.table))?;
    let line = |row: &Vec<(String, String)>| {
        let given = |name: &Option<String>| match name {
            Some(name) => column(row, name).ok_or_else(|| missing(name)),
            None => Ok(String::new()),
        };
        Ok(Line {
            problem: column(row, &links.problem).ok_or_else(|| missing(&links.problem))?,
            measure: column(row, &links.measure).ok_or_else(|| missing(&links.measure))?,
            indicator: bare(&given(&links.indicator)?),
            owner: given(&links.owner)?,
            due: given(&links.due)?,
            budget: given(&links.budget)?,
            ..Line::default()
        })
    };
    let mut lines: Vec<Line> = rows.iter().map(line).collect::<Result<_, Box<Diagnostic>>>()?;
    for line in &mut lines {
        line.problem = bare(&line.problem);
        line.measure = bare(&line.measure);
    }
    Ok(lines)
}

/// A name or number without the remark that it is assumed.
fn bare(text: &str) -> String {
    [wording::ASSUMED.0, wording::ASSUMED.1]
        .iter()
        .find_map(|word| text.strip_suffix(&format!("（{word}）")).or_else(|| text.strip_suffix(&format!(" ({word})"))))
        .unwrap_or(text)
        .to_owned()
}
