//! A number of things and the things that are listed.

use heng_diag::Diagnostic;

use crate::{graph::Graph, pattern::patterns, wording};

patterns! {
    AFTER = r"(\d{1,3})\s*[个家项名][^，。；：、]{0,12}(?:[，,]?(?:分别)?(?:为|是)[:：]?|[:：])([^。；:：（(]+)";
    BEFORE = r"(?:内设|下设|设有|包括|设)[:：]?([^。；，:：（(]+?、[^。；，:：（(]+?)(等|共|共计)\s*(\d{1,3})\s*[个家项]";
}

/// Counts the things of a list.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, block) in graph.document.paragraphs() {
        let text = graph.document.block_text(block);
        for captured in AFTER.captures_iter(text) {
            let (Some(number), Some(list)) = (captured.get(1), captured.get(2)) else { continue };
            if list.as_str().chars().any(|c| c.is_ascii_digit()) || list.as_str().contains(['等', '，', '和', '及'])
            {
                continue;
            }
            found.extend(compare(graph, block.span.start, number, list, false));
        }
        for captured in BEFORE.captures_iter(text) {
            let (Some(list), Some(etc), Some(number)) = (captured.get(1), captured.get(2), captured.get(3)) else {
                continue;
            };
            if !list.as_str().contains(['和', '及', '与']) {
                found.extend(compare(graph, block.span.start, number, list, etc.as_str() == "等"));
            }
        }
    }
    found
}

/// `open`: 等 allows things that are not listed, but not more than are counted.
fn compare(graph: &Graph, offset: usize, number: regex::Match, list: regex::Match, open: bool) -> Option<Diagnostic> {
    let said: usize = number.as_str().parse().ok()?;
    let listed = list.as_str().split('、').filter(|name| !name.trim().is_empty()).count();
    let wrong = if open { listed > said } else { listed != said };
    let span = offset + number.start()..offset + number.end();
    (wrong && listed >= 2)
        .then(|| wording::count(graph, &span, &(offset + list.start()..offset + list.end()), said, listed))
}
