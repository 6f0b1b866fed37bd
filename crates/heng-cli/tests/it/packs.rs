//! Packs as folders that are made, found, checked and locked; scripts tried out.

use std::path::Path;

use super::kit::{Run, heng, root};

fn run_in(folder: &Path, args: &[&str], packs: &str) -> Run {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_heng"))
        .current_dir(folder)
        .args(args)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "zh_CN.UTF-8")
        .env("XDG_DATA_HOME", folder.join("user"))
        .env("HENG_PACKS", packs)
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_new_pack_passes_its_own_checks() {
    for (lang, name, grade) in [("zh", "某县", "优"), ("en", "my-county", "excellent")] {
        let folder = tempfile::tempdir().unwrap();
        let run = |args: &[&str]| run_in(folder.path(), &[&["--lang", lang], args].concat(), "");
        assert_eq!(run(&["new", name, "--year", "2024"]).code, 0);
        for args in [&["check", name][..], &["pack", "check", name], &["fmt", "--check", name]] {
            let done = run(args);
            assert_eq!((done.code, done.err.as_str()), (0, ""), "{args:?} {}", done.out);
            assert!(!done.out.contains("warning") && !done.out.contains("警告"), "{}", done.out);
        }
        let scored = run(&["score", &format!("{name}/example")]);
        assert_eq!(scored.code, 0, "{}", scored.err);
        assert!(scored.out.contains("100.00 / 100") && scored.out.contains(grade), "{}", scored.out);
        let again = run(&["new", name]);
        assert_eq!(again.code, 5);
        assert!(again.err.contains("file/exists"));
    }
}

#[test]
fn a_name_that_is_no_name_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a b", "-x", "..", "名{称"] {
        let run = run_in(folder.path(), &["new", "--", name], "");
        assert_eq!(run.code, 2, "{name}: {}", run.err);
        assert!(run.err.contains("pack/id"), "{}", run.err);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Makes `place/name` a pack of this id and version.
fn pack(folder: &Path, place: &str, id: &str, version: &str, full: &str) {
    let pack = folder.join(place).join(format!("{id}-{version}"));
    std::fs::create_dir_all(&pack).unwrap();
    let manifest = format!(
        "id = \"{id}\"\nversion = \"{version}\"\ntitle.zh = \"试\"\nlanguage = \"1\"\n[years]\n2023 = \"2023.heng\"\n"
    );
    std::fs::write(pack.join("pack.toml"), manifest).unwrap();
    let rules = format!("规则包 试 {{\n评价年度：2023\n满分：{full}分\n}}\n一级指标 甲 {full}分 {{ 得分 = 满分 }}\n");
    std::fs::write(pack.join("2023.heng"), rules).unwrap();
}

#[test]
fn packs_lie_side_by_side_and_are_found_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    pack(here, "user/heng/packs", "甲", "1.0.0", "10");
    pack(here, "user/heng/packs", "甲", "1.10.0", "30");
    pack(here, "more", "甲", "1.9.0", "20");
    std::fs::create_dir(here.join("案")).unwrap();
    std::fs::write(here.join("案/f.toml"), "").unwrap();
    let more = here.join("more").to_string_lossy().into_owned();
    let total = |rules: &str| {
        std::fs::write(here.join("案/heng.toml"), format!("rules = \"{rules}\"\nfacts = [\"f.toml\"]\n")).unwrap();
        run_in(here, &["score", "案"], &more)
    };
    for (rules, points) in [("甲", "30.00 / 30"), ("甲@1.9.0", "20.00 / 20"), ("甲@1.0.0", "10.00 / 10")] {
        let run = total(rules);
        assert!(run.out.contains(points), "{rules}: {}{}", run.out, run.err);
    }
    let run = total("甲@2.0.0");
    assert_eq!(run.code, 5);
    assert!(run.err.contains("pack/unknown") && run.err.contains("1.10.0, 1.9.0, 1.0.0"), "{}", run.err);
    let list = run_in(here, &["pack", "list"], &more).out;
    assert_eq!(list.lines().count(), 3, "{list}");
    assert!(list.lines().next().unwrap().contains("1.10.0"), "{list}");
}

#[test]
fn every_pack_here_is_in_order() {
    for entry in std::fs::read_dir(root().join("rules")).unwrap() {
        let path = entry.unwrap().path();
        if path.join("pack.toml").is_file() {
            let run = heng(&["pack".as_ref(), "check".as_ref(), path.as_os_str()]);
            assert_eq!(run.code, 0, "{}{}", run.out, run.err);
            assert!(!run.out.contains("pack/incomplete"), "{}", run.out);
        }
    }
}

