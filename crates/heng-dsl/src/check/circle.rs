//! Scores that read each other in a circle. A definition that reads itself is found when it is
//! lowered; a score is read by the indicator's name, 下级 or 总分, and shows only in the whole.

use std::collections::HashSet;

use heng_diag::{Diagnostic, Span};
use heng_model::{
    ExprId, ExprKind, NodeId, Program,
    program::{BodyId, MethodCode, Otherwise},
};

use super::span;
use crate::wording;

/// How far a score has been followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Colour {
    New,
    Open,
    Done,
}

/// Reports each reading of a score that closes a circle.
pub fn check(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let reads: Vec<Vec<(NodeId, Span)>> = program.tree().map(|(id, _)| Reader::of(program, id)).collect();
    let mut colours = vec![Colour::New; reads.len()];
    for start in 0..reads.len() {
        follow(program, start, &reads, &mut colours, diagnostics);
    }
}

/// Follows scores depth first, with a stack of its own: packs have many levels of reading.
fn follow(
    program: &Program,
    start: usize,
    reads: &[Vec<(NodeId, Span)>],
    colours: &mut [Colour],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut stack = vec![(start, 0)];
    while let Some((node, next)) = stack.pop() {
        let Some(colour) = colours.get_mut(node) else { continue };
        if next == 0 && *colour != Colour::New {
            continue;
        }
        *colour = Colour::Open;
        let Some((target, place)) = reads.get(node).and_then(|reads| reads.get(next)).copied() else {
            *colour = Colour::Done;
            continue;
        };
        stack.push((node, next + 1));
        match colours.get(target.0 as usize) {
            Some(Colour::New) => stack.push((target.0 as usize, 0)),
            Some(Colour::Open) => {
                let name = program.node(target).map(|node| node.name.to_string()).unwrap_or_default();
                diagnostics.push(wording::circular(&name, place));
            }
            Some(Colour::Done) | None => {}
        }
    }
}

/// Collects the scores that a node's body reads.
struct Reader<'a> {
    program: &'a Program,
    node: NodeId,
    seen: HashSet<ExprId>,
    reads: Vec<(NodeId, Span)>,
    /// Whether the letter is being read; the points of the indicator itself are there by then.
    grading: bool,
}

impl Reader<'_> {
    fn of(program: &Program, node: NodeId) -> Vec<(NodeId, Span)> {
        let mut reader = Reader { program, node, seen: HashSet::new(), reads: Vec::new(), grading: false };
        if let Some(body) = program.node(node).and_then(|node| node.body) {
            reader.body(body);
        }
        if let Some(grade) = program.node(node).and_then(|node| node.grade) {
            reader.grading = true;
            reader.expr(grade);
        }
        reader.reads
    }

    fn body(&mut self, id: BodyId) {
        let Some(body) = self.program.body(id) else { return };
        for case in &body.cases {
            self.expr(case.when);
            self.expr(case.then);
        }
        for demand in &body.demands {
            self.expr(demand.need);
            if let Otherwise::Value(value) = demand.otherwise {
                self.expr(value);
            }
        }
        self.expr(body.result);
    }

    fn expr(&mut self, id: ExprId) {
        let Some(expr) = self.program.expr(id).filter(|_| self.seen.insert(id)) else { return };
        let place = span(expr.at);
        match &expr.kind {
            ExprKind::ScoreOf(node) if self.grading && *node == self.node => {}
            ExprKind::ScoreOf(node) => self.reads.push((*node, place)),
            ExprKind::Total => self.reads.push((NodeId(0), place)),
            ExprKind::GradeOf(node) => self.reads.push((*node, place)),
            ExprKind::Children | ExprKind::Letters | ExprKind::Weights(_) => {
                let children = self.program.node(self.node).map(|node| node.children.as_slice()).unwrap_or_default();
                self.reads.extend(children.iter().map(|child| (*child, place)));
            }
            ExprKind::Let(item) => {
                if let Some(item) = self.program.definition(*item) {
                    self.expr(item.value);
                }
            }
            ExprKind::Each(each) => self.body(each.body),
            ExprKind::Method(method, _) => {
                if let Some(MethodCode::Body(body)) = self.program.method(*method).map(|method| method.code) {
                    self.body(body);
                }
            }
            _ => {}
        }
        expr.kind.parts().into_iter().for_each(|part| self.expr(part));
    }
}
