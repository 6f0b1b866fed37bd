//! Conditions and amounts in words.

use heng_model::{
    ExprId, ExprKind, Type, Value,
    expr::{Compare, Fold, FoldOp, Logic, Test},
    program::MethodCode,
    schema::Interval,
};

use super::Sayer;
use crate::{expr::names::quoted, wording};

impl Sayer<'_, '_> {
    /// A condition in words.
    pub(super) fn condition(&mut self, id: ExprId) -> String {
        self.once(id, |sayer| sayer.condition_said(id))
    }

    fn condition_said(&mut self, id: ExprId) -> String {
        let lang = self.phrase.lang;
        match self.kind(id) {
            Some(ExprKind::Compare(op, a, b)) => self.comparison(*op, *a, *b),
            Some(ExprKind::Logic(op, parts)) => self.logic(*op, parts),
            Some(ExprKind::Not(of)) => self.negated(*of),
            Some(ExprKind::Is(test, of)) => self.test(*test, *of),
            Some(ExprKind::Within { date, start, limit }) => {
                let [date, start, limit] = [*date, *start, *limit].map(|id| self.amount(id));
                wording::within(lang, &date, &start, &limit)
            }
            Some(ExprKind::InRange(of, interval)) => {
                let (subject, range) = (self.amount(*of), self.range(interval, true));
                wording::subject_is(lang, &subject, &range)
            }
            Some(ExprKind::Fold(Fold { op: FoldOp::Exists, over, .. })) => wording::there_is(lang, &self.rows(*over)),
            _ => self.checked(id, true).unwrap_or_else(|| self.written(id)),
        }
    }

    fn comparison(&mut self, op: Compare, a: ExprId, b: ExprId) -> String {
        let dates = self.ty(a) == Some(&Type::Date);
        let (left, right) = (self.amount(a), self.amount(b));
        wording::comparison(self.phrase.lang, op, dates, &left, &right)
    }

    fn logic(&mut self, op: Logic, parts: &[ExprId]) -> String {
        let mut said = Vec::new();
        for part in parts {
            let text = self.condition(*part);
            let mixed = matches!(self.kind(*part), Some(ExprKind::Logic(inner, _)) if *inner != op);
            said.push(if mixed { wording::bracketed(self.phrase.lang, &text) } else { text });
        }
        said.join(self.word(wording::logic_said(op)))
    }

    fn negated(&mut self, of: ExprId) -> String {
        let lang = self.phrase.lang;
        match self.kind(of) {
            Some(ExprKind::Compare(op, a, b)) => self.comparison(opposite(*op), *a, *b),
            Some(ExprKind::Is(Test::Empty, of)) => self.test(Test::NotEmpty, *of),
            Some(ExprKind::Is(Test::NotEmpty, of)) => self.test(Test::Empty, *of),
            Some(ExprKind::Fold(Fold { op: FoldOp::Exists, over, .. })) => {
                wording::there_is_no(lang, &self.rows(*over))
            }
            Some(ExprKind::Field(_) | ExprKind::Column { .. } | ExprKind::Let(_) | ExprKind::Argument(_)) => {
                wording::is_no(lang, &self.written(of))
            }
            _ => match self.checked(of, false) {
                Some(said) => said,
                None => wording::not_so(lang, &self.condition(of)),
            },
        }
    }

    fn test(&mut self, test: Test, of: ExprId) -> String {
        let lang = self.phrase.lang;
        let rows = self.phrase.is_rows(of);
        match test {
            Test::Empty if rows => wording::there_is_no(lang, &self.rows(of)),
            Test::NotEmpty if rows => wording::there_is(lang, &self.rows(of)),
            Test::Empty => wording::is_empty(lang, &self.amount(of), true),
            Test::NotEmpty => wording::is_empty(lang, &self.amount(of), false),
            Test::State(state) => wording::is_state(lang, &self.amount(of), state),
        }
    }

