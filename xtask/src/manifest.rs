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
    /// Reads one manifest; `None` for a workspace without a package of its own.
    fn read(path: &str, text: &str) -> Result<Option<Manifest>, String> {
        let table: Table = text.parse().map_err(|error| format!("{path} is not TOML: {error}"))?;
        let Some(package) = table.get("package") else { return Ok(None) };
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
    let own = own_workspaces(tree);
    let bound = |path: &str| !own.iter().any(|folder| path.starts_with(folder.as_str()));
    for (path, text) in tree.ending("/Cargo.toml").filter(|(path, _)| bound(path)) {
        match Manifest::read(path, text) {
            Ok(package) => packages.extend(package),
            Err(error) => broken.push(error),
        }
    }
    (packages, broken)
}

/// The folders, each with its `/`, of workspaces by themselves: what heng is fuzzed with and what it is measured beside is built
/// apart and bound by no rule here.
fn own_workspaces(tree: &Tree) -> Vec<String> {
    let own = |text: &str| text.parse::<Table>().is_ok_and(|table| table.contains_key("workspace"));
    let found = tree.ending("/Cargo.toml").filter(|(_, text)| own(text));
    found.filter_map(|(path, _)| path.strip_suffix("Cargo.toml").map(str::to_owned)).collect()
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
    fn what_lies_in_a_workspace_of_its_own_is_left_alone() {
        let (packages, _) = manifests(&Tree::of(&[
            ("fuzz/Cargo.toml", "[package]\nname = \"fuzz\"\n[workspace]\n"),
            ("tests/beside/Cargo.toml", "[workspace]\n"),
            ("tests/beside/a/Cargo.toml", "[package]\nname = \"a\"\n"),
            ("tests/besides/Cargo.toml", "[package]\nname = \"b\"\n"),
        ]));
        assert_eq!(packages.iter().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn a_broken_manifest_is_said() {
        let (packages, broken) = manifests(&Tree::of(&[("crates/a/Cargo.toml", "[package")]));
        assert!(packages.is_empty());
        assert_eq!(broken.len(), 1);
    }
}
