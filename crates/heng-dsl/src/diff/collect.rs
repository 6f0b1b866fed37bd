//! Finding the changes between two outlines.

use heng_diag::FileId;

use super::{Change, ChangeKind};
use crate::{
    amend::change::{Edit, Place, RowPart, Step, Text, Top, Verb},
    outline::{Entry, Kind, Slot},
};

/// The changes. For people (`told`) an indicator that was known is compared wherever it stands now; for an
/// amendment it comes and goes with what it stands in.
pub fn collect(old: &[Entry], new: &[Entry], (a, b): (&str, &str), told: bool) -> Vec<Change> {
    let mut work = Collect { a, b, told, old_nodes: Vec::new(), new_nodes: Vec::new(), changes: Vec::new() };
    tree(old, None, &mut work.old_nodes);
    tree(new, None, &mut work.new_nodes);
    work.pack(of(old, Kind::Pack), of(new, Kind::Pack));
    work.nodes();
    work.block(Top::Params, old, new);
    work.block(Top::Data, old, new);
    work.methods(old, new);
    work.changes
}

/// The head changed field by field, and everything below it taken away and put there anew.
pub fn anew(old: &[Entry], new: &[Entry], a: &str, b: &str) -> Vec<Change> {
    let mut work = Collect { a, b, told: false, old_nodes: Vec::new(), new_nodes: Vec::new(), changes: Vec::new() };
    work.pack(of(old, Kind::Pack), of(new, Kind::Pack));
    let mut edits = drops(old);
    let texts = new.iter().filter(|entry| entry.kind != Kind::Pack).filter_map(|entry| b.get(entry.span.clone()));
    let text = texts.collect::<Vec<_>>().join("\n\n");
    edits.push(edit(vec![Step::Top(Top::Pack)], Verb::Insert(Place::After, made(&text))));
    work.changes.push(Change { edits, ..unwritten() });
    work.changes
}

/// Everything replaced at once.
pub fn whole(old: &[Entry], b: &str) -> Vec<Change> {
    let mut edits = drops(old);
    edits.push(edit(vec![Step::Top(Top::Pack)], Verb::Replace(made(b))));
    vec![Change { edits, ..unwritten() }]
}

/// That so much is different that no amendment says it.
pub fn unwritten() -> Change {
    let (about, part, old, new) = Default::default();
    Change { about, kind: ChangeKind::Whole, part, old, new, told: Vec::new(), edits: Vec::new() }
}

/// Takes away all that stands beside the head of the pack.
fn drops(old: &[Entry]) -> Vec<Edit> {
    let target = |entry: &Entry| match entry.kind {
        Kind::Node => Some(vec![Step::Name(entry.id().unwrap_or(&entry.key).to_owned())]),
        Kind::Data => Some(vec![Step::Top(Top::Data)]),
        Kind::Params => Some(vec![Step::Top(Top::Params)]),
        Kind::Method => Some(vec![Step::Top(Top::Method), Step::Name(entry.key.clone())]),
        _ => None,
    };
    old.iter().filter_map(target).map(|target| edit(target, Verb::Drop)).collect()
}

/// What two texts must share to be the same rules: all words in order, fields before the rest.
pub fn canon(entries: &[Entry]) -> String {
    let mut out = String::new();
    for kind in [Kind::Pack, Kind::Node, Kind::Params, Kind::Data, Kind::Method] {
        entries.iter().filter(|entry| entry.kind == kind).for_each(|entry| canonical(entry, &mut out));
    }
    out
}

