//! A plan over one department: the way to its points alone, without steps.
//!
//! Operations that stand for the whole department make one number, those of a table one for each of
//! its rows. Every operation is checked: what leaves a machine word is given back, and the evaluator
//! with steps scores the department.

use heng_model::{
    Facts, Name, NodeId, Number, Program, Quantity, Rounding, State, Type, Value,
    facts::{Cell, Entry},
    schema::Shape,
};

use super::{
    data::{day_number, encode_state},
    divide,
    lower::{Kernel, Scales},
    plan::{Int, Level, Mask, Op, Reg, Relation, Source},
};

/// Room for the results over one department, kept from one to the next.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    values: Vec<i64>,
    /// Where the results of each operation begin.
    starts: Vec<usize>,
}

/// A department on its way through a plan.
pub struct Single<'a> {
    /// The program that was planned.
    pub program: &'a Program,
    /// How the plan scales data.
    pub scales: &'a Scales,
    /// What was handed in.
    pub facts: &'a Facts,
    /// The points of the nodes that the plan leaves out ([`Kernel::outside`]), where they come to any.
    pub outside: &'a [(NodeId, Option<Number>)],
}

/// The points of one department.
pub struct Alone<'a> {
    kernel: &'a Kernel,
    desk: &'a Desk,
}

impl Alone<'_> {
    /// The points of a node.
    #[must_use]
    pub fn node(&self, node: NodeId) -> Option<Number> {
        let points = self.kernel.nodes.get(node.0 as usize)?.points;
        let (num, den) = (self.desk.int(points.num, 0)?, self.desk.int(points.den, 0)?);
        let scale = |exponent: i32| 10i128.checked_pow(exponent.unsigned_abs());
        let (num, den) = match points.exponent {
            exponent @ 0.. => (i128::from(num).checked_mul(scale(exponent)?)?, i128::from(den)),
            exponent => (i128::from(num), i128::from(den).checked_mul(scale(exponent)?)?),
        };
        Number::ratio(num, den)
    }

    /// The grade.
    #[must_use]
    pub fn grade(&self) -> Option<&Name> {
        let (grade, words) = self.kernel.grade.as_ref()?;
        words.get(usize::try_from(self.desk.int(*grade, 0)?).ok()?)
    }
}

impl Scales {
    /// Scales that fit what is usually handed in: amounts and points to two decimals, ratios and plain
    /// numbers to four. A department with finer figures is left to the evaluator with steps.
    #[must_use]
    pub fn usual(program: &Program) -> Scales {
        let exponent = |ty: &Type| match ty {
            Type::Quantity(Quantity::Ratio | Quantity::PercentPoint | Quantity::Plain) => Some(-4),
            Type::Quantity(Quantity::Money | Quantity::Points) => Some(-2),
            Type::Text | Type::Word(None) => None,
            _ => Some(0),
        };
        let mut scales = Scales { outside: -6, ..Scales::default() };
        for field in &program.schema.fields {
            scales.fields.push(match &field.shape {
                Shape::Scalar(ty) => exponent(ty),
                Shape::Table(_) => Some(0),
                Shape::Rating(_) => None,
            });
            let columns = field.table().map_or(&[][..], |table| &table.columns);
            scales.tables.push(columns.iter().map(|column| exponent(&column.ty)).collect());
        }
        scales
    }
}

impl Kernel {
    /// Scores one department; `None` where the columns cannot say what it comes to.
    pub fn run_one<'s>(&'s self, single: &Single<'_>, desk: &'s mut Desk) -> Option<Alone<'s>> {
        desk.values.clear();
        desk.starts.clear();
        for (op, level) in &self.plan.ops {
            desk.starts.push(desk.values.len());
            let width = match level {
                Level::Departments => 1,
                Level::Rows(table) => single.rows(*table)?.len(),
            };
            for place in 0..width {
                let value = single.op(*op, place, desk)?;
                desk.values.push(value);
            }
        }
        let unsaid = desk.mask(self.unsaid, 0)?;
        (!unsaid).then_some(Alone { kernel: self, desk })
    }
}

