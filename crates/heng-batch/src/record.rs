//! One line of a file as its cells.

use std::borrow::Cow;

use encoding_rs::GB18030;
use memchr::{memchr, memchr_iter, memchr2_iter};

/// How the bytes of a file spell characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// GB18030, and with it GBK and GB2312.
    Gb18030,
}

impl Encoding {
    /// The encoding that the first bytes of a file let through: UTF-8 where they are UTF-8.
    #[must_use]
    pub fn guess(bytes: &[u8]) -> Encoding {
        match std::str::from_utf8(bytes) {
            Err(error) if error.error_len().is_some() => Encoding::Gb18030,
            _ => Encoding::Utf8,
        }
    }

    /// The text of some bytes; `None` where they are not of this encoding.
    #[must_use]
    pub fn text(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Encoding::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }
}

/// A record of a chunk: its line from the start of the chunk, and its bytes without the line end.
pub fn records(bytes: &[u8], quotes: bool) -> impl Iterator<Item = (u64, &[u8])> {
    let quoted = quotes && memchr(b'"', bytes).is_some();
    let mut inside = false;
    let mut start = 0;
    let mut line = 0;
    let mut first = 0;
    let mut marks = memchr2_iter(b'\n', if quoted { b'"' } else { b'\n' }, bytes).chain([bytes.len()]);
    std::iter::from_fn(move || {
        for at in marks.by_ref() {
            let sign = bytes.get(at);
            if sign == Some(&b'"') {
                inside = !inside;
                continue;
            }
            line += u64::from(sign.is_some());
            if inside && sign.is_some() {
                continue;
            }
            let record = bytes.get(start..at).unwrap_or_default();
            let record = record.strip_suffix(b"\r").unwrap_or(record);
            let here = std::mem::replace(&mut first, line);
            start = at + 1;
            if sign.is_some() || !record.is_empty() {
                return Some((here, record));
            }
        }
        None
    })
    .filter(|(_, record)| !record.is_empty())
}

/// The cells of a record of comma-separated values; `None` where its quotes are wrong.
pub fn cells<'t>(record: &'t str, cells: &mut Vec<Cow<'t, str>>) -> Option<()> {
    cells.clear();
    if memchr(b'"', record.as_bytes()).is_none() {
        let mut start = 0;
        for at in memchr_iter(b',', record.as_bytes()).chain([record.len()]) {
            cells.push(Cow::Borrowed(record.get(start..at)?));
            start = at + 1;
        }
        return Some(());
    }
    let mut rest = record;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let end = memchr(b',', rest.as_bytes()).unwrap_or(rest.len());
                (Cow::Borrowed(rest.get(..end)?), rest.get(end..)?)
            }
        };
        cells.push(cell);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return after.is_empty().then_some(()),
        }
    }
}

/// A quoted cell, behind its opening quote, and what follows it.
fn unquoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut from = 0;
    loop {
        let at = from + memchr(b'"', text.as_bytes().get(from..)?)?;
        if text.as_bytes().get(at + 1) != Some(&b'"') {
            let cell = text.get(..at)?;
            let cell = if from == 0 { Cow::Borrowed(cell) } else { Cow::Owned(cell.replace("\"\"", "\"")) };
            return Some((cell, text.get(at + 1..)?));
        }
        from = at + 2;
    }
}

/// Appends a cell of comma-separated values.
pub fn push_cell(out: &mut Vec<u8>, cell: &str) {
    if cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.push(b'"');
        for byte in cell.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(cell.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<Vec<String>> {
        let mut found = Vec::new();
        cells(text, &mut found)?;
        Some(found.into_iter().map(Cow::into_owned).collect())
    }

    #[test]
    fn cells_with_and_without_quotes() {
        assert_eq!(split("a,,b").unwrap(), ["a", "", "b"]);
        assert_eq!(split("\"a,\"\"x\"\"\",b").unwrap(), ["a,\"x\"", "b"]);
        assert_eq!(split("a,\"\"").unwrap(), ["a", ""]);
        assert_eq!(split("a,\"b"), None);
        assert_eq!(split("a,\"b\"c"), None);
    }

    #[test]
    fn records_know_their_lines() {
        let text = b"a,\"x\ny\"\r\n\nb\nc";
        let found: Vec<(u64, &[u8])> = records(text, true).collect();
        assert_eq!(found, [(0, &b"a,\"x\ny\""[..]), (3, &b"b"[..]), (4, &b"c"[..])]);
    }

    #[test]
    fn a_cell_comes_back_as_it_went() {
        for cell in ["plain", "a,b", "say \"so\"", "two\nlines", ""] {
            let mut out = Vec::new();
            push_cell(&mut out, cell);
            assert_eq!(split(std::str::from_utf8(&out).unwrap()).unwrap(), [cell]);
        }
    }

    #[test]
    fn chinese_encodings() {
        let bytes = b"\xb2\xe2\xca\xd4";
        assert_eq!(Encoding::guess(bytes), Encoding::Gb18030);
        assert_eq!(Encoding::Gb18030.text(bytes).as_deref(), Some("测试"));
        assert_eq!(Encoding::guess("测试".as_bytes()), Encoding::Utf8);
    }
}
