//! What a crate may reach for: files, terminal, environment, clock and network belong to the
//! command line. Everything else takes bytes and gives bytes, so that the same inputs give the same
//! bytes, and so that it runs where there is no file system.

use super::Offence;
use crate::{
    code::{Code, test_modules},
    tree::Tree,
};

/// Paths that only heng-cli may name.
const COMMAND_LINE: [&str; 10] = [
    "std::fs",
    "std::env",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::process",
    "std::net",
    "std::time::Instant",
    "std::time::SystemTime",
    "Zoned::now",
];

/// Paths that no crate of the default build may name: the program runs on any system.
const ONE_SYSTEM: [&str; 1] = ["std::os"];

/// Where a path is named all the same, and why.
const ALLOWED: [(&str, &str, &str); 1] = [(
    "crates/heng-script/src/sandbox.rs",
    "std::time::Instant",
    "the last stop of a script that its other limits let through; it ends in a fault, never in points",
)];

/// Looks at the code of every crate, tests left out.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for (path, text) in shipped(tree) {
        let code = Code::read(text);
        let mut forbid = |names: &[&str], says: &str| {
            for name in names.iter().filter(|name| !is_allowed(path, name)) {
                let lines = code.mentions(name).into_iter().map(|at| code.line(at));
                found.extend(lines.map(|line| Offence::new(path, line, format!("{name}: {says}"))));
            }
        };
        if !path.starts_with("crates/heng-cli/") {
            forbid(&COMMAND_LINE, "only heng-cli touches files, terminal, environment, clock and network");
        }
        forbid(&ONE_SYSTEM, "this ties the program to one kind of system");
    }
    found
}

fn is_allowed(path: &str, name: &str) -> bool {
    ALLOWED.iter().any(|(file, allowed, _)| *file == path && *allowed == name)
}

/// The Rust files of the crates that are not test code.
pub fn shipped(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    let tests: Vec<String> = tree.ending(".rs").flat_map(|(path, text)| test_files(path, text)).collect();
    tree.ending(".rs").filter(move |(path, _)| {
        let source = path
            .strip_prefix("crates/")
            .and_then(|rest| rest.split_once('/'))
            .is_some_and(|(_, rest)| rest.starts_with("src/"));
        source
            && !tests.iter().any(|test| path.strip_suffix(".rs") == Some(test) || path.starts_with(&format!("{test}/")))
    })
}

/// The files, without `.rs`, of the test modules that a file declares.
fn test_files(path: &str, text: &str) -> Vec<String> {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let root = ["lib", "main"].iter().find_map(|name| stem.strip_suffix(name)?.strip_suffix('/'));
    let folder = root.unwrap_or(stem);
    test_modules(text).into_iter().map(|module| format!("{folder}/{module}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let mut lines: Vec<usize> = check(&Tree::of(&[(path, text)])).into_iter().map(|offence| offence.line).collect();
        lines.sort_unstable();
        lines
    }

    #[test]
    fn files_clock_and_terminal_outside_the_command_line_are_caught() {
        let bad = "use std::{collections::BTreeMap, fs};\nfn a() { std::env::var(\"A\"); }\nuse std::io::{self, stdout};\nfn b() { jiff::Zoned::now(); }\n";
        assert_eq!(lines("crates/heng-data/src/a.rs", bad), [1, 2, 3]);
        assert!(lines("crates/heng-cli/src/a.rs", bad).is_empty());
        assert!(lines("xtask/src/a.rs", bad).is_empty());
    }

    #[test]
    fn an_exception_is_one_path_in_one_file() {
        let text = "use std::time::Instant;\nuse std::fs;\n";
        assert_eq!(lines("crates/heng-script/src/sandbox.rs", text), [2]);
        assert_eq!(lines("crates/heng-script/src/value.rs", text), [1, 2]);
    }

    #[test]
    fn a_path_of_one_system_is_caught_everywhere() {
        assert_eq!(lines("crates/heng-cli/src/a.rs", "\nuse std::os::unix::fs::PermissionsExt;\n"), [2]);
    }

    #[test]
    fn tests_may_read_files() {
        let tree = Tree::of(&[
            ("crates/heng-dsl/src/lib.rs", "#[cfg(test)]\nmod fixtures;\nmod parse;\n"),
            ("crates/heng-dsl/src/fixtures.rs", "use std::fs;"),
            ("crates/heng-dsl/src/parse.rs", "#[cfg(test)]\nmod tests;\n"),
            ("crates/heng-dsl/src/parse/tests.rs", "use std::fs;"),
            ("crates/heng-dsl/tests/lang.rs", "use std::fs;"),
        ]);
        assert_eq!(check(&tree), []);
        assert_eq!(shipped(&tree).count(), 2);
    }
}
