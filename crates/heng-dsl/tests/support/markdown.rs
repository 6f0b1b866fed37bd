//! Tests that are documents: headings, and the fences under them.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A fenced block.
pub struct Fence {
    /// What stands behind the opening backticks.
    pub info: String,
    /// The lines between.
    pub text: String,
}

/// A heading and the fences up to the next one.
pub struct Section {
    /// The heading without its marks; empty before the first.
    pub heading: String,
    /// Its fences, in order.
    pub fences: Vec<Fence>,
}

/// The sections of a document.
pub fn sections(document: &str) -> Vec<Section> {
    let mut sections = vec![Section { heading: String::new(), fences: Vec::new() }];
    let mut open: Option<Fence> = None;
    for line in document.lines() {
        if let Some(info) = line.strip_prefix("```") {
            match open.take() {
                Some(fence) => sections.last_mut().unwrap().fences.push(fence),
                None => open = Some(Fence { info: info.trim().to_owned(), text: String::new() }),
            }
        } else if let Some(fence) = &mut open {
            fence.text.push_str(line);
            fence.text.push('\n');
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim().to_owned();
            sections.push(Section { heading, fences: Vec::new() });
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    sections
}

/// The Markdown files under a folder of the workspace, in the order of their paths.
pub fn documents(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![workspace().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The root of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
