//! `heng fmt` on files, folders and the standard input.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use crate::kit::{heng, root};

const MESSY: &str =
    "一级指标 甲 ２０分｛\n\n\n二级指标 乙 ４ 分{待编}\n  二级指标 丙丙 16分  { 得分=满分×率，保留２位 }\n}\n";
const TIDY: &str =
    "一级指标 甲 20分 {\n\n    二级指标 乙    4分 { 待编 }\n    二级指标 丙丙 16分 { 得分 = 满分 × 率，保留2位 }\n}\n";

fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("2024.heng");
    std::fs::write(&path, text).unwrap();
    (folder, path.to_string_lossy().into_owned())
}

/// Runs `heng` with a text on its standard input.
fn piped(args: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command.args(args).env("LC_ALL", "zh_CN.UTF-8").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_file_is_written_in_place_and_then_left_alone() {
    let (_folder, path) = file(MESSY);
    let run = heng(&["fmt", &path]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("排好了"), "{}", run.out);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), TIDY);
    let again = heng(&["fmt", &path]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    let checked = heng(&["fmt", "--check", &path]);
    assert_eq!((checked.code, checked.out.trim()), (0, "1 个文件都排好了"));
}

#[test]
fn check_names_the_file_shows_the_lines_and_changes_nothing() {
    let (_folder, path) = file(MESSY);
    let run = heng(&["fmt", "--check", &path]);
    assert_eq!(run.code, 1);
    for part in [path.as_str(), "没有排好", "1 - 一级指标 甲 ２０分｛", "+ 一级指标 甲 20分 {"] {
        assert!(run.out.contains(part), "{part} is not in\n{}", run.out);
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), MESSY);
}

#[test]
fn a_folder_is_all_its_rule_files() {
    let run = heng(&["fmt", "--check", "rules", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("files are formatted"), "{}", run.out);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(heng(&["fmt".as_ref(), empty.path().as_os_str()]).code, 2);
}

#[test]
fn the_standard_input_goes_to_the_standard_output() {
    assert_eq!(piped(&["fmt", "-"], MESSY.as_bytes()), (0, TIDY.to_owned(), String::new()));
    let (code, out, _) = piped(&["fmt", "--check", "-"], TIDY.as_bytes());
    assert_eq!((code, out.as_str()), (0, "1 个文件都排好了\n"));
    assert_eq!(piped(&["fmt", "-"], b"\xff").0, 1);
    assert_eq!(piped(&["fmt", "-"], b""), (0, String::new(), String::new()));
}

#[test]
fn a_pack_turned_over_and_back_is_the_same() {
    let pack = root().join("rules/guangdong-dept-overall/2023.heng");
    let chinese = std::fs::read_to_string(pack).unwrap();
    let (code, english, _) = piped(&["fmt", "--to", "en", "-"], chinese.as_bytes());
    assert_eq!(code, 0);
    assert!(english.contains("indicator 履职效能 50 points {"), "{english}");
    assert_eq!(piped(&["fmt", "--to", "zh", "-"], english.as_bytes()).1, chinese);
}

/// Cases and properties included: turned over they pass as before, and turned back they are the same.
#[test]
fn every_pack_turned_over_and_back_is_the_same() {
    let mut proven = 0;
    for pack in std::fs::read_dir(root().join("rules")).unwrap().map(|entry| entry.unwrap().path()) {
        let files = std::fs::read_dir(&pack).into_iter().flatten().map(|entry| entry.unwrap().path());
        for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "heng")) {
            let text = std::fs::read_to_string(&path).unwrap();
            let chinese = text.contains("规则包 ") || text.contains("修订 ");
            let (own, other) = if chinese { ("zh", "en") } else { ("en", "zh") };
            let turned = piped(&["fmt", "--to", other, "-"], text.as_bytes()).1;
            let back = piped(&["fmt", "--to", own, "-"], turned.as_bytes()).1;
            assert_eq!(back, piped(&["fmt", "--to", own, "-"], text.as_bytes()).1, "{}", path.display());
            if ["\n用例 ", "\ntest "].iter().any(|word| text.contains(word)) {
                proven += 1;
                let words = ["\n用例 ", "\n性质 ", "期望 {", "不减", "\ntest ", "\nproperties ", "expect {", "never "];
                let left = words.iter().filter(|word| chinese != word.is_ascii() && turned.contains(**word));
                assert_eq!(left.collect::<Vec<_>>(), Vec::<&&str>::new(), "{turned}");
                same_results(&pack, &path, &turned);
            }
        }
    }
    assert!(proven >= 2, "only {proven} files with cases");
}

/// The pack gives the same results with the turned text in the place of the file.
fn same_results(pack: &std::path::Path, file: &std::path::Path, turned: &str) {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(pack).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        std::fs::copy(&entry, folder.path().join(entry.file_name().unwrap())).unwrap();
    }
    let copy = folder.path().join(file.file_name().unwrap());
    let results = |text: &str| {
        std::fs::write(&copy, text).unwrap();
        let run = heng(&["test".as_ref(), copy.as_os_str(), "--format".as_ref(), "json".as_ref()]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        value["passed"].as_u64().unwrap()
    };
    assert_eq!(results(&std::fs::read_to_string(file).unwrap()), results(turned));
}

#[test]
fn what_cannot_be_read_stays_and_is_reported() {
    let (_folder, path) = file("一级指标 甲 10分 {\n率=甲÷乙\n得分:=满分××率  \n}\n");
    let run = heng(&["fmt", &path]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("syntax/"), "{}", run.err);
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "一级指标 甲 10分 {\n    率 = 甲 ÷ 乙\n    得分:=满分××率\n}\n"
    );
    let broken = "一级指标 甲 10分 {\n二级指标 乙 10分 {\n待编\n}\n";
    let (_folder, path) = file(broken);
    assert_eq!(heng(&["fmt", &path]).code, 1);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
}

#[test]
fn programs_get_a_list() {
    let (_folder, path) = file(MESSY);
    let run = heng(&["fmt", "--check", "--format", "json", &path]);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &value["files"][0]["differs"], &value["written"]), (1, &true.into(), &false.into()));
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_rights_stay_rights() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, path) = file(MESSY);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.heng");
    symlink(&path, &link).unwrap();
    assert_eq!(heng(&["fmt".as_ref(), link.as_os_str()]).code, 0);
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), TIDY);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}
