//! Two documents that should say the same: token by token, section by section, figure by figure.
//!
//! Line breaks, blanks, punctuation, fonts and full- or half-width are no differences, nor are noughts at the
//! end of a number or separators of thousands. A changed digit, a paragraph that is gone and a row that
//! stands elsewhere are.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use heng_model::Number;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::{
    document::{Document, Kind},
    fold::bones,
    pattern::patterns,
};

patterns! {
    NUMBER = r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?";
    HEADING = r"^(?:[一二三四五六七八九十]{1,3}\s*、|[（(][一二三四五六七八九十]{1,3}[）)])";
}

/// How many windows of tokens two documents must share to be copies of each other, in percent of the shorter
/// and of the longer. A copy that lost paragraphs holds nearly all of the shorter; a page and a sheet that print
/// the same scores share four fifths of it. In a short document one change breaks a large part of the windows.
const ALIKE: [usize; 2] = [85, 45];
const SHORT_ALIKE: [usize; 2] = [50, 40];
/// A document with fewer tokens is short.
const SHORT: usize = 400;

/// How long a document may be, in tokens.
const MOST_TOKENS: usize = 400_000;

/// What a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Other words or another number.
    Changed,
    /// In the first only.
    Missing,
    /// In the second only.
    Added,
    /// In both, and not at the same place.
    Moved,
}

/// A difference between two documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What it is.
    pub change: Change,
    /// The section it stands in.
    pub section: String,
    /// What the first says.
    pub first: String,
    /// What the second says.
    pub second: String,
    /// Where it stands in the first.
    pub place: String,
    /// Whether a number differs.
    pub figure: bool,
}

/// A section of the first document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// How many differences it has.
    pub differences: usize,
}

/// The comparison of two documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The name of the first.
    pub first: String,
    /// The name of the second.
    pub second: String,
    /// How many numbers the first holds.
    pub figures: usize,
    /// The sections of the first.
    pub sections: Vec<Section>,
    /// Where they differ.
    pub differences: Vec<Difference>,
}

#[derive(Clone, Debug)]
struct Token {
    text: String,
    span: Range<usize>,
}

/// The tokens of a text: numbers in one form, and every other letter by itself.
fn tokens(document: &Document) -> Vec<Token> {
    let text = &document.text;
    let mut found = Vec::new();
    let letters = |found: &mut Vec<Token>, range: Range<usize>| {
        let from = range.start;
        for (at, c) in text.get(range).unwrap_or("").char_indices() {
            let folded = bones(&c.to_string());
            if !folded.is_empty() && folded != "-" {
                found.push(Token { text: folded, span: from + at..from + at + c.len_utf8() });
            }
        }
    };
    let mut free = 0;
    for number in NUMBER.find_iter(text) {
        letters(&mut found, free..number.start());
        let plain = number.as_str().replace(',', "");
        let value = Number::parse_decimal(&plain).and_then(|value| value.decimal_text());
        found.push(Token { text: value.unwrap_or(plain), span: number.range() });
        free = number.end();
    }
    letters(&mut found, free..text.len());
    found.truncate(MOST_TOKENS);
    found
}

fn windows(tokens: &[Token]) -> BTreeSet<Vec<&str>> {
    tokens.windows(4).map(|window| window.iter().map(|token| token.text.as_str()).collect()).collect()
}

/// How much of the shorter and of the longer document the two share, in percent.
fn shared(first: &Document, second: &Document) -> [usize; 2] {
    let (first, second) = (tokens(first), tokens(second));
    let (a, b) = (windows(&first), windows(&second));
    let both = a.intersection(&b).count() * 100;
    [both / a.len().min(b.len()).max(1), both / a.len().max(b.len()).max(1)]
}

/// How much of both documents is the same, in percent: by this the copy of a document is found among others.
#[must_use]
pub fn likeness(first: &Document, second: &Document) -> usize {
    let [shorter, longer] = shared(first, second);
    (shorter + longer) / 2
}

/// Whether one may be a copy of the other.
fn alike(first: &Document, second: &Document) -> bool {
    let short = tokens(first).len().min(tokens(second).len()) < SHORT;
    let least = if short { SHORT_ALIKE } else { ALIKE };
    shared(first, second).iter().zip(least).all(|(shared, least)| *shared >= least)
}

/// Compares two documents; `None` where they are not copies of one another at all.
#[must_use]
pub fn compare(first: &Document, second: &Document) -> Option<Comparison> {
    if !alike(first, second) {
        return None;
    }
    let (a, b) = (tokens(first), tokens(second));
    let (x, y): (Vec<&str>, Vec<&str>) =
        (a.iter().map(|token| token.text.as_str()).collect(), b.iter().map(|token| token.text.as_str()).collect());
    let mut differences = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &x, &y) {
        let (old, new) = (op.old_range(), op.new_range());
        let repeated = (old.is_empty() && is_repeated_head(first, (&a, old.start), (&b, new.clone())))
            || (new.is_empty() && is_repeated_head(second, (&b, new.start), (&a, old.clone())));
        if !matches!(op, DiffOp::Equal { .. }) && !repeated {
            differences.push(difference(first, second, (&a, op.old_range()), (&b, op.new_range())));
        }
    }
    moved(&mut differences);
    let numbers = a.iter().filter(|token| token.text.starts_with(|c: char| c.is_ascii_digit() || c == '-')).count();
    let sections = sections(first, &differences);
    Some(Comparison { first: first.name.clone(), second: second.name.clone(), figures: numbers, sections, differences })
}

