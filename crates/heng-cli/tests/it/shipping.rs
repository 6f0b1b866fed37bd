//! The tutorial of the book is a test: its files are written, its commands run, and every screen must come
//! out as it is printed.
//!
//! | fence | meaning |
//! |---|---|
//! | `file PATH` | the file is written |
//! | `console` | after each `$ command` stands what it prints, and how it ends where it does not succeed |
//!
//! With `HENG_BOOK=write` the screens are written into the book instead, to be read and committed.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use super::kit::root;

/// A command in a shell that finds `heng`, in a folder of its own.
fn run(folder: &Path, command: &str, language: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_heng")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let run = Command::new("sh")
        .args(["-c", &format!("{command} 2>&1")])
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", if language == "zh" { "zh_CN.UTF-8" } else { "en_GB.UTF-8" })
        .env("COLUMNS", "100")
        .env("XDG_DATA_HOME", folder.join("nobody"))
        .env("PATH", path)
        .output()
        .unwrap();
    let mut out = String::from_utf8(run.stdout).unwrap();
    if let Some(code) = run.status.code().filter(|code| *code != 0) {
        let said = if language == "zh" { format!("（退出码 {code}）\n") } else { format!("(exit code {code})\n") };
        out.push_str(&said);
    }
    let tidy = out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    tidy.trim_end().to_owned() + "\n"
}

/// The chapter with the screens that its commands give.
fn replayed(text: &str, folder: &Path, language: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let held: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ') {
            Some(("file", path)) => {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, held.join("\n") + "\n").unwrap();
                writeln!(out, "{}", held.join("\n")).unwrap();
            }
            None if info == "console" => {
                for command in held.iter().filter_map(|line| line.strip_prefix("$ ")) {
                    let screen = run(folder, command, language);
                    let screen = if screen.trim().is_empty() { String::new() } else { screen };
                    write!(out, "$ {command}\n{screen}").unwrap();
                }
            }
            _ => writeln!(out, "{}", held.join("\n")).unwrap(),
        }
        out.push_str("```\n");
    }
    out
}

fn holds(language: &str) {
    let chapter = root().join("docs/book").join(language).join("16-write-test-ship.md");
    let text = fs::read_to_string(&chapter).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let now = replayed(&text, folder.path(), language);
    if std::env::var_os("HENG_BOOK").is_some_and(|wish| wish == "write") {
        fs::write(&chapter, now).unwrap();
        return;
    }
    let first = text.lines().zip(now.lines()).zip(1..).find(|((printed, found), _)| printed != found);
    assert!(first.is_none() && text == now, "{}: {first:?}\n{now}", chapter.display());
}

#[test]
fn the_chinese_tutorial_runs_as_printed() {
    holds("zh");
}

#[test]
fn the_english_tutorial_runs_as_printed() {
    holds("en");
}
