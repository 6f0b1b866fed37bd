//! Dimensions. A number means nothing without its unit, and a table that adds days to money is
//! wrong whatever the numbers are; so every expression has a static [`Type`], and values carry
//! only the bare number in the type's base unit.

use serde::{Deserialize, Serialize};

use crate::schema::{ChoiceId, FieldId};

/// What a number measures.
///
/// # Units
/// Values are held in the base unit: 元 for money, 1 for a ratio (100 % = 1) and for percentage
/// points (1 个百分点 = 0.01), 分 for points, days for spans of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Quantity {
    /// 数: a bare number.
    Plain,
    /// 比率: a share of one, written with `%`.
    Ratio,
    /// 百分点: the difference of two ratios.
    PercentPoint,
    /// 个数: a whole number of things (人, 项, 次, 起, 个).
    Count,
    /// 年度: a year.
    Year,
    /// 金额: money, in yuan.
    Money,
    /// 分: points of a score.
    Points,
    /// 天: a legal time limit. It does not count its first day, and when it ends on a day off it
    /// ends on the next working day.
    Days,
    /// 个自然日: calendar days, ending when they end.
    CalendarDays,
    /// 个工作日: working days of a calendar.
    WorkingDays,
    /// Whatever multiplication and division made, such as 元·分.
    Compound(Dimension),
}

/// Exponents of the base dimensions; all nought means a bare number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dimension {
    /// Exponent of 元.
    pub money: i8,
    /// Exponent of 天.
    pub days: i8,
    /// Exponent of 分.
    pub points: i8,
}

impl Dimension {
    /// The dimension of a product.
    #[must_use]
    pub fn times(self, other: Dimension) -> Dimension {
        Dimension {
            money: self.money.saturating_add(other.money),
            days: self.days.saturating_add(other.days),
            points: self.points.saturating_add(other.points),
        }
    }

    /// The dimension of `1 ÷ self`.
    #[must_use]
    pub fn inverse(self) -> Dimension {
        Dimension {
            money: self.money.saturating_neg(),
            days: self.days.saturating_neg(),
            points: self.points.saturating_neg(),
        }
    }

    fn quantity(self) -> Quantity {
        match (self.money, self.days, self.points) {
            (0, 0, 0) => Quantity::Ratio,
            (1, 0, 0) => Quantity::Money,
            (0, 1, 0) => Quantity::Days,
            (0, 0, 1) => Quantity::Points,
            _ => Quantity::Compound(self),
        }
    }
}

impl Quantity {
    /// The exponents behind the quantity.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        let (money, days, points) = match self {
            Quantity::Plain | Quantity::Ratio | Quantity::PercentPoint | Quantity::Count | Quantity::Year => (0, 0, 0),
            Quantity::Money => (1, 0, 0),
            Quantity::Days | Quantity::CalendarDays | Quantity::WorkingDays => (0, 1, 0),
            Quantity::Points => (0, 0, 1),
            Quantity::Compound(dimension) => return dimension,
        };
        Dimension { money, days, points }
    }

    /// Whether the quantity is a bare number of some kind.
    #[must_use]
    pub fn is_bare(self) -> bool {
        self.dimension() == Dimension::default()
    }

    /// What a sum or difference of the two measures; `None` where they do not add.
    #[must_use]
    pub fn plus(self, other: Quantity) -> Option<Quantity> {
        if self == other {
            return Some(self);
        }
        if self.dimension() != other.dimension() {
            return None;
        }
        match (self, other) {
            (Quantity::Plain, q) | (q, Quantity::Plain) => Some(q),
            (Quantity::Ratio, Quantity::PercentPoint) | (Quantity::PercentPoint, Quantity::Ratio) => {
                Some(Quantity::Ratio)
            }
            (Quantity::Year, Quantity::Count) | (Quantity::Count, Quantity::Year) => Some(Quantity::Year),
            _ => None,
        }
    }

    /// What the product of the two measures.
    #[must_use]
    pub fn times(self, other: Quantity) -> Quantity {
        match (self.is_bare(), other.is_bare()) {
            (true, true) if self == other && self == Quantity::Count => Quantity::Count,
            (true, true) if self == Quantity::Plain => other,
            (true, true) if other == Quantity::Plain => self,
            (true, false) => other,
            (false, true) => self,
            _ => self.dimension().times(other.dimension()).quantity(),
        }
    }

    /// What the quotient of the two measures.
    #[must_use]
    pub fn over(self, other: Quantity) -> Quantity {
        if other == Quantity::Plain && self != Quantity::Count {
            return self;
        }
        if other.is_bare() && !self.is_bare() {
            return self;
        }
        self.dimension().times(other.dimension().inverse()).quantity()
    }

    /// Whether the quantity counts days of some kind.
    #[must_use]
    pub fn is_days(self) -> bool {
        matches!(self, Quantity::Days | Quantity::CalendarDays | Quantity::WorkingDays)
    }

    /// Whether the two can be compared: one measure, spans of days, or a bare number with either.
    #[must_use]
    pub fn comparable(self, other: Quantity) -> bool {
        self.fits(other) || other.fits(self) || (self.is_days() && other.is_days())
    }

    /// Whether a value of this quantity may stand where `wanted` is asked for. Bare numbers stand
    /// for ratios and counts; money never stands for points.
    #[must_use]
    pub fn fits(self, wanted: Quantity) -> bool {
        self == wanted
            || match (self, wanted) {
                (Quantity::Plain, w) => w.is_bare(),
                (Quantity::Ratio | Quantity::Count, Quantity::Plain) => true,
                (Quantity::PercentPoint, Quantity::Ratio) | (Quantity::Ratio, Quantity::PercentPoint) => true,
                _ => false,
            }
    }
}

/// The static type of an expression.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// A number with its unit.
    Quantity(Quantity),
    /// 日期: a civil date.
    Date,
    /// 是否: yes or no.
    Bool,
    /// 文本: free text.
    Text,
    /// 选项: one word of a closed list, or a letter or grade (no list).
    Word(Option<ChoiceId>),
    /// 表: rows of a table of the schema.
    Rows(FieldId),
    /// 列: several values of one type.
    List(Box<Type>),
    /// 下级: the children of the indicator that asks.
    Children,
    /// A result without a value, such as 待核, which may stand anywhere.
    Never,
}

impl Type {
    /// Points of a score.
    pub const POINTS: Type = Type::Quantity(Quantity::Points);

    /// The quantity, for a number.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        match self {
            Type::Quantity(quantity) => Some(*quantity),
            _ => None,
        }
    }

    /// Whether a value of this type may stand where `wanted` is asked for.
    #[must_use]
    pub fn fits(&self, wanted: &Type) -> bool {
        match (self, wanted) {
            (Type::Never, _) => true,
            (Type::Quantity(a), Type::Quantity(b)) => a.fits(*b),
            (Type::Word(a), Type::Word(b)) => a == b || a.is_none() || b.is_none(),
            (Type::Text, Type::Word(None)) | (Type::Word(_), Type::Text) => true,
            (Type::List(a), Type::List(b)) => a.fits(b),
            (a, b) => a == b,
        }
    }
}
