//! Reading amendments: a 修订 block becomes changes in the order in which they are written.

use std::ops::Range;

use heng_diag::FileId;
use pest::iterators::Pair;

use super::change::{Edit, Place, RowPart, Step, Text, Top, Verb};
use crate::{
    outline::{Reader, Slot, Words, plain_name},
    parse::{Prepared, Rule},
};

/// What a file holds besides rules.
#[derive(Default)]
pub struct Amendments {
    /// Where its 修订 blocks stand.
    pub blocks: Vec<Range<usize>>,
    /// Their changes.
    pub edits: Vec<Edit>,
    /// Its 变体.
    pub variants: Vec<Variant>,
    /// 基于: the file or pack they are made to.
    pub based_on: Option<Text>,
}

/// A 变体: changes that are made when it is chosen.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name, as it is written.
    pub name: String,
    /// Its headline.
    pub head: Range<usize>,
    /// The file.
    pub file: FileId,
    /// The whole block, as it is written.
    pub text: String,
    /// Its changes.
    pub edits: Vec<Edit>,
}

/// Reads the amendments and variants of a prepared file.
pub fn read(prepared: &Prepared, text: &str, file: FileId, root: Pair<'_, Rule>) -> Amendments {
    let words = Words::of(prepared, text, root.clone(), &[]);
    let reader = Amender { reader: Reader { prepared, words: &words }, text, file };
    let mut found = Amendments::default();
    for block in root.into_inner().filter(|pair| matches!(pair.as_rule(), Rule::amend | Rule::variant)) {
        let Some(Slot { span, .. }) = reader.reader.slot(&block) else { continue };
        found.blocks.push(span.clone());
        let rule = block.as_rule();
        let head = block.clone().into_inner().find(|part| part.as_rule() == Rule::head);
        let body = block.into_inner().find(|part| part.as_rule() == Rule::abody);
        let mut read = Amendments::default();
        for line in body.into_iter().flat_map(Pair::into_inner) {
            reader.line(line, &mut read);
        }
        if rule == Rule::amend {
            found.edits.extend(read.edits);
            found.based_on = read.based_on.or(found.based_on);
        } else if let Some(head) = head.and_then(|head| reader.slot_text(&head)) {
            let text = text.get(span).unwrap_or("").to_owned();
            let place = head.from..head.from + head.text.len();
            let name = plain_name(&head.text);
            found.variants.push(Variant { name, head: place, file, text, edits: read.edits });
        }
    }
    found
}

struct Amender<'a> {
    reader: Reader<'a>,
    text: &'a str,
    file: FileId,
}

