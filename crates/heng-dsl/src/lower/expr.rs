//! Expressions: literals, operators, conditions, tails. Each function checks the units of what it
//! puts together.

use heng_diag::Span;
use heng_model::{
    ExprId, ExprKind, Number, Quantity, Rounding, State, Type, Value,
    expr::{Arith, Compare, Linear, Logic, Test},
    schema::{Bound, Interval},
};

use super::{Context, Lowering, types::unit_quantity};
use crate::{
    ast::{self, At, Binary, Closed, Expr, Range, Tail, Unit},
    wording,
};

impl<'a> Lowering<'a> {
    /// Lowers an expression. A definition is lowered where it is read, so the way down leads through
    /// the whole chain of definitions; it has a floor.
    pub(super) fn expr(&mut self, expr: &'a Expr, cx: &Context) -> ExprId {
        if self.depth >= super::DEEPEST {
            if !std::mem::replace(&mut self.too_deep, true) {
                self.diagnostics.push(wording::too_far(expr.span, super::DEEPEST));
            }
            return self.broken(expr.span);
        }
        self.depth += 1;
        let id = self.form(expr, cx);
        self.depth -= 1;
        id
    }

    fn form(&mut self, expr: &'a Expr, cx: &Context) -> ExprId {
        let span = expr.span;
        match &expr.it {
            ast::ExprKind::Number(number, unit) => self.number(number, unit.as_ref(), span),
            ast::ExprKind::Date(date) => self.push(ExprKind::Literal(Value::Date(*date)), Type::Date, span),
            ast::ExprKind::Text(text) => self.text(text, span, cx),
            ast::ExprKind::Name(name) => self.name(name, cx),
            ast::ExprKind::Member(base, name) => self.member(base, name, span, cx),
            ast::ExprKind::Call(name, args) => self.call(name, args, span, cx),
            ast::ExprKind::Negate(of) => self.negate(of, span, cx),
            ast::ExprKind::Not(of) => {
                let of = self.condition(of, cx);
                self.push(ExprKind::Not(of), Type::Bool, span)
            }
            ast::ExprKind::Binary(op, a, b) => self.binary(*op, a, b, span, cx),
            ast::ExprKind::InRange(of, range) => self.in_range(of, range, span, cx),
            ast::ExprKind::Within(date, start, limit) => self.within(date, start, limit, span, cx),
            ast::ExprKind::Is(of, test) => {
                let of = self.expr(of, &cx.free());
                self.push(ExprKind::Is(test_of(test.it), of), Type::Bool, span)
            }
            ast::ExprKind::Bands(subjects, rows) => self.bands(subjects, rows, span, cx),
            ast::ExprKind::Tally(tally) => self.tally(tally, span, cx),
            ast::ExprKind::Each(rows, share, lines) => self.each(rows, share, lines, span, cx),
            ast::ExprKind::Weights(of, rows) => self.weights(of.as_ref(), rows, span, cx),
            ast::ExprKind::Linear(from, to) => self.linear(from, to, span, cx),
            ast::ExprKind::Rated(range) => self.rated(range, span),
            ast::ExprKind::Tail(value, tail) => self.tail(value, tail, span, cx),
            ast::ExprKind::Group(inner) => self.expr(inner, cx),
            ast::ExprKind::Broken => self.broken(span),
        }
    }

    /// Lowers an expression that must be yes or no.
    pub(super) fn condition(&mut self, expr: &'a Expr, cx: &Context) -> ExprId {
        let id = self.expr(expr, &cx.free());
        match self.ty(id) {
            Type::Bool | Type::Never => id,
            found => self.fail(wording::condition_wanted(expr.span, &found)),
        }
    }

    fn number(&mut self, number: &Number, unit: Option<&At<Unit>>, span: Span) -> ExprId {
        let (quantity, factor) = unit_quantity(unit.map(|unit| unit.it));
        let value = Value::Number(number * &factor);
        self.push(ExprKind::Literal(value), Type::Quantity(quantity), span)
    }

