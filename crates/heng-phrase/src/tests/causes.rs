use heng_diag::Lang;
use heng_model::{
    Cell, Facts, NodeId, Number, Origin, Outcome, Quantity, State, Type, Value, Verdict,
    expr::{Compare, Status},
    facts::{Entry, TableFacts},
    program::MethodId,
    scorecard::Cause,
    value::{DatumRef, Fault, RatingFault},
};

use super::kit::{Kit, day, n};
use crate::Phrase;

fn cell(value: Value) -> Cell {
    Cell::plain(value, Origin::default())
}

#[test]
fn findings_name_the_datum_and_say_what_to_do() {
    let mut kit = Kit::new("包");
    let budget = kit.money(&["三公经费", "预算数"]);
    let contracts = kit.table("采购合同", Some(0), &[("名称", Type::Text), ("签订日期", Type::Date)]);
    let posts = kit.scalar(&["编制数"], Type::Quantity(Quantity::Count));
    let keyless = kit.table("问题", None, &[("事由", Type::Text)]);
    let (posts, nought) = (kit.field(posts), kit.number("0", Quantity::Count));
    let need = kit.compare(Compare::Greater, posts, nought);
    let child = kit.node(Some(NodeId(0)), "下级", "5", None);
    let mut facts = Facts::missing(&kit.program.schema);
    let row = |name: &str| vec![cell(Value::Text(name.into())), Cell::missing()];
    let rows = vec![row("电脑采购"), row("保洁服务")];
    facts.set(contracts, Entry::Table(TableFacts { state: None, rows, origin: Origin::default() }));
    let in_row = DatumRef { field: contracts, cell: Some((1, 1)) };
    let budget = DatumRef::field(budget);
    let causes = [
        Cause::State(State::Missing, DatumRef::field(contracts)),
        Cause::State(State::Missing, budget),
        Cause::State(State::None, budget),
        Cause::State(State::NotApplicable, budget),
        Cause::State(State::NoEvidence, in_row),
        Cause::State(State::Late, in_row),
        Cause::State(State::Disputed, budget),
        Cause::Fault(Fault::DivisionByZero),
        Cause::Fault(Fault::NoBand),
        Cause::Fault(Fault::OutOfRange(n("32/3"))),
        Cause::Fault(Fault::Rating(RatingFault::NoReason)),
        Cause::Fault(Fault::Rating(RatingFault::NoEvidence)),
        Cause::Fault(Fault::Rating(RatingFault::OutsideBand)),
        Cause::Fault(Fault::Undeclared(State::Late, budget)),
        Cause::Fault(Fault::NoCalendar(2027)),
        Cause::Fault(Fault::Script("checks/a.rhai 第3行：除以零".into())),
        Cause::Fault(Fault::Domain),
        Cause::Fault(Fault::TooFew),
        Cause::Fault(Fault::Precision),
        Cause::Case(need),
        Cause::Demand(need, None, None),
        Cause::Demand(need, Some("编制数不能为零".into()), Some((contracts, 1))),
        Cause::Demand(need, None, Some((keyless, 0))),
        Cause::Script { method: MethodId(7), message: "台账少一笔".into() },
        Cause::Child(child),
        Cause::Verdict(need),
    ];
    let said = |lang| {
        let phrase = Phrase::new(&kit.program, lang);
        let lines: Vec<_> = causes.iter().map(|cause| phrase.cause(cause, &facts)).collect();
        lines.join("\n")
    };
    insta::assert_snapshot!(said(Lang::Zh), @"
    表“采购合同”没有报送；请补报，确实没有的请写明“无”。
    “三公经费.预算数”缺报，请补报。
    “三公经费.预算数”填的是“无”，这里却要用它的值；请核对是否应填数值。
    “三公经费.预算数”填的是“不适用”；请核对是否确实不适用。
    “采购合同 第2行（保洁服务）签订日期”没有佐证，请补充佐证材料。
    “采购合同 第2行（保洁服务）签订日期”迟报；请核对报送日期，有正当理由的请说明。
    “三公经费.预算数”有争议，请先核定数值。
    除数为零，算不出得分；请核对作除数的数据，或在规则里写明为零时怎么办。
    数值不落在任何一档；请核对数据，或在规则里补上这一档。
    算出≈10.67分，超出了本项分值的范围；请核对数据，或在规则里写明“不超过 满分”。
    评定没有写理由，请补写。
    评定没有写佐证，请补充。
    评定的数值不在规定的范围内，请改到范围之内。
    “三公经费.预算数”的状态是“迟报”，规则没有说明这时怎么办；请补报数据，或在规则里写明“迟报：……”。
    工作日历里没有2027年；请补上该年的放假调休安排。
    自定义检查没有运行成功：checks/a.rhai 第3行：除以零；请改正脚本。
    数值超出可以计算的范围；请核对数据。
    可用的数值少于规则要求的个数；请补报数据。
    数值紧挨着取舍的界线，按规定的位数定不下来；请改用四舍五入，或由评审人认定。
    出现规则所列情形：编制数超过0；请按规则核对数据或由评审人认定。
    须编制数超过0，现不符合；请更正数据或说明原因。
    采购合同 第2行（保洁服务）：编制数不能为零（须编制数超过0）；请更正数据或说明原因。
    问题 第1行：须编制数超过0，现不符合；请更正数据或说明原因。
    检查“?”：台账少一笔；请据此核对数据。
    下级指标“下级”还没有定分；请先处理该项。
    规则在此不给分（编制数 > 0）；请由评审人认定或补正数据。
    ");
    insta::assert_snapshot!(said(Lang::En), @r#"
    The table 采购合同 was not handed in; hand it in, or declare it "none" if there is nothing.
    三公经费.预算数 is missing; hand it in.
    三公经费.预算数 is declared "none", yet its value is needed here; check whether a value belongs there.
    三公经费.预算数 is declared not applicable; check that it is.
    采购合同 row 2 (保洁服务) 签订日期 has no evidence; supply the evidence.
    采购合同 row 2 (保洁服务) 签订日期 was handed in late; check the date, and give the reason if there is a good one.
    三公经费.预算数 is disputed; settle its value first.
    A divisor is zero, so no score can be computed; check that datum, or say in the rule what applies when it is zero.
    The value fits no band; check the data, or add the band to the rule.
    The score of ≈10.67 lies outside the points allowed; check the data, or write "at most full" in the rule.
    The rating gives no reason; add it.
    The rating names no evidence; add it.
    The rating lies outside the band it must lie in; bring it inside.
    三公经费.预算数 is "late", and the rule does not say what then; supply the datum, or declare the effect in the rule file.
    The calendar has no year 2027; add that year's holidays and make-up days.
    A custom check failed to run: checks/a.rhai 第3行：除以零; mend the script.
    A value lies outside what can be computed; check the data.
    There are fewer values than the rule asks for; supply the missing ones.
    The value lies so close to a boundary of rounding that its digits cannot be proven; round half up, or have a reviewer decide.
    A case named in the rule has occurred: 编制数 is above 0; check the data, or have a reviewer decide.
    Required: 编制数 is above 0, which does not hold; correct the data or explain.
    采购合同 row 2 (保洁服务): required: 编制数 is above 0 (编制数不能为零); correct the data or explain.
    问题 row 1: required: 编制数 is above 0, which does not hold; correct the data or explain.
    Check ?: 台账少一笔; check the data accordingly.
    The indicator 下级 below is not decided; settle it first.
    The rule gives no points here (编制数 > 0); have a reviewer decide, or mend the data.
    "#);
}

#[test]
fn values_are_said_by_their_type() {
    let kit = Kit::new("包");
    let datum = DatumRef::field(heng_model::FieldId(0));
    let money = Type::Quantity(Quantity::Money);
    let list = Value::List(vec![Value::Number(n("23667900")), Value::Number(n("0"))]);
    let values = [
        (Value::Date(day("2023-12-31")), Type::Date),
        (Value::Bool(true), Type::Bool),
        (Value::Text("优".into()), Type::Word(None)),
        (Value::Rows(heng_model::FieldId(0), vec![1, 2]), Type::Rows(heng_model::FieldId(0))),
        (list, Type::List(Box::new(money))),
        (Value::State(State::NoEvidence, datum), Type::Date),
        (Value::Verdict(Verdict::Review, None), Type::Never),
    ];
    let said = |lang| {
        let phrase = Phrase::new(&kit.program, lang);
        let values: Vec<_> = values.iter().map(|(value, ty)| phrase.value(value, ty)).collect();
        values.join(" | ")
    };
    assert_eq!(said(Lang::Zh), "2023年12月31日 | 是 | 优 | 2项 | 2366.79万元、0元 | 无佐证 | 待核");
    assert_eq!(
        said(Lang::En),
        "2023-12-31 | yes | 优 | 2 rows | 23,667,900 yuan, 0 yuan | no evidence | to be reviewed"
    );
}

#[test]
fn outcomes_are_said_with_their_range() {
    let kit = Kit::new("包");
    let full = n("10");
    let outcomes = [
        Outcome::Score(n("9.5")),
        Outcome::Score(n("20/3")),
        Outcome::NotApplicable,
        Outcome::Open { least: Number::ZERO, most: n("10"), verdict: Verdict::Return },
        Outcome::Unwritten,
    ];
    let said = |lang| {
        let phrase = Phrase::new(&kit.program, lang);
        outcomes.iter().map(|outcome| phrase.outcome(outcome, &full)).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(said(Lang::Zh), "9.50分 | ≈6.67分 | 不适用 | 0.00至10.00分，退回 | 0.00至10.00分，待编");
    assert_eq!(
        said(Lang::En),
        "9.50 points | ≈6.67 points | not applicable | 0.00 to 10.00 points, returned | 0.00 to 10.00 points, rule not written yet"
    );
    assert_eq!(Phrase::new(&kit.program, Lang::Zh).status(Status::Secondary), "二手");
}
