//! How a score came about, in one line: the deciding condition, row or formula, with its numbers.

use heng_model::{
    Expr, ExprId, ExprKind, FieldId, Node, Number, Outcome, Value, Verdict,
    expr::{Arith, Bands, Each, FoldOp, Share, Tally, TallyCount, TallyRow},
    program::{Body, MethodCode},
    scorecard::{Cause, Finding, NodeScore, Role, Step},
    value::Fault,
};

use crate::{
    account::{Decided, decided},
    teller::Teller,
    wording,
};

/// How many rows are named one by one.
const NAMED: usize = 3;

impl<'a> Teller<'a> {
    /// How a node came to its score, in one line; empty where a group is the plain sum of its children.
    pub fn reason(&self, node: &Node, score: &NodeScore) -> String {
        if let Some(gate) = score.vetoed_by {
            return wording::vetoed(self.lang, self.phrase.node_name(gate));
        }
        match &score.outcome {
            Outcome::Unwritten => self.word(wording::UNWRITTEN).to_owned(),
            Outcome::NotApplicable => self.why(score, |verdict| verdict == Verdict::NotApplicable),
            Outcome::Open { .. } => self.why(score, Verdict::is_open),
            Outcome::Graded(None) if !score.profile.is_empty() => {
                let parts = self.phrase.profile(node, score);
                let parts: Vec<_> = parts.iter().map(|(name, value)| format!("{name} {value}")).collect();
                parts.join(self.word(wording::LISTED))
            }
            Outcome::Score(_) | Outcome::Graded(_) => self.how(self.body(node), &score.trace, Some(&node.full)),
        }
    }

    /// The same, with what persons judged and why.
    pub fn reason_with_judgements(&self, node: &Node, score: &NodeScore) -> String {
        let reasons: Vec<_> = std::iter::once(self.reason(node, score)).chain(self.judgements(score)).collect();
        reasons.join(self.word(wording::SEMICOLON))
    }

    /// The first finding that made a verdict; children are named together.
    fn why(&self, score: &NodeScore, wanted: impl Fn(Verdict) -> bool) -> String {
        let mut findings = score.findings.iter().filter(|finding| finding.verdict.is_some_and(&wanted));
        match findings.next() {
            None => String::new(),
            Some(Finding { cause: Cause::Child(first), .. }) => {
                let rest = findings.filter(|finding| matches!(finding.cause, Cause::Child(_))).count();
                wording::children_open(self.lang, self.phrase.node_name(*first), rest + 1)
            }
            Some(finding) => self.brief(&finding.cause),
        }
    }

    /// A cause without advice.
    pub fn brief(&self, cause: &Cause) -> String {
        match cause {
            Cause::State(state, datum) => self.state_of(*state, *datum),
            Cause::Case(condition) => self.phrase.said(*condition),
            Cause::Demand(need, message, row) => {
                let row = row.map(|(table, row)| self.phrase.row(table, row, self.sheet.facts));
                wording::unmet(self.lang, row.as_deref(), message.as_deref(), &self.phrase.said(*need))
            }
            Cause::Script { message, .. } => message.to_string(),
            Cause::Verdict(expr) => wording::by_rule(self.lang, &self.phrase.expr(*expr)),
            Cause::Fault(Fault::Undeclared(state, datum)) => {
                wording::undeclared(self.lang, &self.state_of(*state, *datum))
            }
            Cause::Fault(fault) => wording::fault(self.lang, fault),
            Cause::Child(node) => wording::children_open(self.lang, self.phrase.node_name(*node), 1),
        }
    }

    pub fn state_of(&self, state: heng_model::State, datum: heng_model::value::DatumRef) -> String {
        wording::has_state(self.lang, &self.phrase.datum(datum, self.sheet.facts), self.phrase.state(state))
    }

