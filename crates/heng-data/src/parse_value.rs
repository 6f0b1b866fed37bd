//! One written value into one value of a type: the same for every format.

use heng_diag::Diagnostic;
use heng_model::{Number, Quantity, Schema, Type, Value, normal_name, schema::ChoiceId};

use crate::{
    date::{self, NotADate},
    index,
    number::{self, Measured, NotANumber},
    raw::Scalar,
    wording,
};

/// What a value is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The schema, for its choice lists.
    pub(crate) schema: &'a Schema,
    /// The datum's name, for messages.
    pub(crate) name: &'a str,
    /// Its type.
    pub(crate) ty: &'a Type,
}

/// Why there is no value; without a place yet.
pub(crate) type Refusal = Box<Diagnostic>;

impl Asked<'_> {
    /// The value `scalar` spells; `unit` is the unit stated apart from it.
    ///
    /// # Units
    /// The value is in the base unit of the type.
    ///
    /// # Errors
    /// A diagnostic without a place that says what to write instead.
    pub(crate) fn value(&self, scalar: &Scalar, unit: Option<&str>) -> Result<Value, Refusal> {
        if let Scalar::Fault(fault) = scalar {
            return Err(wording::cell_fault(self.name, fault).into());
        }
        match self.ty {
            Type::Quantity(quantity) => self.quantity(*quantity, scalar, unit).map(Value::Number),
            Type::Date => self.date(scalar),
            Type::Bool => self.yes_no(scalar).map(Value::Bool),
            Type::Text | Type::Word(None) => self.text(scalar),
            Type::Word(Some(choice)) => self.choice(*choice, scalar),
            Type::List(inner) => self.list(inner, scalar, unit),
            Type::Rows(_) | Type::Children | Type::Never => self.refuse(scalar),
        }
    }

    /// Several values in one text, parted by semicolons.
    fn list(&self, inner: &Type, scalar: &Scalar, unit: Option<&str>) -> Result<Value, Refusal> {
        let asked = Asked { ty: inner, ..*self };
        let Scalar::Text(text) = scalar else { return Ok(Value::List(vec![asked.value(scalar, unit)?])) };
        let parts = text.split(['；', ';']).map(str::trim).filter(|part| !part.is_empty());
        let values: Vec<Value> =
            parts.map(|part| asked.value(&Scalar::Text(part.into()), unit)).collect::<Result<_, _>>()?;
        if values.is_empty() { self.refuse(scalar) } else { Ok(Value::List(values)) }
    }

    /// The same where the values stand apart already.
    pub(crate) fn items<'s>(&self, items: impl Iterator<Item = Option<&'s Scalar>>) -> Result<Value, Refusal> {
        let Type::List(inner) = self.ty else { return Err(wording::not_one_value(self.name, self.ty).into()) };
        let asked = Asked { ty: inner, ..*self };
        let mut values = Vec::new();
        for item in items {
            let item = item.ok_or_else(|| wording::not_one_value(self.name, inner))?;
            values.push(asked.value(item, None)?);
        }
        if values.is_empty() { Err(wording::empty_table(self.name).into()) } else { Ok(Value::List(values)) }
    }

    fn refuse<T>(&self, scalar: &Scalar) -> Result<T, Refusal> {
        Err(wording::wrong_type(self.name, self.ty, &scalar.words()).into())
    }

    fn quantity(&self, quantity: Quantity, scalar: &Scalar, unit: Option<&str>) -> Result<Number, Refusal> {
        let read = match scalar {
            Scalar::Text(text) => number::measured(text),
            Scalar::Number(text) => number::token(text).map(|number| Measured { number, unit: String::new() }),
            Scalar::Bool(_) | Scalar::Date(_) | Scalar::Fault(_) => return self.refuse(scalar),
        };
        let read = read.map_err(|fault| self.not_a_number(fault, scalar))?;
        let unit = self.one_unit(&read.unit, unit.unwrap_or(""))?;
        let Some(scale) = number::scale(quantity, &unit) else {
            return Err(match unit.as_str() {
                "" => wording::no_unit(self.name, quantity, &read.number.to_string()),
                unit => wording::wrong_unit(self.name, quantity, unit),
            }
            .into());
        };
        let whole = matches!(quantity, Quantity::Count | Quantity::Year);
        let number = &read.number * &scale;
        if whole && (number.is_negative() || number != number.floor()) {
            return Err(wording::not_whole(self.name, quantity, &scalar.words()).into());
        }
        Ok(number)
    }

    fn not_a_number(&self, fault: NotANumber, scalar: &Scalar) -> Refusal {
        let found = scalar.words();
        Box::new(match fault {
            NotANumber::Text => wording::wrong_type(self.name, self.ty, &found),
            NotANumber::Separators => wording::separators(self.name, &found),
            NotANumber::TooLong => wording::too_many_digits(self.name),
        })
    }

    /// The unit beside the number or the one stated apart, which must not contradict each other.
    fn one_unit(&self, beside: &str, stated: &str) -> Result<String, Refusal> {
        let stated = normal_name(stated);
        match (beside.is_empty(), stated.is_empty()) {
            (true, _) => Ok(stated),
            (false, true) => Ok(beside.to_owned()),
            (false, false) if beside == stated => Ok(stated),
            (false, false) => Err(wording::two_units(self.name, beside, &stated).into()),
        }
    }

    fn date(&self, scalar: &Scalar) -> Result<Value, Refusal> {
        let read = match scalar {
            Scalar::Text(text) => date::date(text),
            Scalar::Date(day) => date::whole(day.year(), day.month(), day.day()),
            Scalar::Number(_) | Scalar::Bool(_) | Scalar::Fault(_) => Err(NotADate::Form),
        };
        read.map(Value::Date).map_err(|fault| {
            Box::new(match fault {
                NotADate::Form => wording::date_form(self.name, &scalar.words()),
                NotADate::Impossible => wording::date_impossible(self.name, &scalar.words()),
            })
        })
    }

    fn yes_no(&self, scalar: &Scalar) -> Result<bool, Refusal> {
        match scalar {
            Scalar::Bool(yes) => Ok(*yes),
            Scalar::Text(text) => match normal_name(text).to_lowercase().as_str() {
                "是" | "√" | "✓" | "✔" | "true" | "yes" => Ok(true),
                "否" | "×" | "✗" | "✘" | "false" | "no" => Ok(false),
                _ => self.refuse(scalar),
            },
            _ => self.refuse(scalar),
        }
    }

    fn text(&self, scalar: &Scalar) -> Result<Value, Refusal> {
        match scalar {
            Scalar::Bool(_) | Scalar::Fault(_) => self.refuse(scalar),
            _ => Ok(Value::Text(scalar.words().trim().into())),
        }
    }

    /// # Shape
    /// The word is the list's own spelling, so that rules compare like with like.
    fn choice(&self, choice: ChoiceId, scalar: &Scalar) -> Result<Value, Refusal> {
        let Some(list) = self.schema.choice(choice) else { return self.text(scalar) };
        let found = scalar.words();
        let wanted = normal_name(&found);
        if let Some(word) = list.words.iter().find(|word| normal_name(word) == wanted) {
            return Ok(Value::Text(word.clone()));
        }
        let words: Vec<&str> = list.words.iter().map(|word| &**word).collect();
        let nearest = index::nearest(&found, words.iter().copied());
        Err(wording::not_a_choice(self.name, &found, &words, nearest.as_deref()).into())
    }

    /// Whether `text` is a word of the datum's own choice list, before it is a state.
    pub(crate) fn is_choice(&self, text: &str) -> bool {
        let Type::Word(Some(choice)) = self.ty else { return false };
        let wanted = normal_name(text);
        self.schema.choice(*choice).is_some_and(|list| list.words.iter().any(|word| normal_name(word) == wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, String> {
        let ty = Type::List(Box::new(Type::Quantity(Quantity::Money)));
        let asked = Asked { schema: &Schema::default(), name: "季度支出", ty: &ty };
        asked.value(&Scalar::Text(text.to_owned()), None).map_err(|refused| refused.code.to_string())
    }

    #[test]
    fn a_list_in_one_cell_is_parted_by_semicolons() {
        let amounts =
            |amounts: &[i64]| Value::List(amounts.iter().map(|at| Value::Number(Number::from(*at))).collect());
        assert_eq!(read("1万元；20,000元;3元"), Ok(amounts(&[10_000, 20_000, 3])));
        assert_eq!(read("5元"), Ok(amounts(&[5])));
        assert_eq!(read("1万元；2"), Err("data/unit".to_owned()), "the unit of every value is said");
        assert_eq!(read("；"), Err("data/type".to_owned()), "an empty list is none");
    }

    #[test]
    fn a_list_of_values_that_stand_apart() {
        let ty = Type::List(Box::new(Type::Quantity(Quantity::Plain)));
        let schema = Schema::default();
        let asked = Asked { schema: &schema, name: "数", ty: &ty };
        let items = [Scalar::Number("1".to_owned()), Scalar::Text("2.5".to_owned())];
        let read = asked.items(items.iter().map(Some));
        assert!(matches!(read, Ok(Value::List(values)) if values.len() == 2));
        assert!(asked.items(std::iter::empty()).is_err_and(|refused| refused.code == "data/empty-table"));
        assert!(asked.items([None].into_iter()).is_err(), "a table in a list");
        let one = Asked { ty: &Type::Bool, ..asked };
        assert!(one.items(items.iter().map(Some)).is_err(), "a list where one value is asked for");
    }
}
