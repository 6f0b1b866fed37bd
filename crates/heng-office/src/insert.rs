//! Rows that are new: where they go in the rule file, and what is written there.

use heng_diag::{Lang, pick};
use heng_dsl::Touch;
use heng_notice::one_line;

use crate::{
    back::BackRow,
    compare::{Added, Doubt, Edit, Why, joined},
    field::Field,
    page::{Page, Row, parted, plain, points_of},
};

/// Blocks that go to a known place.
#[derive(Clone, Debug)]
pub(crate) struct Insertion {
    /// The indicator or group beside which, or in which, they stand.
    pub(crate) key: String,
    /// Whether behind it; else in it.
    pub(crate) behind: bool,
    pub(crate) nodes: Vec<New>,
}

/// A new group or indicator.
#[derive(Clone, Debug)]
pub(crate) struct New {
    pub(crate) name: String,
    pub(crate) points: Option<String>,
    pub(crate) children: Vec<New>,
    /// Its row, where it is an indicator.
    pub(crate) row: Option<BackRow>,
    /// The lines of its criterion, where it was read.
    pub(crate) lines: Option<Vec<String>>,
}

impl Insertion {
    pub(crate) fn touch(&self, lang: Lang) -> Touch {
        let text = self.nodes.iter().map(|node| node.text(lang)).collect::<Vec<_>>().join("\n");
        if self.behind { Touch::Behind(text) } else { Touch::Within(text) }
    }
}

impl New {
    /// Its points: its own, else the sum of what stands below it.
    pub(crate) fn full(&self) -> Option<heng_model::Number> {
        let own = self.points.as_ref().and_then(|points| points.trim_start_matches('+').parse().ok());
        own.or_else(|| {
            self.children.iter().map(New::full).sum::<Option<heng_model::Number>>().filter(|_| self.row.is_none())
        })
    }

    fn text(&self, lang: Lang) -> String {
        let points = self.full().and_then(|full| full.decimal_text()).unwrap_or_default();
        let mut out = format!("指标 {} {points}分 {{\n", one_line(&self.name));
        for child in &self.children {
            out.push_str(&child.text(lang));
        }
        if let Some(row) = &self.row {
            out.push_str(&self.lines_of(row, lang));
        }
        out.push_str("}\n");
        out
    }

    fn lines_of(&self, row: &BackRow, lang: Lang) -> String {
        let text = |field: Field| row.cells.get(&field).map(|text| joined(text, lang)).unwrap_or_default();
        let mut out = String::new();
        let fields = Field::ALL.into_iter().filter_map(|field| Some((field, field.keyword()?)));
        for (field, word) in fields.filter(|(field, _)| *field != Field::Note) {
            let said = text(field);
            let said = if field == Field::Status {
                crate::wording::status(&said).unwrap_or(crate::wording::UNVERIFIED).get(lang).to_owned()
            } else {
                said
            };
            if !said.is_empty() {
                out.push_str(&format!("{word}：{}\n", one_line(&said)));
            }
        }
        let (mut note, criterion) = (text(Field::Note), text(Field::Criterion));
        if self.lines.is_none() && !criterion.is_empty() {
            let original = crate::wording::original(lang, &criterion);
            note = if note.is_empty() {
                original
            } else {
                pick(lang, format!("{note}；{original}"), format!("{note}; {original}"))
            };
        }
        if !note.is_empty() {
            out.push_str(&format!("说明：{}\n", one_line(&note)));
        }
        out.push_str(&self.lines.clone().map_or_else(|| "待编".to_owned(), |lines| lines.join("\n")));
        out.push('\n');
        out
    }
}

