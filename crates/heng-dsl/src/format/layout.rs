//! Lines. A thing gets a line; a block that stood on one line stays on it while that is short; a
//! thing that was broken over lines is joined where it fits and keeps its breaks where it does not.
//!
//! Whether something fits is asked in both languages at once, so that a file and its twin in the
//! other language break in the same places.

use heng_diag::Lang;

use crate::parse::Rule;

use super::{
    read::Document,
    spell::Spelling,
    token::{Block, Columns, Gap, Kind, Part, Shown, Thing, Token, blank_between},
};

/// Blanks per level.
pub const LEVEL: usize = 4;
/// How wide a line may become by joining or staying whole, its indentation apart: a block that moves
/// to another level keeps its shape. The words of English are longer, so it is given more room; else
/// Chinese files would break for the sake of a twin that most of them never get.
const MOST: Columns = Columns { zh: 100, en: 120 };

/// A line before blanks are put in for alignment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line<'a> {
    /// Levels at its start.
    pub indent: usize,
    /// What stands on it.
    pub text: String,
    /// Where the points of a headline begin and end, when its block is on the line too.
    pub points: Option<(usize, usize)>,
    /// The comment at its end.
    pub comment: Option<&'a str>,
    /// Whether an empty line stands before it.
    pub blank: bool,
}

/// Lays a document out in lines.
pub fn lines<'a>(document: &Document<'a>) -> Vec<Line<'a>> {
    let spelling = Spelling::sign("；", ";");
    let columns = Columns::of(&spelling);
    let separator = Token {
        rule: Rule::semi,
        span: (0, 0),
        kind: Kind::Semicolon,
        spelling,
        lang: document.lang,
        gap: Gap::default(),
        columns,
    };
    let mut layout = Layout { lang: document.lang, separator: &separator, lines: Vec::new() };
    layout.things(&document.things, 0);
    layout.comments(&document.end, 0);
    layout.lines
}

struct Layout<'t, 'a> {
    lang: Lang,
    /// What parts the things of a block on one line.
    separator: &'t Token<'a>,
    lines: Vec<Line<'a>>,
}

/// What a thing is laid out into; its blocks are laid out when it is settled.
enum Piece<'t, 'a> {
    Line(Line<'a>),
    Comments(&'t Gap<'a>, usize),
    Block(&'t Block<'a>, usize),
}

impl<'t, 'a> Layout<'t, 'a> {
    /// Things one below the other.
    fn things(&mut self, things: &'t [Thing<'a>], indent: usize) {
        let mut before = (false, false);
        for thing in things {
            let start = self.lines.len();
            if let Some(gap) = thing.gap() {
                self.comments(gap, indent);
            }
            let own = self.lines.len();
            self.thing(thing, indent);
            let long = self.lines.len() > own + 1 || thing.rule == Rule::proof;
            let (headline, was_long) = before;
            if headline && thing.headline && (long || was_long) {
                self.part(start, own);
            }
            before = (thing.headline, long);
        }
    }

    /// Puts an empty line between what ends before line `start` and what begins at line `own`, above
    /// the comments that belong to the latter.
    fn part(&mut self, start: usize, own: usize) {
        let between = self.lines.get_mut(start..=own).unwrap_or_default();
        if !between.iter().any(|line| line.blank)
            && let Some(first) = between.first_mut()
        {
            first.blank = true;
        }
    }

    fn comments(&mut self, gap: &Gap<'a>, indent: usize) {
        if let (Some(comment), Some(line)) = (gap.trailing, self.lines.last_mut()) {
            line.comment = Some(comment);
        }
        for comment in &gap.own {
            let blank = comment.blank && !self.lines.is_empty();
            self.lines.push(Line { indent, text: comment.text.to_owned(), blank, ..Line::default() });
        }
    }

    fn thing(&mut self, thing: &'t Thing<'a>, indent: usize) {
        let breaks = || thing.parts.iter().skip(1).map(gap_before);
        let (mut pieces, widest) = self.pieces(thing, indent, false);
        let keeps = breaks().any(|gap| gap.broken) && (breaks().any(Gap::has_comment) || !widest.fit(MOST));
        if keeps {
            (pieces, _) = self.pieces(thing, indent, true);
        }
        let whole = pieces.len() == 1;
        let blank = thing.gap().is_some_and(|gap| gap.blank) && !self.lines.is_empty();
        for (index, piece) in pieces.into_iter().enumerate() {
            match piece {
                Piece::Line(line) => {
                    let points = line.points.filter(|_| whole);
                    self.lines.push(Line { points, blank: blank && index == 0, ..line });
                }
                Piece::Comments(gap, indent) => self.comments(gap, indent),
                Piece::Block(block, indent) => {
                    self.things(&block.things, indent + 1);
                    self.comments(&block.close.gap, indent + 1);
                }
            }
        }
    }

