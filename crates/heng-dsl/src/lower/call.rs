//! Calls: folds over rows and children, built-in functions, methods of the pack.

use heng_diag::{Diagnostic, Span};
use heng_model::{
    ExprId, ExprKind, Quantity, State, Type,
    expr::{Fold, FoldOp, Function},
};

use super::{
    Context, Lowering,
    expr::{join, state_of},
    list,
    name::nearest,
    peer::peer_named,
    scope::ScopeKind,
};
use crate::{
    ast::{Arg, Expr, Name},
    keywords, wording,
};

fn fold_named(word: &str) -> Option<FoldOp> {
    Some(match keywords::canonical(word) {
        "合计" => FoldOp::Sum,
        "平均" => FoldOp::Mean,
        "加权平均" => FoldOp::WeightedMean,
        "几何平均" => FoldOp::GeometricMean,
        "调和平均" => FoldOp::HarmonicMean,
        "最小" => FoldOp::Min,
        "最大" => FoldOp::Max,
        "中位数" => FoldOp::Median,
        "个数" => FoldOp::Count,
        "占比" => FoldOp::Share,
        "存在" => FoldOp::Exists,
        "列" => FoldOp::List,
        _ => return None,
    })
}

/// A built-in function with the number of its arguments (at least, at most).
fn function_named(word: &str) -> Option<(Function, usize, usize)> {
    Some(match keywords::canonical(word) {
        "取大" => (Function::Largest, 2, usize::MAX),
        "取小" => (Function::Smallest, 2, usize::MAX),
        "绝对值" => (Function::Absolute, 1, 1),
        "天数" => (Function::DaysBetween, 2, 2),
        "工作日数" => (Function::WorkingDaysBetween, 2, 2),
        "年" => (Function::YearOf, 1, 1),
        "ln" => (Function::Ln, 1, 1),
        "log10" => (Function::Log10, 1, 1),
        "开方" => (Function::SquareRoot, 1, 1),
        "方根" => (Function::Root, 2, 2),
        "升序" => (Function::Sorted, 1, 1),
        "连写" => (Function::Joined, 1, 1),
        _ => return None,
    })
}

