//! The formatter: one way to set a rule file, whoever typed it. It changes blanks, line ends and the
//! form of signs, and on demand the language of the words of the language; never a name, a text, a
//! comment, or what the file means.
//!
//! ```text
//! text -parse-> pairs -read-> things and tokens -layout-> lines -align-> text
//! ```
//!
//! **Invariants,** each a test: formatting twice is formatting once; the program is the same, places
//! apart; every comment is still there; Chinese to English and back is byte for byte the same.
//!
//! - **Signs follow the file, words stay.** A file is Chinese or English by most of its keywords, and
//!   all punctuation, operators, quotes and dates take that form. A keyword keeps the language it was
//!   written in until the file is turned over as a whole.
//! - **Nothing is guessed.** Where braces do not match, the text comes back as it was, since where a
//!   block ends is unknown. A line that could not be read stays verbatim, and on a line that can be
//!   read in two ways no blank is put in.

mod align;
mod layout;
mod proven;
pub(crate) mod read;
mod spell;
mod survey;
pub(crate) mod token;

use heng_diag::{Diagnostic, FileId, Lang};
use pest::iterators::Pair;

use crate::{
    build,
    parse::{Rule, prepare},
};

/// Found where a line has two readings.
const TWO_READINGS: &str = "syntax/two-readings";
/// Found where a character cannot be seen.
const INVISIBLE: &str = "text/invisible";

/// How to format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormatOptions {
    /// The language into which the words and signs of the language are turned; names stay.
    pub to: Option<Lang>,
}

/// A formatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text; as it was given where its braces do not match.
    pub text: String,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Formats a rule file.
///
/// # Examples
/// ```
/// use heng_dsl::{FormatOptions, format};
/// let text = "一级指标 甲 ２ 分{待编}\n";
/// assert_eq!(format(text, &FormatOptions::default()).text, "一级指标 甲 2分 { 待编 }\n");
/// let english = FormatOptions { to: Some(heng_diag::Lang::En) };
/// assert_eq!(format(text, &english).text, "indicator 甲 2 points { todo }\n");
/// ```
#[must_use]
pub fn format(text: &str, options: &FormatOptions) -> Formatted {
    let mut diagnostics = Vec::new();
    let mut formatted = once(text, options, &mut diagnostics);
    heng_diag::sort(&mut diagnostics);
    diagnostics.dedup();
    // A line of its own may let a reader recover where it could not before, so what was not read is
    // read again until nothing changes.
    if !diagnostics.is_empty() {
        formatted = formatted.and_then(|text| settled(text, options));
    }
    Formatted { text: formatted.unwrap_or_else(|| text.to_owned()), diagnostics }
}

/// A text that formatting leaves as it is; none where that is not soon reached.
fn settled(mut text: String, options: &FormatOptions) -> Option<String> {
    for _ in 0..4 {
        let again = once(&text, options, &mut Vec::new()).unwrap_or_else(|| text.clone());
        if again == text {
            return Some(text);
        }
        text = again;
    }
    None
}

fn once(text: &str, options: &FormatOptions, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let prepared = prepare(FileId(0), text, diagnostics)?;
    let hinders = |found: &Diagnostic| found.is_error() && ![TWO_READINGS, INVISIBLE].contains(&found.code);
    if diagnostics.iter().any(hinders) {
        return None;
    }
    let root = prepared.pairs(diagnostics)?;
    let unread = |pair: &Pair<'_, Rule>| matches!(pair.as_rule(), Rule::bad_line | Rule::bad_tail | Rule::stray_close);
    let unread: Vec<Pair<'_, Rule>> = root.clone().into_inner().flatten().filter(unread).collect();
    if !unread.is_empty() {
        build::build(&prepared, text, diagnostics);
    }
    // A # that is none of a comment where it stands might become one on a line of its own.
    let fixed = |pair: &Pair<'_, Rule>| {
        pair.as_rule() == Rule::stray_close || pair.as_str().contains('#') || pair.as_str().contains("//")
    };
    if unread.iter().any(fixed) {
        return None;
    }
    let document = read::read(&prepared, text, root, diagnostics, options.to);
    Some(align::text(layout::lines(&document)))
}
