//! What a department submits, from one scorecard: the score sheet and the data sheet as workbooks, the
//! report as docx, a page for the browser, and the register of problems. Bytes come out; nothing here
//! knows a file, a clock or an indicator's name: wording and order are the pack's template's.
//!
//! | module | holds |
//! |---|---|
//! | `template` | the template language: minijinja over the scorecard's words |
//! | `context` | what a template can name |
//! | `lookup` | the data by name, in words |
//! | `setup` | the head of a template: register and charts |
//! | `markup` | the marks of a filled template: headings, tables, blanks |
//! | `docx` | a filled template as an official document |
//! | `ooxml` | what documents of a word processor share |
//! | `fonts` | the fonts the standard asks for |
//! | `page` | the page |
//! | `pack_doc` | a pack as the notice prints it |
//! | `register` | problem, points, measure, owner, date |
//! | `last_register` | last year's register, read back |
//! | `score_book`, `data_book`, `register_book` | the workbooks |
//! | `book` | what workbooks share |
//! | `wording` | the words, zh and en side by side |

mod book;
mod context;
mod data_book;
mod docx;
pub mod fonts;
mod last_register;
mod lookup;
mod markup;
pub mod ooxml;
mod pack_doc;
mod page;
mod register;
mod register_book;
mod score_book;
mod setup;
mod template;
#[cfg(test)]
mod tests;
mod wording;

use heng_diag::{Diagnostic, Lang};
use heng_model::Program;
use heng_report::{Sheet, record};

pub use last_register::LastRegister;
pub use markup::{Block, Span, Spans};
pub use pack_doc::{DocForm, pack_document};
pub use template::escape;
pub use wording::{TEMPLATE_NAMES, level};

/// A template of a pack: how its report reads.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// Its name, as messages print it.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its file name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The report before it is set: its title and its parts, for those who set it another way.
#[derive(Clone, Debug)]
pub struct Report {
    /// The title.
    pub title: String,
    /// The parts in their order, headings with their numbers.
    pub blocks: Vec<Block>,
}

/// The documents of a case.
#[derive(Clone, Debug)]
pub struct Made {
    /// The documents.
    pub documents: Vec<Document>,
    /// The report among them, before it was set.
    pub report: Report,
}

/// The name of the report's file.
#[must_use]
pub fn report_name(lang: Lang) -> &'static str {
    wording::REPORT_FILE.get(lang)
}

/// The name of the data workbook's file.
#[must_use]
pub fn data_name(lang: Lang) -> &'static str {
    wording::DATA_FILE.get(lang)
}

/// The template for packs that bring none of their own.
#[must_use]
pub fn neutral_template(lang: Lang) -> Template<'static> {
    match lang {
        Lang::Zh => Template { name: "报告.md", text: include_str!("templates/报告.md") },
        Lang::En => Template { name: "report.md", text: include_str!("templates/report.md") },
    }
}

/// Every document of a case; with last year's register, they say what became of it.
///
/// # Errors
/// What is wrong with the template, or what a workbook cannot hold.
pub fn documents(
    sheet: &Sheet,
    template: Template,
    last: Option<&LastRegister>,
    lang: Lang,
) -> Result<Made, Box<Diagnostic>> {
    let record = record(sheet, lang);
    let lookup = lookup::Lookup::new(sheet, lang);
    let (setup, body) = setup::split(template)?;
    let mut register = register::register(&setup, &record, &lookup, template.name)?;
    register.carry(last, lang);
    let context = context::Context { sheet, record: &record, register: &register, last, lang };
    let filled = template::fill(template.name, body, &context)?;
    let report = Report { title: record.title.clone(), blocks: markup::parse(&filled, lang) };
    let view = page::View { sheet, record: &record, register: &register, last, setup: &setup, lookup: &lookup, lang };
    let page = page::page(&view).map_err(|name| Box::new(wording::no_datum(template.name, &name)))?;
    let document = |name: heng_diag::Pair, bytes| Document { name: name.get(lang).to_owned(), bytes };
    let documents = vec![
        document(wording::SCORE_FILE, score_book::write(sheet, &record, lang).map_err(broken)?),
        document(wording::DATA_FILE, data_book::write(sheet.program, Some(sheet), lang).map_err(broken)?),
        document(wording::REGISTER_FILE, register_book::write(&record, &register, lang).map_err(broken)?),
        document(
            wording::REPORT_FILE,
            docx::write(&report.blocks, &report.title, lang)
                .map_err(|e| Box::new(wording::unwritten(&e.to_string())))?,
        ),
        document(wording::PAGE_FILE, page.into_bytes()),
    ];
    Ok(Made { documents, report })
}

/// A text with the marks of a filled template, as an official document.
///
/// # Errors
/// What a docx cannot hold.
pub fn set_docx(text: &str, title: &str, lang: Lang) -> Result<Vec<u8>, Box<Diagnostic>> {
    let blocks = markup::parse(text, lang);
    docx::write(&blocks, title, lang).map_err(|error| Box::new(wording::unwritten(&error.to_string())))
}

/// The data workbook of a pack, to be filled in.
///
/// # Errors
/// What a workbook cannot hold.
pub fn data_workbook(program: &Program, lang: Lang) -> Result<Vec<u8>, Box<Diagnostic>> {
    data_book::write(program, None, lang).map_err(broken)
}

fn broken(error: rust_xlsxwriter::XlsxError) -> Box<Diagnostic> {
    Box::new(wording::unwritten(&error.to_string()))
}
