//! A small pack with one of everything, its facts and its scores, traced as an evaluation traces them.

use heng_model::{
    Cell, Date, ExprId, ExprKind, Facts, FieldId, Name, NodeId, Number, Origin, Outcome, Quantity, Scorecard, State,
    Type, Value, Verdict,
    expr::{Compare, Each, FoldOp, Linear, Share, Side, Status, StepRounding, TallyCount, Test},
    facts::{Entry, Place, Subject, TableFacts},
    program::{NodeKind, Otherwise},
    schema::{Bound, Interval, Rating, Shape},
    scorecard::{Cause, Finding, NodeScore, Role, Step},
    value::{DatumRef, Fault},
};

use super::kit::{Kit, day, n};
use crate::Sheet;

pub struct Sample {
    pub program: heng_model::Program,
    pub facts: Facts,
    pub subject: Subject,
    pub scorecard: Scorecard,
}

impl Sample {
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet { program: &self.program, facts: &self.facts, subject: &self.subject, scorecard: &self.scorecard }
    }

    pub fn node(&self, name: &str) -> NodeId {
        self.program.find_node(name).unwrap()
    }
}

fn step(role: Role, expr: Option<ExprId>, value: Value, parts: Vec<Step>) -> Step {
    Step { role, expr, value, parts }
}

fn number(text: &str) -> Value {
    Value::Number(n(text))
}

fn read(datum: DatumRef, value: Value) -> Step {
    step(Role::Read(datum), None, value, Vec::new())
}

/// The operand that reads a field.
fn reads(place: u32, expr: ExprId, field: FieldId, value: &str) -> Step {
    let inner = read(DatumRef::field(field), number(value));
    step(Role::Operand(place), Some(expr), number(value), vec![inner])
}

fn operand(place: u32, expr: ExprId, value: &str, parts: Vec<Step>) -> Step {
    step(Role::Operand(place), Some(expr), number(value), parts)
}

fn result(expr: ExprId, value: &str, parts: Vec<Step>) -> Step {
    step(Role::Result, Some(expr), number(value), parts)
}

/// What is put together: the program, the facts and the scores so far.
struct Maker {
    kit: Kit,
    cells: Vec<(FieldId, Entry)>,
    scores: Vec<NodeScore>,
}

impl Maker {
    fn origin(line: u32, assumed: bool) -> Origin {
        let (file, paper) =
            if assumed { ("assumptions.toml", None) } else { ("facts.toml", Some("自评报告一（四）".into())) };
        Origin { file: file.into(), place: Place::Line(line), paper, assumed }
    }

    fn money(&mut self, name: &str, value: &str, assumed: bool) -> FieldId {
        let field = self.kit.money(&[name]);
        let line = field.0 + 1;
        let mut cell = Cell::plain(number(value), Self::origin(line, assumed));
        cell.reason = assumed.then(|| "报告没有写".into());
        self.cells.push((field, Entry::Scalar(cell)));
        field
    }

    fn flag(&mut self, path: &[&str], value: bool) -> FieldId {
        let field = self.kit.scalar(path, Type::Bool);
        self.cells.push((field, Entry::Scalar(Cell::plain(Value::Bool(value), Self::origin(field.0 + 1, false)))));
        field
    }

    fn rows(&mut self, table: FieldId, rows: Vec<Vec<Value>>, assumed: bool) {
        let cells = |(row, values): (usize, Vec<Value>)| {
            let line = 20 + 5 * u32::try_from(row).unwrap();
            (0u32..).zip(values).map(|(at, value)| Cell::plain(value, Self::origin(line + at, assumed))).collect()
        };
        let rows = rows.into_iter().enumerate().map(cells).collect();
        let table_facts = TableFacts { state: None, rows, origin: Self::origin(19, assumed) };
        self.cells.push((table, Entry::Table(table_facts)));
    }

