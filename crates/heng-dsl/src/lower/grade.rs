//! Letters: 等级 of the pack and of indicators, and indicators that have a letter instead of points.

use heng_diag::Span;
use heng_model::{ExprId, ExprKind, NodeId, Type, Value, expr::BandCell, name::normal_name};

use super::{
    Context, Lowering,
    scope::{ScopeId, ScopeKind},
    tree::{PendingBody, is_result},
};
use crate::{
    ast::{self, Arg, Block, Closed, Def, Expr, Line, Name, Range},
    keywords, wording,
};

/// Whether a definition is 构成 = …, which is the result of an indicator without points.
pub(super) fn profiles(def: &Def) -> bool {
    keywords::canonical(&def.name.key) == "构成"
}

/// Whether a definition is 等级 = ….
pub fn grades(def: &Def) -> bool {
    keywords::canonical(&def.name.key) == "等级"
}

impl<'a> Lowering<'a> {
    /// The type of a letter.
    pub(super) fn letter_type(&self) -> Type {
        Type::Word(self.program.pack.letters)
    }

    /// Whether a block has no points because it has a letter, or holds nothing but such blocks.
    pub(super) fn is_pointless(&self, block: &Block) -> bool {
        let scores = |line: &Line| match line {
            Line::Score(_) => true,
            Line::Def(def) => is_result(&def.name.key) && !grades(def),
            _ => false,
        };
        if block.kind == ast::BlockKind::Pack || block.points.is_some() || block.lines.iter().any(scores) {
            return false;
        }
        let mut blocks =
            block.lines.iter().filter_map(|line| if let Line::Block(inner) = line { Some(inner) } else { None });
        let graded = block.lines.iter().any(|line| matches!(line, Line::Def(def) if grades(def) || profiles(def)));
        let stub = self.program.pack.letters.is_some() && block.lines.iter().any(|line| matches!(line, Line::Todo(_)));
        graded || stub || (blocks.clone().next().is_some() && blocks.all(|inner| self.is_pointless(inner)))
    }

    /// A pack whose indicators all have letters has no total, unless it says its full marks.
    pub(super) fn settle_root(&mut self) {
        let children = self.program.root().map(|root| root.children.clone()).unwrap_or_default();
        let pointless = |id: &NodeId| self.program.node(*id).is_some_and(|node| node.pointless);
        if children.is_empty() || self.full_said || !children.iter().all(pointless) {
            return;
        }
        if let Some(root) = self.program.nodes.first_mut() {
            root.pointless = true;
            root.full = heng_model::Number::ZERO;
        }
    }

    /// What an indicator without points comes to: its letter, or what stands below it.
    pub(super) fn letter_result(&mut self, pending: &PendingBody<'a>) -> ExprId {
        if pending.node.0 != 0
            && let Some(letter) = self.lower_grade(pending)
        {
            return letter;
        }
        let profile = pending.block.lines.iter().find_map(|line| match line {
            Line::Def(def) if profiles(def) => Some(def),
            _ => None,
        });
        if let Some(def) = profile {
            return self.profile(def, pending.scope);
        }
        if let Some(Line::Todo(span)) = pending.block.lines.iter().find(|line| matches!(line, Line::Todo(_))) {
            return self.broken(*span);
        }
        self.push(ExprKind::Children, Type::Children, pending.block.name.span)
    }

    /// 构成: a list of numbers, a definition like any other that is the result as well.
    fn profile(&mut self, def: &Def, scope: ScopeId) -> ExprId {
        let list = self.name(&def.name, &Context::in_scope(scope));
        match self.ty(list) {
            Type::Never => list,
            Type::List(inner) if inner.quantity().is_some() => list,
            found => {
                let wanted = Type::List(Box::new(Type::Quantity(heng_model::Quantity::Ratio)));
                self.fail(wording::wrong_type(def.value.span, &wanted, &found))
            }
        }
    }

    /// 等级 of the pack or of an indicator.
    pub(super) fn lower_grade(&mut self, pending: &PendingBody<'a>) -> Option<ExprId> {
        let root = pending.node.0 == 0;
        let pointless = self.program.node(pending.node).is_some_and(|node| node.pointless);
        let want = if root && !pointless { Type::Word(None) } else { self.letter_type() };
        let mut first: Option<(Span, ExprId)> = None;
        for line in &pending.block.lines {
            let Line::Def(def) = line else { continue };
            if !grades(def) {
                continue;
            }
            if let Some((first, _)) = first {
                self.diagnostics.push(wording::defined_twice(&def.name.shown, def.name.span, first));
                continue;
            }
            self.grading = (!pointless).then_some(pending.node);
            let grade = self.expr(&def.value, &Context::in_scope(pending.scope).wanting(want.clone()));
            self.grading = None;
            let grade = if root { grade } else { self.letter_wanted(grade, &want) };
            first = Some((def.name.span, grade));
        }
        let (_, grade) = first?;
        if root {
            self.program.grade = Some(grade);
        } else if let Some(node) = self.program.nodes.get_mut(pending.node.0 as usize) {
            node.grade = Some(grade);
        }
        Some(grade)
    }

    /// A letter of the pack's order; a datum's own list may be a part of it.
    fn letter_wanted(&mut self, id: ExprId, want: &Type) -> ExprId {
        let ty = self.ty(id);
        let part = |this: &Self| {
            let (Type::Word(Some(list)), letters) = (&ty, this.program.letters()) else { return false };
            let words = this.program.schema.choice(*list).map(|list| list.words.clone()).unwrap_or_default();
            words.iter().all(|word| letters.contains(word))
        };
        if ty.fits(want) || part(self) {
            return id;
        }
        let span = self.program.expr(id).map(|expr| crate::place::span(expr.at)).unwrap_or_default();
        self.fail(wording::wrong_type(span, want, &ty))
    }

