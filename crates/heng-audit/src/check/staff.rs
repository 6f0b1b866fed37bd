//! Posts and those who hold them.

use heng_diag::Diagnostic;

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    vocabulary::ends,
    wording,
};

/// More staff than posts, in one clause between semicolons.
pub(crate) fn check(graph: &Graph) -> Vec<Diagnostic> {
    let words = &graph.words.staff;
    let mut found = Vec::new();
    for figures in graph.sentences() {
        let people: Vec<&Figure> = figures.iter().filter(|f| f.family == Family::Count("人".to_owned())).collect();
        let clauses = people.chunk_by(|a, b| !graph.text(a.span.end..b.span.start).contains('；'));
        for clause in clauses {
            let only = |names: &[String]| {
                let mut all = clause
                    .iter()
                    .filter(|f| ends(f.label.trim_end_matches(['数', '员']), names) || ends(&f.label, names));
                all.next().filter(|_| all.next().is_none())
            };
            if let (Some(posts), Some(staff)) = (only(&words.posts), only(&words.staff))
                && staff.value > posts.value
            {
                found.push(wording::staff(graph, posts, staff));
            }
        }
    }
    found
}
