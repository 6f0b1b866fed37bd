//! Clauses of English criteria.

use super::{Clause, Partial, Side, above_nought};
use crate::{
    amount::{Amount, Gets},
    pattern::{part, parts, patterns},
    range::{End, Range},
};

/// An amount with its English unit.
macro_rules! amount {
    () => {
        r"(-?[\d,]*\d(?:\.\d+)?) ?(%|percentage points?|percent|yuan|days?|working days?|calendar days?|points?)?"
    };
}

patterns! {
    LISTED = r"for each of the following that holds, (\d+(?:\.\d+)?) points?: (.+)";
    GETS = r"(?:if |where |when )?(.+?)(?::|,| gets| scores| earns) ?(?:(?:gets|scores|earns) )?(?:(\d+(?:\.\d+)?) points?|(full marks)|(\d+(?:\.\d+)?)% of full marks|(no points|nothing|zero)|(not applicable))";
    OTHERWISE = r"(?:otherwise|else|if not|in any other case|all others)";
    ONE = concat!("(at least|no less than|above|over|more than|at most|no more than|up to|below|under|less than|reaches) ", amount!());
    TWO = concat!("(at least|above|over) ", amount!(), r" (?:and|but) (below|under|less than|at most|up to) ", amount!());
    TAIL = concat!(amount!(), " (or more|and above|or above|or less|and below|or below)");
    EACH_SIDE = concat!("for (?:each|every) (?:", amount!(), r"|percentage point|day) (below|above|under|over|away from) (?:it|the limit|that|", amount!(), r")[:,]? ?(\d+(?:\.\d+)?) points? (?:is |are )?(?:off|deducted)");
    BEYOND = concat!("(?:if )?(.*?) ?(?:is )?(above|over|below|under|away from) ", amount!(), r"[:,] (\d+(?:\.\d+)?) points? (?:is |are )?(?:off|deducted) for (?:each|every) (?:", amount!(), "|percentage point|day)");
    PER_ITEM = r"for (?:each|every)(?: of)? ([\w\p{Han} ]+?)(?: found)?[:,]? (\d+(?:\.\d+)?) points? (?:is |are )?(?:off|deducted)";
    TILL = r"(?:until nothing is left|down to 0(?: points)?)";
    MOST_OFF = r"(?:at most|no more than) (\d+(?:\.\d+)?) points? off(?: in all)?";
    PARTIAL = r"\(?(?:a )?part of (?:it|a step) (does not count|counts in proportion|counts whole)\)?";
}

/// Splits an English criterion into its clauses; none where a part is unknown.
pub(crate) fn split_english(text: &str) -> Result<Vec<Clause>, String> {
    let text = text.trim().trim_end_matches('.').trim();
    let lower = lowered(text);
    if let Some(found) = parts(&LISTED, &lower) {
        let gets = Gets::points(part(&found, 1)).ok_or_else(|| text.to_owned())?;
        let mut clauses: Vec<_> =
            part(&found, 2).split("; ").map(|item| Clause::Item { text: item.to_owned() }).collect();
        clauses.push(Clause::EachMet { gets });
        return Ok(clauses);
    }
    let marked = lower.replace(" (a part", "; (a part").replace(", until nothing", "; until nothing");
    let marked = marked.replace(", at most ", "; at most ").replace(". ", "; ");
    marked.split("; ").map(|piece| clause(piece.trim()).ok_or_else(|| piece.trim().to_owned())).collect()
}

/// The first letter small, where it begins a word of ours.
fn lowered(text: &str) -> String {
    const OURS: [&str; 8] = ["If", "For", "Otherwise", "Else", "Where", "When", "Until", "At"];
    let fix = |sentence: &str| {
        let first = sentence.split([' ', ':', ',']).next().unwrap_or_default();
        if OURS.contains(&first) { sentence.replacen(first, &first.to_lowercase(), 1) } else { sentence.to_owned() }
    };
    text.split(". ").map(fix).collect::<Vec<_>>().join(". ")
}

fn unit(text: &str) -> &str {
    match text {
        "%" | "percent" => "%",
        text if text.starts_with("percentage") => "个百分点",
        "yuan" => "元",
        "day" | "days" | "calendar day" | "calendar days" => "个自然日",
        "working day" | "working days" => "个工作日",
        "point" | "points" => "分",
        _ => "",
    }
}

fn amount(number: &str, said: &str) -> Option<Amount> {
    Amount::new(&number.replace(',', ""), unit(said))
}

fn clause(text: &str) -> Option<Clause> {
    if parts(&TILL, text).is_some() {
        return Some(Clause::TillNothing);
    }
    if let Some(found) = parts(&MOST_OFF, text) {
        return Some(Clause::MostOff { points: Gets::points(part(&found, 1))? });
    }
    if let Some(found) = parts(&PARTIAL, text) {
        let partial = match part(&found, 1) {
            "does not count" => Partial::Whole,
            "counts whole" => Partial::Up,
            _ => Partial::ProRata,
        };
        return Some(Clause::PartOfStep { partial });
    }
    each_side(text).or_else(|| beyond(text)).or_else(|| per_item(text)).or_else(|| gives(text))
}

