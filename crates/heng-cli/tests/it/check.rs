//! `heng check` on rule files that a clerk broke.

use crate::kit::{heng, root};

fn broken(from: &str, to: &str) -> (tempfile::TempDir, String) {
    let text = std::fs::read_to_string(root().join("rules/guangdong-dept-overall/2023.heng")).unwrap();
    assert!(text.contains(from), "{from}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("2023.heng");
    std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
    let path = file.to_string_lossy().into_owned();
    (folder, path)
}

#[test]
fn the_packs_of_the_repository_are_sound() {
    for pack in ["guangdong-dept-overall", "guangdong-dept-overall-en"] {
        let run = heng(&["check", &format!("rules/{pack}")]);
        assert_eq!(run.code, 0, "{}", run.out);
        assert!(run.out.contains("没有问题"), "{}", run.out);
    }
}

#[test]
fn ten_points_made_nine_name_the_parent_the_gap_and_the_place() {
    let (_folder, file) = broken("部门预算资金支出率 10分", "部门预算资金支出率 9分");
    let run = heng(&["check", &file]);
    assert_eq!(run.code, 1);
    for part in ["weight/sum", "整体效能 50分", "合计 49分", "少 1分", "2023.heng:46"] {
        assert!(run.out.contains(part), "{part} is not in\n{}", run.out);
    }
}

#[test]
fn a_gap_is_closed_by_fix() {
    let (_folder, file) = broken("(10%, 30%]：线性", "(10%, 30%)：线性");
    let run = heng(&["check", &file]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("band/gap") && run.out.contains("正好 30%"), "{}", run.out);
    heng(&["check", "--fix", &file]);
    let mended = std::fs::read_to_string(&file).unwrap();
    assert!(mended.contains("(10%, 30%]：线性") || mended.contains("≥ 30%：0分"), "{mended}");
}

#[test]
fn findings_come_as_json_too() {
    let (_folder, file) = broken("支出率 = 支出决算数", "支出率 = 支出结算数");
    let run = heng(&["check", &file, "--format", "json"]);
    assert_eq!(run.code, 1);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert!(value.to_string().contains("name/unknown"), "{}", run.out);
}

/// A pack of one file with a datum that nothing reads, and what its pack.toml says.
fn pack_with(severity: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let rules = "规则包 试 {\n    评价年度：2023\n    满分：10分\n    缺报：停止\n    无佐证：待核\n    迟报：照计\n    有争议：待核\n}\n\n\
                 一级指标 甲 10分 {\n    计分 {\n        已做：10分\n    }\n}\n\n数据 {\n    已做：是否\n    多余：是否\n}\n";
    std::fs::write(folder.path().join("2023.heng"), rules).unwrap();
    let manifest = format!("id = \"t\"\n\n[years]\n2023 = \"2023.heng\"\n\n[severity]\n{severity}\n");
    std::fs::write(folder.path().join("pack.toml"), manifest).unwrap();
    let path = folder.path().to_string_lossy().into_owned();
    (folder, path)
}

#[test]
fn a_pack_says_how_grave_its_reminders_are() {
    for (severity, code, said) in [
        ("", 0, Some("警告[unused/data]")),
        ("\"unused/data\" = \"off\"", 0, None),
        ("\"unused/data\" = \"hint\"", 0, Some("提示[unused/data]")),
        ("\"unused/data\" = \"error\"", 1, Some("错误[unused/data]")),
    ] {
        let (_folder, path) = pack_with(severity);
        let run = heng(&["check", &path]);
        assert_eq!(run.code, code, "{severity}: {}", run.out);
        assert_eq!(run.out.contains("unused/data"), said.is_some(), "{severity}: {}", run.out);
        assert!(said.is_none_or(|said| run.out.contains(said)), "{severity}: {}", run.out);
    }
}

#[test]
fn an_error_cannot_be_made_light() {
    let (_folder, path) = pack_with("\"band/gap\" = \"off\"");
    let run = heng(&["check", &path]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("pack/severity") && run.out.contains("band/gap"), "{}", run.out);
    let (_folder, path) = pack_with("\"unused/data\" = \"loud\"");
    assert_eq!(heng(&["check", &path]).code, 1);
}

const WRONG: &str = "规则包 甲 {
    评价年度：2023
    满分：30分
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
}

