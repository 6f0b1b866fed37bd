//! Scoring expressions. Every criterion, gate, grade and parameter is one; the five scoring blocks
//! of the trade (分档 计分 扣分 逐项 评定) are expressions like any other, so they stand wherever a
//! value stands. Blocks keep the shape of the table they were written as, because checker, trace
//! and printed sentence all speak about rows.

use serde::{Deserialize, Serialize};

use crate::{
    Name, Number, Rounding,
    program::{BodyId, LetId, MethodId},
    quantity::Type,
    schema::{FieldId, Interval},
    state::{State, Verdict},
    value::Value,
};

/// Index of an [`Expr`] in its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExprId(pub u32);

/// A place in a rule file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceRef {
    /// Index into the program's files.
    pub file: u16,
    /// The line, from 1.
    pub line: u32,
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// An expression with its type and place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expr {
    /// What it does.
    pub kind: ExprKind,
    /// What it yields.
    pub ty: Type,
    /// Where it is written.
    pub at: SourceRef,
}

/// The forms of expressions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExprKind {
    /// A literal.
    Literal(Value),
    /// A scalar datum, a judgement, or a whole table.
    Field(FieldId),
    /// A column of a row that is being looked at; `up` counts row scopes outward, from 0.
    Column {
        /// The table.
        table: FieldId,
        /// The column.
        column: u16,
        /// How many row scopes outward.
        up: u8,
    },
    /// A named definition or parameter.
    Let(LetId),
    /// An argument of the method that is being computed.
    Argument(u16),
    /// 满分 of the indicator, row or caller.
    FullMarks,
    /// 总分: the total before grading.
    Total,
    /// The score of another indicator.
    ScoreOf(crate::NodeId),
    /// 下级: the children of the indicator.
    Children,
    /// 等级（指标）: the letter of another indicator.
    GradeOf(crate::NodeId),
    /// 等级（下级）: the letters of the children, the best first.
    Letters,
    /// 得分 of the child that is being looked at; `up` counts row scopes outward, from 0.
    ChildScore(u8),
    /// 等级 of the child that is being looked at.
    ChildGrade(u8),
    /// −a.
    Negate(ExprId),
    /// 非 a.
    Not(ExprId),
    /// a + b and so on.
    Arith(Arith, ExprId, ExprId),
    /// 且 or 或 over two or more conditions. A state among them matters only where the others do
    /// not decide.
    Logic(Logic, Vec<ExprId>),
    /// a ≥ b and so on. Text, words and dates compare too.
    Compare(Compare, ExprId, ExprId),
    /// a 在 [x, y].
    InRange(ExprId, Interval<ExprId>),
    /// 日期 在 起点 起 时限 内: not before the start, not after the end of the limit.
    Within {
        /// The date that must lie inside.
        date: ExprId,
        /// The starting day, which does not count.
        start: ExprId,
        /// The limit, in days or working days.
        limit: ExprId,
    },
    /// a 缺报 and so on.
    Is(Test, ExprId),
    /// 表 凡 条件: the rows for which the condition holds.
    Where(ExprId, ExprId),
    /// 合计, 占比, 个数 … over rows, a list or children.
    Fold(Fold),
    /// 名次, 百分位, 同组平均 …: a value among those of all units of the run.
    Peer(crate::peer::Peer),
    /// A built-in function of its arguments.
    Call(Function, Vec<ExprId>),
    /// A method of the pack.
    Method(MethodId, Vec<ExprId>),
    /// 分档.
    Bands(Bands),
    /// 计分 or 扣分.
    Tally(Tally),
    /// 逐项: a body per row.
    Each(Each),
    /// 权重表: the children weighed by the row that names those that apply.
    Weights(Weights),
    /// 线性 from … 到 …: the value on the straight line between the ends of the band it stands in.
    Linear(Linear),
    /// 评定: the judgement held in the field.
    Rated(FieldId),
    /// 不超过 / 不低于.
    Limit {
        /// Whether the bound is the most or the least.
        most: bool,
        /// The value.
        value: ExprId,
        /// The bound.
        bound: ExprId,
    },
    /// 保留n位, 取整, 舍去, 进一.
    Round {
        /// The value.
        value: ExprId,
        /// Decimals kept, in the unit the rule is written in.
        places: u32,
        /// The mode.
        mode: Rounding,
        /// One unit of the last place is 10^-places of this many base units (10000 for 万元,
        /// 0.01 for %).
        unit: Number,
    },
    /// 不适用, 待核, 停止, 退回.
    Verdict(Verdict),
}

