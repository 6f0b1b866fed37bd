//! A pack as the notice prints it: the scoring table with its levels, points and sentences, then
//! parameters, grades, what states do, methods and the data asked for. Collected once as texts, laid
//! out as Markdown or as a page.

mod data;
mod html;
mod markdown;
mod rows;

use heng_diag::Lang;
use heng_model::{
    Name, Program, State, Type, Value,
    expr::{Citation, Status},
    program::{Let, Method, MethodId},
};
use heng_phrase::{Phrase, decimal};

use crate::wording;

/// In what form a pack is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocForm {
    /// Markdown.
    Markdown,
    /// A page in one file.
    Html,
}

/// The pack as the notice prints it.
#[must_use]
pub fn pack_document(program: &Program, lang: Lang, form: DocForm) -> String {
    let doc = PackDoc::new(program, lang);
    match form {
        DocForm::Markdown => markdown::markdown(&doc),
        DocForm::Html => html::page(&doc),
    }
}

/// What is printed, as texts.
pub(crate) struct PackDoc {
    lang: Lang,
    title: String,
    subtitle: String,
    /// Where and for what the table holds.
    scope: Vec<(String, String)>,
    disclaimers: Vec<String>,
    /// How many levels the table has.
    levels: usize,
    rows: Vec<rows::Row>,
    /// Rules of groups that do not simply add up.
    groups: Vec<(String, String)>,
    sections: Vec<Section>,
}

/// A table with heads.
pub(crate) struct Section {
    title: String,
    note: String,
    heads: Vec<String>,
    lines: Vec<Line>,
}

/// A line of a section; a heading runs over all columns.
pub(crate) enum Line {
    Heading(String),
    Cells(Vec<String>),
}

impl PackDoc {
    fn new(program: &Program, lang: Lang) -> PackDoc {
        let phrase = Phrase::new(program, lang);
        let title = program.root().map(|root| phrase.node_title(root).to_owned()).unwrap_or_default();
        let sections = [
            parameters(&phrase, program),
            grades(&phrase, program),
            states(&phrase, program),
            methods(&phrase, program),
        ];
        let sections = sections.into_iter().chain([data::demands(&phrase, program), data::data(&phrase, program)]);
        PackDoc {
            lang,
            title,
            subtitle: wording::year(lang, program.pack.year),
            scope: scope(&phrase, program),
            disclaimers: program.pack.disclaimers.iter().map(ToString::to_string).collect(),
            levels: program.nodes.iter().map(|node| usize::from(node.level)).max().unwrap_or(0),
            rows: rows::rows(&phrase, program),
            groups: rows::groups(&phrase, program),
            sections: sections.filter(|section| !section.lines.is_empty()).collect(),
        }
    }

    fn word(&self, pair: wording::Pair) -> &'static str {
        pair.get(self.lang)
    }

    fn level(&self, level: usize) -> String {
        wording::level(self.lang, level)
    }
}

/// Heads and lines of a section.
fn section(lang: Lang, title: wording::Pair, heads: &[wording::Pair], lines: Vec<Line>) -> Section {
    Section {
        title: title.get(lang).to_owned(),
        note: String::new(),
        heads: heads.iter().map(|head| head.get(lang).to_owned()).collect(),
        lines,
    }
}

fn scope(phrase: &Phrase<'_>, program: &Program) -> Vec<(String, String)> {
    let (pack, lang) = (&program.pack, phrase.lang());
    let root = program.root();
    let text = |text: &Option<Name>| text.as_ref().map(ToString::to_string);
    let full = root.map(|root| wording::points(lang, &decimal(&root.full)));
    let found = [
        (wording::REGION, text(&pack.region)),
        (wording::YEAR, Some(wording::year(lang, pack.year))),
        (wording::NOTICE, text(&pack.notice)),
        (wording::LAST_DAY, pack.due.map(|day| phrase.value(&Value::Date(day), &Type::Date))),
        (wording::FULL_MARKS, full),
        (wording::CALENDAR, text(&pack.calendar)),
        (wording::CLAUSE, text(&pack.cite.basis)),
        (wording::SOURCE_OF_RULE, text(&pack.cite.source)),
        (wording::STATUS, pack.cite.status.map(|status| phrase.status(status).to_owned())),
        (wording::REVIEWED, pack.cite.reviewed.map(|day| phrase.value(&Value::Date(day), &Type::Date))),
        (wording::REMARKS, text(&pack.note)),
    ];
    found.into_iter().filter_map(|(label, text)| Some((label.get(lang).to_owned(), text?))).collect()
}

