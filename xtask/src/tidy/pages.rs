//! Documents that must stay true: their links, the index of decisions, the changelog's marks, and
//! the test command.

use super::Offence;
use crate::tree::Tree;

/// Relative links in Markdown lead to something that is there.
pub fn links(tree: &Tree) -> Vec<Offence> {
    let mut found = Vec::new();
    for (path, text) in tree.ending(".md") {
        for (line, number) in prose(text) {
            let broken = targets(line).filter(|target| resolve(path, target).is_some_and(|file| !tree.holds(&file)));
            found
                .extend(broken.map(|target| Offence::new(path, number, format!("the link to {target} leads nowhere"))));
        }
    }
    found
}

/// The lines outside fences, numbered from 1.
fn prose(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut fenced = false;
    text.lines().zip(1..).filter(move |(line, _)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

/// What the links of one line point to.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
}

/// The file that a relative link means; `None` for addresses and for places in the same file.
fn resolve(from: &str, target: &str) -> Option<String> {
    let file = target.split('#').next().filter(|file| !file.is_empty())?;
    if file.contains("://") || file.starts_with("mailto:") {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in file.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Every decision stands in the index.
pub fn decisions(tree: &Tree) -> Vec<Offence> {
    const FOLDER: &str = "docs/design/";
    const INDEX: &str = "docs/design/README.md";
    let index = tree.text(INDEX).unwrap_or("");
    let pages = tree.ending(".md").filter_map(|(path, _)| Some((path, path.strip_prefix(FOLDER)?)));
    pages
        .filter(|(path, name)| *path != INDEX && !index.contains(&format!("]({name})")))
        .map(|(path, _)| Offence::new(path, 0, format!("it is not listed in {INDEX}")))
        .collect()
}

/// Every entry of the changelog begins with an area, or with a mark and an area.
pub fn changelog(tree: &Tree) -> Vec<Offence> {
    const FILE: &str = "CHANGELOG.md";
    let entries = tree
        .text(FILE)
        .into_iter()
        .flat_map(prose)
        .filter_map(|(line, number)| Some((line.strip_prefix("- ")?, number)));
    entries
        .filter(|(entry, _)| !is_entry(entry))
        .map(|(_, number)| Offence::new(FILE, number, "write “- [★] [◆] <area>: <what changes for the user>”"))
        .collect()
}

fn is_entry(entry: &str) -> bool {
    let rest = entry.trim_start_matches(['★', '◆', ' ']);
    rest.split_once(": ").is_some_and(|(area, change)| {
        !area.is_empty()
            && !change.is_empty()
            && area.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | ',' | ' '))
    })
}

/// README.md's second command tests everything, and CI calls it as it stands there.
pub fn test_command(tree: &Tree) -> Vec<Offence> {
    let (Some(readme), Some(ci)) = (tree.text("README.md"), tree.text(".ci/run")) else { return Vec::new() };
    match commands(readme).nth(1) {
        Some(command) if ci.lines().any(|line| line.contains(command)) => Vec::new(),
        Some(command) => {
            vec![Offence::new(".ci/run", 0, format!("README.md's test command “{command}” is not called"))]
        }
        None => vec![Offence::new("README.md", 0, "its second command, which runs all tests, is missing")],
    }
}

/// The commands in the shell fences of a document.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    let mut shell = false;
    text.lines()
        .filter_map(move |line| match line.trim_start().strip_prefix("```") {
            Some(tag) => {
                shell = matches!(tag.trim(), "sh" | "bash" | "shell" | "console");
                None
            }
            None => shell.then(|| line.split(" #").next().unwrap_or(line).trim().trim_start_matches("$ ")),
        })
        .filter(|command| !command.is_empty() && !command.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_nothing_is_caught() {
        let page = "see [a](../a.md#x), [b](b.md), [folder](../docs/), [web](https://a.b/c) and [here](#x)\n```md\n[c](no.md)\n```\n";
        let found = links(&Tree::of(&[("docs/page.md", page), ("a.md", "")]));
        assert_eq!(found, [Offence::new("docs/page.md", 1, "the link to b.md leads nowhere")]);
    }

    #[test]
    fn a_decision_that_is_not_listed_is_caught() {
        let tree = Tree::of(&[
            ("docs/design/README.md", "- [one](one.md)"),
            ("docs/design/one.md", ""),
            ("docs/design/two.md", ""),
        ]);
        assert_eq!(
            decisions(&tree),
            [Offence::new("docs/design/two.md", 0, "it is not listed in docs/design/README.md")]
        );
    }

    #[test]
    fn a_changelog_entry_without_an_area_is_caught() {
        let log =
            "# Changelog\n\n- ★ ◆ dsl: a band may end open\n- eval: something\n- fixed a thing\n- ★ Dsl: capital\n";
        assert_eq!(changelog(&Tree::of(&[("CHANGELOG.md", log)])).iter().map(|o| o.line).collect::<Vec<_>>(), [5, 6]);
    }

    #[test]
    fn a_test_command_that_ci_does_not_call_is_caught() {
        let readme =
            "```rust\nfn main() {}\n```\n\n```sh\n# build\ncargo build\n$ cargo test --workspace   # everything\n```\n";
        assert!(
            test_command(&Tree::of(&[("README.md", readme), (".ci/run", "step cargo test --workspace\n")])).is_empty()
        );
        assert_eq!(test_command(&Tree::of(&[("README.md", readme), (".ci/run", "cargo test\n")])).len(), 1);
        assert_eq!(test_command(&Tree::of(&[("README.md", "# Heng\n"), (".ci/run", "")])).len(), 1);
    }
}
