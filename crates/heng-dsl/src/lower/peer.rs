//! 名次, 百分位, 标准分, 同组平均 …: what is asked of the other units of the run.

use heng_diag::{Diagnostic, Span};
use heng_model::{
    ExprId, ExprKind, NodeId, Quantity, Type,
    peer::{Order, Peer, PeerOp, Ties},
};

use super::{
    Context, Lowering,
    scope::{Scope, ScopeKind},
};
use crate::{
    ast::{Arg, Expr, Name},
    keywords, wording,
};

/// A function of the peers; how a rank is counted is said by its options.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PeerWord {
    Rank,
    Plain(PeerOp),
}

pub fn peer_named(word: &str) -> Option<PeerWord> {
    Some(match keywords::canonical(word) {
        "名次" => PeerWord::Rank,
        "百分位" => PeerWord::Plain(PeerOp::Percentile),
        "标准分" => PeerWord::Plain(PeerOp::Standard),
        "同组个数" => PeerWord::Plain(PeerOp::Count),
        "同组平均" => PeerWord::Plain(PeerOp::Mean),
        "同组中位数" => PeerWord::Plain(PeerOp::Median),
        "同组最大" => PeerWord::Plain(PeerOp::Max),
        "同组最小" => PeerWord::Plain(PeerOp::Min),
        _ => return None,
    })
}

/// The arguments of such a function.
#[derive(Default)]
struct Options<'a> {
    values: Vec<&'a Expr>,
    order: Option<Order>,
    ties: Option<Ties>,
    group: Option<&'a Expr>,
    /// An option that is said twice or belongs to another function.
    stray: bool,
}

impl<'a> Options<'a> {
    fn of(args: &'a [Arg]) -> Options<'a> {
        let mut options = Options::default();
        for arg in args {
            let again = match arg {
                Arg::Value(value) => {
                    options.values.push(value);
                    false
                }
                Arg::Order(order) => options.order.replace(order.it).is_some(),
                Arg::Ties(ties) => options.ties.replace(ties.it).is_some(),
                Arg::Group(key) => options.group.replace(key).is_some(),
                Arg::Skip(_) | Arg::Least(_) => true,
            };
            options.stray |= again;
        }
        options
    }

    /// What the function asks; none where its options do not say it.
    fn op(&self, word: PeerWord) -> Option<PeerOp> {
        match (word, self.order, self.ties) {
            (PeerWord::Rank, Some(order), Some(ties)) => Some(PeerOp::Rank(order, ties)),
            (PeerWord::Plain(op), None, None) => Some(op),
            _ => None,
        }
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn peer(&mut self, word: PeerWord, name: &Name, args: &'a [Arg], span: Span, cx: &Context) -> ExprId {
        let options = Options::of(args);
        let [value] = options.values.as_slice() else {
            return self.fail(wording::argument_count(&name.shown, span, 1, options.values.len()));
        };
        let Some(op) = options.op(word).filter(|_| !options.stray) else {
            return self.fail(wording::peer_options(&name.shown, span, word == PeerWord::Rank));
        };
        let node = match self.peer_home(cx) {
            Ok(node) => node,
            Err(method) => return self.fail(wording::peer_place(&name.shown, span, method)),
        };
        let id = self.expr(value, &cx.free());
        let ty = self.ty(id);
        if !matches!(ty, Type::Quantity(_) | Type::Never) {
            return self.fail(wording::number_wanted(value.span, &ty));
        }
        let group = options.group.map(|key| (self.expr(key, &cx.free()), key.span));
        if let Some((key, place)) = group
            && matches!(self.ty(key), Type::Rows(_) | Type::List(_) | Type::Children)
        {
            let found = self.ty(key);
            return self.fail(wording::peer_key(place, &found));
        }
        let peer = Peer { op, value: id, group: group.map(|(key, _)| key), node };
        self.push(ExprKind::Peer(peer), result(op, ty), span)
    }

    /// The indicator in which a peer function is written. In a row or a method there is no one value
    /// that every unit gives; the error says whether it is a method.
    fn peer_home(&self, cx: &Context) -> Result<NodeId, bool> {
        let (mut at, mut home) = (Some(cx.scope), None);
        while let Some(Scope { parent, kind }) = at.and_then(|id| self.scope(id)) {
            match kind {
                ScopeKind::Rows(_) | ScopeKind::Children => return Err(false),
                ScopeKind::Method(..) => return Err(true),
                ScopeKind::Body { node, .. } => home = home.or(*node),
                ScopeKind::Group(_) => {}
            }
            at = *parent;
        }
        Ok(home.unwrap_or(NodeId(0)))
    }
}

fn result(op: PeerOp, value: Type) -> Type {
    match op {
        PeerOp::Rank(_, Ties::Skip | Ties::Dense) | PeerOp::Count => Type::Quantity(Quantity::Count),
        PeerOp::Rank(_, Ties::Mean) | PeerOp::Standard => Type::Quantity(Quantity::Plain),
        PeerOp::Percentile => Type::Quantity(Quantity::Ratio),
        PeerOp::Mean | PeerOp::Median | PeerOp::Max | PeerOp::Min => value,
    }
}

/// Says that the pack is scored in a run of many units.
pub fn note_run(program: &heng_model::Program, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(expr) = program.peers().next().and_then(|(id, _)| program.expr(id)) {
        diagnostics.push(wording::needs_run(crate::place::span(expr.at), program.peers().count()));
    }
}
