//! A diagnostic for a person at a terminal. annotate-snippets draws the frames of source lines and
//! the diffs; headline, places, notes and titles are ours, because they are said in two languages
//! and because a place must name the column of the file and not of what is shown of it.

use std::fmt::Display;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Patch, Renderer, Snippet,
    renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE, Style},
};

use crate::{
    diagnostic::{Diagnostic, Edit, Fix, Label, Severity},
    excerpt::{Excerpt, clamp, without_break},
    render::{headline, place, place_text},
    source::{FileId, SourceFile, Sources},
    text::Lang,
    visible::{one_line, visible},
    wording,
};

/// The narrowest terminal that is taken at its word.
const LEAST_WIDTH: usize = 40;

/// The diagnostic as text, ending with a line break.
pub(crate) fn report(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, color: bool, width: usize) -> String {
    let page = Page { sources, lang, color, width: width.max(LEAST_WIDTH) };
    let frames = page.frames(diagnostic);
    let fixes: Vec<(String, String)> = diagnostic.fixes.iter().map(|fix| page.fix(fix)).collect();
    let bodies = frames.iter().map(|(_, body)| body).chain(fixes.iter().map(|(_, body)| body));
    let gutter = bodies.map(|body| gutter_of(body)).max().unwrap_or(2);

    let mut out = page.headline(diagnostic);
    for (place, body) in &frames {
        push_line(&mut out, &format!("{}{place}", " ".repeat(gutter.saturating_sub(1))));
        push_block(&mut out, body, gutter);
    }
    let framed = frames.iter().any(|(_, body)| !body.is_empty());
    page.push_remarks(&mut out, diagnostic, gutter, framed);
    for (title, body) in &fixes {
        push_line(&mut out, title);
        push_block(&mut out, body, gutter);
    }
    out
}

/// What all parts of a report share.
struct Page<'a> {
    sources: &'a Sources,
    lang: Lang,
    color: bool,
    width: usize,
}

