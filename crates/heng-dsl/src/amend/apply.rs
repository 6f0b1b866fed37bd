//! Applying changes, one after the other: each sees what those before it have made. A change that
//! does not fit is a finding, and the others are applied all the same.

use std::{collections::BTreeSet, ops::Range};

use heng_diag::{Diagnostic, FileId, Span};

use super::{
    change::{Edit, Place, Step, Text, Verb},
    find::{Found, Lost, find},
    weave::{Origin, Weave},
};
use crate::{
    outline::{Entry, Kind, outline, plain_name},
    parse::{Rule, prepare},
    wording,
};

/// Applies changes in order; what does not fit is reported.
pub fn apply(weave: &mut Weave, edits: &[&Edit], diagnostics: &mut Vec<Diagnostic>) {
    let mut work = Work { weave, set: BTreeSet::new(), done: Vec::new(), entries: None };
    for edit in edits {
        if let Some(earlier) = work.conflict(edit) {
            diagnostics.push(wording::amend_conflict(span(edit), span(earlier)));
            continue;
        }
        match work.one(edit) {
            Ok(()) => work.done.push(edit),
            Err(found) => diagnostics.push(*found),
        }
    }
}

struct Work<'a> {
    weave: &'a mut Weave,
    /// The fields of the pack that an amendment has given anew.
    set: BTreeSet<(FileId, String)>,
    done: Vec<&'a Edit>,
    /// The outline, while the text is as it was.
    entries: Option<Vec<Entry>>,
}

type Done = Result<(), Box<Diagnostic>>;

impl<'a> Work<'a> {
    /// An earlier change of the same amendment that leaves nothing for this one.
    fn conflict(&self, edit: &Edit) -> Option<&'a Edit> {
        let consumes = |verb: &Verb| matches!(verb, Verb::Change { .. } | Verb::Drop | Verb::Replace(_));
        let clash = |earlier: &&&Edit| {
            if earlier.file != edit.file || !consumes(&earlier.verb) {
                return false;
            }
            let whole = matches!(earlier.verb, Verb::Drop | Verb::Replace(_));
            let same = earlier.target == edit.target && !matches!(edit.verb, Verb::Insert(..) | Verb::Set(_));
            let inside = whole && edit.target.starts_with(&earlier.target) && earlier.target != edit.target;
            // A row whose cells were changed goes by its new ones.
            let goes_on = matches!(earlier.verb, Verb::Drop) && matches!(edit.verb, Verb::Insert(..));
            (same && (!matches!(edit.verb, Verb::Move(..)) || whole)) || (inside && !goes_on)
        };
        self.done.iter().find(clash).copied()
    }

    fn one(&mut self, edit: &'a Edit) -> Done {
        let entries = match self.entries.take() {
            Some(entries) => entries,
            None => outline(&self.weave.text).unwrap_or_default(),
        };
        if let Verb::Set(text) = &edit.verb {
            return self.set(&entries, edit, text);
        }
        let found = match find(&entries, &edit.target) {
            Ok(found) => found,
            Err(lost) => {
                let finding = match lost {
                    Lost::Nothing(name) => wording::amend_orphan(&name, span(edit)),
                    Lost::Several(name) => wording::amend_ambiguous(&name, span(edit)),
                };
                self.entries = Some(entries);
                return Err(Box::new(finding));
            }
        };
        let misfit = || Err(Box::new(wording::amend_misfit(span(edit))));
        match &edit.verb {
            Verb::Change { old, new } => {
                let slot = match &found {
                    Found::Slot(slot) => Some((*slot).clone()),
                    Found::Entry(entry) if entry.kind == Kind::Row => entry.name.clone(),
                    Found::Entry(entry) => entry.value.clone(),
                    Found::Criterion(_) => None,
                };
                let Some(slot) = slot else { return misfit() };
                if !same_words(&slot.text, old) {
                    let shown = self.weave.text.get(slot.span.clone()).unwrap_or("").to_owned();
                    let place = self.weave.span(at(&slot.span));
                    return Err(Box::new(wording::amend_stale(&shown, span(edit), place)));
                }
                self.put(slot.span, new, ("", ""));
            }
            Verb::Insert(place, text) => match insertion(&found, *place) {
                Some(at) => self.put(at..at, text, ("\n", "\n")),
                None => return misfit(),
            },
            Verb::Drop => self.clear(&found, None),
            Verb::Replace(text) => self.clear(&found, Some(text)),
            Verb::Move(place, to) => return self.shift(&entries, &found, *place, to, edit),
            Verb::Rename(new) => return self.rename(&entries, &found, new, edit),
            Verb::Set(_) => {}
        }
        Ok(())
    }

    fn put(&mut self, range: Range<usize>, text: &Text, (before, after): (&str, &str)) {
        let origin = Origin { file: text.file, from: text.from };
        self.weave.replace(range, (before, text.text.as_str(), after), origin);
    }

    /// Takes away what was found, and puts a text in its place.
    fn clear(&mut self, found: &Found<'_>, text: Option<&Text>) {
        let mut spans: Vec<Range<usize>> = match found {
            Found::Criterion(node) => node.criterion().iter().map(|line| line.span.clone()).collect(),
            other => other.span().into_iter().collect(),
        };
        if let (Found::Criterion(node), true) = (found, spans.is_empty()) {
            spans.extend(node.inside.as_ref().map(|inside| inside.end..inside.end));
        }
        for (index, span) in spans.into_iter().enumerate().rev() {
            match text.filter(|_| index == 0) {
                Some(text) => self.put(span, text, ("\n", "\n")),
                None => self.put(span, &Text::default(), ("", "")),
            }
        }
    }

    fn shift(&mut self, entries: &[Entry], found: &Found<'_>, place: Place, to: &[Step], edit: &Edit) -> Done {
        let target = match find(entries, to) {
            Ok(target) => target,
            Err(Lost::Nothing(name)) => return Err(Box::new(wording::amend_orphan(&name, span(edit)))),
            Err(Lost::Several(name)) => return Err(Box::new(wording::amend_ambiguous(&name, span(edit)))),
        };
        let (Some(from), Some(to)) = (found.span(), insertion(&target, place)) else {
            return Err(Box::new(wording::amend_misfit(span(edit))));
        };
        if from.start < to && to < from.end {
            return Err(Box::new(wording::amend_misfit(span(edit))));
        }
        self.weave.shift(from, to);
        Ok(())
    }

    /// Renames what was found. A datum, parameter or definition is renamed wherever it is read.
    fn rename(&mut self, entries: &[Entry], found: &Found<'_>, new: &Text, edit: &Edit) -> Done {
        let (Found::Entry(entry), true) = (found, true) else {
            return Err(Box::new(wording::amend_misfit(span(edit))));
        };
        let Some(name) = &entry.name else { return Err(Box::new(wording::amend_misfit(span(edit)))) };
        if matches!(entry.kind, Kind::Node | Kind::Pack) {
            let bare = Text { text: unquoted(&new.text).to_owned(), ..new.clone() };
            self.put(name.span.clone(), &bare, ("", ""));
        } else if find(entries, &[Step::Name(plain_name(&new.text))]).is_ok() {
            return Err(Box::new(wording::amend_taken(&plain_name(&new.text), span(edit))));
        } else {
            for place in mentions(&self.weave.text, &entry.key).into_iter().rev() {
                self.put(place, new, ("", ""));
            }
        }
        Ok(())
    }

    /// A place without the blanks at its end: they keep a comment behind it apart.
    fn trimmed(&self, place: &Range<usize>) -> Range<usize> {
        let text = self.weave.text.get(place.clone()).unwrap_or_default();
        place.start..place.start + text.trim_end().len()
    }

    /// Gives a field of the pack anew.
    fn set(&mut self, entries: &[Entry], edit: &Edit, text: &Text) -> Done {
        let pack = entries.iter().find(|entry| entry.kind == Kind::Pack);
        let (Some(pack), Some(Step::Name(word))) = (pack, edit.target.last()) else {
            return Err(Box::new(wording::amend_orphan("规则包", span(edit))));
        };
        let Some(inside) = &pack.inside else { return Err(Box::new(wording::amend_misfit(span(edit)))) };
        let old: Vec<Range<usize>> = pack.fields(word).map(|field| self.trimmed(&field.span)).collect();
        let first = self.set.insert((edit.file, word.clone()));
        match (old.first(), old.last()) {
            (Some(_), Some(_)) if first => {
                for (index, place) in old.iter().enumerate().rev() {
                    let text = if index == 0 { text.clone() } else { Text::default() };
                    self.put(place.clone(), &text, ("", ""));
                }
            }
            (_, Some(last)) => self.put(last.end..last.end, text, ("\n", "")),
            _ => self.put(inside.start..inside.start, text, ("\n", "")),
        }
        Ok(())
    }
}

