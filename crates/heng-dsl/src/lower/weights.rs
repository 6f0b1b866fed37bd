//! 权重表: names become children, weights numbers.

use heng_diag::Span;
use heng_model::{
    ExprId, ExprKind, NodeId, Number, Type,
    expr::{WeightRow, Weights},
    name::normal_name,
    program::NodeKind,
};

use super::{Context, Lowering, name::nearest, scope::ScopeKind};
use crate::{ast, wording};

impl<'a> Lowering<'a> {
    pub(super) fn weights(
        &mut self,
        of: Option<&'a ast::Expr>,
        rows: &'a [ast::WeightRow],
        span: Span,
        cx: &Context,
    ) -> ExprId {
        if rows.is_empty() {
            return self.fail(wording::no_rows(span));
        }
        let children = self.weighable();
        if children.is_empty() {
            return self.fail(wording::weights_place(span));
        }
        let scope = self.open_scope(Some(cx.scope), ScopeKind::Children);
        let of_id = of.map(|of| (self.expr(of, &Context::in_scope(scope)), of.span));
        let ty = match of_id {
            None => {
                self.children_have_points(&children, span);
                Type::POINTS
            }
            Some((of, place)) => match self.ty(of) {
                ty @ (Type::Quantity(_) | Type::Never) => ty,
                found => return self.fail(wording::number_wanted(place, &found)),
            },
        };
        let mut table = Weights { of: of_id.map(|(of, _)| of), rows: Vec::new(), other: None };
        for row in rows {
            self.weight_row(row, &children, &mut table, cx);
        }
        self.push(ExprKind::Weights(table), ty, span)
    }

    /// The children of the indicator that can be weighed.
    fn weighable(&self) -> Vec<(NodeId, String)> {
        let children = self.current_node.and_then(|id| self.program.node(id)).map(|node| node.children.as_slice());
        let named = |id: &NodeId| {
            let child = self.program.node(*id).filter(|child| child.kind == NodeKind::Indicator)?;
            Some((*id, child.name.to_string()))
        };
        children.unwrap_or_default().iter().filter_map(named).collect()
    }

    /// Without a value of their own, what is weighed is how much of its points each child reached.
    fn children_have_points(&mut self, children: &[(NodeId, String)], span: Span) {
        let lacking = children
            .iter()
            .find(|(id, _)| self.program.node(*id).is_some_and(|child| child.pointless || child.full == Number::ZERO));
        if let Some((_, name)) = lacking {
            self.diagnostics.push(wording::weights_without_points(name, span));
        }
    }

    fn weight_row(
        &mut self,
        row: &'a ast::WeightRow,
        children: &[(NodeId, String)],
        table: &mut Weights,
        cx: &Context,
    ) {
        let (cite, rest) = self.citation(&row.attrs);
        for attr in rest {
            self.diagnostics.push(wording::misplaced_attr(attr.span));
        }
        let mut weights: Vec<ExprId> = row.weights.iter().map(|weight| self.expr(weight, &cx.free())).collect();
        let (Some(names), false) = (&row.children, weights.is_empty()) else {
            // Of a row that could not be read nothing is concluded; it may be the one that is missing.
            let other = weights.pop().unwrap_or_else(|| self.broken(row.span));
            if table.other.is_some() && !row.weights.is_empty() {
                self.diagnostics.push(wording::weights_twice(row.span, "其他"));
            }
            table.other = Some(other);
            return;
        };
        if names.len() != weights.len() {
            self.diagnostics.push(wording::weights_count(row.span, names.len(), weights.len()));
            table.other.get_or_insert(self.broken(row.span));
            return;
        }
        let found: Vec<Option<NodeId>> = names.iter().map(|name| self.weighed(name, children)).collect();
        match found.iter().copied().collect::<Option<Vec<NodeId>>>() {
            Some(children) => table.rows.push(WeightRow { children, weights, cite, at: self.at(row.span) }),
            None => table.other = Some(self.broken(row.span)),
        }
    }

    fn weighed(&mut self, name: &ast::Name, children: &[(NodeId, String)]) -> Option<NodeId> {
        let found = children.iter().find(|(_, child)| normal_name(child) == name.key);
        if found.is_none() && !self.is_lost(&name.key) {
            let suggestion = nearest(&name.key, children.iter().map(|(_, child)| child.as_str()));
            self.diagnostics.push(wording::weights_no_child(&name.shown, name.span, suggestion));
        }
        found.map(|(id, _)| *id)
    }
}
