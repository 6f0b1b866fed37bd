//! The cells of a row: what they hold, how their columns are called, and which field of a rule file they are.

use heng_diag::{Lang, Pair};

/// What a cell of a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The name of a group or an indicator.
    Name,
    /// Full marks.
    Points,
    /// The criterion as one sentence.
    Criterion,
    /// 指标解释.
    Meaning,
    /// 佐证.
    Evidence,
    /// 依据.
    Basis,
    /// 来源.
    Source,
    /// 说明.
    Note,
    /// 状态.
    Status,
}

impl Field {
    /// All of them, in the order of the columns.
    pub const ALL: [Field; 9] = [
        Field::Name,
        Field::Points,
        Field::Criterion,
        Field::Meaning,
        Field::Evidence,
        Field::Basis,
        Field::Source,
        Field::Note,
        Field::Status,
    ];

    /// The heading of its column.
    #[must_use]
    pub fn heading(self, lang: Lang) -> &'static str {
        let pair = match self {
            Field::Name => Pair("指标名称", "Indicator"),
            Field::Points => Pair("分值", "Max"),
            Field::Criterion => Pair("评分标准", "Criterion"),
            Field::Meaning => Pair("指标解释", "Meaning"),
            Field::Evidence => Pair("佐证材料", "Evidence"),
            Field::Basis => Pair("依据", "Basis"),
            Field::Source => Pair("来源", "Source"),
            Field::Note => Pair("备注", "Remarks"),
            Field::Status => Pair("状态", "Status"),
        };
        pair.get(lang)
    }

    /// The word of its line in a rule file, for what has one.
    #[must_use]
    pub fn keyword(self) -> Option<&'static str> {
        match self {
            Field::Name | Field::Points | Field::Criterion => None,
            Field::Meaning => Some("指标解释"),
            Field::Evidence => Some("佐证"),
            Field::Basis => Some("依据"),
            Field::Source => Some("来源"),
            Field::Note => Some("说明"),
            Field::Status => Some("状态"),
        }
    }

    /// Whether its column is there though nothing stands in it.
    pub(crate) fn always(self) -> bool {
        matches!(self, Field::Points | Field::Criterion | Field::Basis | Field::Note)
    }

    /// How it is called in the record that goes with a table.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Points => "points",
            Field::Criterion => "criterion",
            Field::Meaning => "meaning",
            Field::Evidence => "evidence",
            Field::Basis => "basis",
            Field::Source => "source",
            Field::Note => "note",
            Field::Status => "status",
        }
    }

    pub(crate) fn of_code(code: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.code() == code)
    }
}
