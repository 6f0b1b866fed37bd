//! Who may depend on whom. [`LAYERS`] is the table; ARCHITECTURE.md and docs/design/crates.md print
//! it, and must print the same.

use super::Offence;
use crate::{
    manifest::{Dependency, Manifest, manifests},
    tree::Tree,
};

/// What a crate may use of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Uses {
    /// These, by their names without `heng-`.
    Only(&'static [&'static str]),
    /// All of them.
    All,
}

/// The layers, from the bottom up. Tests may look across them (dev-dependencies are free); what is
/// shipped may not.
const LAYERS: [(&str, Uses); 20] = [
    ("model", Uses::Only(&[])),
    ("diag", Uses::Only(&[])),
    ("phrase", Uses::Only(&["model", "diag"])),
    ("dsl", Uses::Only(&["model", "diag", "phrase"])),
    ("eval", Uses::Only(&["model"])),
    ("script", Uses::Only(&["model", "diag", "eval"])),
    ("archive", Uses::Only(&["diag"])),
    ("data", Uses::Only(&["model", "diag", "phrase", "archive"])),
    ("report", Uses::Only(&["model", "diag", "phrase"])),
    ("notice", Uses::Only(&["model", "diag", "phrase", "dsl", "archive"])),
    ("test", Uses::Only(&["model", "diag", "phrase", "eval", "data", "archive"])),
    ("sheet", Uses::Only(&["model", "diag"])),
    ("batch", Uses::Only(&["model", "diag", "phrase", "eval", "data", "sheet"])),
    ("docs", Uses::Only(&["model", "diag", "phrase", "report", "sheet", "archive"])),
    ("pdf", Uses::Only(&["diag", "docs"])),
    ("office", Uses::Only(&["model", "diag", "phrase", "dsl", "notice", "sheet", "docs"])),
    ("audit", Uses::Only(&["model", "diag", "archive"])),
    ("cli", Uses::All),
    ("oracle", Uses::Only(&["model"])),
    ("pin", Uses::Only(&["model", "diag", "dsl", "eval", "script", "data", "test"])),
];

/// Packages that are not part of the product: they may use everything, and nothing may use them.
const TOOLS: [&str; 3] = ["xtask", "heng-outside", "heng-bench"];

/// What nothing shipped may use: the tools, the second evaluator and the pins of scorecards, which are for tests alone.
const UNSHIPPED: [&str; 5] = ["xtask", "heng-outside", "heng-bench", "heng-oracle", "heng-pin"];

/// Libraries that one crate alone may know, tests included.
const LIBRARIES: [(&str, &str); 4] =
    [("rhai", "heng-script"), ("pest", "heng-dsl"), ("pest_derive", "heng-dsl"), ("clap", "heng-cli")];

/// Every dependency between our crates must stand in [`LAYERS`].
pub fn edges(tree: &Tree) -> Vec<Offence> {
    let (packages, broken) = manifests(tree);
    let unread = broken.iter().map(|error| Offence::new("Cargo.toml", 0, error));
    packages.iter().filter(|package| !TOOLS.contains(&package.name.as_str())).flat_map(edges_of).chain(unread).collect()
}

fn edges_of(package: &Manifest) -> Vec<Offence> {
    let Some(uses) = uses_of(&package.name) else {
        let says = format!(
            "{} stands in no layer: add it to LAYERS in xtask/src/tidy/layers.rs and to ARCHITECTURE.md",
            package.name
        );
        return vec![Offence::new(&package.path, 0, says)];
    };
    let shipped =
        package.dependencies.iter().filter(|dependency| !dependency.dev && !allows(uses, &dependency.package));
    shipped
        .map(|Dependency { package: used, .. }| {
            let says = format!("{} may not depend on {used}: see the layer table in ARCHITECTURE.md", package.name);
            Offence::new(&package.path, 0, says)
        })
        .collect()
}

fn uses_of(package: &str) -> Option<Uses> {
    let name = package.strip_prefix("heng-")?;
    LAYERS.iter().find(|(layer, _)| *layer == name).map(|(_, uses)| *uses)
}

/// Whether a dependency is allowed; libraries of others always are, here.
fn allows(uses: Uses, used: &str) -> bool {
    match (used.strip_prefix("heng-"), uses) {
        _ if UNSHIPPED.contains(&used) => false,
        (None, _) | (_, Uses::All) => true,
        (Some(name), Uses::Only(names)) => names.contains(&name),
    }
}

