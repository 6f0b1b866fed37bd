//! The shape of a diagnostic.

use serde::Serialize;

use crate::{source::Span, text::Text};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// It can be used, and is probably not what was meant.
    Warning,
    /// Worth knowing.
    Hint,
}

/// A place with words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What stands there; may be empty.
    pub text: Text,
}

/// A change that mends the finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does.
    pub title: Text,
    /// The edits; none when only a person can carry it out.
    pub edits: Vec<Edit>,
    /// Whether `--fix` may apply it unasked.
    pub safe: bool,
}

/// One replacement in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// With what.
    pub replacement: String,
}

/// Something wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// `stage/kebab-name`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The headline; stands alone.
    pub title: Text,
    /// The primary place. `None` for what concerns a whole file or a command line.
    pub primary: Option<Label>,
    /// A place that is not in a text: a workbook cell, a JSON path, a command-line argument.
    pub location: Option<String>,
    /// Other places that matter.
    pub others: Vec<Label>,
    /// Why it matters.
    pub notes: Vec<Text>,
    /// What to do.
    pub helps: Vec<Text>,
    /// Changes that mend it.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic with a headline and a primary place.
    #[must_use]
    pub fn at(code: &'static str, severity: Severity, span: Span, title: Text) -> Diagnostic {
        let primary = Some(Label { span, text: Text::same("") });
        Diagnostic { primary, ..Diagnostic::general(code, severity, title) }
    }

    /// An error at a place.
    #[must_use]
    pub fn error(code: &'static str, span: Span, title: Text) -> Diagnostic {
        Diagnostic::at(code, Severity::Error, span, title)
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: &'static str, span: Span, title: Text) -> Diagnostic {
        Diagnostic::at(code, Severity::Warning, span, title)
    }

    /// A diagnostic without a place.
    #[must_use]
    pub fn general(code: &'static str, severity: Severity, title: Text) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            title,
            primary: None,
            location: None,
            others: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// A place that is not in a text.
    #[must_use]
    pub fn located(mut self, location: impl Into<String>) -> Diagnostic {
        self.location = Some(location.into());
        self
    }

    /// Words at the primary place.
    #[must_use]
    pub fn label(mut self, text: Text) -> Diagnostic {
        if let Some(primary) = &mut self.primary {
            primary.text = text;
        }
        self
    }

    /// Another place that matters.
    #[must_use]
    pub fn other(mut self, span: Span, text: Text) -> Diagnostic {
        self.others.push(Label { span, text });
        self
    }

    /// Why it matters.
    #[must_use]
    pub fn note(mut self, text: Text) -> Diagnostic {
        self.notes.push(text);
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, text: Text) -> Diagnostic {
        self.helps.push(text);
        self
    }

    /// A mechanical change that `--fix` may apply.
    #[must_use]
    pub fn fix(mut self, title: Text, span: Span, replacement: impl Into<String>) -> Diagnostic {
        let edits = vec![Edit { span, replacement: replacement.into() }];
        self.fixes.push(Fix { title, edits, safe: true });
        self
    }

    /// A change that a person must choose.
    #[must_use]
    pub fn suggest(mut self, title: Text, span: Span, replacement: impl Into<String>) -> Diagnostic {
        let edits = vec![Edit { span, replacement: replacement.into() }];
        self.fixes.push(Fix { title, edits, safe: false });
        self
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order of their places, errors first at one place.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|d| (d.primary.as_ref().map(|label| label.span), d.severity, d.code));
}
