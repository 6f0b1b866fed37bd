//! What a file says, laid out by the schema: which name is which datum, what is given twice, what
//! was not given at all. The same for every format.

mod attributes;
mod cell;
mod file;
mod table;

use heng_diag::Diagnostic;
use heng_model::{
    Facts, FieldId, Name, Origin, Schema, Type,
    facts::{Entry as Fact, Subject, TableFacts},
    schema::{Shape, Table, Traits},
};

use crate::{
    index::{Found, Group, Index},
    parse_value::Asked,
    raw::{Entry, Kind, Node, Spot},
    wording,
    words::{self, Word},
};
use cell::Standing;

/// Diagnostics as they come up, in the order of reading.
pub(crate) type Report = Vec<Diagnostic>;

/// What holds for everything that stands below: the paper it comes from, and whether it is assumed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Background {
    pub(crate) paper: Option<Name>,
    pub(crate) assumed: bool,
}

impl Background {
    /// The origin of what is written at `at`; `paper` is its own paper, if it names one.
    fn origin(&self, at: &Spot, paper: Option<Name>) -> Origin {
        Origin {
            file: at.file().clone(),
            place: at.place(),
            paper: paper.or_else(|| self.paper.clone()),
            assumed: self.assumed,
        }
    }
}

/// Where a field was first given, and whether anything stood there.
#[derive(Clone, Debug)]
struct Given {
    at: Spot,
    standing: Standing,
}

/// Collects the facts of all files.
pub(crate) struct Binder<'s> {
    schema: &'s Schema,
    index: &'s Index,
    facts: Facts,
    given: Vec<Option<Given>>,
    subject: file::SubjectSoFar,
    report: Report,
}

impl<'s> Binder<'s> {
    pub(crate) fn new(schema: &'s Schema, index: &'s Index) -> Binder<'s> {
        Binder {
            schema,
            index,
            facts: Facts::missing(schema),
            given: vec![None; schema.fields.len()],
            subject: file::SubjectSoFar::default(),
            report: Report::new(),
        }
    }

    /// Takes in one file.
    pub(crate) fn file(&mut self, entries: &[Entry]) {
        let (about, data): (Vec<&Entry>, Vec<&Entry>) =
            entries.iter().partition(|entry| words::is_one_of(&entry.name, &words::FILE));
        let mut background = Background::default();
        for entry in about {
            file::read(entry, &mut background, &mut self.subject, &mut self.report);
        }
        for entry in data {
            let found = self.index.find(&entry.name);
            self.entry(entry, found, &background);
        }
    }

    /// The facts; `complete` when every file could be read, so that what was not given is missing.
    pub(crate) fn finish(mut self, complete: bool) -> (Facts, Subject, Report) {
        if complete {
            self.missing();
        }
        (self.facts, self.subject.subject, self.report)
    }

    fn entry(&mut self, entry: &Entry, found: Found<'s>, background: &Background) {
        match found {
            Found::Group(group) => self.group(entry, group, background),
            Found::Field(id) => self.field(id, entry, background),
            Found::Several(paths) => self.report.push(entry.at.mark(wording::ambiguous(&entry.name, &paths))),
            Found::Nothing(nearest) => {
                self.report.push(entry.at.mark(wording::unknown(&entry.name, nearest.as_deref())));
            }
        }
    }

    fn group(&mut self, entry: &Entry, group: &'s Group, background: &Background) {
        let members = match &entry.node.kind {
            Kind::Table(members) => members,
            Kind::Blank => return,
            Kind::Scalar(_) | Kind::List(_) => {
                return self.report.push(entry.node.at.mark(wording::not_a_group(&entry.name)));
            }
        };
        let (background, members) = with_source(members, background, |name| group.has(name), &mut self.report);
        for member in members {
            self.entry(member, group.find(&member.name), &background);
        }
    }

    fn field(&mut self, id: FieldId, entry: &Entry, background: &Background) {
        let Some(field) = self.schema.field(id) else { return };
        let name = field.dotted();
        let Some(slot) = self.given.get_mut(id.0 as usize) else { return };
        if let Some(first) = slot {
            let twice = entry.at.mark(wording::duplicate(&name));
            return self.report.push(first.at.mark_first(twice));
        }
        let asked = |ty| Asked { schema: self.schema, name: &name, ty };
        let (fact, standing) = match &field.shape {
            Shape::Scalar(ty) => {
                let (cell, standing) = cell::read(&asked(ty), &field.traits, &entry.node, background, &mut self.report);
                (Fact::Scalar(cell), standing)
            }
            Shape::Rating(rating) => {
                let ty = Type::Quantity(rating.quantity);
                // What may be judged is the band, whatever else is said of the datum.
                let traits = Traits { domain: Some(rating.band.clone()), ..field.traits.clone() };
                let (cell, standing) = cell::read(&asked(&ty), &traits, &entry.node, background, &mut self.report);
                (Fact::Scalar(cell), standing)
            }
            Shape::Table(shape) => {
                let wanted = table::Wanted { schema: self.schema, name: &name, shape, traits: &field.traits };
                let (table, standing) = wanted.read(&entry.node, background, &mut self.report);
                (Fact::Table(table), standing)
            }
        };
        *slot = Some(Given { at: entry.node.at.clone(), standing });
        self.facts.set(id, fact);
    }

    /// Warns of each required datum that was not given; what that does to the score is the rule's.
    fn missing(&mut self) {
        for ((_, field), given) in self.schema.iter().zip(&self.given) {
            let blank = given.as_ref().is_none_or(|given| given.standing == Standing::Blank);
            if field.traits.optional || !blank {
                continue;
            }
            let warning = wording::missing(&field.dotted(), field.table().is_some());
            self.report.push(match given {
                Some(given) => given.at.mark(warning),
                None => warning,
            });
        }
    }
}

/// Takes the 出处 that stands among `members` as the default paper of the others, unless the schema
/// has a datum of that name.
fn with_source<'e>(
    members: &'e [Entry],
    background: &Background,
    taken: impl Fn(&str) -> bool,
    report: &mut Report,
) -> (Background, Vec<&'e Entry>) {
    let is_source = |entry: &&Entry| words::word(&entry.name) == Some(Word::Source) && !taken(&entry.name);
    let (sources, others): (Vec<&Entry>, Vec<&Entry>) = members.iter().partition(is_source);
    let mut background = background.clone();
    for source in sources {
        background.paper = attributes::text(source, report).map(Name::from).or(background.paper);
    }
    (background, others)
}

/// Whether nothing stands there.
fn blank(node: &Node) -> bool {
    matches!(node.kind, Kind::Blank)
}

/// A single datum, apart from any file.
pub(crate) fn single(
    asked: &Asked<'_>,
    traits: &Traits,
    node: &Node,
    background: &Background,
    report: &mut Report,
) -> heng_model::Cell {
    cell::read(asked, traits, node, background, report).0
}

/// A table, apart from any file.
pub(crate) fn several(
    schema: &Schema,
    (name, shape, traits): (&str, &Table, &Traits),
    node: &Node,
    background: &Background,
    report: &mut Report,
) -> TableFacts {
    table::Wanted { schema, name, shape, traits }.read(node, background, report).0
}
