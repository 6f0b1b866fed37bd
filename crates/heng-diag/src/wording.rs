//! All words of the renderer, Chinese and English side by side.

use crate::{diagnostic::Severity, text::Lang};

/// The word of a level.
pub(crate) fn level(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Hint, Lang::Zh) => "提示",
        (Severity::Hint, Lang::En) => "hint",
    }
}

/// What stands between code and headline.
pub(crate) fn after_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => " ",
        Lang::En => ": ",
    }
}

/// Before a note.
pub(crate) fn note(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "说明：",
        Lang::En => "note: ",
    }
}

/// Before an advice.
pub(crate) fn help(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "建议：",
        Lang::En => "help: ",
    }
}

/// Before a change that mends the finding.
pub(crate) fn fix(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "可改：",
        Lang::En => "fix: ",
    }
}

/// After a change that may be applied unasked.
pub(crate) fn automatic(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => " [可自动改]",
        Lang::En => " [automatic]",
    }
}

/// 2 个错误，1 个警告.
pub(crate) fn summary(counts: &[(Severity, usize)], lang: Lang) -> String {
    let part = |(severity, count): &(Severity, usize)| match lang {
        Lang::Zh => format!("{count} 个{}", level(*severity, lang)),
        Lang::En => format!("{count} {}{}", level(*severity, lang), if *count == 1 { "" } else { "s" }),
    };
    let between = match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    };
    counts.iter().filter(|(_, count)| *count > 0).map(part).collect::<Vec<_>>().join(between)
}
