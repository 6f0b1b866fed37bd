//! A paragraph that stands twice.

use std::collections::BTreeMap;

use heng_diag::Diagnostic;

use crate::{fold::bones, graph::Graph, wording};

/// From this many characters on, two paragraphs are not alike by chance.
const TELLING: usize = 40;

/// From this many on, not even where they hold figures.
const LONG: usize = 60;

/// Finds paragraphs that are there twice.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut known: BTreeMap<String, std::ops::Range<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    let mut sentences: BTreeMap<String, std::ops::Range<usize>> = BTreeMap::new();
    for (_, block) in graph.document.paragraphs() {
        let bones = bones(graph.document.block_text(block));
        if bones.chars().count() < TELLING {
            continue;
        }
        match known.get(&bones) {
            Some(first) => found.push(wording::repeated(graph, first, &block.span)),
            None => {
                known.insert(bones, block.span.clone());
                found.extend(part(graph, &mut sentences, &block.span));
            }
        }
    }
    found
}

/// A long sentence that another paragraph has already, where it says no figures and cites nothing: the rest
/// of the paragraph may be its own.
fn part(
    graph: &Graph,
    known: &mut BTreeMap<String, std::ops::Range<usize>>,
    block: &std::ops::Range<usize>,
) -> Option<Diagnostic> {
    let mut found = None;
    let mut at = block.start;
    for piece in graph.text(block.clone()).split_inclusive(['。', '！', '？']) {
        let span = at..at + piece.len();
        at = span.end;
        let own = piece.split_once('）').filter(|(head, _)| head.chars().count() <= 4).map_or(piece, |(_, rest)| rest);
        let bones = bones(own);
        if bones.chars().count() < TELLING
            || own.contains('《')
            || bones.chars().count() < LONG && own.chars().any(|c| c.is_ascii_digit())
        {
            continue;
        }
        match known.get(&bones) {
            Some(first) if !(block.start..block.end).contains(&first.start) => {
                found = found.or_else(|| Some(wording::repeated_sentence(graph, first, &span)));
            }
            Some(_) => {}
            None => drop(known.insert(bones, span)),
        }
    }
    found
}
