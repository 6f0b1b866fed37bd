//! The names of a schema, ready to be looked up in their normal form.

use std::collections::BTreeMap;

use heng_model::{
    Field, FieldId, Schema, normal_name,
    schema::{Column, Table},
};

/// A group of names: the schema itself, or one of its groups.
#[derive(Debug, Default)]
pub(crate) struct Group {
    members: BTreeMap<String, Member>,
}

/// What a name stands for.
#[derive(Debug)]
pub(crate) enum Member {
    /// A group of data.
    Group(Group),
    /// A datum or a table.
    Field(FieldId),
}

/// What a look-up found.
pub(crate) enum Found<'i> {
    /// A group of data.
    Group(&'i Group),
    /// A datum or a table.
    Field(FieldId),
    /// Several data end in this name; their whole paths.
    Several(Vec<String>),
    /// Nothing; the nearest name, if one is near.
    Nothing(Option<String>),
}

/// The names of a schema.
#[derive(Debug)]
pub(crate) struct Index {
    root: Group,
    /// Whole paths, and which field each is, by the last name of the path.
    last_names: BTreeMap<String, Vec<(FieldId, String)>>,
}

impl Index {
    pub(crate) fn new(schema: &Schema) -> Index {
        let mut index = Index { root: Group::default(), last_names: BTreeMap::new() };
        for (id, field) in schema.iter() {
            index.add(id, field);
        }
        index
    }

    fn add(&mut self, id: FieldId, field: &Field) {
        let path: Vec<String> = field.path.iter().map(|name| normal_name(name)).collect();
        let Some((last, groups)) = path.split_last() else { return };
        self.root.insert(groups, last.clone(), id);
        if let Some(alias) = &field.alias {
            let spelled = normal_name(alias);
            let parts: Vec<String> = spelled.split('.').map(normal_name).collect();
            match parts.split_last() {
                Some((last, outer)) if !outer.is_empty() => self.root.insert(outer, last.clone(), id),
                _ => self.root.insert(groups, spelled, id),
            }
        }
        self.last_names.entry(last.clone()).or_default().push((id, field.dotted()));
    }

    /// The schema as a group.
    pub(crate) fn root(&self) -> &Group {
        &self.root
    }

    /// What `name` stands for at the top of a file: a path, or a last name that only one datum has.
    pub(crate) fn find(&self, name: &str) -> Found<'_> {
        let here = self.root.find(name);
        if !matches!(here, Found::Nothing(_)) {
            return here;
        }
        match self.last_names.get(&normal_name(name)).map(Vec::as_slice) {
            Some([(id, _)]) => Found::Field(*id),
            Some(several) => Found::Several(several.iter().map(|(_, path)| path.clone()).collect()),
            None => {
                let paths = self.last_names.values().flatten().map(|(_, path)| path.as_str());
                let names = self.last_names.keys().map(String::as_str);
                Found::Nothing(nearest(name, self.root.names().chain(names).chain(paths)))
            }
        }
    }
}

impl Group {
    fn insert(&mut self, groups: &[String], last: String, id: FieldId) {
        match groups.split_first() {
            None => {
                self.members.entry(last).or_insert(Member::Field(id));
            }
            Some((first, rest)) => {
                let group = self.members.entry(first.clone()).or_insert_with(|| Member::Group(Group::default()));
                if let Member::Group(group) = group {
                    group.insert(rest, last, id);
                }
            }
        }
    }

    /// What `name`, or the dotted path `name`, stands for in this group.
    pub(crate) fn find(&self, name: &str) -> Found<'_> {
        let name = normal_name(name);
        if let Some(member) = self.members.get(&name) {
            return member.found();
        }
        let nothing = || Found::Nothing(nearest(&name, self.names()));
        let Some((first, rest)) = name.split_once('.') else { return nothing() };
        match self.members.get(&normal_name(first)) {
            Some(Member::Group(group)) => group.find(rest),
            _ => nothing(),
        }
    }

    /// Whether the group has a member of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(&normal_name(name))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }
}

impl Member {
    fn found(&self) -> Found<'_> {
        match self {
            Member::Group(group) => Found::Group(group),
            Member::Field(id) => Found::Field(*id),
        }
    }
}

/// The column of this name or alias, with its number.
pub(crate) fn column<'t>(table: &'t Table, name: &str) -> Option<(u16, &'t Column)> {
    // Most rows spell a column as it is declared; normal forms are only made for the others.
    let columns = || (0u16..).zip(&table.columns);
    if let Some(found) = columns().find(|(_, column)| *column.name == *name) {
        return Some(found);
    }
    let name = normal_name(name);
    let is = |spelled: &str| normal_name(spelled) == name;
    columns().find(|(_, column)| is(&column.name) || column.alias.as_deref().is_some_and(is))
}

/// The candidate that differs from `name` by few enough letters to be what was meant.
pub(crate) fn nearest<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<String> {
    nearest_within(name, candidates, (2, 5))
}

/// The nearest candidate of which at most `share` of the letters differ.
pub(crate) fn nearest_within<'c>(
    name: &str,
    candidates: impl Iterator<Item = &'c str>,
    share: (usize, usize),
) -> Option<String> {
    let name = normal_name(name);
    let scored = candidates.filter_map(|candidate| {
        let distance = strsim::osa_distance(&name, &normal_name(candidate));
        let length = name.chars().count().max(candidate.chars().count());
        (distance * share.1 <= length * share.0).then_some((distance, candidate))
    });
    scored.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["支出决算数", "年初预算数", "编制数"];
        let near = |name: &str| nearest(name, names.into_iter());
        assert_eq!(near("支出结算数").as_deref(), Some("支出决算数"));
        assert_eq!(near("年初预算").as_deref(), Some("年初预算数"));
        assert_eq!(near("采购合同"), None);
    }
}
