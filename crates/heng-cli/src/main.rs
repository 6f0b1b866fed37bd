//! `heng`: performance scoring as code. The only crate that touches terminal and file system; each
//! command reads its files, hands bytes to the libraries, and prints or writes what comes back.

mod args;
mod case;
mod chain;
mod command;
mod declared;
mod department;
mod document_checks;
mod exit;
mod failure;
mod feed;
mod lock;
mod manifest;
mod output;
mod pack;
mod part;
mod pdf;
mod peers;
mod registry;
mod rules;
mod session;
mod severity;
mod shelf;
mod side;
mod snapshot;
mod suites;
mod wording;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let shown = error.print();
            let failed = error.use_stderr() || shown.is_err();
            return if failed { exit::Exit::Usage.into() } else { exit::Exit::Success.into() };
        }
    };
    let session = session::Session::new(&args);
    session.ended(command::run(&args, &session)).into()
}
