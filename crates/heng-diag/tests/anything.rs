//! Whatever the text and the spans, a diagnostic is rendered and nothing panics.

use heng_diag::{Diagnostic, Edit, FileId, Fix, Format, Lang, Sources, Span, Text, apply_fixes, render};
use proptest::prelude::*;

fn any_span() -> impl Strategy<Value = Span> {
    (0u16..3, 0u32..60, 0u32..60).prop_map(|(file, start, end)| Span { file: FileId(file), start, end })
}

fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("甲"),
            Just("a"),
            Just(" "),
            Just("\n"),
            Just("\r\n"),
            Just("\r"),
            Just("\t"),
            Just("😀"),
            Just("\u{200b}"),
            Just("\u{feff}"),
            Just("“"),
            Just("\u{3000}"),
            Just("{"),
            Just("e\u{301}"),
            Just("很长很长的一段文字"),
            Just("\u{2028}")
        ],
        0..24,
    )
    .prop_map(|parts| parts.concat())
}

fn any_fix() -> impl Strategy<Value = Fix> {
    proptest::collection::vec((any_span(), any_text()), 0..4).prop_map(|edits| Fix {
        title: Text::same("改"),
        edits: edits.into_iter().map(|(span, replacement)| Edit { span, replacement }).collect(),
        safe: true,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn is_rendered(
        texts in proptest::collection::vec(any_text(), 0..3),
        primary in proptest::option::of(any_span()),
        others in proptest::collection::vec(any_span(), 0..4),
        words in any_text(),
        fixes in proptest::collection::vec(any_fix(), 0..3),
        width in 0usize..90,
    ) {
        let mut sources = Sources::new();
        for (number, text) in texts.iter().enumerate() {
            sources.add(format!("{number}"), text.clone());
        }
        let mut diagnostic = Diagnostic::error("a/b", Span::default(), Text::same(words.clone())).label(Text::same(words.clone())).note(Text::same(words.clone()));
        if let (Some(label), Some(span)) = (&mut diagnostic.primary, primary) {
            label.span = span;
        } else {
            diagnostic.primary = None;
        }
        for span in others {
            diagnostic = diagnostic.other(span, Text::same(words.clone()));
        }
        diagnostic.fixes = fixes;
        for format in [Format::Text { color: true, width }, Format::Text { color: false, width }, Format::Short, Format::Json] {
            let shown = render(&diagnostic, &sources, Lang::Zh, format);
            prop_assert!(shown.ends_with('\n'));
            let colored = matches!(format, Format::Text { color: true, .. });
            prop_assert!(colored || shown.chars().all(|c| matches!(c, '\n' | '\t') || !heng_diag::is_invisible(c)), "{:?}", shown);
        }
    }

    #[test]
    fn applied_fixes_keep_what_they_do_not_touch(text in any_text(), fixes in proptest::collection::vec(any_fix(), 0..4)) {
        let all: Vec<&Fix> = fixes.iter().collect();
        let fixed = apply_fixes(&text, FileId(0), &all);
        let applied = (0..all.len()).filter(|index| !fixed.skipped.contains(index)).map(|index| all[index]);
        let pure = applied.flat_map(|fix| &fix.edits).filter(|edit| edit.span.file == FileId(0)).count();
        prop_assert!(pure > 0 || fixed.text == text);
    }
}
