//! The outline of a rule file: what has a name or an address, and where in the text it stands. It is
//! what amendments are applied to and what two years are compared by: it knows the words of a file
//! and none of their meaning, so nothing is lost on the way from one year's text to the next.

use std::ops::Range;

use heng_diag::{Diagnostic, FileId};
use heng_model::name::normal_name;
use pest::iterators::Pair;

use crate::{
    format::{
        read,
        token::{Kind as TokenKind, Part, Thing},
    },
    parse::{Prepared, Rule, prepare},
};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pack,
    Node,
    Data,
    Params,
    Method,
    Group,
    Decl,
    Def,
    Field,
    Line,
    Row,
}

/// A stretch of text that can be replaced by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Where it stands.
    pub span: Range<usize>,
    /// Its words, in Chinese, one blank between them.
    pub text: String,
}

/// Something with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its name, the word of a field, the cells of a row; empty for other lines.
    pub key: String,
    /// All its words.
    pub text: String,
    /// Where it stands.
    pub span: Range<usize>,
    /// What stands behind its colon or sign, attributes apart.
    pub value: Option<Slot>,
    /// The points of a headline.
    pub points: Option<Slot>,
    /// The name in a headline, the cells of a row.
    pub name: Option<Slot>,
    /// What stands behind 每.
    pub step: Option<Slot>,
    /// 分档, 计分 or 扣分, for a row.
    pub block: String,
    /// What stands between its braces.
    pub inside: Option<Range<usize>>,
    /// What stands in it, in order.
    pub children: Vec<Entry>,
}

/// A word of a file.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its rule.
    pub rule: Rule,
    /// Where it stands.
    pub span: Range<usize>,
    /// In Chinese.
    pub text: String,
}

/// A file as words and pairs.
pub struct Words(pub Vec<Word>);

impl Words {
    /// The words of a text; none where it cannot be read at all.
    pub fn read(text: &str) -> Option<Words> {
        let mut diagnostics = Vec::new();
        let prepared = prepare(FileId(0), text, &mut diagnostics)?;
        let root = prepared.pairs(&mut diagnostics)?;
        Some(Words::of(&prepared, text, root, &diagnostics))
    }

    /// The words of a prepared text.
    pub fn of(prepared: &Prepared, text: &str, root: Pair<'_, Rule>, diagnostics: &[Diagnostic]) -> Words {
        let document = read::read(prepared, text, root, diagnostics, None);
        let mut words = Vec::new();
        document.things.iter().for_each(|thing| collect(thing, &mut words));
        Words(words)
    }

    /// The words in a stretch.
    pub fn within(&self, span: &Range<usize>) -> &[Word] {
        let start = self.0.partition_point(|word| word.span.start < span.start);
        let end = self.0.partition_point(|word| word.span.start < span.end);
        self.0.get(start..end).unwrap_or_default()
    }

    /// A stretch without the blanks around it.
    pub fn slot(&self, span: &Range<usize>) -> Option<Slot> {
        let words = self.within(span);
        let (first, last) = (words.first()?, words.last()?);
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Some(Slot { span: first.span.start..last.span.end, text })
    }
}

fn collect(thing: &Thing<'_>, words: &mut Vec<Word>) {
    for part in &thing.parts {
        match part {
            Part::Token(token) => push(token, words),
            Part::Block(block) => {
                push(&block.open, words);
                block.things.iter().for_each(|thing| collect(thing, words));
                push(&block.close, words);
            }
        }
    }
}

fn push(token: &crate::format::token::Token<'_>, words: &mut Vec<Word>) {
    if token.kind == TokenKind::Semicolon {
        return;
    }
    // Which level a headline names follows from where it stands.
    let text = if token.rule == Rule::kw_indicator { "指标".to_owned() } else { token.spelling.zh.to_string() };
    words.push(Word { rule: token.rule, span: token.span.0..token.span.1, text });
}

/// Reads the outline of a text; none where it cannot be read at all.
pub fn outline(text: &str) -> Option<Vec<Entry>> {
    outline_and_words(text).map(|(entries, _)| entries)
}

/// The same, with the words that it was made of.
pub fn outline_and_words(text: &str) -> Option<(Vec<Entry>, Words)> {
    let mut diagnostics = Vec::new();
    let prepared = prepare(FileId(0), text, &mut diagnostics)?;
    let root = prepared.pairs(&mut diagnostics)?;
    let words = Words::of(&prepared, text, root.clone(), &diagnostics);
    let reader = Reader { prepared: &prepared, words: &words };
    let mut entries = Vec::new();
    reader.children(root, "", &mut entries);
    Some((entries, words))
}

/// Reads entries from pairs.
pub struct Reader<'a> {
    /// The text as it was prepared.
    pub prepared: &'a Prepared,
    /// Its words.
    pub words: &'a Words,
}

