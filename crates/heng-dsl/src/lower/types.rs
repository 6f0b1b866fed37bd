//! Types as the rule file writes them.

use heng_model::{
    FieldId, Number, Quantity, Type,
    name::normal_name,
    schema::{Bound, ChoiceId, ChoiceList, Interval},
};

use super::Lowering;
use crate::{
    ast::{self, At, Closed, ExprKind, Name, TypeName, Unit},
    keywords, wording,
};

/// The quantity that a type word names.
pub fn quantity_word(word: &str) -> Option<Quantity> {
    Some(match keywords::canonical(word) {
        "金额" => Quantity::Money,
        "比率" => Quantity::Ratio,
        "百分点" => Quantity::PercentPoint,
        "分" => Quantity::Points,
        "数" => Quantity::Plain,
        "个数" => Quantity::Count,
        "天数" => Quantity::Days,
        "工作日数" => Quantity::WorkingDays,
        "年度" => Quantity::Year,
        _ => return None,
    })
}

/// Quantity and base-unit factor of a unit.
pub fn unit_quantity(unit: Option<Unit>) -> (Quantity, Number) {
    let hundredth = || Number::scaled(1, 2);
    match unit {
        None => (Quantity::Plain, Number::ONE),
        Some(Unit::Percent) => (Quantity::Ratio, hundredth()),
        Some(Unit::PercentPoint) => (Quantity::PercentPoint, hundredth()),
        Some(Unit::WorkingDay) => (Quantity::WorkingDays, Number::ONE),
        Some(Unit::CalendarDay) => (Quantity::CalendarDays, Number::ONE),
        Some(Unit::Day) => (Quantity::Days, Number::ONE),
        Some(Unit::Yuan) => (Quantity::Money, Number::ONE),
        Some(Unit::WanYuan) => (Quantity::Money, Number::from(10_000)),
        Some(Unit::YiYuan) => (Quantity::Money, Number::from(100_000_000)),
        Some(Unit::Point) => (Quantity::Points, Number::ONE),
        Some(Unit::Item) => (Quantity::Count, Number::ONE),
        Some(Unit::Year) => (Quantity::Year, Number::ONE),
    }
}

impl Lowering<'_> {
    /// A scalar type; tables are declared elsewhere.
    pub(super) fn scalar_type(&mut self, ty: &At<TypeName>) -> Type {
        match &ty.it {
            TypeName::Scalar(name, _) => self.named_type(name),
            TypeName::Check => Type::Bool,
            TypeName::Choice(words) => Type::Word(Some(self.choice_list(words))),
            TypeName::ChoiceFrom(path) => self.choice_from(path),
            TypeName::AnyChoice => Type::Word(None),
            TypeName::List(name) => Type::List(Box::new(self.named_type(name))),
            TypeName::Table(..) => Type::Rows(FieldId(u32::MAX)),
        }
    }

    fn named_type(&mut self, name: &Name) -> Type {
        if let Some(quantity) = quantity_word(&name.key) {
            return Type::Quantity(quantity);
        }
        match keywords::canonical(&name.key) {
            "日期" => Type::Date,
            "是否" => Type::Bool,
            "文本" => Type::Text,
            "等级" => self.letter_type(),
            _ => match self.find_field(&[name.key.as_str()]) {
                Some(table) if self.program.schema.field(table).is_some_and(|field| field.table().is_some()) => {
                    Type::Rows(table)
                }
                _ => {
                    let names: Vec<&str> = keywords::WORDS.iter().take(14).map(|(zh, _)| *zh).collect();
                    let nearest = super::name::nearest(&name.key, names.iter().copied());
                    self.diagnostics.push(wording::unknown_type(&name.shown, name.span, nearest));
                    Type::Never
                }
            },
        }
    }

    fn choice_list(&mut self, words: &[Name]) -> ChoiceId {
        let list = ChoiceList { words: words.iter().map(|word| word.shown.as_str().into()).collect() };
        for (index, word) in words.iter().enumerate() {
            if let Some(earlier) = words.iter().take(index).find(|earlier| earlier.key == word.key) {
                self.diagnostics.push(wording::defined_twice(&word.shown, word.span, earlier.span));
            }
        }
        self.choice_of_words(list.words)
    }

    /// The list with these words; a new one if there is none yet.
    pub(super) fn choice_of_words(&mut self, words: Vec<heng_model::Name>) -> ChoiceId {
        let list = ChoiceList { words };
        let choices = &mut self.program.schema.choices;
        let known = choices.iter().position(|known| *known == list);
        let index = known.unwrap_or_else(|| {
            choices.push(list);
            choices.len() - 1
        });
        ChoiceId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn choice_from(&mut self, path: &[Name]) -> Type {
        let (Some(last), Some(first)) = (path.last(), path.first()) else { return Type::Never };
        let keys: Vec<&str> = path.iter().map(|name| name.key.as_str()).collect();
        let field = self.find_field(&keys).and_then(|id| self.program.schema.field(id)?.scalar());
        let column = || {
            let (_, table) = keys.split_last()?;
            let table = self.program.schema.field(self.find_field(table)?)?.table()?;
            table.columns.iter().find(|column| normal_name(&column.name) == last.key).map(|column| column.ty.clone())
        };
        match field.or_else(column) {
            Some(Type::Word(id)) => Type::Word(id),
            _ => {
                if !keys.iter().any(|key| self.is_lost(key)) {
                    self.diagnostics.push(wording::not_a_choice(&last.shown, first.span.to(last.span)));
                }
                Type::Word(None)
            }
        }
    }

    /// A range of literals, for domains and judgements.
    pub(super) fn literal_range(&mut self, range: &ast::Range) -> (Interval<Number>, Option<Quantity>) {
        let mut quantity = None;
        let mut end = |this: &mut Self, end: &Option<(ast::Expr, Closed)>| {
            let (value, closed) = end.as_ref()?;
            match &value.it {
                ExprKind::Number(number, unit) => {
                    let (found, factor) = unit_quantity(unit.as_ref().map(|unit| unit.it));
                    if quantity.is_none() || found != Quantity::Plain {
                        quantity = Some(found);
                    }
                    Some(Bound { at: number * &factor, closed: *closed != Closed::No })
                }
                ExprKind::Negate(inner) => match &inner.it {
                    ExprKind::Number(number, unit) => {
                        let (found, factor) = unit_quantity(unit.as_ref().map(|unit| unit.it));
                        quantity = Some(found);
                        Some(Bound { at: -(number * &factor), closed: *closed != Closed::No })
                    }
                    _ => None,
                },
                _ => {
                    this.diagnostics.push(wording::literal_wanted(value.span));
                    None
                }
            }
        };
        let low = end(self, &range.low);
        let high = end(self, &range.high);
        if let (Some(low), Some(high)) = (&low, &high)
            && (low.at > high.at || (low.at == high.at && !(low.closed && high.closed)))
        {
            self.diagnostics.push(wording::empty_range(range.span));
        }
        (Interval { low, high }, quantity)
    }
}
