//! The merge: edits of the table become changes of the rule file's text, and what comes out is printed again and
//! compared, cell by cell, with what it should say.

use heng_diag::{Diagnostic, Lang, Sources};
use heng_dsl::{Retouch, Touch, compile, proofs, retouch};
use heng_model::Program;
use heng_notice::one_line;

use crate::{
    back::Returned,
    compare::{Compared, Doubt, Edit, Why, compare, same},
    field::Field,
    insert::{Insertion, Places},
    page::{Page, Row, plain},
    read::Reader,
    wording,
};

/// What is done where both sides changed one cell, and with what is not understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conflicts {
    /// Nothing is merged.
    #[default]
    Refuse,
    /// The pack stays as it is there; a sentence that is not understood is kept beside its criterion.
    Keep,
    /// The table goes before; a criterion that is not understood becomes 待编, with the sentence in its remarks.
    Take,
}

/// How a table is merged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is done with conflicts.
    pub conflicts: Conflicts,
    /// Whether indicators whose rows are gone are taken away.
    pub remove: bool,
}

/// What a merge came to.
#[derive(Clone, Debug)]
pub struct Merged {
    /// What came back, compared.
    pub compared: Compared,
    /// The rule files with the edits in them; none where something is refused.
    pub files: Option<Vec<(String, String)>>,
    /// Criteria that were read from other words than the canonical sentence: the indicator, and the sentence of
    /// what was read.
    pub read_as: Vec<(String, String)>,
    /// New indicators, and whether the criterion of each was read.
    pub added: Vec<(String, bool)>,
    /// Names that are gone from the table of the pack, but still stand in its cases and properties.
    pub mentioned: Vec<String>,
}

/// Why a merge cannot be made.
#[derive(Debug)]
pub enum Unmade {
    /// The rules that would come out are none.
    Rules(Vec<Diagnostic>, Sources),
    /// Cells that would say something else than they should: indicator and cell.
    Unfit(Vec<(String, Field)>),
}

/// Merges a table that came back into the rule files of a pack.
///
/// # Errors
/// Where what comes out is no rule pack, or says something else than table and pack together.
pub fn merge(files: &[(String, String)], program: &Program, back: &Returned, choice: Choice) -> Result<Merged, Unmade> {
    let ours = Page::of(program, back.ledger.lang);
    let compared = compare(back, &ours);
    let reader = Reader::new(program, back.ledger.lang);
    let mut plan = Plan {
        program,
        ours: &ours,
        lang: back.ledger.lang,
        choice,
        out: Vec::new(),
        done: Vec::new(),
        gone: Vec::new(),
    };
    let mut merged = Merged { compared, files: None, read_as: Vec::new(), added: Vec::new(), mentioned: Vec::new() };
    let mut doubts = plan.edits(&merged.compared.edits, &reader);
    let insertions = plan.insertions(&merged.compared, &reader, &mut merged.added, &mut doubts);
    plan.removals(&merged.compared, back, &mut doubts);
    merged.compared.doubts.extend(doubts);
    let files = plan.write(files, &mut merged.compared.doubts);
    let open = merged.compared.edits.iter().any(Edit::is_conflict) || merged.compared.doubts.iter().any(Doubt::stops);
    if choice.conflicts == Conflicts::Refuse && open {
        return Ok(merged);
    }
    let compiled = compile(&files);
    let Some(made) = compiled.program.filter(|_| !compiled.diagnostics.iter().any(Diagnostic::is_error)) else {
        return Err(Unmade::Rules(compiled.diagnostics, compiled.sources));
    };
    let made = Page::of(&made, back.ledger.lang);
    let unfit = plan.verify(&made, &insertions);
    if !unfit.is_empty() {
        return Err(Unmade::Unfit(unfit));
    }
    merged.read_as = plan.read_as(&made);
    merged.mentioned = plan.mentioned(&files);
    merged.files = Some(files);
    Ok(merged)
}

