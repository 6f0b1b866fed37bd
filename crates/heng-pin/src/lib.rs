//! Pins whole scorecards in the tests of a Rust program, in the form in which `heng test --accept` pins them
//! beside a pack: insta's files, reviewed with `cargo insta review`.
//!
//! ```no_run
//! // In a test; paths are seen from the folder of the crate's Cargo.toml.
//! heng_pin::assert_scorecard!("tests/pack/2024.heng", "tests/pack/facts.toml");
//! heng_pin::assert_scorecard!(
//!     "late signatures",
//!     rules: ["tests/pack/2024.heng"],
//!     facts: ["tests/pack/facts.toml"],
//!     scripts: ["tests/pack/checks/合同.rhai"],
//! );
//! heng_pin::assert_scorecard!(
//!     "special funds",
//!     rules: ["tests/shared/2024.heng"],
//!     facts: ["tests/shared/facts.toml"],
//!     beside: ["tests/shared/共用.heng", "tests/methods/pack.toml", "tests/methods/方法.heng"],
//!     variant: "有专项资金",
//! );
//! ```
//!
//! The files become part of the test when it is compiled, so a test is compiled anew when one of them changes, and
//! reads nothing as it runs. Rules of several files (a year with its amendments) are given in order, the oldest first.
//! A `calendar: "…/cn.toml"` is given behind the scripts, where the rules name one; behind it what the rules import,
//! `beside:`, and the variant, `variant:`, as `PACK#variant` names it on the command line. For a file of the same pack,
//! `beside` names that file; for another pack, its `pack.toml` and the files that it exports. Imports are looked up as on
//! the command line, but only among the files given: nothing is searched for on the disk.
//!
//! What is pinned holds every score, criterion, datum and step, but no file and no line: a rule may move in its file.

mod beside;

use heng_data::{FactsFile, read_calendar, read_facts};
use heng_diag::{Diagnostic, Format, Lang, Sources, render_all};
use heng_dsl::{Compiled, Reading};
use heng_eval::{Context, evaluate};
use heng_model::Name;
use heng_script::ScriptLibrary;

use beside::{Beside, plain};

#[doc(hidden)]
pub use insta;

/// A file: its path and what it holds.
pub type File<'a> = (&'a str, &'a [u8]);

/// What a scorecard is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Case<'a> {
    /// Rule files, what is amended before what amends it.
    pub rules: &'a [File<'a>],
    /// Facts files: toml, json or xlsx.
    pub facts: &'a [File<'a>],
    /// The scripts that the rules name; a path ends in the name that the rules use.
    pub scripts: &'a [File<'a>],
    /// The calendar that the rules name.
    pub calendar: Option<File<'a>>,
    /// What the rules import: files of the same pack; of another pack its `pack.toml` and what it exports.
    pub beside: &'a [File<'a>],
    /// The variant of the rules, where one is chosen.
    pub variant: Option<&'a str>,
}

/// The scorecard as it is pinned.
///
/// # Errors
/// What is wrong with the rules, the scripts, the calendar or the facts, as text for a person.
///
/// # Examples
/// ```
/// let rules = "规则包 甲 {\n评价年度：2024\n满分：10分\n缺报：停止\n}\n\
///     一级指标 支出率 10分 {\n分档 支出 ÷ 预算 {\n≥ 90%：10分\n其他：0分\n}\n}\n\
///     数据 {\n预算：金额 > 0元\n支出：金额 ≥ 0元\n}\n";
/// let score = |facts: &str| {
///     let case = heng_pin::Case {
///         rules: &[("2024.heng", rules.as_bytes())],
///         facts: &[("facts.toml", facts.as_bytes())],
///         ..heng_pin::Case::default()
///     };
///     heng_pin::scorecard(&case)
/// };
/// let card = score("\"预算\" = \"100万元\"\n\"支出\" = \"90万元\"\n")?;
/// assert!(card.contains("支出率"));
/// assert!(score("\"预算\" = \"3天\"\n").is_err_and(|said| said.contains("data/unit")));
/// # Ok::<(), String>(())
/// ```
pub fn scorecard(case: &Case<'_>) -> Result<String, String> {
    let compiled = compiled(case)?;
    let Some(program) = compiled.program else { return Err(told(&compiled.diagnostics, &compiled.sources)) };
    let mut files: Vec<(Name, String)> = Vec::new();
    for file in case.scripts {
        let called = program.scripts.iter().find(|script| file.0.replace('\\', "/").ends_with(&*script.file));
        let name = called.map_or_else(|| file.0.into(), |script| script.file.clone());
        files.push((name, text(*file)?));
    }
    let (mut scripts, problems) = ScriptLibrary::load(&files, &program.scripts, &program.methods);
    if let Some(problem) = problems.first() {
        return Err(format!("{} {}: {}", problem.code, problem.file, problem.message.get(Lang::Zh)));
    }
    let mut calendar = None;
    if let Some((name, bytes)) = case.calendar {
        let (read, diagnostics) = read_calendar(name, bytes);
        refuse(&diagnostics, &Sources::new())?;
        calendar = read;
    }
    if let Some(calendar) = &calendar {
        scripts.use_calendar(calendar);
    }
    let facts: Vec<FactsFile> =
        case.facts.iter().map(|(name, bytes)| FactsFile { name: (*name).to_owned(), bytes: bytes.to_vec() }).collect();
    let reading = read_facts(&program.schema, &facts);
    refuse(&reading.diagnostics, &reading.sources)?;
    let card = evaluate(&program, &reading.facts, &Context { calendar: calendar.as_ref(), scripts: &scripts });
    Ok(heng_test::pinned_text(&heng_test::pinned(&program, &reading.facts, &reading.subject, &card)))
}

