//! The values of a fact worth trying.

use std::collections::{BTreeMap, BTreeSet};

use heng_model::{
    ExprId, ExprKind, Facts, Number, Program, Value,
    expr::{Tally, TallyCount},
    facts::Entry,
    program::{BodyId, MethodCode},
    scorecard::Step,
    value::DatumRef,
};

use super::{axis::Axis, line::set, probe::Probe};

/// How many steps of a deduction are looked at.
const STEPS: i64 = 40;

/// How often the distance is quadrupled on the way outward.
const WIDER: u32 = 24;

/// The places worth trying, each on the grid of the axis.
pub(super) fn places(probe: &Probe<'_>, datum: DatumRef, axis: &Axis, now: Option<&Number>) -> BTreeSet<Number> {
    let mut found: Vec<Number> = Vec::new();
    let numbers = numbers(probe);
    found.extend([&axis.domain.low, &axis.domain.high].into_iter().flatten().map(|end| end.at.clone()));
    found.extend(other_facts(probe.program, probe.facts).iter().filter_map(|value| axis.place(value)));
    if !axis.is_days() {
        found.extend(numbers.iter().cloned());
    }
    if let Some(now) = now {
        found.extend(wider(axis, now));
        found.extend(meetings(probe, datum, axis, now, &numbers));
    }
    let mut places: BTreeSet<Number> = found.iter().flat_map(|place| axis.around(place)).collect();
    places.retain(|place| axis.domain.contains(place));
    places
}

/// Further and further away.
fn wider(axis: &Axis, now: &Number) -> Vec<Number> {
    let wide = if axis.is_days() { 6 } else { WIDER };
    let distances = (0..wide).map(|power| &axis.unit * &Number::from(1_i64 << (2 * power).min(62)));
    distances.flat_map(|distance| [now + &distance, now - &distance]).collect()
}

/// Every value that was handed in, one by one.
fn other_facts(program: &Program, facts: &Facts) -> Vec<Value> {
    let entries = program.schema.iter().filter_map(|(id, _)| facts.entry(id));
    let scalar = |entry: &Entry| match entry {
        Entry::Scalar(cell) => cell.value.clone(),
        Entry::Table(_) => None,
    };
    entries.filter_map(scalar).filter(|value| matches!(value, Value::Number(_) | Value::Date(_))).take(200).collect()
}

/// The numbers that stand in the rule of the indicator, nought among them, and what its deductions
/// make of them.
fn numbers(probe: &Probe<'_>) -> BTreeSet<Number> {
    let mut reading = Reading { program: probe.program, bodies: BTreeSet::new(), exprs: BTreeSet::new() };
    let body = probe.program.node(probe.node).and_then(|node| node.body);
    if let Some(body) = body {
        reading.body(body);
    }
    let mut found = BTreeSet::from([Number::ZERO, Number::ONE]);
    for id in reading.exprs {
        match probe.program.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Literal(Value::Number(number))) => {
                found.insert(number.clone());
            }
            Some(ExprKind::Tally(tally)) => found.extend(limits(probe.program, tally)),
            _ => {}
        }
    }
    found
}

/// Where the rows of a deduction count once more.
fn limits(program: &Program, tally: &Tally) -> Vec<Number> {
    let literal = |id: ExprId| match program.expr(id).map(|expr| &expr.kind) {
        Some(ExprKind::Literal(Value::Number(number))) => Some(number.clone()),
        _ => None,
    };
    let mut found = Vec::new();
    for row in &tally.rows {
        if let TallyCount::Beyond { limit, step, .. } = &row.count
            && let (Some(limit), Some(step)) = (literal(*limit), literal(*step))
        {
            found.extend((-STEPS..=STEPS).map(|count| &limit + &(&step * &Number::from(count))));
        }
    }
    found
}

/// Everything that stands in a rule.
struct Reading<'a> {
    program: &'a Program,
    bodies: BTreeSet<BodyId>,
    exprs: BTreeSet<ExprId>,
}

