//! Posts and those who hold them.

use heng_diag::Diagnostic;

use crate::{
    figure::{Family, Figure},
    graph::{Graph, sum},
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
        let people = people(figures);
        for clause in people.chunk_by(|a, b| !graph.text(a.span.end..b.span.start).contains('；')) {
            found.extend(compare(graph, named(clause, &words.posts), named(clause, &words.staff)));
        }
        let next = sentences.get(at + 1).map(|next| self::people(next)).unwrap_or_default();
        if named(&people, &words.staff).is_empty()
            && named(&next, &words.posts).is_empty()
            && people.last().zip(next.first()).is_some_and(|(a, b)| goes_on(graph, a, b))
        {
            found.extend(compare(graph, named(&people, &words.posts), named(&next, &words.staff)));
        }
    }
    found
}

fn people(figures: &[Figure]) -> Vec<&Figure> {
    figures.iter().filter(|f| f.family == Family::Count("人".to_owned())).collect()
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

/// Whether a sentence and the next speak of the same people: one paragraph, no other unit in between.
fn goes_on(graph: &Graph, before: &Figure, after: &Figure) -> bool {
    before.block == after.block && !OTHERS.is_match(graph.text(before.span.end..after.span.start))
}

fn compare(graph: &Graph, posts: Vec<&Figure>, staff: Vec<&Figure>) -> Option<Diagnostic> {
    let (posts, staff) = (whole(&posts)?, whole(&staff)?);
    (staff.value > posts.value).then(|| wording::staff(graph, posts, staff))
}
