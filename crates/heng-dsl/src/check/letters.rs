//! Letters: which ones an expression can yield, and whether a 分档 over the letters of the children has a
//! row for every combination. The combinations are enumerated, so every finding names one.

use std::collections::{BTreeMap, BTreeSet};

use heng_diag::Diagnostic;
use heng_model::{
    ExprId, ExprKind, Name, NodeId, Program, Type, Value,
    expr::{BandCell, BandRow, Bands, FoldOp},
    program::{BodyId, MethodCode, NodeKind},
};

use super::{effects, span};
use crate::wording;

/// How many combinations are looked at.
const MOST: usize = 20_000;
/// How deep expressions are followed.
const DEEPEST: u32 = 64;

/// The letters a list can hold, one set per place; the best first when the list is sorted.
type Combination = Vec<Name>;

/// Checks every 分档 over a list.
pub fn check(program: &Program, homes: &Homes, diagnostics: &mut Vec<Diagnostic>) {
    for (list, node) in homes {
        let Some(expr) = program.expr(*list) else { continue };
        let ExprKind::Bands(bands) = &expr.kind else { continue };
        let [subject] = bands.subjects.as_slice() else { continue };
        if !matches!(program.expr(*subject).map(|subject| &subject.ty), Some(Type::List(_))) {
            continue;
        }
        let all = combinations(program, *node, *subject);
        let caught = bands.rows.iter().any(|row| matches!(row.cells.first(), Some(BandCell::Other)));
        match &all {
            _ if caught => {}
            None => diagnostics.push(wording::letters_unknown(span(expr.at))),
            Some(all) => gaps(program, bands, all, expr.at, diagnostics),
        }
        unreachable_rows(program, bands, all.as_deref().unwrap_or_default(), diagnostics);
    }
}

/// In which node an expression is read first.
pub type Homes = BTreeMap<ExprId, NodeId>;

/// The homes of everything that nodes read.
pub fn homes(program: &Program) -> Homes {
    let mut found = Homes::new();
    for (id, node) in program.tree() {
        let mut open: Vec<ExprId> = node.grade.into_iter().collect();
        open.extend(if id.0 == 0 { program.grade } else { None });
        if let Some(body) = node.body.and_then(|body| program.body(body)) {
            open.extend(body.cases.iter().flat_map(|case| [case.when, case.then]).chain([body.result]));
        }
        while let Some(next) = open.pop() {
            let Some(expr) = program.expr(next).filter(|_| !found.contains_key(&next)) else { continue };
            found.insert(next, id);
            if let ExprKind::Let(item) = &expr.kind {
                open.extend(program.definition(*item).map(|item| item.value));
            }
            open.extend(expr.kind.parts());
        }
    }
    found
}

fn gaps(
    program: &Program,
    bands: &Bands,
    all: &[Combination],
    at: heng_model::expr::SourceRef,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let taken = |letters: &Combination| bands.rows.iter().any(|row| takes(program, row, letters));
    let mut open = all.iter().filter(|letters| !taken(letters));
    if let Some(first) = open.next() {
        let shown: Vec<&str> = first.iter().map(|letter| &**letter).collect();
        diagnostics.push(wording::letters_gap(span(at), &shown.join("，"), 1 + open.count()));
    }
}

/// A row that no combination reaches, perhaps because its letters do not stand from best to worst.
fn unreachable_rows(program: &Program, bands: &Bands, all: &[Combination], diagnostics: &mut Vec<Diagnostic>) {
    if all.is_empty() {
        return;
    }
    let mut reached = vec![false; bands.rows.len()];
    for letters in all {
        let first = bands.rows.iter().position(|row| takes(program, row, letters));
        if let Some(slot) = first.and_then(|row| reached.get_mut(row)) {
            *slot = true;
        }
    }
    for (row, _) in bands
        .rows
        .iter()
        .zip(reached)
        .filter(|(row, reached)| !reached && matches!(row.cells.first(), Some(BandCell::List(_))))
    {
        diagnostics.push(wording::band_unreachable(span(row.at)));
    }
}

/// Whether a row takes a list of letters.
fn takes(program: &Program, row: &BandRow, letters: &[Name]) -> bool {
    match row.cells.first() {
        Some(BandCell::Other) => true,
        Some(BandCell::List(cells)) => {
            cells.len() == letters.len() && cells.iter().zip(letters).all(|(cell, letter)| fits(program, cell, letter))
        }
        _ => false,
    }
}

