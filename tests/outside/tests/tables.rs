//! A scoring table that an office program opened and saved is the table that went out: nothing in it was edited.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use heng_diag::Lang;
use heng_dsl::{based_on, compile, expand, is_amendment};
use heng_office::{Choice, Kind, ledger, merge, open, returned, write};
use heng_outside::{LIBRE_OFFICE, need, root, run};

/// A rule file with those it amends before it.
fn chain(path: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).unwrap();
    let base = if is_amendment(&text) { based_on(&text) } else { None };
    let mut files = base.map(|base| chain(&path.parent().unwrap().join(base))).unwrap_or_default();
    files.push((path.display().to_string(), text));
    files
}

/// Every rule file of every pack as one text.
fn packs() -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(root().join("rules")).unwrap() {
        let folder = entry.unwrap().path();
        if folder.join("pack.toml").exists() {
            let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            paths.extend(files.filter(|path| path.extension().is_some_and(|ending| ending == "heng")));
        }
    }
    paths.sort();
    let whole = |path: &PathBuf| {
        let files = chain(path);
        if files.len() < 2 {
            files.into_iter().next().unwrap()
        } else {
            (path.display().to_string(), expand(&files).ok().unwrap())
        }
    };
    paths.iter().map(whole).collect()
}

/// Opens files in LibreOffice and saves them again.
fn through_libre_office(soffice: &Path, folder: &Path, kind: &str, files: &[PathBuf]) -> Result<(), Box<dyn Error>> {
    // A profile of its own, so that a LibreOffice that is already open does not answer instead.
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new(soffice);
    command.args([&profile, "--headless", "--convert-to", kind, "--outdir"]).arg(folder.join("saved")).args(files);
    run(&mut command)?;
    Ok(())
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_table_saved_by_libre_office_comes_back_unedited() -> Result<(), Box<dyn Error>> {
    let Some(soffice) = need(&LIBRE_OFFICE)? else { return Ok(()) };
    let packs = packs();
    assert!(packs.len() > 10);
    for (kind, ending) in [(Kind::Workbook, "xlsx"), (Kind::Document, "docx")] {
        let folder = tempfile::tempdir()?;
        let mut files = Vec::new();
        for (at, pack) in packs.iter().enumerate() {
            let program = compile(std::slice::from_ref(pack)).program.unwrap();
            let lang = if program.root().unwrap().name.is_ascii() { Lang::En } else { Lang::Zh };
            let file = folder.path().join(format!("{at}.{ending}"));
            fs::write(&file, write(&program, lang, kind).unwrap())?;
            files.push(file);
        }
        through_libre_office(&soffice, folder.path(), ending, &files)?;
        for (at, pack) in packs.iter().enumerate() {
            let saved = fs::read(folder.path().join("saved").join(format!("{at}.{ending}")))?;
            let file = open(&saved, kind).unwrap();
            let back = returned(&file, ledger(&file).unwrap()).unwrap();
            let program = compile(std::slice::from_ref(pack)).program.unwrap();
            let merged = merge(std::slice::from_ref(pack), &program, &back, Choice::default()).unwrap();
            assert_eq!(merged.compared.edits, [], "{} {ending}", pack.0);
            assert_eq!(merged.compared.doubts, [], "{} {ending}", pack.0);
            assert!(merged.compared.removed.is_empty() && merged.added.is_empty(), "{} {ending}", pack.0);
            assert_eq!(merged.files.as_deref(), Some(std::slice::from_ref(pack)), "{} {ending}", pack.0);
        }
    }
    Ok(())
}
