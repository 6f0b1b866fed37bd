//! The procurement ledger check of the Guangdong pack.

use super::*;

const SCRIPT: &str = include_str!("../../../../rules/guangdong-dept-overall/checks/采购台账.rhai");

fn check(contracts: Vec<Vec<Value>>) -> (bool, Vec<String>) {
    let columns = [
        ("名称", Type::Text),
        ("中标日期", Type::Date),
        ("签订日期", Type::Date),
        ("公告日期", Type::Date),
        ("金额", Type::Quantity(Quantity::Money)),
    ];
    let text = format!("{SCRIPT}\nfn 甲(a) {{ 采购台账一致(a) }}");
    let answer = call(&text, vec![rows(&columns, contracts)], Type::Bool).unwrap();
    (answer.value == Value::Bool(true), answer.findings.iter().map(ToString::to_string).collect())
}

fn contract(name: &str, won: Value, signed: Value, published: Value) -> Vec<Value> {
    vec![Value::Text(name.into()), won, signed, published, Value::Number(decimal("120000.50"))]
}

#[test]
fn a_ledger_in_order_passes() {
    let ledger = vec![
        contract("电脑", date(2023, 3, 1), date(2023, 3, 20), date(2023, 3, 21)),
        contract("电脑", date(2023, 4, 1), date(2023, 4, 1), missing(3)),
        contract("保洁", missing(1), date(2023, 4, 1), missing(3)),
    ];
    assert_eq!(check(ledger), (true, vec![]));
    assert_eq!(check(vec![]), (true, vec![]));
}

#[test]
fn findings_name_the_row() {
    let ledger = vec![
        contract("电脑", date(2023, 3, 21), date(2023, 3, 20), date(2023, 3, 1)),
        contract("保洁", date(2023, 5, 2), missing(2), date(2023, 5, 1)),
        contract("电脑", date(2023, 3, 1), date(2023, 3, 20), missing(3)),
    ];
    let (passes, findings) = check(ledger);
    assert!(!passes);
    insta::assert_snapshot!(findings.join("\n"), @r"
    第1行“电脑”：中标日期2023年3月21日在签订日期2023年3月20日之后
    第1行“电脑”：签订日期2023年3月20日在公告日期2023年3月1日之后
    第2行“保洁”：中标日期2023年5月2日在公告日期2023年5月1日之后
    第3行与第1行重复：名称都是“电脑”，签订日期都是2023年3月20日
    ");
}
