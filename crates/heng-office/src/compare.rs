//! The comparison in three ways: what was written (base), what came back (theirs), the pack today (ours).

use std::collections::BTreeMap;

use heng_diag::Lang;

use crate::{
    back::{BackRow, Returned},
    field::Field,
    page::{Page, Row, parted, plain, points_of, tidy},
};

/// A cell that was edited in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The indicator or group.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Which cell.
    pub field: Field,
    /// The row of the file, from 1; none for the total.
    pub row: Option<usize>,
    /// What was written out.
    pub base: String,
    /// What came back.
    pub theirs: String,
    /// What the pack says today.
    pub ours: String,
}

impl Edit {
    /// Whether the pack says something else by now, and not the same as the table.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        !same(self.field, &self.base, &self.ours) && !same(self.field, &self.theirs, &self.ours)
    }

    /// Whether the pack says the same already.
    #[must_use]
    pub fn is_made(&self) -> bool {
        same(self.field, &self.theirs, &self.ours)
    }
}

/// Something that came back and could not be told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The row of the file, from 1.
    pub row: Option<usize>,
    /// What it is about.
    pub about: String,
    /// What came back.
    pub text: String,
    /// Why it cannot be merged.
    pub why: Why,
}

/// Why something cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// An indicator without a name.
    NoName,
    /// An indicator or group without points.
    NoPoints,
    /// Points that are no number.
    NotPoints,
    /// A status that is none.
    NotStatus,
    /// A row that stands under another group than before.
    Moved,
    /// A sentence that is no rule; why, in both languages.
    Sentence(heng_diag::Text),
    /// A figure that the pack has not declared.
    Undeclared(String),
    /// An indicator that the pack has no more.
    NotInPack,
    /// A row that is gone from the table was changed in the pack meanwhile.
    ChangedMeanwhile,
    /// A text in the rule file that cannot be changed by itself.
    NoPlace,
    /// A column that is in no table of ours.
    Column(String),
    /// A text outside the table.
    Outside,
}

/// What became of the table.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// Cells that were edited.
    pub edits: Vec<Edit>,
    /// Indicators whose rows are gone, and still in the pack.
    pub removed: Vec<(String, String)>,
    /// Rows that are new, with the path of row before each.
    pub(crate) added: Vec<Added>,
    /// What could not be told apart.
    pub doubts: Vec<Doubt>,
}

/// A row that is new.
#[derive(Clone, Debug)]
pub(crate) struct Added {
    /// The row.
    pub(crate) row: BackRow,
    /// The row above it.
    pub(crate) above: Option<BackRow>,
}

/// Whether two cells say the same.
pub(crate) fn same(field: Field, one: &str, other: &str) -> bool {
    match (field, points_of(one), points_of(other)) {
        (Field::Points, Some(one), Some(other)) => one == other,
        _ => plain(one) == plain(other),
    }
}

/// A cell of several lines as one text.
pub(crate) fn joined(text: &str, lang: Lang) -> String {
    let lines: Vec<String> = text.lines().map(tidy).filter(|line| !line.is_empty()).collect();
    lines.join(if lang == Lang::Zh { "" } else { " " })
}

/// Compares what came back with what was written and with the pack today.
#[must_use]
pub fn compare(back: &Returned, ours: &Page) -> Compared {
    let mut work = Work { back, ours, out: Compared::default() };
    let parents = parents(&back.ledger.rows);
    let groups = work.groups(&parents);
    for (key, (row, text)) in &groups {
        work.group(key, *row, text);
    }
    let mut above: Option<BackRow> = None;
    for row in &back.rows {
        let mut filled = row.clone();
        match &row.key {
            Some(key) => {
                work.leaf(row, key);
                work.restore(&mut filled, key, &parents);
            }
            None => {
                work.fill_down(&mut filled, above.as_ref());
                work.out.added.push(Added { row: filled.clone(), above: above.clone() });
            }
        }
        above = Some(filled);
    }
    work.missing();
    work.total();
    work.strange();
    work.out
}

