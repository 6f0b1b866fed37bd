//! The numbers that Word prints before paragraphs and does not store in their text.

use std::collections::BTreeMap;

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: usize,
}

/// The lists of a document and how far each has been counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbering {
    lists: BTreeMap<String, String>,
    levels: BTreeMap<(String, usize), Level>,
    styles: BTreeMap<String, (String, usize)>,
    counts: BTreeMap<(String, usize), usize>,
}

/// The value of an attribute.
pub(crate) fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found = start.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    let raw = found.value.clone().into_owned();
    Some(raw.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

/// What a reference such as `&amp;` stands for; only the five of XML and numbers mean anything.
pub(crate) fn entity(name: &BytesRef) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
    let name: &str = name;
    known.iter().find(|(word, _)| *word == name).map_or_else(String::new, |(_, sign)| (*sign).to_owned())
}

impl Numbering {
    /// Reads `numbering.xml` and the lists that styles carry.
    pub(crate) fn read(numbering: &str, styles: &str) -> Numbering {
        let mut known = Numbering::default();
        let (mut abstract_id, mut number, mut level) = (String::new(), String::new(), 0);
        each(numbering, |start| {
            let value = || attribute(start, "w:val").unwrap_or_default();
            match start.name().as_ref() {
                "w:abstractNum" => abstract_id = attribute(start, "w:abstractNumId").unwrap_or_default(),
                "w:lvl" => level = attribute(start, "w:ilvl").and_then(|level| level.parse().ok()).unwrap_or(0),
                "w:numFmt" => known.level(&abstract_id, level).format = value(),
                "w:lvlText" => known.level(&abstract_id, level).text = value(),
                "w:start" => known.level(&abstract_id, level).start = value().parse().unwrap_or(1),
                "w:num" => number = attribute(start, "w:numId").unwrap_or_default(),
                "w:abstractNumId" => drop(known.lists.insert(number.clone(), value())),
                _ => {}
            }
        });
        let (mut style, mut level) = (String::new(), 0);
        each(styles, |start| {
            let value = || attribute(start, "w:val").unwrap_or_default();
            match start.name().as_ref() {
                "w:style" => (style, level) = (attribute(start, "w:styleId").unwrap_or_default(), 0),
                "w:ilvl" => level = value().parse().unwrap_or(0),
                "w:numId" => drop(known.styles.insert(style.clone(), (value(), level))),
                _ => {}
            }
        });
        known
    }

    fn level(&mut self, list: &str, level: usize) -> &mut Level {
        self.levels.entry((list.to_owned(), level)).or_insert_with(|| Level { start: 1, ..Level::default() })
    }

    /// The number of the next paragraph of a list.
    pub(crate) fn next(&mut self, list: Option<&(String, usize)>, style: Option<&str>) -> String {
        let own = list.filter(|(id, _)| !id.is_empty()).cloned();
        let Some((id, level)) = own.or_else(|| style.and_then(|style| self.styles.get(style).cloned())) else {
            return String::new();
        };
        let Some(list) = self.lists.get(&id).cloned() else { return String::new() };
        let Some(known) = self.levels.get(&(list.clone(), level)).cloned() else { return String::new() };
        self.counts.retain(|(other, deeper), _| *other != list || *deeper <= level);
        let count = self.counts.entry((list.clone(), level)).or_insert_with(|| known.start.saturating_sub(1));
        *count += 1;
        let mut text = known.text;
        for upper in 0..=level {
            let format = self.levels.get(&(list.clone(), upper)).map_or("", |level| level.format.as_str());
            let count = self.counts.get(&(list.clone(), upper)).copied().unwrap_or(1);
            text = text.replace(&format!("%{}", upper + 1), &written(count, format));
        }
        if known.format == "bullet" || known.format == "none" { String::new() } else { text }
    }
}

fn written(count: usize, format: &str) -> String {
    if !format.starts_with("chinese") && !format.starts_with("japaneseCounting") && !format.starts_with("ideograph") {
        return count.to_string();
    }
    let digit = |at: usize| "零一二三四五六七八九".chars().nth(at).map(String::from).unwrap_or_default();
    match count {
        0..=9 => digit(count),
        10..=99 => {
            let tens = if count >= 20 { digit(count / 10) } else { String::new() };
            let ones = if count.is_multiple_of(10) { String::new() } else { digit(count % 10) };
            format!("{tens}十{ones}")
        }
        _ => count.to_string(),
    }
}

fn each(xml: &str, mut visit: impl FnMut(&BytesStart)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => visit(&start),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}
