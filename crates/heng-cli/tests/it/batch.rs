//! `heng batch`: files of departments.

use std::path::Path;

use crate::kit::{Desk, Run, heng};

const RULES: &str = "规则包 试 {
    评价年度：2025
    满分：10分
    缺报：停止
    取整方式：按整
}
一级指标 执行 6分 {
    当 预算 = 0元：0分
    得分 = 6分 × 支出 ÷ 预算，不超过 满分，保留2位
}
一级指标 违规 4分 {
    扣分 { 违规，每 1项：1分 }
}
数据 {
    预算：金额 ≥ 0元
    支出：金额 ≥ 0元
    违规：个数
}
";

fn desk_of(data: &[u8]) -> Desk {
    Desk::with(&[("rules.heng", RULES.as_bytes()), ("data.csv", data)])
}

fn batch(desk: &Desk, more: &[&str]) -> Run {
    desk.batch("data.csv", "out.csv", more)
}

const DATA: &str = "部门,预算（万元）,支出（万元）,违规
甲局,100,90,1
乙局,\"1,000\",2000,0
丙局,x,1,0
丁局,1,,0
戊局,1,2
";

#[test]
fn a_row_is_scored_set_aside_or_open_and_never_lost() {
    let desk = desk_of(DATA.as_bytes());
    let run = batch(&desk, &[]);
    assert_eq!(run.code, 3, "{}", run.err);
    let out = desk.read("out.csv");
    let expected = "部门,试,执行,违规,等级,状态\n甲局,8.40,5.40,3.00,,已评\n乙局,10.00,6.00,4.00,,已评\n丁局,,,4.00,,停止 4.00–10.00\n";
    assert_eq!(out, expected);
    let rejects = desk.read("out.rejects.csv");
    let lines: Vec<&str> = rejects.lines().collect();
    assert_eq!(lines.len(), 3, "{rejects}");
    assert!(lines[1].starts_with("4,预算（万元）,") && lines[1].ends_with(",x"), "{rejects}");
    assert!(lines[2].starts_with("6,,"), "{rejects}");
}

#[test]
fn chinese_encodings_give_the_same_bytes() {
    let utf8 = desk_of(DATA.as_bytes());
    batch(&utf8, &[]);
    let gb = desk_of(&encoded());
    assert_eq!(batch(&gb, &[]).code, 3);
    assert_eq!(gb.read("out.csv"), utf8.read("out.csv"));
    assert_eq!(gb.read("out.rejects.csv"), utf8.read("out.rejects.csv"));
}

/// `DATA` in GB18030.
fn encoded() -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::GB18030.encode(DATA);
    assert!(!lost);
    bytes.into_owned()
}

#[test]
fn nothing_is_replaced_unasked() {
    let desk = desk_of("部门,预算(万元),支出(万元),违规\n甲,1,1,0\n".as_bytes());
    assert_eq!(batch(&desk, &[]).code, 0);
    let again = batch(&desk, &[]);
    assert_eq!(again.code, 5);
    assert!(again.err.contains("file/exists"), "{}", again.err);
    assert_eq!(batch(&desk, &["--force"]).code, 0);
    assert!(!desk.at("out.rejects.csv").exists());
    assert!(!desk.at("out.csv.part").exists());
}

#[test]
fn heads_that_fit_nothing_are_refused_with_what_stands_there() {
    let desk = desk_of(b"a,b\n1,2\n");
    let run = batch(&desk, &[]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("batch/no-data") && run.err.contains("a、b"), "{}", run.err);
    assert_eq!(batch(&desk, &["--key", "c"]).code, 3);
    assert_eq!(batch(&desk_of(b""), &[]).code, 3);
}

