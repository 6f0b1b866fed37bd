//! The packs of `rules/`.

use std::path::{Path, PathBuf};

use heng_diag::Lang;
use heng_dsl::{based_on, compile, expand, is_amendment};
use heng_model::Program;
use heng_office::{Kind, NotBack, Returned, ledger, open, returned};

/// Where the repository lies.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// A rule file with those it amends before it.
pub fn chain(path: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut files = Vec::new();
    if is_amendment(&text)
        && let Some(base) = based_on(&text)
    {
        files = chain(&path.parent().unwrap().join(base));
    }
    files.push((path.strip_prefix(root()).unwrap_or(path).display().to_string(), text));
    files
}

/// Every rule file of every pack, with those it amends.
pub fn packs() -> Vec<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join("rules")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("pack.toml").exists() {
            continue;
        }
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "heng") {
                found.push(chain(&path));
            }
        }
    }
    found.sort_by(|a, b| a.last().cmp(&b.last()));
    found
}

/// A program with the language of its table.
pub fn program(files: &[(String, String)]) -> (Program, Lang) {
    let program = compile(files).program.unwrap();
    let lang = if program.root().unwrap().name.is_ascii() { Lang::En } else { Lang::Zh };
    (program, lang)
}

/// One file with the rules of a chain.
pub fn whole(files: Vec<(String, String)>) -> Vec<(String, String)> {
    if files.len() < 2 {
        return files;
    }
    let name = files.last().unwrap().0.clone();
    vec![(name, expand(&files).ok().unwrap())]
}

/// A pack of `rules/` by the path of its file.
pub fn pack(path: &str) -> Vec<(String, String)> {
    whole(chain(&root().join("rules").join(path)))
}

/// A file that came back.
pub fn back(bytes: &[u8], kind: Kind) -> Result<Returned, NotBack> {
    let file = open(bytes, kind)?;
    let ledger = ledger(&file)?;
    returned(&file, ledger)
}
