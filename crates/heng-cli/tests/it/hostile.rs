//! Packs that mean harm, run by the program as it ships: each ends by itself, with a message, in
//! little memory; the department's other indicators are scored.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use wait4::Wait4;

use super::kit::heng;

/// How the messages begin of a call that took too much: steps or time (超过 …), memory (占用内存超过 …).
const OVER: &str = "超过";

/// The memory a whole run may take, in bytes.
const MOST: u64 = 256 << 20;

/// Scores the sample of a new pack whose check is `body`; the message of the check.
fn attack(body: &str) -> String {
    let (code, scorecard) = scored(body);
    let begins: String = body.chars().take(300).collect();
    assert_eq!(code, Some(4), "{begins}");
    let card: serde_json::Value = serde_json::from_str(&scorecard).unwrap();
    let nodes = card["nodes"].as_array().unwrap();
    let spent = nodes.iter().find(|node| node["name"] == "预算执行").unwrap();
    assert_eq!(spent["score"]["exact"], "60", "the other indicator is scored: {spent}");
    let message = scorecard.split("checks/合同.rhai：合同有序：").nth(1).unwrap_or_else(|| panic!("{begins}"));
    message.split(" / ").next().unwrap().to_owned()
}

/// Scores the sample of a new pack whose check is `body`, within the bounds of time and memory: how it ended, and
/// the scorecard.
fn scored(body: &str) -> (Option<i32>, String) {
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
    let begun = std::time::Instant::now();
    let ended = child.wait4().unwrap();
    let begins: String = body.chars().take(300).collect();
    // Four seconds for the script, one for the program around it; a machine that is busy is not held to it.
    let spent = ended.rusage.utime + ended.rusage.stime;
    assert!(spent < std::time::Duration::from_secs(5), "{spent:?} of {:?}: {begins}", begun.elapsed());
    assert!(ended.rusage.maxrss < MOST, "{} MB: {begins}", ended.rusage.maxrss >> 20);
    noted(&ended.rusage, &begins);
    (ended.status.code(), std::fs::read_to_string(&out).unwrap())
}

/// Writes down what a run took, where somebody wants to know.
fn noted(usage: &wait4::ResourceUsage, what: &str) {
    if let Some(log) = std::env::var_os("HENG_PEAKS") {
        let mut log = std::fs::OpenOptions::new().create(true).append(true).open(log).unwrap();
        let line: String = what.chars().filter(|sign| *sign != '\n').take(90).collect();
        writeln!(log, "{} MB\t{} ms\t{line}", usage.maxrss >> 20, (usage.utime + usage.stime).as_millis()).unwrap();
    }
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
    assert!(attack(&hoard(numbers, "a + [#]")).contains(OVER));
    let nested = "let a = []; for i in 0..4500 { a += [[i]]; } for i in 0..450 { a += [#{ a: i }]; }";
    assert!(attack(&hoard(&nested.replace('#', "\u{1}"), "a + [#]").replace('\u{1}', "#")).contains(OVER));
    let texts = "let a = []; for i in 0..6000 { a += [\"k\" + i]; }";
    assert!(attack(&hoard(texts, "a + [#]")).contains(OVER));
    let maps = "let m = \u{1}{}; for i in 0..990 { m += 项(\"k\" + i, i); }";
    assert!(attack(&hoard(maps, "m + 项(\"x#\", #)").replace('\u{1}', "#")).contains(OVER));
    let deep = "fn 乙(n, a) { let b = a + [n]; let c = a + [n]; let d = a + [n]; if n > 0 { 乙(n - 1, b) } else { loop { } } }\n\
                fn 合同有序(合同) { let a = []; for i in 0..9900 { a += [i * 1.5]; } 乙(25, a) }";
    assert!(attack(deep).contains(OVER));
}

/// Whether one of the limits ended a call; which of them comes first depends on the machine.
fn ended(said: &str) -> bool {
    ["内存超过 64 MB", "超过 4 秒", "超过 1000000 步"].iter().any(|limit| said.contains(limit))
}

