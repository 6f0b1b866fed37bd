//! What is rounded to stated places. Where everything under the rounding is exact, so is the rounding.
//! Where a root or a logarithm never ends, the value is enclosed between two decimals, with more and
//! more digits until both ends round to the same; then the digits are proven. Where they never do,
//! the value stands on the boundary itself and the rule must decide it otherwise: a fault, no guess.

use std::rc::Rc;

use heng_model::{
    ExprKind, Number, Rounding, Value,
    expr::{Arith, ExprId, Fold, FoldOp, Function},
    program::LetId,
    scorecard::{Cause, Role},
    value::Fault,
};

use crate::{
    aggregate, arith,
    enclosure::Enclosure,
    engine::{Engine, ordinal},
    frame::Scope,
    halt::{Eval, Halt, Site},
    root,
};

/// How many digits are computed first beyond the places that are kept.
const SPARE: u32 = 14;
/// How often their number is doubled before the value counts as standing on a boundary.
const ATTEMPTS: u32 = 5;

/// To what a value is rounded.
#[derive(Clone, Copy)]
pub(crate) struct Rounded<'a> {
    pub places: u32,
    pub mode: Rounding,
    pub unit: &'a Number,
}

impl Engine<'_> {
    /// 保留n位 and its like.
    pub fn rounded(&mut self, value: ExprId, to: &Rounded<'_>, scope: &Scope, site: Site) -> Eval {
        let fixed =
            |number: &Number| arith::round(number, to.places, to.mode, to.unit).map_err(|fault| site.fault(fault));
        match self.attempted(ends, |engine| engine.number(0, value, scope, site)) {
            Err(halt) if never_ends(&halt) => {}
            plain => return fixed(&plain?).map(Value::Number),
        }
        let mut digits = to.places.saturating_add(SPARE);
        for _ in 0..ATTEMPTS {
            // `None` while the two ends of what is known round to different numbers.
            let settled = |found: &Eval<Option<Number>>| !matches!(found, Ok(None));
            let found = self.attempted(settled, |engine| {
                let found = match engine.enclosed_part(0, value, scope, digits) {
                    Err(halt) if is_fault(&halt, &Fault::Precision) => return Ok(None),
                    found => found?,
                };
                let number = fixed(&found.low)?;
                Ok((number == fixed(&found.high)?).then_some(number))
            })?;
            if let Some(number) = found {
                return Ok(Value::Number(number));
            }
            digits = digits.saturating_mul(2);
        }
        Err(site.fault(Fault::Precision))
    }

    /// An operand between two decimals, shown as a step with the digits that are sure.
    fn enclosed_part(&mut self, position: usize, id: ExprId, scope: &Scope, digits: u32) -> Eval<Enclosure> {
        self.enclosed_as(Role::Operand(ordinal(position)), id, scope, digits)
    }

    fn enclosed_as(&mut self, role: Role, id: ExprId, scope: &Scope, digits: u32) -> Eval<Enclosure> {
        let mut found = None;
        self.recorded(role, Some(id), |engine| {
            let enclosure = engine.enclosed(id, scope, digits)?;
            let shown = shown(&enclosure, digits);
            found = Some(enclosure);
            Ok(Value::Number(shown))
        })?;
        let site = Site { id, at: self.program.expr(id).map(|expr| expr.at).unwrap_or_default() };
        found.ok_or_else(|| site.misfit())
    }

    /// An expression between two decimals.
    fn enclosed(&mut self, id: ExprId, scope: &Scope, digits: u32) -> Eval<Enclosure> {
        let program = self.program;
        let plain = self.attempted(ends, |engine| engine.eval(id, scope));
        let Some(expr) = program.expr(id) else { return Err(Site { id, at: Default::default() }.misfit()) };
        let site = Site { id, at: expr.at };
        match plain {
            Err(halt) if never_ends(&halt) => {}
            plain => {
                let Value::Number(number) = plain? else { return Err(site.misfit()) };
                return Ok(Enclosure::exact(number));
            }
        }
        match &expr.kind {
            ExprKind::Negate(of) => Ok(self.enclosed_part(0, *of, scope, digits)?.negated()),
            ExprKind::Arith(operator, a, b) => {
                let a = self.enclosed_part(0, *a, scope, digits)?;
                let b = self.enclosed_part(1, *b, scope, digits)?;
                combined(*operator, &a, b, digits).map_err(|fault| site.fault(fault))
            }
            ExprKind::Limit { most, value, bound } => {
                let value = self.enclosed_part(0, *value, scope, digits)?;
                Ok(value.limited(self.enclosed_part(1, *bound, scope, digits)?, *most))
            }
            ExprKind::Let(definition) => self.enclosed_definition(*definition, scope, site, digits),
            ExprKind::Peer(peer) => self.enclosed_peer(peer, site, digits),
            ExprKind::Call(function, parts) => self.enclosed_call(*function, parts, scope, site, digits),
            ExprKind::Fold(fold) if fold.op == FoldOp::GeometricMean => self.enclosed_mean(fold, scope, site, digits),
            _ => Err(site.fault(Fault::Unrounded)),
        }
    }

    fn enclosed_definition(&mut self, id: LetId, scope: &Scope, site: Site, digits: u32) -> Eval<Enclosure> {
        let definition = self.program.definition(id).ok_or_else(|| site.misfit())?;
        let there = Scope::of(Rc::clone(&scope.frame.find(definition.body)), scope.reading);
        self.enclosed_as(Role::Let(id), definition.value, &there, digits)
    }

    fn enclosed_call(
        &mut self,
        function: Function,
        parts: &[ExprId],
        scope: &Scope,
        site: Site,
        digits: u32,
    ) -> Eval<Enclosure> {
        let mut values = Vec::new();
        for (position, part) in parts.iter().enumerate() {
            values.push(self.enclosed_part(position, *part, scope, digits)?);
        }
        let found = match (function, values.as_slice()) {
            (Function::Ln, [of]) => of.ln(digits),
            (Function::Log10, [of]) => log10(of, digits),
            (Function::SquareRoot, [of]) => of.root(2, digits),
            (Function::Root, [of, degree]) => root::degree(&degree.low).and_then(|degree| of.root(degree, digits)),
            _ => Err(Fault::Unrounded),
        };
        found.map_err(|fault| site.fault(fault))
    }

    /// 几何平均: the values themselves are exact.
    fn enclosed_mean(&mut self, fold: &Fold, scope: &Scope, site: Site, digits: u32) -> Eval<Enclosure> {
        let values = Fold { op: FoldOp::List, ..fold.clone() };
        let Value::List(values) = self.fold(&values, scope, site)? else { return Err(site.misfit()) };
        let numbers = aggregate::numbers(&values).map_err(|fault| site.fault(fault))?;
        let degree = u32::try_from(numbers.len()).map_err(|_| site.misfit())?;
        let product = numbers.into_iter().fold(Number::ONE, |product, number| &product * &number);
        Enclosure::exact(product).root(degree, digits).map_err(|fault| site.fault(fault))
    }
}

