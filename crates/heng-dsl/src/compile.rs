//! The whole way from texts to a checked program.

use std::collections::BTreeSet;

use heng_diag::{Diagnostic, FileId, Sources};
use heng_model::Program;

use crate::{Aim, Loader, Reading, build, check, import, lower, parse};

/// What became of the rule files of a pack.
pub struct Compiled {
    /// The files, for rendering diagnostics.
    pub sources: Sources,
    /// The program, when nothing was wrong with it.
    pub program: Option<Program>,
    /// All that was found, in the order of places.
    pub diagnostics: Vec<Diagnostic>,
    /// The program with which something is wrong, as far as it could be read.
    pub(crate) unsound: Option<Program>,
    /// What the findings about values aim at.
    pub aims: Vec<Aim>,
}

impl Compiled {
    /// The program, sound or not. Nothing may be scored by one with which something is wrong; it is there to look for
    /// facts that show what.
    #[must_use]
    pub fn draft(&self) -> Option<&Program> {
        self.program.as_ref().or(self.unsound.as_ref())
    }

    /// Files of which no program could be made.
    pub(crate) fn unread(sources: Sources, diagnostics: Vec<Diagnostic>) -> Compiled {
        Compiled { sources, program: None, diagnostics, unsound: None, aims: Vec::new() }
    }
}

/// Compiles the rule files of a pack: name and text of each. Amendments among them are applied to the
/// rules, in the order of the files. Nothing can be imported.
#[must_use]
pub fn compile(files: &[(String, String)]) -> Compiled {
    compile_with(files, &import::alone)
}

/// Compiles the rule files of a pack with what they import. Their variants are checked, and none is chosen.
#[must_use]
pub fn compile_with(files: &[(String, String)], loader: &Loader<'_>) -> Compiled {
    Reading::of(files, loader, None).compile_all()
}

/// Files with their names and texts.
pub fn sources_of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Sources {
    let mut sources = Sources::new();
    for (name, text) in files {
        sources.add(name, text);
    }
    sources
}

/// Compiles files in which nothing is amended.
pub fn plain(sources: Sources) -> Compiled {
    let mut diagnostics = Vec::new();
    let mut trees = Vec::new();
    for (index, file) in sources.iter().enumerate() {
        let id = FileId(u16::try_from(index).unwrap_or(u16::MAX));
        if let Some(prepared) = parse::prepare(id, &file.text, &mut diagnostics) {
            trees.push(build::build(&prepared, &file.text, &mut diagnostics));
        }
    }
    drop_echoes(&sources, &mut diagnostics);
    let readable = trees.len() == sources.iter().count();
    let lowered = if readable { lower::lower(&trees, &sources, &mut diagnostics) } else { None };
    let mut aims = Vec::new();
    if let Some(lowered) = &lowered {
        check::check(lowered, &sources, &mut diagnostics, &mut aims);
    }
    heng_diag::sort(&mut diagnostics);
    diagnostics.dedup();
    let sound = !diagnostics.iter().any(Diagnostic::is_error);
    let lowered = lowered.map(|lowered| lowered.program);
    let (program, unsound) = if sound { (lowered, None) } else { (None, lowered) };
    Compiled { sources, program, diagnostics, unsound, aims }
}

/// On a line whose braces are wrong, that is the mistake; that the line then cannot be read follows.
fn drop_echoes(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let line = |finding: &Diagnostic| {
        let label = finding.primary.as_ref()?;
        Some((label.span.file, sources.line_column(label.span).line))
    };
    let braces = |finding: &&Diagnostic| matches!(finding.code, "syntax/brace" | "syntax/stray-brace");
    let wrong: BTreeSet<_> = diagnostics.iter().filter(braces).filter_map(line).collect();
    let echo = |finding: &Diagnostic| {
        matches!(finding.code, "syntax/leftover" | "syntax/line" | "syntax/row" | "syntax/field")
    };
    diagnostics.retain(|finding| !(echo(finding) && line(finding).is_some_and(|line| wrong.contains(&line))));
}
