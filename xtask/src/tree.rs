//! The workspace as texts by path. Rules read this and nothing else, so a test hands them a small
//! tree of its own.

use std::{collections::BTreeMap, fs, io, path::Path, process::Command};

/// Folders that hold nothing of ours. Folders whose names begin with a dot are left out too, except
/// those in [`DOTTED`].
const SKIPPED: [&str; 4] = ["target", "out", "node_modules", "mutants.out"];
const DOTTED: [&str; 3] = [".cargo", ".ci", ".github"];

/// Every file of the workspace, and what its history says.
#[derive(Debug, Default)]
pub struct Tree {
    /// Texts by path from the root, with `/`. A file that is not UTF-8 has no text.
    files: BTreeMap<String, Option<String>>,
    /// Commit messages, each with its short hash.
    commits: Vec<(String, String)>,
}

impl Tree {
    /// Reads the folder `root` and, where there is one, its history.
    ///
    /// # Errors
    /// When a folder or a file cannot be read.
    pub fn read(root: &Path) -> io::Result<Tree> {
        let mut tree = Tree::default();
        tree.walk(root, "")?;
        tree.commits = if root.join(".git").exists() { history(root) } else { Vec::new() };
        Ok(tree)
    }

    fn walk(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            let kind = entry.file_type()?;
            if kind.is_dir() && is_ours(&name) {
                self.walk(&entry.path(), &format!("{path}/"))?;
            } else if kind.is_file() && name != ".git" {
                self.files.insert(path, String::from_utf8(fs::read(entry.path())?).ok());
            }
        }
        Ok(())
    }

    /// Paths and texts, in the order of paths.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// The texts whose path ends in `ending`.
    pub fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts().filter(move |(path, _)| path.ends_with(ending))
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Whether there is a file or a folder of this path.
    pub fn holds(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.contains_key(path) || self.files.keys().any(|file| file.starts_with(&folder))
    }

    /// Commit messages, each with its short hash.
    pub fn commits(&self) -> &[(String, String)] {
        &self.commits
    }
}

fn is_ours(name: &str) -> bool {
    !SKIPPED.contains(&name) && (!name.starts_with('.') || DOTTED.contains(&name))
}

/// Messages of all commits; none where git is not there to be asked.
fn history(root: &Path) -> Vec<(String, String)> {
    let asked = Command::new("git").arg("-C").arg(root).args(["log", "--format=%h%n%B%x00"]).output();
    let log = asked.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    log.split('\0')
        .filter_map(|entry| entry.trim_start().split_once('\n'))
        .map(|(hash, message)| (hash.to_owned(), message.to_owned()))
        .collect()
}

#[cfg(test)]
impl Tree {
    /// A tree of the given texts.
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned()))).collect();
        Tree { files, commits: Vec::new() }
    }

    /// The tree with one more commit.
    pub fn with_commit(mut self, message: &str) -> Tree {
        self.commits.push(("abc1234".to_owned(), message.to_owned()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_this_workspace() {
        let tree = Tree::read(crate::workspace()).unwrap();
        assert!(tree.text("Cargo.toml").is_some_and(|text| text.contains("[workspace]")));
        assert!(tree.holds("xtask/src"));
        assert!(!tree.holds("target"));
        assert!(!tree.holds(".git"));
    }
}
