//! The pack of common checks: each check finds what it is for, and nothing in data that are in order.

use std::path::Path;

use super::kit::{heng, root};

/// The findings of a check after `edits` of the sample, each `from` put right there.
fn findings(method: &str, edits: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("rules/cn-common-checks"), folder.path());
    let path = folder.path().join("example/facts.toml");
    let mut text = std::fs::read_to_string(&path).unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(&path, text).unwrap();
    let case = folder.path().join("example");
    let run = heng(&[
        "script".as_ref(),
        "run".as_ref(),
        case.as_os_str(),
        method.as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
    ]);
    let calls: serde_json::Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
    assert_eq!(calls.as_array().unwrap().len(), 1);
    assert_eq!(calls[0]["error"], serde_json::Value::Null, "{}", run.out);
    let found: Vec<String> =
        calls[0]["findings"].as_array().unwrap().iter().map(|finding| finding.as_str().unwrap().to_owned()).collect();
    assert_eq!(calls[0]["answer"], if found.is_empty() { "是" } else { "否" });
    found
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn data_in_order_pass() {
    for method in ["没有拆分", "日期有序", "支付相符", "人编相符", "名单不重复", "分项等于合计"]
    {
        assert!(findings(method, &[]).is_empty(), "{method}");
    }
    assert_eq!(heng(&["score", "rules/cn-common-checks/example", "--format", "json"]).code, 0);
}

#[test]
fn a_split_contract_is_found() {
    let near = ("2024年7月1日", "2024年4月30日");
    insta::assert_debug_snapshot!(findings("没有拆分", &[("\"4万元\"", "\"5万元\""), near]), @r#"
    [
        "某某科技的货物：2024年3月20日起60天以内 2 份合同（甲1、甲2）合起来200000元，达到限额200000元",
    ]
    "#);
    // One yuan less than the limit, one day more than the window, another supplier: nothing.
    assert!(findings("没有拆分", &[("\"4万元\"", "\"49999元\""), near]).is_empty());
    assert!(findings("没有拆分", &[("\"4万元\"", "\"5万元\""), ("2024年7月1日", "2024年5月20日")]).is_empty());
    assert!(findings("没有拆分", &[("\"15万元\"", "\"20万元\""), near]).is_empty());
}

#[test]
fn contract_dates_out_of_order_are_found() {
    let found = findings(
        "日期有序",
        &[("2024年3月1日", "2024年3月21日"), ("公告日期\" = \"2024年3月21日", "公告日期\" = \"2024年3月19日")],
    );
    assert_eq!(found.len(), 2);
    assert!(found[0].contains("早于2024年3月21日中标") && found[1].contains("2024年3月19日公告"), "{found:?}");
}

#[test]
fn payments_without_contract_early_or_too_high_are_found() {
    let found = findings(
        "支付相符",
        &[
            ("\"5万元\"", "\"5.01万元\""),
            ("2024年4月1日", "2024年3月19日"),
            ("\"凭证号\" = \"记-3\"", "\"凭证号\" = \"记-3\"\n\"合同编号\" = \"甲9\""),
        ],
    );
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].contains("早于合同甲1签订") && found[1].contains("没有合同甲9") && found[2].contains("150100元"),
        "{found:?}"
    );
}

#[test]
fn more_staff_than_posts_and_a_wrong_number_are_found() {
    let found = findings("人编相符", &[("\"2个\"", "\"1个\"")]);
    assert_eq!(found, ["办公室：在职2人，编制1个"]);
    let number = std::fs::read_to_string(root().join("rules/cn-common-checks/example/facts.toml")).unwrap();
    let first = number.split("\"身份证号\" = \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let second = number.split("\"身份证号\" = \"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(findings("人编相符", &[(&second, &first)]), ["人员第2行“李乙”与第1行“张甲”身份证号相同"]);
    assert_eq!(findings("人编相符", &[(&second, "11010519491231")]).len(), 1);
}

#[test]
fn a_subsidy_paid_twice_is_found_without_publishing_numbers() {
    let found = findings(
        "名单不重复",
        &[("\"项目\" = \"交通补贴\"", "\"项目\" = \"高温津贴\""), ("6000000000000002", "6000000000000001")],
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("领了两次") && found[1].contains("同一个账号"), "{found:?}");
    assert!(found.iter().all(|finding| !finding.contains("6000") && !finding.contains("1949")), "{found:?}");
}

#[test]
fn parts_that_do_not_add_up_are_found() {
    assert_eq!(
        findings("分项等于合计", &[("9.86万元", "9.68万元")]),
        ["2024年：三项相加98600元，合计写的是96800元，差1800元"]
    );
}
