//! A run that cannot go on: why, and with which exit code.

use std::path::Path;

use heng_diag::{Diagnostic, Sources};

use crate::{exit::Exit, session::Session, wording};

/// What stops a run.
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What is said.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics speak about.
    pub sources: Sources,
}

impl Failure {
    /// A failure with one message that has no place in a text.
    pub fn general(exit: Exit, diagnostic: Diagnostic) -> Failure {
        Failure { exit, diagnostics: vec![diagnostic], sources: Sources::new() }
    }

    /// A file that cannot be read.
    pub fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
        Failure::general(Exit::Files, wording::unreadable(path, error))
    }

    /// Says why, and gives the exit code.
    pub fn tell(&self, session: &Session) -> Exit {
        session.report(&self.diagnostics, &self.sources);
        self.exit
    }
}
