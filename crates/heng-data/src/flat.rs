//! Files with one department a row: which column is which datum, and one row as facts.
//!
//! A row takes the same path as any other facts file from the single cell on, so that an amount, a
//! date or the word 缺报 means the same here as in a workbook.

use heng_diag::{Diagnostic, Sources, Span, Text};
use heng_model::{
    Facts, FieldId, Name, Number, Schema, Type,
    facts::Entry as Fact,
    schema::{Shape, Table},
};

use crate::{
    bind::{self, Background},
    head::{self, Head},
    index::{Found, Index},
    number,
    parse_value::Asked,
    raw::{Entry, Kind, Node, Spot},
    reader, wording,
    words::{self, Word},
};

/// What a column of the file holds.
#[derive(Clone, Debug)]
pub enum Target {
    /// A single datum.
    Field {
        /// The datum.
        field: FieldId,
        /// By how much the unit of the head scales a bare number; none where a bare number has no
        /// meaning.
        scale: Option<Number>,
    },
    /// The rows of a table in one cell, `a:b|a:b`: these columns of it, each with its scale.
    Compact {
        /// The table.
        table: FieldId,
        /// Its columns, in the order of the cell.
        columns: Vec<(u16, Option<Number>)>,
    },
    /// The rows of a table as JSON, or the word that says why there are none.
    Table(FieldId),
    /// The state, evidence, reason or source of a datum.
    Beside(FieldId),
}

/// A cell that was refused: the row cannot be scored.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The column of the file, from 0; none for what concerns the whole row.
    pub column: Option<usize>,
    /// Why.
    pub reason: Text,
    /// What stood there.
    pub value: String,
}

/// What stands in each column of a file.
#[derive(Debug)]
pub struct Layout<'s> {
    schema: &'s Schema,
    columns: Vec<Option<Column>>,
}

#[derive(Debug)]
struct Column {
    target: Target,
    field: FieldId,
    name: String,
    word: Word,
    unit: Option<String>,
    /// The names of a compact table's columns with their units.
    inner: Vec<(String, Option<String>)>,
}

