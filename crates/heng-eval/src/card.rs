//! The scorecard as a whole: demands on the data, every node, gates, the total, the grade.

use heng_model::{
    Facts, Name, Node, NodeId, Outcome, Peers, Program, Scorecard, Value, Verdict,
    scorecard::{Finding, NodeScore, Role, Step},
};

use crate::{
    Context,
    demand::Demanded,
    engine::Engine,
    frame::Scope,
    halt::{Eval, Halt, Site},
    node::{Scored, bounds},
};

/// Scores one department.
pub(crate) fn score(program: &Program, facts: &Facts, context: &Context<'_>, recording: bool) -> Scorecard {
    score_with(program, facts, context, recording, None)
}

/// Scores one department, among its peers where they are known.
pub(crate) fn score_with(
    program: &Program,
    facts: &Facts,
    context: &Context<'_>,
    recording: bool,
    peers: Option<&Peers>,
) -> Scorecard {
    let mut engine = Engine::new(program, facts, context, recording);
    engine.peers = peers;
    let mut demanded = engine.data_demands();
    // Children first: a parent then finds them scored, however deep the tree.
    for (id, _) in program.tree().collect::<Vec<_>>().into_iter().rev() {
        let _ = engine.outcome(id);
    }
    let value = demanded.value.take();
    if let (Some(value), Some(root)) = (value, program.root()) {
        engine.override_total(root, value);
    }
    if let Some(root) = program.root() {
        engine.open_total(root, &demanded);
    }
    let (grade, grade_trace) = engine.grade(&mut demanded.findings);
    Scorecard { nodes: engine.nodes(), grade, grade_trace, findings: demanded.findings }
}

/// What one node comes to, with its steps if they are wanted.
pub(crate) fn of_node(
    program: &Program,
    facts: &Facts,
    context: &Context<'_>,
    node: NodeId,
    recording: bool,
) -> Option<NodeScore> {
    let mut engine = Engine::new(program, facts, context, recording);
    engine.outcome(node)?;
    match engine.scores.into_iter().nth(node.0 as usize)? {
        Scored::Done { score, .. } => Some(*score),
        Scored::Not | Scored::Pending => None,
    }
}

impl Engine<'_> {
    /// A demand on the data gave the total.
    fn override_total(&mut self, root: &Node, value: Eval) {
        let (outcome, journal) = self.captured(|engine| match value {
            Ok(value) => engine.ranged(root, value, root.at),
            Err(halt) => {
                let verdict = halt.verdict().unwrap_or(Verdict::Stop);
                engine.undecided(root, &halt, verdict)
            }
        });
        if let Some(Scored::Done { score, gate }) = self.scores.first_mut() {
            score.outcome = outcome;
            score.findings.extend(journal.findings);
            *gate = true;
        }
    }

    /// A demand on the data that does not hold leaves the total open; the points stay to be seen.
    fn open_total(&mut self, root: &Node, demanded: &Demanded) {
        let Some(demanded) = demanded.verdict else { return };
        let Some(Scored::Done { score, .. }) = self.scores.first_mut() else { return };
        let outcome = match &score.outcome {
            Outcome::Score(points) => Outcome::Open { least: points.clone(), most: points.clone(), verdict: demanded },
            Outcome::Open { least, most, verdict } => {
                Outcome::Open { least: least.clone(), most: most.clone(), verdict: demanded.max(*verdict) }
            }
            Outcome::NotApplicable | Outcome::Graded(_) | Outcome::Unwritten => {
                let (least, most) = bounds(root);
                Outcome::Open { least, most, verdict: demanded }
            }
        };
        score.outcome = outcome;
    }

    /// The grade, once the total is decided.
    fn grade(&mut self, findings: &mut Vec<Finding>) -> (Option<Name>, Option<Step>) {
        let decided = matches!(self.outcome(NodeId(0)), Some(Outcome::Score(_) | Outcome::Graded(_)));
        let (true, Some(grade)) = (decided, self.program.grade) else { return (None, None) };
        let scope: Scope = self.root_scope();
        let (value, mut journal) = self.traced(|engine| engine.part(Role::Result, grade, &scope));
        findings.append(&mut journal.findings);
        let at = self.program.expr(grade).map(|expr| expr.at).unwrap_or_default();
        let word = match value {
            Ok(Value::Text(word)) => Some(word),
            Ok(_) => {
                findings.extend(Site { id: grade, at }.misfit().findings());
                None
            }
            Err(halt) => {
                findings.extend(match *halt {
                    Halt::State(state, datum, at) => Halt::undeclared(state, datum, at).findings(),
                    _ => halt.findings(),
                });
                None
            }
        };
        (word, journal.steps.pop())
    }

    /// All scores, those below a gate marked.
    fn nodes(self) -> Vec<NodeScore> {
        let mut gates: Vec<Option<NodeId>> = Vec::new();
        let mut nodes: Vec<NodeScore> = Vec::new();
        for ((id, node), scored) in self.program.tree().zip(self.scores) {
            let vetoed_by = node.parent.and_then(|parent| gates.get(parent.0 as usize).copied().flatten());
            let (score, gate) = match scored {
                Scored::Done { score, gate } => (*score, gate),
                Scored::Not | Scored::Pending => (unscored(id), false),
            };
            gates.push(if gate { Some(id) } else { vetoed_by });
            nodes.push(NodeScore { vetoed_by, ..score });
        }
        nodes
    }
}

/// A node that no run leaves behind; all are scored before the card is drawn up.
fn unscored(node: NodeId) -> NodeScore {
    NodeScore {
        node,
        outcome: Outcome::Unwritten,
        grade: None,
        profile: Vec::new(),
        vetoed_by: None,
        findings: Vec::new(),
        read: Vec::new(),
        trace: Vec::new(),
    }
}