    fn text(&mut self, text: &str, span: Span, cx: &Context) -> ExprId {
        let ty = match cx.want {
            Some(Type::Word(choice)) => Type::Word(choice),
            _ => Type::Text,
        };
        self.push(ExprKind::Literal(Value::Text(text.into())), ty, span)
    }

    fn negate(&mut self, of: &'a Expr, span: Span, cx: &Context) -> ExprId {
        let of = self.expr(of, &cx.free());
        match self.ty(of) {
            ty @ (Type::Quantity(_) | Type::Never) => self.push(ExprKind::Negate(of), ty, span),
            found => self.fail(wording::number_wanted(span, &found)),
        }
    }

    fn binary(&mut self, op: At<Binary>, a: &'a Expr, b: &'a Expr, span: Span, cx: &Context) -> ExprId {
        match op.it {
            Binary::And => self.logic(Logic::And, a, b, span, cx),
            Binary::Or => self.logic(Logic::Or, a, b, span, cx),
            Binary::Where => self.filter(a, b, span, cx),
            Binary::Away => self.fail(wording::away_outside_deduct(op.span)),
            Binary::Add => self.arith(Arith::Add, op.span, (a, b), span, cx),
            Binary::Subtract => self.arith(Arith::Subtract, op.span, (a, b), span, cx),
            Binary::Multiply => self.arith(Arith::Multiply, op.span, (a, b), span, cx),
            Binary::Divide => self.arith(Arith::Divide, op.span, (a, b), span, cx),
            Binary::Power => self.arith(Arith::Power, op.span, (a, b), span, cx),
            Binary::Equal => self.compare(Compare::Equal, a, b, span, cx),
            Binary::NotEqual => self.compare(Compare::NotEqual, a, b, span, cx),
            Binary::Less => self.compare(Compare::Less, a, b, span, cx),
            Binary::AtMost => self.compare(Compare::AtMost, a, b, span, cx),
            Binary::Greater => self.compare(Compare::Greater, a, b, span, cx),
            Binary::AtLeast => self.compare(Compare::AtLeast, a, b, span, cx),
        }
    }

    fn logic(&mut self, op: Logic, a: &'a Expr, b: &'a Expr, span: Span, cx: &Context) -> ExprId {
        let (a, b) = (self.condition(a, cx), self.condition(b, cx));
        // A chain of one operator is one list, so that its reasons stand side by side.
        let parts = match self.program.expr(a).map(|a| &a.kind) {
            Some(ExprKind::Logic(inner, parts)) if *inner == op => parts.iter().copied().chain([b]).collect(),
            _ => vec![a, b],
        };
        self.push(ExprKind::Logic(op, parts), Type::Bool, span)
    }

    fn arith(&mut self, op: Arith, sign: Span, (a, b): (&'a Expr, &'a Expr), span: Span, cx: &Context) -> ExprId {
        let (left, right) = (self.expr(a, &cx.free()), self.expr(b, &cx.free()));
        let (ta, tb) = (self.ty(left), self.ty(right));
        match arith_type(op, &ta, &tb) {
            Some(ty) => self.push(ExprKind::Arith(op, left, right), ty, span),
            None => self.fail(wording::unit_mismatch(sign, (a.span, &ta), (b.span, &tb), op)),
        }
    }

    fn compare(&mut self, op: Compare, a: &'a Expr, b: &'a Expr, span: Span, cx: &Context) -> ExprId {
        let left = self.expr(a, &cx.free());
        let ta = self.ty(left);
        let right = self.expr(b, &cx.wanting(ta.clone()));
        let tb = self.ty(right);
        let ordered = !matches!(op, Compare::Equal | Compare::NotEqual);
        let whole = |ty: &Type| matches!(ty, Type::Rows(_) | Type::List(_) | Type::Children);
        let letters = matches!(ta, Type::Word(Some(_))) && ta == self.letter_type() && tb == ta;
        let unordered = ordered && !letters && matches!(ta, Type::Bool | Type::Text | Type::Word(_));
        if !comparable(&ta, &tb) || unordered || whole(&ta) || whole(&tb) {
            return self.fail(wording::cannot_compare(span, (a.span, &ta), (b.span, &tb)));
        }
        self.push(ExprKind::Compare(op, left, right), Type::Bool, span)
    }