#[test]
fn threads_change_no_byte() {
    let mut data = String::from("部门,预算(万元),支出(万元),违规\n");
    for row in 0..60_000 {
        data.push_str(&format!("第{row}局,{}.5,{}.25,{}\n", row % 97, row % 89, row % 7));
    }
    let desk = desk_of(data.as_bytes());
    batch(&desk, &["--threads", "1"]);
    let one = desk.read("out.csv");
    batch(&desk, &["--threads", "5", "--force"]);
    assert_eq!(desk.read("out.csv"), one);
    assert_eq!(one.lines().count(), 60_001);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_leaves_nothing() {
    let desk = desk_of(DATA.as_bytes());
    let (rules, data) = (desk.at("rules.heng"), desk.at("data.csv"));
    let rejects = desk.at("r.csv");
    let args: [&Path; 7] =
        ["batch".as_ref(), &rules, &data, "--out".as_ref(), "/dev/full".as_ref(), "--rejects".as_ref(), &rejects];
    let run = heng(&args);
    assert_eq!(run.code, 5, "{}", run.err);
    assert!(run.err.contains("file/unwritable"), "{}", run.err);
    assert!(!rejects.exists() && !desk.at("r.csv.part").exists());
}

#[test]
fn columns_and_one_by_one_give_the_same_bytes() {
    // Plain rows, rows that take the long way, missing values, bad ones, and sums beyond a machine word.
    let mut data = String::from("部门,预算（万元）,支出（万元）,违规\n");
    for row in 0..3000u64 {
        let budget = match row % 11 {
            0 => String::new(),
            1 => "0".to_owned(),
            2 => "１２３．５".to_owned(),
            3 => "\"1,234.5\"".to_owned(),
            4 => "-1".to_owned(),
            5 => "123456789012345.67".to_owned(),
            _ => format!("{}.{:02}", row * 37 % 1000 + 1, row % 100),
        };
        data.push_str(&format!("第{row}局,{budget},{}.5,{}\n", row * 53 % 1200, row % 6));
    }
    let desk = desk_of(data.as_bytes());
    assert_eq!(batch(&desk, &[]).code, 3);
    let (out, rejects) = (desk.read("out.csv"), desk.read("out.rejects.csv"));
    assert_eq!(batch(&desk, &["--scalar", "--force"]).code, 3);
    assert_eq!(desk.read("out.csv"), out);
    assert_eq!(desk.read("out.rejects.csv"), rejects);
    assert_eq!(out.lines().count() + rejects.lines().count(), 3002);
}

#[test]
fn an_interrupted_run_goes_on_where_it_stopped() {
    let rows: String = (0..40_000).map(|row| format!("第{row}局,{},{},0\n", row % 97 + 1, row % 89)).collect();
    let data = format!("部门,预算(万元),支出(万元),违规\n{rows}");
    let desk = desk_of(data.as_bytes());
    assert_eq!(batch(&desk, &[]).code, 0);
    let whole = desk.read("out.csv");
    // Nothing to go on from: it starts over.
    assert_eq!(batch(&desk, &["--resume", "--force"]).code, 0);
    assert_eq!(desk.read("out.csv"), whole);
    // A note of another run is refused.
    let note = r#"{"fingerprint":1,"offset":0,"line":1,"lengths":[0,0],"counts":[0,0,0,0]}"#;
    std::fs::write(desk.at("out.csv.part.json"), note).unwrap();
    let run = batch(&desk, &["--resume", "--force"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("batch/other-run"), "{}", run.err);
}

const AMONG: &str = "规则包 试 {
    评价年度：2025
    满分：10分
    缺报：停止
    等级 = 分档 百分位（总分）{
        ≥ 50%：优
        其他：中
    }
}
指标 执行 10分 {
    得分 = 11分 − 名次（支出，从高到低，并列占位，同组 按 地区） × 1分
}
数据 {
    支出：金额 ≥ 0元
    地区：选项 {东, 西}
}
";

#[test]
fn units_are_scored_among_each_other_and_one_alone_is_not() {
    let desk = desk_of("部门,支出（元）,地区\n甲,5,东\n乙,7,东\n丙,7,东\n丁,1,西\n戊,,西\n己,x,西\n".as_bytes());
    std::fs::write(desk.at("rules.heng"), AMONG).unwrap();
    let peers = desk.at("peers.json");
    let run = batch(&desk, &["--peers", peers.to_str().unwrap()]);
    assert_eq!(run.code, 3, "{}", run.err);
    let scores = "部门,试,执行,等级,状态\n甲,8.00,8.00,中,已评\n乙,10.00,10.00,中,已评\n丙,10.00,10.00,中,已评\n丁,10.00,10.00,中,已评\n戊,,,,停止 0.00–10.00\n";
    assert_eq!(desk.read("out.csv"), scores);
    let one = |peers: &str| {
        std::fs::write(desk.at("heng.toml"), format!("rules = \"rules.heng\"\nfacts = [\"facts.toml\"]\n{peers}"))
            .unwrap();
        std::fs::write(desk.at("facts.toml"), "\"支出\" = \"7元\"\n\"地区\" = \"东\"\n").unwrap();
        heng(&["explain".as_ref(), "执行".as_ref(), desk.path()])
    };
    let alone = one("");
    assert!(alone.out.contains("单独评不出来"), "{}", alone.out);
    assert_eq!(heng(&["score".as_ref(), desk.path()]).code, 4);
    let among = one("peers = \"peers.json\"\n");
    assert!(among.out.contains("得分：10.00分"), "{}", among.out);
    assert!(among.out.contains("同组 3 个单位有数；比本单位大的 0 个，一样的 1 个"), "{}", among.out);
    std::fs::write(desk.at("facts.toml"), "\"支出\" = \"6元\"\n\"地区\" = \"东\"\n").unwrap();
    let other = heng(&["explain".as_ref(), "执行".as_ref(), desk.path()]);
    assert!(other.out.contains("不在同组的数之中"), "{}", other.out);
    std::fs::write(desk.at("rules.heng"), AMONG.replace("并列占位", "并列平均")).unwrap();
    let changed = heng(&["score".as_ref(), desk.path()]);
    assert!(changed.code == 3 && changed.err.contains("peer/file"), "{}", changed.err);
}

/// Explains a department of `data.csv` by `rules.heng`.
fn explain(desk: &Desk, name: &str, more: &[&str]) -> Run {
    let data = desk.at("data.csv").to_string_lossy().into_owned();
    desk.heng("explain", &["rules.heng"], &[&["--data", &data, "--department", name], more].concat())
}

#[test]
fn one_department_of_the_file_is_explained_with_every_step() {
    let desk = desk_of(DATA.as_bytes());
    let run = explain(&desk, "甲局", &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("5.40") && run.out.contains("8.40") && run.out.contains("90万元"), "{}", run.out);
    let json = explain(&desk, "乙局", &["--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["nodes"].as_array().unwrap().len(), 3, "{}", json.out);
    let open = explain(&desk, "丁局", &[]);
    assert_eq!(open.code, 4, "{}", open.err);
    // Scores are those of the batch, in another encoding as well.
    std::fs::write(desk.at("data.csv"), encoded()).unwrap();
    assert_eq!(explain(&desk, "甲局", &[]).out, run.out);
}

#[test]
fn a_department_that_is_not_there_twice_there_or_unreadable_is_said() {
    let desk = desk_of(DATA.as_bytes());
    let none = explain(&desk, "子虚局", &[]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("batch/no-department") && none.err.contains("部门"), "{}", none.err);
    let bad = explain(&desk, "丙局", &[]);
    assert_eq!(bad.code, 3);
    assert!(bad.err.contains("batch/row") && bad.err.contains("第4行"), "{}", bad.err);
    let short = explain(&desk, "戊局", &[]);
    assert_eq!(short.code, 3, "{}", short.err);
    let twice = desk_of("部门,年,预算(万元),支出(万元),违规\n甲,一,1,1,0\n甲,二,2,1,0\n".as_bytes());
    let run = explain(&twice, "甲", &["--key", "部门"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("batch/two-departments") && run.err.contains("2、3"), "{}", run.err);
    let run = explain(&twice, "甲 二", &["--key", "部门", "--key", "年"]);
    assert!(run.code == 0 && run.out.contains("3.00"), "{}{}", run.out, run.err);
    assert_eq!(desk.heng("explain", &["rules.heng"], &["--department", "甲局"]).code, 2);
}