#[test]
fn pack_check_names_what_is_missing_and_what_is_too_much() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path(), "p", "甲", "1.0.0", "10");
    let pack = folder.path().join("p/甲-1.0.0");
    std::fs::create_dir(pack.join("checks")).unwrap();
    std::fs::write(pack.join("checks/闲.rhai"), "fn 闲() { true }").unwrap();
    std::fs::write(
        pack.join("pack.toml"),
        "id = \"甲\"\nlanguage = \"9\"\nauthors = \"x\"\n[years]\n2023 = \"2023.heng\"\n",
    )
    .unwrap();
    let run = run_in(folder.path(), &["pack", "check", "p/甲-1.0.0"], "");
    assert_eq!(run.code, 1);
    for part in ["version", "title.zh", "pack/language", "authors", "闲.rhai"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    std::fs::write(pack.join("pack.toml"), "years = 3").unwrap();
    let run = run_in(folder.path(), &["pack", "check", "p/甲-1.0.0"], "");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("pack/manifest"), "{}", run.err);
}

#[test]
fn a_locked_case_notices_a_changed_rule() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| run_in(folder.path(), args, "");
    assert_eq!(run(&["new", "甲", "--year", "2024"]).code, 0);
    assert_eq!(run(&["pack", "lock", "甲/example"]).code, 0);
    assert_eq!(run(&["score", "甲/example"]).code, 0);
    let script = folder.path().join("甲/checks/合同.rhai");
    let text = std::fs::read_to_string(&script).unwrap();
    std::fs::write(&script, format!("{text}// 改了\n")).unwrap();
    let broken = run(&["score", "甲/example"]);
    assert_eq!(broken.code, 1);
    assert!(broken.err.contains("pack/lock") && broken.err.contains("checks/合同.rhai"), "{}", broken.err);
    assert_eq!(run(&["pack", "lock", "甲/example"]).code, 0);
    assert_eq!(run(&["score", "甲/example"]).code, 0);
    std::fs::write(folder.path().join("甲/example/heng.lock"), "files = 1").unwrap();
    assert!(run(&["score", "甲/example"]).err.contains("pack/lock"));
}

#[test]
fn a_script_is_tried_out_with_what_it_prints() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| run_in(folder.path(), args, "");
    run(&["new", "甲", "--year", "2024"]);
    let script = folder.path().join("甲/checks/合同.rhai");
    std::fs::write(&script, "fn 合同有序(合同) { 打印([长度(合同), \"份\"]); [\"第1行有问题\"] }").unwrap();
    let shown = run(&["script", "run", "甲/example"]);
    assert_eq!(shown.code, 0);
    insta::assert_snapshot!(shown.out, @r"
    合同有序（checks/合同.rhai：合同有序）
      给 合同 = 
          1. 名称 办公设备 · 金额 30万元 · 中标日期 2024年3月1日 · 签订日期 2024年3月20日
          2. 名称 物业服务 · 金额 60万元 · 中标日期 2024年4月1日 · 签订日期 缺报
      打印 [2, 份]
      答 否
        · 第1行有问题
    ");
    let none = run(&["script", "run", "甲/example", "没有"]);
    assert_eq!(none.code, 2);
    std::fs::write(&script, "fn 合同有序(合同) { loop { } }").unwrap();
    let endless = run(&["script", "run", "甲/example"]);
    assert_eq!(endless.code, 1);
    assert!(endless.out.contains("1000000 步"), "{}", endless.out);
}

#[test]
fn definitions_are_not_written_over_others() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| run_in(folder.path(), args, "");
    assert_eq!(run(&["script", "defs"]).code, 0);
    let text = std::fs::read_to_string(folder.path().join("heng.d.rhai")).unwrap();
    assert!(text.starts_with("module static;"));
    assert_eq!(run(&["script", "defs"]).code, 5);
    assert_eq!(run(&["script", "defs", "--force"]).code, 0);
}

#[test]
fn the_scripts_of_a_pack_are_documented() {
    let run = heng(&["script", "doc", "rules/guangdong-dept-overall"]);
    assert!(run.out.contains("采购台账一致(合同)") && run.out.contains("采购台账是否自相一致"), "{}", run.out);
    assert!(heng(&["script", "doc"]).out.contains("身份证号有效(文本)"));
}

