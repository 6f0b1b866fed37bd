//! The same departments under two rule sets: who gains, who loses, and which change of the rules it
//! comes from.
//!
//! The change of a department's score is taken apart twice: by the changes of the rules ([`shares`]), and
//! by the indicators on which it falls, with a last part for what groups and the total make of them.
//! Either way the parts add up to the change exactly.
//!
//! What is compared is the total, or one indicator or group that both rule sets have. Where full marks
//! differ, points ÷ full marks are compared, in per cent: a score of 8 out of 9 is not less than one of
//! 10 out of 13.

pub mod book;
pub mod page;
pub mod shares;
pub mod story;
pub mod text;

use std::collections::BTreeMap;

use heng_data::Refused;
use heng_diag::{Diagnostic, Text};
use heng_model::{
    ExprKind, Facts, Name, Node, NodeId, Number, Outcome, Peers, Program, Schema, Scorecard, Value,
    expr::{BandCell, Bands},
};

use self::shares::Plan;
use crate::{
    peers::among,
    rows::{Rejected, Row, Sheet},
    run::Rules,
    side::by_side,
    table::Table,
    wording::impact as words,
};

/// A change of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its headline.
    pub title: Text,
    /// What it changes, a line each.
    pub lines: Vec<Text>,
}

/// What is compared, and how it is taken apart.
pub struct Job<'a> {
    /// The old rules.
    pub old: Rules<'a>,
    /// The new rules.
    pub new: Rules<'a>,
    /// The indicator or group that is compared; else the total.
    pub of: Option<&'a str>,
    /// Lines beside those at which the grade changes.
    pub lines: Vec<Number>,
    /// The changes from the old rules to the new.
    pub items: Vec<Item>,
    /// How they are taken apart.
    pub plan: Plan,
    /// The rules in which some of the changes are made.
    pub variants: &'a BTreeMap<Vec<bool>, Program>,
    /// How many threads score.
    pub threads: usize,
}

/// What a department came to under one rule set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// The score; none while it is open.
    pub total: Option<Number>,
    /// The grade, where the total is compared.
    pub grade: Option<Name>,
}

/// A department under both.
#[derive(Clone, Debug, Default)]
pub struct Department {
    /// Its key.
    pub key: String,
    /// Under the old rules.
    pub old: Came,
    /// Under the new rules.
    pub new: Came,
    /// What each indicator adds to the change, in the order of [`Impact::leaves`].
    pub leaves: Vec<Number>,
    /// The share of each item in the change, and last that of scripts and calendar; none where the
    /// score is open while some of the items are made.
    pub shares: Option<Vec<Number>>,
    /// What each item does when it is made alone.
    pub alone: Vec<Option<Number>>,
    /// Places in the ranking, from 1; equal scores share a place and the next is left out.
    pub ranks: Option<(usize, usize)>,
    /// What each item adds along each order that was drawn.
    along: Vec<Vec<Number>>,
}

impl Department {
    /// The change of the score; none where one of them is open.
    #[must_use]
    pub fn change(&self) -> Option<Number> {
        Some(self.new.total.as_ref()? - self.old.total.as_ref()?)
    }
}

/// An indicator.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its name; none for what groups and the total make of it.
    pub name: Option<Name>,
    old: Option<NodeId>,
    new: Option<NodeId>,
}

/// What is compared.
#[derive(Clone, Debug)]
pub struct What {
    /// The total, the indicator or the group.
    pub name: Text,
    /// The titles of the rule sets.
    pub titles: [String; 2],
    /// Full marks before and after.
    pub full: [Number; 2],
    /// Whether points ÷ full marks are compared, in per cent.
    pub share: bool,
}

/// All departments under both.
#[derive(Clone, Debug)]
pub struct Impact {
    /// What is compared.
    pub what: What,
    /// The changes of the rules.
    pub items: Vec<Item>,
    /// How many orders the split was drawn from, and their seed; none where it is exact.
    pub orders: Option<(usize, u64)>,
    /// By item twice the standard error of its share of the mean change; empty where the split is exact.
    pub errors: Vec<Number>,
    /// The indicators.
    pub leaves: Vec<Leaf>,
    /// The departments, in the order of the file.
    pub departments: Vec<Department>,
    /// What one of the rule sets could not read.
    pub rejects: Vec<Rejected>,
    /// The scores at which the new rules change the grade, and those asked for.
    pub thresholds: Vec<Number>,
    /// Where no department has two decided scores: the outermost indicators that some have decided under both.
    pub comparable: Vec<Name>,
}