    fn score(&mut self, node: NodeId, outcome: Outcome, read: Vec<DatumRef>, trace: Vec<Step>) {
        let findings = Vec::new();
        self.scores.push(NodeScore {
            node,
            outcome,
            grade: None,
            profile: vec![],
            vetoed_by: None,
            findings,
            read,
            trace,
        });
    }

    fn finding(&mut self, verdict: Option<Verdict>, cause: Cause) {
        let at = self.kit.at();
        self.scores.last_mut().unwrap().findings.push(Finding { verdict, cause, at });
    }

    fn group(&mut self, parent: NodeId, name: &str, full: &str) -> NodeId {
        let children = self.kit.e(ExprKind::Children, Type::Children);
        let sum = self.kit.fold(FoldOp::Sum, children, None);
        let body = self.kit.body(&[], &[], &[], sum);
        self.kit.node(Some(parent), name, full, Some(body))
    }

    fn status(&mut self, node: NodeId, status: Status) {
        self.kit.program.nodes[node.0 as usize].cite.status = Some(status);
    }
}

fn points(text: &str) -> Outcome {
    Outcome::Score(n(text))
}

/// 满分 × 支出率 with assumed data: 18 of 20.
fn spending(m: &mut Maker, parent: NodeId) {
    let spent = m.money("支出决算数", "90000000", false);
    let budget = m.money("调整预算数", "100000000", true);
    let kit = &mut m.kit;
    let (a, b, c) = (kit.field(spent), kit.field(budget), kit.field(budget));
    let nought = kit.number("0", Quantity::Money);
    let none = kit.compare(Compare::Equal, c, nought);
    let inapplicable = kit.e(ExprKind::Verdict(Verdict::NotApplicable), Type::Never);
    let quotient = kit.over(a, b);
    let (id, rate) = kit.define("支出率", quotient, false);
    let (full, bound) = (kit.full(), kit.full());
    let product = kit.times(full, rate);
    let limited = kit.at_most(product, bound);
    let score = kit.rounded(limited, 2);
    let body = kit.body(&[(none, inapplicable)], &[], &[id], score);
    let node = kit.node(Some(parent), "部门预算资金支出率", "20", Some(body));
    m.status(node, Status::Unverified);
    let case = vec![reads(0, c, budget, "100000000")];
    let case = step(Role::Case(0), Some(none), Value::Bool(false), case);
    let quotient_parts = vec![reads(0, a, spent, "90000000"), reads(1, b, budget, "100000000")];
    let definition = step(Role::Let(id), Some(quotient), number("0.9"), quotient_parts);
    let factors = vec![operand(0, full, "20", vec![]), operand(1, rate, "0.9", vec![definition])];
    let product = operand(0, product, "18", factors);
    let limited = operand(0, limited, "18", vec![product, operand(1, bound, "20", vec![])]);
    let read = vec![DatumRef::field(budget), DatumRef::field(spent)];
    m.score(node, points("18"), read, vec![case, result(score, "18", vec![limited])]);
}

