//! The tree of a rule file: what was written, with the place of every part, before any name is
//! looked up. Sugar is already gone: full-width signs, both spellings of a keyword and the two
//! quotes make the same tree.

use heng_diag::Span;
use heng_model::{
    Number, Rounding,
    peer::{Order, Ties},
};
use jiff::civil::Date;

/// A thing with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct At<T> {
    /// The thing.
    pub it: T,
    /// Where it stands.
    pub span: Span,
}

/// A name in normal form, with the spelling that is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Normal form; names are equal when these are.
    pub key: String,
    /// As it was written.
    pub shown: String,
    /// Where it stands.
    pub span: Span,
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// Its parts in order.
    pub items: Vec<Item>,
    /// Names that stand in lines which could not be read: whoever asks for them asks for what was
    /// reported already.
    pub lost: Vec<String>,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// 规则包, 指标, 加分指标.
    Block(Block),
    /// 数据.
    Data(Vec<DataLine>),
    /// 参数.
    Params(Vec<Def>),
    /// 方法.
    Method(Method),
    /// Something with a block that could not be read and was reported.
    Lost,
}

/// What a headline says the block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// 规则包.
    Pack,
    /// 指标, with the level it names (一级 = 1), if any.
    Indicator(Option<u8>),
    /// 加分指标.
    Bonus,
}

/// A headline and what stands in its braces.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The word it begins with.
    pub keyword: Span,
    /// Its name.
    pub name: Name,
    /// Its points.
    pub points: Option<At<Number>>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// The whole of it.
    pub span: Span,
}

/// A line of a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// 栏目：文字.
    Field(Field),
    /// 当 条件：结果.
    Case(Case),
    /// 须 条件，否则 结果.
    Require(Require),
    /// 名 = 式.
    Def(Def),
    /// A bare score block.
    Score(Expr),
    /// 待编.
    Todo(Span),
    /// A block inside.
    Block(Block),
    /// A line that could not be read and was reported; with a block it was perhaps an indicator.
    Lost {
        /// Where it stands.
        span: Span,
        /// Whether it has a block.
        block: bool,
    },
}

/// 栏目：文字.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The field, by its Chinese word.
    pub key: &'static str,
    /// Where the word stands.
    pub span: Span,
    /// The text after the colon.
    pub text: At<String>,
}

/// 当 条件：结果.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The condition.
    pub when: Expr,
    /// What then.
    pub then: Expr,
    /// The whole line.
    pub span: Span,
}

/// 须 条件：“话”，否则 结果.
#[derive(Clone, Debug, PartialEq)]
pub struct Require {
    /// What must hold.
    pub need: Expr,
    /// What is said when it does not.
    pub message: Option<String>,
    /// What then.
    pub otherwise: Option<Expr>,
    /// The whole line.
    pub span: Span,
}

/// 名 = 式，属性.
#[derive(Clone, Debug, PartialEq)]
pub struct Def {
    /// The name.
    pub name: Name,
    /// The value.
    pub value: Expr,
    /// Its attributes.
    pub attrs: Vec<At<Attr>>,
    /// The whole line.
    pub span: Span,
}

/// A line of 数据.
#[derive(Clone, Debug, PartialEq)]
pub enum DataLine {
    /// 名：类型，属性.
    Decl(Decl),
    /// 名 { … }.
    Group(Name, Vec<DataLine>),
    /// A computed column.
    Def(Def),
    /// A demand on the data.
    Require(Require),
}

/// 名：类型，属性.
#[derive(Clone, Debug, PartialEq)]
pub struct Decl {
    /// The name.
    pub name: Name,
    /// The type.
    pub ty: At<TypeName>,
    /// Its attributes.
    pub attrs: Vec<At<Attr>>,
    /// The whole line.
    pub span: Span,
}

/// A type as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeName {
    /// A word such as 金额, with a range.
    Scalar(Name, Option<Range>),
    /// 检查.
    Check,
    /// 选项 { … }.
    Choice(Vec<Name>),
    /// 选项 自 路径.
    ChoiceFrom(Vec<Name>),
    /// 选项, with whatever words the argument has.
    AnyChoice,
    /// 表 with its limits and lines.
    Table(Vec<(Count, u32)>, Vec<DataLine>),
    /// 列 of a scalar.
    List(Name),
}

/// 恰, 至少, 至多.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Exactly,
    Least,
    Most,
}

/// An attribute after a comma.
#[derive(Clone, Debug, PartialEq)]
pub enum Attr {
    /// 必填.
    Required,
    /// 可缺.
    Optional,
    /// 可不适用.
    MayNotApply,
    /// 仅报告.
    ReportOnly,
    /// 键.
    Key,
    /// 缺报视为 名.
    MissingAs(Name),
    /// 说明.
    Note(String),
    /// 来源.
    Source(String),
    /// 依据.
    Basis(String),
    /// 理由.
    Reason(String),
    /// 状态.
    Status(Name),
    /// 复核.
    Reviewed(Date),
    /// 英文名, 中文名.
    Alias(String),
    /// 按整.
    Whole,
    /// 按比例.
    ProRata,
    /// 不足一个按一个.
    PartAsWhole,
}

