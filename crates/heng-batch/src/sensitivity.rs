//! How much ranks and grades hang on the numbers of the rules: points that are drawn anew within a range, thresholds
//! moved by a step, indicators left out in turn. What stays in its place through all of it is solid.
//!
//! Points are varied on the scores, not on the rules: an indicator keeps the share of its points that it reached, and
//! all are scaled back to full marks. What groups make of their indicators beyond the sum stays as it is.
//! Thresholds are varied in the compiled rules, one at a time, up and down.

use std::collections::BTreeSet;

use heng_diag::Text;
use heng_model::{
    ExprId, ExprKind, Name, NodeId, Number, Program, Value,
    expr::{BandCell, Bands},
};

use crate::{
    impact::{shares::Source, thresholds},
    run::Rules,
    totals::{Read, Scored, places, score},
    wording::sensitivity as words,
};

/// What is varied, and how far.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Points go up or down by so much of themselves at most.
    pub points: Number,
    /// How often points are drawn.
    pub rounds: usize,
    /// What they are drawn from.
    pub seed: u64,
    /// Thresholds are moved by so much of themselves.
    pub step: Number,
    /// How many threads score.
    pub threads: usize,
}

/// One variation and what came of it.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What was varied.
    pub name: Text,
    /// Departments with another place.
    pub moved: usize,
    /// The farthest that one moved.
    pub farthest: usize,
    /// Departments with another grade; none where the rules give none.
    pub regraded: usize,
}

/// A department through all variations.
#[derive(Clone, Debug)]
pub struct Department {
    /// Its key.
    pub key: String,
    /// Its place.
    pub place: usize,
    /// Its best and its worst place.
    pub range: (usize, usize),
    /// Its grade.
    pub grade: Option<Name>,
    /// Its other grades.
    pub others: BTreeSet<Name>,
    /// Its total.
    pub total: Number,
}

/// What came of all.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// Points drawn anew, all rounds together.
    pub points: Variant,
    /// Thresholds moved, one at a time.
    pub thresholds: Vec<Variant>,
    /// Indicators left out in turn.
    pub dropped: Vec<Variant>,
    /// The departments with a decided total, by place.
    pub departments: Vec<Department>,
    /// Departments without one.
    pub open: usize,
    /// Whether the grade hangs on fixed lines of the total. Otherwise it is followed where thresholds move alone.
    pub graded_by_lines: bool,
}

struct Work<'a> {
    rules: Rules<'a>,
    reads: &'a [Read],
    base: Vec<Scored>,
    leaves: Vec<(NodeId, Number)>,
    full: Number,
    /// Lines of the grade.
    lines: Vec<Number>,
    departments: Vec<Option<Department>>,
}

/// Varies the rules over these departments.
#[must_use]
pub fn vary(rules: Rules<'_>, reads: &[Read], plan: &Plan) -> Sensitivity {
    let base = score(rules, reads, plan.threads);
    let totals: Vec<Option<Number>> = base.iter().map(|one| one.total().cloned()).collect();
    let places = places(&totals);
    let leaves = rules.program.tree().filter(|(_, node)| node.children.is_empty() && node.full.signum() > 0);
    let leaves = leaves.map(|(id, node)| (id, node.full.clone())).collect();
    let full = rules.program.root().map_or(Number::ZERO, |root| root.full.clone());
    let departments = reads.iter().zip(&base).zip(&places).map(|((read, scored), place)| {
        Some(Department {
            key: read.key.clone(),
            place: (*place)?,
            range: ((*place)?, (*place)?),
            grade: scored.grade.clone(),
            others: BTreeSet::new(),
            total: scored.total()?.clone(),
        })
    });
    let departments = departments.collect();
    let lines = thresholds(rules.program);
    let mut work = Work { rules, reads, base, leaves, full, lines, departments };
    let points = work.points(plan);
    let moved = work.thresholds(plan);
    let dropped = work.dropped();
    let mut departments: Vec<Department> = work.departments.into_iter().flatten().collect();
    departments.sort_by_key(|one| one.place);
    let open = reads.len() - departments.len();
    Sensitivity { points, thresholds: moved, dropped, departments, open, graded_by_lines: !work.lines.is_empty() }
}