/// Whether what stands in `other` alone is the head of a table of `document`, printed again within it: a table
/// that runs over a page has its head on each. Where the same signs stand on both sides of the addition, it may be
/// found some signs to the left or right of itself.
fn is_repeated_head(document: &Document, (tokens, at): (&[Token], usize), (others, range): Side) -> bool {
    let Some(head) = head_around(document, tokens.get(at)) else { return false };
    let length = range.len();
    let text = |from: usize| {
        let part = others.get(from..from + length).unwrap_or(&[]);
        part.iter().map(|token| token.text.as_str()).collect::<String>()
    };
    let same = |one: usize, other: usize| {
        let (one, other) = (others.get(one), others.get(other));
        one.zip(other).is_some_and(|(one, other)| one.text == other.text)
    };
    let left = (1..=length).take_while(|by| range.start >= *by && same(range.start - by, range.end - by));
    let right = (1..=length).take_while(|by| same(range.start + by - 1, range.end + by - 1));
    let starts = left.map(|by| range.start - by).chain(right.map(|by| range.start + by));
    std::iter::once(range.start).chain(starts).any(|from| text(from) == head)
}

/// The signs of the head of the table in which a token stands below the head.
fn head_around(document: &Document, token: Option<&Token>) -> Option<String> {
    let number = document.block_at(token?.span.start)?;
    let Kind::Row { table, .. } = &document.blocks.get(number)?.kind else { return None };
    let of_table = |kind: &Kind| matches!(kind, Kind::Row { table: other, .. } if other == table);
    let head = document.blocks.iter().position(|block| of_table(&block.kind))?;
    if head == number {
        return None;
    }
    let text = document.block_text(document.blocks.get(head)?);
    let mut alone = Document::new("");
    alone.paragraph(text, 0);
    Some(tokens(&alone).into_iter().map(|token| token.text).collect())
}

type Side<'t> = (&'t [Token], Range<usize>);

fn difference(first: &Document, second: &Document, a: Side, b: Side) -> Difference {
    let change = match (a.1.is_empty(), b.1.is_empty()) {
        (false, true) => Change::Missing,
        (true, false) => Change::Added,
        _ => Change::Changed,
    };
    let digits = |side: &Side| {
        side.0
            .get(side.1.clone())
            .unwrap_or(&[])
            .iter()
            .any(|token| token.text.starts_with(|c: char| c.is_ascii_digit()))
    };
    let figure = digits(&a) || digits(&b);
    let at = a.0.get(a.1.start).or_else(|| a.0.last()).map_or(0, |token| token.span.start);
    let block = first.block_at(at).and_then(|number| first.blocks.get(number));
    Difference {
        change,
        section: section(first, at),
        first: shown(first, &a),
        second: shown(second, &b),
        place: block.map(|block| block.place.said()).unwrap_or_default(),
        figure,
    }
}

/// What one side says, with a few letters around it in its block.
fn shown(document: &Document, side: &Side) -> String {
    let (tokens, range) = side;
    let around = 6;
    let from = tokens.get(range.start.saturating_sub(around)).map_or(0, |token| token.span.start);
    let last = (range.end + around).min(tokens.len()).saturating_sub(1);
    let to = tokens.get(last).map_or(document.text.len(), |token| token.span.end);
    let mark = |at: usize| tokens.get(at).map_or(document.text.len(), |token| token.span.start);
    let end = range
        .end
        .checked_sub(1)
        .filter(|_| !range.is_empty())
        .and_then(|at| tokens.get(at))
        .map(|token| token.span.end);
    let inner = mark(range.start)..end.unwrap_or_else(|| mark(range.start));
    let part = |range: Range<usize>| document.text.get(range).unwrap_or("").replace('\n', " ");
    let middle: String = part(inner.clone());
    let middle = match middle.chars().count() {
        0..=80 => middle,
        count => format!("{}……（{count} 字）", middle.chars().take(60).collect::<String>()),
    };
    format!("{}【{middle}】{}", part(from..inner.start), part(inner.end..to.max(inner.end)))
}

fn section(document: &Document, at: usize) -> String {
    let before = document.paragraphs().map(|(_, block)| block).take_while(|block| block.span.start <= at);
    let heading = before.filter(|block| HEADING.is_match(document.block_text(block))).last();
    heading.map(|block| document.block_text(block).chars().take(30).collect()).unwrap_or_default()
}

