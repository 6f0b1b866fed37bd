//! Amendments: next year's table as changes to this year's. A 修订 is applied to the text of the year
//! before, so every construct of the language can be changed, and the text that comes out is an
//! ordinary rule file. Each of its bytes knows the file it came from; what is found in it, and every
//! number of the program, points to where a person wrote it.

mod apply;
pub(crate) mod change;
pub(crate) mod find;
mod places;
mod read;
pub(crate) mod weave;

use heng_diag::{Diagnostic, FileId, Sources};

use crate::{Compiled, FormatOptions, build, compile::plain, format, parse::prepare, wording};
pub(crate) use apply::apply;
use change::Edit;
use weave::{Origin, Weave};

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

/// The rules of a set of files, the amendments among them applied in order.
pub(crate) fn woven(files: &[(String, String)], diagnostics: &mut Vec<Diagnostic>) -> (Weave, Sources) {
    let mut sources = Sources::new();
    let (mut weave, mut edits): (Weave, Vec<Edit>) = (Weave::default(), Vec::new());
    for (name, text) in files {
        let file = sources.add(name, text);
        let amendments = amendments(file, text, diagnostics);
        let mut at = 0;
        for block in &amendments.blocks {
            weave.push(text.get(at..block.start).unwrap_or(""), Origin { file, from: at });
            at = block.end;
        }
        weave.push(text.get(at..).unwrap_or(""), Origin { file, from: at });
        weave.push("\n", Origin { file, from: text.len() });
        edits.extend(amendments.edits);
    }
    // Where the rules themselves cannot be read, a change that finds nothing says nothing more.
    let mut unread = Vec::new();
    let whole = prepare(FileId(0), &weave.text, &mut unread);
    whole.into_iter().for_each(|prepared| drop(build::build(&prepared, &weave.text, &mut unread)));
    if unread.iter().any(Diagnostic::is_error) {
        diagnostics.extend(unread.into_iter().map(|found| places::finding(found, &weave)));
        return (weave, sources);
    }
    let edits: Vec<&Edit> = edits.iter().collect();
    apply(&mut weave, &edits, diagnostics);
    (weave, sources)
}

fn amendments(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> read::Amendments {
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

/// Compiles rules with amendments among them.
pub(crate) fn compile_amended(files: &[(String, String)]) -> Compiled {
    let mut diagnostics = Vec::new();
    let (weave, sources) = woven(files, &mut diagnostics);
    let compiled = plain(&[(String::new(), weave.text.clone())]);
    // Where a change does not fit, what follows from it says nothing more.
    if diagnostics.iter().any(Diagnostic::is_error) {
        heng_diag::sort(&mut diagnostics);
        return Compiled::unread(sources, diagnostics);
    }
    diagnostics.extend(compiled.diagnostics.into_iter().map(|found| places::finding(found, &weave)));
    heng_diag::sort(&mut diagnostics);
    diagnostics.dedup();
    let placed = |program: Option<_>| program.map(|program| places::program(program, &weave, &sources));
    let (program, unsound) = (placed(compiled.program), placed(compiled.unsound));
    let aims = compiled.aims.into_iter().map(|aim| places::aim(aim, &weave)).collect();
    Compiled { sources, program, diagnostics, unsound, aims }
}

/// The whole file of a year: the rules with their amendments applied, formatted.
///
/// # Errors
/// What hinders applying them.
pub fn expand(files: &[(String, String)]) -> Result<String, (Vec<Diagnostic>, Sources)> {
    let mut diagnostics = Vec::new();
    let (weave, sources) = woven(files, &mut diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        heng_diag::sort(&mut diagnostics);
        return Err((diagnostics, sources));
    }
    Ok(tidy(&weave.text))
}

/// A text without runs of empty lines, formatted.
pub(crate) fn tidy(text: &str) -> String {
    format(text, &FormatOptions::default()).text.trim_start().to_owned()
}

/// The text of a set of files, where every change fits.
pub(crate) fn woven_text(files: &[(String, String)]) -> Option<String> {
    let mut diagnostics = Vec::new();
    let (weave, _) = woven(files, &mut diagnostics);
    (!diagnostics.iter().any(Diagnostic::is_error)).then_some(weave.text)
}

/// Findings with their places in the files.
pub(crate) fn found_in(findings: Vec<Diagnostic>, weave: &Weave) -> Vec<Diagnostic> {
    findings.into_iter().map(|found| places::finding(found, weave)).collect()
}