impl Work<'_> {
    /// Takes in what the departments came to under a variation. Grades are those of the line that the total reaches
    /// where `grades` says nothing.
    fn take(&mut self, variant: &mut Variant, totals: &[Option<Number>], grades: Option<&[Scored]>) {
        let new = places(totals);
        let (mut moved, mut regraded) = (0, 0);
        for (at, department) in self.departments.iter_mut().enumerate() {
            let (Some(one), Some(Some(place))) = (department, new.get(at)) else { continue };
            let far = one.place.abs_diff(*place);
            moved += usize::from(far > 0);
            variant.farthest = variant.farthest.max(far);
            one.range = (one.range.0.min(*place), one.range.1.max(*place));
            let grade = match grades {
                Some(scored) => scored.get(at).and_then(|scored| scored.grade.clone()),
                None => {
                    totals.get(at).and_then(Option::as_ref).and_then(|total| graded(&self.lines, &self.base, total))
                }
            };
            if let Some(grade) = grade.filter(|grade| one.grade.as_ref().is_some_and(|own| own != grade)) {
                one.others.insert(grade);
                regraded += 1;
            }
        }
        variant.moved = variant.moved.max(moved);
        variant.regraded = variant.regraded.max(regraded);
    }

    /// The total with other weights of the leaves.
    fn weighted(&self, scored: &Scored, weights: &[Number]) -> Option<Number> {
        let total = scored.total()?;
        let (mut sum, mut full, mut plain) = (Number::ZERO, Number::ZERO, Number::ZERO);
        for ((leaf, marks), weight) in self.leaves.iter().zip(weights) {
            // What does not apply has no points and no full marks here.
            let Some(points) = scored.points.get(leaf.0 as usize).and_then(Option::as_ref) else { continue };
            sum = &sum + &(points * weight);
            full = &full + &(marks * weight);
            plain = &plain + points;
        }
        let rest = total - &plain;
        Some(&(&sum * &self.full).checked_div(&full)? + &rest)
    }

    fn all(&self, weights: &[Number]) -> Vec<Option<Number>> {
        self.base.iter().map(|scored| self.weighted(scored, weights)).collect()
    }

    fn points(&mut self, plan: &Plan) -> Variant {
        let mut variant = new_variant(words::points(&plan.points, plan.rounds, plan.seed));
        let mut source = Source(plan.seed);
        for _ in 0..plan.rounds {
            let weights: Vec<Number> = self.leaves.iter().map(|_| factor(&mut source, &plan.points)).collect();
            let totals = self.all(&weights);
            self.take(&mut variant, &totals, None);
        }
        variant
    }

    fn dropped(&mut self) -> Vec<Variant> {
        let count = self.leaves.len();
        let mut found = Vec::new();
        for out in 0..count {
            let weights: Vec<Number> =
                (0..count).map(|at| if at == out { Number::ZERO } else { Number::ONE }).collect();
            let name = self.leaves.get(out).and_then(|(id, _)| self.rules.program.node(*id));
            let mut variant = new_variant(words::dropped(name.map_or("", |node| &node.name)));
            let totals = self.all(&weights);
            self.take(&mut variant, &totals, None);
            found.push(variant);
        }
        found
    }

    fn thresholds(&mut self, plan: &Plan) -> Vec<Variant> {
        let mut found = Vec::new();
        for (node, exprs, at) in fixed_ends(self.rules.program) {
            for up in [true, false] {
                let factor = if up { &Number::ONE + &plan.step } else { &Number::ONE - &plan.step };
                let program = moved(self.rules.program, &exprs, &(&at * &factor));
                let rules = Rules { program: &program, ..self.rules };
                let scored = score(rules, self.reads, plan.threads);
                let totals: Vec<Option<Number>> = scored.iter().map(|one| one.total().cloned()).collect();
                let mut variant = new_variant(words::threshold(&node, &at, &plan.step, up));
                self.take(&mut variant, &totals, Some(&scored));
                found.push(variant);
            }
        }
        found
    }
}

fn new_variant(name: Text) -> Variant {
    Variant { name, moved: 0, farthest: 0, regraded: 0 }
}

/// One, more or less by at most `range`, in thousandths of it.
fn factor(source: &mut Source, range: &Number) -> Number {
    let draw = i64::try_from(source.below(2001)).unwrap_or(1000) - 1000;
    let part = Number::ratio(i128::from(draw), 1000).unwrap_or(Number::ZERO);
    &Number::ONE + &(range * &part)
}

/// The grade of a department whose total lies between the same lines.
fn graded(lines: &[Number], base: &[Scored], total: &Number) -> Option<Name> {
    if lines.is_empty() {
        return None;
    }
    let between = |total: &Number| lines.partition_point(|line| line <= total);
    let place = between(total);
    let alike = base.iter().find(|scored| scored.total().is_some_and(|other| between(other) == place));
    alike.and_then(|scored| scored.grade.clone())
}

/// The fixed ends of the 分档 that score indicators: the indicator, the literals of one end, and where it lies.
fn fixed_ends(program: &Program) -> Vec<(String, Vec<ExprId>, Number)> {
    let mut found: Vec<(String, Vec<ExprId>, Number)> = Vec::new();
    for (_, node) in program.tree() {
        let Some(body) = node.body.and_then(|body| program.body(body)) else { continue };
        let Some(ExprKind::Bands(Bands { rows, .. })) = program.expr(body.result).map(|expr| &expr.kind) else {
            continue;
        };
        let first = found.len();
        for cell in rows.iter().flat_map(|row| &row.cells) {
            let BandCell::Range(range) = cell else { continue };
            for end in range.low.iter().chain(&range.high) {
                let Some(ExprKind::Literal(Value::Number(at))) = program.expr(end.at).map(|expr| &expr.kind) else {
                    continue;
                };
                if at.is_zero() {
                    continue;
                }
                // The end of one row is the start of the next: both move.
                let known = found.iter_mut().skip(first).find(|(_, _, other)| other == at);
                match known {
                    Some((_, exprs, _)) => exprs.push(end.at),
                    None => found.push((node.name.to_string(), vec![end.at], at.clone())),
                }
            }
        }
    }
    found
}

fn moved(program: &Program, exprs: &[ExprId], to: &Number) -> Program {
    let mut program = program.clone();
    for id in exprs {
        if let Some(expr) = program.exprs.get_mut(id.0 as usize) {
            expr.kind = ExprKind::Literal(Value::Number(to.clone()));
        }
    }
    program
}