/// 逐项 over three targets, one of them half met.
fn targets(m: &mut Maker, parent: NodeId) {
    let columns = [("名称", Type::Text), ("完成率", Type::Quantity(Quantity::Ratio))];
    let table = m.kit.table("绩效指标", Some(0), &columns);
    let row = |name: &str, rate: &str| vec![Value::Text(name.into()), number(rate)];
    m.rows(table, vec![row("经费下达率", "1"), row("培训场次", "0.5"), row("走访户数", "1")], false);
    let kit = &mut m.kit;
    let (full, rate) = (kit.full(), kit.column(table, 1));
    let product = kit.times(full, rate);
    let body = kit.body(&[], &[], &[], product);
    let rows = kit.field(table);
    let each = kit.e(ExprKind::Each(Each { rows, share: Share::Even, body }), Type::POINTS);
    let node_body = kit.body(&[], &[], &[], each);
    let node = kit.node(Some(parent), "部门整体绩效目标产出指标完成情况", "15", Some(node_body));
    m.status(node, Status::Demo);
    let cell = |row: u32| DatumRef { field: table, cell: Some((row, 1)) };
    let one = |(row, share, score): (u32, &str, &str)| {
        let column = step(Role::Operand(1), Some(rate), number(share), vec![read(cell(row), number(share))]);
        let inner = result(product, score, vec![operand(0, full, "5", vec![]), column]);
        step(Role::Row(table, row), None, number(score), vec![inner])
    };
    let rows_read = step(Role::Operand(0), Some(rows), Value::Rows(table, vec![0, 1, 2]), vec![]);
    let rows = [(0, "1", "5"), (1, "0.5", "2.5"), (2, "1", "5")].map(one);
    let parts = std::iter::once(rows_read).chain(rows).collect();
    let read = std::iter::once(DatumRef::field(table)).chain((0..3).map(cell)).collect();
    m.score(node, points("12.5"), read, vec![result(each, "12.5", parts)]);
}

/// A 分档 with a line between two ends: 2/3 of the way down.
fn adjustments(m: &mut Maker, parent: NodeId) {
    let (own, budget) = (m.money("自行调整额", "7000000", false), m.money("年初预算数", "30000000", false));
    let kit = &mut m.kit;
    let (a, b) = (kit.field(own), kit.field(budget));
    let subject = kit.over(a, b);
    let (ten, thirty) = (kit.percent("10"), kit.percent("30"));
    let (full, nought) = (kit.full(), kit.points("0"));
    let line = Linear { subject, low: ten, high: thirty, from: full, to: nought };
    let line = kit.e(ExprKind::Linear(line), Type::POINTS);
    let rows = vec![
        (vec![Kit::range(None, Some((ten, true)))], full),
        (vec![Kit::range(Some((ten, false)), Some((thirty, true)))], line),
        (vec![Kit::range(Some((thirty, false)), None)], nought),
    ];
    let bands = kit.bands(&[subject], rows);
    let body = kit.body(&[], &[], &[], bands);
    let node = kit.node(Some(parent), "预算编制约束性", "4", Some(body));
    m.status(node, Status::Demo);
    let parts = vec![reads(0, a, own, "7000000"), reads(1, b, budget, "30000000")];
    let subject = step(Role::Subject(0), Some(subject), number("7/30"), parts);
    let band = step(Role::Band(1), Some(line), number("4/3"), vec![]);
    let read = vec![DatumRef::field(own), DatumRef::field(budget)];
    m.score(node, points("4/3"), read, vec![result(bands, "4/3", vec![subject, band])]);
}

/// A 扣分 per row and per step.
fn compliance(m: &mut Maker, parent: NodeId) {
    let table = m.kit.table("财务问题", None, &[("事由", Type::Text), ("查实", Type::Bool)]);
    let row = |name: &str, proved: bool| vec![Value::Text(name.into()), Value::Bool(proved)];
    m.rows(table, vec![row("超标准报销", true), row("未及时入账", false)], false);
    let (actual, limit) = (m.money("三公决算", "1035000", false), m.money("三公预算", "1000000", false));
    let kit = &mut m.kit;
    let proved = kit.column(table, 1);
    let rows = kit.filter(table, proved);
    let per = kit.per_row(rows);
    let (one, half) = (kit.points("1"), kit.points("0.5"));
    let (a, b) = (kit.field(actual), kit.field(limit));
    let amount = kit.over(a, b);
    let (whole, step_size) = (kit.percent("100"), kit.percent_points("1"));
    let partial = StepRounding::Whole;
    let beyond = TallyCount::Beyond { amount, side: Side::Above, limit: whole, step: step_size, partial };
    let tally = kit.tally(true, vec![(per, one), (beyond, half)]);
    let body = kit.body(&[], &[], &[], tally);
    let node = kit.node(Some(parent), "财务管理合规性", "6", Some(body));
    m.status(node, Status::Secondary);
    let cell = |row| DatumRef { field: table, cell: Some((row, 1)) };
    let counted = step(Role::Operand(0), Some(rows), Value::Rows(table, vec![0]), vec![]);
    let first = step(Role::Tally(0), None, number("1"), vec![counted]);
    let parts = vec![reads(0, a, actual, "1035000"), reads(1, b, limit, "1000000")];
    let second = step(Role::Tally(1), None, number("3"), vec![operand(0, amount, "1.035", parts)]);
    let read = vec![DatumRef::field(table), cell(0), cell(1), DatumRef::field(actual), DatumRef::field(limit)];
    m.score(node, points("3.5"), read, vec![result(tally, "3.5", vec![first, second])]);
}

