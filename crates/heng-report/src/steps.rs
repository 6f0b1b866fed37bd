//! How a score came about, step by step, with the numbers put in. Inner steps come first.

use heng_model::{
    Expr, ExprKind, Node, Value,
    expr::{Bands, FoldOp, Tally},
    program::Body,
    scorecard::{NodeScore, Role, Step},
};

use crate::{reason::rows_of, teller::Teller, wording};

/// How many rows of a table are told one by one.
const ROWS: usize = 20;

/// A line of a computation and how far it is set in.
pub(crate) type Line = (usize, String);

impl Teller<'_> {
    /// The computation of a node, line by line.
    pub fn steps(&self, node: &Node, score: &NodeScore) -> Vec<Line> {
        let body = self.body(node);
        let mut lines = Vec::new();
        for step in &score.trace {
            self.top(body, step, &mut lines);
        }
        lines
    }

    fn top(&self, body: Option<&Body>, step: &Step, lines: &mut Vec<Line>) {
        match step.role {
            Role::Case(position) => {
                self.parts(step, true, lines);
                let when = body.and_then(|body| body.cases.get(position as usize)).map(|case| case.when);
                let condition = when.map(|when| self.phrase.said(when)).unwrap_or_default();
                lines.push((0, wording::asked(self.lang, &condition, &self.outcome_of(step))));
            }
            Role::Demand(position) => {
                self.parts(step, true, lines);
                let need = body.and_then(|body| body.demands.get(position as usize)).map(|demand| demand.need);
                let need = need.map(|need| self.phrase.said(need)).unwrap_or_default();
                lines.push((0, wording::demanded(self.lang, &need, &self.outcome_of(step))));
            }
            Role::CaseResult(_) => {
                self.step(step, true, lines);
                let given = step.expr.map(|then| self.phrase.given(then)).unwrap_or_default();
                lines.push((0, wording::therefore(self.lang, &given)));
            }
            Role::Result => {
                self.parts(step, true, lines);
                if self.is_told(step) {
                    self.own(step, lines);
                }
                lines.push((0, wording::score_equals(self.lang, &self.final_value(step))));
            }
            Role::Read(_) => {}
            _ => self.step(step, false, lines),
        }
    }

    /// What a condition came to, with its numbers where it has any.
    fn outcome_of(&self, step: &Step) -> String {
        match step.value {
            Value::State(state, datum) => self.state_of(state, datum),
            Value::Bool(holds) => {
                let numbers = self.phrase.expr_with_numbers(step);
                let plain = numbers == self.phrase.step_value(step);
                if plain { wording::holds(self.lang, holds).to_owned() } else { numbers }
            }
            _ => self.phrase.step_value(step),
        }
    }

    fn final_value(&self, step: &Step) -> String {
        match step.value {
            Value::State(state, datum) => self.state_of(state, datum),
            _ => self.phrase.expr_with_numbers(step),
        }
    }

    fn parts(&self, step: &Step, in_formula: bool, lines: &mut Vec<Line>) {
        for part in step.parts.iter().filter(|part| !matches!(part.role, Role::Row(..) | Role::Child(_))) {
            self.step(part, in_formula, lines);
        }
    }

    /// A step inside another; `in_formula` where the one above says its value already.
    fn step(&self, step: &Step, in_formula: bool, lines: &mut Vec<Line>) {
        match step.role {
            Role::Let(id) => {
                self.parts(step, true, lines);
                if let Some(definition) = self.sheet.program.definition(id)
                    && !step.parts.is_empty()
                {
                    if self.is_told(step) {
                        self.own(step, lines);
                    }
                    lines.push((0, self.definition(&definition.name, step)));
                }
            }
            Role::Read(datum) => {
                self.parts(step, true, lines);
                if step.expr.is_some() && !step.parts.is_empty() {
                    let name = self.phrase.datum(datum, self.sheet.facts);
                    lines.push((0, self.definition(&name, step)));
                }
            }
            Role::Said(ref message) => lines.push((0, message.to_string())),
            Role::Asked(_) => {
                self.parts(step, true, lines);
                let condition = step.expr.map(|id| self.phrase.said(id)).unwrap_or_default();
                lines.push((0, wording::asked(self.lang, &condition, &self.outcome_of(step))));
            }
            _ => {
                let operator = self.is_operator(step);
                self.parts(step, in_formula || operator, lines);
                if self.is_told(step) {
                    self.own(step, lines);
                } else if !in_formula && operator {
                    lines.push((0, self.phrase.expr_with_numbers(step)));
                }
            }
        }
    }

    /// A name, what it stands for, and its numbers.
    fn definition(&self, name: &str, step: &Step) -> String {
        let numbers = self.final_value(step);
        let Some(id) = step.expr else { return format!("{name} = {numbers}") };
        if !self.is_operator(step) {
            return format!("{name} = {numbers}");
        }
        format!("{name} = {} = {numbers}", self.phrase.expr(id))
    }

    fn kind(&self, step: &Step) -> Option<&ExprKind> {
        self.sheet.program.expr(step.expr?).map(|expr: &Expr| &expr.kind)
    }

    fn is_operator(&self, step: &Step) -> bool {
        matches!(
            self.kind(step),
            Some(
                ExprKind::Negate(_)
                    | ExprKind::Not(_)
                    | ExprKind::Arith(..)
                    | ExprKind::Logic(..)
                    | ExprKind::Compare(..)
                    | ExprKind::InRange(..)
                    | ExprKind::Within { .. }
                    | ExprKind::Limit { .. }
                    | ExprKind::Round { .. }
            )
        )
    }

    /// Whether a step has lines of its own: blocks, folds, calls.
    fn is_told(&self, step: &Step) -> bool {
        matches!(
            self.kind(step),
            Some(
                ExprKind::Bands(_)
                    | ExprKind::Tally(_)
                    | ExprKind::Each(_)
                    | ExprKind::Fold(_)
                    | ExprKind::Call(..)
                    | ExprKind::Method(..)
            )
        )
    }

    fn own(&self, step: &Step, lines: &mut Vec<Line>) {
        match self.kind(step) {
            Some(ExprKind::Bands(bands)) => self.bands(bands, step, lines),
            Some(ExprKind::Tally(tally)) => self.tally(tally, step, lines),
            Some(ExprKind::Each(each)) => self.each(self.sheet.program.body(each.body), step, lines),
            Some(ExprKind::Fold(fold)) if step.parts.iter().any(|part| matches!(part.role, Role::Child(_))) => {
                self.children(fold.op, step, lines);
            }
            Some(ExprKind::Fold(fold)) if fold.op == FoldOp::Share => {
                let id = step.expr.map(|id| self.phrase.said(id)).unwrap_or_default();
                let share = self.how_step(step, None);
                lines.push((0, format!("{id} = {}", wording::noted(self.lang, &self.phrase.step_value(step), &share))));
            }
            _ => {
                let id = step.expr.map(|id| self.phrase.expr(id)).unwrap_or_default();
                lines.push((0, format!("{id} = {}", self.phrase.step_value(step))));
            }
        }
    }

    fn bands(&self, bands: &Bands, step: &Step, lines: &mut Vec<Line>) {
        let text = self.how_step(step, None);
        let place = self.deciding_row(bands, step).and_then(|(_, row)| self.rule_place(row.at));
        lines.push((0, place.map_or(text.clone(), |place| wording::noted(self.lang, &text, &place))));
    }

    fn tally(&self, tally: &Tally, step: &Step, lines: &mut Vec<Line>) {
        for part in &step.parts {
            let Role::Tally(position) = part.role else { continue };
            let (Some(row), Some(count)) = (tally.rows.get(position as usize), part.value.as_number()) else {
                continue;
            };
            let text = match count.is_zero() {
                true => {
                    let condition = match row.count {
                        heng_model::expr::TallyCount::When(condition) => self.phrase.said(condition),
                        _ => self.phrase.tally(row),
                    };
                    let state = part.parts.first().and_then(|part| match part.value {
                        Value::State(state, datum) => Some(self.state_of(state, datum)),
                        _ => None,
                    });
                    let said = state.unwrap_or_else(|| wording::not_counted(self.lang, tally.deduct).to_owned());
                    wording::asked(self.lang, &condition, &said)
                }
                false => self.counted(&(row, part, count), tally.deduct),
            };
            lines.push((0, text));
        }
    }

    fn each(&self, body: Option<&Body>, step: &Step, lines: &mut Vec<Line>) {
        let rows = step.parts.iter().filter_map(|part| match part.role {
            Role::Row(table, row) => Some((table, row, part)),
            _ => None,
        });
        let all = rows_of(step).len();
        for (table, row, part) in rows.take(ROWS) {
            let name = self.phrase.row(table, row, self.sheet.facts);
            let points = self.phrase.value(&part.value, &heng_model::Type::POINTS);
            let how = self.how(body, &part.parts, None);
            lines.push((0, wording::row_line(self.lang, &name, &points, &how)));
        }
        if all > ROWS {
            lines.push((0, wording::more_rows(self.lang, all - ROWS)));
        }
    }

    fn children(&self, op: FoldOp, step: &Step, lines: &mut Vec<Line>) {
        for part in &step.parts {
            let Role::Child(node) = part.role else { continue };
            let points = self.phrase.value(&part.value, &heng_model::Type::POINTS);
            lines.push((0, format!("{} {points}", self.phrase.node_name(node))));
        }
        let how = self.how_step(step, None);
        if op == FoldOp::Sum && !how.is_empty() {
            lines.push((0, how));
        }
    }
}
