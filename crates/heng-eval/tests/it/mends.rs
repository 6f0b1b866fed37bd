//! Two places where a state was once let through: a demand that only remarks, and 视为不符合 where
//! points are wanted.

use heng_data::{FactsFile, read_facts};
use heng_eval::{Context, NoScripts, evaluate};
use heng_model::{Outcome, Verdict, scorecard::NodeScore};

use crate::build::{open, score};

/// What the one indicator comes to.
fn scored(pack: &str, group: &str, indicator: &str, facts: &str) -> NodeScore {
    let text = format!(
        "规则包 试 {{\n 评价年度：2023\n 满分：10分\n 缺报：停止\n 迟报：照计\n 有争议：待核\n{pack}\n}}\n\
         一级指标 组 10分 {{\n{group}\n 二级指标 项 10分 {{\n{indicator}\n }}\n}}\n\
         数据 {{\n 率：比率 [0%, 100%]\n 总数：金额 > 0元\n}}\n"
    );
    let compiled = heng_dsl::compile(&[("t.heng".to_owned(), text)]);
    let program = compiled.program.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    let files = [FactsFile { name: "facts.toml".to_owned(), bytes: facts.as_bytes().to_vec() }];
    let facts = read_facts(&program.schema, &files).facts;
    evaluate(&program, &facts, &Context { calendar: None, scripts: &NoScripts }).nodes.pop().unwrap()
}

const UNPROVED: &str = "\"率\" = { \"值\" = \"60%\", \"状态\" = \"无佐证\" }\n\"总数\" = \"1元\"";

#[test]
fn a_remark_changes_nothing_where_a_state_keeps_it_from_being_decided() {
    let remark = "须 总数 ≥ 5元，否则 提示\n得分 = 满分 × 率";
    let missing = scored(" 无佐证：待核", "", remark, "\"率\" = \"60%\"");
    assert_eq!(missing.outcome, score("6"), "the demand reads a datum that is missing");
    assert!(missing.findings.iter().all(|finding| finding.verdict.is_none()), "{:?}", missing.findings);
    let unmet = scored(" 无佐证：待核", "", remark, "\"率\" = \"60%\"\n\"总数\" = \"1元\"");
    assert_eq!((unmet.outcome, unmet.findings.len()), (score("6"), 1));
    let verdict = "须 总数 ≥ 5元，否则 退回\n得分 = 满分 × 率";
    let returned = scored(" 无佐证：待核", "", verdict, "\"率\" = \"60%\"");
    assert!(matches!(returned.outcome, Outcome::Open { .. }), "a demand with a verdict is another matter");
}

#[test]
fn a_nearer_as_is_is_not_passed_over_for_a_place_further_out() {
    let body = "无佐证：视为不符合\n得分 = 满分 × 率";
    let near = scored(" 无佐证：0分", " 无佐证：照计", body, UNPROVED);
    assert_eq!(near.outcome, open("0", "10", Verdict::Stop), "the pack's 0分 is not asked");
    let group = scored(" 无佐证：满分", " 无佐证：0分", body, UNPROVED);
    assert_eq!(group.outcome, score("0"), "the group's own points are");
    let pack = scored(" 无佐证：0分", "", body, UNPROVED);
    assert_eq!(pack.outcome, score("0"), "with nothing between, the pack decides");
}
