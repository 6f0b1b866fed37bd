//! Divisions by something that can be nought. A real system replaced a zero budget by 1 and the
//! score exploded; here every divisor is nonzero by its domain, or a line before it says what
//! happens when it is nought.

use std::{
    cell::Cell,
    collections::{BTreeMap, HashSet},
};

use heng_diag::{Diagnostic, Span};
use heng_model::{
    Expr, ExprId, ExprKind, Number, Program, Value,
    expr::{Arith, BandCell, Bands, Compare, Fold, FoldOp, Logic, Test},
    program::{Body, BodyId, LetId, MethodCode, MethodId},
    schema::Interval,
};
use heng_phrase::Phrase;

use super::{
    constant::{constant, constant_range},
    domain::{self, mirrored},
    same::same,
    span,
};
use crate::{Aim, Goal, lower::Lowered, wording};

/// How many factors and summands of a divisor are looked at.
const FACTORS: u32 = 64;

/// Checks every division that a body can reach.
pub fn check(lowered: &Lowered, diagnostics: &mut Vec<Diagnostic>, aims: &mut Vec<Aim>) {
    let program = &lowered.program;
    let mut walk = Walk {
        program,
        diagnostics,
        known: Vec::new(),
        seen: HashSet::new(),
        reported: HashSet::new(),
        calls: BTreeMap::new(),
        method: None,
        zeros: BTreeMap::new(),
    };
    for node in &program.nodes {
        walk.known.clear();
        walk.seen.clear();
        let mut above = Vec::new();
        let mut at = node.parent.and_then(|parent| program.node(parent));
        while let Some(parent) = at {
            above.push(parent);
            at = parent.parent.and_then(|parent| program.node(parent));
        }
        for body in above.iter().rev().filter_map(|parent| program.body(parent.body?)) {
            walk.known.extend(body.cases.iter().map(|case| Known::Condition(case.when, false)));
        }
        let read = |body: &BodyId| !lowered.lossy.contains(body);
        let whole = above.iter().filter_map(|parent| parent.body.as_ref()).all(read);
        if let Some(body) = node.body.filter(read).filter(|_| whole) {
            walk.body(body);
        }
    }
    walk.formulas();
    walk.methods();
    let zeros = walk.zeros;
    aims.extend(diagnostics.iter().filter_map(|found| aim(found, &zeros)));
}

/// Facts in which the divisor of a finding is nought.
fn aim(found: &Diagnostic, zeros: &BTreeMap<(u16, u32, u32), ExprId>) -> Option<Aim> {
    let at = found.primary.as_ref().filter(|_| found.code == "number/zero-divisor")?.span;
    let divisor = *zeros.get(&place(at))?;
    let goal = Goal::Values(vec![(divisor, Value::Number(Number::ZERO))]);
    Some(Aim { code: found.code, title: found.title.clone(), at, goal })
}

fn place(at: Span) -> (u16, u32, u32) {
    (at.file.0, at.start, at.end)
}

/// What holds where an expression is computed.
#[derive(Clone, Copy)]
enum Known {
    /// A condition that holds, or does not.
    Condition(ExprId, bool),
    /// An expression that is not nought.
    NotZero(ExprId),
}

struct Walk<'a> {
    program: &'a Program,
    diagnostics: &'a mut Vec<Diagnostic>,
    known: Vec<Known>,
    seen: HashSet<(LetId, usize)>,
    reported: HashSet<ExprId>,
    /// Whether every call gives a method an argument that is not nought.
    calls: BTreeMap<(Option<MethodId>, u16), bool>,
    /// The method whose body is looked at.
    method: Option<MethodId>,
    /// The divisors that were found wanting, by the places of their divisions.
    zeros: BTreeMap<(u16, u32, u32), ExprId>,
}

