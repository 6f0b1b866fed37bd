//! What an expression yields, and why it may yield nothing.

use heng_model::{Date, FieldId, Name, State, Verdict, value::DatumRef};
use num_rational::BigRational;

/// A plain value.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    /// A number in its base unit.
    Number(BigRational),
    /// A date.
    Date(Date),
    /// Yes or no.
    Bool(bool),
    /// Text or a word.
    Text(Name),
    /// Rows of a table.
    Rows(FieldId, Vec<u32>),
    /// Several values.
    List(Vec<Plain>),
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// A state on its way to the place that declares its effect.
    State(State, DatumRef),
    /// A verdict; a fault is 停止.
    Verdict(Verdict),
    /// Nothing that the oracle computes.
    Beyond,
}

/// A fault: the computation cannot go on.
pub const FAULT: Halt = Halt::Verdict(Verdict::Stop);

/// A value, or why there is none.
pub type Yield<T> = Result<T, Halt>;

impl Plain {
    /// The number.
    pub fn number(self) -> Yield<BigRational> {
        match self {
            Plain::Number(number) => Ok(number),
            _ => Err(Halt::Beyond),
        }
    }

    /// Yes or no.
    pub fn yes(self) -> Yield<bool> {
        match self {
            Plain::Bool(yes) => Ok(yes),
            _ => Err(Halt::Beyond),
        }
    }

    /// The date.
    pub fn date(self) -> Yield<Date> {
        match self {
            Plain::Date(date) => Ok(date),
            _ => Err(Halt::Beyond),
        }
    }

    /// The rows.
    pub fn rows(self) -> Yield<(FieldId, Vec<u32>)> {
        match self {
            Plain::Rows(table, rows) => Ok((table, rows)),
            _ => Err(Halt::Beyond),
        }
    }

    /// How the two compare; none where they do not.
    pub fn order(&self, other: &Plain) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Plain::Number(a), Plain::Number(b)) => Some(a.cmp(b)),
            (Plain::Date(a), Plain::Date(b)) => Some(a.cmp(b)),
            (Plain::Bool(a), Plain::Bool(b)) => Some(a.cmp(b)),
            (Plain::Text(a), Plain::Text(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}