    /// How a body came to what it came to.
    pub fn how(&self, body: Option<&Body>, trace: &[Step], full: Option<&Number>) -> String {
        let Some(last) = trace.last() else { return String::new() };
        if let Value::State(state, datum) = last.value {
            return wording::by_effect(self.lang, &self.state_of(state, datum));
        }
        match decided(body, trace) {
            Decided::Case(case) => wording::so(self.lang, &self.phrase.said(case.when), &self.phrase.given(case.then)),
            Decided::Demand(demand) => {
                let given = last.expr.map(|value| self.phrase.given(value)).unwrap_or_default();
                let unmet = wording::unmet(self.lang, None, demand.message.as_deref(), &self.phrase.said(demand.need));
                wording::so(self.lang, &unmet, &given)
            }
            Decided::Result => self.how_step(last, full),
        }
    }

    fn expr(&self, step: &Step) -> Option<&'a Expr> {
        self.sheet.program.expr(step.expr?)
    }

    /// How a step came to its value. Bounds and rounding that changed nothing are passed over.
    pub fn how_step(&self, step: &Step, full: Option<&Number>) -> String {
        let Some(expr) = self.expr(step) else { return self.phrase.step_value(step) };
        match &expr.kind {
            ExprKind::Limit { value, .. } | ExprKind::Round { value, .. } => match part(step, &Role::Operand(0)) {
                Some(inner) if inner.value == step.value || self.is_block(*value) => self.how_step(inner, full),
                _ => self.formula(step),
            },
            ExprKind::Bands(bands) => self.how_bands(bands, step),
            ExprKind::Tally(tally) => self.how_tally(tally, step),
            ExprKind::Each(each) => self.how_each(each, step, full),
            ExprKind::Weights(table) => self.how_weights(table, step),
            ExprKind::Method(..) => self.how_method(step, full),
            ExprKind::Let(_) => match step.parts.last() {
                Some(inner) if !inner.parts.is_empty() => self.how_step(inner, full),
                _ => self.phrase.step_value(step),
            },
            ExprKind::Rated(_) => self.word(wording::JUDGED).to_owned(),
            ExprKind::Fold(fold) if self.is_children(fold.over) => self.how_children(fold.op, expr, step),
            ExprKind::Fold(fold) if fold.op == FoldOp::Share => self.share(step),
            _ => self.formula(step),
        }
    }

    fn is_block(&self, id: ExprId) -> bool {
        self.sheet.program.expr(id).is_some_and(|expr| {
            matches!(
                expr.kind,
                ExprKind::Bands(_)
                    | ExprKind::Tally(_)
                    | ExprKind::Each(_)
                    | ExprKind::Weights(_)
                    | ExprKind::Method(..)
            )
        })
    }

    fn is_children(&self, id: ExprId) -> bool {
        self.sheet.program.expr(id).is_some_and(|expr| expr.kind == ExprKind::Children)
    }

    /// The formula with its numbers, after the names that stand in it.
    fn formula(&self, step: &Step) -> String {
        let mut lines = self.definitions(step);
        let shares = self.shares(step);
        let by_share = !shares.is_empty() && self.is_part_of_full(step);
        lines.extend(shares);
        if !by_share {
            lines.push(self.phrase.expr_with_numbers(step));
        }
        lines.join(self.word(wording::SEMICOLON))
    }

    /// Whether a step is 满分 times one amount, which says itself.
    fn is_part_of_full(&self, step: &Step) -> bool {
        let kind = |id: ExprId| self.sheet.program.expr(id).map(|expr| &expr.kind);
        matches!(self.expr(step).map(|expr| &expr.kind), Some(ExprKind::Arith(Arith::Multiply, a, b))
            if matches!(kind(*a), Some(ExprKind::FullMarks)) && matches!(kind(*b), Some(ExprKind::Fold(_) | ExprKind::Let(_))))
    }

    /// The last names that were worked out for a step, with their numbers.
    fn definitions(&self, step: &Step) -> Vec<String> {
        let mut found = Vec::new();
        collect(step, &mut |part| {
            if let Role::Let(id) = part.role
                && !part.parts.is_empty()
                && let Some(definition) = self.sheet.program.definition(id)
                && !definition.parameter
            {
                let numbers = self.phrase.expr_with_numbers(part);
                if numbers != self.phrase.step_value(part) {
                    found.push(format!("{} = {numbers}", definition.name));
                }
            }
        });
        found.split_off(found.len().saturating_sub(2))
    }

    /// Shares among the parts of a step: how many rows met the condition.
    fn shares(&self, step: &Step) -> Vec<String> {
        let mut found = Vec::new();
        collect(step, &mut |part| {
            if let Some(ExprKind::Fold(fold)) = self.expr(part).map(|expr| &expr.kind)
                && fold.op == FoldOp::Share
            {
                found.push(self.share(part));
            }
        });
        found
    }

    /// `2项中1项符合；不符合：采购合同 第2行`.
    fn share(&self, step: &Step) -> String {
        let rows = rows_of(step);
        let met = rows.iter().filter(|(.., value)| **value == Value::Bool(true)).count();
        let unmet: Vec<_> = rows.iter().filter(|(.., value)| **value != Value::Bool(true)).collect();
        let names = unmet.iter().map(|(table, row, _)| self.phrase.row(*table, *row, self.sheet.facts));
        wording::share(self.lang, rows.len(), met, &self.named(names.collect()))
    }

    /// The first few of many names.
    fn named(&self, names: Vec<String>) -> String {
        let all = names.len();
        let shown: Vec<_> = names.into_iter().take(NAMED).collect();
        wording::and_more(self.lang, &shown.join(self.word(wording::LISTED)), shown.len(), all)
    }

    /// A step by its name or formula, and its value.
    pub fn named_value(&self, step: &Step) -> String {
        if let Value::State(state, datum) = step.value {
            return self.state_of(state, datum);
        }
        let Some(id) = step.expr else { return self.phrase.step_value(step) };
        let inner = step.parts.last().filter(|part| matches!(part.role, Role::Let(_)) && !part.parts.is_empty());
        match (self.expr(step).map(|expr| &expr.kind), inner) {
            (Some(ExprKind::Let(_)), Some(inner)) => {
                format!("{} = {}", self.phrase.expr(id), self.phrase.expr_with_numbers(inner))
            }
            _ => {
                let with_numbers = self.phrase.expr_with_numbers(step);
                let value = self.phrase.step_value(step);
                if with_numbers == value { format!("{} = {value}", self.phrase.expr(id)) } else { with_numbers }
            }
        }
    }

    /// The row of a 分档 that decided.
    pub fn deciding_row<'b>(&self, bands: &'b Bands, step: &Step) -> Option<(usize, &'b heng_model::expr::BandRow)> {
        step.parts.iter().find_map(|part| match part.role {
            Role::Band(position) => Some((position as usize, bands.rows.get(position as usize)?)),
            _ => None,
        })
    }

    fn how_bands(&self, bands: &Bands, step: &Step) -> String {
        let Some((_, row)) = self.deciding_row(bands, step) else { return self.phrase.step_value(step) };
        let subjects = step.parts.iter().filter(|part| matches!(part.role, Role::Subject(_)));
        let subjects: Vec<_> = subjects.map(|part| self.named_value(part)).collect();
        let given = self.phrase.given(row.value);
        if bands.subjects.is_empty() {
            return wording::so(self.lang, &self.case_words(row), &given);
        }
        let subjects = subjects.join(self.word(wording::COMMA));
        let inner = step.parts.iter().find(|part| matches!(part.role, Role::Band(_)));
        if let Some(inner) = inner.filter(|part| matches!(self.expr(part).map(|it| &it.kind), Some(ExprKind::Bands(_))))
        {
            return wording::falls_on(
                self.lang,
                &subjects,
                &self.phrase.band(row, &bands.subjects),
                &self.how_step(inner, None),
            );
        }
        wording::falls_in(self.lang, &subjects, &self.phrase.band(row, &bands.subjects), &given)
    }

    /// The condition of a row of a 分档 without subject.
    pub fn case_words(&self, row: &heng_model::expr::BandRow) -> String {
        match row.cells.as_slice() {
            [heng_model::expr::BandCell::When(condition)] => self.phrase.said(*condition),
            [heng_model::expr::BandCell::Other] => self.word(wording::OTHER_CASE).to_owned(),
            _ => self.phrase.band(row, &[]),
        }
    }

    fn how_tally(&self, tally: &Tally, step: &Step) -> String {
        let counted: Vec<_> = step.parts.iter().filter_map(|part| self.tally_part(tally, part)).collect();
        if !tally.deduct && tally.rows.iter().all(|row| matches!(row.count, TallyCount::When(_))) {
            return self.checklist(&counted);
        }
        let lines: Vec<_> =
            counted.iter().filter(|(.., count)| !count.is_zero()).map(|row| self.counted(row, tally.deduct)).collect();
        match (lines.is_empty(), tally.deduct) {
            (true, true) => self.word(wording::NOTHING_OFF).to_owned(),
            (true, false) => self.word(wording::NOTHING_COUNTS).to_owned(),
            _ => lines.join(self.word(wording::SEMICOLON)),
        }
    }

    fn tally_part<'s, 'b>(&self, tally: &'b Tally, part: &'s Step) -> Option<(&'b TallyRow, &'s Step, &'s Number)> {
        let Role::Tally(position) = part.role else { return None };
        Some((tally.rows.get(position as usize)?, part, part.value.as_number()?))
    }

    fn checklist(&self, rows: &[(&TallyRow, &Step, &Number)]) -> String {
        let failed = rows.iter().filter(|(.., count)| count.is_zero());
        let names: Vec<_> = failed.map(|(row, step, _)| self.check_name(row, step)).collect();
        wording::checklist(self.lang, rows.len(), rows.len() - names.len(), &names.join(self.word(wording::LISTED)))
    }

    /// A row of a checklist; with the state that made it fail, if one did.
    fn check_name(&self, row: &TallyRow, step: &Step) -> String {
        let name = match &row.count {
            TallyCount::When(condition) => self.phrase.said(*condition),
            _ => self.phrase.tally(row),
        };
        match step.parts.first().map(|part| &part.value) {
            Some(Value::State(state, _)) => wording::noted(self.lang, &name, self.phrase.state(*state)),
            _ => name,
        }
    }

    /// A row of a 扣分 or 计分 that counted.
    pub fn counted(&self, (row, step, count): &(&TallyRow, &Step, &Number), deduct: bool) -> String {
        let what = match &row.count {
            TallyCount::When(condition) => self.phrase.said(*condition),
            TallyCount::Per { items, .. } => self.phrase.said(*items),
            TallyCount::Beyond { side, limit, .. } => {
                let amount = step.parts.first().map(|part| self.named_value(part)).unwrap_or_default();
                wording::beyond(self.lang, &amount, *side, &self.phrase.said(*limit))
            }
        };
        let each = part(step, &Role::Operand(4)).map(|part| &part.value).or_else(|| self.literal(row.points));
        let rows = matches!(row.count, TallyCount::Per { items, .. } if self.is_rows(items));
        let what = if rows { wording::so_many(self.lang, &what, &heng_phrase::decimal(count)) } else { what };
        let say = |points: &Number| self.phrase.number(points, heng_model::Quantity::Points);
        let (total, single) = match each.and_then(Value::as_number) {
            Some(each) => (say(&(*count * each)), say(each)),
            None => (self.phrase.expr(row.points), String::new()),
        };
        let times = (**count != Number::ONE && !single.is_empty())
            .then(|| format!("{} × {single}", heng_phrase::decimal(count)));
        wording::counted(self.lang, &what, &total, times.as_deref(), deduct)
    }

    fn is_rows(&self, id: ExprId) -> bool {
        self.sheet.program.expr(id).is_some_and(|expr| matches!(expr.ty, heng_model::Type::Rows(_)))
    }

    fn literal(&self, id: ExprId) -> Option<&'a Value> {
        match &self.sheet.program.expr(id)?.kind {
            ExprKind::Literal(value) => Some(value),
            _ => None,
        }
    }

    fn how_each(&self, each: &Each, step: &Step, full: Option<&Number>) -> String {
        let rows = rows_of(step);
        let out = rows.iter().filter(|(.., value)| matches!(value, Value::Verdict(Verdict::NotApplicable, _))).count();
        let count = rows.len() - out;
        let most = match each.share {
            Share::Even => full.and_then(|full| full.checked_div(&Number::from(count))),
            Share::Mean | Share::Sum => full.cloned(),
            Share::Column(_) | Share::Weighted(_) => None,
        };
        let Some(most) = most else { return wording::rows_added(self.lang, count, out) };
        let short = rows.iter().filter(|(.., value)| value.as_number().is_some_and(|points| *points < most));
        let name = |(table, row, value): &(FieldId, u32, &Value)| {
            let points = value.as_number().map(heng_phrase::points).unwrap_or_default();
            wording::row_points(self.lang, &self.phrase.row(*table, *row, self.sheet.facts), &points)
        };
        let names: Vec<_> = short.map(name).collect();
        wording::rows_scored(self.lang, count, out, names.len(), &self.named(names))
    }

    fn how_method(&self, step: &Step, full: Option<&Number>) -> String {
        let Some((method, inside)) = method_part(step) else { return self.named_value(step) };
        let code = self.sheet.program.method(method).map(|method| method.code);
        match code {
            Some(MethodCode::Body(body)) => self.how(self.sheet.program.body(body), &inside.parts, full),
            _ => self.named_value(step),
        }
    }

    /// A group: nothing to say of a plain sum, unless points were shared out anew.
    fn how_children(&self, op: FoldOp, expr: &Expr, step: &Step) -> String {
        let inapplicable = |part: &&Step| matches!(part.value, Value::Verdict(Verdict::NotApplicable, _));
        let out: Vec<_> = step.parts.iter().filter(inapplicable).filter_map(child_of).collect();
        match (op, out.is_empty()) {
            (FoldOp::Sum, true) => String::new(),
            (FoldOp::Sum, false) => {
                let names = out.iter().map(|id| self.phrase.node_name(*id).to_owned()).collect();
                let policy = out
                    .first()
                    .and_then(|child| self.sheet.program.node(*child)?.parent)
                    .and_then(|parent| self.sheet.program.node(parent)?.inapplicable);
                wording::shared_anew(self.lang, &self.named(names), policy)
            }
            _ => {
                let id = step.expr.map(|id| self.phrase.expr(id)).unwrap_or_default();
                format!("{id} = {}", self.phrase.value(&step.value, &expr.ty))
            }
        }
    }
}

