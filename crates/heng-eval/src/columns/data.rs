//! A block of departments as columns.

use heng_model::State;

/// The values of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// Numbers, scaled by the column's power of ten.
    Wide(Vec<i64>),
    /// Days since 1970, and numbers that are small.
    Narrow(Vec<i32>),
    /// Answers (0, 1) and positions in a choice list.
    Small(Vec<u8>),
}

/// A column: a value for each department or each row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The values; nought where there is none.
    pub values: Values,
    /// The state of each, as [`encode_state`] has it; empty where every one is a plain value.
    pub states: Vec<u8>,
    /// The least and the largest value.
    pub bounds: (i64, i64),
}

/// The rows of a table of all departments, one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Where the rows of each department start, and where the last end.
    pub starts: Vec<u32>,
    /// The state of each department's table; empty where every one was handed in.
    pub states: Vec<u8>,
    /// The columns, by their place in the table; none for one that is not read.
    pub columns: Vec<Option<Column>>,
}

/// What a block holds of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A single datum.
    Single(Column),
    /// A table.
    Table(Rows),
}

/// Some departments.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// How many.
    pub count: usize,
    /// One entry per field of the schema; none for a field that is not read.
    pub fields: Vec<Option<Entry>>,
    /// Points of indicators that were computed outside, by node.
    pub outside: Vec<(heng_model::NodeId, Column)>,
}

/// A state as a byte; 0 is no state.
#[must_use]
pub fn encode_state(state: Option<State>) -> u8 {
    match state {
        None => 0,
        Some(State::Missing) => 1,
        Some(State::None) => 2,
        Some(State::NotApplicable) => 3,
        Some(State::NoEvidence) => 4,
        Some(State::Late) => 5,
        Some(State::Disputed) => 6,
    }
}

impl Column {
    /// A column of plain values.
    #[must_use]
    pub fn plain(values: Values) -> Column {
        Column { bounds: values.bounds(), values, states: Vec::new() }
    }

    /// A column with the state of each value.
    #[must_use]
    pub fn with_states(values: Values, states: Vec<u8>) -> Column {
        let states = if states.iter().all(|state| *state == 0) { Vec::new() } else { states };
        Column { bounds: values.bounds(), values, states }
    }
}

impl Values {
    fn bounds(&self) -> (i64, i64) {
        fn of<T: Copy + Ord + Into<i64>>(values: &[T]) -> (i64, i64) {
            let least = values.iter().copied().min().map_or(0, Into::into);
            let most = values.iter().copied().max().map_or(0, Into::into);
            (least, most)
        }
        match self {
            Values::Wide(values) => of(values),
            Values::Narrow(values) => of(values),
            Values::Small(values) => of(values),
        }
    }
}

impl Rows {
    /// How many rows all departments have together.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }
}

/// A day as its number since 1 January 1970.
#[must_use]
pub fn day_number(day: heng_model::Date) -> i64 {
    const EPOCH: heng_model::Date = heng_model::Date::constant(1970, 1, 1);
    day.duration_since(EPOCH).as_hours() / 24
}

impl Rows {
    /// The most rows of any department.
    pub(crate) fn most(&self) -> u32 {
        let ends = self.starts.iter().skip(1);
        self.starts.iter().zip(ends).map(|(start, end)| end.saturating_sub(*start)).max().unwrap_or(0)
    }
}
