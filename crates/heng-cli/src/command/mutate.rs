//! `heng mutate`: would the cases notice a wrong rule?

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use heng_diag::FileId;
use heng_model::Program;
use heng_test::{
    Bench, Prepared, TestCase, changed, kept,
    mutate::{Mutant, Mutants, mutants, row_name},
    prepare, run_prepared,
    witness::{self, Witness},
};
use serde_json::{Value, json};

use super::test::{bench, facts_of};
use crate::{
    args::FormatArg,
    exit::Exit,
    failure::Failure,
    output,
    pack::{Pack, shown},
    session::Session,
    side::{by_side, threads},
    suites::{self, Loaded},
    wording,
};

/// A mutant that no case noticed, with a case that would, if one was found.
struct Survivor {
    mutant: Mutant,
    place: String,
    witness: Option<(usize, Witness)>,
}

/// Makes every pack wrong in every way, and runs its cases.
pub fn run(
    paths: &[PathBuf],
    save: Option<&Path>,
    force: bool,
    at_least: Option<u32>,
    session: &Session,
) -> Result<Exit, Failure> {
    if let Some(path) = save {
        output::keep(path, force)?;
    }
    let loaded = suites::load(paths)?;
    let mut by_rules: BTreeMap<&Path, Vec<&Loaded>> = BTreeMap::new();
    for suite in &loaded {
        by_rules.entry(&suite.rules).or_default().push(suite);
    }
    let (mut sum, mut reports, mut cases, mut each) = (Count::default(), Vec::new(), Vec::new(), Vec::new());
    for suites in by_rules.values() {
        let Some(first) = suites.first() else { continue };
        let (count, survivors, prepared) = pack_survivors(&first.pack, suites)?;
        let mut found = String::new();
        for survivor in &survivors {
            if let Some((index, witness)) = &survivor.witness
                && let Some((suite, case)) = prepared.get(*index)
            {
                found.push_str(&saved(suite, case, witness, &survivor.mutant)?);
            }
        }
        cases.push((shown(&first.target), found));
        each.push((first.pack.label(), count));
        sum.add(count);
        reports.extend(survivors.iter().map(|survivor| told(&first.pack.program, survivor, session)));
    }
    if session.format == FormatArg::Json {
        let mut value = sum.json("");
        if let Value::Object(entries) = &mut value {
            let each = each.iter().map(|(pack, count)| count.json(pack)).collect();
            entries.insert("packs".to_owned(), Value::Array(each));
            entries.insert("survivors".to_owned(), json!(reports));
        }
        session.print_json(&value);
    } else if session.format == FormatArg::Md {
        session.print(&table(&each, sum, session));
    } else {
        for report in &reports {
            session.print(report);
        }
        session.print(wording::mutants_done(sum.all, sum.killed, &sum.percent(), sum.equal).get(session.lang));
    }
    if let Some(path) = save {
        keep_cases(path, force, &cases, session)?;
    }
    let enough = at_least.is_none_or(|least| sum.tenths() >= least as usize * 10);
    Ok(if enough { Exit::Success } else { Exit::Failed })
}

/// How many mutants there were.
#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    killed: usize,
    equal: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.all += other.all;
        self.killed += other.killed;
        self.equal += other.equal;
    }

    fn tenths(self) -> usize {
        (self.killed * 1000).checked_div(self.all).unwrap_or(1000)
    }

    fn percent(self) -> String {
        format!("{}.{}", self.tenths() / 10, self.tenths() % 10)
    }

    fn json(self, pack: &str) -> Value {
        let mut value = json!({
            "mutants": self.all, "killed": self.killed, "percent": self.percent(), "equal": self.equal,
        });
        if let (false, Value::Object(entries)) = (pack.is_empty(), &mut value) {
            entries.insert("pack".to_owned(), json!(pack));
        }
        value
    }
}

/// How many mutants of each set of rules the cases notice, in Markdown.
fn table(each: &[(String, Count)], sum: Count, session: &Session) -> String {
    let row = |name: &str, count: Count| {
        let Count { all, killed, equal } = count;
        format!("| {name} | {all} | {killed} | {}% | {equal} |\n", count.percent())
    };
    let rows: String = each.iter().map(|(name, count)| row(name, *count)).collect();
    format!("{}{rows}{}", wording::mutant_table().get(session.lang), row("", sum))
}

