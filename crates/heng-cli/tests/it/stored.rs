//! Parquet in and out of `heng batch`.

use crate::kit::Desk;

const RULES: &str = "规则包 试 {
    评价年度：2025
    满分：10分
    缺报：停止
    取整方式：按整
    等级 = 分档（总分）{
        ≥ 6分：优
        < 6分：差
    }
}
指标 执行 10分 {
    当 预算 = 0元：0分
    得分 = 10分 × 支出 ÷ 预算，不超过 满分，保留3位
}
数据 {
    预算：金额 ≥ 0元
    支出：金额 ≥ 0元
}
";

/// Rules over the scores of others.
fn second(kind: &str) -> String {
    let rules = RULES.split("指标").next().unwrap();
    let body = if kind.starts_with("是否") {
        "当 执行：满分\n得分 = 0分"
    } else {
        "得分 = 执行，不超过 满分"
    };
    format!("{rules}指标 再评 10分 {{\n{body}\n}}\n数据 {{\n执行：{kind}\n}}\n")
}

fn desk() -> Desk {
    let rows: String = (0..3000).map(|row| format!("第{row}局,{},{}\n", row % 97, row % 89)).collect();
    let data = format!("部门,预算(元),支出(元)\n{rows}\"坏,局\",x,1\n缺局,,1\n");
    let (again, answer) = (second("分"), second("是否"));
    let files: [(&str, &[u8]); 4] = [
        ("rules.heng", RULES.as_bytes()),
        ("again.heng", again.as_bytes()),
        ("answer.heng", answer.as_bytes()),
        ("data.csv", data.as_bytes()),
    ];
    Desk::with(&files)
}

#[test]
fn scores_as_parquet_are_the_scores_as_text() {
    let desk = desk();
    assert_eq!(desk.batch("data.csv", "out.csv", &[]).code, 3);
    let run = desk.batch("data.csv", "out.parquet", &["--force", "--html", desk.at("page.html").to_str().unwrap()]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(desk.read("page.html").contains("3000 个部门"));
    for left in ["out.parquet.part", "out.parquet.part.new", "out.parquet.part.json"] {
        assert!(!desk.at(left).exists(), "{left}");
    }
    assert_eq!(desk.read("out.rejects.csv").lines().count(), 2);
    // Read as data they give, decimal by decimal, what the text gives.
    let again = |data: &str, out: &str| {
        let out = desk.at(out).to_string_lossy().into_owned();
        desk.heng("batch", &["again.heng", data], &["--out", &out, "--places", "3", "--rejects", &format!("{out}.bad")])
    };
    let (from_text, from_parquet) = (again("out.csv", "one.csv"), again("out.parquet", "two.csv"));
    assert_eq!((from_text.code, from_parquet.code), (4, 4), "{}{}", from_text.err, from_parquet.err);
    assert_eq!(desk.read("one.csv"), desk.read("two.csv"));
    assert!(desk.read("two.csv").contains("\n第2局,10.000,10.000,优,已评\n"));
}

#[test]
fn parquet_that_is_cut_off_or_of_the_wrong_type_says_so() {
    let desk = desk();
    assert_eq!(desk.batch("data.csv", "out.parquet", &[]).code, 3);
    let whole = std::fs::read(desk.at("out.parquet")).unwrap();
    for length in [0, 4, whole.len() / 2, whole.len() - 1] {
        std::fs::write(desk.at("cut.parquet"), &whole[..length]).unwrap();
        let run = desk.batch("cut.parquet", "none.csv", &[]);
        assert!(run.code == 5 && run.err.contains("cut.parquet"), "{length}: {} {}", run.code, run.err);
        assert!(!desk.at("none.csv").exists());
    }
    let out = desk.at("none.csv").to_string_lossy().into_owned();
    let run = desk.heng("batch", &["answer.heng", "out.parquet"], &["--out", &out]);
    assert_eq!(run.code, 3);
    for part in ["batch/column-type", "列“执行”的类型不对", "规则要是否", "Decimal128(18, 3)", "写文件前转成 boolean"]
    {
        assert!(run.err.contains(part), "{part} is not in\n{}", run.err);
    }
    assert!(!desk.at("none.csv").exists());
}

#[test]
fn an_interrupted_run_goes_on_and_gives_the_same_parquet() {
    let desk = desk();
    assert_eq!(desk.batch("data.csv", "out.parquet", &[]).code, 3);
    let whole = std::fs::read(desk.at("out.parquet")).unwrap();
    // What is left of a run that was stopped before its first note: it starts over.
    std::fs::write(desk.at("out.parquet.part"), "部门,试,执行,等级,状态\n第0局,0").unwrap();
    assert_eq!(desk.batch("data.csv", "out.parquet", &["--resume", "--force", "--threads", "2"]).code, 3);
    assert_eq!(std::fs::read(desk.at("out.parquet")).unwrap(), whole);
}
