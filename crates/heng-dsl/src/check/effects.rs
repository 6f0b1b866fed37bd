//! States have effects: a group whose child can be 不适用 says what happens with its points, and
//! the pack says what each state does.

use heng_diag::Diagnostic;
use heng_model::{
    ExprKind, Node, Program,
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

/// Whether a node may come to 不适用.
pub fn can_be_inapplicable(program: &Program, node: &Node) -> bool {
    let declared =
        State::ALL.iter().any(|state| node.effects.of(*state) == Some(Effect::Verdict(Verdict::NotApplicable)));
    let Some(body) = node.body.and_then(|body| program.body(body)) else { return declared };
    let verdict =
        |id| matches!(program.expr(id).map(|expr| &expr.kind), Some(ExprKind::Verdict(Verdict::NotApplicable)));
    declared || body.cases.iter().any(|case| verdict(case.then)) || verdict(body.result)
}
