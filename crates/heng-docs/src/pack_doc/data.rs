//! The data a pack asks for, with units and ranges, and what is demanded of them.

use heng_model::{
    Number, Program, Quantity, Type,
    schema::{Bound, Interval, Shape, Traits},
};
use heng_phrase::Phrase;

use super::{Line, Section, section};
use crate::wording;

/// Demands on the data.
pub(crate) fn demands(phrase: &Phrase<'_>, program: &Program) -> Section {
    let lang = phrase.lang();
    let line = |demand: &heng_model::program::DataDemand| {
        let table = demand.table.and_then(|id| program.schema.field(id));
        let place = table.map_or(wording::EVERYWHERE.get(lang).to_owned(), |table| table.dotted());
        let message = demand.demand.message.as_ref().map(ToString::to_string).unwrap_or_default();
        Line::Cells(vec![place, phrase.demand(demand), message])
    };
    let lines = program.demands.iter().map(line).collect();
    section(lang, wording::DATA_DEMANDS, &[wording::WHERE, wording::DEMAND, wording::SAID], lines)
}

/// Every datum; the columns of a table stand below its heading.
pub(crate) fn data(phrase: &Phrase<'_>, program: &Program) -> Section {
    let lang = phrase.lang();
    let mut lines = Vec::new();
    for field in &program.schema.fields {
        let name = named(phrase, &field.dotted(), field.alias.as_ref());
        match &field.shape {
            Shape::Scalar(ty) => {
                lines.push(line(phrase, program, name, ty, (field.traits.domain.as_ref(), &field.traits)))
            }
            Shape::Rating(rating) => {
                let ty = Type::Quantity(rating.quantity);
                let mut cells = cells(phrase, program, name, &ty, (Some(&rating.band), &field.traits));
                if let Some(kind) = cells.get_mut(1) {
                    *kind = wording::judged(lang, kind);
                }
                lines.push(Line::Cells(cells));
            }
            Shape::Table(table) => {
                lines.push(Line::Heading(heading(phrase, &name, table, &field.traits)));
                for column in table.columns.iter() {
                    let name = named(phrase, &column.name, column.alias.as_ref());
                    let mut row =
                        cells(phrase, program, name, &column.ty, (column.traits.domain.as_ref(), &column.traits));
                    if let (Some(formula), Some(note)) = (column.formula, row.get_mut(3)) {
                        *note = wording::computed(lang, &phrase.expr(formula));
                    }
                    lines.push(Line::Cells(row));
                }
            }
        }
    }
    let heads = [wording::DATUM, wording::KIND_AND_UNIT, wording::RANGE, wording::REQUIRED, wording::REMARKS];
    section(lang, wording::DATA_ASKED, &heads, lines)
}

/// A name, with its spelling in the other language beside it.
fn named(phrase: &Phrase<'_>, name: &str, alias: Option<&heng_model::Name>) -> String {
    alias.map_or_else(|| name.to_owned(), |alias| wording::noted(phrase.lang(), name, alias))
}

fn heading(phrase: &Phrase<'_>, name: &str, table: &heng_model::schema::Table, traits: &Traits) -> String {
    let lang = phrase.lang();
    let mut parts = vec![wording::A_TABLE.get(lang).to_owned()];
    parts.extend(wording::row_limits(lang, table.least_rows, table.most_rows));
    let key = table.key.and_then(|key| table.columns.get(usize::from(key)));
    parts.extend(key.map(|key| wording::key(lang, &key.name)));
    if traits.optional {
        parts.push(wording::OPTIONAL.get(lang).to_owned());
    }
    parts.extend(traits.note.iter().chain(&traits.source).map(ToString::to_string));
    wording::noted(lang, name, &parts.join(wording::COMMA.get(lang)))
}

type Asked<'a> = (Option<&'a Interval<Number>>, &'a Traits);

fn line(phrase: &Phrase<'_>, program: &Program, name: String, ty: &Type, asked: Asked<'_>) -> Line {
    Line::Cells(cells(phrase, program, name, ty, asked))
}

fn cells(phrase: &Phrase<'_>, program: &Program, name: String, ty: &Type, (domain, traits): Asked<'_>) -> Vec<String> {
    let lang = phrase.lang();
    let mut asked = vec![if traits.optional { wording::OPTIONAL } else { wording::MUST }.get(lang).to_owned()];
    if traits.may_not_apply {
        asked.push(wording::MAY_NOT_APPLY.get(lang).to_owned());
    }
    if let Some(effect) = traits.when_missing {
        asked.push(wording::if_missing(lang, phrase.effect(effect)));
    }
    if traits.report_only {
        asked.push(wording::REPORT_ONLY.get(lang).to_owned());
    }
    let notes: Vec<String> = traits.note.iter().chain(&traits.source).map(ToString::to_string).collect();
    vec![
        name,
        kind(program, lang, ty),
        domain.map(|domain| range(phrase, ty, domain)).unwrap_or_default(),
        asked.join(wording::COMMA.get(lang)),
        notes.join("\n"),
    ]
}

/// What kind of value it is, with the units it may have.
fn kind(program: &Program, lang: heng_diag::Lang, ty: &Type) -> String {
    let name = wording::type_name(lang, ty);
    if let Type::Word(Some(list)) = ty {
        let words = program.schema.choice(*list).map(|list| list.words.as_slice()).unwrap_or_default();
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        return wording::noted(lang, name, &words.join(wording::LISTED.get(lang)));
    }
    let units = wording::units(lang, ty);
    if units.is_empty() { name.to_owned() } else { wording::noted(lang, name, &units.join(wording::LISTED.get(lang))) }
}

fn range(phrase: &Phrase<'_>, ty: &Type, domain: &Interval<Number>) -> String {
    let quantity = ty.quantity().unwrap_or(Quantity::Plain);
    let end = |bound: &Bound<Number>, signs: [&str; 2]| {
        let [closed, open] = signs;
        format!("{} {}", if bound.closed { closed } else { open }, phrase.number(&bound.at, quantity))
    };
    let low = domain.low.as_ref().map(|bound| end(bound, ["≥", ">"]));
    let high = domain.high.as_ref().map(|bound| end(bound, ["≤", "<"]));
    low.into_iter().chain(high).collect::<Vec<_>>().join(wording::COMMA.get(phrase.lang()))
}
