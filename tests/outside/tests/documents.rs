//! The data sheet of a case, saved by LibreOffice, says what it said, also after a clerk has been at it.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "tests say what they expect by failing")]

#[path = "../../../crates/heng-docs/tests/support/case.rs"]
mod case;
#[path = "../../../crates/heng-docs/tests/support/messy.rs"]
mod messy;
#[path = "support/pages.rs"]
mod pages;

use std::{error::Error, fs, path::Path, process::Command};

use case::Case;
use heng_data::{FactsFile, read_facts};
use heng_diag::Lang;
use heng_outside::{LIBRE_OFFICE, POPPLER, need, run};
use messy::values;

fn convert(soffice: &Path, name: &str, bytes: &[u8], to: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (source, out) = (folder.path().join(name), folder.path().join("out"));
    fs::write(&source, bytes)?;
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    run(Command::new(soffice).args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(&out).arg(&source))?;
    Ok(fs::read(out.join(name).with_extension(to))?)
}

#[test]
#[ignore = "needs LibreOffice"]
fn the_data_sheet_survives_libre_office() -> Result<(), Box<dyn Error>> {
    let Some(soffice) = need(&LIBRE_OFFICE)? else { return Ok(()) };
    let case = Case::of("potou-2023", "guangdong-dept-overall");
    let sheet = case.document("数据表.xlsx", Lang::Zh);
    // As we wrote it, and as a clerk leaves it.
    for bytes in [messy::messy(&sheet), sheet] {
        let saved = convert(&soffice, "data.xlsx", &bytes, "xlsx")?;
        let reading = read_facts(&case.program.schema, &[FactsFile { name: "data.xlsx".to_owned(), bytes: saved }]);
        assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
        let known = values(&case.program, &case.reading.facts);
        for (known, read) in known.iter().zip(&values(&case.program, &reading.facts)) {
            assert_eq!(read, known);
        }
    }
    Ok(())
}

#[test]
#[ignore = "needs LibreOffice and Poppler"]
fn the_report_is_pages_in_order() -> Result<(), Box<dyn Error>> {
    let (Some(soffice), Some(pdftoppm)) = (need(&LIBRE_OFFICE)?, need(&POPPLER)?) else { return Ok(()) };
    for (example, pack, name, lang) in [
        ("potou-2023", "guangdong-dept-overall", "整体绩效自评报告.docx", Lang::Zh),
        ("potou-2023-en", "guangdong-dept-overall-en", "self-evaluation-report.docx", Lang::En),
    ] {
        let report = Case::of(example, pack).document(name, lang);
        let pdf = convert(&soffice, "report.docx", &report, "pdf")?;
        pages::assert_in_order(&pages::pages(&pdftoppm, &pdf)?, 8..=16);
        // Every font is carried in the file; those that nobody asked for are what `heng report --pdf` names.
        let fonts = heng_audit::pdf_fonts(&pdf);
        assert!(!fonts.is_empty() && fonts.values().all(|carried| *carried), "{fonts:?}");
    }
    Ok(())
}
