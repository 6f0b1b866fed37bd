//! What an expression is while it is planned.

use std::rc::Rc;

use heng_model::{FieldId, Name};

use super::plan::{Int, Level, Mask};

/// Why an expression has no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unknown;

pub(crate) type Planned<T = Value> = Result<T, Unknown>;

/// `num × 10^exponent ÷ den`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    pub num: Int,
    /// Above nought; `Const(1)` where nothing is divided.
    pub den: Int,
    pub exponent: i32,
}

/// A value and where there is none.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub kind: Kind,
    /// Where the columns cannot say what it is.
    pub unsaid: Mask,
    pub level: Level,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Number(Fraction),
    Date(Int),
    Bool(Mask),
    /// A position in a list of words.
    Word(Int, Rc<Vec<Name>>),
    /// The rows of a table that are meant.
    Rows(FieldId, Mask),
    /// Never a value.
    Nothing,
}

impl Value {
    pub fn nothing(level: Level) -> Value {
        Value { kind: Kind::Nothing, unsaid: Mask::Const(true), level }
    }

    pub fn number(&self) -> Planned<Fraction> {
        match self.kind {
            Kind::Number(fraction) => Ok(fraction),
            Kind::Nothing => Ok(Fraction { num: Int::Const(0), den: Int::Const(1), exponent: 0 }),
            _ => Err(Unknown),
        }
    }

    pub fn holds(&self) -> Planned<Mask> {
        match self.kind {
            Kind::Bool(mask) => Ok(mask),
            Kind::Nothing => Ok(Mask::Const(false)),
            _ => Err(Unknown),
        }
    }
}
