//! The words of the rule language, as expressions are printed.

use heng_diag::Lang;
use heng_model::{
    Dimension, Quantity, Rounding, State, Verdict,
    expr::{Arith, Compare, FoldOp, Function, Logic, Side, StepRounding},
    peer::{Order, PeerOp, Ties},
};

use super::Pair;

pub(crate) const UNKNOWN: &str = "?";
/// Stands for what is nested too deeply to be said.
pub(crate) const DEEP: &str = "…";

pub(crate) const OPEN: Pair = Pair("（", "(");
pub(crate) const CLOSE: Pair = Pair("）", ")");
pub(crate) const COMMA: Pair = Pair("，", ", ");
pub(crate) const COLON: Pair = Pair("：", ": ");
pub(crate) const SEMICOLON: Pair = Pair("；", "; ");
pub(crate) const ONE_OF: Pair = Pair("、", "、");

pub(crate) const YES: Pair = Pair("是", "yes");
pub(crate) const NO: Pair = Pair("否", "no");
pub(crate) const FULL: Pair = Pair("满分", "full");
pub(crate) const TOTAL: Pair = Pair("总分", "total");
pub(crate) const CHILDREN: Pair = Pair("下级", "children");
pub(crate) const GRADE: Pair = Pair("等级", "grade");
pub(crate) const SCORE: Pair = Pair("得分", "score");
pub(crate) const MINUS: Pair = Pair("−", "-");
pub(crate) const NOT: Pair = Pair("非 ", "not ");
pub(crate) const WHERE: Pair = Pair(" 凡 ", " where ");
pub(crate) const IN: Pair = Pair(" 在 ", " in ");
pub(crate) const FROM: Pair = Pair(" 起 ", " from ");
pub(crate) const WITHIN: Pair = Pair(" 内", " within");
pub(crate) const EMPTY: Pair = Pair("为空", "empty");
pub(crate) const NOT_EMPTY: Pair = Pair("不为空", "not_empty");
pub(crate) const SKIP: Pair = Pair("略去 ", "skip ");
pub(crate) const BANDS: Pair = Pair("分档", "bands");
pub(crate) const WEIGHTS: Pair = Pair("权重表", "weights");
pub(crate) const LIST: Pair = Pair("、", ", ");
pub(crate) const DEDUCT: Pair = Pair("扣分", "deduct");
pub(crate) const POINTS_FOR: Pair = Pair("计分", "points_for");
pub(crate) const TALLY_FROM: Pair = Pair("从 ", "from ");
pub(crate) const TALLY_TO: Pair = Pair("到 ", "to ");
pub(crate) const EACH: Pair = Pair("逐项 ", "each ");
pub(crate) const EVENLY: Pair = Pair("均分", "evenly");
pub(crate) const MEAN_OF: Pair = Pair("平均", "mean");
pub(crate) const SUM_OF: Pair = Pair("合计", "sum");
pub(crate) const FULL_EACH: Pair = Pair("满分 各 ", "full each ");
pub(crate) const WEIGHTED: Pair = Pair("加权 ", "weighted ");
pub(crate) const LINEAR: Pair = Pair("线性 ", "linear ");
pub(crate) const LINEAR_TO: Pair = Pair(" 到 ", " to ");
pub(crate) const RATED: Pair = Pair("评定", "rated");
pub(crate) const OTHER: Pair = Pair("其他", "else");
pub(crate) const PER: Pair = Pair("每 ", "per ");
pub(crate) const WHEN: Pair = Pair("当 ", "when ");
pub(crate) const REQUIRE: Pair = Pair("须 ", "require ");
pub(crate) const OTHERWISE: Pair = Pair("否则 ", "else ");
pub(crate) const NOTE: Pair = Pair("提示", "note");
pub(crate) const PERCENT: Pair = Pair("%", "%");
pub(crate) const WAN: Pair = Pair("万元", "wan_yuan");
pub(crate) const YI: Pair = Pair("亿元", "yi_yuan");
pub(crate) const AT_MOST: Pair = Pair("不超过 ", "at most ");
pub(crate) const AT_LEAST: Pair = Pair("不低于 ", "at least ");