impl Impact {
    /// How many rows were set aside.
    #[must_use]
    pub fn rejected(&self) -> usize {
        let mut rows: Vec<u64> = self.rejects.iter().map(|one| one.row).collect();
        rows.dedup();
        rows.len()
    }
}

/// A program with the place of what is compared.
struct Scored<'a> {
    program: &'a Program,
    node: NodeId,
    full: Number,
    table: usize,
    /// What the departments give each other under these rules.
    peers: Option<Peers>,
}

struct Scorer<'a> {
    tables: Vec<Table<'a>>,
    old: Scored<'a>,
    new: Scored<'a>,
    variants: BTreeMap<&'a [bool], Scored<'a>>,
    rules: [Rules<'a>; 2],
    share: bool,
    plan: &'a Plan,
    leaves: &'a [Leaf],
}

/// Scores every department of a sheet under both rule sets.
///
/// # Errors
/// Findings about the heads, or about what is to be compared.
pub fn compare(job: &Job<'_>, sheet: &Sheet, keys: &[String]) -> Result<Impact, Vec<Diagnostic>> {
    let no_indicator = || vec![words::no_indicator(job.of.unwrap_or_default())];
    let place = |program: &Program| job.of.map_or(Some(NodeId(0)), |name| program.find_node(name));
    let (before, after) = (place(job.old.program), place(job.new.program));
    let (before, after) = before.zip(after).ok_or_else(no_indicator)?;
    let what = what(job, before, after);
    let leaves = leaves((job.old.program, before), (job.new.program, after));
    let mut scorer = scorer(job, (before, after), sheet, keys, &leaves, what.share)?;
    scorer.meet(sheet, job.threads);
    let done = all(&scorer, sheet, job.threads);
    let grades = if job.of.is_none() { thresholds(job.new.program) } else { Vec::new() };
    let (mut departments, mut rejects) = (Vec::new(), sheet.rejects.clone());
    for one in done {
        match one {
            Ok(department) => departments.push(department),
            Err(refused) => rejects.extend(refused),
        }
    }
    let none = departments.iter().all(|one| one.change().is_none());
    let comparable = if none { scorer.comparable(sheet, job.threads) } else { Vec::new() };
    drop(scorer);
    rejects.sort_by_key(|one| one.row);
    rank(&mut departments);
    let mut thresholds: Vec<Number> = grades.into_iter().chain(job.lines.iter().cloned()).collect();
    thresholds.sort();
    thresholds.dedup();
    Ok(Impact {
        what,
        items: job.items.clone(),
        orders: job.plan.orders.as_ref().map(|orders| (orders.len(), job.plan.seed)),
        errors: errors(&mut departments, job.plan.count),
        leaves,
        departments,
        rejects,
        thresholds,
        comparable,
    })
}

fn what(job: &Job<'_>, before: NodeId, after: NodeId) -> What {
    let node = |program: &Program, id| {
        let node = program.node(id).map(|node| (node.name.to_string(), node.full.clone()));
        node.unwrap_or((String::new(), Number::ZERO))
    };
    let title = |program: &Program| {
        let name = program.root().map(|root| root.name.to_string()).unwrap_or_default();
        format!("{name}（{}）", program.pack.year)
    };
    let (_, old) = node(job.old.program, before);
    let (name, new) = node(job.new.program, after);
    let titles = [title(job.old.program), title(job.new.program)];
    let share = old != new && old.signum() > 0 && new.signum() > 0;
    let name = if job.of.is_some() { Text::same(name) } else { words::TOTAL.into() };
    What { name, titles, full: [old, new], share }
}