/// A 计分 with one row that fails and one whose datum is missing.
fn systems(m: &mut Maker, parent: NodeId) {
    let names = ["事前评估", "绩效目标", "结果应用"];
    let fields = names.map(|name| m.flag(&["管理制度", name], name != "绩效目标"));
    m.cells.retain(|(field, _)| *field != fields[2]);
    let kit = &mut m.kit;
    let two = kit.points("2");
    let items = fields.map(|field| kit.field(field));
    let tally = kit.tally(false, items.iter().map(|item| (TallyCount::When(*item), two)).collect());
    let body = kit.body(&[], &[], &[], tally);
    let node = kit.node(Some(parent), "绩效管理制度建设", "6", Some(body));
    m.status(node, Status::Verified);
    let value = |at: usize| match at {
        0 | 1 => Value::Bool(at == 0),
        _ => Value::State(State::Missing, DatumRef::field(fields[2])),
    };
    let row = |(place, at): (u32, usize)| {
        let asked =
            step(Role::Operand(0), Some(items[at]), value(at), vec![read(DatumRef::field(fields[at]), value(at))]);
        step(Role::Tally(place), None, number(if at == 0 { "1" } else { "0" }), vec![asked])
    };
    let rows = (0u32..).zip(0..3).map(row).collect();
    let read = fields.map(DatumRef::field).into();
    m.score(node, points("2"), read, vec![result(tally, "2", rows)]);
    m.finding(None, Cause::State(State::Missing, DatumRef::field(fields[2])));
}

/// A 当 line that holds, and a share of rows.
fn contracts(m: &mut Maker, parent: NodeId) {
    let late = m.kit.table("合同", None, &[("签订日期", Type::Date), ("中标日期", Type::Date)]);
    let date = |text: &str| Value::Date(day(text));
    m.rows(
        late,
        vec![vec![date("2023-03-20"), date("2023-03-01")], vec![date("2023-06-30"), date("2023-05-04")]],
        true,
    );
    let none = m.kit.table("处置", None, &[("资产", Type::Text)]);
    let state = Some(State::None);
    m.cells.push((none, Entry::Table(TableFacts { state, rows: vec![], origin: Maker::origin(60, false) })));
    let kit = &mut m.kit;
    let thirty = kit.number("30", Quantity::Days);
    let (_, limit) = kit.define("合同签订时限", thirty, true);
    let (signed, won) = (kit.column(late, 0), kit.column(late, 1));
    let in_time = kit.within(signed, won, limit);
    let rows = kit.filter(late, in_time);
    let (share, full) = (kit.fold(FoldOp::Share, rows, None), kit.full());
    let score = kit.times(full, share);
    let body = kit.body(&[], &[], &[], score);
    let node = kit.node(Some(parent), "采购合同签订时效性", "2", Some(body));
    m.status(node, Status::Unverified);
    let row = |at: u32, holds| step(Role::Row(late, at), Some(in_time), Value::Bool(holds), vec![]);
    let share = operand(1, share, "0.5", vec![row(0, true), row(1, false)]);
    let cells = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|cell| DatumRef { field: late, cell: Some(cell) });
    let read = std::iter::once(DatumRef::field(late)).chain(cells).collect();
    m.score(node, points("1"), read, vec![result(score, "1", vec![operand(0, full, "2", vec![]), share])]);

    let kit = &mut m.kit;
    let rows = kit.field(none);
    let empty = kit.is(Test::Empty, rows);
    let (full, nought) = (kit.full(), kit.points("0"));
    let body = kit.body(&[(empty, full)], &[], &[], nought);
    let node = kit.node(Some(parent), "资产收益上缴的及时性", "2", Some(body));
    m.status(node, Status::Unverified);
    let asked = step(Role::Case(0), Some(empty), Value::Bool(true), vec![]);
    let given = step(Role::CaseResult(0), Some(full), number("2"), vec![]);
    m.score(node, points("2"), vec![DatumRef::field(none)], vec![asked, given]);
}