    fn in_range(&mut self, of: &'a Expr, range: &'a Range, span: Span, cx: &Context) -> ExprId {
        let value = self.expr(of, &cx.free());
        let ty = self.ty(value);
        let interval = self.range_of(range, &ty, cx);
        match &range.equal {
            Some((end, equal)) => {
                let end = self.expr(end, &cx.wanting(ty));
                let op = if *equal { Compare::Equal } else { Compare::NotEqual };
                self.push(ExprKind::Compare(op, value, end), Type::Bool, span)
            }
            None => self.push(ExprKind::InRange(value, interval), Type::Bool, span),
        }
    }

    /// The ends of a range, each comparable with the subject.
    pub(super) fn range_of(&mut self, range: &'a Range, subject: &Type, cx: &Context) -> Interval<ExprId> {
        if [&range.low, &range.high].into_iter().flatten().any(|(_, closed)| *closed == Closed::Unsaid) {
            self.diagnostics.push(wording::open_end(range.span));
        }
        let end = |this: &mut Self, end: &'a Option<(Expr, Closed)>| {
            let (expr, closed) = end.as_ref()?;
            let at = this.expr(expr, &cx.wanting(subject.clone()));
            let ty = this.ty(at);
            if !comparable(subject, &ty) || matches!(ty, Type::Bool | Type::Word(_) | Type::Text) {
                this.diagnostics.push(wording::wrong_end(expr.span, subject, &ty));
            }
            Some(Bound { at, closed: *closed != Closed::No })
        };
        Interval { low: end(self, &range.low), high: end(self, &range.high) }
    }

    fn within(&mut self, date: &'a Expr, start: &'a Expr, limit: &'a Expr, span: Span, cx: &Context) -> ExprId {
        let cx = cx.free();
        let ids = [self.expr(date, &cx), self.expr(start, &cx), self.expr(limit, &cx)];
        for (id, expr) in ids.iter().zip([date, start]) {
            let ty = self.ty(*id);
            if !ty.fits(&Type::Date) {
                return self.fail(wording::wrong_type(expr.span, &Type::Date, &ty));
            }
        }
        let [_, _, last] = ids;
        let ty = self.ty(last);
        if ty != Type::Never && !ty.quantity().is_some_and(Quantity::is_days) {
            return self.fail(wording::wrong_type(limit.span, &Type::Quantity(Quantity::Days), &ty));
        }
        let [date, start, limit] = ids;
        self.push(ExprKind::Within { date, start, limit }, Type::Bool, span)
    }

    fn linear(&mut self, from: &'a Expr, to: &'a Expr, span: Span, cx: &Context) -> ExprId {
        let Some((subject, low, high)) = cx.band else { return self.fail(wording::linear_outside_band(span)) };
        let (first, last) = (self.expr(from, &cx.free()), self.expr(to, &cx.free()));
        let Some(ty) = join(&self.ty(first), &self.ty(last)) else {
            let found = (self.ty(first), self.ty(last));
            return self.fail(wording::rows_disagree(to.span, &found.0, &found.1));
        };
        self.push(ExprKind::Linear(Linear { subject, low, high, from: first, to: last }), ty, span)
    }

    fn tail(&mut self, value: &'a Expr, tail: &'a At<Tail>, span: Span, cx: &Context) -> ExprId {
        let value = self.expr(value, cx);
        let ty = self.ty(value);
        if !matches!(ty, Type::Quantity(_) | Type::Never) {
            return self.fail(wording::number_wanted(tail.span, &ty));
        }
        let kind = match &tail.it {
            Tail::AtMost(bound) | Tail::AtLeast(bound) => {
                let end = self.expr(bound, &cx.wanting(ty.clone()));
                let end_ty = self.ty(end);
                if !comparable(&ty, &end_ty) {
                    return self.fail(wording::wrong_end(bound.span, &ty, &end_ty));
                }
                ExprKind::Limit { most: matches!(tail.it, Tail::AtMost(_)), value, bound: end }
            }
            Tail::Round(places, unit, mode) => self.round(value, &ty, *places, *unit, *mode, tail.span),
        };
        self.push(kind, ty, span)
    }

    fn round(
        &mut self,
        value: ExprId,
        ty: &Type,
        places: u32,
        unit: Option<Unit>,
        mode: Rounding,
        span: Span,
    ) -> ExprKind {
        let (quantity, factor) = unit_quantity(unit);
        if unit.is_some() && !Type::Quantity(quantity).fits(ty) {
            self.diagnostics.push(wording::wrong_type(span, ty, &Type::Quantity(quantity)));
        }
        ExprKind::Round { value, places, mode, unit: factor }
    }

    /// A score must be points (or a letter, in frameworks that score by letters).
    pub(super) fn points_wanted(&mut self, id: ExprId) -> ExprId {
        let ty = self.ty(id);
        if ty.fits(&Type::POINTS) {
            return id;
        }
        let span = self.program.expr(id).map(|expr| crate::place::span(expr.at)).unwrap_or_default();
        self.fail(wording::points_wanted(span, &ty))
    }
}

