//! Files appear whole or not at all, whatever happens to the run: killed, disk full, folder that cannot be
//! written, limits. How long anything takes decides nothing here.
#![cfg(unix)]

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use crate::kit::{Copy, heng, root};

/// The signal that a process gets for writing beyond its limit.
const SIGXFSZ: i32 = 25;

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command.current_dir(root()).args(["--lang", "zh"]).stdin(Stdio::null());
    command
}

/// A scoring table that `import` reads.
fn table(folder: &Path) -> PathBuf {
    let path = folder.join("2024表.csv");
    fs::write(
        &path,
        "一级指标,二级指标,三级指标,分值,评分标准\n管理,预算,预算执行率,10,预算执行率达到95%得10分，否则不得分。\n",
    )
    .unwrap();
    path
}

/// Every command that writes files, each with the place it writes to.
fn writers(case: &Copy, out: &Path) -> Vec<(Vec<OsString>, PathBuf)> {
    let rules = root().join("rules/hunan-yueyang");
    let table = table(case.path());
    let (book, whole) = (out.join("数据表.xlsx"), out.join("全部.heng"));
    let line = |words: &[&str], rest: &[&Path]| -> Vec<OsString> {
        let words = words.iter().map(OsString::from);
        words.chain(rest.iter().map(|path| path.as_os_str().to_owned())).collect()
    };
    let with_out = |mut line: Vec<OsString>, out: &Path| {
        line.extend(["--out".into(), out.as_os_str().to_owned()]);
        line
    };
    vec![
        (with_out(line(&["report"], &[case.path()]), out), out.to_owned()),
        (with_out(line(&["template"], &[&rules]), &book), book),
        (with_out(line(&["expand"], &[&rules]), &whole), whole),
        (with_out(line(&["import"], &[&table]), out), out.to_owned()),
    ]
}

/// The files of a folder with what they hold; what is set aside while writing begins with `.heng-`.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let named = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(&path).unwrap())
    });
    named.filter(|(name, _)| !name.starts_with(".heng-")).collect()
}

fn fails(output: &Output, said: &str) {
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{err}");
    assert!(err.contains("file/") && err.contains(said) && !err.contains("panicked"), "{said}: {err}");
}

#[test]
fn a_killed_run_leaves_whole_files_alone() {
    let case = Copy::of("potou-2023");
    let out = case.path().join("out");
    for (line, target) in writers(&case, &out) {
        let _ = fs::remove_dir_all(&out);
        fs::create_dir_all(&out).unwrap();
        assert!(command().args(&line).output().unwrap().status.success());
        let whole = files(&out);
        assert!(!whole.is_empty());
        let old: BTreeMap<String, Vec<u8>> = whole.keys().map(|name| (name.clone(), b"old".to_vec())).collect();
        for before in [&BTreeMap::new(), &old] {
            for round in 0..12u64 {
                let _ = fs::remove_dir_all(&out);
                fs::create_dir_all(&out).unwrap();
                before.iter().for_each(|(name, bytes)| fs::write(out.join(name), bytes).unwrap());
                let mut run =
                    command().args(&line).arg("--force").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                std::thread::sleep(Duration::from_millis(round * round * 3));
                run.kill().unwrap();
                run.wait().unwrap();
                for (name, bytes) in files(&out) {
                    let known = whole.get(&name).unwrap_or_else(|| panic!("{name} is none of {target:?}"));
                    assert!(bytes == *known || before.get(&name) == Some(&bytes), "{name} is half written");
                }
            }
        }
    }
}

