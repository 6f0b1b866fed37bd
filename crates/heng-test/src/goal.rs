//! A property with its names looked up in a program.

use heng_diag::Diagnostic;
use heng_model::{Facts, FieldId, Name, NodeId, Number, Program, Quantity, Type, normal_name, value::DatumRef};

use crate::{
    property::{Alike, Claim, Property},
    suite::Suite,
    wording,
};

/// A datum, or a column of a table.
pub(crate) type Place = (FieldId, Option<u16>);

/// Looks a datum up.
type Look<'a> = dyn Fn(&[String]) -> Result<Place, Box<Diagnostic>> + 'a;

/// What is to be proved.
#[derive(Clone, Debug)]
pub struct Goal<'a> {
    /// The line that claims it.
    pub property: &'a Property,
    pub(crate) node: NodeId,
    key: Option<Name>,
    pub(crate) kind: Kind,
}

/// The claim, by ids.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Monotone { place: Place, rising: bool },
    Within { low: Number, high: Number },
    Scaled(Vec<Place>),
    Reordered(FieldId),
    Rewritten(FieldId),
}

impl<'a> Goal<'a> {
    /// The key of the indicator; none for the whole table.
    #[must_use]
    pub fn indicator(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Whether facts have the data that the property moves: numbers, dates, or rows to be put in another order.
    pub(crate) fn is_about(&self, facts: &Facts) -> bool {
        let rows = |field: FieldId| facts.table(field).map_or(0, |table| table.rows.len());
        let has = |(field, column): Place| {
            let cells = column.map_or(1, |_| rows(field));
            let datum = |row: u32| DatumRef { field, cell: column.map(|column| (row, column)) };
            (0_u32..).take(cells).any(|row| facts.cell(datum(row)).is_some_and(|cell| cell.value.is_some()))
        };
        match &self.kind {
            Kind::Within { .. } => true,
            Kind::Monotone { place, .. } => has(*place),
            Kind::Scaled(places) => places.iter().all(|place| has(*place)),
            Kind::Reordered(field) => rows(*field) > 1,
            Kind::Rewritten(field) => has((*field, None)),
        }
    }

    /// Looks the names of a property up. `name` is the file it stands in.
    ///
    /// # Errors
    /// The name that the pack does not have, or the datum that cannot change in the way claimed.
    pub fn of(name: &str, property: &'a Property, program: &Program) -> Result<Goal<'a>, Box<Diagnostic>> {
        let line = property.line;
        let node =
            |wanted: &str| node(program, wanted).ok_or_else(|| Box::new(wording::no_indicator(name, line, wanted)));
        let place = |path: &[String]| {
            place(program, path).ok_or_else(|| Box::new(wording::no_datum(name, line, &path.join("."))))
        };
        let unfit = |path: &[String]| Box::new(wording::unfit_datum(name, line, &path.join(".")));
        let (node, kind) = match &property.claim {
            Claim::Monotone { datum, indicator, rising } => {
                let found = place(datum)?;
                let ordered = matches!(type_of(program, found), Some(Type::Quantity(_) | Type::Date));
                if !ordered {
                    return Err(unfit(datum));
                }
                (node(indicator)?, Kind::Monotone { place: found, rising: *rising })
            }
            Claim::Within { indicator, low, high } => {
                let node = node(indicator)?;
                let full = program.node(node).map_or(Number::ZERO, |node| node.full.clone());
                let bound = |text: &str| text.parse().unwrap_or_else(|_| full.clone());
                (node, Kind::Within { low: bound(low), high: bound(high) })
            }
            Claim::Stays { while_, data, indicator } => {
                let kind = stays(program, *while_, data, &place, &unfit)?;
                (node(indicator)?, kind)
            }
        };
        let key = program.node(node).filter(|_| node.0 > 0).map(|node| node.key.clone());
        Ok(Goal { property, node, key, kind })
    }
}

fn stays(
    program: &Program,
    alike: Alike,
    data: &[Vec<String>],
    place: &Look<'_>,
    unfit: &dyn Fn(&[String]) -> Box<Diagnostic>,
) -> Result<Kind, Box<Diagnostic>> {
    let places: Vec<Place> = data.iter().map(|path| place(path)).collect::<Result<_, _>>()?;
    let first = data.first().map(Vec::as_slice).unwrap_or_default();
    match (alike, places.as_slice()) {
        (Alike::Scaled, _) => {
            let number = |place: &Place| matches!(type_of(program, *place), Some(Type::Quantity(_)));
            match places.iter().position(|place| !number(place)) {
                Some(wrong) => Err(unfit(data.get(wrong).map_or(first, Vec::as_slice))),
                None => Ok(Kind::Scaled(places)),
            }
        }
        (Alike::Reordered, [(field, None)]) if program.schema.field(*field).is_some_and(|it| it.table().is_some()) => {
            Ok(Kind::Reordered(*field))
        }
        (Alike::Rewritten, [(field, None)]) => match type_of(program, (*field, None)) {
            Some(Type::Quantity(Quantity::Money)) => Ok(Kind::Rewritten(*field)),
            _ => Err(unfit(first)),
        },
        _ => Err(unfit(first)),
    }
}

/// The type of what a fact holds; none for a whole table and for what is computed.
fn type_of(program: &Program, (field, column): Place) -> Option<Type> {
    program.schema.given_type(DatumRef { field, cell: column.map(|column| (0, column)) })
}

fn same(name: &str, wanted: &str) -> bool {
    normal_name(name) == wanted
}

fn place(program: &Program, path: &[String]) -> Option<Place> {
    let whole = |path: &[String]| {
        program.schema.iter().find_map(|(id, field)| {
            let (own, groups) = path.split_last()?;
            let (last, above) = field.path.split_last()?;
            let named = same(last, own) || field.alias.as_ref().is_some_and(|alias| same(alias, own));
            let inside = above.len() == groups.len() && above.iter().zip(groups).all(|(a, b)| same(a, b));
            (named && inside).then_some(id)
        })
    };
    if let Some(field) = whole(path) {
        return Some((field, None));
    }
    let (own, table) = path.split_last()?;
    let field = whole(table)?;
    let columns = &program.schema.field(field)?.table()?.columns;
    let named = |column: &heng_model::schema::Column| {
        same(&column.name, own) || column.alias.as_ref().is_some_and(|alias| same(alias, own))
    };
    let column = columns.iter().position(named)?;
    Some((field, Some(u16::try_from(column).ok()?)))
}

fn node(program: &Program, wanted: &str) -> Option<NodeId> {
    if matches!(wanted, "总分" | "total") {
        return Some(NodeId(0));
    }
    if let Some((id, _)) = program.tree().find(|(_, node)| same(&node.key, wanted)) {
        return Some(id);
    }
    let named = |node: &heng_model::Node| {
        same(&node.name, wanted) || node.alias.as_ref().is_some_and(|alias| same(alias, wanted))
    };
    let mut found = program.tree().filter(|(_, node)| named(node));
    match (found.next(), found.next()) {
        (Some((id, _)), None) => Some(id),
        _ => None,
    }
}

/// The names in the cases and properties of a suite that the program does not have.
#[must_use]
pub fn unknown_names(name: &str, suite: &Suite, program: &Program) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = suite
        .properties
        .iter()
        .filter_map(|property| Goal::of(name, property, program).err())
        .map(|found| *found)
        .collect();
    for case in &suite.cases {
        let unknown = case.expect.scores.keys().filter(|indicator| program.find_node(indicator).is_none());
        found.extend(unknown.map(|indicator| wording::no_indicator(name, case.line, indicator)));
    }
    found
}
