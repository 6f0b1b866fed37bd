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
        let spot = self.spot(range.clone());
        if error.message().contains("duplicate key") {
            return spot.mark(wording::duplicate(self.text.get(range).unwrap_or("").trim_matches('"')));
        }
        let (start, line) = self.line_around(range.start);
        if let Some((offset, sign, plain)) = full_width_sign(line) {
            let at = start + offset;
            return self.spot(at..at + sign.len_utf8()).mark(wording::toml_full_width(sign, plain));
        }
        let indent = line.len() - line.trim_start().len();
        if let Some(name) = unquoted_name(line.trim_start()) {
            let at = start + indent..start + indent + name.len();
            let refusal = self.spot(at.clone()).mark(wording::toml_quote_key(name));
            return refusal.fix(wording::quote_key_fix(), self.span(at), format!("\"{name}\""));
        }
        spot.mark(wording::toml_syntax(error.message()))
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
fn unquoted_name(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('[');
    let name = line.split(['=', ']', '.', '"', '{']).next().unwrap_or("").trim_end();
    (!name.is_empty() && !name.starts_with('#') && !name.is_ascii()).then_some(name)
}
