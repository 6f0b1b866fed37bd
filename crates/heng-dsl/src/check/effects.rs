//! States have effects: a group whose child can be 不适用 says what happens with its points, and
//! the pack says what each state does.

use std::collections::BTreeSet;

use heng_diag::Diagnostic;
use heng_model::{
    ExprId, ExprKind, Node, Program,
    program::{Body, BodyId, NodeKind},
    state::{Effect, State, Verdict},
};

use super::span;
use crate::{lower::Lowered, wording};

/// Checks nodes and pack.
pub fn check(lowered: &Lowered, diagnostics: &mut Vec<Diagnostic>) {
    let program = &lowered.program;
    let lossy = |node: &Node| node.body.is_some_and(|body| lowered.lossy.contains(&body));
    if program.root().is_some_and(lossy) {
        return;
    }
    for node in program.nodes.iter().skip(1) {
        let parent = node.parent.and_then(|parent| program.node(parent));
        if let Some(parent) = parent
            && parent.inapplicable.is_none()
            && !lossy(parent)
            && !weighs(program, parent)
            && can_be_inapplicable(program, node)
        {
            diagnostics.push(wording::no_inapplicable(&node.name, &parent.name, span(node.at), span(parent.at)));
        }
    }
    if let Some(root) = program.root()
        && !program.schema.fields.is_empty()
    {
        let states = [
            (State::Missing, "缺报"),
            (State::NoEvidence, "无佐证"),
            (State::Late, "迟报"),
            (State::Disputed, "有争议"),
        ];
        let silent: Vec<&str> =
            states.iter().filter(|(state, _)| root.effects.of(*state).is_none()).map(|(_, word)| *word).collect();
        if !silent.is_empty() {
            diagnostics.push(wording::undeclared_states(span(root.at), &silent.join("、")));
        }
    }
}

/// Whether a node is made of a 权重表, which itself says what happens when children do not apply.
fn weighs(program: &Program, node: &Node) -> bool {
    let mut open: Vec<ExprId> =
        node.body.and_then(|body| program.body(body)).map(|body| body.result).into_iter().collect();
    let (mut seen, mut found) = (BTreeSet::new(), false);
    while let Some(next) = open.pop() {
        let Some(expr) = program.expr(next).filter(|_| seen.insert(next)) else { continue };
        match &expr.kind {
            ExprKind::Weights(_) => found = true,
            ExprKind::Children => return false,
            ExprKind::Let(item) => open.extend(program.definition(*item).map(|item| item.value)),
            kind => open.extend(kind.parts()),
        }
    }
    found
}

/// Whether a node may come to 不适用.
pub fn can_be_inapplicable(program: &Program, node: &Node) -> bool {
    by_state(node) || by_children(program, node) || node.body.is_some_and(|body| by_body(program, body))
}

/// Whether all children may be left out, and so the node with them.
fn by_children(program: &Program, node: &Node) -> bool {
    let mut children = node
        .children
        .iter()
        .filter_map(|child| program.node(*child))
        .filter(|child| child.kind == NodeKind::Indicator)
        .peekable();
    children.peek().is_some() && children.all(|child| can_be_inapplicable(program, child))
}

fn by_body(program: &Program, body: BodyId) -> bool {
    let Some(body) = program.body(body) else { return false };
    let drops = body.cases.iter().any(|case| drops(program, case.then)) || drops(program, body.result);
    drops || reads_doubtful(program, body)
}

/// Whether a body reads a datum that may be declared not applicable, other than to ask for its state.
fn reads_doubtful(program: &Program, body: &Body) -> bool {
    let mut open: Vec<ExprId> = body.cases.iter().flat_map(|case| [case.when, case.then]).collect();
    open.push(body.result);
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        let Some(expr) = program.expr(next).filter(|_| seen.insert(next)) else { continue };
        match &expr.kind {
            ExprKind::Field(field) if program.schema.field(*field).is_some_and(|it| it.traits.may_not_apply) => {
                return true;
            }
            ExprKind::Is(..) => {}
            ExprKind::Let(item) => open.extend(program.definition(*item).map(|item| item.value)),
            kind => open.extend(kind.parts()),
        }
    }
    false
}

/// Whether a state makes the node 不适用.
pub fn by_state(node: &Node) -> bool {
    State::ALL.iter().any(|state| node.effects.of(*state) == Some(Effect::Verdict(Verdict::NotApplicable)))
}

/// Whether an expression may be the verdict 不适用: itself, in a row, or by a name.
pub fn drops(program: &Program, id: ExprId) -> bool {
    let (mut open, mut seen) = (vec![id], BTreeSet::new());
    while let Some(next) = open.pop() {
        let Some(expr) = program.expr(next).filter(|_| seen.insert(next)) else { continue };
        match &expr.kind {
            ExprKind::Verdict(Verdict::NotApplicable) => return true,
            ExprKind::Let(item) => open.extend(program.definition(*item).map(|item| item.value)),
            ExprKind::Bands(bands) => open.extend(bands.rows.iter().map(|row| row.value)),
            ExprKind::Limit { value, .. } | ExprKind::Round { value, .. } => open.push(*value),
            _ => {}
        }
    }
    false
}