pub(crate) fn child_of(step: &Step) -> Option<heng_model::NodeId> {
    match step.role {
        Role::Child(node) => Some(node),
        _ => None,
    }
}

/// The first part with a role.
pub(crate) fn part<'s>(step: &'s Step, role: &Role) -> Option<&'s Step> {
    step.parts.iter().find(|part| part.role == *role)
}

/// The computation of the method that a step calls.
pub(crate) fn method_part(step: &Step) -> Option<(heng_model::program::MethodId, &Step)> {
    step.parts.iter().find_map(|part| match part.role {
        Role::Method(method) => Some((method, part)),
        _ => None,
    })
}

/// The rows that a step went through.
pub(crate) fn rows_of(step: &Step) -> Vec<(FieldId, u32, &Value)> {
    let row = |part: &'_ Step| match part.role {
        Role::Row(table, row) => Some((table, row)),
        _ => None,
    };
    step.parts.iter().filter_map(|part| row(part).map(|(table, at)| (table, at, &part.value))).collect()
}

/// Visits the parts of a step, the inner ones first, but not the rows of tables.
fn collect(step: &Step, visit: &mut dyn FnMut(&Step)) {
    for part in step.parts.iter().filter(|part| !matches!(part.role, Role::Row(..))) {
        collect(part, visit);
        visit(part);
    }
}
