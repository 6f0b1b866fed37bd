//! 且 或 非, comparisons, ranges, time limits, tests of states.

use std::cmp::Ordering;

use heng_model::{
    Effect, ExprId, ExprKind, State,
    expr::{Compare, Logic, Test},
    facts::Entry,
    schema::Interval,
};

use crate::{
    place::Place,
    value::{Halt, Plain, Yield},
};

impl Place<'_> {
    /// Whether the condition of a line, a row or a filter holds.
    pub fn asked(&self, id: ExprId) -> Yield<bool> {
        Place { asks: true, ..self.clone() }.condition(id)
    }

    /// Whether a condition holds. Where it is asked, a missing datum that says 缺报视为不符合 makes the
    /// comparison that reads it not hold, and neither the denial of that comparison.
    pub fn condition(&self, id: ExprId) -> Yield<bool> {
        if let ExprKind::Logic(logic, parts) = &self.expr(id)?.kind {
            return self.all(parts, *logic == Logic::Or);
        }
        match (Place { asks: false, ..self.clone() }).plainly(id) {
            Err(Halt::State(State::Missing, datum)) if self.asks && self.own_effect(datum) == Some(Effect::NotMet) => {
                Ok(false)
            }
            holds => holds,
        }
    }

    fn plainly(&self, id: ExprId) -> Yield<bool> {
        match &self.expr(id)?.kind {
            ExprKind::Not(inner) => Ok(!self.condition(*inner)?),
            ExprKind::Compare(compare, left, right) => {
                let (left, right) = (self.eval(*left)?, self.eval(*right)?);
                let order = match self.letter_order(&left, &right) {
                    Some(order) if !matches!(compare, Compare::Equal | Compare::NotEqual) => order,
                    _ => left.order(&right).ok_or(Halt::Beyond)?,
                };
                Ok(match compare {
                    Compare::Equal => order == Ordering::Equal,
                    Compare::NotEqual => order != Ordering::Equal,
                    Compare::Less => order == Ordering::Less,
                    Compare::AtMost => order != Ordering::Greater,
                    Compare::Greater => order == Ordering::Greater,
                    Compare::AtLeast => order != Ordering::Less,
                })
            }
            ExprKind::InRange(value, range) => {
                let value = self.eval(*value)?;
                self.in_range(&value, range)
            }
            ExprKind::Within { date, start, limit } => {
                let kind = self.type_of(*limit)?.quantity().ok_or(Halt::Beyond)?;
                let (date, start) = (self.eval(*date)?.date()?, self.eval(*start)?.date()?);
                let limit = self.number(*limit)?;
                Ok(start <= date && date <= self.world.end(start, &limit, kind)?)
            }
            ExprKind::Is(test, inner) => self.test(*test, *inner),
            _ => self.eval(id)?.yes(),
        }
    }

    /// Three-valued 且 and 或: a part that equals `decides` decides wherever it stands, whatever keeps
    /// the others from having a value.
    fn all(&self, parts: &[ExprId], decides: bool) -> Yield<bool> {
        let mut held = None;
        for part in parts {
            match self.condition(*part) {
                Ok(yes) if yes == decides => return Ok(decides),
                Ok(_) => {}
                Err(Halt::Beyond) => return Err(Halt::Beyond),
                Err(halt) => held = held.or(Some(halt)),
            }
        }
        held.map_or(Ok(!decides), Err)
    }

    /// Whether the value lies between the ends.
    pub fn in_range(&self, value: &Plain, range: &Interval<ExprId>) -> Yield<bool> {
        for (end, outside) in [(&range.low, Ordering::Less), (&range.high, Ordering::Greater)] {
            if let Some(end) = end {
                let order = value.order(&self.eval(end.at)?).ok_or(Halt::Beyond)?;
                if order == outside || (order == Ordering::Equal && !end.closed) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn test(&self, test: Test, inner: ExprId) -> Yield<bool> {
        if let (Test::Empty | Test::NotEmpty, ExprKind::Field(field)) = (test, &self.expr(inner)?.kind)
            && let Some(Entry::Table(table)) = self.world.facts.entry(*field)
            && table.state == Some(State::Missing)
        {
            let optional = self.world.program.schema.field(*field).is_some_and(|field| field.traits.optional);
            let datum = heng_model::value::DatumRef::field(*field);
            return if optional { Ok(test == Test::Empty) } else { Err(Halt::State(State::Missing, datum)) };
        }
        let found = self.looking(true).eval(inner);
        match test {
            Test::State(wanted) => match found {
                Err(Halt::State(state, _)) => Ok(state == wanted),
                Err(halt) => Err(halt),
                Ok(_) => Ok(false),
            },
            Test::Empty => Self::nothing(found),
            Test::NotEmpty => Self::nothing(found).map(|empty| !empty),
        }
    }

    fn nothing(found: Yield<Plain>) -> Yield<bool> {
        match found {
            Ok(Plain::Rows(_, rows)) => Ok(rows.is_empty()),
            Ok(Plain::Text(text)) => Ok(text.is_empty()),
            Ok(Plain::List(values)) => Ok(values.is_empty()),
            Err(Halt::State(state, _)) => Ok(matches!(state, State::Missing | State::None)),
            Err(halt) => Err(halt),
            Ok(_) => Ok(false),
        }
    }
}
