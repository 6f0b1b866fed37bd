//! A case: the rules and the facts of one department, tied together by `heng.toml`.

use std::path::{Path, PathBuf};

use heng_data::{
    FactsFile, Reading, read_facts,
    wire::{Input, InputKind, Receipt},
};
use heng_diag::Diagnostic;
use heng_eval::{Context, evaluate};
use heng_model::Scorecard;
use serde::Deserialize;

use crate::{
    exit::Exit,
    failure::Failure,
    pack::{self, Pack, shown},
    wording,
};

/// `heng.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// The rule file or pack, relative to the folder.
    rules: PathBuf,
    /// The facts files, relative to the folder.
    facts: Vec<PathBuf>,
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
    let manifest_path = if folder.is_dir() { folder.join("heng.toml") } else { folder.to_owned() };
    let folder = manifest_path.parent().unwrap_or(Path::new("."));
    let text = pack::read_text(&manifest_path)?;
    let manifest: Manifest = toml::from_str(&text)
        .map_err(|error| Failure::general(Exit::Usage, wording::bad_manifest(&manifest_path, &error)))?;
    let pack = pack::load(&tidy(&folder.join(&manifest.rules)))?;
    let mut inputs = vec![Input::of(InputKind::Case, "heng.toml", text.as_bytes())];
    inputs.extend(pack.inputs.iter().cloned());
    let reading = read(&pack, folder, &manifest.facts, &mut inputs)?;
    let context = Context { calendar: pack.calendar.as_ref(), scripts: &pack.scripts };
    let scorecard = evaluate(&pack.program, &reading.facts, &context);
    let receipt = Receipt::of(PROGRAM, inputs, &pack.program, &scorecard);
    Ok(Case { pack, reading, scorecard, receipt })
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

/// `a/b/../c` as `a/c`, so that messages show the shortest path.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir if tidy.file_name().is_some() => {
                tidy.pop();
            }
            std::path::Component::CurDir => {}
            part => tidy.push(part),
        }
    }
    tidy
}
