//! The scoring table of a pack as it is printed: every group and indicator with its cells.

use std::collections::BTreeMap;

use heng_diag::Lang;
use heng_model::{Node, NodeId, Program, program::NodeKind};
use heng_phrase::{Phrase, decimal};

use crate::field::Field;

/// What stands in the cells of a row.
pub type Cells = BTreeMap<Field, String>;

/// A group or an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Stable over the years: the 编号, else the name, made unique.
    pub key: String,
    /// How deep it stands; 0 for the pack.
    pub level: usize,
    /// Whether nothing stands below it.
    pub leaf: bool,
    /// Its cells; those that are empty are not there.
    pub cells: Cells,
}

impl Row {
    /// The text of a cell; empty where there is none.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        self.cells.get(&field).map_or("", String::as_str)
    }
}

/// The table of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The pack's title.
    pub title: String,
    /// The evaluated year.
    pub year: i16,
    /// The language of the table.
    pub lang: Lang,
    /// The notice's number.
    pub notice: String,
    /// What every output must say.
    pub disclaimers: Vec<String>,
    /// The pack, then every group and indicator from the top.
    pub rows: Vec<Row>,
}

impl Page {
    /// The table of a program.
    #[must_use]
    pub fn of(program: &Program, lang: Lang) -> Page {
        let phrase = Phrase::new(program, lang);
        Page {
            title: program.root().map(|root| root.name.to_string()).unwrap_or_default(),
            year: program.pack.year,
            lang,
            notice: program.pack.notice.as_ref().map(ToString::to_string).unwrap_or_default(),
            disclaimers: program.pack.disclaimers.iter().map(ToString::to_string).collect(),
            rows: program.tree().map(|(id, node)| row(&phrase, id, node)).collect(),
        }
    }

    /// How many levels it has.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.rows.iter().map(|row| row.level).max().unwrap_or(0).max(1)
    }

    /// The columns behind the levels.
    #[must_use]
    pub fn columns(&self) -> Vec<Field> {
        let filled = |field: &Field| self.rows.iter().any(|row| row.leaf && !row.text(*field).is_empty());
        let columns = Field::ALL.into_iter().filter(|field| *field != Field::Name);
        columns.filter(|field| field.always() || filled(field)).collect()
    }

    /// The indicators of the lowest level with the cells of the levels that begin at each.
    pub(crate) fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let mut waiting = Vec::new();
        for (at, row) in self.rows.iter().enumerate().skip(1) {
            waiting.retain(|open: &Span<'_>| open.row.level < row.level);
            let inside = self.rows.iter().skip(at + 1).take_while(|other| other.level > row.level);
            let rows = inside.filter(|other| other.leaf).count().max(1);
            let columns = if row.leaf { (self.depth() + 1).saturating_sub(row.level) } else { 1 };
            waiting.push(Span { row, rows, columns });
            if row.leaf {
                lines.push(Line { row, starts: std::mem::take(&mut waiting) });
            }
        }
        lines
    }
}

/// A row of the printed table.
pub(crate) struct Line<'p> {
    /// The indicator.
    pub(crate) row: &'p Row,
    /// The cells of the levels that begin here, from the top.
    pub(crate) starts: Vec<Span<'p>>,
}

/// A cell of a level, and how far it reaches.
pub(crate) struct Span<'p> {
    pub(crate) row: &'p Row,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Span<'_> {
    /// The lines printed in it: an indicator's points have a column of their own.
    pub(crate) fn label(&self, lang: Lang) -> Vec<String> {
        let points = self.row.text(Field::Points);
        let mut lines = vec![self.row.text(Field::Name).to_owned()];
        if !self.row.leaf && !points.is_empty() {
            lines.push(heng_diag::pick(lang, format!("（{points}分）"), format!("({points} points)")));
        }
        lines
    }
}

/// Name and points of a cell such as 投入（15分）.
pub(crate) fn parted(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    let inner = text.strip_suffix(['）', ')']).and_then(|inner| {
        let at = inner.rfind(['（', '('])?;
        let (name, points) = inner.split_at_checked(at)?;
        Some((name.trim().to_owned(), points_of(points.trim_start_matches(['（', '(']))?))
    });
    inner.map_or_else(|| (text.to_owned(), None), |(name, points)| (name, Some(points)))
}

/// A number of points as it is printed: 15, 15分, +5, 15 points.
pub(crate) fn points_of(text: &str) -> Option<String> {
    let text: String = text.chars().map(heng_model::name::half_width).filter(|sign| !sign.is_whitespace()).collect();
    let text = text.replace(['−', '－'], "-");
    let bare = ["分", "points", "point"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
    let signed = bare.starts_with('+');
    let number: heng_model::Number = bare.trim_start_matches('+').parse().ok()?;
    let number = number.decimal_text()?;
    Some(if signed { format!("+{number}") } else { number })
}

fn row(phrase: &Phrase<'_>, id: NodeId, node: &Node) -> Row {
    let leaf = node.children.is_empty();
    let text = |text: &Option<heng_model::Name>| text.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut cells = vec![(Field::Name, node.name.to_string()), (Field::Points, points(node))];
    if leaf {
        cells.extend([
            (Field::Criterion, phrase.criterion(id)),
            (Field::Meaning, text(&node.meaning)),
            (Field::Evidence, text(&node.evidence)),
            (Field::Basis, text(&node.cite.basis)),
            (Field::Source, text(&node.cite.source)),
            (Field::Note, text(&node.note)),
            (Field::Status, node.cite.status.map(|status| phrase.status(status).to_owned()).unwrap_or_default()),
        ]);
    }
    let cells = cells.into_iter().map(|(field, text)| (field, tidy(&text))).filter(|(_, text)| !text.is_empty());
    Row { key: node.key.to_string(), level: usize::from(node.level), leaf, cells: cells.collect() }
}

fn points(node: &Node) -> String {
    let points = decimal(&node.full);
    match (node.pointless, node.kind) {
        (true, _) => String::new(),
        (false, NodeKind::Bonus) if !node.full.is_negative() => format!("+{points}"),
        (false, _) => points,
    }
}

/// A text on one line, one blank between words.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What two cells must share to say the same: widths, kinds of quotes, and blanks beside Chinese signs
/// are none of it.
#[must_use]
pub fn plain(text: &str) -> String {
    let fold = |sign: char| match heng_model::name::half_width(sign) {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        '−' | '–' | '—' => '-',
        other => other,
    };
    let (mut out, mut blank, mut last) = (String::new(), false, None);
    for sign in text.chars().filter(|sign| !matches!(sign, '\u{feff}' | '\u{200b}' | '\u{ad}')) {
        if sign.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && sign.is_ascii() && last.is_some_and(|last: char| last.is_ascii()) {
            out.push(' ');
        }
        (blank, last) = (false, Some(sign));
        out.push(fold(sign));
    }
    out
}

/// A criterion with each of its clauses on a line of its own, but for those in brackets.
pub(crate) fn clauses(said: &str) -> Vec<String> {
    let (mut lines, mut depth) = (vec![String::new()], 0_usize);
    for sign in said.chars() {
        if let Some(line) = lines.last_mut() {
            line.push(sign);
        }
        match sign {
            '（' | '(' | '{' | '[' | '「' => depth += 1,
            '）' | ')' | '}' | ']' | '」' => depth = depth.saturating_sub(1),
            '；' | '。' | ';' if depth == 0 => lines.push(String::new()),
            _ => {}
        }
    }
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}
