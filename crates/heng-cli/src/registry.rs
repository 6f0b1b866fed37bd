//! Where packs are looked for: `rules/` of the project, the user's folder, and the folders of
//! `HENG_PACKS`, in this order. Several versions of a pack may lie side by side.

use std::{
    env,
    path::{Path, PathBuf},
};

use semver::Version;

use crate::{
    exit::Exit,
    failure::Failure,
    manifest::{Manifest, is_id},
    wording,
};

/// From which part of the search path a pack comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `rules/` in a folder around.
    Project,
    /// The user's own folder.
    User,
    /// `HENG_PACKS`.
    Environment,
}

/// A pack that was found.
#[derive(Debug)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// Its version; 0.0.0 where it names none.
    pub version: Version,
    /// Where it lies.
    pub folder: PathBuf,
    /// Which part of the search path.
    pub origin: Origin,
    /// Its manifest.
    pub manifest: Manifest,
}

/// The folders that are searched from `start`, in order.
pub fn search_path(start: &Path) -> Vec<(Origin, PathBuf)> {
    let mut path = Vec::new();
    let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
    if let Some(rules) = start.ancestors().map(|above| above.join("rules")).find(|rules| rules.is_dir()) {
        path.push((Origin::Project, rules));
    }
    let data = env::var_os("XDG_DATA_HOME").filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || {
        env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(|home| PathBuf::from(home).join(".local/share"))
    };
    if let Some(data) = data.or_else(home) {
        path.push((Origin::User, data.join("heng").join("packs")));
    }
    if let Some(value) = env::var_os("HENG_PACKS") {
        path.extend(env::split_paths(&value).filter(|p| !p.as_os_str().is_empty()).map(|p| (Origin::Environment, p)));
    }
    path
}

/// Every pack on the search path, by id, newest version first, earlier places before later ones. A
/// folder whose pack.toml cannot be read is left out; `heng pack check` says why.
pub fn packs(start: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    for (origin, place) in search_path(start) {
        let Ok(entries) = std::fs::read_dir(&place) else { continue };
        let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        folders.sort();
        for folder in folders {
            if !folder.join("pack.toml").is_file() {
                continue;
            }
            let Ok(manifest) = Manifest::read(&folder) else { continue };
            let Some(id) = manifest.id.clone() else { continue };
            let version = manifest.version.clone().unwrap_or_else(|| Version::new(0, 0, 0));
            found.push(Found { id, version, folder, origin, manifest });
        }
    }
    // A stable sort: of the same version, the earlier place stays first.
    found.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| b.version.cmp(&a.version)));
    found
}

/// A path without the variant that it names behind `#`, and the variant.
pub fn apart(path: &Path) -> (PathBuf, Option<String>) {
    let named = path.to_str().filter(|_| !path.exists()).and_then(|text| text.rsplit_once('#'));
    named.map_or_else(|| (path.to_owned(), None), |(path, variant)| (PathBuf::from(path), Some(variant.to_owned())))
}

/// A path that names a variant.
pub fn together(path: &Path, variant: Option<&str>) -> PathBuf {
    let Some(variant) = variant else { return path.to_owned() };
    let mut whole = path.as_os_str().to_owned();
    whole.push("#");
    whole.push(variant);
    PathBuf::from(whole)
}

/// What `path` stands for: itself where it exists, else the pack called `id` or `id@version`; the variant behind `#` stays.
pub fn locate(path: &Path, start: &Path) -> Result<PathBuf, Failure> {
    let (path, variant) = apart(path);
    Ok(together(&place(&path, start)?, variant.as_deref()))
}

fn place(path: &Path, start: &Path) -> Result<PathBuf, Failure> {
    let Some((id, version)) = reference(path).filter(|_| !path.exists()) else { return Ok(path.to_owned()) };
    let all = packs(start);
    let found = all.iter().find(|pack| pack.id == id && version.as_ref().is_none_or(|wanted| pack.version == *wanted));
    match found {
        Some(pack) => Ok(pack.folder.clone()),
        None => {
            let versions: Vec<String> =
                all.iter().filter(|pack| pack.id == id).map(|pack| pack.version.to_string()).collect();
            Err(Failure::general(Exit::Files, wording::no_pack(path, &versions, &search_path(start))))
        }
    }
}

/// `id` or `id@version`.
fn reference(path: &Path) -> Option<(String, Option<Version>)> {
    let text = path.to_str()?;
    match text.split_once('@') {
        Some((id, version)) => Some((id.to_owned(), Some(version.parse().ok()?))),
        None => Some((text.to_owned(), None)),
    }
    .filter(|(id, _)| is_id(id))
}