#[test]
fn a_full_disk_is_said_and_no_success() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full");
    if full().is_err() {
        return;
    }
    let rules = root().join("rules/hunan-yueyang");
    for line in [vec!["expand".as_ref(), rules.as_os_str()], vec!["score".as_ref(), "examples/potou-2023".as_ref()]] {
        let case = Copy::of("potou-2023");
        let line: Vec<_> = if line[0] == "score" { vec!["score".as_ref(), case.path().as_os_str()] } else { line };
        let output = command().args(line).stdout(full().unwrap()).output().unwrap();
        fails(&output, "结果没有写完");
    }
    // A device is neither read nor replaced.
    let case = Copy::of("potou-2023");
    let table = table(case.path());
    for force in [&[][..], &["--force"]] {
        for words in [["template", "rules/hunan-yueyang"], ["expand", "rules/hunan-yueyang"]] {
            let output = command().args(words).args(["--out", "/dev/full"]).args(force).output().unwrap();
            fails(&output, "/dev/full");
        }
        let report = ["report".as_ref(), case.path().as_os_str(), "--out".as_ref(), "/dev/full".as_ref()];
        fails(&command().args(report).args(force).output().unwrap(), "/dev/full");
        let import = ["import".as_ref(), table.as_os_str(), "--out".as_ref(), "/dev/full".as_ref()];
        fails(&command().args(import).args(force).output().unwrap(), "/dev/full");
    }
    use std::os::unix::fs::FileTypeExt;
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

#[test]
fn a_folder_that_cannot_be_written_is_said() {
    let case = Copy::of("potou-2023");
    let file = case.path().join("文件");
    fs::write(&file, "kept").unwrap();
    // A path under a file, which not even root can write.
    for (line, _) in writers(&case, &file) {
        fails(&command().args(&line).output().unwrap(), "什么都没有写下");
    }
    // A folder without the right to write: this binds all but root.
    let shut = case.path().join("只读");
    fs::create_dir(&shut).unwrap();
    let mut rights = fs::metadata(&shut).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&shut, rights).unwrap();
    if fs::write(shut.join("try"), "").is_err() {
        for (line, _) in writers(&case, &shut) {
            fails(&command().args(&line).output().unwrap(), "什么都没有写下");
        }
        assert!(files(&shut).is_empty());
    }
    // A file system that lets nobody make a file.
    if Path::new("/proc/self").is_dir() {
        for (line, _) in writers(&case, Path::new("/proc/self")) {
            fails(&command().args(&line).output().unwrap(), "什么都没有写下");
        }
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
}

#[test]
fn a_limit_on_file_sizes_leaves_no_half_file() {
    let case = Copy::of("potou-2023");
    let out = case.path().join("out");
    for (line, _) in writers(&case, &out) {
        // With the signal let through it ends the run; with the signal ignored the run says what happened.
        for (prepare, by_signal) in [("ulimit -f 1;", true), ("trap '' XFSZ; ulimit -f 1;", false)] {
            let _ = fs::remove_dir_all(&out);
            fs::create_dir_all(&out).unwrap();
            let mut shell = Command::new("sh");
            shell.current_dir(root()).arg("-c").arg(format!("{prepare} exec \"$@\"")).arg("sh");
            shell.arg(env!("CARGO_BIN_EXE_heng")).args(["--lang", "zh"]).args(&line);
            let output = shell.stdin(Stdio::null()).output().unwrap();
            if !(by_signal && output.status.signal() == Some(SIGXFSZ)) {
                fails(&output, "什么都没有写下");
            }
            assert!(files(&out).is_empty(), "{line:?}");
        }
    }
}

#[test]
fn what_is_there_is_replaced_only_with_force() {
    let case = Copy::of("potou-2023");
    let out = case.path().join("out");
    for (line, target) in writers(&case, &out) {
        let _ = fs::remove_dir_all(&out);
        assert!(command().args(&line).output().unwrap().status.success());
        let made = files(&out);
        let first = if target == out { out.join(made.keys().next().unwrap()) } else { target };
        fs::write(&first, "mine").unwrap();
        let refused = command().args(&line).output().unwrap();
        fails(&refused, "file/exists");
        assert_eq!(fs::read_to_string(&first).unwrap(), "mine");
        let run = heng(&line.iter().cloned().chain(["--force".into()]).collect::<Vec<_>>());
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(files(&out) == made, "{line:?}");
    }
}
