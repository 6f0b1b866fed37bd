//! What changed from year to year, as the book prints it; and that nothing of a province or a year is in Rust.

use std::path::{Path, PathBuf};

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

/// Every file under a folder with an ending.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|other| other == ending) {
            found.push(path);
        }
    }
}

/// The code of a source file that ships: without its tests, and without comments, which may give examples.
fn code(text: &str) -> String {
    let shipped = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = shipped.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Names of indicators with at least four signs, as rule files have them.
fn indicators(text: &str, found: &mut std::collections::BTreeSet<String>) {
    for line in text.lines().map(str::trim) {
        let Some((kind, rest)) = line.split_once(' ') else { continue };
        if !kind.ends_with("指标") && kind != "indicator" {
            continue;
        }
        let name = rest.split('{').next().unwrap_or_default().trim();
        let name = name.trim_end_matches(" points").rsplit_once(' ').map_or("", |(name, _)| name).trim();
        if name.chars().count() >= 4 {
            found.insert(name.to_owned());
        }
    }
}

#[test]
fn no_province_no_indicator_and_no_year_of_a_pack_is_in_rust() {
    const PROVINCES: [&str; 31] = [
        "北京",
        "天津",
        "河北",
        "山西",
        "内蒙古",
        "辽宁",
        "吉林",
        "黑龙江",
        "上海",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "广西",
        "海南",
        "重庆",
        "四川",
        "贵州",
        "云南",
        "西藏",
        "陕西",
        "甘肃",
        "青海",
        "宁夏",
        "新疆",
    ];
    let mut rules = Vec::new();
    files(&root().join("rules"), "heng", &mut rules);
    let mut names: std::collections::BTreeSet<String> = PROVINCES.map(ToOwned::to_owned).into();
    for path in &rules {
        indicators(&std::fs::read_to_string(path).unwrap(), &mut names);
    }
    assert!(names.len() > 130, "{}", names.len());
    let years: std::collections::BTreeSet<String> =
        rules.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let mut found = Vec::new();
    for krate in std::fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path()) {
        let mut sources = Vec::new();
        files(&krate.join("src"), "rs", &mut sources);
        for path in sources.into_iter().filter(|path| !path.components().any(|part| part.as_os_str() == "tests")) {
            if path.file_name().is_some_and(|name| name == "tests.rs") {
                continue;
            }
            let code = code(&std::fs::read_to_string(&path).unwrap());
            let at = path.strip_prefix(root()).unwrap().display().to_string();
            found.extend(names.iter().filter(|name| code.contains(*name)).map(|name| format!("{at}: {name}")));
            // A message may show a date as an example: wording decides nothing.
            let examples = at.contains("/wording");
            let words = code.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|_| !examples);
            let words = words.filter(|word| years.contains(*word));
            found.extend(words.map(|word| format!("{at}: {word}")));
        }
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{found:#?}");
}
