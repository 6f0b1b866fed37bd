//! The verbs.

mod agree;
mod audit;
pub mod batch;
mod calibrate;
mod check;
mod diff;
mod doc;
mod dump;
mod expand;
mod explain;
mod fmt;
mod impact;
mod import;
mod mutate;
mod new;
mod onto;
mod pack;
mod report;
mod score;
mod script;
mod sensitivity;
mod statement;
mod template;
mod test;
mod verify;

use crate::{
    args::{Args, Command},
    exit::Exit,
    session::Session,
};

/// Carries out the command.
pub fn run(args: &Args, session: &Session) -> Exit {
    let ended = match &args.command {
        Command::Audit { files, pack, annotate, force, words } => {
            let with = audit::With { pack: pack.as_deref(), words: words.as_deref() };
            audit::run(files, with, annotate.as_deref(), *force, session)
        }
        Command::Check { paths, fix, save_witness, force } => {
            check::run(paths, *fix, save_witness.as_deref(), *force, session)
        }
        Command::Fmt { paths, check, to } => fmt::run(paths, *check, *to, session),
        Command::Score { case, out } => score::run(case, out.as_deref(), session),
        Command::Report(args) => report::run(args, session),
        Command::Template { pack, out, force } => template::run(pack, out.as_deref(), *force, session),
        Command::Doc { pack, year, out, force } => {
            let save = doc::Save { year: *year, out: out.as_deref(), force: *force };
            doc::run(pack, &save, session)
        }
        Command::Explain { indicator, case, department, cliffs } => {
            explain::run((indicator, case, department), cliffs.as_ref(), session)
        }
        Command::Verify(args) => verify::run(args, session),
        Command::Batch(args) => batch::run_file(args, session),
        Command::New { name, year } => new::run(name, *year, session),
        Command::Pack { action } => pack::run(action, session),
        Command::Script { action } => script::run(action, session),
        Command::Expand { path, out, force } => expand::run(path, out.as_deref(), *force, session),
        Command::Impact(args) => impact::run(args, session),
        Command::Sensitivity(args) => sensitivity::run(args, session),
        Command::Calibrate(args) => calibrate::run(args, session),
        Command::Import(args) => match &args.onto {
            Some(pack) => onto::run(args, pack, session),
            None => import::run(args, session),
        },
        Command::Test(args) => test::run(args, session),
        Command::Mutate { paths, save, force, at_least } => {
            mutate::run(paths, save.as_deref(), *force, *at_least, session)
        }
        Command::Diff { before, after, as_amendment, out, force } => {
            let save = diff::Save { as_amendment: *as_amendment, out: out.as_deref(), force: *force };
            diff::run(before, after, &save, session)
        }
        Command::Dump { form, path } => dump::run(*form, path, session),
    };
    ended.unwrap_or_else(|failure| failure.tell(session))
}
