//! How much of a pack the cases reach: not lines, but what a rule can come to — each band taken, each
//! condition true and false, each step of a deduction counted and not, each cap binding and not.

use std::collections::{BTreeMap, BTreeSet};

use heng_model::{
    NodeId, Outcome, Program, Scorecard, Value,
    expr::{ExprId, ExprKind, SourceRef},
    scorecard::{Role, Step},
};

use crate::reach::Reach;

/// Something a rule can come to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The row of the table is scored.
    Scored(NodeId),
    /// A 当 line holds or not.
    Case(ExprId, bool),
    /// A 须 line holds or not.
    Demand(ExprId, bool),
    /// This row of a 分档 is taken.
    Band(ExprId, u32),
    /// This row of a 计分 or 扣分 counts or not.
    Tally(ExprId, u32, bool),
    /// A cap or floor binds or not.
    Limit(ExprId, bool),
}

/// An item with where it stands and whether a case reached it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The item.
    pub item: Item,
    /// The row of the table it belongs to; none for grades and demands on the data.
    pub node: Option<NodeId>,
    /// Where it is written.
    pub at: SourceRef,
    /// Whether some case reached it.
    pub reached: bool,
}

/// The coverage of a program.
#[derive(Debug)]
pub struct Coverage {
    entries: BTreeMap<Item, Entry>,
}

impl Coverage {
    /// Everything that `program` can come to, none of it reached yet.
    #[must_use]
    pub fn new(program: &Program) -> Coverage {
        let reach = Reach::of(program);
        let mut coverage = Coverage { entries: BTreeMap::new() };
        for (id, node) in program.tree() {
            if node.body.is_some() && node.children.is_empty() {
                coverage.add(Item::Scored(id), Some(id), node.at);
            }
        }
        for body in &reach.bodies {
            let owner = reach.body_owner.get(body).copied().flatten();
            let Some(body) = program.body(*body) else { continue };
            for case in &body.cases {
                for holds in [true, false] {
                    coverage.add(Item::Case(case.when, holds), owner, case.at);
                }
            }
            for demand in &body.demands {
                for holds in [true, false] {
                    coverage.add(Item::Demand(demand.need, holds), owner, demand.at);
                }
            }
        }
        for id in &reach.exprs {
            let owner = reach.owner.get(id).copied().flatten();
            coverage.add_expr(program, *id, owner);
        }
        coverage
    }

    fn add_expr(&mut self, program: &Program, id: ExprId, owner: Option<NodeId>) {
        let Some(expr) = program.expr(id) else { return };
        match &expr.kind {
            ExprKind::Bands(bands) => {
                for (row, band) in (0_u32..).zip(&bands.rows) {
                    self.add(Item::Band(id, row), owner, band.at);
                }
            }
            ExprKind::Tally(tally) => {
                for (row, line) in (0_u32..).zip(&tally.rows) {
                    for counts in [true, false] {
                        self.add(Item::Tally(id, row, counts), owner, line.at);
                    }
                }
            }
            ExprKind::Limit { .. } => {
                for binds in [true, false] {
                    self.add(Item::Limit(id, binds), owner, expr.at);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, item: Item, node: Option<NodeId>, at: SourceRef) {
        self.entries.insert(item.clone(), Entry { item, node, at, reached: false });
    }

    /// Marks everything that a scorecard came to.
    pub fn mark(&mut self, program: &Program, card: &Scorecard) {
        let mut seen = BTreeSet::new();
        for score in &card.nodes {
            if !matches!(score.outcome, Outcome::Unwritten) {
                seen.insert(Item::Scored(score.node));
            }
            score.trace.iter().for_each(|step| walk(program, step, &mut seen));
        }
        card.grade_trace.iter().for_each(|step| walk(program, step, &mut seen));
        for item in seen {
            if let Some(entry) = self.entries.get_mut(&item) {
                entry.reached = true;
            }
        }
    }

    /// The entries, in the order of their places.
    #[must_use]
    pub fn entries(&self) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.values().collect();
        entries.sort_by(|a, b| (a.at.file, a.at.start, &a.item).cmp(&(b.at.file, b.at.start, &b.item)));
        entries
    }
}

fn walk(program: &Program, step: &Step, seen: &mut BTreeSet<Item>) {
    match (&step.role, step.expr, &step.value) {
        (Role::Case(_), Some(when), Value::Bool(holds)) => {
            seen.insert(Item::Case(when, *holds));
        }
        (Role::Demand(_), Some(need), Value::Bool(holds)) => {
            seen.insert(Item::Demand(need, *holds));
        }
        _ => {}
    }
    if let Some(id) = step.expr {
        inside(program, id, step, seen);
    }
    step.parts.iter().for_each(|part| walk(program, part, seen));
}

/// What the parts of a step say about the expression it computes.
fn inside(program: &Program, id: ExprId, step: &Step, seen: &mut BTreeSet<Item>) {
    for part in &step.parts {
        match (&part.role, &part.value) {
            (Role::Band(row), _) => {
                seen.insert(Item::Band(id, *row));
            }
            (Role::Tally(row), value) => {
                seen.insert(Item::Tally(id, *row, counts(value)));
            }
            _ => {}
        }
    }
    if let Some(ExprKind::Limit { .. }) = program.expr(id).map(|expr| &expr.kind)
        && let (Some(first), Value::Number(whole)) = (step.parts.first(), &step.value)
        && let Value::Number(value) = &first.value
    {
        seen.insert(Item::Limit(id, value != whole));
    }
}

fn counts(value: &Value) -> bool {
    match value {
        Value::Number(count) => !count.is_zero(),
        Value::Bool(holds) => *holds,
        _ => false,
    }
}
