//! Manifests of the workspace, as far as the rules read them.

use toml::Table;

use crate::tree::Tree;

/// One package.
#[derive(Debug)]
pub struct Manifest {
    /// Where its Cargo.toml lies.
    pub path: String,
    /// The package's name; that of its folder where the manifest gives none.
    pub name: String,
    /// What it depends on.
    pub dependencies: Vec<Dependency>,
    /// The whole table.
    pub table: Table,
}

/// One line of a dependency section.
#[derive(Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The package depended on, by its own name.
    pub package: String,
    /// Whether only tests use it.
    pub dev: bool,
    /// Whether it takes its version from the workspace.
    pub inherited: bool,
}

impl Manifest {
    /// Reads one manifest; `None` for a workspace without a package of its own, and for a package that is a
    /// workspace by itself: the fuzz targets are built with flags of their own and bound by no rule here.
    fn read(path: &str, text: &str) -> Result<Option<Manifest>, String> {
        let table: Table = text.parse().map_err(|error| format!("{path} is not TOML: {error}"))?;
        let Some(package) = table.get("package").filter(|_| !table.contains_key("workspace")) else { return Ok(None) };
        let folder = path.rsplit('/').nth(1).unwrap_or(path);
        let name = package.get("name").and_then(toml::Value::as_str).unwrap_or(folder).to_owned();
        Ok(Some(Manifest { path: path.to_owned(), name, dependencies: dependencies(&table), table }))
    }

    /// Whether `key` (such as `lints`) is taken from the workspace.
    pub fn inherits(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(is_inherited)
    }
}

/// The packages of the workspace, and what could not be read.
pub fn manifests(tree: &Tree) -> (Vec<Manifest>, Vec<String>) {
    let mut packages = Vec::new();
    let mut broken = Vec::new();
    for (path, text) in tree.ending("/Cargo.toml") {
        match Manifest::read(path, text) {
            Ok(package) => packages.extend(package),
            Err(error) => broken.push(error),
        }
    }
    (packages, broken)
}

fn is_inherited(value: &toml::Value) -> bool {
    value.get("workspace").and_then(toml::Value::as_bool) == Some(true)
}

fn dependencies(manifest: &Table) -> Vec<Dependency> {
    let mut found = sections(manifest);
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    for target in targets.into_iter().flat_map(Table::values).filter_map(toml::Value::as_table) {
        found.extend(sections(target));
    }
    found
}

fn sections(table: &Table) -> Vec<Dependency> {
    const SECTIONS: [(&str, bool); 3] =
        [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)];
    let mut found = Vec::new();
    for (section, dev) in SECTIONS {
        let entries = table.get(section).and_then(toml::Value::as_table);
        found.extend(entries.into_iter().flatten().map(|(key, value)| {
            let package = value.get("package").and_then(toml::Value::as_str).unwrap_or(key);
            Dependency { package: package.to_owned(), dev, inherited: is_inherited(value) }
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_read() {
        let text = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n[dependencies]\nb.workspace = true\nx = { package = \"c\", version = \"1\" }\n\
                    [dev-dependencies]\nd = \"1\"\n[target.'cfg(unix)'.dependencies]\ne = { workspace = true }\n";
        let (packages, broken) = manifests(&Tree::of(&[("crates/a/Cargo.toml", text)]));
        assert!(broken.is_empty());
        let package = &packages[0];
        assert!(package.inherits("lints"));
        let seen: Vec<_> = package.dependencies.iter().map(|d| (d.package.as_str(), d.dev, d.inherited)).collect();
        assert_eq!(seen, [("b", false, true), ("c", false, false), ("d", true, false), ("e", false, true)]);
    }

    #[test]
    fn a_broken_manifest_is_said() {
        let (packages, broken) = manifests(&Tree::of(&[("crates/a/Cargo.toml", "[package")]));
        assert!(packages.is_empty());
        assert_eq!(broken.len(), 1);
    }
}
