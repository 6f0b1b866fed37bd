//! Which data a pack asks for. The schema is declared in the rule file; readers check what a
//! department hands in against it, and the evaluator finds a datum by its [`FieldId`].

use serde::{Deserialize, Serialize};

use crate::{
    Name, Number,
    expr::{ExprId, SourceRef},
    quantity::{Quantity, Type},
    state::Effect,
    value::DatumRef,
};

/// Index of a [`Field`] in its [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FieldId(pub u32);

/// Index of a [`ChoiceList`] in its [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChoiceId(pub u32);

/// Every datum a pack knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// The fields, in the order of the rule file.
    pub fields: Vec<Field>,
    /// The choice lists.
    pub choices: Vec<ChoiceList>,
}

impl Schema {
    /// The field behind an id.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(id.0 as usize)
    }

    /// The column of a table.
    #[must_use]
    pub fn column(&self, table: FieldId, column: u16) -> Option<&Column> {
        self.field(table)?.table()?.columns.get(usize::from(column))
    }

    /// The type of what may be handed in for a datum; none for a whole table and for a computed column.
    #[must_use]
    pub fn given_type(&self, datum: DatumRef) -> Option<Type> {
        match datum.cell {
            Some((_, column)) => {
                let column = self.column(datum.field, column).filter(|column| column.formula.is_none())?;
                Some(column.ty.clone())
            }
            None => self.field(datum.field)?.scalar(),
        }
    }

    /// The values that a datum may have, as they are declared; unbounded where nothing is.
    #[must_use]
    pub fn domain(&self, datum: DatumRef) -> Interval<Number> {
        let free = Interval { low: None, high: None };
        let Some(field) = self.field(datum.field) else { return free };
        let traits = match datum.cell {
            Some((_, column)) => self.column(datum.field, column).map(|column| &column.traits),
            None => Some(&field.traits),
        };
        match (&field.shape, traits.and_then(|traits| traits.domain.clone())) {
            (Shape::Rating(rating), None) => rating.band.clone(),
            (_, found) => found.unwrap_or(free),
        }
    }

    /// The words of a choice list.
    #[must_use]
    pub fn choice(&self, id: ChoiceId) -> Option<&ChoiceList> {
        self.choices.get(id.0 as usize)
    }

    /// The field with this path, such as `["三公经费", "预算数"]`.
    pub fn find<S: AsRef<str>>(&self, path: &[S]) -> Option<FieldId> {
        let found = self.fields.iter().position(|field| {
            field.path.len() == path.len() && field.path.iter().zip(path).all(|(a, b)| **a == *b.as_ref())
        })?;
        u32::try_from(found).ok().map(FieldId)
    }

    /// Ids and fields in the order of the rule file.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &Field)> {
        (0u32..).map(FieldId).zip(&self.fields)
    }
}

/// The words of a 选项, in the order in which they are declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceList {
    /// The words.
    pub words: Vec<Name>,
}

/// One datum, or one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Group names from the outside in, then the datum's own name.
    pub path: Vec<Name>,
    /// The same in the other language, where the rule file gives it.
    pub alias: Option<Name>,
    /// What it holds.
    pub shape: Shape,
    /// Attributes shared with columns.
    pub traits: Traits,
    /// Where it is declared.
    pub at: SourceRef,
}

impl Field {
    /// The path with dots, as rule files and messages write it.
    #[must_use]
    pub fn dotted(&self) -> String {
        self.path.join(".")
    }

    /// The table's shape, if the field is a table.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        match &self.shape {
            Shape::Table(table) => Some(table),
            Shape::Scalar(_) | Shape::Rating(_) => None,
        }
    }

    /// The type of a scalar or of a judgement.
    #[must_use]
    pub fn scalar(&self) -> Option<Type> {
        match &self.shape {
            Shape::Scalar(ty) => Some(ty.clone()),
            Shape::Rating(rating) => Some(Type::Quantity(rating.quantity)),
            Shape::Table(_) => None,
        }
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One value.
    Scalar(Type),
    /// 评定: a person's judgement inside a band, with reason and evidence.
    Rating(Rating),
    /// Rows.
    Table(Table),
}

/// 评定: what a person may judge, and within which bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Ratio (of full marks) or points.
    pub quantity: Quantity,
    /// The band.
    pub band: Interval<Number>,
}

/// A table: a list of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The columns, in the order of the rule file; computed ones too.
    pub columns: Vec<Column>,
    /// The fewest rows a table may have; a table may always be declared 无 when this is nought.
    pub least_rows: u32,
    /// The most rows, where there is a limit.
    pub most_rows: Option<u32>,
    /// The column that names a row (键): unique, used in traces and joins.
    pub key: Option<u16>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// The name in the other language.
    pub alias: Option<Name>,
    /// The type of its cells.
    pub ty: Type,
    /// The formula, for a computed column; nobody fills it in.
    pub formula: Option<ExprId>,
    /// Attributes shared with fields.
    pub traits: Traits,
    /// Where it is declared.
    pub at: SourceRef,
}

/// What fields and columns may say about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    /// 可缺: it may be left out. Otherwise it is required.
    pub optional: bool,
    /// 可不适用: it may be declared not applicable.
    pub may_not_apply: bool,
    /// The values it may take (`比率 [0%, 100%]`).
    pub domain: Option<Interval<Number>>,
    /// 缺报视为…: what a missing value does where it is read.
    pub when_missing: Option<Effect>,
    /// 仅报告: for the documents; no rule needs to read it.
    pub report_only: bool,
    /// 说明, for whoever fills it in.
    pub note: Option<Name>,
    /// 来源 or 依据: the clause or paper it comes from.
    pub source: Option<Name>,
}

/// A stretch between two ends, each open, closed or absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval<T> {
    /// The lower end.
    pub low: Option<Bound<T>>,
    /// The upper end.
    pub high: Option<Bound<T>>,
}

/// One end of an [`Interval`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound<T> {
    /// Where it lies.
    pub at: T,
    /// Whether the end itself is included.
    pub closed: bool,
}

impl Interval<Number> {
    /// Whether `value` lies inside.
    #[must_use]
    pub fn contains(&self, value: &Number) -> bool {
        let above = |low: &Bound<Number>| *value > low.at || (low.closed && *value == low.at);
        let below = |high: &Bound<Number>| *value < high.at || (high.closed && *value == high.at);
        self.low.as_ref().is_none_or(above) && self.high.as_ref().is_none_or(below)
    }
}
