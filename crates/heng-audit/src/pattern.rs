//! Patterns that are constants of this crate.

use regex::Regex;

/// Compiles a pattern of this crate.
#[expect(clippy::expect_used, reason = "the patterns are constants, and a test runs each of them")]
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern compiles")
}

/// Declares patterns that are compiled once.
macro_rules! patterns {
    ($($name:ident = $text:expr;)*) => {
        $(static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| crate::pattern::pattern($text));)*
    };
}
pub(crate) use patterns;
