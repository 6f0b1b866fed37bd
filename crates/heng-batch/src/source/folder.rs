//! A folder of workbooks, each as `heng template` writes it: a department a file.

use std::io;

use heng_data::{FactsFile, fact_heads, fact_texts, read_facts};
use heng_diag::Text;
use heng_model::Schema;

use super::{Broken, Line, Lines};
use crate::wording;

/// The heads of what the workbooks of a folder become.
#[must_use]
pub fn heads(schema: &Schema) -> Vec<String> {
    std::iter::once(wording::FILE.0.to_owned()).chain(fact_heads(schema)).collect()
}

/// A line for each of these files; `open` reads one by its place.
pub fn lines<'a>(
    schema: &'a Schema,
    names: Vec<String>,
    open: impl Fn(usize) -> io::Result<Vec<u8>> + Send + 'a,
) -> Lines<'a> {
    Box::new(names.into_iter().enumerate().map(move |(place, name)| Ok(line(schema, &name, open(place)))))
}

fn line(schema: &Schema, name: &str, bytes: io::Result<Vec<u8>>) -> Line {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Broken::line(Text::same(error.to_string()), name),
    };
    let reading = read_facts(schema, &[FactsFile { name: name.to_owned(), bytes }]);
    let mut wrong = reading.diagnostics.iter().filter(|found| found.is_error());
    if let Some(found) = wrong.next() {
        let more = wrong.count();
        let place = found.location.clone().unwrap_or_default();
        let mut reason = Text::new(format!("{place} {}", found.title.zh), format!("{place} {}", found.title.en));
        if more > 0 {
            reason.zh.push_str(&format!("（另有 {more} 处）"));
            reason.en.push_str(&format!(" (and {more} more)"));
        }
        return Broken::line(reason, name);
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let key = if reading.subject.name.is_empty() { stem } else { &reading.subject.name };
    Line::Row(std::iter::once(key.to_owned()).chain(fact_texts(schema, &reading.facts)).collect())
}
