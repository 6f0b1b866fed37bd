//! Changes put together so that each item can be made without the others: what a change of rules is
//! taken apart into when its effect is to be told.
//!
//! Points that are moved from one indicator to another are one item, because a table whose points do
//! not add up is no table. What an indicator scores by is an item of its own. Where rules with some of
//! the items made turn out to be none, the items that need each other become one.

use std::collections::{BTreeMap, BTreeSet};

use heng_diag::{FileId, Text};
use heng_model::Program;

use super::{Change, ChangeKind, Refused, made_of, render};
use crate::{
    Compiled, Reading,
    amend::{
        self,
        change::Edit,
        weave::{Origin, Weave},
    },
    compile::{plain, sources_of},
    wording::change_words,
};

/// Fields that say something of an indicator and score nothing.
const TOLD: &[&str] =
    &["地区", "来源", "状态", "说明", "声明", "依据", "通知", "中文名", "英文名", "复核", "佐证", "指标解释", "编号"];

/// How many changes the headline of an item names.
const NAMED: usize = 3;

/// Rules of which some items are made, by which are.
pub type Programs = BTreeMap<Vec<bool>, Program>;

/// Changes that are made together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its headline.
    pub title: Text,
    /// Its changes, a line each.
    pub lines: Vec<Text>,
}

/// The changes from one set of rules to another as items.
#[derive(Clone, Debug)]
pub struct Items {
    /// The old rules.
    text: String,
    changes: Vec<Change>,
    /// Which changes make each item; those that none has are always made, or never.
    parts: Vec<BTreeSet<usize>>,
    always: BTreeSet<usize>,
    /// How many scores may lie beyond their points in the rules that are compared.
    loose: usize,
}

impl Items {
    /// Takes the changes from one set of rules to another apart.
    ///
    /// # Errors
    /// What hinders reading either.
    pub fn new(a: &Reading, b: &Reading) -> Result<Items, Box<Refused>> {
        let ((text, old), (new, after)) = (a.text_and_program()?, b.text_and_program()?);
        let changes = made_of(text, new);
        let homes = [homes(&old), homes(&after)];
        let loose = loose(&old).max(loose(&after));
        let mut parts: Vec<BTreeSet<usize>> = Vec::new();
        let mut always = BTreeSet::new();
        for (place, change) in changes.iter().enumerate() {
            if is_support(change) {
                always.insert(place);
            } else if !is_told(change, text, new) {
                let with = |part: &BTreeSet<usize>| {
                    part.iter().any(|other| changes.get(*other).is_some_and(|other| belong(change, other, &homes)))
                };
                let (mut joined, apart): (Vec<_>, Vec<_>) = parts.into_iter().partition(with);
                let mut one: BTreeSet<usize> = joined.drain(..).flatten().collect();
                one.insert(place);
                parts = apart;
                parts.push(one);
            }
        }
        parts.sort();
        Ok(Items { text: text.to_owned(), changes, parts, always, loose })
    }

