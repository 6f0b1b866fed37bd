//! The book is a test: every rule file in `docs/book` compiles, every score in it comes out.
//!
//! | fence | meaning |
//! |---|---|
//! | `heng` | a whole rule file, or indicators and data that are put into the pack [`PACK`]; nothing is found wrong with it, but that a score may leave its range |
//! | `heng file NAME` | a file that the rule files after it may import by this name |
//! | `heng bad CODE` | the same, and it must give this finding |
//! | `rhai FILE` | a script of the rule file before it |
//! | `toml facts`, `json facts` | what a department hands in; several before one `score` are put together |
//! | `csv units`, `csv scores` | units of one run, and what `heng batch` gives for them under the rule file before |
//! | `score` | lines `indicator：points`; `等级：优`; `不适用`; `待定 0分至10分`; `待编` |
//!
//! After a `score` the next facts begin anew, for the same rule file.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what they expect by failing")]

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use heng_data::{FactsFile, read_calendar, read_facts};
use heng_diag::{Diagnostic, Format, Lang, render_all};
use heng_dsl::{Compiled, Found, Wanted, alone, compile_with};
use heng_eval::{Context, evaluate};
use heng_model::{Calendar, Name, Number, Outcome, Program, Scorecard, normal_name};
use heng_script::ScriptLibrary;

/// What a fence without a pack stands in; the book says so at the head of its reference.
const PACK: &str = "
规则包 例子 {
    评价年度：2023
    日历：cn
    缺报：停止
    无：视为不符合
    无佐证：0分
    迟报：照计
    有争议：待核
    不适用：折算
    满分：";

struct Fence {
    line: usize,
    info: String,
    text: String,
}

fn fences(document: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    for (line, number) in document.lines().zip(1..) {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(info), None) => {
                open = Some(Fence { line: number, info: info.trim().to_owned(), text: String::new() })
            }
            (None, Some(fence)) => {
                fence.text.push_str(line);
                fence.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    found
}

/// The fence as a whole rule file.
fn whole(text: &str) -> String {
    if text.lines().any(|line| line.starts_with("规则包") || line.starts_with("pack ")) {
        return text.to_owned();
    }
    let full: Number = text.lines().filter_map(top_points).sum();
    format!("{text}{PACK}{}分\n}}\n", full.decimal_text().unwrap())
}

/// The points of an indicator that stands in no other.
fn top_points(line: &str) -> Option<Number> {
    if line.starts_with("加分指标") || !["指标", "一级指标", "indicator"].iter().any(|word| line.starts_with(word))
    {
        return None;
    }
    let line = normal_name(line);
    let head =
        line.split('{').next()?.trim().trim_end_matches("points").trim_end_matches("point").trim_end_matches('分');
    Number::parse_decimal(head.split_whitespace().next_back()?)
}

/// A rule file of the book with what was said of it.
struct Rules {
    text: String,
    units: String,
    compiled: Compiled,
    scripts: Vec<(Name, String)>,
    facts: Vec<FactsFile>,
}

impl Rules {
    fn said(&self) -> String {
        told(&self.compiled.diagnostics, &self.compiled.sources)
    }

    /// What `heng batch` gives for the units.
    fn batch(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("rules.heng"), self.text.replace("    日历：cn\n", "")).unwrap();
        fs::write(at("units.csv"), &self.units).unwrap();
        let lang = if self.units.is_ascii() { "en" } else { "zh" };
        let mut heng = std::process::Command::new(env!("CARGO_BIN_EXE_heng"));
        heng.args(["--lang", lang, "batch"])
            .args([at("rules.heng"), at("units.csv")])
            .arg("--out")
            .arg(at("scores.csv"));
        let run = heng.output().unwrap();
        fs::read_to_string(at("scores.csv")).unwrap_or_else(|_| String::from_utf8(run.stderr).unwrap())
    }

    fn score(&self, program: &Program, calendar: &Calendar) -> Result<Scorecard, String> {
        let reading = read_facts(&program.schema, &self.facts);
        if reading.has_errors() {
            return Err(told(&reading.diagnostics, &reading.sources));
        }
        let (scripts, problems) = ScriptLibrary::load(&self.scripts, &program.scripts, &program.methods);
        if let Some(problem) = problems.first() {
            return Err(problem.message.zh.to_string());
        }
        Ok(evaluate(program, &reading.facts, &Context { calendar: Some(calendar), scripts: &scripts }))
    }
}

fn told(diagnostics: &[Diagnostic], sources: &heng_diag::Sources) -> String {
    render_all(diagnostics, sources, Lang::Zh, Format::Text { color: false, width: 100 })
}

/// The outcome of a row as the book writes it.
fn written(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Score(points) => number(points),
        Outcome::Graded(letter) => letter.as_deref().unwrap_or("不计分").to_owned(),
        Outcome::NotApplicable => "不适用".to_owned(),
        Outcome::Open { least, most, .. } => format!("待定 {}至{}", number(least), number(most)),
        Outcome::Unwritten => "待编".to_owned(),
    }
}

