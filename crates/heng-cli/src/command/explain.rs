//! `heng explain`: how one score, or every score, came about, and what would have made it another.

use std::path::Path;

use heng_data::wire::{cliffs_json, regain_json};
use heng_eval::{Context, whatif};
use heng_model::{
    NodeId, Number, Program,
    change::Regain,
    scorecard::{Role, Step},
};
use heng_report::{explain, explain_all, tell_cliffs};
use serde_json::{Value as Json, json};

use crate::{
    args::{DepartmentArgs, FormatArg},
    case::{self, Case},
    command::score,
    department,
    exit::Exit,
    failure::Failure,
    registry,
    session::Session,
    wording,
};

/// Explains an indicator of the case, or all of them; with `cliffs`, only where one unit of a fact is
/// worth so many points.
pub fn run(
    (indicator, folder, of): (&str, &Path, &DepartmentArgs),
    cliffs: Option<&Number>,
    session: &Session,
) -> Result<Exit, Failure> {
    // A case alone, or rules alone, stands for the whole sheet.
    let here = Path::new(indicator);
    let stands = if of.data.is_some() { registry::apart(here).0.exists() } else { here.join("heng.toml").is_file() };
    let alone = folder == Path::new(".") && stands;
    let (indicator, folder) = if alone { ("all", here) } else { (indicator, folder) };
    let case = if of.data.is_some() { department::score(folder, of, session)? } else { case::score(folder)? };
    let program = &case.pack.program;
    let whole = matches!(indicator, "全部" | "all");
    let nodes: Vec<NodeId> =
        if whole { program.tree().map(|(id, _)| id).collect() } else { vec![find(program, indicator)?] };
    match cliffs {
        Some(least) => tell_all_cliffs(&case, &nodes, least, session),
        None if session.format == FormatArg::Json => print_json(&case, &nodes, whole, session),
        None => {
            let sheet = score::sheet(&case);
            let regains = regains(&case, &nodes);
            let text = match nodes.first().filter(|_| !whole) {
                Some(node) => explain(&sheet, *node, &regains, session.lang),
                None => explain_all(&sheet, &regains, session.lang),
            };
            session.print(&text);
            session.print(&wording::disclaimers(&program.pack.disclaimers, session.lang));
        }
    }
    Ok(if whole && cliffs.is_none() { score::exit_of(&case) } else { Exit::Success })
}

fn find(program: &Program, indicator: &str) -> Result<NodeId, Failure> {
    let wanted = heng_model::name::normal_name(indicator);
    let found = program.find_node(&wanted).or_else(|| program.find_node(indicator));
    found.ok_or_else(|| Failure::general(Exit::Usage, wording::no_indicator(indicator, &similar(program, &wanted))))
}

fn context(case: &Case) -> Context<'_> {
    Context { calendar: case.pack.calendar.as_ref(), scripts: &case.pack.scripts }
}

/// How the points that indicators lost would come back.
fn regains(case: &Case, nodes: &[NodeId]) -> Vec<Regain> {
    let (program, facts, context) = (&case.pack.program, &case.reading.facts, context(case));
    let regain = |id: &NodeId| whatif::regain(program, facts, &context, &case.scorecard, *id);
    // Against a changed fact of one unit, what its peers gave no longer holds.
    let asks = |id: &&NodeId| case.scorecard.nodes.get(id.0 as usize).is_some_and(|score| asks_peers(&score.trace));
    nodes.iter().filter(|id| !asks(id)).filter_map(regain).collect()
}

fn asks_peers(steps: &[Step]) -> bool {
    steps.iter().any(|step| matches!(step.role, Role::Peers(_)) || asks_peers(&step.parts))
}

fn tell_all_cliffs(case: &Case, nodes: &[NodeId], least: &Number, session: &Session) {
    let (program, facts, context) = (&case.pack.program, &case.reading.facts, context(case));
    let leaves = nodes.iter().filter(|id| program.node(**id).is_some_and(|node| node.children.is_empty()));
    let mut found: Vec<_> =
        leaves.flat_map(|id| whatif::cliffs(program, facts, &context, &case.scorecard, *id, least)).collect();
    found.sort_by(|a, b| a.units.cmp(&b.units));
    if session.format == FormatArg::Json {
        let value = cliffs_json(program, facts, &found, session.lang);
        session.print_json(&value);
    } else {
        session.print(&tell_cliffs(&score::sheet(case), &found, least, session.lang));
    }
}

/// The explanation of one indicator, or the explanations of all, as JSON.
fn print_json(case: &Case, nodes: &[NodeId], whole: bool, session: &Session) {
    let card = score::scorecard(case, session);
    let (program, facts) = (&case.pack.program, &case.reading.facts);
    let regains = regains(case, nodes);
    let explained = |id: &NodeId| -> Json {
        let node = card.get("nodes").and_then(|nodes| nodes.get(id.0 as usize)).cloned().unwrap_or_default();
        let regain = regains.iter().find(|regain| regain.node == *id);
        let regain = regain.map(|regain| regain_json(program, facts, regain, session.lang));
        json!({ "node": node, "regain": regain })
    };
    let mut value = json!({ "heng": "explanation/1", "pack": card.get("pack") });
    if let Some(members) = value.as_object_mut() {
        match nodes.first().map(explained).filter(|_| !whole) {
            Some(Json::Object(one)) => members.extend(one),
            _ => drop(members.insert("nodes".to_owned(), nodes.iter().map(explained).collect())),
        }
    }
    session.print_json(&value);
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