/// rhai, pest and clap each have one crate that knows them.
pub fn libraries(tree: &Tree) -> Vec<Offence> {
    let (packages, _) = manifests(tree);
    let mut found = Vec::new();
    for package in &packages {
        for Dependency { package: used, .. } in &package.dependencies {
            let owner = LIBRARIES.iter().find(|(library, owner)| library == used && *owner != package.name);
            found.extend(owner.map(|(library, owner)| {
                Offence::new(&package.path, 0, format!("only {owner} may depend on {library}: call {owner} instead"))
            }));
        }
    }
    found
}

/// Every package takes its lints, its licence and the versions of its dependencies from the workspace.
pub fn manifests_follow(tree: &Tree) -> Vec<Offence> {
    let (packages, _) = manifests(tree);
    let mut found = Vec::new();
    for package in packages {
        if !package.inherits("lints") {
            found.push(Offence::new(
                &package.path,
                0,
                "the workspace lints are not inherited: add [lints] workspace = true",
            ));
        }
        for key in ["edition", "rust-version", "license", "publish"] {
            if !package.table.get("package").is_some_and(|table| is_inherited(table, key)) {
                found.push(Offence::new(&package.path, 0, format!("write {key}.workspace = true")));
            }
        }
        for Dependency { package: used, .. } in package.dependencies.iter().filter(|dependency| !dependency.inherited) {
            let says = format!(
                "{used} has a version of its own: name it in [workspace.dependencies] and write {used} = {{ workspace = true }}"
            );
            found.push(Offence::new(&package.path, 0, says));
        }
    }
    found
}

fn is_inherited(package: &toml::Value, key: &str) -> bool {
    package.get(key).and_then(|value| value.get("workspace")).and_then(toml::Value::as_bool) == Some(true)
}

/// Layer tables in the documents must say what [`LAYERS`] says.
pub fn tables(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for (path, text) in tree.ending(".md") {
        let Some((line, rows)) = layer_table(text) else { continue };
        let missing = LAYERS.iter().filter(|(layer, _)| !rows.iter().any(|row| row.name == *layer));
        found.extend(
            missing.map(|(layer, _)| Offence::new(path, line, format!("the layer table leaves out heng-{layer}"))),
        );
        found.extend(rows.iter().filter(|row| !row.agrees()).map(|row| {
            let says = format!(
                "the table says that heng-{} may use {}; LAYERS in xtask/src/tidy/layers.rs says otherwise",
                row.name, row.cell
            );
            Offence::new(path, row.line, says)
        }));
    }
    if tree.text("ARCHITECTURE.md").is_some_and(|text| layer_table(text).is_none()) {
        found.push(Offence::new("ARCHITECTURE.md", 0, "the layer table (| crate | … | may use |) is missing"));
    }
    found
}

/// A row of a layer table in a document.
struct Row {
    line: usize,
    name: String,
    cell: String,
}

impl Row {
    fn agrees(&self) -> bool {
        match uses_of(&format!("heng-{}", self.name)) {
            None => false,
            Some(Uses::All) => self.cell == "all",
            Some(Uses::Only(names)) => {
                let mut said: Vec<&str> = listed(&self.cell);
                let mut meant = names.to_vec();
                said.sort_unstable();
                meant.sort_unstable();
                said == meant
            }
        }
    }
}

/// The names in a cell: `model, diag (for one type)` names two, `–` none.
fn listed(cell: &str) -> Vec<&str> {
    cell.split(',')
        .map(|part| strip(part.split('(').next().unwrap_or(part).trim()))
        .filter(|word| !word.is_empty() && *word != "–")
        .collect()
}

/// A crate's name without quotes and without `heng-`.
fn strip(word: &str) -> &str {
    let word = word.trim().trim_matches('`');
    word.strip_prefix("heng-").unwrap_or(word)
}

/// The first table whose header begins with `crate` and ends with `may use`, and its line.
fn layer_table(text: &str) -> Option<(usize, Vec<Row>)> {
    let mut lines = text.lines().zip(1..).skip_while(|(line, _)| !is_header(&cells(line)));
    let (_, first) = lines.next()?;
    let rows = lines.skip(1).take_while(|(line, _)| line.starts_with('|')).filter_map(|(text, line)| {
        let cells = cells(text);
        let (name, cell) = (cells.first()?, cells.last()?);
        Some(Row { line, name: strip(name).to_owned(), cell: (*cell).to_owned() })
    });
    Some((first, rows.collect()))
}