/// Whether a function can do something with a value of the type.
fn takes(function: Function, ty: &Type) -> bool {
    match function {
        Function::DaysBetween | Function::WorkingDaysBetween | Function::YearOf => ty.fits(&Type::Date),
        Function::Largest | Function::Smallest => matches!(ty, Type::Quantity(_) | Type::Date | Type::Never),
        Function::Absolute => matches!(ty, Type::Quantity(_) | Type::Never),
        Function::Ln | Function::Log10 | Function::SquareRoot | Function::Root => {
            ty.quantity().is_some_and(Quantity::is_bare) || *ty == Type::Never
        }
        Function::RunningTotals
        | Function::CumulativeRound
        | Function::QuantileBetween
        | Function::QuantileNearest
        | Function::Nth => true,
        Function::Sorted | Function::Joined => matches!(ty, Type::List(_) | Type::Never),
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn call(&mut self, name: &Name, args: &'a [Arg], span: Span, cx: &Context) -> ExprId {
        if let Some(index) = self.find_method(&name.key) {
            return self.method_call(index, args, span, cx);
        }
        if keywords::canonical(&name.key) == "等级" {
            return self.grade_call(args, span);
        }
        if let Some(op) = fold_named(&name.key) {
            return self.fold(op, name, args, span, cx);
        }
        if let Some(function) = list::function_named(&name.key) {
            return self.list_function(function, name, args, span, cx);
        }
        if let Some(word) = peer_named(&name.key) {
            return self.peer(word, name, args, span, cx);
        }
        if let Some((function, least, most)) = function_named(&name.key) {
            return self.function(function, (least, most), name, args, span, cx);
        }
        if self.is_lost(&name.key) {
            return self.broken(span);
        }
        let names = self.method_names().chain(keywords::WORDS.iter().map(|(zh, _)| *zh));
        let suggestion = nearest(&name.key, names);
        self.fail(wording::unknown_function(&name.shown, name.span, suggestion))
    }

    fn method_call(&mut self, index: usize, args: &'a [Arg], span: Span, cx: &Context) -> ExprId {
        self.force_method(index);
        let Some(method) = self.program.methods.get(index).cloned() else { return self.broken(span) };
        let values: Vec<&Expr> =
            args.iter().filter_map(|arg| if let Arg::Value(value) = arg { Some(value) } else { None }).collect();
        if values.len() != args.len() || values.len() != method.parameters.len() {
            return self.fail(wording::argument_count(&method.name, span, method.parameters.len(), args.len()));
        }
        let mut ids = Vec::new();
        for (value, parameter) in values.into_iter().zip(&method.parameters) {
            let id = self.expr(value, &cx.wanting(parameter.ty.clone()));
            let ty = self.ty(id);
            let any_table = matches!((&ty, &parameter.ty), (Type::Rows(_), Type::Rows(table)) if table.0 == u32::MAX);
            if parameter.ty != Type::Never && !any_table && !ty.fits(&parameter.ty) {
                let diagnostic = wording::wrong_argument(value.span, &parameter.name, &parameter.ty, &ty);
                self.diagnostics.push(diagnostic);
            }
            ids.push(id);
        }
        self.push(ExprKind::Method(self.method_id(index), ids), method.ty, span)
    }

    fn function(
        &mut self,
        function: Function,
        (least, most): (usize, usize),
        name: &Name,
        args: &'a [Arg],
        span: Span,
        cx: &Context,
    ) -> ExprId {
        if args.len() < least || args.len() > most {
            return self.fail(wording::argument_count(&name.shown, span, least, args.len()));
        }
        let mut ids = Vec::new();
        for arg in args {
            match arg {
                Arg::Value(value) => ids.push(self.expr(value, &cx.free())),
                Arg::Skip(_) | Arg::Least(_) | Arg::Order(_) | Arg::Ties(_) | Arg::Group(_) => {
                    return self.fail(wording::argument_count(&name.shown, span, least, args.len()));
                }
            }
        }
        if let Some(bad) = ids.iter().find(|id| !takes(function, &self.ty(**id))) {
            let (ty, place) = (self.ty(*bad), self.program.expr(*bad).map_or(span, |expr| crate::place::span(expr.at)));
            return self.fail(wording::wrong_operand(&name.shown, place, &ty));
        }
        let first = ids.first().map_or(Type::Never, |id| self.ty(*id));
        let ty = match function {
            Function::DaysBetween => Some(Type::Quantity(Quantity::CalendarDays)),
            Function::WorkingDaysBetween => Some(Type::Quantity(Quantity::WorkingDays)),
            Function::YearOf => Some(Type::Quantity(Quantity::Year)),
            Function::Ln | Function::Log10 | Function::SquareRoot | Function::Root => {
                Some(Type::Quantity(Quantity::Plain))
            }
            Function::Absolute | Function::Sorted => Some(first.clone()),
            Function::Joined => Some(Type::Text),
            Function::RunningTotals
            | Function::CumulativeRound
            | Function::QuantileBetween
            | Function::QuantileNearest
            | Function::Nth => None,
            Function::Largest | Function::Smallest => {
                let types: Vec<Type> = ids.iter().map(|id| self.ty(*id)).collect();
                types.iter().skip(1).try_fold(first.clone(), |joined, ty| join(&joined, ty))
            }
        };
        match ty {
            Some(ty) => self.push(ExprKind::Call(function, ids), ty, span),
            None => {
                let last = ids.last().map_or(Type::Never, |id| self.ty(*id));
                self.fail(wording::rows_disagree(span, &first, &last))
            }
        }
    }

    fn fold(&mut self, op: FoldOp, name: &Name, args: &'a [Arg], span: Span, cx: &Context) -> ExprId {
        let mut values = Vec::new();
        let (mut skip, mut at_least): (Vec<State>, Option<u32>) = (Vec::new(), None);
        for arg in args {
            match arg {
                Arg::Value(value) => values.push(value),
                Arg::Skip(states) => skip.extend(states.iter().map(|state| state_of(state.it))),
                Arg::Least(count) => at_least = Some(count.it),
                Arg::Order(_) | Arg::Ties(_) | Arg::Group(_) => {
                    return self.fail(wording::peer_options(&name.shown, span, false));
                }
            }
        }
        let Some((over, terms)) = values.split_first() else {
            return self.fail(wording::argument_count(&name.shown, span, 1, 0));
        };
        let over_id = self.expr(over, &cx.free());
        let over_ty = self.ty(over_id);
        if over_ty == Type::Never && self.diagnostics.iter().any(Diagnostic::is_error) {
            return self.broken(span);
        }
        let scope = match &over_ty {
            Type::Rows(table) => self.open_scope(Some(cx.scope), ScopeKind::Rows(*table)),
            Type::Children => self.open_scope(Some(cx.scope), ScopeKind::Children),
            _ => cx.scope,
        };
        let inner = Context { scope, want: cx.want.clone(), band: None };
        let terms: Vec<ExprId> = terms.iter().map(|term| self.expr(term, &inner)).collect();
        let wanted = match (op, &over_ty) {
            (FoldOp::Count | FoldOp::Share | FoldOp::Exists, _) | (_, Type::List(_)) => 0,
            (_, Type::Children) if terms.is_empty() => 0,
            (FoldOp::WeightedMean, _) => 2,
            _ => 1,
        };
        let sound = matches!(over_ty, Type::Rows(_) | Type::List(_) | Type::Children | Type::Never);
        if !sound || (over_ty != Type::Never && terms.len() != wanted) {
            return self.fail(wording::bad_fold(&name.shown, span, &over_ty, wanted));
        }
        if op == FoldOp::Share
            && !matches!(self.program.expr(over_id).map(|over| &over.kind), Some(ExprKind::Where(..)))
            && over_ty != Type::Never
        {
            return self.fail(wording::share_without_where(over.span));
        }
        let term_ty = match (&over_ty, terms.first()) {
            (Type::Children, None) => Type::POINTS,
            (Type::List(inner), _) => (**inner).clone(),
            (_, Some(term)) => self.ty(*term),
            _ => Type::Never,
        };
        let ty = match op {
            FoldOp::Count => Type::Quantity(Quantity::Count),
            FoldOp::Share => Type::Quantity(Quantity::Ratio),
            FoldOp::Exists => Type::Bool,
            FoldOp::List => Type::List(Box::new(term_ty)),
            _ => match term_ty {
                ty @ (Type::Quantity(_) | Type::Never) => ty,
                ty @ Type::Word(Some(_)) if matches!(op, FoldOp::Min | FoldOp::Max) && ty == self.letter_type() => ty,
                // The first and the last of several days is a day; their sum is nothing.
                Type::Date if matches!(op, FoldOp::Min | FoldOp::Max) => Type::Date,
                found => return self.fail(wording::number_wanted(span, &found)),
            },
        };
        if let Some(weight) = terms.get(1).map(|weight| self.ty(*weight))
            && !matches!(weight, Type::Quantity(_) | Type::Never)
        {
            return self.fail(wording::number_wanted(span, &weight));
        }
        let mut terms = terms.into_iter();
        let fold = Fold { op, over: over_id, term: terms.next(), weight: terms.next(), skip, at_least };
        self.push(ExprKind::Fold(fold), ty, span)
    }
}
