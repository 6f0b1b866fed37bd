//! The pages of the codes and the fixtures of tests/audit: what is found, and what is not.

#![expect(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};

use heng_audit::{Vocabulary, audit, read};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Fences: what stands after the three marks, and the text.
fn fences(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(info), false) => {
                open = true;
                found.push((info.to_owned(), String::new()));
            }
            (Some(_), true) => open = false,
            (None, true) => writeln!(found.last_mut().unwrap().1, "{line}").unwrap(),
            (None, false) => {}
        }
    }
    found
}

/// The cases of a file: from one heading to the next, headings within a fence being text.
fn cases(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        open ^= line.starts_with("```");
        match line.strip_prefix("## ").filter(|_| !open) {
            Some(name) => found.push(format!("{name}\n")),
            None => found.iter_mut().next_back().into_iter().for_each(|case| writeln!(case, "{line}").unwrap()),
        }
    }
    found
}

/// The codes found in a text; notes only where they are asked for.
fn codes(text: &str, notes: bool) -> Vec<&'static str> {
    let reading = read("report.md", text.as_bytes()).unwrap();
    let findings = audit(&reading.document, &Vocabulary::standard()).findings;
    let kept = findings.iter().filter(|finding| notes || finding.severity < heng_diag::Severity::Hint);
    kept.map(|finding| finding.code).collect()
}

#[test]
fn every_page_tells_the_truth() {
    let mut wrong = String::new();
    let mut pages = 0;
    for entry in fs::read_dir(root().join("docs/codes/audit")).unwrap() {
        let path = entry.unwrap().path();
        let code = format!("audit/{}", path.file_stem().unwrap().to_string_lossy());
        for (info, text) in fences(&fs::read_to_string(&path).unwrap()) {
            pages += 1;
            let found = codes(&text, true);
            let right = match info.as_str() {
                "text bad" => found.iter().filter(|found| **found == code).count() == 1,
                "text good" => !found.contains(&code.as_str()),
                _ => panic!("{code}: unknown fence {info}"),
            };
            if !right {
                writeln!(wrong, "{code} {info}: {found:?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(pages >= 60, "{pages} examples");
}

#[test]
fn every_fixture_comes_out_as_it_says() {
    let (mut wrong, mut right, mut faulty) = (String::new(), 0, 0);
    let folder = root().join("tests/audit");
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for case in cases(&text) {
            let name = case.lines().next().unwrap().to_owned();
            let fences = fences(&case);
            assert!(fences.len() == 2 && fences[1].0 == "findings", "{name}: a text and its findings");
            let mut wanted: Vec<&str> = fences[1].1.split_whitespace().collect();
            let mut found = codes(&fences[0].1, false);
            wanted.sort_unstable();
            found.sort_unstable();
            if wanted.is_empty() {
                right += 1
            } else {
                faulty += 1
            }
            if wanted != found {
                writeln!(wrong, "{}: {name}: {found:?}, not {wanted:?}", path.display()).unwrap();
            }
            assert!(names.insert(format!("{}: {name}", path.display())), "{name} is there twice");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(right >= 30 && faulty >= 30, "{right} right and {faulty} wrong ones");
}
