use heng_diag::Lang;
use heng_model::{
    ExprId, ExprKind, NodeId, Quantity, State, Type, Verdict,
    expr::{BandCell, Bands, Compare, Each, FoldOp, Linear, Share, Side, StepRounding, Tally, TallyCount, Test},
    program::{Method, MethodCode, MethodId, Otherwise, Parameter},
};

use super::kit::Kit;
use crate::Phrase;

fn both(kit: &Kit, node: NodeId) -> String {
    let say = |lang| Phrase::new(&kit.program, lang).criterion(node);
    format!("{}\n{}", say(Lang::Zh), say(Lang::En))
}

fn rate(kit: &mut Kit, over: &str, under: &str) -> ExprId {
    let (over, under) = (kit.money(&[over]), kit.money(&[under]));
    let (over, under) = (kit.field(over), kit.field(under));
    kit.over(over, under)
}

fn verdict(kit: &mut Kit, verdict: Verdict) -> ExprId {
    kit.e(ExprKind::Verdict(verdict), Type::Never)
}

#[test]
fn a_formula_is_said_with_what_its_names_stand_for() {
    let mut kit = Kit::new("包");
    let quotient = rate(&mut kit, "支出决算数", "调整预算数");
    let budget = kit.field(heng_model::FieldId(1));
    let nought = kit.number("0", Quantity::Money);
    let none = kit.compare(Compare::Equal, budget, nought);
    let inapplicable = verdict(&mut kit, Verdict::NotApplicable);
    let (definition, name) = kit.define("支出率", quotient, false);
    let full = kit.full();
    let product = kit.times(full, name);
    let limited = kit.at_most(product, full);
    let score = kit.rounded(limited, 2);
    let body = kit.body(&[(none, inapplicable)], &[], &[definition], score);
    let node = kit.node(Some(NodeId(0)), "支出率", "10", Some(body));
    insta::assert_snapshot!(both(&kit, node), @"
    调整预算数为0元的，本项不适用。得分 = 满分 × 支出率，不超过 满分，保留2位。其中：支出率 = 支出决算数 ÷ 调整预算数。
    If 调整预算数 is 0 yuan: not applicable. score = full * 支出率, at most full, round 2. Where 支出率 = 支出决算数 / 调整预算数.
    ");
}

#[test]
fn bands_are_said_as_the_notice_says_them() {
    let mut kit = Kit::new("包");
    let subject = rate(&mut kit, "重点支出", "项目支出");
    let (_, name) = kit.define("安排率", subject, false);
    let ends = ["90", "80", "70", "60"].map(|end| kit.percent(end));
    let points = ["5", "4", "3", "2", "0"].map(|points| kit.points(points));
    let closed_open = |low: usize, high: usize| Kit::range(Some((ends[low], true)), Some((ends[high], false)));
    let rows = vec![
        (vec![Kit::range(Some((ends[0], true)), None)], points[0]),
        (vec![closed_open(1, 0)], points[1]),
        (vec![closed_open(2, 1)], points[2]),
        (vec![closed_open(3, 2)], points[3]),
        (vec![Kit::range(None, Some((ends[3], false)))], points[4]),
    ];
    let two_sided = kit.bands(&[name], rows);
    let two_sided = kit.scored("两头", "5", two_sided);
    let one = |end: usize| vec![Kit::range(Some((ends[end], true)), None)];
    let rows = vec![(one(0), points[0]), (one(1), points[1]), (one(2), points[2]), (vec![BandCell::Other], points[4])];
    let chain = kit.bands(&[name], rows);
    let chain = kit.scored("一头", "5", chain);
    let two = both(&kit, two_sided);
    insta::assert_snapshot!(two, @"
    安排率在90%以上的，得5分；80%以上不满90%的，得4分；70%以上不满80%的，得3分；60%以上不满70%的，得2分；不满60%的，得0分。其中：安排率 = 重点支出 ÷ 项目支出。
    If 安排率 is at least 90%: 5 points; if at least 80% and below 90%: 4 points; if at least 70% and below 80%: 3 points; if at least 60% and below 70%: 2 points; if below 60%: 0 points. Where 安排率 = 重点支出 / 项目支出.
    ");
    insta::assert_snapshot!(both(&kit, chain), @"
    安排率在90%以上的，得5分；80%以上不满90%的，得4分；70%以上不满80%的，得3分；不满70%的，得0分。其中：安排率 = 重点支出 ÷ 项目支出。
    If 安排率 is at least 90%: 5 points; if at least 80% and below 90%: 4 points; if at least 70% and below 80%: 3 points; if below 70%: 0 points. Where 安排率 = 重点支出 / 项目支出.
    ");
}

#[test]
fn a_line_between_two_ends_falls_in_proportion() {
    let mut kit = Kit::new("包");
    let subject = rate(&mut kit, "自行调整额", "年初预算数");
    let (ten, thirty) = (kit.percent("10"), kit.percent("30"));
    let (full, nought, part) = (kit.full(), kit.points("0"), kit.percent("70"));
    let part = kit.times(part, full);
    let line = Linear { subject, low: ten, high: thirty, from: full, to: nought };
    let line = kit.e(ExprKind::Linear(line), Type::POINTS);
    let rows = vec![
        (vec![Kit::state(State::Missing)], part),
        (vec![Kit::range(None, Some((ten, true)))], full),
        (vec![Kit::range(Some((ten, false)), Some((thirty, true)))], line),
        (vec![BandCell::Other], nought),
    ];
    let bands = kit.bands(&[subject], rows);
    let node = kit.scored("约束性", "4", bands);
    insta::assert_snapshot!(both(&kit, node), @"
    自行调整额 ÷ 年初预算数 缺报的，得满分的70%；10%以下的，得满分；超过10%至30%的，从满分按比例减至0分；其余的，得0分。
    If 自行调整额 / 年初预算数 is missing: 70% of full marks; if at most 10%: full marks; if above 10% and at most 30%: falling in proportion from full marks to 0 points; otherwise: 0 points.
    ");
}

#[test]
fn deductions_are_said_per_step() {
    let mut kit = Kit::new("包");
    let amount = rate(&mut kit, "本年三公", "三公预算");
    let (limit, step, half) = (kit.percent("100"), kit.percent_points("1"), kit.points("0.5"));
    let mut say = |side, partial| {
        let beyond = TallyCount::Beyond { amount, side, limit, step, partial };
        let tally = kit.tally(true, vec![(beyond, half)]);
        let node = kit.scored("控制率", "5", tally);
        both(&kit, node)
    };
    let all = [
        say(Side::Above, StepRounding::Whole),
        say(Side::Below, StepRounding::ProRata),
        say(Side::Away, StepRounding::Up),
    ];
    insta::assert_snapshot!(all.join("\n"), @"
    本年三公 ÷ 三公预算 超过100%的，每超过1个百分点扣0.5分（不足1个百分点的不计），扣完为止。
    If 本年三公 / 三公预算 is above 100%: 0.5 points off for each percentage point (a part of it does not count), until nothing is left.
    本年三公 ÷ 三公预算 达到100%的，得满分；每低1个百分点扣0.5分（不足1个百分点的按比例计），扣完为止。
    If 本年三公 / 三公预算 reaches 100%: full marks; for each percentage point below it: 0.5 points off (a part of it counts in proportion), until nothing is left.
    本年三公 ÷ 三公预算 偏离100%的，每偏离1个百分点扣0.5分（不足1个百分点的按1个百分点计），扣完为止。
    If 本年三公 / 三公预算 is away from 100%: 0.5 points off for each percentage point (a part of it counts whole), until nothing is left.
    ");
}

#[test]
fn deductions_per_row_have_their_floor() {
    let mut kit = Kit::new("包");
    let audits = kit.table("审计问题", None, &[("查实", Type::Bool), ("性质", Type::Word(None))]);
    let (proved, kind) = (kit.column(audits, 0), kit.column(audits, 1));
    let common = kit.word("一般");
    let grave = kit.compare(Compare::NotEqual, kind, common);
    let both_of = kit.and(&[proved, grave]);
    let grave_rows = kit.filter(audits, both_of);
    let exists = kit.fold(FoldOp::Exists, grave_rows, None);
    let rows = kit.filter(audits, proved);
    let (point, nought) = (kit.points("1"), kit.points("0"));
    let per = kit.per_row(rows);
    let tally = kit.tally(true, vec![(per.clone(), point)]);
    let body = kit.body(&[(exists, nought)], &[], &[], tally);
    let node = kit.node(Some(NodeId(0)), "财务管理合规性", "3", Some(body));
    insta::assert_snapshot!(both(&kit, node), @"
    有查实且性质不为一般的审计问题的，得0分。查实的审计问题每有1项扣1分，扣完为止。
    If there are 审计问题 where 查实 and 性质 is not 一般: 0 points. For each of 审计问题 where 查实: 1 point off, until nothing is left.
    ");
    let times = kit.scalar(&["通报次数"], Type::Quantity(Quantity::Count));
    let items = kit.field(times);
    let step = kit.number("1", Quantity::Count);
    let (floor, from) = (kit.points("-2"), kit.points("1"));
    let counted = TallyCount::Per { items, step, partial: StepRounding::Whole };
    let tally = kit.tally(true, vec![(counted, point), (per, point)]);
    let ExprKind::Tally(block) = kit.program.expr(tally).unwrap().kind.clone() else { panic!() };
    let block = Tally { from: Some(from), to: Some(floor), ..block };
    let tally = kit.e(ExprKind::Tally(block), Type::POINTS);
    let node = kit.scored("通报", "1", tally);
    insta::assert_snapshot!(both(&kit, node), @"
    从1分起扣；通报次数每满1扣1分；查实的审计问题每有1项扣1分，最低扣至-2分。
    Starting from 1 point; for each 1 of 通报次数: 1 point off; for each of 审计问题 where 查实: 1 point off, down to -2 points at the lowest.
    ");
}

#[test]
fn a_checklist_gives_points_for_each_row_that_holds() {
    let mut kit = Kit::new("包");
    let items = ["事前评估", "绩效目标", "绩效监控"].map(|name| {
        let field = kit.scalar(&["管理制度", name], Type::Bool);
        kit.field(field)
    });
    let (one, two) = (kit.points("1"), kit.points("2"));
    let equal = kit.tally(false, items.iter().map(|item| (TallyCount::When(*item), one)).collect());
    let equal = kit.scored("制度建设", "3", equal);
    let unequal = kit.tally(false, vec![(TallyCount::When(items[0]), one), (TallyCount::When(items[1]), two)]);
    let unequal = kit.scored("制度执行", "3", unequal);
    let plain = kit.number("1", Quantity::Plain);
    let counted = kit.tally(false, items.iter().map(|item| (TallyCount::When(*item), plain)).collect());
    let two_of = kit.number("2", Quantity::Plain);
    let (full, nought) = (kit.full(), kit.points("0"));
    let rows = vec![(vec![Kit::range(Some((two_of, true)), None)], full), (vec![BandCell::Other], nought)];
    let some_of = kit.bands(&[counted], rows);
    let some_of = kit.scored("三项中至少两项", "3", some_of);
    let all = [equal, unequal, some_of].map(|node| both(&kit, node));
    insta::assert_snapshot!(all.join("\n"), @"
    下列各项每有1项成立得1分：管理制度.事前评估、管理制度.绩效目标、管理制度.绩效监控。
    For each of the following that holds, 1 point: 管理制度.事前评估; 管理制度.绩效目标; 管理制度.绩效监控.
    下列各项成立的分别得分：管理制度.事前评估（1分）、管理制度.绩效目标（2分）。
    For each of the following that holds: 管理制度.事前评估 (1 point); 管理制度.绩效目标 (2 points).
    下列各项每有1项成立计1：管理制度.事前评估、管理制度.绩效目标、管理制度.绩效监控；合计在2以上的，得满分；不满2的，得0分。
    For each of the following that holds, 1: 管理制度.事前评估; 管理制度.绩效目标; 管理制度.绩效监控; if the count is at least 2: full marks; if below 2: 0 points.
    ");
}

#[test]
fn shares_of_rows_and_parameters_are_said_with_their_values() {
    let mut kit = Kit::new("包");
    let contracts = kit.table("采购合同", None, &[("中标日期", Type::Date), ("签订日期", Type::Date)]);
    let rows = kit.field(contracts);
    let empty = kit.is(Test::Empty, rows);
    let full = kit.full();
    let thirty = kit.number("30", Quantity::Days);
    let (_, limit) = kit.define("合同签订时限", thirty, true);
    let (won, signed) = (kit.column(contracts, 0), kit.column(contracts, 1));
    let in_time = kit.within(signed, won, limit);
    let rows = kit.filter(contracts, in_time);
    let share = kit.fold(FoldOp::Share, rows, None);
    let score = kit.times(full, share);
    let limited = kit.at_most(score, full);
    let score = kit.rounded(limited, 2);
    let body = kit.body(&[(empty, full)], &[], &[], score);
    let node = kit.node(Some(NodeId(0)), "签订时效", "2", Some(body));
    insta::assert_snapshot!(both(&kit, node), @"
    没有采购合同的，得满分。得分为满分乘以签订日期在中标日期起合同签订时限（30天）内的采购合同占全部采购合同的比例。得分不超过满分，保留2位。
    If there are no 采购合同: full marks. The score is full marks times the share of 采购合同 where 签订日期 is within 合同签订时限 (30 days) from 中标日期 among all 采购合同. The score: at most full marks, round 2.
    ");
}

#[test]
fn conditions_without_subject_and_rows_one_by_one() {
    let mut kit = Kit::new("包");
    let columns = [("涉密", Type::Bool), ("公开日期", Type::Date), ("内容完整", Type::Bool), ("批复日期", Type::Date)];
    let table = kit.table("公开", None, &columns);
    let [secret, published, whole, approved] = [0, 1, 2, 3].map(|column| kit.column(table, column));
    let missing = kit.is(Test::State(State::Missing), published);
    let not_late = kit.compare(Compare::AtMost, published, approved);
    let late = kit.e(ExprKind::Not(not_late), Type::Bool);
    let incomplete = kit.e(ExprKind::Not(whole), Type::Bool);
    let either = kit.or(&[late, incomplete]);
    let fine = kit.and(&[whole, either]);
    let (full, nought, half) = (kit.full(), kit.points("0"), kit.percent("50"));
    let half = kit.times(half, full);
    let rows = vec![
        (vec![BandCell::When(secret)], full),
        (vec![BandCell::When(missing)], nought),
        (vec![BandCell::When(fine)], full),
        (vec![BandCell::Other], half),
    ];
    let bands = kit.bands(&[], rows);
    let need = kit.is(Test::NotEmpty, published);
    let body = kit.body(&[], &[(need, Otherwise::Verdict(Verdict::Return))], &[], bands);
    let rows = kit.field(table);
    let each = kit.e(ExprKind::Each(Each { rows, share: Share::Even, body }), Type::POINTS);
    let node = kit.scored("公开", "2", each);
    insta::assert_snapshot!(both(&kit, node), @"
    对每项公开分别评分（满分均分）：须公开日期不为空，否则退回；涉密的，得满分；公开日期缺报的，得0分；内容完整且（公开日期晚于批复日期或内容完整为否）的，得满分；其他情形，得满分的50%。
    Each of 公开 is scored (full marks shared out evenly): required: 公开日期 is not empty; else returned; if 涉密: full marks; if 公开日期 is missing: 0 points; if 内容完整 and (公开日期 is after 批复日期 or 内容完整 is no): full marks; otherwise: 50% of full marks.
    ");
}

#[test]
fn several_subjects_and_words_stand_side_by_side() {
    let mut kit = Kit::new("包");
    let kind = kit.scalar(&["类别"], Type::Word(None));
    let kind = kit.field(kind);
    let rate = rate(&mut kit, "甲", "乙");
    let [goods, services, works] = ["货物", "服务", "工程"].map(|word| kit.word(word));
    let (ninety, full, nought) = (kit.percent("90"), kit.full(), kit.points("0"));
    let at_least = || Kit::range(Some((ninety, true)), None);
    let rows = vec![
        (vec![BandCell::OneOf(vec![goods, services]), at_least()], full),
        (vec![BandCell::OneOf(vec![works]), BandCell::Other], nought),
        (vec![BandCell::Other, BandCell::Other], nought),
    ];
    let bands = kit.bands(&[kind, rate], rows);
    let two = kit.scored("两个", "2", bands);
    let ExprKind::Bands(block) = kit.program.expr(bands).unwrap().kind.clone() else { panic!() };
    let rows = block.rows.into_iter().map(|mut row| {
        row.cells.truncate(1);
        row
    });
    let one = Bands { subjects: vec![kind], rows: rows.collect() };
    let one = kit.e(ExprKind::Bands(one), Type::POINTS);
    let one = kit.scored("一个", "2", one);
    let all = [two, one].map(|node| both(&kit, node));
    insta::assert_snapshot!(all.join("\n"), @"
    按类别、甲 ÷ 乙 评分：类别为货物或服务且甲 ÷ 乙 在90%以上的，得满分；类别为工程的，得0分；其余的，得0分。
    Scored by 类别, 甲 / 乙: if 类别 is 货物 or 服务 and 甲 / 乙 is at least 90%: full marks; if 类别 is 工程: 0 points; otherwise: 0 points.
    类别为货物或服务的，得满分；为工程的，得0分；其余的，得0分。
    If 类别 is 货物 or 服务: full marks; if 工程: 0 points; otherwise: 0 points.
    ");
}

#[test]
fn a_method_is_said_with_its_arguments_put_in() {
    let mut kit = Kit::new("包");
    let money = Type::Quantity(Quantity::Money);
    let (actual, limit) = (kit.e(ExprKind::Argument(0), money.clone()), kit.e(ExprKind::Argument(1), money.clone()));
    let nought = kit.number("0", Quantity::Money);
    let none = kit.compare(Compare::Equal, limit, nought);
    let review = verdict(&mut kit, Verdict::Review);
    let amount = kit.over(actual, limit);
    let cap = kit.percent("100");
    let (_, cap) = kit.define("封顶线", cap, true);
    let (step, point) = (kit.percent_points("1"), kit.points("1"));
    let beyond = TallyCount::Beyond { amount, side: Side::Above, limit: cap, step, partial: StepRounding::Whole };
    let tally = kit.tally(true, vec![(beyond, point)]);
    let body = kit.body(&[(none, review)], &[], &[], tally);
    let at = kit.at();
    let parameter = |name: &str| Parameter { name: name.into(), ty: money.clone(), optional: false };
    let parameters = vec![parameter("实际"), parameter("控制数")];
    let code = MethodCode::Body(body);
    kit.program.methods.push(Method { name: "控制率".into(), parameters, ty: Type::POINTS, range: None, code, at });
    let (a, b) = (kit.money(&["会议实际"]), kit.money(&["会议预算"]));
    let (a, b) = (kit.field(a), kit.field(b));
    let call = kit.e(ExprKind::Method(MethodId(0), vec![a, b]), Type::POINTS);
    let node = kit.scored("会议费控制率", "6", call);
    insta::assert_snapshot!(both(&kit, node), @"
    会议预算为0元的，待核。会议实际 ÷ 会议预算 超过封顶线（100%）的，每超过1个百分点扣1分（不足1个百分点的不计），扣完为止。
    If 会议预算 is 0 yuan: to be reviewed. If 会议实际 / 会议预算 is above 封顶线 (100%): 1 point off for each percentage point (a part of it does not count), until nothing is left.
    ");
    assert_eq!(Phrase::new(&kit.program, Lang::Zh).expr(amount), "实际 ÷ 控制数");
}

#[test]
fn groups_and_unwritten_rules_say_so() {
    let mut kit = Kit::new("包");
    let group = kit.node(Some(NodeId(0)), "组", "10", None);
    let todo = kit.node(Some(group), "待编的", "10", None);
    let children = kit.e(ExprKind::Children, Type::Children);
    let sum = kit.fold(FoldOp::Sum, children, None);
    let least = kit.fold(FoldOp::Min, children, None);
    let sum = kit.scored("合计", "10", sum);
    let least = kit.scored("最小", "10", least);
    let all = [group, todo, sum, least].map(|node| both(&kit, node));
    insta::assert_snapshot!(all.join("\n"), @"
    得分为各下级指标得分之和。
    The scores of the indicators below are added up.
    评分标准待编。
    The rule is not written yet.
    得分为各下级指标得分之和。
    The scores of the indicators below are added up.
    得分 = 最小（下级）。
    score = min(children).
    ");
}

#[test]
fn circles_and_thickets_end() {
    let mut kit = Kit::new("包");
    let own = |kit: &Kit| ExprId(u32::try_from(kit.program.exprs.len()).unwrap());
    let mut nodes = Vec::new();
    let here = own(&kit);
    let round = kit.e(ExprKind::Logic(heng_model::expr::Logic::And, vec![here, here]), Type::Bool);
    let full = kit.full();
    let body = kit.body(&[(round, full)], &[], &[], full);
    nodes.push(kit.node(Some(NodeId(0)), "条件", "1", Some(body)));
    let table = kit.table("表", None, &[("列", Type::Bool)]);
    let here = own(&kit);
    let rows = kit.e(ExprKind::Where(here, round), Type::Rows(table));
    let share = kit.fold(FoldOp::Share, rows, None);
    let product = kit.times(full, share);
    nodes.push(kit.scored("占比", "1", product));
    let inner = heng_model::program::BodyId(u32::try_from(kit.program.bodies.len()).unwrap());
    let each = kit.e(ExprKind::Each(Each { rows, share: Share::Even, body: inner }), Type::POINTS);
    nodes.push(kit.scored("逐项", "1", each));
    let here = own(&kit);
    let at = kit.at();
    let cells = vec![Kit::range(Some((full, true)), None)];
    let row = heng_model::expr::BandRow { cells, value: here, cite: Default::default(), at };
    let bands = kit.e(ExprKind::Bands(Bands { subjects: vec![full], rows: vec![row] }), Type::POINTS);
    nodes.push(kit.scored("分档", "1", bands));
    let mut thicket = kit.full();
    for _ in 0..90 {
        thicket = kit.arith(heng_model::expr::Arith::Add, thicket, thicket);
    }
    nodes.push(kit.scored("丛", "1", thicket));
    for node in nodes {
        let said = both(&kit, node);
        assert!(said.contains('…') && said.len() < 200_000, "{}", said.len());
    }
}