impl Walk<'_> {
    /// The computed columns: a method may be called by one.
    fn formulas(&mut self) {
        let tables = self.program.schema.fields.iter().filter_map(heng_model::Field::table);
        let formulas: Vec<ExprId> =
            tables.flat_map(|table| table.columns.iter().filter_map(|column| column.formula)).collect();
        let said = self.diagnostics.len();
        for formula in formulas {
            self.known.clear();
            self.seen.clear();
            self.expr(formula);
        }
        self.diagnostics.truncate(said);
    }

    /// The methods, twice: what one gives another is known only when both were looked at.
    fn methods(&mut self) {
        let said = self.diagnostics.len();
        let from_nodes = std::mem::take(&mut self.calls);
        for round in 0..2 {
            if round == 1 {
                for (argument, nonzero) in &from_nodes {
                    let known = self.calls.entry(*argument).or_insert(true);
                    *known = *known && *nonzero;
                }
                self.diagnostics.truncate(said);
                self.reported.clear();
            }
            for (id, method) in (0u32..).map(MethodId).zip(&self.program.methods) {
                self.known.clear();
                self.seen.clear();
                self.method = Some(id);
                if let MethodCode::Body(body) = method.code {
                    self.body(body);
                }
            }
        }
        self.method = None;
    }

    fn body(&mut self, id: BodyId) {
        let Some(Body { cases, demands, result, .. }) = self.program.body(id).cloned() else { return };
        let depth = self.known.len();
        for case in &cases {
            self.expr(case.when);
            self.given(Known::Condition(case.when, true), case.then);
            self.known.push(Known::Condition(case.when, false));
        }
        for demand in &demands {
            self.expr(demand.need);
            self.known.push(Known::Condition(demand.need, true));
        }
        self.expr(result);
        self.known.truncate(depth);
    }

    fn given(&mut self, known: Known, then: ExprId) {
        self.known.push(known);
        self.expr(then);
        self.known.pop();
    }

    fn expr(&mut self, id: ExprId) {
        let Some(Expr { kind, .. }) = self.program.expr(id) else { return };
        match kind {
            ExprKind::Arith(Arith::Divide, a, b) => {
                self.expr(*a);
                self.expr(*b);
                self.divisor(id, *b);
            }
            ExprKind::Let(item) => {
                if self.seen.insert((*item, self.known.len()))
                    && let Some(item) = self.program.definition(*item)
                {
                    self.expr(item.value);
                }
            }
            ExprKind::Logic(op, parts) => self.logic(*op, parts),
            ExprKind::Bands(bands) => self.bands(bands),
            ExprKind::Each(each) => {
                self.expr(each.rows);
                self.body(each.body);
            }
            ExprKind::Fold(fold) => self.fold(fold),
            ExprKind::Method(method, arguments) => self.call(*method, arguments),
            other => other.parts().into_iter().for_each(|part| self.expr(part)),
        }
    }

    fn logic(&mut self, op: Logic, parts: &[ExprId]) {
        let depth = self.known.len();
        for part in parts {
            self.expr(*part);
            self.known.push(Known::Condition(*part, op == Logic::And));
        }
        self.known.truncate(depth);
    }

    /// A row is reached when the rows above did not fit and its own cells do.
    fn bands(&mut self, bands: &Bands) {
        let depth = self.known.len();
        bands.subjects.iter().for_each(|subject| self.expr(*subject));
        for row in &bands.rows {
            let here = self.known.len();
            for (index, cell) in row.cells.iter().enumerate() {
                match cell {
                    BandCell::When(condition) => {
                        self.expr(*condition);
                        self.known.push(Known::Condition(*condition, true));
                    }
                    BandCell::Range(range) if self.excludes_zero(range) => {
                        self.known.extend(bands.subjects.get(index).map(|subject| Known::NotZero(*subject)));
                    }
                    _ => {}
                }
            }
            self.expr(row.value);
            self.known.truncate(here);
            match row.cells.as_slice() {
                [BandCell::When(condition)] => self.known.push(Known::Condition(*condition, false)),
                [BandCell::OneOf(values)] if values.iter().any(|value| self.is_zero(*value)) => {
                    self.known.extend(bands.subjects.first().map(|subject| Known::NotZero(*subject)));
                }
                [BandCell::Range(range)] if self.includes_zero(range) => {
                    self.known.extend(bands.subjects.first().map(|subject| Known::NotZero(*subject)));
                }
                _ => {}
            }
        }
        self.known.truncate(depth);
    }

    fn fold(&mut self, fold: &Fold) {
        self.expr(fold.over);
        let depth = self.known.len();
        if let Some(ExprKind::Where(_, condition)) = self.program.expr(fold.over).map(|over| &over.kind) {
            self.known.push(Known::Condition(*condition, true));
        }
        fold.term.iter().chain(&fold.weight).for_each(|term| self.expr(*term));
        self.known.truncate(depth);
    }

    fn divisor(&mut self, division: ExprId, divisor: ExprId) {
        // What could not be read is neither nought nor not.
        let unread = self.program.expr(divisor).is_some_and(|divisor| divisor.ty == heng_model::Type::Never);
        if unread || self.nonzero(divisor) || !self.reported.insert(division) {
            return;
        }
        let Some(at) = self.program.expr(division).map(|expr| expr.at) else { return };
        let words = |lang| Phrase::new(self.program, lang);
        let zero = match self.program.expr(divisor).map(|divisor| divisor.ty.clone()) {
            Some(heng_model::Type::Quantity(quantity)) => quantity,
            _ => heng_model::Quantity::Plain,
        };
        let zh = words(heng_diag::Lang::Zh);
        let (divisor_zh, zero_zh) = (zh.expr(divisor), zh.number(&Number::ZERO, zero));
        let own = self.program.expr(divisor).map_or_else(|| span(at), |divisor| span(divisor.at));
        self.zeros.insert(place(span(at)), divisor);
        self.diagnostics.push(wording::zero_divisor(&zh.expr(division), span(at), own, &divisor_zh, &zero_zh));
    }

    fn nonzero(&self, id: ExprId) -> bool {
        self.nonzero_within(id, &Cell::new(FACTORS))
    }

    fn nonzero_within(&self, id: ExprId, steps: &Cell<u32>) -> bool {
        let Some(left) = steps.get().checked_sub(1) else { return false };
        steps.set(left);
        let nonzero = |id: ExprId| self.nonzero_within(id, steps);
        if let Some(value) = constant(self.program, id, None) {
            return !value.is_zero();
        }
        if !domain::of(self.program, id).contains(&Number::ZERO) {
            return true;
        }
        if self.known.iter().any(|known| self.implies(*known, id)) {
            return true;
        }
        match self.program.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Let(item)) => self.program.definition(*item).is_some_and(|item| nonzero(item.value)),
            Some(ExprKind::Arith(Arith::Multiply | Arith::Divide, a, b)) => nonzero(*a) && nonzero(*b),
            Some(ExprKind::Arith(Arith::Add, a, b)) => {
                let low = |id: ExprId| domain::of(self.program, id).low.is_some_and(|low| !low.at.is_negative());
                low(*a) && low(*b) && (nonzero(*a) || nonzero(*b) || self.one_of(&[*a, *b]))
            }
            Some(ExprKind::Argument(position)) => self.calls.get(&(self.method, *position)).copied().unwrap_or(false),
            Some(ExprKind::Negate(of)) => nonzero(*of),
            Some(ExprKind::FullMarks) => true,
            Some(ExprKind::Fold(fold)) if fold.op == FoldOp::Count => self.not_empty(fold.over),
            _ => false,
        }
    }

    /// Whether it is known that not all of these are nought: that they were was an earlier line's case,
    /// or that one is not is a condition.
    fn one_of(&self, terms: &[ExprId]) -> bool {
        let not_all = |known: &Known| {
            let Known::Condition(condition, holds) = known else { return false };
            let Some(ExprKind::Logic(op, parts)) = self.program.expr(*condition).map(|expr| &expr.kind) else {
                return false;
            };
            let decides = (*op == Logic::And && !holds) || (*op == Logic::Or && *holds);
            let about_one = |part: &ExprId| terms.iter().any(|term| self.condition_implies(*part, *holds, *term));
            decides && parts.iter().all(about_one)
        };
        self.known.iter().any(not_all)
    }

    /// Notes whether the arguments of a call can be nought: a method divides by what its callers give.
    fn call(&mut self, method: MethodId, arguments: &[ExprId]) {
        for (position, argument) in (0u16..).zip(arguments) {
            self.expr(*argument);
            let nonzero = self.nonzero(*argument);
            let known = self.calls.entry((Some(method), position)).or_insert(true);
            *known = *known && nonzero;
        }
    }

    /// Whether a table is known to have rows.
    fn not_empty(&self, rows: ExprId) -> bool {
        self.known.iter().any(|known| match known {
            Known::Condition(condition, holds) => match self.program.expr(*condition).map(|expr| &expr.kind) {
                Some(ExprKind::Is(Test::Empty, of)) => !holds && same(self.program, *of, rows),
                Some(ExprKind::Is(Test::NotEmpty, of)) => *holds && same(self.program, *of, rows),
                _ => false,
            },
            Known::NotZero(_) => false,
        })
    }

    /// Whether what is known makes `id` nonzero.
    fn implies(&self, known: Known, id: ExprId) -> bool {
        match known {
            Known::NotZero(other) => same(self.program, other, id),
            Known::Condition(condition, holds) => self.condition_implies(condition, holds, id),
        }
    }

    fn condition_implies(&self, condition: ExprId, holds: bool, id: ExprId) -> bool {
        match self.program.expr(condition).map(|expr| &expr.kind) {
            Some(ExprKind::Logic(Logic::And, parts)) if holds => {
                parts.iter().any(|part| self.condition_implies(*part, true, id))
            }
            Some(ExprKind::Logic(Logic::Or, parts)) if !holds => {
                parts.iter().any(|part| self.condition_implies(*part, false, id))
            }
            Some(ExprKind::Not(of)) => self.condition_implies(*of, !holds, id),
            Some(ExprKind::Let(item)) => {
                self.program.definition(*item).is_some_and(|item| self.condition_implies(item.value, holds, id))
            }
            Some(ExprKind::Compare(op, a, b)) => {
                let against = |value: ExprId, op: Compare, other: ExprId| {
                    let Some(other) = constant(self.program, other, None) else { return false };
                    same(self.program, value, id) && rules_out_zero(op, holds, &other)
                };
                against(*a, *op, *b) || against(*b, mirrored(*op), *a)
            }
            Some(ExprKind::InRange(value, range)) => {
                holds && same(self.program, *value, id) && self.excludes_zero(range)
            }
            _ => false,
        }
    }

    fn is_zero(&self, id: ExprId) -> bool {
        constant(self.program, id, None).is_some_and(|value| value.is_zero())
    }

    fn excludes_zero(&self, range: &Interval<ExprId>) -> bool {
        constant_range(self.program, range).is_some_and(|range| !range.contains(&Number::ZERO))
    }

    fn includes_zero(&self, range: &Interval<ExprId>) -> bool {
        constant_range(self.program, range).is_some_and(|range| range.contains(&Number::ZERO))
    }
}

/// Whether `x op other` being so (or not) means that x is not nought.
fn rules_out_zero(op: Compare, holds: bool, other: &Number) -> bool {
    let zero_fits = match op {
        Compare::Equal => other.is_zero(),
        Compare::NotEqual => !other.is_zero(),
        Compare::Less => other.signum() > 0,
        Compare::AtMost => other.signum() >= 0,
        Compare::Greater => other.signum() < 0,
        Compare::AtLeast => other.signum() <= 0,
    };
    zero_fits != holds
}
