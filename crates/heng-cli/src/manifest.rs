//! pack.toml: who a pack is. What a rule means stands in its rule files alone.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use semver::Version;
use serde::Deserialize;

use crate::{exit::Exit, failure::Failure, pack::read_text, severity::Wanted, wording};

/// The version of the rule language that this program reads.
pub const LANGUAGE: &str = "1";

/// The keys that every pack.toml may have.
const KEYS: [&str; 14] = [
    "id",
    "version",
    "title",
    "language",
    "author",
    "license",
    "years",
    "severity",
    "tests",
    "exports",
    "scripts",
    "methods",
    "templates",
    "audit",
];

/// pack.toml.
#[derive(Debug, Deserialize)]
pub struct Manifest {
    /// The name others call the pack by.
    pub id: Option<String>,
    /// Which edition of the pack.
    pub version: Option<Version>,
    /// Its title by language.
    #[serde(default)]
    pub title: BTreeMap<String, String>,
    /// The version of the rule language.
    pub language: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// How it may be used.
    pub license: Option<String>,
    /// The rule files of each evaluated year.
    #[serde(default)]
    pub years: BTreeMap<u16, YearFiles>,
    /// Files or folders of cases beside those in `tests/`, relative to the pack.
    #[serde(default)]
    pub tests: Vec<String>,
    /// The files that other packs may import, relative to the pack.
    #[serde(default)]
    pub exports: Vec<String>,
    /// The scripts of the pack, relative to it; none where that is not declared.
    pub scripts: Option<Vec<String>>,
    /// The methods that others may use.
    pub methods: Option<Vec<String>>,
    /// The templates of its reports, relative to the pack.
    pub templates: Option<Vec<String>>,
    /// How grave findings of practice are, by code.
    #[serde(default)]
    pub severity: BTreeMap<String, Wanted>,
    /// The checks of documents: function and script file, relative to the pack.
    #[serde(default)]
    pub audit: BTreeMap<String, String>,
    /// The keys that are not above.
    #[serde(skip)]
    pub rest: Vec<String>,
    /// What it was read from.
    #[serde(skip)]
    pub text: String,
}

/// The rule files of a year.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum YearFiles {
    /// One file.
    One(String),
    /// Several that belong together.
    Many(Vec<String>),
}

impl Manifest {
    /// Reads `folder/pack.toml`.
    pub fn read(folder: &Path) -> Result<Manifest, Failure> {
        let path = folder.join("pack.toml");
        let text = read_text(&path)?;
        let refused = |error| Failure::general(Exit::Rules, wording::bad_pack_manifest(&path, &error));
        let mut manifest: Manifest = toml::from_str(&text).map_err(refused)?;
        let table: toml::Table = toml::from_str(&text).map_err(refused)?;
        manifest.rest = table.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned().collect();
        manifest.text = text;
        Ok(manifest)
    }

    /// The rule files of `year`, else of the newest year, relative to the pack.
    pub fn files(&self, folder: &Path, year: Option<u16>) -> Result<Vec<PathBuf>, Failure> {
        let manifest = folder.join("pack.toml");
        let chosen = match year {
            Some(year) => self.years.get(&year),
            None => self.years.values().next_back(),
        };
        match chosen {
            Some(YearFiles::One(file)) => Ok(vec![folder.join(file)]),
            Some(YearFiles::Many(files)) => Ok(files.iter().map(|file| folder.join(file)).collect()),
            None => {
                let years: Vec<u16> = self.years.keys().copied().collect();
                let found = year.map_or_else(
                    || wording::no_years(&manifest),
                    |year| wording::no_such_year(&manifest, year, &years),
                );
                Err(Failure::general(Exit::Rules, found))
            }
        }
    }

    /// The title in `lang`, else in the other language, else the id.
    pub fn title(&self, lang: heng_diag::Lang) -> &str {
        let (first, second) = if lang == heng_diag::Lang::Zh { ("zh", "en") } else { ("en", "zh") };
        let title = self.title.get(first).or_else(|| self.title.get(second));
        title.or(self.id.as_ref()).map_or("", String::as_str)
    }
}

/// Whether `id` can name a pack: letters of any script, digits and hyphens, a letter or digit first.
pub fn is_id(id: &str) -> bool {
    id.chars().next().is_some_and(char::is_alphanumeric) && id.chars().all(|sign| sign.is_alphanumeric() || sign == '-')
}