impl Page<'_> {
    fn paint(&self, style: Style, text: impl Display) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_string() }
    }

    fn headline(&self, diagnostic: &Diagnostic) -> String {
        let (level, title) = headline(diagnostic, self.lang);
        let style = match diagnostic.severity {
            Severity::Error => DEFAULT_ERROR_STYLE,
            Severity::Warning => DEFAULT_WARNING_STYLE,
            Severity::Hint => DEFAULT_HELP_STYLE,
        };
        format!("{}{}\n", self.paint(style, level), self.paint(Style::new().bold(), title))
    }

    /// One frame per file, the primary one first: its place line and its body.
    fn frames(&self, diagnostic: &Diagnostic) -> Vec<(String, String)> {
        let mut files: Vec<FileId> = Vec::new();
        let labels: Vec<&Label> = diagnostic.primary.iter().chain(&diagnostic.others).collect();
        for label in &labels {
            if !files.contains(&label.span.file) && self.sources.get(label.span.file).is_some() {
                files.push(label.span.file);
            }
        }
        let mut frames: Vec<(String, String)> =
            files.iter().filter_map(|file| self.frame(diagnostic, &labels, *file)).collect();
        let in_text = diagnostic.primary.as_ref().is_some_and(|label| self.sources.get(label.span.file).is_some());
        if !in_text && let Some(place) = place_text(diagnostic, self.sources) {
            frames.insert(0, (self.arrow("-->", &place), String::new()));
        }
        frames
    }

    fn arrow(&self, arrow: &str, place: &str) -> String {
        format!("{} {place}", self.paint(DEFAULT_INFO_STYLE, arrow))
    }

    fn frame(&self, diagnostic: &Diagnostic, labels: &[&Label], id: FileId) -> Option<(String, String)> {
        let file = self.sources.get(id)?;
        let primary = diagnostic.primary.as_ref();
        let here: Vec<&Label> = labels.iter().copied().filter(|label| label.span.file == id).collect();
        let (name, at) = place(self.sources, here.first()?.span)?;
        let is_main = primary.is_some_and(|label| label.span.file == id);
        let arrow = if is_main || primary.is_none() && diagnostic.location.is_none() { "-->" } else { ":::" };
        let place = self.arrow(arrow, &format!("{}:{}:{}", one_line(name), at.line, at.column));

        let range = |label: &&Label| without_break(&file.text, clamp(&file.text, label.span));
        let ranges: Vec<Range<usize>> = here.iter().map(range).collect();
        let excerpt = Excerpt::new(file, &ranges, self.width);
        let annotations = here.iter().zip(&ranges).map(|(label, range)| {
            let is_primary = primary.is_some_and(|p| std::ptr::eq(p, *label));
            let kind = if is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            self.annotation(kind, excerpt.place(range), label)
        });
        let snippet = Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line).annotations(annotations);
        Some((place, self.draw(level_of(diagnostic.severity), snippet)))
    }

    fn annotation(&self, kind: AnnotationKind, span: Range<usize>, label: &Label) -> Annotation<'static> {
        let text = one_line(label.text.get(self.lang));
        kind.span(span).label((!text.is_empty()).then_some(text))
    }

    fn draw<'a>(&self, level: Level<'a>, snippet: impl Into<Element<'a>>) -> String {
        let renderer = if self.color { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.term_width(self.width);
        let group = [Group::with_level(level).element(snippet)];
        // The library asserts what this crate has made sure of; should it still fail, the frame is
        // left out and the message arrives.
        catch_unwind(AssertUnwindSafe(|| renderer.render(&group))).unwrap_or_default()
    }

    fn push_remarks(&self, out: &mut String, diagnostic: &Diagnostic, gutter: usize, framed: bool) {
        let notes = diagnostic.notes.iter().map(|text| (wording::note(self.lang), text));
        let helps = diagnostic.helps.iter().map(|text| (wording::help(self.lang), text));
        let indent = " ".repeat(gutter);
        for (number, (word, text)) in notes.chain(helps).enumerate() {
            if number == 0 && framed {
                push_line(out, &format!("{indent}{}", self.paint(DEFAULT_INFO_STYLE, "|")));
            }
            let lead = format!("{indent}{} ", self.paint(DEFAULT_INFO_STYLE, "="));
            let follow = " ".repeat(gutter + 2 + columns(word));
            let text = visible(text.get(self.lang));
            let mut lines = text.lines();
            let first = lines.next().unwrap_or("");
            push_line(out, &format!("{lead}{}{first}", self.paint(Style::new().bold(), word)));
            lines.for_each(|line| push_line(out, &format!("{follow}{line}")));
        }
    }

    /// The title of a fix and its diff.
    fn fix(&self, fix: &Fix) -> (String, String) {
        let word = self.paint(DEFAULT_HELP_STYLE, wording::fix(self.lang));
        let automatic = if fix.safe { wording::automatic(self.lang) } else { "" };
        let title = format!("{word}{}{automatic}", one_line(fix.title.get(self.lang)));
        let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
        files.sort_unstable();
        files.dedup();
        let diffs: Vec<String> = files.iter().filter_map(|id| self.diff(fix, *id)).collect();
        (title, diffs.join("\n"))
    }

    fn diff(&self, fix: &Fix, id: FileId) -> Option<String> {
        let file = self.sources.get(id)?;
        let edits = apart(file, fix.edits.iter().filter(|edit| edit.span.file == id));
        let ranges: Vec<Range<usize>> = edits.iter().map(|(range, _)| range.clone()).collect();
        let excerpt = Excerpt::new(file, &ranges, self.width);
        let patches = edits.iter().map(|(range, edit)| Patch::new(excerpt.place(range), visible(&edit.replacement)));
        let snippet = Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line).patches(patches);
        Some(self.draw(Level::HELP, snippet))
    }
}

/// Edits in the order of their places; one that overlaps an earlier one is left out.
fn apart<'a>(file: &SourceFile, edits: impl Iterator<Item = &'a Edit>) -> Vec<(Range<usize>, &'a Edit)> {
    let mut all: Vec<_> = edits.map(|edit| (clamp(&file.text, edit.span), edit)).collect();
    all.sort_by_key(|(range, _)| (range.start, range.end));
    let mut free = 0;
    all.retain(|(range, _)| {
        let fits = range.start >= free;
        free = if fits { range.end } else { free };
        fits
    });
    all
}

fn level_of(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::HELP,
    }
}

/// The blanks before the rail of a frame, which starts every frame.
fn gutter_of(body: &str) -> usize {
    body.bytes().take_while(|byte| *byte == b' ').count().max(2)
}

/// Appends a frame, moved right to stand in the common gutter.
fn push_block(out: &mut String, body: &str, gutter: usize) {
    let shift = " ".repeat(gutter.saturating_sub(gutter_of(body)));
    body.lines().for_each(|line| push_line(out, &format!("{shift}{line}")));
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line.trim_end_matches(' '));
    out.push('\n');
}

/// How many columns the words of the renderer take: Chinese takes two.
fn columns(word: &str) -> usize {
    word.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
