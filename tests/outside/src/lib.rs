//! Programs of others, as the second suite asks for them.
//!
//! **Invariant:** a program that is missing skips a test on a desk and fails it in CI, so a green CI
//! says that every test here ran.

use std::{
    env,
    fmt::{self, Display},
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A program of others.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// What people call it.
    pub name: &'static str,
    /// The files it may be, in the order of preference.
    pub files: &'static [&'static str],
    /// A run that succeeds when it can do what a test asks of it.
    pub probe: &'static [&'static str],
}

/// LibreOffice, which reads and writes workbooks.
pub const LIBRE_OFFICE: Program =
    Program { name: "LibreOffice", files: &["soffice", "libreoffice"], probe: &["--version"] };

/// Poppler, which makes pictures of PDF files.
pub const POPPLER: Program = Program { name: "Poppler", files: &["pdftoppm"], probe: &["-v"] };

/// Python with the package chinesecalendar, which knows China's days off.
pub const CHINESE_CALENDAR: Program = Program {
    name: "Python with chinesecalendar",
    files: &[concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/outside/venv/bin/python")],
    probe: &["-c", "import chinese_calendar"],
};

/// Why a test could not be carried out.
#[derive(Debug)]
pub struct Failure(String);

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// The file of a program; `None` where the test is to be skipped, which is said on standard error.
///
/// # Errors
/// In CI, when the program is missing.
pub fn need(program: &Program) -> Result<Option<PathBuf>, Failure> {
    let found = find(program);
    let says = format!("{} not found; tests/outside/setup installs it", program.name);
    if found.is_none() && must(env::var("CI").ok().as_deref()) {
        return Err(Failure(says));
    }
    if found.is_none() {
        // Written past the test runner, which keeps what a passing test prints to itself.
        let _ = writeln!(io::stderr(), "skipped: {says}");
    }
    Ok(found)
}

/// Whether a missing program is a failure, by the value of the environment's CI.
fn must(ci: Option<&str>) -> bool {
    ci == Some("true")
}

fn find(program: &Program) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let places = program.files.iter().flat_map(|file| folders.iter().map(move |folder| folder.join(file)));
    let mut places = places.filter(|place| place.is_file());
    places.find(|place| Command::new(place).args(program.probe).output().is_ok_and(|output| output.status.success()))
}

/// Runs a command to its end and gives what it printed.
///
/// # Errors
/// When it cannot be started or says that it failed.
pub fn run(command: &mut Command) -> Result<String, Failure> {
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| Failure(format!("{command:?} cannot be started: {error}")))?;
    let text = String::from_utf8_lossy(&stdout).into_owned();
    if status.success() {
        return Ok(text);
    }
    Err(Failure(format!("{command:?} failed with {status}\n{text}\n{}", String::from_utf8_lossy(&stderr))))
}

/// The root of the repository.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: Program = Program { name: "Nobody", files: &["no-such-program"], probe: &[] };

    #[test]
    fn a_missing_program_skips_on_a_desk_and_fails_in_ci() {
        assert!(find(&NOBODY).is_none());
        assert_eq!((must(None), must(Some("false")), must(Some("true"))), (false, false, true));
    }

    #[test]
    fn a_program_that_is_there_but_cannot_do_the_work_is_not_found() {
        let cargo = Program { name: "cargo", files: &["cargo"], probe: &["--version"] };
        assert!(find(&cargo).is_some());
        assert!(find(&Program { probe: &["no-such-command"], ..cargo }).is_none());
    }

    #[test]
    fn a_command_that_fails_says_what_it_printed() {
        assert!(run(Command::new("cargo").arg("--version")).unwrap().starts_with("cargo "));
        assert!(run(Command::new("cargo").arg("no-such-command")).unwrap_err().0.contains("no-such-command"));
    }
}
