//! Finding suites of cases and the packs they test.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    rc::Rc,
};

use heng_diag::{Diagnostic, Sources};
use heng_test::{Suite, read};

use crate::{
    case::tidy,
    exit::Exit,
    failure::Failure,
    manifest::Manifest,
    pack::{self, Pack, shown},
    registry,
    rules::Rules,
    wording,
};

/// A suite with its pack.
pub struct Loaded {
    /// Its file.
    pub file: PathBuf,
    /// What it holds.
    pub suite: Suite,
    /// The pack or rule file that it names, or the pack it lies in.
    pub target: PathBuf,
    /// The rule file of its year, whichever way it is named; suites of one year have the same.
    pub rules: PathBuf,
    /// The pack it tests.
    pub pack: Rc<Pack>,
}

/// Reads the suites that `paths` stand for: a file of cases, a pack (its `tests/`, and what its pack.toml
/// names), or a folder.
pub fn load(paths: &[PathBuf]) -> Result<Vec<Loaded>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let found = registry::locate(path, Path::new("."))?;
        let before = files.len();
        for place in places(&found)? {
            if place.is_dir() {
                collect(&place, &mut files).map_err(|error| Failure::unreadable(&place, &error))?;
            } else {
                files.push(place);
            }
        }
        if files.len() == before {
            return Err(Failure::general(Exit::Usage, wording::no_suites(path)));
        }
    }
    let mut packs = BTreeMap::new();
    files.into_iter().map(|file| open(file, &mut packs)).collect()
}

/// Where the cases of a path are: of a pack its `tests/`, what `tests` of pack.toml names, and its rule files
/// that hold cases; else itself.
fn places(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.join("pack.toml").is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let named = Manifest::read(path)?.tests;
    let own = path.join("tests");
    let mut places: Vec<PathBuf> = if own.is_dir() { vec![own] } else { Vec::new() };
    places.extend(named.iter().map(|name| tidy(&path.join(name))));
    if places.is_empty() {
        places.push(path.to_owned());
    }
    places.extend(rules_with_proofs(path)?);
    Ok(places)
}

/// The rule files of a pack, of every year, that hold cases or properties; what they import from the pack is one of them.
fn rules_with_proofs(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let manifest = Manifest::read(folder)?;
    let mut files: Vec<PathBuf> = Vec::new();
    for year in manifest.years.keys() {
        files.extend(manifest.files(folder, Some(*year))?);
        files.extend(Rules::read(folder, Some(*year))?.imported());
    }
    files.sort();
    files.dedup();
    files.retain(|file| std::fs::read_to_string(file).is_ok_and(|text| !heng_dsl::proofs(&text).trim().is_empty()));
    Ok(files)
}

/// Adds what is wrong with the cases and properties inside the rule files of a compiled pack and what they import from it.
pub fn prove(pack: &mut Pack, own: &[PathBuf]) -> Result<(), Failure> {
    for file in own.iter().chain(&pack.imported) {
        pack.warnings.diagnostics.extend(proofs_of(file, &pack.program)?);
    }
    Ok(())
}

/// What is wrong with the cases and properties inside a rule file of a compiled pack.
fn proofs_of(file: &Path, program: &heng_model::Program) -> Result<Vec<Diagnostic>, Failure> {
    let name = shown(file);
    let text = heng_dsl::proofs(&pack::read_text(file)?);
    Ok(match read::read_rules(&name, &text) {
        Ok(Some(suite)) => heng_test::unknown_names(&name, &suite, program),
        Ok(None) => Vec::new(),
        Err(diagnostics) => diagnostics,
    })
}

/// The files of cases under a folder, sorted; a .toml is one if it has a `[[case]]`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        if path.is_dir() {
            if name != "snapshots" && !name.starts_with('.') {
                collect(&path, files)?;
            }
        } else if read::ENDINGS.contains(&ending) && !name.starts_with("~$") && (ending != "toml" || has_cases(&path)) {
            files.push(path);
        }
    }
    Ok(())
}

