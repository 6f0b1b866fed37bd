//! What documents of a word processor share, whoever writes them: the package with fixed times, so that the same
//! parts give the same bytes, text as XML, and the parts that never differ.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// How an element of the document begins.
pub const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// The parts as one package, each after the head of XML.
///
/// # Errors
/// What the writer of packages says.
pub fn package(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        package.start_file(*name, options)?;
        package.write_all(format!("{HEAD}\n{text}").as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// Text as XML; signs that XML cannot hold are left out.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            sign if sign < ' ' || sign == '\u{fffe}' || sign == '\u{ffff}' => {}
            sign => out.push(sign),
        }
    }
    out
}

/// `docProps/core.xml`: the title alone.
#[must_use]
pub fn core(title: &str) -> String {
    format!(
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>"#,
        xml(title)
    )
}

/// `_rels/.rels`: the document and its properties.
pub const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