/// A pack with two scripts (one is for the table, one lies apart), a template and a file that others may import.
fn declaring(folder: &Path, declared: &str) -> Run {
    pack(folder, "p", "甲", "1.0.0", "10");
    let place = folder.join("p/甲-1.0.0");
    let put = |name: &str, text: &str| {
        let path = place.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("checks/合同.rhai", "fn 有序(表) { true }\nprivate fn 内部(行) { true }\n");
    put("templates/报告.md", "# {{ 名称 }}\n");
    put("方法.heng", "方法 完成(率：比率)：比率 = 率\n\n方法 另一(率：比率)：比率 = 率\n");
    put(
        "2023.heng",
        "规则包 试 {\n    评价年度：2023\n    满分：100分\n    缺报：停止\n    无佐证：0分\n    迟报：照计\n    有争议：待核\n}\n\
         一级指标 甲 10分 {\n    得分 = 满分 × 折半（率），不超过 满分\n}\n\
         一级指标 乙 90分 {\n    须 有序（合同），否则 待核\n    得分 = 满分\n}\n\
         方法 折半（率：比率）：比率 = 率\n方法 有序（合同：表）：检查，脚本 checks/合同.rhai\n\
         数据 {\n    率：比率，必填\n    合同：表 {\n        名称：文本，键\n    }\n}\n",
    );
    let manifest = format!(
        "id = \"甲\"\nversion = \"1.0.0\"\ntitle.zh = \"试\"\nlanguage = \"1\"\nexports = [\"方法.heng\"]\n{declared}[years]\n2023 = \"2023.heng\"\n"
    );
    put("pack.toml", &manifest);
    run_in(folder, &["pack", "check", "p/甲-1.0.0"], "")
}

const DECLARED: &str =
    "scripts = [\"checks/合同.rhai\"]\nmethods = [\"完成\", \"另一\", \"有序\"]\ntemplates = [\"templates/报告.md\"]\n";

#[test]
fn a_declaration_that_says_what_is_there_is_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for declared in ["", DECLARED, &DECLARED.replace("checks/", "./checks/")] {
        let run = declaring(folder.path(), declared);
        assert_eq!(run.code, 0, "{declared}: {}{}", run.out, run.err);
        for code in ["pack/scripts", "pack/methods", "pack/templates"] {
            assert!(!run.out.contains(code), "{declared}: {}", run.out);
        }
    }
}

#[test]
fn a_declaration_that_says_something_else_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    for (from, to, code, said, exit) in [
        ("[\"checks/合同.rhai\"]", "[\"checks/合同.rhai\", \"checks/没有.rhai\"]", "pack/scripts", "没有这个脚本", 1),
        ("[\"checks/合同.rhai\"]", "[\"checks/合同.rhai\", \"../外.rhai\"]", "pack/scripts", "不在规则包里", 1),
        ("[\"checks/合同.rhai\"]", "[]", "pack/scripts", "脚本 checks/合同.rhai 没有写在 scripts 里", 1),
        ("[\"templates/报告.md\"]", "[]", "pack/templates", "模板 templates/报告.md 没有写在 templates 里", 1),
        ("templates/报告.md", "templates/别的.md", "pack/templates", "没有这个模板", 1),
        ("\"有序\"]", "\"有序\", \"内部\"]", "pack/methods", "写了 内部，没有定义这个方法", 1),
        ("\"有序\"]", "\"有序\", \"折半\"]", "pack/methods", "折半 别人引用不到", 1),
        (", \"另一\"", "", "pack/methods", "方法 另一 别人引用得到，没有写在 methods 里", 0),
    ] {
        assert!(DECLARED.contains(from), "{from}");
        let run = declaring(folder.path(), &DECLARED.replace(from, to));
        assert_eq!(run.code, exit, "{to}: {}{}", run.out, run.err);
        assert!(run.out.contains(code) && run.out.contains(said), "{to}: {}", run.out);
    }
}

#[test]
fn a_script_that_is_used_or_lies_deeper_must_be_declared_too() {
    let folder = tempfile::tempdir().unwrap();
    let deeper = folder.path().join("p/甲-1.0.0/checks/旧");
    std::fs::create_dir_all(&deeper).unwrap();
    std::fs::write(deeper.join("闲.rhai"), "fn 闲() { true }").unwrap();
    std::fs::write(deeper.join("说明.md"), "不是脚本").unwrap();
    let run = declaring(folder.path(), DECLARED);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("checks/旧/闲.rhai") && !run.out.contains("说明.md"), "{}", run.out);
}

#[test]
fn what_is_declared_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    declaring(folder.path(), &DECLARED.replace("[\"templates/报告.md\"]", "[]"));
    let text = run_in(folder.path(), &["pack", "info", "p/甲-1.0.0"], "").out;
    for line in ["  脚本      checks/合同.rhai\n", "  方法      完成、另一、有序\n", "  模板      无\n"]
    {
        assert!(text.contains(line), "{line}{text}");
    }
    let json = run_in(folder.path(), &["pack", "info", "p/甲-1.0.0", "--format", "json"], "").out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["scripts"], serde_json::json!(["checks/合同.rhai"]));
    assert_eq!(json["methods"], serde_json::json!(["完成", "另一", "有序"]));
    assert_eq!(json["templates"], serde_json::json!([]));
    declaring(folder.path(), "");
    let text = run_in(folder.path(), &["pack", "info", "p/甲-1.0.0"], "").out;
    assert!(!text.contains("  脚本      ") && !text.contains("  模板"), "{text}");
    let json = run_in(folder.path(), &["pack", "info", "p/甲-1.0.0", "--format", "json"], "").out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["scripts"].is_null(), "{json}");
}
