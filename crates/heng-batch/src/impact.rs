//! The same departments under two rule sets: who gains, who loses, and which indicator it comes from.
//!
//! The change of a department's total is taken apart by indicator: what each indicator gives more or
//! less, and as a last part what groups and the total make of it (gates, rescaling, roundings). The parts
//! add up to the change exactly, because the last one is what the others leave.

pub mod page;
pub mod text;

use std::io::{self, Read};

use heng_eval::{Context, evaluate_quietly};
use heng_model::{
    ExprKind, Name, NodeId, Number, Outcome, Program, Scorecard, Value,
    expr::{BandCell, Bands},
};

use crate::{
    chunk::Chunker,
    record::{Encoding, cells, records},
    run::Rules,
    table::Table,
};

/// One of the two rule sets with the columns that it reads.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The rules.
    pub rules: Rules<'a>,
    /// The columns.
    pub table: &'a Table<'a>,
}

/// What a department came to under one rule set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// The total; none while it is open.
    pub total: Option<Number>,
    /// The grade.
    pub grade: Option<Name>,
}

/// A department under both.
#[derive(Clone, Debug)]
pub struct Department {
    /// Its key.
    pub key: String,
    /// Under the old rules.
    pub old: Came,
    /// Under the new rules.
    pub new: Came,
    /// What each part adds to the change, in the order of [`Impact::parts`].
    pub parts: Vec<Number>,
    /// Places in the ranking by total, from 1; equal totals share a place and the next is left out.
    pub ranks: Option<(usize, usize)>,
}

impl Department {
    /// The change of the total; none where one of them is open.
    #[must_use]
    pub fn change(&self) -> Option<Number> {
        Some(self.new.total.as_ref()? - self.old.total.as_ref()?)
    }
}

/// A part of the change.
#[derive(Clone, Debug)]
pub struct Part {
    /// The indicator's name; none for what groups and the total make of it.
    pub name: Option<Name>,
    old: Option<NodeId>,
    new: Option<NodeId>,
}

/// All departments under both.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// The parts.
    pub parts: Vec<Part>,
    /// The departments, in the order of the file.
    pub departments: Vec<Department>,
    /// Rows that one of the rule sets could not read.
    pub rejected: u64,
    /// The totals at which the new rules change the grade.
    pub thresholds: Vec<Number>,
}

/// Scores every department of a file under both rule sets.
///
/// # Errors
/// What the stream says.
pub fn compare<R: Read>(
    old: Side<'_>,
    new: Side<'_>,
    encoding: Encoding,
    chunker: &mut Chunker<R>,
) -> io::Result<Impact> {
    let mut impact = Impact {
        parts: parts(old.rules.program, new.rules.program),
        thresholds: thresholds(new.rules.program),
        ..Impact::default()
    };
    while let Some(chunk) = chunker.next_chunk()? {
        if chunk.broken {
            impact.rejected += 1;
            continue;
        }
        for (_, record) in records(&chunk.bytes, true) {
            match encoding.text(record).and_then(|record| department(old, new, &impact.parts, &record)) {
                Some(department) => impact.departments.push(department),
                None => impact.rejected += 1,
            }
        }
    }
    rank(&mut impact.departments);
    Ok(impact)
}

fn department(old: Side<'_>, new: Side<'_>, parts: &[Part], record: &str) -> Option<Department> {
    let mut row = Vec::new();
    cells(record, &mut row)?;
    if row.len() != old.table.heads.len() {
        return None;
    }
    let key = old.table.keys.iter().filter_map(|key| row.get(*key)).map(|cell| cell.as_ref()).collect::<Vec<_>>();
    let score = |side: Side<'_>| {
        let facts = side.table.layout.facts(&Name::from(""), 0, &row).ok()?;
        let context = Context { calendar: side.rules.calendar, scripts: side.rules.scripts };
        Some(evaluate_quietly(side.rules.program, &facts, &context))
    };
    let (before, after) = (score(old)?, score(new)?);
    let (old, new) = (came(&before), came(&after));
    let parts = match (&old.total, &new.total) {
        (Some(from), Some(to)) => split(parts, &before, &after, &(to - from)),
        _ => Vec::new(),
    };
    Some(Department { key: key.join(" "), old, new, parts, ranks: None })
}

fn came(card: &Scorecard) -> Came {
    let total = card.nodes.first().and_then(|total| total.outcome.points().cloned());
    Came { total, grade: card.grade.clone() }
}

/// What each part adds to the change.
fn split(parts: &[Part], before: &Scorecard, after: &Scorecard, change: &Number) -> Vec<Number> {
    let points = |card: &Scorecard, node: Option<NodeId>| {
        let score = node.and_then(|node| card.nodes.get(node.0 as usize));
        match score.map(|score| &score.outcome) {
            Some(Outcome::Score(points)) => points.clone(),
            _ => Number::ZERO,
        }
    };
    let mut rest = change.clone();
    let mut found = Vec::new();
    for part in parts {
        let adds = match part.name {
            Some(_) => &points(after, part.new) - &points(before, part.old),
            None => rest.clone(),
        };
        rest = &rest - &adds;
        found.push(adds);
    }
    found
}

/// The indicators of both programs by key, those of the old ones first, and what groups make of them.
fn parts(old: &Program, new: &Program) -> Vec<Part> {
    let leaves = |program: &Program| -> Vec<(NodeId, Name, Name)> {
        let leaves = program.tree().filter(|(_, node)| node.children.is_empty());
        leaves.map(|(id, node)| (id, node.key.clone(), node.name.clone())).collect()
    };
    let (before, after) = (leaves(old), leaves(new));
    let mut parts = Vec::new();
    for (id, key, name) in &before {
        let same = after.iter().find(|(_, other, _)| other == key).map(|(id, ..)| *id);
        parts.push(Part { name: Some(name.clone()), old: Some(*id), new: same });
    }
    for (id, key, name) in &after {
        if !before.iter().any(|(_, other, _)| other == key) {
            parts.push(Part { name: Some(name.clone()), old: None, new: Some(*id) });
        }
    }
    parts.push(Part { name: None, old: None, new: None });
    parts
}

/// The totals at which the grade changes, where the grade is a 分档 with fixed ends.
fn thresholds(program: &Program) -> Vec<Number> {
    let kind = |id| program.expr(id).map(|expr| &expr.kind);
    let Some(ExprKind::Bands(Bands { rows, .. })) = program.grade.and_then(kind) else { return Vec::new() };
    let mut found = Vec::new();
    for cell in rows.iter().flat_map(|row| &row.cells) {
        let BandCell::Range(range) = cell else { continue };
        for end in range.low.iter().chain(&range.high) {
            if let Some(ExprKind::Literal(Value::Number(at))) = kind(end.at) {
                found.push(at.clone());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Gives every department whose totals are both decided its places.
fn rank(departments: &mut [Department]) {
    let places = |pick: fn(&Department) -> Option<&Number>, departments: &[Department]| {
        let mut totals: Vec<&Number> =
            departments.iter().filter(|one| one.change().is_some()).filter_map(pick).collect();
        totals.sort_by(|a, b| b.cmp(a));
        let place = |one: &Department| {
            let total = pick(one)?;
            one.change()?;
            Some(totals.partition_point(|other| *other > total) + 1)
        };
        departments.iter().map(place).collect::<Vec<_>>()
    };
    let old = places(|one| one.old.total.as_ref(), departments);
    let new = places(|one| one.new.total.as_ref(), departments);
    for ((department, old), new) in departments.iter_mut().zip(old).zip(new) {
        department.ranks = old.zip(new);
    }
}
