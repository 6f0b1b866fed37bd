//! Amendments: next year's table as changes to this year's. A 修订 is applied to the text of the year
//! before, so every construct of the language can be changed, and the text that comes out is an
//! ordinary rule file. Each of its bytes knows the file it came from; what is found in it, and every
//! number of the program, points to where a person wrote it.

mod apply;
pub(crate) mod change;
pub(crate) mod find;
pub(crate) mod places;
pub(crate) mod read;
mod spaced;
pub(crate) mod weave;

use heng_diag::{Diagnostic, FileId};

use crate::{FormatOptions, format, parse::prepare, wording};
pub(crate) use apply::apply;

/// Whether a text has a 修订 at its top.
#[must_use]
pub fn is_amendment(text: &str) -> bool {
    has_block(text, ["修订", "amend"])
}

/// Whether a text has a 变体 at its top.
pub(crate) fn has_variant(text: &str) -> bool {
    has_block(text, ["变体", "variant"])
}

fn has_block(text: &str, words: [&str; 2]) -> bool {
    let starts = |line: &str| {
        words.iter().any(|word| {
            line.strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_whitespace) || rest.starts_with('{'))
        })
    };
    text.lines().any(|line| starts(line.trim_start_matches('\u{FEFF}')))
}

/// Whether a text has rules of its own, amendments apart.
#[must_use]
pub fn has_rules(text: &str) -> bool {
    let Some(prepared) = prepare(FileId(0), text, &mut Vec::new()) else { return false };
    let Some(root) = prepared.pairs(&mut Vec::new()) else { return false };
    root.into_inner().any(|pair| pair.as_rule() == crate::parse::Rule::block)
}

/// 基于: the file or pack that an amendment is made to, as it is written there.
#[must_use]
pub fn based_on(text: &str) -> Option<String> {
    let prepared = prepare(FileId(0), text, &mut Vec::new())?;
    let root = prepared.pairs(&mut Vec::new())?;
    read::read(&prepared, text, FileId(0), root).based_on.map(|text| text.text)
}

pub(crate) fn amendments(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> read::Amendments {
    if !is_amendment(text) && !has_variant(text) {
        return read::Amendments::default();
    }
    let mut found = Vec::new();
    let amendments = prepare(file, text, &mut found).and_then(|prepared| {
        let root = prepared.pairs(&mut found)?;
        for pair in root
            .clone()
            .into_inner()
            .filter(|pair| matches!(pair.as_rule(), crate::parse::Rule::amend | crate::parse::Rule::variant))
            .flat_map(|pair| pair.into_inner().flatten())
        {
            use crate::parse::Rule;
            if matches!(pair.as_rule(), Rule::bad_line | Rule::bad_tail) {
                let first = pair.as_str().lines().next().unwrap_or("").len();
                let start = pair.as_span().start();
                let name = spaced::name(pair.as_span().get_input(), start);
                found.push(wording::amend_line(prepared.span(start, start + first), name.as_deref()));
            }
        }
        Some(read::read(&prepared, text, file, root))
    });
    diagnostics.extend(found);
    amendments.unwrap_or_default()
}

/// A text without runs of empty lines, formatted.
pub(crate) fn tidy(text: &str) -> String {
    format(text, &FormatOptions::default()).text.trim_start().to_owned()
}
