//! The report set by typst, in the fonts of the system.

use fontdb::{Database, Family, Query};
use heng_diag::Lang;
use heng_docs::Report;
use heng_pdf::Face;

use super::Printed;
use crate::{exit::Exit, failure::Failure, wording};

/// Sets the report; every font that stands in for another is named.
pub fn print(report: &Report, lang: Lang) -> Result<Printed, Failure> {
    let failed = |diagnostic| Failure::general(Exit::Files, diagnostic);
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let installed: Vec<String> =
        fonts.faces().flat_map(|face| face.families.iter().map(|(name, _)| name.clone())).collect();
    let choice = heng_pdf::choose(&installed).map_err(|asked| failed(wording::no_font(asked)))?;
    let faces = choice.names().into_iter().filter_map(|name| Some((name.to_owned(), face(&fonts, name)?)));
    let bytes = heng_pdf::print(report, &choice, faces.collect(), lang);
    let bytes = bytes.map_err(|unset| failed(wording::no_pdf(&unset.0)))?;
    let substitutions: Vec<(&str, &str)> =
        choice.substitutions.iter().map(|one| (one.asked, one.used.as_str())).collect();
    Ok(Printed { bytes, said: wording::pdf_set(&substitutions) })
}

/// The upright face of a family in its usual weight.
fn face(fonts: &Database, family: &str) -> Option<Face> {
    let id = fonts.query(&Query { families: &[Family::Name(family)], ..Query::default() })?;
    fonts.with_face_data(id, |bytes, index| Face { bytes: bytes.to_vec(), index })
}
