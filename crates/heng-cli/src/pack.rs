//! Finding and compiling a rule pack: a rule file alone, or a folder with pack.toml. Scripts lie in
//! the pack's folder, calendars in `calendars/` of the folder around the packs.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Component, Path, PathBuf},
};

use heng_data::{
    read_calendar,
    wire::{Input, InputKind},
};
use heng_diag::{Diagnostic, FileId, Severity, Span};
use heng_dsl::Compiled;
use heng_model::{Calendar, Name, Peers, Program};
use heng_script::ScriptLibrary;

use crate::{chain, exit::Exit, failure::Failure, manifest::Manifest, registry, rules::Rules, severity, wording};

/// A compiled pack with everything that belongs to it.
pub struct Pack {
    /// The program.
    pub program: Program,
    /// Its scripts, compiled.
    pub scripts: ScriptLibrary,
    /// Its calendar, if it names one.
    pub calendar: Option<Calendar>,
    /// The values of all units of a run, where a case names them.
    pub peers: Option<Peers>,
    /// The files it was read from.
    pub inputs: Vec<Input>,
    /// Warnings and hints.
    pub warnings: Failure,
    /// Where the pack lies.
    pub folder: PathBuf,
    /// The files of its own that it imports.
    pub imported: Vec<PathBuf>,
    /// The file of its year.
    label: String,
}

impl Pack {
    /// The rules by the file of their year.
    pub fn label(&self) -> String {
        self.label.clone()
    }
}

/// The rule files that a path stands for, those that they amend before them.
pub fn rule_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    chain::bases(own_files(path)?)
}

/// The rule files that a path names: itself, or the newest year of a pack folder.
pub fn own_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (path, _) = registry::apart(&registry::locate(path, Path::new("."))?);
    files_of(&path, manifest_of(&path)?.as_ref(), None)
}

/// The manifest of a pack folder; a rule file alone has none.
pub fn manifest_of(path: &Path) -> Result<Option<Manifest>, Failure> {
    path.is_dir().then(|| Manifest::read(path)).transpose()
}

/// The rule file itself, or those of `year`, else of the newest year.
pub fn files_of(path: &Path, manifest: Option<&Manifest>, year: Option<u16>) -> Result<Vec<PathBuf>, Failure> {
    manifest.map_or_else(|| Ok(vec![path.to_owned()]), |manifest| manifest.files(path, year))
}

/// Reads a text file, whatever marks its first bytes carry.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::unreadable(path, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        Failure::general(Exit::Rules, wording::not_utf8(path, line))
    })
}

/// Compiles the pack at `path`, its newest year.
pub fn load(path: &Path) -> Result<Pack, Failure> {
    load_year(path, None)
}

/// Compiles one year of the pack at `path`, the variant that stands behind its `#`, or the rules without any.
pub fn load_year(path: &Path, year: Option<u16>) -> Result<Pack, Failure> {
    of(Rules::read(path, year)?)
}

/// Compiles rules that were read.
pub fn of(rules: Rules) -> Result<Pack, Failure> {
    let compiled = rules.reading.compile();
    assemble(rules, compiled)
}

/// The same; where no variant is named, every one of them is checked besides.
pub fn load_all(path: &Path, year: Option<u16>) -> Result<Pack, Failure> {
    let rules = Rules::read(path, year)?;
    let compiled = rules.reading.compile_all();
    assemble(rules, compiled)
}

/// What belongs to compiled rules: scripts, a calendar, how grave each finding is.
fn assemble(rules: Rules, compiled: Compiled) -> Result<Pack, Failure> {
    let imported = rules.imported();
    let Rules { place, manifest, paths, mut inputs, variant, .. } = rules;
    let folders: Vec<&Path> = paths.iter().rev().filter_map(|file| file.parent()).collect();
    let folder = folders.first().copied().unwrap_or(Path::new(".")).to_owned();
    let mut failure = Failure { exit: Exit::Rules, diagnostics: compiled.diagnostics, sources: compiled.sources };
    if let Some(manifest) = &manifest {
        severity::apply(manifest, &place, &mut failure.diagnostics);
    }
    let Some(program) = compiled.program else { return Err(failure) };
    let mut scripts = load_scripts(&folders, &program, &mut failure, &mut inputs)?;
    let calendar = load_calendar(&folder, &program, &mut failure, &mut inputs)?;
    if let Some(calendar) = &calendar {
        scripts.use_calendar(calendar);
    }
    if failure.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(failure);
    }
    let label = shown(&registry::together(paths.last().unwrap_or(&folder), variant.as_deref()));
    Ok(Pack { program, scripts, calendar, peers: None, inputs, warnings: failure, folder, imported, label })
}

/// Compiles the scripts that the program asks for; a file that is not there is the library's finding.
fn load_scripts(
    folders: &[&Path],
    program: &Program,
    failure: &mut Failure,
    inputs: &mut Vec<Input>,
) -> Result<ScriptLibrary, Failure> {
    let names: BTreeSet<&Name> = program.scripts.iter().map(|script| &script.file).collect();
    let (mut files, mut ids) = (Vec::new(), BTreeMap::new());
    for name in names {
        let relative = Path::new(&**name);
        if relative.is_absolute() || relative.components().any(|part| matches!(part, Component::ParentDir)) {
            return Err(Failure::general(Exit::Rules, wording::script_outside(name)));
        }
        let places = folders.iter().map(|folder| folder.join(relative));
        if let Some(path) = places.into_iter().find(|path| path.exists()) {
            let text = read_text(&path)?;
            inputs.push(Input::of(InputKind::Script, shown(relative), text.as_bytes()));
            ids.insert(name.clone(), failure.sources.add(shown(&path), &text));
            files.push((name.clone(), text));
        }
    }
    let (library, problems) = ScriptLibrary::load(&files, &program.scripts, &program.methods);
    for problem in problems {
        let found = match (problem.declared, ids.get(&problem.file)) {
            (Some(at), _) => {
                let span = Span { file: FileId(at.file), start: at.start, end: at.end };
                Diagnostic::error(problem.code, span, problem.message)
            }
            (None, Some(id)) => problem.diagnostic(*id),
            (None, None) => Diagnostic::general(problem.code, Severity::Error, problem.message),
        };
        failure.diagnostics.push(found);
    }
    Ok(library)
}

fn load_calendar(
    folder: &Path,
    program: &Program,
    failure: &mut Failure,
    inputs: &mut Vec<Input>,
) -> Result<Option<Calendar>, Failure> {
    let Some(name) = &program.pack.calendar else { return Ok(None) };
    let file = format!("{name}.toml");
    let places = folder.ancestors().map(|above| above.join("calendars").join(&file));
    let Some(path) = places.into_iter().find(|path| path.is_file()) else {
        return Err(Failure::general(Exit::Rules, wording::no_calendar(name, folder)));
    };
    let bytes = std::fs::read(&path).map_err(|error| Failure::unreadable(&path, &error))?;
    inputs.push(Input::of(InputKind::Calendar, file, &bytes));
    let (calendar, diagnostics) = read_calendar(&shown(&path), &bytes);
    failure.diagnostics.extend(diagnostics);
    Ok(calendar)
}

/// A path as it is shown and recorded: with forward slashes on every system.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
