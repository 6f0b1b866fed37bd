//! Facts that bring about what a finding of the checker speaks of: a subject with the value that falls
//! between two bands, a divisor that is nought, a score out of its range. Each is found by turning the
//! rule's arithmetic round, or by trying corners, and kept only if scoring it shows what is said.

use std::collections::BTreeMap;

use heng_eval::{Context, Scripts, evaluate, evaluate_quietly};
use heng_model::{
    Date, ExprId, ExprKind, Facts, Name, NodeId, Number, Program, Quantity, Scorecard, Type, Value,
    expr::{Arith, Function},
    facts::{Cell, Entry, Origin, TableFacts},
    schema::{Column, Field, FieldId, Interval, Shape, Table},
    scorecard::{Cause, Step},
    value::{DatumRef, Fault},
};
use heng_phrase::Phrase;

use crate::{mutate::literals, run::Bench};

/// How deep formulas are turned round.
const DEEPEST: u32 = 24;
/// How many combinations of corners are tried.
const TRIES: usize = 20_000;

/// Facts with which each expression comes to its value; none where they were not found.
#[must_use]
pub fn with_values(bench: Bench<'_>, goals: &[(ExprId, Value)]) -> Option<Facts> {
    for scale in [100, 1, 10_000, 1_000_000] {
        let mut turn = Turn { program: bench.program, scale: Number::from(scale), set: BTreeMap::new() };
        if !goals.iter().all(|(goal, value)| turn.bring(*goal, value, DEEPEST)) {
            continue;
        }
        let facts = filled(bench.program, &turn.set);
        let scripts: &dyn Scripts = bench.scripts;
        let card = evaluate(bench.program, &facts, &Context { calendar: bench.calendar, scripts });
        if goals.iter().all(|(goal, value)| shows(bench.program, &card, *goal, value)) {
            return Some(facts);
        }
    }
    None
}

/// Facts with which the score of a row lies outside its range, and that score.
#[must_use]
pub fn out_of_range(bench: Bench<'_>, node: NodeId) -> Option<(Facts, Number)> {
    let program = bench.program;
    let scripts: &dyn Scripts = bench.scripts;
    let read = evaluate(program, &filled(program, &BTreeMap::new()), &Context { calendar: bench.calendar, scripts });
    let mut fields: Vec<FieldId> = read.nodes.get(node.0 as usize)?.read.iter().map(|datum| datum.field).collect();
    fields.sort_unstable();
    fields.dedup();
    let axes: Vec<(FieldId, Vec<Value>)> = fields
        .into_iter()
        .map(|field| (field, corners(program, field)))
        .filter(|(_, tries)| !tries.is_empty())
        .collect();
    let all: usize = axes.iter().map(|(_, tries)| tries.len()).fold(1, usize::saturating_mul);
    (0..all.min(TRIES)).find_map(|number| {
        let mut rest = number;
        let mut set = BTreeMap::new();
        for (field, tries) in &axes {
            set.insert(*field, tries.get(rest % tries.len())?.clone());
            rest /= tries.len();
        }
        let facts = filled(program, &set);
        let card = evaluate_quietly(program, &facts, &Context { calendar: bench.calendar, scripts });
        let score = card.nodes.get(node.0 as usize)?;
        let outside = score.findings.iter().find_map(|finding| outside(&finding.cause));
        outside.map(|points| (facts, points))
    })
}

fn outside(cause: &Cause) -> Option<Number> {
    match cause {
        Cause::Fault(Fault::OutOfRange(points)) => Some(points.clone()),
        _ => None,
    }
}

/// Values of a datum at which scores lie outside their range, if anywhere.
fn corners(program: &Program, field: FieldId) -> Vec<Value> {
    let Some(Type::Quantity(quantity)) = program.schema.field(field).and_then(Field::scalar) else {
        return Vec::new();
    };
    let domain = program.schema.domain(DatumRef::field(field));
    let whole = matches!(quantity, Quantity::Count | Quantity::Year | Quantity::Days | Quantity::WorkingDays);
    let mut numbers = vec![Number::ZERO, Number::ONE, Number::from(100), Number::from(1_000_000)];
    numbers.extend([&domain.low, &domain.high].into_iter().flatten().map(|end| end.at.clone()));
    numbers.extend(literals(program, quantity));
    numbers.retain(|number| {
        let sensible = !number.is_negative() || domain.low.is_some();
        sensible && domain.contains(number) && (!whole || number.to_i64().is_some())
    });
    numbers.dedup();
    numbers.into_iter().take(12).map(Value::Number).collect()
}

/// Whether the scorecard shows the expression with the value, or a fault that is due to it.
fn shows(program: &Program, card: &Scorecard, goal: ExprId, value: &Value) -> bool {
    let grade = card.grade_trace.iter();
    card.nodes.iter().flat_map(|node| &node.trace).chain(grade).any(|step| shown(program, step, goal, value))
}