fn canonical(entry: &Entry, out: &mut String) {
    if !matches!(entry.kind, Kind::Pack | Kind::Node) {
        out.push_str(&entry.text);
        out.push('\n');
        return;
    }
    out.push_str(&format!("{:?} {} {}\n", entry.kind, entry.key, text_of(entry.points.as_ref())));
    let mut fields: Vec<&Entry> = entry.children.iter().filter(|child| child.kind == Kind::Field).collect();
    fields.sort_by(|a, b| a.key.cmp(&b.key));
    fields.iter().for_each(|field| out.push_str(&format!("{}\n", field.text)));
    let rest = entry.children.iter().filter(|child| !matches!(child.kind, Kind::Field | Kind::Node));
    rest.for_each(|child| canonical(child, out));
    entry.nodes().for_each(|child| canonical(child, out));
    out.push_str("}\n");
}

struct Collect<'a> {
    a: &'a str,
    b: &'a str,
    told: bool,
    old_nodes: Vec<(&'a Entry, Option<&'a Entry>)>,
    new_nodes: Vec<(&'a Entry, Option<&'a Entry>)>,
    changes: Vec<Change>,
}

type Pairs<'a> = Vec<(&'a Entry, Option<&'a Entry>)>;

fn tree<'a>(entries: &'a [Entry], parent: Option<&'a Entry>, out: &mut Pairs<'a>) {
    for entry in entries {
        match entry.kind {
            Kind::Node => {
                out.push((entry, parent));
                tree(&entry.children, Some(entry), out);
            }
            Kind::Pack => tree(&entry.children, parent, out),
            _ => {}
        }
    }
}

