//! JSON, read with our own small parser: it keeps the digits of numbers, the place of every name,
//! and names that are given twice.

use heng_diag::{Diagnostic, FileId, Sources, Span};
use heng_model::Name;

use crate::{
    raw::{Entry, Kind, Node, Scalar, Spot},
    wording::{self, JsonFault},
};

/// How deep a document may be nested.
const MOST_DEPTH: usize = 32;

/// Reads a JSON text. The first mistake in its form ends the reading.
pub(crate) fn read(name: &str, text: &str, sources: &mut Sources) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let file = sources.add(name, text);
    let mut parser = Parser { text, at: 0, depth: 0, name: name.into(), file, sources, path: Vec::new() };
    parser.document().map_err(|fault| {
        let at = parser.spot(parser.at, parser.at);
        vec![at.mark(wording::json_syntax(fault))]
    })
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    name: Name,
    file: FileId,
    sources: &'t Sources,
    /// Where in the document the parser is, each step escaped as in RFC 6901.
    path: Vec<String>,
}

type Parsed<T> = Result<T, JsonFault>;

impl Parser<'_> {
    fn spot(&self, start: usize, end: usize) -> Spot {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span { file: self.file, start: offset(start), end: offset(end) };
        let line = self.sources.get(self.file).map_or(1, |file| file.line(span.start));
        let pointer: String = self.path.iter().flat_map(|step| ["/", step.as_str()]).collect();
        Spot::Text { file: self.name.clone(), span, line, pointer: Some(pointer.into()) }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// Takes `sign` after blanks, or says that `what` was due.
    fn sign(&mut self, sign: u8, what: &'static str) -> Parsed<()> {
        self.blanks();
        match self.peek() {
            Some(found) if found == sign => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(JsonFault::Expected(what)),
            None => Err(JsonFault::End),
        }
    }

    fn document(&mut self) -> Parsed<Vec<Entry>> {
        self.blanks();
        if self.peek() != Some(b'{') {
            return Err(if self.peek().is_none() { JsonFault::End } else { JsonFault::Expected("{") });
        }
        let entries = self.object()?;
        self.blanks();
        if self.peek().is_some() { Err(JsonFault::Rest) } else { Ok(entries) }
    }

    fn node(&mut self) -> Parsed<Node> {
        self.blanks();
        let start = self.at;
        let kind = match self.peek() {
            None => return Err(JsonFault::End),
            Some(b'{') => Kind::Table(self.object()?),
            Some(b'[') => Kind::List(self.list()?),
            Some(b'"') => {
                let text = self.string()?;
                return Ok(Node::text(&text, self.spot(start, self.at)));
            }
            Some(b'-' | b'0'..=b'9') => Kind::Scalar(Scalar::Number(self.number()?)),
            Some(_) => self.keyword()?,
        };
        Ok(Node { kind, at: self.spot(start, self.at) })
    }

    fn keyword(&mut self) -> Parsed<Kind> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let known = [
            ("true", Kind::Scalar(Scalar::Bool(true))),
            ("false", Kind::Scalar(Scalar::Bool(false))),
            ("null", Kind::Blank),
        ];
        for (word, kind) in known {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(kind);
            }
        }
        Err(JsonFault::Expected("\"…\", {…}, […], 0…9, true, false, null"))
    }

    fn enter(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MOST_DEPTH { Err(JsonFault::Depth) } else { Ok(()) }
    }

    fn object(&mut self) -> Parsed<Vec<Entry>> {
        self.enter()?;
        self.sign(b'{', "{")?;
        let mut entries = Vec::new();
        self.blanks();
        if self.peek() == Some(b'}') {
            self.at += 1;
            self.depth -= 1;
            return Ok(entries);
        }
        loop {
            entries.push(self.entry()?);
            self.blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                Some(_) => return Err(JsonFault::Expected(", / }")),
                None => return Err(JsonFault::End),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(entries)
    }

    fn entry(&mut self) -> Parsed<Entry> {
        self.blanks();
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(if self.peek().is_none() { JsonFault::End } else { JsonFault::Expected("\"…\"") });
        }
        let name = self.string()?;
        self.path.push(name.replace('~', "~0").replace('/', "~1"));
        let at = self.spot(start, self.at);
        self.sign(b':', ":")?;
        let node = self.node()?;
        self.path.pop();
        Ok(Entry { name, at, node })
    }

    fn list(&mut self) -> Parsed<Vec<Node>> {
        self.enter()?;
        self.sign(b'[', "[")?;
        let mut items = Vec::new();
        self.blanks();
        if self.peek() == Some(b']') {
            self.at += 1;
            self.depth -= 1;
            return Ok(items);
        }
        loop {
            self.path.push(items.len().to_string());
            items.push(self.node()?);
            self.path.pop();
            self.blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                Some(_) => return Err(JsonFault::Expected(", / ]")),
                None => return Err(JsonFault::End),
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(items)
    }

    /// The digits of a number, as they stand.
    fn number(&mut self) -> Parsed<String> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let token = rest.get(..end).unwrap_or("");
        if !is_number(token) {
            return Err(JsonFault::Number);
        }
        self.at += end;
        Ok(token.to_owned())
    }

    fn string(&mut self) -> Parsed<String> {
        self.sign(b'"', "\"")?;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let Some(next) = rest.chars().next() else { return Err(JsonFault::End) };
            self.at += next.len_utf8();
            match next {
                '"' => return Ok(out),
                '\\' => out.push(self.escape()?),
                control if u32::from(control) < 0x20 => return Err(JsonFault::Escape),
                other => out.push(other),
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let sign = self.peek().ok_or(JsonFault::End)?;
        self.at += usize::from(sign.is_ascii());
        Ok(match sign {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(JsonFault::Escape),
        })
    }

    fn unicode(&mut self) -> Parsed<char> {
        let first = self.hex()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).ok_or(JsonFault::Escape);
        }
        let escape = self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u"));
        if !escape {
            return Err(JsonFault::Escape);
        }
        self.at += 2;
        let second = self.hex()?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(JsonFault::Escape);
        }
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)).ok_or(JsonFault::Escape)
    }

    fn hex(&mut self) -> Parsed<u32> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(JsonFault::Escape)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(JsonFault::Escape);
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| JsonFault::Escape)
    }
}

/// `-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`
fn is_number(token: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match token.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (token, None),
    };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let unsigned = |text: &str| digits(text.strip_prefix(['+', '-']).unwrap_or(text));
    let no_leading_nought = whole == "0" || !whole.starts_with('0');
    digits(whole) && no_leading_nought && fraction.is_none_or(digits) && exponent.is_none_or(unsigned)
}
