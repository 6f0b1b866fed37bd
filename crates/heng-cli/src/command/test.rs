//! `heng test`: the cases of a pack, each passed or failed with what differs.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use heng_data::FactsFile;
use heng_diag::Lang;
use heng_test::{Bench, Prepared, Ran, TestCase, assemble, coverage::Coverage, kept, prepare, run as run_case};
use serde_json::{Value, json};

use crate::{
    args::{FormatArg, TestArgs},
    exit::Exit,
    failure::Failure,
    output,
    pack::{Pack, shown},
    session::Session,
    side::{by_side, threads},
    snapshot::{Pin, Pinned},
    suites::{self, Loaded},
    wording,
};

mod coverage_report;
mod junit;
mod properties;

/// A case that was run.
pub(crate) struct Done {
    /// The file of its suite.
    pub suite: String,
    /// Its name.
    pub name: String,
    /// The line it begins on.
    pub line: u32,
    /// What is wrong; empty when it passes.
    pub wrong: Vec<String>,
    /// What was left out of a property that holds.
    pub note: Option<String>,
}

/// Runs the cases; with `--watch`, again and again.
pub fn run(args: &TestArgs, session: &Session) -> Result<Exit, Failure> {
    if !args.watch {
        return once(args, session);
    }
    loop {
        let seen = newest(&args.paths);
        if let Err(failure) = once(args, session) {
            failure.tell(session);
        }
        session.say(wording::watching().get(session.lang));
        while newest(&args.paths) == seen {
            thread::sleep(Duration::from_millis(300));
        }
    }
}

/// When a file under the paths, or in the packs around them, last changed.
fn newest(paths: &[PathBuf]) -> Option<SystemTime> {
    fn of(path: &Path, depth: u8) -> Option<SystemTime> {
        let own = std::fs::metadata(path).and_then(|data| data.modified()).ok();
        let entries = if depth > 0 { std::fs::read_dir(path).ok() } else { None };
        let inside = entries.into_iter().flatten().flatten().map(|entry| of(&entry.path(), depth - 1));
        inside.flatten().chain(own).max()
    }
    let around = paths.iter().flat_map(|path| path.ancestors().take(3)).filter(|path| path.join("pack.toml").is_file());
    paths.iter().map(PathBuf::as_path).chain(around).filter_map(|path| of(path, 4)).max()
}

fn once(args: &TestArgs, session: &Session) -> Result<Exit, Failure> {
    let loaded = suites::load(&args.paths)?;
    let named = |name: &str| args.filter.as_ref().is_none_or(|text| name.contains(text.as_str()));
    let wanted = |case: &&TestCase| named(&case.name);
    if let Some(path) = &args.save {
        output::keep(path, args.force)?;
    }
    if args.list {
        for suite in &loaded {
            for case in suite.suite.cases.iter().filter(wanted) {
                session.print(&format!("{}:{} {}", shown(&suite.file), case.line, case.name));
            }
            for property in suite.suite.properties.iter().filter(|property| named(&property.text)) {
                let name = wording::property(&property.text);
                session.print(&format!("{}:{} {}", shown(&suite.file), property.line, name.get(session.lang)));
            }
        }
        return Ok(Exit::Success);
    }
    let (mut done, mut written) = (Vec::new(), 0);
    let mut covered: BTreeMap<PathBuf, Coverage> = BTreeMap::new();
    for suite in &loaded {
        let cases: Vec<&TestCase> = suite.suite.cases.iter().filter(wanted).collect();
        let ran = run_suite(suite, &cases, threads(args.threads.map(usize::from)))?;
        let coverage = covered.entry(suite.rules.clone()).or_insert_with(|| Coverage::new(&suite.pack.program));
        for (case, (prepared, ran)) in cases.iter().zip(&ran) {
            if let Some(card) = &ran.card {
                coverage.mark(&suite.pack.program, card);
            }
            done.push(finish(suite, case, prepared, ran, args.accept, &mut written, session.lang)?);
        }
    }
    let cases = done.len();
    let mut saved = String::new();
    done.extend(properties::run(&loaded, &named, session.lang, &mut saved)?);
    if let (Some(path), Some(first), false) = (&args.save, loaded.first(), saved.is_empty()) {
        let text = format!("{}{saved}", kept::head(&shown(&first.pack.folder)));
        output::write_file(path, text.as_bytes())?;
        session.say(wording::cases_saved(&shown(path), saved.matches("[[case]]").count()).get(session.lang));
    }
    if let (Some(filter), true) = (&args.filter, done.is_empty()) {
        return Err(Failure::general(Exit::Usage, wording::nothing_selected(filter)));
    }
    let packs: BTreeMap<PathBuf, &Pack> =
        loaded.iter().map(|suite| (suite.rules.clone(), suite.pack.as_ref())).collect();
    report(args, (&done, cases), written, &covered, &packs, session)
}

