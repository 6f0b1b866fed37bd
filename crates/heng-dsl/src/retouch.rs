//! Changes of single indicators, made in the text of a rule file: what is not changed keeps its bytes, its
//! comments and its layout.
//!
//! A table that comes back from an office program changes cells; each cell is a stretch of the text. Where only
//! figures in the rows of a criterion change, only they are written; another criterion takes the place of the
//! old one, and the comments that stood in it are kept above it.

mod mention;
mod splice;

use std::ops::Range;

use heng_diag::Lang;

use crate::{
    FormatOptions, format,
    outline::{Entry, Kind, Words, outline},
};
use mention::mentions;
use splice::{Splice, Splices, indent, lines_of, whole_lines};

/// What is changed at one indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// The name in its headline.
    Name(String),
    /// Its points, as they are written: `5分`.
    Points(String),
    /// A field, by its Chinese word; an empty text takes it away.
    Field(String, String),
    /// The lines of its criterion.
    Criterion(Vec<String>),
    /// A comment above its criterion.
    Remark(String),
    /// Blocks that are put behind it.
    Behind(String),
    /// Blocks that are put into it, at its end.
    Within(String),
    /// It is taken away.
    Gone,
}

/// A change of the indicator whose headline holds a byte of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retouch {
    /// A byte of its headline.
    pub at: usize,
    /// What is changed.
    pub touch: Touch,
}

/// The text with the changes made. A file that was formatted is formatted again.
///
/// # Errors
/// The places in `changes` of those that cannot be made.
pub fn retouch(text: &str, changes: &[Retouch], lang: Lang) -> Result<String, Vec<usize>> {
    if changes.is_empty() {
        return Ok(text.to_owned());
    }
    let entries = outline(text).unwrap_or_default();
    let mut work = Work { text, entries: &entries, splices: Splices::default(), lang };
    let failed: Vec<usize> =
        changes.iter().enumerate().filter(|(_, change)| work.one(change).is_none()).map(|(at, _)| at).collect();
    if !failed.is_empty() {
        return Err(failed);
    }
    let made = work.splices.made(text).ok_or_else(|| (0..changes.len()).collect::<Vec<_>>())?;
    let plain = FormatOptions::default();
    Ok(if format(text, &plain).text == text { format(&made, &plain).text } else { made })
}

struct Work<'a> {
    text: &'a str,
    entries: &'a [Entry],
    splices: Splices,
    lang: Lang,
}

