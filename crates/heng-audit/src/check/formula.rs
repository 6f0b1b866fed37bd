//! Sums that the text writes out: 1,468.80÷1,530.00×100%=96%, 18+17.5+29=64.5.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, measure},
    graph::Graph,
    pattern::patterns,
    wording,
};

patterns! {
    QUOTIENT = r"(?:^|[=＝（(：:，,为\s])(\d[\d,]*(?:\.\d+)?)\s*(?:万元|元|亿元|分|人|个|项)?\s*[÷/／]\s*(\d[\d,]*(?:\.\d+)?)\s*(?:万元|元|亿元|分|人|个|项)?\s*[）)]?\s*(?:[×xX*]\s*100\s*%?)?\s*[=＝≈]\s*(\d+(?:\.\d+)?)\s*%";
    SUM = r"(?:^|[^\d.,+＋\-−－×xX*÷/）)%])[（(]?(\d[\d,]*(?:\.\d+)?(?:\s*(?:万元|元|亿元|分|人|个|项))?(?:\s*[+＋\-−－]\s*\d[\d,]*(?:\.\d+)?(?:\s*(?:万元|元|亿元|分|人|个|项))?)+)[）)]?\s*[=＝]\s*(\d[\d,]*(?:\.\d+)?)";
    TERM = r"([+＋\-−－]?)\s*(\d[\d,]*(?:\.\d+)?)\s*(万元|元|亿元|分|人|个|项)?";
    NEXT = r"^\s*(?:万元|元|亿元|分|人|个|项)?\s*[×xX*÷/%]";
}

/// Reckons every sum that is written out.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for block in &graph.document.blocks {
        let text = graph.document.block_text(block);
        let from = block.span.start;
        for captured in QUOTIENT.captures_iter(text) {
            let (Some(a), Some(b), Some(said)) = (captured.get(1), captured.get(2), captured.get(3)) else { continue };
            let Some(came) = quotient(a.as_str(), b.as_str(), said.as_str()) else { continue };
            let sum = format!("{} ÷ {}", a.as_str(), b.as_str());
            found.push(wording::reckoned_out(graph, &(from + said.start()..from + said.end()), &sum, &came, true));
        }
        for captured in SUM.captures_iter(text) {
            let (Some(terms), Some(said)) = (captured.get(1), captured.get(2)) else { continue };
            if NEXT.is_match(text.get(said.end()..).unwrap_or("")) {
                continue;
            }
            let Some(came) = terms_come_to(terms.as_str(), said.as_str()) else { continue };
            let at = from + said.start()..from + said.end();
            found.push(wording::reckoned_out(graph, &at, terms.as_str(), &came, false));
        }
    }
    found
}

/// A printed number, and half a unit of its last place.
fn number(text: &str) -> Option<(Number, Number)> {
    measure(text, &Family::Percent, 1)
}

/// What a quotient comes to in percent, where that is not what is said.
fn quotient(a: &str, b: &str, said: &str) -> Option<Number> {
    let ((a, _), (b, _), (said, half)) = (number(a)?, number(b)?, number(said)?);
    let came = (&a * &Number::from(100)).checked_div(&b)?;
    ((&came - &said).abs() > half).then_some(came)
}

/// What terms of one unit come to, where that is not what is said.
fn terms_come_to(terms: &str, said: &str) -> Option<Number> {
    let (said, _) = number(said)?;
    let mut came = Number::ZERO;
    let mut units: Vec<&str> = Vec::new();
    for captured in TERM.captures_iter(terms) {
        let (value, _) = number(captured.get(2)?.as_str())?;
        let minus = captured.get(1).is_some_and(|sign| sign.as_str().contains(['-', '−', '－']));
        came = if minus { &came - &value } else { &came + &value };
        units.extend(captured.get(3).map(|unit| unit.as_str()));
    }
    let one = units.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    (one && came != said).then_some(came)
}
