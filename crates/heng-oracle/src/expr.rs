//! Which expression is computed where.

use heng_model::{
    Effect, Expr, ExprId, ExprKind, FieldId, State, Type, Value,
    expr::{Arith, Function},
    facts::{Cell, Entry},
    program::{LetId, MethodCode, MethodId},
    value::DatumRef,
};
use num_rational::BigRational;
use num_traits::Signed;

use crate::{
    days, endless,
    fraction::{fraction, power, quotient, rounded, whole},
    place::{Argument, Place},
    value::{FAULT, Halt, Plain, Yield},
};

impl<'a> Place<'a> {
    /// The expression behind an id.
    pub fn expr(&self, id: ExprId) -> Yield<&'a Expr> {
        self.world.program.expr(id).ok_or(Halt::Beyond)
    }

    /// What an expression yields here.
    pub fn eval(&self, id: ExprId) -> Yield<Plain> {
        match &self.expr(id)?.kind {
            ExprKind::Literal(value) => literal(value),
            ExprKind::Field(field) => self.field(*field),
            ExprKind::Column { table, column, up } => self.column(*table, *column, *up),
            ExprKind::Let(id) => self.definition(*id),
            ExprKind::Argument(index) => self.argument(*index),
            ExprKind::FullMarks => Ok(Plain::Number(self.full.clone())),
            ExprKind::ScoreOf(node) => self.score_of(*node),
            ExprKind::GradeOf(node) => self.grade_of(*node),
            ExprKind::Letters => self.letters(),
            ExprKind::ChildScore(up) => self.score_of(self.child(*up)?),
            ExprKind::ChildGrade(up) => self.grade_of(self.child(*up)?),
            ExprKind::Negate(inner) => Ok(Plain::Number(-self.number(*inner)?)),
            ExprKind::Arith(op, left, right) => self.arith(*op, *left, *right),
            ExprKind::Where(..) => self.filtered(id),
            ExprKind::Fold(fold) => self.fold(fold),
            ExprKind::Peer(peer) => self.peer(peer),
            ExprKind::Call(function, arguments) => self.call(*function, arguments),
            ExprKind::Method(method, arguments) => self.method(*method, arguments),
            ExprKind::Bands(bands) => self.bands(bands),
            ExprKind::Tally(tally) => self.tally(tally),
            ExprKind::Each(each) => self.each(each),
            ExprKind::Weights(table) => self.weights(table),
            ExprKind::Linear(linear) => self.linear(linear),
            ExprKind::Rated(field) => self.rated(*field),
            ExprKind::Limit { most, value, bound } => {
                let (value, bound) = (self.number(*value)?, self.number(*bound)?);
                Ok(Plain::Number(if *most { value.min(bound) } else { value.max(bound) }))
            }
            ExprKind::Round { value, places, mode, unit } => {
                let value = self.number(*value)?;
                rounded(&value, *places, &fraction(unit), *mode).map(Plain::Number).ok_or(FAULT)
            }
            ExprKind::Verdict(verdict) => Err(Halt::Verdict(*verdict)),
            ExprKind::Total => self.total.clone().map(Plain::Number).ok_or(Halt::Beyond),
            ExprKind::Children => Err(Halt::Beyond),
            ExprKind::Not(_)
            | ExprKind::Logic(..)
            | ExprKind::Compare(..)
            | ExprKind::InRange(..)
            | ExprKind::Within { .. }
            | ExprKind::Is(..) => self.condition(id).map(Plain::Bool),
        }
    }

    /// The number an expression yields.
    pub fn number(&self, id: ExprId) -> Yield<BigRational> {
        self.eval(id)?.number()
    }

    fn field(&self, field: FieldId) -> Yield<Plain> {
        let datum = DatumRef::field(field);
        match self.world.facts.entry(field) {
            None => Err(Halt::State(State::Missing, datum)),
            Some(Entry::Scalar(cell)) => self.cell(cell, datum),
            Some(Entry::Table(table)) => {
                let rows = (0u32..).zip(&table.rows).map(|(row, _)| row).collect();
                match table.state {
                    None | Some(State::None) => Ok(Plain::Rows(field, rows)),
                    Some(state) => self.let_through(state, datum, || Ok(Plain::Rows(field, rows))),
                }
            }
        }
    }

    fn cell(&self, cell: &Cell, datum: DatumRef) -> Yield<Plain> {
        let value = || cell.value.as_ref().map_or(Err(Halt::State(State::Missing, datum)), literal);
        match cell.state {
            None => value(),
            Some(state) => self.let_through(state, datum, value),
        }
    }

    fn let_through(&self, state: State, datum: DatumRef, value: impl FnOnce() -> Yield<Plain>) -> Yield<Plain> {
        if !self.raw && state.keeps_value() && self.effect(state, datum) == Effect::AsIs {
            return value();
        }
        Err(Halt::State(state, datum))
    }

    fn column(&self, table: FieldId, column: u16, up: u8) -> Yield<Plain> {
        let index = self.rows.len().checked_sub(usize::from(up) + 1).ok_or(Halt::Beyond)?;
        let (_, row) = *self.rows.get(index).ok_or(Halt::Beyond)?;
        let formula = self.world.program.schema.column(table, column).and_then(|column| column.formula);
        if let Some(formula) = formula {
            let alone = Place { rows: vec![(table, row)], arguments: vec![], ..self.clone() };
            return alone.eval(formula);
        }
        let datum = DatumRef { field: table, cell: Some((row, column)) };
        match self.world.facts.cell(datum) {
            Some(cell) => self.cell(cell, datum),
            None => Err(Halt::State(State::Missing, datum)),
        }
    }

    fn definition(&self, id: LetId) -> Yield<Plain> {
        let definition = self.world.program.definition(id).ok_or(Halt::Beyond)?;
        let around = self.bodies.iter().rposition(|(body, _)| *body == definition.body);
        let place = match around {
            Some(index) => {
                let (body, outside) = self.bodies.get(index).ok_or(Halt::Beyond)?;
                outside.in_body(*body)
            }
            None => self.elsewhere(definition.body).ok_or(Halt::Beyond)?,
        };
        Place { raw: self.raw, hope: self.hope, total: self.total.clone(), ..place }.eval(definition.value)
    }

    /// The body of another indicator, as seen from this one: its states are read with our effects.
    fn elsewhere(&self, body: heng_model::program::BodyId) -> Option<Place<'a>> {
        let (id, node) = self.world.program.tree().find(|(_, node)| node.body == Some(body))?;
        let place = Place::of_node(self.world, id, fraction(&node.full));
        Some(Place { node: self.node, ..place })
    }

    fn arith(&self, op: Arith, left: ExprId, right: ExprId) -> Yield<Plain> {
        let measure = self.expr(right)?.ty.quantity();
        match (op, self.eval(left)?, self.eval(right)?) {
            (Arith::Subtract, Plain::Date(to), Plain::Date(from)) => Ok(Plain::Number(days::between(from, to))),
            (Arith::Add, Plain::Date(date), Plain::Number(limit)) if !limit.is_negative() => {
                let kind = measure.ok_or(Halt::Beyond)?;
                self.world.end(date, &limit, kind).map(Plain::Date)
            }
            (op, Plain::Number(left), Plain::Number(right)) => match op {
                Arith::Add => Some(left + right),
                Arith::Subtract => Some(left - right),
                Arith::Multiply => Some(left * right),
                Arith::Divide => quotient(&left, &right),
                Arith::Power if right.is_integer() => power(&left, &right),
                Arith::Power => {
                    let degree = u32::try_from(right.denom()).map_err(|_| Halt::Beyond)?;
                    let whole = BigRational::from_integer(right.numer().clone());
                    endless::root(&left, degree).and_then(|root| power(&root, &whole))
                }
            }
            .map(Plain::Number)
            .ok_or(FAULT),
            _ => Err(Halt::Beyond),
        }
    }

    fn call(&self, function: Function, arguments: &[ExprId]) -> Yield<Plain> {
        let values = arguments.iter().map(|id| self.eval(*id)).collect::<Yield<Vec<Plain>>>()?;
        if let [Plain::List(list), rest @ ..] = values.as_slice() {
            return crate::list::function(function, list, rest);
        }
        let numbers = || values.iter().cloned().map(Plain::number).collect::<Yield<Vec<BigRational>>>();
        let number = match (function, values.as_slice()) {
            (Function::Largest, _) => numbers()?.into_iter().max(),
            (Function::Smallest, _) => numbers()?.into_iter().min(),
            (Function::Absolute, [Plain::Number(value)]) => Some(value.abs()),
            (Function::Ln, [Plain::Number(value)]) => endless::ln(value),
            (Function::Log10, [Plain::Number(value)]) => {
                endless::ln(value).zip(endless::ln(&whole(10))).and_then(|(value, ten)| quotient(&value, &ten))
            }
            (Function::SquareRoot, [Plain::Number(value)]) => endless::root(value, 2),
            (Function::Root, [Plain::Number(value), Plain::Number(degree)]) => {
                let degree = u32::try_from(degree.to_integer()).map_err(|_| Halt::Beyond)?;
                endless::root(value, degree)
            }
            (Function::DaysBetween, [Plain::Date(from), Plain::Date(to)]) => Some(days::between(*from, *to)),
            (Function::YearOf, [Plain::Date(date)]) => Some(whole(date.year().into())),
            _ => None,
        };
        number.map(Plain::Number).ok_or(Halt::Beyond)
    }

    fn method(&self, id: MethodId, arguments: &[ExprId]) -> Yield<Plain> {
        let method = self.world.program.method(id).ok_or(Halt::Beyond)?;
        let MethodCode::Body(body) = method.code else { return Err(Halt::Beyond) };
        let mut values = Vec::new();
        for (argument, parameter) in arguments.iter().zip(&method.parameters) {
            match self.eval(*argument) {
                Err(halt) if !(parameter.optional && matches!(halt, Halt::State(..))) => return Err(halt),
                value => values.push(Argument { raw: self.looking(true).eval(*argument), value }),
            }
        }
        let inside = Place { arguments: values, rows: vec![], bodies: vec![], raw: false, ..self.clone() };
        let value = inside.in_body(body).run(body)?;
        match (&method.range, &value) {
            (Some(range), Plain::Number(number)) if !inside_of(range, number) => Err(FAULT),
            _ => Ok(value),
        }
    }

    /// An argument; a line that asks for its state sees the state, whatever lets the value through.
    fn argument(&self, index: u16) -> Yield<Plain> {
        let argument = self.arguments.get(usize::from(index)).ok_or(Halt::Beyond)?;
        if self.raw { argument.raw.clone() } else { argument.value.clone() }
    }

    fn rated(&self, field: FieldId) -> Yield<Plain> {
        let value = self.field(field)?;
        let Some(Entry::Scalar(cell)) = self.world.facts.entry(field) else { return Err(Halt::Beyond) };
        let shape = self.world.program.schema.field(field).map(|field| &field.shape);
        let Some(heng_model::schema::Shape::Rating(rating)) = shape else { return Err(Halt::Beyond) };
        let number = value.clone().number()?;
        if cell.reason.is_none() || cell.evidence.is_none() || !inside_of(&rating.band, &number) {
            return Err(FAULT);
        }
        Ok(value)
    }

    /// The type of an expression.
    pub fn type_of(&self, id: ExprId) -> Yield<&'a Type> {
        Ok(&self.expr(id)?.ty)
    }
}

fn inside_of(range: &heng_model::schema::Interval<heng_model::Number>, number: &BigRational) -> bool {
    let low = range.low.as_ref().is_none_or(|end| {
        let at = fraction(&end.at);
        *number > at || (end.closed && *number == at)
    });
    let high = range.high.as_ref().is_none_or(|end| {
        let at = fraction(&end.at);
        *number < at || (end.closed && *number == at)
    });
    low && high
}

/// A literal, or the value of a cell.
fn literal(value: &Value) -> Yield<Plain> {
    match value {
        Value::Number(number) => Ok(Plain::Number(fraction(number))),
        Value::Date(date) => Ok(Plain::Date(*date)),
        Value::Bool(yes) => Ok(Plain::Bool(*yes)),
        Value::Text(text) => Ok(Plain::Text(text.clone())),
        Value::Rows(table, rows) => Ok(Plain::Rows(*table, rows.clone())),
        Value::List(values) => values.iter().map(literal).collect::<Yield<Vec<Plain>>>().map(Plain::List),
        Value::State(state, datum) => Err(Halt::State(*state, *datum)),
        Value::Verdict(verdict, _) => Err(Halt::Verdict(*verdict)),
    }
}
