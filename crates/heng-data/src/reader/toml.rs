//! TOML, with the source text of every number and the place of every name.

use std::ops::Range;

use ::toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
    value::Datetime,
};
use heng_diag::{Diagnostic, FileId, Sources, Span};
use heng_model::{Date, Name};

use crate::{
    raw::{Entry, Kind, Node, Scalar, Spot},
    wording,
};

/// Reads a TOML text; every mistake in its form is reported.
pub(crate) fn read(name: &str, text: &str, sources: &mut Sources) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let id = sources.add(name, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let file = File { name: name.into(), id, text, sources };
    if errors.is_empty() { Ok(file.entries(table.get_ref())) } else { Err(file.refusals(&errors)) }
}

struct File<'t> {
    name: Name,
    id: FileId,
    text: &'t str,
    sources: &'t Sources,
}

impl File<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file: self.id, start: offset(range.start), end: offset(range.end) }
    }

    fn line(&self, span: Span) -> u32 {
        self.sources.get(self.id).map_or(1, |file| file.line(span.start))
    }

    fn spot(&self, range: Range<usize>) -> Spot {
        let span = self.span(range);
        Spot::Text { file: self.name.clone(), span, line: self.line(span), pointer: None }
    }

    /// The entries in the order in which they are written.
    fn entries(&self, table: &DeTable<'_>) -> Vec<Entry> {
        let mut pairs: Vec<_> = table.iter().collect();
        pairs.sort_by_key(|(name, _)| name.span().start);
        let entry = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| Entry {
            name: ToString::to_string(name.get_ref() as &std::borrow::Cow<'_, str>),
            at: self.spot(name.span()),
            node: self.node(value),
        };
        pairs.into_iter().map(entry).collect()
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let at = self.spot(value.span());
        let kind = match value.get_ref() {
            DeValue::String(text) => return Node::text(text, at),
            DeValue::Integer(number) if number.radix() == 10 => {
                Kind::Scalar(Scalar::Number(number.as_str().to_owned()))
            }
            DeValue::Integer(number) => Kind::Scalar(Scalar::Number(number.to_string())),
            DeValue::Float(number) => Kind::Scalar(Scalar::Number(number.as_str().to_owned())),
            DeValue::Boolean(yes) => Kind::Scalar(Scalar::Bool(*yes)),
            DeValue::Datetime(moment) => Kind::Scalar(date(moment)),
            DeValue::Array(items) => Kind::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Kind::Table(self.entries(table)),
        };
        Node { kind, at }
    }

    fn refusals(&self, errors: &[Error]) -> Vec<Diagnostic> {
        let mut refusals: Vec<Diagnostic> = Vec::new();
        for error in errors {
            let refusal = self.refusal(error);
            let line = |d: &Diagnostic| d.primary.as_ref().map(|label| self.line(label.span));
            if refusals.last().map(line) != Some(line(&refusal)) {
                refusals.push(refusal);
            }
        }
        refusals
    }

    /// The parser's error in the words of whoever wrote the file; one per line, since the second of a
    /// line only follows from the first.
    fn refusal(&self, error: &Error) -> Diagnostic {
        let range = error.span().unwrap_or(0..0);
        if error.message().contains("duplicate key") {
            return self.duplicate(range);
        }
        let (start, line) = self.line_around(range.start);
        if let Some((offset, sign, plain)) = full_width_sign(line) {
            let at = start + offset;
            return self.spot(at..at + sign.len_utf8()).mark(wording::toml_full_width(sign, plain));
        }
        let found = unquoted_name(line).map(|at| (at, true)).or_else(|| unquoted_value(line).map(|at| (at, false)));
        let Some((at, is_name)) = found else {
            return self.spot(range).mark(wording::toml_syntax(error.message()));
        };
        let at = start + at.start..start + at.end;
        let word = self.text.get(at.clone()).unwrap_or("");
        let refusal = self.spot(at.clone()).mark(wording::toml_quotes(word, is_name));
        refusal.fix(wording::quotes_fix(), self.span(at), format!("\"{word}\""))
    }

    /// A name given twice in one section, with the place where it stood first.
    fn duplicate(&self, range: Range<usize>) -> Diagnostic {
        let name = self.text.get(range.clone()).unwrap_or("");
        let twice = self.spot(range.clone()).mark(wording::duplicate(name.trim_matches('"')));
        let before = self.text.get(..self.line_around(range.start).0).unwrap_or("");
        let mut end = before.len();
        for line in before.lines().rev() {
            end = before.get(..end).and_then(|text| text.rfind(line)).unwrap_or(0);
            if let Some(at) =
                line.find(name).filter(|at| line.get(..*at).is_some_and(|indent| indent.trim().is_empty()))
            {
                return self.spot(end + at..end + at + name.len()).mark_first(twice);
            }
        }
        twice
    }

    /// The line around an offset, and where it starts.
    fn line_around(&self, offset: usize) -> (usize, &str) {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = self.text.get(start..).unwrap_or("");
        (start, rest.lines().next().unwrap_or(""))
    }
}

fn date(moment: &Datetime) -> Scalar {
    let day = moment.date.filter(|_| moment.time.is_none());
    let read = day.and_then(|day| {
        let year = i16::try_from(day.year).ok()?;
        Date::new(year, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok()
    });
    read.map_or_else(|| Scalar::Text(moment.to_string()), Scalar::Date)
}

/// The first full-width sign outside quotes that should be a plain one.
fn full_width_sign(line: &str) -> Option<(usize, char, char)> {
    let mut quoted = false;
    for (offset, sign) in line.char_indices() {
        let plain = match sign {
            '"' => {
                quoted = !quoted;
                continue;
            }
            '#' if !quoted => return None,
            '“' | '”' | '＂' => '"',
            '＝' => '=',
            '［' | '【' => '[',
            '］' | '】' => ']',
            '｛' => '{',
            '｝' => '}',
            '，' => ',',
            '．' => '.',
            _ => continue,
        };
        if !quoted {
            return Some((offset, sign, plain));
        }
    }
    None
}

/// A name that starts the line without quotes and is not ASCII.
fn unquoted_name(line: &str) -> Option<Range<usize>> {
    let rest = line.trim_start().trim_start_matches('[').trim_start();
    let name = rest.split(['=', ']', '.', '"', '{', '#']).next().unwrap_or("").trim_end();
    let start = line.len() - rest.len();
    (!name.is_ascii()).then_some(start..start + name.len())
}

/// A value that follows `=` without quotes and is not ASCII, such as `12万元`.
fn unquoted_value(line: &str) -> Option<Range<usize>> {
    let (_, rest) = line.rsplit_once('=')?;
    let rest = rest.trim_start();
    let value = rest.split(['"', '[', '{', '#', ',', '}', ']']).next().unwrap_or("").trim_end();
    let start = line.len() - rest.len();
    (!value.is_ascii()).then_some(start..start + value.len())
}
