//! A JSON object a line. The names are the heads; objects inside objects are names with a point between
//! (`三公经费.预算数`), arrays are the rows of a table. Digits are kept as they stand.

use std::{
    collections::BTreeSet,
    fmt,
    io::{self, BufRead},
};

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Broken, Line, Lines};
use crate::{chunk::MOST_RECORD, wording};

/// How deep objects may stand in each other before one is taken for a value.
const MOST_DEPTH: usize = 8;

/// The names and texts of an object, in order.
struct Object(Vec<(String, String)>);

impl<'de> serde::Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut found = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    found.push((name, value.get().to_owned()));
                }
                Ok(Object(found))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Why a line is no object.
enum NoObject {
    Json(serde_json::Error),
    Twice(String),
}

fn object(line: &str) -> Result<Vec<(String, String)>, NoObject> {
    let mut found = Vec::new();
    flatten("", line, 0, &mut found).map_err(NoObject::Json)?;
    let mut seen = BTreeSet::new();
    match found.iter().find(|(name, _)| !seen.insert(name.clone())) {
        Some((name, _)) => Err(NoObject::Twice(name.clone())),
        None => Ok(found),
    }
}

fn flatten(above: &str, text: &str, depth: usize, found: &mut Vec<(String, String)>) -> serde_json::Result<()> {
    for (name, raw) in serde_json::from_str::<Object>(text)?.0 {
        let name = if above.is_empty() { name } else { format!("{above}.{name}") };
        match raw.bytes().next() {
            Some(b'{') if depth < MOST_DEPTH => flatten(&name, &raw, depth + 1, found)?,
            Some(b'"') => found.push((name, serde_json::from_str::<String>(&raw)?)),
            _ => {
                let text = match raw.as_str() {
                    "null" => "",
                    "true" => "是",
                    "false" => "否",
                    other => other,
                };
                found.push((name, text.to_owned()));
            }
        }
    }
    Ok(())
}

/// A line of a file, whatever its bytes; `None` at the end. A line too long is cut, and then no object.
fn next_line<R: BufRead>(input: &mut R, bytes: &mut Vec<u8>) -> io::Result<bool> {
    bytes.clear();
    let mut some = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(some);
        }
        some = true;
        let end = memchr::memchr(b'\n', buffer);
        let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        let room = (MOST_RECORD + 1).saturating_sub(bytes.len());
        bytes.extend_from_slice(part.get(..room).unwrap_or(part));
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}

/// The names of all objects, in the order in which they are met.
///
/// # Errors
/// What the stream says.
pub fn heads<R: BufRead>(mut input: R) -> io::Result<Vec<String>> {
    let (mut heads, mut seen, mut bytes) = (Vec::new(), BTreeSet::new(), Vec::new());
    while next_line(&mut input, &mut bytes)? {
        let found = std::str::from_utf8(strip_mark(&bytes)).ok().and_then(|line| object(line).ok());
        for (name, _) in found.into_iter().flatten() {
            if seen.insert(name.clone()) {
                heads.push(name);
            }
        }
    }
    Ok(heads)
}

fn strip_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The lines under these heads. The first line of the file is the first line here.
pub fn lines<'a, R: BufRead + Send + 'a>(mut input: R, heads: Vec<String>) -> Lines<'a> {
    let mut bytes = Vec::new();
    Box::new(std::iter::from_fn(move || match next_line(&mut input, &mut bytes) {
        Ok(true) => Some(Ok(line(strip_mark(&bytes), &heads))),
        Ok(false) => None,
        Err(error) => Some(Err(error)),
    }))
}

fn line(bytes: &[u8], heads: &[String]) -> Line {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Broken::line(wording::wrong_encoding(), &String::from_utf8_lossy(bytes));
    };
    if text.trim().is_empty() {
        return Line::Blank;
    }
    match object(text) {
        Ok(found) => {
            let cell = |head: &String| found.iter().find(|(name, _)| name == head).map(|(_, text)| text.clone());
            Line::Row(heads.iter().map(|head| cell(head).unwrap_or_default()).collect())
        }
        Err(NoObject::Json(error)) => Broken::line(wording::no_object(&error.to_string()), text),
        Err(NoObject::Twice(name)) => Broken::line(wording::twice(&name), text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"部门":"甲","预算":12.30,"三公":{"本年":1e2,"有":true},"合同":[{"额":1}]}
{"部门":"乙","预算":12

{"部门":"丙","新":null,"部门":"丁"}
{"部门":"戊","新":"x"}"#;

    #[test]
    fn objects_become_rows_and_what_is_none_says_why() {
        let heads = heads(TEXT.as_bytes()).unwrap();
        assert_eq!(heads, ["部门", "预算", "三公.本年", "三公.有", "合同", "新"]);
        let lines: Vec<Line> = lines(TEXT.as_bytes(), heads).map(Result::unwrap).collect();
        let row = |cells: [&str; 6]| Line::Row(cells.map(str::to_owned).to_vec());
        assert_eq!(lines[0], row(["甲", "12.30", "1e2", "是", r#"[{"额":1}]"#, ""]));
        assert!(matches!(&lines[1], Line::Broken(broken) if broken.reason.zh.contains("JSON")));
        assert_eq!(lines[2], Line::Blank);
        assert!(matches!(&lines[3], Line::Broken(broken) if broken.reason.zh.contains("部门")));
        assert_eq!(lines[4], row(["戊", "", "", "", "", "x"]));
    }
}