fn shown(program: &Program, step: &Step, goal: ExprId, value: &Value) -> bool {
    let same =
        |id: ExprId| id == goal || program.expr(id).map(|expr| expr.at) == program.expr(goal).map(|expr| expr.at);
    step.expr.is_some_and(same) && step.value == *value
        || step.parts.iter().any(|part| shown(program, part, goal, value))
}

/// Formulas turned round: what data must be for an expression to come to a value.
struct Turn<'a> {
    program: &'a Program,
    /// What a divisor is set to.
    scale: Number,
    set: BTreeMap<FieldId, Value>,
}

impl Turn<'_> {
    fn bring(&mut self, goal: ExprId, value: &Value, depth: u32) -> bool {
        let program = self.program;
        let Some(expr) = program.expr(goal).filter(|_| depth > 0) else { return false };
        match (&expr.kind, value) {
            (ExprKind::Literal(literal), value) => literal == value,
            (ExprKind::Field(field) | ExprKind::Rated(field), value) => self.field(*field, value),
            (ExprKind::Let(id), value) => {
                let Some(definition) = program.definition(*id) else { return false };
                self.bring(definition.value, value, depth - 1)
            }
            (ExprKind::Negate(of), Value::Number(number)) => {
                self.bring(*of, &Value::Number(-number.clone()), depth - 1)
            }
            (ExprKind::Arith(op, a, b), Value::Number(number)) => self.arith(*op, *a, *b, number, depth - 1),
            (ExprKind::Round { value: of, .. } | ExprKind::Limit { value: of, .. }, value) => {
                self.bring(*of, value, depth - 1)
            }
            (ExprKind::Call(Function::Largest | Function::Smallest, parts), value) => {
                parts.iter().all(|part| self.bring(*part, value, depth - 1))
            }
            _ => false,
        }
    }

    /// Sets a datum, if it may be so and is not yet otherwise.
    fn field(&mut self, field: FieldId, value: &Value) -> bool {
        let fits = match value {
            Value::Number(number) => {
                let whole = self.program.schema.field(field).and_then(Field::scalar).and_then(|ty| ty.quantity());
                let whole = matches!(whole, Some(Quantity::Count | Quantity::Year));
                self.program.schema.domain(DatumRef::field(field)).contains(number)
                    && number.decimal_text().is_some()
                    && (!whole || number.to_i64().is_some())
            }
            _ => true,
        };
        fits && *self.set.entry(field).or_insert_with(|| value.clone()) == *value
    }

    fn arith(&mut self, op: Arith, a: ExprId, b: ExprId, value: &Number, depth: u32) -> bool {
        let number = |number: Number| Value::Number(number);
        // One side is what it can only be; where both are free, the second is chosen.
        if let Some(fixed) = self.known(b, depth) {
            let wanted = match op {
                Arith::Add => Some(value - &fixed),
                Arith::Subtract => Some(value + &fixed),
                Arith::Multiply => value.checked_div(&fixed),
                Arith::Divide => Some(value * &fixed),
                Arith::Power => None,
            };
            return wanted.is_some_and(|wanted| self.bring(a, &number(wanted), depth));
        }
        if let Some(fixed) = self.known(a, depth) {
            let wanted = match op {
                Arith::Add => Some(value - &fixed),
                Arith::Subtract => Some(&fixed - value),
                Arith::Multiply => value.checked_div(&fixed),
                Arith::Divide => fixed.checked_div(value),
                Arith::Power => None,
            };
            return wanted.is_some_and(|wanted| self.bring(b, &number(wanted), depth));
        }
        let second = match op {
            Arith::Add => Number::ZERO,
            Arith::Multiply => Number::ONE,
            Arith::Subtract | Arith::Divide => self.scale.clone(),
            Arith::Power => return false,
        };
        self.bring(b, &number(second), depth) && self.arith(op, a, b, value, depth)
    }

    /// The number that an expression comes to whatever is set from now on.
    fn known(&self, id: ExprId, depth: u32) -> Option<Number> {
        let expr = self.program.expr(id).filter(|_| depth > 0)?;
        match &expr.kind {
            ExprKind::Literal(Value::Number(number)) => Some(number.clone()),
            ExprKind::Field(field) => self.set.get(field)?.as_number().cloned(),
            ExprKind::Let(id) => self.known(self.program.definition(*id)?.value, depth - 1),
            ExprKind::Negate(of) => self.known(*of, depth - 1).map(|number| -number),
            ExprKind::Arith(op, a, b) => {
                let (a, b) = (self.known(*a, depth - 1)?, self.known(*b, depth - 1)?);
                match op {
                    Arith::Add => Some(&a + &b),
                    Arith::Subtract => Some(&a - &b),
                    Arith::Multiply => Some(&a * &b),
                    Arith::Divide => a.checked_div(&b),
                    Arith::Power => None,
                }
            }
            _ => None,
        }
    }
}

