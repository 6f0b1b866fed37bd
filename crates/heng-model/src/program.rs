//! A compiled pack. It holds everything that scoring needs and nothing of how it was written, so it
//! can be stored, loaded and scored without a parser.
//!
//! **Invariant:** ids index the arenas of the same program; `nodes` is in pre-order, the root
//! first; a [`Let`] is computed in the frame of the body that declares it.

use serde::{Deserialize, Serialize};

use crate::{
    Name, Number,
    expr::{Citation, Expr, ExprId, SourceRef},
    quantity::Type,
    schema::{ChoiceId, Interval, Schema},
    state::{Effects, Verdict},
};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);
    )*};
}
id!(
    /// Index of a [`Node`].
    NodeId,
    /// Index of a [`Body`].
    BodyId,
    /// Index of a [`Let`].
    LetId,
    /// Index of a [`Method`].
    MethodId,
    /// Index of a [`Script`].
    ScriptId
);

/// A compiled rule pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// What the pack says about itself.
    pub pack: Pack,
    /// The data it asks for.
    pub schema: Schema,
    /// The indicator tree in pre-order; the first is the pack itself.
    pub nodes: Vec<Node>,
    /// Bodies of nodes, rows and methods.
    pub bodies: Vec<Body>,
    /// Named definitions and parameters.
    pub lets: Vec<Let>,
    /// Methods.
    pub methods: Vec<Method>,
    /// Custom checks and methods in scripts.
    pub scripts: Vec<Script>,
    /// Demands on the data, asked before any indicator.
    pub demands: Vec<DataDemand>,
    /// 等级 of the pack, computed from the total.
    pub grade: Option<ExprId>,
    /// All expressions.
    pub exprs: Vec<Expr>,
    /// The rule files.
    pub files: Vec<Name>,
}

/// What a pack says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Its title.
    pub title: Name,
    /// 地区.
    pub region: Option<Name>,
    /// 评价年度: the evaluated year, which is neither the notice's nor the filling year.
    pub year: i16,
    /// 通知: the notice's number.
    pub notice: Option<Name>,
    /// 填报截止: the last day for handing in.
    pub due: Option<jiff::civil::Date>,
    /// 日历: the calendar for working days.
    pub calendar: Option<Name>,
    /// 说明.
    pub note: Option<Name>,
    /// Sources and status.
    pub cite: Citation,
    /// 声明: lines that every output must carry.
    pub disclaimers: Vec<Name>,
    /// 等级次序: the letters of indicators, the best first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letters: Option<ChoiceId>,
}

/// An indicator, a group of indicators, or the pack itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Stable across years: the 编号 if there is one, else the name, made unique by its parents'.
    pub key: Name,
    /// The name in the headline.
    pub name: Name,
    /// The name in the other language.
    pub alias: Option<Name>,
    /// What kind of row it is.
    pub kind: NodeKind,
    /// How deep it stands: 0 for the pack, 1 for 一级指标 …
    pub level: u8,
    /// Full marks. For a bonus its cap, for a malus its (negative) floor.
    pub full: Number,
    /// The parent; none for the pack.
    pub parent: Option<NodeId>,
    /// The children in order, bonuses after indicators.
    pub children: Vec<NodeId>,
    /// How it is scored; none while it is 待编.
    pub body: Option<BodyId>,
    /// 等级 of the indicator. Beside points it is computed from them; without points it is the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<ExprId>,
    /// Whether it has no points: its result is a letter, or nothing but what stands below it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pointless: bool,
    /// 不适用: what it makes of children that do not apply (its own declaration or the pack's).
    pub inapplicable: Option<Inapplicable>,
    /// Effects of states declared here.
    pub effects: Effects,
    /// Sources and status (its own, else its parent's).
    pub cite: Citation,
    /// 佐证: the evidence the rule asks for.
    pub evidence: Option<Name>,
    /// 说明.
    pub note: Option<Name>,
    /// 指标解释.
    pub meaning: Option<Name>,
    /// Its headline.
    pub at: SourceRef,
}

/// What kind of row a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// The pack: the total.
    Pack,
    /// 指标: part of its parent's points.
    Indicator,
    /// 加分指标: outside the sum of points, with its own cap.
    Bonus,
}

/// 不适用: what a parent does with the points of children that do not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inapplicable {
    /// 折算: score ÷ (full − inapplicable) × full.
    Rescale,
    /// 满分: they count as fully reached.
    Full,
    /// 0分: they count nothing.
    Zero,
    /// 停止: the parent cannot be scored.
    Stop,
}

