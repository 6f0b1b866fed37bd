//! A cell to be filled in: its value, its unit, what may be chosen, and what it is for.

use heng_model::{
    Number, Quantity, State, Type, Value,
    schema::{Interval, Traits},
};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Worksheet, XlsxError,
};

use super::{LONGEST_LIST, Writer};
use crate::{book::cell_number, wording};

/// A cell's place.
type At = (u32, u16);

impl Writer<'_> {
    /// Writes a value; its unit, and the units that may be chosen.
    pub(super) fn put(
        &self,
        page: &mut Worksheet,
        at: At,
        ty: &Type,
        value: Option<&Value>,
        format: &Format,
    ) -> Result<(&'static str, Vec<&'static str>), XlsxError> {
        let units = wording::units(self.lang, ty);
        let unit = units.first().copied().unwrap_or_default();
        let unit = match (value, ty) {
            (Some(Value::Number(number)), Type::Quantity(quantity)) => {
                let (scaled, unit) = in_unit(number, *quantity, unit);
                page.write_number_with_format(at.0, at.1, cell_number(&scaled), format)?;
                unit
            }
            (Some(Value::Date(day)), _) => {
                let parts = (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day()));
                let (Ok(year), Ok(month), Ok(day)) = parts else { return Ok((unit, units)) };
                let format = format.clone().set_num_format("yyyy-mm-dd").set_align(rust_xlsxwriter::FormatAlign::Left);
                page.write_datetime_with_format(at.0, at.1, ExcelDateTime::from_ymd(year, month, day)?, &format)?;
                unit
            }
            (Some(value), ty) => {
                page.write_string_with_format(at.0, at.1, self.phrase.value(value, ty), format)?;
                unit
            }
            (None, Type::Date) => {
                page.write_blank(at.0, at.1, &format.clone().set_num_format("yyyy-mm-dd"))?;
                unit
            }
            (None, _) => {
                page.write_blank(at.0, at.1, format)?;
                unit
            }
        };
        Ok((unit, units))
    }

    /// A list to choose from.
    pub(super) fn choose(&self, page: &mut Worksheet, from: At, to: At, words: &[&str]) -> Result<(), XlsxError> {
        if words.len() < 2 || words.iter().map(|word| word.chars().count() + 1).sum::<usize>() > LONGEST_LIST {
            return Ok(());
        }
        let list = DataValidation::new().allow_list_strings(words)?;
        page.add_data_validation(from.0, from.1, to.0, to.1, &list)?;
        Ok(())
    }

    pub(super) fn choose_state(&self, page: &mut Worksheet, from: At, to: At) -> Result<(), XlsxError> {
        let words = State::ALL.map(|state| self.phrase.state(state));
        self.choose(page, from, to, &words)
    }

    /// What a cell may hold: the words of a list, yes or no, a number in its range. Words of states are
    /// let through, so a wrong entry is warned of and not refused.
    pub(super) fn limit(
        &self,
        page: &mut Worksheet,
        from: At,
        to: At,
        ty: &Type,
        domain: Option<&Interval<Number>>,
    ) -> Result<(), XlsxError> {
        let mut words: Vec<String> = match ty {
            Type::Bool => vec![self.word(wording::YES).to_owned(), self.word(wording::NO).to_owned()],
            Type::Word(Some(list)) => {
                let list = self.program.schema.choice(*list).map(|list| list.words.as_slice()).unwrap_or_default();
                list.iter().map(ToString::to_string).collect()
            }
            Type::Quantity(quantity) => return number_rule(self, page, (from, to), *quantity, domain),
            _ => return Ok(()),
        };
        words.retain(|word| !word.contains(','));
        let long: usize = words.iter().map(|word| word.chars().count() + 1).sum();
        if words.is_empty() || long > LONGEST_LIST {
            return Ok(());
        }
        let list = DataValidation::new()
            .allow_list_strings(&words)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_message(self.word(wording::NOT_IN_LIST))?;
        page.add_data_validation(from.0, from.1, to.0, to.1, &list)?;
        Ok(())
    }

    /// Range, source and remarks of a datum.
    pub(super) fn note(&self, ty: &Type, domain: Option<&Interval<Number>>, traits: &Traits) -> String {
        let mut parts: Vec<String> = Vec::new();
        let kind = wording::kind(self.lang, ty);
        if !kind.is_empty() {
            parts.push(kind.to_owned());
        }
        parts.extend(domain.map(|domain| self.range(ty, domain)));
        if traits.may_not_apply {
            parts.push(self.word(wording::MAY_NOT_APPLY).to_owned());
        }
        parts.extend(traits.note.iter().map(ToString::to_string));
        parts.extend(traits.source.iter().map(ToString::to_string));
        parts.join(self.word(wording::SEMICOLON))
    }

    fn range(&self, ty: &Type, domain: &Interval<Number>) -> String {
        let quantity = ty.quantity().unwrap_or(Quantity::Plain);
        let end = |bound: &heng_model::schema::Bound<Number>, signs: [&str; 2]| {
            format!("{} {}", if bound.closed { signs[0] } else { signs[1] }, self.phrase.number(&bound.at, quantity))
        };
        let low = domain.low.as_ref().map(|bound| end(bound, ["≥", ">"]));
        let high = domain.high.as_ref().map(|bound| end(bound, ["≤", "<"]));
        low.into_iter().chain(high).collect::<Vec<_>>().join(self.word(wording::AND))
    }
}

/// A number in the unit a sheet shows it in.
fn in_unit(number: &Number, quantity: Quantity, unit: &'static str) -> (Number, &'static str) {
    match (quantity, unit) {
        (Quantity::Money, "万元") => (number * &Number::scaled(1, 4), unit),
        (Quantity::Ratio | Quantity::PercentPoint, _) => (number * &Number::from(100), unit),
        _ => (number.clone(), unit),
    }
}

/// By how much a number in the first unit of its kind is larger in the base unit.
pub(super) fn factor(lang: heng_diag::Lang, quantity: Quantity) -> Number {
    match (quantity, lang) {
        (Quantity::Money, heng_diag::Lang::Zh) => Number::from(10_000),
        (Quantity::Ratio | Quantity::PercentPoint, _) => Number::scaled(1, 2),
        _ => Number::ONE,
    }
}

/// A number that lies outside its range is warned of.
fn number_rule(
    writer: &Writer,
    page: &mut Worksheet,
    (from, to): (At, At),
    quantity: Quantity,
    domain: Option<&Interval<Number>>,
) -> Result<(), XlsxError> {
    let Some(domain) = domain else { return Ok(()) };
    let scale = factor(writer.lang, quantity);
    let shown = |bound: &heng_model::schema::Bound<Number>| bound.at.checked_div(&scale).map(|at| cell_number(&at));
    let low = domain.low.as_ref().and_then(shown);
    let high = domain.high.as_ref().and_then(shown);
    let rule = match (low, high) {
        (Some(low), Some(high)) => DataValidationRule::Between(low, high),
        (Some(low), None) => DataValidationRule::GreaterThanOrEqualTo(low),
        (None, Some(high)) => DataValidationRule::LessThanOrEqualTo(high),
        (None, None) => return Ok(()),
    };
    let limit = DataValidation::new()
        .allow_decimal_number(rule)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message(writer.word(wording::NOT_IN_RANGE))?;
    page.add_data_validation(from.0, from.1, to.0, to.1, &limit)?;
    Ok(())
}