impl Doubt {
    /// Whether it stops a merge: what stands beside the table is listed and nothing else.
    #[must_use]
    pub fn stops(&self) -> bool {
        !matches!(self.why, Why::Outside | Why::Column(_))
    }
}

struct Plan<'a> {
    program: &'a Program,
    ours: &'a Page,
    lang: Lang,
    choice: Choice,
    /// The changes, each with what it is about.
    out: Vec<(usize, Retouch, String)>,
    /// The edits that are made.
    done: Vec<Edit>,
    /// The indicators that are taken away.
    gone: Vec<String>,
}

impl Plan<'_> {
    /// Notes a change of an indicator; the file and the place of its headline.
    fn touch(&mut self, key: &str, touch: Touch) {
        if let Some(node) = self.program.nodes.iter().find(|node| *node.key == *key) {
            let at = usize::try_from(node.at.start).unwrap_or(usize::MAX);
            self.out.push((usize::from(node.at.file), Retouch { at, touch }, node.name.to_string()));
        }
    }

    fn edits(&mut self, edits: &[Edit], reader: &Reader<'_>) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for edit in edits {
            if edit.is_made() || edit.is_conflict() && self.choice.conflicts == Conflicts::Keep {
                continue;
            }
            let touch = match edit.field {
                Field::Criterion => {
                    match reader.read(&edit.theirs, self.ours.rows.iter().find(|row| row.key == edit.key)) {
                        Ok(lines) => Touch::Criterion(lines),
                        Err(why) => {
                            self.unread(edit);
                            let (about, text) = (edit.name.clone(), edit.theirs.clone());
                            doubts.push(Doubt { row: edit.row, about, text, why });
                            continue;
                        }
                    }
                }
                Field::Name => Touch::Name(one_line(&edit.theirs)),
                Field::Points => self.points(edit),
                Field::Status if !edit.theirs.is_empty() => {
                    let word = wording::status(&edit.theirs).map(|status| status.get(self.lang)).unwrap_or_default();
                    Touch::Field("状态".to_owned(), word.to_owned())
                }
                field => Touch::Field(field.keyword().unwrap_or_default().to_owned(), one_line(&edit.theirs)),
            };
            self.touch(&edit.key, touch);
            self.done.push(edit.clone());
        }
        doubts
    }

    fn points(&self, edit: &Edit) -> Touch {
        let number = crate::page::points_of(&edit.theirs).unwrap_or_default();
        let number = number.trim_start_matches('+');
        let text = heng_diag::pick(self.lang, format!("{number}分"), format!("{number} points"));
        if self.ours.rows.first().is_some_and(|root| root.key == edit.key) {
            Touch::Field("满分".to_owned(), text)
        } else {
            Touch::Points(text)
        }
    }

    /// A sentence that is not understood is kept, as it was decided.
    fn unread(&mut self, edit: &Edit) {
        match self.choice.conflicts {
            Conflicts::Refuse => {}
            Conflicts::Keep => {
                let text = one_line(&wording::sent_back(self.lang, &edit.theirs));
                self.touch(&edit.key, Touch::Remark(text));
            }
            Conflicts::Take => {
                let row = self.ours.rows.iter().find(|row| row.key == edit.key);
                let note = row.map(|row| row.text(Field::Note)).unwrap_or_default();
                let original = wording::original(self.lang, &edit.theirs);
                let parts: Vec<&str> = [note, &original].into_iter().filter(|part| !part.is_empty()).collect();
                let note = one_line(&parts.join(if self.lang == Lang::Zh { "；" } else { "; " }));
                self.touch(&edit.key, Touch::Field("说明".to_owned(), note.clone()));
                self.touch(&edit.key, Touch::Criterion(vec!["待编".to_owned()]));
                let ours = row.map(|row| row.text(Field::Note).to_owned()).unwrap_or_default();
                self.done.push(Edit { field: Field::Criterion, ..edit.clone() });
                self.done.push(Edit { field: Field::Note, theirs: note, ours, ..edit.clone() });
            }
        }
    }

    fn insertions(
        &mut self,
        compared: &Compared,
        reader: &Reader<'_>,
        added: &mut Vec<(String, bool)>,
        doubts: &mut Vec<Doubt>,
    ) -> Vec<Insertion> {
        let mut places = Places::new(self.ours, self.lang);
        places.rename(&compared.edits);
        for new in &compared.added {
            let sentence = new.row.cells.get(&Field::Criterion).map(|text| crate::compare::joined(text, self.lang));
            let lines = sentence.and_then(|sentence| reader.read(&sentence, None).ok());
            let read = lines.is_some();
            if places.put(new, lines) {
                let name = new.row.levels.iter().rev().find(|text| !text.trim().is_empty());
                added.push((name.map(|name| crate::compare::joined(name, self.lang)).unwrap_or_default(), read));
            }
        }
        doubts.append(&mut places.doubts);
        for insertion in &places.made {
            self.touch(&insertion.key, insertion.touch(self.lang));
        }
        places.made
    }

    /// Takes away what has no row any more, groups with all that is in them.
    fn removals(&mut self, compared: &Compared, back: &Returned, doubts: &mut Vec<Doubt>) {
        if !self.choice.remove {
            return;
        }
        let mut gone: Vec<&str> = Vec::new();
        for (key, name) in &compared.removed {
            let base = back.ledger.rows.iter().find(|row| row.key == *key);
            let today = self.ours.rows.iter().find(|row| row.key == *key);
            let changed = base.zip(today).is_some_and(|(base, today)| {
                Field::ALL.into_iter().any(|field| !same(field, base.text(field), today.text(field)))
            });
            if changed {
                let why = Why::ChangedMeanwhile;
                doubts.push(Doubt { row: None, about: name.clone(), text: name.clone(), why });
                if self.choice.conflicts == Conflicts::Keep {
                    continue;
                }
            }
            gone.push(key);
        }
        let whole = |at: usize, row: &Row| {
            let inside = self.ours.rows.iter().skip(at + 1).take_while(|other| other.level > row.level);
            if row.leaf {
                gone.contains(&row.key.as_str())
            } else {
                inside.filter(|other| other.leaf).all(|leaf| gone.contains(&leaf.key.as_str()))
            }
        };
        let rows = self.ours.rows.iter().enumerate().skip(1);
        let whole: Vec<&Row> = rows.filter(|(at, row)| whole(*at, row)).map(|(_, row)| row).collect();
        let parents = crate::compare::parents(&self.ours.rows);
        let keys: Vec<&str> = whole.iter().map(|row| row.key.as_str()).collect();
        let inner =
            |row: &&&Row| parents.get(row.key.as_str()).is_some_and(|above| above.iter().any(|key| keys.contains(key)));
        let top: Vec<String> = whole.iter().filter(|row| !inner(row)).map(|row| row.key.clone()).collect();
        top.iter().for_each(|key| self.touch(key, Touch::Gone));
        self.gone = keys.into_iter().map(str::to_owned).collect();
    }

    /// The files with the changes; those that cannot be made are doubts.
    fn write(&self, files: &[(String, String)], doubts: &mut Vec<Doubt>) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for (at, (name, text)) in files.iter().enumerate() {
            let mut own: Vec<&(usize, Retouch, String)> = self.out.iter().filter(|(file, _, _)| *file == at).collect();
            let made = loop {
                let changes: Vec<Retouch> = own.iter().map(|(_, change, _)| change.clone()).collect();
                match retouch(text, &changes, self.lang) {
                    Ok(made) => break made,
                    Err(failed) => {
                        for (_, change, about) in failed.iter().filter_map(|index| own.get(*index)) {
                            let text = said(&change.touch);
                            doubts.push(Doubt { row: None, about: about.clone(), text, why: Why::NoPlace });
                        }
                        own = own
                            .into_iter()
                            .enumerate()
                            .filter(|(index, _)| !failed.contains(index))
                            .map(|(_, one)| one)
                            .collect();
                    }
                }
            };
            out.push((name.clone(), made));
        }
        out
    }

    /// What the table of the new rules should say: that of today with the edits in it.
    fn expected(&self) -> Vec<Row> {
        let rows = self.ours.rows.iter().filter(|row| !self.gone.contains(&row.key));
        let edited = |row: &Row| {
            let mut row = row.clone();
            for edit in self.done.iter().filter(|edit| edit.key == row.key) {
                let text = if matches!(edit.field, Field::Points | Field::Criterion) {
                    edit.theirs.clone()
                } else {
                    one_line(&edit.theirs)
                };
                row.cells.insert(edit.field, text);
            }
            row
        };
        rows.map(edited).collect()
    }

    /// The cells that say something else than they should.
    fn verify(&self, made: &Page, insertions: &[Insertion]) -> Vec<(String, Field)> {
        let renamed = self.done.iter().any(|edit| edit.field == Field::Name);
        let mut rest = made.rows.iter();
        let mut unfit = Vec::new();
        let expected = self.expected();
        for row in &expected {
            let is = |other: &&Row| {
                other.level == row.level && plain(other.text(Field::Name)) == plain(row.text(Field::Name))
            };
            let Some(found) = rest.find(is) else {
                unfit.push((row.text(Field::Name).to_owned(), Field::Name));
                break;
            };
            for field in Field::ALL {
                let edited = self.done.iter().any(|edit| edit.key == row.key && edit.field == field);
                let loose = field == Field::Criterion && (edited || renamed);
                // A group whose last indicator went away is one itself now.
                let other = row.leaf != found.leaf;
                if !loose && !other && !same(field, row.text(field), found.text(field)) {
                    unfit.push((row.text(Field::Name).to_owned(), field));
                }
            }
        }
        let more: usize = insertions.iter().flat_map(|insertion| &insertion.nodes).map(count).sum();
        if unfit.is_empty() && made.rows.len() != expected.len() + more {
            unfit.push((made.title.clone(), Field::Name));
        }
        unfit
    }

    /// What was read from words that are not the canonical sentence.
    fn read_as(&self, made: &Page) -> Vec<(String, String)> {
        let criteria = self.done.iter().filter(|edit| edit.field == Field::Criterion);
        let name = |edit: &Edit| {
            let renamed = self.done.iter().find(|other| other.key == edit.key && other.field == Field::Name);
            renamed.map_or_else(|| edit.name.clone(), |other| one_line(&other.theirs))
        };
        let unwritten = |edit: &&Edit| {
            self.out.iter().any(|(_, change, about)| {
                *about == edit.name && change.touch == Touch::Criterion(vec!["待编".to_owned()])
            })
        };
        let found = criteria.filter(|edit| !unwritten(edit)).filter_map(|edit| {
            let row = made.rows.iter().find(|row| plain(row.text(Field::Name)) == plain(&name(edit)))?;
            let said = row.text(Field::Criterion);
            (plain(said) != plain(&edit.theirs)).then(|| (name(edit), said.to_owned()))
        });
        found.collect()
    }

    /// Names of what is gone that the cases and properties still use.
    fn mentioned(&self, files: &[(String, String)]) -> Vec<String> {
        let proofs: String = files.iter().map(|(_, text)| proofs(text)).collect();
        let gone = self.ours.rows.iter().filter(|row| self.gone.contains(&row.key)).map(|row| row.text(Field::Name));
        gone.filter(|name| proofs.contains(name)).map(str::to_owned).collect()
    }
}

fn count(node: &crate::insert::New) -> usize {
    1 + node.children.iter().map(count).sum::<usize>()
}

fn said(touch: &Touch) -> String {
    match touch {
        Touch::Name(text) | Touch::Points(text) | Touch::Remark(text) | Touch::Behind(text) | Touch::Within(text) => {
            text.clone()
        }
        Touch::Field(word, text) => format!("{word}：{text}"),
        Touch::Criterion(lines) => lines.join("\n"),
        Touch::Gone => String::new(),
    }
}