/// The largest value of each kind, held as often as calls can hold it.
#[test]
fn values_that_no_variable_holds_are_bounded_too() {
    let numbers = "let a = []; for i in 0..9900 { a += [i * 1.5]; }";
    let texts = "let a = []; for i in 0..6000 { a += [\"k\" + i]; }";
    let maps = "let a = []; for i in 0..990 { a += [#{ a: [i * 1.5, [], [], [], [], [], []] }]; }";
    let nested = "let a = []; for i in 0..4900 { a += [[i * 1.5]]; }";
    // Names of a map are texts that the engine does not count.
    let names = "let k = \"甲\"; for i in 0..6 { k += k; } let a = #{}; let n = [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5]; \
                 for i in 0..990 { a += 项(k + i, n); }";
    for fill in [numbers, texts, maps, nested, names] {
        let many = |word: &str| vec![word; 14].join(", ");
        let parameters: Vec<String> = (0..14).map(|i| format!("p{i}")).collect();
        let handed_on = format!(
            "fn 乙(n, {}) {{ if n > 0 {{ 乙(n - 1, {}) }} else {{ loop {{ }} }} }}\nfn 合同有序(合同) {{ {fill} 乙(29, {}) }}",
            parameters.join(", "),
            many("p0"),
            many("a")
        );
        let said = attack(&handed_on);
        assert!(ended(&said), "{said}");
        let waiting = format!(
            "fn 丙({}) {{ true }}\nfn 乙(n, a) {{ if n > 0 {{ 丙({}, 丙({}, 乙(n - 1, a))) }} else {{ loop {{ }} }} }}\n\
             fn 合同有序(合同) {{ {fill} 乙(29, a) }}",
            [&["q".to_owned()], parameters.as_slice()].concat().join(", "),
            many("a"),
            many("a")
        );
        let said = attack(&waiting);
        assert!(ended(&said), "{said}");
    }
}

/// A map of a thousand entries would be 64 MB by its names alone.
#[test]
fn names_in_maps_stay_short() {
    let long = "let k = \"a\"; for i in 0..15 { k += k; } let m = #{}; for i in 0..990 { m += 项(k + i, i); }";
    let said = attack(&hoard(long, "m + 项(\"x#\", #)"));
    assert!(said.contains("超过 256 字节"), "{said}");
}

/// One call of ours on the largest values: what it makes on the way is small too.
#[test]
fn single_calls_on_large_values_stay_within_bounds() {
    let numbers = "let a = []; for i in 0..9990 { a += [i * 1.0000000000000000000000001]; }";
    let deep = "let a = []; for i in 0..2000 { a = [a]; }";
    let names =
        "let k = \"甲\"; for i in 0..6 { k += k; } let a = #{}; for i in 0..990 { a += 项(k + i, i * 1.5); } a = [a];";
    for fill in [numbers, deep, names] {
        for step in ["去重([a, a])", "打印(a)", "a == a"] {
            let said = attack(&format!("fn 合同有序(合同) {{ {fill} loop {{ {step}; }} }}"));
            assert!(said.contains(OVER), "{step}: {said}");
        }
    }
    for step in ["列(合同, \"名称\")", "排序(合同, \"名称\")", "重复行(合同, [\"名称\"])", "大写(99999999999999.99)"]
    {
        let said = attack(&format!("fn 合同有序(合同) {{ let a = []; loop {{ a = [{step}, {step}]; }} }}"));
        assert!(said.contains(OVER), "{step}: {said}");
    }
}

