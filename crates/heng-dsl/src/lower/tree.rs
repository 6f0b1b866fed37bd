//! The indicator tree: headlines, levels, and the bodies behind them.

use heng_diag::Span;
use heng_model::{
    ExprId, ExprKind, NodeId, Number, Type,
    expr::{Citation, Fold, FoldOp},
    program::{Body, BodyId, Case, Demand, LetId, Node, NodeKind, Otherwise},
    state::{Effects, Verdict},
};

use super::{
    Context, Lowering,
    grade::grades,
    scope::{ScopeId, ScopeKind},
};
use crate::{
    ast::{self, Block, BlockKind, Line, Require},
    keywords, wording,
};

/// A body whose expressions wait until everything has a name.
pub struct PendingBody<'a> {
    pub(super) node: NodeId,
    pub(super) scope: ScopeId,
    pub(super) block: &'a Block,
}

impl<'a> PendingBody<'a> {
    pub fn root(scope: ScopeId, pack: &'a Block) -> PendingBody<'a> {
        PendingBody { node: NodeId(0), scope, block: pack }
    }
}

impl<'a> Lowering<'a> {
    /// The pack as a node, with the scope that everything else stands in.
    pub(super) fn declare_root(&mut self, pack: &'a Block) -> ScopeId {
        self.program.pack.title = pack.name.shown.as_str().into();
        let mut node = self.empty_node(pack, NodeKind::Pack, 0, None);
        for line in &pack.lines {
            if let Line::Field(field) = line {
                self.pack_field(&mut node, field);
            }
        }
        node.full = if node.full.is_zero() { Number::from(100) } else { node.full };
        self.program.pack.cite = node.cite.clone();
        let dated = pack.lines.iter().any(|line| matches!(line, Line::Field(field) if field.key == "评价年度"));
        let unread = pack.lines.iter().any(|line| matches!(line, Line::Lost { .. }));
        if !dated && !unread {
            self.diagnostics.push(wording::no_year(pack.name.span));
        }
        let (body, scope) = self.open_body(None, Some(NodeId(0)));
        node.body = Some(body);
        self.program.nodes.push(node);
        for line in &pack.lines {
            if let Line::Def(def) = line
                && !is_result(&def.name.key)
            {
                self.declare_let(scope, def, false);
            }
        }
        scope
    }

    fn empty_node(&self, block: &Block, kind: NodeKind, level: u8, parent: Option<NodeId>) -> Node {
        let name: heng_model::Name = block.name.shown.as_str().into();
        Node {
            key: name.clone(),
            name,
            alias: None,
            kind,
            level,
            full: block.points.as_ref().map_or(Number::ZERO, |points| points.it.clone()),
            parent,
            children: Vec::new(),
            body: None,
            grade: None,
            pointless: self.is_pointless(block),
            inapplicable: None,
            effects: Effects::default(),
            cite: Citation::default(),
            evidence: None,
            note: None,
            meaning: None,
            at: self.at(block.keyword.to(block.points.as_ref().map_or(block.name.span, |points| points.span))),
        }
    }

    /// Declares an indicator and everything inside it, in pre-order.
    pub(super) fn declare_node(
        &mut self,
        block: &'a Block,
        parent: NodeId,
        outer: ScopeId,
        bodies: &mut Vec<PendingBody<'a>>,
    ) {
        let level = self.program.node(parent).map_or(0, |node| node.level) + 1;
        let kind = match block.kind {
            BlockKind::Bonus => NodeKind::Bonus,
            BlockKind::Pack => {
                self.diagnostics.push(wording::second_pack(block.name.span, block.keyword));
                return;
            }
            BlockKind::Indicator(named) => {
                if named.is_some_and(|named| named != level) {
                    self.diagnostics.push(wording::wrong_level(block.keyword, level));
                }
                NodeKind::Indicator
            }
        };
        let mut node = self.empty_node(block, kind, level, Some(parent));
        self.inherit(&mut node, parent);
        self.check_points(block, parent);
        for line in &block.lines {
            if let Line::Field(field) = line
                && !self.node_field(&mut node, field)
            {
                self.diagnostics.push(wording::misplaced_field(field.key, field.span));
            }
        }
        let id = NodeId(u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX));
        self.unique_key(&mut node, block);
        self.key_index.insert(node.key.clone(), id);
        self.node_index.entry(block.name.key.clone()).or_default().push(id);
        self.node_names.push((block.name.key.clone(), id));
        self.program.nodes.push(node);
        if let Some(parent) = self.program.nodes.get_mut(parent.0 as usize) {
            parent.children.push(id);
        }
        let (body, scope) = self.open_body(Some(outer), Some(id));
        if !block.lines.iter().any(|line| matches!(line, Line::Todo(_)))
            && let Some(node) = self.program.nodes.get_mut(id.0 as usize)
        {
            node.body = Some(body);
        }
        for line in &block.lines {
            match line {
                // Its place is kept, so that whoever asks knows that there is a letter.
                Line::Def(def) if grades(def) => {
                    if let Some(node) = self.program.nodes.get_mut(id.0 as usize) {
                        node.grade = Some(ExprId(u32::MAX));
                    }
                }
                Line::Def(def) if !is_result(&def.name.key) => self.declare_let(scope, def, false),
                _ => {}
            }
        }
        bodies.push(PendingBody { node: id, scope, block });
        self.declare_children(block, id, scope, bodies);
    }