impl Work<'_> {
    fn one(&mut self, change: &Retouch) -> Option<()> {
        let (entry, depth) = headed(self.entries, change.at)?;
        match &change.touch {
            Touch::Name(name) => {
                let span = entry.name.as_ref()?.span.clone();
                self.splices.push(Splice::new(span, name.clone()));
                for splice in mentions(self.text, self.entries, &entry.key, name) {
                    self.splices.push(splice);
                }
            }
            Touch::Points(points) => {
                let span = entry.points.as_ref()?.span.clone();
                self.splices.push(Splice::new(span, points.clone()));
            }
            Touch::Field(word, value) => self.field(entry, word, value)?,
            Touch::Criterion(lines) => self.criterion(entry, lines)?,
            Touch::Remark(text) => {
                let first = entry.criterion().first().map(|line| line.span.start)?;
                let at = lines_of(self.text, &(first..first)).start;
                let inside = entry.inside.as_ref()?;
                let (at, before) = if at < inside.start { (inside.start, "\n") } else { (at, "") };
                let text = format!("{before}{}# {text}\n", self.inner(entry));
                self.splices.push(Splice::new(at..at, text));
            }
            Touch::Behind(blocks) => {
                let at = lines_of(self.text, &entry.span).end;
                let blocks = self.spelled(blocks, depth.saturating_sub(1))?;
                let block = indented(&blocks, &indent(self.text, entry.span.start));
                self.splices.push(Splice::new(at..at, format!("\n{block}\n")));
            }
            Touch::Within(blocks) => {
                let at = entry.inside.as_ref()?.end;
                let at = self.text.get(..at)?.trim_end_matches([' ', '\t']).len();
                let block = indented(&self.spelled(blocks, depth)?, &self.inner(entry));
                self.splices.push(Splice::new(at..at, format!("\n{block}\n")));
            }
            Touch::Gone => {
                let span = lines_of(self.text, &entry.span);
                self.splices.push(Splice::new(span, String::new()));
            }
        }
        Some(())
    }

    /// How lines in an entry are indented.
    fn inner(&self, entry: &Entry) -> String {
        format!("{}    ", indent(self.text, entry.span.start))
    }

    /// Lines or blocks that stand in so many indicators, spelled and laid out as the file's language has it.
    fn spelled(&self, blocks: &str, depth: usize) -> Option<String> {
        let to = (self.lang == Lang::En).then_some(Lang::En);
        let whole = format!("{}{blocks}\n{}", "指标 x 1分 {\n".repeat(depth), "}\n".repeat(depth));
        let spelled = format(&whole, &FormatOptions { to }).text;
        let lines: Vec<&str> = spelled.trim_matches('\n').lines().collect();
        let inner = lines.get(depth..lines.len().checked_sub(depth)?)?;
        let blank = " ".repeat(4 * depth);
        let bare = inner.iter().map(|line| line.strip_prefix(blank.as_str()).unwrap_or(line));
        Some(bare.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned())
    }

    fn field(&mut self, entry: &Entry, word: &str, value: &str) -> Option<()> {
        let mut known = entry.fields(word);
        match (known.next(), known.next()) {
            (Some(field), None) if value.is_empty() => {
                let span = lines_of(self.text, &field.span);
                self.splices.push(Splice::new(span, String::new()));
            }
            (Some(field), None) => {
                let span = field.value.as_ref()?.span.clone();
                let blank = self.text.get(span.clone())?;
                let end = span.start + blank.trim_end().len();
                self.splices.push(Splice::new(span.start..end, value.to_owned()));
            }
            (None, _) if !value.is_empty() => {
                let line = self.spelled(&format!("{word}：{value}"), 1)?;
                let inside = entry.inside.as_ref()?;
                // In front of what stands there, on a line of its own.
                let rest = self.text.get(inside.start..inside.end)?;
                let own = rest.split('\n').next().is_some_and(|first| !first.trim().is_empty()) || !rest.contains('\n');
                let end = if own { format!("\n{}", self.inner(entry)) } else { String::new() };
                let text = format!("\n{}{end}", indented(&line, &self.inner(entry)));
                self.splices.push(Splice::new(inside.start..inside.start, text));
            }
            _ => return None,
        }
        Some(())
    }

    /// Another criterion: where it is built as the old one, only the words that differ are written.
    fn criterion(&mut self, entry: &Entry, lines: &[String]) -> Option<()> {
        let old = entry.criterion();
        let (first, last) = (old.first()?, old.last()?);
        let span = first.span.start..last.span.end;
        let body = self.spelled(&lines.join("\n"), 1)?;
        let splices = differing(self.text, &span, &body);
        if !splices.is_empty() {
            splices.into_iter().for_each(|splice| self.splices.push(splice));
            return Some(());
        }
        let inner = self.inner(entry);
        let whole = whole_lines(self.text, &span);
        let comments = comments(self.text.get(span.start..whole.end)?);
        let kept: String = comments.iter().map(|comment| format!("{inner}{comment}\n")).collect();
        let text = format!("{kept}{}", indented(&body, &inner));
        // Where it stands on the line of its headline it gets lines of its own.
        let own = self.text.get(whole.start..span.start)?.trim().is_empty();
        let splice = if own { Splice::new(whole, text) } else { Splice::new(span, format!("\n{text}\n")) };
        self.splices.push(splice);
        Some(())
    }
}