/// Facts in which every datum has a plain value: those that are set, and for the others one that is
/// allowed.
fn filled(program: &Program, set: &BTreeMap<FieldId, Value>) -> Facts {
    let mut facts = Facts::missing(&program.schema);
    for (id, field) in program.schema.iter() {
        let entry = match &field.shape {
            Shape::Table(table) => Entry::Table(rows(program, table)),
            Shape::Rating(_) | Shape::Scalar(_) => {
                let ty = field.scalar().unwrap_or(Type::Text);
                let value = set
                    .get(&id)
                    .cloned()
                    .unwrap_or_else(|| plain(program, &ty, &program.schema.domain(DatumRef::field(id))));
                let mut cell = Cell::plain(value, Origin::default());
                if matches!(field.shape, Shape::Rating(_)) {
                    cell.reason = Some(Name::from("…"));
                    cell.evidence = Some(Name::from("…"));
                }
                Entry::Scalar(cell)
            }
        };
        facts.set(id, entry);
    }
    facts
}

/// As many rows as a table must have, one at least.
fn rows(program: &Program, table: &Table) -> TableFacts {
    let cell = |column: &Column, number: u32| match column.formula {
        Some(_) => Cell::missing(),
        None => {
            let free = Interval { low: None, high: None };
            let value = match &column.ty {
                Type::Text => Value::Text(Name::from(number.to_string().as_str())),
                ty => plain(program, ty, column.traits.domain.as_ref().unwrap_or(&free)),
            };
            Cell::plain(value, Origin::default())
        }
    };
    let rows = (1..=table.least_rows.max(1))
        .map(|number| table.columns.iter().map(|column| cell(column, number)).collect())
        .collect();
    TableFacts { state: None, rows, origin: Origin::default() }
}

/// A value that is allowed and says nothing.
fn plain(program: &Program, ty: &Type, domain: &Interval<Number>) -> Value {
    match ty {
        Type::Quantity(quantity) => {
            let usual = if *quantity == Quantity::Ratio { Number::ONE } else { Number::from(100) };
            let ends = [&domain.low, &domain.high].into_iter().flatten().map(|end| end.at.clone());
            let mut tries = vec![usual, Number::ONE, Number::scaled(5, 1), Number::ZERO];
            tries.extend(ends);
            let allowed = tries.into_iter().find(|number| domain.contains(number));
            Value::Number(allowed.unwrap_or(Number::ONE))
        }
        Type::Date => Value::Date(Date::constant(program.pack.year, 6, 30)),
        Type::Bool => Value::Bool(true),
        Type::Word(Some(list)) => {
            let first = program.schema.choice(*list).and_then(|list| list.words.first().cloned());
            Value::Text(first.unwrap_or_default())
        }
        _ => Value::Text(Name::from("甲")),
    }
}

/// A case with these facts as a rule file writes it; `expect` is its line under 期望.
#[must_use]
pub fn written(program: &Program, name: &str, facts: &Facts, expect: &str) -> String {
    let phrase = Phrase::new(program, heng_diag::Lang::Zh);
    let mut out = format!("用例 {name} {{\n");
    for (id, field) in program.schema.iter() {
        match facts.entry(id) {
            Some(Entry::Scalar(cell)) => {
                let ty = field.scalar().unwrap_or(Type::Text);
                if let Some(value) = &cell.value {
                    out.push_str(&format!("    {}：{}\n", field.dotted(), phrase.value(value, &ty)));
                }
            }
            Some(Entry::Table(rows)) => out.push_str(&table(&phrase, field, rows)),
            None => {}
        }
    }
    out.push_str(&format!("    期望 {{\n        {expect}\n    }}\n}}\n"));
    out
}

fn table(phrase: &Phrase<'_>, field: &Field, facts: &TableFacts) -> String {
    let columns = field.table().map(|table| table.columns.as_slice()).unwrap_or_default();
    let given = |column: &Column| column.formula.is_none();
    let heads: Vec<&str> = columns.iter().filter(|column| given(column)).map(|column| &*column.name).collect();
    let mut out = format!("    {} = 表格 {{\n        {}\n", field.dotted(), heads.join("｜"));
    for row in &facts.rows {
        let cells = columns.iter().zip(row).filter(|(column, _)| given(column));
        let texts = cells
            .map(|(column, cell)| cell.value.as_ref().map(|value| phrase.value(value, &column.ty)).unwrap_or_default());
        out.push_str(&format!("        {}\n", texts.collect::<Vec<_>>().join("｜")));
    }
    out.push_str("    }\n");
    out
}
