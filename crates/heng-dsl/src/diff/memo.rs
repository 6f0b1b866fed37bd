//! Changes in the order and the words of a memo: the pack, its indicators one by one, then parameters, data
//! and methods, each with what came, what went and what is different.

use heng_diag::{Lang, Pair};

use super::{Change, ChangeKind};
use crate::{
    amend::change::{RowPart, Step},
    keywords::FIELDS,
    wording::change_words,
};

/// A line of the memo, and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// The old and the new lines of a rule file, beside each other.
    pub sides: Option<(String, String)>,
    /// Lines of a rule file that came or went.
    pub block: Option<String>,
    pub below: Vec<Line>,
}

impl Line {
    fn of(text: String) -> Line {
        Line { text, ..Line::default() }
    }
}

const PACK: Pair = Pair("规则包", "The pack");
const PARAMETERS: Pair = Pair("参数", "Parameters");
const DATA: Pair = Pair("所需数据", "Data needed");
const METHODS: Pair = Pair("方法", "Methods");
const WHOLE: Pair = Pair("整份规则", "All of it");
const NEW: Pair = Pair("新增", "New");
const GONE: Pair = Pair("不再有", "No longer there");
const OTHER: Pair = Pair("改变", "Changed");

/// The memo: a heading for each thing that changed, and its lines.
pub fn memo(changes: &[Change], lang: Lang) -> Vec<Line> {
    let mut heads: Vec<Line> = Vec::new();
    for change in changes {
        let (head, listed) = heading(change, lang);
        let at = heads.iter().position(|line| line.text == head && line.sides.is_some() == listed);
        let at = at.unwrap_or_else(|| {
            // A list is told from an indicator of its name by this mark, which is taken away below.
            let sides = listed.then(Default::default);
            heads.push(Line { text: head, sides, ..Line::default() });
            heads.len() - 1
        });
        let Some(group) = heads.get_mut(at) else { continue };
        if listed { list(group, change, lang) } else { group.below.push(line(change, lang)) }
    }
    heads.iter_mut().for_each(|head| head.sides = None);
    heads
}

/// Under what a change is told, and whether that is a list of what came, went and changed.
fn heading(change: &Change, lang: Lang) -> (String, bool) {
    let list = match change.kind {
        ChangeKind::Parameter => PARAMETERS,
        ChangeKind::Data => DATA,
        ChangeKind::Method => METHODS,
        ChangeKind::Whole => return (WHOLE.get(lang).to_owned(), false),
        _ if change.about.is_empty() => return (PACK.get(lang).to_owned(), false),
        _ => return (change.about.clone(), false),
    };
    (list.get(lang).to_owned(), true)
}

/// Puts a parameter, datum or method into its list.
fn list(group: &mut Line, change: &Change, lang: Lang) {
    let (head, lines) = match (change.old.as_str(), change.new.as_str()) {
        ("", new) => (NEW, entries(change, new)),
        (old, "") => (GONE, entries(change, old)),
        (old, new) if old.contains('\n') || new.contains('\n') => {
            let sides = Some((old.to_owned(), new.to_owned()));
            (OTHER, vec![Line { sides, ..Line::of(change.about.clone()) }])
        }
        (old, new) if old.starts_with(&change.about) && new.starts_with(&change.about) => {
            (OTHER, vec![Line::of(format!("{old} → {new}"))])
        }
        (old, new) => (OTHER, vec![Line::of(format!("{}{}{old} → {new}", change.about, colon(lang)))]),
    };
    let head = head.get(lang);
    match group.below.iter_mut().find(|line| line.text == head) {
        Some(known) => known.below.extend(lines),
        None => group.below.push(Line { below: lines, ..Line::of(head.to_owned()) }),
    }
}

/// What came or went, a line each; a method with its lines.
fn entries(change: &Change, text: &str) -> Vec<Line> {
    if change.kind == ChangeKind::Method {
        let block = text.contains('\n').then(|| text.to_owned());
        let first = if block.is_some() { change.about.clone() } else { text.to_owned() };
        return vec![Line { block, ..Line::of(first) }];
    }
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        // What stands deeper, and the bracket that closes it, belong to the line above.
        match out.last_mut().filter(|_| line.starts_with([' ', '\t', '}'])) {
            Some(above) => *above = format!("{above}\n{line}"),
            None => out.push(line.to_owned()),
        }
    }
    out.iter().map(|entry| Line::of(short(entry))).collect()
}

