//! Every diagnostic code has its page, and every page its code.

use std::collections::BTreeMap;

use super::{Offence, reach::shipped};
use crate::{code::Code, tree::Tree};

/// Where the pages are: `docs/codes/<stage>/<name>.md`.
const PAGES: &str = "docs/codes/";

/// Texts of that shape that are none: media types and two English words.
const OTHERS: [&str; 5] = ["text/html", "text/plain", "text/csv", "yes/no", "n/a"];

/// Compares the codes in the sources with the pages.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let codes = codes(tree);
    let pages: BTreeMap<&str, (&str, &str)> = pages(tree).collect();
    let unwritten = codes
        .iter()
        .filter(|(code, _)| !pages.contains_key(code.as_str()))
        .map(|(code, (path, line))| Offence::new(path, *line, format!("{code} has no page: write {PAGES}{code}.md")));
    let orphaned = pages.iter().filter(|(code, _)| !codes.contains_key(**code)).map(|(code, (path, _))| {
        Offence::new(path, 0, format!("no source gives {code}: remove the page, or mend the code"))
    });
    let misnamed =
        pages.iter().filter(|(code, (_, text))| !text.lines().next().is_some_and(|head| head.contains(**code)));
    let misnamed = misnamed.map(|(code, (path, _))| Offence::new(path, 1, format!("the title must name {code}")));
    unwritten.chain(orphaned).chain(misnamed).collect()
}

/// Codes in the sources, each with the first place that names it.
fn codes(tree: &Tree) -> BTreeMap<String, (String, usize)> {
    let mut found = BTreeMap::new();
    for (path, text) in shipped(tree) {
        let code = Code::read(text);
        for (at, literal) in code.strings.iter().filter(|(_, literal)| is_code(literal)) {
            found.entry(literal.clone()).or_insert_with(|| (path.to_owned(), code.line(*at)));
        }
    }
    found
}

/// Whether a whole literal has the shape `stage/kebab-name`.
fn is_code(literal: &str) -> bool {
    let kebab = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !part.ends_with('-')
    };
    literal.split_once('/').is_some_and(|(stage, name)| kebab(stage) && kebab(name) && !OTHERS.contains(&literal))
}

/// Pages: the code each stands for, its path and its text.
fn pages(tree: &Tree) -> impl Iterator<Item = (&str, (&str, &str))> {
    let pages = tree
        .ending(".md")
        .filter_map(|(path, text)| Some((path.strip_prefix(PAGES)?.strip_suffix(".md")?, (path, text))));
    pages.filter(|(code, _)| code.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: (&str, &str) = (
        "crates/heng-dsl/src/check.rs",
        "fn a() {\n Diagnostic::error(\"band/gap\", at, text);\n let mime = \"text/html\"; read(\"a/b.xml\") }",
    );

    fn says(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files))
            .into_iter()
            .map(|offence| format!("{}:{} {}", offence.place, offence.line, offence.says))
            .collect()
    }

    #[test]
    fn a_code_without_a_page_is_caught() {
        assert_eq!(
            says(&[SOURCE]),
            ["crates/heng-dsl/src/check.rs:2 band/gap has no page: write docs/codes/band/gap.md"]
        );
    }

    #[test]
    fn a_code_with_its_page_passes() {
        assert!(
            says(&[SOURCE, ("docs/codes/band/gap.md", "# `band/gap`\n"), ("docs/codes/README.md", "# Codes\n")])
                .is_empty()
        );
    }

    #[test]
    fn a_page_without_a_code_or_under_another_title_is_caught() {
        let pages = [SOURCE, ("docs/codes/band/gap.md", "# band/hole\n"), ("docs/codes/old/one.md", "# old/one\n")];
        assert_eq!(says(&pages).len(), 2);
    }
}
