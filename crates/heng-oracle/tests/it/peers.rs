//! Units scored among each other: engine and oracle on drawn units, and seeded bugs.

use heng_model::{
    ExprKind, Facts, Program,
    peer::{Order, PeerOp, Ties},
};

use crate::{
    draw::{Draw, cases, run},
    facts::{States, facts},
    score::{Said, compile, engine_among, oracle_among},
};

/// Rules that ask their peers in every way; a rank of a rank, and a grade by a rank, need layers.
fn rules(order: &str, ties: &str, group: &str, far: bool) -> String {
    // Roots to a hundred digits take their time, so only some runs have them.
    let far = if far { format!("2分 × （标准分（数{group}），保留3位）") } else { "1分".to_owned() };
    format!(
        "规则包 例子 {{
    评价年度：2023
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
    满分：100分
    等级 = 分档 百分位（名次） {{ ≥ 60%：优；其他：中 }}
}}
指标 名次 40分 {{
    当 率 无佐证：待核
    甲名次 = 名次（率，{order}，{ties}{group}）
    得分 = 41分 − 甲名次 × 1分，不低于 0分
}}
指标 偏离 20分 {{
    当 同组最大（数，同组 按 类）≥ 8项：10分
    当 同组最小（数，同组 按 类）= 0项：8分
    得分 = 10分 + {far}，不低于 0分，不超过 满分
}}
指标 比较 20分 {{
    分档 {{
        率 ≥ 同组中位数（率{group}）：20分
        率 ≥ 同组平均（率）：10分
        同组个数（率{group}）> 2项：5分
        其他：0分
    }}
}}
指标 名次的名次 20分 {{
    得分 = 20分 × 百分位（名次（名次，从高到低，并列平均）× 率）
}}
数据 {{
    率：比率
    数：个数
    类：选项 {{ 东, 西 }}
}}
"
    )
}

const ORDERS: [&str; 2] = ["从高到低", "从低到高"];
const TIES: [&str; 3] = ["并列占位", "并列不占位", "并列平均"];
const GROUPS: [&str; 2] = ["", "，同组 按 类"];

/// Some units; every third is the twin of the one before, so that there are ties.
fn units(program: &Program, supply: &[u16]) -> Vec<Facts> {
    let parts: Vec<&[u16]> = supply.chunks(11).take(4).collect();
    let mut units: Vec<Facts> = parts.iter().map(|part| facts(program, part, States(true))).collect();
    if let [first, ..] = units.as_slice() {
        units.push(first.clone());
    }
    units
}

fn differ(engine: &[Said], oracle: &[Said]) -> Option<String> {
    let mut pairs = engine.iter().zip(oracle);
    pairs
        .find(|(engine, oracle)| engine != oracle)
        .map(|(engine, oracle)| format!("engine {engine:?}\noracle {oracle:?}"))
}

#[test]
fn the_engine_and_the_oracle_agree_on_peers() {
    run(3, cases(16), |choice, supply| {
        let mut draw = Draw::new(choice);
        let far = draw.percent(10);
        let text = rules(draw.of(&ORDERS), draw.of(&TIES), draw.of(&GROUPS), far);
        let program = compile(&text).unwrap();
        let units = units(&program, if far { supply.get(..33).unwrap_or(supply) } else { supply });
        match differ(&engine_among(&program, &units), &oracle_among(&program, &units)) {
            Some(said) => Err(proptest::test_runner::TestCaseError::fail(format!("{text}\n{said}"))),
            None => Ok(true),
        }
    });
}

/// What a seeded bug makes of an operation.
fn wrong(op: PeerOp) -> PeerOp {
    match op {
        PeerOp::Rank(Order::HighestFirst, ties) => PeerOp::Rank(Order::LowestFirst, ties),
        PeerOp::Rank(Order::LowestFirst, ties) => PeerOp::Rank(Order::HighestFirst, ties),
        PeerOp::Percentile => PeerOp::Standard,
        PeerOp::Standard => PeerOp::Percentile,
        PeerOp::Count => PeerOp::Min,
        PeerOp::Mean => PeerOp::Median,
        PeerOp::Median => PeerOp::Mean,
        PeerOp::Max => PeerOp::Min,
        PeerOp::Min => PeerOp::Max,
    }
}

/// Runs without states, and what is true of them: the engine's answer, which the test above holds to the
/// oracle.
fn runs(program: &Program) -> Vec<(Vec<Facts>, Vec<Said>)> {
    let run = |seed: u32| {
        let supply = |unit: u32| -> Vec<u16> {
            let mut state = seed * 977 + unit * 31 + 7;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                u16::try_from(state >> 16).unwrap()
            };
            (0..20).map(|_| next()).collect()
        };
        let mut units: Vec<Facts> = (0..5).map(|unit| facts(program, &supply(unit), States(false))).collect();
        units.push(units[0].clone());
        let said = engine_among(program, &units);
        (units, said)
    };
    (0..40).map(run).collect()
}

fn seen(bad: &Program, runs: &[(Vec<Facts>, Vec<Said>)]) -> bool {
    runs.iter().any(|(units, said)| engine_among(bad, units) != *said)
}

#[test]
fn a_seeded_bug_in_any_peer_function_is_seen() {
    let program = compile(&rules(ORDERS[0], TIES[0], GROUPS[1], true)).unwrap();
    let runs = runs(&program);
    let places: Vec<usize> =
        (0..program.exprs.len()).filter(|at| matches!(program.exprs[*at].kind, ExprKind::Peer(_))).collect();
    assert!(places.len() >= 9, "{places:?}");
    let mut unseen = Vec::new();
    for at in places {
        let mut bad = program.clone();
        let ExprKind::Peer(peer) = &mut bad.exprs[at].kind else { continue };
        let op = peer.op;
        peer.op = wrong(op);
        if !seen(&bad, &runs) {
            unseen.push((op, bad.exprs[at].at.line));
        }
    }
    assert!(unseen.is_empty(), "{unseen:?}");
}

#[test]
fn a_wrong_tie_rule_or_group_is_seen() {
    let base = compile(&rules(ORDERS[0], TIES[0], GROUPS[0], true)).unwrap();
    let runs = runs(&base);
    for ties in [Ties::Dense, Ties::Mean] {
        let mut bad = base.clone();
        for expr in &mut bad.exprs {
            if let ExprKind::Peer(peer) = &mut expr.kind
                && let PeerOp::Rank(order, Ties::Skip) = peer.op
            {
                peer.op = PeerOp::Rank(order, ties);
            }
        }
        assert!(seen(&bad, &runs), "{ties:?}");
    }
    assert!(seen(&compile(&rules(ORDERS[0], TIES[0], GROUPS[1], true)).unwrap(), &runs));
}
