//! Two figures that differ only in the order of two neighbouring digits: one of them was typed wrong.

use heng_diag::Diagnostic;

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    wording,
};

/// So many digits, and two figures are not alike by chance: for counts of one measure, for amounts.
const TELLING: (usize, usize) = (4, 6);

/// Compares every two figures of the text that are not in one sentence.
pub(super) fn check(graph: &Graph, known: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, second) in graph.figures.iter().enumerate() {
        let before = graph.figures.get(..at).unwrap_or(&[]).iter();
        let first = before.filter(|first| first.sentence != second.sentence).find(|first| alike(first, second));
        let Some(first) = first else { continue };
        let span = graph.span(&second.span);
        let said = known.iter().any(|other| other.primary.as_ref().is_some_and(|label| label.span == span));
        let again = graph.figures.iter().filter(|other| other.printed == second.printed).count() > 1
            && graph.figures.iter().filter(|other| other.printed == first.printed).count() > 1;
        if !said && !again {
            found.push(wording::swapped(graph, first, second));
        }
    }
    found
}

/// Whether the two are called by one name of four characters or more.
fn same_name(first: &Figure, second: &Figure) -> bool {
    let chars: Vec<char> = first.label.chars().collect();
    chars.windows(4).any(|part| second.label.contains(&part.iter().collect::<String>()))
}

fn alike(first: &Figure, second: &Figure) -> bool {
    let apart = first.period.zip(second.period).is_some_and(|(a, b)| a != b);
    if first.family != second.family || first.unit_word != second.unit_word || apart {
        return false;
    }
    let digits = |figure: &Figure| figure.printed.chars().filter(char::is_ascii_digit).collect::<Vec<_>>();
    let shape = |figure: &Figure| figure.printed.find('.').map(|at| figure.printed.len() - at);
    let (a, b) = (digits(first), digits(second));
    let least = match first.family {
        Family::Count(_) => TELLING.0,
        Family::Money => TELLING.1,
        Family::Percent | Family::Points => return false,
    };
    let least = if least > 3 && same_name(first, second) { 3 } else { least };
    if a.len() < least || a.len() != b.len() || shape(first) != shape(second) {
        return false;
    }
    let wrong: Vec<usize> = (0..a.len()).filter(|at| a.get(*at) != b.get(*at)).collect();
    let [one, other] = wrong.as_slice() else { return false };
    *other == one + 1 && a.get(*one) == b.get(*other) && a.get(*other) == b.get(*one)
}
