//! Finding what a change is made to.

use std::ops::Range;

use super::change::{RowPart, Step, Top};
use crate::outline::{Entry, Kind, Slot};

/// What an address leads to.
pub enum Found<'a> {
    /// Something whole.
    Entry(&'a Entry),
    /// A stretch inside something.
    Slot(&'a Slot),
    /// The lines that give an indicator its score.
    Criterion(&'a Entry),
}

/// Why an address leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub enum Lost {
    /// There is no such thing.
    Nothing(String),
    /// There is more than one.
    Several(String),
}

impl Found<'_> {
    /// Where it stands; for several lines, from the first to the last.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            Found::Entry(entry) => Some(entry.span.clone()),
            Found::Slot(slot) => Some(slot.span.clone()),
            Found::Criterion(node) => {
                let lines = node.criterion();
                Some(lines.first()?.span.start..lines.last()?.span.end)
            }
        }
    }
}

/// Follows an address.
pub fn find<'a>(entries: &'a [Entry], target: &[Step]) -> Result<Found<'a>, Lost> {
    let mut at: Option<&Entry> = None;
    let mut top: Option<Top> = None;
    for step in target {
        match step {
            Step::Top(Top::Pack) => at = Some(only(entries.iter().filter(|entry| entry.kind == Kind::Pack), "规则包")?),
            Step::Top(known) => top = Some(*known),
            Step::Name(name) => {
                let found = match at {
                    None => first_step(entries, name, top)?,
                    Some(entry) => below(entry, name)?,
                };
                at = Some(found);
            }
            Step::Points => {
                let entry = at.ok_or_else(|| Lost::Nothing("分值".to_owned()))?;
                let slot = entry.points.as_ref().or(entry.value.as_ref());
                return slot.map(Found::Slot).ok_or_else(|| Lost::Nothing(format!("{}.分值", entry.key)));
            }
            Step::Criterion => {
                return at.map(Found::Criterion).ok_or_else(|| Lost::Nothing("评分标准".to_owned()));
            }
            Step::Row { block, cells, part } => {
                let inside: Vec<&Entry> = at.map_or_else(|| entries.iter().collect(), |entry| vec![entry]);
                let mut rows = Vec::new();
                inside.iter().for_each(|entry| rows_of(entry, block, cells, &mut rows));
                let row = only(rows.into_iter(), &format!("{block}[{cells}]"))?;
                let slot = match part {
                    RowPart::Cells => return Ok(Found::Entry(row)),
                    RowPart::Points => row.value.as_ref(),
                    RowPart::Step => row.step.as_ref(),
                };
                return slot.map(Found::Slot).ok_or_else(|| Lost::Nothing(format!("{block}[{cells}].每")));
            }
        }
    }
    match (at, top) {
        (Some(entry), _) => Ok(Found::Entry(entry)),
        (None, Some(top)) => {
            let kind = top_kind(top);
            only(entries.iter().filter(|entry| entry.kind == kind), top_word(top)).map(Found::Entry)
        }
        (None, None) => Err(Lost::Nothing(String::new())),
    }
}

fn top_kind(top: Top) -> Kind {
    match top {
        Top::Pack => Kind::Pack,
        Top::Data => Kind::Data,
        Top::Params => Kind::Params,
        Top::Method => Kind::Method,
    }
}

fn top_word(top: Top) -> &'static str {
    match top {
        Top::Pack => "规则包",
        Top::Data => "数据",
        Top::Params => "参数",
        Top::Method => "方法",
    }
}

fn only<'a>(mut found: impl Iterator<Item = &'a Entry>, name: &str) -> Result<&'a Entry, Lost> {
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Lost::Nothing(name.to_owned())),
        (Some(_), Some(_)) => Err(Lost::Several(name.to_owned())),
    }
}

/// Indicators, parameters, data and methods, by name.
fn first_step<'a>(entries: &'a [Entry], name: &str, top: Option<Top>) -> Result<&'a Entry, Lost> {
    let mut found = Vec::new();
    for entry in entries {
        let kinds = top.map(top_kind);
        let wanted = |kind: Kind| kinds.is_none_or(|top| top == kind);
        match entry.kind {
            Kind::Node if kinds.is_none() => nodes_named(entry, name, &mut found),
            Kind::Pack if kinds.is_none() => entry.nodes().for_each(|node| nodes_named(node, name, &mut found)),
            Kind::Data | Kind::Params if wanted(entry.kind) => {
                found.extend(entry.children.iter().filter(|child| child.key == name && !child.key.is_empty()));
            }
            Kind::Method if wanted(Kind::Method) && entry.key == name => found.push(entry),
            _ => {}
        }
    }
    // An 编号 is unique by what it is.
    let by_id: Vec<&Entry> = found.iter().copied().filter(|entry| entry.id() == Some(name)).collect();
    // An indicator is called by its name; a datum, parameter or method of the same name by where it stands.
    let nodes: Vec<&Entry> = found.iter().copied().filter(|entry| entry.kind == Kind::Node).collect();
    let one = [by_id, nodes].into_iter().find(|list| list.len() == 1);
    only(one.unwrap_or(found).into_iter(), name)
}

fn nodes_named<'a>(entry: &'a Entry, name: &str, found: &mut Vec<&'a Entry>) {
    if entry.key == name || entry.id() == Some(name) {
        found.push(entry);
    }
    entry.nodes().for_each(|node| nodes_named(node, name, found));
}

/// What stands in an entry and has a name; an indicator may stand deeper.
fn below<'a>(entry: &'a Entry, name: &str) -> Result<&'a Entry, Lost> {
    let direct: Vec<&Entry> =
        entry.children.iter().filter(|child| child.key == name && child.kind != Kind::Row).collect();
    if !direct.is_empty() {
        return only(direct.into_iter(), &format!("{}.{name}", entry.key));
    }
    let mut found = Vec::new();
    entry.nodes().for_each(|node| nodes_named(node, name, &mut found));
    only(found.into_iter(), &format!("{}.{name}", entry.key))
}

fn rows_of<'a>(entry: &'a Entry, block: &str, cells: &str, found: &mut Vec<&'a Entry>) {
    for child in &entry.children {
        if child.kind == Kind::Node {
            continue;
        }
        if child.kind == Kind::Row && child.block == block && child.key == cells {
            found.push(child);
        }
        rows_of(child, block, cells, found);
    }
}