/// Writes the cases that would notice, one file for each set of rules: the second goes to `…-2.toml`.
fn keep_cases(path: &Path, force: bool, cases: &[(String, String)], session: &Session) -> Result<(), Failure> {
    let some: Vec<&(String, String)> = cases.iter().filter(|(_, found)| !found.is_empty()).collect();
    let written = if some.is_empty() { cases.iter().take(1).collect() } else { some };
    for (number, (pack, found)) in (1..).zip(written) {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let file = if number == 1 { path.to_owned() } else { path.with_file_name(format!("{stem}-{number}.toml")) };
        output::keep(&file, force)?;
        let text = format!("{}{found}", kept::head(pack));
        output::write_file(&file, text.as_bytes())?;
        session.say(wording::cases_saved(&shown(&file), found.matches("[[case]]").count()).get(session.lang));
    }
    Ok(())
}

/// The mutants of a pack that its cases do not notice, how many there were, and the cases.
#[expect(clippy::type_complexity, reason = "three results of one walk")]
fn pack_survivors<'a>(
    pack: &Pack,
    suites: &[&'a Loaded],
) -> Result<(Count, Vec<Survivor>, Vec<(&'a Loaded, &'a TestCase)>), Failure> {
    let bench = bench(pack);
    let (mut prepared, mut cases) = (Vec::new(), Vec::new());
    for suite in suites {
        for case in &suite.suite.cases {
            let ready = prepare(case, &facts_of(suite, case)?, &pack.program);
            if ready.refusal().is_none() && case.expect.refused.is_none() {
                prepared.push(ready);
                cases.push((*suite, case));
            }
        }
    }
    let failing = prepared.iter().filter(|ready| !run_prepared(bench, ready).differences.is_empty()).count();
    if failing > 0 {
        return Err(Failure::general(Exit::Failed, wording::tests_fail_already(failing)));
    }
    let texts: Vec<String> = (0_u16..)
        .zip(&pack.program.files)
        .map(|(id, _)| pack.warnings.sources.get(FileId(id)).map_or(String::new(), |source| source.text.clone()))
        .collect();
    let Mutants { wrong: all, equal } = mutants(&pack.program, &texts);
    let tried = by_side(&all, threads(None), |mutant| survives(bench, mutant, &prepared));
    let survivors: Vec<Survivor> = tried.into_iter().flatten().collect();
    let count = Count { all: all.len(), killed: all.len() - survivors.len(), equal: equal.len() };
    Ok((count, survivors, cases))
}

fn survives(bench: Bench<'_>, mutant: &Mutant, prepared: &[Prepared<'_>]) -> Option<Survivor> {
    let wrong = mutant.apply(bench.program);
    let on_wrong = Bench { program: &wrong, ..bench };
    if prepared.iter().any(|ready| !run_prepared(on_wrong, ready).differences.is_empty()) {
        return None;
    }
    let found = |(index, ready): (usize, &Prepared<'_>)| {
        witness::find(bench, &wrong, &ready.facts).map(|witness| (index, witness))
    };
    // A few cases are enough to try: most differ in a figure or two.
    let witness = prepared.iter().enumerate().take(6).find_map(found);
    let file = bench.program.files.get(usize::from(mutant.at.file)).map_or("", |name| &**name);
    let short = file.rsplit('/').next().unwrap_or(file);
    Some(Survivor { mutant: mutant.clone(), place: format!("{short}:{}", mutant.at.line), witness })
}

fn told(program: &Program, survivor: &Survivor, session: &Session) -> String {
    let lang = session.lang;
    let row = row_name(program, &survivor.mutant).map(|name| format!("  {name}")).unwrap_or_default();
    let mut out = format!("{}{row}\n  {}", survivor.place, wording::survivor(&survivor.mutant.what).get(lang));
    if let Some((_, found)) = &survivor.witness {
        let Witness { path, value, indicator, right, wrong } = found;
        out.push('\n');
        out.push_str(wording::would_notice(&path.join("."), value, indicator, right, wrong).get(lang));
    }
    out
}

/// The case that would notice, as TOML: the facts of the case it was found with, one figure changed.
fn saved(suite: &Loaded, case: &TestCase, witness: &Witness, mutant: &Mutant) -> Result<String, Failure> {
    let text = changed(&facts_of(suite, case)?, &witness.path, &witness.value);
    let name = format!("{}：{} = {}", mutant.what.zh, witness.path.join("."), witness.value);
    Ok(kept::case(&name, &text, Some(&witness.indicator), &witness.right))
}