/// How a node, a row or a method call is computed: cases first, then demands, then the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// 当 lines, asked from the top; the first that holds decides.
    pub cases: Vec<Case>,
    /// 须 lines, asked after the cases.
    pub demands: Vec<Demand>,
    /// The definitions that stand in it.
    pub lets: Vec<LetId>,
    /// The value.
    pub result: ExprId,
}

/// 当 条件：结果.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The condition.
    pub when: ExprId,
    /// What then.
    pub then: ExprId,
    /// Where it is written.
    pub at: SourceRef,
}

/// 须 条件，否则 结果.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// What must hold.
    pub need: ExprId,
    /// What is said when it does not.
    pub message: Option<Name>,
    /// What then.
    pub otherwise: Otherwise,
    /// Where it is written.
    pub at: SourceRef,
}

/// What a demand that does not hold leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// A verdict; 退回 unless said.
    Verdict(Verdict),
    /// A value, such as 0分.
    Value(ExprId),
    /// 提示: a finding and nothing else.
    Note,
}

/// A demand on the data, of the pack as a whole or of each row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataDemand {
    /// The table whose rows are asked one by one.
    pub table: Option<crate::FieldId>,
    /// The demand.
    pub demand: Demand,
}

/// A named definition, computed only when something reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Let {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub value: ExprId,
    /// The body in whose frame it is computed.
    pub body: BodyId,
    /// Whether it is a parameter (参数) rather than a step of a computation.
    pub parameter: bool,
    /// Source, status and review, for a parameter.
    pub cite: Citation,
    /// Where it is written.
    pub at: SourceRef,
}

/// 方法: a named way of scoring, with typed parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it yields.
    pub ty: Type,
    /// The range in which its result must lie, where one is declared.
    pub range: Option<Interval<Number>>,
    /// How it is computed.
    pub code: MethodCode,
    /// Where it is written.
    pub at: SourceRef,
}

/// A parameter of a method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// Whether a state is handed through instead of spreading (可缺).
    pub optional: bool,
}

/// How a method is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodCode {
    /// In the rule language.
    Body(BodyId),
    /// By a script.
    Script(ScriptId),
}

/// A custom check or scoring method in a script of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// The script file, relative to the pack.
    pub file: Name,
    /// The function in it; the method's name.
    pub function: Name,
    /// Whether it is a 检查: yes or no, with findings.
    pub check: bool,
    /// Where it is declared.
    pub at: SourceRef,
}

macro_rules! lookup {
    ($($(#[$doc:meta])* $name:ident($id:ident) -> $item:ident in $arena:ident;)*) => {
        impl Program {$(
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self, id: $id) -> Option<&$item> {
                self.$arena.get(id.0 as usize)
            }
        )*}
    };
}
lookup! {
    /// The node behind an id.
    node(NodeId) -> Node in nodes;
    /// The body behind an id.
    body(BodyId) -> Body in bodies;
    /// The definition behind an id.
    definition(LetId) -> Let in lets;
    /// The method behind an id.
    method(MethodId) -> Method in methods;
    /// The script behind an id.
    script(ScriptId) -> Script in scripts;
    /// The expression behind an id.
    expr(ExprId) -> Expr in exprs;
}

impl Program {
    /// The pack as a node.
    #[must_use]
    pub fn root(&self) -> Option<&Node> {
        self.nodes.first()
    }

    /// Ids and nodes in pre-order.
    pub fn tree(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        (0u32..).map(NodeId).zip(&self.nodes)
    }

    /// The letters of indicators, the best first; none where the pack gives no order.
    #[must_use]
    pub fn letters(&self) -> &[Name] {
        let list = self.pack.letters.and_then(|letters| self.schema.choice(letters));
        list.map_or(&[], |list| &list.words)
    }

    /// The place of a letter in the order, 0 for the best.
    #[must_use]
    pub fn rank(&self, letter: &str) -> Option<usize> {
        self.letters().iter().position(|known| **known == *letter)
    }

    /// The indicator with this key or name; the name must be unique.
    #[must_use]
    pub fn find_node(&self, name: &str) -> Option<NodeId> {
        let by_key = self.tree().find(|(_, node)| *node.key == *name);
        let mut by_name = self.tree().filter(|(_, node)| *node.name == *name);
        match (by_key, by_name.next(), by_name.next()) {
            (Some((id, _)), ..) | (None, Some((id, _)), None) => Some(id),
            _ => None,
        }
    }
}
