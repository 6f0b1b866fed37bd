//! What a report says about itself, and where it does not agree.
//!
//! Bytes of any format become one [`Document`]: a text with places. Figures are found in it with what they
//! measure and what they are of; with the tables they make the graph of figures. Each check looks at the
//! graph for one way of disagreeing. Checks prefer silence: what can be read so that it agrees, agrees.
//!
//! **Invariant:** the tolerance comes from the printed digits, never from a constant.
//!
//! **Invariant:** nothing of a document is executed or fetched, and every document comes to an end.

mod annotate;
mod check;
mod document;
mod figure;
mod fold;
mod graph;
mod head;
pub mod page;
mod pattern;
mod pdf_fonts;
mod reader;
mod reading;
mod role;
mod slip;
mod subject;
pub mod verify;
pub mod view;
mod vocabulary;
mod wording;

use heng_diag::{Diagnostic, FileId, Sources, Text};

pub use annotate::annotate;
pub use document::{Block, Cell, Document, Kind, Place};
pub use figure::{Family, Figure};
pub use fold::bones;
pub use pdf_fonts::pdf_fonts;
pub use reader::{MOST_BYTES, Reading, read, read_as};
pub use reading::too_large;
pub use vocabulary::Vocabulary;

/// What was found in a document.
#[derive(Debug)]
pub struct Audit {
    /// The document's text, for showing the places.
    pub sources: Sources,
    /// The document among them.
    pub file: FileId,
    /// What does not agree, in the order of the text.
    pub findings: Vec<Diagnostic>,
    /// The figures of its paragraphs.
    pub figures: Vec<Figure>,
}

/// Compares the figures and the words of a document with each other.
#[must_use]
pub fn audit(document: &Document, words: &Vocabulary) -> Audit {
    let mut sources = Sources::new();
    let file = sources.add(document.name.clone(), document.text.clone());
    let graph = graph::Graph::new(document, file, words);
    let mut findings: Vec<Diagnostic> = check::CHECKS.iter().flat_map(|check| check(&graph)).collect();
    for check in check::GENERAL {
        let more = check(&graph);
        let place = |found: &Diagnostic| found.primary.as_ref().map(|label| label.span);
        // What a check of its own has said of a figure is not said again in other words.
        let about = |found: &Diagnostic, known: &Diagnostic| {
            let accused = known.severity == heng_diag::Severity::Error;
            place(known) == place(found) || accused && found.others.iter().any(|other| Some(other.span) == place(known))
        };
        let new = |found: &Diagnostic| !findings.iter().any(|known| about(found, known));
        let more: Vec<Diagnostic> = more.into_iter().filter(new).collect();
        findings.extend(more);
    }
    one_for_one(&mut findings);
    findings.iter_mut().for_each(|finding| settle(document, finding));
    heng_diag::sort(&mut findings);
    // Two checks that come to one place by different ways say one thing.
    findings.dedup_by(|later, first| {
        later.code == first.code
            && later.primary.as_ref().map(|label| label.span) == first.primary.as_ref().map(|label| label.span)
    });
    let figures = graph.figures;
    Audit { sources, file, findings, figures }
}

/// A part that disagrees with another place is the mistake; that its total does not come out follows from it.
fn one_for_one(findings: &mut Vec<Diagnostic>) {
    let place = |found: &Diagnostic| found.primary.as_ref().map(|label| label.span);
    let accused: Vec<_> = findings
        .iter()
        .filter(|found| ["audit/text-and-table", "audit/two-values"].contains(&found.code))
        .filter_map(place)
        .collect();
    findings
        .retain(|found| found.code != "audit/total" || !found.others.iter().any(|part| accused.contains(&part.span)));
}

/// Says of a finding where it stands.
fn settle(document: &Document, finding: &mut Diagnostic) {
    finding.location = place(document, finding);
    let place = Text::same(finding.location.clone().unwrap_or_default());
    if let Some(primary) = &mut finding.primary {
        primary.text = place;
    }
}

/// Where a finding stands in the file, in Chinese as the documents are.
fn place(document: &Document, finding: &Diagnostic) -> Option<String> {
    let span = finding.primary.as_ref()?.span;
    let block = document.blocks.get(document.block_at(span.start as usize)?)?;
    Some(block.place.said())
}