/// A name as it is written, without its quotes: its signs stay full-width.
fn unquoted(name: &str) -> &str {
    let name = name.trim();
    let inside = [('“', '”'), ('「', '」'), ('"', '"')].iter().find_map(|(open, close)| {
        name.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close)).filter(|rest| !rest.contains(*close))
    });
    inside.unwrap_or(name)
}

/// Where something new is put.
fn insertion(found: &Found<'_>, place: Place) -> Option<usize> {
    match (found, place) {
        (Found::Entry(entry), Place::In) => entry.inside.as_ref().map(|inside| inside.end),
        (Found::Criterion(_), Place::In) => found.span().map(|span| span.end),
        (_, Place::After) => found.span().map(|span| span.end),
        (_, Place::Before) => found.span().map(|span| span.start),
        (Found::Slot(_), Place::In) => None,
    }
}

/// Where a name is written.
fn mentions(text: &str, name: &str) -> Vec<Range<usize>> {
    let mut diagnostics = Vec::new();
    let Some(prepared) = prepare(FileId(0), text, &mut diagnostics) else { return Vec::new() };
    let Some(root) = prepared.pairs(&mut diagnostics) else { return Vec::new() };
    let words = crate::outline::Words::of(&prepared, text, root, &diagnostics);
    let is = |word: &&crate::outline::Word| word.rule == Rule::name && plain_name(&word.text) == name;
    words.0.iter().filter(is).map(|word| word.span.clone()).collect()
}

/// Whether two texts say the same: quotes around the whole and blanks apart.
fn same_words(found: &str, old: &str) -> bool {
    let bare = |text: &str| plain_name(text).replace(' ', "");
    bare(found) == bare(old)
}

fn at(range: &Range<usize>) -> Span {
    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Span { file: FileId(0), start: offset(range.start), end: offset(range.end) }
}

/// Where a change is written.
fn span(edit: &Edit) -> Span {
    Span { file: edit.file, ..at(&edit.span) }
}
