//! The lossless tree: every token with its place, and between tokens nothing but blanks and
//! comments. The printer of `heng dump tree` shows it.

use heng_diag::{Diagnostic, FileId};
use pest::iterators::Pair;

use crate::parse::{Prepared, Rule, prepare};

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The rule of the grammar.
    pub rule: String,
    /// First byte in the original text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// The parts, in order.
    pub parts: Vec<Node>,
}

/// Parses a text and prints its tree, one node a line, indented; leaves show their text.
#[must_use]
pub fn dump_tree(text: &str) -> (String, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let root = tree(text, &mut diagnostics);
    let mut out = String::new();
    if let Some(root) = root {
        print(&root, text, 0, &mut out);
    }
    (out, diagnostics)
}

/// The tree of a text.
fn tree(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let prepared = prepare(FileId(0), text, diagnostics)?;
    let pair = prepared.pairs(diagnostics)?;
    Some(node(&prepared, pair))
}

fn node(prepared: &Prepared, pair: Pair<'_, Rule>) -> Node {
    let span = prepared.span(pair.as_span().start(), pair.as_span().end());
    let rule = format!("{:?}", pair.as_rule());
    let parts = pair.into_inner().map(|inner| node(prepared, inner)).collect();
    Node { rule, start: span.start, end: span.end, parts }
}

fn print(node: &Node, text: &str, depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(&node.rule);
    if node.parts.is_empty()
        && let Some(leaf) = text.get(node.start as usize..node.end as usize)
    {
        out.push_str(&format!(" {leaf:?}"));
    }
    out.push('\n');
    for part in &node.parts {
        print(part, text, depth + 1, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks the leaves in order and returns what stands between them.
    fn gaps(text: &str) -> String {
        fn leaves(node: &Node, out: &mut Vec<(u32, u32)>) {
            if node.parts.is_empty() {
                out.push((node.start, node.end));
            }
            for part in &node.parts {
                leaves(part, out);
            }
        }
        let mut places = Vec::new();
        leaves(&tree(text, &mut Vec::new()).unwrap(), &mut places);
        let mut gaps = String::new();
        let mut last = 0;
        for (start, end) in places {
            assert!(start >= last, "leaves overlap at {start}");
            gaps.push_str(text.get(last as usize..start as usize).unwrap());
            last = end;
        }
        gaps + text.get(last as usize..).unwrap()
    }

    #[test]
    fn between_the_tokens_stand_only_blanks_and_comments() {
        let text = include_str!("../../../rules/guangdong-dept-overall/2023.heng");
        for line in gaps(text).lines() {
            let rest = line.trim();
            let comment = rest.starts_with('#') || rest.starts_with('＃') || rest.starts_with("//");
            assert!(rest.is_empty() || comment, "lost: {rest:?}");
        }
    }
}
