//! Engine and oracle on generated rules and facts.

use heng_model::{Facts, Program, facts::Entry};
use proptest::test_runner::TestCaseError;

use crate::{
    draw::{cases, run},
    facts::{States, facts},
    rules::{Wish, rules},
    score::{Said, compile, engine, oracle},
};

/// Where the two differ, said so that a person can decide who is wrong.
fn difference(program: &Program, engine: &Said, oracle: &Said) -> String {
    let mut text = format!("grade: engine {:?}, oracle {:?}\n", engine.1, oracle.1);
    for ((node, engine), oracle) in program.nodes.iter().zip(&engine.0).zip(&oracle.0) {
        let sign = if engine == oracle { " " } else { "≠" };
        text += &format!("{sign} {}: engine {engine}, oracle {oracle}\n", node.name);
    }
    text
}

/// The facts, one datum a line.
fn told(program: &Program, facts: &Facts) -> String {
    let cell = |cell: &heng_model::Cell| match (&cell.value, cell.state) {
        (Some(value), None) => format!("{value:?}"),
        (value, state) => format!("{value:?} {state:?}"),
    };
    let entry = |(id, field): (heng_model::FieldId, &heng_model::Field)| match facts.entry(id) {
        Some(Entry::Scalar(scalar)) => format!("{}: {}\n", field.dotted(), cell(scalar)),
        Some(Entry::Table(table)) => {
            let row = |row: &Vec<_>| format!("  {}\n", row.iter().map(cell).collect::<Vec<_>>().join("; "));
            format!("{}: {:?}\n{}", field.dotted(), table.state, table.rows.iter().map(row).collect::<String>())
        }
        None => String::new(),
    };
    program.schema.iter().map(entry).collect()
}

fn agree(states: States, rule_supply: &[u16], fact_supply: &[u16]) -> Result<bool, TestCaseError> {
    let text = rules(rule_supply, Wish::default());
    let program = match compile(&text) {
        Ok(program) => program,
        Err(_) => return Ok(false),
    };
    let facts = facts(&program, fact_supply, states);
    same(&program, &facts).map_err(|difference| TestCaseError::fail(format!("{text}\n{difference}")))?;
    Ok(true)
}

/// Whether both say the same of a case; where not, the case.
pub fn same(program: &Program, facts: &Facts) -> Result<Said, String> {
    let (engine, oracle) = (engine(program, facts), oracle(program, facts));
    if engine == oracle {
        Ok(oracle)
    } else {
        Err(told(program, facts) + "\n" + &difference(program, &engine, &oracle))
    }
}

#[test]
fn the_engine_and_the_oracle_agree() {
    run(1, cases(300), |rules, facts| agree(States(true), rules, facts));
}

#[test]
fn they_agree_where_nothing_is_the_matter() {
    run(2, cases(200), |rules, facts| agree(States(false), rules, facts));
}

/// Found by a long run: a group without points and letters let a child that does not apply pass where the pack stops at one.
#[test]
fn a_group_that_is_nothing_but_its_children_stops_where_the_pack_stops_at_what_does_not_apply() {
    for (policy, group) in [("停止", "Stop"), ("折算", "None")] {
        let text = format!(
            "规则包 甲 {{
    评价年度：2023
    等级次序：A、B
    缺报：停止
    不适用：{policy}
    无佐证：停止
    迟报：停止
    有争议：停止
}}
一级指标 组 {{
    二级指标 一 {{
        当 本年率 ≥ 0%：不适用
        等级 = 分档 本年率 {{ ≥ 50%：A；其他：B }}
    }}
    二级指标 二 {{
        等级 = 分档 本年率 {{ ≥ 50%：A；其他：B }}
    }}
}}
数据 {{
    本年率：比率 [0%, 200%]
}}"
        );
        let program = compile(&text).unwrap();
        let said = same(&program, &facts(&program, &[], States(false))).unwrap();
        assert!(said.0.get(1).is_some_and(|said| said.contains(group)), "{policy}: {said:?}");
    }
}
