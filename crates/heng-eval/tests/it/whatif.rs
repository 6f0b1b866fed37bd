//! The smallest change of one fact, and cliffs: held against answers worked out by hand, and against
//! trying every value.

use heng_data::{FactsFile, read_facts};
use heng_eval::{Context, NoScripts, evaluate, evaluate_quietly, whatif};
use heng_model::{
    Facts, NodeId, Number, Outcome, Program, Scorecard, Value,
    change::{Change, Changed, Instead, Regain},
    scorecard::{Role, Step},
    value::DatumRef,
};
use proptest::prelude::*;

struct Case {
    program: Program,
    facts: Facts,
    card: Scorecard,
}

/// One indicator of 10 points with a body, some data, and facts.
fn case(body: &str, data: &str, facts: &str) -> Case {
    let text = format!(
        "规则包 试 {{\n    评价年度：2023\n    满分：10分\n    取整方式：按整\n    缺报：停止\n    不适用：折算\n    无佐证：待核\n    迟报：照计\n    有争议：待核\n}}\n\n\
         一级指标 甲 10分 {{\n{body}\n}}\n\n数据 {{\n{data}\n}}\n"
    );
    let compiled = heng_dsl::compile(&[("t.heng".to_owned(), text)]);
    let program = compiled.program.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    let files = [FactsFile { name: "facts.toml".to_owned(), bytes: facts.as_bytes().to_vec() }];
    let reading = read_facts(&program.schema, &files);
    assert!(!reading.diagnostics.iter().any(heng_diag::Diagnostic::is_error), "{:#?}", reading.diagnostics);
    let context = Context { calendar: None, scripts: &NoScripts };
    let card = evaluate(&program, &reading.facts, &context);
    Case { program, facts: reading.facts, card }
}

impl Case {
    fn regain(&self) -> Regain {
        let context = Context { calendar: None, scripts: &NoScripts };
        whatif::regain(&self.program, &self.facts, &context, &self.card, NodeId(1)).expect("points were lost")
    }

    /// What a change was found to be, in few words; and that scoring again really gives its points.
    fn told(&self, changed: &Changed) -> String {
        let context = Context { calendar: None, scripts: &NoScripts };
        let again = evaluate_quietly(&self.program, &whatif::apply(&self.facts, &changed.change), &context);
        assert_eq!(again.nodes[1].outcome, Outcome::Score(changed.points.clone()));
        assert_eq!(again.nodes[0].outcome, changed.total);
        let field = self.program.schema.field(changed.change.datum.field).unwrap().dotted();
        let to = match &changed.change.to {
            Instead::Value(Value::Number(number)) => number.to_string(),
            Instead::Value(Value::Date(day)) => day.to_string(),
            Instead::Value(Value::Bool(yes)) => yes.to_string(),
            Instead::Value(Value::Text(text)) => text.to_string(),
            Instead::Value(other) => format!("{other:?}"),
            Instead::Without(row) => format!("without {row}"),
        };
        format!("{field} {to} = {}", changed.points)
    }

    fn told_all(&self) -> Vec<Vec<String>> {
        self.regain().levels.iter().map(|level| level.changes.iter().map(|one| self.told(one)).collect()).collect()
    }
}

const RATIO: &str = "分档 支出 ÷ 预算 {\n ≥ 90%：10分\n [80%, 90%)：6分\n < 80%：0分\n}";
const MONEY: &str = "支出：金额 ≥ 0元\n预算：金额 > 0元";

#[test]
fn the_nearest_band_is_reached_by_numerator_or_denominator() {
    let case = case(RATIO, MONEY, "\"支出\" = \"70.01万元\"\n\"预算\" = \"99.99万元\"");
    let told = case.told_all();
    // 99.99万元 × 80 % = 79.992万元, in steps of 0.01万元; 70.01 ÷ 80 % = 87.5125.
    assert_eq!(told[0], ["预算 875100 = 6", "支出 800000 = 6"]);
    // 99.99 × 90 % = 89.991; 70.01 ÷ 90 % = 77.788…
    assert_eq!(told[1], ["预算 777800 = 10", "支出 900000 = 10"]);
    assert_eq!(told.len(), 2, "levels with the same changes are one");
}

