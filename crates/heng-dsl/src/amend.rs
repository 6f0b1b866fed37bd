//! Amendments: next year's table as changes to this year's. A 修订 is applied to the text of the year
//! before, so every construct of the language can be changed, and the text that comes out is an
//! ordinary rule file. Each of its bytes knows the file it came from; what is found in it, and every
//! number of the program, points to where a person wrote it.

mod apply;
pub(crate) mod change;
pub(crate) mod find;
mod places;
pub(crate) mod read;
pub(crate) mod weave;

use heng_diag::{Diagnostic, FileId, Sources};

use crate::{
    Compiled, FormatOptions, Loader, build,
    compile::plain,
    format,
    import::{self, Linked},
    parse::prepare,
    wording,
};
pub(crate) use apply::apply;
use change::Edit;
use weave::Weave;

/// Whether a text has a 修订 at its top.
#[must_use]
pub fn is_amendment(text: &str) -> bool {
    let starts = |line: &str| {
        ["修订", "amend"].iter().any(|word| {
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

/// The rules of a set of files with what they import, the amendments among them applied in order.
pub(crate) fn woven(files: &[(String, String)], loader: &Loader<'_>, diagnostics: &mut Vec<Diagnostic>) -> Linked {
    let mut linked = import::link(files, loader, diagnostics);
    let weave = &mut linked.weave;
    // Where the rules themselves cannot be read, a change that finds nothing says nothing more.
    let mut unread = Vec::new();
    let whole = prepare(FileId(0), &weave.text, &mut unread);
    whole.into_iter().for_each(|prepared| drop(build::build(&prepared, &weave.text, &mut unread)));
    if unread.iter().any(Diagnostic::is_error) {
        diagnostics.extend(unread.into_iter().map(|found| places::finding(found, weave)));
        return linked;
    }
    let edits: Vec<&Edit> = linked.edits.iter().collect();
    apply(weave, &edits, diagnostics);
    linked
}

pub(crate) fn amendments(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> read::Amendments {
    if !is_amendment(text) {
        return read::Amendments::default();
    }
    let mut found = Vec::new();
    let amendments = prepare(file, text, &mut found).and_then(|prepared| {
        let root = prepared.pairs(&mut found)?;
        for pair in root
            .clone()
            .into_inner()
            .filter(|pair| pair.as_rule() == crate::parse::Rule::amend)
            .flat_map(|pair| pair.into_inner().flatten())
        {
            use crate::parse::Rule;
            if matches!(pair.as_rule(), Rule::bad_line | Rule::bad_tail) {
                let first = pair.as_str().lines().next().unwrap_or("").len();
                let start = pair.as_span().start();
                found.push(wording::amend_line(prepared.span(start, start + first)));
            }
        }
        Some(read::read(&prepared, text, file, root))
    });
    diagnostics.extend(found);
    amendments.unwrap_or_default()
}

/// Compiles rules that import, or with amendments among them.
pub(crate) fn compile_woven(files: &[(String, String)], loader: &Loader<'_>) -> Compiled {
    let mut diagnostics = Vec::new();
    let linked = woven(files, loader, &mut diagnostics);
    let Linked { weave, sources, .. } = &linked;
    let compiled = plain(&[(String::new(), weave.text.clone())]);
    // Where a change does not fit, what follows from it says nothing more.
    if diagnostics.iter().any(Diagnostic::is_error) {
        heng_diag::sort(&mut diagnostics);
        return Compiled::unread(linked.sources, diagnostics);
    }
    let found = compiled.diagnostics.into_iter().map(|found| places::finding(found, weave));
    diagnostics.extend(found.filter_map(|found| linked.seen(found)));
    heng_diag::sort(&mut diagnostics);
    diagnostics.dedup();
    let placed = |program: Option<_>| program.map(|program| places::program(program, weave, sources));
    let (program, unsound) = (placed(compiled.program), placed(compiled.unsound));
    let aims = compiled.aims.into_iter().map(|aim| places::aim(aim, weave)).collect();
    Compiled { sources: linked.sources, program, diagnostics, unsound, aims }
}

/// The whole file of a year: the rules with their amendments applied, formatted.
///
/// # Errors
/// What hinders applying them.
pub fn expand(files: &[(String, String)]) -> Result<String, (Vec<Diagnostic>, Sources)> {
    expand_with(files, &import::alone)
}

/// The whole file of a year: the rules with what they import, amendments applied, formatted.
///
/// # Errors
/// What hinders importing or applying.
pub fn expand_with(files: &[(String, String)], loader: &Loader<'_>) -> Result<String, (Vec<Diagnostic>, Sources)> {
    let mut diagnostics = Vec::new();
    let linked = woven(files, loader, &mut diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        heng_diag::sort(&mut diagnostics);
        return Err((diagnostics, linked.sources));
    }
    Ok(tidy(&linked.weave.text))
}

/// A text without runs of empty lines, formatted.
pub(crate) fn tidy(text: &str) -> String {
    format(text, &FormatOptions::default()).text.trim_start().to_owned()
}

/// The text of a set of files, where every change fits.
pub(crate) fn woven_text(files: &[(String, String)]) -> Option<String> {
    let mut diagnostics = Vec::new();
    let linked = woven(files, &import::alone, &mut diagnostics);
    (!diagnostics.iter().any(Diagnostic::is_error)).then_some(linked.weave.text)
}

/// Findings with their places in the files.
pub(crate) fn found_in(findings: Vec<Diagnostic>, weave: &Weave) -> Vec<Diagnostic> {
    findings.into_iter().map(|found| places::finding(found, weave)).collect()
}
