//! Packs of several files: every command that takes rules sees one pack, and says file and line as they were written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::kit::{Run, heng, heng_in};

/// Two years of a pack with a file that both use, and a pack that exports a method.
struct Packs(tempfile::TempDir);

const SHARED: &str = "# 各年都用\n参数 {\n    合同签订时限 = 30天，依据《政府采购法》第四十六条\n    没有用到 = 3\n}\n\n数据 {\n    用时：天数，必填\n    支出率：比率，必填\n}\n";
const RULES: &str = "引用 “共用/共用.heng”\n引用 完成得分 自 “methods@1.2.0”\n\n规则包 例子 {\n    评价年度：2023\n    缺报：停止\n    无佐证：0分\n    迟报：照计\n    有争议：待核\n}\n\n\
一级指标 按时签订 40分 {\n    分档 用时 {\n        ≤ 合同签订时限：满分\n        其他：0分\n    }\n}\n\n一级指标 支出 60分 {\n    得分 = 满分 × 完成得分（支出率）\n}\n";
const NEXT: &str =
    "修订 例子二〇二四 {\n    基于：2023.heng\n    评价年度：2024\n    改 合同签订时限：30天 → 25天，理由“通知”\n}\n";
const METHODS: &str = "参数 {\n    上限 = 100%\n    别的 = 5\n}\n\n方法 完成得分（率：比率）：比率 = 率，不超过 上限\n\n方法 未用（率：比率）：比率 = 率\n";

impl Packs {
    fn new() -> Packs {
        let packs = Packs(tempfile::tempdir().unwrap());
        packs.put("rules/a/pack.toml", "id = \"a\"\nversion = \"1.0.0\"\ntitle.zh = \"甲\"\nlanguage = \"1\"\n[years]\n2023 = \"2023.heng\"\n2024 = \"2024.heng\"\n");
        packs.put("rules/a/2023.heng", RULES);
        packs.put("rules/a/2024.heng", NEXT);
        packs.put("rules/a/共用/共用.heng", SHARED);
        packs.put(
            "rules/m/pack.toml",
            "id = \"methods\"\nversion = \"1.2.0\"\ntitle.zh = \"方法\"\nlanguage = \"1\"\nexports = [\"方法.heng\"]\n",
        );
        packs.put("rules/m/方法.heng", METHODS);
        packs.put("case/heng.toml", "rules = \"../rules/a\"\nyear = 2023\nfacts = [\"f.toml\"]\n");
        packs.put("case/f.toml", "\"用时\" = \"28天\"\n\"支出率\" = \"90%\"\n");
        packs.put("rules/a/tests/a.cases", "规则：../2023.heng\n\n用例 及时 {\n    用时：28天\n    支出率：90%\n    期望 {\n        总分：94分\n    }\n}\n");
        packs
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::create_dir_all(self.at(name).parent().unwrap()).unwrap();
        fs::write(self.at(name), text).unwrap();
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.at(name)).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        self.put(name, &text.replacen(from, to, 1));
    }

    fn heng(&self, args: &[&str]) -> Run {
        let args: Vec<String> = args
            .iter()
            .map(|arg| {
                arg.strip_prefix('@').map_or((*arg).to_owned(), |file| self.at(file).to_string_lossy().into_owned())
            })
            .collect();
        heng(&args)
    }

    /// Runs a command that must end well.
    fn well(&self, args: &[&str]) -> String {
        let run = self.heng(args);
        assert_eq!(run.code, 0, "{args:?}\n{}\n{}", run.out, run.err);
        run.out
    }

    /// Checks the rules, and gives what is said where they are wrong.
    fn wrong(&self) -> String {
        let run = self.heng(&["check", "@rules/a/2023.heng", "--format", "short"]);
        assert_eq!(run.code, 1, "{}\n{}", run.out, run.err);
        run.out + &run.err
    }
}