/// The operators of arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Arith {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// 且 and 或.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Logic {
    And,
    Or,
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Compare {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// The tests that look at a datum's state instead of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// 缺报, 无佐证, 迟报 …: the datum is in this state.
    State(State),
    /// 为空: no value (缺报 or 无), no rows, or empty text.
    Empty,
    /// 不为空.
    NotEmpty,
}

/// A fold over rows, a list or children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fold {
    /// What is made of the values.
    pub op: FoldOp,
    /// Rows, list or children.
    pub over: ExprId,
    /// The value per row; absent over a list or children, and for counts.
    pub term: Option<ExprId>,
    /// The weight per row, for a weighted mean.
    pub weight: Option<ExprId>,
    /// 略去: states that are left out instead of spreading.
    pub skip: Vec<State>,
    /// 至少: how many values must be left.
    pub at_least: Option<u32>,
}

/// What a fold makes of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoldOp {
    /// 合计.
    Sum,
    /// 平均.
    Mean,
    /// 加权平均.
    WeightedMean,
    /// 最小.
    Min,
    /// 最大.
    Max,
    /// 个数: how many rows.
    Count,
    /// 占比: the rows of the filter over the rows of the table.
    Share,
    /// 存在: whether there is a row.
    Exists,
    /// 几何平均.
    GeometricMean,
    /// 调和平均.
    HarmonicMean,
    /// 中位数.
    Median,
    /// 列: the values themselves.
    List,
}

/// The built-in functions of plain values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// 取大: the largest argument.
    Largest,
    /// 取小: the smallest argument.
    Smallest,
    /// 绝对值.
    Absolute,
    /// 天数（从，到）: calendar days from the first date to the second.
    DaysBetween,
    /// 工作日数（从，到）: working days after the first date up to the second.
    WorkingDaysBetween,
    /// 年（日期）: the year of a date.
    YearOf,
    /// ln.
    Ln,
    /// log10.
    Log10,
    /// 开方.
    SquareRoot,
    /// 方根（值，次）: the root of that degree.
    Root,
    /// 升序: a list in ascending order.
    Sorted,
    /// 连写: a list of words joined.
    Joined,
    /// 累计: each value of a list with all before it.
    RunningTotals,
    /// 累进取整（列，步）: each value becomes a multiple of the step, so that the sum of the first n is the
    /// rounded sum of the first n, whatever n.
    CumulativeRound,
    /// 内插分位数（列，份）: the value that such a share of the sorted list reaches, on the straight line
    /// between its neighbours; the share counts from the first value to the last.
    QuantileBetween,
    /// 就近分位数（列，份）: the first value of the sorted list that such a share of it does not exceed.
    QuantileNearest,
    /// 取第（列，位）: the value at a place, from 1.
    Nth,
}

/// 分档: the first row whose cells all fit gives its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bands {
    /// What the cells are compared with; none when the cells are conditions.
    pub subjects: Vec<ExprId>,
    /// The rows, top down.
    pub rows: Vec<BandRow>,
}

/// A row of a 分档.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandRow {
    /// One cell per subject; one condition when there is no subject.
    pub cells: Vec<BandCell>,
    /// What it gives.
    pub value: ExprId,
    /// The citation on the row.
    pub cite: Citation,
    /// Where it is written.
    pub at: SourceRef,
}

/// One cell on the left side of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BandCell {
    /// 其他.
    Other,
    /// A range.
    Range(Interval<ExprId>),
    /// One of several values or words.
    OneOf(Vec<ExprId>),
    /// The subject's datum is in this state.
    State(State),
    /// A condition.
    When(ExprId),
    /// The subject is a list of so many values, and each fits its cell.
    List(Vec<BandCell>),
}