#[test]
fn a_step_less_of_a_deduction() {
    let body = "扣分 {\n 人数 ÷ 编制 超过 100%，每 1个百分点：3分\n}";
    let case = case(body, "人数：个数 ≥ 0\n编制：个数 > 0", "\"人数\" = \"208人\"\n\"编制\" = \"204人\"");
    // 208 ÷ 204 = 101.96 %: one step. Any less than 101 % is none: 206 ÷ 204 = 100.98 %, or 206 of 206.
    assert_eq!(case.told_all(), [["人数 206 = 10", "编制 206 = 10"]]);
}

#[test]
fn a_peak_between_two_limits_is_not_passed_over() {
    let body = "分档 实际 ÷ 计划 {\n [99.9%, 100.1%]：10分\n 其他：2分\n}";
    let data = "实际：金额 ≥ 0元\n计划：金额 > 0元";
    let case = case(body, data, "\"实际\" = \"5000元\"\n\"计划\" = \"31415926元\"");
    let told = case.told_all();
    assert_eq!(told.len(), 1);
    // 5000 ÷ 100.1 % = 4995.004…, 5000 ÷ 99.9 % = 5005.005…: the nearest whole yuan from above.
    assert!(told[0].contains(&"计划 5005 = 10".to_owned()), "{told:?}");
    // 31415926 × 99.9 % = 31384510.07…, and the figure stands in hundreds.
    assert!(told[0].contains(&"实际 31384600 = 10".to_owned()), "{told:?}");
}

#[test]
fn a_day_of_a_limit() {
    let body = "分档 {\n 公开日 在 批复日 起 20个自然日 内：10分\n 其他：0分\n}";
    let case = case(body, "公开日：日期\n批复日：日期", "\"公开日\" = \"2023年3月5日\"\n\"批复日\" = \"2023年2月1日\"");
    assert_eq!(case.told_all(), [["公开日 2023-02-21 = 10", "批复日 2023-02-13 = 10"]]);
}

#[test]
fn a_flag_a_word_and_a_state() {
    let body = "计分 {\n 已建立：4分\n 已执行：6分\n}";
    let case = case(body, "已建立：是否\n已执行：是否", "\"已建立\" = \"否\"\n\"已执行\" = \"否\"");
    assert_eq!(
        case.told_all(),
        [vec!["已建立 true = 4", "已执行 true = 6"], vec!["已执行 true = 6"], vec![]],
        "all ten points take two facts"
    );
}

#[test]
fn where_no_whole_point_comes_back_tenths_and_hundredths_are_tried() {
    let data = "甲数：数 [0, 10]\n乙数：数 [0, 10]";
    let facts = "\"甲数\" = \"7\"\n\"乙数\" = \"9\"";
    // 10 × 0.07 × 0.9: neither fact alone brings a whole point.
    let tenths = case("得分 = 满分 × 甲数 × 乙数 ÷ 1000", data, facts).told_all();
    assert_eq!(tenths[0], ["甲数 8.12 = 0.7308"], "{tenths:?}");
    let hundredths = case("得分 = 满分 × (甲数 + 乙数) ÷ 2000", data, facts).told_all();
    assert_eq!(hundredths[0], ["甲数 9 = 0.09"], "{hundredths:?}");
}

#[test]
fn a_definition_under_a_logarithm_is_read_and_told() {
    let data = "甲数：数 [0, 10]\n乙数：数 [1, 10]";
    let facts = "\"甲数\" = \"7\"\n\"乙数\" = \"5\"";
    for body in [
        "寿命 = 甲数 ÷ 10\n得分 = (满分 × 寿命 × (ln(乙数) ÷ ln(10))，保留3位)，不超过 满分",
        "寿命 = 甲数 ÷ 10\n得分 = (满分 × ((寿命 × 乙数 ÷ 10) ^ (1 ÷ 2))，保留3位)，不超过 满分",
    ] {
        let case = case(body, data, facts);
        let score = &case.card.nodes[1];
        assert_eq!(score.read.len(), 2, "both facts are read: {body}");
        assert_eq!(definitions(&score.trace), 1, "寿命 is told once: {body}");
        let told = case.told_all();
        assert!(told[0].iter().any(|one| one.starts_with("甲数")), "{told:?}");
    }
}

/// How many steps are definitions.
fn definitions(trace: &[Step]) -> usize {
    trace.iter().map(|step| usize::from(matches!(step.role, Role::Let(_))) + definitions(&step.parts)).sum()
}

