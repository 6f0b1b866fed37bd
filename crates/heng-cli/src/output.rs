//! Files appear whole or not at all: written beside their place, then moved into it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{exit::Exit, failure::Failure, wording};

/// Writes `bytes` to `folder/name`, making the folder if need be.
pub fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
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
    let differs = |path: &Path, bytes: &[u8]| path.exists() && std::fs::read(path).map_or(true, |known| known != bytes);
    let known = paths.iter().zip(files).find(|(path, (_, bytes))| !force && differs(path, bytes));
    if let Some((path, _)) = known {
        return Err(Failure::general(Exit::Files, wording::differs_there(path)));
    }
    let unwritable =
        |path: &Path, error: &std::io::Error| Failure::general(Exit::Files, wording::unwritable(path, error));
    let mut staged = Vec::new();
    for (path, (_, bytes)) in paths.iter().zip(files) {
        staged.push(stage(folder, path, bytes).map_err(|error| unwritable(path, &error))?);
    }
    for (file, path) in staged.into_iter().zip(&paths) {
        file.persist(path).map_err(|error| unwritable(path, &error.error))?;
    }
    Ok(paths)
}

/// A whole file beside its place; it goes away unless it is moved in.
fn stage(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".heng-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    match std::fs::metadata(path) {
        Ok(known) => file.as_file().set_permissions(known.permissions())?,
        Err(_) => readable(&file)?,
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// Temporary files are their owner's alone; documents are for others too.
#[cfg(unix)]
fn readable(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