/// What an entry stands in, from its parent upward.
fn above<'n, 'e>(nodes: &'n Pairs<'e>, parent: Option<&'n Entry>) -> impl Iterator<Item = &'n Entry> + use<'n, 'e> {
    let up =
        |entry: &&'n Entry| nodes.iter().find(|(node, _)| std::ptr::eq(*node, *entry)).and_then(|(_, above)| *above);
    std::iter::successors(parent, up)
}

fn of(entries: &[Entry], kind: Kind) -> Option<&Entry> {
    entries.iter().find(|entry| entry.kind == kind)
}

fn text_of(slot: Option<&Slot>) -> &str {
    slot.map_or("", |slot| slot.text.as_str())
}

fn made(text: &str) -> Text {
    Text { text: text.to_owned(), file: FileId(u16::MAX), from: 0 }
}

fn edit(target: Vec<Step>, verb: Verb) -> Edit {
    Edit { target, verb, file: FileId(u16::MAX), span: 0..0, reason: None }
}

/// Another value; how the old one is written is kept for printing.
fn changed(target: Vec<Step>, old: &Slot, shown: &str, new: &str) -> Edit {
    let verb = Verb::Change { old: old.text.clone(), new: made(new) };
    Edit { reason: Some(shown.to_owned()), ..edit(target, verb) }
}

/// Whether two indicators are one, by 编号, else by name.
fn same(a: &Entry, b: &Entry) -> bool {
    match (a.id(), b.id()) {
        (Some(a), Some(b)) => a == b,
        _ => a.key == b.key,
    }
}

impl<'a> Collect<'a> {
    fn old_text(&self, slot: &Slot) -> &'a str {
        self.a.get(slot.span.clone()).unwrap_or("")
    }

    fn new_text(&self, slot: &Slot) -> &'a str {
        self.b.get(slot.span.clone()).unwrap_or("")
    }

    fn push(&mut self, about: &str, kind: ChangeKind, part: &str, (old, new): (&str, &str), edits: Vec<Edit>) {
        let [old, new] = [old, new].map(lined_up);
        self.changes.push(Change {
            about: about.to_owned(),
            kind,
            part: part.to_owned(),
            old,
            new,
            told: Vec::new(),
            edits,
        });
    }

    fn pack(&mut self, old: Option<&'a Entry>, new: Option<&'a Entry>) {
        let (Some(old), Some(new)) = (old, new) else { return };
        let target = vec![Step::Top(Top::Pack)];
        if old.key != new.key {
            let title = |entry: &'a Entry, text: &'a str| {
                entry.name.as_ref().and_then(|name| text.get(name.span.clone())).unwrap_or(&entry.key)
            };
            let (was, is) = (title(old, self.a), title(new, self.b));
            let rename = edit(target.clone(), Verb::Rename(made(is)));
            self.push("", ChangeKind::Pack, "", (was, is), vec![rename]);
        }
        let mut words: Vec<&str> = Vec::new();
        for field in old.children.iter().chain(&new.children).filter(|child| child.kind == Kind::Field) {
            if !words.contains(&field.key.as_str()) {
                words.push(&field.key);
            }
        }
        for word in words {
            let before: Vec<&Entry> = old.fields(word).collect();
            let after: Vec<&Entry> = new.fields(word).collect();
            if before.iter().map(|field| &field.text).eq(after.iter().map(|field| &field.text)) {
                continue;
            }
            let target = vec![Step::Top(Top::Pack), Step::Name(word.to_owned())];
            let set = |field: &&Entry| {
                let text = self.b.get(field.span.clone()).unwrap_or("");
                edit(target.clone(), Verb::Set(made(text)))
            };
            let mut edits: Vec<Edit> = after.iter().map(set).collect();
            if after.is_empty() {
                edits.push(edit(target.clone(), Verb::Drop));
            }
            let join = |fields: &[&Entry], text: &str| {
                let value = |field: &&Entry| text.get(field.value.as_ref()?.span.clone()).map(str::to_owned);
                fields.iter().filter_map(value).collect::<Vec<_>>().join("\n")
            };
            let (from, to) = (join(&before, self.a), join(&after, self.b));
            self.push("", ChangeKind::Pack, word, (&from, &to), edits);
        }
        self.criterion(old, new, target);
    }

    /// How an indicator is addressed: by name where that is unique in both years, else by its parent.
    fn address(&self, node: &Entry, parent: Option<&Entry>) -> Vec<Step> {
        let named = |nodes: &Pairs<'_>| nodes.iter().filter(|(other, _)| other.key == node.key).count();
        let unique = named(&self.old_nodes) <= 1 && named(&self.new_nodes) <= 1;
        match parent.filter(|_| !unique) {
            Some(parent) => vec![Step::Name(parent.key.clone()), Step::Name(node.key.clone())],
            None => vec![Step::Name(node.key.clone())],
        }
    }

    fn twin(&self, node: &Entry, parent: Option<&Entry>, others: &Pairs<'a>) -> Option<(&'a Entry, Option<&'a Entry>)> {
        let found: Vec<_> = others.iter().filter(|(other, _)| same(node, other)).copied().collect();
        let beside = found.iter().find(|(_, above)| match (parent, above) {
            (Some(parent), Some(above)) => same(parent, above),
            (None, None) => true,
            _ => false,
        });
        beside.or(found.first().filter(|_| found.len() == 1)).copied()
    }

    fn nodes(&mut self) {
        let (old_nodes, new_nodes) = (self.old_nodes.clone(), self.new_nodes.clone());
        let gone = |node: &Entry, parent| self.twin(node, parent, &new_nodes).is_none();
        let lost: Vec<_> = old_nodes.iter().filter(|(node, parent)| gone(node, *parent)).copied().collect();
        let came: Vec<_> =
            new_nodes.iter().filter(|(node, parent)| self.twin(node, *parent, &old_nodes).is_none()).copied().collect();
        // What stands where another stood, with the same lines, has another name.
        let body = |node: &Entry| node.children.iter().map(|child| child.text.clone()).collect::<Vec<_>>();
        let mut renamed: Vec<(&Entry, &Entry)> = Vec::new();
        for (node, parent) in &lost {
            let alike = came.iter().find(|(other, above)| {
                let home = parent.map(|parent| &parent.key) == above.map(|above| &above.key);
                home && body(node) == body(other)
                    && body(node).len() > 1
                    && !renamed.iter().any(|(_, taken)| std::ptr::eq(*taken, *other))
            });
            renamed.extend(alike.map(|(other, _)| (*node, *other)));
        }
        let is = |list: &[(&Entry, &Entry)], node: &Entry| {
            list.iter().any(|(a, b)| std::ptr::eq(*a, node) || std::ptr::eq(*b, node))
        };
        let told = self.told;
        let inside = |list: &Pairs<'_>, nodes: &Pairs<'_>, parent: Option<&Entry>| {
            let is_listed = |entry: &Entry| list.iter().any(|(node, _)| std::ptr::eq(*node, entry));
            let mut above = above(nodes, parent);
            if told { parent.is_some_and(is_listed) } else { above.any(is_listed) }
        };
        let taken: Vec<_> = lost.iter().filter(|(node, _)| !is(&renamed, node)).copied().collect();
        let added: Vec<_> = came.iter().filter(|(node, _)| !is(&renamed, node)).copied().collect();
        for (old, new) in &renamed {
            self.rename(old, new, &old_nodes);
        }
        for (new, parent) in &new_nodes {
            let twin = self.twin(new, *parent, &old_nodes);
            if inside(&added, &new_nodes, *parent) && !(told && twin.is_some()) || is(&renamed, new) {
                continue;
            }
            match twin {
                Some((old, above)) => {
                    if old.key != new.key {
                        self.rename(old, new, &old_nodes);
                    }
                    let home = parent.map(|parent| &parent.key) == above.map(|above| &above.key);
                    if !home {
                        let target = self.address(new, above);
                        let (place, to) = self.beside(new, *parent);
                        let from = above.map_or("", |above| above.key.as_str());
                        let to_name = parent.map_or("", |parent| parent.key.as_str());
                        self.push(
                            &new.key,
                            ChangeKind::Moved,
                            "",
                            (from, to_name),
                            vec![edit(target, Verb::Move(place, to))],
                        );
                    }
                    self.node(old, new, *parent);
                }
                None if added.iter().any(|(node, _)| std::ptr::eq(*node, *new)) => self.added(new, *parent),
                None => {}
            }
        }
        for (node, parent) in taken.iter().filter(|(_, parent)| !inside(&taken, &old_nodes, *parent)) {
            let target = self.address(node, *parent);
            let points = text_of(node.points.as_ref()).to_owned();
            let home = parent.map_or("", |parent| parent.key.as_str());
            self.push(&node.key, ChangeKind::Removed, home, (&points, ""), vec![edit(target, Verb::Drop)]);
        }
    }

    fn rename(&mut self, old: &Entry, new: &Entry, nodes: &Pairs<'a>) {
        let parent = nodes.iter().find(|(node, _)| std::ptr::eq(*node, old)).and_then(|(_, parent)| *parent);
        let target = self.address(old, parent);
        let rename = edit(target, Verb::Rename(made(&new.key)));
        self.push(&new.key, ChangeKind::Renamed, "", (&old.key, &new.key), vec![rename]);
    }

    fn added(&mut self, new: &Entry, parent: Option<&'a Entry>) {
        let text = self.b.get(new.span.clone()).unwrap_or("");
        let (place, to) = self.beside(new, parent);
        let points = text_of(new.points.as_ref()).to_owned();
        let home = parent.map_or("", |parent| parent.key.as_str());
        self.push(&new.key, ChangeKind::Added, home, ("", &points), vec![edit(to, Verb::Insert(place, made(text)))]);
    }

    /// Where an indicator of the new year stands: behind the one before it, else before the next, else
    /// in its parent.
    fn beside(&self, node: &Entry, parent: Option<&'a Entry>) -> (Place, Vec<Step>) {
        let same_home = |above: &Option<&Entry>| match (parent, above) {
            (Some(parent), Some(above)) => std::ptr::eq(parent, *above),
            (None, None) => true,
            _ => false,
        };
        let siblings: Vec<&Entry> =
            self.new_nodes.iter().filter(|(_, above)| same_home(above)).map(|(node, _)| *node).collect();
        let at = siblings.iter().position(|sibling| std::ptr::eq(*sibling, node)).unwrap_or(0);
        if let Some(before) = at.checked_sub(1).and_then(|before| siblings.get(before)) {
            return (Place::After, self.address(before, parent));
        }
        let known = |sibling: &&&Entry| self.twin(sibling, parent, &self.old_nodes).is_some();
        match (siblings.get(at + 1..).unwrap_or_default().iter().find(known), parent) {
            (Some(next), _) => (Place::Before, self.address(next, parent)),
            (None, Some(parent)) => (Place::In, vec![Step::Name(parent.key.clone())]),
            (None, None) => (Place::After, vec![Step::Top(Top::Pack)]),
        }
    }

    fn node(&mut self, old: &'a Entry, new: &'a Entry, parent: Option<&'a Entry>) {
        let target = self.address(new, parent);
        if let (Some(before), Some(after)) = (&old.points, &new.points)
            && before.text != after.text
        {
            let to = [target.clone(), vec![Step::Points]].concat();
            let (from, into) = (self.old_text(before), self.new_text(after));
            self.push(&new.key, ChangeKind::Points, "", (from, into), vec![changed(to, before, from, into)]);
        }
        let mut words: Vec<&str> = Vec::new();
        for field in old.children.iter().chain(&new.children).filter(|child| child.kind == Kind::Field) {
            if !words.contains(&field.key.as_str()) {
                words.push(&field.key);
            }
        }
        for word in words {
            self.field(old, new, word, &target);
        }
        self.criterion(old, new, target);
    }

    fn field(&mut self, old: &'a Entry, new: &'a Entry, word: &str, target: &[Step]) {
        let before: Vec<&Entry> = old.fields(word).collect();
        let after: Vec<&Entry> = new.fields(word).collect();
        if before.iter().map(|field| &field.text).eq(after.iter().map(|field| &field.text)) {
            return;
        }
        let to = [target.to_vec(), vec![Step::Name(word.to_owned())]].concat();
        let value = |fields: &[&Entry], text: &'a str| {
            let texts = fields.iter().filter_map(|field| text.get(field.value.as_ref()?.span.clone()));
            texts.collect::<Vec<_>>().join("\n")
        };
        let (from, into) = (value(&before, self.a), value(&after, self.b));
        let plain = |text: &str| !text.contains(['→', '{', '}', ';', '；', '#', '\n', '>']);
        let edits = match (before.as_slice(), after.as_slice()) {
            ([one], [_]) if plain(&from) && plain(&into) => {
                one.value.iter().map(|slot| changed(to.clone(), slot, &from, &into)).collect()
            }
            ([] | [_], fields) => {
                let lines: Vec<&str> = fields.iter().filter_map(|field| self.b.get(field.span.clone())).collect();
                let gone = (!before.is_empty()).then(|| edit(to.clone(), Verb::Drop));
                let text = made(&lines.join("\n"));
                let scored = new.criterion().is_empty() || old.criterion().is_empty();
                let (place, home) = match scored {
                    true => (Place::In, target.to_vec()),
                    false => (Place::Before, [target.to_vec(), vec![Step::Criterion]].concat()),
                };
                let came = (!lines.is_empty()).then(|| edit(home, Verb::Insert(place, text)));
                gone.into_iter().chain(came).collect()
            }
            // Several of one field have no addresses of their own.
            _ => Vec::new(),
        };
        self.push(&new.key, ChangeKind::Field, word, (&from, &into), edits);
    }

    fn criterion(&mut self, old: &'a Entry, new: &'a Entry, target: Vec<Step>) {
        let (before, after) = (old.criterion(), new.criterion());
        let about = if new.kind == Kind::Pack { "" } else { new.key.as_str() };
        if before.iter().map(|line| &line.text).eq(after.iter().map(|line| &line.text)) {
            return;
        }
        if let ([one], [other]) = (before.as_slice(), after.as_slice())
            && let Some(found) = self.rows(one, other, about, &target)
        {
            self.changes.extend(found);
            return;
        }
        let lines = |lines: &[&Entry], text: &str| {
            lines.iter().filter_map(|line| text.get(line.span.clone())).map(lined_up).collect::<Vec<_>>().join("\n")
        };
        let (from, into) = (lines(&before, self.a), lines(&after, self.b));
        let to = [target, vec![Step::Criterion]].concat();
        let verb = if after.is_empty() { Verb::Drop } else { Verb::Replace(made(&into)) };
        self.push(about, ChangeKind::Formula, "", (&from, &into), vec![edit(to, verb)]);
    }

    /// Rows that differ one by one, where all else of the lines is the same.
    fn rows(&self, old: &'a Entry, new: &'a Entry, about: &str, target: &[Step]) -> Option<Vec<Change>> {
        let (before, after) = (rows_of(old), rows_of(new));
        if before.len() != after.len() || before.is_empty() || old.kind != new.kind {
            return None;
        }
        let mut text = old.text.clone();
        let mut found = Vec::new();
        for (one, other) in before.iter().zip(&after) {
            if !one.children.is_empty() || !other.children.is_empty() || one.block != other.block {
                return None;
            }
            let parts = [
                (RowPart::Points, ChangeKind::RowPoints, &one.value, &other.value),
                (RowPart::Step, ChangeKind::Step, &one.step, &other.step),
                (RowPart::Cells, ChangeKind::Threshold, &one.name, &other.name),
            ];
            let mut mended = one.text.clone();
            for (part, kind, from, into) in parts {
                let (Some(from), Some(into)) = (from, into) else { continue };
                if from.text == into.text {
                    continue;
                }
                if part == RowPart::Cells && before.iter().any(|row| row.key == into.text) {
                    return None;
                }
                mended = match part {
                    RowPart::Points => mended.strip_suffix(&from.text).map(|head| format!("{head}{}", into.text))?,
                    RowPart::Step => mended.replacen(&format!("每 {}", from.text), &format!("每 {}", into.text), 1),
                    RowPart::Cells => format!("{}{}", into.text, mended.strip_prefix(&from.text)?),
                };
                let row = Step::Row { block: one.block.clone(), cells: one.key.clone(), part };
                let to = [target.to_vec(), vec![row]].concat();
                let (was, is) = (self.old_text(from), self.new_text(into));
                let edits = vec![changed(to, from, was, is)];
                let (old, new) = (was.to_owned(), is.to_owned());
                let part = one.name.as_ref().map_or("", |name| self.old_text(name)).to_owned();
                found.push(Change { about: about.to_owned(), kind, part, old, new, told: Vec::new(), edits });
            }
            if mended != other.text {
                return None;
            }
            text = text.replacen(&one.text, &other.text, 1);
        }
        (text == new.text).then_some(found)
    }

    /// The lines of 数据 or 参数, by name.
    fn block(&mut self, top: Top, old: &'a [Entry], new: &'a [Entry]) {
        let (kind, change) = match top {
            Top::Params => (Kind::Params, ChangeKind::Parameter),
            _ => (Kind::Data, ChangeKind::Data),
        };
        let (before, after) = (of(old, kind), of(new, kind));
        let (Some(before), Some(after)) = (before, after) else {
            let edits = match (before, after) {
                (Some(_), None) => vec![edit(vec![Step::Top(top)], Verb::Drop)],
                (None, Some(new)) => {
                    let text = made(self.b.get(new.span.clone()).unwrap_or(""));
                    vec![edit(vec![Step::Top(Top::Pack)], Verb::Insert(Place::After, text))]
                }
                _ => return,
            };
            let lines = |entry: Option<&Entry>, text: &str| {
                let children = entry.iter().flat_map(|entry| &entry.children).filter(|child| !child.key.is_empty());
                let lines = children.filter_map(|child| text.get(child.span.clone())).map(lined_up);
                lines.collect::<Vec<_>>().join("\n")
            };
            let (from, into) = (lines(before, self.a), lines(after, self.b));
            return self.push("", change, "", (&from, &into), edits);
        };
        let named = |entry: &'a Entry| entry.children.iter().filter(|child| !child.key.is_empty()).collect::<Vec<_>>();
        let list = Listing { top, change, home: (Place::In, vec![Step::Top(top)]), values: kind == Kind::Params };
        self.listed(&list, &named(before), &named(after));
    }

    fn methods(&mut self, old: &'a [Entry], new: &'a [Entry]) {
        let all = |entries: &'a [Entry]| entries.iter().filter(|entry| entry.kind == Kind::Method).collect::<Vec<_>>();
        let home = (Place::After, vec![Step::Top(Top::Pack)]);
        let list = Listing { top: Top::Method, change: ChangeKind::Method, home, values: false };
        self.listed(&list, &all(old), &all(new));
    }

    /// Things with names that stand one below the other: what changed, came and went.
    fn listed(&mut self, list: &Listing, olds: &[&'a Entry], news: &[&'a Entry]) {
        let at = |name: &str| vec![Step::Top(list.top), Step::Name(name.to_owned())];
        let mut previous: Option<&Entry> = None;
        for new in news {
            let text = self.b.get(new.span.clone()).unwrap_or("");
            match olds.iter().find(|old| old.key == new.key) {
                Some(old) if old.text == new.text => {}
                Some(old) => {
                    let was = self.a.get(old.span.clone()).unwrap_or("");
                    let (shown, made_by) = match self.one_value(old, new).filter(|_| list.values) {
                        Some((slot, was, is)) => ((was, is), changed(at(&new.key), slot, was, is)),
                        None => ((was, text), edit(at(&new.key), Verb::Replace(made(text)))),
                    };
                    self.push(&new.key, list.change, "", shown, vec![made_by]);
                }
                None => {
                    let (place, to) = match (previous, olds.first()) {
                        (Some(before), _) => (Place::After, at(&before.key)),
                        (None, Some(first)) => (Place::Before, at(&first.key)),
                        (None, None) => list.home.clone(),
                    };
                    self.push(&new.key, list.change, "", ("", text), vec![edit(to, Verb::Insert(place, made(text)))]);
                }
            }
            previous = Some(new);
        }
        for old in olds.iter().filter(|old| !news.iter().any(|new| new.key == old.key)) {
            let was = self.a.get(old.span.clone()).unwrap_or("");
            self.push(&old.key, list.change, "", (was, ""), vec![edit(at(&old.key), Verb::Drop)]);
        }
    }

    /// The place, the old and the new text of the value, where all else of two lines is the same.
    fn one_value(&self, old: &'a Entry, new: &'a Entry) -> Option<(&'a Slot, &'a str, &'a str)> {
        let (from, into) = old.value.as_ref().zip(new.value.as_ref())?;
        let same = old.text.replacen(&from.text, &into.text, 1) == new.text;
        same.then(|| (from, self.old_text(from), self.new_text(into)))
    }
}

/// What kind of things are listed, and where the first of them goes.
struct Listing {
    top: Top,
    change: ChangeKind,
    home: (Place, Vec<Step>),
    /// Whether a value can be changed by itself.
    values: bool,
}

fn rows_of(entry: &Entry) -> Vec<&Entry> {
    let inner =
        entry.children.iter().flat_map(|child| if child.kind == Kind::Row { vec![child] } else { rows_of(child) });
    inner.collect()
}

/// Lines without the indentation they share.
fn lined_up(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let common = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let lines = text.trim().lines().enumerate();
    let cut = |(index, line): (usize, &str)| {
        let line = if index == 0 { line } else { line.get(common..).unwrap_or(line.trim_start()) };
        line.trim_end().to_owned()
    };
    lines.map(cut).collect::<Vec<_>>().join("\n")
}
