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
            TallyCount::When(condition) => {
                let condition = wording::given(lang, &self.condition(*condition));
                wording::clause(lang, &condition, &wording::takes_off(lang, &points))
            }
            TallyCount::Beyond { amount, side, limit, step, partial } => {
                let [amount, limit, step] = [*amount, *limit, *step].map(|id| self.amount(id));
                let text = match side {
                    Side::Below if alone => wording::short_of(lang, &amount, &limit, &step, &points),
                    side => wording::beyond(lang, *side, [&amount, &limit, &step, &points]),
                };
                format!("{text}{}", wording::part_of_step(lang, *partial, &step))
            }
            TallyCount::Per { items, step, partial } => self.per(*items, *step, *partial, &points),
        }
    }

    fn per(&mut self, items: ExprId, step: ExprId, partial: StepRounding, points: &str) -> String {
        let lang = self.phrase.lang;
        let rows = self.phrase.is_rows(items);
        let whole = rows || self.is_one(step);
        let count = self.amount(step);
        let items = if rows { self.rows(items) } else { self.amount(items) };
        let text = if rows {
            wording::per_row(lang, &items, &count, points)
        } else {
            wording::per_unit(lang, &items, &count, points)
        };
        if whole { text } else { format!("{text}{}", wording::part_of_step(lang, partial, &count)) }
    }

    fn is_one(&self, id: ExprId) -> bool {
        matches!(self.kind(id), Some(ExprKind::Literal(Value::Number(number))) if *number == Number::ONE)
    }

    /// A 计分: one sentence where every row is a condition of equal points, else each row with its own.
    fn checklist(&mut self, tally: &Tally) -> String {
        let lang = self.phrase.lang;
        let rows: Vec<_> = tally.rows.iter().map(|row| (self.check_row(row), self.said_value(row.points))).collect();
        let plain = tally.rows.iter().all(|row| matches!(row.count, TallyCount::When(_)));
        let sentence = match (rows.first(), tally.rows.first()) {
            (Some((_, points)), Some(first)) if plain && rows.iter().all(|(_, other)| other == points) => {
                let items: Vec<_> = rows.iter().map(|(text, _)| text.as_str()).collect();
                let scored = self.ty(first.points) == Some(&Type::POINTS);
                wording::each_true(lang, points, scored, &items)
            }
            _ => {
                let rows: Vec<_> = rows.iter().map(|(text, points)| wording::noted(lang, text, points)).collect();
                wording::each_with_points(lang, &rows)
            }
        };
        match tally.to {
            Some(to) => wording::up_to(lang, &sentence, &self.said_value(to)),
            None => sentence,
        }
    }

    fn check_row(&mut self, row: &TallyRow) -> String {
        match &row.count {
            TallyCount::When(condition) => self.condition(*condition),
            _ => self.phrase.tally(row),
        }
    }
}
