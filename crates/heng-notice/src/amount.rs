//! Amounts and points as sentences give them.

use heng_model::Number;

/// A number with its unit, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) number: Number,
    pub(crate) text: String,
    pub(crate) unit: String,
}

impl Amount {
    /// Reads a number and a unit; `百分点` is short for 个百分点.
    pub(crate) fn new(number: &str, unit: &str) -> Option<Amount> {
        let unit = match unit {
            "百分点" => "个百分点",
            "工作日" => "个工作日",
            "日" | "天" => "个自然日",
            unit => unit,
        };
        Some(Amount { number: number.parse().ok()?, text: number.to_owned(), unit: unit.to_owned() })
    }

    /// As a rule file writes it.
    pub(crate) fn rule(&self) -> String {
        format!("{}{}", self.text, self.unit)
    }

    /// The same amount in the unit of another, where this one has none.
    pub(crate) fn with_unit_of(mut self, other: &Amount) -> Amount {
        if self.unit.is_empty() {
            self.unit.clone_from(&other.unit);
        }
        self
    }

    pub(crate) fn is_percent(&self) -> bool {
        self.unit == "%"
    }
}

/// What a clause gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gets {
    /// 得满分.
    Full,
    /// 得5分.
    Points(Number, String),
    /// 得满分的70%.
    Part(String),
    /// 不适用, 不考核.
    NotApplicable,
}

impl Gets {
    pub(crate) fn points(text: &str) -> Option<Gets> {
        Some(Gets::Points(text.parse().ok()?, text.to_owned()))
    }

    pub(crate) fn is_nought(&self) -> bool {
        matches!(self, Gets::Points(number, _) if *number == Number::ZERO)
    }

    /// As a rule file writes it.
    pub(crate) fn rule(&self) -> String {
        match self {
            Gets::Full => "满分".to_owned(),
            Gets::Points(_, text) => format!("{text}分"),
            Gets::Part(percent) => format!("{percent}% × 满分"),
            Gets::NotApplicable => "不适用".to_owned(),
        }
    }

    /// Whether it is all there is to get.
    pub(crate) fn is_full(&self, full: Option<&Number>) -> bool {
        match self {
            Gets::Full => true,
            Gets::Points(number, _) => full.is_none_or(|full| full == number),
            Gets::Part(percent) => percent == "100",
            Gets::NotApplicable => false,
        }
    }
}
