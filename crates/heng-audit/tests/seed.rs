//! The seed: a real report whose sums agree and whose words do not. Skipped where it is not at hand.

use std::path::PathBuf;

use heng_audit::{Vocabulary, audit, read};

fn seed() -> Option<Vec<u8>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seed");
    let folder = std::env::var_os("HENG_SEED").map_or(beside, PathBuf::from);
    std::fs::read(folder.join("self-evaluation-report-2023.txt")).ok()
}

#[test]
fn the_seed_is_found_out_and_nothing_else_is_said() {
    let Some(bytes) = seed() else {
        println!("the seed is not here: skipped");
        return;
    };
    let reading = read("seed.txt", &bytes).unwrap();
    let result = audit(&reading.document, &Vocabulary::standard());
    let mut codes: Vec<&str> = result.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    let said: Vec<_> = result.findings.iter().map(|finding| &finding.title.zh).collect();
    let wanted =
        ["audit/budget-claim", "audit/heading-number", "audit/limit-name", "audit/repeated", "audit/score-ledger"];
    assert_eq!(codes, wanted, "{said:#?}");
    assert!(said.iter().any(|title| title.contains("204.9%")), "{said:#?}");
}