fn combined(operator: Arith, a: &Enclosure, b: Enclosure, digits: u32) -> Result<Enclosure, Fault> {
    match operator {
        Arith::Add => Ok(a.plus(&b)),
        Arith::Subtract => Ok(a.plus(&b.negated())),
        Arith::Multiply => Ok(a.times(&b, digits)),
        Arith::Divide => Ok(a.times(&b.inverse(digits)?, digits)),
        Arith::Power if b.low == b.high => a.power(&b.low, digits),
        Arith::Power => Err(Fault::Unrounded),
    }
}

fn log10(of: &Enclosure, digits: u32) -> Result<Enclosure, Fault> {
    let ten = Enclosure::exact(Number::from(10)).ln(digits)?;
    Ok(of.ln(digits)?.times(&ten.inverse(digits)?, digits))
}

/// What a step shows of a number that never ends: the digits that are likely kept, not all that were
/// computed.
fn shown(found: &Enclosure, digits: u32) -> Number {
    if found.low == found.high { found.low.clone() } else { found.low.round(digits / 2, Rounding::HalfUp) }
}

/// Whether a computation came to an end, and be it a bad one, without a number that never does.
fn ends<T>(found: &Eval<T>) -> bool {
    !matches!(found, Err(halt) if never_ends(halt))
}

fn never_ends(halt: &Halt) -> bool {
    is_fault(halt, &Fault::Unrounded)
}

fn is_fault(halt: &Halt, wanted: &Fault) -> bool {
    matches!(halt, Halt::Verdict(_, Cause::Fault(fault), _) if fault == wanted)
}