/// Files as large as they may be, made to be slow or large to compile.
#[test]
fn large_files_compile_within_bounds() {
    let room = 65_000;
    let repeated = |piece: &str| piece.repeat(room / piece.len());
    let many =
        |piece: &str, size: usize| -> String { (0..room / size).map(|i| piece.replace('#', &i.to_string())).collect() };
    for body in [
        format!("[{}1]", repeated("1,")),
        format!("#{{{}}}", many("a@:1,", 8).replace('@', "1")),
        format!("switch 1 {{ {} }}", many("#=>#,", 12)),
        format!("`{}`", repeated("${1}")),
        // The engine would try out every combination of kinds of the arguments.
        format!("长度({}1)", repeated("1.5,")),
        format!("长度({}1)", "1.5,".repeat(15)),
        // Names are looked for one by one.
        format!("{} {}", many("let a#=1;", 26), repeated("a0;").get(..30_000).unwrap()),
        format!("true }} fn 乙({}z) {{ true", many("a#,", 7)),
        format!("if 1 == 2 {{ }} {}", repeated("else if 1 == 2 { } ")),
        format!("{}true", repeated("!")),
        format!("{}1{}", "长度(".repeat(5_000), ")".repeat(5_000)),
    ] {
        // Some are refused as they are compiled (1), the others end as they run.
        let (code, _) = scored(&format!("fn 合同有序(合同) {{ {body} }}"));
        assert!(matches!(code, Some(0 | 1 | 4)), "{code:?}");
    }
}

