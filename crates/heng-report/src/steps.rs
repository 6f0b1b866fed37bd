//! How a score came about, step by step, with the numbers put in. Inner steps come first.

use heng_model::{
    Expr, ExprKind, Node, Value,
    expr::{Bands, FoldOp, Tally, TallyCount, TallyRow, Weights},
    program::{Body, MethodCode, MethodId},
    scorecard::{NodeScore, Role, Step},
};

use crate::{reason::rows_of, teller::Teller, wording};

/// How many rows of a table are told one by one.
const ROWS: usize = 20;

/// A line of a computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// What is said.
    pub text: String,
    /// The lines of what stands inside, such as one row of a table.
    pub inside: Vec<String>,
}

impl Line {
    fn plain(text: String) -> Line {
        Line { text, inside: Vec::new() }
    }
}

/// Adds a line without lines inside.
fn tell(lines: &mut Vec<Line>, text: String) {
    lines.push(Line::plain(text));
}

impl Teller<'_> {
    /// The computation of a node, line by line.
    pub fn steps(&self, node: &Node, score: &NodeScore) -> Vec<Line> {
        self.lines_of(self.body(node), &score.trace)
    }

    fn lines_of(&self, body: Option<&Body>, trace: &[Step]) -> Vec<Line> {
        let mut lines = Vec::new();
        for step in trace {
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
                tell(lines, wording::asked(self.lang, &condition, &self.outcome_of(step)));
            }
            Role::Demand(position) => {
                self.parts(step, true, lines);
                let need = body.and_then(|body| body.demands.get(position as usize)).map(|demand| demand.need);
                let need = need.map(|need| self.phrase.said(need)).unwrap_or_default();
                tell(lines, wording::demanded(self.lang, &need, &self.outcome_of(step)));
            }
            Role::CaseResult(_) => {
                self.step(step, true, lines);
                let given = step.expr.map(|then| self.phrase.given(then)).unwrap_or_default();
                tell(lines, wording::therefore(self.lang, &given));
            }
            Role::Result => {
                self.parts(step, true, lines);
                if self.is_told(step) {
                    self.own(step, lines);
                }
                let name = match step.value {
                    Value::Text(_) => wording::GRADE,
                    // 构成 is a definition, and was told as one.
                    Value::List(_) if matches!(self.kind(step), Some(ExprKind::Let(_))) => return,
                    Value::List(_) => wording::PROFILE,
                    _ => wording::SCORE_IS,
                };
                tell(lines, self.equals(self.word(name), &self.final_value(step), step));
            }
            Role::Read(_) => {}
            Role::Grade => {
                self.parts(step, true, lines);
                if self.is_told(step) {
                    self.own(step, lines);
                }
                tell(lines, self.equals(self.word(wording::GRADE), &self.final_value(step), step));
            }
            _ => self.step(step, false, lines),
        }
    }

    /// What a condition came to, with its numbers where it compares any.
    fn outcome_of(&self, step: &Step) -> String {
        match step.value {
            Value::State(state, datum) => self.state_of(state, datum),
            Value::Bool(holds) if !self.compares(step) => wording::holds(self.lang, holds).to_owned(),
            Value::Bool(_) => self.phrase.expr_with_numbers(step),
            _ => self.phrase.step_value(step),
        }
    }

    /// Whether a condition compares numbers or dates somewhere.
    fn compares(&self, step: &Step) -> bool {
        match self.kind(step) {
            Some(ExprKind::Compare(..) | ExprKind::InRange(..) | ExprKind::Within { .. }) => true,
            Some(ExprKind::Logic(..) | ExprKind::Not(_)) => step.parts.iter().any(|part| self.compares(part)),
            _ => false,
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
                    if self.is_told(step) && !self.is_one_value(step) {
                        self.own(step, lines);
                    }
                    let profile = matches!(step.value, Value::List(_)) && *definition.name == *wording::PROFILE.0;
                    let name = if profile { self.word(wording::PROFILE) } else { &definition.name };
                    tell(lines, self.definition(name, step));
                }
            }
            Role::Read(datum) => {
                self.parts(step, true, lines);
                if step.expr.is_some() && !step.parts.is_empty() {
                    let name = self.phrase.datum(datum, self.sheet.facts);
                    tell(lines, self.definition(&name, step));
                }
            }
            Role::Method(id) => self.method(id, step, lines),
            Role::Said(ref message) => tell(lines, message.to_string()),
            Role::Peers(count) => tell(lines, self.phrase.peers(count)),
            Role::Asked(_) => {
                self.parts(step, true, lines);
                let condition = step.expr.map(|id| self.phrase.said(id)).unwrap_or_default();
                tell(lines, wording::asked(self.lang, &condition, &self.outcome_of(step)));
            }
            _ => {
                let operator = self.is_operator(step);
                self.parts(step, in_formula || operator, lines);
                if self.is_told(step) {
                    self.own(step, lines);
                } else if !in_formula && operator {
                    let numbers = self.phrase.expr_with_numbers(step);
                    if numbers != self.phrase.step_value(step) {
                        tell(lines, numbers);
                    }
                }
            }
        }
    }

    /// The lines of a method; its result is said where it is called.
    fn method(&self, id: MethodId, step: &Step, lines: &mut Vec<Line>) {
        let body = match self.sheet.program.method(id).map(|method| method.code) {
            Some(MethodCode::Body(body)) => self.sheet.program.body(body),
            _ => None,
        };
        for part in &step.parts {
            match part.role {
                Role::Result | Role::CaseResult(_) => self.step(part, false, lines),
                _ => self.top(body, part, lines),
            }
        }
    }

    /// A name and its numbers; a rounded value is not called equal.
    fn equals(&self, name: &str, numbers: &str, step: &Step) -> String {
        match numbers.strip_prefix('≈').filter(|_| numbers == self.phrase.step_value(step)) {
            Some(rounded) => format!("{name} ≈ {rounded}"),
            None => format!("{name} = {numbers}"),
        }
    }

    /// A name, what it stands for, and its numbers.
    fn definition(&self, name: &str, step: &Step) -> String {
        let numbers = self.final_value(step);
        match step.expr.filter(|_| self.is_operator(step) || self.is_one_value(step)) {
            Some(id) => self.equals(&format!("{name} = {}", self.phrase.expr(id)), &numbers, step),
            None => self.equals(name, &numbers, step),
        }
    }

    fn kind(&self, step: &Step) -> Option<&ExprKind> {
        self.sheet.program.expr(step.expr?).map(|expr: &Expr| &expr.kind)
    }

    fn is_operator(&self, step: &Step) -> bool {
        self.kind(step).is_some_and(ExprKind::is_operator)
    }

    /// Whether a step has lines of its own: blocks, folds, calls.
    fn is_told(&self, step: &Step) -> bool {
        match self.kind(step) {
            Some(ExprKind::Fold(fold)) => fold.op != FoldOp::Exists,
            Some(
                ExprKind::Bands(_)
                | ExprKind::Tally(_)
                | ExprKind::Each(_)
                | ExprKind::Weights(_)
                | ExprKind::Call(..)
                | ExprKind::Method(..)
                | ExprKind::Peer(_),
            ) => true,
            _ => false,
        }
    }

    /// Whether a step's line is its name and value, so that a definition can say it with its own.
    fn is_one_value(&self, step: &Step) -> bool {
        match self.kind(step) {
            Some(ExprKind::Fold(fold)) => {
                !matches!(fold.op, FoldOp::Share | FoldOp::Exists)
                    && !step.parts.iter().any(|part| matches!(part.role, Role::Child(_)))
            }
            Some(ExprKind::Call(..) | ExprKind::Method(..) | ExprKind::Peer(_)) => true,
            _ => false,
        }
    }

    fn own(&self, step: &Step, lines: &mut Vec<Line>) {
        match self.kind(step) {
            Some(ExprKind::Bands(bands)) => self.bands(bands, step, lines),
            Some(ExprKind::Tally(tally)) => self.tally(tally, step, lines),
            Some(ExprKind::Each(each)) => self.each(self.sheet.program.body(each.body), step, lines),
            Some(ExprKind::Weights(table)) => self.weights(table, step, lines),
            Some(ExprKind::Fold(fold)) if step.parts.iter().any(|part| matches!(part.role, Role::Child(_))) => {
                self.children(fold.op, step, lines);
            }
            Some(ExprKind::Fold(fold)) if fold.op == FoldOp::Share => {
                let id = step.expr.map(|id| self.phrase.said(id)).unwrap_or_default();
                let share = self.how_step(step, None);
                tell(lines, format!("{id} = {}", wording::noted(self.lang, &self.phrase.step_value(step), &share)));
            }
            _ => {
                let id = step.expr.map(|id| self.phrase.expr(id)).unwrap_or_default();
                tell(lines, self.equals(&id, &self.phrase.step_value(step), step));
            }
        }
    }

    fn bands(&self, bands: &Bands, step: &Step, lines: &mut Vec<Line>) {
        let text = self.how_step(step, None);
        let place = self.deciding_row(bands, step).and_then(|(_, row)| self.rule_place(row.at));
        tell(lines, place.map_or(text.clone(), |place| wording::noted(self.lang, &text, &place)));
    }

    fn weights(&self, table: &Weights, step: &Step, lines: &mut Vec<Line>) {
        let text = self.how_weights(table, step);
        let place = self.weighing_row(table, step).and_then(|(row, _)| self.rule_place(row.at));
        tell(lines, place.map_or(text.clone(), |place| wording::noted(self.lang, &text, &place)));
    }

    fn tally(&self, tally: &Tally, step: &Step, lines: &mut Vec<Line>) {
        for part in &step.parts {
            let Role::Tally(position) = part.role else { continue };
            let (Some(row), Some(count)) = (tally.rows.get(position as usize), part.value.as_number()) else {
                continue;
            };
            let text = match count.is_zero() {
                true => self.uncounted(tally.deduct, row, part),
                false => self.counted(&(row, part, count), tally.deduct),
            };
            tell(lines, text);
        }
    }

    /// A row of a 计分 or 扣分 that did not count.
    fn uncounted(&self, deduct: bool, row: &TallyRow, step: &Step) -> String {
        if let Some(Value::State(state, datum)) = step.parts.first().map(|part| &part.value) {
            return wording::not_counted(self.lang, &self.state_of(*state, *datum), deduct);
        }
        match &row.count {
            TallyCount::When(id) | TallyCount::Per { items: id, .. } => {
                wording::not_counted(self.lang, &self.phrase.said(*id), deduct)
            }
            TallyCount::Beyond { side, limit, .. } => {
                let amount = step.parts.first().map(|part| self.named_value(part)).unwrap_or_default();
                wording::not_beyond(self.lang, &amount, *side, &self.phrase.said(*limit), deduct)
            }
        }
    }

    fn each(&self, body: Option<&Body>, step: &Step, lines: &mut Vec<Line>) {
        let rows = step.parts.iter().filter_map(|part| match part.role {
            Role::Row(table, row) => Some((table, row, part)),
            _ => None,
        });
        let all = rows_of(step).len();
        for (table, row, part) in rows.take(ROWS) {
            lines.push(self.row_line(body, &self.phrase.row(table, row, self.sheet.facts), part));
        }
        if all > ROWS {
            tell(lines, wording::more_rows(self.lang, all - ROWS));
        }
    }

    /// A row and how it came to its points; in lines of its own when that takes more than one.
    fn row_line(&self, body: Option<&Body>, name: &str, row: &Step) -> Line {
        let points = self.phrase.value(&row.value, &heng_model::Type::POINTS);
        let inside: Vec<String> = self.lines_of(body, &row.parts).into_iter().map(|line| line.text).collect();
        if inside.len() > 2 {
            return Line { text: wording::row_line(self.lang, name, &points, ""), inside };
        }
        let how = self.how(body, &row.parts, None);
        Line::plain(wording::row_line(self.lang, name, &points, &how))
    }

    fn children(&self, op: FoldOp, step: &Step, lines: &mut Vec<Line>) {
        for part in &step.parts {
            let Role::Child(node) = part.role else { continue };
            let points = self.phrase.value(&part.value, &heng_model::Type::POINTS);
            tell(lines, format!("{} {points}", self.phrase.node_name(node)));
        }
        let how = self.how_step(step, None);
        if op == FoldOp::Sum && !how.is_empty() {
            tell(lines, how);
        }
    }
}
