//! What a file says about itself: reported or assumed, its paper, the department, the day.

use heng_model::{Name, facts::Subject};

use super::{Background, Report, attributes, blank};
use crate::{
    date::{self, NotADate},
    index,
    raw::{Entry, Kind, Scalar, Spot},
    wording,
    words::{self, FileWord},
};

/// The subject, and where its parts were read.
#[derive(Debug, Default)]
pub(super) struct SubjectSoFar {
    pub(super) subject: Subject,
    name_at: Option<Spot>,
    filled_at: Option<Spot>,
}

/// Reads a file's entry about itself.
pub(super) fn read(entry: &Entry, background: &mut Background, so_far: &mut SubjectSoFar, report: &mut Report) {
    let Kind::Table(members) = &entry.node.kind else {
        return report.push(entry.node.at.mark(wording::not_a_file_entry()));
    };
    for member in members {
        if blank(&member.node) {
            continue;
        }
        match words::file_word(&member.name) {
            Some(FileWord::Basis) => basis(member, background, report),
            Some(FileWord::Source) => background.paper = attributes::text(member, report).map(Name::from),
            Some(FileWord::UnitName) => unit_name(member, so_far, report),
            Some(FileWord::Filled) => filled(member, so_far, report),
            None => {
                let nearest = index::nearest(&member.name, words::file_word_spellings());
                report.push(member.at.mark(wording::unknown_file_word(&member.name, nearest.as_deref())));
            }
        }
    }
}

fn basis(member: &Entry, background: &mut Background, report: &mut Report) {
    let Some(found) = attributes::text(member, report) else { return };
    match words::basis(&found) {
        Some(assumed) => background.assumed = assumed,
        None => report.push(member.node.at.mark(wording::basis(&found))),
    }
}

fn unit_name(member: &Entry, so_far: &mut SubjectSoFar, report: &mut Report) {
    let Some(found) = attributes::text(member, report).map(Name::from) else { return };
    match &so_far.name_at {
        Some(first) if so_far.subject.name != found => contradiction(member, first, report),
        Some(_) => {}
        None => {
            so_far.subject.name = found;
            so_far.name_at = Some(member.node.at.clone());
        }
    }
}

fn filled(member: &Entry, so_far: &mut SubjectSoFar, report: &mut Report) {
    let read = match &member.node.kind {
        Kind::Scalar(Scalar::Date(day)) => date::whole(day.year(), day.month(), day.day()),
        Kind::Scalar(Scalar::Text(text)) => date::date(text),
        _ => Err(NotADate::Form),
    };
    let found = match &member.node.kind {
        Kind::Scalar(scalar) => scalar.words(),
        _ => String::new(),
    };
    match (read, &so_far.filled_at) {
        (Err(NotADate::Form), _) => report.push(member.node.at.mark(wording::date_form(&member.name, &found))),
        (Err(NotADate::Impossible), _) => {
            report.push(member.node.at.mark(wording::date_impossible(&member.name, &found)));
        }
        (Ok(day), Some(first)) if so_far.subject.filled != Some(day) => contradiction(member, first, report),
        (Ok(day), _) => {
            so_far.subject.filled = Some(day);
            so_far.filled_at = Some(member.node.at.clone());
        }
    }
}

/// Two files may repeat the department and the day; they may not name two.
fn contradiction(member: &Entry, first: &Spot, report: &mut Report) {
    let other = member.node.at.mark(wording::contradiction(&member.name));
    report.push(first.mark_first(other));
}
