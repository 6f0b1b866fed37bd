//! The rules of the house that no compiler checks. Each is a function from the tree of files to
//! what offends it; each has a test with a sample that it must catch.

mod codes;
mod files;
mod layers;
mod names;
mod pages;
mod places;
mod reach;

use std::fmt::Write;

use crate::tree::Tree;

/// Something a rule objects to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offence {
    /// The file, or the commit.
    pub place: String,
    /// The line; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub says: String,
    /// Whether it is only worth a look.
    pub note: bool,
}

impl Offence {
    /// Something that must be mended.
    fn new(place: &str, line: usize, says: impl Into<String>) -> Offence {
        Offence { place: place.to_owned(), line, says: says.into(), note: false }
    }

    /// Something worth a look; it fails nothing.
    fn note(place: &str, says: impl Into<String>) -> Offence {
        Offence { note: true, ..Offence::new(place, 0, says) }
    }
}

/// One rule: its name and its check.
type Rule = (&'static str, fn(&Tree) -> Vec<Offence>);

const RULES: [Rule; 14] = [
    ("layers", layers::edges),
    ("layer tables", layers::tables),
    ("libraries", layers::libraries),
    ("manifests", layers::manifests_follow),
    ("reach", reach::check),
    ("no mod.rs", files::mod_files),
    ("length", files::lengths),
    ("names", names::check),
    ("codes", codes::check),
    ("places", places::check),
    ("links", pages::links),
    ("decisions", pages::decisions),
    ("changelog", pages::changelog),
    ("test command", pages::test_command),
];

/// What every rule found, in the order of the rules.
pub fn run(tree: &Tree) -> Vec<(&'static str, Offence)> {
    let found = RULES.iter().flat_map(|(name, check)| {
        let mut offences = check(tree);
        offences.sort();
        offences.into_iter().map(|offence| (*name, offence))
    });
    found.collect()
}

/// Whether nothing must be mended.
pub fn passes(found: &[(&str, Offence)]) -> bool {
    found.iter().all(|(_, offence)| offence.note)
}

/// What was found, a line each, and a closing line.
pub fn report(found: &[(&str, Offence)]) -> String {
    let mut text = String::new();
    for (rule, Offence { place, line, says, note }) in found {
        let line = if *line == 0 { String::new() } else { format!(":{line}") };
        let kind = if *note { "note" } else { "tidy" };
        let _ = writeln!(text, "{kind}: {place}{line}: {says} [{rule}]");
    }
    let notes = found.iter().filter(|(_, offence)| offence.note).count();
    let _ = writeln!(text, "tidy: {} rules, {} to mend, {notes} to look at", RULES.len(), found.len() - notes);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_tidy() {
        let found = run(&Tree::read(crate::workspace()).unwrap());
        assert!(passes(&found), "\n{}", report(&found));
    }

    #[test]
    fn the_report_says_where_what_and_which_rule() {
        let found = [("a rule", Offence::new("a.rs", 3, "wrong")), ("other", Offence::note("b.rs", "long"))];
        assert_eq!(
            report(&found),
            format!(
                "tidy: a.rs:3: wrong [a rule]\nnote: b.rs: long [other]\ntidy: {} rules, 1 to mend, 1 to look at\n",
                RULES.len()
            )
        );
        assert!(!passes(&found));
        assert!(passes(&found[1..]));
    }
}