/// 至少 of a fold.
pub(crate) fn at_least_of(lang: Lang, least: u32) -> String {
    super::pick(lang, format!("至少 {least}项"), format!("at_least {least} items"))
}

/// The operator with its blanks.
pub(crate) fn arith(op: Arith) -> Pair {
    match op {
        Arith::Add => Pair(" + ", " + "),
        Arith::Subtract => Pair(" − ", " - "),
        Arith::Multiply => Pair(" × ", " * "),
        Arith::Divide => Pair(" ÷ ", " / "),
        Arith::Power => Pair("^", "^"),
    }
}

/// The operator with its blanks.
pub(crate) fn logic(op: Logic) -> Pair {
    match op {
        Logic::And => Pair(" 且 ", " and "),
        Logic::Or => Pair(" 或 ", " or "),
    }
}

/// The operator without blanks.
pub(crate) fn compare(op: Compare) -> Pair {
    match op {
        Compare::Equal => Pair("=", "="),
        Compare::NotEqual => Pair("≠", "!="),
        Compare::Less => Pair("<", "<"),
        Compare::AtMost => Pair("≤", "<="),
        Compare::Greater => Pair(">", ">"),
        Compare::AtLeast => Pair("≥", ">="),
    }
}

pub(crate) fn fold(op: FoldOp) -> Pair {
    match op {
        FoldOp::Sum => Pair("合计", "sum"),
        FoldOp::Mean => Pair("平均", "mean"),
        FoldOp::WeightedMean => Pair("加权平均", "weighted_mean"),
        FoldOp::Min => Pair("最小", "min"),
        FoldOp::Max => Pair("最大", "max"),
        FoldOp::Count => Pair("个数", "count"),
        FoldOp::Share => Pair("占比", "share"),
        FoldOp::Exists => Pair("存在", "exists"),
        FoldOp::GeometricMean => Pair("几何平均", "geometric_mean"),
        FoldOp::HarmonicMean => Pair("调和平均", "harmonic_mean"),
        FoldOp::Median => Pair("中位数", "median"),
        FoldOp::List => Pair("列", "list"),
    }
}

pub(crate) fn function(function: Function) -> Pair {
    match function {
        Function::Largest => Pair("取大", "larger"),
        Function::Smallest => Pair("取小", "smaller"),
        Function::Absolute => Pair("绝对值", "abs"),
        Function::DaysBetween => Pair("天数", "days"),
        Function::WorkingDaysBetween => Pair("工作日数", "working_days"),
        Function::YearOf => Pair("年", "year_of"),
        Function::Ln => Pair("ln", "ln"),
        Function::Log10 => Pair("log10", "log10"),
        Function::SquareRoot => Pair("开方", "sqrt"),
        Function::Root => Pair("方根", "root"),
        Function::Sorted => Pair("升序", "sorted"),
        Function::Joined => Pair("连写", "joined"),
        Function::RunningTotals => Pair("累计", "running_totals"),
        Function::CumulativeRound => Pair("累进取整", "cumulative_round"),
        Function::QuantileBetween => Pair("内插分位数", "quantile_between"),
        Function::QuantileNearest => Pair("就近分位数", "quantile_nearest"),
        Function::Nth => Pair("取第", "nth"),
    }
}

pub(crate) fn peer(op: PeerOp) -> Pair {
    match op {
        PeerOp::Rank(..) => Pair("名次", "rank"),
        PeerOp::Percentile => Pair("百分位", "percent_rank"),
        PeerOp::Standard => Pair("标准分", "z_score"),
        PeerOp::Count => Pair("同组个数", "peer_count"),
        PeerOp::Mean => Pair("同组平均", "peer_mean"),
        PeerOp::Median => Pair("同组中位数", "peer_median"),
        PeerOp::Max => Pair("同组最大", "peer_max"),
        PeerOp::Min => Pair("同组最小", "peer_min"),
    }
}