/// Time is what ends a call whose steps are slow in themselves. What the clock on the wall says beside is held
/// loosely: a busy machine is no fault of the program.
#[test]
fn a_slow_call_is_ended_by_its_time() {
    let begun = std::time::Instant::now();
    let said = attack("fn 合同有序(合同) { let a = []; for i in 0..9000 { a += [i]; } loop { 去重(a); } }");
    assert!(said.contains("超过 4 秒"), "{said}");
    assert!((4..60).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}

/// Departments scored side by side, by as many threads as one likes: together the calls are held to what one may take.
#[test]
fn many_at_once_stay_within_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("坏");
    assert_eq!(heng(&["new".as_ref(), pack.as_os_str(), "--year".as_ref(), "2024".as_ref()]).code, 0);
    let parameters: Vec<String> = (0..14).map(|i| format!("p{i}")).collect();
    let body = format!(
        "fn 乙(n, {}) {{ if n > 0 {{ 乙(n - 1, {}) }} else {{ loop {{ }} }} }}\n\
         fn 合同有序(合同) {{ let a = []; for i in 0..9900 {{ a += [i * 1.5]; }} 乙(29, {}) }}",
        parameters.join(", "),
        vec!["p0"; 14].join(", "),
        vec!["a"; 14].join(", ")
    );
    std::fs::write(pack.join("checks/合同.rhai"), body).unwrap();
    for threads in [2, 8, 40] {
        let case = |i: usize| format!("用例 甲{i} {{\n数据：../example/facts.toml\n期望 {{\n预算执行：60分\n}}\n}}\n");
        let cases: String = (0..threads).map(case).collect();
        std::fs::write(pack.join("tests/多.cases"), cases).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_heng"))
            .args(["--lang", "zh", "test", "--filter", "甲", "--threads", &threads.to_string()])
            .arg(pack.join("tests/多.cases"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let ended = child.wait4().unwrap();
        assert_eq!(ended.status.code(), Some(0), "{threads} threads");
        assert!(ended.rusage.maxrss < MOST, "{threads} threads: {} MB", ended.rusage.maxrss >> 20);
        noted(&ended.rusage, &format!("{threads} threads"));
    }
}

#[test]
fn doubling_in_every_way_ends() {
    for body in [
        "fn 合同有序(合同) { let s = \"甲\"; loop { s = `${s}${s}`; } }",
        "fn 合同有序(合同) { let a = [1]; loop { a = [a, a]; } }",
        "fn 合同有序(合同) { let a = [\"甲\"]; loop { a = a + a; } }",
        "fn 合同有序(合同) { let m = #{}; let i = 0; loop { m += 项(\"k\" + i, m); i += 1; } }",
        "fn 合同有序(合同) { let m = #{ a: \"x\" }; loop { m += #{ a: m.a + m.a }; } }",
        "fn 合同有序(合同) { let a = []; loop { a = [a]; } }",
    ] {
        assert!(attack(body).contains(OVER), "{body}");
    }
}

#[test]
fn numbers_are_never_poisoned() {
    let power = "fn 合同有序(合同) { let x = 0.1; loop { x *= 0.1; } }";
    assert!(attack(power).contains("28 位数字"));
    assert!(
        !attack("fn 合同有序(合同) { 1 / 0.0000000000000000000000000001 / 0.0000000000000000000000000001 > 0 }")
            .is_empty()
    );
    assert!(attack("fn 合同有序(合同) { 商(1, 3, 4000000000) > 0 }").len() > 3);
    assert!(attack("fn 合同有序(合同) { 日期(999999, 1, 1) > 日期(1, 1, 1) }").len() > 3);
}

#[test]
fn printing_without_end_is_bounded() {
    let flood = "fn 合同有序(合同) { let s = \"甲\"; for i in 0..14 { s += s; } loop { 打印(s); } }";
    assert!(attack(flood).contains(OVER));
}

/// Searching a long text for a long part, and comparing long arrays: slow in themselves.
#[test]
fn searching_without_end_ends() {
    let texts = "let s = \"a\"; for i in 0..15 { s += s; } let t = s + \"b\";";
    assert!(attack(&format!("fn 合同有序(合同) {{ {texts} loop {{ 含(s, t); }} }}")).contains(OVER));
    let arrays = "let a = []; for i in 0..9000 { a += [i]; }";
    assert!(attack(&format!("fn 合同有序(合同) {{ {arrays} loop {{ 去重(a); }} }}")).contains(OVER));
    assert!(attack(&format!("fn 合同有序(合同) {{ {arrays} loop {{ 9001 in a; }} }}")).contains(OVER));
}

/// What a pack may not say is refused before anything is scored.
#[test]
fn words_that_reach_outside_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("坏");
    assert_eq!(heng(&["new".as_ref(), pack.as_os_str(), "--year".as_ref(), "2024".as_ref()]).code, 0);
    let deep = format!("fn 合同有序(合同) {{ {}1{} == 1 }}", "(".repeat(10_000), ")".repeat(10_000));
    for body in [
        "fn 合同有序(合同) { eval(\"1\") }",
        "import \"合同\" as m; fn 合同有序(合同) { true }",
        "fn 合同有序(合同) { print(1); true }",
        "fn 合同有序(合同) { debug(1); true }",
        "fn 合同有序(合同) { 1 << 4000000000 == 0 }",
        "fn 合同有序(合同) { 1 >> 4000000000 == 0 }",
        "fn 合同有序(合同) { 0.1 ** 999999999 == 0 }",
        "fn 合同有序(合同) { let f = || 1; true }",
        "fn 合同有序(合同) { let m = #{}; m.a = m; true }",
        "fn 合同有序(合同) { let m = #{}; m[\"a\"] = 1; true }",
        "fn 合同有序(合同) { let a = [1]; a[0] += a; true }",
        "fn 合同有序(合同) { try { loop { } } catch { true } }",
        deep.as_str(),
    ] {
        std::fs::write(pack.join("checks/合同.rhai"), body).unwrap();
        let refused = heng(&["score".as_ref(), pack.join("example").as_os_str()]);
        assert_eq!(refused.code, 1, "{body}: {}", refused.out);
        assert!(refused.err.contains("script/syntax"), "{body}: {}", refused.err);
    }
    for body in [
        "fn 合同有序(合同) { 5.sleep(); true }",
        "fn 合同有序(合同) { sleep(5); true }",
        "fn 合同有序(合同) { 合同.open(\"/etc/passwd\"); true }",
        "fn 合同有序(合同) { timestamp(); true }",
        "fn 合同有序(合同) { rand(); true }",
        "fn 合同有序(合同) { \"a\".repeat(99999999); true }",
        "fn 合同有序(合同) { \"a\".pad(99999999, \"b\"); true }",
        "fn 合同有序(合同) { let a = []; a.pad(99999999, 1); true }",
        "fn 合同有序(合同) { let a = []; a.push(a); true }",
    ] {
        assert!(!attack(body).is_empty(), "{body}");
    }
}