fn compiled(case: &Case<'_>) -> Result<Compiled, String> {
    let texts: Vec<(String, String)> =
        case.rules.iter().map(|file| Ok((plain(file.0), text(*file)?))).collect::<Result<_, String>>()?;
    let beside = Beside::of(case.rules, case.beside);
    Ok(Reading::of(&texts, &|wanted| beside.find(wanted), case.variant).compile())
}

fn text((name, bytes): File<'_>) -> Result<String, String> {
    String::from_utf8(bytes.to_vec()).map_err(|error| format!("{name}: {error}"))
}

/// Stops at what is wrong; what is only remarked goes by.
fn refuse(diagnostics: &[Diagnostic], sources: &Sources) -> Result<(), String> {
    if diagnostics.iter().any(Diagnostic::is_error) { Err(told(diagnostics, sources)) } else { Ok(()) }
}

fn told(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    render_all(diagnostics, sources, Lang::Zh, Format::Text { color: false, width: 100 })
}

/// Holds the scorecard of rules and facts to its pin; see the [crate] for what it takes.
///
/// # Panics
/// Where the scorecard moved or has no pin yet (as `insta` does), and where rules or facts are wrong.
#[macro_export]
macro_rules! assert_scorecard {
    ($rules:literal, $facts:literal $(,)?) => {
        $crate::assert_scorecard!(@held rules: [$rules], facts: [$facts], scripts: [], calendar: [],
            beside: [], variant: [], |card| {
            $crate::insta::assert_snapshot!(card);
        })
    };
    ($name:literal, rules: [$($rules:literal),+ $(,)?], facts: [$($facts:literal),* $(,)?]
        $(, scripts: [$($script:literal),* $(,)?])? $(, calendar: $calendar:literal)?
        $(, beside: [$($beside:literal),* $(,)?])? $(, variant: $variant:literal)? $(,)?) => {
        $crate::assert_scorecard!(@held rules: [$($rules),+], facts: [$($facts),*],
            scripts: [$($($script),*)?], calendar: [$($calendar)?],
            beside: [$($($beside),*)?], variant: [$($variant)?], |card| {
            $crate::insta::assert_snapshot!($name, card, $name);
        })
    };
    (@held rules: [$($rules:literal),*], facts: [$($facts:literal),*], scripts: [$($script:literal),*],
        calendar: [$($calendar:literal)?], beside: [$($beside:literal),*], variant: [$($variant:literal)?], |$card:ident| $hold:block) => {{
        let case = $crate::Case {
            rules: &[$(($rules, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $rules)).as_slice())),*],
            facts: &[$(($facts, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $facts)).as_slice())),*],
            scripts: &[$(($script, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $script)).as_slice())),*],
            calendar: [$(($calendar, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $calendar)).as_slice()))?]
                .first().copied(),
            beside: &[$(($beside, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $beside)).as_slice())),*],
            variant: [$($variant)?].first().copied(),
        };
        match $crate::scorecard(&case) {
            Ok($card) => $hold,
            Err(said) => panic!("{said}"),
        }
    }};
}
