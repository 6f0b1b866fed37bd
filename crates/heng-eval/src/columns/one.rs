//! A plan over one department: the way to its points alone, without steps.
//!
//! Operations that stand for the whole department make one number, those of a table one for each of
//! its rows. What stands in a case that is not taken is jumped over. Every operation is checked: what leaves a machine word is given back, and the
//! evaluator with steps scores the department.

use heng_model::{
    Facts, FieldId, Name, NodeId, Number, Program, Quantity, Rounding, State, Type, Value,
    facts::{Cell, Entry},
    schema::Shape,
};

use super::{
    code::{At, Code, Step},
    data::{day_number, encode_state},
    divide,
    lower::{Kernel, Scales},
    plan::{Int, Source},
};

/// Room for the results over one department, kept from one to the next.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    values: Vec<i64>,
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
    code: &'a Code,
    desk: &'a Desk,
}

impl Alone<'_> {
    /// The points of a node.
    #[must_use]
    pub fn node(&self, node: NodeId) -> Option<Number> {
        let points = *self.kernel.nodes.get(node.0 as usize)?;
        let (num, den) = (self.int(points.num)?, self.int(points.den)?);
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
        words.get(usize::try_from(self.int(*grade)?).ok()?)
    }

    fn int(&self, int: Int) -> Option<i64> {
        match int {
            Int::Const(value) => Some(value),
            Int::Reg(reg) => self.desk.values.get(self.code.at(reg)? as usize).copied(),
        }
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
    /// Scores one department; `None` where the columns cannot say what it comes to. What a case leaves
    /// aside is not computed.
    pub fn run_one<'s>(&'s self, single: &Single<'_>, desk: &'s mut Desk) -> Option<Alone<'s>> {
        let code = self.code()?;
        desk.values.resize(code.results, 0);
        desk.values.extend_from_slice(&code.constants);
        Walk { code, single, values: &mut desk.values, row: 0, rows: 0 }.run()?;
        Some(Alone { kernel: self, code, desk })
    }
}

/// A department under way.
struct Walk<'w> {
    code: &'w Code,
    single: &'w Single<'w>,
    values: &'w mut [i64],
    /// The row of the table that is looked at, and how many there are.
    row: usize,
    rows: usize,
}

impl Walk<'_> {
    #[inline(always)]
    fn at(&self, at: At) -> Option<i64> {
        self.values.get(at as usize).copied()
    }

    #[inline(always)]
    fn put(&mut self, at: At, value: i64) -> Option<()> {
        *self.values.get_mut(at as usize)? = value;
        Some(())
    }

    fn run(&mut self) -> Option<()> {
        let mut next = 0;
        while let Some(step) = self.code.steps.get(next) {
            next += 1;
            match *step {
                Step::Jump(to) => next = to as usize,
                Step::JumpIf(at, to) if self.at(at)? != 0 => next = to as usize,
                Step::JumpUnless(at, to) if self.at(at)? == 0 => next = to as usize,
                Step::JumpIf(..) | Step::JumpUnless(..) => {}
                Step::Leave(at) if self.at(at)? != 0 => return None,
                Step::Leave(_) => {}
                Step::Rows(table, none) => {
                    (self.row, self.rows) = (0, self.single.rows(table)?.len());
                    if self.rows == 0 {
                        next = none as usize;
                    }
                }
                Step::Next(first) => {
                    self.row += 1;
                    if self.row < self.rows {
                        next = first as usize;
                    }
                }
                step => self.step(step)?,
            }
        }
        Some(())
    }

    #[inline(always)]
    fn step(&mut self, step: Step) -> Option<()> {
        match step {
            Step::Load(out, source) => {
                let value = self.single.load(*self.code.sources.get(source as usize)?, self.row)?;
                self.put(out, value)
            }
            Step::State(out, source, states) => {
                let is_in = self.single.is_in(*self.code.sources.get(source as usize)?, self.row, states);
                self.put(out, is_in.into())
            }
            Step::Count(out, table) => self.put(out, i64::try_from(self.single.rows(table)?.len()).ok()?),
            Step::Copy(out, a) => self.put(out, self.at(a)?),
            Step::Not(out, a) => self.put(out, self.at(a)? ^ 1),
            Step::Divisor(out, a) => self.put(out, self.at(a).filter(|divisor| *divisor >= 0)?.max(1)),
            Step::Add(out, a, b) => self.put(out, self.at(a)?.checked_add(self.at(b)?)?),
            Step::Subtract(out, a, b) => self.put(out, self.at(a)?.checked_sub(self.at(b)?)?),
            Step::Multiply(out, a, b) => self.put(out, self.at(a)?.checked_mul(self.at(b)?)?),
            Step::Smaller(out, a, b) => self.put(out, self.at(a)?.min(self.at(b)?)),
            Step::Larger(out, a, b) => self.put(out, self.at(a)?.max(self.at(b)?)),
            Step::And(out, a, b) => self.put(out, self.at(a)? & self.at(b)?),
            Step::Or(out, a, b) => self.put(out, self.at(a)? | self.at(b)?),
            Step::Less(out, a, b) => self.put(out, (self.at(a)? < self.at(b)?).into()),
            Step::AtMost(out, a, b) => self.put(out, (self.at(a)? <= self.at(b)?).into()),
            Step::Equal(out, a, b) => self.put(out, (self.at(a)? == self.at(b)?).into()),
            Step::Round(out, num, den, mode) => self.put(out, rounded(self.at(num)?, self.at(den)?, mode)?),
            Step::Choose(out, which, a, b) => {
                self.put(out, if self.at(which)? != 0 { self.at(a)? } else { self.at(b)? })
            }
            _ => None,
        }
    }
}

impl<'a> Single<'a> {
    /// The rows of a table; none where the plan has no columns for it.
    fn rows(&self, table: FieldId) -> Option<&'a [Vec<Cell>]> {
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

    /// The value of a datum with which nothing is the matter.
    #[inline]
    fn plain(&self, source: Source, place: usize) -> Option<&'a Value> {
        let cell = match (source, source.field().and_then(|id| self.facts.entry(id))?) {
            (Source::Field(_), Entry::Scalar(cell)) => cell,
            (Source::Cell(_, column), Entry::Table(table)) if table.state != Some(State::None) => {
                table.rows.get(place)?.get(usize::from(column))?
            }
            _ => return None,
        };
        cell.value.as_ref().filter(|_| cell.state.is_none())
    }

    /// How a number is scaled.
    #[inline]
    fn exponent(&self, source: Source) -> Option<i32> {
        match source {
            Source::Field(id) => *self.scales.fields.get(id.0 as usize)?,
            Source::Cell(table, column) => *self.scales.tables.get(table.0 as usize)?.get(usize::from(column))?,
            Source::Outside(_) => None,
        }
    }

    /// A value in its column's scale, nought where there is none; `None` where it does not fit.
    fn load(&self, source: Source, place: usize) -> Option<i64> {
        // Most data are plain numbers.
        if let (Some(Value::Number(number)), Some(exponent)) = (self.plain(source, place), self.exponent(source)) {
            return number.in_units(exponent);
        }
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
        if self.plain(source, place).is_some() && self.exponent(source).is_some() {
            return false;
        }
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
