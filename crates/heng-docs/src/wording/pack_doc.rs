//! The words of a pack as the notice prints it.

use heng_diag::{Lang, Pair, pick};
use heng_model::{Quantity, Type};

pub(crate) const SCORING_TABLE: Pair = Pair("评分表", "Scoring table");
pub(crate) const RULES_OF_GROUPS: Pair = Pair("各组怎样计分", "How groups are scored");
pub(crate) const PARAMETERS: Pair = Pair("参数", "Parameters");
pub(crate) const GRADES: Pair = Pair("等级", "Grades");
pub(crate) const STATES: Pair = Pair("不适用和数据有问题时", "What does not apply, and data in a state");
pub(crate) const METHODS: Pair = Pair("方法", "Methods");
pub(crate) const DATA_DEMANDS: Pair = Pair("对数据的要求", "Demands on the data");
pub(crate) const DATA_ASKED: Pair = Pair("要填报的数据", "Data asked for");
pub(crate) const REGION: Pair = Pair("地区", "Region");
pub(crate) const CALENDAR: Pair = Pair("日历", "Calendar");
pub(crate) const LAST_DAY: Pair = Pair("填报截止", "Due");
pub(crate) const FULL_MARKS: Pair = Pair("满分", "Full marks");
pub(crate) const CLAUSE: Pair = Pair("依据", "Clause");
pub(crate) const SOURCE_OF_RULE: Pair = Pair("来源", "Source");
pub(crate) const BASIS_AND_SOURCE: Pair = Pair("依据和来源", "Clause and source");
pub(crate) const REVIEWED: Pair = Pair("复核", "Reviewed");
pub(crate) const MEANING: Pair = Pair("指标解释和说明", "Meaning and remarks");
pub(crate) const NAME: Pair = Pair("名称", "Name");
pub(crate) const WHERE: Pair = Pair("哪里", "Where");
pub(crate) const WHEN: Pair = Pair("什么情况", "When");
pub(crate) const WHAT_THEN: Pair = Pair("怎样处理", "What then");
pub(crate) const SAID: Pair = Pair("提示", "What is said");
pub(crate) const EVERYWHERE: Pair = Pair("全部", "everywhere");
pub(crate) const INDICATOR_NOT_APPLICABLE: Pair = Pair("指标不适用", "an indicator does not apply");
pub(crate) const KIND_AND_UNIT: Pair = Pair("类型和单位", "Kind and unit");
pub(crate) const RANGE: Pair = Pair("范围", "Range");
pub(crate) const A_TABLE: Pair = Pair("表", "table");
pub(crate) const REPORT_ONLY: Pair = Pair("只写进报告", "for the report only");
pub(crate) const COMMA: Pair = Pair("，", ", ");

pub(crate) fn labelled(lang: Lang, label: Pair, text: &str) -> String {
    pick(lang, format!("{}：{text}", label.get(lang)), format!("{}: {text}", label.get(lang)))
}

pub(crate) fn points(lang: Lang, points: &str) -> String {
    pick(lang, format!("{points}分"), format!("{points} points"))
}

pub(crate) fn bonus(lang: Lang, points: &str) -> String {
    let less = points.starts_with('-');
    let (zh, en) = if less { ("最低", "down to ") } else { ("另加，最高", "extra, up to ") };
    pick(lang, format!("{zh}{points}"), format!("{en}{points}"))
}

pub(crate) fn datum_is(lang: Lang, state: &str) -> String {
    pick(lang, format!("数据{state}"), format!("a datum is in the state: {state}"))
}

pub(crate) fn if_missing(lang: Lang, effect: &str) -> String {
    pick(lang, format!("缺报时{effect}"), format!("if missing: {effect}"))
}

pub(crate) fn judged(lang: Lang, kind: &str) -> String {
    pick(lang, format!("评定：{kind}"), format!("a judgement: {kind}"))
}

pub(crate) fn computed(lang: Lang, formula: &str) -> String {
    pick(lang, format!("不用填，= {formula}"), format!("computed: {formula}"))
}

pub(crate) fn key(lang: Lang, column: &str) -> String {
    pick(lang, format!("一行一个{column}"), format!("one row for each {column}"))
}

/// What a type is called.
pub(crate) fn type_name(lang: Lang, ty: &Type) -> &'static str {
    let pair = match ty {
        Type::Quantity(Quantity::Plain) => Pair("数", "number"),
        Type::Quantity(Quantity::Ratio) => Pair("比率", "ratio"),
        Type::Quantity(Quantity::PercentPoint) => Pair("百分点", "percentage points"),
        Type::Quantity(Quantity::Count) => Pair("个数", "count"),
        Type::Quantity(Quantity::Year) => Pair("年度", "year"),
        Type::Quantity(Quantity::Money) => Pair("金额", "money"),
        Type::Quantity(Quantity::Points) => Pair("分数", "points"),
        Type::Quantity(Quantity::Days) => Pair("天数（法定期限）", "days of a legal limit"),
        Type::Quantity(Quantity::CalendarDays) => Pair("自然日数", "calendar days"),
        Type::Quantity(Quantity::WorkingDays) => Pair("工作日数", "working days"),
        Type::Quantity(Quantity::Compound(_)) => Pair("数量", "quantity"),
        Type::Date => Pair("日期", "date"),
        Type::Bool => Pair("是或否", "yes or no"),
        Type::Text => Pair("文字", "text"),
        Type::Word(_) => Pair("选一项", "one of"),
        Type::List(_) => Pair("一列，用；隔开", "a list, parted by semicolons"),
        Type::Rows(_) | Type::Children | Type::Never => Pair("", ""),
    };
    pair.get(lang)
}
