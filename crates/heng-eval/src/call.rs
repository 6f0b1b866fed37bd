//! Built-in functions, methods, and custom checks.

use std::rc::Rc;

use heng_model::{
    FieldId, Name, Number, Type, Value,
    expr::{ExprId, Function},
    program::{BodyId, Method, MethodCode, MethodId, Parameter, ScriptId},
    scorecard::{Cause, Finding, Role, Step},
    value::Fault,
};

use crate::{
    aggregate, arith,
    engine::{Engine, ordinal},
    frame::{Frame, Scope, Slot, Thunk},
    halt::{Eval, Halt, Site},
    list, root,
    script::{ScriptArgument, ScriptCall, ScriptRow},
};

impl Engine<'_> {
    /// A built-in function of plain values.
    pub fn function(&mut self, function: Function, arguments: &[ExprId], scope: &Scope, site: Site) -> Eval {
        let mut values = Vec::new();
        for (position, argument) in arguments.iter().enumerate() {
            values.push(self.operand(position, *argument, scope)?);
        }
        match (function, values.as_slice()) {
            (Function::WorkingDaysBetween, [Value::Date(from), Value::Date(to)]) => {
                let days = self.calendar(*from, site)?.working_days_between(*from, *to);
                let days = days.map_err(|missing| site.fault(Fault::NoCalendar(missing.0)))?;
                Ok(Value::Number(Number::from(days)))
            }
            (function, values) => plain_function(function, values).map_err(|fault| site.fault(fault)),
        }
    }

    /// A method of the pack.
    pub fn method(&mut self, id: MethodId, arguments: &[ExprId], scope: &Scope, site: Site) -> Eval {
        let method = self.program.method(id).ok_or_else(|| site.misfit())?;
        if arguments.len() != method.parameters.len() {
            return Err(site.misfit());
        }
        let frame = Rc::new(self.method_frame(method, arguments, scope));
        let mut values = Vec::new();
        for (position, (argument, parameter)) in arguments.iter().zip(&method.parameters).enumerate() {
            values.push(self.bind(&frame, position, *argument, parameter, scope)?);
        }
        let result = match method.code {
            MethodCode::Body(body) => self.method_body(id, body, frame, scope, site),
            MethodCode::Script(script) => self.script(id, script, values, arguments, scope, site),
        }?;
        match (&method.range, &result) {
            (Some(range), Value::Number(number)) if !range.contains(number) => {
                Err(site.fault(Fault::OutOfRange(number.clone())))
            }
            _ => Ok(result),
        }
    }

    /// A method sees its arguments and the pack's definitions; its 满分 and 下级 are the caller's.
    fn method_frame(&self, method: &Method, arguments: &[ExprId], scope: &Scope) -> Frame {
        let body = match method.code {
            MethodCode::Body(body) => Some(body),
            MethodCode::Script(_) => None,
        };
        let thunk = |expr: &ExprId| Thunk { expr: *expr, frame: Rc::clone(&scope.frame), row: scope.row.clone() };
        Frame::new(body, Some(self.root()), scope.frame.node, scope.frame.full.clone())
            .called_with(arguments.iter().map(thunk).collect())
    }

    /// The value of an argument. A state spreads, unless the parameter is 可缺: then it is handed through.
    fn bind(&mut self, frame: &Frame, position: usize, argument: ExprId, parameter: &Parameter, scope: &Scope) -> Eval {
        let caller = scope.settling(false);
        let site = Site { id: argument, at: self.program.expr(argument).map(|expr| expr.at).unwrap_or_default() };
        let slot = Slot::Argument(u16::try_from(position).map_err(|_| site.misfit())?);
        let bound = self.recorded(Role::Operand(ordinal(position)), Some(argument), |engine| {
            engine.once(frame, slot, caller.reading, site, |engine| engine.eval(argument, &caller))
        });
        match bound {
            Err(halt) => match *halt {
                Halt::State(state, datum, _) if parameter.optional => Ok(Value::State(state, datum)),
                _ => Err(halt),
            },
            bound => bound,
        }
    }

    fn method_body(&mut self, id: MethodId, body: BodyId, frame: Rc<Frame>, scope: &Scope, site: Site) -> Eval {
        let inside = Scope::of(frame, scope.reading);
        let result = self.program.body(body).map(|body| body.result);
        self.recorded(Role::Method(id), result, |engine| engine.body(body, &inside, site).value)
    }

    fn script(
        &mut self,
        id: MethodId,
        script: ScriptId,
        values: Vec<Value>,
        arguments: &[ExprId],
        scope: &Scope,
        site: Site,
    ) -> Eval {
        let program = self.program;
        let (Some(method), Some(script)) = (program.method(id), program.script(script)) else {
            return Err(site.misfit());
        };
        let mut handed = Vec::new();
        for (value, argument) in values.into_iter().zip(arguments) {
            handed.push(match value {
                Value::Rows(table, rows) => ScriptArgument::Rows(self.script_rows(table, &rows, scope, site)),
                value => {
                    let ty = program.expr(*argument).map_or(Type::Never, |expr| expr.ty.clone());
                    ScriptArgument::Value { value, ty }
                }
            });
        }
        let answer = self
            .context
            .scripts
            .run(&ScriptCall { script, method, arguments: handed })
            .map_err(|text| site.fault(Fault::Script(text)))?;
        for message in answer.findings {
            self.said(id, message, &answer.value, site);
        }
        match answer.value {
            Value::State(state, datum) => Err(Box::new(Halt::State(state, datum, site.at))),
            Value::Verdict(verdict, None) => Err(site.verdict(verdict)),
            Value::Verdict(verdict, Some(fault)) => Err(Box::new(Halt::Verdict(verdict, Cause::Fault(fault), site.at))),
            value if is_of(&value, &method.ty) => Ok(value),
            _ => Err(site.misfit()),
        }
    }

    fn said(&mut self, method: MethodId, message: Name, value: &Value, site: Site) {
        if self.recording {
            let role = Role::Said(message.clone());
            self.journal.steps.push(Step { role, expr: None, value: value.clone(), parts: Vec::new() });
        }
        self.journal.findings.push(Finding { verdict: None, cause: Cause::Script { method, message }, at: site.at });
    }

    /// The rows of a table with all their cells. What is handed over is read, but its steps are the
    /// script's own affair.
    fn script_rows(&mut self, table: FieldId, rows: &[u32], scope: &Scope, site: Site) -> Vec<ScriptRow> {
        let program = self.program;
        let columns =
            program.schema.field(table).and_then(|field| field.table()).map_or(&[][..], |table| &table.columns);
        let (rows, journal) = self.captured(|engine| {
            let row = |engine: &mut Self, row: u32| {
                let cells = (0u16..).zip(columns).map(|(position, column)| {
                    let value = engine.cell_of_row(table, row, position, scope, site);
                    (column.name.clone(), value.unwrap_or_else(|halt| halt.value()), column.ty.clone())
                });
                ScriptRow { number: row.saturating_add(1), cells: cells.collect() }
            };
            rows.iter().map(|index| row(engine, *index)).collect()
        });
        self.journal.append_silently(&journal);
        rows
    }
}

