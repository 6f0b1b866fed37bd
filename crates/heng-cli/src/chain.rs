//! The chain of files that make a year: an amendment, what it is based on, and so on back to a whole
//! rule file.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    exit::Exit,
    failure::Failure,
    pack::{own_files, read_text},
    wording,
};

/// The files of a year with those before them that they amend. 基于 is a path relative to the
/// amendment, or the folder of a pack in one of the folders around it.
pub fn bases(mut chain: Vec<PathBuf>) -> Result<Vec<PathBuf>, Failure> {
    let mut seen: BTreeSet<PathBuf> = chain.iter().map(|file| same(file)).collect();
    while let Some(first) = chain.first().cloned() {
        let text = read_text(&first)?;
        if !heng_dsl::is_amendment(&text) || heng_dsl::has_rules(&text) {
            break;
        }
        let Some(base) = heng_dsl::based_on(&text) else {
            return Err(Failure::general(Exit::Rules, wording::no_base(&first)));
        };
        let Some(found) = locate(&first, &base) else {
            return Err(Failure::general(Exit::Rules, wording::base_not_found(&first, &base)));
        };
        let before = own_files(&found)?;
        if before.iter().any(|file| !seen.insert(same(file))) {
            return Err(Failure::general(Exit::Rules, wording::amends_itself(&first, &base)));
        }
        chain.splice(0..0, before);
    }
    Ok(chain)
}

fn locate(amendment: &Path, base: &str) -> Option<PathBuf> {
    let folder = amendment.parent().unwrap_or(Path::new("."));
    let beside = folder.join(base);
    if beside.exists() {
        return Some(beside);
    }
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    absolute.ancestors().skip(1).map(|above| above.join(base)).find(|path| path.exists())
}

fn same(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