impl Desk {
    fn at(&self, reg: Reg, place: usize) -> Option<i64> {
        self.values.get(self.starts.get(reg.0 as usize)? + place).copied()
    }

    fn int(&self, int: Int, place: usize) -> Option<i64> {
        match int {
            Int::Const(value) => Some(value),
            Int::Reg(reg) => self.at(reg, place),
        }
    }

    fn mask(&self, mask: Mask, place: usize) -> Option<bool> {
        match mask {
            Mask::Const(known) => Some(known),
            Mask::Reg(reg) => self.at(reg, place).map(|bit| bit != 0),
        }
    }

    /// The results of an operation over rows.
    fn of_rows(&self, reg: Reg, count: usize) -> Option<&[i64]> {
        let start = *self.starts.get(reg.0 as usize)?;
        self.values.get(start..start + count)
    }
}

impl<'a> Single<'a> {
    fn op(&self, op: Op, place: usize, desk: &Desk) -> Option<i64> {
        let int = |operand| desk.int(operand, place);
        let mask = |operand| desk.mask(operand, place);
        match op {
            Op::Load(source) => self.load(source, place),
            Op::State(source, states) => Some(i64::from(self.is_in(source, place, states))),
            Op::Add(a, b) => int(a)?.checked_add(int(b)?),
            Op::Subtract(a, b) => int(a)?.checked_sub(int(b)?),
            Op::Multiply(a, b) => int(a)?.checked_mul(int(b)?),
            Op::Smaller(a, b) => Some(int(a)?.min(int(b)?)),
            Op::Larger(a, b) => Some(int(a)?.max(int(b)?)),
            Op::Divisor(a) => int(a).filter(|divisor| *divisor >= 0).map(|divisor| divisor.max(1)),
            Op::Round(num, den, mode) => rounded(int(num)?, int(den)?, mode),
            Op::Choose(which, a, b) => int(if mask(which)? { a } else { b }),
            Op::Number(a) => mask(a).map(i64::from),
            Op::Compare(relation, a, b) => {
                let (a, b) = (int(a)?, int(b)?);
                Some(i64::from(match relation {
                    Relation::Less => a < b,
                    Relation::AtMost => a <= b,
                    Relation::Equal => a == b,
                }))
            }
            Op::Not(a) => mask(a).map(|holds| i64::from(!holds)),
            Op::And(a, b) => Some(i64::from(mask(a)? && mask(b)?)),
            Op::Or(a, b) => Some(i64::from(mask(a)? || mask(b)?)),
            Op::Spread(_, a) => desk.int(a, 0),
            Op::SpreadMask(_, a) => desk.mask(a, 0).map(i64::from),
            Op::Sum(..) | Op::Extreme(..) | Op::Count(_) | Op::Any(..) => self.of_rows(op, desk),
        }
    }

    /// What is made of the rows of a table.
    fn of_rows(&self, op: Op, desk: &Desk) -> Option<i64> {
        let rows = |table, int| match int {
            Int::Reg(reg) => desk.of_rows(reg, self.rows(table)?.len()),
            Int::Const(_) => None,
        };
        match op {
            Op::Sum(table, a) => rows(table, a)?.iter().try_fold(0i64, |sum, value| sum.checked_add(*value)),
            Op::Extreme(table, true, a) => Some(rows(table, a)?.iter().copied().max().unwrap_or(0)),
            Op::Extreme(table, false, a) => Some(rows(table, a)?.iter().copied().min().unwrap_or(0)),
            Op::Count(table) => i64::try_from(self.rows(table)?.len()).ok(),
            Op::Any(table, Mask::Const(known)) => Some(i64::from(known && !self.rows(table)?.is_empty())),
            Op::Any(table, Mask::Reg(reg)) => Some(i64::from(rows(table, Int::Reg(reg))?.iter().any(|bit| *bit != 0))),
            _ => None,
        }
    }

