//! What changed from year to year, as the book prints it. With `HENG_BOOK=write` the page is written anew.

use crate::kit::{heng, root};

/// The comparisons on the page.
const PAIRS: [(&str, &str); 5] = [
    ("rules/hunan-yueyang/2016.heng", "rules/hunan-yueyang/2017.heng"),
    ("rules/hunan-yueyang/2017.heng", "rules/hunan-yueyang/2019.heng"),
    ("rules/hunan-yueyang/2019.heng", "rules/hunan-province/2019.heng"),
    ("rules/sichuan-2020-block/2020.heng", "rules/pidu-2025/2025.heng"),
    ("rules/guangdong-dept-2020/2020.heng", "rules/guangdong-dept-overall/2023.heng"),
];

/// The page with what `heng diff` prints now below each mark, up to the next heading of the page.
fn printed(page: &str, lang: &str) -> String {
    let mut out = page.to_owned();
    for (old, new) in PAIRS {
        let run = heng(&["diff", old, new, "--format", "md", "--lang", lang]);
        assert_eq!(run.code, 0, "{}", run.err);
        let mark = format!("<!-- heng diff {old} {new} --format md -->\n\n");
        let (before, rest) = out.split_once(&mark).unwrap_or_else(|| panic!("{lang}: no {mark}"));
        let after = rest.find("\n## ").map_or("", |at| &rest[at..]);
        out = format!("{before}{mark}{}\n{after}", run.out.trim_end());
    }
    out
}

#[test]
fn the_page_of_changes_is_what_diff_prints() {
    for lang in ["zh", "en"] {
        let path = root().join("docs/book").join(lang).join("17-changes.md");
        let page = std::fs::read_to_string(&path).unwrap();
        let now = printed(&page, lang);
        if std::env::var_os("HENG_BOOK").is_some_and(|wish| wish == "write") {
            std::fs::write(&path, now).unwrap();
        } else {
            assert!(page == now, "{}: HENG_BOOK=write writes what is printed now", path.display());
        }
    }
}

/// Every pack whose table was published for several years or generations is on the page, or said not to be.
#[test]
fn the_page_names_every_province() {
    for (lang, words) in
        [("zh", ["湖南", "四川", "广东", "深圳"]), ("en", ["Hunan", "Sichuan", "Guangdong", "Shenzhen"])]
    {
        let page = std::fs::read_to_string(root().join("docs/book").join(lang).join("17-changes.md")).unwrap();
        for word in words {
            assert!(page.lines().any(|line| line.starts_with("## ") && line.contains(word)), "{lang} {word}");
        }
    }
}