fn scorer<'a>(
    job: &'a Job<'a>,
    (before, after): (NodeId, NodeId),
    sheet: &Sheet,
    keys: &[String],
    leaves: &'a [Leaf],
    share: bool,
) -> Result<Scorer<'a>, Vec<Diagnostic>> {
    let mut schemas: Vec<&Schema> = Vec::new();
    let mut tables = Vec::new();
    let mut scored = |program: &'a Program, node: NodeId| -> Result<Scored<'a>, Vec<Diagnostic>> {
        let known = schemas.iter().position(|schema| **schema == program.schema);
        let table = match known {
            Some(table) => table,
            None => {
                tables.push(Table::new(&program.schema, sheet.heads.clone(), keys)?);
                schemas.push(&program.schema);
                tables.len() - 1
            }
        };
        let full = program.node(node).map(|node| node.full.clone()).unwrap_or(Number::ZERO);
        Ok(Scored { program, node, full, table, peers: None })
    };
    let old = scored(job.old.program, before)?;
    let new = scored(job.new.program, after)?;
    let mut variants = BTreeMap::new();
    for (chosen, program) in job.variants {
        // None of the changes is the old rules, all are the new: their own programs, not copies.
        let program = match (chosen.contains(&true), chosen.contains(&false)) {
            (false, _) => job.old.program,
            (true, false) => job.new.program,
            (true, true) => program,
        };
        let Some(node) = job.of.map_or(Some(NodeId(0)), |name| program.find_node(name)) else { continue };
        if let Ok(one) = scored(program, node) {
            variants.insert(chosen.as_slice(), one);
        }
    }
    Ok(Scorer { tables, old, new, variants, rules: [job.old, job.new], share, plan: &job.plan, leaves })
}

/// Every row, in the order of the file.
fn all(scorer: &Scorer<'_>, sheet: &Sheet, threads: usize) -> Vec<Result<Department, Vec<Rejected>>> {
    by_side(&sheet.rows, threads, |row| scorer.department(row, &sheet.heads))
}