    /// A check by a script, with what it is handed: `脚本检查“名单不重复”（补贴名单）通过`.
    fn checked(&mut self, id: ExprId, passed: bool) -> Option<String> {
        let Some(ExprKind::Method(method, arguments)) = self.kind(id) else { return None };
        let method = self.phrase.program.method(*method)?;
        let MethodCode::Script(script) = method.code else { return None };
        self.phrase.program.script(script).filter(|script| script.check)?;
        let arguments: Vec<String> = arguments.iter().map(|argument| self.handed(*argument)).collect();
        Some(wording::check_passed(self.phrase.lang, &method.name, &arguments, passed))
    }

    /// What a check is handed: rows, yes or no, or an amount.
    fn handed(&mut self, id: ExprId) -> String {
        match self.ty(id) {
            Some(Type::Rows(_)) => self.rows(id),
            Some(Type::Bool) => self.condition(id),
            _ => self.amount(id),
        }
    }

    /// Rows in words: `查实且性质不为一般的审计问题`.
    pub(super) fn rows(&mut self, id: ExprId) -> String {
        match self.kind(id) {
            Some(ExprKind::Where(over, condition)) => self.once(id, |sayer| {
                let (over, condition) = (sayer.rows(*over), sayer.condition(*condition));
                wording::rows_where(sayer.phrase.lang, &over, &condition)
            }),
            _ => self.written(id),
        }
    }

    /// An amount in words: a parameter with its value, a share as `…占全部…的比例`, the rest as written.
    pub(super) fn amount(&mut self, id: ExprId) -> String {
        let lang = self.phrase.lang;
        match self.kind(id) {
            Some(ExprKind::Literal(Value::Text(word))) if wording::is_reserved(word) => quoted(word),
            Some(ExprKind::Literal(Value::Text(word))) => word.to_string(),
            Some(ExprKind::Literal(_)) => self.said_value(id),
            Some(ExprKind::Let(name)) => self.parameter(*name).unwrap_or_else(|| self.written(id)),
            Some(ExprKind::Fold(Fold { op: FoldOp::Share, over, .. })) => {
                let rows = self.rows(*over);
                wording::share_of(lang, &rows, &self.table(*over))
            }
            Some(ExprKind::Fold(Fold { op: FoldOp::Count, over, .. })) => wording::count_of(lang, &self.rows(*over)),
            _ => self.written(id),
        }
    }

    /// What rows are filtered from.
    fn table(&mut self, rows: ExprId) -> String {
        match self.kind(rows) {
            Some(ExprKind::Where(over, _)) => self.once(rows, |sayer| sayer.table(*over)),
            _ => self.written(rows),
        }
    }

    /// A parameter that stands for a literal, with its value: `合同签订时限（30天）`.
    fn parameter(&mut self, id: heng_model::program::LetId) -> Option<String> {
        let definition = self.phrase.program.definition(id).filter(|definition| definition.parameter)?;
        let Some(ExprKind::Literal(_)) = self.kind(definition.value) else { return None };
        self.said.insert(id);
        let value = self.said_value(definition.value);
        Some(wording::noted(self.phrase.lang, &definition.name, &value))
    }

    /// A range in words: `80%以上不满90%`; `leading` where the subject stands before it.
    pub(super) fn range(&mut self, interval: &Interval<ExprId>, leading: bool) -> String {
        let low = interval.low.as_ref().map(|end| (self.amount(end.at), end.closed));
        let high = interval.high.as_ref().map(|end| (self.amount(end.at), end.closed));
        wording::range(self.phrase.lang, low, high, leading)
    }
}

fn opposite(op: Compare) -> Compare {
    match op {
        Compare::Equal => Compare::NotEqual,
        Compare::NotEqual => Compare::Equal,
        Compare::Less => Compare::AtLeast,
        Compare::AtMost => Compare::Greater,
        Compare::Greater => Compare::AtMost,
        Compare::AtLeast => Compare::Less,
    }
}