    /// 等级（下级）, 等级（指标）.
    pub(super) fn grade_call(&mut self, args: &'a [Arg], span: Span) -> ExprId {
        let [Arg::Value(of)] = args else { return self.fail(wording::argument_count("等级", span, 1, args.len())) };
        let ast::ExprKind::Name(name) = &of.it else { return self.fail(wording::letter_of_what(of.span)) };
        if keywords::canonical(&name.key) == "下级" {
            if self.program.pack.letters.is_none() {
                return self.fail(wording::no_letter_order(span));
            }
            self.children_have_letters(span);
            let ty = Type::List(Box::new(self.letter_type()));
            return self.push(ExprKind::Letters, ty, span);
        }
        match self.node_named(&name.key) {
            Some(node) if self.program.node(node).is_some_and(|node| node.grade.is_some()) => {
                self.push(ExprKind::GradeOf(node), self.letter_type(), span)
            }
            Some(_) => self.fail(wording::no_letter(&name.shown, name.span)),
            None if self.is_lost(&name.key) => self.broken(span),
            None => self.fail(wording::letter_of_what(of.span)),
        }
    }

    /// B 至 D, ≥ B: the letters of the order that lie there, one by one. Both letters of 至 are among them.
    pub(super) fn letters_between(&mut self, range: &'a Range, ty: &Type, cx: &Context) -> BandCell {
        let mut end = |end: &'a Option<(Expr, Closed)>| {
            let Some((expr, closed)) = end else { return Some(None) };
            let letter = match &expr.it {
                ast::ExprKind::Name(name) => {
                    self.program.letters().iter().position(|letter| normal_name(letter) == name.key)
                }
                ast::ExprKind::Text(text) => self.program.rank(text),
                _ => None,
            };
            if letter.is_none() {
                let id = self.expr(expr, &cx.wanting(ty.clone()));
                let found = self.ty(id);
                if found != Type::Never {
                    self.diagnostics.push(wording::wrong_end(expr.span, ty, &found));
                }
            }
            letter.map(|rank| Some((rank, *closed != Closed::No)))
        };
        let (Some(low), Some(high)) = (end(&range.low), end(&range.high)) else {
            return BandCell::When(self.broken(range.span));
        };
        // The best letter is the first of the order, whichever of the two is written first.
        let (worst, best) = match (low, high) {
            (Some(low), Some(high)) if low.0 < high.0 => (Some(high), Some(low)),
            ends => ends,
        };
        let inside = |rank: usize| {
            worst.is_none_or(|(at, closed)| rank < at || (closed && rank == at))
                && best.is_none_or(|(at, closed)| rank > at || (closed && rank == at))
        };
        let letters: Vec<heng_model::Name> = self.program.letters().to_vec();
        let letters = letters.into_iter().enumerate().filter(|(rank, _)| inside(*rank));
        let found: Vec<ExprId> = letters
            .map(|(_, letter)| self.push(ExprKind::Literal(Value::Text(letter)), ty.clone(), range.span))
            .collect();
        if found.is_empty() {
            self.diagnostics.push(wording::band_unreachable(range.span));
        }
        BandCell::OneOf(found)
    }

    /// Whoever reads the letters of children needs every one of them to have one.
    fn children_have_letters(&mut self, span: Span) {
        let children = self.current_node.and_then(|id| self.program.node(id)).map(|node| node.children.clone());
        let lacking = children.unwrap_or_default().into_iter().find_map(|id| {
            let child = self.program.node(id)?;
            (child.grade.is_none() && child.kind == heng_model::program::NodeKind::Indicator)
                .then(|| child.name.clone())
        });
        if let Some(name) = lacking {
            self.diagnostics.push(wording::no_letter(&name, span));
        }
    }

    /// 得分 and 等级 of the child that is being looked at, and 得分 in the 等级 of an indicator.
    pub(super) fn own_result(&mut self, name: &Name, cx: &Context) -> Option<ExprId> {
        let word = keywords::canonical(&name.key);
        if !matches!(word, "得分" | "等级") {
            return None;
        }
        if let Some(up) = self.looks_at_child(cx.scope) {
            return Some(if word == "得分" {
                self.push(ExprKind::ChildScore(up), Type::POINTS, name.span)
            } else {
                self.children_have_letters(name.span);
                self.push(ExprKind::ChildGrade(up), self.letter_type(), name.span)
            });
        }
        match (word, self.grading) {
            ("得分", Some(NodeId(0))) => Some(self.push(ExprKind::Total, Type::POINTS, name.span)),
            ("得分", Some(node)) => Some(self.push(ExprKind::ScoreOf(node), Type::POINTS, name.span)),
            _ => None,
        }
    }

    /// How many row scopes outward a child is being looked at.
    fn looks_at_child(&self, scope: ScopeId) -> Option<u8> {
        let mut up = 0u8;
        let mut at = Some(scope);
        while let Some(id) = at {
            match self.scopes_kind(id) {
                ScopeKind::Children => return Some(up),
                ScopeKind::Rows(_) => up = up.saturating_add(1),
                _ => {}
            }
            at = self.scope_parent(id);
        }
        None
    }
}
