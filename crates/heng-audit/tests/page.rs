//! The page of an audit: tables stand as tables, and every finding leads to its place.

use heng_audit::{Vocabulary, audit, page::to_html, read};
use heng_diag::Lang;

const REPORT: &str =
    "2023年支出合计90万元。\n\n单位：万元\n\n| 项目 | 金额 |\n|---|---|\n| 甲<b> | 60 |\n| 乙 | 40 |\n| 合计 | 90 |\n";

#[test]
fn tables_are_tables_and_findings_lead_to_their_places() {
    let one = || {
        let document = read("报告.md", REPORT.as_bytes()).unwrap().document;
        let found = audit(&document, &Vocabulary::standard());
        (document, found)
    };
    let html = to_html(&[one(), one()], Lang::Zh);
    assert_eq!(html.matches("<table>").count(), 2, "{html}");
    assert_eq!(html.matches("<tr>").count(), html.matches("</tr>").count(), "{html}");
    assert!(html.contains("<td>甲&lt;b&gt;</td><td class=\"n\">60</td>"), "{html}");
    assert!(!html.contains(" | 60"), "{html}");
    for file in 0..2 {
        for number in 0..one().1.findings.len() {
            assert_eq!(html.matches(&format!("href=\"#f{file}-{number}\"")).count(), 1, "{html}");
            assert_eq!(html.matches(&format!(" id=\"f{file}-{number}\"")).count(), 1, "{html}");
        }
    }
}
