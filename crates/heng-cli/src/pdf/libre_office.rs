//! The report as PDF: LibreOffice converts the docx, where it is installed.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use heng_diag::Lang;
use heng_docs::{Document, fonts::FONTS};

use super::Printed;
use crate::{exit::Exit, failure::Failure, wording};

/// Names under which LibreOffice is found on the search path.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];

/// How long a conversion may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// The report as PDF, and what is to be said of it.
pub fn convert(documents: &[Document], lang: Lang) -> Result<Printed, Failure> {
    let name = heng_docs::report_name(lang);
    let failed = |reason: &str| Failure::general(Exit::Files, wording::no_pdf(reason));
    let Some(report) = documents.iter().find(|document| document.name == name) else {
        return Err(failed(name));
    };
    let folder = tempfile::tempdir().map_err(|error| failed(&error.to_string()))?;
    let source = folder.path().join("report.docx");
    std::fs::write(&source, &report.bytes).map_err(|error| failed(&error.to_string()))?;
    for program in PROGRAMS {
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
        let started = Command::new(program)
            .args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"])
            .arg(folder.path())
            .arg(&source)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = started else { continue };
        let until = Instant::now() + PATIENCE;
        while matches!(child.try_wait(), Ok(None)) {
            if Instant::now() > until {
                let _ = child.kill();
                let _ = child.wait();
                return Err(failed(program));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let bytes = std::fs::read(folder.path().join("report.pdf")).map_err(|error| failed(&error.to_string()))?;
        let strange = strange_fonts(&bytes);
        return Ok(Printed { bytes, said: wording::pdf_converted(program, &strange) });
    }
    Err(failed("soffice"))
}

/// The fonts of a PDF that nobody asked for, and those that the file does not carry.
fn strange_fonts(bytes: &[u8]) -> Vec<String> {
    let known = |name: &str| FONTS.iter().any(|asked| asked.is(name));
    let fonts = heng_audit::pdf_fonts(bytes);
    fonts.into_iter().filter(|(name, carried)| !known(name) || !carried).map(|(name, _)| name).collect()
}