fn fits(program: &Program, cell: &BandCell, letter: &Name) -> bool {
    let is = |id: &ExprId| matches!(program.expr(*id).map(|expr| &expr.kind), Some(ExprKind::Literal(Value::Text(word))) if word == letter);
    match cell {
        BandCell::Other => true,
        BandCell::OneOf(words) => words.iter().any(is),
        _ => false,
    }
}

/// Every sorted list of letters that the children of a node can have; none where that is not known.
fn combinations(program: &Program, node: NodeId, subject: ExprId) -> Option<Vec<Combination>> {
    if !matches!(program.expr(subject)?.kind, ExprKind::Letters) {
        return None;
    }
    let mut all: BTreeSet<Vec<usize>> = BTreeSet::from([Vec::new()]);
    for child in &program.node(node)?.children {
        let node = program.node(*child)?;
        if node.kind == NodeKind::Bonus {
            continue;
        }
        let letters = of_node(program, *child)?;
        let ranks = letters.iter().map(|letter| program.rank(letter)).collect::<Option<Vec<usize>>>()?;
        let mut next = if effects::can_be_inapplicable(program, node) { all.clone() } else { BTreeSet::new() };
        for (known, rank) in all.iter().flat_map(|known| ranks.iter().map(move |rank| (known, *rank))) {
            let at = known.partition_point(|other| *other <= rank);
            let (before, after) = known.split_at_checked(at)?;
            next.insert(before.iter().copied().chain([rank]).chain(after.iter().copied()).collect());
            if next.len() > MOST {
                return None;
            }
        }
        all = next;
    }
    // When none of them applies, neither does the group.
    all.remove(&Vec::new());
    let order = program.letters();
    all.into_iter().map(|ranks| ranks.into_iter().map(|rank| order.get(rank).cloned()).collect()).collect()
}

/// The letters a node can have; none where that is not known.
fn of_node(program: &Program, id: NodeId) -> Option<BTreeSet<Name>> {
    let node = program.node(id)?;
    let mut found = of(program, id, node.grade?, 0)?;
    if let Some(body) = node.body.filter(|_| node.pointless).and_then(|body| program.body(body)) {
        for case in &body.cases {
            found.extend(of(program, id, case.then, 0)?);
        }
    }
    Some(found)
}

/// The letters or words that an expression can yield, as it stands in a node; none where that is not known.
pub fn possible(program: &Program, node: Option<NodeId>, id: ExprId) -> Option<BTreeSet<Name>> {
    of(program, node.unwrap_or(NodeId(0)), id, 0)
}

fn of(program: &Program, node: NodeId, id: ExprId, depth: u32) -> Option<BTreeSet<Name>> {
    if depth > DEEPEST {
        return None;
    }
    let expr = program.expr(id)?;
    let all = |parts: &[ExprId]| -> Option<BTreeSet<Name>> {
        let mut found = BTreeSet::new();
        for part in parts {
            found.extend(of(program, node, *part, depth + 1)?);
        }
        Some(found)
    };
    match &expr.kind {
        ExprKind::Literal(Value::Text(word)) => Some(BTreeSet::from([word.clone()])),
        ExprKind::Verdict(_) => Some(BTreeSet::new()),
        ExprKind::Bands(bands) => all(&bands.rows.iter().map(|row| row.value).collect::<Vec<_>>()),
        ExprKind::Let(item) => of(program, node, program.definition(*item)?.value, depth + 1),
        ExprKind::GradeOf(other) => of_node(program, *other),
        ExprKind::ChildGrade(_) | ExprKind::Letters => of_children(program, node),
        ExprKind::Fold(fold) if matches!(fold.op, FoldOp::Min | FoldOp::Max) => {
            of(program, node, fold.term.unwrap_or(fold.over), depth + 1)
        }
        ExprKind::Method(method, _) => match program.method(*method)?.code {
            MethodCode::Body(body) => all(&results(program, body)?),
            MethodCode::Script(_) => None,
        },
        _ => match &expr.ty {
            Type::Word(Some(list)) => Some(program.schema.choice(*list)?.words.iter().cloned().collect()),
            _ => None,
        },
    }
}

fn of_children(program: &Program, node: NodeId) -> Option<BTreeSet<Name>> {
    let mut found = BTreeSet::new();
    for child in &program.node(node)?.children {
        if program.node(*child)?.kind == NodeKind::Indicator {
            found.extend(of_node(program, *child)?);
        }
    }
    Some(found)
}

fn results(program: &Program, body: BodyId) -> Option<Vec<ExprId>> {
    let body = program.body(body)?;
    Some(body.cases.iter().map(|case| case.then).chain([body.result]).collect())
}
