//! The fonts of a PDF file, as the file names them: what a converter put in the place of what was asked for.

use std::collections::BTreeMap;

use pdf_extract::{Dictionary, Document, Object};

/// The fonts of a PDF, each with whether the file carries it; none where the file cannot be read.
#[must_use]
pub fn pdf_fonts(bytes: &[u8]) -> BTreeMap<String, bool> {
    let Ok(document) = Document::load_mem(bytes) else { return BTreeMap::new() };
    document.objects.values().filter_map(|object| object.as_dict().ok()).filter_map(font).collect()
}

fn font(dict: &Dictionary) -> Option<(String, bool)> {
    let name = |key: &[u8]| dict.get(key).and_then(Object::as_name).ok();
    if name(b"Type")? != b"FontDescriptor" {
        return None;
    }
    let full = String::from_utf8_lossy(name(b"FontName")?).into_owned();
    // A font of which a part is carried has a tag of six letters before its name.
    let bare = full.split_once('+').filter(|(tag, _)| tag.len() == 6).map(|(_, bare)| bare.to_owned());
    let carried = [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| dict.has(key));
    Some((bare.unwrap_or(full), carried))
}