/// The words in which a stretch differs from a body of lines, if both are built the same and not equal.
fn differing(text: &str, span: &Range<usize>, body: &str) -> Vec<Splice> {
    let wrapped = format!("指标 x 1分 {{\n{body}\n}}\n");
    let inside = outline(&wrapped).and_then(|entries| entries.first().and_then(|entry| entry.inside.clone()));
    let (Some(inside), Some(known), Some(found)) = (inside, Words::read(text), Words::read(&wrapped)) else {
        return Vec::new();
    };
    let (known, found) = (known.within(span), found.within(&inside));
    let same = known.len() == found.len() && known.iter().zip(found).all(|(one, other)| one.rule == other.rule);
    if !same {
        return Vec::new();
    }
    let differ = known.iter().zip(found).filter(|(one, other)| one.text != other.text);
    differ
        .filter_map(|(one, other)| Some(Splice::new(one.span.clone(), wrapped.get(other.span.clone())?.to_owned())))
        .collect()
}

/// The pack or indicator whose headline holds a byte, and in how many it stands, itself counted.
fn headed(entries: &[Entry], at: usize) -> Option<(&Entry, usize)> {
    let around = entries
        .iter()
        .find(|entry| matches!(entry.kind, Kind::Node | Kind::Pack) && entry.span.start <= at && at < entry.span.end)?;
    Some(headed(&around.children, at).map_or((around, 1), |(entry, depth)| (entry, depth + 1)))
}

/// Each line of a text behind an indentation.
fn indented(text: &str, indent: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The comments in a stretch: from their sign to the line's end.
fn comments(text: &str) -> Vec<String> {
    let comment = |line: &str| {
        let sign = line.find(['#', '＃'])?;
        let before = line.get(..sign)?;
        let quoted = before.matches('“').count() > before.matches('”').count() || before.matches('"').count() % 2 == 1;
        (!quoted).then(|| line.get(sign..).unwrap_or_default().trim().to_owned())
    };
    text.lines().filter_map(comment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "# 头\n规则包 甲 {\n    评价年度：2024\n    满分：10分\n}\n\n一级指标 乙 10分 {\n    依据：旧  # 留\n    # 上\n    分档 率 {\n        ≥ 90%：10分  # 行\n        < 90%：0分\n    }\n}\n\n数据 {\n    率：比率\n}\n";

    fn made(touch: Touch) -> String {
        let at = RULES.find("一级指标").unwrap_or_default();
        retouch(RULES, &[Retouch { at, touch }], Lang::Zh).unwrap_or_else(|failed| format!("{failed:?}"))
    }

    #[test]
    fn only_what_is_changed_is_written() {
        assert_eq!(made(Touch::Points("12分".to_owned())), RULES.replace("乙 10分", "乙 12分"));
        assert_eq!(made(Touch::Name("丙".to_owned())), RULES.replace("指标 乙", "指标 丙"));
        assert_eq!(made(Touch::Field("依据".to_owned(), "新".to_owned())), RULES.replace("依据：旧", "依据：新"));
        assert_eq!(made(Touch::Field("依据".to_owned(), String::new())), RULES.replace("    依据：旧  # 留\n", ""));
        let added = made(Touch::Field("来源".to_owned(), "报纸".to_owned()));
        assert_eq!(added, RULES.replace("    依据", "    来源：报纸\n    依据"));
        assert_eq!(made(Touch::Field("来源".to_owned(), String::new())), "[0]");
    }

    #[test]
    fn figures_of_a_criterion_change_in_their_places_and_another_keeps_the_comments() {
        let lines = |text: &str| Touch::Criterion(vec![text.to_owned()]);
        let figures = made(lines("分档 率 {\n≥ 95%：8分\n< 95%：0分\n}"));
        assert_eq!(figures, RULES.replace("≥ 90%：10", "≥ 95%：8").replace("< 90%", "< 95%"));
        let other = made(lines("扣分 {\n率 低于 90%：10分\n}"));
        assert!(other.contains("    # 上\n    # 行\n    扣分 {"), "{other}");
        assert!(!other.contains("分档"), "{other}");
    }

    #[test]
    fn rows_come_and_go() {
        let gone = made(Touch::Gone);
        assert!(!gone.contains('乙') && gone.contains("# 头"), "{gone}");
        let more = made(Touch::Behind("指标 丁 5分 {\n待编\n}".to_owned()));
        assert!(more.contains("}\n\n一级指标 丁 5分 {\n    待编\n}\n\n数据"), "{more}");
    }
}
