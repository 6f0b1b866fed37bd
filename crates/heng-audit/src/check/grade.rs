//! The grade against the score: 92.5 分 is 优, unless the report sets other limits.

use heng_diag::Diagnostic;
use heng_model::Number;

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    pattern::patterns,
    vocabulary::Grade,
    wording,
};

patterns! {
    SAID = r"(?:等级|等次|级别|档次|评级|评价结果|自评结果|评定|评价|结论|综合评价|自评)(?:评定)?(?:结果|等级|等次)?(?:为|是|：|:|属于|定为|达到|\s)*[“\x22「]?(优秀|优良|优|良好|良|中等|中|合格|及格|较差|差|不合格)[”\x22」]?(?:级|等|等次|档)?(?:[，。；、）)\s]|$)";
    OWN = r"^\s*[，,、（(]?\s*(?:属于?|为|达到|评为|等级|等次|定为|即)*\s*[“\x22「](优秀|优|良好|良|中等|中|合格|及格|较差|差)[”\x22」]";
    LIMIT = r"(\d{2,3})(?:\.0+)?\s*分?\s*(?:[（(]含[^）)]*[）)])?\s*(?:及?以上|[—–\-~～至到]\s*\d{2,3}\s*分?(?:[（(]不?含[^）)]*[）)])?)\s*[^，。；、\d]{0,6}?(优|良|中|差|合格|及格)";
}

/// Compares the score with the grade that follows it.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    graph.figures.iter().filter_map(|score| one(graph, score)).take(1).collect()
}

fn one(graph: &Graph, score: &Figure) -> Option<Diagnostic> {
    let own = graph.is_own_score(score) || score.family == Family::Points && graph.own(score).contains("得分");
    let most = Number::from(graph.words.score.full);
    if !own || score.value > most || score.value < Number::from(20) {
        return None;
    }
    let sentence = graph.sentence(score.span.start);
    let block = graph.document.blocks.get(score.block)?;
    let rest = graph.text(score.span.end..sentence.end);
    // The next sentence may say it, where this one says no more.
    let rest = if rest.trim_end_matches('。').is_empty() { graph.text(score.span.end..block.span.end) } else { rest };
    let captured = OWN.captures(rest).or_else(|| SAID.captures(rest))?;
    let said = captured.get(1)?;
    // Another score in between is what is graded.
    let alone = !rest.get(..said.start())?.contains("分，") && !rest.get(said.end()..)?.trim_start().starts_with("率");
    if !alone {
        return None;
    }
    let grades = &graph.words.grade;
    let limits = limits(&graph.document.text, grades);
    let at = |word: &str| grades.iter().position(|grade| grade.names.iter().any(|name| name == word));
    let (index, from) = (at(said.as_str())?, |index: usize| limits.get(index).cloned());
    let low = from(index)?;
    let high = index.checked_sub(1).and_then(from);
    let fits = score.value >= low && high.as_ref().is_none_or(|high| score.value < *high);
    let at = score.span.end + said.start()..score.span.end + said.end();
    (!fits).then(|| wording::grade(graph, score, &at, &low, high.as_ref()))
}

/// From how many points on each grade holds: as the report says, or as usual.
fn limits(text: &str, grades: &[Grade]) -> Vec<Number> {
    let own = |grade: &Grade| {
        LIMIT.captures_iter(text).find_map(|captured| {
            let word = captured.get(2)?.as_str();
            let named = grade.names.iter().any(|name| name == word);
            named.then(|| Number::parse_decimal(captured.get(1)?.as_str())).flatten()
        })
    };
    grades.iter().map(|grade| own(grade).unwrap_or_else(|| Number::from(grade.from))).collect()
}
