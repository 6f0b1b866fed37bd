//! Files appear whole or not at all: written beside their place, then moved into it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use crate::{exit::Exit, failure::Failure, wording};

/// Writes `bytes` to `folder/name`, making the folder if need be.
pub fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
    ordinary(&path)?;
    let attempt = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".heng-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        // A file that is replaced stays readable and writable for whom it was.
        if let Ok(known) = std::fs::metadata(&path) {
            file.as_file().set_permissions(known.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    attempt().map_err(|error| Failure::general(Exit::Files, wording::unwritable(&path, &error)))?;
    Ok(path)
}

/// Writes several files into `folder`: each beside its place first, and only when all are written are they
/// moved in. A file that is there already and differs is replaced only with `force`.
pub fn write_set(folder: &Path, files: &[(&str, &[u8])], force: bool) -> Result<Vec<PathBuf>, Failure> {
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    paths.iter().try_for_each(|path| ordinary(path))?;
    let differs = |path: &Path, bytes: &[u8]| path.exists() && std::fs::read(path).map_or(true, |known| known != bytes);
    let known = paths.iter().zip(files).find(|(path, (_, bytes))| !force && differs(path, bytes));
    if let Some((path, _)) = known {
        return Err(Failure::general(Exit::Files, wording::differs_there(path)));
    }
    let whole = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let aside = tempfile::Builder::new().prefix(".heng-").tempdir_in(folder)?;
        for (name, bytes) in files {
            stage(&aside.path().join(name), &folder.join(name), bytes)?;
        }
        for (name, _) in files {
            std::fs::rename(aside.path().join(name), folder.join(name))?;
        }
        Ok(())
    };
    whole().map_err(|error| Failure::general(Exit::Files, wording::unwritable(folder, &error)))?;
    Ok(paths)
}

/// Refuses a `path` where a device, a pipe or a folder is: it is not ours to read or to replace.
fn ordinary(path: &Path) -> Result<(), Failure> {
    match std::fs::metadata(path) {
        Ok(known) if !known.is_file() => Err(Failure::general(Exit::Files, wording::no_ordinary_file(path))),
        _ => Ok(()),
    }
}

/// A whole file aside of its place, with the rights of the one it will replace.
fn stage(aside: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create_new(aside)?;
    file.write_all(bytes)?;
    if let Ok(known) = std::fs::metadata(path) {
        file.set_permissions(known.permissions())?;
    }
    file.sync_all()
}

/// Writes `bytes` to `path`, making its folder if need be.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    write_whole(folder, &name, bytes)
}

/// Writes `bytes` to `path`, which must not be there unless `force` is given.
pub fn write_new(path: &Path, bytes: &[u8], force: bool) -> Result<PathBuf, Failure> {
    keep(path, force)?;
    write_file(path, bytes)
}

/// Refuses a `path` that is there already, unless `force` is given: for those who have much to do before they
/// write.
pub fn keep(path: &Path, force: bool) -> Result<(), Failure> {
    if path.exists() && !force {
        return Err(Failure::general(Exit::Files, wording::exists(path)));
    }
    Ok(())
}
