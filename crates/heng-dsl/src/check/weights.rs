//! 权重表: every row adds up to 100 %, no two rows name the same children, and every combination of children
//! that can apply together has a row. The combinations are enumerated, so a finding names one.

use std::collections::BTreeSet;

use heng_diag::Diagnostic;
use heng_model::{
    ExprId, ExprKind, Name, Node, NodeId, Number, Program, Quantity,
    expr::Weights,
    program::{Inapplicable, NodeKind},
};
use heng_phrase::Phrase;

use super::{constant::constant, effects, letters::Homes, same::same, span};
use crate::{lower::Lowered, wording};

/// How many children may come and go before their combinations are too many to look at.
const MOST: usize = 12;

/// Checks every 权重表.
pub fn check(lowered: &Lowered, homes: &Homes, diagnostics: &mut Vec<Diagnostic>) {
    let program = &lowered.program;
    for (id, node) in homes {
        let Some(expr) = program.expr(*id) else { continue };
        let ExprKind::Weights(table) = &expr.kind else { continue };
        let before = diagnostics.len();
        rows(program, table, diagnostics);
        let lossy = program.node(*node).is_some_and(|node| {
            node.children.iter().any(|child| lowered.incomplete.contains(child))
                || node.body.is_some_and(|body| lowered.lossy.contains(&body))
        });
        if before == diagnostics.len() && !lossy && !lowered.incomplete.contains(node) {
            combinations(program, *node, table, *id, diagnostics);
        }
    }
}

fn rows(program: &Program, table: &Weights, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: Vec<BTreeSet<NodeId>> = Vec::new();
    for row in &table.rows {
        let children: BTreeSet<NodeId> = row.children.iter().copied().collect();
        if children.len() < row.children.len() || seen.contains(&children) {
            diagnostics.push(wording::weights_twice(span(row.at), &listed(program, row.children.iter().copied())));
            continue;
        }
        seen.push(children);
        let weights: Option<Vec<Number>> = row.weights.iter().map(|weight| constant(program, *weight, None)).collect();
        let Some(weights) = weights else {
            diagnostics.push(wording::weights_unknown(span(row.at)));
            continue;
        };
        if weights.iter().any(Number::is_negative) {
            diagnostics.push(wording::weights_negative(span(row.at)));
            continue;
        }
        let sum: Number = weights.into_iter().sum();
        if sum != Number::ONE {
            let say = |number: &Number| Phrase::new(program, heng_diag::Lang::Zh).number(number, Quantity::Ratio);
            let (more, gap) = (sum > Number::ONE, (&sum - &Number::ONE).abs());
            diagnostics.push(wording::weights_sum(span(row.at), &say(&sum), more, &say(&gap)));
        }
    }
}

/// A child that may be left out, with the condition by which it is, where there is just one.
struct Doubtful {
    id: NodeId,
    by: Option<ExprId>,
}

fn combinations(program: &Program, home: NodeId, table: &Weights, id: ExprId, diagnostics: &mut Vec<Diagnostic>) {
    let Some(node) = program.node(home) else { return };
    let place = program.expr(id).map(|expr| span(expr.at)).unwrap_or_default();
    let mut always = BTreeSet::new();
    let mut groups: Vec<Vec<Doubtful>> = Vec::new();
    for id in &node.children {
        let Some(child) = program.node(*id).filter(|child| child.kind == NodeKind::Indicator) else { continue };
        if node.inapplicable == Some(Inapplicable::Stop) || !effects::can_be_inapplicable(program, child) {
            always.insert(*id);
            continue;
        }
        let doubtful = Doubtful { id: *id, by: only_condition(program, child) };
        let alike = |group: &&mut Vec<Doubtful>| {
            group.first().and_then(|first| first.by).zip(doubtful.by).is_some_and(|(a, b)| same(program, a, b))
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(doubtful),
            None => groups.push(vec![doubtful]),
        }
    }
    if groups.len() > MOST {
        if table.other.is_none() {
            diagnostics.push(wording::weights_many(place));
        }
        return;
    }
    let possible = every(&always, &groups);
    if table.other.is_none() {
        gaps(program, node, table, &possible, place, diagnostics);
    }
    let unreachable = table.rows.iter().filter(|row| !possible.contains(&row.children.iter().copied().collect()));
    diagnostics.extend(unreachable.map(|row| wording::weights_unreachable(span(row.at))));
}

/// Every set of children that can apply together; never none of them, for then the group does not apply.
fn every(always: &BTreeSet<NodeId>, groups: &[Vec<Doubtful>]) -> Vec<BTreeSet<NodeId>> {
    let mut all = vec![always.clone()];
    for group in groups {
        let with = |set: &BTreeSet<NodeId>| set.iter().copied().chain(group.iter().map(|child| child.id)).collect();
        let mut next: Vec<BTreeSet<NodeId>> = all.iter().map(with).collect();
        next.append(&mut all);
        all = next;
    }
    all.retain(|set| !set.is_empty());
    all
}

fn gaps(
    program: &Program,
    node: &Node,
    table: &Weights,
    possible: &[BTreeSet<NodeId>],
    place: heng_diag::Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let has_row = |set: &&BTreeSet<NodeId>| {
        table.rows.iter().any(|row| row.children.iter().copied().collect::<BTreeSet<_>>() == **set)
    };
    let mut open = possible.iter().filter(|set| !has_row(set));
    let Some(first) = open.next() else { return };
    let count = 1 + open.count();
    let indicator = |id: &NodeId| program.node(*id).is_some_and(|child| child.kind == NodeKind::Indicator);
    let (inside, outside): (Vec<NodeId>, Vec<NodeId>) =
        node.children.iter().copied().filter(indicator).partition(|child| first.contains(child));
    let (inside, outside) = (listed(program, inside.into_iter()), listed(program, outside.into_iter()));
    diagnostics.push(wording::weights_gap(place, &inside, &outside, count));
}

fn listed(program: &Program, children: impl Iterator<Item = NodeId>) -> String {
    let names: Vec<Name> = children.filter_map(|id| program.node(id)).map(|child| child.name.clone()).collect();
    names.join("、")
}

/// The one 当 line by which a child does not apply, where no line stands before it and nothing else does it.
fn only_condition(program: &Program, child: &Node) -> Option<ExprId> {
    if !child.children.is_empty() || effects::by_state(child) {
        return None;
    }
    let body = program.body(child.body?)?;
    let drops = |id: &ExprId| effects::drops(program, *id);
    let first = body.cases.first().filter(|case| drops(&case.then))?;
    let other = body.cases.iter().skip(1).any(|case| drops(&case.then)) || drops(&body.result);
    (!other).then_some(first.when)
}
