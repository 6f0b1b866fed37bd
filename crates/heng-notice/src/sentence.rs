//! From a criterion sentence to a block.

use heng_diag::Lang;

use crate::{
    clause::{Clause, clause, is_vague, split_english},
    combine::combine,
    fold::fold,
    reading::{Frame, Known, Reading, Refusal, Why},
};

/// Longest sentence that is looked at.
const LONGEST: usize = 2_000;
/// Most pieces of a sentence that are joined into one clause.
const JOINED: usize = 3;

/// Reads a criterion sentence into a block.
///
/// # Errors
/// Where no pattern fits all of it, or it says two things at once: with the pattern that comes nearest.
pub fn read_sentence(sentence: &str, frame: &Frame<'_>) -> Result<Reading, Refusal> {
    if sentence.chars().count() > LONGEST {
        let start: String = sentence.chars().take(40).collect();
        return Err(Refusal::new(Why::Unknown, Known::None, format!("{start}…")));
    }
    let clauses = match frame.lang {
        Lang::Zh => clauses(&fold(sentence))?,
        Lang::En => split_english(sentence).map_err(|at| Refusal::new(Why::Unknown, nearest_en(sentence), at))?,
    };
    combine(clauses, frame).map_err(|mut refusal| {
        if refusal.at.is_empty() {
            sentence.trim().clone_into(&mut refusal.at);
        }
        refusal
    })
}

/// The pieces of a folded sentence, in order, and whether each carried a number of its own.
fn pieces(text: &str) -> Vec<(String, bool, bool)> {
    let mut out: Vec<(String, bool, bool)> = Vec::new();
    let (mut piece, mut depth) = (String::new(), 0u32);
    let mut flush = |piece: &mut String, ends: bool| {
        let (text, numbered) = unnumbered(piece);
        if !text.is_empty() {
            out.push((text, numbered, ends));
        } else if ends && let Some(last) = out.last_mut() {
            last.2 = true;
        }
        piece.clear();
    };
    let chars: Vec<char> = text.chars().collect();
    for (index, c) in chars.iter().enumerate() {
        let rest = || chars.iter().skip(index + 1).take(2).collect::<String>();
        match c {
            '(' if rest() == "不足" && !piece.is_empty() => {
                flush(&mut piece, false);
                depth += 1;
            }
            '(' | '[' => {
                if numbers(&chars, index) && depth == 0 {
                    flush(&mut piece, false);
                }
                depth += 1;
                piece.push(*c);
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                piece.push(*c);
            }
            ',' if depth == 0 => flush(&mut piece, false),
            ';' | '。' => {
                depth = 0;
                flush(&mut piece, true);
            }
            '①'..='⑳' => {
                flush(&mut piece, false);
                piece.push(*c);
            }
            _ => piece.push(*c),
        }
    }
    flush(&mut piece, true);
    out
}

