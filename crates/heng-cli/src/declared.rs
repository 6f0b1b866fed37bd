//! What pack.toml declares that a pack holds (scripts, templates, methods for others), held against what is there.

use std::{collections::BTreeSet, path::Path};

use heng_diag::Diagnostic;
use heng_model::Name;
use heng_script::ScriptLibrary;

use crate::{
    case::{is_outside, tidy},
    manifest::Manifest,
    pack::{read_text, shown},
    wording::{self, Kind},
};

/// What the rules of a pack say, as far as a declaration speaks of it.
#[derive(Default)]
pub struct There {
    /// The scripts that the rules ask for, relative to the pack.
    pub scripts: Vec<String>,
    /// The methods of the years.
    pub methods: BTreeSet<Name>,
    /// The methods of the files that others may import, each with its file; none where those cannot be read.
    pub exported: Option<BTreeSet<(Name, String)>>,
}

/// Where a declaration and the pack differ. What is not declared at all is not looked at.
pub fn findings(manifest: &Manifest, folder: &Path, there: &There) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(declared) = &manifest.scripts {
        found.extend(files(Kind::Script, declared, folder, &there.scripts));
    }
    if let Some(declared) = &manifest.templates {
        found.extend(files(Kind::Template, declared, folder, &[]));
    }
    if let (Some(declared), Some(exported)) = (&manifest.methods, &there.exported) {
        found.extend(methods(declared, exported, manifest, folder, &there.methods));
    }
    found
}

/// Files that are declared and missing, and those in their folder or used that are not declared.
fn files(kind: Kind, declared: &[String], folder: &Path, used: &[String]) -> Vec<Diagnostic> {
    let manifest = folder.join("pack.toml");
    let mut found = Vec::new();
    for file in declared {
        if is_outside(Path::new(file)) {
            found.push(wording::declared_outside(&manifest, kind, file));
        } else if !folder.join(file).is_file() {
            found.push(wording::declared_missing(&manifest, kind, file));
        }
    }
    let known: BTreeSet<String> = declared.iter().map(|file| plain(file)).collect();
    let (place, ending) = match kind {
        Kind::Script => ("checks", ".rhai"),
        Kind::Template => ("templates", ""),
    };
    let mut there: BTreeSet<String> = files_below(folder, place).into_iter().filter(|f| f.ends_with(ending)).collect();
    // A script of a pack that is amended lies there.
    there.extend(used.iter().map(|file| plain(file)).filter(|file| folder.join(file).is_file()));
    found.extend(there.difference(&known).map(|file| wording::undeclared_file(&manifest, kind, file)));
    found
}

/// Methods that are declared and not to be had, and those to be had that are not declared.
fn methods(
    declared: &[String],
    exported: &BTreeSet<(Name, String)>,
    manifest: &Manifest,
    folder: &Path,
    of_years: &BTreeSet<Name>,
) -> Vec<Diagnostic> {
    let file = folder.join("pack.toml");
    let in_scripts = functions(manifest, folder);
    let mut found = Vec::new();
    for name in declared {
        let offered = exported.iter().any(|(there, _)| **there == **name) || in_scripts.contains(name);
        if !offered {
            found.push(wording::declared_method(&file, name, of_years.contains(name.as_str())));
        }
    }
    let unsaid = exported.iter().filter(|(name, _)| !declared.iter().any(|said| **said == **name));
    found.extend(unsaid.map(|(name, place)| wording::undeclared_method(&file, name, place)));
    found
}

/// The functions of the declared scripts that rules may call; what is wrong with a script is told elsewhere.
fn functions(manifest: &Manifest, folder: &Path) -> BTreeSet<String> {
    let declared = manifest.scripts.iter().flatten().filter(|file| !is_outside(Path::new(file)));
    let files: Vec<(Name, String)> =
        declared.filter_map(|file| Some((file.as_str().into(), read_text(&folder.join(file)).ok()?))).collect();
    let (library, _) = ScriptLibrary::load(&files, &[], &[]);
    library.functions().into_iter().map(|function| function.name.to_string()).collect()
}

/// The files below `folder/place`, relative to the folder, without hidden ones.
fn files_below(folder: &Path, place: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder.join(place)) else { return Vec::new() };
    let mut files = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{place}/{name}");
        if name.starts_with(['.', '~']) {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            files.extend(files_below(folder, &path));
        } else {
            files.push(path);
        }
    }
    files
}

/// A path as it is compared: without what means nothing.
fn plain(file: &str) -> String {
    shown(&tidy(Path::new(file)))
}
