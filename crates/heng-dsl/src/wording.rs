//! All wording of the language, Chinese and English side by side. A message says what is wrong,
//! why it matters, and what to do.

mod amend;
mod bands;
mod import;
mod letters;
mod meaning;
mod peers;
mod practice;
mod syntax;
mod types;
mod weights;

pub use amend::*;
pub use bands::*;
pub use import::*;
pub use letters::*;
pub use meaning::*;
pub use peers::*;
pub use practice::*;
pub use syntax::*;
pub use types::*;
pub use weights::*;

use heng_diag::Text;
use heng_model::{Quantity, Type};

fn text(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(zh, en)
}

/// A type in words.
pub fn type_words(ty: &Type) -> Text {
    let (zh, en) = match ty {
        Type::Quantity(quantity) => quantity_words(*quantity),
        Type::Date => ("日期", "date"),
        Type::Bool => ("是否", "yes/no"),
        Type::Text => ("文本", "text"),
        Type::Word(_) => ("选项", "choice"),
        Type::Rows(_) => ("表", "table"),
        Type::List(_) => ("列", "list"),
        Type::Children => ("下级", "children"),
        Type::Never => ("（无）", "nothing"),
    };
    text(zh, en)
}

fn quantity_words(quantity: Quantity) -> (&'static str, &'static str) {
    match quantity {
        Quantity::Plain => ("数", "number"),
        Quantity::Ratio => ("比率", "ratio"),
        Quantity::PercentPoint => ("百分点", "percentage points"),
        Quantity::Count => ("个数", "count"),
        Quantity::Year => ("年度", "year"),
        Quantity::Money => ("金额", "money"),
        Quantity::Points => ("分", "points"),
        Quantity::Days => ("天数", "days"),
        Quantity::CalendarDays => ("自然日数", "calendar days"),
        Quantity::WorkingDays => ("工作日数", "working days"),
        Quantity::Compound(_) => ("复合单位", "a compound unit"),
    }
}