/// 计分 adds from nought, 扣分 takes off from full marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Whether rows take off.
    pub deduct: bool,
    /// Where it starts; full marks for 扣分 and nought for 计分 unless said.
    pub from: Option<ExprId>,
    /// Where 扣分 stops; nought unless said (扣完为止). 计分 stops nowhere unless said.
    pub to: Option<ExprId>,
    /// The rows. All of them count.
    pub rows: Vec<TallyRow>,
}

/// A row of a 计分 or 扣分.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyRow {
    /// What it counts.
    pub count: TallyCount,
    /// Points per count.
    pub points: ExprId,
    /// The citation on the row.
    pub cite: Citation,
    /// Where it is written.
    pub at: SourceRef,
}

/// What a tally row multiplies its points with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TallyCount {
    /// Once, when the condition holds.
    When(ExprId),
    /// Once per step by which the amount is on the wrong side of the limit.
    Beyond {
        /// The amount.
        amount: ExprId,
        /// On which side counts.
        side: Side,
        /// The limit.
        limit: ExprId,
        /// The step.
        step: ExprId,
        /// What a part of a step counts.
        partial: StepRounding,
    },
    /// Once per so many rows or units (每 1项).
    Per {
        /// Rows or a number.
        items: ExprId,
        /// How many make one count.
        step: ExprId,
        /// What a part of a step counts.
        partial: StepRounding,
    },
}

/// On which side of a limit a [`TallyCount::Beyond`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 超过.
    Above,
    /// 低于.
    Below,
    /// 偏离: on either side.
    Away,
}

/// 取整方式: what a part of a step counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepRounding {
    /// 按整: nothing.
    Whole,
    /// 按比例: its share.
    ProRata,
    /// 不足一个按一个: a whole step.
    Up,
}

/// 逐项: a body per row, the full marks shared out among the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Each {
    /// The rows.
    pub rows: ExprId,
    /// What each row's 满分 is.
    pub share: Share,
    /// What is done for each row.
    pub body: BodyId,
}

/// How a 逐项 shares out full marks, and what it makes of the rows' scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// 均分: equal shares, added up.
    Even,
    /// 满分 各 列: what the column says, added up.
    Column(ExprId),
    /// 加权 列: shares in proportion to the column, added up.
    Weighted(ExprId),
    /// 平均: the full marks for each row, and the mean of the scores.
    Mean,
    /// 合计: the full marks for each row, and the sum of the scores.
    Sum,
}

/// 权重表: the weights of the children, by which of them apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// What is weighed of each child, read where that child is looked at; without it the share of its
    /// full marks that it reached, and the sum is that share of the full marks of the node.
    pub of: Option<ExprId>,
    /// The rows.
    pub rows: Vec<WeightRow>,
    /// 其他: what other combinations come to; without it they stop.
    pub other: Option<ExprId>,
}

/// A row of a 权重表: it is taken where exactly these children apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightRow {
    /// The children, as they are written.
    pub children: Vec<crate::NodeId>,
    /// A weight for each; together they are 1.
    pub weights: Vec<ExprId>,
    /// The citation on the row.
    pub cite: Citation,
    /// Where it is written.
    pub at: SourceRef,
}

/// A value on the straight line between two ends of a band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linear {
    /// The subject of the band.
    pub subject: ExprId,
    /// The band's lower end.
    pub low: ExprId,
    /// The band's upper end.
    pub high: ExprId,
    /// The value at the lower end.
    pub from: ExprId,
    /// The value at the upper end.
    pub to: ExprId,
}

/// Where a rule comes from and how far that was verified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// 依据: the clause.
    pub basis: Option<Name>,
    /// 来源: the paper or address.
    pub source: Option<Name>,
    /// 状态.
    pub status: Option<Status>,
    /// 复核: when a person last looked.
    pub reviewed: Option<jiff::civil::Date>,
    /// 理由.
    pub reason: Option<Name>,
}

/// 状态: how far a rule was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 已核实: read in its source.
    Verified,
    /// 二手: read in a third party's digest.
    Secondary,
    /// 未核实: from memory; the notice's attachment decides.
    Unverified,
    /// 演示: reconstructed or invented so that a table is complete.
    Demo,
}

impl Citation {
    /// Whether nothing is cited.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Citation::default()
    }
}

