//! heng.lock: which files a case was scored with. Once a case is locked, a changed file of the pack
//! is an error until somebody locks again.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use heng_data::wire::{Input, InputKind};
use serde::{Deserialize, Serialize};

use crate::{
    exit::Exit,
    failure::Failure,
    manifest::Manifest,
    output,
    pack::{Pack, read_text},
    wording,
};

const NAME: &str = "heng.lock";

/// heng.lock.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    /// The id of the pack, where it has one.
    id: Option<String>,
    /// Its version.
    version: Option<String>,
    /// The SHA-256 of every file that decides a score, by its path in the pack.
    files: BTreeMap<String, String>,
}

/// Writes the lock of a case.
pub fn write(folder: &Path, pack: &Pack) -> Result<PathBuf, Failure> {
    let text = toml::to_string(&current(pack)).unwrap_or_default();
    let head = wording::lock_head();
    output::write_whole(folder, NAME, format!("{head}\n{text}").as_bytes())
}

/// Holds a pack to the lock of the case, if there is one.
pub fn hold(folder: &Path, pack: &Pack) -> Result<(), Failure> {
    let path = folder.join(NAME);
    if !path.is_file() {
        return Ok(());
    }
    let locked: Lock = toml::from_str(&read_text(&path)?)
        .map_err(|error| Failure::general(Exit::Rules, wording::bad_lock(&path, &error)))?;
    let now = current(pack);
    let mut changes: Vec<String> = Vec::new();
    for name in locked.files.keys().chain(now.files.keys().filter(|name| !locked.files.contains_key(*name))) {
        if locked.files.get(name) != now.files.get(name) {
            changes.push(name.clone());
        }
    }
    if changes.is_empty() && locked.id == now.id && locked.version == now.version {
        return Ok(());
    }
    Err(Failure::general(Exit::Rules, wording::lock_broken(&path, &changes)))
}

fn current(pack: &Pack) -> Lock {
    let decides = |input: &&Input| input.kind != InputKind::Pack;
    let files = pack.inputs.iter().filter(decides).map(|input| (input.name.clone(), input.sha256.clone())).collect();
    let manifest = Manifest::read(&pack.folder).ok();
    let id = manifest.as_ref().and_then(|manifest| manifest.id.clone());
    let version = manifest.and_then(|manifest| manifest.version).map(|version| version.to_string());
    Lock { id, version, files }
}