/// What is gone at one place and stands at another has moved.
fn moved(differences: &mut Vec<Difference>) {
    let inner = |text: &str| {
        let inside = text.split_once('【').and_then(|(_, rest)| rest.split_once('】')).map_or("", |(inside, _)| inside);
        bones(inside)
    };
    let gone: Vec<(usize, String)> = differences
        .iter()
        .enumerate()
        .filter(|(_, one)| one.change == Change::Missing)
        .map(|(at, one)| (at, inner(&one.first)))
        .filter(|(_, text)| text.chars().count() >= 4)
        .collect();
    let mut remove = Vec::new();
    for (at, text) in gone {
        let there = differences.iter().enumerate().position(|(other, one)| {
            one.change == Change::Added && inner(&one.second) == text && !remove.contains(&other)
        });
        let Some(there) = there else { continue };
        let second = differences.get(there).map(|one| one.second.clone()).unwrap_or_default();
        if let Some(one) = differences.get_mut(at) {
            (one.change, one.second) = (Change::Moved, second);
        }
        remove.push(there);
    }
    let mut at = 0;
    differences.retain(|_| {
        at += 1;
        !remove.contains(&(at - 1))
    });
}

fn sections(document: &Document, differences: &[Difference]) -> Vec<Section> {
    let headings =
        document.paragraphs().map(|(_, block)| document.block_text(block)).filter(|text| HEADING.is_match(text));
    let titles = std::iter::once(String::new()).chain(headings.map(|text| text.chars().take(30).collect()));
    let mut found: Vec<Section> = Vec::new();
    for title in titles {
        let count = differences.iter().filter(|one| one.section == title).count();
        if !found.iter().any(|known| known.title == title) && (count > 0 || !title.is_empty()) {
            found.push(Section { title, differences: count });
        }
    }
    found
}

/// A figure by its name, for comparing documents that are not copies: a report and a data sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// What it is the figure of.
    pub name: String,
    /// The value in the first document, as printed.
    pub first: String,
    /// Where.
    pub first_place: String,
    /// The value in the second.
    pub second: String,
    /// Where.
    pub second_place: String,
    /// Whether they agree within the printed digits.
    pub same: bool,
}

#[derive(Clone, Debug)]
struct Named {
    low: Number,
    high: Number,
    printed: String,
    place: String,
}

/// The figures of a document that have one name and one value.
fn named(document: &Document) -> BTreeMap<String, Option<Named>> {
    let mut found: BTreeMap<String, Option<Named>> = BTreeMap::new();
    let mut put = |name: String, one: Named| {
        let known = found.entry(name).or_insert_with(|| Some(one.clone()));
        if known.as_ref().is_some_and(|known| known.low > one.high || one.low > known.high) {
            *known = None;
        }
    };
    let words = crate::Vocabulary::standard();
    let sources = heng_diag::FileId::default();
    let graph = crate::graph::Graph::new(document, sources, &words);
    for (name, low, high, printed, at) in crate::check::conflict::named(&graph) {
        let block = document.block_at(at).and_then(|number| document.blocks.get(number));
        put(name, Named { low, high, printed, place: block.map(|block| block.place.said()).unwrap_or_default() });
    }
    found
}

/// Compares the figures that two documents both name.
#[must_use]
pub fn agreements(first: &Document, second: &Document) -> Vec<Agreement> {
    let (first, second) = (named(first), named(second));
    let both = first.into_iter().filter_map(|(name, one)| Some((name.clone(), one?, second.get(&name)?.clone()?)));
    both.map(|(name, one, other)| Agreement {
        name,
        same: one.low <= other.high && other.low <= one.high,
        first: one.printed,
        first_place: one.place,
        second: other.printed,
        second_place: other.place,
    })
    .collect()
}

/// Rows of tables by the words of their first cells, each with its numbers.
fn rows(document: &Document) -> BTreeMap<String, Option<(Vec<String>, String)>> {
    let mut found = BTreeMap::new();
    for block in &document.blocks {
        let Kind::Row { cells, .. } = &block.kind else { continue };
        let texts: Vec<String> = cells.iter().map(|cell| document.slice(&cell.span).replace(',', "")).collect();
        let value = |text: &String| Number::parse_decimal(text).and_then(|number| number.decimal_text());
        let numbers: Vec<String> = texts.iter().filter_map(value).collect();
        let name: String = texts.iter().filter(|text| value(text).is_none()).map(|text| bones(text)).collect();
        if numbers.is_empty() || name.is_empty() {
            continue;
        }
        found.entry(name).and_modify(|known| *known = None).or_insert(Some((numbers, block.place.said())));
    }
    found
}

/// Compares rows of tables that have the same words: a score sheet with the one that was computed.
#[must_use]
pub fn row_agreements(first: &Document, second: &Document) -> Vec<Agreement> {
    let (first, second) = (rows(first), rows(second));
    let both = first.into_iter().filter_map(|(name, one)| Some((name.clone(), one?, second.get(&name)?.clone()?)));
    both.map(|(name, one, other)| Agreement {
        name: name.chars().take(40).collect(),
        same: one.0 == other.0,
        first: one.0.join(" "),
        first_place: one.1,
        second: other.0.join(" "),
        second_place: other.1,
    })
    .collect()
}