/// 方法.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub params: Vec<Param>,
    /// What it yields, if said.
    pub ty: Option<At<TypeName>>,
    /// How.
    pub code: MethodCode,
    /// The whole of it.
    pub span: Span,
}

/// A parameter of a method.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// Its type, if said.
    pub ty: Option<At<TypeName>>,
    /// 可缺.
    pub optional: bool,
}

/// How a method is computed.
#[derive(Clone, Debug, PartialEq)]
pub enum MethodCode {
    /// = 式.
    Value(Expr),
    /// { … }.
    Body(Vec<Line>),
    /// 脚本 文件.
    Script(At<String>),
}

/// An expression with its place.
pub type Expr = Box<At<ExprKind>>;

/// The forms of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A number with its unit, if any.
    Number(Number, Option<At<Unit>>),
    /// A date.
    Date(Date),
    /// A text.
    Text(String),
    /// A name.
    Name(Name),
    /// 甲.乙.
    Member(Expr, Name),
    /// f（…）.
    Call(Name, Vec<Arg>),
    /// −a.
    Negate(Expr),
    /// 非 a.
    Not(Expr),
    /// Two operands.
    Binary(At<Binary>, Expr, Expr),
    /// a 在 range.
    InRange(Expr, Range),
    /// a 在 b 起 n 内.
    Within(Expr, Expr, Expr),
    /// a 缺报, a 为空.
    Is(Expr, At<Test>),
    /// 分档.
    Bands(Vec<Expr>, Vec<Row>),
    /// 计分, 扣分.
    Tally(Tally),
    /// 逐项.
    Each(Expr, At<Share>, Vec<Line>),
    /// 权重表: what is weighed, and the rows.
    Weights(Option<Expr>, Vec<WeightRow>),
    /// 线性.
    Linear(Expr, Expr),
    /// 评定.
    Rated(Range),
    /// A tail behind a value.
    Tail(Expr, At<Tail>),
    /// ( a ): keeps its operands together.
    Group(Expr),
    /// Something that could not be read and was reported.
    Broken,
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    And,
    Or,
    Where,
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Away,
}

/// State words behind a value or in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    Empty,
    NotEmpty,
    Missing,
    None,
    NotApplicable,
    NoEvidence,
    Late,
    Disputed,
}

/// The units that can be written behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Percent,
    PercentPoint,
    WorkingDay,
    CalendarDay,
    Day,
    Yuan,
    WanYuan,
    YiYuan,
    Point,
    Item,
    Year,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A value.
    Value(Expr),
    /// 略去.
    Skip(Vec<At<Test>>),
    /// 至少 n项.
    Least(At<u32>),
    /// 从高到低, 从低到高.
    Order(At<Order>),
    /// 并列占位, 并列不占位, 并列平均.
    Ties(At<Ties>),
    /// 同组 按 键.
    Group(Expr),
}

/// A range with its ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The lower end and whether it is included.
    pub low: Option<(Expr, Closed)>,
    /// The upper end and whether it is included.
    pub high: Option<(Expr, Closed)>,
    /// = or ≠ instead of a range.
    pub equal: Option<(Expr, bool)>,
    /// The whole of it.
    pub span: Span,
}

/// Whether an end is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// 60%至70%: not said.
    Unsaid,
}

/// A row of a 分档.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// One cell per subject.
    pub cells: Vec<Cell>,
    /// 每 n.
    pub step: Option<Expr>,
    /// What it gives.
    pub value: Expr,
    /// Its attributes.
    pub attrs: Vec<At<Attr>>,
    /// The whole row.
    pub span: Span,
}

/// A row of a 权重表.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightRow {
    /// The children that apply; none for 其他.
    pub children: Option<Vec<Name>>,
    /// Their weights; one result for 其他; nothing where the row could not be read.
    pub weights: Vec<Expr>,
    /// Its attributes.
    pub attrs: Vec<At<Attr>>,
    /// The whole row.
    pub span: Span,
}

/// A cell: alternatives parted by 、.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The alternatives.
    pub parts: Vec<CellPart>,
    /// The whole cell.
    pub span: Span,
}

/// One alternative of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellPart {
    /// 其他.
    Other(Span),
    /// A state word.
    State(At<Test>),
    /// A range.
    Range(Range),
    /// A value or condition.
    Expr(Expr),
}

/// 计分 or 扣分.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// 扣分.
    pub deduct: bool,
    /// 从.
    pub from: Option<Expr>,
    /// 到.
    pub to: Option<Expr>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// How 逐项 shares out.
#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    /// 均分.
    Even,
    /// 平均.
    Mean,
    /// 合计.
    Sum,
    /// 满分 各 列.
    Column(Expr),
    /// 加权 列.
    Weighted(Expr),
}

/// A tail.
#[derive(Clone, Debug, PartialEq)]
pub enum Tail {
    /// 不超过.
    AtMost(Expr),
    /// 不低于.
    AtLeast(Expr),
    /// 保留 n 位 (unit, mode).
    Round(u32, Option<Unit>, Rounding),
}
