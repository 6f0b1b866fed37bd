//! `heng batch` over every format: good, with a broken row in the middle, and with wrong types.

use std::path::Path;

use rust_xlsxwriter::Workbook;

use crate::kit::{Desk, heng};

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
一级指标 合同 4分 {
    扣分 { 合同 凡 无资料，每 1项：1分 }
}
数据 {
    预算：金额 ≥ 0元
    支出：金额 ≥ 0元
    合同：表 {
        名称：文本，键
        额：金额
        无资料：是否
    }
}
";

/// Four departments, the third of which cannot be read.
const CSV: &str = "部门,预算（万元）,支出（万元）,合同
甲局,100,90,\"[{\"\"名称\"\":\"\"a\"\",\"\"额\"\":\"\"5万元\"\",\"\"无资料\"\":true}]\"
乙局,10.5,21,无
丙局,很多,1,无
丁局,0,0,
";

fn desk() -> Desk {
    Desk::with(&[("rules.heng", RULES.as_bytes()), ("data.csv", CSV.as_bytes())])
}

#[test]
fn lines_of_json() {
    let desk = desk();
    let lines = r#"{"部门":"甲局","预算（万元）":100,"支出（万元）":90,"合同":[{"名称":"a","额":"5万元","无资料":true}]}
{"部门":"乙局","预算（万元）":10.5,"支出（万元）":21,"合同":"无"}
{"部门":"丙局","预算（万元）":"很多","支出（万元）":1,"合同":"无"}
{"部门":"坏局","预算（万元）":1
{"部门":"丁局","预算（万元）":0,"支出（万元）":0,"合同":null}
"#;
    std::fs::write(desk.at("data.ndjson"), lines).unwrap();
    assert_eq!(desk.batch("data.csv", "csv.csv", &[]).code, 3);
    let run = desk.batch("data.ndjson", "json.csv", &[]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert_eq!(desk.read("json.csv"), desk.read("csv.csv"));
    assert!(desk.read("csv.csv").contains("乙局,10.00,6.00,4.00,,已评"), "{}", desk.read("csv.csv"));
    let rejects = desk.read("json.rejects.csv");
    assert!(
        rejects.contains("\n3,预算（万元）,") && rejects.contains("\n4,,这一行不是一个完整的 JSON 对象"),
        "{rejects}"
    );
}

#[test]
fn a_sheet_with_a_department_a_row() {
    let desk = desk();
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    // Titles and blanks come in the way of real sheets: here a blank row between departments.
    for (column, head) in ["部门", "预算（万元）", "支出（万元）", "合同"].iter().enumerate() {
        page.write(0, column as u16, *head).unwrap();
    }
    page.write(1, 0, "甲局").unwrap().write(1, 1, 100).unwrap().write(1, 2, 90).unwrap();
    page.write(1, 3, r#"[{"名称":"a","额":"5万元","无资料":true}]"#).unwrap();
    page.write(2, 0, "乙局").unwrap().write(2, 2, 21).unwrap().write(2, 3, "无").unwrap();
    page.write(2, 1, "10.5").unwrap();
    page.write(4, 0, "丙局").unwrap().write(4, 1, "很多").unwrap().write(4, 2, 1).unwrap().write(4, 3, "无").unwrap();
    page.write(5, 0, "丁局").unwrap().write(5, 1, 0).unwrap().write(5, 2, 0).unwrap();
    book.save(desk.at("data.xlsx")).unwrap();
    assert_eq!(desk.batch("data.csv", "csv.csv", &[]).code, 3);
    let run = desk.batch("data.xlsx", "xlsx.csv", &[]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert_eq!(desk.read("xlsx.csv"), desk.read("csv.csv"));
    assert!(desk.read("xlsx.rejects.csv").contains("\n5,预算（万元）,"), "{}", desk.read("xlsx.rejects.csv"));
    std::fs::write(desk.at("cut.xlsx"), &std::fs::read(desk.at("data.xlsx")).unwrap()[..900]).unwrap();
    let run = desk.batch("cut.xlsx", "cut.csv", &[]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(!desk.at("cut.csv").exists());
}

#[test]
fn a_folder_of_workbooks_scores_as_each_alone() {
    let desk = desk();
    let folder = desk.at("books");
    std::fs::create_dir(&folder).unwrap();
    let rules = desk.at("rules.heng");
    let blank = folder.join("空.xlsx");
    let args: [&Path; 4] = ["template".as_ref(), &rules, "--out".as_ref(), &blank];
    assert_eq!(heng(&args).code, 0);
    std::fs::write(folder.join("坏.xlsx"), b"PK nothing").unwrap();
    std::fs::write(folder.join("readme.txt"), b"-").unwrap();
    let run = desk.batch("books", "books.csv", &[]);
    assert_eq!(run.code, 3, "{}", run.err);
    let out = desk.read("books.csv");
    assert!(out.contains("空,") && out.contains("停止 0.00–10.00"), "{out}");
    let rejects = desk.read("books.rejects.csv");
    assert!(rejects.contains("坏.xlsx"), "{rejects}");
    std::fs::create_dir(desk.at("nothing")).unwrap();
    assert!(desk.batch("nothing", "n.csv", &[]).err.contains("batch/no-workbooks"));
}

#[test]
fn an_example_as_a_workbook_of_a_folder_gives_its_own_score() {
    let desk = desk();
    let at = |path: &str| crate::kit::root().join(path);
    let out = desk.at("report");
    let case = at("examples/potou-2023");
    let args: [&Path; 4] = ["report".as_ref(), &case, "--out".as_ref(), &out];
    let run = heng(&args);
    assert!(run.code == 0 || run.code == 4, "{}", run.err);
    std::fs::create_dir(desk.at("books")).unwrap();
    std::fs::copy(out.join("数据表.xlsx"), desk.at("books/坡头.xlsx")).unwrap();
    let (rules, data, scores) = (at("rules/guangdong-dept-overall"), desk.at("books"), desk.at("scores.csv"));
    let args: [&Path; 5] = ["batch".as_ref(), &rules, &data, "--out".as_ref(), &scores];
    let run = heng(&args);
    let text = std::fs::read_to_string(&scores).unwrap_or_else(|_| panic!("{}", run.err));
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let (heads, row) = (lines.next().unwrap(), lines.next().unwrap());
    let case = heng(&[
        "score".as_ref(),
        case.as_os_str(),
        "--format".as_ref(),
        "json".as_ref(),
        "--out".as_ref(),
        out.as_os_str(),
    ]);
    let card: serde_json::Value = serde_json::from_str(&case.out).unwrap();
    let mut same = 0;
    for node in card["nodes"].as_array().unwrap() {
        let name = node["name"].as_str().unwrap();
        let Some(column) = heads.iter().position(|head| head == name) else { continue };
        let exact = node["score"]["exact"].as_str().unwrap_or_default();
        let number = |text: &str| heng_model::Number::parse_decimal(text.trim_start_matches('≈'));
        if let (Some(one), Some(other)) = (number(exact), number(&row[column])) {
            assert_eq!(one, other, "{name}");
            same += 1;
        }
    }
    assert!(same > 10, "{same} of {text}");
}

#[test]
fn rows_of_a_table_from_a_file_of_their_own() {
    let desk = desk();
    std::fs::write(desk.at("plain.csv"), "部门,预算（万元）,支出（万元）\n甲局,100,90\n乙局,10.5,21\n戊局,1,1\n")
        .unwrap();
    let rows = "部门,名称,额（万元）,无资料\n甲局,a,5,是\n甲局,b,6,否\n乙局,,,\n己局,c,1,是\n";
    std::fs::write(desk.at("rows.csv"), rows).unwrap();
    let table = format!("合同={}", desk.at("rows.csv").display());
    let run = desk.batch("plain.csv", "out.csv", &["--table", &table, "--key", "部门"]);
    assert_eq!(run.code, 3, "{}", run.err);
    let out = desk.read("out.csv");
    for line in ["甲局,8.40,5.40,3.00,,已评", "乙局,10.00,6.00,4.00,,已评", "戊局,,6.00,,,停止 6.00–10.00"]
    {
        assert!(out.contains(line), "{line} is not in\n{out}");
    }
    let rejects = desk.read("out.rejects.csv");
    assert!(rejects.contains("合同,数据里没有这个部门") && rejects.contains("己局"), "{rejects}");
    assert!(desk.batch("plain.csv", "o.csv", &["--table", &table]).err.contains("batch/table-key"));
    let wrong = format!("没有={}", desk.at("rows.csv").display());
    assert!(desk.batch("plain.csv", "o.csv", &["--table", &wrong, "--key", "部门"]).err.contains("batch/no-table"));
    assert!(
        desk.batch("plain.csv", "o.csv", &["--table", &table, "--key", "支出（万元）"]).err.contains("batch/no-key")
    );
}

#[test]
fn scores_are_not_written_under_the_name_of_another_form() {
    let desk = Desk::with(&[("rules.heng", RULES.as_bytes()), ("data.csv", CSV.as_bytes())]);
    for name in ["out.xlsx", "out.arrow", "out.ndjson", "out.HTML"] {
        let run = desk.batch("data.csv", name, &[]);
        assert!(run.code == 2 && run.err.contains("batch/output"), "{name}: {} {}", run.code, run.err);
        assert!(!desk.at(name).exists());
    }
    let run = desk.batch("data.csv", "out.parquet", &[]);
    let (code, said) = if cfg!(feature = "parquet") { (3, "out.parquet") } else { (2, "batch/no-parquet") };
    assert!(run.code == code && (run.err + &run.out).contains(said), "{}", run.code);
    assert_eq!(desk.at("out.parquet").exists(), cfg!(feature = "parquet"));
}
