//! The report set by typst: pages in order, fonts as said, the same bytes each time. Typst takes a quarter of an
//! hour to compile, so all this is there with `--features pdf` alone.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "tests say what they expect by failing")]

#[cfg(feature = "pdf")]
#[path = "../../../crates/heng-docs/tests/support/case.rs"]
mod case;
#[cfg(feature = "pdf")]
#[path = "support/pages.rs"]
mod pages;

#[cfg(not(feature = "pdf"))]
#[test]
#[ignore = "needs --features pdf, which compiles typst"]
fn the_report_is_set_by_typst() {
    use std::io::Write;
    // Written past the test runner, which keeps what a passing test prints to itself.
    let _ = writeln!(std::io::stderr(), "skipped: the PDF is tested with --features pdf, which compiles typst");
}

#[cfg(feature = "pdf")]
#[test]
#[ignore = "needs Poppler and a Chinese font"]
fn the_report_is_set_by_typst() -> Result<(), Box<dyn std::error::Error>> {
    use fontdb::{Database, Family, Query};
    use heng_diag::Lang;
    use heng_outside::{POPPLER, need};
    use heng_pdf::{Face, choose, print};

    let Some(pdftoppm) = need(&POPPLER)? else { return Ok(()) };
    let mut system = Database::new();
    system.load_system_fonts();
    let installed: Vec<String> =
        system.faces().flat_map(|face| face.families.iter().map(|(name, _)| name.clone())).collect();
    let choice = choose(&installed)?;
    let face = |name: &str| {
        let id = system.query(&Query { families: &[Family::Name(name)], ..Query::default() }).unwrap();
        let face = system.with_face_data(id, |bytes, index| Face { bytes: bytes.to_vec(), index });
        (name.to_owned(), face.unwrap())
    };
    let faces: Vec<(String, Face)> = choice.names().into_iter().map(face).collect();
    for (example, pack, lang, count) in [
        ("potou-2023", "guangdong-dept-overall", Lang::Zh, 8..=13),
        ("potou-2023-en", "guangdong-dept-overall-en", Lang::En, 8..=15),
    ] {
        let report = case::Case::of(example, pack).made(lang).report;
        let pdf = print(&report, &choice, faces.clone(), lang).map_err(|unset| unset.0)?;
        assert!(pdf == print(&report, &choice, faces.clone(), lang).map_err(|unset| unset.0)?, "the same bytes");
        pages::assert_in_order(&pages::pages(&pdftoppm, &pdf)?, count);
        let fonts = heng_audit::pdf_fonts(&pdf);
        assert!(!fonts.is_empty() && fonts.values().all(|carried| *carried), "{fonts:?}");
        // The text can be copied out of it.
        let text = heng_audit::read("a.pdf", &pdf).map_err(|problems| format!("{problems:?}"))?.document.text;
        let known = if lang == Lang::Zh { "一、单位基本情况" } else { "1. The department" };
        assert!(text.contains(known), "{text}");
    }
    Ok(())
}
