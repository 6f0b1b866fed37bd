//! Functions of lists: 累计, 累进取整, 分位数, 取第. Their list is written as one, or as a table with what
//! each row gives.

use heng_diag::Span;
use heng_model::{
    ExprId, ExprKind, Quantity, Type,
    expr::{Fold, FoldOp, Function},
};

use super::{Context, Lowering, expr::comparable, scope::ScopeKind};
use crate::{
    ast::{Arg, Expr, Name},
    keywords, wording,
};

/// The function of a list that a word names.
pub fn function_named(word: &str) -> Option<Function> {
    Some(match keywords::canonical(word) {
        "累计" => Function::RunningTotals,
        "累进取整" => Function::CumulativeRound,
        "内插分位数" => Function::QuantileBetween,
        "就近分位数" => Function::QuantileNearest,
        "取第" => Function::Nth,
        _ => return None,
    })
}

impl<'a> Lowering<'a> {
    pub(super) fn list_function(
        &mut self,
        function: Function,
        name: &Name,
        args: &'a [Arg],
        span: Span,
        cx: &Context,
    ) -> ExprId {
        let extra = usize::from(function != Function::RunningTotals);
        let values: Vec<&Expr> =
            args.iter().filter_map(|arg| if let Arg::Value(value) = arg { Some(value) } else { None }).collect();
        let (Some((over, rest)), true) = (values.split_first(), values.len() == args.len()) else {
            return self.fail(wording::argument_count(&name.shown, span, 1 + extra, args.len()));
        };
        let Some(split) = rest.len().checked_sub(extra) else {
            return self.fail(wording::argument_count(&name.shown, span, 1 + extra, args.len()));
        };
        let (terms, rest) = rest.split_at(split);
        let Some((list, inner)) = self.list_of(over, terms, name, span, cx) else { return self.broken(span) };
        let mut arguments = vec![list];
        for value in rest {
            let id = self.expr(value, &cx.free());
            let (found, wanted) = (self.ty(id), operand_type(function, &inner));
            if !comparable(&found, &wanted) {
                return self.fail(wording::wrong_type(value.span, &wanted, &found));
            }
            arguments.push(id);
        }
        let ty = match function {
            Function::RunningTotals | Function::CumulativeRound => Type::List(Box::new(inner)),
            _ => inner,
        };
        self.push(ExprKind::Call(function, arguments), ty, span)
    }

    /// A list, or the list of what the rows of a table give; and the type of its values.
    fn list_of(
        &mut self,
        over: &'a Expr,
        terms: &[&'a Expr],
        name: &Name,
        span: Span,
        cx: &Context,
    ) -> Option<(ExprId, Type)> {
        let over_id = self.expr(over, &cx.free());
        let kind = match (self.ty(over_id), terms) {
            (Type::List(inner), []) => return self.values_of(over_id, *inner, name, over.span),
            (Type::Rows(table), [_]) => ScopeKind::Rows(table),
            (Type::Children, [_]) => ScopeKind::Children,
            (Type::Never, _) => return None,
            (ty, _) => {
                self.diagnostics.push(wording::bad_fold(&name.shown, span, &ty, 1));
                return None;
            }
        };
        let [term] = terms else { return None };
        let scope = self.open_scope(Some(cx.scope), kind);
        let term_id = self.expr(term, &Context { scope, want: None, band: None });
        let inner = self.ty(term_id);
        let fold = Fold {
            op: FoldOp::List,
            over: over_id,
            term: Some(term_id),
            weight: None,
            skip: Vec::new(),
            at_least: None,
        };
        let list = self.push(ExprKind::Fold(fold), Type::List(Box::new(inner.clone())), over.span.to(term.span));
        self.values_of(list, inner, name, term.span)
    }

    /// All but 取第 work on numbers.
    fn values_of(&mut self, list: ExprId, inner: Type, name: &Name, span: Span) -> Option<(ExprId, Type)> {
        let any = function_named(&name.key) == Some(Function::Nth);
        if any || matches!(inner, Type::Quantity(_) | Type::Never) {
            return Some((list, inner));
        }
        self.diagnostics.push(wording::number_wanted(span, &inner));
        None
    }
}

/// What stands behind the list: a step in the unit of its values, a share, or a place.
fn operand_type(function: Function, inner: &Type) -> Type {
    match function {
        Function::CumulativeRound => inner.clone(),
        Function::Nth => Type::Quantity(Quantity::Plain),
        _ => Type::Quantity(Quantity::Ratio),
    }
}