    /// Declares what stands inside a pack or an indicator.
    pub(super) fn declare_children(
        &mut self,
        block: &'a Block,
        id: NodeId,
        scope: ScopeId,
        bodies: &mut Vec<PendingBody<'a>>,
    ) {
        for line in &block.lines {
            match line {
                Line::Block(inner) => self.declare_node(inner, id, scope, bodies),
                Line::Lost { block: true, .. } => self.incomplete.push(id),
                _ => {}
            }
        }
    }

    /// What a node does not say for itself, its parent says: status, sources, 不适用.
    fn inherit(&self, node: &mut Node, parent: NodeId) {
        if let Some(parent) = self.program.node(parent) {
            node.inapplicable = parent.inapplicable;
            node.cite.status = parent.cite.status;
        }
    }

    fn check_points(&mut self, block: &Block, parent: NodeId) {
        let finding = match &block.points {
            None if self.is_pointless(block) => return,
            // The line that could not be read may be the one that gives the letter.
            None if self.program.pack.letters.is_some()
                && block.lines.iter().any(|line| matches!(line, Line::Lost { .. })) =>
            {
                self.incomplete.push(parent);
                return;
            }
            None => wording::no_points(&block.name.shown, block.name.span),
            Some(points) if block.kind != BlockKind::Bonus && points.it.is_negative() => {
                wording::negative_points(points.span)
            }
            Some(_) => return,
        };
        self.diagnostics.push(finding);
        self.incomplete.push(parent);
    }

    /// Two indicators of one name get their parents' names before theirs.
    fn unique_key(&mut self, node: &mut Node, block: &Block) {
        let Some(earlier) = self.key_index.get(&node.key).copied() else { return };
        let prefix = node.parent.and_then(|parent| self.program.node(parent)).map(|parent| parent.name.clone());
        node.key = format!("{}/{}", prefix.unwrap_or_default(), node.key).into();
        let sibling = self.program.node(earlier).is_some_and(|earlier| earlier.parent == node.parent);
        if sibling || self.key_index.contains_key(&node.key) {
            let first = self.program.node(earlier).map(|earlier| crate::place::span(earlier.at)).unwrap_or_default();
            self.diagnostics.push(wording::defined_twice(&block.name.shown, block.name.span, first));
        }
    }

    /// Lowers the lines of a node's body.
    pub(super) fn lower_body_of(&mut self, pending: &PendingBody<'a>) {
        let block = pending.block;
        self.current_node = Some(pending.node);
        let ScopeKind::Body { body, .. } = self.scopes_kind(pending.scope) else { return };
        let body = *body;
        let pointless = self.program.node(pending.node).is_some_and(|node| node.pointless);
        let (result, want) = if pointless {
            (self.letter_result(pending), self.letter_type())
        } else {
            (self.result_of(pending, &block.lines), Type::POINTS)
        };
        self.fill_body(body, pending.scope, &block.lines, result, &want);
        if block.kind == BlockKind::Pack || !pointless {
            self.lower_grade(pending);
        }
        self.current_node = None;
    }

