//! Chores that need a program. `cargo xtask tidy` checks what the compiler cannot: who may use
//! whom, who may touch files, which words have no place in code, and that every diagnostic has its
//! page.

mod code;
mod manifest;
mod tidy;
mod tree;

use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use tree::Tree;

const USAGE: &str =
    "usage: cargo xtask tidy\n\ntidy   check the rules of the house (ARCHITECTURE.md, CONTRIBUTING.md)\n";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (report, code) = match words.as_slice() {
        ["tidy"] => tidy_report(),
        ["help" | "--help" | "-h"] => (USAGE.to_owned(), ExitCode::SUCCESS),
        _ => (USAGE.to_owned(), ExitCode::from(2)),
    };
    match io::stdout().lock().write_all(report.as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::from(2),
    }
}

fn tidy_report() -> (String, ExitCode) {
    match Tree::read(workspace()) {
        Ok(tree) => {
            let found = tidy::run(&tree);
            let code = if tidy::passes(&found) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            (tidy::report(&found), code)
        }
        Err(error) => (format!("tidy: the workspace cannot be read: {error}\n"), ExitCode::from(2)),
    }
}

/// The workspace this program was built in.
fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
