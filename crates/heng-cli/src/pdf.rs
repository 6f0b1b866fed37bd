//! The report as PDF: set by ourselves where the program was built with the feature `pdf`, else converted by
//! LibreOffice where it is installed.

#[cfg(not(feature = "pdf"))]
mod libre_office;
#[cfg(feature = "pdf")]
mod own;

use heng_diag::{Lang, Text};
use heng_docs::{Document, Made};

use crate::{failure::Failure, wording};

/// A PDF, and what is to be said of how it was made and in which fonts.
pub struct Printed {
    bytes: Vec<u8>,
    said: Text,
}

/// The report as a PDF, with what is to be said; without a wish for one, how to get it.
pub fn print(made: &Made, wanted: bool, lang: Lang) -> Result<(Option<Document>, Text), Failure> {
    if !wanted {
        return Ok((None, wording::no_pdf_wanted()));
    }
    #[cfg(feature = "pdf")]
    let printed = own::print(&made.report, lang)?;
    #[cfg(not(feature = "pdf"))]
    let printed = libre_office::convert(&made.documents, lang)?;
    let name = format!("{}.pdf", heng_docs::report_name(lang).trim_end_matches(".docx"));
    Ok((Some(Document { name, bytes: printed.bytes }), printed.said))
}
