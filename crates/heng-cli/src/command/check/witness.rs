//! Facts that show what a finding speaks of, written as cases: `heng check --save-witness`.

use std::path::{Path, PathBuf};

use heng_diag::Sources;
use heng_dsl::{Aim, Compiled, Goal};
use heng_eval::NoScripts;
use heng_test::{Bench, aimed};

use crate::{failure::Failure, output, pack::shown, rules::Rules, session::Session, wording};

/// Looks for facts for every finding about values, and writes those that were found as cases, each with
/// a score that a person must fill in.
///
/// # Errors
/// Where the file is there already or cannot be written.
pub fn save(paths: &[PathBuf], file: &Path, force: bool, session: &Session) -> Result<(), Failure> {
    output::keep(file, force)?;
    let (mut cases, mut found, mut sought) = (String::new(), 0, 0);
    for path in paths {
        let compiled = Rules::read(path, None)?.reading.compile_all();
        for aim in &compiled.aims {
            sought += 1;
            if let Some(case) = case(&compiled, aim) {
                found += 1;
                cases.push_str(&case);
                cases.push('\n');
            } else {
                session.say(wording::no_witness(&place(&compiled.sources, aim), &aim.title).get(session.lang));
            }
        }
    }
    if found == 0 {
        session.say(wording::no_witnesses(sought).get(session.lang));
        return Ok(());
    }
    let rules = paths.first().map(|path| rules_from(path, file)).unwrap_or_default();
    let head = wording::witness_head(&rules);
    output::write_file(file, format!("{head}\n{cases}").as_bytes())?;
    session.say(wording::witnesses_saved(&shown(file), found, sought).get(session.lang));
    Ok(())
}

/// The rules as the file of cases names them: relative to itself where both lie in one folder or below it.
fn rules_from(rules: &Path, file: &Path) -> String {
    let absolute = std::path::absolute(rules).unwrap_or_else(|_| rules.to_owned());
    let folder = std::path::absolute(file).ok().and_then(|file| file.parent().map(Path::to_owned)).unwrap_or_default();
    let mut up = String::new();
    for around in folder.ancestors() {
        if let Ok(below) = absolute.strip_prefix(around) {
            return format!("{up}{}", shown(below));
        }
        up.push_str("../");
    }
    shown(&absolute)
}

fn place(sources: &Sources, aim: &Aim) -> String {
    let file = sources.get(aim.at.file).map_or("", |source| source.name.as_str());
    let line = sources.line_column(aim.at).line;
    format!("{}:{line}", file.rsplit('/').next().unwrap_or(file))
}

/// The case for one finding; none where no facts were found that show it.
fn case(compiled: &Compiled, aim: &Aim) -> Option<String> {
    let program = compiled.draft()?;
    let bench = Bench { program, calendar: None, scripts: &NoScripts };
    let place = place(&compiled.sources, aim);
    let (facts, row) = match &aim.goal {
        Goal::Values(values) => {
            let first = values.first().and_then(|(id, _)| program.expr(*id))?;
            let row =
                program.nodes.iter().rev().find(|node| node.at.file == first.at.file && node.at.line <= first.at.line);
            (aimed::with_values(bench, values)?, row?)
        }
        Goal::OutOfRange(node) => (aimed::out_of_range(bench, *node)?.0, program.node(*node)?),
    };
    let name = format!("{place} {}", aim.title.zh).replace(['{', '｛', '#'], " ");
    Some(aimed::written(program, &name, &facts, &format!("{}：{}", row.name, wording::to_be_filled_in())))
}
