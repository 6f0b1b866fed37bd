//! What may stand beside a value: unit, state, evidence, reason, source.

use heng_model::{Name, State};

use super::{Report, blank};
use crate::{
    index,
    raw::{Entry, Kind, Node, Scalar},
    wording,
    words::{self, Word},
};

/// The entries of a cell or table that is written out in full.
#[derive(Default)]
pub(super) struct Attributes<'e> {
    pub(super) value: Option<&'e Node>,
    pub(super) rows: Option<&'e Node>,
    pub(super) unit: Option<String>,
    pub(super) state: Option<State>,
    pub(super) evidence: Option<Name>,
    pub(super) reason: Option<Name>,
    pub(super) source: Option<Name>,
    /// Whether it is assumed; none where the file says so for all.
    pub(super) assumed: Option<bool>,
    /// Whether something was wrong with one of them.
    pub(super) refused: bool,
}

impl<'e> Attributes<'e> {
    /// Reads what stands under a single datum.
    pub(super) fn of_cell(datum: &str, entries: &'e [Entry], report: &mut Report) -> Attributes<'e> {
        Attributes::read(datum, entries, words::beside_a_value, report)
    }

    /// Reads what stands under a table.
    pub(super) fn of_table(datum: &str, entries: &'e [Entry], report: &mut Report) -> Attributes<'e> {
        Attributes::read(datum, entries, words::beside_rows, report)
    }

    fn read(datum: &str, entries: &'e [Entry], may: fn(Word) -> bool, report: &mut Report) -> Attributes<'e> {
        let mut attributes = Attributes::default();
        let mut seen: Vec<(Word, &Entry)> = Vec::new();
        let before = report.len();
        for entry in entries {
            let Some(word) = words::word(&entry.name).filter(|word| may(*word)) else {
                let nearest = index::nearest(&entry.name, words::word_spellings(may));
                let unknown = wording::unknown_word(&entry.name, datum, may(Word::Rows), nearest.as_deref());
                report.push(entry.at.mark(unknown));
                continue;
            };
            match seen.iter().find(|(known, _)| *known == word) {
                Some((_, first)) => {
                    let twice = entry.at.mark(wording::duplicate(&entry.name));
                    report.push(first.at.mark_first(twice));
                }
                None => {
                    attributes.take(word, datum, entry, report);
                    seen.push((word, entry));
                }
            }
        }
        attributes.refused = report.len() > before;
        attributes
    }

    fn take(&mut self, word: Word, datum: &str, entry: &'e Entry, report: &mut Report) {
        match word {
            Word::Value => self.value = Some(&entry.node).filter(|node| !blank(node)),
            Word::Rows => self.rows = Some(&entry.node).filter(|node| !blank(node)),
            Word::Unit => self.unit = text(entry, report),
            Word::State => self.state = text(entry, report).and_then(|found| state(datum, &found, entry, report)),
            Word::Evidence => self.evidence = text(entry, report).map(Name::from),
            Word::Reason => self.reason = text(entry, report).map(Name::from),
            Word::Source => self.source = text(entry, report).map(Name::from),
            Word::Basis => self.assumed = text(entry, report).and_then(|found| basis(&found, entry, report)),
        }
    }
}

fn basis(found: &str, entry: &Entry, report: &mut Report) -> Option<bool> {
    let assumed = words::basis(found);
    if assumed.is_none() {
        report.push(entry.node.at.mark(wording::basis(found)));
    }
    assumed
}

fn state(datum: &str, found: &str, entry: &Entry, report: &mut Report) -> Option<State> {
    let state = words::state(found);
    if state.is_none() {
        let nearest = index::nearest(found, words::state_spellings());
        report.push(entry.node.at.mark(wording::unknown_state(datum, found, nearest.as_deref())));
    }
    state
}

/// The text of an entry; a list of texts is joined. `None` where it is blank or no text.
pub(super) fn text(entry: &Entry, report: &mut Report) -> Option<String> {
    let joined = match &entry.node.kind {
        Kind::Blank => return None,
        Kind::List(items) => items.iter().map(single).collect::<Option<Vec<_>>>().map(|texts| texts.join("、")),
        _ => single(&entry.node),
    };
    if joined.is_none() {
        report.push(entry.node.at.mark(wording::attribute_text(&entry.name)));
    }
    joined
}

fn single(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Scalar(scalar @ (Scalar::Text(_) | Scalar::Number(_) | Scalar::Date(_))) => {
            Some(scalar.words().trim().to_owned())
        }
        _ => None,
    }
}
