use heng_diag::Lang;
use heng_model::{
    ExprId, ExprKind, FieldId, NodeId, Number, Quantity, State, Type, Value,
    expr::{Compare, FoldOp, Side, StepRounding, TallyCount, Test},
    program::LetId,
    scorecard::{Role, Step},
    value::DatumRef,
};

use super::kit::{Kit, day, n};
use crate::Phrase;

fn both(kit: &Kit, id: ExprId) -> String {
    let say = |lang| Phrase::new(&kit.program, lang).expr(id);
    format!("{}\n{}", say(Lang::Zh), say(Lang::En))
}

/// 满分 × 支出率，不超过 满分，保留2位, with 支出率 = 支出决算数 ÷ 调整预算数.
fn spending(kit: &mut Kit) -> (ExprId, ExprId, LetId) {
    let (spent, budget) = (kit.money(&["支出决算数"]), kit.money(&["调整预算数"]));
    let (spent, budget) = (kit.field(spent), kit.field(budget));
    let quotient = kit.over(spent, budget);
    let (rate_id, rate) = kit.define("支出率", quotient, false);
    let (full, bound) = (kit.full(), kit.full());
    let product = kit.times(full, rate);
    let limited = kit.at_most(product, bound);
    (kit.rounded(limited, 2), quotient, rate_id)
}