/// Where the new rows go.
pub(crate) struct Places<'a> {
    ours: &'a Page,
    lang: Lang,
    pub(crate) made: Vec<Insertion>,
    pub(crate) doubts: Vec<Doubt>,
    /// The path of the row that was put last, from the top.
    last: Vec<String>,
    /// What groups are called in the table, with their keys.
    called: Vec<(String, String)>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(ours: &'a Page, lang: Lang) -> Places<'a> {
        Places { ours, lang, made: Vec::new(), doubts: Vec::new(), last: Vec::new(), called: Vec::new() }
    }

    /// Learns what the table calls what the pack calls otherwise.
    pub(crate) fn rename(&mut self, edits: &[Edit]) {
        for edit in edits.iter().filter(|edit| edit.field == Field::Name) {
            self.called.push((plain(&edit.base), edit.key.clone()));
            self.called.push((plain(&edit.theirs), edit.key.clone()));
        }
    }

    fn is(&self, row: &Row, name: &str) -> bool {
        let name = plain(name);
        plain(row.text(Field::Name)) == name || self.called.iter().any(|(known, key)| *known == name && *key == row.key)
    }

    /// Puts a row to its place, if it has one; `lines` are those of its criterion, where it could be read.
    pub(crate) fn put(&mut self, added: &Added, lines: Option<Vec<String>>) -> bool {
        let labels: Vec<(String, Option<String>)> = added
            .row
            .levels
            .iter()
            .map(|text| parted(&joined(text, self.lang)))
            .filter(|(name, _)| !name.is_empty())
            .collect();
        let points = added.row.cells.get(&Field::Points).and_then(|text| points_of(text));
        let why = match (labels.last(), &points) {
            (None, _) => Some(Why::NoName),
            (Some(_), None) => Some(Why::NoPoints),
            _ => None,
        };
        if let Some(why) = why {
            let texts: Vec<String> =
                added.row.levels.iter().chain(added.row.cells.values()).map(|text| joined(text, self.lang)).collect();
            let text = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("｜");
            let about = labels.last().map(|(name, _)| name.clone()).unwrap_or_default();
            self.doubts.push(Doubt { row: Some(added.row.number), about, text, why });
            return false;
        }
        let (path, known) = self.known(&labels);
        let names: Vec<String> = labels.iter().map(|(name, _)| plain(name)).collect();
        let node = nested(labels.get(known..).unwrap_or_default(), points, &added.row, lines);
        // The row above was new too, and this one goes on in its group.
        let shared = self.last.iter().zip(&names).take_while(|(one, other)| one == other).count();
        let above_is_new = added.above.as_ref().is_some_and(|above| above.key.is_none());
        if above_is_new
            && shared >= known
            && let (Some(last), Some(node)) = (self.made.last_mut(), &node)
        {
            join(&mut last.nodes, node.clone());
        } else if let Some(node) = node {
            let behind = added.above.as_ref().and_then(|above| self.beside(above, known, &path));
            let (key, behind) = behind.map_or((path.last().cloned(), false), |key| (Some(key), true));
            let Some(key) = key.or_else(|| self.ours.rows.last().filter(|_| known == 0).map(|row| self.top(row)))
            else {
                let (about, text) = (node.name.clone(), node.name.clone());
                self.doubts.push(Doubt { row: Some(added.row.number), about, text, why: Why::NotInPack });
                return false;
            };
            self.made.push(Insertion { key, behind: behind || known == 0, nodes: vec![node] });
        }
        self.last = names;
        true
    }

    /// The groups of the pack in which a row stands, and how many of its labels they are.
    fn known(&self, labels: &[(String, Option<String>)]) -> (Vec<String>, usize) {
        let mut path: Vec<&Row> = Vec::new();
        for (name, _) in labels.iter().take(labels.len().saturating_sub(1)) {
            let inside: &[Row] = match path.last() {
                None => self.ours.rows.get(1..).unwrap_or_default(),
                Some(group) => self.below(group),
            };
            let level = path.last().map_or(1, |group| group.level + 1);
            let mut groups = inside.iter().filter(|row| !row.leaf && row.level == level);
            match groups.find(|row| self.is(row, name)) {
                Some(group) => path.push(group),
                None => break,
            }
        }
        (path.iter().map(|row| row.key.clone()).collect(), path.len())
    }

    fn below(&self, group: &Row) -> &'a [Row] {
        let at = self.ours.rows.iter().position(|row| row.key == group.key).unwrap_or(0);
        let rest = self.ours.rows.get(at + 1..).unwrap_or_default();
        let many = rest.iter().take_while(|row| row.level > group.level).count();
        rest.get(..many).unwrap_or_default()
    }

    /// The indicator or group beside which a row goes: what holds the row above, on the same level.
    fn beside(&self, above: &BackRow, level: usize, path: &[String]) -> Option<String> {
        let key = above.key.as_deref()?;
        let parents = crate::compare::parents(&self.ours.rows);
        let mut line: Vec<&str> = parents.get(key)?.clone();
        line.push(key);
        let same = path.iter().zip(&line).all(|(one, other)| one == other) && path.len() <= line.len();
        same.then(|| line.get(level).map(|key| (*key).to_owned())).flatten()
    }

    /// The group of the first level that holds a row.
    fn top(&self, row: &Row) -> String {
        let parents = crate::compare::parents(&self.ours.rows);
        let first = parents.get(row.key.as_str()).and_then(|above| above.first().copied());
        first.map_or_else(|| row.key.clone(), str::to_owned)
    }
}

/// A row with the new groups around it.
fn nested(
    labels: &[(String, Option<String>)],
    points: Option<String>,
    row: &BackRow,
    lines: Option<Vec<String>>,
) -> Option<New> {
    let ((name, sum), rest) = labels.split_first()?;
    if rest.is_empty() {
        return Some(New { name: name.clone(), points, children: Vec::new(), row: Some(row.clone()), lines });
    }
    let child = nested(rest, points, row, lines)?;
    Some(New { name: name.clone(), points: sum.clone(), children: vec![child], row: None, lines: None })
}

/// Puts a node among others: into the last of them, where that is the same group.
fn join(nodes: &mut Vec<New>, node: New) {
    match nodes.last_mut() {
        Some(last) if last.row.is_none() && plain(&last.name) == plain(&node.name) => {
            node.children.into_iter().for_each(|child| join(&mut last.children, child));
        }
        _ => nodes.push(node),
    }
}