/// A judgement by a person, and an indicator that does not apply.
fn judged(m: &mut Maker, parent: NodeId) {
    let bound = |text: &str| Some(Bound { at: n(text), closed: true });
    let band = Interval { low: bound("0"), high: bound("10") };
    let field = m.kit.declare(&["评审", "执行质量"], Shape::Rating(Rating { quantity: Quantity::Points, band }));
    let mut cell = Cell::plain(number("7.5"), Maker::origin(70, false));
    cell.reason = Some("结果应用不够充分".into());
    cell.evidence = Some("自评报告四".into());
    m.cells.push((field, Entry::Scalar(cell)));
    let kit = &mut m.kit;
    let rated = kit.e(ExprKind::Rated(field), Type::POINTS);
    let body = kit.body(&[], &[], &[], rated);
    let node = kit.node(Some(parent), "绩效管理制度执行", "10", Some(body));
    m.status(node, Status::Demo);
    let datum = DatumRef::field(field);
    m.score(node, points("7.5"), vec![datum], vec![result(rated, "7.5", vec![read(datum, number("7.5"))])]);

    let fleet = m.money("公务用车支出", "0", false);
    let kit = &mut m.kit;
    let (used, nought) = (kit.field(fleet), kit.number("0", Quantity::Money));
    let none = kit.compare(Compare::Equal, used, nought);
    let inapplicable = kit.e(ExprKind::Verdict(Verdict::NotApplicable), Type::Never);
    let full = kit.full();
    let body = kit.body(&[(none, inapplicable)], &[], &[], full);
    let node = kit.node(Some(parent), "公务用车管理", "5", Some(body));
    m.status(node, Status::Demo);
    let asked = step(Role::Case(0), Some(none), Value::Bool(true), vec![reads(0, used, fleet, "0")]);
    m.score(node, Outcome::NotApplicable, vec![DatumRef::field(fleet)], vec![asked]);
    m.finding(Some(Verdict::NotApplicable), Cause::Case(none));
}

/// An indicator that reads a missing datum.
fn missing(m: &mut Maker, parent: NodeId) {
    let total = m.kit.money(&["固定资产", "总值"]);
    let in_use = m.money("在用值", "4000000", false);
    let kit = &mut m.kit;
    let (a, b, full) = (kit.field(in_use), kit.field(total), kit.full());
    let rate = kit.over(a, b);
    let score = kit.times(full, rate);
    let need = kit.compare(Compare::AtMost, a, b);
    let body = kit.body(&[], &[(need, Otherwise::Verdict(Verdict::Return))], &[], score);
    let node = kit.node(Some(parent), "固定资产利用率", "10", Some(body));
    m.status(node, Status::Unverified);
    let outcome = Outcome::Open { least: Number::ZERO, most: n("10"), verdict: Verdict::Stop };
    let (total, in_use) = (DatumRef::field(total), DatumRef::field(in_use));
    let state = Value::State(State::Missing, total);
    let asked = step(Role::Demand(0), Some(need), state, vec![]);
    m.score(node, outcome, vec![in_use, total], vec![asked]);
    m.finding(Some(Verdict::Stop), Cause::State(State::Missing, total));
}