fn number(number: &Number) -> String {
    let (over, under) = number.to_parts();
    number.decimal_text().map_or_else(|| format!("{over}/{under}分"), |text| format!("{text}分"))
}

/// A line of a `score` fence in Chinese: `合同：8.5分`.
fn expected(line: &str) -> (String, String) {
    let (name, value) = line.split_once('：').or_else(|| line.split_once(": ")).unwrap_or_else(|| panic!("{line}"));
    let name = name.trim();
    let name = match name.strip_suffix(".grade") {
        Some(node) => format!("{node}.等级"),
        None => if name == "grade" { "等级" } else { name }.to_owned(),
    };
    let value = value
        .trim()
        .replace("no points", "不计分")
        .replace(" points", "分")
        .replace(" point", "分")
        .replace(" to ", "至");
    let value = value.replace("open ", "待定 ").replace("not applicable", "不适用").replace("not written", "待编");
    (name, value)
}

fn compare(program: &Program, card: &Scorecard, text: &str) -> Vec<String> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    for (node, score) in program.nodes.iter().zip(&card.nodes) {
        found.insert(&node.name, written(&score.outcome));
        found.insert(&node.key, written(&score.outcome));
    }
    let letters: Vec<(String, String)> = (program.nodes.iter().zip(&card.nodes))
        .filter_map(|(node, score)| Some((node, score.grade.as_ref()?)))
        .map(|(node, letter)| (format!("{}.等级", node.name), letter.to_string()))
        .collect();
    let parts: Vec<(String, String)> = (program.nodes.iter().zip(&card.nodes))
        .flat_map(|(node, score)| score.profile.iter().map(move |(name, part)| (node, name, part)))
        .map(|(node, name, part)| (format!("{}.{name}", node.name), part.to_string()))
        .collect();
    found.extend(parts.iter().map(|(name, part)| (name.as_str(), part.clone())));
    found.extend(letters.iter().map(|(name, letter)| (name.as_str(), letter.clone())));
    found.insert("等级", card.grade.as_deref().unwrap_or("–").to_owned());
    let root = card.nodes.first().map(|score| written(&score.outcome));
    found.extend(root.clone().map(|root| ("总分", root)));
    found.extend(root.map(|root| ("total", root)));
    let wrong = |line: &str| {
        let (name, value) = expected(line);
        let found = found.get(name.as_str());
        (found != Some(&value)).then(|| format!("{name} is {found:?}, not {value}"))
    };
    text.lines().filter(|line| !line.trim().is_empty()).filter_map(wrong).collect()
}

/// Compiles a rule file of a page with the files beside it.
fn compiled(text: &str, beside: &[(String, String)]) -> Compiled {
    let find = |wanted: &Wanted<'_>| {
        let found = beside.iter().find(|(name, _)| name == wanted.from);
        found.map_or_else(|| alone(wanted), |(name, text)| Ok(vec![Found { name: name.clone(), text: text.clone() }]))
    };
    compile_with(&[("book.heng".to_owned(), text.to_owned())], &find)
}

