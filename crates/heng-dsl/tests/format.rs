//! The laws of the formatter, on every rule file and every example of the repository.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "tests say what they expect by failing"
)]

#[path = "support/markdown.rs"]
mod markdown;
#[path = "support/programs.rs"]
mod programs;

use std::{fs, path::Path};

use heng_diag::Lang;
use heng_dsl::{Compiled, FormatOptions, compile, format};
use markdown::{documents, sections, workspace};
use programs::{difference, placeless};

/// The ways to format.
const WAYS: [Option<Lang>; 3] = [None, Some(Lang::Zh), Some(Lang::En)];

/// A text under test and where it comes from.
struct Sample {
    place: String,
    text: String,
}

/// Every rule file and every fence with rules in the documents.
fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    rule_files(&workspace().join("rules"), &mut samples);
    for folder in ["docs/codes", "tests/lang"] {
        for (path, text) in documents(folder) {
            for section in sections(&text) {
                for fence in section.fences.iter().filter(|fence| fence.info.starts_with("heng")) {
                    let place = format!("{}: {} ({})", path.display(), section.heading, fence.info);
                    samples.push(Sample { place, text: fence.text.clone() });
                }
            }
        }
    }
    assert!(samples.len() > 100, "only {} samples", samples.len());
    samples
}

fn rule_files(folder: &Path, samples: &mut Vec<Sample>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rule_files(&path, samples);
        } else if path.extension().is_some_and(|extension| extension == "heng") {
            samples.push(Sample { place: path.display().to_string(), text: fs::read_to_string(&path).unwrap() });
        }
    }
}

fn formatted(text: &str, to: Option<Lang>) -> String {
    format(text, &FormatOptions { to }).text
}

/// Compiles a sample; one without a pack gets one, in a file of its own.
fn compiled(text: &str) -> Compiled {
    let pack = "规则包 例子 {\n评价年度：2023\n缺报：停止\n无佐证：0分\n迟报：照计\n有争议：待核\n不适用：折算\n}\n";
    let alone = text.contains("规则包 ") || text.contains("pack ");
    let pack = if alone { "" } else { pack };
    compile(&[("sample.heng".to_owned(), text.to_owned()), ("pack.heng".to_owned(), pack.to_owned())])
}

/// Checks a law on every sample, and lists where it does not hold.
fn law(check: impl Fn(&str) -> Result<(), String>) {
    let failures: Vec<String> = samples()
        .iter()
        .filter_map(|sample| Some(format!("{}\n{}", sample.place, check(&sample.text).err()?)))
        .collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
}

/// The first line in which two texts differ.
fn same_text(left: &str, right: &str) -> Result<(), String> {
    if left == right {
        return Ok(());
    }
    let lines = left.lines().map(Some).chain([None]).zip(right.lines().map(Some).chain([None]));
    let (number, (left, right)) = lines.enumerate().find(|(_, (left, right))| left != right).unwrap();
    Err(format!("  line {}\n  {left:?}\n  {right:?}", number + 1))
}

#[test]
fn twice_is_once() {
    law(|text| {
        WAYS.iter().try_for_each(|to| {
            let once = formatted(text, *to);
            same_text(&once, &formatted(&once, *to)).map_err(|found| format!("  {to:?}\n{found}\n{once}"))
        })
    });
}

#[test]
fn there_and_back_is_the_same() {
    law(|text| {
        let chinese = formatted(text, Some(Lang::Zh));
        let english = formatted(&chinese, Some(Lang::En));
        same_text(&chinese, &formatted(&english, Some(Lang::Zh)))?;
        same_text(&english, &formatted(text, Some(Lang::En)))
    });
}

#[test]
fn the_program_stays() {
    law(|text| {
        let before = compiled(text);
        WAYS.iter().try_for_each(|to| {
            let after = compiled(&formatted(text, *to));
            let codes = |compiled: &Compiled| {
                let mut codes: Vec<&str> = compiled.diagnostics.iter().map(|found| found.code).collect();
                codes.sort_unstable();
                codes.into_iter().map(str::to_owned).collect::<Vec<_>>()
            };
            let (found, now) = (codes(&before), codes(&after));
            if found != now {
                return Err(format!("  {to:?}: {found:?} against {now:?}\n{}", formatted(text, *to)));
            }
            match (&before.program, &after.program) {
                (Some(before), Some(after)) => match difference(&placeless(before), &placeless(after)) {
                    Some(found) => Err(format!("  {to:?}: {found}")),
                    None => Ok(()),
                },
                _ => Ok(()),
            }
        })
    });
}

/// The comments of a text, sorted.
fn comments(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text.lines().filter_map(comment).collect();
    found.sort();
    found
}

fn comment(line: &str) -> Option<String> {
    let word: String = line.trim_start().chars().take_while(|c| c.is_alphanumeric()).collect();
    let wordy = ["指标", "规则包", "indicator", "bonus", "pack"].iter().any(|head| word.ends_with(head))
        || line.trim_start()[word.len()..].starts_with(['：', ':']);
    let mut quote: Option<char> = None;
    let mut blank = true;
    for (at, character) in line.char_indices() {
        let rest = &line[at..];
        match quote {
            Some(end) => quote = (character != end).then_some(end),
            None if (blank || !wordy) && (rest.starts_with(['#', '＃']) || rest.starts_with("//")) => {
                return Some(rest.trim_end().to_owned());
            }
            None => {
                quote = [('“', '”'), ('「', '」'), ('"', '"')]
                    .into_iter()
                    .find(|(open, _)| *open == character)
                    .map(|(_, end)| end)
            }
        }
        blank = character.is_whitespace();
    }
    None
}

#[test]
fn comments_stay() {
    law(|text| {
        WAYS.iter().try_for_each(|to| {
            let (before, after) = (comments(text), comments(&formatted(text, *to)));
            if before == after { Ok(()) } else { Err(format!("  {before:?}\n  {after:?}")) }
        })
    });
}

#[test]
fn the_packs_are_formatted() {
    let mut packs = Vec::new();
    rule_files(&workspace().join("rules"), &mut packs);
    assert!(packs.len() >= 2);
    for pack in packs {
        same_text(&pack.text, &formatted(&pack.text, None)).unwrap_or_else(|found| panic!("{}\n{found}", pack.place));
    }
}
