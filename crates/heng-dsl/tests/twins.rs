//! A keyword means the same in both spellings: two files that say the same line by line give the
//! same program, down to the lines it was written on.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say what they expect by failing")]

#[path = "support/programs.rs"]
mod programs;

use heng_dsl::{KEYWORDS, compile};
use programs::{difference, lines_only};
use serde_json::Value;

const ZH: &str = concat!(include_str!("twins/zh.heng"), include_str!("twins/amend-zh.heng"));
const EN: &str = concat!(include_str!("twins/en.heng"), include_str!("twins/amend-en.heng"));

fn program(text: &str) -> Value {
    let compiled = compile(&[("twin.heng".to_owned(), text.to_owned())]);
    let found: Vec<_> = compiled
        .diagnostics
        .iter()
        .filter(|finding| finding.code != "peer/run")
        .map(|finding| {
            (finding.code, &finding.title.en, compiled.sources.line_column(finding.primary.clone().unwrap().span))
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    lines_only(&compiled.program.unwrap())
}

#[test]
fn both_languages_give_one_program() {
    assert_eq!(difference(&program(ZH), &program(EN)), None);
}

/// Each line by itself may be in the other language.
#[test]
fn the_languages_mix_line_by_line() {
    let (zh, en): (Vec<&str>, Vec<&str>) = (ZH.lines().collect(), EN.lines().collect());
    assert_eq!(zh.len(), en.len());
    let whole = program(ZH);
    for odd in [0, 1] {
        let mixed: Vec<&str> = (0..zh.len()).map(|line| if line % 2 == odd { zh[line] } else { en[line] }).collect();
        assert_eq!(difference(&whole, &program(&mixed.join("\n"))), None);
    }
}

#[test]
fn every_keyword_stands_in_both_files() {
    let zh = ZH.replace(['（', '）'], "|");
    // 引用 names another file, and 变体 would be a second table: both have fixtures of their own.
    for keyword in KEYWORDS.iter().filter(|keyword| !["kw_use", "kw_variant"].contains(&keyword.rule)) {
        let word = keyword.zh.replace(['(', ')'], "|");
        assert!(zh.contains(&word), "{} is not in zh.heng", keyword.zh);
        assert!(EN.contains(keyword.en), "{} is not in en.heng", keyword.en);
    }
}