fn sum(m: &mut Maker, node: NodeId, outcome: Outcome, value: Value, children: &[(NodeId, Value)]) -> NodeScore {
    let result = m.kit.program.body(m.kit.program.node(node).unwrap().body.unwrap()).unwrap().result;
    let parts = children.iter().map(|(id, value)| step(Role::Child(*id), None, value.clone(), vec![])).collect();
    let trace = vec![step(Role::Result, Some(result), value, parts)];
    NodeScore { node, outcome, grade: None, profile: vec![], vetoed_by: None, findings: vec![], read: vec![], trace }
}

/// The pack with everything in it; `open` with an indicator that cannot be scored and one unwritten.
pub fn sample(open: bool) -> Sample {
    let kit = Kit::new("某区部门整体支出绩效自评");
    let mut m = Maker { kit, cells: Vec::new(), scores: Vec::new() };
    let root = NodeId(0);
    let duty = m.group(root, "履职效能", "35");
    spending(&mut m, duty);
    targets(&mut m, duty);
    let efficiency = m.group(root, "管理效率", if open { "65" } else { "35" });
    let budget = m.group(efficiency, "预算管理", "10");
    adjustments(&mut m, budget);
    compliance(&mut m, budget);
    let rules = m.group(efficiency, "绩效与采购管理", if open { "55" } else { "25" });
    systems(&mut m, rules);
    contracts(&mut m, rules);
    judged(&mut m, rules);
    if open {
        missing(&mut m, rules);
        m.kit.node(Some(rules), "数据质量", "20", None);
        let id = m.kit.program.find_node("数据质量").unwrap();
        m.score(id, Outcome::Unwritten, vec![], vec![]);
    }
    let commended = m.kit.points("1");
    let bonus = m.kit.scored("工作表彰", "3", commended);
    m.kit.program.nodes[bonus.0 as usize].kind = NodeKind::Bonus;
    m.score(bonus, points("1"), vec![], vec![result(commended, "1", vec![])]);
    groups(&mut m, open, [root, duty, efficiency, budget, rules]);
    finish(m, open)
}

fn groups(m: &mut Maker, open: bool, [root, duty, efficiency, budget, rules]: [NodeId; 5]) {
    let children = m.kit.e(ExprKind::Children, Type::Children);
    let fold = m.kit.fold(FoldOp::Sum, children, None);
    let body = m.kit.body(&[], &[], &[], fold);
    m.kit.program.nodes[0].body = Some(body);
    if !open {
        m.kit.program.nodes[0].full = n("70");
    }
    let (out, stop) = (Value::Verdict(Verdict::NotApplicable, None), Value::Verdict(Verdict::Stop, None));
    let fleet = m.kit.program.find_node("公务用车管理").unwrap();
    let asset = m.kit.program.find_node("固定资产利用率");
    let range = |least: &str, most: &str| Outcome::Open { least: n(least), most: n(most), verdict: Verdict::Stop };
    // 12.5 of the 20 points that apply, shared out over 25; open, 12.5 to 42.5 of 50, over 55.
    let (rules_score, all, total) = match open {
        false => (points("15.625"), points("491/24"), points("1247/24")),
        true => (range("13.75", "46.75"), range("223/12", "619/12"), range("601/12", "997/12")),
    };
    let value = |outcome: &Outcome| outcome.points().map_or(stop.clone(), |points| Value::Number(points.clone()));
    let scores = [
        sum(m, duty, points("30.5"), number("30.5"), &[]),
        sum(m, budget, points("29/6"), number("29/6"), &[]),
        sum(m, rules, rules_score.clone(), value(&rules_score), &[(fleet, out)]),
        sum(m, efficiency, all.clone(), value(&all), &[]),
        sum(m, root, total.clone(), value(&total), &[]),
    ];
    m.scores.extend(scores);
    let opened = asset.map(|asset| [(rules, asset), (efficiency, rules), (root, efficiency)]);
    for (node, child) in opened.into_iter().flatten() {
        let finding = Finding { verdict: Some(Verdict::Stop), cause: Cause::Child(child), at: m.kit.at() };
        m.scores.iter_mut().find(|score| score.node == node).unwrap().findings.push(finding);
    }
}

