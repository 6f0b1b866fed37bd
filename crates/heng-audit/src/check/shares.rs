//! Shares of one whole that must come to a hundred.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, sum},
    pattern::patterns,
    vocabulary::has,
    wording,
};

patterns! {
    OF = r"^(.*?)占(?:到|了|据)?([^占]{0,16}?)(?:的比重|的比例|比重|比例|比)?(?:的|为|达|约|：)*$";
}

/// Adds up the shares of every sentence that have one base and name all there is.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    graph.sentences().into_iter().filter_map(|figures| one(graph, figures)).collect()
}

fn one(graph: &Graph, figures: &[Figure]) -> Option<Diagnostic> {
    let percent = |figure: &&Figure| figure.family == Family::Percent && figure.unit_word == "%";
    let shares: Vec<(&Figure, String, String)> = figures
        .iter()
        .filter(percent)
        .filter_map(|figure| {
            let captured = OF.captures(graph.own(figure))?;
            Some((figure, captured.get(1)?.as_str().to_owned(), captured.get(2)?.as_str().to_owned()))
        })
        .collect();
    let (_, _, base) = shares.first()?;
    let alike = shares.iter().all(|(_, _, other)| other == base);
    if !alike || shares.len() < 2 || shares.len() != figures.iter().filter(percent).count() {
        return None;
    }
    let parts: Vec<&Figure> = shares.iter().map(|(figure, ..)| *figure).collect();
    let came = sum(parts.iter().map(|part| &part.value));
    let off = (&came - &Number::from(100)).abs();
    let half = sum(parts.iter().map(|part| &part.half));
    let named = |name: &str| shares.iter().any(|(_, own, _)| own.ends_with(name));
    let whole =
        graph.words.whole.iter().any(|whole| whole.parts.len() == shares.len() && whole.parts.iter().all(|n| named(n)));
    let sentence = graph.text(graph.sentence(parts.first()?.span.start));
    let open =
        has(sentence, &graph.words.list.open) || has(sentence, &graph.words.list.across) || sentence.contains("其中");
    let near = shares.len() >= 3 && off <= Number::from(3) && !open;
    (off > half && (whole && off <= Number::from(20) || near)).then(|| wording::shares(graph, &parts, &came))
}