fn has_cases(path: &Path) -> bool {
    std::fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.trim() == "[[case]]"))
}

fn open(file: PathBuf, packs: &mut BTreeMap<PathBuf, Rc<Pack>>) -> Result<Loaded, Failure> {
    let rule_file = file.extension().is_some_and(|ending| ending == "heng");
    let (suite, target, of) = if rule_file {
        let text = heng_dsl::proofs(&pack::read_text(&file)?);
        let suite = read::read_rules(&shown(&file), &text).map_err(broken)?;
        let suite = suite.ok_or_else(|| Failure::general(Exit::Usage, wording::no_suites(&file)))?;
        let (target, of) = pack_around(&file)?;
        (suite, target, of)
    } else {
        let bytes = std::fs::read(&file).map_err(|error| Failure::unreadable(&file, &error))?;
        let suite = read::read(&shown(&file), &bytes).map_err(broken)?;
        let target = tidy(&pack_of(&file, suite.pack.as_deref())?);
        let target = match &suite.variant {
            Some(variant) => registry::together(&target, Some(variant)),
            None => target,
        };
        (suite, target, None)
    };
    let own = pack::own_files(&target)?.pop().unwrap_or_else(|| target.clone());
    let (_, variant) = registry::apart(&target);
    let rules = registry::together(&own.canonicalize().unwrap_or(own), variant.as_deref());
    let pack = match packs.get(&rules) {
        Some(pack) => Rc::clone(pack),
        None => {
            let pack = Rc::new(match of {
                Some((folder, year)) => pack::load_all(&folder, Some(year))?,
                None => pack::load_all(&target, None)?,
            });
            packs.insert(rules.clone(), Rc::clone(&pack));
            pack
        }
    };
    Ok(Loaded { file, suite, target, rules, pack })
}

/// The pack that a rule file belongs to: its folder where it is of the newest year, or imported by it; else the file of
/// the newest year that it is, or is imported by, with the folder and that year; the file alone where no pack has it.
fn pack_around(file: &Path) -> Result<(PathBuf, Option<(PathBuf, u16)>), Failure> {
    let here = |folder: &Path| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
    let around = file.ancestors().skip(1).map(here).find(|folder| folder.join("pack.toml").is_file());
    let Some(folder) = around else { return Ok((file.to_owned(), None)) };
    let manifest = Manifest::read(&folder)?;
    let same = |other: &PathBuf| tidy(other) == tidy(file);
    let holds = |year: Option<u16>| -> Result<Option<PathBuf>, Failure> {
        let files = manifest.files(&folder, year)?;
        if files.iter().any(same) {
            return Ok(Some(file.to_owned()));
        }
        let imported = Rules::read(&folder, year)?.imported().iter().any(same);
        Ok(files.last().filter(|_| imported).cloned())
    };
    if holds(None)?.is_some() {
        return Ok((folder, None));
    }
    for year in manifest.years.keys().rev().skip(1) {
        if let Some(file) = holds(Some(*year))? {
            return Ok((file, Some((folder, *year))));
        }
    }
    Ok((file.to_owned(), None))
}

fn broken(diagnostics: Vec<Diagnostic>) -> Failure {
    Failure { exit: Exit::Usage, diagnostics, sources: Sources::new() }
}

/// The pack that a suite names, relative to its folder or one above it; else the one it lies in.
fn pack_of(file: &Path, named: Option<&str>) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    // As many folders above as the path shows, then those it does not show.
    let above = file.ancestors().skip(1).chain(absolute.ancestors().skip(1));
    for folder in above {
        match named {
            Some(name) if folder.join(registry::apart(Path::new(name)).0).exists() => return Ok(folder.join(name)),
            None if folder.join("pack.toml").is_file() => {
                return Ok(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() });
            }
            _ => {}
        }
    }
    match named {
        Some(name) => registry::locate(Path::new(name), file.parent().unwrap_or(Path::new("."))),
        None => Err(Failure::general(Exit::Usage, wording::suite_without_pack(file))),
    }
}
