//! A copy of a Word document with a comment at the place of each finding. Only comments are added: every
//! other part of the file stays byte for byte.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{Cursor, Read, Write},
};

use heng_diag::{Diagnostic, Lang, escape_html};
use quick_xml::{Reader, events::Event};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    Audit,
    document::{Document, Kind},
    page::severity_word,
    reader, reading,
};

const COMMENTS: &str = "word/comments.xml";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// Writes the copy. A document that is no Word file is written as one, paragraph by paragraph.
///
/// # Errors
/// Why the file cannot be read again, or that it has comments already.
pub fn annotate(document: &Document, audit: &Audit, bytes: &[u8], lang: Lang) -> Result<Vec<u8>, Box<Diagnostic>> {
    let word = bytes.starts_with(b"PK") && reader::is_word(bytes)?;
    let original = if word { bytes.to_vec() } else { plain(document)? };
    let comments = comments(document, audit, lang, word);
    rewrite(&original, &comments)
}

/// The texts of the comments by the number of their paragraph.
fn comments(document: &Document, audit: &Audit, lang: Lang, word: bool) -> BTreeMap<usize, Vec<String>> {
    let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for finding in &audit.findings {
        let Some(primary) = &finding.primary else { continue };
        let at = primary.span.start as usize;
        let Some(number) = document.block_at(at) else { continue };
        let Some(block) = document.blocks.get(number) else { continue };
        let cell = match &block.kind {
            Kind::Row { cells, .. } => cells.iter().rev().find(|cell| cell.span.start <= at).map(|cell| cell.source),
            Kind::Paragraph => None,
        };
        let paragraph = if word { cell.unwrap_or(block.source) } else { number };
        found.entry(paragraph).or_default().push(said(finding, lang));
    }
    found
}

fn said(finding: &Diagnostic, lang: Lang) -> String {
    let mut text = format!("【{}】{}", severity_word(finding.severity, lang), finding.title.get(lang));
    for line in finding.notes.iter().chain(&finding.helps) {
        let _ = write!(text, "\n{}", line.get(lang));
    }
    let _ = write!(text, "\n({})", finding.code);
    text
}

/// A Word file of the blocks of a document.
fn plain(document: &Document) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut body =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"{WORD}\"><w:body>");
    for block in &document.blocks {
        let text = escape_html(document.block_text(block));
        let _ = write!(body, "<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    }
    body.push_str("<w:sectPr/></w:body></w:document>");
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let none = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    let parts = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations),
        ("word/document.xml", body.as_str()),
        ("word/_rels/document.xml.rels", none),
    ];
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        out.start_file(name, SimpleFileOptions::default()).map_err(broken)?;
        out.write_all(text.as_bytes()).map_err(broken)?;
    }
    Ok(out.finish().map_err(broken)?.into_inner())
}

fn broken(error: impl std::fmt::Display) -> Box<Diagnostic> {
    Box::new(reading::broken(&error.to_string()))
}

fn rewrite(bytes: &[u8], comments: &BTreeMap<usize, Vec<String>>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut archive = reader::open(bytes)?;
    if archive.index_for_name(COMMENTS).is_some() {
        return Err(Box::new(reading::has_comments()));
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let mut ids = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.into_owned();
        if !matches!(name.as_str(), "word/document.xml" | "[Content_Types].xml" | "word/_rels/document.xml.rels") {
            out.raw_copy_file(part).map_err(broken)?;
            continue;
        }
        let mut text = String::new();
        part.take(reader::MOST_BYTES * 4).read_to_string(&mut text).map_err(broken)?;
        let text = match name.as_str() {
            "word/document.xml" => marked(&text, comments, &mut ids)?,
            "[Content_Types].xml" => {
                before(&text, "</Types>", &format!("<Override PartName=\"/{COMMENTS}\" ContentType=\"{TYPE}\"/>"))
            }
            _ => before(
                &text,
                "</Relationships>",
                &format!("<Relationship Id=\"rIdHengComments\" Type=\"{RELATION}\" Target=\"comments.xml\"/>"),
            ),
        };
        out.start_file(name, SimpleFileOptions::default()).map_err(broken)?;
        out.write_all(text.as_bytes()).map_err(broken)?;
    }
    out.start_file(COMMENTS, SimpleFileOptions::default()).map_err(broken)?;
    out.write_all(comment_part(&ids).as_bytes()).map_err(broken)?;
    Ok(out.finish().map_err(broken)?.into_inner())
}

fn before(text: &str, end: &str, insert: &str) -> String {
    text.replacen(end, &format!("{insert}{end}"), 1)
}

/// The body with the marks of the comments; `ids` gets their texts in the order of their numbers.
fn marked(
    xml: &str,
    comments: &BTreeMap<usize, Vec<String>>,
    ids: &mut Vec<String>,
) -> Result<String, Box<Diagnostic>> {
    let mut reader = Reader::from_str(xml);
    let mut out = String::with_capacity(xml.len());
    let (mut paragraph, mut from, mut open) = (0_usize, 0_usize, Vec::new());
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(broken)?;
        match event {
            Event::Eof => break,
            Event::End(tag) if tag.name().as_ref() == "w:p" => {
                let count = ids.len();
                ids.extend(comments.get(&paragraph).into_iter().flatten().cloned());
                open.extend(count..ids.len());
                out.push_str(xml.get(from..start).unwrap_or(""));
                for id in open.drain(..) {
                    let _ = write!(
                        out,
                        "<w:commentRangeStart w:id=\"{id}\"/><w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
                    );
                }
                from = start;
                paragraph += 1;
            }
            Event::Empty(tag) if tag.name().as_ref() == "w:p" => paragraph += 1,
            _ => {}
        }
    }
    out.push_str(xml.get(from..).unwrap_or(""));
    Ok(out)
}

fn comment_part(texts: &[String]) -> String {
    let mut out =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:comments xmlns:w=\"{WORD}\">");
    for (id, text) in texts.iter().enumerate() {
        let _ = write!(out, "<w:comment w:id=\"{id}\" w:author=\"heng\" w:initials=\"衡\">");
        for line in text.lines() {
            let _ = write!(out, "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape_html(line));
        }
        out.push_str("</w:comment>");
    }
    out.push_str("</w:comments>");
    out
}