impl Scorer<'_> {
    /// Gathers what the departments give each other, for each of the rule sets that asks for it.
    fn meet(&mut self, sheet: &Sheet, threads: usize) {
        let Scorer { tables, old, new, variants, rules: [old_rules, new_rules], .. } = self;
        let all = variants.values_mut().map(|scored| (scored, *new_rules));
        let all = all.chain([(old, *old_rules), (new, *new_rules)]).filter(|(scored, _)| scored.program.needs_peers());
        let mut read: BTreeMap<usize, Vec<Facts>> = BTreeMap::new();
        for (scored, rules) in all {
            let Some(table) = tables.get(scored.table) else { continue };
            let facts = |row: &Row| table.layout.facts(&Name::from(""), 0, &row.cells).ok();
            let units = read.entry(scored.table).or_insert_with(|| sheet.rows.iter().filter_map(facts).collect());
            let units: Vec<&Facts> = units.iter().collect();
            scored.peers = among(Rules { program: scored.program, ..rules }, &units, threads);
        }
    }

    fn department(&self, row: &Row, heads: &[String]) -> Result<Department, Vec<Rejected>> {
        let read = |table: &Table<'_>| table.layout.facts(&Name::from(""), 0, &row.cells);
        let facts: Vec<Result<Facts, Vec<Refused>>> = self.tables.iter().map(read).collect();
        let of = |scored: &Scored<'_>| match facts.get(scored.table) {
            Some(Ok(facts)) => Ok(facts),
            Some(Err(refused)) => Err(refused.iter().map(|one| Rejected::of(row.row, one, heads)).collect()),
            None => Err(Vec::new()),
        };
        let [old_rules, new_rules] = self.rules;
        let (old_facts, new_facts) = (of(&self.old)?, of(&self.new)?);
        let before = self.card(&self.old, old_facts, old_rules);
        let after = self.card(&self.new, new_facts, new_rules);
        let (old, new) = (self.came(&self.old, &before), self.came(&self.new, &after));
        let key = self.tables.get(self.new.table).map(|table| table.key(&row.cells)).unwrap_or_default();
        let mut department = Department { key, old, new, ..Department::default() };
        if let Some(change) = department.change() {
            department.leaves = self.split(&before, &after, &change);
            let scores: BTreeMap<&[bool], Number> = self
                .variants
                .iter()
                .filter_map(|(chosen, scored)| {
                    let card = self.card(scored, of(scored).ok()?, new_rules);
                    Some((*chosen, self.came(scored, &card).total?))
                })
                .collect();
            self.take_apart(&mut department, &scores);
        }
        Ok(department)
    }

    /// The outermost indicators and groups of one name that are decided under both rule sets for some department.
    fn comparable(&self, sheet: &Sheet, threads: usize) -> Vec<Name> {
        let (old, new) = (self.old.program, self.new.program);
        let nodes = old.tree().filter_map(|(id, node)| Some((id, new.find_node(&node.name)?, node)));
        let pairs: Vec<(NodeId, NodeId, &Node)> = nodes.collect();
        let mut decided = vec![false; pairs.len()];
        for row in by_side(&sheet.rows, threads, |row| self.decided(row, &pairs)) {
            for (decided, row) in decided.iter_mut().zip(row.into_iter().flatten()) {
                *decided |= row;
            }
        }
        let found: Vec<_> = pairs.iter().zip(decided).filter(|(_, decided)| *decided).map(|(pair, _)| pair).collect();
        let outermost = |(_, _, node): &&&(NodeId, NodeId, &Node)| {
            node.parent.is_none_or(|parent| found.iter().all(|(id, ..)| *id != parent))
        };
        found.iter().filter(outermost).map(|(_, _, node)| node.name.clone()).collect()
    }

    /// Which of the pairs of nodes are decided under both rule sets for one department.
    fn decided(&self, row: &Row, pairs: &[(NodeId, NodeId, &Node)]) -> Option<Vec<bool>> {
        let card = |scored: &Scored<'_>, rules| {
            let table = self.tables.get(scored.table)?;
            let facts = table.layout.facts(&Name::from(""), 0, &row.cells).ok()?;
            Some(self.card(scored, &facts, rules))
        };
        let [old_rules, new_rules] = self.rules;
        let (before, after) = card(&self.old, old_rules).zip(card(&self.new, new_rules))?;
        let points = |card: &Scorecard, id: NodeId| {
            card.nodes.get(id.0 as usize).is_some_and(|score| score.outcome.points().is_some())
        };
        Some(pairs.iter().map(|(old, new, _)| points(&before, *old) && points(&after, *new)).collect())
    }

    fn card(&self, scored: &Scored<'_>, facts: &Facts, rules: Rules<'_>) -> Scorecard {
        Rules { program: scored.program, peers: scored.peers.as_ref(), ..rules }.score(facts)
    }

    fn came(&self, scored: &Scored<'_>, card: &Scorecard) -> Came {
        let points = card.nodes.get(scored.node.0 as usize).and_then(|score| score.outcome.points());
        let total = points.and_then(|points| self.measured(points, &scored.full));
        let grade = if scored.node.0 == 0 { card.grade.clone() } else { None };
        Came { total, grade }
    }

    fn measured(&self, points: &Number, full: &Number) -> Option<Number> {
        if self.share { (points * &Number::from(100)).checked_div(full) } else { Some(points.clone()) }
    }

    /// The shares of the items.
    fn take_apart(&self, department: &mut Department, scores: &BTreeMap<&[bool], Number>) {
        let count = self.plan.count;
        let score = |chosen: &[bool]| scores.get(chosen);
        let nothing = vec![false; count];
        let Some((base, old)) = score(&nothing).zip(department.old.total.as_ref()) else { return };
        department.alone =
            (0..count).map(|item| score(&shares::alone(count, item)).map(|alone| alone - base)).collect();
        let shares = match &self.plan.orders {
            None => self.plan.exact(&score),
            Some(orders) => self.plan.along(&score).map(|along| {
                let mean = |item: usize| {
                    let sum: Number = along.iter().filter_map(|adds| adds.get(item)).cloned().sum();
                    sum.checked_div(&Number::from(orders.len())).unwrap_or(Number::ZERO)
                };
                let means = (0..count).map(mean).collect();
                department.along = along.clone();
                means
            }),
        };
        department.shares = shares.map(|mut shares: Vec<Number>| {
            shares.push(base - old);
            shares
        });
    }

    /// What each indicator adds to the change.
    fn split(&self, before: &Scorecard, after: &Scorecard, change: &Number) -> Vec<Number> {
        let points = |card: &Scorecard, node: Option<NodeId>, full: &Number| {
            let score = node.and_then(|node| card.nodes.get(node.0 as usize));
            match score.map(|score| &score.outcome) {
                Some(Outcome::Score(points)) => self.measured(points, full).unwrap_or(Number::ZERO),
                _ => Number::ZERO,
            }
        };
        let mut rest = change.clone();
        let mut found = Vec::new();
        for leaf in self.leaves {
            let adds = match leaf.name {
                Some(_) => &points(after, leaf.new, &self.new.full) - &points(before, leaf.old, &self.old.full),
                None => rest.clone(),
            };
            rest = &rest - &adds;
            found.push(adds);
        }
        found
    }
}