impl Reader<'_> {
    /// Where a pair stands in the original.
    pub fn span(&self, pair: &Pair<'_, Rule>) -> Range<usize> {
        let span = self.prepared.span(pair.as_span().start(), pair.as_span().end());
        span.start as usize..span.end as usize
    }

    /// The words of a pair.
    pub fn slot(&self, pair: &Pair<'_, Rule>) -> Option<Slot> {
        self.words.slot(&self.span(pair))
    }

    fn children(&self, pair: Pair<'_, Rule>, block: &str, out: &mut Vec<Entry>) {
        let mut block = block.to_owned();
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::kw_bands => "分档".clone_into(&mut block),
                Rule::kw_checks => "计分".clone_into(&mut block),
                Rule::kw_deduct => "扣分".clone_into(&mut block),
                _ => {}
            }
            match kind(&inner) {
                Some(kind) => out.extend(self.entry(kind, inner, &block)),
                None => self.children(inner, &block, out),
            }
        }
    }

    fn entry(&self, kind: Kind, pair: Pair<'_, Rule>, block: &str) -> Option<Entry> {
        let Slot { span, text } = self.slot(&pair)?;
        let mut entry = Entry {
            kind,
            key: String::new(),
            text,
            span,
            value: None,
            points: None,
            name: None,
            step: None,
            block: block.to_owned(),
            inside: None,
            children: Vec::new(),
        };
        self.parts(&pair, &mut entry);
        self.children(pair, "", &mut entry.children);
        entry.key = match (kind, &entry.name) {
            (Kind::Pack | Kind::Node | Kind::Method | Kind::Group | Kind::Decl | Kind::Def, Some(name)) => {
                plain_name(&name.text)
            }
            (_, Some(name)) => name.text.clone(),
            (_, None) => String::new(),
        };
        Some(entry)
    }

    fn parts(&self, pair: &Pair<'_, Rule>, entry: &mut Entry) {
        let whole = self.span(pair);
        let (mut behind, mut open, mut end) = (None, None, None);
        for part in pair.clone().into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::head | Rule::field_key | Rule::cells | Rule::weight_names if entry.name.is_none() => {
                    entry.name = self.words.slot(&span);
                }
                Rule::name if entry.name.is_none() => entry.name = self.words.slot(&span),
                Rule::points => entry.points = self.words.slot(&span),
                Rule::step => {
                    let amount = part.into_inner().find(|part| part.as_rule() == Rule::arith);
                    entry.step = amount.and_then(|amount| self.slot(&amount));
                }
                Rule::open => open = Some(span.end),
                Rule::close => entry.inside = open.map(|open| open..span.start),
                Rule::colon | Rule::gets if behind.is_none() => behind = Some(span.end),
                Rule::rows | Rule::weight_rows | Rule::type_ => self.braces(&part, entry),
                Rule::attr => end = end.or(Some(span.start)),
                _ => {}
            }
        }
        let valued = matches!(entry.kind, Kind::Field | Kind::Def | Kind::Decl | Kind::Row);
        if let Some(behind) = behind.filter(|_| valued) {
            entry.value = self.words.slot(&(behind..end.unwrap_or(whole.end)));
            // The comma before an attribute is none of the value.
            if end.is_some()
                && let Some(value) = &mut entry.value
            {
                let words = self.words.within(&value.span);
                let kept = words.strip_suffix_comma();
                if let (Some(first), Some(last)) = (kept.first(), kept.last()) {
                    let text = kept.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
                    *value = Slot { span: first.span.start..last.span.end, text };
                }
            }
        }
    }

    /// The braces of a table or of rows.
    fn braces(&self, pair: &Pair<'_, Rule>, entry: &mut Entry) {
        let mut open = None;
        for part in pair.clone().into_inner().flatten() {
            match part.as_rule() {
                Rule::open if open.is_none() => open = Some(self.span(&part).end),
                Rule::close => entry.inside = open.map(|open| open..self.span(&part).start),
                _ => {}
            }
        }
    }
}

trait StripComma {
    fn strip_suffix_comma(&self) -> &Self;
}

impl StripComma for [Word] {
    fn strip_suffix_comma(&self) -> &[Word] {
        match self.split_last() {
            Some((last, rest)) if last.rule == Rule::comma => rest,
            _ => self,
        }
    }
}

fn kind(pair: &Pair<'_, Rule>) -> Option<Kind> {
    Some(match pair.as_rule() {
        Rule::block => match pair.clone().into_inner().next().map(|word| word.as_rule()) {
            Some(Rule::kw_pack) => Kind::Pack,
            _ => Kind::Node,
        },
        Rule::data => Kind::Data,
        Rule::params => Kind::Params,
        Rule::method => Kind::Method,
        Rule::group => Kind::Group,
        Rule::decl => Kind::Decl,
        Rule::def => Kind::Def,
        Rule::field => Kind::Field,
        Rule::case | Rule::require | Rule::score | Rule::todo => Kind::Line,
        Rule::row | Rule::weight_row => Kind::Row,
        _ => return None,
    })
}

/// A name without the quotes around it, in normal form.
pub fn plain_name(text: &str) -> String {
    let text = text.trim();
    let quoted = |(open, close): (char, char)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(close)).then_some(inner)
    };
    normal_name([('“', '”'), ('"', '"'), ('「', '」')].into_iter().find_map(quoted).unwrap_or(text))
}

impl Entry {
    /// A child that is a field with this word.
    pub fn fields<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.children.iter().filter(move |child| child.kind == Kind::Field && child.key == word)
    }

    /// What identifies an indicator over the years, where it has an 编号.
    pub fn id(&self) -> Option<&str> {
        self.fields("编号").next()?.value.as_ref().map(|value| value.text.as_str())
    }

    /// The lines that give its score: everything but fields and what stands below it.
    pub fn criterion(&self) -> Vec<&Entry> {
        self.children.iter().filter(|child| matches!(child.kind, Kind::Line | Kind::Def)).collect()
    }

    /// The indicators below it.
    pub fn nodes(&self) -> impl Iterator<Item = &Entry> {
        self.children.iter().filter(|child| child.kind == Kind::Node)
    }
}
