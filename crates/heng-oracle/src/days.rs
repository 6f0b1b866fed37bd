//! Time limits: the starting day does not count, 天 that end on a day off end on the next working
//! day, 个自然日 end when they end, 个工作日 count working days.

use heng_model::{Date, Quantity};
use jiff::civil::Weekday;
use num_rational::BigRational;

use crate::{
    fraction::whole,
    place::World,
    value::{FAULT, Halt, Yield},
};

impl World<'_> {
    fn works(&self, day: Date) -> Yield<bool> {
        let year = self.calendar.and_then(|calendar| calendar.years.get(&day.year())).ok_or(FAULT)?;
        if year.workdays.contains(&day) {
            return Ok(true);
        }
        let weekend = day.weekday() == Weekday::Saturday || day.weekday() == Weekday::Sunday;
        Ok(!weekend && !year.holidays.contains(&day))
    }

    /// The last day of a limit.
    pub fn end(&self, start: Date, limit: &BigRational, kind: Quantity) -> Yield<Date> {
        let days: i64 = limit.is_integer().then(|| limit.numer().try_into().ok()).flatten().ok_or(Halt::Beyond)?;
        let mut day = start;
        let mut left = days;
        while left > 0 {
            day = day.tomorrow().map_err(|_| FAULT)?;
            if kind != Quantity::WorkingDays || self.works(day)? {
                left -= 1;
            }
        }
        while kind == Quantity::Days && !self.works(day)? {
            day = day.tomorrow().map_err(|_| FAULT)?;
        }
        Ok(day)
    }
}

/// Calendar days from one date to the other.
pub fn between(from: Date, to: Date) -> BigRational {
    let (mut low, high) = (from.min(to), from.max(to));
    let mut days = 0;
    while low < high {
        let Ok(next) = low.tomorrow() else { break };
        low = next;
        days += 1;
    }
    whole(if from <= to { days } else { -days })
}
