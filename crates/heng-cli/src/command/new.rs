//! `heng new`: a small pack that passes its own checks, to be changed into a real one.

use std::path::Path;

use heng_diag::Lang;

use crate::{exit::Exit, failure::Failure, manifest::is_id, session::Session, wording};

/// Path and text of every file of a new pack; `{id}` and `{year}` stand for what they say, in paths too.
type Files = [(&'static str, &'static str)];

macro_rules! template {
    ($lang:literal: $($path:literal = $file:literal),+) => {
        &[$(($path, include_str!(concat!("../../assets/new/", $lang, "/", $file)))),+]
    };
}

const ZH: &Files = template!("zh":
    "pack.toml" = "pack.toml",
    "{year}.heng" = "rules.heng",
    "checks/合同.rhai" = "checks/合同.rhai",
    "example/heng.toml" = "example/heng.toml",
    "example/facts.toml" = "example/facts.toml",
    "tests/基本.cases" = "tests/基本.cases",
    "README.md" = "README.md"
);
const EN: &Files = template!("en":
    "pack.toml" = "pack.toml",
    "{year}.heng" = "rules.heng",
    "checks/contracts.rhai" = "checks/contracts.rhai",
    "example/heng.toml" = "example/heng.toml",
    "example/facts.toml" = "example/facts.toml",
    "tests/basic.cases" = "tests/basic.cases",
    "README.md" = "README.md"
);

/// Makes the pack in a folder called `name`, whole or not at all.
pub fn run(name: &str, year: Option<u16>, session: &Session) -> Result<Exit, Failure> {
    let folder = Path::new(name);
    let id = folder.file_name().map(|last| last.to_string_lossy().into_owned()).unwrap_or_default();
    if !is_id(&id) {
        return Err(Failure::general(Exit::Usage, wording::bad_id(name)));
    }
    if folder.exists() {
        return Err(Failure::general(Exit::Files, wording::folder_taken(folder)));
    }
    let year = year.unwrap_or_else(last_year).to_string();
    let filled = |text: &str| text.replace("{id}", &id).replace("{year}", &year);
    let files: Vec<(String, String)> = match session.lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    }
    .iter()
    .map(|(path, text)| (filled(path), filled(text)))
    .collect();
    write(folder, &files).map_err(|error| Failure::general(Exit::Files, wording::unwritable(folder, &error)))?;
    session.print(wording::made(name).get(session.lang));
    Ok(Exit::Success)
}

/// Written beside its place, then moved into it.
fn write(folder: &Path, files: &[(String, String)]) -> std::io::Result<()> {
    let around = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".heng-new-").tempdir_in(around)?;
    let made = beside.path().join("pack");
    for (path, text) in files {
        let path = made.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    std::fs::rename(&made, folder)
}

/// Departments score the year that is over.
fn last_year() -> u16 {
    u16::try_from(jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).year()).unwrap_or(2000).saturating_sub(1)
}
