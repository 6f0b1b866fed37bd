//! A single datum: its value, its state, or both.

use heng_model::{Cell, State, Type, Value, schema::Traits};

use super::{Background, Report, attributes::Attributes};
use crate::{
    parse_value::{Asked, Refusal},
    raw::{Kind, Node, Scalar, Spot},
    wording, words,
};

/// Whether something stood where a datum was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Something stood there, be it right, wrong, or the word 缺报.
    Given,
    /// Nothing stood there.
    Blank,
}

/// A value or a state in its place.
type Content = (Option<Value>, Option<State>);

/// Reads one datum.
///
/// # Missing
/// A blank place, and one whose content is refused, is a cell in the state 缺报.
pub(super) fn read(
    asked: &Asked<'_>,
    traits: &Traits,
    node: &Node,
    background: &Background,
    report: &mut Report,
) -> (Cell, Standing) {
    let mut cell = Cell { origin: background.origin(&node.at, None), ..Cell::missing() };
    match &node.kind {
        Kind::Blank => return (cell, Standing::Blank),
        Kind::Scalar(scalar) => {
            let content = value_or_state(asked, traits, scalar, None);
            put(&mut cell, content, &node.at, report);
        }
        Kind::List(items) => {
            let scalar = |item: &'_ Node| match &item.kind {
                Kind::Scalar(scalar) => Some(scalar.clone()),
                _ => None,
            };
            let scalars: Vec<Option<Scalar>> = items.iter().map(scalar).collect();
            let content = asked.items(scalars.iter().map(Option::as_ref)).map(|value| (Some(value), None));
            put(&mut cell, content, &node.at, report);
        }
        Kind::Table(entries) => {
            let attributes = Attributes::of_cell(asked.name, entries, report);
            cell.evidence = attributes.evidence.clone();
            cell.reason = attributes.reason.clone();
            let at = attributes.value.map_or(&node.at, |value| &value.at);
            cell.origin = background.origin(at, attributes.source.clone());
            cell.origin.assumed = attributes.assumed.unwrap_or(cell.origin.assumed);
            match with_attributes(asked, traits, &attributes) {
                Ok(None) if !attributes.refused => return (cell, Standing::Blank),
                Ok(content) => put(&mut cell, Ok(content.unwrap_or((None, Some(State::Missing)))), at, report),
                Err(refusal) => put(&mut cell, Err(refusal), at, report),
            }
        }
    }
    (cell, Standing::Given)
}

fn put(cell: &mut Cell, content: Result<Content, Refusal>, at: &Spot, report: &mut Report) {
    match content {
        Ok((value, state)) => (cell.value, cell.state) = (value, state),
        Err(refusal) => report.push(at.mark(*refusal)),
    }
}

/// The content of a datum that is written out; `None` when it has neither value nor state.
fn with_attributes(
    asked: &Asked<'_>,
    traits: &Traits,
    attributes: &Attributes<'_>,
) -> Result<Option<Content>, Refusal> {
    let scalar = match attributes.value.map(|node| &node.kind) {
        None | Some(Kind::Blank) => None,
        Some(Kind::Scalar(scalar)) => Some(scalar),
        Some(Kind::Table(_) | Kind::List(_)) => return Err(wording::not_one_value(asked.name, asked.ty).into()),
    };
    let unit = attributes.unit.as_deref();
    match (scalar, attributes.state) {
        (None, None) => Ok(None),
        (None, Some(state)) => allowed(asked.name, traits, state).map(|state| Some((None, Some(state)))),
        (Some(scalar), None) => value_or_state(asked, traits, scalar, unit).map(Some),
        (Some(_), Some(state)) if !state.keeps_value() => Err(wording::state_drops_value(asked.name, state).into()),
        (Some(scalar), Some(state)) => value(asked, traits, scalar, unit).map(|value| Some((Some(value), Some(state)))),
    }
}

/// The word of a state in place of a value; a choice list's own word comes first.
fn value_or_state(asked: &Asked<'_>, traits: &Traits, scalar: &Scalar, unit: Option<&str>) -> Result<Content, Refusal> {
    if let Scalar::Text(text) = scalar
        && !asked.is_choice(text)
        && let Some(state) = words::state(text)
    {
        return allowed(asked.name, traits, state).map(|state| (None, Some(state)));
    }
    value(asked, traits, scalar, unit).map(|value| (Some(value), None))
}

fn value(asked: &Asked<'_>, traits: &Traits, scalar: &Scalar, unit: Option<&str>) -> Result<Value, Refusal> {
    let value = asked.value(scalar, unit)?;
    if let (Value::Number(number), Some(domain), Type::Quantity(quantity)) = (&value, &traits.domain, asked.ty)
        && !domain.contains(number)
    {
        let found = format!("{}{}", scalar.words().trim(), unit.unwrap_or(""));
        return Err(wording::outside_domain(asked.name, &found, *quantity, domain).into());
    }
    Ok(value)
}

/// A state that may be handed in here: 缺报 always, 无 for optional data, 不适用 where it is marked,
/// and always the three that say what is the matter with a value.
fn allowed(name: &str, traits: &Traits, state: State) -> Result<State, Refusal> {
    let may = match state {
        State::None => traits.optional,
        State::NotApplicable => traits.may_not_apply,
        State::Missing | State::NoEvidence | State::Late | State::Disputed => true,
    };
    if may { Ok(state) } else { Err(wording::state_not_allowed(name, state).into()) }
}
