//! What changed from year to year, as the book prints it.

use crate::kit::{heng, root};

/// The comparisons on the page, and the language each is in.
const PAIRS: [(&str, &str); 3] = [
    ("rules/hunan-yueyang/2016.heng", "rules/hunan-yueyang/2017.heng"),
    ("rules/hunan-yueyang/2017.heng", "rules/hunan-yueyang/2019.heng"),
    ("rules/hunan-yueyang/2019.heng", "rules/hunan-province/2019.heng"),
];

#[test]
fn the_page_of_changes_is_what_diff_prints() {
    for lang in ["zh", "en"] {
        let path = root().join("docs/book").join(lang).join("17-changes.md");
        let page = std::fs::read_to_string(&path).unwrap();
        for (old, new) in PAIRS {
            let run = heng(&["diff", old, new, "--format", "md", "--lang", lang]);
            assert_eq!(run.code, 0, "{}", run.err);
            let mark = format!("<!-- heng diff {old} {new} --format md -->\n\n");
            let (_, rest) = page.split_once(&mark).unwrap_or_else(|| panic!("{}: no {mark}", path.display()));
            assert!(rest.starts_with(run.out.trim_end()), "{} {new} is not what is printed now", path.display());
        }
    }
}