/// Whether a bracket opens a number of a list: (1), (一).
fn numbers(chars: &[char], at: usize) -> bool {
    let inner: String = chars.iter().skip(at + 1).take_while(|c| **c != ')').take(4).collect();
    let count = inner.chars().count();
    (1..=2).contains(&count) && inner.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// A piece without the number in front, and whether it had one.
fn unnumbered(piece: &str) -> (String, bool) {
    const LEADS: [&str; 10] = [
        "评分标准:",
        "计分标准:",
        "评分细则:",
        "评价标准:",
        "计分方法:",
        "计分办法:",
        "扣分标准:",
        "评分方法:",
        "考核标准:",
        "得分标准:",
    ];
    let mut text = piece.trim_matches(|c: char| c == ',' || c.is_whitespace());
    for lead in LEADS {
        text = text.strip_prefix(lead).unwrap_or(text);
    }
    let circled = text.trim_start_matches(|c: char| ('①'..='⑳').contains(&c));
    if circled != text {
        return (circled.trim_start_matches(['.', '、']).to_owned(), true);
    }
    if text.starts_with('(')
        && let Some((inner, rest)) = text.trim_start_matches('(').split_once(')')
        && !inner.is_empty()
        && inner.chars().count() <= 2
        && inner.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    {
        return (rest.trim_start_matches(['.', '、']).to_owned(), true);
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits != text
        && let Some(rest) = digits.strip_prefix(['.', '、'])
        && !rest.starts_with(|c: char| c.is_ascii_digit())
        && !rest.is_empty()
    {
        return (rest.to_owned(), true);
    }
    (text.to_owned(), false)
}

fn clauses(text: &str) -> Result<Vec<Clause>, Refusal> {
    if let Some(listed) = listed(text) {
        return listed;
    }
    let pieces = pieces(text);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((piece, numbered, _)) = pieces.get(at) {
        // The longest join wins: 达到100%的 belongs to 得满分, and not to what stands before it.
        let found = (1..=JOINED).find_map(|count| {
            let group = pieces.get(at..at + count)?;
            let inside = group.get(..count - 1)?.iter().all(|(_, _, ends)| !ends);
            let parts: Vec<_> = group.iter().map(|(text, ..)| text.as_str()).collect();
            inside.then(|| clause(&parts.join(","))).flatten().map(|clause| (clause, count))
        });
        match found {
            Some((clause, count)) => {
                out.push(clause);
                at += count;
            }
            None if *numbered && is_item(piece) => {
                out.push(Clause::Item { text: piece.trim_end_matches([',', ':']).to_owned() });
                at += 1;
            }
            None => return Err(unknown(piece, text)),
        }
    }
    Ok(out)
}

/// A list that is said before its items: 下列各项每有1项成立得1分：甲、乙、丙.
fn listed(text: &str) -> Option<Result<Vec<Clause>, Refusal>> {
    let (head, items) = text.trim_end_matches('。').split_once(':')?;
    if !["下列各项", "以下各项", "下列", "以下"].iter().any(|lead| head.starts_with(lead))
        || items.contains(['。', ':', ','])
    {
        return None;
    }
    let head = clause(head.trim_start_matches("以下").trim_start_matches("下列"))?;
    if !matches!(head, Clause::EachMet { .. } | Clause::EachFails { .. }) {
        return None;
    }
    let mut clauses: Vec<_> = items
        .split(['、', ';'])
        .map(|item| Clause::Item { text: unnumbered(item).0 })
        .filter(|item| !matches!(item, Clause::Item { text } if text.is_empty()))
        .collect();
    clauses.push(head);
    Some(Ok(clauses))
}

fn is_item(text: &str) -> bool {
    let length = text.chars().count();
    (2..=60).contains(&length)
        && !is_vague(text)
        && !text.contains(['%', '≥', '≤', '×', '='])
        && !text.contains('扣')
        && !text.contains("得分")
        && !text.chars().any(|c| c.is_ascii_digit())
}

fn unknown(piece: &str, text: &str) -> Refusal {
    let why = if is_vague(piece) { Why::Discretion } else { Why::Unknown };
    Refusal::new(why, nearest(text), piece)
}

/// The pattern whose words the text has.
pub(crate) fn nearest(text: &str) -> Known {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if has(&["酌情", "视情", "评定", "打分", "综合评价"]) => Known::Rating,
        () if has(&["每"]) && has(&["扣", "减"]) && has(&["%", "百分点", "元", "天", "日"]) => Known::Steps,
        () if has(&["每"]) && has(&["扣", "减"]) => Known::PerItem,
        () if has(&["每"]) || has(&["均符合", "均得", "全部"]) => Known::Checklist,
        () if has(&["比例", "×", "*", "乘"]) => Known::Proportion,
        () if has(&["%", "≥", "≤", "以上", "以下", "以内"]) => Known::Bands,
        () if has(&["优", "良", "较好"]) => Known::Rating,
        () if has(&["得", "分"]) => Known::YesNo,
        () => Known::None,
    }
}

fn nearest_en(text: &str) -> Known {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if has(&["off", "deduct"]) && has(&["percent", "%", "day"]) => Known::Steps,
        () if has(&["off", "deduct"]) => Known::PerItem,
        () if has(&["following"]) => Known::Checklist,
        () if has(&["proportion", "times"]) => Known::Proportion,
        () if has(&["%", "at least", "below", "above"]) => Known::Bands,
        () if has(&["point", "marks"]) => Known::YesNo,
        () => Known::None,
    }
}
