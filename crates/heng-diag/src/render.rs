//! Diagnostics as text for a terminal, as one line each, or as JSON.

use crate::{
    diagnostic::{Diagnostic, Severity},
    excerpt::clamp,
    json, report,
    source::{LineColumn, Sources, Span},
    text::Lang,
    visible::one_line,
    wording,
};

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: the source lines with carets under the places.
    Text {
        /// Whether to use terminal colours.
        color: bool,
        /// Columns of the terminal.
        width: usize,
    },
    /// One line per diagnostic: `file:line:column: error[code] headline`.
    Short,
    /// JSON, format `diagnostics/1`, with both languages.
    Json,
}

/// One diagnostic, ending with a line break.
///
/// Spans that lie outside their file are clamped; characters that a terminal would act on are
/// written out.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, format: Format) -> String {
    match format {
        Format::Text { color, width } => report::report(diagnostic, sources, lang, color, width),
        Format::Short => short(diagnostic, sources, lang),
        Format::Json => json::one(diagnostic, sources),
    }
}

/// Several diagnostics in the order given. As text with a blank line between them and a closing
/// line that counts them; as JSON one object. Without diagnostics, text is empty.
#[must_use]
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang, format: Format) -> String {
    let each = diagnostics.iter().map(|diagnostic| render(diagnostic, sources, lang, format));
    match format {
        Format::Json => json::all(diagnostics, sources),
        Format::Short => each.collect(),
        Format::Text { .. } if diagnostics.is_empty() => String::new(),
        Format::Text { .. } => {
            let mut out: String = each.flat_map(|text| [text, "\n".to_owned()]).collect();
            out.push_str(&wording::summary(&count(diagnostics), lang));
            out.push('\n');
            out
        }
    }
}

/// The diagnostics of several sets of files as one JSON object, in the form of [`render_all`].
#[must_use]
pub fn render_together(groups: &[(&[Diagnostic], &Sources)]) -> String {
    json::together(groups)
}

/// How many there are of each level.
pub(crate) fn count(diagnostics: &[Diagnostic]) -> [(Severity, usize); 3] {
    let of = |severity| (severity, diagnostics.iter().filter(|d| d.severity == severity).count());
    [of(Severity::Error), of(Severity::Warning), of(Severity::Hint)]
}

/// `错误[weight/sum] 分值对不上`.
pub(crate) fn headline(diagnostic: &Diagnostic, lang: Lang) -> (String, String) {
    let level = format!("{}[{}]", wording::level(diagnostic.severity, lang), diagnostic.code);
    (level, format!("{}{}", wording::after_code(lang), one_line(diagnostic.title.get(lang))))
}

/// File, line and column of a span's start; `None` when the file is unknown.
pub(crate) fn place(sources: &Sources, span: Span) -> Option<(&str, LineColumn)> {
    let file = sources.get(span.file)?;
    let start = u32::try_from(clamp(&file.text, span).start).unwrap_or(u32::MAX);
    Some((file.name.as_str(), file.line_column(start)))
}

/// `file:line:column`, or the location of what is in no text.
pub(crate) fn place_text(diagnostic: &Diagnostic, sources: &Sources) -> Option<String> {
    let primary = diagnostic.primary.as_ref().and_then(|label| place(sources, label.span));
    match primary {
        Some((name, at)) => Some(format!("{}:{}:{}", one_line(name), at.line, at.column)),
        None => diagnostic.location.as_deref().map(one_line),
    }
}

fn short(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let place = place_text(diagnostic, sources).map_or_else(String::new, |place| format!("{place}: "));
    let (level, title) = headline(diagnostic, lang);
    format!("{place}{level}{title}\n")
}
