//! `heng explain`: how one score, or every score, came about.

use std::path::Path;

use heng_model::Program;
use heng_report::{explain, explain_all};

use crate::{args::FormatArg, case, command::score, exit::Exit, failure::Failure, session::Session, wording};

/// Explains an indicator of the case, or all of them.
pub fn run(indicator: &str, folder: &Path, session: &Session) -> Result<Exit, Failure> {
    let case = case::score(folder)?;
    let sheet = score::sheet(&case);
    if matches!(indicator, "全部" | "all") {
        session.print(&explain_all(&sheet, session.lang));
        session.print(&wording::disclaimers(&case.pack.program.pack.disclaimers, session.lang));
        return Ok(score::exit_of(&case));
    }
    let wanted = heng_model::name::normal_name(indicator);
    let Some(node) = case.pack.program.find_node(&wanted).or_else(|| case.pack.program.find_node(indicator)) else {
        return Err(Failure::general(
            Exit::Usage,
            wording::no_indicator(indicator, &similar(&case.pack.program, &wanted)),
        ));
    };
    if session.format == FormatArg::Json {
        let value = score::scorecard(&case, session);
        let part = |value: Option<&serde_json::Value>| value.cloned().unwrap_or_default();
        let found = serde_json::json!({
            "heng": "explanation/1",
            "pack": part(value.get("pack")),
            "node": part(value.get("nodes").and_then(|nodes| nodes.get(node.0 as usize))),
        });
        session.print(&serde_json::to_string_pretty(&found).unwrap_or_default());
    } else {
        session.print(&explain(&sheet, node, session.lang));
        session.print(&wording::disclaimers(&case.pack.program.pack.disclaimers, session.lang));
    }
    Ok(Exit::Success)
}

/// Indicators whose names share the most characters with the wanted one, or that carry its name.
fn similar(program: &Program, wanted: &str) -> Vec<String> {
    let shared = |name: &str| wanted.chars().filter(|character| name.contains(*character)).count();
    let mut names: Vec<(usize, String)> = program
        .tree()
        .skip(1)
        .filter(|(_, node)| shared(&node.name) * 2 >= wanted.chars().count())
        .map(|(_, node)| (shared(&node.name), node.key.to_string()))
        .collect();
    names.sort_by(|a, b| b.cmp(a));
    names.into_iter().take(3).map(|(_, name)| name).collect()
}