/// The type of a sum, difference, product, quotient or power; none where it has no meaning.
fn arith_type(op: Arith, a: &Type, b: &Type) -> Option<Type> {
    Some(match (op, a, b) {
        (_, Type::Never, _) | (_, _, Type::Never) => Type::Never,
        (Arith::Add | Arith::Subtract, Type::Date, Type::Quantity(q)) if q.is_days() => Type::Date,
        (Arith::Subtract, Type::Date, Type::Date) => Type::Quantity(Quantity::CalendarDays),
        (Arith::Subtract, Type::Quantity(Quantity::Ratio), Type::Quantity(Quantity::Ratio)) => {
            Type::Quantity(Quantity::Ratio)
        }
        (Arith::Add | Arith::Subtract, Type::Quantity(a), Type::Quantity(b)) => Type::Quantity(a.plus(*b)?),
        (Arith::Multiply, Type::Quantity(a), Type::Quantity(b)) => Type::Quantity(a.times(*b)),
        (Arith::Divide, Type::Quantity(a), Type::Quantity(b)) => Type::Quantity(a.over(*b)),
        (Arith::Power, Type::Quantity(a), Type::Quantity(b)) if a.is_bare() && b.is_bare() => Type::Quantity(*a),
        _ => return None,
    })
}

/// Whether values of the two types can be compared.
pub(super) fn comparable(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Quantity(a), Type::Quantity(b)) => a.comparable(*b),
        _ => a.fits(b) || b.fits(a),
    }
}

/// The type that holds values of both; none where there is none.
pub(super) fn join(a: &Type, b: &Type) -> Option<Type> {
    if a.fits(b) {
        Some(b.clone())
    } else if b.fits(a) {
        Some(a.clone())
    } else {
        None
    }
}

fn test_of(test: ast::Test) -> Test {
    match test {
        ast::Test::Empty => Test::Empty,
        ast::Test::NotEmpty => Test::NotEmpty,
        other => Test::State(state_of(other)),
    }
}

/// The state that a word names; 为空 in a cell means 缺报.
pub(super) fn state_of(test: ast::Test) -> State {
    match test {
        ast::Test::Missing | ast::Test::Empty | ast::Test::NotEmpty => State::Missing,
        ast::Test::None => State::None,
        ast::Test::NotApplicable => State::NotApplicable,
        ast::Test::NoEvidence => State::NoEvidence,
        ast::Test::Late => State::Late,
        ast::Test::Disputed => State::Disputed,
    }
}
