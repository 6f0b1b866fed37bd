//! One run: the inputs, what was computed already, and how far the computation may go.

use std::{mem, rc::Rc};

use heng_model::{
    Facts, Name, Node, NodeId, Number, Peers, Program, Value,
    expr::{ExprId, ExprKind, SourceRef},
    facts::Entry,
    scorecard::{Role, Step},
};

use crate::{
    Context,
    frame::{Frame, Memo, Reading, Scope, Slot},
    halt::{Eval, Site},
    journal::Journal,
    node::Scored,
    shown::Shown,
};

/// How deep expressions may stand in each other, weighed, definitions and methods counted through.
/// A rule file stays below 80; a definition that goes round in a circle does not. So deep, an
/// unoptimised build takes about 1.2 MiB of stack.
const DEPTH: u32 = 256;

/// How many expressions may be computed: so many, and so many more for each cell handed in.
const STEPS: u64 = 1 << 20;
const STEPS_PER_CELL: u64 = 1 << 10;

/// How many levels of groups are followed outward; a [`Node`]'s level is a byte.
pub(crate) const ANCESTORS: usize = 256;

/// One run.
pub(crate) struct Engine<'a> {
    pub program: &'a Program,
    pub facts: &'a Facts,
    pub context: &'a Context<'a>,
    /// Whether steps and data read are recorded.
    pub recording: bool,
    /// The values of all units of the run; none where a unit is scored alone.
    pub peers: Option<&'a Peers>,
    /// What the computation under way leaves behind.
    pub journal: Journal,
    /// With which points open children count, while the ends of an open sum are computed.
    pub end: Option<End>,
    /// The parts of the profile that was computed last.
    pub profile: Vec<(Name, Number)>,
    /// The nodes, as far as they are scored.
    pub scores: Vec<Scored>,
    root: Rc<Frame>,
    frames: Vec<Option<Rc<Frame>>>,
    depth: u32,
    steps_left: u64,
    /// The trace being written: a node's, or that of a demand on the data.
    pub shown: Shown,
}

/// An end of an open range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Least,
    Most,
}