/// Runs cases side by side; the results come in the order of the cases.
fn run_suite<'a>(suite: &Loaded, cases: &[&'a TestCase], threads: usize) -> Result<Vec<(Prepared<'a>, Ran)>, Failure> {
    let pack = suite.pack.as_ref();
    let files: Vec<Vec<FactsFile>> = cases.iter().map(|case| facts_of(suite, case)).collect::<Result<_, _>>()?;
    let work: Vec<(&TestCase, &Vec<FactsFile>)> = cases.iter().copied().zip(&files).collect();
    let bench = bench(pack);
    Ok(by_side(&work, threads, |(case, files)| {
        let prepared = prepare(case, files, &pack.program);
        let ran = run_case(bench, &prepared);
        (prepared, ran)
    }))
}

/// What the cases of a pack are run against.
pub(crate) fn bench(pack: &Pack) -> Bench<'_> {
    Bench { program: &pack.program, calendar: pack.calendar.as_ref(), scripts: &pack.scripts }
}

/// The facts files of a case; its base lies beside the suite.
pub(crate) fn facts_of(suite: &Loaded, case: &TestCase) -> Result<Vec<FactsFile>, Failure> {
    let folder = suite.file.parent().unwrap_or(Path::new("."));
    let mut load = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|error| format!("{}: {error}", shown(&path)))
    };
    assemble(case, &mut load).map_err(|reason| {
        let place = format!("{}:{}", shown(&suite.file), case.line);
        Failure::general(Exit::Facts, wording::case_facts(&place, &case.name, &reason))
    })
}

fn finish(
    suite: &Loaded,
    case: &TestCase,
    prepared: &Prepared<'_>,
    ran: &Ran,
    accept: bool,
    written: &mut usize,
    lang: Lang,
) -> Result<Done, Failure> {
    let mut wrong: Vec<String> = ran
        .differences
        .iter()
        .map(|found| wording::difference(&found.what, &found.expected, &found.found).get(lang).to_owned())
        .collect();
    if ran.differences.iter().any(|found| found.what == "refused") {
        let said = prepared.diagnostics.iter().filter(|finding| finding.is_error());
        wrong.extend(said.map(|finding| format!("      {}", finding.title.get(lang))));
    }
    let mut pinned = false;
    if let (Some(card), true) = (&ran.card, wrong.is_empty()) {
        let pin = Pinned::new(&suite.file, &case.name, &suite.pack.program, prepared, card).hold(accept)?;
        pinned = !matches!(pin, Pin::None);
        match pin {
            Pin::Written => *written += 1,
            Pin::Moved(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| format!("      {line}")).collect();
                wrong.push(wording::pin_moved(&lines.join("\n")).get(lang).to_owned());
            }
            Pin::None | Pin::Same => {}
        }
    }
    if case.expect.is_empty() && !pinned {
        wrong.push(wording::expects_nothing().get(lang).to_owned());
    }
    Ok(Done { suite: shown(&suite.file), name: case.name.clone(), line: case.line, wrong, note: None })
}

fn report(
    args: &TestArgs,
    (done, cases): (&[Done], usize),
    written: usize,
    covered: &BTreeMap<PathBuf, Coverage>,
    packs: &BTreeMap<PathBuf, &Pack>,
    session: &Session,
) -> Result<Exit, Failure> {
    let failed = done.iter().filter(|case| !case.wrong.is_empty()).count();
    if let Some(path) = &args.junit {
        output::write_file(path, junit::report(done).as_bytes())?;
    }
    if let Some(path) = &args.coverage_html {
        output::write_file(path, coverage_report::html(covered, packs, session.lang).as_bytes())?;
    }
    if session.format == FormatArg::Json {
        let ran: Vec<Value> = done.iter().map(as_json).collect();
        let mut value = json!({ "cases": ran, "passed": done.len() - failed, "failed": failed, "pinned": written });
        if args.coverage
            && let Value::Object(entries) = &mut value
        {
            entries.insert("coverage".to_owned(), coverage_report::json(covered, packs));
        }
        session.print_json(&value);
    } else {
        for case in done.iter().filter(|case| !case.wrong.is_empty()) {
            session.print(&format!("✗ {}:{} {}\n{}", case.suite, case.line, case.name, case.wrong.join("\n")));
        }
        for (case, note) in done.iter().filter_map(|case| Some((case, case.note.as_ref()?))) {
            session.print(&format!("· {}:{} {}\n    {note}", case.suite, case.line, case.name));
        }
        if args.coverage {
            session.print(&coverage_report::text(covered, packs, session.lang));
        }
        session.print(wording::tests_done(cases, done.len() - cases, failed, written).get(session.lang));
    }
    Ok(match (failed, written) {
        (0, 0) => Exit::Success,
        (0, _) => Exit::Pinned,
        _ => Exit::Failed,
    })
}

fn as_json(case: &Done) -> Value {
    let wrong: Vec<&str> = case.wrong.iter().map(|line| line.trim()).collect();
    let mut value = json!({
        "suite": case.suite, "line": case.line, "name": case.name, "passed": wrong.is_empty(), "wrong": wrong,
    });
    if let (Some(note), Value::Object(entries)) = (&case.note, &mut value) {
        entries.insert("note".to_owned(), json!(note));
    }
    value
}