/// Clause and source on lines of their own.
fn cited(lang: Lang, cite: &Citation) -> String {
    let parts = [(wording::CLAUSE, &cite.basis), (wording::SOURCE_OF_RULE, &cite.source), (wording::WHY, &cite.reason)];
    let said = parts.into_iter().filter_map(|(label, text)| Some(wording::labelled(lang, label, text.as_ref()?)));
    said.collect::<Vec<_>>().join("\n")
}

fn status(phrase: &Phrase<'_>, status: Option<Status>) -> String {
    status.map(|status| phrase.status(status).to_owned()).unwrap_or_default()
}

fn parameters(phrase: &Phrase<'_>, program: &Program) -> Section {
    let lang = phrase.lang();
    let line = |found: &Let| {
        let reviewed = found.cite.reviewed.map(|day| phrase.value(&Value::Date(day), &Type::Date)).unwrap_or_default();
        let value = phrase.expr(found.value);
        Line::Cells(vec![
            found.name.to_string(),
            value,
            cited(lang, &found.cite),
            status(phrase, found.cite.status),
            reviewed,
        ])
    };
    let lines = program.lets.iter().filter(|found| found.parameter).map(line).collect();
    let heads = [wording::NAME, wording::VALUE, wording::BASIS_AND_SOURCE, wording::STATUS, wording::REVIEWED];
    section(lang, wording::PARAMETERS, &heads, lines)
}

fn grades(phrase: &Phrase<'_>, program: &Program) -> Section {
    let lang = phrase.lang();
    let rows = program.grade.and_then(|grade| phrase.grades(grade)).unwrap_or_default();
    let lines = rows.into_iter().map(|(range, grade)| Line::Cells(vec![grade, range])).collect();
    section(lang, wording::GRADES, &[wording::GRADE, wording::TOTAL], lines)
}

fn states(phrase: &Phrase<'_>, program: &Program) -> Section {
    let lang = phrase.lang();
    let mut lines = Vec::new();
    for (_, node) in program.tree() {
        let name =
            if node.level == 0 { wording::EVERYWHERE.get(lang).to_owned() } else { phrase.node_title(node).to_owned() };
        let above = node.parent.and_then(|id| program.node(id)).and_then(|parent| parent.inapplicable);
        if let Some(what) = node.inapplicable.filter(|what| Some(*what) != above) {
            let label = wording::INDICATOR_NOT_APPLICABLE.get(lang).to_owned();
            lines.push(Line::Cells(vec![name.clone(), label, phrase.inapplicable(what).to_owned()]));
        }
        for state in State::ALL {
            let Some(effect) = node.effects.of(state) else { continue };
            let label = wording::datum_is(lang, phrase.state(state));
            lines.push(Line::Cells(vec![name.clone(), label, phrase.effect(effect).to_owned()]));
        }
    }
    section(lang, wording::STATES, &[wording::WHERE, wording::WHEN, wording::WHAT_THEN], lines)
}

fn methods(phrase: &Phrase<'_>, program: &Program) -> Section {
    let lang = phrase.lang();
    let line = |(id, method): (MethodId, &Method)| {
        let names: Vec<&str> = method.parameters.iter().map(|parameter| &*parameter.name).collect();
        let head = if names.is_empty() {
            method.name.to_string()
        } else {
            wording::noted(lang, &method.name, &names.join(wording::COMMA.get(lang)))
        };
        Line::Cells(vec![head, phrase.method(id)])
    };
    let ids = (0u32..).map(MethodId);
    let lines = ids.zip(&program.methods).map(line).collect();
    section(lang, wording::METHODS, &[wording::NAME, wording::CRITERION], lines)
}