    /// Fills a body: cases, demands and the result.
    pub(super) fn fill_body(&mut self, body: BodyId, scope: ScopeId, lines: &'a [Line], result: ExprId, want: &Type) {
        let (mut cases, mut demands) = (Vec::new(), Vec::new());
        let cx = Context::in_scope(scope);
        for line in lines {
            match line {
                Line::Case(case) => {
                    let when = self.condition(&case.when, &cx);
                    let then = self.expr(&case.then, &cx.wanting(want.clone()));
                    cases.push(Case { when, then, at: self.at(case.span) });
                }
                Line::Require(require) => demands.push(self.demand(require, scope, want)),
                Line::Lost { .. } => self.lossy.push(body),
                _ => {}
            }
        }
        let lets: Vec<LetId> = self.program.body(body).map(|body| body.lets.clone()).unwrap_or_default();
        if let Some(slot) = self.program.bodies.get_mut(body.0 as usize) {
            *slot = Body { cases, demands, lets, result };
        }
    }

    pub(super) fn demand(&mut self, require: &'a Require, scope: ScopeId, want: &Type) -> Demand {
        let cx = Context::in_scope(scope);
        let need = self.condition(&require.need, &cx);
        let remark = |expr: &ast::Expr| matches!(&expr.it, ast::ExprKind::Name(name) if keywords::canonical(&name.key) == "提示");
        let otherwise = match &require.otherwise {
            None => Otherwise::Verdict(Verdict::Return),
            Some(expr) if remark(expr) => Otherwise::Note,
            Some(expr) => {
                let value = self.expr(expr, &cx.wanting(want.clone()));
                match self.program.expr(value).map(|value| &value.kind) {
                    Some(ExprKind::Verdict(verdict)) => Otherwise::Verdict(*verdict),
                    _ => Otherwise::Value(value),
                }
            }
        };
        Demand { need, message: require.message.as_deref().map(Into::into), otherwise, at: self.at(require.span) }
    }

    /// The one thing that gives the score: 得分 =, a bare block, the children, or 待编.
    fn result_of(&mut self, pending: &PendingBody<'a>, lines: &'a [Line]) -> ExprId {
        let name = &pending.block.name;
        let cx = Context::in_scope(pending.scope).wanting(Type::POINTS);
        let children = self.program.node(pending.node).is_some_and(|node| !node.children.is_empty());
        let mut results = Vec::new();
        for line in lines {
            match line {
                Line::Def(def) if is_result(&def.name.key) && !grades(def) => {
                    // The indicator itself says where its score comes from.
                    for attr in &def.attrs {
                        self.diagnostics.push(wording::misplaced_attr(attr.span));
                    }
                    let value = self.expr(&def.value, &cx);
                    results.push((self.points_wanted(value), def.span));
                }
                Line::Score(score) => {
                    let value = self.expr(score, &cx);
                    results.push((self.points_wanted(value), score.span));
                }
                Line::Todo(span) => results.push((self.broken(*span), *span)),
                _ => {}
            }
        }
        let lost = lines.iter().find_map(|line| if let Line::Lost { span, .. } = line { Some(*span) } else { None });
        match (results.as_slice(), lost) {
            ([], _) if children => self.sum_of_children(name.span),
            ([], None) if pending.block.kind == BlockKind::Pack => {
                // An indicator that could not be read was reported and is not missing.
                if !self.incomplete.contains(&pending.node) {
                    self.diagnostics.push(wording::no_indicators(name.span));
                }
                self.broken(name.span)
            }
            (_, lost) => self.only_result(&name.shown, name.span, &results, lost),
        }
    }

    /// The one thing that gives a score; of several the first, when that was said. `lost` is a line
    /// that could not be read and may have been it.
    pub(super) fn only_result(
        &mut self,
        name: &str,
        span: Span,
        results: &[(ExprId, Span)],
        lost: Option<Span>,
    ) -> ExprId {
        match (results, lost) {
            ([(result, _)], _) => *result,
            ([], Some(span)) => self.broken(span),
            ([], None) => self.fail(wording::no_score(name, span)),
            ([(result, first), (_, second), ..], _) => {
                self.diagnostics.push(wording::two_scores(name, *second, *first));
                *result
            }
        }
    }

    fn sum_of_children(&mut self, span: Span) -> ExprId {
        let over = self.push(ExprKind::Children, Type::Children, span);
        let fold = Fold { op: FoldOp::Sum, over, term: None, weight: None, skip: Vec::new(), at_least: None };
        self.push(ExprKind::Fold(fold), Type::POINTS, span)
    }
}

/// Whether a definition gives a score rather than a name.
pub(super) fn is_result(key: &str) -> bool {
    matches!(keywords::canonical(key), "得分" | "总分" | "结果" | "等级")
}