fn plain_function(function: Function, values: &[Value]) -> Result<Value, Fault> {
    match (function, values) {
        (Function::Largest, values) => aggregate::extreme(&spread(values), true),
        (Function::Smallest, values) => aggregate::extreme(&spread(values), false),
        (Function::Absolute, [Value::Number(number)]) => Ok(Value::Number(number.abs())),
        (Function::DaysBetween, [from @ Value::Date(_), to @ Value::Date(_)]) => {
            arith::distance(from, to).map(Value::Number).ok_or(Fault::Domain)
        }
        (Function::YearOf, [Value::Date(day)]) => Ok(Value::Number(Number::from(i64::from(day.year())))),
        (Function::Ln, [Value::Number(number)]) => root::ln(number).map(Value::Number),
        (Function::Log10, [Value::Number(number)]) => root::log10(number).map(Value::Number),
        (Function::SquareRoot, [Value::Number(number)]) => root::nth_root(number, 2).map(Value::Number),
        (Function::Root, [Value::Number(number), Value::Number(degree)]) => {
            root::nth_root(number, root::degree(degree)?).map(Value::Number)
        }
        (Function::Sorted, values) => sorted(spread(values)),
        (Function::Joined, values) => joined(&spread(values)),
        (function, [Value::List(list), rest @ ..]) => list::function(function, list, rest),
        _ => Err(Fault::Domain),
    }
}

/// The arguments, lists taken apart.
fn spread(values: &[Value]) -> Vec<Value> {
    let parts = |value: &Value| match value {
        Value::List(values) => values.clone(),
        value => vec![value.clone()],
    };
    values.iter().flat_map(parts).collect()
}

/// Numbers, dates or words in ascending order; words in the order of their characters.
fn sorted(mut values: Vec<Value>) -> Result<Value, Fault> {
    let comparable = |value: &Value| match (values.first(), value) {
        (Some(Value::Text(_)), Value::Text(_)) => true,
        (Some(first), value) => arith::order(first, value).is_some(),
        (None, _) => false,
    };
    if !values.iter().all(comparable) {
        return Err(Fault::Domain);
    }
    values.sort_by(|a, b| match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (a, b) => arith::order(a, b).unwrap_or(std::cmp::Ordering::Equal),
    });
    Ok(Value::List(values))
}

fn joined(values: &[Value]) -> Result<Value, Fault> {
    let word = |value: &Value| match value {
        Value::Text(word) => Ok(word.to_string()),
        _ => Err(Fault::Domain),
    };
    let words: Vec<String> = values.iter().map(word).collect::<Result<_, _>>()?;
    Ok(Value::Text(words.concat().into()))
}

/// Whether a script's answer is of the declared type.
fn is_of(value: &Value, ty: &Type) -> bool {
    match (value, ty) {
        (Value::Number(_), Type::Quantity(_))
        | (Value::Date(_), Type::Date)
        | (Value::Bool(_), Type::Bool)
        | (Value::Text(_), Type::Text | Type::Word(_)) => true,
        (Value::List(values), Type::List(ty)) => values.iter().all(|value| is_of(value, ty)),
        _ => false,
    }
}
