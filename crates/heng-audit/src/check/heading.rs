//! Headings: numbers that were lost, left out or given twice.

use heng_diag::Diagnostic;

use crate::{document::Block, graph::Graph, pattern::patterns, vocabulary::has, wording};

patterns! {
    CHAPTER = r"^([一二三四五六七八九十]{1,3})\s*、";
    DAY = r"^\s*(?:20\d{2}|二[〇○0零]\p{Han}{2})\s*年.{1,4}月";
    SECTION = r"^[（(]([一二三四五六七八九十]{1,3})[）)]";
}

/// A heading of one of the two upper levels.
struct Heading<'d> {
    block: &'d Block,
    upper: bool,
    number: usize,
}

/// Looks at the order of the numbers, and for headings without one.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let mut found = jumps(graph, &numbered(graph, usize::MAX));
    found.extend(lost(graph, &numbered(graph, 40)));
    found
}

/// The numbered paragraphs of at most so many characters.
fn numbered<'d>(graph: &Graph<'d>, most: usize) -> Vec<Heading<'d>> {
    let mut found = Vec::new();
    for (_, block) in graph.document.paragraphs() {
        let text = graph.document.block_text(block);
        if text.chars().count() > most {
            continue;
        }
        for (pattern, upper) in [(&*CHAPTER, true), (&*SECTION, false)] {
            let number = pattern.captures(text).and_then(|c| chinese(c.get(1)?.as_str()));
            found.extend(number.map(|number| Heading { block, upper, number }));
        }
    }
    found
}

/// 一 to 九十九.
pub(super) fn chinese(text: &str) -> Option<usize> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at + 1);
    let (tens, ones) = match text.split_once('十') {
        None => (0, digit(text.chars().next()?)?),
        Some((tens, ones)) => (
            if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? },
            if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? },
        ),
    };
    Some(tens * 10 + ones)
}

/// Short lines that stand like headings among numbered ones and have no number.
fn unnumbered<'d>(graph: &Graph<'d>) -> Vec<&'d Block> {
    let document = graph.document;
    let blocks: Vec<&Block> = document.paragraphs().map(|(_, block)| block).collect();
    let body = blocks.iter().position(|block| document.block_text(block).chars().count() > 60);
    let last = blocks.len().saturating_sub(1);
    let signs = ['。', '；', '：', ':', '，', ',', '、', '！', '？', '.', '…', '》', '）'];
    let is_heading = |block: &&Block| {
        let text = document.block_text(block);
        let length = text.chars().count();
        (4..=20).contains(&length)
            && !text.ends_with(signs)
            && !text.contains(['，', '。', '：', ':', '；'])
            && !text.chars().any(|c| c.is_ascii_digit())
            && !text.starts_with(['（', '(', '—', '-', '□', '●', '·'])
            && !CHAPTER.is_match(text)
            && !has(text, &graph.words.heading.not)
    };
    let from = body.unwrap_or(blocks.len());
    let candidates = blocks.iter().enumerate().filter(|(at, _)| *at > from && *at < last);
    // Who signs stands above the day.
    let signs_off = |at: usize| blocks.get(at + 1).is_some_and(|next| DAY.is_match(document.block_text(next)));
    let columns = |block: &Block| document.block_text(block).matches(' ').count() >= 2;
    let candidates = candidates.filter(|(at, block)| !signs_off(*at) && !columns(block));
    candidates.filter(|(_, block)| is_heading(block)).map(|(_, block)| *block).collect()
}

/// Lost numbers: at least one gap in the numbering must say that there was one.
fn lost(graph: &Graph, numbered: &[Heading]) -> Option<Diagnostic> {
    let lines = unnumbered(graph);
    let chapters = numbered.iter().filter(|heading| heading.upper).count();
    let first = numbered.iter().find(|heading| heading.upper)?;
    let gap = first.number > 1 && lines.first().is_some_and(|line| line.span.start < first.block.span.start);
    let alone = |line: &&Block| {
        let before = numbered.iter().rev().find(|heading| heading.block.span.start < line.span.start);
        before.is_some_and(|heading| {
            let after = numbered.iter().find(|next| next.block.span.start > heading.block.span.start);
            if heading.upper {
                after.is_some_and(|next| next.upper && next.number == heading.number + 2)
            } else {
                after.is_none_or(|next| next.upper || next.number == heading.number + 2)
            }
        })
    };
    let evident = gap || lines.iter().any(alone);
    (evident && chapters >= 2).then(|| wording::lost_numbers(graph, &lines)).flatten()
}

/// Numbers that do not follow each other.
fn jumps(graph: &Graph, numbered: &[Heading]) -> Vec<Diagnostic> {
    let lines = unnumbered(graph);
    let mut found = Vec::new();
    let (mut chapter, mut section): (Option<&Heading>, Option<&Heading>) = (None, None);
    for heading in numbered {
        let last = if heading.upper { &mut chapter } else { &mut section };
        if let Some(before) = *last {
            let between =
                lines.iter().any(|l| l.span.start > before.block.span.start && l.span.start < heading.block.span.start);
            let starts_anew = heading.number == 1;
            if heading.number != before.number + 1 && !starts_anew && !between {
                found.push(wording::heading_jump(graph, &before.block.span, &heading.block.span));
            }
        }
        *last = Some(heading);
        if heading.upper {
            section = None;
        }
    }
    found
}
