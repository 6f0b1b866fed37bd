//! The rules that a path stands for, read once: whatever a command wants of them, it has from here.

use std::path::{Path, PathBuf};

use heng_data::wire::{Input, InputKind};
use heng_dsl::{Reading, has_use, is_amendment};

use crate::{
    case::is_below,
    chain,
    exit::Exit,
    failure::Failure,
    manifest::Manifest,
    pack::{files_of, manifest_of, read_text, shown},
    registry,
    session::Session,
    shelf::Shelf,
    wording,
};

/// The rules of one year and, where the path names one, one variant.
pub struct Rules {
    /// The pack folder or the rule file.
    pub place: PathBuf,
    /// The manifest of a pack folder.
    pub manifest: Option<Manifest>,
    /// The files of the year, those that they amend before them.
    pub paths: Vec<PathBuf>,
    /// Their texts, with their names.
    pub files: Vec<(String, String)>,
    /// The variant that the path names.
    pub variant: Option<String>,
    /// What they say.
    pub reading: Reading,
    /// All that was read, what was imported included.
    pub inputs: Vec<Input>,
}

impl Rules {
    /// Reads the rules at a path, of `year` or of the newest.
    pub fn read(path: &Path, year: Option<u16>) -> Result<Rules, Failure> {
        let (place, variant) = registry::apart(&registry::locate(path, Path::new("."))?);
        let manifest = manifest_of(&place)?;
        let paths = chain::bases(files_of(&place, manifest.as_ref(), year)?)?;
        let input = |manifest: &Manifest| Input::of(InputKind::Pack, "pack.toml", manifest.text.as_bytes());
        let mut inputs: Vec<Input> = manifest.iter().map(input).collect();
        let mut files = Vec::new();
        for path in &paths {
            let text = read_text(path)?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            inputs.push(Input::of(InputKind::Rules, name, text.as_bytes()));
            files.push((shown(path), text));
        }
        let shelf = Shelf::default();
        let reading = Reading::of(&files, &|wanted| shelf.find(wanted), variant.as_deref());
        inputs.extend(shelf.inputs());
        Ok(Rules { place, manifest, paths, files, variant, reading, inputs })
    }

    /// Whether no file says all: amendments are applied, or imports put in.
    pub fn is_made(&self) -> bool {
        self.files.iter().any(|(_, text)| is_amendment(text) || has_use(text))
    }

    /// The files that they import and that belong to the pack: those in the folder of the rules or below it.
    pub fn imported(&self) -> Vec<PathBuf> {
        let folders: Vec<&Path> = self.paths.iter().filter_map(|path| path.parent()).collect();
        let own = |file: &&Path| folders.iter().any(|folder| is_below(file, folder));
        self.reading.imported().map(Path::new).filter(own).map(Path::to_owned).collect()
    }

    /// The one file that they make, amendments applied and imports put in.
    pub fn whole(&self) -> Result<String, Failure> {
        self.reading.whole().map_err(|why| refused(*why))
    }
}

/// Rules that cannot be read, with what is wrong with them.
pub fn refused((diagnostics, sources): heng_dsl::diff::Refused) -> Failure {
    Failure { exit: Exit::Rules, diagnostics, sources }
}

/// Says which variants a comparison of rules leaves aside, where none is named.
pub fn say_variants(old: &Rules, new: &Rules, session: &Session) {
    if old.variant.is_some() || new.variant.is_some() {
        return;
    }
    let mut names: Vec<&str> = old.reading.variants().chain(new.reading.variants()).collect();
    names.sort_unstable();
    names.dedup();
    if let Some(first) = names.first() {
        session.say(wording::variants_left_aside(&names, first).get(session.lang));
    }
}