impl<'s> Layout<'s> {
    /// Finds the data of `schema` in the heads of a file. A head that names nothing is left alone: the
    /// caller says which those are.
    ///
    /// # Errors
    /// Findings for a datum that two columns give.
    pub fn new<S: AsRef<str>>(schema: &'s Schema, heads: &[S]) -> Result<Layout<'s>, Vec<Diagnostic>> {
        let index = Index::new(schema);
        let mut columns: Vec<Option<Column>> = Vec::new();
        let mut findings = Vec::new();
        for head in heads {
            let column = column(schema, &index, head.as_ref());
            let same = |other: &Column| {
                column.as_ref().is_some_and(|column| column.field == other.field && column.word == other.word)
            };
            if columns.iter().flatten().any(same) {
                findings.push(wording::duplicate(head.as_ref()));
            }
            columns.push(column);
        }
        if findings.is_empty() { Ok(Layout { schema, columns }) } else { Err(findings) }
    }

    /// What stands in a column; `None` for one that is no datum.
    #[must_use]
    pub fn target(&self, column: usize) -> Option<&Target> {
        self.columns.get(column)?.as_ref().map(|column| &column.target)
    }

    /// One row as facts. `tables` are rows of tables that stand in files of their own, under the names
    /// of `heads`.
    ///
    /// # Missing
    /// An empty cell, and a datum without a column, is 缺报; what that does to the score is the rule's to
    /// say.
    ///
    /// # Errors
    /// Every cell that is refused.
    pub fn facts<S: AsRef<str>>(&self, file: &Name, line: u32, cells: &[S]) -> Result<Facts, Vec<Refused>> {
        let mut facts = Facts::missing(self.schema);
        let mut refused = Vec::new();
        let at = Spot::Text { file: file.clone(), span: Span::default(), line, pointer: None };
        for (position, column) in self.columns.iter().enumerate() {
            let Some(column) = column.as_ref().filter(|column| column.word == Word::Value) else { continue };
            let text = cells.get(position).map_or("", AsRef::as_ref);
            let beside = self.beside(column, cells, &at);
            match self.fact(column, text, beside, &at) {
                Ok(fact) => facts.set(column.field, fact),
                Err(reason) => refused.push(Refused { column: Some(position), reason, value: text.to_owned() }),
            }
        }
        if refused.is_empty() { Ok(facts) } else { Err(refused) }
    }

    /// What other columns say of the datum.
    fn beside<S: AsRef<str>>(&self, column: &Column, cells: &[S], at: &Spot) -> Vec<Entry> {
        let others = self.columns.iter().zip(cells).filter_map(|(other, cell)| Some((other.as_ref()?, cell.as_ref())));
        let others = others.filter(|(other, _)| other.field == column.field && other.word != Word::Value);
        others.map(|(other, text)| entry(words::spelling(other.word), Node::text(text, at.clone()))).collect()
    }

    fn fact(&self, column: &Column, text: &str, beside: Vec<Entry>, at: &Spot) -> Result<Fact, Text> {
        let node = match &column.target {
            Target::Table(_) => json_rows(text, at)?,
            Target::Compact { .. } => compact_rows(text, &column.inner, at),
            Target::Field { .. } | Target::Beside(_) => Node::text(text, at.clone()),
        };
        let node = with(node, column.unit.as_deref(), beside, at);
        let Some(field) = self.schema.field(column.field) else { return Ok(missing()) };
        let mut report = Vec::new();
        let read = |ty: &Type, report: &mut Vec<Diagnostic>| {
            let asked = Asked { schema: self.schema, name: &column.name, ty };
            Fact::Scalar(bind::single(&asked, &field.traits, &node, &Background::default(), report))
        };
        let fact = match &field.shape {
            Shape::Scalar(ty) => read(ty, &mut report),
            Shape::Rating(rating) => read(&Type::Quantity(rating.quantity), &mut report),
            Shape::Table(shape) => {
                let table = (column.name.as_str(), shape, &field.traits);
                Fact::Table(bind::several(self.schema, table, &node, &Background::default(), &mut report))
            }
        };
        match report.into_iter().find(Diagnostic::is_error) {
            Some(finding) => Err(finding.title),
            None => Ok(fact),
        }
    }
}

fn missing() -> Fact {
    Fact::Scalar(heng_model::Cell::missing())
}

fn entry(name: &str, node: Node) -> Entry {
    Entry { name: name.to_owned(), at: node.at.clone(), node }
}

/// The value with its unit and whatever stands beside it.
fn with(node: Node, unit: Option<&str>, mut beside: Vec<Entry>, at: &Spot) -> Node {
    beside.retain(|entry| !matches!(entry.node.kind, Kind::Blank));
    let blank = matches!(node.kind, Kind::Blank);
    let is_state = matches!(&node.kind, Kind::Scalar(scalar) if words::state(&scalar.words()).is_some());
    if let Some(unit) = unit.filter(|_| !blank && !is_state) {
        beside.push(entry(words::spelling(Word::Unit), Node::text(unit, at.clone())));
    }
    if beside.is_empty() {
        return node;
    }
    beside.push(entry(words::spelling(Word::Value), node));
    Node { kind: Kind::Table(beside), at: at.clone() }
}

/// What a head stands for.
fn column(schema: &Schema, index: &Index, text: &str) -> Option<Column> {
    let known = |name: &str| match index.find(name) {
        Found::Field(field) => Some(field),
        _ => None,
    };
    if let Some((name, inner)) =
        text.trim().strip_suffix([']', '］', '】']).and_then(|rest| rest.split_once(['[', '［', '【']))
    {
        return compact(schema, known(name)?, name, inner);
    }
    let Head { of: field, word, unit } = head::split(text, known)?;
    let found = schema.field(field)?;
    let target = match (&found.shape, word) {
        (_, word) if word != Word::Value => Target::Beside(field),
        (Shape::Table(_), _) => Target::Table(field),
        _ => Target::Field { field, scale: scale(found.scalar().as_ref(), unit.as_deref()) },
    };
    Some(Column { target, field, name: found.dotted(), word, unit, inner: Vec::new() })
}

/// `子指标[目标（万元）:实际（万元）]`: the rows of a table in one cell.
fn compact(schema: &Schema, field: FieldId, name: &str, inner: &str) -> Option<Column> {
    let table: &Table = schema.field(field)?.table()?;
    let mut columns = Vec::new();
    let mut names = Vec::new();
    for part in inner.split([':', '：']) {
        let (column, _, unit) = head::column_head(table, part).filter(|(_, word, _)| *word == Word::Value)?;
        let (position, found) = crate::index::column(table, &column)?;
        columns.push((position, scale(Some(&found.ty), unit.as_deref())));
        names.push((column, unit));
    }
    let target = Target::Compact { table: field, columns };
    Some(Column { target, field, name: name.trim().to_owned(), word: Word::Value, unit: None, inner: names })
}

/// By how much a bare number counts.
fn scale(ty: Option<&Type>, unit: Option<&str>) -> Option<Number> {
    match ty {
        Some(Type::Quantity(quantity)) => number::scale(*quantity, unit.unwrap_or("")),
        _ => None,
    }
}

/// The rows of a table written as JSON; anything else is a word.
fn json_rows(text: &str, at: &Spot) -> Result<Node, Text> {
    if !text.trim_start().starts_with(['[', '{']) {
        return Ok(Node::text(text, at.clone()));
    }
    let mut sources = Sources::new();
    let whole = format!("{{\"rows\":{text}}}");
    let entries = reader::read_json("", &whole, &mut sources)
        .map_err(|mut findings| findings.pop().map_or_else(|| Text::same(""), |finding| finding.title))?;
    let node = entries.into_iter().next().map(|entry| entry.node);
    Ok(node.unwrap_or_else(|| Node { kind: Kind::Blank, at: at.clone() }))
}

/// The rows of a table written `a:b|a:b`; a word without a colon is a state.
fn compact_rows(text: &str, inner: &[(String, Option<String>)], at: &Spot) -> Node {
    if text.trim().is_empty() || words::state(text).is_some() {
        return Node::text(text, at.clone());
    }
    let row = |row: &str| {
        let mut cells: Vec<&str> = row.split(':').collect();
        // A cell too many is kept, so that the reader refuses it.
        cells.resize(cells.len().max(inner.len()), "");
        let extra = (String::from(":"), None);
        let entries = cells.iter().enumerate().map(|(position, cell)| {
            let (name, unit) = inner.get(position).unwrap_or(&extra);
            let value = Node::text(cell, at.clone());
            entry(name, with(value, unit.as_deref(), Vec::new(), at))
        });
        Node { kind: Kind::Table(entries.collect()), at: at.clone() }
    };
    Node { kind: Kind::List(text.split('|').map(row).collect()), at: at.clone() }
}
