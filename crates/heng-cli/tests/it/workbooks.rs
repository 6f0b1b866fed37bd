//! The data workbook that lies in each pack: what `heng template` writes now, and one that is filled and scored.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::kit::{heng, root, score_of};

/// Every folder of `rules/` with a manifest.
fn packs() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("rules")).unwrap().map(|entry| entry.unwrap().path());
    let mut packs: Vec<PathBuf> = entries.filter(|path| path.join("pack.toml").exists()).collect();
    packs.sort();
    packs
}

/// The workbook that `heng template` writes in an empty folder, by its own name.
fn template(pack: &Path) -> (String, Vec<u8>) {
    let desk = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command.current_dir(desk.path()).arg("template").arg(pack).env_remove("LC_ALL").env_remove("LC_MESSAGES");
    let run = command.env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let made: Vec<PathBuf> = fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [made] = made.as_slice() else { panic!("{made:?}") };
    (made.file_name().unwrap().to_string_lossy().into_owned(), fs::read(made).unwrap())
}

/// With `HENG_UPDATE=1` they are written anew (`just workbooks`).
#[test]
fn the_workbook_of_every_pack_is_what_template_writes() {
    let write = std::env::var_os("HENG_UPDATE").is_some_and(|wish| wish == "1");
    let mut other = Vec::new();
    for pack in packs() {
        let (name, now) = template(&pack);
        assert!(template(&pack).1 == now, "{}: two runs, two files", pack.display());
        let path = pack.join(&name);
        if write {
            fs::write(&path, &now).unwrap();
        } else if fs::read(&path).ok().is_none_or(|held| held != now) {
            other.push(path.display().to_string());
        }
    }
    assert!(other.is_empty(), "`just workbooks` writes these anew:\n{}", other.join("\n"));
}

#[test]
fn a_workbook_is_no_part_of_what_decides_a_score() {
    let desk = tempfile::tempdir().unwrap();
    let pack = root().join("rules/pidu-2025");
    for name in ["pack.toml", "2025.heng", "数据表.xlsx"] {
        fs::copy(pack.join(name), desk.path().join(name)).unwrap();
    }
    let case = desk.path().join("案");
    fs::create_dir(&case).unwrap();
    fs::write(case.join("heng.toml"), "rules = \"..\"\nfacts = [\"f.toml\"]\n").unwrap();
    fs::copy(pack.join("tests/全部满分.toml"), case.join("f.toml")).unwrap();
    let at = |path: &Path| path.to_string_lossy().into_owned();
    assert_eq!(heng(&["pack", "lock", &at(&case)]).code, 0);
    fs::write(desk.path().join("数据表.xlsx"), b"another").unwrap();
    assert_eq!(heng(&["score", &at(&case)]).code, 0, "the lock holds the rules alone");
    assert_eq!(heng(&["pack", "check", &at(desk.path())]).code, 0);
}

/// The scorecard of a case that names one file of facts.
fn scored(folder: &Path, rules: &str, facts: &str) -> serde_json::Value {
    fs::write(folder.join("heng.toml"), format!("rules = \"{rules}\"\nfacts = [\"{facts}\"]\n")).unwrap();
    let run = heng(&["score", &folder.to_string_lossy(), "--format", "json"]);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}\n{}", run.err))
}

/// Worked cases of packs, filled into the workbook and scored from it.
#[test]
fn a_filled_workbook_gives_the_score_of_the_worked_case() {
    let mut filled = 0;
    for name in [
        "hunan-yueyang",
        "hunan-province",
        "shenzhen-dept-overall",
        "sichuan-2020-block",
        "pidu-2025",
        "guangdong-dept-2020",
    ] {
        let text = fs::read_to_string(root().join(format!("tests/conformance/{name}.toml"))).unwrap();
        let suite: toml::Table = toml::from_str(&text).unwrap();
        let rules = root().join(suite["pack"].as_str().unwrap()).to_string_lossy().replace('\\', "/");
        let cases = suite["case"].as_array().unwrap();
        let case = cases.iter().find(|case| case.get("scores").is_some()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("facts.toml"), case["facts"].as_str().unwrap()).unwrap();
        let by_hand = scored(folder.path(), &rules, "facts.toml");
        let run = heng(&["report", &folder.path().to_string_lossy(), "--force"]);
        assert!([0, 4].contains(&run.code), "{name}: {}", run.err);
        fs::copy(folder.path().join("out/数据表.xlsx"), folder.path().join("数据表.xlsx")).unwrap();
        let from_book = scored(folder.path(), &rules, "数据表.xlsx");
        for (indicator, points) in case["scores"].as_table().unwrap() {
            let points = points.as_str().unwrap();
            assert_eq!(score_of(&from_book, indicator), score_of(&by_hand, indicator), "{name} {indicator}");
            assert!(score_of(&from_book, indicator).contains(points), "{name} {indicator} {points}");
            filled += 1;
        }
    }
    assert!(filled >= 6, "{filled}");
}