#[test]
fn a_pack_of_several_files_is_checked_and_scored() {
    let packs = Packs::new();
    for args in [
        &["check", "@rules/a"][..],
        &["pack", "check", "@rules/a"],
        &["pack", "check", "@rules/m"],
        &["fmt", "--check", "@rules"],
        &["test", "@rules/a"],
        &["dump", "rules", "@rules/a"],
        &["dump", "tree", "@rules/a/2023.heng"],
        &["doc", "@rules/a"],
        &["pack", "info", "@rules/a"],
    ] {
        let out = packs.well(args);
        assert!(!out.contains("警告"), "{args:?} {out}");
    }
    assert!(packs.well(&["score", "@case"]).contains("94.00"));
    let json: serde_json::Value = serde_json::from_str(&packs.well(&["score", "@case", "--format", "json"])).unwrap();
    assert!(json.to_string().contains("2023.heng"), "the deciding row has its file");
    let told = packs.well(&["explain", "@case"]);
    assert!(told.contains("2023.heng"), "{told}");
    let mutants = packs.heng(&["mutate", "@rules/a"]);
    assert!(
        mutants.out.contains("共用.heng:3"),
        "the parameter is changed where it is written: {} {}",
        mutants.out,
        mutants.err
    );
}

#[test]
fn an_amendment_reaches_what_was_imported() {
    let packs = Packs::new();
    packs.edit("case/heng.toml", "2023", "2024");
    assert!(packs.well(&["score", "@case"]).contains("54.00"), "28 days are more than 25");
    let diff = packs.well(&["diff", "@rules/a/2023.heng", "@rules/a/2024.heng"]);
    assert!(diff.contains("合同签订时限") && diff.contains("25天"), "{diff}");
    let amendment = packs.well(&["diff", "@rules/a/2023.heng", "@rules/a/2024.heng", "--as-amendment"]);
    assert!(amendment.contains("改") && amendment.contains("30天 → 25天"), "{amendment}");
    packs.edit("rules/a/2024.heng", "30天 →", "31天 →");
    let stale = packs.heng(&["check", "@rules/a", "--format", "short"]);
    assert!(stale.code == 1 && (stale.out + &stale.err).contains("amend/stale"));
}

#[test]
fn expand_writes_one_whole_file_that_is_the_same_program() {
    let packs = Packs::new();
    let whole = packs.well(&["expand", "@rules/a/2024.heng"]);
    assert!(
        !whole.contains("引用") && whole.contains("25天") && !whole.contains("别的") && !whole.contains("未用"),
        "{whole}"
    );
    packs.put("rules/whole.heng", &whole);
    packs.well(&["check", "@rules/whole.heng"]);
    packs.well(&["fmt", "--check", "@rules/whole.heng"]);
    assert!(packs.well(&["diff", "@rules/a/2024.heng", "@rules/whole.heng"]).contains("没有"));
    packs.put("case/heng.toml", "rules = \"../rules/whole.heng\"\nfacts = [\"f.toml\"]\n");
    assert!(packs.well(&["score", "@case"]).contains("54.00"));
}

