//! 名次, 百分位, 标准分, 同组平均 …: a value among those of all units of the run.
//!
//! A run over many units collects first what each gives ([`given`]), layer by layer where one such
//! value is made of another ([`layers`]), and scores then with all of them at hand
//! ([`evaluate_among`]). A unit that is scored alone has no peers: a fault that says so.

use std::collections::{BTreeMap, BTreeSet};

use heng_model::{
    ExprKind, Facts, NodeId, Number, Program, Scorecard, Value,
    expr::ExprId,
    peer::{Given, Group, Peer, PeerOp, Peers, Standing, group_key},
    program::{BodyId, MethodCode, Otherwise},
    scorecard::{PeerCount, Role},
    value::Fault,
};

use crate::{
    Context, card,
    enclosure::Enclosure,
    engine::Engine,
    frame::Scope,
    halt::{Eval, Site},
    root,
};

/// Scores one unit among its peers; with `recording`, steps and data read are kept.
#[must_use]
pub fn evaluate_among(
    program: &Program,
    facts: &Facts,
    context: &Context<'_>,
    peers: &Peers,
    recording: bool,
) -> Scorecard {
    card::score_with(program, facts, context, recording, Some(peers))
}

/// What one unit gives to some places where peers are asked. `peers` holds the layers below.
///
/// # Missing
/// A value that is missing, late without 照计, disputed, open or at fault is no value: the unit is left
/// out and counted.
#[must_use]
pub fn given(program: &Program, facts: &Facts, context: &Context<'_>, peers: &Peers, places: &[ExprId]) -> Vec<Given> {
    let mut engine = Engine::new(program, facts, context, false);
    engine.peers = Some(peers);
    places.iter().map(|place| engine.given(*place)).collect()
}

/// The places where peers are asked, in layers: what a place reads lies in an earlier layer.
#[must_use]
pub fn layers(program: &Program) -> Vec<Vec<ExprId>> {
    let places: Vec<ExprId> = program.peers().map(|(id, _)| id).collect();
    let below: BTreeMap<ExprId, BTreeSet<ExprId>> =
        places.iter().map(|place| (*place, Reads::of(program, *place))).collect();
    let mut layers = Vec::new();
    let mut done: BTreeSet<ExprId> = BTreeSet::new();
    while done.len() < places.len() {
        let ready =
            |place: &&ExprId| !done.contains(place) && below.get(place).is_none_or(|below| below.is_subset(&done));
        let mut layer: Vec<ExprId> = places.iter().filter(ready).copied().collect();
        if layer.is_empty() {
            // Only what goes round in a circle is left; the checker lets no such program through.
            layer = places.iter().filter(|place| !done.contains(place)).copied().collect();
        }
        done.extend(layer.iter().copied());
        layers.push(layer);
    }
    layers
}

/// Which other places a value hangs on, through definitions, methods and scores.
struct Reads<'a> {
    program: &'a Program,
    seen: BTreeSet<ExprId>,
    nodes: BTreeSet<NodeId>,
    found: BTreeSet<ExprId>,
}

impl Reads<'_> {
    fn of(program: &Program, place: ExprId) -> BTreeSet<ExprId> {
        let mut reads = Reads { program, seen: BTreeSet::new(), nodes: BTreeSet::new(), found: BTreeSet::new() };
        if let Some(ExprKind::Peer(peer)) = program.expr(place).map(|expr| &expr.kind) {
            reads.expr(peer.value, peer.node);
            peer.group.into_iter().for_each(|group| reads.expr(group, peer.node));
        }
        reads.found
    }

    fn node(&mut self, id: NodeId) {
        let Some(node) = self.program.node(id).filter(|_| self.nodes.insert(id)) else { return };
        node.body.into_iter().for_each(|body| self.body(body, id));
        node.grade.into_iter().for_each(|grade| self.expr(grade, id));
    }

    fn body(&mut self, id: BodyId, node: NodeId) {
        let Some(body) = self.program.body(id) else { return };
        for case in &body.cases {
            self.expr(case.when, node);
            self.expr(case.then, node);
        }
        for demand in &body.demands {
            self.expr(demand.need, node);
            if let Otherwise::Value(value) = demand.otherwise {
                self.expr(value, node);
            }
        }
        self.expr(body.result, node);
    }

    fn expr(&mut self, id: ExprId, node: NodeId) {
        let program = self.program;
        let Some(expr) = program.expr(id).filter(|_| self.seen.insert(id)) else { return };
        match &expr.kind {
            ExprKind::Peer(_) => {
                self.found.insert(id);
            }
            ExprKind::ScoreOf(other) | ExprKind::GradeOf(other) => self.node(*other),
            ExprKind::Total => self.node(NodeId(0)),
            ExprKind::Children | ExprKind::Letters | ExprKind::Weights(_) => {
                let children = program.node(node).map(|node| node.children.clone()).unwrap_or_default();
                children.into_iter().for_each(|child| self.node(child));
            }
            ExprKind::Let(item) => {
                if let Some(item) = program.definition(*item) {
                    self.expr(item.value, node);
                }
            }
            ExprKind::Each(each) => self.body(each.body, node),
            ExprKind::Method(method, _) => {
                if let Some(MethodCode::Body(body)) = program.method(*method).map(|method| method.code) {
                    self.body(body, node);
                }
            }
            ExprKind::Column { table, column, .. } => {
                if let Some(formula) = program.schema.column(*table, *column).and_then(|column| column.formula) {
                    self.expr(formula, node);
                }
            }
            _ => {}
        }
        expr.kind.parts().into_iter().for_each(|part| self.expr(part, node));
    }
}

