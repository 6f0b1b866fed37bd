//! Which expression is computed where.

use std::rc::Rc;

use heng_model::{
    Expr, ExprKind, NodeId, Number, Value,
    expr::{ExprId, Linear},
    program::LetId,
    scorecard::Role,
};

use crate::{
    arith,
    enclose::Rounded,
    engine::Engine,
    frame::{Scope, Slot},
    halt::{Eval, Site},
};

impl Engine<'_> {
    /// Computes an expression that is not a literal.
    ///
    /// Each form has a function of its own, so that the stack of this one stays small.
    pub fn compute(&mut self, expr: &Expr, scope: &Scope, site: Site) -> Eval {
        match &expr.kind {
            ExprKind::Literal(value) => Ok(value.clone()),
            ExprKind::Field(field) => self.field(*field, &expr.ty, scope, site),
            ExprKind::Column { table, column, up } => self.column(*table, *column, *up, &expr.ty, scope, site),
            ExprKind::Let(definition) => self.definition(*definition, scope, site),
            ExprKind::Argument(position) => self.argument(*position, scope, site),
            ExprKind::FullMarks => Ok(Value::Number(scope.frame.full.clone())),
            ExprKind::Total => self.score_of(NodeId(0), site),
            ExprKind::ScoreOf(node) => self.score_of(*node, site),
            ExprKind::Children => self.children_list(scope, site),
            ExprKind::GradeOf(node) => self.grade_of(*node, site),
            ExprKind::Letters => self.letters(scope, site),
            ExprKind::ChildScore(up) => self.child_score(*up, scope, site),
            ExprKind::ChildGrade(up) => self.child_grade(*up, scope, site),
            ExprKind::Negate(of) => self.negate(*of, scope, site),
            ExprKind::Not(of) => self.not(*of, scope, site),
            ExprKind::Arith(operator, a, b) => self.arith(*operator, *a, *b, scope, site),
            ExprKind::Logic(operator, parts) => self.logic(*operator, parts, scope, site),
            ExprKind::Compare(relation, a, b) => self.compare(*relation, *a, *b, scope, site),
            ExprKind::InRange(of, range) => self.in_range(*of, range, scope, site),
            ExprKind::Within { date, start, limit } => self.within(*date, *start, *limit, scope, site),
            ExprKind::Is(test, of) => self.is(*test, *of, scope, site),
            ExprKind::Where(over, condition) => self.filter(*over, *condition, scope, site),
            ExprKind::Fold(fold) => self.fold(fold, scope, site),
            ExprKind::Peer(peer) => self.peer(peer, site),
            ExprKind::Call(function, arguments) => self.function(*function, arguments, scope, site),
            ExprKind::Method(method, arguments) => self.method(*method, arguments, scope, site),
            ExprKind::Bands(bands) => self.bands(bands, scope, site),
            ExprKind::Tally(tally) => self.tally(tally, scope, site),
            ExprKind::Each(each) => self.each(each, scope, site),
            ExprKind::Weights(table) => self.weights(table, scope, site),
            ExprKind::Linear(linear) => self.linear(linear, scope, site),
            ExprKind::Rated(field) => self.rated(*field, scope, site),
            ExprKind::Limit { most, value, bound } => self.limit(*most, *value, *bound, scope, site),
            ExprKind::Round { value, places, mode, unit } => {
                self.rounded(*value, &Rounded { places: *places, mode: *mode, unit }, scope, site)
            }
            ExprKind::Verdict(verdict) => Err(site.verdict(*verdict)),
        }
    }

    /// A definition, in the frame of the body that declares it.
    fn definition(&mut self, id: LetId, scope: &Scope, site: Site) -> Eval {
        let definition = self.program.definition(id).ok_or_else(|| site.misfit())?;
        let frame = scope.frame.find(definition.body);
        let value = definition.value;
        let there = Scope::of(Rc::clone(&frame), scope.reading);
        self.recorded(Role::Let(id), Some(value), |engine| {
            engine.once(&frame, Slot::Let(id), scope.reading, site, |engine| engine.eval(value, &there))
        })
    }

    /// An argument of the method that is being computed. Its steps stand at the call.
    fn argument(&mut self, position: u16, scope: &Scope, site: Site) -> Eval {
        let (method, arguments) = scope.frame.method().ok_or_else(|| site.misfit())?;
        let thunk = arguments.get(usize::from(position)).ok_or_else(|| site.misfit())?;
        let (slot, reading) = (Slot::Argument(position), scope.reading);
        let there = Scope { frame: Rc::clone(&thunk.frame), row: thunk.row.clone(), reading };
        let (value, journal) =
            self.captured(|engine| engine.once(&method, slot, reading, site, |engine| engine.eval(thunk.expr, &there)));
        self.journal.append_silently(&journal);
        value
    }

    /// An operand that must be a number.
    pub fn number(&mut self, position: usize, id: ExprId, scope: &Scope, site: Site) -> Eval<Number> {
        match self.operand(position, id, scope)? {
            Value::Number(number) => Ok(number),
            _ => Err(site.misfit()),
        }
    }

    /// 线性: the value on the straight line between the ends of the band.
    fn linear(&mut self, linear: &Linear, scope: &Scope, site: Site) -> Eval {
        let subject = self.operand(0, linear.subject, scope)?;
        let low = self.operand(1, linear.low, scope)?;
        let high = self.operand(2, linear.high, scope)?;
        let from = self.number(3, linear.from, scope, site)?;
        let to = self.number(4, linear.to, scope, site)?;
        let width = arith::distance(&low, &high).ok_or_else(|| site.misfit())?;
        let inside = arith::distance(&low, &subject).ok_or_else(|| site.misfit())?;
        let share = arith::divide(&inside, &width).map_err(|fault| site.fault(fault))?;
        self.sized(&from + &(&share * &(&to - &from)), site)
    }

    /// 不超过, 不低于.
    fn limit(&mut self, most: bool, value: ExprId, bound: ExprId, scope: &Scope, site: Site) -> Eval {
        let value = self.operand(0, value, scope)?;
        let bound = self.operand(1, bound, scope)?;
        let order = arith::order(&value, &bound).ok_or_else(|| site.misfit())?;
        let beyond = if most { order.is_gt() } else { order.is_lt() };
        Ok(if beyond { bound } else { value })
    }
}
