//! Posts and those who hold them.

use heng_diag::Diagnostic;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, Table, TableCell, sum},
    pattern::patterns,
    vocabulary::ends,
    wording,
};

patterns! {
    OTHERS = r"下属|二级|所属|全系统|全县|全市|全区|各乡镇|学校|离退休|临聘|聘用|劳务派遣";
}

/// More staff than posts, in one clause between semicolons, or in one sentence and the next of a paragraph.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let words = &graph.words.staff;
    let mut found = Vec::new();
    let sentences = graph.sentences();
    for (at, figures) in sentences.iter().enumerate() {
        let people = people(graph, figures);
        for clause in people.chunk_by(|a, b| !graph.text(a.span.end..b.span.start).contains('；')) {
            found.extend(compare(graph, named(clause, &words.posts), named(clause, &words.staff)));
        }
        let clauses: Vec<&[&Figure]> =
            people.chunk_by(|a, b| !graph.text(a.span.end..b.span.start).contains('；')).collect();
        for pair in clauses.windows(2) {
            let [posts, staff] = pair else { continue };
            let apart = named(posts, &words.staff).is_empty() && named(staff, &words.posts).is_empty();
            let close = posts.last().zip(staff.first()).is_some_and(|(a, b)| goes_on(graph, a, b));
            if apart && close {
                let (posts, staff) = (together(graph, posts, &words.posts), together(graph, staff, &words.staff));
                let over = posts.zip(staff).filter(|(posts, staff)| staff.value > posts.value);
                found.extend(over.map(|(posts, staff)| wording::staff(graph, posts, staff)));
            }
        }
        let next = sentences.get(at + 1).map(|next| self::people(graph, next)).unwrap_or_default();
        if named(&people, &words.staff).is_empty()
            && named(&next, &words.posts).is_empty()
            && people.last().zip(next.first()).is_some_and(|(a, b)| goes_on(graph, a, b))
        {
            found.extend(compare(graph, named(&people, &words.posts), named(&next, &words.staff)));
        }
    }
    found.extend(graph.tables.iter().flat_map(|table| of_table(graph, table)));
    found
}

/// The rows of a table with a column of posts and one of staff.
fn of_table(graph: &Graph, table: &Table) -> Vec<Diagnostic> {
    let words = &graph.words.staff;
    let Some(head) = table.rows.first() else { return Vec::new() };
    let column = |names: &[String]| {
        let named = |cell: &TableCell| {
            let plain = cell.text.trim_end_matches(['数', '员']);
            ends(plain, names) || ends(&cell.text, names) || holds(&cell.text, names)
        };
        let mut all = head.iter().enumerate().filter(|(_, cell)| named(cell)).map(|(column, _)| column);
        all.next().filter(|_| all.next().is_none())
    };
    let (Some(posts), Some(staff)) = (column(&words.posts), column(&words.staff)) else { return Vec::new() };
    let over = |row: &Vec<TableCell>| {
        let (posts, staff) = (row.get(posts)?, row.get(staff)?);
        (staff.value.as_ref()? > posts.value.as_ref()?).then(|| wording::staff_in_table(graph, posts, staff))
    };
    table.rows.iter().skip(1).filter_map(over).collect()
}

/// Figures of people, and of posts that are counted in 个.
fn people<'g>(graph: &Graph, figures: &'g [Figure]) -> Vec<&'g Figure> {
    let counted = |f: &&Figure, word: &str| f.family == Family::Count(word.to_owned());
    let post = |f: &&Figure| counted(f, "个") && ends(f.label.trim_end_matches('数'), &graph.words.staff.posts);
    figures.iter().filter(|f| counted(f, "人") || post(f)).collect()
}

/// The figures whose label ends with one of the names.
fn named<'g>(people: &[&'g Figure], names: &[String]) -> Vec<&'g Figure> {
    let by_name = |f: &&&Figure| {
        ends(f.label.trim_end_matches(['数', '员']), names) || ends(&f.label, names) || holds(&f.label, names)
    };
    people.iter().filter(by_name).copied().collect()
}

/// 实有政法干警: the people of one kind who are there, and not those on contract or retired.
fn holds(label: &str, names: &[String]) -> bool {
    let there =
        ["实有", "在职", "在编"].iter().any(|word| names.iter().any(|name| name == word) && label.contains(word));
    there && !label.contains(['离', '退', '聘', '合', '临', '含', '学', '占', '女', '党'])
}

/// The only figure, or the first where the others are its parts.
fn whole<'g>(all: &[&'g Figure]) -> Option<&'g Figure> {
    let (first, rest) = all.split_first()?;
    (rest.is_empty() || sum(rest.iter().map(|f| &f.value)) == first.value).then_some(*first)
}

/// The figure of all of a kind of people in a clause: 共 44 名 behind the kinds, or the only one.
fn together<'g>(graph: &Graph, clause: &[&'g Figure], names: &[String]) -> Option<&'g Figure> {
    let some = named(clause, names);
    let all = clause.iter().rev().find(|figure| {
        let lead = graph.text(graph.sentence(figure.span.start).start..figure.span.start);
        ["共", "合计", "共计"].iter().any(|word| lead.ends_with(word))
    });
    some.first()?;
    all.copied().or_else(|| whole(&some))
}

/// Whether a sentence and the next speak of the same people: one paragraph, no other unit in between.
fn goes_on(graph: &Graph, before: &Figure, after: &Figure) -> bool {
    before.block == after.block && !OTHERS.is_match(graph.text(before.span.end..after.span.start))
}

fn compare(graph: &Graph, posts: Vec<&Figure>, staff: Vec<&Figure>) -> Option<Diagnostic> {
    let (posts, staff) = (whole(&posts)?, whole(&staff)?);
    (staff.value > posts.value).then(|| wording::staff(graph, posts, staff))
}