#[test]
fn many_departments_and_the_effect_of_a_change() {
    let packs = Packs::new();
    packs.put("d.csv", "单位,用时,支出率\n甲局,28天,90%\n乙局,20天,100%\n");
    let run = packs.heng(&["batch", "@rules/a/2023.heng", "@d.csv", "--out", "@out.csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let out = fs::read_to_string(packs.at("out.csv")).unwrap();
    assert!(out.contains("甲局") && out.contains("94"), "{out}");
    let run = packs.heng(&["impact", "@rules/a/2023.heng", "@rules/a/2024.heng", "@d.csv"]);
    assert!(run.code == 0 && run.out.contains("40"), "{} {}", run.out, run.err);
    packs.well(&["template", "@rules/a", "--out", "@t.xlsx"]);
    assert!(packs.at("t.xlsx").is_file());
    packs.well(&["report", "@case", "--out", "@report"]);
}

#[test]
fn locks_and_receipts_hold_every_file() {
    let packs = Packs::new();
    packs.well(&["pack", "lock", "@case"]);
    let lock = fs::read_to_string(packs.at("case/heng.lock")).unwrap();
    for file in ["2023.heng", "共用.heng", "methods@1.2.0/方法.heng"] {
        assert!(lock.contains(file), "{file} is not in {lock}");
    }
    let card = packs.well(&["score", "@case", "--format", "json"]);
    packs.put("card.json", &card);
    packs.well(&["verify", "--receipt", "@card.json", "--case", "@case"]);
    packs.edit("rules/m/方法.heng", "100%", "99%");
    let broken = packs.heng(&["score", "@case"]);
    assert!(broken.code == 1 && broken.err.contains("pack/lock") && broken.err.contains("方法.heng"), "{}", broken.err);
    fs::remove_file(packs.at("case/heng.lock")).unwrap();
    assert_ne!(packs.heng(&["verify", "--receipt", "@card.json", "--case", "@case"]).code, 0);
}

#[test]
fn what_is_wrong_is_shown_in_the_right_file() {
    let packs = Packs::new();
    packs.edit("rules/a/共用/共用.heng", "支出率：比率", "支出率：金额");
    let said = packs.wrong();
    assert!(said.contains("2023.heng:20:20"), "{said}");
    packs.put("rules/a/共用/共用.heng", &SHARED.replace("没有用到 = 3", "没有用到 = 三天"));
    let said = packs.wrong();
    assert!(said.contains("共用.heng:4") && said.contains("name/unknown"), "{said}");
    packs.put("rules/a/共用/共用.heng", &SHARED.replace("用时：天数", "用时 天数"));
    let said = packs.wrong();
    assert!(said.contains("共用.heng:8") && said.contains("syntax/"), "{said}");
}

#[test]
fn what_cannot_be_imported_says_why() {
    for (from, to, code) in [
        ("共用/共用.heng", "共用.heng", "use/not-found"),
        ("共用/共用.heng", "../m/方法.heng", "use/outside"),
        ("methods@1.2.0", "methods@1.3.0", "use/version"),
        ("methods@1.2.0", "methods@x", "use/version"),
        ("methods@1.2.0", "metods", "use/pack"),
        ("methods@1.2.0", "a", "use/exports"),
        ("完成得分 自", "完成分 自", "use/name"),
    ] {
        let packs = Packs::new();
        packs.edit("rules/a/2023.heng", from, to);
        let said = packs.wrong();
        assert!(said.contains(code) && said.contains("2023.heng:"), "{to}: {said}");
        let english = packs.heng(&["check", "@rules/a/2023.heng", "--lang", "en"]);
        assert!(english.out.contains(code) || english.err.contains(code), "{to}: {} {}", english.out, english.err);
    }
}

#[test]
fn fixes_reach_the_imported_file_of_the_pack_and_no_other_pack() {
    let packs = Packs::new();
    packs.put("rules/a/共用/共用.heng", &SHARED.replace("用时：天数", "用时：天\u{200B}数"));
    packs.edit("rules/m/方法.heng", "率，不超过", "率，\u{200B}不超过");
    packs.heng(&["check", "@rules/a/2023.heng", "--fix"]);
    assert_eq!(fs::read_to_string(packs.at("rules/a/共用/共用.heng")).unwrap(), SHARED);
    assert!(fs::read_to_string(packs.at("rules/m/方法.heng")).unwrap().contains('\u{200B}'));
}

#[test]
fn the_folder_of_the_rules_is_the_same_however_it_is_written() {
    let packs = Packs::new();
    let told = |folder: &str, args: &[&str]| {
        let run = heng_in(&packs.at(folder), Some(&packs.at("rules")), args);
        (run.code, run.out + &run.err)
    };
    // A case in the imported file asks for an indicator that is not there.
    packs.put(
        "rules/a/共用/共用.heng",
        &format!("{SHARED}\n用例 甲 {{\n    期望 {{\n        没有的：1分\n    }}\n}}\n"),
    );
    packs.put("rules/m/方法.heng", &format!("{METHODS}\n用例 乙 {{\n    期望 {{\n        别人的：1分\n    }}\n}}\n"));
    for (folder, path) in [("rules", "a"), ("rules", "./a"), ("rules/a", "."), ("rules/a", "2023.heng")] {
        let (code, said) = told(folder, &["check", path]);
        assert!(code == 1 && said.contains("没有指标 没有的") && !said.contains("别人的"), "{path}: {said}");
    }
    // Nor is another pack mended from a folder that is not named.
    packs.edit("rules/m/方法.heng", "率，不超过", "率，\u{200B}不超过");
    told("rules/a", &["check", "2023.heng", "--fix"]);
    assert!(fs::read_to_string(packs.at("rules/m/方法.heng")).unwrap().contains('\u{200B}'));
    // The rules of a year may stand below the folder of the pack.
    let packs = Packs::new();
    packs.edit("rules/a/pack.toml", "2023.heng", "旧/2023.heng");
    let case = "用例 旧年 {\n    用时：25天\n    支出率：100%\n    期望 {\n        按时签订：40分\n    }\n}\n";
    packs.put("rules/a/旧/2023.heng", &format!("{RULES}\n{case}"));
    packs.put("rules/a/旧/共用/共用.heng", SHARED);
    packs.edit("rules/a/2024.heng", "2023.heng", "旧/2023.heng");
    fs::remove_file(packs.at("rules/a/tests/a.cases")).unwrap();
    assert_eq!(packs.well(&["test", "@rules/a"]).trim(), "1 个用例：1 个过，0 个不过");
}

/// The oracle reads the program that the files make as it reads the one file.
#[test]
fn the_files_and_the_whole_file_score_the_same() {
    let packs = Packs::new();
    packs.put("rules/whole.heng", &packs.well(&["expand", "@rules/a/2023.heng"]));
    packs.put("one/heng.toml", "rules = \"../rules/whole.heng\"\nfacts = [\"f.toml\"]\n");
    for (days, rate) in [("30天", "0%"), ("31天", "120%"), ("1天", "33.3%")] {
        let facts = format!("\"用时\" = \"{days}\"\n\"支出率\" = \"{rate}\"\n");
        packs.put("case/f.toml", &facts);
        packs.put("one/f.toml", &facts);
        let total = |case: &str| {
            let card: serde_json::Value =
                serde_json::from_str(&packs.well(&["score", case, "--format", "json"])).unwrap();
            let nodes: Vec<_> = card["nodes"].as_array().unwrap().iter().map(|node| node["score"].clone()).collect();
            nodes
        };
        assert_eq!(total("@case"), total("@one"));
    }
    assert!(Path::new(&packs.at("one")).is_dir());
}

#[test]
fn a_table_that_went_out_comes_back_to_a_pack_of_several_files() {
    let packs = Packs::new();
    for table in ["@t.xlsx", "@t.docx"] {
        packs.well(&["doc", "@rules/a/2023.heng", "--out", table]);
        let merged = packs.well(&["import", table, "--onto", "@rules/a", "--dry-run"]);
        assert_eq!(merged.trim(), "规则文件不用改");
        // There is no one file to write to; what to do instead is said.
        let in_place = packs.heng(&["import", table, "--onto", "@rules/a"]);
        assert_eq!(in_place.code, 1, "{}", in_place.out);
        assert!(in_place.err.contains("import/amended-pack") && in_place.err.contains("引用"), "{}", in_place.err);
    }
}

#[test]
fn cases_in_an_imported_file_are_run_with_the_newest_year_that_imports_it() {
    let packs = Packs::new();
    let case = |points: &str| {
        format!(
            "{SHARED}\n用例 到期 {{\n    用时：25天\n    支出率：100%\n    期望 {{\n        按时签订：{points}\n    }}\n}}\n"
        )
    };
    packs.put("rules/a/共用/共用.heng", &case("40分"));
    assert_eq!(packs.well(&["test", "@rules/a"]).trim(), "2 个用例：2 个过，0 个不过");
    let listed = packs.well(&["test", "@rules/a", "--list"]);
    assert!(listed.contains("共用.heng:") && listed.contains("到期"), "{listed}");
    assert_eq!(packs.well(&["test", "@rules/a/共用/共用.heng"]).trim(), "1 个用例：1 个过，0 个不过");
    packs.put("rules/a/共用/共用.heng", &case("39分"));
    assert_eq!(packs.heng(&["test", "@rules/a"]).code, 7);
    // What the cases name and the importing rules have not is found by the check.
    packs.put("rules/a/共用/共用.heng", &case("40分").replace("        按时签订", "        按时签定"));
    let run = packs.heng(&["check", "@rules/a"]);
    assert!(
        run.code == 1 && run.out.contains("共用.heng") && run.out.contains("没有指标 按时签定"),
        "{}{}",
        run.out,
        run.err
    );
    // Only an older year imports it.
    packs.put("rules/a/共用/共用.heng", &case("40分"));
    packs.put(
        "rules/a/2024.heng",
        &RULES
            .replace("引用 “共用/共用.heng”\n", "数据 {\n    用时：天数，必填\n    支出率：比率，必填\n}\n")
            .replace("合同签订时限：满分", "25天：满分")
            .replace("2023", "2024"),
    );
    assert_eq!(packs.well(&["test", "@rules/a"]).trim(), "2 个用例：2 个过，0 个不过");
    assert_eq!(packs.well(&["test", "@rules/a/共用/共用.heng"]).trim(), "1 个用例：1 个过，0 个不过");
    // Those of another pack are its own.
    packs.put("rules/m/方法.heng", &format!("{METHODS}\n用例 不归这里 {{\n    用时：25天\n}}\n"));
    assert_eq!(packs.well(&["test", "@rules/a"]).trim(), "2 个用例：2 个过，0 个不过");
}
