//! Patterns of clauses: each matches a whole piece of text or not at all, so nothing is left over unseen.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A pattern, compiled when first asked.
pub(crate) type Pattern = LazyLock<Option<Regex>>;

/// An amount with its unit.
pub(crate) const AMOUNT: &str = r"(-?\d+(?:\.\d+)?)(%|个百分点|百分点|亿元|万元|元|个工作日|工作日|个自然日|天|日|个|项|次|起|件|人|户|家|份|条|处|篇|例|分)?";
/// Whether an end belongs to a range.
pub(crate) const EDGE: &str = r"(?:\((不?含)(?:本数|端点)?\))?";
/// What may be the name of a figure.
pub(crate) const SUBJECT: &str = r#"[\p{Han}A-Za-z“”"'‘’《》·]{0,30}?"#;

/// Compiles a pattern in which `{A}`, `{E}` and `{S}` stand for amount, edge and subject.
pub(crate) fn compile(text: &str) -> Option<Regex> {
    let text = text.replace("{A}", AMOUNT).replace("{E}", EDGE).replace("{S}", SUBJECT);
    Regex::new(&format!("^(?:{text})$")).ok()
}

/// The parts of `text`, where the pattern fits all of it.
pub(crate) fn parts<'t>(pattern: &Pattern, text: &'t str) -> Option<Captures<'t>> {
    pattern.as_ref()?.captures(text)
}

/// A part that was found, else nothing.
pub(crate) fn part<'t>(captures: &Captures<'t>, index: usize) -> &'t str {
    captures.get(index).map_or("", |found| found.as_str())
}

macro_rules! patterns {
    ($($name:ident = $text:expr;)*) => {$(
        static $name: crate::pattern::Pattern = std::sync::LazyLock::new(|| crate::pattern::compile($text));
    )*
    #[cfg(test)]
    #[test]
    fn every_pattern_compiles() {
        $(assert!($name.is_some(), stringify!($name));)*
    }};
}
pub(crate) use patterns;
