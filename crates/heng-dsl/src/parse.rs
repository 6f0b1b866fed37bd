//! Text to pairs. The grammar recovers by itself, so this never fails as a whole: what could not be
//! read stands in the pairs as `bad_line`, and what hinders reading at all (nesting bombs, missing
//! braces) is mended or reported before pest sees it.

use heng_diag::{Diagnostic, Edit, FileId, Span};
use pest::{
    Parser,
    error::{Error, InputLocation},
    iterators::Pair,
};
use pest_derive::Parser;

use crate::{
    balance,
    fold::{Folded, breaks_line, is_hidden},
    proof, wording, words,
};

/// The parser that pest makes of the two grammar files.
#[derive(Parser)]
#[grammar = "keywords.pest"]
#[grammar = "grammar.pest"]
pub struct HengParser;

/// A folded and balanced file, ready to be parsed.
pub struct Prepared {
    /// The file.
    pub file: FileId,
    /// Its text as the grammar reads it.
    pub folded: Folded,
}

/// Folds a text, mends its braces and refuses what would break the reader.
pub fn prepare(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Prepared> {
    invisible(file, text, diagnostics);
    let folded = proof::hide(&Folded::new(text));
    let balanced = balance::balance(&folded, file, diagnostics)?;
    let span = |start: usize, end: usize| Span { file, start: balanced.original(start), end: balanced.original(end) };
    let folded = words::mark(&balanced, span, diagnostics);
    Some(Prepared { file, folded })
}

/// Reports characters that nobody can see, a finding a line. The fold leaves them out.
fn invisible(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let next = line.chars().skip(1).map(Some).chain([None]);
        let characters = line.char_indices().zip(next).filter(|((at, character), next)| {
            let mark = start + at == 0 && *character == '\u{FEFF}';
            is_hidden(*character, *next) && !mark
        });
        let mut edits = Vec::new();
        let mut shown: Vec<String> = Vec::new();
        for ((at, character), _) in characters {
            let place = Span { file, start: offset(start + at), end: offset(start + at + character.len_utf8()) };
            let replacement = if breaks_line(character) { "\n".to_owned() } else { String::new() };
            edits.push(Edit { span: place, replacement });
            let code = format!("U+{:04X}", u32::from(character));
            if shown.len() < 3 && !shown.contains(&code) {
                shown.push(code);
            }
        }
        if let Some(first) = edits.first() {
            diagnostics.push(wording::invisible(first.span, &shown.join("、"), edits));
        }
        start += line.len();
    }
}

impl Prepared {
    /// The pairs of the file.
    pub fn pairs(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Pair<'_, Rule>> {
        match HengParser::parse(Rule::file, &self.folded.text) {
            Ok(mut pairs) => pairs.next(),
            Err(error) => {
                let at = stopped_at(&error);
                diagnostics.push(wording::unreadable(self.span(at, at)));
                None
            }
        }
    }

    /// The place in the original of a stretch of the folded text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: self.folded.original(start), end: self.folded.original(end) }
    }

    /// A stretch of the folded text, with its place.
    pub fn stretch(&self, start: usize, end: usize) -> Option<(usize, &str)> {
        self.folded.text.get(start..end).map(|text| (start, text))
    }

    /// How far a bad line can be read before it goes wrong.
    pub fn readable(&self, rule: Rule, text: &str, base: usize) -> usize {
        base + match HengParser::parse(rule, text) {
            Ok(mut pairs) => pairs.next().map_or(0, |pair| pair.as_span().end()),
            Err(error) => stopped_at(&error),
        }
    }
}

/// Where reading stopped.
fn stopped_at(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}
