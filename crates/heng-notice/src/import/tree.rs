//! The tree of indicators with its points: sums are held to what the table says.

use heng_model::{Number, name::normal_name};

use super::{Remark, write::headline};
use crate::{table::Leaf, wording};

/// An indicator, or a group of them.
pub(super) struct Group {
    pub(super) id: usize,
    pub(super) name: String,
    /// What the table says.
    pub(super) said: Option<Number>,
    /// What the pack has.
    pub(super) points: Option<Number>,
    pub(super) children: Vec<Group>,
    pub(super) leaf: Option<Leaf>,
    pub(super) note: Vec<String>,
    /// Whether its points are not those the table says.
    pub(super) doubtful: bool,
}

impl Group {
    /// The tree of all leaves.
    pub(super) fn of(leaves: &[Leaf], remarks: &mut Vec<Remark>) -> Vec<Group> {
        let (mut roots, mut next) = (Vec::new(), 0);
        for leaf in leaves {
            put(&mut roots, leaf, 0, &mut next, remarks);
        }
        roots
    }

    fn new(id: usize, name: String) -> Group {
        Group {
            id,
            name,
            said: None,
            points: None,
            children: Vec::new(),
            leaf: None,
            note: Vec::new(),
            doubtful: false,
        }
    }
}

fn put(groups: &mut Vec<Group>, leaf: &Leaf, level: usize, next: &mut usize, remarks: &mut Vec<Remark>) {
    let Some((name, points)) = leaf.levels.get(level) else { return };
    let lowest = level + 1 == leaf.levels.len();
    // Names are the same that the rule file takes for the same, as they stand in it.
    let name = headline(name);
    let same = |group: &Group| normal_name(&group.name) == normal_name(&name);
    let known = groups.iter().position(|group| same(group) && !(lowest && group.leaf.is_some()));
    let at = known.unwrap_or_else(|| {
        *next += 1;
        let mut name = name.clone();
        if groups.iter().any(same) {
            name = format!("{name}（{}）", leaf.row);
            remarks.push(Remark::new(Some(leaf.row), &name, wording::name_twice()));
        }
        groups.push(Group::new(*next, name));
        groups.len() - 1
    });
    let Some(group) = groups.get_mut(at) else { return };
    group.said = group.said.take().or_else(|| points.as_ref()?.parse().ok());
    if lowest {
        group.leaf = Some(leaf.clone());
    } else {
        put(&mut group.children, leaf, level + 1, next, remarks);
    }
}

/// Settles the points of every group from below; the sum of all.
pub(super) fn settle(groups: &mut Vec<Group>, remarks: &mut Vec<Remark>) -> Option<Number> {
    for group in groups.iter_mut() {
        if group.children.is_empty() {
            group.points.clone_from(&group.said);
            continue;
        }
        own_criterion(group, remarks);
        lend(group, remarks);
        let below = settle(&mut group.children, remarks);
        if let (Some(said), Some(below)) = (&group.said, &below)
            && said != below
        {
            group.doubtful = true;
            let text = wording::sum_differs(said, below);
            remarks.push(Remark::new(None, &group.name, text));
        }
        group.points = below;
    }
    for group in groups.iter().filter(|group| group.points.is_none()) {
        let row = group.leaf.as_ref().map(|leaf| leaf.row);
        let what = group.leaf.as_ref().map_or("", |leaf| leaf.criterion.as_str());
        remarks.push(Remark::new(row, format!("{} {what}", group.name).trim(), wording::no_points()));
    }
    groups.retain(|group| group.points.is_some());
    let sum = groups.iter().filter_map(|group| group.points.as_ref()).fold(Number::ZERO, |sum, points| &sum + points);
    (!groups.is_empty()).then_some(sum)
}

/// A group with a criterion of its own keeps it as a note.
fn own_criterion(group: &mut Group, remarks: &mut Vec<Remark>) {
    let Some(leaf) = group.leaf.take() else { return };
    if !leaf.criterion.is_empty() {
        group.note.push(leaf.criterion.clone());
        remarks.push(Remark::new(Some(leaf.row), &group.name, wording::group_criterion()));
    }
}

/// Where one child alone has no points, it has what the group's leave.
fn lend(group: &mut Group, remarks: &mut Vec<Remark>) {
    let Some(said) = group.said.clone() else { return };
    let bare = |child: &Group| child.said.is_none() && child.children.is_empty();
    if group.children.iter().filter(|child| bare(child)).count() != 1 {
        return;
    }
    let known = group.children.iter().filter_map(|child| child.said.as_ref());
    let rest = &said - &known.fold(Number::ZERO, |sum, points| &sum + points);
    if rest > Number::ZERO
        && let Some(child) = group.children.iter_mut().find(|child| bare(child))
    {
        child.said = Some(rest);
        child.doubtful = true;
        remarks.push(Remark::new(child.leaf.as_ref().map(|leaf| leaf.row), &child.name, wording::points_by_rest()));
    }
}

/// The total that the table states.
pub(super) fn total(said: Option<&str>, sum: &Number, remarks: &mut Vec<Remark>) {
    let said: Option<Number> = said.and_then(|said| said.parse().ok());
    if let Some(said) = said.filter(|said| said != sum) {
        remarks.push(Remark::new(None, "合计", wording::sum_differs(&said, sum)));
    }
}

/// The indicators without children, in order.
pub(super) fn lowest(groups: &[Group]) -> Vec<&Group> {
    let below = |group| if Group::is_lowest(group) { vec![group] } else { lowest(&group.children) };
    groups.iter().flat_map(below).collect()
}

impl Group {
    fn is_lowest(&self) -> bool {
        self.children.is_empty()
    }
}
