//! Facts in JSON: the same tree as in TOML, with pointers for places.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_types,
    reason = "tests say what they expect by failing"
)]

#[path = "support/world.rs"]
mod world;

use insta::assert_snapshot;
use world::{facts, findings, json, kinds, toml};

fn read(body: &str) -> String {
    let reading = json(&kinds(), body);
    assert_eq!(findings(&reading), "");
    facts(&kinds(), &reading)
}

fn refuse(body: &str) -> String {
    findings(&json(&kinds(), body))
}

const WHOLE: &str = r#"{
  "文件": { "性质": "假设", "出处": "自评报告", "单位": "某局", "填报日期": "2024-10-15" },
  "年初预算数": "2366.79万元",
  "满意度": { "值": "85%", "状态": "有争议" },
  "编制数": 45,
  "得票数": 0.10000000000000000000000000000001,
  "批复日期": "2023-12-31T00:00:00",
  "涉密": true,
  "偏差原因": "\u6625\u8282 \ud83d\ude00",
  "性质": "一般",
  "三公经费": { "预算数": "1e1", "决算数": "缺报" },
  "采购合同": [
    { "名称": "a/b~c", "金额": { "值": 18, "单位": "万元" } },
    { "名称": "乙", "金额": "1元", "公告日期": null }
  ]
}"#;

#[test]
fn each_kind_of_value() {
    assert_snapshot!(read(&WHOLE.replace("\"1e1\"", "\"10元\"")), @r"
    年初预算数 = 23667900 @/年初预算数 出处:自评报告 假设
    满意度 = 0.85 Disputed @/满意度/值 出处:自评报告 假设
    编制数 = 45 @/编制数 出处:自评报告 假设
    得票数 = 0.10000000000000000000000000000001 @/得票数 出处:自评报告 假设
    批复日期 = 2023-12-31 @/批复日期 出处:自评报告 假设
    涉密 = true @/涉密 出处:自评报告 假设
    偏差原因 = “春节 😀” @/偏差原因 出处:自评报告 假设
    性质 = “一般” @/性质 出处:自评报告 假设
    三公经费.预算数 = 10 @/三公经费/预算数 出处:自评报告 假设
    三公经费.决算数 = – Missing @/三公经费/决算数 出处:自评报告 假设
    采购合同 @/采购合同 出处:自评报告 假设
      “a/b~c” @/采购合同/0/名称 出处:自评报告 假设 · 180000 @/采购合同/0/金额/值 出处:自评报告 假设 · – Missing @/采购合同/0 出处:自评报告 假设 · – Missing @/采购合同/0 出处:自评报告 假设
      “乙” @/采购合同/1/名称 出处:自评报告 假设 · 1 @/采购合同/1/金额 出处:自评报告 假设 · – Missing @/采购合同/1/公告日期 出处:自评报告 假设 · – Missing @/采购合同/1 出处:自评报告 假设
    ");
}

#[test]
fn the_same_facts_as_in_toml() {
    let body =
        "\"编制数\" = 45\n\"三公经费.预算数\" = \"10万元\"\n\"采购合同\" = \"无\"\n\"得票数\" = 1.50\n\"涉密\" = false";
    let same = r#"{"编制数": 45, "三公经费": {"预算数": "10万元"}, "采购合同": "无", "得票数": 1.50, "涉密": false}"#;
    let values =
        |text: String| text.lines().map(|line| line.split(" @").next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(values(read(same)), values(facts(&kinds(), &toml(&kinds(), body))));
}

#[test]
fn mistakes_say_line_and_what_to_do() {
    assert_snapshot!(refuse(r#"{
  "年初预算数": 2366.79,
  "编制数": 45, "编制数": 45,
  "三公经费": { "预算数": { "值": "1元", "值": "2元" } },
  "采购合同": [ { "名称": "甲", "名称": "乙", "金额": "1元" }, null ],
  "满意度": "101%",
  "得票": 5,
  "涉密": [true]
}"#), @r#"
    data/unit 2:12 "2366.79": “年初预算数”是 2366.79，没有写单位 | 写明是 “2366.79元”、“2366.79万元” 还是 “2366.79亿元”
    data/duplicate 3:14 "\"编制数\"": “编制数”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在这里 3行)
    data/duplicate 4:33 "\"值\"": “值”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在这里 4行)
    data/duplicate 5:26 "\"名称\"": “名称”给了两次 | 只留一处，哪怕两处相同：同一个数据不能有两个来源 (前一次在这里 5行)
    data/table 5:51 "null": “采购合同”是表，要写成若干行 | TOML 里一行写一段 [["采购合同"]]，工作簿里另有一张同名的工作表；没有的写 “无”
    data/domain 6:10 "\"101%\"": “满意度”是 101%，不在 [0%, 100%] 以内 | 核对数和单位；数没有错时，请改规则文件里的范围
    data/unknown 7:3 "\"得票\"": 规则没有要“得票”这项数据 | 是不是“得票数”？
    data/type 8:9 "[true]": “涉密”要填一个值（是或否），不是一列
    "#);
}

#[test]
fn mistakes_in_the_form() {
    for body in [
        "",
        "[]",
        "{",
        "{\"编制数\"",
        "{\"编制数\": ",
        "{\"编制数\": 45",
        "{\"编制数\": 45,}",
        "{\"编制数\": 045}",
        "{\"编制数\": 4.}",
        "{\"编制数\": +4}",
        "{\"编制数\": .5}",
        "{'编制数': 4}",
        "{“编制数”: 4}",
        "{\"编制数\": 是}",
        "{} {}",
        "{\"a\": \"\\x\"}",
        "{\"a\": \"\\ud800\"}",
        "{\"a\": \"\\ud800\\u0041\"}",
        "{\"a\": \"\n\"}",
        "{\"a\": [1 2]}",
    ] {
        let found = refuse(body);
        assert!(found.starts_with("data/syntax 1:") || found.starts_with("data/syntax 2:"), "{body}: {found}");
        assert_eq!(found.lines().count(), 1, "{body}");
    }
    assert_snapshot!(refuse("{\n  \"编制数\": 45,\n}"), @r#"data/syntax 3:1 "": JSON 在这里应有 "…""#);
    assert_snapshot!(refuse("{\"编制数\": 是}"), @r#"data/syntax 1:9 "": JSON 在这里应有 "…", {…}, […], 0…9, true, false, null"#);
    assert_snapshot!(refuse(&format!("{{\"a\": {}", "[".repeat(100_000))), @r#"data/syntax 1:38 "": JSON 套得太深"#);
}
