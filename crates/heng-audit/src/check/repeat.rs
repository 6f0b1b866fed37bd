//! A paragraph that stands twice.

use std::collections::BTreeMap;

use heng_diag::Diagnostic;

use crate::{fold::bones, graph::Graph, wording};

/// From this many characters on, two paragraphs are not alike by chance.
const TELLING: usize = 40;

/// Finds paragraphs that are there twice.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut known: BTreeMap<String, std::ops::Range<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (_, block) in graph.document.paragraphs() {
        let bones = bones(graph.document.block_text(block));
        if bones.chars().count() < TELLING {
            continue;
        }
        match known.get(&bones) {
            Some(first) => found.push(wording::repeated(graph, first, &block.span)),
            None => drop(known.insert(bones, block.span.clone())),
        }
    }
    found
}