/// The keys of the groups above each row, from the top.
pub(crate) fn parents(rows: &[Row]) -> BTreeMap<&str, Vec<&str>> {
    let mut open: Vec<&Row> = Vec::new();
    let mut out = BTreeMap::new();
    for row in rows.iter().skip(1) {
        open.retain(|above| above.level < row.level);
        out.insert(row.key.as_str(), open.iter().map(|above| above.key.as_str()).collect());
        open.push(row);
    }
    out
}

struct Work<'a> {
    back: &'a Returned,
    ours: &'a Page,
    out: Compared,
}

impl<'a> Work<'a> {
    fn base(&self, key: &str) -> Option<&'a Row> {
        self.back.ledger.rows.iter().find(|row| row.key == key)
    }

    fn today(&self, key: &str) -> Option<&'a Row> {
        self.ours.rows.iter().find(|row| row.key == key)
    }

    fn lang(&self) -> Lang {
        self.back.ledger.lang
    }

    /// What came back for each group, with the row where it begins. A row whose group says something else than
    /// the others was moved.
    fn groups(&mut self, parents: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeMap<&'a str, (usize, String)> {
        let mut said: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
        for row in &self.back.rows {
            let above = row.key.as_deref().and_then(|key| parents.get(key));
            for group in above.into_iter().flatten() {
                let Some(level) = self.base(group).map(|group| group.level) else { continue };
                let text =
                    row.levels.get(level.saturating_sub(1)).map(|text| joined(text, self.lang())).unwrap_or_default();
                if !text.is_empty() {
                    said.entry(group).or_default().push((row.number, text));
                }
            }
        }
        let mut out = BTreeMap::new();
        for (group, texts) in said {
            let Some((row, first)) = texts.first() else { continue };
            let others: Vec<&(usize, String)> = texts.iter().filter(|(_, text)| plain(text) != plain(first)).collect();
            for (row, text) in others {
                let about = self.base(group).map(|row| row.text(Field::Name).to_owned()).unwrap_or_default();
                self.out.doubts.push(Doubt { row: Some(*row), about, text: text.clone(), why: Why::Moved });
            }
            out.insert(group, (*row, first.clone()));
        }
        out
    }

    fn group(&mut self, key: &str, row: usize, text: &str) {
        let Some(base) = self.base(key) else { return };
        let (name, points) = (base.text(Field::Name), base.text(Field::Points));
        let written = if points.is_empty() { name.to_owned() } else { format!("{name}({points}分)") };
        let said = |text: &str| plain(text).replace("points)", "分)").replace(" ", "");
        if said(text) == said(&written) {
            return;
        }
        let (theirs, sum) = parted(text);
        if sum.is_none() && !points.is_empty() {
            let about = name.to_owned();
            return self.out.doubts.push(Doubt { row: Some(row), about, text: text.to_owned(), why: Why::NoPoints });
        }
        self.cell(base, Some(row), Field::Name, &theirs);
        if let Some(sum) = sum {
            self.cell(base, Some(row), Field::Points, &sum);
        }
    }

    fn leaf(&mut self, row: &BackRow, key: &str) {
        let Some(base) = self.base(key) else { return };
        let name =
            row.levels.get(base.level.saturating_sub(1)).map(|text| joined(text, self.lang())).unwrap_or_default();
        self.cell(base, Some(row.number), Field::Name, &name);
        for field in Field::ALL.into_iter().filter(|field| self.back.columns.contains(field)) {
            let text = row.cells.get(&field).map(String::as_str).unwrap_or_default();
            let text =
                if field == Field::Criterion { joined(text, self.lang()) } else { paragraphs(text, self.lang()) };
            self.cell(base, Some(row.number), field, &text);
        }
    }

    /// A cell that is not as it was written is an edit, if it can be one.
    fn cell(&mut self, base: &Row, row: Option<usize>, field: Field, theirs: &str) {
        let written = base.text(field);
        if same(field, written, theirs) {
            return;
        }
        let about = base.text(Field::Name).to_owned();
        let doubt = |why| Doubt { row, about: about.clone(), text: theirs.to_owned(), why };
        let why = match field {
            Field::Name if theirs.is_empty() => Some(Why::NoName),
            Field::Points if theirs.is_empty() => Some(Why::NoPoints),
            Field::Points if points_of(theirs).is_none() => Some(Why::NotPoints),
            Field::Criterion if theirs.is_empty() => Some(Why::Sentence(crate::wording::no_criterion())),
            Field::Status if !theirs.is_empty() && crate::wording::status(theirs).is_none() => Some(Why::NotStatus),
            _ if self.today(&base.key).is_none() => Some(Why::NotInPack),
            _ => None,
        };
        if let Some(why) = why {
            return self.out.doubts.push(doubt(why));
        }
        self.out.edits.push(Edit {
            key: base.key.clone(),
            name: about,
            field,
            row,
            base: written.to_owned(),
            theirs: theirs.to_owned(),
            ours: self.today(&base.key).map(|row| row.text(field).to_owned()).unwrap_or_default(),
        });
    }

    /// The levels of a known row, whatever its merged cells became.
    fn restore(&self, row: &mut BackRow, key: &str, parents: &BTreeMap<&str, Vec<&str>>) {
        for group in parents.get(key).into_iter().flatten() {
            let Some(base) = self.base(group) else { continue };
            if let Some(place) = row.levels.get_mut(base.level.saturating_sub(1))
                && place.trim().is_empty()
            {
                base.text(Field::Name).clone_into(place);
            }
        }
    }

    /// Blank levels of a new row are those of the row above, but for the last that is written in it.
    fn fill_down(&self, row: &mut BackRow, above: Option<&BackRow>) {
        let Some(last) = row.levels.iter().rposition(|text| !text.trim().is_empty()) else { return };
        for (at, place) in row.levels.iter_mut().enumerate().take(last) {
            if let Some(text) = above.and_then(|above| above.levels.get(at)).filter(|_| place.trim().is_empty()) {
                place.clone_from(text);
            }
        }
        row.levels.truncate(last + 1);
        // A name that covers several columns stands in each of them.
        while let [.., before, own] = row.levels.as_slice()
            && plain(before) == plain(own)
        {
            row.levels.pop();
        }
    }

    fn missing(&mut self) {
        let known: Vec<&String> = self.back.rows.iter().filter_map(|row| row.key.as_ref()).collect();
        for row in self.back.ledger.rows.iter().filter(|row| row.leaf && !known.contains(&&row.key)) {
            if self.today(&row.key).is_some() {
                self.out.removed.push((row.key.clone(), row.text(Field::Name).to_owned()));
            }
        }
    }

    fn total(&mut self) {
        if let (Some(total), Some(root)) = (&self.back.total, self.back.ledger.rows.first()) {
            self.cell(root, None, Field::Points, total);
        }
    }

    fn strange(&mut self) {
        for found in &self.back.strange {
            let why = if found.heading.is_empty() { Why::Outside } else { Why::Column(found.heading.clone()) };
            let about = found.heading.clone();
            self.out.doubts.push(Doubt { row: found.row, about, text: found.text.clone(), why });
        }
    }
}

/// The paragraphs of a remark as one line.
fn paragraphs(text: &str, lang: Lang) -> String {
    let mut out = String::new();
    for line in text.lines().map(tidy).filter(|line| !line.is_empty()) {
        if !out.is_empty() && !out.ends_with(['。', '；', '，', '：', '.', ';', ',']) {
            out.push_str(if lang == Lang::Zh { "；" } else { "; " });
        }
        out.push_str(&line);
    }
    out
}
