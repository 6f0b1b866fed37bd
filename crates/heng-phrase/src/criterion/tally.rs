//! 计分 and 扣分 as sentences.

use heng_model::{
    ExprId, ExprKind, Number, Type, Value,
    expr::{Side, StepRounding, Tally, TallyCount, TallyRow},
};

use super::Sayer;
use crate::wording;

impl Sayer<'_, '_> {
    pub(super) fn tally(&mut self, tally: &Tally) -> String {
        if tally.deduct { self.deductions(tally) } else { self.checklist(tally) }
    }

    fn deductions(&mut self, tally: &Tally) -> String {
        let lang = self.phrase.lang;
        let mut clauses = Vec::new();
        if let Some(from) = tally.from {
            clauses.push(wording::starts_at(lang, &self.said_value(from)));
        }
        let alone = tally.rows.len() == 1 && tally.from.is_none();
        for row in &tally.rows {
            clauses.push(self.deduction(row, alone));
        }
        let floor = match tally.to {
            Some(to) if !self.is_nought(to) => wording::down_to(lang, &self.said_value(to)),
            _ => self.word(wording::TILL_NOTHING).to_owned(),
        };
        format!("{}{}{floor}", clauses.join(self.word(wording::SEMICOLON)), self.word(wording::COMMA))
    }

    /// A row of a 扣分. A single shortfall starts with who gets full marks.
    fn deduction(&mut self, row: &TallyRow, alone: bool) -> String {
        let lang = self.phrase.lang;
        let points = self.said_value(row.points);
        match &row.count {
            TallyCount::Beyond { amount, side: Side::Below, limit, step, partial } if alone => {
                let [amount, limit, step] = [*amount, *limit, *step].map(|id| self.amount(id));
                let text = wording::short_of(lang, &amount, &limit, &step, &points);
                format!("{text}{}", wording::part_of_step(lang, *partial, &step))
            }
            count => self.counted(count, &wording::takes_off(lang, &points)),
        }
    }

    /// A row that takes off or adds, and what it gives each time.
    fn counted(&mut self, count: &TallyCount, gives: &str) -> String {
        let lang = self.phrase.lang;
        match count {
            TallyCount::When(condition) => {
                let condition = wording::given(lang, &self.condition(*condition));
                wording::clause(lang, &condition, gives)
            }
            TallyCount::Beyond { amount, side, limit, step, partial } => {
                let [amount, limit, step] = [*amount, *limit, *step].map(|id| self.amount(id));
                let text = wording::beyond(lang, *side, [&amount, &limit, &step, gives]);
                format!("{text}{}", wording::part_of_step(lang, *partial, &step))
            }
            TallyCount::Per { items, step, partial } => self.per(*items, *step, *partial, gives),
        }
    }

    fn per(&mut self, items: ExprId, step: ExprId, partial: StepRounding, gives: &str) -> String {
        let lang = self.phrase.lang;
        let rows = self.phrase.is_rows(items);
        let whole = rows || self.is_one(step);
        let count = self.amount(step);
        let items = if rows { self.rows(items) } else { self.amount(items) };
        let text = if rows {
            wording::per_row(lang, &items, &count, gives)
        } else {
            wording::per_unit(lang, &items, &count, gives)
        };
        if whole { text } else { format!("{text}{}", wording::part_of_step(lang, partial, &count)) }
    }

    fn is_one(&self, id: ExprId) -> bool {
        matches!(self.kind(id), Some(ExprKind::Literal(Value::Number(number))) if *number == Number::ONE)
    }

    /// A 计分: one sentence where every row is a condition, of equal points or each with its own; else a
    /// clause for each row.
    fn checklist(&mut self, tally: &Tally) -> String {
        let lang = self.phrase.lang;
        let conditions = tally.rows.iter().map(|row| match row.count {
            TallyCount::When(condition) => Some((condition, row.points)),
            _ => None,
        });
        let sentence = match conditions.collect::<Option<Vec<_>>>() {
            Some(rows) => self.conditions(&rows),
            None => {
                let rows: Vec<_> = tally.rows.iter().map(|row| self.addition(row)).collect();
                wording::each_counted(lang, &rows)
            }
        };
        let sentence = match tally.from {
            Some(from) if !self.is_nought(from) => wording::adds_from(lang, &self.said_value(from), &sentence),
            _ => sentence,
        };
        match tally.to {
            Some(to) => wording::up_to(lang, &sentence, &self.said_value(to)),
            None => sentence,
        }
    }

    fn conditions(&mut self, rows: &[(ExprId, ExprId)]) -> String {
        let lang = self.phrase.lang;
        let scored = rows.first().is_some_and(|(_, points)| self.ty(*points) == Some(&Type::POINTS));
        let rows: Vec<_> =
            rows.iter().map(|(when, points)| (self.condition(*when), self.said_value(*points))).collect();
        match rows.first() {
            Some((_, points)) if rows.iter().all(|(_, other)| other == points) => {
                let items: Vec<_> = rows.iter().map(|(text, _)| text.as_str()).collect();
                wording::each_true(lang, points, scored, &items)
            }
            _ => {
                let rows: Vec<_> = rows.iter().map(|(text, points)| wording::noted(lang, text, points)).collect();
                wording::each_with_points(lang, &rows)
            }
        }
    }

    /// A row of a 计分 with rows that count.
    fn addition(&mut self, row: &TallyRow) -> String {
        let scored = self.ty(row.points) == Some(&Type::POINTS);
        let gives = wording::adds(self.phrase.lang, &self.said_value(row.points), scored);
        self.counted(&row.count, &gives)
    }
}
