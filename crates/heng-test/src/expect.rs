//! What must come out of a case, and how a scorecard differs from it.

use std::collections::{BTreeMap, BTreeSet};

use heng_model::{
    Number, Outcome, Program, Rounding, Scorecard, Verdict,
    scorecard::{Cause, Finding},
};

/// What must come out. A score is exact (`8.62`, `25/3`), or printed (`≈3.11`: equal when rounded
/// half-up to the places printed), or a bound (`≥ 8`, `≤ 8`), or a word: `不适用`, `待编`, or an open range with its verdict
/// (`待核 0 … 10`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expect {
    /// By indicator: its name, its key, or the end of its key.
    pub scores: BTreeMap<String, String>,
    /// Of the whole.
    pub total: Option<String>,
    /// The grade; `none` where there must be none.
    pub grade: Option<String>,
    /// The messages of the demands that do not hold, sorted.
    pub says: Option<Vec<String>>,
    /// The code of the finding for which the facts are refused.
    pub refused: Option<String>,
}

/// One thing that came out otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What: an indicator, or `total`, `grade`, `says`, `refused`.
    pub what: String,
    /// What should have come out.
    pub expected: String,
    /// What did.
    pub found: String,
}

impl Expect {
    /// Whether nothing is expected, which tests nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Expect::default()
    }

    /// Everything in which the scorecard differs.
    #[must_use]
    pub fn differences(&self, program: &Program, card: &Scorecard) -> Vec<Difference> {
        let mut wrong = Vec::new();
        for (name, expected) in &self.scores {
            let outcome =
                program.find_node(name).and_then(|id| card.nodes.get(id.0 as usize)).map(|node| &node.outcome);
            compare(&mut wrong, name, expected, outcome);
        }
        if let Some(expected) = &self.total {
            compare(&mut wrong, "total", expected, card.nodes.first().map(|node| &node.outcome));
        }
        let grade = card.grade.as_deref().unwrap_or("none");
        if let Some(expected) = self.grade.as_ref().filter(|expected| *expected != grade) {
            wrong.push(Difference { what: "grade".to_owned(), expected: expected.clone(), found: grade.to_owned() });
        }
        let said = messages(card);
        if let Some(expected) = self.says.as_ref().filter(|expected| **expected != said) {
            let (expected, found) = (expected.join("；"), said.join("；"));
            wrong.push(Difference { what: "says".to_owned(), expected, found });
        }
        wrong
    }
}

fn compare(wrong: &mut Vec<Difference>, name: &str, expected: &str, outcome: Option<&Outcome>) {
    if !outcome.is_some_and(|outcome| fits(expected, outcome)) {
        let found = outcome.map_or_else(|| "（没有这个指标）no such indicator".to_owned(), words);
        wrong.push(Difference { what: name.to_owned(), expected: expected.to_owned(), found });
    }
}

/// Whether an outcome is the expected one: equal, or after ≈ equal when rounded to the places printed.
fn fits(expected: &str, outcome: &Outcome) -> bool {
    if let (Some((sign, limit)), Outcome::Score(points)) = (bound(expected), outcome) {
        return if sign == '≥' { *points >= limit } else { *points <= limit };
    }
    match (expected.strip_prefix('≈'), outcome) {
        (Some(printed), Outcome::Score(points)) => {
            let places = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            u32::try_from(places).is_ok_and(|places| points.fixed(places, Rounding::HalfUp) == printed)
        }
        (None, Outcome::Score(points)) => expected.parse::<Number>().is_ok_and(|expected| expected == *points),
        _ => words(outcome) == expected,
    }
}

/// `≥ 8`, `≤ 8`.
fn bound(expected: &str) -> Option<(char, Number)> {
    let sign = expected.chars().next().filter(|sign| matches!(sign, '≥' | '≤'))?;
    Some((sign, expected.strip_prefix(sign)?.trim().parse().ok()?))
}

/// The messages of the demands that do not hold, each once, sorted.
fn messages(card: &Scorecard) -> Vec<String> {
    let message = |finding: &Finding| match &finding.cause {
        Cause::Demand(_, message, _) => message.as_ref().map(ToString::to_string),
        _ => None,
    };
    let messages: BTreeSet<String> = card.findings.iter().filter_map(message).collect();
    messages.into_iter().collect()
}

/// An outcome as a case writes it.
pub(crate) fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Score(points) => points.to_string(),
        Outcome::Graded(letter) => letter.as_deref().unwrap_or("none").to_owned(),
        Outcome::NotApplicable => "不适用".to_owned(),
        Outcome::Unwritten => "待编".to_owned(),
        Outcome::Open { least, most, verdict } => {
            let word = match verdict {
                Verdict::NotApplicable => "不适用",
                Verdict::Review => "待核",
                Verdict::Return => "退回",
                Verdict::Stop => "停止",
            };
            format!("{word} {least} … {most}")
        }
    }
}

/// What comes out where no score does, as English cases write it, and as [`Expect`] wants it.
const OUTCOMES: [(&str, &str); 5] =
    [("not_applicable", "不适用"), ("todo", "待编"), ("review", "待核"), ("return", "退回"), ("stop", "停止")];

/// A score as people write it, as [`Expect`] wants it: without 分 or points, words in Chinese.
pub(crate) fn points_text(text: &str) -> String {
    let text = text.trim();
    let bare = ["分", "points", "point"].iter().find_map(|unit| text.strip_suffix(unit));
    let text = bare.unwrap_or(text).trim();
    let turned = |(en, zh): &(&str, &str)| {
        let rest = text.strip_prefix(en)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| format!("{zh}{rest}"))
    };
    OUTCOMES.iter().find_map(turned).unwrap_or_else(|| text.to_owned())
}
