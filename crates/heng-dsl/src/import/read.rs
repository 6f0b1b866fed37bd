//! Reading imports.

use std::ops::Range;

use heng_diag::FileId;
use pest::iterators::Pair;

use super::has_use;
use crate::{
    outline::plain_name,
    parse::{Prepared, Rule, prepare},
};

/// A line that imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The whole line.
    pub span: Range<usize>,
    /// What it names, in normal form, and where; all there is when it names nothing.
    pub names: Vec<(String, Range<usize>)>,
    /// What stands between the quotes, and where it stands with them.
    pub from: (String, Range<usize>),
}

/// The imports of a text, in order.
pub fn read(text: &str) -> Vec<Use> {
    if !has_use(text) {
        return Vec::new();
    }
    let mut unsaid = Vec::new();
    let Some(prepared) = prepare(FileId(0), text, &mut unsaid) else { return Vec::new() };
    let Some(root) = prepared.pairs(&mut unsaid) else { return Vec::new() };
    let lines = root.into_inner().filter(|pair| pair.as_rule() == Rule::use_line);
    lines.filter_map(|line| one(&prepared, text, line)).collect()
}

fn one(prepared: &Prepared, text: &str, line: Pair<'_, Rule>) -> Option<Use> {
    let place = |pair: &Pair<'_, Rule>| {
        let span = prepared.span(pair.as_span().start(), pair.as_span().end());
        span.start as usize..span.end as usize
    };
    let named = |pair: &Pair<'_, Rule>| Some((plain_name(text.get(place(pair))?), place(pair)));
    let (mut span, mut names, mut from) = (place(&line), Vec::new(), None);
    for part in line.into_inner() {
        match part.as_rule() {
            Rule::use_names => {
                names =
                    part.into_inner().filter(|part| part.as_rule() == Rule::name).filter_map(|n| named(&n)).collect();
            }
            Rule::string => {
                from = named(&part);
                span.end = place(&part).end;
            }
            _ => {}
        }
    }
    Some(Use { span, names, from: from? })
}