pub(crate) fn order(order: Order) -> Pair {
    match order {
        Order::HighestFirst => Pair("从高到低", "highest_first"),
        Order::LowestFirst => Pair("从低到高", "lowest_first"),
    }
}

pub(crate) fn ties(ties: Ties) -> Pair {
    match ties {
        Ties::Skip => Pair("并列占位", "ties_skip"),
        Ties::Dense => Pair("并列不占位", "ties_dense"),
        Ties::Mean => Pair("并列平均", "ties_mean"),
    }
}

/// 同组 按, with its blank.
pub(crate) const PEERS_BY: Pair = Pair("同组 按 ", "peers by ");

/// The keyword of a state.
pub(crate) fn state(state: State) -> Pair {
    match state {
        State::Missing => Pair("缺报", "missing"),
        State::None => Pair("无", "none"),
        State::NotApplicable => Pair("不适用", "not_applicable"),
        State::NoEvidence => Pair("无佐证", "no_evidence"),
        State::Late => Pair("迟报", "late"),
        State::Disputed => Pair("有争议", "disputed"),
    }
}

/// The keyword of a verdict.
pub(crate) fn verdict(verdict: Verdict) -> Pair {
    match verdict {
        Verdict::NotApplicable => Pair("不适用", "not_applicable"),
        Verdict::Review => Pair("待核", "review"),
        Verdict::Return => Pair("退回", "return"),
        Verdict::Stop => Pair("停止", "stop"),
    }
}

/// The word between amount and limit, with its blanks.
pub(crate) fn side(side: Side) -> Pair {
    match side {
        Side::Above => Pair(" 超过 ", " above "),
        Side::Below => Pair(" 低于 ", " below "),
        Side::Away => Pair(" 偏离 ", " away_from "),
    }
}

/// The keyword of a 取整方式.
pub(crate) fn partial(partial: StepRounding) -> Pair {
    match partial {
        StepRounding::Whole => Pair("按整", "whole"),
        StepRounding::ProRata => Pair("按比例", "pro_rata"),
        StepRounding::Up => Pair("不足一个按一个", "part_as_whole"),
    }
}

/// A rounding tail. `unit` is empty for the base unit.
pub(crate) fn round(places: u32, mode: Rounding, unit: &str, lang: Lang) -> String {
    if places == 0 && unit.is_empty() {
        let word = match mode {
            Rounding::HalfUp => Pair("取整", "to_whole"),
            other => rounding(other),
        };
        return word.get(lang).to_owned();
    }
    let blank = if unit.is_empty() { "" } else { " " };
    let tail = match (mode, rounding(mode).get(lang)) {
        (Rounding::HalfUp, _) => String::new(),
        (_, word) => format!(" {word}"),
    };
    match lang {
        Lang::Zh => format!("保留{places}位{unit}{tail}"),
        Lang::En => format!("round {places}{blank}{unit}{tail}"),
    }
}

fn rounding(mode: Rounding) -> Pair {
    match mode {
        Rounding::HalfUp => Pair("四舍五入", "half_up"),
        Rounding::Down => Pair("舍去", "truncate"),
        Rounding::Up => Pair("进一", "round_up"),
        Rounding::HalfEven => Pair("四舍六入", "half_even"),
        Rounding::HalfDown => Pair("五舍六入", "half_down"),
        Rounding::Floor => Pair("向下", "floor"),
        Rounding::Ceiling => Pair("向上", "ceiling"),
    }
}