#[test]
fn a_row_that_is_not_there() {
    let body = "扣分 {\n 问题 凡 查实，每 1项：4分\n}";
    let data = "问题：表 {\n 名称：文本，键\n 查实：是否\n}";
    let facts =
        "[[\"问题\"]]\n\"名称\" = \"一\"\n\"查实\" = \"是\"\n[[\"问题\"]]\n\"名称\" = \"二\"\n\"查实\" = \"否\"";
    let case = case(body, data, facts);
    let told = case.told_all();
    assert_eq!(told, [["问题 without 0 = 10", "问题 false = 10"]]);
}

#[test]
fn nothing_is_regained_where_nothing_is_lost_or_known() {
    let context = Context { calendar: None, scripts: &NoScripts };
    for facts in ["\"支出\" = \"95元\"\n\"预算\" = \"100元\"", "\"预算\" = \"100元\""] {
        let case = case(RATIO, MONEY, facts);
        assert_eq!(whatif::regain(&case.program, &case.facts, &context, &case.card, NodeId(1)), None);
    }
}

#[test]
fn a_cliff_is_where_one_unit_makes_the_difference() {
    let case = case(RATIO, MONEY, "\"支出\" = \"80万元\"\n\"预算\" = \"100万元\"");
    let context = Context { calendar: None, scripts: &NoScripts };
    let cliffs =
        |least: i64| whatif::cliffs(&case.program, &case.facts, &context, &case.card, NodeId(1), &Number::from(least));
    let found = cliffs(4);
    let said: Vec<(String, String, String)> = found
        .iter()
        .map(|cliff| (cliff.units.to_string(), format!("{:?}", cliff.there), cliff.there_points.to_string()))
        .collect();
    assert_eq!(found[0].units, Number::ONE, "{said:?}");
    assert_eq!(found[0].here_points, Number::from(6));
    assert_eq!(found[0].there_points, Number::ZERO);
    let up = found.iter().find(|cliff| cliff.there == Value::Number(Number::from(900_000))).expect("90 %");
    assert_eq!((up.here.clone(), up.units.clone()), (Value::Number(Number::from(899_900)), Number::from(1000)));
    assert!(cliffs(7).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Bands at random, and every value a count can have tried one by one.
    #[test]
    fn no_smaller_change_exists(
        mut ends in proptest::collection::btree_set(1u32..300, 3),
        points in proptest::collection::vec(0u32..=10, 4),
        now in 0u32..300,
        divisor in 1u32..40,
    ) {
        let ends: Vec<u32> = std::mem::take(&mut ends).into_iter().collect();
        let body = format!(
            "分档 数一 × {divisor} ÷ 数二 {{\n < {}：{}分\n [{}, {})：{}分\n [{}, {})：{}分\n ≥ {}：{}分\n}}",
            ends[0], points[0], ends[0], ends[1], points[1], ends[1], ends[2], points[2], ends[2], points[3]
        );
        let case = case(
            &body,
            "数一：个数 [0, 400]\n数二：个数 [1, 60]",
            &format!("\"数一\" = \"{now}个\"\n\"数二\" = \"{divisor}个\""),
        );
        let context = Context { calendar: None, scripts: &NoScripts };
        let Some(regain) = whatif::regain(&case.program, &case.facts, &context, &case.card, NodeId(1)) else {
            return Ok(());
        };
        for field in 0..2u32 {
            let datum = DatumRef::field(heng_model::FieldId(field));
            let (low, high, here) = if field == 0 { (0, 400, now) } else { (1, 60, divisor) };
            let scored: Vec<(i64, Option<Number>)> = (low..=high).map(|value: i64| {
                let to = Instead::Value(Value::Number(Number::from(value)));
                let facts = whatif::apply(&case.facts, &Change { datum, to });
                (value, evaluate_quietly(&case.program, &facts, &context).nodes[1].outcome.points().cloned())
            }).collect();
            for level in &regain.levels {
                let reaches = |points: &Option<Number>| points.as_ref().is_some_and(|points| *points >= level.wanted);
                let nearest = scored.iter().filter(|(_, points)| reaches(points)).map(|(value, _)| (value - i64::from(here)).abs()).min();
                let found = level.changes.iter().find(|one| one.change.datum == datum).map(|one| match &one.change.to {
                    Instead::Value(Value::Number(number)) => (number.to_i64().unwrap() - i64::from(here)).abs(),
                    other => panic!("{other:?}"),
                });
                prop_assert_eq!(found, nearest, "{} points by field {}\n{}", level.wanted.clone(), field, body.clone());
            }
        }
    }
}