impl Amender<'_> {
    fn line(&self, pair: Pair<'_, Rule>, found: &mut Amendments) {
        let Some(Slot { span, .. }) = self.reader.slot(&pair) else { return };
        let rule = pair.as_rule();
        let parts: Vec<Pair<'_, Rule>> = pair.into_inner().collect();
        if rule == Rule::field {
            return self.field(&parts, span, found);
        }
        let targets: Vec<Vec<Step>> =
            parts.iter().filter(|part| part.as_rule() == Rule::target).map(|part| self.target(part)).collect();
        let reason = parts.iter().find(|part| part.as_rule() == Rule::attr).and_then(|attr| self.reason(attr));
        let mut targets = targets.into_iter();
        let (Some(target), second) = (targets.next(), targets.next()) else { return };
        let verb = match rule {
            Rule::change => self.change(&parts),
            Rule::insert => self.held(&parts).map(|text| Verb::Insert(place(&parts), text)),
            Rule::drop => Some(Verb::Drop),
            Rule::swap => self.held(&parts).map(Verb::Replace),
            Rule::shift => second.map(|second| Verb::Move(place(&parts), second)),
            Rule::rename => parts
                .iter()
                .find(|part| matches!(part.as_rule(), Rule::name | Rule::string))
                .and_then(|name| self.slot_text(name))
                .map(Verb::Rename),
            _ => None,
        };
        found.edits.extend(verb.map(|verb| Edit { target, verb, file: self.file, span, reason }));
    }

    /// A field of the amendment is one of the pack, given anew.
    fn field(&self, parts: &[Pair<'_, Rule>], span: Range<usize>, found: &mut Amendments) {
        let word = parts.first().and_then(|part| self.reader.slot(part)).map(|slot| slot.text);
        let raw = parts.iter().find(|part| part.as_rule() == Rule::raw).and_then(|raw| self.slot_text(raw));
        let (Some(word), Some(raw)) = (word, raw) else { return };
        if word == "基于" {
            found.based_on = Some(Text { text: plain_name(&raw.text), ..raw });
            return;
        }
        let target = vec![Step::Top(Top::Pack), Step::Name(word)];
        let text = Text { text: self.text.get(span.clone()).unwrap_or("").to_owned(), from: span.start, ..raw };
        found.edits.push(Edit { target, verb: Verb::Set(text), file: self.file, span, reason: None });
    }

    fn target(&self, pair: &Pair<'_, Rule>) -> Vec<Step> {
        pair.clone().into_inner().filter_map(|step| self.step(&step)).collect()
    }

    fn step(&self, step: &Pair<'_, Rule>) -> Option<Step> {
        Some(match step.as_rule() {
            Rule::dot => return None,
            Rule::part_points => Step::Points,
            Rule::part_criterion => Step::Criterion,
            Rule::kw_pack => Step::Top(Top::Pack),
            Rule::kw_data => Step::Top(Top::Data),
            Rule::kw_params => Step::Top(Top::Params),
            Rule::kw_method => Step::Top(Top::Method),
            Rule::row_key => {
                let (mut block, mut cells, mut part) = (String::new(), String::new(), RowPart::Cells);
                for inner in step.clone().into_inner() {
                    match inner.as_rule() {
                        Rule::kw_bands | Rule::kw_checks | Rule::kw_deduct => block = self.reader.slot(&inner)?.text,
                        Rule::cells => cells = self.reader.slot(&inner)?.text,
                        Rule::part_points => part = RowPart::Points,
                        Rule::kw_per => part = RowPart::Step,
                        _ => {}
                    }
                }
                Step::Row { block, cells, part }
            }
            _ => Step::Name(plain_name(&self.reader.slot(step)?.text)),
        })
    }

    fn change(&self, parts: &[Pair<'_, Rule>]) -> Option<Verb> {
        let mut sides = parts.iter().filter(|part| part.as_rule() == Rule::side);
        let old = self.reader.slot(sides.next()?)?.text;
        Some(Verb::Change { old, new: self.slot_text(sides.next()?)? })
    }

    /// What stands in the braces.
    fn held(&self, parts: &[Pair<'_, Rule>]) -> Option<Text> {
        let open = parts.iter().find(|part| part.as_rule() == Rule::open)?;
        let close = parts.iter().find(|part| part.as_rule() == Rule::close)?;
        let (from, to) = (self.reader.span(open).end, self.reader.span(close).start);
        Some(Text { text: self.text.get(from..to)?.to_owned(), file: self.file, from })
    }

    fn slot_text(&self, pair: &Pair<'_, Rule>) -> Option<Text> {
        let span = self.reader.slot(pair)?.span;
        Some(Text { text: self.text.get(span.clone())?.to_owned(), file: self.file, from: span.start })
    }

    fn reason(&self, attr: &Pair<'_, Rule>) -> Option<String> {
        let text = attr.clone().into_inner().find(|part| part.as_rule() == Rule::string)?;
        Some(plain_name(&self.reader.slot(&text)?.text))
    }
}

fn place(parts: &[Pair<'_, Rule>]) -> Place {
    parts
        .iter()
        .find_map(|part| match part.as_rule() {
            Rule::kw_after => Some(Place::After),
            Rule::kw_before => Some(Place::Before),
            Rule::kw_to => Some(Place::In),
            _ => None,
        })
        .unwrap_or(Place::In)
}