#[test]
fn tails_follow_the_value_they_bound() {
    let mut kit = Kit::new("包");
    let (score, quotient, _) = spending(&mut kit);
    insta::assert_snapshot!(both(&kit, score), @"
    满分 × 支出率，不超过 满分，保留2位
    full * 支出率, at most full, round 2
    ");
    insta::assert_snapshot!(both(&kit, quotient), @"
    支出决算数 ÷ 调整预算数
    支出决算数 / 调整预算数
    ");
}

#[test]
fn brackets_stand_where_the_order_asks_for_them() {
    let mut kit = Kit::new("包");
    let [a, b, c] = ["甲", "乙", "丙"].map(|name| {
        let id = kit.scalar(&[name], Type::Quantity(Quantity::Plain));
        kit.field(id)
    });
    let difference = kit.minus(b, c);
    let left = kit.minus(difference, a);
    let right = kit.minus(a, difference);
    let product = kit.times(difference, a);
    let quotient = kit.over(a, product);
    let negated = kit.e(ExprKind::Negate(difference), Type::Quantity(Quantity::Plain));
    let five = kit.number("-5", Quantity::Plain);
    let power = kit.arith(heng_model::expr::Arith::Power, five, five);
    let limited = kit.at_most(a, b);
    let inner = kit.times(a, limited);
    let all: Vec<_> = [left, right, product, quotient, negated, power, inner].map(|id| both(&kit, id)).into();
    insta::assert_snapshot!(all.join("\n"), @"
    乙 − 丙 − 甲
    乙 - 丙 - 甲
    甲 − （乙 − 丙）
    甲 - (乙 - 丙)
    （乙 − 丙）× 甲
    (乙 - 丙) * 甲
    甲 ÷ （（乙 − 丙）× 甲）
    甲 / ((乙 - 丙) * 甲)
    −（乙 − 丙）
    -(乙 - 丙)
    （-5）^-5
    (-5)^-5
    甲 × （甲，不超过 乙）
    甲 * (甲, at most 乙)
    ");
}

#[test]
fn conditions_keep_their_order_of_and_and_or() {
    let mut kit = Kit::new("包");
    let [a, b, c] = ["甲", "乙", "丙"].map(|name| {
        let id = kit.scalar(&[name], Type::Bool);
        kit.field(id)
    });
    let either = kit.or(&[a, b]);
    let both_of = kit.and(&[either, c]);
    let negated = kit.e(ExprKind::Not(either), Type::Bool);
    let mixed = kit.or(&[both_of, negated]);
    insta::assert_snapshot!(both(&kit, mixed), @"
    （甲 或 乙）且 丙 或 非 （甲 或 乙）
    (甲 or 乙) and 丙 or not (甲 or 乙)
    ");
}

#[test]
fn names_with_signs_are_quoted() {
    let mut kit = Kit::new("包");
    let field = kit.money(&["“三公”经费", "预算数"]);
    let field = kit.field(field);
    let reserved = kit.money(&["其他"]);
    let reserved = kit.field(reserved);
    let sum = kit.arith(heng_model::expr::Arith::Add, field, reserved);
    insta::assert_snapshot!(both(&kit, sum), @"
    「“三公”经费」.预算数 + 「其他」
    「“三公”经费」.预算数 + 「其他」
    ");
}

#[test]
fn an_alias_is_taken_where_it_fits_the_language() {
    let mut kit = Kit::new("包");
    let field = kit.money(&["支出决算数"]);
    kit.program.schema.fields[0].alias = Some("final_expenditure".into());
    let expr = kit.field(field);
    insta::assert_snapshot!(both(&kit, expr), @"
    支出决算数
    final_expenditure
    ");
}

#[test]
fn blocks_stand_on_one_line() {
    let mut kit = Kit::new("包");
    let audits = kit.table("审计问题", None, &[("查实", Type::Bool)]);
    let proved = kit.column(audits, 0);
    let rows = kit.filter(audits, proved);
    let per = kit.per_row(rows);
    let point = kit.points("1");
    let staff = kit.scalar(&["在职人数"], Type::Quantity(Quantity::Count));
    let posts = kit.scalar(&["编制数"], Type::Quantity(Quantity::Count));
    let (staff, posts) = (kit.field(staff), kit.field(posts));
    let amount = kit.over(staff, posts);
    let (limit, step, half) = (kit.percent("100"), kit.percent_points("1"), kit.points("0.5"));
    let beyond = TallyCount::Beyond { amount, side: Side::Above, limit, step, partial: StepRounding::ProRata };
    let tally = kit.tally(true, vec![(per, point), (beyond, half)]);
    let (ten, thirty) = (kit.percent("10"), kit.percent("30"));
    let (full, nought) = (kit.full(), kit.points("0"));
    let line = heng_model::expr::Linear { subject: amount, low: ten, high: thirty, from: full, to: nought };
    let line = kit.e(ExprKind::Linear(line), Type::POINTS);
    let bands = kit.bands(
        &[amount],
        vec![
            (vec![Kit::state(State::Missing)], nought),
            (vec![Kit::range(None, Some((ten, true)))], full),
            (vec![Kit::range(Some((ten, false)), Some((thirty, true)))], line),
            (vec![heng_model::expr::BandCell::Other], tally),
        ],
    );
    insta::assert_snapshot!(both(&kit, bands), @"
    分档 在职人数 ÷ 编制数 { 缺报：0分；≤ 10%：满分；(10%, 30%]：线性 满分 到 0分；其他：扣分 { 审计问题 凡 查实，每 1项：1分；在职人数 ÷ 编制数 超过 100%，每 1个百分点：0.5分，按比例 } }
    bands 在职人数 / 编制数 { missing: 0 points; <= 10%: full; (10%, 30%]: linear full to 0 points; else: deduct { 审计问题 where 查实, per 1 item: 1 point; 在职人数 / 编制数 above 100%, per 1 percentage_points: 0.5 points, pro_rata } }
    ");
    let ExprKind::Bands(block) = &kit.program.expr(bands).unwrap().kind else { panic!() };
    let phrase = Phrase::new(&kit.program, Lang::Zh);
    let cells: Vec<_> = block.rows.iter().map(|row| phrase.band(row, &block.subjects)).collect();
    assert_eq!(cells, ["缺报", "≤ 10%", "(10%, 30%]", "其他"]);
}

#[test]
fn folds_and_limits_of_time_are_said() {
    let mut kit = Kit::new("包");
    let contracts = kit.table("采购合同", None, &[("签订日期", Type::Date), ("中标日期", Type::Date)]);
    let (signed, won) = (kit.column(contracts, 0), kit.column(contracts, 1));
    let thirty = kit.number("30", Quantity::Days);
    let in_time = kit.within(signed, won, thirty);
    let rows = kit.filter(contracts, in_time);
    let share = kit.fold(FoldOp::Share, rows, None);
    insta::assert_snapshot!(both(&kit, share), @"
    占比（采购合同 凡 签订日期 在 中标日期 起 30天 内）
    share(采购合同 where 签订日期 in 中标日期 from 30 days within)
    ");
    let ExprKind::Fold(mut fold) = kit.program.expr(share).unwrap().kind.clone() else { panic!() };
    fold.op = FoldOp::Mean;
    fold.term = Some(thirty);
    fold.skip = vec![State::Missing, State::NotApplicable];
    fold.at_least = Some(2);
    let mean = kit.e(ExprKind::Fold(fold), Type::Quantity(Quantity::Days));
    insta::assert_snapshot!(both(&kit, mean), @"
    平均（采购合同 凡 签订日期 在 中标日期 起 30天 内，30天，略去 缺报、不适用，至少 2项）
    mean(采购合同 where 签订日期 in 中标日期 from 30 days within, 30 days, skip missing、not_applicable, at_least 2 items)
    ");
    let cutoff = kit.e(ExprKind::Literal(Value::Date(day("2023-12-31"))), Type::Date);
    let before = kit.compare(Compare::AtMost, signed, cutoff);
    let empty = kit.is(Test::Empty, rows);
    let either = kit.or(&[before, empty]);
    insta::assert_snapshot!(both(&kit, either), @"
    签订日期 ≤ 2023年12月31日 或 （采购合同 凡 签订日期 在 中标日期 起 30天 内）为空
    签订日期 <= 2023-12-31 or (采购合同 where 签订日期 in 中标日期 from 30 days within) empty
    ");
}

#[test]
fn rounding_names_mode_and_unit() {
    use heng_model::Rounding::{Down, HalfEven, HalfUp, Up};
    let mut kit = Kit::new("包");
    let value = kit.full();
    let mut lines = Vec::new();
    for (places, mode, unit) in [
        (2, HalfUp, "1"),
        (0, HalfUp, "1"),
        (2, HalfUp, "0.01"),
        (2, Down, "10000"),
        (0, Down, "1"),
        (1, Up, "1"),
        (2, HalfEven, "1"),
    ] {
        let id = kit.e(ExprKind::Round { value, places, mode, unit: n(unit) }, Type::POINTS);
        lines.push(both(&kit, id));
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    满分，保留2位
    full, round 2
    满分，取整
    full, to_whole
    满分，保留2位%
    full, round 2 %
    满分，保留2位万元 舍去
    full, round 2 wan_yuan truncate
    满分，舍去
    full, truncate
    满分，保留1位 进一
    full, round 1 round_up
    满分，保留2位 四舍六入
    full, round 2 half_even
    ");
}

#[test]
fn a_trace_puts_numbers_into_the_formula() {
    let mut kit = Kit::new("包");
    let (score, quotient, rate_id) = spending(&mut kit);
    let amount = Value::Number(n("48498800"));
    let read = |field: u32, expr: u32| Step {
        role: Role::Operand(field),
        expr: Some(ExprId(expr)),
        value: amount.clone(),
        parts: vec![Step {
            role: Role::Read(DatumRef::field(FieldId(field))),
            expr: None,
            value: amount.clone(),
            parts: Vec::new(),
        }],
    };
    let definition = Step {
        role: Role::Let(rate_id),
        expr: Some(quotient),
        value: Value::Number(Number::ONE),
        parts: vec![read(0, 0), read(1, 1)],
    };
    let leaf =
        |role, expr, value: &str, parts| Step { role, expr: Some(ExprId(expr)), value: Value::Number(n(value)), parts };
    let rate = leaf(Role::Operand(1), 3, "1", vec![definition.clone()]);
    let product = leaf(Role::Operand(0), 6, "10", vec![leaf(Role::Operand(0), 4, "10", vec![]), rate]);
    let bound = leaf(Role::Operand(1), 5, "10", vec![]);
    let limited = leaf(Role::Operand(0), 7, "10", vec![product, bound]);
    let result = leaf(Role::Result, score.0, "10", vec![limited]);
    let say = |step: &Step| {
        let say = |lang| Phrase::new(&kit.program, lang).expr_with_numbers(step);
        format!("{}\n{}", say(Lang::Zh), say(Lang::En))
    };
    insta::assert_snapshot!(say(&definition), @"
    4849.88万元 ÷ 4849.88万元 = 100%
    48,498,800 yuan / 48,498,800 yuan = 100%
    ");
    insta::assert_snapshot!(say(&result), @"
    10分 × 100%，不超过 10分，保留2位 = 10分
    10 points * 100%, at most 10 points, round 2 = 10 points
    ");
    let rounded = Step { value: Value::Number(n("2/3")), ..definition };
    insta::assert_snapshot!(say(&rounded), @"
    4849.88万元 ÷ 4849.88万元 ≈ 66.67%
    48,498,800 yuan / 48,498,800 yuan ≈ 66.67%
    ");
}

#[test]
fn nothing_is_found_behind_dangling_ids() {
    let mut kit = Kit::new("包");
    let kinds = [
        ExprKind::Field(FieldId(9)),
        ExprKind::Column { table: FieldId(9), column: 3, up: 0 },
        ExprKind::Let(LetId(9)),
        ExprKind::Argument(3),
        ExprKind::ScoreOf(NodeId(9)),
        ExprKind::Rated(FieldId(9)),
        ExprKind::Negate(ExprId(999)),
        ExprKind::Method(heng_model::program::MethodId(9), vec![ExprId(999)]),
    ];
    let ids = kinds.map(|kind| kit.e(kind, Type::POINTS));
    let phrase = Phrase::new(&kit.program, Lang::Zh);
    let said: Vec<_> = ids.iter().map(|id| phrase.expr(*id)).collect();
    insta::assert_snapshot!(said.join("\n"), @"
    ?
    「?」
    ?
    ?
    「?」
    评定 ?
    −?
    「?」（?）
    ");
    assert_eq!(phrase.criterion(NodeId(9)), "?");
    let own = kit.e(ExprKind::Negate(ExprId(u32::try_from(kit.program.exprs.len()).unwrap())), Type::POINTS);
    assert_eq!(Phrase::new(&kit.program, Lang::Zh).expr(own), "−…");
}
