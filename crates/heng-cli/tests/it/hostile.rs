//! Packs that mean harm, run by the program as it ships: each ends by itself, with a message, in
//! little memory; the department's other indicators are scored.

use std::process::{Command, Stdio};

use wait4::Wait4;

use super::kit::heng;

/// The memory a whole run may take, in bytes.
const MOST: u64 = 256 << 20;

/// Scores the sample of a new pack whose check is `body`; the message of the check.
fn attack(body: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("坏");
    assert_eq!(heng(&["new".as_ref(), pack.as_os_str(), "--year".as_ref(), "2024".as_ref()]).code, 0);
    std::fs::write(pack.join("checks/合同.rhai"), body).unwrap();
    let out = folder.path().join("out.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_heng"))
        .args(["--lang", "zh", "--format", "json", "score"])
        .arg(pack.join("example"))
        .stdout(std::fs::File::create(&out).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let ended = child.wait4().unwrap();
    assert_eq!(ended.status.code(), Some(4), "{body}");
    assert!(ended.rusage.maxrss < MOST, "{} MB: {body}", ended.rusage.maxrss >> 20);
    let scorecard = std::fs::read_to_string(&out).unwrap();
    let card: serde_json::Value = serde_json::from_str(&scorecard).unwrap();
    let nodes = card["nodes"].as_array().unwrap();
    let spent = nodes.iter().find(|node| node["name"] == "预算执行").unwrap();
    assert_eq!(spent["score"]["exact"], "60", "the other indicator is scored: {spent}");
    let message =
        scorecard.split("checks/合同.rhai：合同有序：").nth(1).unwrap_or_else(|| panic!("{body}: {scorecard}"));
    message.split(" / ").next().unwrap().to_owned()
}

/// A function that fills every variable it may have with `value`, which may use `i`, and then waits.
fn hoard(before: &str, value: &str) -> String {
    let variables: String = (0..110).map(|i| format!("let v{i} = {};\n", value.replace('#', &i.to_string()))).collect();
    format!("fn 合同有序(合同) {{ {before}\n{variables} loop {{ }} }}")
}

#[test]
fn endless_work_ends() {
    for body in [
        "fn 合同有序(合同) { loop { } }",
        "fn 合同有序(合同) { 合同有序(合同) }",
        "fn 合同有序(合同) { for i in 0..9223372036854775807 { } }",
        "fn 合同有序(合同) { let s = \"甲\"; loop { s += s; } }",
        "fn 合同有序(合同) { let a = [1]; loop { a += a; } }",
        "fn 合同有序(合同) { let m = #{}; loop { m = #{ a: m, b: m }; } }",
        "fn 合同有序(合同) { let x = 9; loop { x *= x; } }",
    ] {
        assert!(!attack(body).is_empty());
    }
}

#[test]
fn hoarding_values_stays_within_bounds() {
    let numbers = "let a = []; for i in 0..9990 { a += [i * 1.5]; }";
    assert!(attack(&hoard(numbers, "a + [#]")).contains("步"));
    let nested = "let a = []; for i in 0..4500 { a += [[i]]; } for i in 0..450 { a += [#{ a: i }]; }";
    assert!(attack(&hoard(&nested.replace('#', "\u{1}"), "a + [#]").replace('\u{1}', "#")).contains("步"));
    let texts = "let a = []; for i in 0..6000 { a += [\"k\" + i]; }";
    assert!(attack(&hoard(texts, "a + [#]")).contains("步"));
    let maps = "let m = \u{1}{}; for i in 0..990 { m += 项(\"k\" + i, i); }";
    assert!(attack(&hoard(maps, "m + 项(\"x#\", #)").replace('\u{1}', "#")).contains("步"));
    let deep = "fn 乙(n, a) { let b = a + [n]; let c = a + [n]; let d = a + [n]; if n > 0 { 乙(n - 1, b) } else { loop { } } }\n\
                fn 合同有序(合同) { let a = []; for i in 0..9900 { a += [i * 1.5]; } 乙(25, a) }";
    assert!(attack(deep).contains("步") || attack(deep).contains("变量"));
}
