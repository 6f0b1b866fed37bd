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
                found.push(wording::amend_line(prepared.span(start, start + first)));
            }
        }
        Some(read::read(&prepared, text, file, root))
    });
    diagnostics.extend(found);
    amendments.unwrap_or_default()
}

/// Compiles rules that import, with amendments or with variants among them. Without a choice the rules are those of no
/// variant, and each variant is checked besides.
pub(crate) fn compile_woven(files: &[(String, String)], loader: &Loader<'_>, variant: Option<&str>) -> Compiled {
    let mut diagnostics = Vec::new();
    let mut linked = woven(files, loader, &mut diagnostics);
    if let Some(name) = variant {
        choose(&mut linked, name, &mut diagnostics);
    }
    // Where a change does not fit, what follows from it says nothing more.
    if diagnostics.iter().any(Diagnostic::is_error) {
        heng_diag::sort(&mut diagnostics);
        return Compiled::unread(linked.sources, diagnostics);
    }
    let mut compiled = placed(&linked, &linked.weave);
    diagnostics.extend(compiled.diagnostics.iter().cloned());
    if variant.is_none() {
        for variant in &linked.variants {
            diagnostics.extend(of_variant(&linked, variant, &compiled.diagnostics));
        }
        if diagnostics.iter().any(Diagnostic::is_error) {
            compiled.unsound = compiled.program.take().or(compiled.unsound);
        }
    }
    heng_diag::sort(&mut diagnostics);
    diagnostics.dedup();
    if let (Some(name), Some(program)) = (variant, compiled.program.as_mut().or(compiled.unsound.as_mut())) {
        program.pack.title = titled(&program.pack.title, name);
    }
    Compiled { diagnostics, sources: linked.sources, ..compiled }
}

/// The title of a pack with the name of the chosen variant.
fn titled(title: &str, variant: &str) -> heng_model::Name {
    let text = if title.is_ascii() { format!("{title} ({variant})") } else { format!("{title}（{variant}）") };
    text.as_str().into()
}

/// Makes the changes of a variant.
fn choose(linked: &mut Linked, name: &str, diagnostics: &mut Vec<Diagnostic>) {
    let name = crate::outline::plain_name(name);
    match linked.variants.iter().find(|variant| variant.name == name).cloned() {
        Some(variant) => apply(&mut linked.weave, &variant.edits.iter().collect::<Vec<_>>(), diagnostics),
        None => {
            let names: Vec<&str> = linked.variants.iter().map(|variant| variant.name.as_str()).collect();
            diagnostics.push(wording::variant_unknown(&name, &names));
        }
    }
}

/// A woven text compiled, everything with its place in the files.
fn placed(linked: &Linked, weave: &Weave) -> Compiled {
    let compiled = plain(&[(String::new(), weave.text.clone())]);
    let found = compiled.diagnostics.into_iter().map(|found| places::finding(found, weave));
    let diagnostics = found.filter_map(|found| linked.seen(found)).collect();
    let placed = |program: Option<_>| program.map(|program| places::program(program, weave, &linked.sources));
    let (program, unsound) = (placed(compiled.program), placed(compiled.unsound));
    let aims = compiled.aims.into_iter().map(|aim| places::aim(aim, weave)).collect();
    Compiled { sources: Sources::new(), program, diagnostics, unsound, aims }
}

/// What is wrong with a variant and not with the rules without it.
fn of_variant(linked: &Linked, variant: &read::Variant, base: &[Diagnostic]) -> Vec<Diagnostic> {
    let (mut weave, mut found) = (linked.weave.clone(), Vec::new());
    apply(&mut weave, &variant.edits.iter().collect::<Vec<_>>(), &mut found);
    if found.is_empty() {
        found = placed(linked, &weave).diagnostics;
        found.retain(|one| !base.contains(one));
    }
    found.into_iter().map(|one| one.note(wording::in_variant(&variant.name))).collect()
}

/// The whole file of a year: the rules with their amendments applied, formatted.
///
/// # Errors
/// What hinders applying them.
pub fn expand(files: &[(String, String)]) -> Result<String, (Vec<Diagnostic>, Sources)> {
    expand_variant(files, &import::alone, None)
}

/// The whole file of a year: the rules with what they import, amendments applied, formatted. A variant that is
/// chosen is applied as well; where none is, the variants stand at the end.
///
/// # Errors
/// What hinders importing or applying.
pub fn expand_variant(
    files: &[(String, String)],
    loader: &Loader<'_>,
    variant: Option<&str>,
) -> Result<String, (Vec<Diagnostic>, Sources)> {
    let mut diagnostics = Vec::new();
    let mut linked = woven(files, loader, &mut diagnostics);
    if let Some(name) = variant {
        choose(&mut linked, name, &mut diagnostics);
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        heng_diag::sort(&mut diagnostics);
        return Err((diagnostics, linked.sources));
    }
    let mut text = linked.weave.text;
    for variant in linked.variants.iter().filter(|_| variant.is_none()) {
        text.push('\n');
        text.push_str(&variant.text);
        text.push('\n');
    }
    Ok(tidy(&text))
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
