//! The packs under `rules/` against the scores that their sources print or that follow from their
//! words: every file of `tests/conformance` is a suite, its form is described in the README there.
//! The result stands in `tests/conformance/SUMMARY.md`; `HENG_UPDATE=1` writes it anew.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use heng_data::read_calendar;
use heng_diag::{Diagnostic, Format, Lang, Sources, render_all};
use heng_dsl::compile;
use heng_eval::NoScripts;
use heng_model::{Calendar, Program};
use heng_test::{Bench, Difference, Suite, TestCase, assemble, prepare, read::read, run};

#[test]
fn packs_give_the_scores_of_their_sources() {
    let folder = root().join("tests/conformance");
    let mut suites: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    suites.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    suites.sort();
    let mut summary = String::from(
        "# 规则包对照结果 · Conformance\n\n| 规则包 pack | 来源 source | 状态 status | 用例 cases | 其中公布的 published | 对 right | 错 wrong |\n|---|---|---|--:|--:|--:|--:|\n",
    );
    let (mut wrong, mut cases, mut printed, mut right) = (String::new(), 0, 0, 0);
    for path in suites {
        let suite = read(&path.display().to_string(), &fs::read(&path).unwrap())
            .unwrap_or_else(|found| panic!("{}", said(&found, &Sources::new())));
        let failures = run_suite(&suite);
        let (all, failed) = (suite.cases.len(), failures.len());
        let published = suite.cases.iter().filter(|case| case.published).count();
        cases += all;
        printed += published;
        right += all - failed;
        let said = |text: &Option<String>| text.clone().unwrap_or_else(|| panic!("{} says too little", path.display()));
        let [pack, source, status] = [&suite.pack, &suite.source, &suite.status].map(said);
        writeln!(summary, "| {pack} | {source} | {status} | {all} | {published} | {} | {failed} |", all - failed)
            .unwrap();
        for failure in failures {
            writeln!(wrong, "{}: {failure}", path.file_name().unwrap().to_string_lossy()).unwrap();
        }
    }
    writeln!(summary, "| | | | {cases} | {printed} | {right} | {} |", cases - right).unwrap();
    assert!(wrong.is_empty(), "\n{wrong}\n{summary}");
    let file = folder.join("SUMMARY.md");
    if std::env::var_os("HENG_UPDATE").is_some() {
        fs::write(&file, &summary).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap_or_default(), summary, "HENG_UPDATE=1 writes SUMMARY.md anew");
}

#[test]
fn every_pack_compiles_and_says_where_it_stands() {
    let mut packs = 0;
    for folder in fs::read_dir(root().join("rules")).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(manifest) = fs::read_to_string(folder.join("pack.toml")) else { continue };
        let manifest: toml::Table = toml::from_str(&manifest).unwrap();
        assert_eq!(manifest.get("id").and_then(toml::Value::as_str), folder.file_name().unwrap().to_str());
        for (year, file) in manifest.get("years").and_then(toml::Value::as_table).unwrap() {
            let path = folder.join(file.as_str().unwrap());
            let program = program(&path);
            assert_eq!(program.pack.year.to_string(), *year, "{}", path.display());
            assert!(program.pack.cite.status.is_some(), "{} has no status", path.display());
            assert!(program.pack.cite.source.is_some(), "{} has no source", path.display());
            packs += 1;
        }
    }
    assert!(packs >= 8, "only {packs} packs");
}

/// What is wrong, one text per case that is.
fn run_suite(suite: &Suite) -> Vec<String> {
    let program = program(&root().join(suite.pack.as_deref().unwrap()));
    let calendar = program.pack.calendar.as_ref().map(|name| calendar(name));
    let bench = Bench { program: &program, calendar: calendar.as_ref(), scripts: &NoScripts };
    let wrong = |case: &TestCase| {
        let wrong = run_case(bench, case);
        let clause = case.clause.as_ref().map(|clause| format!(" ({clause})")).unwrap_or_default();
        (!wrong.is_empty()).then(|| format!("{}{clause}\n{wrong}", case.name))
    };
    suite.cases.iter().filter_map(wrong).collect()
}

fn run_case(bench: Bench<'_>, case: &TestCase) -> String {
    let mut no_files = |name: &str| Err(format!("{name}: facts stand in the suite itself"));
    let files = assemble(case, &mut no_files).unwrap();
    let prepared = prepare(case, &files, bench.program);
    let mut wrong = String::new();
    for Difference { what, expected, found } in run(bench, &prepared).differences {
        writeln!(wrong, "  {what}: {found}, not {expected}").unwrap();
        if what == "refused" {
            wrong.push_str(&said(&prepared.diagnostics, &prepared.sources));
        }
    }
    if case.expect.is_empty() {
        wrong.push_str("  expects nothing\n");
    }
    wrong
}

/// The program of a rule file that must have no errors.
fn program(path: &Path) -> Program {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut files = vec![(path.display().to_string(), text)];
    while let Some(base) = files.first().and_then(|(_, text)| heng_dsl::based_on(text)) {
        let path = path.with_file_name(base);
        files.insert(0, (path.display().to_string(), fs::read_to_string(&path).unwrap()));
    }
    let compiled = compile(&files);
    let errors = compiled.diagnostics.iter().any(Diagnostic::is_error);
    let Some(program) = compiled.program.filter(|_| !errors) else {
        panic!("{}", said(&compiled.diagnostics, &compiled.sources))
    };
    program
}

fn said(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    render_all(diagnostics, sources, Lang::En, Format::Text { color: false, width: 100 })
}

fn calendar(name: &str) -> Calendar {
    let path = root().join("rules/calendars").join(format!("{name}.toml"));
    read_calendar(name, &fs::read(path).unwrap()).0.unwrap()
}

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}
