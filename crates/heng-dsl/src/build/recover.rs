//! What cannot be read. A bad line is reported and left out, the block behind it is read by itself,
//! and nothing is concluded from a line of which only the beginning could be read: one mistake is
//! one finding.

use heng_diag::Span;
use heng_model::name::normal_name;
use pest::{Parser, iterators::Pair};

use super::Builder;
use crate::{
    ast::{At, DataLine, Expr, ExprKind, Line},
    fold::COMMENT,
    keywords,
    parse::{HengParser, Rule},
    wording,
};

impl Builder<'_> {
    /// Reports a line that could not be read, then reads the blocks behind it, so that what stands
    /// inside is not lost with it.
    pub(super) fn bad(&mut self, pair: Pair<'_, Rule>, wanted: Rule) {
        let start = self.base + pair.as_span().start();
        let stop = self.prepared.readable(wanted, pair.as_str(), start);
        let line_end = start + first_line(pair.as_str()).len();
        let stop = stop.clamp(start, line_end);
        let line = self.prepared.span(start, line_end);
        let place = self.prepared.span(stop, line_end);
        let slice = |span: Span| self.original.get(span.start as usize..span.end as usize).unwrap_or("").trim();
        self.diagnostics.push(wording::bad_line(slice(line), slice(place), line, place, wanted));
        self.lost.extend(leading_name(slice(line)));
        let kinds = kinds_of(slice(line), wanted);
        self.held(pair, kinds);
    }

    /// Reads the blocks of a bad line by themselves. Of the kinds of block that it may be, it is the
    /// one that leaves the fewest bad lines.
    fn held(&mut self, pair: Pair<'_, Rule>, kinds: &[Rule]) {
        let outer = self.base;
        // On one line it is part of what was reported.
        let lines = |part: &Pair<'_, Rule>| part.as_rule() == Rule::bad_block && part.as_str().contains('\n');
        for block in pair.into_inner().filter(lines) {
            let prepared = self.prepared;
            let open = block.as_span().start() + 1;
            let Some((at, text)) = prepared.stretch(outer + open, outer + block.as_span().end()) else { continue };
            self.base = at;
            let read = |rule| HengParser::parse(rule, text).ok()?.next();
            let block = kinds.iter().copied().filter_map(read).min_by_key(bad_lines);
            for name in block.iter().flat_map(declared) {
                let name = self.name(&name);
                self.lost.push(name.key);
            }
            match block {
                Some(body) if body.as_rule() == Rule::body => drop(self.lines(body)),
                Some(body) if body.as_rule() == Rule::dbody => drop(self.data_lines(body)),
                Some(body) if body.as_rule() == Rule::pbody => drop(self.parameters(body)),
                Some(rows) => drop(self.rows(rows)),
                None => {}
            }
        }
        self.base = outer;
    }

    /// Reports what is left over behind a line that could be read up to there. Says whether nothing
    /// may be concluded from the line: a block of several lines stands for itself.
    pub(super) fn leftover(&mut self, pair: Pair<'_, Rule>, line: Option<Span>) -> bool {
        let start = self.base + pair.as_span().start();
        let span = self.prepared.span(start, start + first_line(pair.as_str()).len());
        let slice = |span: Span| self.original.get(span.start as usize..span.end as usize).unwrap_or("");
        let single = line.is_some_and(|line| !slice(line).contains('\n'));
        self.diagnostics.push(wording::leftover(slice(span), span));
        self.held(pair, &[Rule::body, Rule::dbody, Rule::pbody, Rule::held_rows]);
        single
    }
}

/// A line of an indicator of which only the beginning could be read.
pub fn spoil(line: &mut Line) {
    match line {
        Line::Case(case) => (case.when, case.then) = (spoiled(&case.when), spoiled(&case.then)),
        Line::Require(require) => require.need = spoiled(&require.need),
        Line::Def(def) => def.value = spoiled(&def.value),
        Line::Score(score) => *score = spoiled(score),
        Line::Field(_) | Line::Todo(_) | Line::Block(_) | Line::Lost { .. } => {}
    }
}