    /// Lays a thing out, with its own line breaks or without them, and says how wide it gets.
    fn pieces(&self, thing: &'t Thing<'a>, indent: usize, breaks: bool) -> (Vec<Piece<'t, 'a>>, Columns) {
        let mut pieces = Vec::new();
        let mut widest = Columns::default();
        let mut pen = Pen::at(indent, self.lang);
        for (index, part) in thing.parts.iter().enumerate() {
            let gap = gap_before(part);
            if breaks && index > 0 && gap.broken {
                widest = widest.max(pen.columns);
                pieces.push(Piece::Line(pen.line()));
                pieces.push(Piece::Comments(gap, indent + 1));
                pen = Pen::at(if closes(part) { indent } else { indent + 1 }, self.lang);
            }
            match part {
                Part::Token(token) => pen.write(token),
                Part::Block(block)
                    if self.stays(block, &pen, thing.parts.get(index + 1..).unwrap_or_default(), breaks) =>
                {
                    self.flat(block, &mut |token| pen.write(token));
                }
                Part::Block(block) => {
                    pen.write(&block.open);
                    let indent = pen.indent;
                    widest = widest.max(pen.columns);
                    pieces.push(Piece::Line(pen.line()));
                    pieces.push(Piece::Block(block, indent));
                    pen = Pen::at(indent, self.lang);
                    pen.write(&block.close);
                }
            }
        }
        widest = widest.max(pen.columns);
        pieces.push(Piece::Line(pen.line()));
        (pieces, widest)
    }

    /// Whether a block stays on the line that `pen` writes.
    fn stays(&self, block: &'t Block<'a>, pen: &Pen<'t, 'a>, rest: &'t [Part<'a>], breaks: bool) -> bool {
        if block.things.is_empty() && !block.close.gap.has_comment() {
            return true;
        }
        if !block.one_line {
            return false;
        }
        let (mut columns, mut last) = (pen.columns, pen.last);
        let mut measure = |token: &'t Token<'a>| {
            columns = columns + step(last, token);
            last = Some(token);
        };
        self.flat(block, &mut measure);
        for part in rest {
            match part {
                Part::Token(token) if !(breaks && token.gap.broken) => measure(token),
                _ => break,
            }
        }
        columns.fit(MOST)
    }

    /// The tokens of a block on one line.
    fn flat(&self, block: &'t Block<'a>, each: &mut dyn FnMut(&'t Token<'a>)) {
        each(&block.open);
        for (index, thing) in block.things.iter().enumerate() {
            let last = index.checked_sub(1).and_then(|before| block.things.get(before)).map(Thing::ends_apart);
            if last == Some(false) {
                each(self.separator);
            }
            for part in &thing.parts {
                match part {
                    Part::Token(token) => each(token),
                    Part::Block(inner) => self.flat(inner, each),
                }
            }
        }
        each(&block.close);
    }
}

fn gap_before<'t, 'a>(part: &'t Part<'a>) -> &'t Gap<'a> {
    match part {
        Part::Token(token) => &token.gap,
        Part::Block(block) => &block.open.gap,
    }
}

/// Whether a part closes brackets that a line before it opened.
fn closes(part: &Part<'_>) -> bool {
    matches!(part, Part::Token(token) if matches!(token.kind, Kind::Close | Kind::ChoiceClose | Kind::RangeClose))
}

/// A line that is being written.
struct Pen<'t, 'a> {
    lang: Lang,
    indent: usize,
    text: String,
    columns: Columns,
    points: Option<(usize, usize)>,
    last: Option<&'t Token<'a>>,
}

impl<'t, 'a> Pen<'t, 'a> {
    fn at(indent: usize, lang: Lang) -> Pen<'t, 'a> {
        Pen { lang, indent, text: String::new(), columns: Columns::default(), points: None, last: None }
    }

    fn write(&mut self, token: &'t Token<'a>) {
        let shown = |token: &'t Token<'a>| Shown { token, text: token.text() };
        if self.last.is_some_and(|last| blank_between(shown(last), shown(token), self.lang)) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(token.text());
        if token.kind == Kind::Points {
            self.points = Some((start, self.text.len()));
        }
        self.columns = self.columns + step(self.last, token);
        self.last = Some(token);
    }

    fn line(self) -> Line<'a> {
        Line { indent: self.indent, text: self.text, points: self.points, comment: None, blank: false }
    }
}

/// What a token adds to the width of a line, its blank included.
fn step(last: Option<&Token<'_>>, token: &Token<'_>) -> Columns {
    let blank = |lang: Lang| {
        let after = Shown { token, text: token.spelling.text(lang) };
        let between = |last| blank_between(Shown { token: last, text: last.spelling.text(lang) }, after, lang);
        usize::from(last.is_some_and(between))
    };
    token.columns + Columns { zh: blank(Lang::Zh), en: blank(Lang::En) }
}
