//! The values a fact can move along, in steps of one unit of its last place.

use heng_model::{
    Date, Number, Program, Quantity, Type, Value,
    calendar::add_days,
    schema::{Bound, Interval},
    value::DatumRef,
};

/// Numbers by their last place, or days.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    /// The day that counts as nought, on an axis of dates.
    epoch: Option<Date>,
    /// One unit of the last place.
    pub unit: Number,
    /// The values a fact may have.
    pub domain: Interval<Number>,
}

impl Axis {
    /// The axis of a datum with this type and value; `None` where values have no order.
    pub fn of(program: &Program, datum: DatumRef, ty: &Type, now: Option<&Value>) -> Option<Axis> {
        match (ty, now) {
            (Type::Quantity(quantity), None) => {
                Some(Axis { epoch: None, unit: unit(*quantity, &Number::ZERO), domain: program.schema.domain(datum) })
            }
            (Type::Quantity(quantity), Some(Value::Number(now))) => {
                let mut domain = program.schema.domain(datum);
                if domain.low.is_none() && !now.is_negative() && never_negative(*quantity) {
                    domain.low = Some(Bound { at: Number::ZERO, closed: true });
                }
                Some(Axis { epoch: None, unit: unit(*quantity, now), domain })
            }
            (Type::Date, Some(Value::Date(day))) => {
                Some(Axis { epoch: Some(*day), unit: Number::ONE, domain: Interval { low: None, high: None } })
            }
            _ => None,
        }
    }

    /// The place of a value on the axis.
    pub fn place(&self, value: &Value) -> Option<Number> {
        match (value, self.epoch) {
            (Value::Number(number), None) => Some(number.clone()),
            (Value::Date(day), Some(epoch)) => Some(Number::from(i64::from((*day - epoch).get_days()))),
            _ => None,
        }
    }

    /// The value at a place.
    pub fn value(&self, place: &Number) -> Option<Value> {
        match self.epoch {
            None => Some(Value::Number(place.clone())),
            Some(epoch) => add_days(epoch, place.to_i64()?).map(Value::Date),
        }
    }

    /// Whether days are counted.
    pub fn is_days(&self) -> bool {
        self.epoch.is_some()
    }

    /// The places on the grid around one that may lie between its lines, and their neighbours.
    pub fn around(&self, place: &Number) -> Vec<Number> {
        let Some(units) = place.checked_div(&self.unit) else { return Vec::new() };
        let at = |units: &Number| units * &self.unit;
        let (below, above) = (units.floor(), units.ceil());
        vec![at(&(&below - &Number::ONE)), at(&below), at(&above), at(&(&above + &Number::ONE))]
    }

    /// The place halfway between two, on the grid of the first; `None` when none lies between.
    pub fn halfway(&self, from: &Number, to: &Number) -> Option<Number> {
        let units = (to - from).checked_div(&self.unit)?;
        let half = units.checked_div(&Number::from(2))?.round(0, heng_model::Rounding::Down);
        (!half.is_zero()).then(|| from + &(&half * &self.unit))
    }
}

/// Whether a negative amount of it makes no sense unless the schema says so.
fn never_negative(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::Money | Quantity::Count | Quantity::Year | Quantity::Points) || quantity.is_days()
}

/// One unit of the last place: of what is written, as far as the figure still shows it.
fn unit(quantity: Quantity, now: &Number) -> Number {
    // 100元 is the last place of 2366.79万元.
    let places: &[(i128, u32)] = match quantity {
        Quantity::Count | Quantity::Year | Quantity::Days | Quantity::CalendarDays | Quantity::WorkingDays => &[(1, 0)],
        Quantity::Money => &[(100, 0), (1, 0), (1, 2)],
        Quantity::Ratio | Quantity::PercentPoint => &[(1, 4), (1, 6), (1, 8)],
        Quantity::Plain | Quantity::Points | Quantity::Compound(_) => &[(1, 2), (1, 4), (1, 6)],
    };
    let mut units = places.iter().map(|(mantissa, scale)| Number::scaled(*mantissa, *scale));
    let fits = |unit: &Number| now.checked_div(unit).is_some_and(|units| units.floor() == units);
    units.clone().find(fits).or_else(|| units.next_back()).unwrap_or(Number::ONE)
}
