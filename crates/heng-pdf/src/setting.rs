//! Typst, given one text and some fonts, and nothing else of the world.

use heng_diag::Lang;
use heng_docs::Report;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::{choice::Choice, source::source};

/// A font: the bytes of its file, and which of the file's fonts it is.
#[derive(Clone, Debug)]
pub struct Face {
    /// The file.
    pub bytes: Vec<u8>,
    /// Which of its fonts, from 0.
    pub index: u32,
}

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unset(pub String);

/// The report as PDF; `faces` are the fonts of `choice` by the names they have there.
///
/// # Errors
/// What typst says of the report; this is a mistake of ours.
pub fn print(report: &Report, choice: &Choice, faces: Vec<(String, Face)>, lang: Lang) -> Result<Vec<u8>, Unset> {
    let mut fonts = Vec::new();
    let mut families = Vec::new();
    for (name, face) in faces {
        let font = Font::new(Bytes::new(face.bytes), face.index).ok_or_else(|| Unset(name.clone()))?;
        // Typst knows a font by one of its names alone.
        families.push((name, font.info().family.to_string()));
        fonts.push(font);
    }
    let of = |name: &String| {
        let family = families.iter().find(|(known, _)| known == name).map(|(_, family)| family.clone());
        family.ok_or_else(|| Unset(name.clone()))
    };
    let choice = Choice {
        title: of(&choice.title)?,
        head: of(&choice.head)?,
        kai: of(&choice.kai)?,
        body: of(&choice.body)?,
        latin: of(&choice.latin)?,
        page: of(&choice.page)?,
        substitutions: Vec::new(),
    };
    set(source(report, &choice, lang), fonts)
}

/// The source as PDF.
fn set(source: String, fonts: Vec<Font>) -> Result<Vec<u8>, Unset> {
    let world = Desk::new(source, fonts)?;
    let said = |errors: &[SourceDiagnostic]| {
        Unset(errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; "))
    };
    let document: PagedDocument = typst::compile(&world).output.map_err(|errors| said(&errors))?;
    typst_pdf::pdf(&document, &PdfOptions::default()).map_err(|errors| said(&errors))
}

/// The world of one document: its text, and its fonts.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
}

impl Desk {
    fn new(text: String, fonts: Vec<Font>) -> Result<Desk, Unset> {
        let path = VirtualPath::new("report.typ").map_err(|_| Unset("report.typ".to_owned()))?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        let mut book = FontBook::new();
        fonts.iter().for_each(|font| book.push(font.info().clone()));
        Ok(Desk {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(book),
            fonts,
            source: Source::new(id, text),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
