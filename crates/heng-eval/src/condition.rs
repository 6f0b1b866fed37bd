//! Conditions. 且, 或 and 非 are three-valued: an operand without a value matters only where the
//! others do not decide, whatever their order.

use heng_model::{
    Calendar, Date, Field, Number, Quantity, State, Value,
    calendar::{MissingYear, add_days},
    expr::{Compare, ExprId, Logic, Test},
    schema::{Bound, Interval},
    scorecard::Role,
    value::{DatumRef, Fault},
};

use crate::{
    arith,
    engine::{Engine, ordinal},
    frame::{Scope, States},
    halt::{Eval, Halt, Site},
};

impl Engine<'_> {
    /// Asks a condition of a line or a row.
    pub fn asked(&mut self, role: Role, id: ExprId, scope: &Scope, site: Site) -> Eval<bool> {
        match self.part(role, id, &scope.settling(true))? {
            Value::Bool(holds) => Ok(holds),
            _ => Err(site.misfit()),
        }
    }

    /// What a comparison came to: where 缺报视为不符合 decides, a missing datum makes it not hold.
    pub fn condition_value(&mut self, result: Eval, scope: &Scope) -> Eval {
        match result {
            Err(halt) if scope.reading.settles && self.fails_condition(&halt) => Ok(Value::Bool(false)),
            result => result,
        }
    }

    /// 非 a. What is denied is asked without 视为不符合: a missing datum fulfils no condition, and no
    /// denial of one.
    pub fn not(&mut self, of: ExprId, scope: &Scope, site: Site) -> Eval {
        let denied = match self.operand(0, of, scope) {
            Ok(Value::Bool(holds)) => Ok(Value::Bool(!holds)),
            Ok(_) => Err(site.misfit()),
            Err(halt) => Err(halt),
        };
        self.condition_value(denied, scope)
    }

    /// 且, 或.
    pub fn logic(&mut self, operator: Logic, parts: &[ExprId], scope: &Scope, site: Site) -> Eval {
        let deciding = operator == Logic::Or;
        let mut undecided = None;
        for (position, part) in parts.iter().enumerate() {
            match self.part(Role::Operand(ordinal(position)), *part, scope) {
                Ok(Value::Bool(holds)) if holds == deciding => return Ok(Value::Bool(deciding)),
                Ok(Value::Bool(_)) => {}
                Ok(_) => return Err(site.misfit()),
                Err(halt) => undecided = undecided.or(Some(halt)),
            }
        }
        undecided.map_or(Ok(Value::Bool(!deciding)), Err)
    }

    /// a ≥ b and so on.
    pub fn compare(&mut self, relation: Compare, a: ExprId, b: ExprId, scope: &Scope, site: Site) -> Eval {
        let result = self.compared(relation, a, b, scope, site);
        self.condition_value(result, scope)
    }

    fn compared(&mut self, relation: Compare, a: ExprId, b: ExprId, scope: &Scope, site: Site) -> Eval {
        let left = self.operand(0, a, scope)?;
        let right = self.operand(1, b, scope)?;
        let (left, right) = match (self.ranked(&left), self.ranked(&right)) {
            // A better letter is a higher one, and has the lower place.
            (Some(a), Some(b)) if !matches!(relation, Compare::Equal | Compare::NotEqual) => (b, a),
            _ => (left, right),
        };
        let holds = match relation {
            Compare::Equal => arith::equal(&left, &right),
            Compare::NotEqual => arith::equal(&left, &right).map(|equal| !equal),
            Compare::Less => arith::order(&left, &right).map(|order| order.is_lt()),
            Compare::AtMost => arith::order(&left, &right).map(|order| order.is_le()),
            Compare::Greater => arith::order(&left, &right).map(|order| order.is_gt()),
            Compare::AtLeast => arith::order(&left, &right).map(|order| order.is_ge()),
        };
        holds.map(Value::Bool).ok_or_else(|| site.misfit())
    }

    /// The place of a letter in the pack's order, as a number.
    fn ranked(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Text(letter) => self.program.rank(letter).map(|rank| Value::Number(Number::from(rank))),
            _ => None,
        }
    }

    /// a 在 [x, y].
    pub fn in_range(&mut self, of: ExprId, range: &Interval<ExprId>, scope: &Scope, site: Site) -> Eval {
        let result = self.operand(0, of, scope).and_then(|value| self.lies_in(&value, range, 1, scope, site));
        self.condition_value(result.map(Value::Bool), scope)
    }

    /// Whether a value lies in a range; its ends are operands from `first` on.
    pub fn lies_in(
        &mut self,
        value: &Value,
        range: &Interval<ExprId>,
        first: usize,
        scope: &Scope,
        site: Site,
    ) -> Eval<bool> {
        let mut inside = true;
        for (position, end, lower) in [(first, &range.low, true), (first + 1, &range.high, false)] {
            if let Some(Bound { at, closed }) = end {
                let end = self.operand(position, *at, scope)?;
                let order = arith::order(value, &end).ok_or_else(|| site.misfit())?;
                let beyond = if lower { order.is_gt() } else { order.is_lt() };
                inside &= beyond || (*closed && order.is_eq());
            }
        }
        Ok(inside)
    }

    /// 日期 在 起点 起 时限 内.
    pub fn within(&mut self, date: ExprId, start: ExprId, limit: ExprId, scope: &Scope, site: Site) -> Eval {
        let result = self.in_time(date, start, limit, scope, site);
        self.condition_value(result.map(Value::Bool), scope)
    }

    fn in_time(&mut self, date: ExprId, start: ExprId, limit: ExprId, scope: &Scope, site: Site) -> Eval<bool> {
        let day = self.operand(0, date, scope)?;
        let start = self.operand(1, start, scope)?;
        let length = self.number(2, limit, scope, site)?;
        let (Value::Date(day), Value::Date(start)) = (day, start) else { return Err(site.misfit()) };
        if day < start {
            return Ok(false);
        }
        Ok(day <= self.end_of_limit(start, &length, self.quantity(limit), site)?)
    }

    /// The last day of a limit that starts on `start`.
    pub fn end_of_limit(&self, start: Date, length: &Number, unit: Option<Quantity>, site: Site) -> Eval<Date> {
        let days = length.to_i64().filter(|days| *days >= 0).ok_or_else(|| site.misfit())?;
        let plain = add_days(start, days).ok_or_else(|| site.misfit())?;
        match unit {
            Some(Quantity::Days) => self.calendar(start, site)?.end_of_days(start, days),
            Some(Quantity::WorkingDays) => self.calendar(start, site)?.end_of_working_days(start, days),
            _ => Ok(plain),
        }
        .map_err(|MissingYear(year)| site.fault(Fault::NoCalendar(year)))
    }

    /// The calendar, for a question about `day`.
    pub fn calendar(&self, day: Date, site: Site) -> Eval<&Calendar> {
        self.context.calendar.ok_or_else(|| site.fault(Fault::NoCalendar(day.year())))
    }

    /// What an expression measures.
    pub fn quantity(&self, id: ExprId) -> Option<Quantity> {
        self.program.expr(id)?.ty.quantity()
    }

    /// a 缺报, a 为空 and so on: a look at the datum itself.
    pub fn is(&mut self, test: Test, of: ExprId, scope: &Scope, site: Site) -> Eval {
        let place = match test {
            Test::State(state) => scope.watching(States::of([state])),
            Test::Empty | Test::NotEmpty => scope.looking(),
        };
        let seen = match self.part(Role::Operand(0), of, &place) {
            Ok(value) => Seen::Value(value),
            Err(halt) => match *halt {
                Halt::State(state, datum, _) if self.answers(test, state, datum) => Seen::State(state),
                _ => return Err(halt),
            },
        };
        let holds = match test {
            Test::State(state) => Some(matches!(seen, Seen::State(met) if met == state)),
            Test::Empty => seen.is_empty(),
            Test::NotEmpty => seen.is_empty().map(|empty| !empty),
        };
        holds.map(Value::Bool).ok_or_else(|| site.misfit())
    }

    /// Whether a state answers the test. That a required table is empty is not known while it was not
    /// handed in.
    fn answers(&self, test: Test, state: State, datum: DatumRef) -> bool {
        let required = |field: &Field| field.table().is_some() && !field.traits.optional;
        let whole = datum.cell.is_none() && self.program.schema.field(datum.field).is_some_and(required);
        matches!(test, Test::State(_)) || state != State::Missing || !whole
    }
}

/// What a look at a datum meets.
enum Seen {
    State(State),
    Value(Value),
}

impl Seen {
    /// Whether there is nothing; `None` for what is no datum.
    fn is_empty(&self) -> Option<bool> {
        match self {
            Seen::State(state) => Some(matches!(state, State::Missing | State::None)),
            Seen::Value(Value::Rows(_, rows)) => Some(rows.is_empty()),
            Seen::Value(Value::List(values)) => Some(values.is_empty()),
            Seen::Value(Value::Text(text)) => Some(text.trim().is_empty()),
            Seen::Value(value) => value.is_plain().then_some(false),
        }
    }
}
