//! The rows of the scoring table: a leaf each, with the levels above it merged over its rows.

use heng_model::{ExprKind, Node, NodeId, Program, expr::FoldOp, program::NodeKind};
use heng_phrase::{Phrase, decimal};

use super::{cited, status};
use crate::wording;

/// A leaf with the level cells that begin at it.
pub(crate) struct Row {
    /// From the top; none where a cell of a row above reaches down to this one.
    pub levels: Vec<Option<Level>>,
    pub points: String,
    pub criterion: String,
    /// Explanation and remarks.
    pub meaning: String,
    pub cited: String,
    pub evidence: String,
    pub status: String,
}

/// A cell of a level.
pub(crate) struct Level {
    pub name: String,
    /// The points of a group; a leaf's stand in their own column.
    pub points: String,
    /// How many rows it covers.
    pub rows: usize,
    /// How many columns it covers.
    pub columns: usize,
}

/// Every leaf in the order of the table.
pub(crate) fn rows(phrase: &Phrase<'_>, program: &Program) -> Vec<Row> {
    let deepest = program.nodes.iter().map(|node| usize::from(node.level)).max().unwrap_or(0);
    let mut out = Vec::new();
    let mut open: Vec<NodeId> = Vec::new();
    for (id, node) in program.tree().skip(1) {
        let level = usize::from(node.level);
        open.retain(|above| program.node(*above).is_some_and(|above| usize::from(above.level) < level));
        open.push(id);
        if node.children.is_empty() {
            out.push(row(phrase, program, (id, node), &mut open, deepest));
        }
    }
    out
}

/// A row; groups that were waiting for their first leaf get their cells here and are not open any more.
fn row(
    phrase: &Phrase<'_>,
    program: &Program,
    (id, node): (NodeId, &Node),
    open: &mut Vec<NodeId>,
    deepest: usize,
) -> Row {
    let lang = phrase.lang();
    let own = usize::from(node.level);
    let mut levels: Vec<Option<Level>> = (1..=own).map(|_| None).collect();
    for above in open.drain(..) {
        let Some(found) = program.node(above) else { continue };
        let leaf = found.children.is_empty();
        let cell = Level {
            name: phrase.node_title(found).to_owned(),
            points: if leaf { String::new() } else { wording::points(lang, &decimal(&found.full)) },
            rows: leaves(program, above),
            columns: if leaf { (deepest + 1).saturating_sub(own) } else { 1 },
        };
        if let Some(slot) = levels.get_mut(usize::from(found.level).saturating_sub(1)) {
            *slot = Some(cell);
        }
    }
    let texts = [&node.meaning, &node.note].into_iter().flatten().map(ToString::to_string);
    let points = decimal(&node.full);
    Row {
        levels,
        points: if node.kind == NodeKind::Bonus { wording::bonus(lang, &points) } else { points },
        criterion: phrase.criterion(id),
        meaning: texts.collect::<Vec<_>>().join("\n"),
        cited: cited(lang, &node.cite),
        evidence: node.evidence.as_ref().map(ToString::to_string).unwrap_or_default(),
        status: status(phrase, node.cite.status),
    }
}

/// How many leaves lie in a node.
fn leaves(program: &Program, id: NodeId) -> usize {
    let Some(node) = program.node(id) else { return 0 };
    let deeper = program.tree().skip_while(|(other, _)| *other <= id);
    let inside = deeper.take_while(|(_, other)| other.level > node.level);
    inside.filter(|(_, other)| other.children.is_empty()).count().max(1)
}

/// The rules of groups, and of the whole, that are more than a sum.
pub(crate) fn groups(phrase: &Phrase<'_>, program: &Program) -> Vec<(String, String)> {
    let groups = program.tree().filter(|(_, node)| !node.children.is_empty() && !is_sum(program, node));
    groups.map(|(id, node)| (phrase.node_title(node).to_owned(), phrase.criterion(id))).collect()
}

/// Whether a group is the sum of its children and nothing else.
fn is_sum(program: &Program, node: &Node) -> bool {
    let Some(body) = node.body.and_then(|body| program.body(body)) else { return true };
    let plain = body.cases.is_empty() && body.demands.is_empty();
    let folds = match program.expr(body.result).map(|expr| &expr.kind) {
        Some(ExprKind::Fold(fold)) if fold.op == FoldOp::Sum && fold.term.is_none() => {
            matches!(program.expr(fold.over).map(|expr| &expr.kind), Some(ExprKind::Children))
        }
        _ => false,
    };
    plain && folds
}