fn side(word: &str) -> Side {
    match word {
        "below" | "under" => Side::Below,
        "away from" => Side::Away,
        _ => Side::Above,
    }
}

fn step_of(text: &str, number: &str, said: &str) -> Option<Amount> {
    match number {
        "" if text.contains("percentage point") => Amount::new("1", "个百分点"),
        "" => Amount::new("1", "个自然日"),
        number => amount(number, said),
    }
}

fn each_side(text: &str) -> Option<Clause> {
    let found = parts(&EACH_SIDE, text)?;
    let step = step_of(text, part(&found, 1), part(&found, 2))?;
    let limit = amount(part(&found, 4), part(&found, 5));
    let off = Gets::points(part(&found, 6)).filter(above_nought)?;
    Some(Clause::Step { subject: String::new(), side: Some(side(part(&found, 3))), limit, step, off, partial: None })
}

fn beyond(text: &str) -> Option<Clause> {
    let found = parts(&BEYOND, text)?;
    let step = step_of(text, part(&found, 6), part(&found, 7))?;
    let (limit, off) = (amount(part(&found, 3), part(&found, 4)), Gets::points(part(&found, 5)).filter(above_nought)?);
    let side = Some(side(part(&found, 2)));
    Some(Clause::Step { subject: part(&found, 1).to_owned(), side, limit, step, off, partial: None })
}

fn per_item(text: &str) -> Option<Clause> {
    let found = parts(&PER_ITEM, text)?;
    let off = Gets::points(part(&found, 2)).filter(above_nought)?;
    Some(Clause::PerItem { what: part(&found, 1).to_owned(), count: Amount::new("1", "项")?, off })
}

fn gives(text: &str) -> Option<Clause> {
    let (left, gets) = split(text)?;
    if parts(&OTHERWISE, &left).is_some() {
        return Some(Clause::Otherwise { gets });
    }
    if let Some((subject, range)) = ranged(&left) {
        return Some(Clause::Band { subject, range, gets });
    }
    let open = left.chars().any(|c| c.is_ascii_digit() || "%,;:≥≤<>=".contains(c))
        || ["each", "every", "about", "roughly", "appropriate", "unless"].iter().any(|word| left.contains(word));
    (!open).then_some(Clause::When { condition: left, gets })
}

fn split(text: &str) -> Option<(String, Gets)> {
    if let Some(rest) = text.strip_prefix("otherwise ") {
        return split(&format!("otherwise: {rest}"));
    }
    let found = parts(&GETS, text)?;
    let gets = match () {
        () if !part(&found, 2).is_empty() => Gets::points(part(&found, 2))?,
        () if !part(&found, 3).is_empty() => Gets::Full,
        () if !part(&found, 4).is_empty() => Gets::Part(part(&found, 4).to_owned()),
        () if !part(&found, 5).is_empty() => Gets::points("0")?,
        () => Gets::NotApplicable,
    };
    Some((part(&found, 1).to_owned(), gets))
}

/// A range with the figure before it: the shortest name that leaves a range.
fn ranged(left: &str) -> Option<(String, Range)> {
    let words: Vec<&str> = left.split(' ').collect();
    (0..words.len()).find_map(|at| {
        let (name, rest) = words.split_at_checked(at)?;
        let range = range(&rest.join(" "))?;
        let name = name.join(" ");
        let name = name.strip_suffix(" is").or(if name == "is" { Some("") } else { None }).unwrap_or(&name);
        (!name.chars().any(|c| c.is_ascii_digit()) && !name.contains(" and ")).then(|| (name.to_owned(), range))
    })
}

fn range(text: &str) -> Option<Range> {
    let end = |number: &str, said: &str, closed| Some(End { at: amount(number, said)?, closed: Some(closed) });
    if let Some(found) = parts(&TWO, text) {
        let low = end(part(&found, 2), part(&found, 3), part(&found, 1) == "at least")?;
        let high = end(part(&found, 5), part(&found, 6), matches!(part(&found, 4), "at most" | "up to"))?;
        return Some(Range { low: Some(low), high: Some(high) });
    }
    if let Some(found) = parts(&TAIL, text) {
        let end = end(part(&found, 1), part(&found, 2), true)?;
        let over = matches!(part(&found, 3), "or more" | "and above" | "or above");
        return Some(if over { Range { low: Some(end), high: None } } else { Range { low: None, high: Some(end) } });
    }
    let found = parts(&ONE, text)?;
    let word = part(&found, 1);
    let closed = matches!(word, "at least" | "no less than" | "at most" | "no more than" | "up to" | "reaches");
    let over = matches!(word, "at least" | "no less than" | "above" | "over" | "more than" | "reaches");
    let end = end(part(&found, 2), part(&found, 3), closed)?;
    Some(if over { Range { low: Some(end), high: None } } else { Range { low: None, high: Some(end) } })
}