/// A datum with fields of its own in one line: `机构人员：表（机构、编制数）`.
fn short(text: &str) -> String {
    let (Some((head, inner)), Some((_, tail))) = (text.split_once('{'), text.rsplit_once('}')) else {
        return text.to_owned();
    };
    if !text.contains('\n') {
        return text.to_owned();
    }
    let zh = text.contains('：');
    let sign = if zh { '：' } else { ':' };
    let names = inner.lines().filter(|line| !line.trim_start().starts_with(['须', '}']));
    let names = names.filter_map(|line| line.split_once(sign)).map(|(name, _)| name.trim());
    let names: Vec<&str> = names.filter(|name| !name.is_empty() && !name.starts_with("require ")).collect();
    let head = head.trim_end();
    let names = names.join(if zh { "、" } else { ", " });
    let tail = tail.trim_end();
    if zh { format!("{head}（{names}）{tail}") } else { format!("{head} ({names}){tail}") }
}

/// A change of the pack or of an indicator.
pub fn line(change: &Change, lang: Lang) -> Line {
    let (old, new) = (change.old.as_str(), change.new.as_str());
    let head = subject(change, lang);
    let told = change.told.iter().map(|text| Line::of(text.get(lang).to_owned())).collect();
    match change.kind {
        ChangeKind::Added | ChangeKind::Removed => return Line { below: told, ..Line::of(came(change, lang)) },
        ChangeKind::Moved => return Line::of(moved(old, new, lang)),
        ChangeKind::Whole => return Line::of(change_words(change.kind).get(lang).to_owned()),
        _ => {}
    }
    let colon = colon(lang);
    let once = |word: Pair, text: &str| {
        let head = if lang == Lang::Zh { format!("{head}（{}）", word.0) } else { format!("{head} ({})", word.1) };
        match text.contains('\n') {
            true => Line { block: Some(text.to_owned()), ..Line::of(head) },
            false => Line::of(format!("{head}{colon}{text}")),
        }
    };
    match (old, new) {
        ("", "") => Line::of(head),
        ("", new) => once(Pair("新增", "new"), new),
        (old, "") => once(Pair("删去", "removed"), old),
        (old, new) if old.contains('\n') || new.contains('\n') => {
            Line { sides: Some((old.to_owned(), new.to_owned())), ..Line::of(head) }
        }
        (old, new) => Line::of(format!("{head}{colon}{old} → {new}")),
    }
}

fn colon(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "：" } else { ": " }
}

/// What of the pack or the indicator is different.
fn subject(change: &Change, lang: Lang) -> String {
    let word = change_words(change.kind);
    let word = word.get(lang).to_owned();
    let part = change.part.as_str();
    let pick = |zh: String, en: String| if lang == Lang::Zh { zh } else { en };
    match change.kind {
        ChangeKind::Pack | ChangeKind::Field if !part.is_empty() => {
            match (lang, FIELDS.iter().find(|(zh, _)| *zh == part)) {
                (Lang::En, Some((_, en))) => (*en).to_owned(),
                _ => part.to_owned(),
            }
        }
        ChangeKind::Formula if change.about.is_empty() => Pair("总分和等级", "total and grade").get(lang).to_owned(),
        ChangeKind::RowPoints if takes_off(change) => pick(format!("“{part}”扣"), format!("off for “{part}”")),
        ChangeKind::RowPoints => pick(format!("“{part}”得"), format!("points for “{part}”")),
        ChangeKind::Step => pick(format!("“{part}”每"), format!("step of “{part}”")),
        _ => word,
    }
}

/// Whether a row that changed takes points off.
fn takes_off(change: &Change) -> bool {
    let steps = change.edits.iter().flat_map(|edit| &edit.target);
    steps.into_iter().any(
        |step| matches!(step, Step::Row { block, part: RowPart::Points, .. } if block == "扣分" || block == "deduct"),
    )
}

/// An indicator that came or went, its points and where it stands.
fn came(change: &Change, lang: Lang) -> String {
    let added = change.kind == ChangeKind::Added;
    let points = if added { &change.new } else { &change.old };
    let home = change.part.as_str();
    match (lang, added, home.is_empty()) {
        (Lang::Zh, true, true) => format!("新增：{points}"),
        (Lang::Zh, true, false) => format!("新增：{points}，在“{home}”下"),
        (Lang::Zh, false, true) => format!("删去：原{points}"),
        (Lang::Zh, false, false) => format!("删去：原{points}，在“{home}”下"),
        (Lang::En, true, true) => format!("added: {points}"),
        (Lang::En, true, false) => format!("added: {points}, under {home}"),
        (Lang::En, false, true) => format!("removed: it had {points}"),
        (Lang::En, false, false) => format!("removed: it had {points}, under {home}"),
    }
}

fn moved(old: &str, new: &str, lang: Lang) -> String {
    match (lang, old.is_empty(), new.is_empty()) {
        (Lang::Zh, false, false) => format!("从“{old}”移到“{new}”"),
        (Lang::Zh, _, true) => format!("从“{old}”移出来"),
        (Lang::Zh, true, _) => format!("移到“{new}”下"),
        (Lang::En, false, false) => format!("moved from {old} to {new}"),
        (Lang::En, _, true) => format!("moved out of {old}"),
        (Lang::En, true, _) => format!("moved under {new}"),
    }
}
