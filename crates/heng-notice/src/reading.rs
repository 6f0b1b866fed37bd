//! What a sentence came to: a block with the data it needs, or a refusal with the nearest pattern.

use heng_diag::{Lang, Text};
use heng_model::Number;

/// What is known beside the sentence.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// The indicator's full marks, where the table gives them.
    pub full: Option<&'a Number>,
    /// The indicator's name: the figure that a sentence without a subject speaks of.
    pub indicator: &'a str,
    /// The language of the sentence.
    pub lang: Lang,
}

/// The type that a datum seems to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guess {
    /// 比率.
    Ratio,
    /// 比率 that the sentence takes to lie between nought and a hundred per cent: whether at least, at most.
    Bounded(bool, bool),
    /// 金额.
    Money,
    /// 天数.
    Days,
    /// 工作日数.
    WorkingDays,
    /// 个数.
    Count,
    /// 数.
    Plain,
    /// 是否.
    YesNo,
    /// 表 of things that are counted.
    Table,
    /// 选项 with these words.
    Choice(Vec<String>),
}

/// A datum that a block needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datum {
    /// Its name.
    pub name: String,
    /// What it seems to be.
    pub guess: Guess,
}

/// A sentence read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reading {
    /// The lines of the block, as a rule file writes them.
    pub lines: Vec<String>,
    /// The data it needs.
    pub data: Vec<Datum>,
    /// Whether it has steps without saying what a part of a step counts.
    pub steps_unsaid: bool,
}

/// The patterns that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Ranges of a figure.
    Bands,
    /// So many points off per step.
    Steps,
    /// So many points off per thing found.
    PerItem,
    /// A list of requirements.
    Checklist,
    /// Yes or no.
    YesNo,
    /// In proportion.
    Proportion,
    /// Words of a rating.
    Rating,
    /// Nothing near.
    None,
}

/// Why a sentence was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No pattern fits this part.
    Unknown,
    /// Whether an end belongs to a range is not said.
    Edge,
    /// Two ranges hold the same figure.
    Overlap,
    /// A figure belongs to no range.
    Gap,
    /// Rows stand in an order in which one hides another.
    Order,
    /// Points do not agree with the full marks.
    Total,
    /// Two parts contradict each other.
    Contradiction,
    /// It may be read in two ways.
    TwoReadings,
    /// It is left to whoever scores.
    Discretion,
    /// A limit is missing.
    NoLimit,
    /// It speaks of several figures.
    Subjects,
}

/// A sentence that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub why: Why,
    /// The pattern that comes nearest.
    pub nearest: Known,
    /// The part of the sentence at which reading stopped.
    pub at: String,
}

impl Refusal {
    pub(crate) fn new(why: Why, nearest: Known, at: impl Into<String>) -> Refusal {
        Refusal { why, nearest, at: at.into() }
    }

    /// Why, in words, with the nearest pattern.
    #[must_use]
    pub fn text(&self) -> Text {
        crate::wording::refusal(self)
    }
}
