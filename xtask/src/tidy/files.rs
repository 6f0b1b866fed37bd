//! How files are named and how long they are.

use super::Offence;
use crate::tree::Tree;

/// From this many lines on, a file is worth a look.
const LONG: usize = 800;

/// A map that is longer than this is no map.
const MAP: (&str, usize) = ("ARCHITECTURE.md", 300);

/// A module is named by its file, never by its folder.
pub fn mod_files(tree: &Tree) -> Vec<Offence> {
    let named =
        tree.ending("/mod.rs").filter_map(|(path, _)| path.strip_suffix("/mod.rs").map(|folder| (path, folder)));
    named.map(|(path, folder)| Offence::new(path, 0, format!("rename it to {folder}.rs"))).collect()
}

/// Lists files that have grown long.
pub fn lengths(tree: &Tree) -> Vec<Offence> {
    let long = tree.ending(".rs").map(|(path, text)| (path, text.lines().count())).filter(|(_, lines)| *lines > LONG);
    let mut found: Vec<Offence> =
        long.map(|(path, lines)| Offence::note(path, format!("{lines} lines: is it still one noun?"))).collect();
    let (map, most) = MAP;
    if tree.text(map).is_some_and(|text| text.lines().count() > most) {
        found.push(Offence::new(map, 0, format!("more than {most} lines: move what is not map to docs/design/")));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mod_file_is_caught() {
        let found = mod_files(&Tree::of(&[("crates/a/src/check/mod.rs", ""), ("crates/a/src/check.rs", "")]));
        assert_eq!(found, [Offence::new("crates/a/src/check/mod.rs", 0, "rename it to crates/a/src/check.rs")]);
    }

    #[test]
    fn long_files_are_listed_and_a_long_map_is_caught() {
        let (code, map) = ("\n".repeat(LONG + 1), "\n".repeat(301));
        let found = lengths(&Tree::of(&[("a.rs", &code), ("b.rs", "\n"), ("ARCHITECTURE.md", &map)]));
        assert_eq!(found.iter().map(|offence| offence.note).collect::<Vec<_>>(), [true, false]);
        assert!(lengths(&Tree::of(&[("a.rs", &"\n".repeat(LONG)), ("ARCHITECTURE.md", "\n")])).is_empty());
    }
}