fn finish(mut m: Maker, open: bool) -> Sample {
    let order: Vec<NodeId> = pre_order(&m.kit, NodeId(0));
    m.kit.program.files = vec!["rules/demo/2023.heng".into()];
    let pack = &mut m.kit.program.pack;
    pack.region = Some("某省某市某区".into());
    pack.notice = Some("某财〔2024〕1号".into());
    pack.due = Some(day("2024-10-15"));
    pack.cite.status = Some(Status::Demo);
    pack.disclaimers = vec!["分值和标准是为演示编的，正式评分以财政部门印发的评分表为准。".into()];
    let need = m.kit.word("优");
    m.kit.program.grade = Some(need);
    let mut facts = Facts::missing(&m.kit.program.schema);
    for (field, entry) in m.cells {
        facts.set(field, entry);
    }
    m.scores.sort_by_key(|score| score.node);
    assert_eq!(order.len(), m.scores.len());
    let budget = m.kit.program.schema.find(&["年初预算数"]).unwrap();
    let at = m.kit.at();
    let note = |cause| Finding { verdict: None, cause, at };
    let findings =
        vec![note(Cause::State(State::Late, DatumRef::field(budget))), note(Cause::Fault(Fault::NoCalendar(2019)))];
    let grade: Option<Name> = (!open).then(|| "中".into());
    let scorecard = Scorecard { nodes: m.scores, grade, grade_trace: None, findings };
    let subject = Subject { name: "某区档案局".into(), filled: Some(Date::constant(2024, 10, 8)) };
    Sample { program: m.kit.program, facts, subject, scorecard }
}

fn pre_order(kit: &Kit, node: NodeId) -> Vec<NodeId> {
    let children = kit.program.node(node).unwrap().children.iter();
    std::iter::once(node).chain(children.flat_map(|child| pre_order(kit, *child))).collect()
}

/// The same with a gate on a group: a 当 line that holds gives the group no points.
pub fn gated() -> Sample {
    let mut sample = sample(false);
    let group = sample.node("预算管理");
    let program = &mut sample.program;
    let body = program.node(group).unwrap().body.unwrap();
    let at = program.node(group).unwrap().at;
    let push = |program: &mut heng_model::Program, kind, ty| {
        program.exprs.push(heng_model::Expr { kind, ty, at });
        ExprId(u32::try_from(program.exprs.len() - 1).unwrap())
    };
    let field = program.schema.find(&["财务问题"]).unwrap();
    let rows = push(program, ExprKind::Field(field), Type::Rows(field));
    let when = push(program, ExprKind::Is(Test::NotEmpty, rows), Type::Bool);
    let then = push(program, ExprKind::Literal(number("0")), Type::POINTS);
    program.bodies[body.0 as usize].cases.push(heng_model::program::Case { when, then, at });
    let children = program.node(group).unwrap().children.clone();
    let score = &mut sample.scorecard.nodes[group.0 as usize];
    score.outcome = points("0");
    score.trace = vec![
        step(Role::Case(0), Some(when), Value::Bool(true), vec![]),
        step(Role::CaseResult(0), Some(then), number("0"), vec![]),
    ];
    for child in children {
        sample.scorecard.nodes[child.0 as usize].vetoed_by = Some(group);
    }
    let efficiency = sample.node("管理效率");
    sample.scorecard.nodes[efficiency.0 as usize].outcome = points("15.625");
    sample.scorecard.nodes[0].outcome = points("47.125");
    sample
}
