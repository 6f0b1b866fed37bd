//! What the report and the page of the example say, word for word.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

#[path = "support/case.rs"]
mod case;

use case::Case;
use heng_diag::Lang;

/// A document's text, a line for each paragraph and row.
fn text(case: &Case, name: &str, lang: Lang) -> String {
    heng_audit::read(name, &case.document(name, lang)).unwrap().document.text
}

#[test]
fn the_report_and_the_page_in_chinese() {
    let case = Case::of("potou-2023", "guangdong-dept-overall");
    insta::assert_snapshot!("report-zh", text(&case, "整体绩效自评报告.docx", Lang::Zh));
    insta::assert_snapshot!("page-zh", text(&case, "自评结果.html", Lang::Zh));
}

#[test]
fn the_report_and_the_page_in_english() {
    let case = Case::of("potou-2023-en", "guangdong-dept-overall-en");
    insta::assert_snapshot!("report-en", text(&case, "self-evaluation-report.docx", Lang::En));
    insta::assert_snapshot!("page-en", text(&case, "results.html", Lang::En));
}
