//! A case: the rules and the facts of one department, tied together by `heng.toml`.

use std::path::{Component, Path, PathBuf};

use heng_data::{
    FactsFile, Reading, read_facts,
    wire::{Input, InputKind, Receipt},
};
use heng_diag::Diagnostic;
use heng_eval::{Context, Scripts, evaluate, peer::evaluate_among};
use heng_model::Scorecard;
use serde::Deserialize;

use crate::{
    exit::Exit,
    failure::Failure,
    lock,
    pack::{self, Pack, shown},
    peers, registry, wording,
};

/// `heng.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// The rule file or pack, relative to the folder; or a pack on the search path, as id or id@version.
    rules: PathBuf,
    /// The year of the pack; none for its newest.
    year: Option<u16>,
    /// The variant of the rules; none for the rules as they stand.
    variant: Option<String>,
    /// The facts files, relative to the folder.
    facts: Vec<PathBuf>,
    /// Last year's register, filled in, relative to the folder.
    last_register: Option<PathBuf>,
    /// What the peers gave in a run, relative to the folder.
    peers: Option<PathBuf>,
}

/// A case that has been read and scored.
pub struct Case {
    /// The pack.
    pub pack: Pack,
    /// The facts.
    pub reading: Reading,
    /// The scores.
    pub scorecard: Scorecard,
    /// What went in, and what came out.
    pub receipt: Receipt,
}

/// The program as receipts name it.
const PROGRAM: &str = concat!("heng ", env!("CARGO_PKG_VERSION"));

/// Reads the case in `folder` and scores it.
pub fn score(folder: &Path) -> Result<Case, Failure> {
    let (pack, reading, inputs) = open(folder)?;
    let scorecard = evaluated(&pack, &reading, &pack.scripts);
    Ok(with_receipt(pack, reading, scorecard, inputs))
}

/// What was scored, with the receipt for it.
pub fn with_receipt(pack: Pack, reading: Reading, scorecard: Scorecard, inputs: Vec<Input>) -> Case {
    let receipt = Receipt::of(PROGRAM, inputs, &pack.program, &scorecard);
    Case { pack, reading, scorecard, receipt }
}

/// Reads the case in `folder`: its pack, held to its lock, its facts, and what was read for them.
pub fn open(folder: &Path) -> Result<(Pack, Reading, Vec<Input>), Failure> {
    let (folder, manifest, text) = manifest(folder)?;
    let mut pack = pack::load_year(&rules_of(&folder, &manifest)?, manifest.year)?;
    lock::hold(&folder, &pack)?;
    let mut inputs = vec![Input::of(InputKind::Case, "heng.toml", text.as_bytes())];
    inputs.extend(pack.inputs.iter().cloned());
    let reading = read(&pack, &folder, &manifest.facts, &mut inputs)?;
    if let Some(name) = &manifest.peers {
        let (peers, input) = peers::read(&folder.join(name), name, &pack)?;
        inputs.push(input);
        pack.peers = Some(peers);
    }
    Ok((pack, reading, inputs))
}

/// Scores with `scripts` in the place of the pack's own.
pub fn evaluated(pack: &Pack, reading: &Reading, scripts: &dyn Scripts) -> Scorecard {
    let context = Context { calendar: pack.calendar.as_ref(), scripts };
    match &pack.peers {
        Some(peers) => evaluate_among(&pack.program, &reading.facts, &context, peers, true),
        None => evaluate(&pack.program, &reading.facts, &context),
    }
}

/// The folder of the case, its heng.toml, and the text of that.
fn manifest(folder: &Path) -> Result<(PathBuf, Manifest, String), Failure> {
    let path = if folder.is_dir() { folder.join("heng.toml") } else { folder.to_owned() };
    let text = pack::read_text(&path)?;
    let manifest =
        toml::from_str(&text).map_err(|error| Failure::general(Exit::Usage, wording::bad_manifest(&path, &error)))?;
    Ok((path.parent().unwrap_or(Path::new(".")).to_owned(), manifest, text))
}

/// The pack of the case in `folder` alone, before any facts are read or any lock is held.
pub fn pack(folder: &Path) -> Result<(PathBuf, Pack), Failure> {
    let (folder, manifest, _) = manifest(folder)?;
    let pack = pack::load_year(&rules_of(&folder, &manifest)?, manifest.year)?;
    Ok((folder, pack))
}

/// Where the case in `folder` says that last year's register lies.
pub fn last_register(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    let (folder, manifest, _) = manifest(folder)?;
    Ok(manifest.last_register.map(|file| tidy(&folder.join(file))))
}

fn rules_of(folder: &Path, manifest: &Manifest) -> Result<PathBuf, Failure> {
    let (rules, named) = registry::apart(&manifest.rules);
    let beside = tidy(&folder.join(&rules));
    let found = if beside.exists() { beside.clone() } else { registry::locate(&rules, folder)? };
    let found = if found == rules { beside } else { found };
    Ok(registry::together(&found, manifest.variant.as_deref().or(named.as_deref())))
}

fn read(pack: &Pack, folder: &Path, names: &[PathBuf], inputs: &mut Vec<Input>) -> Result<Reading, Failure> {
    let mut files = Vec::new();
    for name in names {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).map_err(|error| Failure::unreadable(&path, &error))?;
        inputs.push(Input::of(InputKind::Facts, shown(name), &bytes));
        files.push(FactsFile { name: shown(name), bytes });
    }
    let reading = read_facts(&pack.program.schema, &files);
    if reading.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Failure { exit: Exit::Facts, diagnostics: reading.diagnostics, sources: reading.sources });
    }
    Ok(reading)
}

/// Whether a file lies in a folder or below it, however the two are written: `.` and no folder at all are the one we are in.
pub fn is_below(file: &Path, folder: &Path) -> bool {
    let (file, folder) = (tidy(file), tidy(folder));
    if folder == Path::new(".") { !is_outside(&file) } else { file.starts_with(folder) }
}

/// Whether a path leads out of the folder from which it starts.
pub fn is_outside(path: &Path) -> bool {
    path.components().any(|part| matches!(part, Component::ParentDir | Component::RootDir | Component::Prefix(_)))
}

/// `a/b/../c` as `a/c`, so that messages show the shortest path.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if tidy.file_name().is_some() => {
                tidy.pop();
            }
            Component::CurDir => {}
            part => tidy.push(part),
        }
    }
    if tidy.as_os_str().is_empty() { PathBuf::from(".") } else { tidy }
}
