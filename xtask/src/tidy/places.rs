//! Nothing that is committed names a folder of somebody's workstation.

use super::Offence;
use crate::tree::Tree;

/// Beginnings of paths that exist on one machine only.
const WORKSTATION: [&str; 5] = ["/home/", "/Users/", "/root/", "/work/", "C:\\Users\\"];

/// This file: it has to spell what it looks for.
const HERE: &str = "xtask/src/tidy/places.rs";

/// Looks at every text and every commit message.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let says = |path: &str| format!("{path}… is a place on one workstation: name it from the root of the repository");
    let texts = tree.texts().filter(|(path, _)| *path != HERE).flat_map(|(path, text)| {
        text.lines()
            .zip(1..)
            .filter_map(move |(line, number)| Some(Offence::new(path, number, says(workstation(line)?))))
    });
    let commits = tree
        .commits()
        .iter()
        .filter_map(|(hash, message)| Some(Offence::new(&format!("commit {hash}"), 0, says(workstation(message)?))));
    texts.chain(commits).collect()
}

/// The first beginning of a workstation path in a text. A path inside a longer one, or inside an
/// address, is none.
fn workstation(text: &str) -> Option<&'static str> {
    WORKSTATION.into_iter().find(|start| {
        text.match_indices(start).any(|(at, _)| {
            let before = text.get(..at).and_then(|head| head.chars().next_back());
            !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '}' | ')' | '~' | '*'))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workstation_path_is_caught_in_texts_and_commits() {
        let tree = Tree::of(&[("docs/a.md", "one\nsee `/home/li/heng`\n")]).with_commit("dsl: see /work/main/x");
        let places: Vec<_> = check(&tree).into_iter().map(|offence| (offence.place, offence.line)).collect();
        assert_eq!(places, [("docs/a.md".to_owned(), 2), ("commit abc1234".to_owned(), 0)]);
    }

    #[test]
    fn addresses_and_longer_paths_pass() {
        let text = "https://example.org/home/li, target/work/x, $dir}/root/, ./home/x, **/work/**";
        assert_eq!(check(&Tree::of(&[("docs/a.md", text)])), []);
    }
}
