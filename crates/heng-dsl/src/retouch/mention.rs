//! Where an indicator is named outside its headline: in expressions, cases and properties.

use super::splice::Splice;
use crate::{
    outline::{Entry, Kind, Words, plain_name},
    parse::Rule,
    proof::proofs,
};

/// What takes the place of an old name wherever it is used. Where a figure, a parameter or a definition has the
/// same name, nobody can tell which is meant, and none is changed.
pub(super) fn mentions(text: &str, entries: &[Entry], old: &str, new: &str) -> Vec<Splice> {
    if is_shared(entries, old) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let words = Words::read(text).map(|words| words.0).unwrap_or_default();
    for word in words.iter().filter(|word| word.rule == Rule::name && plain_name(&word.text) == old) {
        let quotes = [('「', '」'), ('“', '”'), ('"', '"')];
        let quote = quotes
            .iter()
            .find(|(open, _)| word.text.starts_with(*open) && plain_name(&word.text).len() < word.text.len());
        let named = quote.map_or_else(|| new.to_owned(), |(open, close)| format!("{open}{new}{close}"));
        out.push(Splice::new(word.span.clone(), named));
    }
    let mut start = 0;
    for (line, proof) in text.split_inclusive('\n').zip(proofs(text).split_inclusive('\n')) {
        if !proof.trim().is_empty() {
            out.extend(
                places(line, old).into_iter().map(|at| Splice::new(start + at..start + at + old.len(), new.to_owned())),
            );
        }
        start += line.len();
    }
    out
}

/// Whether something else has the name.
fn is_shared(entries: &[Entry], name: &str) -> bool {
    entries.iter().any(|entry| {
        let named = matches!(entry.kind, Kind::Decl | Kind::Def | Kind::Group | Kind::Method);
        named && entry.key == name || is_shared(&entry.children, name)
    })
}

/// Where a name stands in a line as a whole.
fn places(line: &str, name: &str) -> Vec<usize> {
    let part = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    let whole = |at: usize| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + name.len()..).and_then(|text| text.chars().next());
        !part(before) && !part(after)
    };
    line.match_indices(name).map(|(at, _)| at).filter(|at| whole(*at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_whole() {
        assert_eq!(places("    支出率：5分，总支出率 越大，支出率 不增", "支出率").len(), 2);
        assert_eq!(places("x", "支出率"), Vec::<usize>::new());
    }
}
