//! Lines. A thing gets a line; a block that stood on one line stays on it while that is short; a
//! thing that was broken over lines is joined where it fits and keeps its breaks where it does not.
//!
//! Whether something fits is asked in both languages at once, so that a file and its twin in the
//! other language break in the same places.

use heng_diag::Lang;

use super::{
    read::Document,
    spell::Spelling,
    token::{Block, Columns, Gap, Kind, Part, Shown, Thing, Token, blank_between},
};

/// Blanks per level.
const LEVEL: usize = 4;
/// How wide a line may become by joining.
const MOST: usize = 100;

/// A line before blanks are put in for alignment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line<'a> {
    /// Blanks at its start.
    pub indent: usize,
    /// What stands on it.
    pub text: String,
    /// Where the points of a headline begin, when its block is on the line too.
    pub points: Option<usize>,
    /// The comment at its end.
    pub comment: Option<&'a str>,
    /// Whether an empty line stands before it.
    pub blank: bool,
}

/// Lays a document out in lines.
pub fn lines<'a>(document: &'a Document<'a>) -> Vec<Line<'a>> {
    let separator = Spelling::sign("；", ";");
    let columns = Columns::of(&separator);
    let gap = Gap::default();
    let separator = Token { kind: Kind::Semicolon, spelling: separator, lang: document.lang, gap, columns };
    let mut layout = Layout { lang: document.lang, separator, lines: Vec::new() };
    layout.things(&document.things, 0);
    layout.comments(&document.end, 0, false);
    layout.lines
}

struct Layout<'a> {
    lang: Lang,
    /// What parts the things of a block on one line.
    separator: Token<'a>,
    lines: Vec<Line<'a>>,
}

/// A line that is being written.
struct Pen<'t, 'a> {
    lang: Lang,
    indent: usize,
    text: String,
    columns: Columns,
    points: Option<usize>,
    last: Option<&'t Token<'a>>,
}

impl<'t, 'a> Pen<'t, 'a> {
    fn at(indent: usize, lang: Lang) -> Pen<'t, 'a> {
        Pen { lang, indent, text: String::new(), columns: Columns::both(indent * LEVEL), points: None, last: None }
    }

    fn write(&mut self, token: &'t Token<'a>) {
        if let Some(last) = self.last
            && blank_between(Shown { token: last, text: last.text() }, Shown { token, text: token.text() }, self.lang)
        {
            self.text.push(' ');
        }
        if token.kind == Kind::Points {
            self.points = Some(self.text.len());
        }
        self.text.push_str(token.text());
        self.columns = self.columns + step(self.last, token);
        self.last = Some(token);
    }
}

/// What a token adds to the width of a line, its blank included.
fn step(last: Option<&Token<'_>>, token: &Token<'_>) -> Columns {
    let blank = |lang: Lang| {
        let shown = |token| Shown { token, text: Token::spelled(token, lang) };
        usize::from(last.is_some_and(|last| blank_between(shown(last), shown(token), lang)))
    };
    token.columns + Columns { zh: blank(Lang::Zh), en: blank(Lang::En) }
}

impl<'a> Layout<'a> {
    /// Things one below the other.
    fn things<'t>(&mut self, things: &'t [Thing<'a>], indent: usize) {
        let mut before: Option<(bool, bool)> = None;
        for thing in things {
            let start = self.lines.len();
            if let Some(gap) = thing.gap() {
                self.comments(gap, indent, before.is_none());
            }
            let own = self.lines.len();
            self.thing(thing, indent, before.is_none() && own == start);
            let long = self.lines.len() > own + 1;
            if before.is_some_and(|(headline, was_long)| headline && thing.headline && (long || was_long)) {
                self.part(start, own);
            }
            before = Some((thing.headline, long));
        }
    }

    /// Puts an empty line between what ends before line `start` and what begins at line `own`, before
    /// the comments that belong to the latter.
    fn part(&mut self, start: usize, own: usize) {
        let between = self.lines.get_mut(start..=own).unwrap_or_default();
        if !between.iter().any(|line| line.blank)
            && let Some(first) = between.first_mut()
        {
            first.blank = true;
        }
    }

    /// The comments before a token. At the `start` of a file an empty line before them means nothing.
    fn comments(&mut self, gap: &Gap<'a>, indent: usize, start: bool) {
        if let (Some(comment), Some(line)) = (gap.trailing, self.lines.last_mut()) {
            line.comment = Some(comment);
        }
        for (index, comment) in gap.own.iter().enumerate() {
            let blank = comment.blank && !(start && index == 0 && self.lines.is_empty());
            self.lines.push(Line { indent, text: comment.text.to_owned(), blank, ..Line::default() });
        }
    }

    fn thing<'t>(&mut self, thing: &'t Thing<'a>, indent: usize, first: bool) {
        let own = self.lines.len();
        let broken = thing.parts.iter().skip(1).filter_map(outer_gap);
        let (broken, comments) = broken.fold((false, false), |(broken, comments), gap| {
            (broken || gap.broken, comments || gap.has_comment())
        });
        let joins = !broken || (!comments && self.joined(thing, indent));
        if joins && broken {
            self.lines.truncate(own);
        }
        self.write(thing, indent, !joins);
        let blank = thing.gap().is_some_and(|gap| gap.blank) && !(first && self.lines.len() == own + 1 && own == 0);
        if let Some(line) = self.lines.get_mut(own) {
            line.blank = blank && own > 0;
        }
        if let Some(line) = self.lines.get_mut(own).filter(|_| self.lines_after(own) > 0) {
            line.points = None;
        }
    }
}
