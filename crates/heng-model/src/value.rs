//! What an expression yields: a plain value, a state that an operator met on its way, or a verdict.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Name, Number,
    schema::FieldId,
    state::{State, Verdict},
};

/// Where a datum stands: a field, or a column in a row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DatumRef {
    /// The field, or the table.
    pub field: FieldId,
    /// Row (from 0) and column (from 0) inside a table.
    pub cell: Option<(u32, u16)>,
}

impl DatumRef {
    /// A field of the schema.
    #[must_use]
    pub fn field(field: FieldId) -> DatumRef {
        DatumRef { field, cell: None }
    }
}

/// A value at run time. Numbers are in the base unit of the expression's type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A number.
    Number(Number),
    /// A date.
    Date(Date),
    /// Yes or no.
    Bool(bool),
    /// Text, a word of a choice list, a letter or a grade.
    Text(Name),
    /// Rows of a table, by index, in order.
    Rows(FieldId, Vec<u32>),
    /// Several values.
    List(Vec<Value>),
    /// A state, carrying the datum it came from.
    State(State, DatumRef),
    /// A verdict, with what led to it where that is known.
    Verdict(Verdict, Option<Fault>),
}

/// Why a computation could not go on. Each becomes a finding that names the indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A divisor was nought and no line says what then.
    DivisionByZero,
    /// No row of a 分档 fits the value, and there is no 其他.
    NoBand,
    /// No row of a 权重表 names the children that apply, and there is no 其他.
    NoWeights,
    /// The score lies outside 0 … full marks (or a bonus outside its cap).
    OutOfRange(Number),
    /// A person's judgement is missing its reason or its evidence, or lies outside its band.
    Rating(RatingFault),
    /// A state without a declared effect.
    Undeclared(State, DatumRef),
    /// The calendar has no such year.
    NoCalendar(i16),
    /// A custom check failed to run; the text is the script host's, naming script and line.
    Script(Name),
    /// A date left the calendar, an exponent its bounds, or a root its domain.
    Domain,
    /// An aggregate had fewer values than it asks for.
    TooFew,
    /// At the stated places the value lies so close to a boundary of rounding that its digits cannot
    /// be proven.
    Precision,
    /// A root or logarithm that is no fraction, where the rule states no places.
    Unrounded,
    /// A value among peers was asked for where one unit is scored alone.
    NoPeers,
    /// The unit's own value is not among those of its peers: they were read from other facts.
    NotAmongPeers,
}

/// What is wrong with a person's judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatingFault {
    /// No reason was given.
    NoReason,
    /// No evidence was named.
    NoEvidence,
    /// The value lies outside the band.
    OutsideBand,
}

impl Value {
    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Whether the value is neither state nor verdict.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        !matches!(self, Value::State(..) | Value::Verdict(..))
    }
}