fn is_header(cells: &[&str]) -> bool {
    cells.first() == Some(&"crate") && cells.last() == Some(&"may use")
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &str) -> String {
        format!(
            "[package]\nname = \"{name}\"\nedition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\
             [lints]\nworkspace = true\n{dependencies}"
        )
    }

    fn says(found: &[Offence]) -> Vec<&str> {
        found.iter().map(|offence| offence.says.as_str()).collect()
    }

    #[test]
    fn an_edge_that_the_table_does_not_allow_is_caught() {
        let eval = package(
            "heng-eval",
            "[dependencies]\nheng-model.workspace = true\nheng-dsl.workspace = true\nserde.workspace = true\n",
        );
        let found = edges(&Tree::of(&[("crates/heng-eval/Cargo.toml", &eval)]));
        assert_eq!(says(&found), ["heng-eval may not depend on heng-dsl: see the layer table in ARCHITECTURE.md"]);
    }

    #[test]
    fn tests_may_look_across_layers_but_nothing_ships_a_tool() {
        let eval = package("heng-eval", "[dev-dependencies]\nheng-dsl.workspace = true\n");
        assert!(edges(&Tree::of(&[("crates/heng-eval/Cargo.toml", &eval)])).is_empty());
        let cli = package("heng-cli", "[dependencies]\nheng-eval.workspace = true\nheng-outside.workspace = true\n");
        assert_eq!(edges(&Tree::of(&[("crates/heng-cli/Cargo.toml", &cli)])).len(), 1);
        let cli = package("heng-cli", "[dependencies]\nheng-oracle.workspace = true\n");
        assert_eq!(edges(&Tree::of(&[("crates/heng-cli/Cargo.toml", &cli)])).len(), 1);
        let oracle = package("heng-oracle", "[dependencies]\nheng-eval.workspace = true\n");
        assert_eq!(edges(&Tree::of(&[("crates/heng-oracle/Cargo.toml", &oracle)])).len(), 1);
    }

    #[test]
    fn a_crate_without_a_layer_is_caught() {
        let found = edges(&Tree::of(&[("crates/heng-new/Cargo.toml", &package("heng-new", ""))]));
        assert!(says(&found)[0].starts_with("heng-new stands in no layer"));
        let tool = package("xtask", "[dependencies]\nheng-dsl.workspace = true\n");
        assert!(edges(&Tree::of(&[("xtask/Cargo.toml", &tool)])).is_empty());
        assert_eq!(edges(&Tree::of(&[("crates/a/Cargo.toml", "[")])).len(), 1);
    }

    #[test]
    fn a_library_outside_its_crate_is_caught_in_tests_too() {
        let eval = package("heng-eval", "[dev-dependencies]\nrhai.workspace = true\n");
        let script = package("heng-script", "[dependencies]\nrhai.workspace = true\n");
        let found = libraries(&Tree::of(&[("crates/e/Cargo.toml", &eval), ("crates/s/Cargo.toml", &script)]));
        assert_eq!(says(&found), ["only heng-script may depend on rhai: call heng-script instead"]);
    }

    #[test]
    fn a_manifest_that_goes_its_own_way_is_caught() {
        let good = package("heng-a", "[dependencies]\nserde.workspace = true\n");
        assert!(manifests_follow(&Tree::of(&[("crates/a/Cargo.toml", &good)])).is_empty());
        let bad = "[package]\nname = \"heng-a\"\nedition = \"2021\"\n[dependencies]\nserde = \"1\"\n";
        assert_eq!(manifests_follow(&Tree::of(&[("crates/a/Cargo.toml", bad)])).len(), 6);
    }

    fn table(eval: &str) -> String {
        let rows = LAYERS.iter().map(|(layer, uses)| match (layer, uses) {
            (&"eval", _) => format!("| heng-eval | x | {eval} |\n"),
            (_, Uses::All) => format!("| heng-{layer} | x | all |\n"),
            (_, Uses::Only([])) => format!("| heng-{layer} | x | – |\n"),
            (_, Uses::Only(names)) => format!("| heng-{layer} | x | {} |\n", names.join(", ")),
        });
        format!("# Title\n\n| crate | knows | may use |\n|---|---|---|\n{}\n", rows.collect::<String>())
    }

    #[test]
    fn a_document_that_contradicts_the_table_is_caught() {
        assert!(tables(&Tree::of(&[("ARCHITECTURE.md", &table("model (and why)"))])).is_empty());
        let found = tables(&Tree::of(&[("docs/design/crates.md", &table("model, dsl"))]));
        assert_eq!(
            says(&found),
            ["the table says that heng-eval may use model, dsl; LAYERS in xtask/src/tidy/layers.rs says otherwise"]
        );
        let short = table("model").replace("| heng-report | x | model, diag, phrase |\n", "");
        assert_eq!(
            says(&tables(&Tree::of(&[("ARCHITECTURE.md", &short)]))),
            ["the layer table leaves out heng-report"]
        );
        assert_eq!(tables(&Tree::of(&[("ARCHITECTURE.md", "# Map\n")])).len(), 1);
    }
}
