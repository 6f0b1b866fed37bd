//! Running `heng` in a folder of its own.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// What a run printed and how it ended.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs `heng` in the repository, in Chinese unless the arguments say otherwise.
pub fn heng<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Run {
    heng_in(&root(), None, args)
}

/// Runs `heng` in a folder; `packs` is where packs are looked for beside.
pub fn heng_in<S: AsRef<std::ffi::OsStr>>(folder: &Path, packs: Option<&Path>, args: &[S]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "zh_CN.UTF-8")
        .env("COLUMNS", "100")
        .envs(packs.map(|packs| ("HENG_PACKS", packs)));
    let Output { status, stdout, stderr } = command.args(args).output().unwrap();
    let code = status.code().expect("heng ended by itself");
    assert!(!String::from_utf8_lossy(&stderr).contains("panicked"), "{}", String::from_utf8_lossy(&stderr));
    Run { code, out: String::from_utf8(stdout).unwrap(), err: String::from_utf8(stderr).unwrap() }
}

/// A folder of its own with files in it.
pub struct Desk(tempfile::TempDir);

impl Desk {
    pub fn with(files: &[(&str, &[u8])]) -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            std::fs::write(desk.at(name), bytes).unwrap();
        }
        desk
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.at(name)).unwrap()
    }

    /// Runs a command on files of the desk.
    pub fn heng(&self, command: &str, files: &[&str], more: &[&str]) -> Run {
        let files: Vec<PathBuf> = files.iter().map(|file| self.at(file)).collect();
        let mut args: Vec<&Path> = vec![command.as_ref()];
        args.extend(files.iter().map(PathBuf::as_path));
        args.extend(more.iter().map(Path::new));
        heng(&args)
    }

    /// Scores a file of departments by `rules.heng`.
    pub fn batch(&self, data: &str, out: &str, more: &[&str]) -> Run {
        let out = self.at(out).to_string_lossy().into_owned();
        self.heng("batch", &["rules.heng", data], &[&["--out", &out], more].concat())
    }
}

/// A copy of an example in a folder of its own, its rules named absolutely.
pub struct Copy {
    pub folder: tempfile::TempDir,
}

impl Copy {
    pub fn of(example: &str) -> Copy {
        let folder = tempfile::tempdir().unwrap();
        let source = root().join("examples").join(example);
        for entry in std::fs::read_dir(&source).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        let copy = Copy { folder };
        let rules = root().join("rules").to_string_lossy().into_owned();
        copy.edit("heng.toml", "../../rules", &rules);
        copy
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts `to` in the place of the first `from`, which must be there.
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} does not contain {from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }

    /// The scorecard of the copy, with the exit code.
    pub fn score(&self) -> (i32, serde_json::Value) {
        let run = heng(&["score".as_ref(), self.path().as_os_str(), "--format".as_ref(), "json".as_ref()]);
        let value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", run.out, run.err));
        (run.code, value)
    }
}

/// The exact score of an indicator in a scorecard.
pub fn score_of(scorecard: &serde_json::Value, indicator: &str) -> String {
    let nodes = scorecard["nodes"].as_array().unwrap();
    let node = nodes.iter().find(|node| node["name"] == indicator).unwrap_or_else(|| panic!("no {indicator}"));
    match &node["score"]["exact"] {
        serde_json::Value::String(exact) => exact.clone(),
        _ => node["score"].to_string(),
    }
}