数据 {
    总值：金额 > 0元
    在用值：金额 ≥ 0元
    类别：选项 {甲, 乙, 丙}
}

一级指标 利用 10分 {
    分档 在用值 ÷ 总值 {
        > 75%：满分
        [60%, 75%)：3分
        [40%, 60%]：2分
        < 40%：0分
    }
}

一级指标 类别分 10分 {
    分档 类别 {
        甲：满分
        乙：5分
    }
}

一级指标 商 10分 {
    得分 = 满分 × 在用值 ÷ (总值 − 在用值)，不超过 满分
}
";

#[test]
fn every_finding_about_values_is_saved_as_a_case() {
    let folder = tempfile::tempdir().unwrap();
    let (rules, cases) = (folder.path().join("a.heng"), folder.path().join("w.cases"));
    std::fs::write(&rules, WRONG).unwrap();
    let (rules_text, cases_text) = (rules.to_string_lossy().into_owned(), cases.to_string_lossy().into_owned());
    let run = heng(&["check", &rules_text, "--save-witness", &cases_text]);
    assert_eq!(run.code, 1);
    let saved = std::fs::read_to_string(&cases).unwrap();
    for part in ["正好 75% 时没有得分", "在用值：75元", "60% 同时落在两档", "在用值：60元", "类别：丙", "可能除以零"]
    {
        assert!(saved.contains(part), "{part} is not in\n{saved}");
    }
    assert_eq!(saved.matches("期望 {").count(), 4, "{saved}");
    // The file is not lost to a second run.
    assert_eq!(heng(&["check", &rules_text, "--save-witness", &cases_text]).code, 5);
    // With the rules mended the cases run, and ask for their scores.
    let mended = WRONG.replace("> 75%", "≥ 75%").replace("60%]", "60%)").replace("乙：5分", "乙、丙：5分");
    let mended =
        mended.replace("    得分 = 满分 × 在用值", "    当 总值 − 在用值 = 0元：满分\n    得分 = 满分 × 在用值");
    std::fs::write(&rules, mended).unwrap();
    let run = heng(&["test", &cases_text]);
    assert_eq!(run.code, 7);
    for part in
        ["利用：应为 待填，实为 10", "利用：应为 待填，实为 3", "类别分：应为 待填，实为 5", "商：应为 待填，实为 10"]
    {
        assert!(run.out.contains(part), "{part} is not in\n{}", run.out);
    }
}

#[test]
fn a_score_that_can_leave_its_range_is_shown_to_do_so() {
    let folder = tempfile::tempdir().unwrap();
    let (rules, cases) = (folder.path().join("a.heng"), folder.path().join("w.cases"));
    let text = "规则包 甲 {\n    评价年度：2023\n    满分：10分\n    缺报：停止\n    无佐证：0分\n    迟报：照计\n    有争议：待核\n}\n\n\
                数据 {\n    甲额：金额 > 0元\n    乙额：金额 ≥ 0元\n}\n\n\
                一级指标 超 10分 {\n    得分 = 满分 × 乙额 ÷ 甲额\n}\n";
    std::fs::write(&rules, text).unwrap();
    let run = heng(&["check", &rules.to_string_lossy(), "--save-witness", &cases.to_string_lossy()]);
    assert!(run.code == 0 && run.out.contains("score/range"), "{}", run.out);
    let run = heng(&["test", &cases.to_string_lossy()]);
    assert!(run.out.contains("超：应为 待填，实为 待核 0 … 10") || run.out.contains("停止"), "{}", run.out);
}
