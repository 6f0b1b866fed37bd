//! The words of the trade, from `vocabulary.toml`.

use serde::Deserialize;

/// What the checks know of the trade.
#[derive(Clone, Debug, Deserialize)]
pub struct Vocabulary {
    pub(crate) whole: Vec<Whole>,
    pub(crate) list: ListWords,
    pub(crate) table: TableWords,
    pub(crate) budget: BudgetWords,
    pub(crate) balance: BalanceWords,
    pub(crate) staff: StaffWords,
    pub(crate) score: ScoreWords,
    pub(crate) limit: Vec<Limit>,
    pub(crate) superseded: Vec<Superseded>,
    pub(crate) leftover: LeftoverWords,
    pub(crate) heading: HeadingWords,
    #[serde(default)]
    pub(crate) role: RoleWords,
    #[serde(default)]
    pub(crate) grade: Vec<Grade>,
    /// The steps of a project in the order in which they can be taken.
    #[serde(default)]
    pub(crate) course: Vec<Vec<String>>,
    /// Beginning and end of a time.
    #[serde(default)]
    pub(crate) span: Vec<Vec<String>>,
}

/// Words that say whether a figure was planned or done, and what rates are of what was done.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct RoleWords {
    pub planned: Vec<String>,
    pub done: Vec<String>,
    pub rates: Vec<String>,
}

/// A grade: its names, and from how many points on it holds.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Grade {
    pub names: Vec<String>,
    pub from: i64,
}

/// Parts that make up their total.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Whole {
    pub parts: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ListWords {
    pub open: Vec<String>,
    pub last: Vec<String>,
    pub comparison: Vec<String>,
    pub total: Vec<String>,
    #[serde(default)]
    pub across: Vec<String>,
    #[serde(default)]
    pub bare: Vec<String>,
    #[serde(default)]
    pub thing: Vec<String>,
    #[serde(default)]
    pub breakdown: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct TableWords {
    pub total: Vec<String>,
    pub subtotal: Vec<String>,
    pub part: Vec<String>,
    pub points: Vec<String>,
    pub score: Vec<String>,
    pub reason: Vec<String>,
    pub evidence: Vec<String>,
    pub target: Vec<String>,
    pub actual: Vec<String>,
    pub upper: Vec<String>,
    #[serde(default)]
    pub difference: Vec<String>,
    #[serde(default)]
    pub outturn: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct BudgetWords {
    pub initial: Vec<String>,
    #[serde(default)]
    pub opening: Vec<String>,
    #[serde(rename = "final")]
    pub outturn: Vec<String>,
    pub beyond: i64,
    pub praise: Vec<String>,
    pub within: Vec<String>,
    pub used: Vec<String>,
    pub planned: Vec<String>,
    #[serde(default)]
    pub adjusted: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct BalanceWords {
    pub opening: Vec<String>,
    pub income: Vec<String>,
    pub spending: Vec<String>,
    pub closing: Vec<String>,
    #[serde(default)]
    pub came: Vec<String>,
    #[serde(default)]
    pub went: Vec<String>,
    #[serde(default)]
    pub left: Vec<String>,
    /// Words of the beginning and the end of a year, and of what is there then.
    #[serde(default)]
    pub start: Vec<String>,
    #[serde(default)]
    pub end: Vec<String>,
    #[serde(default)]
    pub stock: Vec<String>,
    #[serde(default)]
    pub added: Vec<String>,
    #[serde(default)]
    pub taken: Vec<String>,
    #[serde(default)]
    pub before: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct StaffWords {
    pub posts: Vec<String>,
    pub staff: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ScoreWords {
    #[serde(rename = "self")]
    pub own: Vec<String>,
    pub full: i64,
    pub deduction: Vec<String>,
}

/// A limit set by law.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Limit {
    pub act: String,
    pub words: Vec<String>,
    pub context: Vec<String>,
    pub days: i64,
    pub working: bool,
    pub basis: String,
}

/// A document that another has replaced.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Superseded {
    pub title: String,
    pub by: String,
    /// The first year in which it no longer held.
    #[serde(default)]
    pub since: Option<i64>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct LeftoverWords {
    pub hints: Vec<String>,
    pub year: Vec<String>,
    pub past: Vec<String>,
    pub selves: Vec<String>,
    #[serde(default)]
    pub superior: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct HeadingWords {
    pub not: Vec<String>,
}

impl Vocabulary {
    /// Reads a vocabulary.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(text: &str) -> Result<Vocabulary, String> {
        toml::from_str(text).map_err(|error| error.message().to_owned())
    }

    /// The vocabulary that the program carries.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    pub fn standard() -> Vocabulary {
        Vocabulary::read(include_str!("../vocabulary.toml")).expect("the vocabulary of the program is valid")
    }
}

/// Whether the text holds one of the words.
pub(crate) fn has(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Whether the text ends with one of the words.
pub(crate) fn ends(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}