    /// The rows of a table; none where the plan has no columns for it.
    fn rows(&self, table: heng_model::FieldId) -> Option<&'a [Vec<Cell>]> {
        self.scales.fields.get(table.0 as usize).copied().flatten()?;
        match self.facts.entry(table) {
            Some(Entry::Table(table)) if table.state != Some(State::None) => Some(&table.rows),
            _ => Some(&[]),
        }
    }

    /// Its cell, its type and its scale; the outer `None` where the plan has no column for it.
    fn cell(&self, source: Source, place: usize) -> Option<(Option<&'a Cell>, &'a Type, i32)> {
        match source {
            Source::Field(id) => {
                let exponent = (*self.scales.fields.get(id.0 as usize)?)?;
                let Shape::Scalar(ty) = &self.program.schema.field(id)?.shape else { return None };
                let cell = match self.facts.entry(id) {
                    Some(Entry::Scalar(cell)) => Some(cell),
                    _ => None,
                };
                Some((cell, ty, exponent))
            }
            Source::Cell(table, column) => {
                let exponent = (*self.scales.tables.get(table.0 as usize)?.get(usize::from(column))?)?;
                let ty = &self.program.schema.column(table, column)?.ty;
                let cell = self.rows(table)?.get(place).and_then(|row| row.get(usize::from(column)));
                Some((cell, ty, exponent))
            }
            Source::Outside(_) => None,
        }
    }

    /// A value in its column's scale, nought where there is none; `None` where it does not fit.
    fn load(&self, source: Source, place: usize) -> Option<i64> {
        if let Source::Outside(node) = source {
            return self.points(node).map_or(Some(0), |points| points.in_units(self.scales.outside));
        }
        let Some((cell, ty, exponent)) = self.cell(source, place) else { return Some(0) };
        let Some(Cell { state: None, value: Some(value), .. }) = cell else { return Some(0) };
        match (value, ty) {
            (Value::Number(number), _) => number.in_units(exponent),
            (Value::Date(day), _) => Some(day_number(*day)),
            (Value::Bool(yes), _) => Some(i64::from(*yes)),
            (Value::Text(word), Type::Word(Some(choice))) => {
                let words = &self.program.schema.choice(*choice)?.words;
                i64::try_from(words.iter().position(|known| known == word)?).ok()
            }
            (Value::Text(_), _) => Some(0),
            _ => None,
        }
    }

    fn points(&self, node: NodeId) -> Option<&Number> {
        self.outside.iter().find(|(id, _)| *id == node).and_then(|(_, points)| points.as_ref())
    }

    /// Whether the state is one of these. A column that is not there says nothing.
    fn is_in(&self, source: Source, place: usize, states: u8) -> bool {
        let state = match source {
            Source::Outside(node) => self.points(node).is_none().then_some(State::Missing),
            Source::Field(id) if self.program.schema.field(id).is_some_and(|field| field.table().is_some()) => {
                match self.facts.entry(id) {
                    Some(Entry::Table(table)) => table.state,
                    _ => Some(State::Missing),
                }
            }
            source => match self.cell(source, place) {
                None => return true,
                Some((Some(Cell { state: None, value: Some(_), .. }), ..)) => None,
                Some((Some(Cell { state, .. }), ..)) => Some(state.unwrap_or(State::Missing)),
                Some((None, ..)) => Some(State::Missing),
            },
        };
        state.is_some() && states >> encode_state(state) & 1 != 0
    }
}

/// `num ÷ den` in any mode, `den` above nought.
fn rounded(num: i64, den: i64, mode: Rounding) -> Option<i64> {
    let doubled = || Some((num.checked_mul(2)?.checked_add(den)?, den.checked_mul(2)?));
    match doubled() {
        Some((twice, width)) if mode == Rounding::HalfUp && num >= 0 => twice.checked_div(width),
        _ => Some(divide::round(num, den, mode)).filter(|whole| *whole != i64::MAX),
    }
}
