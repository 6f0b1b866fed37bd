//! The tutorial “the notice for next year has arrived”: its files are written into an empty folder, its commands
//! run there one after the other, and every screen is what they print. With `HENG_BOOK=write` the screens are
//! written into the book instead, to be read and committed.

use std::{path::Path, process::Command};

use crate::kit::root;

/// A fence with what stands behind its three ticks.
fn fences(page: &str) -> Vec<(String, String)> {
    let mut parts = page.split("\n```").skip(1);
    let mut found = Vec::new();
    while let Some(fence) = parts.next() {
        let (info, text) = fence.split_once('\n').unwrap();
        found.push((info.to_owned(), format!("{text}\n")));
        parts.next();
    }
    found
}

/// What a command prints in a folder, errors included.
fn screen(folder: &Path, line: &str, lang: &str) -> String {
    let args: Vec<&str> = line.split_whitespace().collect();
    let (program, args) = args.split_first().unwrap();
    assert_eq!(*program, "heng", "{line}");
    let run = Command::new(env!("CARGO_BIN_EXE_heng"))
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", if lang == "zh" { "zh_CN.UTF-8" } else { "en_US.UTF-8" })
        .env("COLUMNS", "100")
        .args(args)
        .output()
        .unwrap();
    format!("{}{}", String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap())
}

/// Lines without blanks at their ends, and without empty lines at the end. Whether a PDF can be made depends on how
/// the program was built.
fn plain(text: &str) -> String {
    text.lines()
        .filter(|line| !line.contains("PDF"))
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .to_owned()
}

#[test]
fn every_screen_of_the_tutorial_is_so() {
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let path = root().join("docs/book").join(lang).join("15-next-year.md");
        let page = std::fs::read_to_string(&path).unwrap();
        let write = std::env::var_os("HENG_BOOK").is_some_and(|wish| wish == "write");
        let (mut screens, mut now) = (0, page.clone());
        for (info, text) in fences(&page) {
            if let Some(name) = info.strip_prefix("text ") {
                std::fs::write(folder.path().join(name), text).unwrap();
            } else if info == "console" {
                let (line, expected) = text.split_once('\n').unwrap();
                let printed = screen(folder.path(), line.strip_prefix("$ ").unwrap(), lang);
                if write && plain(&printed) != plain(expected) {
                    now = now.replace(&format!("{line}\n{expected}"), &format!("{line}\n{}\n", plain(&printed)));
                } else {
                    assert_eq!(plain(&printed), plain(expected), "{}: {line}", path.display());
                }
                screens += 1;
            }
        }
        assert!(screens >= 9, "{lang}: {screens}");
        if write {
            std::fs::write(&path, now).unwrap();
        }
    }
}