    /// How many items there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.parts.len()
    }

    /// The items.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let changes = |part: &BTreeSet<usize>| part.iter().filter_map(|at| self.changes.get(*at)).collect::<Vec<_>>();
        self.parts.iter().map(|part| item(&changes(part))).collect()
    }

    /// The rules of every choice of items that `wanted` asks for, given how many items there are. Where
    /// a choice makes no rules, items are put together and it is asked anew.
    pub fn settle(&mut self, wanted: &mut dyn FnMut(usize) -> Vec<Vec<bool>>) -> Programs {
        let mut known: BTreeMap<BTreeSet<usize>, Option<Program>> = BTreeMap::new();
        loop {
            let mut masks: Vec<Vec<bool>> = (0..self.count()).map(|one| only(self.count(), one)).collect();
            masks.extend(wanted(self.count()));
            masks.sort_by_key(|mask| mask.iter().filter(|made| **made).count());
            let broken = masks.iter().find(|mask| self.made(mask, &mut known).is_none()).cloned();
            match broken {
                Some(mask) if self.count() > 1 => self.join(&mask, &mut known),
                _ => {
                    let mut program = |mask: Vec<bool>| Some((mask.clone(), self.made(&mask, &mut known).clone()?));
                    return masks.into_iter().filter_map(&mut program).collect();
                }
            }
        }
    }

    /// Puts together what `mask`, which makes no rules, needs at least.
    fn join(&mut self, mask: &[bool], known: &mut BTreeMap<BTreeSet<usize>, Option<Program>>) {
        // What can be left away so that it still makes none is not to blame …
        let mut least = mask.to_vec();
        for place in 0..least.len() {
            let mut fewer = least.clone();
            fewer.get_mut(place).into_iter().for_each(|made| *made = false);
            if fewer != least && fewer.contains(&true) && self.made(&fewer, known).is_none() {
                least = fewer;
            }
        }
        // … and of what must come along, no more than is needed.
        let mut most = vec![true; least.len()];
        for place in (0..most.len()).filter(|place| least.get(*place) == Some(&false)) {
            let mut fewer = most.clone();
            fewer.get_mut(place).into_iter().for_each(|made| *made = false);
            if self.made(&fewer, known).is_some() {
                most = fewer;
            }
        }
        let chosen: Vec<bool> = least.iter().zip(&most).map(|(a, b)| *a || *b).collect();
        let parts = std::mem::take(&mut self.parts);
        let (mut one, mut rest) = (BTreeSet::new(), Vec::new());
        for (part, chosen) in parts.into_iter().zip(chosen) {
            if chosen { one.extend(part) } else { rest.push(part) }
        }
        rest.push(one);
        rest.sort();
        self.parts = rest;
    }

    fn made<'k>(
        &self,
        mask: &[bool],
        known: &'k mut BTreeMap<BTreeSet<usize>, Option<Program>>,
    ) -> &'k Option<Program> {
        let chosen = self.parts.iter().zip(mask).filter(|(_, made)| **made).flat_map(|(part, _)| part);
        let chosen: BTreeSet<usize> = chosen.chain(&self.always).copied().collect();
        known.entry(chosen).or_insert_with_key(|chosen| self.program(chosen))
    }

    fn program(&self, chosen: &BTreeSet<usize>) -> Option<Program> {
        let mut weave = Weave::default();
        weave.push(&self.text, Origin { file: FileId(0), from: 0 });
        let changes = chosen.iter().filter_map(|place| self.changes.get(*place));
        let edits: Vec<&Edit> = changes.flat_map(|change| &change.edits).collect();
        let mut found = Vec::new();
        amend::apply(&mut weave, &edits, &mut found);
        if found.iter().any(heng_diag::Diagnostic::is_error) {
            return None;
        }
        // Points that went up without their rows, or rows without their points, are no rules either.
        let made = compiled(&weave.text);
        (loose(&made) <= self.loose).then_some(made.program)?
    }
}

fn compiled(text: &str) -> Compiled {
    plain(sources_of([("", text)]))
}

fn loose(made: &Compiled) -> usize {
    made.diagnostics.iter().filter(|found| found.code == "score/range").count()
}

fn only(count: usize, one: usize) -> Vec<bool> {
    (0..count).map(|place| place == one).collect()
}

/// What changes no score by itself and what others may need: new names, data that were not asked for.
fn is_support(change: &Change) -> bool {
    change.kind == ChangeKind::Renamed || (change.kind == ChangeKind::Data && change.old.is_empty())
}

/// What scores nothing and what nothing else needs.
fn is_told(change: &Change, old: &str, new: &str) -> bool {
    match change.kind {
        ChangeKind::Data => change.new.is_empty(),
        ChangeKind::Pack if change.part.is_empty() => change.old != change.new,
        // The year is told, unless something computes with it.
        ChangeKind::Pack if change.part == "评价年度" => {
            let read = |text: &str| text.matches("评价年度").count() + text.matches("year").count() > 1;
            !read(old) && !read(new)
        }
        ChangeKind::Pack | ChangeKind::Field => TOLD.contains(&change.part.as_str()),
        _ => false,
    }
}

/// The name of the parent of every indicator.
fn homes(compiled: &Compiled) -> BTreeMap<String, String> {
    let Some(program) = &compiled.program else { return BTreeMap::new() };
    let home = |parent: Option<heng_model::NodeId>| {
        let parent = parent.filter(|parent| parent.0 > 0).and_then(|parent| program.node(parent));
        parent.map(|parent| parent.name.to_string()).unwrap_or_default()
    };
    program.tree().skip(1).map(|(_, node)| (node.name.to_string(), home(node.parent))).collect()
}

fn moves_points(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Points | ChangeKind::Added | ChangeKind::Removed | ChangeKind::Moved)
}

/// Whether two changes are of one item.
fn belong(a: &Change, b: &Change, homes: &[BTreeMap<String, String>; 2]) -> bool {
    match (moves_points(a.kind), moves_points(b.kind)) {
        (true, true) => homes.iter().any(|homes| {
            let (above_a, above_b) = (homes.get(&a.about), homes.get(&b.about));
            let beside = above_a.is_some() && above_a == above_b;
            a.about == b.about || beside || above_a == Some(&b.about) || above_b == Some(&a.about)
        }),
        (false, false) => {
            let scored = |change: &Change| {
                !matches!(change.kind, ChangeKind::Pack | ChangeKind::Parameter | ChangeKind::Data | ChangeKind::Method)
            };
            a.about == b.about && scored(a) && scored(b)
        }
        _ => false,
    }
}