impl Reading<'_> {
    fn body(&mut self, id: BodyId) {
        let Some(body) = self.program.body(id).filter(|_| self.bodies.insert(id)) else { return };
        let mut waiting = vec![body.result];
        waiting.extend(body.cases.iter().flat_map(|case| [case.when, case.then]));
        waiting.extend(body.demands.iter().map(|demand| demand.need));
        while let Some(id) = waiting.pop() {
            let Some(expr) = self.program.expr(id).filter(|_| self.exprs.insert(id)) else { continue };
            waiting.extend(expr.kind.parts());
            match &expr.kind {
                ExprKind::Let(id) => waiting.extend(self.program.definition(*id).map(|found| found.value)),
                ExprKind::Each(each) => self.body(each.body),
                ExprKind::Method(method, _) => {
                    if let Some(MethodCode::Body(body)) = self.program.method(*method).map(|method| method.code) {
                        self.body(body);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Where a figure that is computed from the fact meets a number of the rule, or a figure that does
/// not depend on the fact. Such a figure is nearly always a fraction with the fact in numerator or
/// denominator, or both; four scorings tell whether it is, and where it meets what.
fn meetings(probe: &Probe<'_>, datum: DatumRef, axis: &Axis, now: &Number, numbers: &BTreeSet<Number>) -> Vec<Number> {
    let mut facts = probe.facts.clone();
    let mut figures = |place: &Number| -> BTreeMap<String, Number> {
        let Some(value) = axis.value(place).filter(|_| !axis.is_days()) else { return BTreeMap::new() };
        set(&mut facts, datum, value);
        let mut found = BTreeMap::new();
        flatten(&probe.steps(&facts), "", &mut found);
        found
    };
    let away = |units: i64| now + &(&axis.unit * &Number::from(units));
    let places = [now.clone(), away(1), away(2), away(-1)];
    let [zero, one, two, other] = places.each_ref().map(&mut figures);
    let [x0, x1, x2, x3] = &places;
    let fixed = zero.iter().filter(|(path, figure)| one.get(*path) == Some(*figure)).map(|(_, figure)| figure.clone());
    let targets: BTreeSet<Number> = fixed.chain(numbers.iter().cloned()).collect();
    let mut found = Vec::new();
    for (path, y0) in &zero {
        let (Some(y1), Some(y2), Some(y3)) = (one.get(path), two.get(path), other.get(path)) else { continue };
        let curve = Curve { x: [x0, x1, x2], y: [y0, y1, y2] };
        if y0 != y1 && curve.meets(y3).as_ref() == Some(x3) {
            found.extend(targets.iter().filter_map(|target| curve.meets(target)));
        }
    }
    found
}

/// A fraction of two straight lines, known by three of its points.
struct Curve<'a> {
    x: [&'a Number; 3],
    y: [&'a Number; 3],
}

impl Curve<'_> {
    /// Where it comes to `y`: the cross-ratio of four points is the same on both sides.
    fn meets(&self, y: &Number) -> Option<Number> {
        let ([x0, x1, x2], [y0, y1, y2]) = (self.x, self.y);
        if y == y2 {
            return Some(x2.clone());
        }
        let across = (&(y - y0) * &(y1 - y2)).checked_div(&(&(y - y2) * &(y1 - y0)))?;
        let factor = (&across * &(x1 - x0)).checked_div(&(x1 - x2))?;
        (x0 - &(&factor * x2)).checked_div(&(&Number::ONE - &factor))
    }
}

/// The numbers of all steps, each under the way that leads to it.
fn flatten(steps: &[Step], above: &str, found: &mut BTreeMap<String, Number>) {
    for (position, step) in steps.iter().enumerate() {
        let path = format!("{above}/{position}:{:?}", step.role);
        if let Value::Number(number) = &step.value {
            found.insert(path.clone(), number.clone());
        }
        flatten(&step.parts, &path, found);
    }
}

#[cfg(test)]
mod tests {
    use super::Curve;
    use heng_model::Number;

    #[test]
    fn a_curve_is_followed_to_where_it_meets_a_number() {
        // y = (2x + 1) ÷ (x + 3)
        let n = |number: i64| Number::from(number);
        let y = |x: i64| Number::ratio(i128::from(2 * x + 1), i128::from(x + 3)).unwrap_or(Number::ZERO);
        let (x, ys) = ([n(1), n(2), n(4)], [y(1), y(2), y(4)]);
        let curve = Curve { x: [&x[0], &x[1], &x[2]], y: [&ys[0], &ys[1], &ys[2]] };
        for at in [-1, 0, 3, 10, 1000] {
            assert_eq!(curve.meets(&y(at)), Some(n(at)));
        }
        assert_eq!(curve.meets(&n(2)), None, "it never comes to 2");
    }

    #[test]
    fn a_straight_line_is_a_curve_too() {
        let n = |number: i64| Number::from(number);
        let (x, y) = ([n(0), n(1), n(2)], [n(5), n(8), n(11)]);
        let curve = Curve { x: [&x[0], &x[1], &x[2]], y: [&y[0], &y[1], &y[2]] };
        assert_eq!(curve.meets(&n(305)), Some(n(100)));
    }
}
