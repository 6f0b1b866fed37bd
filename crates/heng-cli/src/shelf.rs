//! Where imports lead: a file of the same pack, or the files that another pack exports. What was taken
//! down is remembered, for locks and receipts.

use std::{
    cell::RefCell,
    path::{Component, Path, PathBuf},
};

use heng_data::wire::{Input, InputKind};
use heng_diag::Diagnostic;
use heng_dsl::{Found, Wanted};
use semver::Version;

use crate::{
    case::{is_outside, tidy},
    failure::Failure,
    pack::{read_text, shown},
    registry, wording,
};

/// The files that rules may import.
#[derive(Default)]
pub struct Shelf {
    taken: RefCell<Vec<(PathBuf, Input)>>,
    /// The folders of other packs, and what their files are called in locks and receipts.
    packs: RefCell<Vec<(PathBuf, String)>>,
}

type Files = Result<Vec<Found>, Box<Diagnostic>>;

impl Shelf {
    /// Finds what an import asks for.
    pub fn find(&self, wanted: &Wanted<'_>) -> Files {
        let folder = Path::new(wanted.by).parent().unwrap_or(Path::new("."));
        if Path::new(wanted.from).extension().is_some_and(|ending| ending == "heng") {
            return self.own(folder, wanted);
        }
        self.foreign(folder, wanted)
    }

    /// What was imported, in the order in which it was.
    pub fn inputs(self) -> Vec<Input> {
        self.taken.into_inner().into_iter().map(|(_, input)| input).collect()
    }

    /// A file beside the one that asks, or below.
    fn own(&self, folder: &Path, wanted: &Wanted<'_>) -> Files {
        let relative = Path::new(wanted.from);
        if is_outside(relative) {
            return Err(Box::new(wording::use_outside(wanted.from)));
        }
        let path = tidy(&folder.join(relative));
        if !path.is_file() {
            return Err(Box::new(wording::use_not_found(wanted.from, &path)));
        }
        Ok(vec![self.read(path)?])
    }

    /// What a pack exports.
    fn foreign(&self, folder: &Path, wanted: &Wanted<'_>) -> Files {
        let (id, version) = match wanted.from.split_once('@') {
            Some((id, version)) => (id, Some(version)),
            None => (wanted.from, None),
        };
        let all = registry::packs(folder);
        let mut named = all.iter().filter(|pack| pack.id == id).peekable();
        if named.peek().is_none() {
            return Err(Box::new(wording::use_no_pack(id, &registry::search_path(folder))));
        }
        let exact = version.map(|version| version.parse::<Version>().ok());
        let fits = |version: &Version| exact.as_ref().is_none_or(|wanted| wanted.as_ref() == Some(version));
        let Some(pack) = named.find(|pack| fits(&pack.version)) else {
            let there: Vec<String> =
                all.iter().filter(|pack| pack.id == id).map(|pack| pack.version.to_string()).collect();
            return Err(Box::new(wording::use_version(id, version.unwrap_or(""), &there)));
        };
        if pack.manifest.exports.is_empty() {
            return Err(Box::new(wording::use_exports(id, &pack.folder)));
        }
        self.packs.borrow_mut().push((tidy(&pack.folder), format!("{id}@{}", pack.version)));
        pack.manifest.exports.iter().map(|file| self.read(tidy(&pack.folder.join(file)))).collect()
    }

    fn read(&self, path: PathBuf) -> Result<Found, Box<Diagnostic>> {
        let text = read_text(&path).map_err(said)?;
        let mut taken = self.taken.borrow_mut();
        if !taken.iter().any(|(known, _)| *known == path) {
            let name = self.name(&path, &taken);
            let input = Input::of(InputKind::Rules, name, text.as_bytes());
            taken.push((path.clone(), input));
        }
        Ok(Found { name: shown(&path), text })
    }

    /// `id@version/file` for a file of another pack, its name for one of this; with its folder where two are called so.
    fn name(&self, path: &Path, taken: &[(PathBuf, Input)]) -> String {
        let packs = self.packs.borrow();
        let foreign = packs.iter().find_map(|(folder, id)| Some((id, path.strip_prefix(folder).ok()?)));
        if let Some((id, file)) = foreign {
            return format!("{id}/{}", shown(file));
        }
        let last = |parts: usize| {
            let all: Vec<Component<'_>> = path.components().collect();
            shown(&all.iter().skip(all.len().saturating_sub(parts)).collect::<PathBuf>())
        };
        (1..=4)
            .map(last)
            .find(|name| !taken.iter().any(|(_, input)| input.name == *name))
            .unwrap_or_else(|| shown(path))
    }
}

/// The first finding of a failure.
fn said(failure: Failure) -> Box<Diagnostic> {
    Box::new(failure.diagnostics.into_iter().next().unwrap_or_else(wording::use_unread))
}