/// Runs a page; gives its failures and the number of scored examples.
fn run(text: &str, calendar: &Calendar) -> (Vec<String>, usize) {
    let (mut failures, mut scored) = (Vec::new(), 0);
    let mut rules: Option<Rules> = None;
    let mut beside: Vec<(String, String)> = Vec::new();
    let mut fail = |fence: &Fence, what: String| failures.push(format!("line {}: {what}", fence.line));
    for fence in fences(text) {
        let (kind, rest) = fence.info.split_once(' ').unwrap_or((&fence.info, ""));
        match (kind, rest, &mut rules) {
            ("heng", "", _) => {
                let text = whole(&fence.text);
                let compiled = compiled(&text, &beside);
                let new = Rules { text, units: String::new(), compiled, scripts: Vec::new(), facts: Vec::new() };
                let notes = ["score/range", "peer/run"];
                if new.compiled.diagnostics.iter().any(|found| found.is_error() || !notes.contains(&found.code)) {
                    fail(&fence, new.said());
                }
                rules = Some(new);
            }
            ("heng", file, _) if file.starts_with("file ") => {
                beside.push((file.trim_start_matches("file ").to_owned(), fence.text));
            }
            ("heng", bad, _) => {
                let code = bad.strip_prefix("bad ").unwrap_or_else(|| panic!("unknown fence {}", fence.info));
                let compiled = compiled(&whole(&fence.text), &beside);
                if !compiled.diagnostics.iter().any(|found| found.code == code) {
                    fail(&fence, format!("no {code}: {}", told(&compiled.diagnostics, &compiled.sources)));
                }
            }
            ("rhai", file, Some(rules)) => rules.scripts.push((file.into(), fence.text)),
            ("toml" | "json", "facts", Some(rules)) => {
                let name = format!("facts{}.{kind}", rules.facts.len());
                rules.facts.push(FactsFile { name, bytes: fence.text.into_bytes() });
            }
            ("csv", "units", Some(rules)) => rules.units = fence.text,
            ("csv", "scores", Some(rules)) => {
                scored += 1;
                let found = rules.batch();
                if found != fence.text {
                    fail(&fence, format!("heng batch gives\n{found}"));
                }
            }
            ("score", _, Some(rules)) => {
                scored += 1;
                let Some(program) = &rules.compiled.program else { continue };
                match rules.score(program, calendar) {
                    Ok(card) => {
                        let wrong = compare(program, &card, &fence.text);
                        let said: Vec<_> = card.nodes.iter().flat_map(|node| &node.findings).collect();
                        wrong.into_iter().for_each(|wrong| fail(&fence, format!("{wrong}\n    {said:?}")));
                    }
                    Err(said) => fail(&fence, said),
                }
                rules.facts.clear();
            }
            _ => {}
        }
    }
    (failures, scored)
}

#[test]
fn every_example_of_the_book_is_so() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (calendar, _) = read_calendar("cn.toml", &fs::read(root.join("rules/calendars/cn.toml")).unwrap());
    let calendar = calendar.unwrap();
    let (mut wrong, mut counts) = (String::new(), Vec::new());
    for language in ["zh", "en"] {
        let mut pages: Vec<_> =
            fs::read_dir(root.join("docs/book").join(language)).unwrap().map(|entry| entry.unwrap().path()).collect();
        pages.sort();
        let mut scored = 0;
        for page in pages {
            let (failures, count) = run(&fs::read_to_string(&page).unwrap(), &calendar);
            scored += count;
            failures.iter().for_each(|failure| writeln!(wrong, "{}, {failure}", page.display()).unwrap());
        }
        counts.push(scored);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(counts.iter().all(|count| *count >= 40), "scored examples: {counts:?}");
}

#[test]
fn the_glossary_holds_every_word_of_the_language() {
    let glossary =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/book/glossary.md")).unwrap();
    let row = |word: &heng_dsl::Keyword| format!("| `{}` | `{}` |", word.zh, word.en);
    let lacking: Vec<_> = heng_dsl::KEYWORDS.iter().map(row).filter(|row| !glossary.contains(row)).collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn both_languages_have_the_same_chapters_and_examples() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/book");
    for page in fs::read_dir(book.join("zh")).unwrap() {
        let page = page.unwrap().path();
        let twin = book.join("en").join(page.file_name().unwrap());
        let kinds = |path: &Path| -> Vec<String> {
            let text = fs::read_to_string(path).unwrap();
            let kind = |fence: Fence| fence.info.split(' ').next().unwrap().to_owned();
            fences(&text).into_iter().map(kind).collect()
        };
        assert_eq!(kinds(&page), kinds(&twin), "{}", twin.display());
    }
}