fn item(changes: &[&Change]) -> Item {
    let lines = changes.iter().map(|change| render::line(change)).collect();
    let mut zh: Vec<String> = Vec::new();
    let mut en: Vec<String> = Vec::new();
    for change in changes {
        let word = change_words(change.kind);
        let part = if change.part.is_empty() || change.part.contains('\n') { "" } else { &change.part };
        let value =
            |text: &str| if text.chars().count() > 12 || text.contains('\n') { String::new() } else { text.to_owned() };
        let (old, new) = (value(&change.old), value(&change.new));
        let arrow = if old.is_empty() || new.is_empty() { String::new() } else { format!(" {old} → {new}") };
        let about = |lead: &str| [lead, part].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let told = |said: &str| match change.kind {
            ChangeKind::Points => format!("{}{arrow}", change.about),
            ChangeKind::Added | ChangeKind::Removed => format!("{said} {}", change.about),
            ChangeKind::Pack | ChangeKind::Parameter => format!("{}{arrow}", about(&change.about)),
            ChangeKind::Whole => said.to_owned(),
            _ if arrow.is_empty() => format!("{} {said}", change.about),
            _ => format!("{} {said}{arrow}", change.about),
        };
        for (list, said) in [(&mut zh, word.zh), (&mut en, word.en)] {
            let line = told(&said);
            if !list.contains(&line) {
                list.push(line);
            }
        }
    }
    let left = zh.len().saturating_sub(NAMED);
    let head = |list: &[String], sign: &str| list.iter().take(NAMED).cloned().collect::<Vec<_>>().join(sign);
    let mut title = Text::new(head(&zh, "，"), head(&en, ", "));
    if left > 0 {
        title.zh.push_str(&format!(" 等{}处", zh.len()));
        title.en.push_str(&format!(" and {left} more"));
    }
    Item { title, lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "规则包 试 {
    评价年度：2025
    满分：20分
    缺报：停止
    取整方式：按整
}
一级指标 甲 10分 {
    扣分 { 违规，每 1项：1分 }
}
一级指标 乙 6分 {
    分档 完成率 {
        ≥ 90%：6分
        [60%, 90%)：3分
        < 60%：0分
    }
}
一级指标 丙 4分 {
    计分 { 有制度：4分 }
}
数据 {
    违规：个数
    完成率：比率 ≥ 0%
    有制度：是否
}
";

    fn files(text: &str) -> Vec<(String, String)> {
        vec![("a.heng".to_owned(), text.to_owned())]
    }

    fn items(new: &str) -> (Items, Programs) {
        let mut items = Items::new(&Reading::alone(&files(OLD)), &Reading::alone(&files(new)))
            .map_err(|refused| refused.0)
            .unwrap();
        let programs = items.settle(&mut |count| {
            (0..1usize << count).map(|set| (0..count).map(|at| set >> at & 1 == 1).collect()).collect()
        });
        (items, programs)
    }

    #[test]
    fn what_can_be_made_alone_is_an_item() {
        let new = OLD.replace("每 1项：1分", "每 1项：2分").replace("≥ 90%", "≥ 95%").replace("90%)", "95%)");
        let (items, programs) = items(&new);
        assert_eq!(items.count(), 2);
        assert_eq!(programs.len(), 4);
        let titles: Vec<String> = items.items().into_iter().map(|item| item.title.zh).collect();
        assert!(titles[0].starts_with("甲") && titles[1].starts_with("乙"), "{titles:?}");
    }

    #[test]
    fn points_that_move_are_one_item_and_take_their_rows_along() {
        let new = OLD
            .replace("甲 10分", "甲 8分")
            .replace("乙 6分", "乙 8分")
            .replace("≥ 90%：6分", "≥ 90%：8分")
            .replace("每 1项：1分", "每 1项：2分");
        let (items, programs) = items(&new);
        let shown: Vec<String> = items.items().into_iter().map(|item| item.title.zh).collect();
        // Rows that give eight points need the eight points.
        assert_eq!(items.count(), 2, "{shown:?}");
        assert_eq!(programs.len(), 4);
        assert!(
            shown.iter().any(|title| title.contains("甲 10分 → 8分") && title.contains("乙 6分 → 8分")),
            "{shown:?}"
        );
    }

    #[test]
    fn what_scores_nothing_is_no_item() {
        let new = OLD.replace("    满分：20分", "    说明：另一句话\n    满分：20分").replace("2025", "2026");
        assert_eq!(items(&new).0.count(), 0);
    }

    #[test]
    fn new_data_stand_by_for_the_criterion_that_asks_for_them() {
        let new = OLD.replace("计分 { 有制度：4分 }", "计分 { 有办法：4分 }").replace("有制度：是否", "有办法：是否");
        let (items, programs) = items(&new);
        assert_eq!(items.count(), 1);
        assert_eq!(programs.len(), 2);
    }
}
