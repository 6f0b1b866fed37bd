//! `heng dump`: the forms between text and score, for people who want to look inside.

use std::path::Path;

use heng_diag::Diagnostic;
use heng_model::Program;
use heng_phrase::Phrase;

use crate::{args::Form, case, command::score, exit::Exit, failure::Failure, pack, session::Session, wording};

/// Prints one form of what lies at `path`.
pub fn run(form: Form, path: &Path, session: &Session) -> Result<Exit, Failure> {
    match form {
        Form::Tree => return tree(path, session),
        Form::Rules => session.print(&rules(&pack::load(path)?.program, session)),
        Form::Program => session.print(&heng_data::wire::program_to_json(&pack::load(path)?.program)),
        Form::Trace => {
            let case = case::score(path)?;
            session.print(&score::scorecard_json(&case, session));
        }
    }
    Ok(Exit::Success)
}

fn tree(path: &Path, session: &Session) -> Result<Exit, Failure> {
    let mut worst = Exit::Success;
    for file in pack::own_files(path)? {
        let text = pack::read_text(&file)?;
        let (tree, diagnostics) = heng_dsl::dump_tree(&text);
        session.print(&tree);
        if diagnostics.iter().any(Diagnostic::is_error) {
            worst = Exit::Rules;
        }
    }
    Ok(worst)
}

/// The indicator tree, each with its points and its rule in a sentence.
fn rules(program: &Program, session: &Session) -> String {
    let phrase = Phrase::new(program, session.lang);
    let mut out = String::new();
    for (id, node) in program.tree() {
        let indent = "  ".repeat(usize::from(node.level));
        out.push_str(&format!("{indent}{} {}\n", node.name, heng_phrase::decimal(&node.full)));
        if node.children.is_empty() {
            out.push_str(&format!("{indent}  {}\n", phrase.criterion(id)));
        }
    }
    out.push_str(&wording::disclaimers(&program.pack.disclaimers, session.lang));
    out
}