/// The unit after a number in prose, with its blank; empty for bare numbers.
pub(crate) fn unit(quantity: Quantity, lang: Lang, singular: bool) -> String {
    let pair = match (quantity, singular) {
        (Quantity::PercentPoint, true) => Pair("个百分点", " percentage point"),
        (Quantity::PercentPoint, false) => Pair("个百分点", " percentage points"),
        (Quantity::Points, true) => Pair("分", " point"),
        (Quantity::Points, false) => Pair("分", " points"),
        (Quantity::Days, true) => Pair("天", " day"),
        (Quantity::Days, false) => Pair("天", " days"),
        (Quantity::CalendarDays, true) => Pair("个自然日", " calendar day"),
        (Quantity::CalendarDays, false) => Pair("个自然日", " calendar days"),
        (Quantity::WorkingDays, true) => Pair("个工作日", " working day"),
        (Quantity::WorkingDays, false) => Pair("个工作日", " working days"),
        (Quantity::Money, _) => Pair("元", " yuan"),
        (Quantity::Compound(dimension), _) => return compound(dimension, lang),
        (Quantity::Plain | Quantity::Ratio | Quantity::Count | Quantity::Year, _) => Pair("", ""),
    };
    pair.get(lang).to_owned()
}

/// The unit of a literal in a rule file: one word.
pub(crate) fn rule_unit(quantity: Quantity, lang: Lang, singular: bool) -> String {
    let pair = match (quantity, singular) {
        (Quantity::PercentPoint, _) => Pair("个百分点", " percentage_points"),
        (Quantity::CalendarDays, true) => Pair("个自然日", " calendar_day"),
        (Quantity::CalendarDays, false) => Pair("个自然日", " calendar_days"),
        (Quantity::WorkingDays, true) => Pair("个工作日", " working_day"),
        (Quantity::WorkingDays, false) => Pair("个工作日", " working_days"),
        (other, singular) => return unit(other, lang, singular),
    };
    pair.get(lang).to_owned()
}

/// The unit of a bare count.
pub(crate) fn items(lang: Lang, count: &str) -> &'static str {
    Pair("项", if count == "1" { " item" } else { " items" }).get(lang)
}

fn compound(dimension: Dimension, lang: Lang) -> String {
    let bases = [
        (Pair("元", "yuan"), dimension.money),
        (Pair("天", "days"), dimension.days),
        (Pair("分", "points"), dimension.points),
    ];
    let factors = bases
        .into_iter()
        .filter(|(_, exponent)| *exponent != 0)
        .map(|(base, exponent)| format!("{}{}", base.get(lang), superscript(exponent)));
    let text = factors.collect::<Vec<_>>().join("·");
    match lang {
        Lang::Zh => text,
        Lang::En => format!(" {text}"),
    }
}

fn superscript(exponent: i8) -> String {
    if exponent == 1 {
        return String::new();
    }
    let raise = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        c => c.to_digit(10).and_then(|digit| char::from_u32(0x2070 + digit)).unwrap_or(c),
    };
    exponent.to_string().chars().map(raise).collect()
}

/// Whether a word of the language would be read where this name stands.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

const RESERVED: &[&str] = &[
    "当",
    "须",
    "凡",
    "且",
    "或",
    "非",
    "在",
    "每",
    "各",
    "其他",
    "否则",
    "分档",
    "计分",
    "扣分",
    "逐项",
    "评定",
    "线性",
    "待编",
    "略去",
    "起",
    "内",
    "从",
    "到",
    "至",
    "为空",
    "不为空",
    "缺报",
    "无佐证",
    "迟报",
    "有争议",
    "以上",
    "以下",
    "以内",
    "以外",
    "不超过",
    "不低于",
    "超过",
    "低于",
    "高于",
    "不足",
    "不满",
    "偏离",
    "when",
    "require",
    "where",
    "and",
    "or",
    "not",
    "in",
    "per",
    "else",
    "bands",
    "points_for",
    "deduct",
    "each",
    "rated",
    "linear",
    "todo",
    "skip",
    "within",
    "empty",
    "not_empty",
    "missing",
    "no_evidence",
    "at_most",
    "at_least",
];
