//! Where imports lead among the files of a case: a file of the same pack, or the files that another pack exports.

use heng_diag::{Diagnostic, Severity, Text};
use heng_dsl::{Found, Wanted};
use semver::Version;
use serde::Deserialize;

use crate::File;

/// The files that the rules of a case may import.
pub struct Beside<'a> {
    files: Vec<(String, &'a [u8])>,
}

/// What a pack.toml says about imports.
#[derive(Deserialize)]
struct Manifest {
    id: Option<String>,
    version: Option<Version>,
    #[serde(default)]
    exports: Vec<String>,
}

/// A pack that may be imported from.
struct Pack {
    folder: String,
    version: Version,
    exports: Vec<String>,
}

type Said<T> = Result<T, Box<Diagnostic>>;

impl<'a> Beside<'a> {
    /// The rules themselves and what was given beside them.
    pub fn of(rules: &[File<'a>], beside: &[File<'a>]) -> Beside<'a> {
        Beside { files: rules.iter().chain(beside).map(|(path, bytes)| (plain(path), *bytes)).collect() }
    }

    /// Finds what an import asks for.
    pub fn find(&self, wanted: &Wanted<'_>) -> Said<Vec<Found>> {
        if !wanted.from.ends_with(".heng") {
            return self.foreign(wanted.from);
        }
        if wanted.from.starts_with('/') || wanted.from.split(['/', '\\']).any(|part| part == "..") {
            return Err(outside(wanted.from));
        }
        Ok(vec![self.read(wanted.from, &join(folder(&plain(wanted.by)), wanted.from))?])
    }

    /// What a pack exports: of the version that was named, else of the newest.
    fn foreign(&self, from: &str) -> Said<Vec<Found>> {
        let (id, version) = from.split_once('@').map_or((from, None), |(id, version)| (id, Some(version)));
        let packs = self.packs(id)?;
        if packs.is_empty() {
            return Err(no_pack(id));
        }
        let exact = version.map(|version| version.parse::<Version>().ok());
        let fits = |pack: &&Pack| exact.as_ref().is_none_or(|wanted| wanted.as_ref() == Some(&pack.version));
        let Some(pack) = packs.iter().filter(fits).max_by(|one, other| one.version.cmp(&other.version)) else {
            let there: Vec<String> = packs.iter().map(|pack| pack.version.to_string()).collect();
            return Err(no_version(id, version.unwrap_or_default(), &there.join("、")));
        };
        if pack.exports.is_empty() {
            return Err(no_exports(id));
        }
        pack.exports.iter().map(|file| self.read(file, &join(&pack.folder, file))).collect()
    }

    /// The packs of a name.
    fn packs(&self, wanted: &str) -> Said<Vec<Pack>> {
        let mut packs = Vec::new();
        for (path, bytes) in self.files.iter().filter(|(path, _)| path.rsplit('/').next() == Some("pack.toml")) {
            let manifest: Manifest = toml::from_slice(bytes).map_err(|error| unread(path, &error))?;
            if let (Some(id), Some(version)) = (manifest.id, manifest.version)
                && id == wanted
            {
                packs.push(Pack { folder: folder(path).to_owned(), version, exports: manifest.exports });
            }
        }
        Ok(packs)
    }

    fn read(&self, asked: &str, path: &str) -> Said<Found> {
        let Some((name, bytes)) = self.files.iter().find(|(name, _)| name == path) else {
            return Err(not_given(asked, path));
        };
        let text = String::from_utf8(bytes.to_vec()).map_err(|error| unread(name, &error))?;
        Ok(Found { name: name.clone(), text })
    }
}

/// A path without detours, its parts parted by `/`.
pub fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { plain(path) } else { plain(&format!("{folder}/{path}")) }
}

fn import(code: &'static str, title: Text) -> Diagnostic {
    Diagnostic::general(code, Severity::Error, title)
}

fn not_given(asked: &str, path: &str) -> Box<Diagnostic> {
    let title = Text::new(format!("找不到要引用的 {asked}"), format!("what is imported is not found: {asked}"));
    Box::new(import("use/not-found", title).help(Text::new(
        format!("测试的 beside 里加上 {path}（从 Cargo.toml 的文件夹算起）"),
        format!("add {path} to `beside` in the test, as seen from the folder of Cargo.toml"),
    )))
}

fn unread(path: &str, error: &dyn std::fmt::Display) -> Box<Diagnostic> {
    let title = Text::new(format!("{path} 读不了：{error}"), format!("{path} cannot be read: {error}"));
    Box::new(import("use/not-found", title))
}

fn outside(from: &str) -> Box<Diagnostic> {
    let title = Text::new(format!("{from} 不在规则包里"), format!("{from} lies outside the pack"));
    Box::new(import("use/outside", title))
}

fn no_pack(id: &str) -> Box<Diagnostic> {
    let title = Text::new(format!("找不到规则包 {id}"), format!("the pack {id} is not found"));
    Box::new(import("use/pack", title).help(Text::new(
        "测试的 beside 里加上它的 pack.toml（id 和 version 都要有）和它导出的文件",
        "add its pack.toml, which has an id and a version, and the files that it exports to `beside` in the test",
    )))
}

fn no_version(id: &str, version: &str, there: &str) -> Box<Diagnostic> {
    let title = Text::new(format!("规则包 {id} 没有版本 {version}"), format!("the pack {id} has no version {version}"));
    Box::new(import("use/version", title).help(Text::new(format!("有的版本：{there}"), format!("there are: {there}"))))
}

fn no_exports(id: &str) -> Box<Diagnostic> {
    let title = Text::new(format!("规则包 {id} 没有导出任何文件"), format!("the pack {id} exports no file"));
    Box::new(import("use/exports", title))
}