/// The same of 数据.
pub fn spoil_data(line: &mut DataLine) {
    match line {
        DataLine::Def(def) => def.value = spoiled(&def.value),
        DataLine::Require(require) => require.need = spoiled(&require.need),
        DataLine::Decl(_) | DataLine::Group(..) => {}
    }
}

/// Where a line stands.
pub fn place(line: &Line) -> Option<Span> {
    match line {
        Line::Case(case) => Some(case.span),
        Line::Require(require) => Some(require.span),
        Line::Def(def) => Some(def.span),
        Line::Score(score) => Some(score.span),
        Line::Field(_) | Line::Todo(_) | Line::Block(_) | Line::Lost { .. } => None,
    }
}

/// Where a line of 数据 stands.
pub fn data_place(line: &DataLine) -> Option<Span> {
    match line {
        DataLine::Def(def) => Some(def.span),
        DataLine::Require(require) => Some(require.span),
        DataLine::Decl(_) | DataLine::Group(..) => None,
    }
}

/// Stands for an expression of which nothing is known.
pub fn spoiled(expr: &Expr) -> Expr {
    Box::new(At { it: ExprKind::Broken, span: expr.span })
}

/// The first line of a text in the form the grammar reads, up to its comment.
fn first_line(text: &str) -> &str {
    text.lines().next().and_then(|line| line.split(COMMENT).next()).unwrap_or("").trim_end()
}

/// The kinds of block that may stand behind a line that could not be read.
fn kinds_of(line: &str, wanted: Rule) -> &'static [Rule] {
    match wanted {
        Rule::ditem => &[Rule::dbody],
        Rule::pitem => &[Rule::pbody],
        Rule::row_item | Rule::weight_item => &[Rule::held_rows, Rule::body],
        Rule::body_item => &[Rule::body, Rule::held_rows],
        _ => {
            let first = line.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or("");
            let words = [
                "数据",
                "data",
                "参数",
                "params",
                "规则包",
                "pack",
                "方法",
                "method",
                "指标",
                "一级指标",
                "indicator",
                "bonus",
            ];
            let exact = words.contains(&first).then(|| first.to_owned());
            match exact.or_else(|| crate::lower::nearest_name(first, words.into_iter())).as_deref() {
                Some("数据" | "data") => &[Rule::dbody],
                Some("参数" | "params") => &[Rule::pbody],
                Some("方法" | "method") => &[Rule::body, Rule::held_rows],
                Some(_) => &[Rule::body],
                None => &[Rule::body, Rule::dbody, Rule::pbody],
            }
        }
    }
}

/// Whether a line that could not be read has a block.
pub fn holds_block(bad: &Pair<'_, Rule>) -> bool {
    bad.clone().into_inner().any(|part| part.as_rule() == Rule::bad_block)
}

/// The name that a line would have declared, had it been read: its first word that is no keyword.
fn leading_name(line: &str) -> Option<String> {
    let words = line.split(|sign: char| !sign.is_alphanumeric() && sign != '_').filter(|word| !word.is_empty());
    let keyword = |word: &str| keywords::KEYWORDS.iter().any(|keyword| keyword.zh == word || keyword.en == word);
    words.take(2).find(|word| !keyword(word)).map(normal_name)
}

/// The names that a block declares.
fn declared<'b>(block: &Pair<'b, Rule>) -> Vec<Pair<'b, Rule>> {
    let declares = |part: &Pair<'b, Rule>| {
        matches!(part.as_rule(), Rule::decl | Rule::def | Rule::group | Rule::param | Rule::method)
    };
    let name = |part: Pair<'b, Rule>| part.into_inner().find(|inner| inner.as_rule() == Rule::name);
    block.clone().into_inner().flatten().filter(declares).filter_map(name).collect()
}

/// How much of a block could not be read, in bytes.
fn bad_lines(body: &Pair<'_, Rule>) -> usize {
    let parts = body.clone().into_inner().flatten();
    parts.filter(|part| matches!(part.as_rule(), Rule::bad_line | Rule::bad_tail)).map(|part| part.as_str().len()).sum()
}
