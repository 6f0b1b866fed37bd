//! The packs under `rules/` against the scores that their sources print or that follow from their
//! words: every file of `tests/conformance` is a suite, its form is described in the README there.
//! The result stands in `tests/conformance/SUMMARY.md`; `HENG_UPDATE=1` writes it anew.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use heng_data::{FactsFile, read_calendar, read_facts};
use heng_diag::{Diagnostic, Format, Lang, render_all};
use heng_dsl::compile;
use heng_eval::{Context, NoScripts, evaluate};
use heng_model::{
    Calendar, Number, Outcome, Program, Scorecard, Verdict,
    scorecard::{Cause, Finding},
};
use serde::Deserialize;

/// A file of cases about one pack.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    /// The rule file, from the repository's root.
    pack: String,
    /// Where the expected scores come from.
    source: String,
    /// How far the source was checked.
    status: String,
    /// Facts of every case.
    #[serde(default)]
    common: String,
    case: Vec<Case>,
}

/// Facts, and what must come of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The clause behind it.
    clause: Option<String>,
    /// Whether the source prints facts and scores; else they follow from its words.
    #[serde(default)]
    published: bool,
    /// Facts, written as in a facts file.
    #[serde(default)]
    facts: String,
    /// By indicator.
    #[serde(default)]
    scores: BTreeMap<String, String>,
    total: Option<String>,
    grade: Option<String>,
    /// The messages of the demands on the data that do not hold, sorted.
    says: Option<Vec<String>>,
    /// The finding for which the facts are not even read.
    refused: Option<String>,
}

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
        let suite: Suite = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let failures = suite.run();
        let (all, failed) = (suite.case.len(), failures.len());
        let published = suite.case.iter().filter(|case| case.published).count();
        cases += all;
        printed += published;
        right += all - failed;
        let Suite { pack, source, status, .. } = &suite;
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

impl Suite {
    /// What is wrong, one text per case that is.
    fn run(&self) -> Vec<String> {
        let program = program(&root().join(&self.pack));
        let calendar = program.pack.calendar.as_ref().map(|name| calendar(name));
        let wrong = |case: &Case| {
            let wrong = case.run(&program, calendar.as_ref(), &self.common);
            let clause = case.clause.as_ref().map(|clause| format!(" ({clause})")).unwrap_or_default();
            (!wrong.is_empty()).then(|| format!("{}{clause}\n{wrong}", case.name))
        };
        self.case.iter().filter_map(wrong).collect()
    }
}

impl Case {
    fn run(&self, program: &Program, calendar: Option<&Calendar>, common: &str) -> String {
        let file = |name: &str, text: &str| FactsFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let mut files = vec![file("case.toml", &self.facts)];
        if !common.is_empty() {
            files.push(file("common.toml", common));
        }
        let reading = read_facts(&program.schema, &files);
        let refusal = reading.diagnostics.iter().find(|finding| finding.is_error()).map(|finding| finding.code);
        if refusal != self.refused.as_deref() {
            return format!(
                "  refused {refusal:?}, not {:?}\n{}",
                self.refused,
                said(&reading.diagnostics, &reading.sources)
            );
        }
        if refusal.is_some() {
            return String::new();
        }
        let card = evaluate(program, &reading.facts, &Context { calendar, scripts: &NoScripts });
        self.compare(program, &card)
    }

    fn compare(&self, program: &Program, card: &Scorecard) -> String {
        let mut wrong = String::new();
        for (name, expected) in &self.scores {
            match program.nodes.iter().position(|node| *node.key == **name || *node.name == **name) {
                Some(at) => differ(&mut wrong, name, expected, card.nodes.get(at).map(|node| &node.outcome)),
                None => writeln!(wrong, "  there is no indicator {name}").unwrap(),
            }
        }
        if let Some(expected) = &self.total {
            differ(&mut wrong, "total", expected, card.nodes.first().map(|node| &node.outcome));
        }
        let grade = card.grade.as_deref().unwrap_or("none");
        if let Some(expected) = self.grade.as_ref().filter(|expected| *expected != grade) {
            writeln!(wrong, "  grade: {grade}, not {expected}").unwrap();
        }
        let said = messages(card);
        if let Some(expected) = self.says.as_ref().filter(|expected| **expected != said) {
            writeln!(wrong, "  says {said:?}, not {expected:?}").unwrap();
        }
        if self.scores.is_empty() && self.total.is_none() && self.grade.is_none() && self.says.is_none() {
            wrong.push_str("  expects nothing\n");
        }
        wrong
    }
}

fn differ(wrong: &mut String, name: &str, expected: &str, outcome: Option<&Outcome>) {
    let fits = outcome.is_some_and(|outcome| fits(expected, outcome));
    if !fits {
        writeln!(wrong, "  {name}: {}, not {expected}", outcome.map_or_else(|| "nothing".to_owned(), words)).unwrap();
    }
}

/// Whether an outcome is the expected one: equal, or after ≈ equal when rounded to the places printed.
fn fits(expected: &str, outcome: &Outcome) -> bool {
    match (expected.strip_prefix('≈'), outcome) {
        (Some(printed), Outcome::Score(points)) => {
            let places = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            points.fixed(u32::try_from(places).unwrap(), heng_model::Rounding::HalfUp) == printed
        }
        (None, Outcome::Score(points)) => expected.parse::<Number>().is_ok_and(|expected| expected == *points),
        (_, outcome) => words(outcome) == expected,
    }
}

fn messages(card: &Scorecard) -> Vec<String> {
    let message = |finding: &Finding| match &finding.cause {
        Cause::Demand(_, message, _) => message.as_ref().map(ToString::to_string),
        _ => None,
    };
    let messages: BTreeSet<String> = card.findings.iter().filter_map(message).collect();
    messages.into_iter().collect()
}

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Score(points) => points.to_string(),
        Outcome::NotApplicable => "不适用".to_owned(),
        Outcome::Unwritten => "待编".to_owned(),
        Outcome::Open { least, most, verdict } => {
            let word = match verdict {
                Verdict::NotApplicable => "不适用",
                Verdict::Review => "待核",
                Verdict::Return => "退回",
                Verdict::Stop => "停止",
            };
            format!("{word} {least} … {most}")
        }
    }
}

/// The program of a rule file that must have no errors.
fn program(path: &Path) -> Program {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let compiled = compile(&[(path.display().to_string(), text)]);
    let errors = compiled.diagnostics.iter().any(Diagnostic::is_error);
    let Some(program) = compiled.program.filter(|_| !errors) else {
        panic!("{}", said(&compiled.diagnostics, &compiled.sources))
    };
    program
}

fn said(diagnostics: &[Diagnostic], sources: &heng_diag::Sources) -> String {
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