/// The indicators below what is compared by key, those of the old rules first, and what groups make of
/// them.
fn leaves((old, before): (&Program, NodeId), (new, after): (&Program, NodeId)) -> Vec<Leaf> {
    let leaves = |program: &Program, top: NodeId| -> Vec<(NodeId, Name, Name)> {
        let inside = |id: NodeId| {
            let above = std::iter::successors(Some(id), |id| program.node(*id).and_then(|node| node.parent));
            above.into_iter().any(|id| id == top)
        };
        let leaves = program.tree().filter(|(id, node)| node.children.is_empty() && inside(*id));
        leaves.map(|(id, node)| (id, node.key.clone(), node.name.clone())).collect()
    };
    let (before, after) = (leaves(old, before), leaves(new, after));
    let mut found = Vec::new();
    for (id, key, name) in &before {
        let same = after.iter().find(|(_, other, _)| other == key).map(|(id, ..)| *id);
        found.push(Leaf { name: Some(name.clone()), old: Some(*id), new: same });
    }
    for (id, key, name) in &after {
        if !before.iter().any(|(_, other, _)| other == key) {
            found.push(Leaf { name: Some(name.clone()), old: None, new: Some(*id) });
        }
    }
    found.push(Leaf { name: None, old: None, new: None });
    found
}

/// The totals at which the grade changes, where the grade is a 分档 of the total with fixed ends; none where it hangs on
/// the place among others.
#[must_use]
pub fn thresholds(program: &Program) -> Vec<Number> {
    let kind = |id| program.expr(id).map(|expr| &expr.kind);
    let Some(ExprKind::Bands(Bands { subjects, rows })) = program.grade.and_then(kind) else { return Vec::new() };
    if !subjects.iter().all(|subject| matches!(kind(*subject), Some(ExprKind::Total))) {
        return Vec::new();
    }
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

/// Twice the standard error of each item's share of the mean change, over the orders that were drawn.
fn errors(departments: &mut [Department], count: usize) -> Vec<Number> {
    let mut sums: Vec<Vec<Number>> = Vec::new();
    let mut split = 0usize;
    for department in departments.iter_mut().filter(|one| !one.along.is_empty()) {
        split += 1;
        sums.resize(department.along.len(), vec![Number::ZERO; count]);
        for (sum, adds) in sums.iter_mut().zip(std::mem::take(&mut department.along)) {
            sum.iter_mut().zip(&adds).for_each(|(sum, adds)| *sum = &*sum + adds);
        }
    }
    let orders = Number::from(sums.len());
    let error = |item: usize| {
        let mean = |sum: &Number| sum.checked_div(&Number::from(split));
        let values: Vec<Number> = sums.iter().filter_map(|sum| mean(sum.get(item)?)).collect();
        let middle = values.iter().cloned().sum::<Number>().checked_div(&orders)?;
        let squares: Number = values.iter().map(|value| value - &middle).map(|off| &off * &off).sum();
        let variance = squares.checked_div(&(&orders * &(&orders - &Number::ONE)))?;
        // In ten-thousandths: four decimals of the root.
        let scaled = (&variance * &Number::from(400_000_000)).ceil().to_i64()?;
        Number::ratio(i128::from(u64::try_from(scaled).ok()?.isqrt()), 10_000)
    };
    if sums.len() < 2 { Vec::new() } else { (0..count).map(|item| error(item).unwrap_or(Number::ZERO)).collect() }
}

/// Gives every department whose scores are both decided its places.
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
