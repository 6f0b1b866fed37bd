//! One mistake is one finding, measured: every sign of a sound file is left out once, and the
//! findings are counted.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests say what they expect by failing, and show what they count"
)]

use std::collections::BTreeMap;

use heng_dsl::compile;

const SOUND: &str = include_str!("twins/zh.heng");

/// How many errors the file has without the character at a byte, and on which line the first stands.
fn errors(at: usize, sign: char) -> (usize, u32) {
    let (before, after) = SOUND.split_at(at);
    let text = format!("{before}{}", after.strip_prefix(sign).unwrap());
    let compiled = compile(&[("test.heng".to_owned(), text)]);
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|found| found.is_error()).collect();
    let lines = errors
        .iter()
        .filter_map(|found| found.primary.as_ref())
        .map(|label| compiled.sources.line_column(label.span).line);
    (errors.len(), lines.min().unwrap_or(0))
}

/// Leaves out each of the signs, and says how often there were how many errors.
fn leave_out(signs: &[char]) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for (at, sign) in SOUND.char_indices().filter(|(_, sign)| signs.contains(sign)) {
        let line = SOUND.get(..at).unwrap().matches('\n').count() + 1;
        if line > 1 {
            let (count, first) = errors(at, sign);
            if count > 1 {
                println!("{sign} of line {line}: {count} findings, the first on line {first}");
            }
            *counts.entry(count).or_default() += 1;
        }
    }
    println!("{counts:?}");
    counts
}

fn share_of_one(counts: &BTreeMap<usize, usize>) -> usize {
    let found: usize = counts.iter().filter(|(count, _)| **count > 0).map(|(_, times)| times).sum();
    counts.get(&1).copied().unwrap_or(0) * 100 / found
}

#[test]
fn a_brace_left_out_is_one_finding() {
    let counts = leave_out(&['{', '}']);
    assert_eq!(counts.get(&0), None, "a brace is missing and nobody says so");
    assert!(share_of_one(&counts) >= 95, "{counts:?}");
    assert!(*counts.keys().max().unwrap() <= 3, "{counts:?}");
}

#[test]
fn a_colon_left_out_is_one_finding() {
    let counts = leave_out(&['：']);
    assert_eq!(counts.get(&0), None, "a colon is missing and nobody says so");
    assert!(share_of_one(&counts) >= 90, "{counts:?}");
    assert!(*counts.keys().max().unwrap() <= 4, "{counts:?}");
}

#[test]
fn a_bracket_or_comma_left_out_is_one_finding() {
    let counts = leave_out(&['（', '）', '[', ']', '，']);
    assert!(share_of_one(&counts) >= 90, "{counts:?}");
    assert!(*counts.keys().max().unwrap() <= 4, "{counts:?}");
}

#[test]
fn an_operator_left_out_is_one_finding() {
    let counts = leave_out(&['=', '×', '÷', '>', '<', '+', '−', '、']);
    assert!(share_of_one(&counts) >= 90, "{counts:?}");
    assert!(*counts.keys().max().unwrap() <= 4, "{counts:?}");
}
