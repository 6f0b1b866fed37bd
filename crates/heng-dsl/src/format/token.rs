//! The parts a file is laid out from: tokens with what stood before them, and blocks of things.

use heng_diag::Lang;
use unicode_width::UnicodeWidthStr as _;

use super::spell::Spelling;
use crate::parse::Rule;

/// What a token is, as far as blanks and line breaks go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name, an operator, a keyword: a blank on both sides.
    Word,
    /// A keyword that stands before its operand.
    Prefix,
    /// An attribute's word, before the text it takes.
    Label,
    /// A text in quotes, a citation.
    Text,
    /// A number.
    Number,
    /// The unit of a number.
    Unit,
    /// 保留.
    Round,
    /// 位.
    Places,
    /// 缺报视为.
    MissingAs,
    /// The points of a headline.
    Points,
    /// −a.
    Negative,
    /// The dot before a member.
    Dot,
    /// ，.
    Comma,
    /// A comma between the words of a choice or the ends of a range.
    ListComma,
    /// ：.
    Colon,
    /// ；.
    Semicolon,
    /// 、.
    OrComma,
    /// （ of a call or of parameters.
    CallOpen,
    /// （ around operands.
    GroupOpen,
    /// ）.
    Close,
    /// ( or [ of a range.
    RangeOpen,
    /// ) or ] of a range.
    RangeClose,
    /// （含）, （不含）.
    Edge,
    /// { of a choice.
    ChoiceOpen,
    /// } of a choice.
    ChoiceClose,
    /// { of a block.
    BlockOpen,
    /// } of a block.
    BlockClose,
    /// What stays as it is, with the blanks around it, since it can be read in two ways.
    Verbatim,
    /// What could not be read and stays as it is.
    Unread,
}

/// What stood before a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap<'a> {
    /// The comment at the end of the line before.
    pub trailing: Option<&'a str>,
    /// Comments on lines of their own.
    pub own: Vec<Own<'a>>,
    /// Whether the token begins a line.
    pub broken: bool,
    /// Whether the line before it is empty.
    pub blank: bool,
    /// Whether nothing at all stood there.
    pub touching: bool,
}

/// A comment on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own<'a> {
    /// Whether the line before it is empty.
    pub blank: bool,
    /// The comment with its sign.
    pub text: &'a str,
}

impl Gap<'_> {
    /// Whether a comment stands in it.
    pub fn has_comment(&self) -> bool {
        self.trailing.is_some() || !self.own.is_empty()
    }
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The rule of the grammar.
    pub rule: Rule,
    /// First byte in the original and the byte after the last.
    pub span: (usize, usize),
    /// What it is.
    pub kind: Kind,
    /// How it is written in either language.
    pub spelling: Spelling<'a>,
    /// The language in which it is printed.
    pub lang: Lang,
    /// What stood before it.
    pub gap: Gap<'a>,
    /// The columns it fills in Chinese and in English.
    pub columns: Columns,
}

impl Token<'_> {
    /// The text that is printed.
    pub fn text(&self) -> &str {
        self.spelling.text(self.lang)
    }
}

/// A width in Chinese and in English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Chinese.
    pub zh: usize,
    /// English.
    pub en: usize,
}

impl Columns {
    /// The width of a token.
    pub fn of(spelling: &Spelling<'_>) -> Columns {
        Columns { zh: spelling.zh.width(), en: spelling.en.width() }
    }

    /// The wider of two in either language.
    pub fn max(self, other: Columns) -> Columns {
        Columns { zh: self.zh.max(other.zh), en: self.en.max(other.en) }
    }

    /// Whether neither is wider than `most`.
    pub fn fit(self, most: Columns) -> bool {
        self.zh <= most.zh && self.en <= most.en
    }
}

impl std::ops::Add for Columns {
    type Output = Columns;

    fn add(self, more: Columns) -> Columns {
        Columns { zh: self.zh + more.zh, en: self.en + more.en }
    }
}

/// A part of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// A token.
    Token(Token<'a>),
    /// A block in braces.
    Block(Block<'a>),
}

/// A block in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// {.
    pub open: Token<'a>,
    /// What stands in it, each on a line of its own unless the block is on one line.
    pub things: Vec<Thing<'a>>,
    /// }.
    pub close: Token<'a>,
    /// Whether it stands on one line.
    pub one_line: bool,
}

/// What gets a line of its own: a field, a row, a headline with its block …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing<'a> {
    /// Its parts.
    pub parts: Vec<Part<'a>>,
    /// Whether it is a headline with its block.
    pub headline: bool,
    /// The rule of the grammar.
    pub rule: Rule,
}

impl<'a> Thing<'a> {
    /// Whether its own sign parts it from the next.
    pub fn ends_apart(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Token(last)) if last.kind == Kind::Semicolon)
    }

    /// What stood before it.
    pub fn gap(&self) -> Option<&Gap<'a>> {
        match self.parts.first()? {
            Part::Token(token) => Some(&token.gap),
            Part::Block(block) => Some(&block.open.gap),
        }
    }
}

/// A token with the text by which it is looked at: the printed one, or that of one language.
#[derive(Clone, Copy)]
pub struct Shown<'t, 'a> {
    /// The token.
    pub token: &'t Token<'a>,
    /// The text.
    pub text: &'t str,
}

/// Whether a blank stands between two tokens, with the signs of `lang`.
pub fn blank_between(before: Shown<'_, '_>, after: Shown<'_, '_>, lang: Lang) -> bool {
    use Kind::{
        BlockClose, BlockOpen, CallOpen, ChoiceClose, ChoiceOpen, Close, Colon, Comma, Dot, Edge, GroupOpen, Label,
        ListComma, MissingAs, Negative, Number, OrComma, Places, Prefix, RangeClose, RangeOpen, Round, Semicolon, Text,
        Unit, Unread, Verbatim,
    };
    let latin = |shown: Shown<'_, '_>| shown.text.starts_with(|c: char| c.is_ascii_alphabetic());
    let apart = lang == Lang::En || latin(before) || latin(after);
    if begins_comment(after.text) {
        return false;
    }
    match (before.token.kind, after.token.kind) {
        (BlockOpen, after) => after != BlockClose,
        (_, BlockClose) => true,
        (_, Semicolon) => false,
        (Verbatim, _) | (_, Verbatim) => !after.token.gap.touching,
        (Unread, _) | (_, Unread) => !after.token.gap.touching || words_meet(before.text, after.text),
        (_, Comma | ListComma | Colon | OrComma | Close | RangeClose | ChoiceClose | Dot | CallOpen) => false,
        (CallOpen | GroupOpen | RangeOpen | ChoiceOpen | Dot | Negative | OrComma, _) => false,
        (Comma | Colon | Semicolon, _) => lang == Lang::En,
        (Number | Places, Unit) => latin(after),
        (Prefix, GroupOpen) | (_, Edge) | (Edge, _) | (Close, BlockOpen) | (Label, Text) => apart,
        (MissingAs | Round, _) | (Number, Places) => apart,
        _ => true,
    }
}

/// Whether two texts would run together: 1项 and 甲 hold, but 1 item and 甲 do not.
fn words_meet(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

/// Whether a text would be a comment if a blank stood before it.
pub fn begins_comment(text: &str) -> bool {
    text.starts_with(['#', '＃']) || text.starts_with("//") || text.chars().take(2).eq(['／', '／'])
}