impl<'a> Engine<'a> {
    pub fn new(program: &'a Program, facts: &'a Facts, context: &'a Context<'a>, recording: bool) -> Engine<'a> {
        let root = program.root();
        let full = root.map_or(Number::ZERO, |node| node.full.clone());
        let root = Rc::new(Frame::new(root.and_then(|node| node.body), None, NodeId(0), full));
        Engine {
            program,
            facts,
            context,
            recording,
            peers: None,
            journal: Journal::default(),
            end: None,
            profile: Vec::new(),
            scores: program.nodes.iter().map(|_| Scored::Not).collect(),
            frames: program.nodes.iter().map(|_| None).collect(),
            root,
            depth: 0,
            steps_left: STEPS.saturating_add(cells(program, facts).saturating_mul(STEPS_PER_CELL)),
            shown: Shown::default(),
        }
    }

    /// The pack's own body: where parameters, computed columns and demands on the data stand.
    pub fn root(&self) -> Rc<Frame> {
        Rc::clone(&self.root)
    }

    /// The place of the pack's body.
    pub fn root_scope(&self) -> Scope {
        Scope::of(self.root(), self.reading(NodeId(0)))
    }

    /// The frame of a node, within the frames of what it stands in.
    pub fn frame(&mut self, id: NodeId) -> Rc<Frame> {
        let known = |engine: &Self, id: NodeId| engine.frames.get(id.0 as usize).cloned().flatten();
        let missing: Vec<(NodeId, &Node)> =
            self.outward(id).take_while(|(id, _)| id.0 != 0 && known(self, *id).is_none()).collect();
        let outermost = missing.last().map_or(Some(id), |(_, node)| node.parent);
        let mut frame = outermost.and_then(|id| known(self, id)).unwrap_or_else(|| self.root());
        for (id, node) in missing.into_iter().rev() {
            frame = Rc::new(Frame::new(node.body, Some(frame), id, node.full.clone()));
            if let Some(slot) = self.frames.get_mut(id.0 as usize) {
                *slot = Some(Rc::clone(&frame));
            }
        }
        frame
    }

    /// Computes an expression.
    pub fn eval(&mut self, id: ExprId, scope: &Scope) -> Eval {
        let program = self.program;
        let Some(expr) = program.expr(id) else {
            return Err(Site { id, at: SourceRef::default() }.misfit());
        };
        if let ExprKind::Literal(value) = &expr.kind {
            return Ok(value.clone());
        }
        let site = Site { id, at: expr.at };
        let weight = weight(&expr.kind);
        if self.depth + weight > DEPTH || self.steps_left == 0 {
            return Err(site.misfit());
        }
        self.depth += weight;
        self.steps_left -= 1;
        let result = self.compute(expr, scope, site);
        self.depth -= weight;
        result
    }

    /// Computes a part of a computation and records it as a step.
    pub fn part(&mut self, role: Role, id: ExprId, scope: &Scope) -> Eval {
        self.recorded(role, Some(id), |engine| engine.eval(id, scope))
    }

    /// An operand of an operator that is not itself a condition.
    pub fn operand(&mut self, position: usize, id: ExprId, scope: &Scope) -> Eval {
        let role = Role::Operand(ordinal(position));
        if scope.reading.settles { self.part(role, id, &scope.settling(false)) } else { self.part(role, id, scope) }
    }

    /// Runs `compute` and records what it came to as a step over the steps it made. A literal says
    /// what it is and is not recorded, but as the value of a band: there the step says which row was taken.
    pub fn recorded(&mut self, role: Role, expr: Option<ExprId>, compute: impl FnOnce(&mut Self) -> Eval) -> Eval {
        let plain = expr.is_some_and(|id| self.is_literal(id)) && !matches!(role, Role::Band(_));
        if !self.recording || plain {
            return compute(self);
        }
        let before = mem::take(&mut self.journal.steps);
        let result = compute(self);
        let parts = mem::replace(&mut self.journal.steps, before);
        self.show(role, expr, &result, parts);
        result
    }

    /// Records a step.
    pub fn show(&mut self, role: Role, expr: Option<ExprId>, result: &Eval, parts: Vec<Step>) {
        if self.recording {
            let value = result.as_ref().map_or_else(|halt| halt.value(), Value::clone);
            self.journal.steps.push(Step { role, expr, value, parts });
        }
    }

    /// Runs `compute` with a journal of its own.
    pub fn captured<T>(&mut self, compute: impl FnOnce(&mut Self) -> T) -> (T, Journal) {
        let outer = mem::take(&mut self.journal);
        let result = compute(self);
        (result, mem::replace(&mut self.journal, outer))
    }

    /// Runs `compute` as a trace of its own.
    pub fn traced<T>(&mut self, compute: impl FnOnce(&mut Self) -> T) -> (T, Journal) {
        let outer = self.shown.start();
        let result = self.captured(compute);
        self.shown.resume(outer);
        result
    }

    /// Runs `compute`, and forgets what it left behind and showed unless it is to be `kept`.
    pub fn attempted<T>(&mut self, kept: impl FnOnce(&T) -> bool, compute: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.shown.attempt();
        let (result, journal) = self.captured(compute);
        if kept(&result) {
            self.journal.append(journal);
        } else {
            self.shown.undo(before);
        }
        result
    }

    /// A computation that is made once per trace, frame and way of reading: every trace shows its
    /// steps once. Without traces the computations are the same, so that the scores are, too.
    pub fn once(
        &mut self,
        frame: &Frame,
        slot: Slot,
        reading: Reading,
        site: Site,
        compute: impl FnOnce(&mut Self) -> Eval,
    ) -> Eval {
        match frame.recall(slot, reading) {
            Some(Memo::Pending) => return Err(site.misfit()),
            Some(Memo::Done(trace, value)) if self.shown.shows(trace) => return value,
            _ => {}
        }
        frame.keep(slot, reading, Memo::Pending);
        let value = compute(self);
        frame.keep(slot, reading, Memo::Done(self.shown.now(), value.clone()));
        value
    }

    fn is_literal(&self, id: ExprId) -> bool {
        matches!(self.program.expr(id), Some(expr) if matches!(expr.kind, ExprKind::Literal(_)))
    }
}

/// How much stack a form takes, in operators.
fn weight(kind: &ExprKind) -> u32 {
    match kind {
        ExprKind::Fold(_) | ExprKind::Peer(_) | ExprKind::Children | ExprKind::Total | ExprKind::ScoreOf(_) => 3,
        ExprKind::GradeOf(_) | ExprKind::Letters | ExprKind::ChildScore(_) | ExprKind::ChildGrade(_) => 3,
        ExprKind::Weights(_) => 3,
        ExprKind::Tally(_) | ExprKind::Method(..) | ExprKind::Each(_) | ExprKind::Bands(_) | ExprKind::Linear(_) => 2,
        _ => 1,
    }
}

/// How many cells were handed in.
fn cells(program: &Program, facts: &Facts) -> u64 {
    let count = |entry: &Entry| match entry {
        Entry::Scalar(_) => 1,
        Entry::Table(table) => table.rows.iter().map(|row| row.len() as u64 + 1).sum(),
    };
    program.schema.iter().filter_map(|(id, _)| facts.entry(id)).map(count).sum()
}

/// A position as roles count it.
pub(crate) fn ordinal(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