impl ExprKind {
    /// Whether it computes a value from operands with signs: a formula into which numbers are put.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        matches!(
            self,
            ExprKind::Negate(_)
                | ExprKind::Not(_)
                | ExprKind::Arith(..)
                | ExprKind::Logic(..)
                | ExprKind::Compare(..)
                | ExprKind::InRange(..)
                | ExprKind::Within { .. }
                | ExprKind::Limit { .. }
                | ExprKind::Round { .. }
        )
    }

    /// The expressions that stand directly in this one, in the order in which they are written.
    /// What a name stands for, and the body behind 逐项, are not among them.
    #[must_use]
    pub fn parts(&self) -> Vec<ExprId> {
        match self {
            ExprKind::Literal(_)
            | ExprKind::Field(_)
            | ExprKind::Column { .. }
            | ExprKind::Let(_)
            | ExprKind::Argument(_)
            | ExprKind::FullMarks
            | ExprKind::Total
            | ExprKind::ScoreOf(_)
            | ExprKind::Children
            | ExprKind::GradeOf(_)
            | ExprKind::Letters
            | ExprKind::ChildScore(_)
            | ExprKind::ChildGrade(_)
            | ExprKind::Rated(_)
            | ExprKind::Verdict(_) => Vec::new(),
            ExprKind::Negate(a) | ExprKind::Not(a) | ExprKind::Is(_, a) | ExprKind::Round { value: a, .. } => vec![*a],
            ExprKind::Arith(_, a, b) | ExprKind::Compare(_, a, b) | ExprKind::Where(a, b) => vec![*a, *b],
            ExprKind::Limit { value, bound, .. } => vec![*value, *bound],
            ExprKind::Logic(_, parts) | ExprKind::Call(_, parts) | ExprKind::Method(_, parts) => parts.clone(),
            ExprKind::InRange(a, range) => [*a].into_iter().chain(range.ends()).collect(),
            ExprKind::Within { date, start, limit } => vec![*date, *start, *limit],
            ExprKind::Fold(fold) => [fold.over].into_iter().chain(fold.term).chain(fold.weight).collect(),
            ExprKind::Peer(peer) => [peer.value].into_iter().chain(peer.group).collect(),
            ExprKind::Bands(bands) => {
                let rows =
                    bands.rows.iter().flat_map(|row| row.cells.iter().flat_map(BandCell::parts).chain([row.value]));
                bands.subjects.iter().copied().chain(rows).collect()
            }
            ExprKind::Tally(tally) => {
                let rows = tally.rows.iter().flat_map(|row| row.count.parts().into_iter().chain([row.points]));
                tally.from.into_iter().chain(tally.to).chain(rows).collect()
            }
            ExprKind::Each(each) => match each.share {
                Share::Column(column) | Share::Weighted(column) => vec![each.rows, column],
                Share::Even | Share::Mean | Share::Sum => vec![each.rows],
            },
            ExprKind::Weights(table) => {
                let weights = table.rows.iter().flat_map(|row| row.weights.iter().copied());
                table.of.into_iter().chain(weights).chain(table.other).collect()
            }
            ExprKind::Linear(line) => vec![line.subject, line.low, line.high, line.from, line.to],
        }
    }
}

impl BandCell {
    fn parts(&self) -> Vec<ExprId> {
        match self {
            BandCell::Other | BandCell::State(_) => Vec::new(),
            BandCell::Range(range) => range.ends().collect(),
            BandCell::OneOf(values) => values.clone(),
            BandCell::When(condition) => vec![*condition],
            BandCell::List(cells) => cells.iter().flat_map(BandCell::parts).collect(),
        }
    }
}

impl TallyCount {
    fn parts(&self) -> Vec<ExprId> {
        match self {
            TallyCount::When(condition) => vec![*condition],
            TallyCount::Beyond { amount, limit, step, .. } => vec![*amount, *limit, *step],
            TallyCount::Per { items, step, .. } => vec![*items, *step],
        }
    }
}

impl Interval<ExprId> {
    fn ends(&self) -> impl Iterator<Item = ExprId> {
        [&self.low, &self.high].into_iter().flatten().map(|end| end.at)
    }
}