impl<'a> Engine<'a> {
    /// What the unit gives to a place.
    fn given(&mut self, place: ExprId) -> Given {
        let Some(ExprKind::Peer(peer)) = self.program.expr(place).map(|expr| &expr.kind) else {
            return Given { group: None, value: None };
        };
        let there = self.home(peer);
        let group = match peer.group {
            None => Some(String::new()),
            Some(group) => self.eval(group, &there).ok().as_ref().and_then(group_key),
        };
        let value = self.eval(peer.value, &there).ok().and_then(|value| value.as_number().cloned());
        Given { group, value }
    }

    /// The place in which what every unit gives is read: the indicator that it is written in.
    fn home(&mut self, peer: &Peer) -> Scope {
        let frame = self.frame(peer.node);
        Scope::of(frame, self.reading(peer.node))
    }

    /// A value among those of the peers.
    pub fn peer(&mut self, peer: &Peer, site: Site) -> Eval {
        let (group, own) = self.held(peer, site)?;
        match peer.op {
            PeerOp::Rank(order, ties) => {
                own.map(|(_, own)| Value::Number(own.rank(order, ties))).ok_or_else(|| site.misfit())
            }
            PeerOp::Percentile => {
                let below = own.map(|(_, own)| own.below).ok_or_else(|| site.misfit())?;
                let share = Number::from(below).checked_div(&Number::from(group.counted().saturating_sub(1)));
                share.map(Value::Number).ok_or_else(|| site.fault(Fault::TooFew))
            }
            PeerOp::Standard => {
                let (above, variance) = self.spread(group, own, site)?;
                let deviation = root::nth_root(&variance, 2).map_err(|fault| site.fault(fault))?;
                above.checked_div(&deviation).map(Value::Number).ok_or_else(|| site.fault(Fault::DivisionByZero))
            }
            PeerOp::Count => Ok(Value::Number(Number::from(group.counted()))),
            PeerOp::Mean => group.mean().map(Value::Number).ok_or_else(|| site.fault(Fault::TooFew)),
            PeerOp::Median => group.median().map(Value::Number).ok_or_else(|| site.fault(Fault::TooFew)),
            PeerOp::Max => group.max().cloned().map(Value::Number).ok_or_else(|| site.fault(Fault::TooFew)),
            PeerOp::Min => group.min().cloned().map(Value::Number).ok_or_else(|| site.fault(Fault::TooFew)),
        }
    }

    /// 标准分 between two decimals, where the deviation never ends.
    pub fn enclosed_peer(&mut self, peer: &Peer, site: Site, digits: u32) -> Eval<Enclosure> {
        let (group, own) = self.held(peer, site)?;
        let (above, variance) = self.spread(group, own, site)?;
        let fault = |fault| site.fault(fault);
        let inverse = Enclosure::exact(variance).root(2, digits).map_err(fault)?.inverse(digits).map_err(fault)?;
        Ok(Enclosure::exact(above).times(&inverse, digits))
    }

    /// The distance of the own value from the mean, and the variance.
    fn spread(&self, group: &Group, own: Option<(Number, Standing)>, site: Site) -> Eval<(Number, Number)> {
        let (value, _) = own.ok_or_else(|| site.misfit())?;
        let (mean, variance) = group.mean().zip(group.variance()).ok_or_else(|| site.fault(Fault::TooFew))?;
        if variance.is_zero() {
            return Err(site.fault(Fault::DivisionByZero));
        }
        Ok((&value - &mean, variance))
    }

    /// The group of the unit, and where its own value stands in it, if that is asked.
    fn held(&mut self, peer: &Peer, site: Site) -> Eval<(&'a Group, Option<(Number, Standing)>)> {
        let peers = self.peers.ok_or_else(|| site.fault(Fault::NoPeers))?;
        let there = self.home(peer);
        let key = match peer.group {
            None => String::new(),
            Some(group) => group_key(&self.operand(1, group, &there)?).ok_or_else(|| site.misfit())?,
        };
        let value = if peer.op.reads_own() { Some(self.number(0, peer.value, &there, site)?) } else { None };
        let group = peers.group(site.id, &key).ok_or_else(|| site.fault(Fault::NotAmongPeers))?;
        let own = match value {
            None => None,
            Some(value) => {
                let standing = group.standing(&value).ok_or_else(|| site.fault(Fault::NotAmongPeers))?;
                Some((value, standing))
            }
        };
        let standing = own.as_ref().map(|(_, standing)| *standing);
        let count = PeerCount {
            counted: group.counted(),
            left_out: group.left_out(),
            above: standing.map(|standing| standing.above),
            same: standing.map(|standing| standing.same),
        };
        self.show(Role::Peers(count), None, &Ok(Value::Number(Number::from(count.counted))), Vec::new());
        Ok((group, own))
    }
}
